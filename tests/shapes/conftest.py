"""The shapes, and what a small piece of Turtle gets from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, SKOS, Graph

from onrecord.vocab import PREFIXES, SHAPE

ROOT = Path(__file__).parents[2]
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

Check = Callable[[str], set[str]]
"""Turtle without prefix lines -> the ids of the shapes that it breaks."""


def merged(folder: str) -> Graph:
    graph = Graph()
    for path in sorted((ROOT / folder).glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def ontology() -> Graph:
    return merged("ontology")


@pytest.fixture(scope="session")
def record_shapes() -> Graph:
    return merged("shapes/record")


@pytest.fixture(scope="session")
def assertion_shapes() -> Graph:
    return merged("shapes/assertion")


def checker(shapes: Graph, ontology: Graph) -> Check:
    """A check of Turtle, with what the checker adds from a base: subclasses, and types of concepts named."""
    below = list(ontology.triples((None, RDFS.subClassOf, None)))

    def check(turtle: str) -> set[str]:
        data = Graph().parse(data=HEADER + turtle, format="turtle")
        concepts = [o for o in data.all_nodes() if (o, RDF.type, SKOS.Concept) in ontology]
        for triple in (*below, *((concept, RDF.type, SKOS.Concept) for concept in concepts)):
            data.add(triple)
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, do_owl_imports=False, inplace=True)
        assert isinstance(report, Graph)
        return {str(shape).removeprefix(SHAPE) for shape in report.objects(None, SH.sourceShape)}

    return check


@pytest.fixture(scope="session")
def record(record_shapes: Graph, ontology: Graph) -> Check:
    return checker(record_shapes, ontology)


@pytest.fixture(scope="session")
def assertion(assertion_shapes: Graph, ontology: Graph) -> Check:
    return checker(assertion_shapes, ontology)
