"""Answers of the W3C tests as rows of the engine's terms, so that two runs of a query can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import pyoxigraph as ox

from onrecord.model import Literal, Term
from onrecord.sparql.guard import prefixes_for
from onrecord.sparql.running import Answer
from onrecord.sparql.tokens import Kind, tokens
from onrecord.vocab import KB

FRESH = frozenset({"BNODE", "RAND", "NOW", "UUID", "STRUUID"})
"""Functions that give another value each time."""
CHOOSING = frozenset({"SAMPLE", "GROUP_CONCAT"})
"""Aggregates for which an engine may take another member or order."""
NEW_NODE = ox.NamedNode("https://example.org/new-node")
Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Row = tuple[Value, ...]
Nodes = frozenset[ox.BlankNode]


def lifted(query: str) -> str:
    """A query without the LIMIT and OFFSET of its outermost level.

    >>> lifted("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 1 } } ORDER BY ?s LIMIT 2 OFFSET 1")
    'SELECT * { { SELECT * { ?s ?p ?o } LIMIT 1 } } ORDER BY ?s  '
    """
    found = list(tokens(query))
    kept, depth, at = "", 0, 0
    for token, number in pairwise(found):
        depth += (token.text in ("{", "(")) - (token.text in ("}", ")"))
        if depth == 0 and token.word in ("LIMIT", "OFFSET") and number.kind is Kind.INTEGER:
            kept += query[at : token.offset]
            at = number.offset + len(number.text)
    return kept + query[at:]


def run_again(store: ox.Store, text: str) -> list[Row]:
    """The rows (or triples, or the yes or no) that the engine itself gives."""
    answer = store.query(text, prefixes=prefixes_for(KB))
    if isinstance(answer, ox.QueryBoolean):
        return [(ox.Literal(bool(answer)),)]
    return [tuple(row) for row in answer]


def rows_of(answer: Answer) -> list[Row]:
    """The rows (or triples, or the yes or no) of an answer."""
    if answer.boolean is not None:
        return [(ox.Literal(answer.boolean),)]
    found = answer.rows if answer.triples is None else answer.triples
    return [tuple(_value(term) for term in row) for row in found]


def _value(term: Term | None) -> Value:
    if isinstance(term, Literal):
        kind = {"language": term.language} if term.language else {"datatype": ox.NamedNode(term.datatype)}
        return ox.Literal(term.value, **kind)
    if term is None:
        return None
    return ox.BlankNode(term[2:]) if term.startswith("_:") else ox.NamedNode(term)


def known(value: Value, nodes: Nodes) -> Value:
    """A value; one and the same stand-in for each blank node that is not of the data."""
    return NEW_NODE if isinstance(value, ox.BlankNode) and value not in nodes else value


def is_same(rows: list[Row], plain: list[Row], nodes: Nodes, text: str) -> bool:
    """Whether two answers to a query are the same, new blank nodes and other new values aside."""
    if words(text) & FRESH:
        return len(rows) == len(plain)
    return _multiset(rows, nodes) == _multiset(plain, nodes)


def _multiset(rows: Iterable[Row], nodes: Nodes) -> Mapping[Row, int]:
    return Counter(tuple(known(value, nodes) for value in row) for row in rows)


def stable(answer: Answer, store: ox.Store, nodes: Nodes, text: str) -> Sequence[int]:
    """The columns to compare: those that are the same in two runs of the query."""
    rows = rows_of(answer)
    columns = range(len(rows[0]) if rows else 0)
    if not words(text) & FRESH:
        return columns
    again = run_again(store, text)
    return [i for i in columns if _column(rows, i, nodes) == _column(again, i, nodes)]


def _column(rows: Iterable[Row], index: int, nodes: Nodes) -> Mapping[Row, int]:
    return _multiset(((row[index],) for row in rows), nodes)


def words(text: str) -> frozenset[str]:
    """The keywords and names of functions in a query, in capitals."""
    return frozenset(token.word for token in tokens(text) if token.kind is Kind.WORD)
