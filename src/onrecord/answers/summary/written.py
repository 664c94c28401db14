"""A summary as it stands in a file, whatever the file is written in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from onrecord.answers.summary.words import Origin, left_out_in, origin_in

OPEN, CLOSE = "\x02", "\x03"
"""What stands around the number of a note in a text that was read."""
_MARKER = re.compile(f"{OPEN}([0-9]{{1,6}}){CLOSE}")
_END = re.compile(f'[.?!”")]((?:{OPEN}[0-9]{{1,6}}{CLOSE})+)(?=\\s|$)')
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence as it stands in the file, with the notes that it carries.

    Attributes:
        marked: the text with the numbers of the notes where they stand; "" where the file keeps them apart.
        claims: the claims that the file names beside the notes; None where it names none there.
    """

    text: str
    notes: tuple[int, ...]
    line: int | None = None
    marked: str = ""
    claims: tuple[str, ...] | None = None


@dataclass
class WrittenParagraph:
    """Sentences under one heading, with the label before them."""

    section: str
    label: str
    sentences: list[WrittenSentence]
    line: int | None = None


@dataclass
class WrittenItem:
    """A line of a reference: its text without links, the words marked as quoted, and its links."""

    text: str = ""
    quotations: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    line: int | None = None


@dataclass
class WrittenNote:
    """A reference as it stands in the file.

    Attributes:
        name: how the reader sees the claim named, where that may differ from `claim`.
        data: the whole reference, where the file is JSON.
        lines: the lines of its texts then, by the keys that lead to them.
    """

    number: int
    claim: str
    head: str = ""
    name: str = ""
    items: list[WrittenItem] = field(default_factory=list)
    data: dict[str, Any] | None = None
    lines: dict[tuple[str, ...], int | None] = field(default_factory=dict)
    line: int | None = None


Text = tuple[str, int | None]
"""A text and the line on which it begins."""


@dataclass
class Written:
    """What a file holds.

    Attributes:
        origin: where it says that it comes from; None where it does not.
        origin_line: on which line it does.
        left_out: how many claims its sections leave out, as it says.
        beside: texts about the summary that are none of those.
        odd: what has no place in a summary.
        digest: of all that the file says, but for its stamp.
    """

    title: str = ""
    title_line: int | None = None
    origin: Origin | None = None
    origin_line: int | None = None
    left_out: dict[str, int] = field(default_factory=dict)
    paragraphs: list[WrittenParagraph] = field(default_factory=list)
    notes: list[WrittenNote] = field(default_factory=list)
    headings: list[Text] = field(default_factory=list)
    beside: list[Text] = field(default_factory=list)
    odd: list[Text] = field(default_factory=list)
    digest: str = ""

    @property
    def version(self) -> str:
        """The version of the base that it names."""
        return self.origin.version if self.origin is not None else ""

    @property
    def section(self) -> str:
        """The heading that was read last."""
        return self.headings[-1][0] if self.headings else ""

    @property
    def sentences(self) -> list[WrittenSentence]:
        """Every sentence, in order."""
        return [s for paragraph in self.paragraphs for s in paragraph.sentences]

    def add_beside(self, text: str, line: int | None) -> None:
        """Take up a text about the summary."""
        origin, left_out = origin_in(text), left_out_in(text)
        if origin is not None and self.origin is None and not self.headings:
            self.origin, self.origin_line = origin, line
        elif left_out is not None and not self.left_out:
            self.left_out = left_out
        else:
            self.beside.append((text, line))

    def add_paragraph(self, label: str, text: str, line: int | None) -> None:
        """Take up a paragraph: each sentence ends with a full stop and the notes behind it."""
        found = list(_split(text.strip(), line))
        if found or label:
            self.paragraphs.append(WrittenParagraph(self.section, label, found, line))


def _split(text: str, line: int | None) -> Iterator[WrittenSentence]:
    at = 0
    for match in _END.finditer(text):
        yield _sentence(text[at : match.end()], line)
        at = match.end()
    if text[at:].strip():
        yield _sentence(text[at:], line)


def _sentence(text: str, line: int | None) -> WrittenSentence:
    marked = " ".join(text.split())
    numbers = tuple(int(n) for n in _MARKER.findall(marked))
    return WrittenSentence(" ".join(_MARKER.sub("", marked).split()), numbers, line, marked)


def digest_of(found: Written, *more: str) -> str:
    """A digest of what a file says, but for its stamp and line numbers; `more`: what else the reader saw."""
    origin = found.origin
    said = [
        found.title,
        [] if origin is None else [origin.as_of, origin.base, origin.version, origin.told, origin.asked],
        [] if origin is None else [origin.subject, origin.failed],
        list(found.left_out.items()),
        [[p.section, p.label, [s.marked for s in p.sentences]] for p in found.paragraphs],
        [text for texts in (found.headings, found.beside, found.odd) for text, _ in texts],
        [[n.number, n.claim, n.head, n.name, [_said(i) for i in n.items]] for n in found.notes],
        more,
    ]
    return digest(said)


def _said(item: WrittenItem) -> list[object]:
    return [item.text, item.quotations, item.links]


def digest(data: object) -> str:
    """A digest of plain data."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
