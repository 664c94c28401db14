"""Answers to questions in plain English: the claims of the base that bear on them, each with its note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.answers.ask.offers import Offer, offers
from onrecord.answers.flags import separated
from onrecord.answers.notes import Check, Note, notes
from onrecord.answers.search.building import tier_of
from onrecord.answers.search.index import SearchIndex
from onrecord.answers.search.names import phrase_of, words_of
from onrecord.answers.search.question import Piece, pieces_of
from onrecord.answers.search.search import Found, Hit, search
from onrecord.model import Claim, Conflict, Outcome
from onrecord.store.questions import Question
from onrecord.store.records import StoreBase
from onrecord.store.scope import Scope

MOST_CLAIMS, MOST_GAPS, MOST_PARTNERS, MOST_NEAREST = 8, 4, 4, 3
MOST_OF_A_PART = 4
LONGEST_QUESTION = 1000
"""Characters of a question that are read."""
_LEAST_BEST = 0.52
"""The score that the best claim needs, for a question to be answered at all."""
_LEAST = 0.36
"""The score that any claim needs, to be part of an answer."""
_SHARE_OF_BEST, _SHARE_OF_GAPS = 0.85, 0.88
_DIRECT_SHARE = 0.9
_PARTNERS_SHARE = 0.7
_SURE = 0.75
"""A claim of such a score answers a question, whatever words of it are unknown."""
_MOST_UNKNOWN = 0.38
_NEAREST, _LEAST_CLOSE, _FAIR = 3, 0.32, 0.68
"""One of so many best claims must be so close in meaning, unless the best has such a score."""
_FAILED = (Outcome.AMBIGUOUS, Outcome.CHANGED, Outcome.ABSENT)
_PARTS = re.compile(
    r"\?+\s+|;\s+|,?\s+and\s+(?=(?:to whom|who|whom|whose|what|when|where|why|how|which"
    r"|is|are|was|were|did|does|do|can|may|must)\b)",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"(?:differences?|compar\w+|distinction)\s+between\s+(?P<one>.+?)\s+and\s+(?P<other>.+?)"
    r"(?P<rest>\s+(?:in|into|on|for|when|over|about)\s[^?]*)?\??$",
    re.IGNORECASE,
)
EVERYTHING_SAID = frozenset({"alleged", "argued"})
"""An answer attributes allegations and arguments, so they are not left out."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something said in answer: one claim, or claims that differ side by side.

    Attributes:
        claims: in order.
        notes: the number of each claim's note.
        kind: "claim", "conflict" or "gap".
        separated_by: what separates claims that differ, in words.
    """

    claims: tuple[Claim, ...]
    notes: tuple[int, ...]
    kind: str
    separated_by: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What is on record on one part of a question.

    Attributes:
        asked: the part, as it stands in the question.
        sentences: the answer; none where nothing is on record.
        unknown: words of the part of which no claim speaks.
        nearest: claims that come closest, where there is no answer.
    """

    asked: str
    sentences: tuple[Sentence, ...]
    unknown: tuple[str, ...] = ()
    nearest: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer.

    Attributes:
        question: as it was asked.
        parts: of the question, each with its answer.
        notes: one for each claim used, in order.
        read_as: what misspelled words were taken for.
        offers: named questions that match.
        left_out: claims that would have been used, had no check failed on them.
        as_of: the date that the answer keeps to; "" for none.
        attributed: claims whose statement itself names who said it.
    """

    question: str
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    read_as: tuple[tuple[str, str], ...] = ()
    offers: tuple[Offer, ...] = ()
    left_out: tuple[str, ...] = ()
    as_of: str = ""
    attributed: frozenset[str] = frozenset()

    @property
    def is_on_record(self) -> bool:
        """Whether the base has an answer to any part."""
        return any(part.sentences for part in self.parts)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims used, in the order of their notes."""
        return tuple(note.claim for note in self.notes if note.claim is not None)


