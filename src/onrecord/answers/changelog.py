"""The public corrections log: what was added, assessed, retired or waived, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.answers.phrasing import Paint, painted, plain, wrapped
from onrecord.answers.sheet_json import without_empty
from onrecord.model import Claim
from onrecord.vocab import compact

KINDS = ("retired", "assessed", "waived", "added")
"""Kinds of change, in the order in which a day lists them."""
UNDATED = "date not recorded"


@dataclass(frozen=True, slots=True)
class Change:
    """One change to the base.

    Attributes:
        on: its date, "" where none is recorded.
        kind: one of KINDS.
        what: in one word or two: `superseded`, `contradicted`, `added` ...
        by: the claims that it points to.
    """

    on: str
    kind: str
    what: str
    claim: Claim
    reason: str = ""
    by: tuple[str, ...] = ()


def changes(claims: Iterable[Claim], since: str = "", kinds: Sequence[str] = KINDS) -> list[Change]:
    """Changes on or after a date, the latest first; undated ones come last, and only without `since`."""
    found = [c for claim in claims for c in _of(claim) if c.kind in kinds and c.on >= since]
    ordered = sorted(found, key=lambda c: (KINDS.index(c.kind), c.what, c.claim.iri))
    return sorted(ordered, key=lambda c: c.on, reverse=True)


def _of(claim: Claim) -> Iterator[Change]:
    yield Change(claim.created, "added", "added", claim)
    for assessment in claim.assessments:
        yield Change(
            assessment.assessed_on,
            "assessed",
            assessment.verdict.value,
            claim,
            assessment.reason,
            assessment.basis,
        )
    for waiver in claim.waivers:
        yield Change(waiver.waived_on, "waived", f"waived {waiver.rule}", claim, waiver.reason)
    retired = claim.retirement
    if retired is not None:
        by = (retired.replaced_by,) if retired.replaced_by else ()
        yield Change(retired.retired_on, "retired", retired.kind.value, claim, retired.reason, by)


def changes_text(found: Sequence[Change], since: str = "", paint: Paint = plain) -> str:
    """The log as text, one heading a day."""
    if not found:
        return f"Nothing changed{f' since {since}' if since else ''}.\n"
    blocks = []
    for day, group in groupby(found, key=lambda c: c.on):
        entries = list(group)
        counts = ", ".join(f"{n} {kind}" for kind in KINDS if (n := sum(c.kind == kind for c in entries)))
        lines = [f"{paint(day or UNDATED, 'head')}  {counts}"]
        lines += [_entry(change, paint) for change in entries]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _entry(change: Change, paint: Paint) -> str:
    by = f" by {', '.join(compact(iri) for iri in change.by)}" if change.by else ""
    reason = f" Reason: {change.reason}" if change.reason else ""
    text = f"{change.what} {compact(change.claim.iri)}{by}: {change.claim.statement}{reason}"
    kind = {"retired": "violation", "assessed": "warning"}.get(change.kind, "faint")
    return painted(wrapped(text, "    ", "  "), change.what, kind, paint)


def changes_data(found: Sequence[Change]) -> list[dict[str, object]]:
    """The log as plain data."""
    return [
        without_empty(
            {
                "on": c.on,
                "kind": c.kind,
                "what": c.what,
                "claim": c.claim.iri,
                "statement": c.claim.statement,
                "by": list(c.by),
                "reason": c.reason,
            }
        )
        for c in found
    ]
