"""A base behind an Oxigraph server: the same answers, explanations and notes as from the embedded engine."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import QueryError, UnknownTerm
from onrecord.model import Claim, Literal, Term
from onrecord.sparql import remote
from onrecord.sparql.bound_text import bound_text
from onrecord.sparql.engine import EmbeddedEngine
from onrecord.sparql.evaluating import Request
from onrecord.sparql.explaining import NO_CAPS
from onrecord.sparql.explanation import Explanation, Fact
from onrecord.sparql.remote import Limits, RemoteEngine, remote_query, run_remote
from onrecord.sparql.running import Answer, run_here
from onrecord.store.index import memory_base, parse_base
from onrecord.store.records import StoreBase
from onrecord.store.remote_records import remote_base
from onrecord.store.scope import Scope
from onrecord.vocab import KB
from small_base import SmallBase
from sparql.remote_server import Server, needs_server, running

pytestmark = needs_server
QUERIES = {
    "lookup": "SELECT ?p ?o { claim:line-open-on-weekdays.channel ?p ?o }",
    "join and filter": "SELECT ?n ?v { ?n a ov:Observation ; ov:value ?v FILTER(?v > 40) }",
    "record": "SELECT ?c ?s { ?c a onr:Claim ; onr:statement ?s }",
    "corroboration": "SELECT DISTINCT ?o { ?n ov:channelOf ?o ; ov:value '555-0143' }",
    "union": "SELECT ?n { { ?n a ov:Channel } UNION { ?n a ov:Function } }",
    "values and bind": "SELECT ?k ?x { VALUES ?k { ov:Channel ov:Referral } ?n a ?k BIND(STR(?n) AS ?x) }",
    "optional": "SELECT ?n ?t { ?n ov:obligation ov:must OPTIONAL { ?n ov:timeLimit ?t } }",
    "minus": "SELECT ?n { ?n ov:activity ?a MINUS { ?n ov:timeLimit 'two years'@en } }",
    "not exists": "SELECT ?o { ?o a ov:Office FILTER NOT EXISTS { ?n ov:to ?o } }",
    "double negation": "SELECT ?o { ?o a ov:Office MINUS { ?n ov:by ?o MINUS { ?n ov:timeLimit ?t } } }",
    "exists": "SELECT ?o { ?o a ov:Office FILTER EXISTS { ?n ov:channelOf ?o } }",
    "count": "SELECT ?o (COUNT(?n) AS ?k) { ?n ov:by|ov:channelOf ?o } GROUP BY ?o HAVING(COUNT(?n) > 1)",
    "most and least": "SELECT (MIN(?v) AS ?least) (SUM(?v) AS ?all) { ?n ov:value|ov:denominator ?v }",
    "subselect": "SELECT ?o ?k { ?o a ov:Office { SELECT ?o (COUNT(*) AS ?k) { ?n ov:by ?o } GROUP BY ?o } }",
    "rank": "SELECT ?c { ?c dcterms:created ?on } ORDER BY ?on ?c LIMIT 2 OFFSET 1",
    "path": "SELECT ?l { claim:board-keeps-reports-five-years onr:citation/onr:source/dcterms:title ?l }",
    "closure": "SELECT ?a ?b { ?a ov:reportsTo+ ?b }",
    "closure of what stands anywhere": "SELECT ?x { office:harbour-master (ov:reportsTo|^ov:from)* ?x }",
    "graph": "SELECT ?c ?o { GRAPH ?c { ?n ov:channelOf ?o } }",
    "graph and record": "SELECT ?s { GRAPH ?c { ?n a ov:Function } ?c onr:statement ?s }",
    "from": "SELECT ?p FROM claim:board-keeps-reports-five-years { ?n ?p office:harbour-board }",
    "from named": "SELECT ?g FROM NAMED claim:line-open-on-weekends { GRAPH ?g { ?n a ov:Channel } }",
    "constants": "SELECT (1 AS ?one) {}",
    "no column": "SELECT * { FILTER(true) }",
    "yes": "ASK { ?n a ov:Channel }",
    "no": "ASK { ?n a ov:Investigation }",
    "construct": "CONSTRUCT { ?o ov:value ?v } WHERE { ?n ov:channelOf ?o ; ov:value ?v }",
    "describe": "DESCRIBE office:harbour-master",
}  # fmt: skip
HEAVY = "{ ?a ?p ?b . ?c ?p ?d . ?e ?p ?f . ?g ?p ?h }"
Key = tuple[object, ...]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep requests to this machine off whatever proxy it has."""
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(scope="module")
def base(disputed: SmallBase) -> StoreBase:
    """The disputed base in memory."""
    return memory_base(parse_base(disputed.layout).files, disputed.layout, Scope())


