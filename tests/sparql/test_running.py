"""Running queries: whole answers within limits, else an error and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.errors import QueryError, UnreadableFile
from onrecord.kb import KnowledgeBase
from onrecord.model import Literal, Term
from onrecord.sparql import running
from onrecord.sparql.evaluating import Request, decode_term, encode_term, request_data, request_of
from onrecord.sparql.running import Answer, run_here
from onrecord.store.scope import Scope
from small_base import SmallBase

CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CLAIMS = "SELECT ?claim { ?claim a onr:Claim } ORDER BY ?claim"


def test_an_answer_comes_with_the_projects_prefixes_undeclared(disputed: SmallBase) -> None:
    answer = disputed.kb().query(CLAIMS)
    assert answer.variables == ("claim",)
    assert [str(row[0]).rsplit("/", 1)[1] for row in answer][:2] == [
        "board-closed-41-of-60",
        "board-keeps-reports-five-years",
    ]


def test_a_base_of_another_iri_has_its_own_names_behind_the_prefixes(tmp_path: Path) -> None:
    from onrecord.filing.starting import start

    layout = start(tmp_path / "base", "Other", "https://other.example/kb/")
    kb = KnowledgeBase(layout)
    classes = kb.query("SELECT ?x { BIND(claim:x AS ?x) }")
    assert classes.rows == (("https://other.example/kb/claim/x",),)


def test_the_default_graph_holds_what_current_undisputed_claims_assert(disputed: SmallBase) -> None:
    kb = disputed.kb()
    query = "SELECT ?limit { ?node a ov:Function ; ov:timeLimit ?limit } ORDER BY ?limit"

    def limits(scope: Scope | None = None) -> list[str]:
        return [row[0].value for row in kb.query(query, scope=scope) if isinstance(row[0], Literal)]

    assert limits() == ["five years"]
    assert limits(Scope(frozenset({"contradicted"}))) == ["five years"]
    assert limits(Scope(frozenset({"contradicted", "alleged"}))) == ["five years", "two years"]
    phones = "SELECT ?claim { ?node ov:value '555-0143' . GRAPH ?claim { ?node a ov:Channel } }"
    assert len(kb.query(phones)) == 1
    assert len(kb.query(phones, scope=Scope(frozenset({"superseded"})))) == 2
    assert len(kb.query(phones, scope=Scope(frozenset({"superseded"}), "2025-01-01"))) == 1


def test_here_and_in_a_process_of_its_own_the_answer_is_the_same(disputed: SmallBase) -> None:
    kb = disputed.kb()
    for query in (
        "SELECT * { ?claim onr:statement ?s OPTIONAL { ?claim onr:asOf ?t } } ORDER BY ?claim",
        "ASK { ?x a onr:Gap }",
        "CONSTRUCT { ?x a onr:Gap } { ?x a onr:Gap }",
        "DESCRIBE claim:number-of-reports-kept",
    ):
        request = Request(query)
        here, there = run_here(kb.base.store, request), kb.run(request)
        assert (here.variables, here.rows, here.boolean) == (there.variables, there.rows, there.boolean)
        assert set(here.triples or ()) == set(there.triples or ())


def test_answers_are_equal_by_what_they_say_not_by_where_they_come_from(disputed: SmallBase) -> None:
    kb, request = disputed.kb(), Request(CLAIMS)
    asked = kb.run(request)
    assert asked == run_here(kb.base.store, request) == Answer(asked.variables, asked.rows)
    assert len({asked, kb.run(request)}) == 1
    assert "origin" not in repr(asked)


def test_a_row_is_read_by_number_and_by_column(disputed: SmallBase) -> None:
    answer = disputed.kb().query("SELECT ?claim ?count ?none { ?claim a onr:Gap BIND(1 AS ?count) }")
    (row,) = answer
    assert row == answer.rows[0] and isinstance(row, tuple)
    claim, number, unbound = row
    assert row["claim"] == row.claim == row[0] == claim and row[-1] is unbound is row["none"]
    assert row["count"] == number == Literal("1", "http://www.w3.org/2001/XMLSchema#integer")
    assert row[:2] == (claim, number)
    assert row.asdict() == {"claim": claim, "count": number}
    with pytest.raises(KeyError):
        row["missing"]
    with pytest.raises(AttributeError, match="no column 'missing'"):
        row.missing  # noqa: B018
    with pytest.raises(IndexError):
        row[3]


def test_triples_are_rows_of_three_columns(disputed: SmallBase) -> None:
    (row,) = disputed.kb().query("CONSTRUCT { ?x a onr:Gap } { ?x a onr:Gap }")
    assert (row.subject, row["object"]) == (row[0], row[2])
    assert list(disputed.kb().query("ASK {}")) == []


def test_lines_of_an_answer_give_the_same_answer(disputed: SmallBase) -> None:
    kb = disputed.kb()
    for query in (CLAIMS, "ASK {}", "CONSTRUCT WHERE { ?x a onr:Gap }", "SELECT ?x {}"):
        answer = kb.query(query)
        assert running.answer_of(running.lines_of(answer)) == answer


def test_an_answer_that_came_from_nowhere_cannot_be_explained() -> None:
    answer = Answer(("x",), (("a:b",),))
    with pytest.raises(QueryError, match="does not know the base"):
        answer.explain()
    with pytest.raises(IndexError):
        answer.explain([1])


def test_a_query_is_stopped_when_its_time_is_over(disputed: SmallBase) -> None:
    disputed.kb().query("ASK {}")
    began = time.perf_counter()
    with pytest.raises(QueryError, match=r"stopped after 0\.5 seconds; nothing of its answer"):
        disputed.kb().query(CARTESIAN, seconds=0.5)
    assert time.perf_counter() - began < 8


def test_rows_that_keep_coming_are_stopped_by_the_clock_too(disputed: SmallBase) -> None:
    with pytest.raises(QueryError, match="stopped after"):
        disputed.kb().query("SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", seconds=0.5, rows=10**12)


def test_more_rows_than_allowed_are_an_error_and_no_table(disputed: SmallBase) -> None:
    kb = disputed.kb()
    assert len(kb.query("SELECT * { ?s ?p ?o } LIMIT 5", rows=5)) == 5
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(QueryError, match="more than 5 rows; none are shown"):
            kb.query(query, rows=5)


def test_an_answer_beyond_the_byte_limit_is_cut_off(
    disputed: SmallBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LARGEST_ANSWER", 1000)
    with pytest.raises(QueryError, match="larger than 1,000 bytes; none of it"):
        disputed.kb().query("SELECT * { ?s ?p ?o }")


@pytest.mark.parametrize("query", ["SELECT * " + "{" * 9000 + "}" * 9000, "ASK { FILTER(" + "(" * 40_000])
def test_a_query_that_breaks_the_engine_is_an_error_of_the_query(disputed: SmallBase, query: str) -> None:
    with pytest.raises(QueryError):
        disputed.kb().query(query)


def test_a_process_that_dies_leaves_no_answer(disputed: SmallBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(QueryError, match="ended before its answer was whole"):
        disputed.kb().query("ASK {}")


def test_a_graph_that_the_base_does_not_hold_is_refused(disputed: SmallBase) -> None:
    kb = disputed.kb()
    for clause in ("FROM <http://127.0.0.1/x>", "FROM NAMED claim:none", "FROM <not an iri>"):
        with pytest.raises(QueryError):
            kb.query(f"SELECT * {clause} {{ ?s ?p ?o }}")
    count = kb.query("SELECT * FROM claim:number-of-reports-kept { ?s ?p ?o }")
    assert len(count) == 4


def test_a_base_that_does_not_parse_is_said_to_be_so(disputed_copy: SmallBase) -> None:
    (disputed_copy.layout.claims / "bad.trig").write_text("claim:x a", "utf-8")
    with pytest.raises(UnreadableFile, match=r"bad\.trig:1"):
        disputed_copy.kb().query("ASK {}")


def test_a_variable_that_a_parameter_cannot_reach_is_an_error(disputed: SmallBase) -> None:
    request = Request("SELECT ?s { ?s a ?kind }", bindings={"kind": "a:b"})
    with pytest.raises(QueryError, match="parameter cannot be bound"):
        run_here(disputed.kb().base.store, request)


def test_a_function_that_the_engine_does_not_know_is_an_error(disputed: SmallBase) -> None:
    with pytest.raises(QueryError, match="engine cannot run it"):
        disputed.kb().query("SELECT (<https://example.org/f>(1) AS ?x) { }")


def test_requests_and_terms_survive_the_way_to_the_other_process() -> None:
    odd = Literal('x\n\u2028"', language="en")
    terms: list[Term | None] = ["a:b", "_:c", odd, Literal("1", "a:int"), None]
    assert [decode_term(encode_term(t)) for t in terms] == terms
    request = Request("ASK {}", "q.rq", {"x": Literal("y"), "z": "a:b"}, 7, "https://example.org/")
    assert request_of(request_data(request)) == request


def test_the_process_of_a_query_has_no_network() -> None:
    code = (
        "from onrecord.sparql.worker import leave_network\nleave_network()\n"
        "print(open('/proc/net/dev').read().count(':'))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    if ran.returncode or ran.stdout.strip() != "1":
        pytest.skip("this system does not let a process leave the network")


def test_the_engine_alone_would_call_the_network() -> None:
    """The guard is needed: the engine has no switch for SERVICE."""
    with pytest.raises(OSError, match="port"):
        list(ox.Store().query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"))  # type: ignore[arg-type]
