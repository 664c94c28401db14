"""YAML read strictly: every scalar a string, every node with its place; nothing that expands or runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from onrecord.errors import Place, UnreadableFile

MAX_DEPTH = 12
"""Deepest nesting of lists and mappings; a claim needs seven."""
MAX_CHARACTERS = 2_000_000
"""Longest YAML document; TriG is the form for more, and is read a hundred times faster."""
_QUOTE_IT = "Mend the YAML there; put text that holds ': ' or ' #' between quotation marks."


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as written, never interpreted: `no`, `0123` and `2015-02-03` stay what they are."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping: its entries in order, each key once."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The node under a key, or None."""
        return next((node for k, node in self.entries if k.value == key), None)


Node = Scalar | Items | Entries


def read_documents(text: str, name: str) -> list[Node]:
    """The documents of a YAML stream; those without content are left out.

    Raises:
        UnreadableFile: no YAML, too long, or with an anchor, alias, tag, duplicate key or too deep nesting.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFile(
            f"Longer than {MAX_CHARACTERS:,} characters of YAML.",
            place=Place(name),
            next_step="Split the file, or write it as TriG.",
        )
    builder = _Builder(name)
    for event in _events(text, name):
        builder.take(event)
    return builder.documents


def _events(text: str, name: str) -> Iterator[yaml.events.Event]:
    loader: Any = None
    try:
        loader = yaml.SafeLoader(text)
        while loader.check_event():
            yield loader.get_event()
    except yaml.reader.ReaderError as error:
        at = Place(name, text.count("\n", 0, error.position) + 1)
        raise UnreadableFile(
            f"Not YAML: character U+{_code_point(error.character):04X} may not stand in it.",
            place=at,
            next_step="Remove the character.",
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = ", ".join(part for part in (error.context, error.problem) if part)
        raise UnreadableFile(f"Not YAML: {said}.", place=_place(name, mark), next_step=_QUOTE_IT) from error
    except (ValueError, OverflowError) as error:
        mark = loader.get_mark() if loader else None
        raise UnreadableFile(
            f"Not YAML: {error}.", place=_place(name, mark), next_step="Mend the escape or number there."
        ) from error


def _code_point(character: str | int) -> int:
    return ord(character) if isinstance(character, str) else character


def _place(name: str, mark: Any) -> Place:
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end is not reached yet."""

    place: Place
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    key: Scalar | None = None


class _Builder:
    """Nodes made from events one after the other, so that no nesting can exhaust the stack."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.documents: list[Node] = []
        self._open: list[_Open] = []

    def take(self, event: yaml.events.Event) -> None:
        place = _place(self.name, event.start_mark)
        if isinstance(event, yaml.events.NodeEvent):
            self._refuse(event, place)
        if isinstance(event, yaml.events.ScalarEvent):
            self._add(Scalar(_text(event, place), place))
        elif isinstance(event, yaml.events.CollectionStartEvent):
            if len(self._open) == MAX_DEPTH:
                raise UnreadableFile(
                    f"Nested more than {MAX_DEPTH} deep.", place=place, next_step="Write it flatter."
                )
            self._open.append(_Open(place, isinstance(event, yaml.events.MappingStartEvent)))
        elif isinstance(event, yaml.events.CollectionEndEvent):
            done = self._open.pop()
            node = Entries(tuple(done.entries.values()), done.place)
            self._add(node if done.is_mapping else Items(tuple(done.items), done.place))

    def _refuse(self, event: yaml.events.NodeEvent, place: Place) -> None:
        if isinstance(event, yaml.events.AliasEvent) or event.anchor is not None:
            raise UnreadableFile(
                f"Anchors and aliases are refused (here {event.anchor!r}): they may expand without bound.",
                place=place,
                next_step="Write the value out each time; put text that begins with & or * in quotes.",
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise UnreadableFile(
                f"Tags are refused (here {tag!r}): every value is read as it is written.",
                place=place,
                next_step="Remove the tag; put text that begins with ! in quotes.",
            )

    def _add(self, node: Node) -> None:
        if not self._open:
            if node != Scalar("", node.place):
                self.documents.append(node)
            return
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = self._key(node, parent)
        else:
            parent.entries[parent.key.value] = (parent.key, node)
            parent.key = None

    def _key(self, node: Node, parent: _Open) -> Scalar:
        if not isinstance(node, Scalar):
            raise UnreadableFile(
                "A list or mapping stands as a key.", place=node.place, next_step="Write a word as the key."
            )
        first = parent.entries.get(node.value)
        if first is not None:
            raise UnreadableFile(
                f"The key {node.value!r} stands twice, first on line {first[0].place.line}.",
                place=node.place,
                next_step="Keep one of them; several values go into a list under one key.",
            )
        return node


def _text(event: yaml.events.ScalarEvent, place: Place) -> str:
    value: str = event.value
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise UnreadableFile(
            "Half of a surrogate pair is no character.",
            place=place,
            next_step="Write the character itself, or its code point after \\U.",
        )
    return value.rstrip("\n") if event.style in ("|", ">") else value
