"""Reading solutions of a witness query: the ground triples that each rests on, and its marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple, Protocol

from onrecord.errors import QueryError
from onrecord.sparql.analysis import bindable, is_monotone
from onrecord.sparql.engine import ANYTHING
from onrecord.sparql.explanation import All, AnyOf, Fact, Mark, Marked, Part, facts_of, is_capped
from onrecord.sparql.patterns import Group, Query, Repeat, is_variable
from onrecord.sparql.query_text import TextWriter
from onrecord.sparql.witness_items import (
    AbsentItem,
    BranchItem,
    ClosureItem,
    ExistsItem,
    ExternalItem,
    FactItem,
    Item,
    RowItem,
)

Row = tuple[str, ...]
Slot = Callable[[Row], str]
_SPLIT = "\x00"


class Asked(NamedTuple):
    """Which solutions give a row: those of a group with these values of some of its variables."""

    group: Group
    shown: tuple[str, ...]
    key: Row
    names: tuple[tuple[str, str], ...]
    graph: str


class Found:
    """The derivations found for one row, and its marks; `more` counts derivations seen and left out."""

    __slots__ = ("_keys", "_own", "asked", "beside", "more", "parts")

    def __init__(self) -> None:
        self.parts: list[All] = []
        self.beside: list[Marked] = []
        self.more = 0
        self.asked: Asked | None = None
        self._own: list[tuple[Marked, ...]] = []
        self._keys: dict[frozenset[Part], int] | None = None

    def add(self, parts: Iterable[Part], marks: Iterable[Marked] = (), more: int = 0) -> None:
        """One more derivation: everything in `parts` jointly, `more` of it left out.

        The same facts with other marks are no other derivation; without marks they need none.
        """
        made = All(tuple(dict.fromkeys(parts)), more)
        own = tuple(marks)
        if self.parts:
            if self._keys is None:
                self._keys = {frozenset(self.parts[0].parts): 0}
            at = self._keys.setdefault(frozenset(made.parts), len(self.parts))
            if at < len(self.parts):
                self._own[at] = min(self._own[at], own)
                return
        self.parts.append(made)
        self._own.append(own)

    @property
    def marks(self) -> list[Marked]:
        """The marks of every derivation, and of the row beside them, each once."""
        if not self.beside and not any(self._own):
            return []
        return list(dict.fromkeys([*(mark for own in self._own for mark in own), *self.beside]))

    @property
    def any_of(self) -> AnyOf:
        """Any of the derivations."""
        return AnyOf(tuple(self.parts), self.more)

    def facts(self) -> tuple[Fact, ...]:
        """Every fact of the derivations, each once, in order."""
        if len(self.parts) == 1 and all(type(part) is Fact for part in self.parts[0].parts):
            return self.parts[0].parts  # type: ignore[return-value]
        return tuple(dict.fromkeys(facts_of(self.any_of)))

    def is_capped(self) -> bool:
        """Whether a cap left something out."""
        return bool(self.more) or any(is_capped(part) for part in self.parts)


class Deriving(Protocol):
    """What reading a solution needs besides the solution; see `Deriver`."""

    def closures(
        self, path: Repeat, wanted: Iterable[tuple[str, str, str]]
    ) -> Mapping[tuple[str, str, str], Part]:
        """By start, end and graph, the shortest ways that a repeated path takes."""

    def derive(self, query: Query, keys: Sequence[Row], graph: str) -> Mapping[Row, Found]:
        """What rows of a subselect rest on."""

    def matches(self, group: Group, names: Mapping[str, str], graph: str) -> Found:
        """What the matches of a pattern rest on."""

    def block(self, group: Group, names: Mapping[str, str], graph: str) -> tuple[Part, ...]:
        """What keeps a pattern from having a match."""

    def looked_at(self, group: Group, names: Mapping[str, str], graph: str) -> tuple[Part, ...]:
        """Everything that a pattern looks at."""


@dataclass(frozen=True)
class _Pattern:
    """A pattern of a filter, an OPTIONAL or a MINUS, ready to be filled in with a solution's values."""

    group: Group
    graph: Slot
    names: tuple[tuple[str, Slot], ...]
    pieces: tuple[str | tuple[str, Slot], ...]
    blocks: bool

    def filled(self, row: Row) -> tuple[tuple[tuple[str, str], ...], str]:
        """Its variables' values and its graph."""
        return tuple((v, value) for v, slot in self.names if (value := slot(row))), self.graph(row)

    def text(self, row: Row) -> str:
        return "".join(p if isinstance(p, str) else p[1](row) or p[0] for p in self.pieces)


