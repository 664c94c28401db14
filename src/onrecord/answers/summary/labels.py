"""What stands before a paragraph: who stands behind its sentences, where they are from, and of what date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.answers.phrasing import one_line
from onrecord.answers.summary.choice import UNKNOWN
from onrecord.answers.summary.sentences import day_words
from onrecord.model import Claim, Source, Standing
from onrecord.store.records import StoreBase

KINDS = {
    Standing.LAW: "In law",
    Standing.OFFICIAL_STATEMENT: "Official statements and findings",
    Standing.OVERSIGHT_FINDING: "Official statements and findings",
    Standing.REPORTING: "Reported",
    Standing.ALLEGATION: "Alleged or argued",
    Standing.ARGUMENT: "Alleged or argued",
}
"""How the label of a paragraph begins."""
_MOST_NAMED = 3
_LONGEST_NAME = 40


def kind_of(title: str, claim: Claim) -> str:
    """The kind of paragraph that a claim belongs in; "" in sections that have no labels."""
    return "" if title == UNKNOWN or claim.is_gap else KINDS[claim.standing or Standing.ARGUMENT]


def common_date(title: str, claims: Sequence[Claim]) -> str:
    """The date that all claims of a labelled paragraph have; "" where there is none, or no label."""
    days = {c.as_of for c in claims}
    return days.pop() if len(days) == 1 and title != UNKNOWN else ""


def label_of(base: StoreBase, title: str, claims: Sequence[Claim]) -> str:
    """The label of a paragraph in a section; "" for none.

    Law is named, and who reports, where there are few; a date that all claims have is given once.
    """
    kind = kind_of(title, claims[0])
    if not kind:
        return ""
    names = _names(base, claims)
    named = " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
    day = common_date(title, claims)
    dated = f"as of {day_words(day)}" if day else ""
    if claims[0].standing is Standing.LAW:
        said = ", ".join(part for part in (named, dated) if part)
    else:
        kind += f" by {named}" if named and claims[0].standing is Standing.REPORTING else ""
        said = dated
    return f"{kind} ({said})." if said else f"{kind}."


def _names(base: StoreBase, claims: Sequence[Claim]) -> list[str]:
    """The laws, or who reports, that claims of one standing rest on; none where they are many or long."""
    found = list(dict.fromkeys(name for claim in claims for name in _names_of(base, claim)))
    return found if len(found) <= _MOST_NAMED and all(0 < len(n) <= _LONGEST_NAME for n in found) else []


def _names_of(base: StoreBase, claim: Claim) -> Iterator[str]:
    for citation in claim.supporting:
        source = base.source(citation.source)
        if source is not None and citation.standing is claim.standing:
            yield _short(source) if claim.standing is Standing.LAW else _publisher(source)


def _short(law: Source) -> str:
    """A law's title before its colon, without remarks in brackets."""
    return re.sub(r" ?\([^()]*\)", "", one_line(law.title).partition(":")[0]).strip()


def _publisher(source: Source) -> str:
    return one_line(source.publishers[0]) if source.publishers else ""
