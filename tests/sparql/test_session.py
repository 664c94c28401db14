"""Sessions: one process for question after question, one state of the base, and nothing left behind."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from onrecord.errors import QueryError
from onrecord.model import Literal
from onrecord.sparql import running
from onrecord.sparql.evaluating import Request
from onrecord.sparql.explanation import All, AnyOf, Explanation, Fact, Holders, Mark, Marked, State
from onrecord.sparql.explanation_data import explanation_data, explanation_of
from onrecord.sparql.running import run_here
from onrecord.sparql.session import AskedThere
from onrecord.store.index import open_version
from onrecord.store.scope import Scope
from small_base import SmallBase, as_file, inspector_claim
from worker_processes import is_gone, is_worker, needs_proc, workers

pytestmark = needs_proc
CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CLAIMS = "SELECT ?claim { ?claim a onr:Claim } ORDER BY ?claim"
WEEKDAYS = "SELECT ?node ?value { ?node a ov:Channel ; ov:value ?value }"
EXPLAINED = [
    WEEKDAYS,
    "SELECT ?kind (COUNT(?node) AS ?n) { ?node a ?kind ; ov:by ?office } GROUP BY ?kind",
    "SELECT ?office ?to { ?node ov:by ?office OPTIONAL { ?node ov:to ?to } } ORDER BY ?office LIMIT 1",
    "SELECT ?s { ?claim onr:statement ?s FILTER NOT EXISTS { ?claim a onr:Gap } }",
    "SELECT ?who { ?who ov:reportsTo+ office:harbour-board }",
    "ASK { ?x a onr:Gap }",
    "ASK { ?x a <a:none> }",
    "CONSTRUCT { ?node ov:value ?value } { GRAPH ?claim { ?node a ov:Channel ; ov:value ?value } }",
    "DESCRIBE claim:number-of-reports-kept",
    "SELECT (1 AS ?one) {}",
]
SCRIPT = """
import os, sys, time
from onrecord.kb import KnowledgeBase
from worker_processes import workers
kb = KnowledgeBase.open(sys.argv[1])
kb.query("ASK {}")
(worker,) = workers()
print(worker, flush=True)
"""


def _add_a_claim(base: SmallBase) -> None:
    (base.layout.claims / "late.trig").write_bytes(as_file(inspector_claim("late")))


def _script(base: SmallBase, rest: str = "") -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT + rest, str(base.root)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _first_line(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


# one process ------------------------------------------------------------------------------------------


def test_queries_of_a_base_share_one_process(disputed: SmallBase) -> None:
    before, kb = workers(), disputed.kb()
    kb.query("ASK {}")
    begun = workers() - before
    assert len(begun) == 1
    started = time.perf_counter()
    for _ in range(20):
        kb.query("ASK {}")
    assert (time.perf_counter() - started) / 20 < 0.05
    assert workers() - before == begun
    kb.close()


def test_an_error_of_a_query_leaves_the_process_as_it_is(disputed: SmallBase) -> None:
    before, kb = workers(), disputed.kb()
    kb.query("ASK {}")
    begun = workers() - before
    for query in ("SELECT * {", "SELECT * FROM <a:none> {}", "SELECT (<a:f>(1) AS ?x) {}"):
        with pytest.raises(QueryError):
            kb.query(query)
    with pytest.raises(QueryError, match="more than 1 rows"):
        kb.query(CLAIMS, rows=1)
    assert kb.query("ASK {}").boolean is True
    assert workers() - before == begun
    kb.close()


def test_a_query_that_was_stopped_is_gone_and_the_next_one_has_a_process_of_its_own(
    disputed: SmallBase,
) -> None:
    before, kb = workers(), disputed.kb()
    kb.query("ASK {}")
    (first,) = workers() - before
    with pytest.raises(QueryError, match="stopped after"):
        kb.query(CARTESIAN, seconds=0.3)
    assert not is_worker(first)
    assert kb.query("ASK {}").boolean is True
    (second,) = workers() - before
    assert second != first
    kb.close()


def test_a_process_that_died_between_two_queries_is_replaced(disputed: SmallBase) -> None:
    before, kb = workers(), disputed.kb()
    answer = kb.query(CLAIMS)
    (worker,) = workers() - before
    os.kill(worker, signal.SIGKILL)
    time.sleep(0.1)
    assert kb.query(CLAIMS) == answer
    kb.close()


def test_an_interrupted_query_takes_its_process_with_it(disputed: SmallBase) -> None:
    before, kb = workers(), disputed.kb()
    kb.query("ASK {}")
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        kb.query(CARTESIAN, seconds=20)
    assert not workers() - before
    assert kb.query("ASK {}").boolean is True
    kb.close()


def test_threads_take_turns_and_each_gets_its_own_answer(disputed: SmallBase) -> None:
    kb = disputed.kb()

    def ask(number: int) -> bool:
        answer = kb.query(f"SELECT ?x {{ BIND({number} AS ?x) }}")
        return answer.rows == ((Literal(str(number), "http://www.w3.org/2001/XMLSchema#integer"),),)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(200)))
    kb.close()


# nothing left behind ----------------------------------------------------------------------------------


def test_the_process_ends_with_close_with_refresh_and_with_its_base(disputed: SmallBase) -> None:
    before = workers()
    kb = disputed.kb()
    for end in ("close", "refresh"):
        kb.query("ASK {}")
        assert len(workers() - before) == 1
        getattr(kb, end)()
        assert not workers() - before
    kb.query("ASK {}")
    del kb
    gc.collect()
    assert not workers() - before


def test_no_more_than_two_scopes_stay_open(disputed: SmallBase) -> None:
    before, kb = workers(), disputed.kb()
    for scope in (Scope(), Scope(as_of="2020-01-01"), Scope(as_of="2021-01-01"), Scope()):
        kb.query("ASK {}", scope=scope)
    assert len(workers() - before) == 2
    kb.close()
    assert not workers() - before


def test_closing_does_not_wait_for_a_query_that_runs(disputed: SmallBase) -> None:
    before, kb = workers(), disputed.kb()
    kb.query("ASK {}")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(kb.query, CARTESIAN, seconds=1.5)
        time.sleep(0.3)
        started = time.perf_counter()
        kb.close()
        assert time.perf_counter() - started < 0.5
        assert isinstance(running.exception(), QueryError)
    assert not workers() - before


@pytest.mark.parametrize("rest", ["", "raise SystemExit(3)", "os._exit(0)", "1 / 0"])
def test_no_process_is_left_when_the_interpreter_ends(disputed: SmallBase, rest: str) -> None:
    with _script(disputed, rest) as process:
        worker = _first_line(process)
        process.wait(10)
    assert is_gone(worker)


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_no_process_is_left_when_its_parent_is_killed(disputed: SmallBase, busy: bool) -> None:
    rest = f"kb.query({CARTESIAN!r}, seconds=50)" if busy else "time.sleep(50)"
    with _script(disputed, rest) as process:
        worker = _first_line(process)
        time.sleep(0.3)
        assert is_worker(worker)
        process.kill()
        process.wait(10)
    assert is_gone(worker)


def test_a_process_that_was_forked_leaves_its_parents_worker_alone(disputed: SmallBase) -> None:
    rest = """