class _Mention(NamedTuple):
    """A path of no length: any triple that has its node in it will do; none is needed beside one that has."""

    node: str
    graph: str
    part: AnyOf


_Read = tuple[Sequence[Part | _Mention], Sequence[Marked]]


class SolutionReader:
    """Reads the solutions of one witness query."""

    def __init__(
        self,
        items: Sequence[Item],
        variables: Sequence[str],
        constants: Mapping[str, str],
        deriving: Deriving,
    ) -> None:
        self.index = {v: i for i, v in enumerate(variables)}
        self.constants = constants
        self.deriving = deriving
        self.batches: list[Callable[[Sequence[Row]], None]] = []
        self.steps = [self._step(item) for item in items]

    def slot(self, term: str) -> Slot:
        """How to get a term from a solution."""
        if is_variable(term):
            at = self.index.get(term)
            return itemgetter(at) if at is not None else lambda row: ""
        constant = self.constants.get(term, term)
        return lambda row: constant

    def prepare(self, rows: Sequence[Row]) -> None:
        """Ask at once for everything that reading some solutions will need."""
        for batch in self.batches:
            batch(rows)

    def read(self, row: Row) -> tuple[list[Part], list[Marked]]:
        """What one solution rests on, and its marks."""
        parts: list[Part] = []
        marks: list[Marked] = []
        mentions: list[_Mention] = []
        for step in self.steps:
            found, marked = step(row)
            if marked:
                marks += marked
            for part in found:
                if isinstance(part, _Mention):
                    mentions.append(part)
                else:
                    parts.append(part)
        if mentions:
            there = {(t, p.graph) for p in parts if type(p) is Fact for t in (p.subject, p.object)}
            parts += [m.part for m in mentions if m.part.parts and (m.node, m.graph) not in there]
        return parts, marks

    # steps: one a kind of item ------------------------------------------------------------------------

    def _step(self, item: Item) -> Callable[[Row], _Read]:
        if isinstance(item, FactItem):
            return self._fact(item)
        if isinstance(item, BranchItem):
            return self._branch(item)
        if isinstance(item, ClosureItem):
            return self._closure(item)
        if isinstance(item, RowItem):
            return self._row(item)
        if isinstance(item, ExternalItem):
            mark = Marked(Mark.EXTERNAL, item.head)
            return lambda row: ((), (mark,))
        return self._absent(item) if isinstance(item, AbsentItem) else self._exists(item)

    def _fact(self, item: FactItem) -> Callable[[Row], _Read]:
        terms = (item.subject, item.predicate, item.object, item.graph)
        at = [self.index.get(t, -1) if is_variable(t) else -1 for t in terms]
        constants = tuple("" if is_variable(t) else self.constants.get(t, t) for t in terms)
        width = len(self.index)
        pick = itemgetter(*(i if i >= 0 else width + n for n, i in enumerate(at)))
        make = Fact._make
        if item.subject == ANYTHING:
            graph = self.slot(item.graph)
            return lambda row: ((make(pick(row + constants)),) if graph(row) else (), ())
        return lambda row: ((make(pick(row + constants)),), ())

    def _branch(self, item: BranchItem) -> Callable[[Row], _Read]:
        marker = self.slot(item.marker)
        steps = [self._step(inner) for inner in item.items]
        absent = self._absent(item.absent) if item.absent is not None else None

        def read(row: Row) -> _Read:
            if not marker(row):
                return absent(row) if absent is not None else ((), ())
            parts: list[Part | _Mention] = []
            marks: list[Marked] = []
            for step in steps:
                found, marked = step(row)
                parts += found
                marks += marked
            return parts, marks

        return read

    def _closure(self, item: ClosureItem) -> Callable[[Row], _Read]:
        subject, target, graph = (self.slot(t) for t in (item.subject, item.object, item.graph))
        mark = Marked(Mark.SHORTEST_ONLY, "only the shortest ways are listed")

        def prepare(rows: Sequence[Row]) -> None:
            wanted = {(subject(row), target(row), graph(row)) for row in rows}
            self.deriving.closures(item.path, [w for w in sorted(wanted) if w[0] and w[1]])

        def read(row: Row) -> _Read:
            wanted = (subject(row), target(row), graph(row))
            found = self.deriving.closures(item.path, (wanted,))[wanted]
            marks = (mark,) if item.path.sign != "?" else ()
            if wanted[0] == wanted[1] and item.path.sign != "+" and isinstance(found, AnyOf):
                return (_Mention(wanted[0], wanted[2], found),), marks
            return (found,), marks

        self.batches.append(prepare)
        return read

    def _row(self, item: RowItem) -> Callable[[Row], _Read]:
        slots = [self.slot(term) for _, term in item.columns]
        graph = self.slot(item.graph)

        def prepare(rows: Sequence[Row]) -> None:
            by_graph: dict[str, dict[Row, None]] = {}
            for row in rows:
                key = tuple(slot(row) for slot in slots)
                if any(key):
                    by_graph.setdefault(graph(row), {})[key] = None
            for name, keys in by_graph.items():
                self.deriving.derive(item.query, tuple(keys), name)

        def read(row: Row) -> _Read:
            key = tuple(slot(row) for slot in slots)
            if item.graph and not graph(row):
                raise QueryError(f"The engine left {item.graph} unbound, the graph of a subselect.")
            found = self.deriving.derive(item.query, (key,), graph(row))[key]
            if not found.parts:
                raise QueryError("The witness query did not give a row of a subselect.")
            return (found.any_of,), tuple(found.marks)

        self.batches.append(prepare)
        return read

    def _pattern(self, item: AbsentItem | ExistsItem) -> _Pattern:
        carried = dict(item.names)
        terms = {v: carried.get(v, v) for v in item.shared} | {
            v: t for v, t in item.names if not is_variable(t)
        }
        writer = TextWriter({v: f"{_SPLIT}{v}{_SPLIT}" for v in terms}, lambda: "?value")
        slots = {v: self.slot(t) for v, t in terms.items()}
        split = writer.group(item.group).split(_SPLIT)
        pieces = tuple((p, slots[p]) if i % 2 else p for i, p in enumerate(split))
        return _Pattern(
            item.group, self.slot(item.graph), tuple(slots.items()), pieces, not is_monotone(item.group)
        )

    def _absent(self, item: AbsentItem) -> Callable[[Row], _Read]:
        pattern = self._pattern(item)

        def read(row: Row) -> _Read:
            marks = (Marked(Mark.ABSENCE, pattern.text(row)),)
            if not pattern.blocks:
                return (), marks
            names, graph = pattern.filled(row)
            find = self.deriving.looked_at if is_hidden(pattern.group, dict(names)) else self.deriving.block
            return find(pattern.group, dict(names), graph), marks

        return read

    def _exists(self, item: ExistsItem) -> Callable[[Row], _Read]:
        pattern = self._pattern(item)
        absent = self._absent(AbsentItem(item.group, item.graph, item.shared, item.names))

        def read(row: Row) -> _Read:
            names, graph = pattern.filled(row)
            if pattern.blocks or is_hidden(pattern.group, dict(names)):
                if item.holds and not pattern.blocks:
                    return self.deriving.looked_at(pattern.group, dict(names), graph), ()
                return self.deriving.looked_at(pattern.group, dict(names), graph), absent(row)[1]
            found = self.deriving.matches(pattern.group, dict(names), graph)
            return ((found.any_of,), tuple(found.marks)) if found.parts else absent(row)

        return read


