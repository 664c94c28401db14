"""Whether the engine's own answer to a W3C test is the one that the suite expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from .w3c_manifests import Case, in_graph, iri_of, triples

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
OF = "https://example.org/w3c/answer#"
FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = frozenset[tuple[str, Value]]


def as_expected(case: Case, store: ox.Store) -> bool | None:
    """Whether the engine answers as the suite expects, blank nodes and the order of rows aside.

    None where the suite's answer is in a format that the engine cannot read.
    """
    if case.result is None or case.result.suffix not in (*FORMATS, ".ttl", ".rdf"):
        return None
    answer = store.query(case.text, base_iri=iri_of(case.query))
    expected = _expected(case.result)
    if isinstance(answer, ox.QueryBoolean) or isinstance(expected, bool):
        return isinstance(expected, bool) and bool(answer) == expected
    if isinstance(answer, ox.QueryTriples):
        return _canonical(answer) == _canonical(triples(case.result))
    return _canonical(_table(_rows(answer))) == _canonical(_table(expected))


def _expected(path: Path) -> bool | list[Row]:
    if path.suffix in FORMATS:
        found = ox.parse_query_results(path=path, format=FORMATS[path.suffix])
        return bool(found) if isinstance(found, ox.QueryBoolean) else _rows(found)
    return list(_result_set(triples(path)))


def _rows(found: ox.QuerySolutions) -> list[Row]:
    names = [v.value for v in found.variables]
    return [frozenset((n, v) for n, v in zip(names, row, strict=True) if v is not None) for row in found]


def _result_set(found: Sequence[ox.Triple]) -> Iterator[Row]:
    """The rows of an answer that is written as RDF, in the vocabulary of the suite."""
    said: dict[object, dict[str, list[Value]]] = {}
    for triple in found:
        local = triple.predicate.value.removeprefix(RS)
        said.setdefault(triple.subject, {}).setdefault(local, []).append(triple.object)
    for parts in said.values():
        for solution in parts.get("solution", ()):
            bindings = [said[b] for b in said[solution].get("binding", ())]
            yield frozenset((_text(b["variable"][0]), b["value"][0]) for b in bindings)


def _text(term: Value) -> str:
    return "" if isinstance(term, ox.Triple) else term.value


def _table(rows: Iterable[Row]) -> Iterator[ox.Triple]:
    """A table as triples: a node for each different row, its values, and how often it comes."""
    counted = Counter(frozenset((name, _normal(value)) for name, value in row) for row in rows)
    for row, count in counted.items():
        node = ox.BlankNode()
        yield ox.Triple(node, ox.NamedNode(OF), ox.Literal(count))
        for name, value in row:
            yield ox.Triple(node, ox.NamedNode(OF + name), value)


def _normal(value: Value) -> Value:
    """A term as the engine writes it: `2.0` and `2` are one decimal."""
    if not isinstance(value, ox.Literal):
        return value
    node = ox.NamedNode(OF)
    store = ox.Store()
    store.add(ox.Quad(node, node, value))
    return next(store.quads_for_pattern(None, None, None, None)).object


def _canonical(found: Iterable[ox.Triple]) -> ox.Dataset:
    store = ox.Store()
    store.extend(in_graph(found))
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset
