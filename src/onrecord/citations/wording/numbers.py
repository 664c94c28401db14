"""Figures in a text: digits, number words, percentages, money, fractions, ordinals, rough numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

import regex

from onrecord.citations.wording.tokens import fold, word_set


class Kind(StrEnum):
    """What a figure counts or measures."""

    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    ORDINAL = "ordinal"
    TIMES = "times"
    ROUGH = "rough"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its kind and value, and where it stands; a share of 14 % is 7/50."""

    kind: Kind
    value: Fraction
    start: int
    end: int
    wording: str


_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten",
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
)
_UNITS = {word: n for n, word in enumerate(" ".join(_BELOW_TWENTY).split())}
_TENS = {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "bn": 10**9, "mn": 10**6}
_TO_TWENTIETH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
)
_ORDINALS = {word: n for n, word in enumerate(" ".join(_TO_TWENTIETH).split(), 1)} | {
    "thirtieth": 30,
    "hundredth": 100,
    "thousandth": 1000,
}
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    w + s: n for w, n in _ORDINALS.items() if n > 2 for s in ("", "s")
}
_TIMES = {
    "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "twofold": 2, "thrice": 3, "triple": 3, "tripled": 3,
    "threefold": 3, "quadrupled": 4, "fourfold": 4, "tenfold": 10,
}  # fmt: skip
_ROUGH = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
    "millions": 2 * 10**6,
    "billions": 2 * 10**9,
}
ROUGH_END = {
    Fraction(n): end
    for n, end in ((24, 200), (40, 200), (200, 1000), (2000, 10**6), (2 * 10**6, 10**9), (2 * 10**9, 10**12))
}
"""Up to which number a rough one may stand for it: hundreds are 200 to 999."""
_SAME = {"one": 1, "both": 2, "pair": 2, "dual": 2, "single": 1, "sole": 1, "none": 0, "no": 0}
_PERCENT = frozenset(("%", "percent", "pct"))
_MONEY_AFTER = frozenset(("dollar", "dollars", "usd", "euro", "euros", "eur", "gbp"))
_TOKEN = regex.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,30}(?:\.[0-9]{1,15})?|[\p{Nd}]{1,30}"
    r"|[\u00bc-\u00be\u2150-\u215e]|[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*|[^\s\p{L}\p{N}]"
)
_JOINS = frozenset(("-", "\u2013", "\u2014", "to", "or"))
_PRONOUN_AFTER = word_set(
    "of another or who whom that which can could may might must should shall will would is was are has",
    "had does did and but to in at for if ' , . ; : ) -",
)
_PRONOUN_BEFORE = word_set(
    "no any every each some this that the which another either neither someone",
)
_NOT_FIRST = frozenset(("at", "in"))
_AFTER_FIRST = frozenset(("of", "and", "refusal", "hand", "place", "line"))
_TIME_UNITS = word_set(
    "day days week weeks month months year years hour hours minutes quarter fiscal",
)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def number(self) -> Fraction | None:
        if self.text[0].isdecimal():
            return Fraction(self.text.replace(",", ""))
        return _vulgar(self.text) if _is_vulgar(self.text) else None


def _is_vulgar(sign: str) -> bool:
    return len(sign) == 1 and unicodedata.category(sign) == "No"


def _vulgar(sign: str) -> Fraction:
    return Fraction(unicodedata.numeric(sign)).limit_denominator(10)


def figures(text: str) -> list[Figure]:
    """The figures of a text, in order.

    `one` counts only before a noun, not as a pronoun. A share is a percentage or a fraction, so that "half"
    equals "50 percent".

    >>> [(f.kind.value, str(f.value)) for f in figures("14 per cent of sixty-five, two thirds, $1.2 million")]
    [('share', '7/50'), ('number', '65'), ('share', '2/3'), ('money', '1200000')]
    >>> figures("No one of the offices is one of the first choice.")[0].wording
    'first'
    """
    return _read(fold(text))


