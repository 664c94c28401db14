"""The vocabulary page: complete, deterministic, and as it stands in docs/."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from onrecord.exports.vocabulary_page import vocabulary_page
from onrecord.vocab import CONCEPT, ONR, OV

ROOT = Path(__file__).parents[2]
FILES = ("onrecord.ttl", "oversight.ttl", "concepts.ttl")


def load(names: tuple[str, ...] = FILES) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(ROOT / "ontology" / name)
    return graph


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return load()


@pytest.fixture(scope="module")
def page(ontology: Graph) -> str:
    return vocabulary_page(ontology)


def test_the_page_in_docs_is_what_the_ontology_gives(page: str) -> None:
    written = ROOT / "docs" / "vocabulary.md"
    if os.environ.get("ONRECORD_UPDATE"):
        written.write_text(page, encoding="utf-8")
    assert written.read_text(encoding="utf-8") == page, "run 'make golden'"


def test_the_order_of_the_files_makes_no_difference(page: str) -> None:
    assert vocabulary_page(load(tuple(reversed(FILES)))) == page


def test_every_term_stands_on_the_page_with_its_iri_and_comment(ontology: Graph, page: str) -> None:
    for term in ontology.subjects(RDFS.isDefinedBy):
        assert f"<{term}>" in page or f"]({term})" in page
        comment = ontology.value(term, RDFS.comment)
        assert str(comment) in page


def test_every_own_term_has_english_label_comment_and_ontology(ontology: Graph) -> None:
    own = {s for s in ontology.subjects() if str(s).startswith((ONR, OV, CONCEPT))}
    for term in own:
        for predicate in (RDFS.label, RDFS.comment):
            texts = list(ontology.objects(term, predicate))
            assert [t.language for t in texts if isinstance(t, Literal)] == ["en"], f"{predicate} of {term}"
        defined_by = list(ontology.objects(term, RDFS.isDefinedBy))
        assert len(defined_by) == 1
        assert (defined_by[0], RDF.type, OWL.Ontology) in ontology


def test_every_concept_has_one_scheme_a_name_and_a_definition(ontology: Graph) -> None:
    for concept in ontology.subjects(RDF.type, SKOS.Concept):
        scheme = str(concept).rsplit("/", 1)[0]
        assert list(ontology.objects(concept, SKOS.inScheme)) == [URIRef(scheme)]
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert len(list(ontology.objects(concept, predicate))) == 1
        top = (concept, SKOS.topConceptOf, URIRef(scheme)) in ontology
        assert top != ((concept, SKOS.broader, None) in ontology)


def test_broader_stays_within_the_scheme(ontology: Graph) -> None:
    for narrower, broader in ontology.subject_objects(SKOS.broader):
        assert (broader, RDF.type, SKOS.Concept) in ontology
        assert str(narrower).rsplit("/", 1)[0] == str(broader).rsplit("/", 1)[0]


def test_nothing_is_imported(ontology: Graph) -> None:
    assert not list(ontology.subject_objects(OWL.imports))


def test_standings_are_ranked_from_law_to_argument(ontology: Graph, page: str) -> None:
    ranks = {str(s).removeprefix(ONR): int(str(o)) for s, o in ontology.subject_objects(URIRef(ONR + "rank"))}
    names = ["law", "officialStatement", "oversightFinding", "reporting", "allegation", "argument"]
    assert ranks == {name: i for i, name in enumerate(names, 1)}
    positions = [page.index(f"[onr:{name}]") for name in names]
    assert positions == sorted(positions)


def test_a_bar_in_a_text_does_not_break_its_table() -> None:
    turtle = """
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix ex: <https://example.org/ns#> .
    <https://example.org/ns> a owl:Ontology ; rdfs:label "Example"@en .
    ex:Kind a owl:Class ; rdfs:isDefinedBy <https://example.org/ns> .
    ex:one a ex:Kind ; rdfs:label "one"@en ; rdfs:comment "this | that"@en ;
        rdfs:isDefinedBy <https://example.org/ns> .
    """
    row = "| [ex:one](https://example.org/ns#one) | one | this \\| that |"
    assert row in vocabulary_page(Graph().parse(data=turtle))