if os.fork() == 0:
    own = kb.query("SELECT ?claim { ?claim a onr:Claim }")
    sys.exit(0 if len(own) and workers() and worker not in workers() else 1)
code = os.waitstatus_to_exitcode(os.wait()[1])
kb.query("ASK {}")
sys.exit(code if workers() == {worker} else 2)
"""
    with _script(disputed, rest) as process:
        _first_line(process)
        assert process.wait(20) == 0


def test_a_worker_ends_by_itself_when_nobody_stops_it(disputed: SmallBase) -> None:
    request = {"text": CARTESIAN, "name": "q", "bindings": {}, "rows": 10, "base_iri": "https://a.example/"}
    commands = [
        {"root": str(disputed.root), "include": [], "as_of": ""},
        {"do": "query", "seconds": 0.1, "number": 1, "request": request},
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord.sparql.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(b"".join(json.dumps(command).encode() + b"\n" for command in commands))
    process.stdin.flush()
    assert process.wait(10) == -signal.SIGALRM
    process.stdin.close()
    process.stdout.close()


# one state of the base --------------------------------------------------------------------------------


def test_queries_see_the_base_as_it_was_until_it_is_refreshed(disputed_copy: SmallBase) -> None:
    kb = disputed_copy.kb()
    before = kb.query(CLAIMS)
    _add_a_claim(disputed_copy)
    assert kb.query(CLAIMS) == before
    kb.refresh()
    assert len(kb.query(CLAIMS)) == len(before) + 1
    kb.close()


def test_the_version_follows_the_files_and_not_the_scope(disputed_copy: SmallBase) -> None:
    layout = disputed_copy.layout
    before = open_version(layout).version
    assert before and open_version(layout, Scope(as_of="2020-01-01")).version == before
    _add_a_claim(disputed_copy)
    assert open_version(layout).version != before
    assert open_version(layout, Scope(frozenset({"alleged"}))).version == open_version(layout).version


# explanations -----------------------------------------------------------------------------------------


def test_explanations_survive_the_way_to_another_process() -> None:
    one, two = Fact("<a:s>", "<a:p>", '"x\n"@en'), Fact("<a:s>", "<a:p>", "_:b", "<a:g>")
    whole = Explanation(
        AnyOf((All((one, two), 3), All((AnyOf((one,)), two)), one), 7),
        (Marked(Mark.ABSENCE, "{ ?x ?y ?z }"), Marked(Mark.RANK, "")),
        {one: Holders(("a:c", "a:d")), two: Holders((), True)},
        drill_down="SELECT ...",
        version="v1",
        about=("a:c",),
    )
    empty = Explanation(AnyOf(()), reason="no reason")
    for wanted in ([whole, empty, whole], [empty], []):
        data = json.loads(json.dumps(explanation_data(wanted)))
        assert explanation_of(data) == wanted
    assert len(explanation_data([whole, whole])["facts"]) == 2


def test_rows_are_explained_by_the_process_that_answered(disputed: SmallBase) -> None:
    before, kb = workers(), disputed.kb()
    answer = kb.query(WEEKDAYS)
    (row,) = answer
    assert row.explain() == answer.explain()[0] == answer.explain([0])[0]
    assert row.explain().state is State.COMPLETE
    assert [claim.rsplit("/", 1)[1] for claim in row.explain().claims] == ["line-open-on-weekdays"]
    assert row.explain().version == open_version(disputed.layout).version
    assert len(workers() - before) == 1
    kb.close()


@pytest.mark.parametrize("query", EXPLAINED)
def test_here_and_in_a_session_explanations_are_the_same(disputed: SmallBase, query: str) -> None:
    kb, scope = disputed.kb(), Scope(frozenset({"superseded"}))
    request = Request(query)
    there = kb.run(request, scope=scope)
    base, version = open_version(disputed.layout, scope)
    here = run_here(base.store, request, scope)
    assert here == there
    explained = there.explain()
    assert [replace(e, version=version) for e in here.explain()] == explained
    for index, explanation in enumerate(explained):
        assert there.certify(index, explanation) == here.certify(index, explanation)
    kb.close()


def test_a_row_that_is_not_there_cannot_be_explained(disputed: SmallBase) -> None:
    kb = disputed.kb()
    assert kb.query("SELECT ?x { ?x a <a:none> }").explain() == []
    for query, index in ((CLAIMS, 9), (CLAIMS, -1), ("ASK {}", 1)):
        with pytest.raises(IndexError):
            kb.query(query).explain([index])
    kb.close()


def test_an_older_answer_is_explained_as_well_as_the_last(disputed: SmallBase) -> None:
    kb = disputed.kb()
    older = kb.query(WEEKDAYS)
    first = older.explain()
    newer = kb.query("CONSTRUCT WHERE { ?node a ov:Channel ; ov:value ?value }")
    second = newer.explain()
    for _ in range(2):
        assert (older.explain(), newer.explain()) == (first, second)
    kb.close()


def test_an_answer_outlives_its_process_and_its_base(disputed: SmallBase) -> None:
    before, kb = workers(), disputed.kb()
    answer = kb.query(WEEKDAYS)
    explained = answer.explain()
    with pytest.raises(QueryError):
        kb.query(CARTESIAN, seconds=0.2)
    assert answer.explain() == explained
    kb.close()
    assert answer.explain() == explained and not workers() - before
    del kb
    gc.collect()
    assert answer.explain() == explained and not workers() - before


def test_an_answer_of_an_earlier_state_of_the_base_is_not_explained(disputed_copy: SmallBase) -> None:
    kb = disputed_copy.kb()
    answer = kb.query(WEEKDAYS)
    explained = answer.explain()
    _add_a_claim(disputed_copy)
    assert answer.explain() == explained
    kb.refresh()
    for again in (answer.explain, lambda: answer.certify(0, explained[0])):
        with pytest.raises(QueryError, match="has changed since") as refused:
            again()
        assert "again" in refused.value.next_step
    assert kb.query(WEEKDAYS).explain()[0].claims == explained[0].claims
    kb.close()


def test_an_explanation_has_the_time_and_the_size_of_its_query(
    disputed: SmallBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb = disputed.kb()
    answer = kb.query("SELECT * { ?s ?p ?o }")
    assert isinstance(answer.origin, AskedThere)
    hurried = replace(answer, origin=replace(answer.origin, seconds=0.02))
    with pytest.raises(QueryError, match=r"Explaining the answer was stopped after 0\.02 seconds"):
        hurried.explain()
    monkeypatch.setattr(running, "LARGEST_ANSWER", 10_000)
    with pytest.raises(QueryError, match="explanation is larger than 10,000 bytes"):
        answer.explain()
    assert len(answer.explain([0])) == 1
    kb.close()
