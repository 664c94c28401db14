"""What holds of every shape: name, message, severity, known terms, SHACL Core only."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from onrecord.vocab import ONR, OV, SHAPE

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "shapes").rglob("*.ttl"))
SH_IRI = str(SH)


@pytest.fixture(scope="module")
def shapes(record_shapes: Graph, assertion_shapes: Graph) -> Graph:
    return record_shapes + assertion_shapes


def named(shapes: Graph) -> list[URIRef]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    return sorted({s for k in kinds for s in shapes.subjects(RDF.type, k) if isinstance(s, URIRef)}, key=str)


def iris(graph: Graph) -> set[str]:
    return {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}


def test_every_shape_has_one_english_name_one_english_message_and_a_severity(shapes: Graph) -> None:
    for shape in named(shapes):
        for predicate in (SH.name, SH.message):
            texts = list(shapes.objects(shape, predicate))
            assert [t.language for t in texts if isinstance(t, Literal)] == ["en"], f"{predicate} of {shape}"
        assert list(shapes.objects(shape, SH.severity)) in ([SH.Violation], [SH.Warning], [SH.Info])


def test_every_message_is_a_full_sentence_that_says_what_to_do(shapes: Graph) -> None:
    verbs = {"Break", "Cite", "Give", "Hang", "Keep", "Leave", "Let", "Move", "Name", "Quote", "Record"}
    verbs |= {"Say", "Shorten", "Take", "Write"}
    for shape in named(shapes):
        message = str(shapes.value(shape, SH.message))
        assert message.split()[0] in verbs, message
        assert message.endswith("."), message


def test_every_shape_is_an_iri_in_small_letters_and_hyphens(shapes: Graph) -> None:
    for shape in named(shapes):
        assert re.fullmatch(re.escape(SHAPE) + "[a-z]+(-[a-z]+)*", shape)
    for kind in (SH.NodeShape, SH.PropertyShape):
        assert not [s for s in shapes.subjects(RDF.type, kind) if isinstance(s, BNode)]


def test_shapes_that_can_be_a_rule_id_hang_on_no_blank_property_shape(shapes: Graph) -> None:
    for shape in named(shapes):
        assert not [p for p in shapes.objects(shape, SH.property) if isinstance(p, BNode)]


def test_every_shape_is_reached_by_a_target_or_by_another_shape(shapes: Graph) -> None:
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
    for shape in named(shapes):
        targeted = any((shape, target, None) in shapes for target in targets)
        used = any((None, link, shape) in shapes for link in (SH.property, SH.node))
        assert targeted or used, f"nothing applies {shape}"


@pytest.mark.parametrize("folder", ["record", "assertion"])
def test_each_folder_defines_every_shape_that_it_uses(
    folder: str, record_shapes: Graph, assertion_shapes: Graph
) -> None:
    shapes = record_shapes if folder == "record" else assertion_shapes
    used = {s for link in (SH.property, SH.node) for s in shapes.objects(None, link) if isinstance(s, URIRef)}
    assert used <= set(named(shapes))


def test_every_shape_is_defined_in_one_file_only() -> None:
    counts = Counter(shape for path in FILES for shape in named(Graph().parse(path)))
    assert [shape for shape, n in counts.items() if n > 1] == []


def test_no_unknown_shacl_term_is_used(shapes: Graph) -> None:
    with resources.as_file(resources.files("pyshacl") / "assets" / "shacl.ttl") as path:
        published = {iri for iri in iris(Graph().parse(path)) if iri.startswith(SH_IRI)}
    assert len(published) > 100
    assert {iri for iri in iris(shapes) if iri.startswith(SH_IRI)} <= published


def test_shapes_keep_to_shacl_core(shapes: Graph) -> None:
    beyond = re.compile(r"sparql|select|ask|js|rule|function|expression|target$|prefixes", re.IGNORECASE)
    core = {iri.removeprefix(SH_IRI) for iri in iris(shapes) if iri.startswith(SH_IRI)}
    assert {term for term in core if beyond.search(term)} == set()


def test_shapes_name_only_terms_that_the_ontology_declares(shapes: Graph, ontology: Graph) -> None:
    own = {iri for iri in iris(shapes) if iri.startswith((ONR, OV))}
    assert own <= {str(s) for s in ontology.subjects(RDF.type)}


def test_every_own_property_is_allowed_somewhere(shapes: Graph, ontology: Graph) -> None:
    kinds = ("ObjectProperty", "DatatypeProperty")
    owl = "http://www.w3.org/2002/07/owl#"
    declared = {p for kind in kinds for p in ontology.subjects(RDF.type, URIRef(owl + kind))}
    paths = set(shapes.objects(None, SH.path))
    assert declared - paths == {URIRef(ONR + "rank")}


def test_every_file_says_its_purpose_in_the_first_line() -> None:
    for path in (*FILES, *sorted((ROOT / "ontology").glob("*.ttl"))):
        assert re.match(r"# [A-Z].*\.\n", path.read_text(encoding="utf-8")), path.name
