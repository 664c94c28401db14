"""Where a query stops making sense, and what could stand there."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.errors import QueryError
from onrecord.sparql.evaluating import syntax_error
from onrecord.sparql.grammar import first_mistake
from onrecord.sparql.tokens import tokens

W3C = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql11"
MISTAKES = [
    ("SELECT * WHERE { ?s ?p }", "1:24", "'}' stands where", "a value"),
    ("SELECT * { ?s ?p ?o } LIMIT ten", "1:29", "'ten' stands", "a whole number is expected"),
    ("SELECT (COUNT(*) AS ?n WHERE { }", "1:24", "'WHERE' stands", "')' is expected"),
    ("SELECT * {\n\n  FILTR(?s = 1) }", "3:3", "'FILTR' stands", "FILTER"),
    ("SELECT * { OPTIONAL ?s ?p ?o }", "1:21", "'?s' stands", "'{' is expected"),
    ("SELEC * { ?s ?p ?o }", "1:1", "'SELEC' stands", "SELECT is expected"),
    ("SELECT * { ?s ?p ?o", "1:20", "The query ends", "'}'"),
    ("", "1:1", "The query ends", "SELECT is expected"),
    ("SELECT ?s { ?s a onr:Claim FILTER(?s > 3 }", "1:42", "'}' stands", "')'"),
    ("SELECT ?s { ?s onr:topic/ ?t }", "1:27", "'?t' stands", "an IRI or prefixed name"),
    ("ASK { VALUES ?x { ?y } }", "1:19", "'?y' stands", "UNDEF"),
]


@pytest.mark.parametrize(("query", "place", "found", "expected"), MISTAKES)
def test_a_mistake_is_shown_at_its_token_with_what_was_expected(
    query: str, place: str, found: str, expected: str
) -> None:
    with pytest.raises(SyntaxError):
        ox.Store().query(query, prefixes={"onr": "a:"})
    error = syntax_error(query, "q.rq", "")
    assert str(error.place) == f"q.rq:{place}"
    assert found in error.message and expected in error.message
    assert error.next_step.splitlines()[-1].strip("| ") == "^"


def test_an_unclosed_bracket_is_pointed_at() -> None:
    error = syntax_error("SELECT * {\n  { ?s ?p ?o\n}", "q.rq", "")
    assert "The '{' of line 1, column 10 is never closed." in error.next_step


def test_a_query_that_breaks_a_rule_beside_the_grammar_gets_the_engines_reason() -> None:
    query = "SELECT ?a (COUNT(?b) AS ?n) { ?a ?c ?b }"
    with pytest.raises(SyntaxError) as refused:
        ox.Store().query(query)
    error = syntax_error(query, "query", str(refused.value))
    assert "unbound" in error.message and "GROUP BY" in error.next_step


@pytest.mark.skipif(not W3C.is_dir(), reason="the W3C test suite is not on this machine")
def test_the_grammar_accepts_every_w3c_query_that_the_engine_accepts() -> None:
    checked = 0
    for path in sorted(W3C.rglob("*.rq")):
        query = path.read_text("utf-8")
        try:
            ox.Store().query(query, base_iri="https://example.org/")
        except (SyntaxError, OSError, RuntimeError):
            continue
        checked += 1
        assert first_mistake(list(tokens(query))) is None, path.name
    assert checked > 250


def test_deep_nesting_does_not_break_the_search_for_a_mistake() -> None:
    query = "SELECT * " + "{" * 20_000
    assert isinstance(syntax_error(query, "query", "error at 1:1: expected x"), QueryError)
