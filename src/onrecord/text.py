"""Normalisation of text to words: the one function behind every comparison, commitment and proof.

The rules are those of "onrecord/1" (docs/commitment.md). Digits, signs, negation and words are never folded.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

import regex

VERSION = "onrecord/1"
"""Names these rules in commitments; another set of rules gets another name."""

_DELETED = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_DASHES = r"\p{Pd}\u2212\u2043"
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st", "\u0132": "IJ", "\u0133": "ij",
}  # fmt: skip
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`"
_SYMBOLS = r"\p{Sc}%\u2030\u00a7\u00b0()<>\u2264\u2265\u00b1"
_WORD = r"[\p{L}\p{M}\p{N}]"

_NON_ASCII_RUN = regex.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_INVISIBLE = regex.compile(rf"\u00ad[ \t]*\r?\n[ \t]*|[{_DELETED}]+")
_SIGN_BEFORE = r"(?<![^\s\p{Ps}\p{Pi}\p{Sc}\"'<>\u2264\u2265\u00b1=~])"
_JOINED_HYPHEN = r"(?<=\p{L}\p{M}*)[-\u2010\u2011][ \t]*\r?\n\s*(?=\p{L})"
_FOLDS = regex.compile(
    rf"(?P<hyphen>{_JOINED_HYPHEN})"
    rf"|(?P<number>(?<=\p{{Nd}})[{_DASHES}](?:[ \t]*\r?\n\s*)?(?=\p{{Nd}}))"
    rf"|(?P<sign>{_SIGN_BEFORE}[{_DASHES}](?=\p{{Sc}}?\p{{Nd}}))"
    rf"|(?P<dash>[{_DASHES}])"
    r"|(?P<marker>\[[0-9]{1,3}\])"
    rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
    rf"|(?P<quote>[{_SINGLE_QUOTES}])"
)
_TOKEN = regex.compile(rf"-?{_WORD}+(?:[.,'@/-]{_WORD}+)*|-?[{_SYMBOLS}]")
_LINE_END_HYPHEN = regex.compile(rf"{_WORD}[-\u2010\u2011][ \t]*\r?\n\s*{_WORD}")


@dataclass(frozen=True, slots=True)
class _Edits:
    """Replacements made in one pass, so that an offset in the result can be traced back."""

    ends: Sequence[int] = ()
    shifts: Sequence[int] = ()

    def origin(self, offset: int) -> int:
        """The offset in the input of the character that stands at `offset` in the result."""
        i = bisect_right(self.ends, offset)
        origin = offset + (self.shifts[i - 1] if i else 0)
        if i == len(self.ends):
            return origin
        return min(origin, self.ends[i] + self.shifts[i] - 1)


def _substitute(
    pattern: regex.Pattern[str], replace: Callable[[regex.Match[str]], str], text: str
) -> tuple[str, _Edits]:
    pieces: list[str] = []
    ends: list[int] = []
    shifts: list[int] = []
    at = length = 0
    for match in pattern.finditer(text):
        new = replace(match)
        pieces += (text[at : match.start()], new)
        length += match.start() - at + len(new)
        at = match.end()
        ends.append(length)
        shifts.append(at - length)
    return "".join([*pieces, text[at:]]), _Edits(ends, shifts)


def _fold(match: regex.Match[str]) -> str:
    kind = match.lastgroup
    if kind in ("number", "sign"):
        return "-"
    if kind == "ligature":
        return _LIGATURES[match.group()]
    if kind == "quote":
        return "'"
    return "" if kind == "hyphen" else " "


def _compose(match: regex.Match[str]) -> str:
    return unicodedata.normalize("NFC", match.group())


@dataclass(frozen=True)
class Normalised:
    r"""A text as a sequence of normalised words, each traceable to where it stands in the text.

    >>> n = Normalised.of("Call 833\u20114ICE\u2011OPR [2], the \u201cprimary\u201d\nchan\u00adnel.")
    >>> n.words
    ('call', '833-4ice', 'opr', 'the', 'primary', 'channel')
    >>> n.slice(1, 3)
    '833\u20114ICE\u2011OPR'
    """

    text: str
    words: tuple[str, ...]
    _folded: str = field(repr=False, compare=False)
    _passes: tuple[_Edits, ...] = field(repr=False, compare=False)

    @classmethod
    def of(cls, text: str) -> Normalised:
        """Normalise a text; every step is a pass whose edits are kept for tracing back."""
        passes: list[_Edits] = []
        folded = text
        if not unicodedata.is_normalized("NFC", folded):
            folded, edits = _substitute(_NON_ASCII_RUN, _compose, folded)
            passes.append(edits)
        folded, edits = _substitute(_INVISIBLE, lambda _: "", folded)
        passes.append(edits)
        folded, edits = _substitute(_FOLDS, _fold, folded)
        passes.append(edits)
        return cls(text, tuple(w.casefold() for w in _TOKEN.findall(folded)), folded, tuple(passes))

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """For each word, the offsets in the text of its first character and past its last one."""
        found = []
        for match in _TOKEN.finditer(self._folded):
            found.append((self._origin(match.start()), self._origin(match.end() - 1) + 1))
        return tuple(found)

    def _origin(self, offset: int) -> int:
        for edits in reversed(self._passes):
            offset = edits.origin(offset)
        return offset

    def slice(self, start: int, end: int) -> str:
        """The text from word `start` up to and without word `end`, as it was written."""
        if start >= end:
            return ""
        return self.text[self.spans[start][0] : self.spans[end - 1][1]]

    @cached_property
    def joined(self) -> str:
        """All words in one string, each with one space before and after it."""
        return f" {' '.join(self.words)} " if self.words else ""

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(accumulate((len(w) + 1 for w in self.words[:-1]), initial=0))

    def find_all(self, words: Sequence[str]) -> list[int]:
        """Every position at which the words stand, in order; overlapping ones too."""
        if not words:
            return []
        needle = f" {' '.join(words)} "
        found, at = [], self.joined.find(needle)
        while at >= 0:
            found.append(bisect_right(self._starts, at) - 1)
            at = self.joined.find(needle, at + 1)
        return found

    def length_at(self, quotation: str, at: int) -> int:
        """How many words a quotation takes from position `at` on; 0 if it does not stand there."""
        return next((len(r) for r in readings(quotation) if self.words[at : at + len(r)] == r), 0)

    def length_before(self, quotation: str, at: int) -> int:
        """How many words a quotation takes right before position `at`; 0 if it does not stand there."""
        found = (r for r in readings(quotation) if self.words[max(0, at - len(r)) : at] == r)
        return next((len(r) for r in found), 0)


def words(text: str) -> tuple[str, ...]:
    """The normalised words of a text.

    >>> words("Over 2,000 cases — 3–4 a day, −5 % … §115.22(e)–(f)")[:9]
    ('over', '2,000', 'cases', '3-4', 'a', 'day', '-5', '%', '§')
    """
    return Normalised.of(text).words


def readings(quotation: str) -> list[tuple[str, ...]]:
    r"""The ways to read a quotation: hyphens at line ends joined, or kept as compounds.

    A quotation that was wrapped at the hyphen of a compound reads the same as one that was not.

    >>> readings("component-\nlevel")
    [('componentlevel',), ('component', 'level')]
    """
    joined = words(quotation)
    if not _LINE_END_HYPHEN.search(quotation):
        return [joined]
    kept = words(_LINE_END_HYPHEN.sub(lambda m: regex.sub(r"\s+", "", m.group()), quotation))
    return [joined] if kept == joined else [joined, kept]


def count_plain(tokens: Iterable[str]) -> int:
    """How many of the words are words or numbers, symbols and brackets not counted.

    >>> count_plain(("115.22", "(", "e", ")"))
    2
    """
    return sum(1 for token in tokens if any(c.isalnum() for c in token))
