"""Certifying a witness: the query, run over its claims alone, still gives the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pyoxigraph as ox

from onrecord.sparql.analysis import volatile
from onrecord.sparql.asking import values
from onrecord.sparql.engine import ANYTHING, Engine
from onrecord.sparql.evaluating import Request
from onrecord.sparql.explanation import Explanation, Fact
from onrecord.sparql.guard import guard
from onrecord.sparql.parsing import parse_query
from onrecord.sparql.running import Answer, run_here
from onrecord.sparql.terms import engine_term_of, token_of
from onrecord.sparql.tokens import Kind, tokens

MOST_ROWS = 1_000_000
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Certificate:
    """What became of certifying a row.

    Attributes:
        tried: how many witnesses the query was run over.
        held: over how many of them it still gave the row.
        note: why none was tried; "" where some were.
    """

    tried: int
    held: int
    note: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether every witness tried gave the row, and at least one was tried."""
        return bool(self.tried) and self.held == self.tried


def certify(
    engine: Engine, request: Request, answer: Answer, index: int, explanation: Explanation, most: int = 8
) -> Certificate:
    """Run a query over the claims of each witness of a row, at most `most` of them.

    LIMIT and OFFSET of the query itself are lifted, since a place among other rows rests on those; columns
    that differ from one evaluation to the next are not compared. Of the record, only the facts of the
    explanation are there.

    Raises:
        QueryError: the claims cannot be read.
    """
    if explanation.reason:
        return Certificate(0, 0, explanation.reason)
    witnesses = explanation.witnesses(8 * most)[:most]
    if not witnesses:
        return Certificate(0, 0, "A cap left out some of what the row rests on.")
    held = _triples_of(engine, sorted({claim for witness in witnesses for claim in witness}))
    lifted = replace(request, text=without_cut(request.text), rows=MOST_ROWS)
    record = [f for f in explanation.facts if explanation.holders[f].record]
    count = 0
    for witness in witnesses:
        store = _store(engine, {claim: held.get(claim, ()) for claim in sorted(witness)}, record)
        for graph, _ in guard(request.text, request.name, request.base_iri).graphs:
            store.add_graph(ox.NamedNode(graph))
        count += _gives(run_here(store, lifted), request, answer, index)
    return Certificate(len(witnesses), count)


def _triples_of(engine: Engine, claims: Sequence[str]) -> Mapping[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for at in range(0, len(claims), 500):
        restrict = values(["?g"], [(f"<{claim}>",) for claim in claims[at : at + 500] if claim[:2] != "_:"])
        table = engine.select(f"SELECT ?g ?s ?p ?o WHERE {{ {restrict} GRAPH ?g {{ ?s ?p ?o }} }}")
        for graph, *triple in table.rows:
            found.setdefault(graph[1:-1], []).append(tuple(triple))
    return found


def _store(engine: Engine, claims: Mapping[str, Iterable[Sequence[str]]], record: Iterable[Fact]) -> ox.Store:
    store = ox.Store()
    out = engine.out_of_scope(claims)
    for claim, triples in claims.items():
        for triple in triples:
            _add(store, triple, ox.NamedNode(claim))
            if claim not in out:
                _add(store, triple, _DEFAULT)
    for fact in record:
        if fact.subject != ANYTHING:
            _add(store, fact[:3], ox.NamedNode(fact.graph[1:-1]) if fact.graph else _DEFAULT)
    return store


def _add(store: ox.Store, triple: Sequence[str], graph: ox.NamedNode | ox.DefaultGraph) -> None:
    s, p, o = (engine_term_of(token) for token in triple)
    if isinstance(p, ox.NamedNode) and not isinstance(s, ox.Literal):
        store.add(ox.Quad(s, p, o, graph))


def without_cut(text: str) -> str:
    """A query without the LIMIT and OFFSET of its own; those of subselects stay.

    >>> without_cut("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 2 } } LIMIT 1 OFFSET 3")
    'SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 2 } }'
    """
    depth, kept, at = 0, "", 0
    found = list(tokens(text))
    for token, after in pairwise(found):
        depth += (token.text == "{") - (token.text == "}")
        if not depth and token.word in ("LIMIT", "OFFSET") and after.kind is Kind.INTEGER:
            kept += text[at : token.offset]
            at = after.offset + len(after.text)
    return (kept + text[at:]).rstrip() if at else text


def _gives(again: Answer, request: Request, answer: Answer, index: int) -> bool:
    if answer.boolean is not None:
        return again.boolean is answer.boolean
    if answer.triples is not None:
        wanted = tuple(_shape(token_of(term)) for term in answer.triples[index])
        given = {tuple(_shape(token_of(term)) for term in triple) for triple in again.triples or ()}
        return wanted in given
    query = parse_query(request.text)
    skipped = {v[1:] for v in volatile(query)}
    at = [i for i, name in enumerate(answer.variables) if name not in skipped]
    row = answer.rows[index]
    return tuple(row[i] for i in at) in {tuple(other[i] for i in at) for other in again.rows}


def _shape(token: str) -> str:
    """A term, blank nodes made equal: those of a template are new each time."""
    return "_:" if token[:2] == "_:" else token