def _read(text: str) -> list[Figure]:
    row = [_Word(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    found: list[Figure] = []
    index = 0
    while index < len(row):
        read = _figure(row, index)
        if read is None:
            index += 1
            continue
        kind, value, first, end = read
        start = row[first].start
        found.append(Figure(kind, value, start, row[end - 1].end, text[start : row[end - 1].end]))
        index = end
    return _shared_units(text, found)


_Reading = tuple[Kind, Fraction, int, int]


def _figure(row: Sequence[_Word], i: int) -> _Reading | None:
    word = row[i].text
    if word in _TIMES:
        return Kind.TIMES, Fraction(_TIMES[word]), i, i + 1
    if word in _ROUGH:
        return Kind.ROUGH, Fraction(_ROUGH[word]), i, i + 1
    return _ordinal(row, i) or _part(row, i) or _cardinal_in_use(row, i)


def _text(row: Sequence[_Word], i: int) -> str:
    return row[i].text if 0 <= i < len(row) else ""


def _ordinal(row: Sequence[_Word], i: int) -> _Reading | None:
    word, after = row[i].text, _text(row, i + 1)
    number = row[i].number
    if number is not None and after in ("st", "nd", "rd", "th", "d") and _touch(row, i):
        return Kind.ORDINAL, number, i, i + 2
    tens = _TENS.get(word)
    at = i + 1 + (after == "-")
    if tens is not None and 0 < _ORDINALS.get(_text(row, at), 0) < 10:
        return Kind.ORDINAL, Fraction(tens + _ORDINALS[_text(row, at)]), i, at + 1
    if word not in _ORDINALS or _is_part(row, i):
        return None
    before = _text(row, i - 1)
    if word == "first" and (before in _NOT_FIRST or after in _AFTER_FIRST or _text(row, i + 2) == "line"):
        return None
    if word in ("second", "third") and (after in ("party", "parties", "guess", "hand", "person")):
        return None
    if word == "third" and after == "-" and _text(row, i + 2) in ("party", "parties"):
        return None
    return Kind.ORDINAL, Fraction(_ORDINALS[word]), i, i + 1


def _touch(row: Sequence[_Word], i: int) -> bool:
    return i + 1 < len(row) and row[i].end == row[i + 1].start


def _is_part(row: Sequence[_Word], i: int) -> bool:
    return _text(row, i + 1) == "of" and _text(row, i - 1) in ("a", "an") and row[i].text in _PARTS


def _part(row: Sequence[_Word], i: int) -> _Reading | None:
    """`half`, `a third of`, `a quarter of`; fractions with a count are read from the count on."""
    word = row[i].text
    if word == "half" and _text(row, i - 1) not in ("first", "second", "other", "one"):
        return Kind.SHARE, Fraction(1, 2), i, i + 1
    if word in ("a", "an") and _text(row, i + 1) in _PARTS and _text(row, i + 2) == "of":
        return Kind.SHARE, Fraction(1, _PARTS[_text(row, i + 1)]), i, i + 2
    return None


def _cardinal_in_use(row: Sequence[_Word], i: int) -> _Reading | None:
    read = _cardinal(row, i)
    if read is None:
        return None
    value, j = read
    at = j + (_text(row, j) == "-")
    part = _PARTS.get(_text(row, at), 0)
    if part and value.denominator == 1 and 0 < value < part and row[i].text in _UNITS:
        return Kind.SHARE, value / part, i, at + 1
    if _text(row, j) == "/" and j + 1 < len(row) and _text(row, j + 2) != "/":
        below = row[j + 1].number
        if below and value < below <= 100 and _text(row, i - 1) != "/":
            return Kind.SHARE, value / below, i, j + 2
    ratio = _ratio(row, j, value)
    if ratio is not None:
        return Kind.SHARE, ratio[0], i, ratio[1]
    return _with_unit(row, i, j, value)


def _with_unit(row: Sequence[_Word], i: int, j: int, value: Fraction) -> _Reading | None:
    after = _text(row, j)
    percent = j + (after == "-")
    if _text(row, percent) in _PERCENT:
        return Kind.SHARE, value / 100, i, percent + 1
    if after == "per" and _text(row, j + 1) == "cent":
        return Kind.SHARE, value / 100, i, j + 2
    if _text(row, i - 1) in ("$", "\u20ac", "\u00a3"):
        return Kind.MONEY, value, i, j
    if after in _MONEY_AFTER:
        return Kind.MONEY, value, i, j + 1
    if row[i].text == "one" and j == i + 1 and not _counts(row, i):
        return None
    if _is_vulgar(row[i].text):
        return Kind.SHARE, value, i, j
    return Kind.NUMBER, value, i, j


def _counts(row: Sequence[_Word], i: int) -> bool:
    """Whether `one` counts something, rather than standing for somebody or something."""
    before, after = _text(row, i - 1), _text(row, i + 1)
    if after == "-":
        return _text(row, i + 2).isalpha()
    if before == "the" and after.endswith(("ed", "ing")):
        return False
    if "another" in (_text(row, i + 2), _text(row, i + 3)):
        return False
    return (
        bool(after)
        and after[0].isalpha()
        and after not in _PRONOUN_AFTER
        and before not in _PRONOUN_BEFORE - {"the"}
    )


def _ratio(row: Sequence[_Word], j: int, value: Fraction) -> tuple[Fraction, int] | None:
    """`one in five`, `two out of three`: small numbers, and no length of time behind them."""
    at = (
        j + 1
        if _text(row, j) == "in"
        else j + 2
        if (_text(row, j), _text(row, j + 1)) == ("out", "of")
        else 0
    )
    if not at or at >= len(row) or not 0 < value <= 10:
        return None
    at += _text(row, at) == "every"
    below = _cardinal(row, at) if at < len(row) else None
    if below is None or not value < below[0] <= 20 or _text(row, below[1]) in _TIME_UNITS:
        return None
    return value / below[0], below[1]


def _cardinal(row: Sequence[_Word], i: int) -> tuple[Fraction, int] | None:
    """The number that begins at a word, and the index behind it."""
    number = row[i].number
    if number is not None:
        return _scaled(row, number, i + 1)
    word = row[i].text
    if word in ("a", "an") and _text(row, i + 1) in _SCALES:
        return _words(row, i + 1, Fraction(1))
    if word in _UNITS or word in _TENS:
        return _words(row, i, None)
    return None


def _scaled(row: Sequence[_Word], number: Fraction, j: int) -> tuple[Fraction, int]:
    after = _text(row, j)
    if after in _SCALES:
        return number * _SCALES[after], j + 1
    if after in _SHORT_SCALES and _touch(row, j - 1):
        return number * _SHORT_SCALES[after], j + 1
    if _is_vulgar(after):
        return number + _vulgar(after), j + 1
    return number, j


def _small(row: Sequence[_Word], j: int) -> tuple[int, int] | None:
    """A number word below a hundred: `five`, `sixty`, `twenty-five`."""
    word = _text(row, j)
    if word in _TENS:
        at = j + 1 + (_text(row, j + 1) == "-")
        unit = _UNITS.get(_text(row, at), 0)
        return (_TENS[word] + unit, at + 1) if 0 < unit < 10 else (_TENS[word], j + 1)
    return (_UNITS[word], j + 1) if word in _UNITS else None


def _words(row: Sequence[_Word], i: int, one: Fraction | None) -> tuple[Fraction, int]:
    """The number in words that begins at an index; `one` is given where `a` stood for it."""
    total, scale = Fraction(0), 10**15
    small = _small(row, i) if one is None else (1, i)
    current, j = small or (1, i)
    while True:
        if _text(row, j) in ("hundred", "dozen"):
            current, j = _and_small(row, current * _SCALES[_text(row, j)], j + 1)
        next_scale = _SCALES.get(_text(row, j), 0)
        if not 1000 <= next_scale < scale:
            break
        total, scale = total + current * next_scale, next_scale
        current, behind = _and_small(row, 0, j + 1)
        j = behind
        if not current:
            break
    total += current
    half = (_text(row, j), _text(row, j + 1), _text(row, j + 2)) == ("and", "a", "half")
    return (total + Fraction(1, 2), j + 3) if half else (total, j)


def _and_small(row: Sequence[_Word], value: int, j: int) -> tuple[int, int]:
    small = _small(row, j + (_text(row, j) == "and"))
    return (value + small[0], small[1]) if small else (value, j)


def _shared_units(text: str, found: list[Figure]) -> list[Figure]:
    """`14 to 20 percent`: the first figure of a range is of the second one's kind."""
    result = list(found)
    for k, (first, second) in enumerate(pairwise(found)):
        between = text[first.end : second.start].strip(" $").lower()
        if first.kind is not Kind.NUMBER or (between not in _JOINS and not _between(text, first, between)):
            continue
        if second.kind is Kind.SHARE and second.wording.rstrip().lower().endswith(
            ("%", "percent", "cent", "pct")
        ):
            result[k] = Figure(Kind.SHARE, first.value / 100, first.start, first.end, first.wording)
        elif second.kind is Kind.MONEY:
            result[k] = Figure(Kind.MONEY, first.value, first.start, first.end, first.wording)
    return result


def _between(text: str, first: Figure, joint: str) -> bool:
    return joint == "and" and text[max(0, first.start - 10) : first.start].lower().rstrip(" $").endswith(
        "between"
    )


def equivalents(text: str) -> Iterator[Figure]:
    """Words that say a number without being one (`both`, `single`, `none`): evidence for a figure only."""
    for match in regex.finditer(r"[\p{L}]+", fold(text)):
        value = _SAME.get(match.group().lower())
        if value is not None:
            yield Figure(Kind.NUMBER, Fraction(value), match.start(), match.end(), match.group())
