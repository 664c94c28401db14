"""Abbreviations written out where a summary first uses them, with the labels of the base."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.answers.phrasing import one_line
from onrecord.store.records import StoreBase

if TYPE_CHECKING:
    from onrecord.answers.summary.sentences import Sentence
    from onrecord.answers.summary.summary import Section

_SHORT = re.compile(r"[A-Z]{2,}(?: [A-Z]{2,})*")


def abbreviations(base: StoreBase) -> dict[str, str]:
    """The label of the one entity that an abbreviation names, by the abbreviation."""
    owners: dict[str, set[str]] = {}
    for entity in base.entities():
        for name in entity.synonyms:
            if _SHORT.fullmatch(name) and len(entity.label) > len(name) + 3:
                owners.setdefault(name, set()).add(one_line(entity.label))
    return {name: min(labels) for name, labels in owners.items() if len(labels) == 1}


def expanded(base: StoreBase, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections with each abbreviation written out in brackets behind its first use."""
    known = abbreviations(base)
    names = {name for entity in base.entities() for name in entity.names}
    longer = {name for name in names if any(f" {short}" in f" {name}" for short in known)}
    writer = _Writer(known, longer - known.keys())
    return tuple(
        replace(
            section,
            paragraphs=tuple(
                replace(p, sentences=tuple(writer.sentence(s) for s in p.sentences))
                for p in section.paragraphs
            ),
        )
        for section in sections
    )


def unexpanded(text: str, known: Mapping[str, str]) -> str:
    """A text without the labels in brackets that stand behind abbreviations of them.

    >>> unexpanded("the JIC (Joint Intake Center) says so", {"JIC": "Joint Intake Center"})
    'the JIC says so'
    """
    for short, label in known.items():
        if f"{short} ({label})" in text:
            text = re.sub(rf"(?<!\w)({re.escape(short)}) \({re.escape(label)}\)", r"\1", text)
    return text


class _Writer:
    """Writes out abbreviations, but not where they are part of a longer name."""

    def __init__(self, known: Mapping[str, str], longer: Collection[str]) -> None:
        self.known = known
        self.done: set[str] = set()
        longest_first = sorted((*known, *longer), key=lambda name: (-len(name), name))
        names = "|".join(map(re.escape, longest_first))
        self.pattern = re.compile(rf"(?<![\w/(\"“'-])(?:{names or '(?!)'})(?!\w)")

    def sentence(self, sentence: Sentence) -> Sentence:
        """A sentence whose abbreviations are written out, those that no sentence before has used."""
        parts = tuple(replace(part, text=self._text(part.text)) for part in sentence.parts)
        return replace(sentence, parts=parts)

    def _text(self, text: str) -> str:
        self.done |= {label for short, label in self.known.items() if f"{label} ({short})" in text}
        found = list(self._first_uses(text))
        for end, label in reversed(found):
            text = f"{text[:end]} ({label}){text[end:]}"
        return text

    def _first_uses(self, text: str) -> Iterator[tuple[int, str]]:
        for match in self.pattern.finditer(text):
            label = self.known.get(match.group(), "")
            is_quoted = text[: match.start()].count('"') % 2 == 1
            is_part = text[match.end() :].startswith(("'", "’", "/", "-", ")"))
            if label and label not in self.done and not is_quoted and not is_part:
                self.done.add(label)
                is_told = label.casefold() in text.casefold()
                if not is_told and not text[match.end() :].startswith(" ("):
                    yield match.end(), label
