"""Reading a summary back from the file that it was written to: Markdown, HTML or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from onrecord.answers.summary_words import version_in, without_label
from onrecord.errors import Place, UnreadableFile

LARGEST = 2_000_000
"""Most bytes of a file that is read as a summary."""
LONGEST_TAG = 4000
"""Most characters of a tag in a page."""
MOST_ODD = 100
"""Most comments, declarations and the like in a page."""
_OPEN, _CLOSE = "\x02", "\x03"
_MARKER = re.compile(f"{_OPEN}([0-9]{{1,6}}){_CLOSE}")
_MARKERS = f"(?:{_OPEN}[0-9]{{1,6}}{_CLOSE})+"
_END = re.compile(f'[.?!\u201d")]({_MARKERS})(?=\\s|$)')
_FOOTNOTE = re.compile(r"(?<!\\)\[\^([0-9]{1,6})\]")
_DEFINITION = re.compile(r"\[\^([0-9]{1,6})\]: ?(.*)")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~&$#+=.)-])")
_LINK = re.compile(r"\[To the words\]\(<([^<>]{0,4000})>\)\.?")
_BOLD = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_CLAIM = re.compile(r"`([^`]*)`")


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence as it stands in the file, the notes that it carries, and the heading above it."""

    text: str
    notes: tuple[int, ...]
    line: int | None = None
    section: str = ""


@dataclass
class WrittenNote:
    """A reference as it stands in the file."""

    number: int
    claim: str
    text: str = ""
    quotations: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    line: int | None = None


@dataclass
class Written:
    """What a file holds: sentences, references, and texts beside them (headings, where it comes from)."""

    title: str = ""
    version: str = ""
    sentences: list[WrittenSentence] = field(default_factory=list)
    notes: list[WrittenNote] = field(default_factory=list)
    headings: list[tuple[str, int | None]] = field(default_factory=list)
    beside: list[tuple[str, int | None]] = field(default_factory=list)

    @property
    def section(self) -> str:
        """The heading that was read last."""
        return self.headings[-1][0] if self.headings else ""


def read_summary(text: str, file: str) -> Written:
    """Read a summary; what it is written in is told by how it begins.

    Raises:
        UnreadableFile: it begins like JSON and is none that holds a summary.
    """
    text = text.replace(_OPEN, "\ufffd").replace(_CLOSE, "\ufffd")
    start = text.lstrip()[:200].casefold()
    if start.startswith("{"):
        return _from_json(text, file)
    if start.startswith(("<!doctype html", "<html")):
        _refuse_broken(text, file)
        reader = _Page()
        reader.feed(text)
        reader.close()
        return _dated(reader.finished())
    return _dated(_from_markdown(text))


def _refuse_broken(text: str, file: str) -> None:
    """Refuse markup that takes a parser very long: tags without an end, and no end of comments."""
    unended = any(len(piece) - piece.find("<") > LONGEST_TAG for piece in text.split(">") if "<" in piece)
    if unended or any(text.count(start) > MOST_ODD for start in ("<!", "<?")):
        raise UnreadableFile(
            "The page holds tags without an end, or too many comments.",
            place=Place(file),
            next_step="Give a file that onrecord summary has written.",
        )


def _dated(found: Written) -> Written:
    found.version = next((named for text, _ in found.beside if (named := version_in(text))), "")
    return found


def _split(text: str, line: int | None, section: str) -> Iterator[WrittenSentence]:
    """The sentences of a paragraph: each ends with a full stop and the notes behind it."""
    text, at = without_label(text.strip()), 0
    for match in _END.finditer(text):
        yield _sentence(text[at : match.end()], line, section)
        at = match.end()
    if text[at:].strip():
        yield _sentence(text[at:], line, section)


def _sentence(text: str, line: int | None, section: str) -> WrittenSentence:
    numbers = tuple(int(n) for n in _MARKER.findall(text))
    return WrittenSentence(" ".join(_MARKER.sub("", text).split()), numbers, line, section)


# Markdown ---------------------------------------------------------------------------------------------


def _from_markdown(text: str) -> Written:
    found, paragraph = Written(), list[str]()
    start = 0
    note: WrittenNote | None = None
    for number, line in enumerate([*text.splitlines(), ""], 1):
        definition = _DEFINITION.match(line)
        if definition is None and note is not None and (not line.strip() or line.startswith("    ")):
            _note_line(note, line)
            continue
        note = None
        if paragraph and (definition or not line.strip() or line.startswith("#") or _is_beside(line)):
            found.sentences += _split(_marked(" ".join(paragraph)), start, found.section)
            paragraph = []
        if definition:
            note = WrittenNote(int(definition[1]), "", line=number)
            found.notes.append(note)
            _note_line(note, definition[2])
        elif line.startswith("# ") and not found.title:
            found.title = _plain(line[2:])
        elif line.startswith("#"):
            found.headings.append((_plain(line.lstrip("#")), number))
        elif _is_beside(line):
            found.beside.append((_plain(line.strip()[1:-1]), number))
        elif line.strip():
            start = start if paragraph else number
            paragraph.append(line.strip())
    return found


