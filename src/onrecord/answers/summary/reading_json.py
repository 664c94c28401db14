"""Reading a summary back from JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from onrecord.answers.summary.words import READING, Origin
from onrecord.answers.summary.written import (
    Written,
    WrittenItem,
    WrittenNote,
    WrittenParagraph,
    WrittenSentence,
    digest,
)
from onrecord.errors import Place, UnreadableFile

_KEYS = frozenset(
    ("title", "subject", "as_of", "base", "base_version", "claims_on_subject", "claims_told",
     "claims_refused", "reading", "sections", "notes", "stamp")
)  # fmt: skip
_SECTION_KEYS = frozenset(("title", "left_out", "paragraphs"))
_PARAGRAPH_KEYS = frozenset(("label", "sentences"))
_SENTENCE_KEYS = frozenset(("text", "notes", "claims"))


def stamp_of_data(data: dict[str, Any]) -> str:
    """The stamp of a summary's data: a digest of all of it but the stamp itself."""
    return digest({key: value for key, value in data.items() if key != "stamp"})


def json_summary(text: str, file: str) -> Written:
    """A summary in JSON.

    Raises:
        UnreadableFile: it is none.
    """
    try:
        data = json.loads(text, object_pairs_hook=_once)
        found = _Reader(text).read(data)
        found.digest = stamp_of_data(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFile(
            "This is no summary in JSON.",
            place=Place(file),
            next_step="Give a file that onrecord summary has written.",
        ) from error
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _whole(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError("no whole number")
    return number


class _Reader:
    """Reads the data of a summary; finds the line of each text by looking for it behind the last one."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.line = text, 0, 1
        self.found = Written()

    def _line(self, value: str) -> int | None:
        at = self.text.find(json.dumps(value, ensure_ascii=False), self.at)
        if at < 0:
            return self.line
        self.line += self.text.count("\n", self.at, at)
        self.at = at
        return self.line

    def read(self, data: dict[str, Any]) -> Written:
        """What the data hold."""
        found = self.found
        self._keys(data, _KEYS)
        found.title, found.title_line = str(data["title"]), self._line(data["title"])
        found.origin_line = self._line("as_of")
        found.origin = _origin(data)
        read = [str(text) for text in data.get("reading", ())]
        found.beside = [(text, self._line(text)) for text in read if text not in READING]
        for section in data["sections"]:
            self._section(section)
        found.notes = [self._note(note) for note in data["notes"]]
        return found

    def _keys(self, data: dict[str, Any], known: frozenset[str]) -> None:
        self.found.odd += [(f"the key “{key}”", self._line(key)) for key in data if key not in known]

    def _section(self, section: dict[str, Any]) -> None:
        self._keys(section, _SECTION_KEYS)
        title = str(section["title"])
        self.found.headings.append((title, self._line(title)))
        self.found.left_out[title] = _whole(section.get("left_out", 0))
        for paragraph in section["paragraphs"]:
            self._keys(paragraph, _PARAGRAPH_KEYS)
            label = str(paragraph.get("label", ""))
            line = self._line(label) if label else self.line
            told = [self._sentence(s) for s in paragraph["sentences"]]
            self.found.paragraphs.append(WrittenParagraph(title, label, told, line))

    def _sentence(self, data: dict[str, Any]) -> WrittenSentence:
        self._keys(data, _SENTENCE_KEYS)
        notes = tuple(_whole(n) for n in data["notes"])
        claims = tuple(str(iri) for iri in data["claims"])
        return WrittenSentence(
            " ".join(str(data["text"]).split()), notes, self._line(data["text"]), "", claims
        )

    def _note(self, data: dict[str, Any]) -> WrittenNote:
        note = WrittenNote(
            _whole(data["note"]), str(data["claim"]), data=data, line=self._line(data["claim"])
        )
        for citation in data.get("citations", ()):
            words = " ".join(str(citation["quotation"]).split())
            links = [str(citation["link"])] if citation.get("link") else []
            note.items.append(WrittenItem(words, [words], links))
        note.lines = dict(self._lines(data, ()))
        return note

    def _lines(self, data: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int | None]]:
        if isinstance(data, dict):
            for key, value in data.items():
                yield from self._lines(value, (*path, str(key)))
        elif isinstance(data, list):
            for number, value in enumerate(data, 1):
                yield from self._lines(value, (*path, str(number)))
        elif isinstance(data, str):
            yield path, self._line(data)


def _origin(data: dict[str, Any]) -> Origin:
    told, asked, failed = (_whole(data[f"claims_{name}"]) for name in ("told", "on_subject", "refused"))
    as_of, name, version = (str(data.get(key, "")) for key in ("as_of", "base", "base_version"))
    stamp = str(data.get("stamp", ""))
    return Origin(as_of, name, version, told, asked, str(data["subject"]), failed, stamp)
