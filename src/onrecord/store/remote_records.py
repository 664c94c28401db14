"""The records of some claims, fetched from wherever SELECT queries are answered: what notes on them need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import pyoxigraph as ox

from onrecord.errors import Place, UnknownTerm
from onrecord.store.records import StoreBase
from onrecord.vocab import ONR, RDF_TYPE, RDFS

MOST_NODES = 500
"""How many nodes one query asks for."""
MOST_ROUNDS = 8
"""How many steps away from the claims anything is fetched."""
_FOLLOWED = frozenset(
    {RDF_TYPE, RDFS + "subClassOf"}
    | {
        ONR + name
        for name in (
            "assessment", "basis", "between", "candidate", "citation", "hasReference", "reference",
            "replacedBy", "retirement", "saidBy", "source", "topic", "waiver",
        )
    }
)  # fmt: skip
"""From a node to what must be known of it."""
_NAMING = f"<{ONR}between>|<{ONR}assessment>/<{ONR}basis>|<{ONR}retirement>/<{ONR}replacedBy>"
"""From conflicts, and from claims by their assessments and retirements, to the claims that they name."""
_ABOUT = f"<{ONR}ofCitation>|<{ONR}snapshotOf>"
"""From reviews and snapshots to what they are of."""
Row = tuple[str, ...]


class _Table(Protocol):
    @property
    def rows(self) -> Sequence[Row]: ...


class Selects(Protocol):
    """Whatever answers a SELECT query in terms as SPARQL writes them; sparql/engine.py has some."""

    def select(self, text: str) -> _Table:
        """The whole answer of a SELECT query."""


def remote_base(engine: Selects, claims: Iterable[str]) -> StoreBase:
    """A base in memory that holds what an engine's record says about some claims, by IRI.

    It holds the claims with what they assert, their citations, sources and references, reviews and snapshots,
    who says what, the conflicts that they are in, and the claims that are named with them, all but what those
    assert. Nodes without an IRI cannot be asked for and are left out.

    Raises:
        UnknownTerm: one of the claims is no IRI.
        QueryError: the engine cannot be asked.
    """
    given = [_token(iri) for iri in dict.fromkeys(claims) if not iri.startswith("_:")]
    naming = _rows(engine, given, f"SELECT DISTINCT ?n WHERE {{ VALUES ?x {{ %s }} ?n {_NAMING} ?x }}")
    records = _closure(engine, [*given, *(row[0] for row in naming)])
    named = sorted({node for row in records for node in (row[0], row[2]) if node[0] == "<"})
    records += _rows(engine, named, f"SELECT ?s ?p ?o WHERE {{ VALUES ?x {{ %s }} ?s {_ABOUT} ?x ; ?p ?o }}")
    asserted = _rows(engine, given, "SELECT ?s ?p ?o ?x WHERE { VALUES ?x { %s } GRAPH ?x { ?s ?p ?o } }")
    store = ox.Store()
    store.extend(_quads(records))
    store.extend(_quads(asserted))
    return StoreBase(store, _no_place)


def _closure(engine: Selects, nodes: Iterable[str]) -> list[Row]:
    """What the record says of nodes, and of those that they lead to."""
    found: list[Row] = []
    seen: set[str] = set()
    ahead = {node for node in nodes if node[0] == "<"}
    for _ in range(MOST_ROUNDS):
        if not ahead:
            break
        seen |= ahead
        rows = _rows(engine, sorted(ahead), "SELECT ?x ?p ?o WHERE { VALUES ?x { %s } ?x ?p ?o }")
        found += rows
        ahead = {o for _, p, o in rows if p[1:-1] in _FOLLOWED and o[0] == "<"} - seen
    return found


def _rows(engine: Selects, nodes: Sequence[str], query: str) -> list[Row]:
    """The rows of a query that takes some nodes, asked in lots."""
    lots = (nodes[i : i + MOST_NODES] for i in range(0, len(nodes), MOST_NODES))
    return [row for lot in lots for row in engine.select(query % " ".join(lot)).rows]


def _quads(rows: Iterable[Row]) -> Iterator[ox.Quad]:
    """Rows of three terms as triples of the default graph, of four as quads, the graph last."""
    kept = (row for row in dict.fromkeys(rows) if not any(term.startswith("_:") for term in row))
    text = "\n".join(f"{row[3] if len(row) > 3 else ''} {{ {' '.join(row[:3])} }}" for row in kept)
    return ox.parse(text, format=ox.RdfFormat.TRIG)


def _token(iri: str) -> str:
    try:
        return str(ox.NamedNode(iri))
    except ValueError as error:
        raise UnknownTerm(f"{iri!r} is no IRI.") from error


def _no_place(file: str, subject: str, predicate: str, value: str) -> Place:
    return Place(file)