def ask(
    base: StoreBase,
    index: SearchIndex,
    question: str,
    *,
    questions: Sequence[Question] = (),
    check: Check | None = None,
    as_of: str = "",
) -> Asked:
    """What is on record on a question.

    Args:
        base: where the claims are read.
        index: of that base.
        question: in plain English.
        questions: named questions that may be offered.
        check: what checks the citations of claims; one that fails leaves its claim out.
        as_of: an ISO date; claims not valid then are left out.
    """
    asking = _Asking(base, index, Scope(EVERYTHING_SAID, as_of), check)
    asked = self_contained(index, question[:LONGEST_QUESTION])
    chosen = [asking.choose(part, MOST_CLAIMS if len(asked) == 1 else MOST_OF_A_PART) for part in asked]
    numbers = asking.numbered(iri for part in chosen for iri in part.iris)
    return Asked(
        question,
        tuple(asking.part(part, numbers) for part in chosen),
        notes(base, list(numbers), check=check),
        tuple(dict.fromkeys(pair for part in chosen for pair in part.found.read_as)),
        tuple(offers(index, questions, [piece for part in chosen for piece in part.found.pieces])),
        tuple(sorted(asking.failed)),
        as_of,
        frozenset(claim.iri for part in chosen for claim in part.claims if _names_its_sayer(base, claim)),
    )


def _names_its_sayer(base: StoreBase, claim: Claim) -> bool:
    sayers = (base.entity(iri) for citation in claim.supporting for iri in citation.said_by)
    names = {phrase_of(words_of(name)) for sayer in sayers if sayer is not None for name in sayer.names}
    statement = f" {phrase_of(words_of(claim.statement))} "
    return any(f" {name} " in statement for name in names)


def parts_of(question: str) -> list[str]:
    """The questions that a compound question is made of.

    >>> parts_of("Who leads OPR, and to whom does it report?")
    ['Who leads OPR', 'to whom does it report?']
    """
    parts = [part.strip() for part in _PARTS.split(question) if part and part.strip()] or [question]
    return [one for part in parts for one in _compared(part)]


def _compared(question: str) -> list[str]:
    """A question after a difference, as a question about each side."""
    found = _DIFFERENCE.search(question)
    if found is None:
        return [question]
    one, other, rest = ((found[name] or "").strip() for name in ("one", "other", "rest"))
    return [f"{one} {rest}".strip(), f"{other} {rest}".strip()]


def self_contained(index: SearchIndex, question: str) -> list[str]:
    """The parts of a question, those that say too little by themselves joined to the part before them."""
    parts: list[str] = []
    for part in parts_of(question):
        pieces = pieces_of(part, index)
        own = [piece for piece in pieces if not piece.is_cue]
        if parts and len(own) < 2 and not any(piece.is_entity for piece in own):
            parts[-1] = f"{parts[-1]} and {part}"
        else:
            parts.append(part)
    return parts


@dataclass(frozen=True)
class _Chosen:
    """The claims that answer one part, in order, and what was found on it."""

    asked: str
    found: Found
    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def iris(self) -> list[str]:
        return [claim.iri for claim in self.claims]


