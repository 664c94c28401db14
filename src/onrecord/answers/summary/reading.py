"""Reading a summary back from the file that it was written to: Markdown, HTML or JSON."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.answers.summary.reading_html import html_summary
from onrecord.answers.summary.reading_json import json_summary, stamp_of_data
from onrecord.answers.summary.written import (
    CLOSE,
    OPEN,
    Written,
    WrittenItem,
    WrittenNote,
    digest_of,
)

__all__ = ["LARGEST", "read_summary", "stamp_of_data", "stamped"]
LARGEST = 2_000_000
"""Most bytes of a file that is read as a summary."""
_FOOTNOTE = re.compile(r"(?<!\\)\[\^([0-9]{1,6})\]")
_DEFINITION = re.compile(r"\[\^([0-9]{1,6})\]: ?(.*)")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~&$#+=.)-])")
_LINK = re.compile(r"\[To the words\]\(<([^<>]{0,4000})>\)\.?")
_BOLD = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_CLAIM = re.compile(r"`([^`]*)` · (.*)")
_LABEL = re.compile(r"\*\*((?:[^*\\]|\\.)+)\*\*")


def read_summary(text: str, file: str) -> Written:
    """Read a summary; what it is written in is told by how it begins.

    Raises:
        UnreadableFile: it begins like JSON and is none that holds a summary.
    """
    text = text.replace(OPEN, "\ufffd").replace(CLOSE, "\ufffd")
    start = text.lstrip()[:200].casefold()
    if start.startswith("{"):
        return json_summary(text, file)
    if start.startswith(("<!doctype html", "<html")):
        return html_summary(text, file)
    found = _from_markdown(text)
    found.digest = digest_of(found)
    return found


def stamped(render: Callable[[str], str]) -> str:
    """A summary with the stamp of what it says without one."""
    return render(read_summary(render(""), "").digest)


def _from_markdown(text: str) -> Written:
    found, paragraph = Written(), list[str]()
    start = 0
    note: WrittenNote | None = None
    for number, line in enumerate([*text.splitlines(), ""], 1):
        definition = _DEFINITION.match(line)
        if definition is None and note is not None and (not line.strip() or line.startswith("    ")):
            _note_line(note, line, number)
            continue
        note = None
        if paragraph and (definition or not line.strip() or line.startswith("#") or _is_beside(line)):
            _add(found, " ".join(paragraph), start)
            paragraph = []
        if definition:
            note = _note(definition, number)
            found.notes.append(note)
        elif line.startswith("# ") and not found.title:
            found.title, found.title_line = _plain(line[2:]), number
        elif line.startswith("#"):
            found.headings.append((_plain(line.lstrip("#")), number))
        elif _is_beside(line):
            found.add_beside(_plain(line.strip()[1:-1]), number)
        elif line.strip():
            start = start if paragraph else number
            paragraph.append(line.strip())
    return found


def _is_beside(line: str) -> bool:
    """Whether a line is in italics as a whole."""
    line = line.strip()
    return len(line) > 2 and line[0] == line[-1] == "*" and "*" not in (line[1], line[-2])


def _add(found: Written, text: str, line: int) -> None:
    text = _FOOTNOTE.sub(lambda m: f"{OPEN}{m[1]}{CLOSE}", text)
    label = _LABEL.match(text)
    rest = text[label.end() :] if label else text
    found.add_paragraph(_plain(label[1]) if label else "", _plain(rest), line)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text).strip()


def _note(definition: re.Match[str], line: int) -> WrittenNote:
    claim = _CLAIM.fullmatch(definition[2].strip())
    if claim is None:
        return WrittenNote(int(definition[1]), "", head=_plain(definition[2]), line=line)
    return WrittenNote(int(definition[1]), claim[1], head=_plain(claim[2]), line=line)


def _note_line(note: WrittenNote, line: str, number: int) -> None:
    text = line.strip()
    if text.startswith("- "):
        note.items.append(WrittenItem(line=number))
        text = text[2:]
    elif text and not note.items:
        note.head = f"{note.head} {_plain(text)}".strip()
        return
    if not text:
        return
    item = note.items[-1]
    item.links += _LINK.findall(text)
    without_links = _LINK.sub("", text)
    item.quotations += [_plain(words) for words in _BOLD.findall(without_links)]
    item.text = " ".join(f"{item.text} {_plain(_BOLD.sub(lambda m: m[1], without_links))}".split())
