"""How wide a text is when it is drawn, and a text in lines of a width; no font is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

_WIDTHS = {
    "ijlIJ'|": 0.30,
    " .,:;!()[]f/tr\u00b7-\u2019": 0.40,
    "ksvxyzcLF?": 0.58,
    "mwMW@%\u2026\u2014": 0.99,
    "ABCDEGHKNOPQRSTUVXYZ&": 0.76,
}
"""Widths in ems, as wide fonts have them; of what is not listed 0.64, and of East Asian letters 1."""
_USUAL, _WIDE = 0.64, 1.05
_BOLD = 1.11
_LONGEST = 260.0
"""A word that is wider is broken."""
_OF = {letter: width for letters, width in _WIDTHS.items() for letter in letters}


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is at most, in the unit of its size.

    >>> width_of("ill", 10) < width_of("www", 10)
    True
    """
    ems = sum(_letter(letter) for letter in text)
    return ems * size * (_BOLD if bold else 1.0)


def _letter(letter: str) -> float:
    known = _OF.get(letter)
    if known is not None:
        return known
    if combining(letter):
        return 0.0
    return _WIDE if east_asian_width(letter) in "WF" else _USUAL


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """A text in lines that are no wider than a width, or than its longest word; an endless word is broken.

    >>> lines_of("must, within seven days", 60, 10)
    ['must,', 'within', 'seven days']
    """
    width = max(width, min(_LONGEST, max((width_of(w, size, bold=bold) for w in text.split()), default=0)))
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, width, size, bold=bold)
        lines += whole
    return [*lines, line] if line or not lines else lines


def _broken(word: str, width: float, size: float, *, bold: bool) -> Iterator[str]:
    """A word in pieces of a width, most often one."""
    piece = ""
    for letter in word:
        if piece and width_of(piece + letter, size, bold=bold) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece
