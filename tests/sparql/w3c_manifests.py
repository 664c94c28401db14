"""The tests of the W3C SPARQL 1.1 suite, read from its manifests where the machine has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql11"
BASE = "https://example.org/w3c/"
"""What the suite's relative IRIs are resolved against: a file's IRI is this, its folder and its name."""
KINDS = {
    "QueryEvaluationTest": "evaluation",
    "PositiveSyntaxTest11": "positive syntax",
    "PositiveSyntaxTest": "positive syntax",
    "NegativeSyntaxTest11": "negative syntax",
    "NegativeSyntaxTest": "negative syntax",
}
_RELATIVE_FROM = re.compile(r"(\bFROM\s+(?:NAMED\s+)?)<([^<>:]*)>")
_PROLOGUE = """
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
_LISTED = (
    _PROLOGUE
    + """
SELECT DISTINCT ?test ?type ?action ?query ?result {
  ?manifest mf:entries/rdf:rest*/rdf:first ?test .
  ?test a ?type ; mf:action ?action .
  OPTIONAL { ?action qt:query ?query }
  OPTIONAL { ?test mf:result ?result }
} ORDER BY ?test"""
)


@dataclass(frozen=True, slots=True)
class Case:
    """One test of the suite.

    Attributes:
        name: folder and name, as `negation/subset-02`.
        kind: evaluation, positive syntax or negative syntax.
        query: the file of the query.
        data: files whose triples make the default graph.
        graphs: files that are named graphs each.
        result: the file of the expected answer, where one is given.
    """

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...] = ()
    graphs: tuple[Path, ...] = ()
    result: Path | None = None

    @property
    def folder(self) -> str:
        """The part of the suite that it belongs to."""
        return self.name.partition("/")[0]

    @property
    def text(self) -> str:
        """The query as written."""
        return self.query.read_text("utf-8")

    @property
    def resolved(self) -> str:
        """The query with a BASE before it, so that its relative IRIs mean the suite's files.

        The guard wants to see which graph FROM names, so that those IRIs are written in full.
        """
        text = _RELATIVE_FROM.sub(rf"\1<{BASE}{self.folder}/\2>", self.text)
        return f"BASE <{iri_of(self.query)}>\n{text}"


def iri_of(path: Path) -> str:
    """The IRI that a file of the suite stands for."""
    return BASE + path.relative_to(SUITE).as_posix()


def triples(path: Path) -> list[ox.Triple]:
    """The triples of a data file, their blank nodes apart from those of every other file.

    Raises:
        SyntaxError: the engine cannot read it.
    """
    return [q.triple for q in ox.parse(path=path, base_iri=iri_of(path), rename_blank_nodes=True)]


def in_graph(found: Iterable[ox.Triple], graph: ox.NamedNode | None = None) -> list[ox.Quad]:
    """Triples as quads of a graph, of the default graph where none is given."""
    place = graph or ox.DefaultGraph()
    return [ox.Quad(triple.subject, triple.predicate, triple.object, place) for triple in found]


def plain_store(case: Case) -> ox.Store:
    """The data of a test as the suite has it, without claims."""
    store = ox.Store()
    for path in case.data:
        store.extend(in_graph(triples(path)))
    for path in case.graphs:
        graph = ox.NamedNode(iri_of(path))
        store.add_graph(graph)
        store.extend(in_graph(triples(path), graph))
    return store


@cache
def cases(kind: str) -> tuple[Case, ...]:
    """Every query test of a kind, in the order of folders and names; updates and protocols left out."""
    found = [case for path in sorted(SUITE.glob("*/manifest.ttl")) for case in _read(path)]
    return tuple(case for case in found if case.kind == kind and case.query.suffix == ".rq")


def _read(manifest: Path) -> list[Case]:
    store = ox.Store()
    store.load(path=manifest, base_iri=iri_of(manifest))
    rows = store.query(_LISTED)
    assert isinstance(rows, ox.QuerySolutions)
    return [_case(store, manifest.parent.name, row) for row in rows if _local(row["type"]) in KINDS]


def _case(store: ox.Store, folder: str, row: ox.QuerySolution) -> Case:
    return Case(
        f"{folder}/{_local(row['test'])}",
        KINDS[_local(row["type"])],
        _path(row["query"] or row["action"]),
        _files(store, row["action"], "data"),
        _files(store, row["action"], "graphData"),
        _path(row["result"]) if row["result"] else None,
    )


def _files(store: ox.Store, action: ox.NamedNode | ox.BlankNode, name: str) -> tuple[Path, ...]:
    predicate = ox.NamedNode(f"http://www.w3.org/2001/sw/DataAccess/tests/test-query#{name}")
    found = (quad.object for quad in store.quads_for_pattern(action, predicate, None, None))
    return tuple(sorted(_path(node) for node in found if isinstance(node, ox.NamedNode)))


def _path(node: ox.NamedNode) -> Path:
    return SUITE / node.value.removeprefix(BASE)


def _local(node: ox.NamedNode) -> str:
    return node.value.rpartition("#")[2]
