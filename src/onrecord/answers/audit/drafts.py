"""Somebody's text to be audited: Markdown, HTML or plain text as sentences with their places and markers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import regex

from onrecord.answers.audit.drafts_html import Laid, html_text
from onrecord.answers.audit.drafts_markdown import Plain, without_markup
from onrecord.citations.sentences import Sentence, sentences
from onrecord.errors import Place, UnreadableFile
from onrecord.store.reading import load_bytes
from onrecord.text import Normalised

LARGEST_DRAFT = 2_000_000
"""Bytes of a draft that is read; a longer one is refused whole."""
LONGEST_TEXT = 600_000
"""Characters of its text, markup and blanks left out, that are audited: some 100,000 words."""
LONGEST_SENTENCE = 150
"""Words of one sentence that are audited together; a longer one is taken in parts."""
KINDS = ("markdown", "html", "text")

_HTML_SIGNS = ("<!doctype html", "<html", "<head", "<body")
_HEADING = regex.compile(
    r"^[#*\s]{0,8}(?:references|sources|notes|footnotes|endnotes|bibliography)[*\s:]{0,5}$", regex.IGNORECASE
)
_ENTRY = regex.compile(r"^[ \t]{0,6}\[(?P<label>\^?[\w.-]{1,40})\](?P<colon>:?)[ \t]+\S")
_NUMBERED = regex.compile(r"^[ \t]{0,6}(?P<label>[0-9]{1,3})[.)][ \t]+\S")
_WEB = regex.compile(r"https?://|\[link\]")
_UNSEEN = regex.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence, heading or list item of a draft.

    Attributes:
        line: of the draft as it was given, from 1.
        markers: the labels of its `[n]` markers and footnotes, in order.
        opens: whether it begins a paragraph.
        unseen: how many characters in it are invisible or turn the direction of writing.
        linked: whether a link to the web stands in it.
    """

    number: int
    text: str
    line: int
    column: int
    markers: tuple[str, ...] = ()
    opens: bool = False
    unseen: int = 0
    linked: bool = False


@dataclass(frozen=True)
class Draft:
    """A draft as it was read.

    Attributes:
        entries: the draft's own list of references: line by label, in order.
        doubled: labels that the list has twice, with the line of the second.
    """

    name: str
    kind: str
    sentences: tuple[DraftSentence, ...]
    entries: dict[str, int] = field(default_factory=dict)
    doubled: tuple[tuple[str, int], ...] = ()


MOST_SENTENCES = 10_000
"""Sentences of a draft that is audited; one with more is refused whole."""


def draft_bytes(path: Path, name: str) -> bytes:
    """The bytes of a draft, or of standard input (`-`); no more is read than would be audited.

    Raises:
        UnreadableFile: missing, not a file, or longer than `LARGEST_DRAFT`.
    """
    try:
        return load_bytes(path, name, LARGEST_DRAFT)
    except UnreadableFile as error:
        if not error.message.startswith("Larger"):
            raise
        raise UnreadableFile(error.message, place=error.place, next_step="Audit it in parts.") from None


def read_draft(data: bytes, name: str, kind: str = "") -> Draft:
    """Read a draft; what kind of text it is follows from its name or its first words.

    Raises:
        UnreadableFile: longer than `LARGEST_DRAFT`, `LONGEST_TEXT` or `MOST_SENTENCES`, not UTF-8, or
            without words.
    """
    text = _decoded(data, name)
    chosen = kind or _kind(text, name)
    laid = html_text(text) if chosen == "html" else Laid(text, (0,), (1,))
    plain = without_markup(laid.text) if chosen == "markdown" else Plain(laid.text, (), tuple(laid.links))
    shown, entries, doubled = _without_entries(laid, plain.text, loose=chosen == "html")
    if len(" ".join(shown.split())) > LONGEST_TEXT:
        raise _too_long(name, f"{LONGEST_TEXT:,} characters of text")
    found = tuple(islice(_sentences(laid, shown, plain), MOST_SENTENCES + 1))
    if len(found) > MOST_SENTENCES:
        raise _too_long(name, f"{MOST_SENTENCES:,} sentences")
    if not found:
        raise UnreadableFile(
            "There are no words in it.", place=Place(name), next_step="Check what was given."
        )
    return Draft(name, chosen, found, entries, doubled)


def _too_long(name: str, than: str) -> UnreadableFile:
    return UnreadableFile(f"It has more than {than}.", place=Place(name), next_step="Audit it in parts.")


