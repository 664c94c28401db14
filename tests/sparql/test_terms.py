"""Terms as SPARQL writes them: the same spelling as the engine's, there and back."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Literal
from onrecord.sparql.engine import EmbeddedEngine
from onrecord.sparql.evaluating import Request
from onrecord.sparql.running import run_here
from onrecord.sparql.terms import engine_term_of, term_of, token_of
from onrecord.vocab import XSD

TEXTS = st.text(max_size=20).filter(lambda text: "\0" not in text)
KINDS = st.sampled_from(["string", "integer", "decimal", "boolean", "double", "gYear", "date"])


@given(TEXTS, KINDS)
def test_a_literal_is_written_as_the_engine_writes_it(text: str, kind: str) -> None:
    store = ox.Store()
    node = ox.NamedNode("https://example.org/n")
    store.add(ox.Quad(node, node, ox.Literal(text, datatype=ox.NamedNode(XSD + kind))))
    query = "SELECT ?o WHERE { ?s ?p ?o }"
    term = run_here(store, Request(query)).rows[0][0]
    ((token,),) = EmbeddedEngine(store).select(query).rows
    assert token_of(term) == token
    assert term_of(token) == term
    assert list(store.quads_for_pattern(None, None, engine_term_of(token)))


def test_a_language_and_a_number_of_every_sort_come_back() -> None:
    for token in (
        '"mai"@de',
        "-3",
        "+3",
        ".5",
        "1.50",
        "true",
        '"1e3"^^<http://www.w3.org/2001/XMLSchema#double>',
    ):
        term = term_of(token)
        assert isinstance(term, Literal)
        assert token_of(term) == token


def test_nothing_is_an_empty_token() -> None:
    assert token_of(None) == ""
    assert term_of("") is None