@pytest.fixture(scope="module")
def server(base: StoreBase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that holds the same."""
    with running(tmp_path_factory.mktemp("oxigraph") / "data") as server:
        server.load(base.store)
        yield server


@pytest.fixture
def engine(server: Server) -> RemoteEngine:
    """An engine on it."""
    return RemoteEngine(server.query_url, Limits(seconds=20))


def essence(explanation: Explanation) -> Key:
    """All that an explanation says, without the order in which it says it."""
    return (
        explanation.state,
        frozenset(explanation.facts),
        frozenset(explanation.claims),
        tuple(sorted(explanation.marks)),
        frozenset(explanation.witnesses()),
        explanation.reason,
    )


def explained(answer: Answer) -> Counter[tuple[Key, Key]]:
    """Every row with what it rests on."""
    rows: list[Key] = [tuple(row) for row in answer] if answer.boolean is None else [(answer.boolean,)]
    return Counter(zip(rows, map(essence, answer.explain(None, NO_CAPS)), strict=True))


@pytest.mark.parametrize("name", QUERIES)
def test_answers_and_explanations_are_the_same(name: str, base: StoreBase, server: Server) -> None:
    request = Request(QUERIES[name])
    here, there = run_here(base.store, request), run_remote(server.query_url, request, 20)
    assert there.variables == here.variables
    assert there.boolean is here.boolean
    assert explained(there) == explained(here)
    assert not any(e.reason for e in there.explain())


def test_the_queries_have_answers_of_every_kind(base: StoreBase) -> None:
    answers = [run_here(base.store, Request(text)) for text in QUERIES.values()]
    assert all(len(answer) or answer.boolean is not None for answer in answers)
    states = {e.state for answer in answers for e in answer.explain()}
    assert {str(state) for state in states} == {"complete", "marked", "record", "rests on no claim"}


@pytest.mark.parametrize("name", ["corroboration", "count", "closure", "graph and record", "yes"])
def test_what_is_certified_here_is_certified_there(name: str, base: StoreBase, server: Server) -> None:
    request = Request(QUERIES[name])
    here, there = run_here(base.store, request), run_remote(server.query_url, request, 20)
    ours, theirs = here.explain()[0], there.explain()[0]
    assert there.certify(0, theirs) == here.certify(0, ours)
    assert there.certify(0, theirs).is_sound


def test_a_question_with_parameters_is_asked_as_text(base: StoreBase, server: Server) -> None:
    text = """\
SELECT ?office ?word ?n (COUNT(?claim) AS ?many) WHERE {
  ?n ov:by ?office GRAPH ?claim { ?n a ?kind }
  FILTER(CONTAINS(STR(?claim), ?word))
  OPTIONAL { ?n ov:to ?other FILTER(?other = ?office) }
} GROUP BY ?office ?word ?n ORDER BY ?office ?n
"""
    for word, count in (('" } DROP ALL #', 0), ("five", 1)):
        bindings: dict[str, Term] = {"office": f"{KB}office/harbour-board", "word": Literal(word)}
        request = Request(text, bindings=bindings)
        here, there = run_here(base.store, request), run_remote(server.query_url, request, 20)
        assert (there.variables, there.rows) == (here.variables, here.rows)
        assert len(there) == count
        assert explained(there) == explained(here)


def test_parameters_go_with_rows_and_yes_alone() -> None:
    bindings = {"x": f"{KB}office/a"}
    assert bound_text(Request("ASK { ?x ?p ?o }", bindings=bindings)).endswith(
        f"{{ <{KB}office/a> ?p ?o . }}"
    )
    asked = bound_text(
        Request("SELECT ?x ?y { ?y ?p ?x FILTER(BOUND($x) || bound( ?y )) }", bindings=bindings)
    )
    assert "FILTER(true || bound( ?y ))" in asked
    assert "(true AS ?_none)" in bound_text(Request("SELECT ?x { ?x ?p ?o }", bindings=bindings))
    with pytest.raises(QueryError, match="takes no parameters"):
        bound_text(Request("DESCRIBE ?x", bindings=bindings))


# lookups ----------------------------------------------------------------------------------------------


def test_facts_are_held_by_the_same_claims(
    base: StoreBase, engine: RemoteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = EmbeddedEngine(base.store)
    facts = [Fact(*row) for row in here.select("SELECT ?s ?p ?o { ?s ?p ?o }").rows]
    graphs = [Fact(*r) for r in here.select("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 20").rows]
    monkeypatch.setattr(remote, "LONGEST_LOOKUP", 20_000)
    claims = [claim.iri for claim in base.claims()]
    assert engine.out_of_scope(claims) == here.out_of_scope(claims) != frozenset()
    assert engine.holders([*facts, *graphs]) == here.holders([*facts, *graphs])
    sources = frozenset({f"{KB}claim/line-open-on-weekends", f"{KB}claim/line-open-on-weekdays"})
    assert engine.holders(facts, sources) == here.holders(facts, sources)


def test_what_cannot_be_asked_for_is_left_out(engine: RemoteEngine) -> None:
    blank = Fact("_:b", "<urn:p>", "1")
    nowhere = Fact("<urn:a>", "<urn:p>", "1")
    assert engine.holders([blank, nowhere]) == {}
    with pytest.raises(QueryError, match="blank node"):
        engine.select("SELECT ?x { ?x ?p ?o }", {"?x": "_:b"})


def test_terms_are_spelled_as_by_the_embedded_engine(base: StoreBase, engine: RemoteEngine) -> None:
    text = "SELECT ?s ?p ?o ?n { ?s ?p ?o BIND(STRLEN(STR(?o)) / 7.0e0 AS ?n) } ORDER BY ?s ?p ?o"
    here, there = EmbeddedEngine(base.store).select(text), engine.select(text)
    assert there == here


# what goes wrong --------------------------------------------------------------------------------------


def test_a_graph_that_the_endpoint_does_not_hold_is_refused(server: Server) -> None:
    for clause in ("FROM", "FROM NAMED"):
        with pytest.raises(QueryError, match="The endpoint holds no graph") as raised:
            run_remote(server.query_url, Request(f"SELECT *\n{clause} claim:nowhere {{ ?s ?p ?o }}"), 5)
        assert raised.value.place is not None
        assert raised.value.place.line == 2


def test_a_query_that_only_the_endpoint_refuses_is_an_error_in_its_words(server: Server) -> None:
    with pytest.raises(QueryError, match="HTTP status 400: error at"):
        run_remote(server.query_url, Request("SELECT (CONCAT ('a') AS ?x) {}"), 5)


@pytest.fixture(scope="module")
def impatient(base: StoreBase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that stops queries after a second, with status 200 and what it has by then."""
    with running(tmp_path_factory.mktemp("impatient") / "data", seconds=1) as server:
        server.load(base.store)
        yield server


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT (COUNT(*) AS ?n) {HEAVY}",
        f"SELECT * {HEAVY}",
        f"CONSTRUCT {{ ?a ?p ?h }} {HEAVY}",
        f"ASK {{ {HEAVY} FILTER(CONCAT(STR(?a), STR(?h)) = 'nothing') }}",
    ],
    ids=["count", "rows", "triples", "yes or no"],
)
def test_an_answer_that_the_endpoint_cuts_off_is_never_taken_for_a_whole_one(
    query: str, impatient: Server
) -> None:
    with pytest.raises(QueryError) as raised:
        run_remote(impatient.query_url, Request(query), 20)
    told = str(raised.value)
    assert "none of it is shown" in told or "nothing of it is shown" in told or "HTTP status" in told