def is_hidden(group: Group, names: Mapping[str, str]) -> bool:
    """Whether a blank node is given to a pattern that does not bind its variable itself.

    It cannot be written into a query then.
    """
    return any(t[:1] == "_" and v not in bindable(group) for v, t in names.items())


def columns_of(items: Iterable[Item]) -> Iterator[str]:
    """The variables of the witness query that reading its solutions needs."""
    for item in items:
        if isinstance(item, FactItem | ClosureItem):
            terms: tuple[str, ...] = (item.subject, item.object, item.graph)
            yield from (t for t in terms if is_variable(t))
            if isinstance(item, FactItem) and is_variable(item.predicate):
                yield item.predicate
        elif isinstance(item, BranchItem):
            yield item.marker
            yield from columns_of(item.items)
            yield from columns_of((item.absent,) if item.absent is not None else ())
        elif isinstance(item, AbsentItem | ExistsItem):
            carried = dict(item.names)
            yield from (carried.get(v, v) for v in item.shared)
            yield from (item.graph,) if is_variable(item.graph) else ()
        elif isinstance(item, RowItem):
            yield from (term for _, term in item.columns if is_variable(term))
            yield from (item.graph,) if is_variable(item.graph) else ()


def constants_of(items: Iterable[Item]) -> Iterator[str]:
    """The constants of the items, as the query writes them."""
    for item in items:
        if isinstance(item, FactItem | ClosureItem):
            terms: tuple[str, ...] = (item.subject, item.object, item.graph)
            if isinstance(item, FactItem):
                terms = (*terms, item.predicate)
            yield from (t for t in terms if t and not is_variable(t))
        elif isinstance(item, BranchItem):
            yield from constants_of(item.items)
        elif isinstance(item, AbsentItem | ExistsItem | RowItem) and item.graph:
            yield from () if is_variable(item.graph) else (item.graph,)
