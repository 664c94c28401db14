"""From a sentence of a draft to the passages of the base that may bear on it, laid side by side."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from onrecord.citations.wording.case import Passage
from onrecord.citations.wording.tokens import stem
from onrecord.model import Citation, CitationResult, Claim, Outcome
from onrecord.text import Normalised

MOST_CANDIDATES = 30
"""Passages that one sentence is compared with, those that share the rarest words first."""
FEWEST_SHARED = 3
"""Words or pairs of words that sentence and passage must share to be compared at all."""
COMMON = 0.12
"""A pair of words that stands in more than this part of the passages finds nothing by itself."""

Reader = Callable[[Iterable[Citation]], Iterable[tuple[CitationResult, Passage]]]
"""Checks citations and reads each quotation in its place."""


@dataclass(frozen=True)
class Evidence:
    """Words that a claim rests on, or its own statement.

    Attributes:
        citation: whose words they are; None for the statement.
        core: the range of words that were quoted (all of them, for a statement).
    """

    claim: Claim
    citation: Citation | None
    text: Normalised
    core: tuple[int, int]

    @property
    def words(self) -> tuple[str, ...]:
        """The normalised words."""
        return self.text.words

    def reading(self, start: int, end: int, margin: int = 5) -> str:
        """Some of its words as written, with a few around them, on one line."""
        shown = self.text.slice(max(0, start - margin), min(len(self.words), end + margin))
        return " ".join(shown.split())


@dataclass(frozen=True)
class Overlay:
    """A sentence and a passage side by side: which runs of words are equal.

    Attributes:
        runs: (first word in the passage, first word in the sentence, length), in order.
    """

    evidence: Evidence
    sentence: Normalised
    runs: tuple[tuple[int, int, int], ...]

    @cached_property
    def is_quoted(self) -> bool:
        """Whether the sentence has the quoted words whole, in one run."""
        start, end = self.evidence.core
        is_words = self.evidence.citation is not None
        return is_words and any(a <= start and a + n >= end for a, _, n in self.runs)

    @cached_property
    def share(self) -> float:
        """The part of the quoted words (or of the statement) that the sentence has, in order."""
        start, end = self.evidence.core
        held = sum(max(0, min(a + n, end) - max(a, start)) for a, _, n in self.runs)
        return held / max(1, end - start)

    @cached_property
    def whole(self) -> float:
        """The part of the whole passage, read in place, that the sentence has, in order."""
        return sum(n for _, _, n in self.runs) / max(1, len(self.evidence.words))

    @property
    def is_near(self) -> bool:
        """Whether so much is equal that a difference is another reading, not another matter."""
        return self.share >= 0.6 or (self.evidence.citation is not None and self.whole >= 0.7)

    def covers(self, start: int, end: int) -> bool:
        """Whether one equal run holds a range of the sentence's words."""
        return any(b <= start and end <= b + n for _, b, n in self.runs)

    def gaps(self) -> Iterator[Gap]:
        """What stands between equal runs, with how much is equal on either side."""
        for (a, b, n), (c, d, m) in zip(self.runs, self.runs[1:], strict=False):
            yield Gap(a + n, c, b + n, d, n, m)
        yield from self._ends()

    def _ends(self) -> Iterator[Gap]:
        """A difference in the first or last words, of as many words on both sides."""
        if not self.runs:
            return
        (a, b, n), (c, d, m) = self.runs[0], self.runs[-1]
        front = min(a, b, 2)
        if front:
            yield Gap(a - front, a, b - front, b, n, n)
        c, d = c + m, d + m
        back = min(len(self.evidence.words) - c, len(self.sentence.words) - d, 2)
        if back:
            yield Gap(c, c + back, d, d + back, m, m)


@dataclass(frozen=True, slots=True)
class Gap:
    """Words of a passage (a to b) that stand where a sentence has others (c to d), between equal runs."""

    a: int
    b: int
    c: int
    d: int
    before: int
    after: int


