"""Bringing a store up to date with changed files: each file is replaced whole, the rest is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from onrecord.store.quads import graphs_of, record_graph, store_quads
from onrecord.store.reading import FactFile
from onrecord.store.records import StoreBase
from onrecord.store.scope import Scope
from onrecord.vocab import RECORD_GRAPH

DEFAULT = ox.DefaultGraph()


def admit(store: ox.Store, scope: Scope, base: StoreBase, claims: Iterable[str] | None = None) -> None:
    """Add to the default graph what claims in scope assert (all claims of the base, or some)."""
    found = base.claims() if claims is None else (base.claim(iri) for iri in sorted(claims))
    for claim in list(found):
        if claim is not None and scope.admits(claim):
            quads = store.quads_for_pattern(None, None, None, ox.NamedNode(claim.iri))
            store.extend([ox.Quad(q.subject, q.predicate, q.object, DEFAULT) for q in quads])


def replace_files(
    store: ox.Store,
    base: StoreBase,
    scope: Scope,
    gone: Sequence[tuple[str, Sequence[str]]],
    new: Sequence[FactFile],
) -> None:
    """Replace files in a store: `gone` are names with the graphs that they held, `new` what stands there now.

    Claims that a changed file says anything about are admitted anew, since their standing may have changed.
    """
    touched = {graph for _, graphs in gone for graph in graphs} | {g for file in new for g in graphs_of(file)}
    touched |= {claim for name, _ in gone for claim in _described(store, record_graph(name))}
    touched |= {_owner(q.subject) for file in new for q in file.quads if not q.graph}
    removed = [quad for claim in sorted(touched) for quad in _held(store, ox.NamedNode(claim))]
    for name, graphs in gone:
        removed += _held(store, record_graph(name))
        for graph in (record_graph(name), *(ox.NamedNode(g) for g in graphs)):
            store.remove_graph(graph)
    for quad in removed:
        store.remove(ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT))
    store.extend(store_quads(new))
    _restore(store, base, scope, removed)
    admit(store, scope, base, touched)


def _held(store: ox.Store, graph: ox.NamedNode) -> list[ox.Quad]:
    return list(store.quads_for_pattern(None, None, None, graph))


def _described(store: ox.Store, graph: ox.NamedNode) -> set[str]:
    subjects = (q.subject for q in store.quads_for_pattern(None, None, None, graph))
    return {_owner(s.value) for s in subjects if isinstance(s, ox.NamedNode)}


def _owner(node: str) -> str:
    """The claim that a node belongs to, or the node itself."""
    head, slash, local = node.rpartition("/")
    return head + slash + local.partition(".")[0]


def _restore(store: ox.Store, base: StoreBase, scope: Scope, removed: Iterable[ox.Quad]) -> None:
    """Put back into the default graph what another record or another claim in scope still holds.

    Records come first: which claims are in scope is read from them.
    """
    holders = [(quad, _graphs_holding(store, quad)) for quad in removed]
    for quad, graphs in holders:
        if any(graph.startswith(RECORD_GRAPH) for graph in graphs):
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT))
    admitted: dict[str, bool] = {}
    for quad, graphs in holders:
        for graph in graphs:
            if graph not in admitted:
                claim = base.claim(graph)
                admitted[graph] = claim is not None and scope.admits(claim)
            if admitted[graph]:
                store.add(ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT))


def _graphs_holding(store: ox.Store, quad: ox.Quad) -> list[str]:
    found = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return [q.graph_name.value for q in found if isinstance(q.graph_name, ox.NamedNode)]
