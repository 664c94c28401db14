"""What the guard refuses, and that it refuses nothing else."""

from __future__ import annotations

import contextlib

import pytest

from onrecord.errors import QueryError
from onrecord.sparql.guard import LARGEST_QUERY, check_prefixes, guard

SERVICE_CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { service <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { ?x ?y ?z { SERVICE ?x { ?s ?p ?o } } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1/> SELECT * { ?a ?b trueSERVICE :x { ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
    'SELECT * { ?a ?b "x"SERVICE<http://127.0.0.1/>{ ?s ?p ?o } }',
    "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
    "SELECT * { ?a ex:b\\#c ?d SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { # a comment\rSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1/> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p '''it's''' SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
]
UPDATES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "delete where { ?s ?p ?o }",
    "LOAD <http://127.0.0.1/x.ttl>",
    "CLEAR ALL",
    "DROP GRAPH <a:g>",
    "CREATE GRAPH <a:g>",
    "ADD DEFAULT TO <a:g>",
    "MOVE DEFAULT TO <a:g>",
    "COPY DEFAULT TO <a:g>",
    "PREFIX x: <a:> INSERT { ?s x:p 1 } WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
]
HARMLESS = [
    'SELECT * { ?s rdfs:label "SERVICE, LOAD and INSERT" }',
    "SELECT * { ?s ?p 'it is \"SERVICE\"' } # SERVICE <x> { }",
    "SELECT ?service ?load ?insert { ?service ?load ?insert }",
    "SELECT * { ?s <https://example.org/service/LOAD#INSERT> ?o }",
    "SELECT * { ?s onr:service ?o ; ov:add ?copy }",
    'SELECT * { ?s ?p """DROP\nALL""" }',
    "PREFIX service: <a:> SELECT * { GRAPH service:x { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?s < ?o && ?o > ?p) }",
    r'SELECT * { ?s ?p "a \u0022quoted\u0022 word" }',
]


@pytest.mark.parametrize("query", SERVICE_CALLS)
def test_a_call_of_another_server_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(QueryError) as refused:
        guard(query)
    assert refused.value.place is not None and refused.value.place.line


@pytest.mark.parametrize("query", UPDATES)
def test_whatever_would_change_the_base_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="would change the base") as refused:
        guard(query)
    assert "facts/" in refused.value.next_step


@pytest.mark.parametrize("query", HARMLESS)
def test_words_in_strings_iris_comments_and_names_are_no_keywords(query: str) -> None:
    assert guard(query).form == "SELECT"


def test_the_place_and_the_line_of_what_is_refused_are_shown() -> None:
    with pytest.raises(QueryError) as refused:
        guard("SELECT * {\n  ?s ?p ?o .\n  SERVICE <a:b> { }\n}", "q.rq")
    assert str(refused.value.place) == "q.rq:3:3"
    assert refused.value.next_step.endswith("    |   SERVICE <a:b> { }\n    |   ^")


def test_a_query_beyond_a_megabyte_is_refused() -> None:
    guard("SELECT * { } #" + "x" * (LARGEST_QUERY - 20))
    with pytest.raises(QueryError, match="larger than 1,000,000 bytes"):
        guard("SELECT * { } #" + "\u00e9" * (LARGEST_QUERY // 2))


@pytest.mark.parametrize(
    "filling", ["a.", "a:", "(", "( #\n", "<", "\\u0041", '"a"', "?a-", ":a.", "-", "1.", "_:a.", "@a-"]
)
def test_a_hostile_query_of_many_tokens_is_read(filling: str) -> None:
    query = "SELECT * { " + filling * (200_000 // len(filling))
    with contextlib.suppress(QueryError):
        guard(query)


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p 'open }", 'SELECT * { ?s ?p "two\nlines" }'])
def test_an_unclosed_string_is_named_with_its_place(query: str) -> None:
    with pytest.raises(QueryError, match="never closed") as refused:
        guard(query, "q.rq")
    assert str(refused.value.place) == "q.rq:1:18"


def test_characters_that_are_none_are_refused() -> None:
    for char in ("\0", "\ud800"):
        with pytest.raises(QueryError, match="no character"):
            guard(f"SELECT * {{ ?s ?p '{char}' }}")


def test_an_unknown_prefix_is_named_with_the_known_ones() -> None:
    with pytest.raises(QueryError, match="Unknown prefix 'foo:'") as refused:
        check_prefixes("SELECT * {\n ?s foo:bar ?o }")
    assert "claim, concept, conflict" in refused.value.next_step
    check_prefixes("PREFIX foo: <a:> SELECT * { ?s foo:bar onr:Claim ; a onr:Gap }")


def test_graphs_of_the_dataset_clause_are_found_in_every_form() -> None:
    query = "PREFIX x: <a:> SELECT * FROM <a:one> FROM NAMED x:two FROM NAMED claim:three { ?s ?p ?o }"
    graphs = [graph for graph, _ in guard(query).graphs]
    assert graphs == ["a:one", "a:two", "https://w3id.org/onrecord/kb/claim/three"]
