"""From the bytes of a captured source to its text, with the extractor's name and version."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib.metadata import version

import regex

from onrecord.errors import ArchiveError, Place

PLAIN_EXTRACTOR = "plain-text/1"
_WRAPPED = regex.compile(r"(\p{L}[\p{L}\p{M}]*)[-\u2010\u2011][ \t]*\n[ \t]*(\p{L}[\p{L}\p{M}]*)")
_COMPOUND = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:[-\u2010\u2011]\p{L}[\p{L}\p{M}]*)*")
_HTML_SIGNS = ("<!doctype html", "<html", "<head", "<body")


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text and what extracted it."""

    text: str
    extractor: str


def extract(data: bytes, name: str) -> Extracted:
    """The text of a plain text or saved HTML page.

    Raises:
        ArchiveError: a kind of file that cannot be read yet, a wrong encoding, or no words in it.
    """
    if data[:5] == b"%PDF-":
        raise ArchiveError(
            "PDF cannot be extracted yet.",
            place=Place(name),
            next_step="File its text: pdftotext FILE - writes one.",
        )
    if b"\x00" in data[:1024] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise ArchiveError("Neither text nor HTML: it holds zero bytes.", place=Place(name))
    if _is_html(data, name):
        found = Extracted(_html(data, name), f"html-text/{version('html-text')}")
    else:
        found = Extracted(_plain(data, name), PLAIN_EXTRACTOR)
    text = settle_hyphens(found.text.replace("\r\n", "\n").replace("\r", "\n"))
    if not any(c.isalnum() for c in text):
        raise ArchiveError(
            "No words could be extracted.", place=Place(name), next_step="Check what was saved."
        )
    return Extracted(text, found.extractor)


def _is_html(data: bytes, name: str) -> bool:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return name.lower().endswith((".html", ".htm", ".xhtml")) or head.startswith(
        tuple(sign.encode() for sign in _HTML_SIGNS)
    )


def _plain(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ArchiveError(
            f"Not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}.",
            place=Place(name, line),
            next_step="Save the text as UTF-8.",
        ) from error


def _html(data: bytes, name: str) -> str:
    import html_text
    from lxml import etree, html

    try:
        tree = html.document_fromstring(data, parser=html.HTMLParser(no_network=True, huge_tree=False))
        return str(html_text.extract_text(tree))
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise ArchiveError(f"Not HTML that can be read: {error}.", place=Place(name)) from error


def settle_hyphens(text: str) -> str:
    r"""Decide every hyphen at a line end once: joined, or kept where the text writes the compound elsewhere.

    >>> settle_hyphens("a follow-up and a follow-\nup; the investi-\ngation")
    'a follow-up and a follow-up; the investigation'
    """
    if not _WRAPPED.search(text):
        return text
    seen = Counter(m.group().casefold() for m in _COMPOUND.finditer(text))

    def settle(match: regex.Match[str]) -> str:
        first, second = match.group(1), match.group(2)
        joined, compound = f"{first}{second}", f"{first}-{second}"
        keep = seen[compound.casefold()] > 0 and not seen[joined.casefold()]
        return compound if keep else joined

    return str(_WRAPPED.sub(settle, text))