def _decoded(data: bytes, name: str) -> str:
    place = Place(name)
    if len(data) > LARGEST_DRAFT:
        raise UnreadableFile(
            f"Larger than {LARGEST_DRAFT:,} bytes.", place=place, next_step="Audit it in parts."
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("UTF-16, not UTF-8.", place=place, next_step="Save it as UTF-8.")
    if b"\x00" in data or data[:5] == b"%PDF-":
        raise UnreadableFile(
            "Neither text, Markdown nor HTML.", place=place, next_step="Save it as UTF-8 text."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"Not UTF-8: byte 0x{data[error.start]:02x}.",
            place=Place(name, line),
            next_step="Save it as UTF-8.",
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _kind(text: str, name: str) -> str:
    lowered = name.lower()
    if lowered.endswith((".html", ".htm", ".xhtml")) or text[:2048].lstrip().lower().startswith(_HTML_SIGNS):
        return "html"
    return "text" if lowered.endswith((".txt", ".text")) else "markdown"


def _without_entries(
    laid: Laid, text: str, *, loose: bool
) -> tuple[str, dict[str, int], tuple[tuple[str, int], ...]]:
    """The text without the draft's own list of references, and that list; `loose` counts plain lines."""
    entries: dict[str, int] = {}
    doubled: list[tuple[str, int]] = []
    kept, at, is_list, counted = [], 0, False, 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        is_heading = _HEADING.match(line.rstrip("\n")) is not None if len(line) < 80 else False
        entry = _ENTRY.match(line)
        if entry is not None and not (entry["colon"] or is_list):
            entry = None
        numbered = entry or (_NUMBERED.match(line) if is_list else None)
        label = numbered["label"].lstrip("^").lower() if numbered else ""
        if not label and loose and is_list and stripped:
            counted += 1
            label = str(counted)
        if label:
            where = laid.line(at)
            if label in entries:
                doubled.append((label, where))
            entries.setdefault(label, where)
        elif stripped:
            is_list = is_heading or (is_list and line[:1] in " \t")
            counted = 0 if is_heading else counted
        kept.append(" " * (len(line) - 1) + line[-1:] if label or is_heading else line)
        at += len(line)
    return "".join(kept), entries, tuple(doubled)


def _sentences(laid: Laid, text: str, plain: Plain) -> Iterator[DraftSentence]:
    number, before = 0, 0
    found = list(_all_sentences(text))
    notes, links = _Behind([at for at, _ in plain.notes]), _Behind(plain.links)
    for i, s in enumerate(found):
        upto = found[i + 1].start if i + 1 < len(found) else len(text)
        labels = [m.strip("[]") for m in s.markers] + [plain.notes[n][1] for n in notes.upto(upto)]
        linked = bool(links.upto(upto)) or _WEB.search(s.text) is not None
        opens = not number or "\n" in text[before : s.start]
        before = s.end
        for offset, part in _parts(s.text):
            if not any(c.isalnum() for c in part):
                continue
            number += 1
            line, column = laid.place(s.start + offset)
            unseen = len(_UNSEEN.findall(part))
            yield DraftSentence(number, part, line, column, tuple(labels), opens, unseen, linked)
            labels, opens = [], False


class _Behind:
    """Offsets in order, taken from the front as a reading goes on."""

    def __init__(self, offsets: Sequence[int]) -> None:
        self._offsets = offsets
        self._at = 0

    def upto(self, end: int) -> range:
        """The numbers of those before an offset that were not taken yet."""
        first = self._at
        while self._at < len(self._offsets) and self._offsets[self._at] < end:
            self._at += 1
        return range(first, self._at)


_LONG_BLANK = regex.compile(r"[^\S\n]{64,}+|\n{3,}+")


def _all_sentences(text: str) -> Iterator[Sentence]:
    """The sentences between long stretches of nothing, which would cost time out of all proportion."""
    at = 0
    for stop, behind in [*((m.start(), m.end()) for m in _LONG_BLANK.finditer(text)), (len(text), 0)]:
        for s in sentences(text[at:stop]) if stop > at else ():
            yield Sentence(s.start + at, s.end + at, s.text, s.markers)
        at = behind


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """A sentence, or the parts of one that does not end."""
    if len(text) < 2 * LONGEST_SENTENCE:
        yield 0, text
        return
    spans = Normalised.of(text).spans
    starts = [spans[i][0] for i in range(LONGEST_SENTENCE, len(spans), LONGEST_SENTENCE)]
    for low, high in zip([0, *starts], [*starts, len(text)], strict=True):
        yield low, text[low:high]
