"""Answers as text: tables for readers, the W3C formats for programs."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from onrecord.errors import QueryError
from onrecord.model import Literal
from onrecord.sparql.results import check_format, display_width, render
from onrecord.sparql.running import Answer
from onrecord.vocab import KB, ONR, RDF_TYPE, XSD

ROWS = Answer(
    ("claim", "n", "words", "nothing"),
    (
        (f"{KB}claim/a-b", Literal("1000", XSD + "integer"), Literal("水 and \u00e9", language="en"), None),
        ("https://example.org/x?y", Literal("7", XSD + "integer"), Literal('a "b",\tc\nd \x1b[31m'), None),
        ("_:b1", Literal("12", XSD + "integer"), Literal(""), None),
    ),
)
TRIPLES = Answer(
    triples=(
        (f"{KB}claim/b", ONR + "statement", Literal("B.", language="en")),
        (f"{KB}claim/a", ONR + "asOf", Literal("2015", XSD + "gYear")),
        (f"{KB}claim/a", RDF_TYPE, ONR + "Claim"),
        (f"{KB}claim/a", RDF_TYPE, ONR + "Claim"),
    )
)


def test_a_table_is_aligned_by_width_and_shows_no_control_characters() -> None:
    lines = render(ROWS, "table").splitlines()
    assert lines[0].split() == ["claim", "n", "words", "nothing"]
    assert lines[2].startswith("claim:a-b                  1000  水 and \u00e9")
    assert lines[3].startswith('<https://example.org/x?y>     7  a "b", c d \ufffd[31m')
    assert lines[-1] == "3 rows"
    assert len({display_width(line[: line.index("水")]) for line in lines[2:3]}) == 1


def test_long_cells_are_cut_unless_asked_for_whole() -> None:
    answer = Answer(("s",), ((Literal("word " * 40),),))
    assert "\u2026" in render(answer, "table")
    assert "\u2026" not in render(answer, "table", 0)


def test_a_table_fits_the_page_by_shortening_texts_and_never_names() -> None:
    name, text = f"{KB}claim/a-rather-long-slug-of-a-claim", Literal("many words " * 20)
    lines = render(Answer(("claim", "a", "b"), ((name, text, text),)), "table", page=80).splitlines()
    assert max(display_width(line) for line in lines) == 80
    assert "claim:a-rather-long-slug-of-a-claim" in lines[2]


def test_an_empty_answer_is_a_table_without_rows() -> None:
    assert render(Answer(("a", "b")), "table") == "a  b\n-  -\n\n0 rows\n"


@pytest.mark.parametrize("chosen", ["json", "xml", "csv", "tsv"])
def test_the_row_formats_are_those_of_the_engine(chosen: str) -> None:
    store = ox.Store()
    query = 'SELECT * { VALUES (?a ?b ?c) { (<a:b> "x"@en UNDEF) ("q\\"\\n\\t,"  1 1.50) } } ORDER BY ?a'
    from onrecord.sparql.evaluating import Request
    from onrecord.sparql.running import run_here

    kind = getattr(ox.QueryResultsFormat, chosen.upper())
    theirs = store.query(query).serialize(format=kind)
    ours = render(run_here(store, Request(query)), chosen)
    assert isinstance(theirs, bytes)
    if chosen == "json":
        assert json.loads(ours) == json.loads(theirs)
    else:
        assert ours.strip() == theirs.decode().strip()


def test_json_follows_the_w3c_format() -> None:
    data = json.loads(render(ROWS, "json"))
    assert data["head"] == {"vars": ["claim", "n", "words", "nothing"]}
    first, _, third = data["results"]["bindings"]
    assert first["n"] == {"type": "literal", "value": "1000", "datatype": XSD + "integer"}
    assert first["words"] == {"type": "literal", "value": "水 and \u00e9", "xml:lang": "en"}
    assert third["claim"] == {"type": "bnode", "value": "b1"} and "nothing" not in third


def test_yes_and_no() -> None:
    assert render(Answer(boolean=True), "table") == "yes\n"
    assert render(Answer(boolean=False), "table") == "no\n"
    assert json.loads(render(Answer(boolean=False), "json")) == {"head": {}, "boolean": False}
    assert "<boolean>true</boolean>" in render(Answer(boolean=True), "xml")


def test_turtle_is_sorted_and_the_same_each_time() -> None:
    written = render(TRIPLES, "table")
    assert written == render(TRIPLES, "turtle")
    head, body = written.split("\n\n")
    assert head.splitlines() == sorted(head.splitlines()) and "@prefix rdf:" in head
    assert body.splitlines()[0] == "claim:a a onr:Claim ;"
    assert body.splitlines()[-1] == 'claim:b onr:statement "B."@en .'
    assert len(render(TRIPLES, "ntriples").splitlines()) == 3


@pytest.mark.parametrize("chosen", ["turtle", "ntriples", "json", "xml"])
def test_triples_read_back_the_same_from_every_format(chosen: str) -> None:
    kinds = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "json": "JSON_LD", "xml": "RDF_XML"}
    text = render(TRIPLES, chosen)
    assert text == render(TRIPLES, chosen)
    parsed = {q.triple for q in ox.parse(text, format=getattr(ox.RdfFormat, kinds[chosen]))}
    expected = {q.triple for q in ox.parse(render(TRIPLES, "ntriples"), format=ox.RdfFormat.N_TRIPLES)}
    assert parsed == expected


def test_no_triples_are_no_text() -> None:
    assert render(Answer(triples=()), "ntriples") == ""


@pytest.mark.parametrize(
    ("form", "chosen"),
    [("CONSTRUCT", "csv"), ("DESCRIBE", "tsv"), ("SELECT", "turtle"), ("ASK", "csv"), ("ASK", "ntriples")],
)
def test_a_format_that_does_not_fit_is_refused_with_those_that_do(form: str, chosen: str) -> None:
    with pytest.raises(QueryError, match=f"{form} has no answer in the format {chosen}") as refused:
        check_format(form, chosen)
    assert "json" in refused.value.next_step