def _is_beside(line: str) -> bool:
    """Whether a line is in italics as a whole."""
    line = line.strip()
    return len(line) > 2 and line[0] == line[-1] == "*" and "*" not in (line[1], line[-2])


def _marked(text: str) -> str:
    text = _FOOTNOTE.sub(lambda m: f"{_OPEN}{m[1]}{_CLOSE}", text)
    label = re.match(r"\*\*([^*]+)\*\*", text)
    return _plain(f"{label[1]}{text[label.end() :]}" if label else text)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip()


def _note_line(note: WrittenNote, line: str) -> None:
    claim = _CLAIM.match(line)
    if claim and not note.claim:
        note.claim = claim[1]
    note.links += _LINK.findall(line)
    without_links = _LINK.sub("", line)
    note.quotations += [_plain(words) for words in _BOLD.findall(without_links)]
    note.text += f" {_plain(_BOLD.sub(lambda m: m[1], without_links))}"


# HTML -------------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """Collects a page: every text outside its furniture counts as text of the summary."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Written()
        self._text: list[str] = []
        self._line = 1
        self._kind = ""
        self._note: WrittenNote | None = None
        self._quoted: list[str] | None = None
        self._skip = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a heading, a paragraph, a reference, a quotation, or a marker."""
        given = {name: value or "" for name, value in attrs}
        target = re.fullmatch(r"#note-([0-9]{1,6})", given.get("href", ""))
        if tag in ("title", "style", "nav"):
            self._flush()
            self._skip = tag
        elif tag in ("h1", "h2", "h3", "h4", "p", "div", "section", "table", "body"):
            self._flush()
            self._kind = "beside" if tag == "p" and given.get("class") == "about" else tag
        elif tag == "li" and (number := re.fullmatch(r"note-([0-9]{1,6})", given.get("id", ""))):
            self._flush()
            self._note = WrittenNote(int(number[1]), given.get("data-claim", ""), line=self.getpos()[0])
            self.found.notes.append(self._note)
        elif tag == "q":
            self._quoted = []
        elif target and self._note is None:
            self._text.append(f"{_OPEN}{target[1]}{_CLOSE}")
            self._skip = "a"
        elif tag == "a" and self._note is not None and not target:
            self._note.links.append(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag == self._skip:
            self._skip = ""
        elif tag == "q" and self._quoted is not None:
            if self._note is not None:
                self._note.quotations.append(" ".join("".join(self._quoted).split()))
            self._quoted = None
        elif tag == "ol":
            self._flush()
            self._note = None
        elif tag in ("p", "h1", "h2", "h3", "h4"):
            self._flush()
        elif tag == "strong":
            self._text.append(" ")

    def handle_data(self, data: str) -> None:
        """Text: of a reference, or of what is open."""
        if self._skip:
            return
        if self._quoted is not None:
            self._quoted.append(data)
        if self._note is not None:
            self._note.text += data
            return
        if not self._text:
            self._line = self.getpos()[0]
        self._text.append(data)

    def _flush(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text = []
        kind, self._kind = self._kind, ""
        if not text:
            return
        if kind == "h1" and not self.found.title:
            self.found.title = text
        elif kind in ("h1", "h2", "h3", "h4"):
            self.found.headings.append((text, self._line))
        elif kind == "beside":
            self.found.beside.append((text, self._line))
        else:
            self.found.sentences += _split(text, self._line, self.found.section)

    def finished(self) -> Written:
        """What the page held, its last text included."""
        self._flush()
        return self.found


# JSON -------------------------------------------------------------------------------------------------


def _from_json(text: str, file: str) -> Written:
    try:
        return _of_data(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFile(
            "This is no summary in JSON.",
            place=Place(file),
            next_step="Give a file that onrecord summary has written.",
        ) from error


def _of_data(data: dict[str, Any]) -> Written:
    found = Written(str(data["title"]))
    for section in data["sections"]:
        found.headings.append((str(section["title"]), None))
        for paragraph in section["paragraphs"]:
            found.sentences += [
                WrittenSentence(
                    " ".join(str(s["text"]).split()), tuple(int(n) for n in s["notes"]), None, found.section
                )
                for s in paragraph["sentences"]
            ]
    found.beside = [(str(text), None) for text in data.get("reading", ())]
    found.version = str(data.get("base_version", ""))
    found.notes = [_note_of(note) for note in data["notes"]]
    return found


def _note_of(data: dict[str, Any]) -> WrittenNote:
    cited: Iterable[dict[str, Any]] = data.get("citations", ())
    note = WrittenNote(int(data["note"]), str(data["claim"]))
    for citation in cited:
        note.quotations.append(" ".join(str(citation["quotation"]).split()))
        note.links += [str(citation["link"])] if citation.get("link") else []
        source = citation.get("source", {})
        note.text += " ".join(
            str(part) for part in (source.get("title"), *source.get("publishers", ())) if part
        )
    return note
