"""Sentences of a summary: the statements of claims as they stand, with what a reader must know of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from onrecord.answers.phrasing import one_line
from onrecord.model import AssessmentVerdict, Claim, Standing

_MODAL = re.compile(r"[A-Z][^,;:()]{2,120}? (?:must|may|shall) ")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
MOST_JOINED = 3
"""Most statements of one sentence."""
MOST_WORDS = 75
"""Most words of a sentence that is made of several statements."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a sentence, and the claim that they are from."""

    text: str
    claim: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: a statement with its marks, or several statements of one subject joined."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The sentence without its notes."""
        return " ".join(part.text for part in self.parts)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that it is made of, in order."""
        return tuple(part.claim for part in self.parts)


def sentences(claims: Sequence[Claim], contested: Collection[str], *, join: bool = True) -> list[Sentence]:
    """The sentences that claims make, in order; neighbours in law with the same opening are joined.

    Args:
        claims: in the order in which they are to be told.
        contested: the IRIs of those that sources differ on, where the other side is not told beside them.
        join: whether to join any.
    """
    told: list[list[Claim]] = []
    for claim in claims:
        if join and told and _fits([*told[-1], claim], contested):
            told[-1].append(claim)
        else:
            told.append([claim])
    return [sentence_of(group, contested) for group in told]


def sentence_of(claims: Sequence[Claim], contested: Collection[str]) -> Sentence:
    """The one sentence that a claim makes, or that several with the same opening make."""
    if len(claims) == 1:
        return Sentence((Part(marked(claims[0], contested), claims[0].iri),))
    opening = _opening(claims[0])
    modal = opening.split()[-1]
    parts = [Part(f"{one_line(claims[0].statement).removesuffix('.')};", claims[0].iri)]
    for number, claim in enumerate(claims[1:], 2):
        rest = one_line(claim.statement).removeprefix(opening).removesuffix(".")
        last = number == len(claims)
        parts.append(Part(f"{'and ' if last else ''}{modal} {rest}{'.' if last else ';'}", claim.iri))
    return Sentence(tuple(parts))


def _opening(claim: Claim) -> str:
    """The subject of a rule up to its "must" or "may"; "" where the statement does not begin with one."""
    match = _MODAL.match(one_line(claim.statement))
    return match.group() if match else ""


def _fits(claims: Sequence[Claim], contested: Collection[str]) -> bool:
    openings = {_opening(claim) for claim in claims}
    return (
        len(claims) <= MOST_JOINED
        and len(openings) == 1
        and "" not in openings
        and all(c.standing is Standing.LAW and not marks(c, contested) for c in claims)
        and not any(". " in one_line(c.statement) for c in claims)
        and sum(len(c.statement.split()) for c in claims) <= MOST_WORDS
    )


def marked(claim: Claim, contested: Collection[str]) -> str:
    """A statement as it stands, with its marks in brackets before the full stop."""
    words = one_line(claim.statement)
    said = "; ".join(marks(claim, contested))
    if not said:
        return words
    return f"{words.removesuffix('.')} ({said}){'.' if words.endswith('.') else ''}"


def marks(claim: Claim, contested: Collection[str]) -> list[str]:
    """What a reader must know beside the words: how old they are, not proven, sources differ."""
    found = list(_times(claim))
    if any(a.verdict is AssessmentVerdict.UNPROVEN for a in claim.assessments):
        found.append("unproven")
    if claim.iri in contested or any(c.stance.value == "disputes" for c in claim.citations):
        found.append("sources differ")
    return found


def _times(claim: Claim) -> Iterator[str]:
    words = claim.statement
    if claim.standing is not Standing.LAW and claim.as_of and claim.as_of[:4] not in words:
        yield f"as of {day_words(claim.as_of)}"
    if claim.valid_from and claim.valid_from[:4] not in words:
        yield f"from {day_words(claim.valid_from)}"
    if claim.valid_through and claim.valid_through[:4] not in words:
        yield f"until {day_words(claim.valid_through)}"


def day_words(day: str) -> str:
    """A day, month or year for readers.

    >>> day_words("2012-08-01"), day_words("2012-08"), day_words("2012")
    ('1 August 2012', 'August 2012', '2012')
    """
    parts = day.split("-")
    if not all(p.isdigit() for p in parts) or len(parts) > 3:
        return day
    if len(parts) == 1 or not 1 <= int(parts[1]) <= 12:
        return day
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return month if len(parts) == 2 else f"{int(parts[2])} {month}"
