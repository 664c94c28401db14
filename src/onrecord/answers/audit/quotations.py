"""Words in quotation marks in a draft, looked for in the sources like citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from onrecord.answers.audit.differences import Difference, Kind
from onrecord.citations.locating import LocatedText
from onrecord.citations.nearest import nearest_passage
from onrecord.model import Claim, Outcome, Texts
from onrecord.text import Normalised, count_plain

SHORTEST = 3
"""Words from which words in quotation marks are a quotation; fewer are a term or a title."""
LONGEST = 60
"""Words of a quotation that are looked for; of a longer one the first ones."""
MOST_CHECKED = 1_000
"""Quotations of one draft that are looked for."""
LIKE = 0.75
"""Part of a quotation's words that a passage must have, in order, to be the one that was meant."""

_QUOTED = regex.compile(
    r"[\u201c\u201e\u00ab](?P<a>[^\u201c\u201d\u201e\u00ab\u00bb]{2,2000})[\u201d\u201c\u00bb]|\"(?P<b>[^\"]{2,2000})\""
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation of a draft.

    Attributes:
        source: where the words stand, or what they come near to; "".
        difference: both readings, where they stand almost so.
    """

    words: str
    outcome: Outcome
    source: str = ""
    reason: str = ""
    difference: Difference | None = None


class Quotations:
    """The texts at hand, each prepared once, and the quotations that the base itself keeps."""

    def __init__(self, sources: Sequence[str], texts: Texts, claims: Sequence[Claim]) -> None:
        self._texts: list[tuple[str, LocatedText]] = []
        for source in sources:
            found = texts.texts(source)
            self._texts += [(source, LocatedText.of(found[-1].text))] if found else []
        self._kept = [(c.source, Normalised.of(c.quoted)) for claim in claims for c in claim.citations]
        self._left = MOST_CHECKED

    @property
    def at_hand(self) -> int:
        """How many sources' texts are at hand."""
        return len(self._texts)

    def check(self, sentence: str) -> Iterator[Quoted]:
        """The outcome for each quotation of a sentence."""
        for match in _QUOTED.finditer(sentence):
            group = "a" if match["a"] is not None else "b"
            wanted = Normalised.of(match[group].rstrip(" ,.;:"))
            if count_plain(wanted.words) >= SHORTEST:
                yield self._look(wanted, match.span(group))

    def _look(self, wanted: Normalised, span: tuple[int, int]) -> Quoted:
        words = wanted.words[:LONGEST]
        shown = " ".join(wanted.text.split())
        for source, text in [*((s, t.text) for s, t in self._texts), *self._kept]:
            if text.find_all(words):
                return Quoted(shown, Outcome.FOUND, source)
        if not self._texts:
            return Quoted(shown, Outcome.UNCHECKED, reason="no text of a source is at hand")
        if self._left <= 0:
            return Quoted(shown, Outcome.UNCHECKED, reason=f"only {MOST_CHECKED} quotations are looked for")
        self._left -= 1
        return self._nearest(shown, words, span)

    def _nearest(self, shown: str, words: Sequence[str], span: tuple[int, int]) -> Quoted:
        from rapidfuzz.distance import LCSseq

        for source, located in self._texts:
            near = nearest_passage(words, located.text)
            if near is not None and LCSseq.similarity(words, Normalised.of(near.passage).words) >= LIKE * len(
                words
            ):
                difference = Difference(Kind.QUOTATION, shown, near.passage, "", source, span)
                given, there = near.difference
                reason = f"the source has {there!r} where it has {given!r}"
                return Quoted(shown, Outcome.CHANGED, source, reason, difference)
        return Quoted(shown, Outcome.ABSENT, reason=f"it stands in none of {len(self._texts)} texts at hand")
