"""The passage nearest to a quotation that does not stand in its source: a proposal, never a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.text import Normalised

NEAR_ENOUGH = 70.0
"""Percent of partial similarity from which a passage is worth showing."""
SLACK = 3
"""Words by which the passage found is widened before it is fitted to the quotation."""
LONGEST_SEARCH = 5_000_000
"""Characters of a text beyond which no nearest passage is looked for."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage and the first place at which the quotation differs from it."""

    position: int
    passage: str
    difference: tuple[str, str]


def nearest_passage(quotation: Sequence[str], text: Normalised) -> Nearest | None:
    """The passage most like a quotation, None when none is near."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    if not quotation or not text.words or len(text.joined) > LONGEST_SEARCH:
        return None
    found = partial_ratio_alignment(" ".join(quotation), text.joined, score_cutoff=NEAR_ENOUGH)
    if found is None or found.score < NEAR_ENOUGH:
        return None
    start, end = _fitted(quotation, text, *_word_range(text, found.dest_start, found.dest_end))
    passage = " ".join(text.slice(start, end).split())
    return Nearest(start, passage, first_difference(quotation, text.words[start:end]))


def _word_range(text: Normalised, start: int, end: int) -> tuple[int, int]:
    first = text.joined.count(" ", 0, max(1, start)) - 1
    return max(0, first), max(1, text.joined.count(" ", 0, end))


def _fitted(quotation: Sequence[str], text: Normalised, start: int, end: int) -> tuple[int, int]:
    """The range widened by a few words, then cut back to where quotation and text run side by side."""
    start, end = max(0, start - SLACK), min(len(text), end + SLACK)
    matcher = SequenceMatcher(None, quotation, text.words[start:end], autojunk=False)
    opcodes = matcher.get_opcodes()
    if opcodes and opcodes[-1][0] == "insert":
        end = start + opcodes[-1][3]
    if opcodes and opcodes[0][0] == "insert":
        start += opcodes[0][4]
    return start, max(end, start + 1)


def first_difference(given: Sequence[str], there: Sequence[str]) -> tuple[str, str]:
    """The first words at which two runs differ: (in the quotation, in the text); "nothing" for a gap.

    >>> first_difference(("within", "30", "days"), ("within", "7", "days"))
    ('30', '7')
    """
    for tag, a, b, c, d in SequenceMatcher(None, given, there, autojunk=False).get_opcodes():
        if tag != "equal":
            return " ".join(given[a:b]) or "nothing", " ".join(there[c:d]) or "nothing"
    return "", ""
