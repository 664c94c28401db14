"""Repeated paths: all shortest ways between two nodes, edge by edge, found level by level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from onrecord.sparql.asking import Asker, values
from onrecord.sparql.explanation import All, AnyOf, Fact, Part
from onrecord.sparql.patterns import Inverse, Link, Path, Repeat
from onrecord.sparql.query_text import path_text

Ends = tuple[str, str]
EdgeOf = Callable[[Path, str, str, str], Part]
"""What one step of a path between two nodes of a graph rests on."""
MOST_MENTIONS = 25


class Walker:
    """Finds the shortest ways of one repeated path in one graph; remembers the steps that it asked for."""

    def __init__(self, asker: Asker, path: Repeat, graph: str, edge: EdgeOf, most: int) -> None:
        self.asker = asker
        self.path = path
        self.graph = graph
        self.edge = edge
        self.most = most
        self.steps: dict[bool, dict[str, list[str]]] = {False: {}, True: {}}

    def parts(self, wanted: Iterable[Ends]) -> dict[Ends, Part]:
        """What each pair of ends rests on."""
        found: dict[Ends, Part] = {}
        far: list[Ends] = []
        for ends in dict.fromkeys(wanted):
            if ends[0] == ends[1] and self.path.sign != "+":
                found[ends] = self._mentions(ends[0])
            elif self.path.sign == "?":
                found[ends] = self.edge(self.path.path, *ends, self.graph)
            else:
                far.append(ends)
        for ends, ways in self._shortest(far).items():
            found[ends] = self._joined(ways)
        return found

    def _joined(self, ways: Sequence[Sequence[str]]) -> Part:
        shown = ways[: self.most] if self.most else ways
        parts = tuple(
            All(tuple(self.edge(self.path.path, a, b, self.graph) for a, b in pairwise(way))) for way in shown
        )
        return AnyOf(parts, len(ways) - len(shown))

    def _mentions(self, node: str) -> Part:
        """Any triple that has a node in it: without one the engine does not know it."""
        limit = f" LIMIT {MOST_MENTIONS + 1}" if self.most else ""
        if node[0] == "_":
            pattern, limit = "?s ?p ?o FILTER(isBLANK(?s) || isBLANK(?o))", ""
        else:
            subject = f"{{ VALUES ?s {{ {node} }} ?s ?p ?o }} UNION " if node[0] == "<" else ""
            pattern = f"{subject}{{ VALUES ?o {{ {node} }} ?s ?p ?o }}"
        rows = self.asker.select(("?s", "?p", "?o"), self._within(pattern), limit).rows
        found = sorted({Fact(s, p, o, self.graph) for s, p, o in rows if node in (s, o)})
        shown = found[:MOST_MENTIONS] if self.most else found
        return AnyOf(tuple(shown), len(found) - len(shown))

    def _within(self, pattern: str) -> str:
        return f"GRAPH {self.graph} {{ {pattern} }}" if self.graph else pattern

    # searching ----------------------------------------------------------------------------------------

    def _shortest(self, wanted: Sequence[Ends]) -> dict[Ends, list[list[str]]]:
        """All shortest ways of at least one step; from the side where fewer nodes have to be asked about."""
        forwards = _Search(wanted)
        backwards = _Search([(b, a) for a, b in wanted])
        while not forwards.is_done and not backwards.is_done:
            search = forwards if forwards.width <= backwards.width else backwards
            self._ask(search.frontier_nodes, backwards=search is backwards)
            search.advance(self.steps[search is backwards])
        if forwards.is_done:
            return {(a, b): self._ways(forwards.levels[a], b) for a, b in wanted}
        ways = {(a, b): self._ways(backwards.levels[b], a) for a, b in wanted}
        return {ends: [way[::-1] for way in found] for ends, found in ways.items()}

    def _ask(self, nodes: set[str], *, backwards: bool) -> None:
        """Ask for the steps out of some nodes, all at once."""
        known = self.steps[backwards]
        new = sorted(n for n in nodes if n not in known)
        if not new:
            return
        known.update((n, []) for n in new)
        step = path_text(self.path.path)
        pattern = f"?_to {step} ?_from" if backwards else f"?_from {step} ?_to"
        blank = any(n[0] == "_" for n in new)
        restricted = pattern if blank else f"{values(['?_from'], [(n,) for n in new])} {pattern}"
        wanted = set(new)
        table = self.asker.select(("?_from", "?_to"), self._within(restricted))
        for before, after in dict.fromkeys(table.rows):
            if before in wanted:
                known[before].append(after)

    def _ways(self, levels: Sequence[Mapping[str, Sequence[str]]], target: str) -> list[list[str]]:
        """The ways to a target, as nodes from the start; at most one more than are shown."""
        depth = next((i for i, reached in enumerate(levels) if target in reached), None)
        if depth is None:
            return []
        ways = [[target]]
        for reached in reversed(levels[: depth + 1]):
            ways = [[before, *way] for way in ways for before in sorted(reached[way[0]])]
            if self.most and len(ways) > self.most:
                ways = ways[: self.most + 1]
        return ways


class _Search:
    """A search from the starts of some pairs towards their ends, level by level."""

    def __init__(self, wanted: Sequence[Ends]) -> None:
        self.missing: dict[str, set[str]] = {}
        for start, target in wanted:
            self.missing.setdefault(start, set()).add(target)
        self.levels: dict[str, list[dict[str, list[str]]]] = {start: [] for start in self.missing}
        self.frontier = {start: [start] for start in self.missing}
        self.seen: dict[str, set[str]] = {start: set() for start in self.missing}

    @property
    def is_done(self) -> bool:
        """Whether every end is reached, or cannot be."""
        return not self.frontier

    @property
    def frontier_nodes(self) -> set[str]:
        """The nodes to go on from."""
        return {node for nodes in self.frontier.values() for node in nodes}

    @property
    def width(self) -> int:
        """How many nodes there are to go on from."""
        return len(self.frontier_nodes)

    def advance(self, steps: Mapping[str, Sequence[str]]) -> None:
        """One level further: the nodes first reached, each with those that it was reached from."""
        for start, nodes in list(self.frontier.items()):
            reached: dict[str, list[str]] = {}
            for node in nodes:
                for after in steps.get(node, ()):
                    if after not in self.seen[start]:
                        reached.setdefault(after, []).append(node)
            self.levels[start].append(reached)
            self.seen[start] |= reached.keys()
            self.missing[start] -= reached.keys()
            self.frontier[start] = list(reached)
            if not reached or not self.missing[start]:
                del self.frontier[start]


def simple_edge(path: Path, start: str, target: str, graph: str, asker: Asker) -> Fact | None:
    """The triple of a step that is one predicate, forwards or backwards; None for any other path."""
    if isinstance(path, Link):
        return Fact(start, asker.canonical((path.iri,))[path.iri], target, graph)
    if isinstance(path, Inverse):
        return simple_edge(path.path, target, start, graph, asker)
    return None
