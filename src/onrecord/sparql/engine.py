"""What explaining needs of a SPARQL engine, and the embedded one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import pyoxigraph as ox

from onrecord.errors import QueryError
from onrecord.sparql.explanation import Fact, Holders
from onrecord.sparql.scoping import ClaimScope
from onrecord.sparql.terms import engine_term_of
from onrecord.store.scope import Scope
from onrecord.vocab import RECORD_GRAPH

ANYTHING = "[]"
"""The terms of a fact that says only that its graph is there."""
_DEFAULT = ox.DefaultGraph()
_RECORD = Holders((), True)
MOST_REMEMBERED = 200_000
"""Facts whose holders an engine remembers."""
_TSV = ox.QueryResultsFormat.TSV


class Table(NamedTuple):
    """The answer of a SELECT: variables without `?`, terms as SPARQL writes them, "" where one is unbound."""

    variables: list[str]
    rows: list[tuple[str, ...]]


class Engine(Protocol):
    """A store that answers queries; nothing that only one engine can do."""

    @property
    def version(self) -> str:
        """Which state of the base it answers from; "" where that is not known."""

    def remember(self, graphs: Mapping[Fact, tuple[str, ...]]) -> None:
        """Keep in mind which named graphs hold facts of the default graph, for `holders`."""

    def out_of_scope(self, claims: Iterable[str]) -> frozenset[str]:
        """Which of some claims are out of scope: what they alone assert is not in the default graph."""

    def select(self, text: str, blanks: Mapping[str, str] | None = None) -> Table:
        """The whole answer of a SELECT query.

        `blanks` are blank nodes (`_:label`) by the name of the variable that stands for them.

        Raises:
            QueryError: it does not parse, or its answer is not whole, or blank nodes cannot be asked for.
        """

    def holders(self, facts: Iterable[Fact], sources: frozenset[str] = frozenset()) -> Mapping[Fact, Holders]:
        """Which claims hold each fact, and whether the record does.

        A fact of the default graph is held by every claim in scope whose graph has it; with `sources` (the
        graphs of FROM, by IRI), by those alone. A fact of a graph is held by that graph. Facts that cannot be
        asked for are left out.
        """


class EmbeddedEngine:
    """The embedded store as an `Engine`."""

    def __init__(self, store: ox.Store, version: str = "", scope: Scope | None = None) -> None:
        self.store = store
        self.version = version
        self._scope = ClaimScope(store, scope or Scope())
        self._graphs_of: dict[Fact, tuple[str, ...]] = {}
        self._terms: dict[str, Any] = {}

    def select(self, text: str, blanks: Mapping[str, str] | None = None) -> Table:
        """See `Engine`."""
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name[1:]): ox.BlankNode(token[2:]) for name, token in (blanks or {}).items()
        }
        try:
            found = self.store.query(text, substitutions=bound or None)
            data = b"" if isinstance(found, ox.QueryTriples) else found.serialize(format=_TSV)
        except (OSError, RuntimeError, ValueError, SyntaxError) as error:
            raise QueryError(f"The engine cannot run a query for the explanation: {error}.") from error
        head, *lines = (data or b"").decode().split("\n")
        names = [name[1:] for name in head.split("\t")] if head else []
        if len(names) <= 1:
            return Table(names, [(line,) for line in lines[:-1]])
        return Table(names, [tuple(line.split("\t")) for line in lines[:-1]])

    def holders(self, facts: Iterable[Fact], sources: frozenset[str] = frozenset()) -> Mapping[Fact, Holders]:
        """See `Engine`."""
        if len(self._graphs_of) > MOST_REMEMBERED:
            self._graphs_of.clear()
            self._terms.clear()
        known = self._graphs_of
        return held_by(
            ((fact, known[fact] if fact in known else self._graphs(fact)) for fact in facts), self, sources
        )

    def _graphs(self, fact: Fact) -> tuple[str, ...]:
        """The named graphs that hold a triple; of a fact of a graph, that one."""
        subject, predicate, target, graph = fact
        if graph:
            return (graph[1:-1] if graph[0] == "<" else graph,)
        terms = self._terms
        quads = self.store.quads_for_pattern(
            terms.get(subject) or self._term(subject),
            terms.get(predicate) or self._term(predicate),
            terms.get(target) or self._term(target),
            None,
        )
        names = [quad.graph_name for quad in quads]
        known = tuple([_name(g) for g in names if type(g) is not ox.DefaultGraph])
        self._graphs_of[fact] = known
        return known

    def _term(self, token: str) -> Any:
        made = self._terms[token] = engine_term_of(token)
        return made

    def remember(self, graphs: Mapping[Fact, tuple[str, ...]]) -> None:
        """See `Engine`."""
        self._graphs_of.update(graphs)

    def out_of_scope(self, claims: Iterable[str]) -> frozenset[str]:
        """See `Engine`."""
        return frozenset(claim for claim in claims if self._scope.leaves_out(claim))


def _name(graph: Any) -> str:
    """A graph's IRI, or `_:label`."""
    value: str = graph.value
    return value if type(graph) is ox.NamedNode else f"_:{value}"


def held_by(
    found: Iterable[tuple[Fact, Sequence[str]]], engine: Engine, sources: frozenset[str]
) -> dict[Fact, Holders]:
    """The holders of facts from the named graphs that have them.

    A fact of the default graph that no named graph has stands there alone, where the record is. One that a
    single claim has needs no test of scope: it would not be in the default graph otherwise.
    """
    held: dict[Fact, Holders] = {}
    several: dict[Fact, Holders] = {}
    for fact, graphs in found:
        if sources and not fact.graph:
            graphs = [g for g in graphs if g in sources]
        if len(graphs) == 1:
            is_record = graphs[0].startswith(RECORD_GRAPH)
            held[fact] = _RECORD if is_record else Holders((graphs[0],))
            continue
        claims = tuple([g for g in graphs if not g.startswith(RECORD_GRAPH)])
        held[fact] = Holders(claims, len(claims) < len(graphs) or not graphs)
        if len(claims) > 1 and not sources:
            several[fact] = held[fact]
    out = engine.out_of_scope({c for h in several.values() for c in h.claims}) if several else frozenset()
    for fact, holders in several.items():
        held[fact] = Holders(tuple(sorted(c for c in holders.claims if c not in out)), holders.record)
    return held
