"""Which claims the default graph holds: the scope of plain queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.model import Claim, Standing

INCLUDABLE = ("superseded", "contradicted", "alleged", "argued")


def is_date(text: str) -> bool:
    """Whether a text is a date as ISO 8601 writes it, YYYY-MM-DD.

    >>> is_date("2026-02-28"), is_date("2026-02-30"), is_date("20260228")
    (True, False, False)
    """
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Scope:
    """What widens or narrows the default graph.

    Attributes:
        include: any of `INCLUDABLE`.
        as_of: an ISO date; claims not valid then are left out. "" for no limit.
    """

    include: frozenset[str] = frozenset()
    as_of: str = ""

    def admits(self, claim: Claim) -> bool:
        """Whether what a claim asserts stands in the default graph."""
        if claim.retirement is not None and "superseded" not in self.include:
            return False
        if claim.is_contradicted and "contradicted" not in self.include:
            return False
        standing = claim.standing
        if standing is None or (standing is Standing.ALLEGATION and "alleged" not in self.include):
            return False
        if standing is Standing.ARGUMENT and "argued" not in self.include:
            return False
        return not self.as_of or valid_on(claim, self.as_of)


def valid_on(claim: Claim, date: str) -> bool:
    """Whether a claim's validity holds on a date; open where nothing is recorded.

    >>> valid_on(Claim("x", "", valid_from="2014-05", valid_through="2025"), "2025-11-21")
    True
    """
    starts = not claim.valid_from or claim.valid_from[: len(date)] <= date[: len(claim.valid_from)]
    ends = not claim.valid_through or date[: len(claim.valid_through)] <= claim.valid_through
    return starts and ends