def test_our_own_time_limit_holds(impatient: Server) -> None:
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"did not answer within 0\.4 seconds"):
        run_remote(impatient.query_url, Request(f"SELECT (COUNT(*) AS ?n) {HEAVY}"), 0.4)
    assert time.monotonic() - began < 0.9


def test_an_endpoint_that_is_gone_leaves_rows_unexplained(base: StoreBase, tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        server.load(base.store)
        answer, _ = remote_query(server.query_url, Request(QUERIES["count"]), 5)
    for explanation in answer.explain():
        assert str(explanation.state) == "unexplained"
        assert "does not take connections" in explanation.reason


# notes ------------------------------------------------------------------------------------------------


def bare(claim: Claim | None) -> Claim | None:
    """A claim without the places in files that an endpoint does not know."""
    if claim is None:
        return None
    return replace(claim, place=None, citations=tuple(replace(c, place=None) for c in claim.citations))


def test_notes_have_what_they_need(base: StoreBase, engine: RemoteEngine) -> None:
    for given in (list(base.claims()), [c for c in base.claims() if "five-years" in c.iri]):
        iris = [claim.iri for claim in given]
        there = remote_base(engine, iris)
        assert [bare(there.claim(iri)) for iri in iris] == [bare(claim) for claim in given]
        named = [c for c in base.conflicts() if set(c.between) & set(iris)]
        assert [replace(c, place=None) for c in there.conflicts()] == [replace(c, place=None) for c in named]
        for iri in {iri for conflict in named for iri in conflict.between}:
            ours, theirs = base.claim(iri), there.claim(iri)
            assert ours is not None
            assert theirs is not None
            assert bare(theirs) == bare(replace(ours, assertions=theirs.assertions))
        for citation in (c for claim in given for c in claim.citations):
            ours_of, theirs_of = base.source(citation.source), there.source(citation.source)
            assert ours_of is not None
            assert theirs_of == replace(ours_of, place=None)
            assert [s.root for s in there.snapshots(citation.source)] == [
                s.root for s in base.snapshots(citation.source)
            ]
            assert [there.reference(r) for r in citation.references] == [
                base.reference(r) for r in citation.references
            ]
            for speaker in citation.said_by:
                assert there.label(speaker) == base.label(speaker) != ""
                assert there.entity(speaker) == base.entity(speaker)


def test_records_are_asked_for_in_few_requests(base: StoreBase, engine: RemoteEngine) -> None:
    asked = []
    send = engine.endpoint.send
    engine.endpoint.send = lambda *given: asked.append(given) or send(*given)  # type: ignore[method-assign,func-returns-value]
    remote_base(engine, [claim.iri for claim in base.claims()])
    assert len(asked) <= 12


def test_no_claims_need_no_requests(engine: RemoteEngine) -> None:
    engine.endpoint.close()
    assert list(remote_base(engine, ["_:b"]).claims()) == []
    with pytest.raises(UnknownTerm, match="is no IRI"):
        remote_base(engine, ["> } DROP ALL"])
