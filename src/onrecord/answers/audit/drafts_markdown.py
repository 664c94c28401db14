"""The words of a Markdown draft: its signs blanked out, every offset kept, its footnotes and links found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

_MARKUP = regex.compile(
    r"(?P<front>\A---[ \t]*\n(?:(?!(?:---|\.\.\.)[ \t]*$)[^\n]*\n){0,500}+(?:---|\.\.\.)[ \t]*$)"
    r"|(?P<fence>^[ \t]{0,12}(?P<tick>```|~~~)[^\n]*\n(?:(?![ \t]{0,12}(?P=tick))[^\n]*\n)*+"
    r"(?:[ \t]{0,12}(?P=tick)[^\n]*)?)"
    r"|(?P<web><https?://[^<>\s]{1,2000}>)"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,2000}>)"
    r"|(?P<target>(?<=\])\((?P<address>(?:[^()\s]|\([^()\s]{0,500}\)){0,2000}+)"
    r"(?:\s(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\))"
    r"|(?P<note>\[\^(?P<label>[\w.-]{1,40})\])"
    r"|(?P<referred>(?<=\])\[(?P<named>(?![0-9]{1,3}\])[^\[\]\n]{1,60})\])"
    r"|(?P<head>^[ \t]{0,12}(?:\#{1,6}[ ]|(?:>[ ]?)+|[-*+][ ](?:\[[ xX]\][ ])?))"
    r"|(?P<sign>[*|`]{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|~~|\\(?=[\\`*_{}\[\]()#+.!|-]))",
    regex.MULTILINE | regex.DOTALL,
)
_BARE = regex.compile(r"[\W\d]{0,6}")
"""The words of a link that only number it."""
_LONGEST_LINKED = 500


@dataclass(frozen=True)
class Plain:
    """A text without its markup, as long as it was.

    Attributes:
        notes: offset and label of each footnote mark and named reference, in order.
        links: offsets of links to the web, in order.
    """

    text: str
    notes: tuple[tuple[int, str], ...]
    links: tuple[int, ...]


def without_markup(text: str) -> Plain:
    """The text with its Markdown, comments, code blocks and front matter blanked out.

    >>> without_markup("**So** [it is](https://example.org/a_b) at my_name@example.org.[^n]").text
    '  So    it is                           at my_name@example.org.    '
    """
    text = _without_comments(text)
    notes: list[tuple[int, str]] = []
    links: list[int] = []
    gone: list[tuple[int, int]] = []
    for match in _MARKUP.finditer(text):
        start = match.start()
        if match["note"] and text[match.end() : match.end() + 1] == ":":
            continue
        if match["note"]:
            notes.append((start, match["label"]))
        elif match["referred"] is not None:
            notes.append((start, match["named"].strip().lower()))
        if match["web"] or (match["address"] or "").startswith(("http://", "https://")):
            links.append(start)
        if match["target"] or match["referred"] is not None:
            gone += _brackets(text, start)
        gone.append(match.span())
    return Plain(_blanked(text, gone), tuple(notes), tuple(links))


def _brackets(text: str, behind: int) -> Iterator[tuple[int, int]]:
    """What encloses the words of a link that ends at an offset; the words too, where they only number it."""
    opening = text.rfind("[", max(0, behind - _LONGEST_LINKED), behind - 1)
    if opening < 0:
        return
    if _BARE.fullmatch(text, opening + 1, behind - 1):
        yield opening, behind
        return
    yield (opening - 1 if text[opening - 1 : opening] == "!" else opening), opening + 1
    yield behind - 1, behind


def _blanked(text: str, gone: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for low, high in sorted(gone):
        if high > at:
            low = max(low, at)
            pieces += (text[at:low], _blank(text[low:high]))
            at = high
    return "".join([*pieces, text[at:]])


def _without_comments(text: str) -> str:
    pieces: list[str] = []
    at = 0
    while (opening := text.find("<!--", at)) >= 0:
        closing = text.find("-->", opening)
        end = len(text) if closing < 0 else closing + 3
        pieces += (text[at:opening], _blank(text[opening:end]))
        at = end
    return "".join([*pieces, text[at:]])


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
