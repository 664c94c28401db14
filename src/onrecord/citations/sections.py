"""Section locators such as "6 CFR 115.22(e)": which words of a law text they point to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.text import Normalised

_SECTION_IN_LOCATOR = re.compile(
    r"(?:U\.?\s?S\.?\s?C\.?|C\.?\s?F\.?\s?R\.?|§+)\s*(?:§+\s*)?(?P<section>\d+[a-z]?(?:\.\d+)?)(?P<rest>.*)"
)
_SECTION_HEADING = re.compile(r"^#*\s*(?:§+|\d+\s+(?:CFR|U\.?S\.?C\.?))\s*(?P<section>\d+[a-z]?(?:\.\d+)?)\b")
_LABELS = re.compile(r"^#*\s*((?:\([A-Za-z0-9]{1,4}\)\s*)+)")
_LABEL = re.compile(r"\(([A-Za-z0-9]{1,4})\)")
_ROMAN = re.compile(r"^[ivx]+$")


@dataclass(frozen=True, slots=True)
class SectionPath:
    """A section and the labels of its paragraphs: 115.22 and ("e",)."""

    section: str
    labels: tuple[str, ...] = ()

    def covers(self, other: SectionPath) -> bool:
        """Whether the other path is this one or lies below it."""
        return self.section == other.section and other.labels[: len(self.labels)] == self.labels


def parse_locator(locator: str) -> SectionPath | None:
    """The path that a locator names, None when it names no section.

    Where a locator lists several paragraphs, the path stops before the first one that differs.

    >>> parse_locator("5 U.S.C. 417(f)(2)(G)")
    SectionPath(section='417', labels=('f', '2', 'G'))
    >>> parse_locator("6 CFR 115.22(e), (f)")
    SectionPath(section='115.22', labels=())
    >>> parse_locator("page 12") is None
    True
    """
    match = _SECTION_IN_LOCATOR.search(locator)
    if match is None:
        return None
    rest = match["rest"]
    head = re.match(r"(?:\s*\([A-Za-z0-9]{1,4}\))*", rest)
    labels = tuple(_LABEL.findall(head.group() if head else ""))
    is_list = bool(_LABEL.search(rest[head.end() if head else 0 :]))
    return SectionPath(match["section"], labels[:-1] if is_list else labels)


def _level(label: str, path: tuple[str, ...]) -> int:
    """Depth of a label after `path`, by the order (a) (1) (A) (i) of US law; (a) (1) (i) in rules."""
    if label.isdigit():
        return 0 if not path or path[0].isdigit() else 1
    if label.isupper():
        return 2
    if _ROMAN.match(label) and len(path) >= 2:
        return 3 if len(path) >= 3 or path[-1].isupper() else 2
    return 0


def _extend(path: tuple[str, ...], label: str) -> tuple[str, ...]:
    level = min(_level(label, path), len(path))
    return (*path[:level], label)


def _lines(text: str) -> Iterator[tuple[int, int, SectionPath | None]]:
    section, at = "", 0
    labels: tuple[str, ...] = ()
    for line in text.splitlines(keepends=True):
        heading = _SECTION_HEADING.match(line)
        marked = _LABELS.match(line)
        if heading:
            section, labels = heading["section"], ()
        elif marked and section:
            found = _LABEL.findall(marked.group(1))
            for i, label in enumerate(found):
                labels = _extend(() if i == 0 and label.islower() and len(found) > 1 else labels, label)
        yield at, at + len(line), SectionPath(section, labels) if section else None
        at += len(line)


@dataclass(frozen=True)
class Sections:
    """Which section each line of a text belongs to; empty for texts without section headings."""

    spans: tuple[tuple[int, int, SectionPath], ...]

    @classmethod
    def of(cls, text: Normalised) -> Sections:
        """Read the headings of a text."""
        if "§" not in text.text and "CFR" not in text.text and "U.S.C" not in text.text:
            return cls(())
        return cls(tuple((a, b, path) for a, b, path in _lines(text.text) if path is not None))

    def holds(self, path: SectionPath, offset: int) -> bool:
        """Whether the character at an offset of the text lies in the section of a path."""
        return any(a <= offset < b and path.covers(found) for a, b, found in self.spans)

    def path_at(self, offset: int) -> SectionPath | None:
        """The section path of the line at an offset."""
        return next((path for a, b, path in self.spans if a <= offset < b), None)