def overlay(evidence: Evidence, sentence: Normalised) -> Overlay:
    """Lay a passage beside a sentence."""
    matcher = SequenceMatcher(None, evidence.words, sentence.words, autojunk=False)
    blocks = [(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
    return Overlay(evidence, sentence, tuple(blocks))


class Passages:
    """The quotations and statements of some claims, found by the words and pairs of words they share."""

    def __init__(self, claims: Sequence[Claim], read: Reader | None = None) -> None:
        self._read = read
        self._in_place: dict[str, Evidence | None] = {}
        self.evidence = [e for claim in claims for e in _evidence(claim)]
        self._features = [frozenset(_features(e.words)) for e in self.evidence]
        self._found: dict[str, list[int]] = {}
        for number, features in enumerate(self._features):
            for feature in features:
                self._found.setdefault(feature, []).append(number)

    @cached_property
    def _weights(self) -> dict[str, float]:
        count = max(1, len(self.evidence))
        return {f: math.log(1 + count / len(n)) for f, n in self._found.items()}

    def near(self, sentence: Normalised) -> list[Overlay]:
        """The passages that share most with a sentence, each read in place and laid beside it."""
        scores: dict[int, float] = defaultdict(float)
        shared: Counter[int] = Counter()
        limit = max(12.0, COMMON * len(self.evidence))
        for feature in set(_features(sentence.words)):
            numbers = self._found.get(feature, ())
            if len(numbers) <= limit:
                for number in numbers:
                    scores[number] += self._weights[feature]
                    shared[number] += 1
        ranked = sorted(scores, key=lambda n: (-scores[n], n))
        chosen = [n for n in ranked if shared[n] >= FEWEST_SHARED][:MOST_CANDIDATES]
        found = (self._placed(self.evidence[n]) for n in chosen)
        return [overlay(e, sentence) for e in found if e is not None]

    def _placed(self, evidence: Evidence) -> Evidence | None:
        """The passage read in its place; None if a check has failed on its words."""
        citation = evidence.citation
        if self._read is None:
            return evidence
        if citation is None:
            return evidence if self.stands(evidence.claim) else None
        if citation.iri not in self._in_place:
            self._in_place[citation.iri] = self._look(evidence.claim, citation)
        return self._in_place[citation.iri] if self.stands(evidence.claim) else None

    def stands(self, claim: Claim) -> bool:
        """Whether no supporting citation of a claim has failed a check."""
        if self._read is None:
            return True
        for citation in claim.supporting:
            if citation.iri not in self._in_place:
                self._in_place[citation.iri] = self._look(claim, citation)
        return all(self._in_place[c.iri] is not None for c in claim.supporting)

    def _look(self, claim: Claim, citation: Citation) -> Evidence | None:
        for result, passage in self._read([citation]) if self._read is not None else ():
            if result.outcome in (Outcome.FOUND, Outcome.UNCHECKED):
                return _of(claim, citation, passage.before, passage.after)
        return None


def _evidence(claim: Claim) -> Iterator[Evidence]:
    for citation in claim.citations:
        if citation.supports:
            yield _of(claim, citation, citation.prefix, citation.suffix)
    text = Normalised.of(claim.statement)
    yield Evidence(claim, None, text, (0, len(text)))


def _of(claim: Claim, citation: Citation, before: str, after: str) -> Evidence:
    start = len(Normalised.of(before))
    text = Normalised.of(" ".join(part for part in (before, citation.exact, after) if part))
    return Evidence(
        claim, citation, text, (start, min(len(text), start + len(Normalised.of(citation.exact))))
    )


def _features(words: Sequence[str]) -> Iterator[str]:
    """Stems of the longer words, and each pair of neighbouring words."""
    for i, word in enumerate(words):
        if len(word) > 3 or any(c.isdigit() for c in word):
            yield stem(word)
        if i:
            yield f"{words[i - 1]} {word}"
