"""How much a sentence has in common with each claim: words, names and what is close to them in meaning."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.answers.audit.reading import Item, NameFinder, Reading
from onrecord.answers.search.meaning import Meanings, model
from onrecord.answers.search.words import everyday
from onrecord.citations.wording.tokens import stem
from onrecord.model import Claim

Matrix = NDArray[np.float32]
CLOSE = 0.45
"""Cosine from which two words may stand for each other."""
EVERYDAY = 0.7
"""How close two words are that people use for the same thing."""
LONGEST_SENTENCE = 4_000
"""Characters of a sentence that are compared as a whole."""
LONGEST_WORD = 60
"""Characters of a word that its meaning is looked up by."""
KEPT_WORDS = 6_000
"""Words of drafts whose vectors are kept."""
WITHIN = 0.6
"""The part of a statement's content from which a longer sentence says it among other things."""
_OWN, _BACK, _WHOLE = 0.5, 0.3, 0.2
"""What the parts of a likeness weigh: the sentence's words, the statement's words, both as a whole."""


@dataclass(frozen=True)
class Saying:
    """A claim read for comparing.

    Attributes:
        stated: its statement.
        known: statement, quotations and what else it asserts in words.
        record: the same, with its times, and the names and numbers of its sources.
        entities: what it asserts something of, and who says so.
        asked: the everyday questions that it answers, which propose it and say nothing.
    """

    claim: Claim
    stated: Reading
    known: Reading
    record: Reading
    entities: frozenset[str]
    asked: Reading


@dataclass(frozen=True)
class Kinship:
    """A claim and how much a sentence has in common with it.

    Attributes:
        total: 0 to 1, all in all.
        own: the part of the sentence's content that the claim has.
        back: the part of the statement's content that the sentence has.
    """

    saying: Saying
    total: float
    own: float
    back: float


class Likeness:
    """Some claims, each comparable with any sentence."""

    def __init__(self, sayings: Sequence[Saying], names: NameFinder) -> None:
        self.sayings = sayings
        self._labels = names.labels
        self._places: dict[str, int] = {}
        self._texts: list[str] = []
        known = [self._indices([*s.known.items, *s.asked.items]) for s in sayings]
        stated = [self._indices(s.stated.items) for s in sayings]
        self._known, self._known_at = _flat(known)
        self._stated, self._stated_at = _flat(stated)
        self._seen = Counter(n for row in known for n in set(row))
        self._kept: dict[str, Matrix] = {}
        self._likenesses = lru_cache(maxsize=4)(self._all)
        self._meanings = Meanings.of([s.claim.statement for s in sayings])

    def _indices(self, items: Sequence[Item]) -> list[int]:
        """The numbers of the distinct things in some items; a claim always has one."""
        return list(dict.fromkeys(self._place(i) for i in items)) or [self._place(Item("", 0, 0))]

    def _place(self, item: Item) -> int:
        key = _key(item)
        if key not in self._places:
            self._places[key] = len(self._texts)
            self._texts.append(self._text(item))
        return self._places[key]

    def _text(self, item: Item) -> str:
        """What stands for an item in the space of meanings: a word, or the label of who is named."""
        return self._labels[min(item.owners)] if item.owners else item.key

    @cached_property
    def _vectors(self) -> Matrix:
        return _embedded(self._texts)

    @cached_property
    def _weights(self) -> Matrix:
        return np.array([self._weight(key) for key in self._places], np.float32)

    def _weight(self, key: str) -> float:
        seen = self._seen[self._places[key]] if key in self._places else 0
        return math.log(1 + len(self.sayings) / (1 + seen))

    def like(self, sentence: Reading, claims: Collection[str]) -> list[tuple[Saying, float]]:
        """How much a sentence has in common with some claims."""
        wanted = [n for n, s in enumerate(self.sayings) if s.claim.iri in claims]
        total = self._likenesses(sentence)[0] if wanted else ()
        return [(self.sayings[n], float(total[n])) for n in wanted]

    def _all(self, sentence: Reading) -> tuple[Matrix, Matrix, Matrix]:
        """By claim: likeness, the part of the sentence that it has, the part of it that the sentence has."""
        items = list({_key(i): i for i in sentence.items}.values())
        if not items or not self.sayings:
            nothing: Matrix = np.zeros(len(self.sayings), np.float32)
            return nothing, nothing, nothing
        rows = np.vstack([self._row(i) for i in items])
        weights = np.array([self._weight(_key(i)) for i in items], np.float32)
        own = np.maximum.reduceat(rows[:, self._known], self._known_at, axis=1)
        own = (own * weights[:, None]).sum(axis=0) / weights.sum()
        best, heavy = rows.max(axis=0)[self._stated], self._weights[self._stated]
        back = np.add.reduceat(best * heavy, self._stated_at) / np.add.reduceat(heavy, self._stated_at)
        whole = np.maximum(0, self._meanings.closeness(sentence.text[:LONGEST_SENTENCE]))
        total = _OWN * own + _BACK * back + _WHOLE * whole
        return np.asarray(total, np.float32), np.asarray(own, np.float32), np.asarray(back, np.float32)

    def _row(self, item: Item) -> Matrix:
        """How close an item is to each thing of the claims."""
        key = _key(item)
        if key not in self._kept:
            if len(self._kept) >= KEPT_WORDS:
                self._kept.clear()
            close = self._vectors @ _embedded([self._text(item)])[0]
            row = np.where(close < CLOSE, 0, close * 0.9).astype(np.float32)
            for other in () if item.owners else everyday(item.key):
                place = self._places.get(stem(other))
                if place is not None:
                    row[place] = max(row[place], EVERYDAY)
            if key in self._places:
                row[self._places[key]] = 1
            self._kept[key] = row
        return self._kept[key]

    def near(self, sentence: Reading, least: float, most: int) -> list[Kinship]:
        """The claims that have most in common with a sentence, or are said by it whole, the nearest first."""
        total, own, back = self._likenesses(sentence)
        ranked = np.argsort(-total, kind="stable")
        chosen = [int(n) for n in ranked if total[n] >= least or back[n] >= WITHIN][:most]
        return [Kinship(self.sayings[n], float(total[n]), float(own[n]), float(back[n])) for n in chosen]


def closeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How close the two closest of some words are: 1 for the same, 0 for none.

    >>> closeness(["complaints"], ["complaint"])
    1.0
    """
    if not one or not other:
        return 0.0
    if {stem(w) for w in one} & {stem(w) for w in other}:
        return 1.0
    return float((_vectors(tuple(one)) @ _vectors(tuple(other)).T).max())


@lru_cache(maxsize=8192)
def _vectors(words: tuple[str, ...]) -> Matrix:
    return _embedded(words)


def _key(item: Item) -> str:
    return item.key if item.owners else stem(item.key)


def _embedded(texts: Sequence[str]) -> Matrix:
    return model().sums(model().tokens([text[:LONGEST_WORD] for text in texts]), {})


def _flat(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of numbers one behind the other, and where each begins."""
    starts = np.cumsum([0, *(len(r) for r in rows)])[:-1]
    return np.array([n for row in rows for n in row], np.int64), starts.astype(np.int64)
