"""Sentences of a summary: the statements of claims, joined where they share a subject or who says them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.answers.phrasing import one_line
from onrecord.answers.summary.clauses import Clause, Lexicon, clause
from onrecord.model import AssessmentVerdict, Claim, Literal
from onrecord.vocab import OV, RDF_TYPE

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
MOST_JOINED = 3
"""Most statements of one sentence."""
MOST_WORDS = 75
"""Most words of a sentence that is made of several statements."""
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_OBSERVATION, _VALUE, _PERIOD = OV + "Observation", OV + "value", OV + "period"
_ENDS = (".", "?", "!", "”", '"', ")")
_SINCE = frozenset(
    ["after", "as", "before", "between", "during", "for", "from", "in", "on", "since", "through", "until"]
)
DIFFER_MARK = "sources differ"
_How = Callable[[Sequence[Clause], Lexicon], bool]
"""Whether statements have something in common."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a sentence, the claim that they are from, and claims that say the same in other words."""

    text: str
    claim: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: a statement with its marks, or several statements joined."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The sentence without its notes."""
        return " ".join(part.text for part in self.parts)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that it rests on, in order."""
        return tuple(iri for part in self.parts for iri in (part.claim, *part.also))


@dataclass(frozen=True, slots=True)
class Manner:
    """How statements are told.

    Attributes:
        words: what the base's words say of words.
        contested: the claims that sources differ on, where the other side is not told beside them.
        said: the date that the paragraph's label gives.
    """

    words: Lexicon = field(default_factory=Lexicon)
    contested: Collection[str] = ()
    said: str = ""


def sentences(
    claims: Sequence[Claim], manner: Manner, also: Mapping[str, tuple[str, ...]] | None = None
) -> list[Sentence]:
    """The sentences that claims make: those of one subject, or of one speaker, are joined.

    Args:
        claims: in the order in which they are to be told; one that is joined is told earlier.
        manner: how to tell them.
        also: claims that say the same as one of these, by its IRI.
    """
    told = [[claim] for claim in claims]
    for how in _WAYS:
        told = _gathered(told, manner, how)
    return [sentence_of(group, manner, also) for group in told]


def _gathered(groups: Sequence[list[Claim]], manner: Manner, how: _How) -> list[list[Claim]]:
    """Groups of claims, where one that has something in common with a group before it goes there."""
    told: list[list[Claim]] = []
    for group in groups:
        fit = next((n for n, one in enumerate(told) if _share([*one, *group], manner, how)), None)
        if fit is None:
            told.append(group)
        else:
            told[fit] = arranged([*told[fit], *group], manner.words)
    return told


def arranged(claims: Sequence[Claim], words: Lexicon) -> list[Claim]:
    """Claims of one sentence as they are told: what has no date, then by date; one with a colon last."""

    def has_colon(claim: Claim) -> bool:
        taken = clause(claim.statement, words)
        return taken is not None and ":" in taken.body

    return sorted(claims, key=lambda c: (has_colon(c), c.as_of))


def sentence_of(
    claims: Sequence[Claim], manner: Manner, also: Mapping[str, tuple[str, ...]] | None = None
) -> Sentence:
    """The one sentence that a claim makes, or that several make; those that do not fit stand side by side."""
    others = also or {}
    texts = list(_texts(claims, manner))
    return Sentence(tuple(Part(t, c.iri, others.get(c.iri, ())) for t, c in zip(texts, claims, strict=True)))


def _texts(claims: Sequence[Claim], manner: Manner) -> Iterator[str]:
    clauses = [clause(c.statement, manner.words) for c in claims]
    known = [c for c in clauses if c is not None]
    if len(claims) == 1 or len(known) < len(claims):
        yield from (marked(claim, manner) for claim in claims)
        return
    told = [marks(c, manner) for c in claims]
    common = [mark for mark in told[0] if all(mark in marked for marked in told)]
    for number, (words, remarks) in enumerate(zip(_forms(known, manner.words), told, strict=True), 1):
        is_last = number == len(claims)
        own = [mark for mark in remarks if mark not in common]
        own += [_of_all(mark, len(claims)) for mark in common] if is_last else []
        yield f"{'and ' if is_last else ''}{words}{_bracketed(own)}{'.' if is_last else ';'}"


def _of_all(mark: str, count: int) -> str:
    """A mark that all parts of a sentence have, as it stands behind the last."""
    every = "both" if count == 2 else "all"
    return f"{DIFFER_MARK} on {every}" if mark == DIFFER_MARK else f"{every} {mark}"


def _forms(clauses: Sequence[Clause], words: Lexicon) -> Iterator[str]:
    """The words of each clause in their common sentence: what they share is said once, with the first."""
    first, *others = clauses
    yield f"{first.lead} {first.body}".strip()
    if _same_subject(clauses, words):
        yield from (c.rest for c in others)
    elif _same_opening(clauses, words):
        yield from (c.main for c in others)
    elif _same_lead(clauses, words):
        yield from (f"{c.joint}{c.body}" for c in others)
    else:
        yield from (c.does for c in others)


def fits(claims: Sequence[Claim], words: Lexicon) -> bool:
    """Whether several statements can be one sentence."""
    clauses = [clause(c.statement, words) for c in claims]
    known = [c for c in clauses if c is not None]
    return (
        len(claims) <= MOST_JOINED
        and len(known) == len(claims)
        and len({c.standing for c in claims}) == 1
        and not any(":" in c.body for c in known[:-1])
        and sum(len(c.statement.split()) for c in claims) <= MOST_WORDS
        and any(how(known, words) for how in _WAYS)
        and (_same_sources(claims) or all(_is_of_one_speaker(c, words) for c in known))
    )


def _same_sources(claims: Sequence[Claim]) -> bool:
    return len({frozenset(c.source for c in claim.supporting) for claim in claims}) == 1


def _is_of_one_speaker(taken: Clause, words: Lexicon) -> bool:
    """Whether an attribution means the same wherever it stands: none, or a name that the base knows alone."""
    return not taken.lead or words.is_name(taken.speaker)


def _share(claims: Sequence[Claim], manner: Manner, how: _How) -> bool:
    if any(c.is_gap for c in claims):
        return False
    taken = [clause(c.statement, manner.words) for c in claims]
    known = [c for c in taken if c is not None]
    in_order = arranged(claims, manner.words)
    return len(known) == len(claims) and how(known, manner.words) and fits(in_order, manner.words)


def _same_subject(clauses: Sequence[Clause], words: Lexicon) -> bool:
    keys = {(c.lead, words.key(c.subject)) for c in clauses}
    return len(keys) == 1 and bool(clauses[0].subject)


def _same_lead(clauses: Sequence[Clause], words: Lexicon) -> bool:
    return len({c.lead for c in clauses}) == 1 and bool(clauses[0].lead)


def _same_speaker(clauses: Sequence[Clause], words: Lexicon) -> bool:
    return len({words.key(c.speaker) for c in clauses}) == 1 and bool(clauses[0].speaker)


def _same_opening(clauses: Sequence[Clause], words: Lexicon) -> bool:
    return len({(c.lead, c.opening) for c in clauses}) == 1 and bool(clauses[0].opening)


_WAYS: tuple[_How, ...] = (_same_subject, _same_opening, _same_lead, _same_speaker)
"""What statements may have in common, the closest first."""


def marked(claim: Claim, manner: Manner) -> str:
    """A statement as it stands, with its marks in brackets before the full stop."""
    words = one_line(claim.statement)
    said = _bracketed(marks(claim, manner))
    is_open = words.endswith(".") or not words.endswith(_ENDS)
    return f"{words.removesuffix('.')}{said}{'.' if is_open else ''}"


def _bracketed(said: Sequence[str]) -> str:
    return f" ({'; '.join(said)})" if said else ""


def marks(claim: Claim, manner: Manner) -> list[str]:
    """What a reader must know beside the words: how old they are, not proven, sources differ."""
    found = list(_times(claim, manner.said))
    if any(a.verdict is AssessmentVerdict.UNPROVEN for a in claim.assessments):
        found.append("unproven")
    if claim.iri in manner.contested or any(c.stance.value == "disputes" for c in claim.citations):
        found.append(DIFFER_MARK)
    return found


def _times(claim: Claim, said: str) -> Iterator[str]:
    words = claim.statement
    if claim.as_of and claim.as_of != said and claim.as_of[:4] not in words:
        yield f"as of {day_words(claim.as_of)}"
    elif not claim.as_of and not _YEAR.search(words):
        yield from _period(claim)
    if claim.valid_from and claim.valid_from[:4] not in words:
        yield f"from {day_words(claim.valid_from)}"
    if claim.valid_through and claim.valid_through[:4] not in words:
        yield f"until {day_words(claim.valid_through)}"


def _period(claim: Claim) -> Iterator[str]:
    """Of what time a figure is, where neither the statement nor its date says so."""
    figures = {t.subject for t in claim.assertions if t.predicate == RDF_TYPE and t.object == _OBSERVATION}
    if not any(t.subject in figures and t.predicate == _VALUE for t in claim.assertions):
        return
    periods = [
        t.object.value for t in claim.assertions if t.predicate == _PERIOD and isinstance(t.object, Literal)
    ]
    said = next((one_line(p) for p in (*periods, claim.time_wording) if _YEAR.search(p)), "")
    if said:
        yield said if said.split()[0].casefold() in _SINCE else f"for {said}"
    elif not (claim.valid_from or claim.valid_through):
        yield "date not recorded"


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
