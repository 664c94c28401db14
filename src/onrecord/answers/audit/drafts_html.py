"""The words of an HTML draft, each with its line; nothing is run or loaded, and no tree is built."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape

import regex

from onrecord.citations.wording.tokens import word_set

_UNREAD = word_set("script style template noscript head svg math iframe object")
_INLINE = word_set(
    "a abbr b bdi bdo cite code em font i ins kbd mark q s small span strong sub sup time u var wbr",
)
_CELLS = word_set("td th")
_TO_THE_WEB = regex.compile(r"\shref\s?=\s?[\"']?https?://", regex.IGNORECASE)
_TAG = regex.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})")
_END = regex.compile(r"[^<>\"']*+(?:\"[^\"]*+\"|'[^']*+'|[^<>\"'])*+>")
_SUPERSCRIPT = regex.compile(
    r"<sup[^<>]{0,200}>(?:<a[^<>]{0,500}>)?\s?\[?([0-9]{1,3})\]?\s?(?:</a>)?\s?</sup>", regex.IGNORECASE
)


@dataclass(frozen=True)
class Laid:
    """A text laid out for reading, with the lines of the draft that its parts come from.

    Attributes:
        starts: offsets in the text at which a part begins, in order.
        lines: the draft's line of each part.
        links: offsets of links to the web, in order.
    """

    text: str
    starts: Sequence[int]
    lines: Sequence[int]
    links: Sequence[int] = ()

    @cached_property
    def _breaks(self) -> list[int]:
        return [i for i, c in enumerate(self.text) if c == "\n"]

    def place(self, offset: int) -> tuple[int, int]:
        """Line in the draft, and column where that is known (else 1)."""
        part = bisect_right(self.starts, offset) - 1
        before = bisect_left(self._breaks, offset)
        line = self.lines[part] + before - bisect_left(self._breaks, self.starts[part])
        if len(self.starts) > 1:
            return line, 1
        return line, offset - (self._breaks[before - 1] if before else -1)

    def line(self, offset: int) -> int:
        """Line in the draft."""
        return self.place(offset)[0]


def html_text(page: str) -> Laid:
    """The text of a page: blocks on lines of their own, scripts and styles left out, entities resolved."""
    builder = _Builder()
    at, size = 0, len(page)
    line = 1
    while at < size:
        opening = page.find("<", at)
        stop = size if opening < 0 else opening
        if stop > at:
            builder.add(page[at:stop], line)
            line += page.count("\n", at, stop)
        if opening < 0:
            break
        note = _SUPERSCRIPT.match(page, opening)
        if note is not None:
            builder.add(f"[{note[1]}]", line)
        end = note.end() if note is not None else _skip(page, opening, builder, line)
        line += page.count("\n", opening, end)
        at = end
    return builder.laid()


def _skip(page: str, at: int, builder: _Builder, line: int) -> int:
    """The offset behind the tag, comment or unread element at an offset; a stray `<` is text."""
    if page.startswith("<!--", at):
        end = page.find("-->", at + 4)
        return len(page) if end < 0 else end + 3
    if page.startswith(("<!", "<?"), at):
        end = page.find(">", at)
        return len(page) if end < 0 else end + 1
    tag = _TAG.match(page, at)
    if tag is None:
        builder.add("<", line)
        return at + 1
    name = tag[2].lower()
    behind = _END.match(page, tag.end())
    end = behind.end() if behind is not None else _next(page, tag.end())
    if name == "a" and _TO_THE_WEB.search(page, tag.end(), end):
        builder.link()
    if name not in _INLINE:
        if name in _CELLS:
            builder.add(" ", line)
        else:
            builder.add("\n", line, raw=True)
    if name in _UNREAD and not tag[1] and page[end - 2 : end] != "/>":
        return _behind(page, name, end)
    return end


def _next(page: str, at: int) -> int:
    """Behind a tag whose quotation marks do not close: the next `>`, or the end."""
    end = page.find(">", at)
    return len(page) if end < 0 else end + 1


def _behind(page: str, name: str, at: int) -> int:
    closing = regex.compile(rf"</{regex.escape(name)}(?![A-Za-z0-9-])[^<>]{{0,200}}>", regex.IGNORECASE)
    found = closing.search(page, at)
    return found.end() if found is not None else len(page)


class _Builder:
    """Collects the parts of a text."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts: list[int] = [0]
        self._lines: list[int] = [1]
        self._links: list[int] = []
        self._length = 0

    def link(self) -> None:
        """A link to the web stands here."""
        self._links.append(self._length)

    def add(self, piece: str, line: int, *, raw: bool = False) -> None:
        """Add a part of the page; line breaks in it are spaces, unless it is `raw`."""
        text = piece if raw else unescape(piece)
        for number, part in enumerate([text] if raw else text.split("\n")):
            written = part if raw else (" " if number else "") + part
            if written:
                self._starts.append(self._length)
                self._lines.append(line + number - (1 if raw else 0))
                self._pieces.append(written)
                self._length += len(written)

    def laid(self) -> Laid:
        """What was collected."""
        return Laid("".join(self._pieces), self._starts, self._lines, self._links)