class _Asking:
    """Puts the answer to one question together."""

    def __init__(self, base: StoreBase, index: SearchIndex, scope: Scope, check: Check | None) -> None:
        self.base, self.index, self.scope, self.check = base, index, scope, check
        self.failed: set[str] = set()
        self._pieces: list[Piece] = []
        self._topic: list[str] = []
        self._used: set[str] = set()
        self._conflicts = list(base.conflicts())

    def choose(self, asked: str, most: int = MOST_CLAIMS) -> _Chosen:
        """The claims that answer a part of the question, none that an earlier part has."""
        found = search(self.index, self._in_context(asked), self._pieces)
        self._pieces = [piece for piece in found.pieces if piece.is_entity] or self._pieces
        self._topic = [
            piece.asked for piece in found.pieces if not piece.is_entity and not piece.is_inherited
        ]
        hits = _direct(found) if not _is_beyond(asked, found) else []
        kept = self._sound(self._admitted(hits))
        best = {hit.iri: hit.score for hit in hits}
        least = _SHARE_OF_GAPS * max(best.values(), default=0.0)
        gaps = [claim for claim in kept if best[claim.iri] >= least]
        claims = [*_first(kept, most, gaps=False), *_first(gaps, MOST_GAPS, gaps=True)]
        claims += self._partners(claims, found)
        new = [claim for claim in claims if claim.iri not in self._used]
        self._used |= {claim.iri for claim in new}
        within = {claim.iri for claim in new}
        conflicts = [c for c in self._conflicts if len(within & set(c.between)) > 1]
        return _Chosen(asked, found, tuple(sorted(new, key=lambda c: _order(c, best))), tuple(conflicts))

    def _in_context(self, asked: str) -> str:
        """A part of a question; one that only names somebody takes over what was asked of another."""
        if self._topic and all(piece.is_entity for piece in pieces_of(asked, self.index)):
            return " ".join([*self._topic, asked])
        return asked

    def _admitted(self, hits: Iterable[Hit]) -> Iterator[Claim]:
        for hit in hits:
            claim = self.base.claim(hit.iri)
            if claim is not None and self.scope.admits(claim):
                yield claim

    def _sound(self, claims: Iterable[Claim]) -> list[Claim]:
        """As many claims as may be used; those whose citations fail a check are left out."""
        kept = list(claims)
        if self.check is None:
            return kept
        kept = [*_first(kept, MOST_CLAIMS + 2, gaps=False), *_first(kept, MOST_GAPS, gaps=True)]
        failed = {r.citation.claim for r in self.check(kept) if r.outcome in _FAILED and r.citation.supports}
        self.failed |= failed
        return [claim for claim in kept if claim.iri not in failed]

    def _partners(self, claims: Sequence[Claim], found: Found) -> list[Claim]:
        """Claims that differ from those given, and bear on the question as well."""
        given = {claim.iri for claim in claims}
        least = _PARTNERS_SHARE * max((hit.score for hit in found.hits), default=0.0)
        near = {hit.iri for hit in found.hits if hit.score >= least}
        others = dict.fromkeys(
            iri for c in self._conflicts if given & set(c.between) for iri in c.between if iri in near - given
        )
        read = (self.base.claim(iri) for iri in others)
        admitted = [claim for claim in read if claim is not None and self.scope.admits(claim)]
        return self._sound(admitted[:MOST_PARTNERS])

    def numbered(self, iris: Iterable[str]) -> dict[str, int]:
        """Numbers of notes, by claim."""
        return {iri: number for number, iri in enumerate(dict.fromkeys(iris), 1)}

    def part(self, chosen: _Chosen, numbers: dict[str, int]) -> Part:
        """The answer to a part; what is nearest where there is none."""
        if chosen.claims:
            sentences = tuple(_sentences(chosen, numbers))
            return Part(chosen.asked, sentences, chosen.found.unknown)
        near = list(self._admitted(chosen.found.hits[: 2 * MOST_NEAREST]))[:MOST_NEAREST]
        return Part(chosen.asked, (), chosen.found.unknown, tuple(near))


def _is_beyond(asked: str, found: Found) -> bool:
    """Whether a question is about something that the base does not speak of."""
    best = max((hit.score for hit in found.hits), default=0.0)
    if best < _LEAST_BEST or (found.unknown_share > _MOST_UNKNOWN and best < _SURE):
        return True
    nearest = max((hit.closeness for hit in found.hits[:_NEAREST]), default=0.0)
    if nearest < _LEAST_CLOSE and best < _FAIR:
        return True
    later = asked.split(" ", 1)[-1]
    return any(re.search(rf"\b{re.escape(word.title())}\b", later) for word in found.unknown)


def _direct(found: Found) -> list[Hit]:
    """The hits that speak of the question nearly as well as the best of them."""
    best = found.hits[0].score if found.hits else 0.0
    return [hit for hit in found.hits if hit.score >= max(_LEAST, _SHARE_OF_BEST * best)]


def _first(claims: Iterable[Claim], most: int, *, gaps: bool) -> list[Claim]:
    return [claim for claim in claims if claim.is_gap is gaps][:most]


def _order(claim: Claim, scores: dict[str, float]) -> tuple[bool, bool, int, float, str]:
    """Gaps last; the direct before the rest, and in each law and findings before what is only reported."""
    score = scores.get(claim.iri, 0.0)
    is_aside = score < _DIRECT_SHARE * max(scores.values(), default=0.0)
    return (claim.is_gap, is_aside, tier_of(claim), -score, claim.iri)


def _sentences(chosen: _Chosen, numbers: dict[str, int]) -> Iterator[Sentence]:
    """Each claim once; those that differ side by side, where the first of them stands."""
    said: set[str] = set()
    for claim in chosen.claims:
        if claim.iri in said:
            continue
        ties = [c for c in chosen.conflicts if claim.iri in c.between]
        tied = {iri for c in ties for iri in c.between}
        group = [claim, *(c for c in chosen.claims if c.iri in tied and c.iri not in said and c is not claim)]
        said |= {c.iri for c in group}
        apart = ", ".join(dict.fromkeys(separated(c) for c in ties)) if len(group) > 1 else ""
        kind = "conflict" if len(group) > 1 else "gap" if claim.is_gap else "claim"
        yield Sentence(tuple(group), tuple(numbers[c.iri] for c in group), kind, apart)
