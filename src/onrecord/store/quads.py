"""Quads as the index holds them: each file's record in a graph of its own and in the default graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from onrecord.model import Term
from onrecord.store.reading import FactFile, Quad
from onrecord.vocab import RECORD_GRAPH


def record_graph(name: str) -> ox.NamedNode:
    """The graph that holds the record of one file."""
    return ox.NamedNode(RECORD_GRAPH + name)


def graphs_of(file: FactFile) -> set[str]:
    """The named graphs that a file writes."""
    return {q.graph for q in file.quads if q.graph}


def store_quads(files: Iterable[FactFile]) -> Iterator[ox.Quad]:
    """Everything that files say, claims' assertions in the claims' graphs only."""
    default = ox.DefaultGraph()
    for file in files:
        record = record_graph(file.name)
        for quad in file.quads:
            if quad.graph:
                yield _quad(quad, ox.NamedNode(quad.graph))
            else:
                yield _quad(quad, record)
                yield _quad(quad, default)


def _quad(quad: Quad, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(ox.NamedNode(quad.subject), ox.NamedNode(quad.predicate), engine_term(quad.object), graph)


def engine_term(term: Term) -> ox.NamedNode | ox.Literal:
    """A term of the model as the engine has it."""
    if isinstance(term, str):
        return ox.NamedNode(term)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
