"""Hostile queries: refused, or stopped with one clear message, exit code 2 and bounded memory."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from command_line import Ran, RunCli
from onrecord.errors import QueryError
from onrecord.sparql.explaining import NO_CAPS
from onrecord.sparql.guard import LARGEST_QUERY
from onrecord.sparql.session import AskedThere
from onrecord.sparql.worker import MEMORY
from small_base import SmallBase
from worker_processes import needs_proc, watched, workers

pytestmark = needs_proc
SECONDS = 0.25
SLACK = 8.0
"""Seconds that starting a process, reading a query and a busy machine may add."""
DEEP = 10_000
PRODUCT = " . ".join(f"?s{i} ?p{i} ?o{i}" for i in range(6))
SUBSELECTS = "{ SELECT * { " * DEEP + "?s ?p ?o" + " } }" * DEEP
UNSEEN = "?s0 = <a:b> && STRLEN(STR(?o0)) > 99999"

REFUSED = {
    "service": ("SELECT * { SERVICE <URL> { ?s ?p ?o } }", "another server"),
    "service, silent": ("ASK { SERVICE SILENT <URL> { ?s ?p ?o } }", "another server"),
    "service, by a variable": ("SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }", "another server"),
    "service, escaped": (r"SELECT * { \u0053ERVIC\u0045 <URL> { ?s ?p ?o } }", "no meaning"),
    "service, in long escapes": (r"SELECT * { \U00000053ERVICE <URL> { ?s ?p ?o } }", "no meaning"),
    "service, in EXISTS": ("ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }", "another server"),
    "service, after a comment": ("SELECT * { # no\rSERVICE <URL> { ?s ?p ?o } }", "another server"),
    "load": ("LOAD <URL>", "would change the base"),
    "insert": ("INSERT DATA { <a:a> <a:b> <a:c> }", "would change the base"),
    "delete": ("DELETE WHERE { ?s ?p ?o }", "would change the base"),
    "update after a query": ("ASK {} ; DROP ALL", "would change the base"),
    "from": ("SELECT * FROM <URL> { ?s ?p ?o }", "holds no graph"),
    "from named": ("SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }", "holds no graph"),
    "from, by a prefix": ("PREFIX u: <URL> SELECT * FROM u: { ?s ?p ?o }", "holds no graph"),
    "a null character": ("SELECT * { ?s ?p '\0' }", "no character"),
}
STOPPED = {
    "product": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}",
    "product of optionals": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"OPTIONAL {{ ?s{i} ?p{i} ?o{i} }}" for i in range(6))
    + " }",
    "product of values": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(300)))} }}" for i in range(6))
    + " }",
    "huge values": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f VALUES ?v { "
    + " ".join(map(str, range(60_000)))
    + " } }",
    "rows without end": f"SELECT DISTINCT * {{ {PRODUCT} }}",
    "order of a product": f"SELECT * {{ {PRODUCT} }} ORDER BY ?o3 ?o1 LIMIT 1",
    "groups of a product": f"SELECT ?s1 (SUM(STRLEN(STR(?o5))) AS ?n) {{ {PRODUCT} }} GROUP BY ?s1",
    "concatenated product": f"SELECT (GROUP_CONCAT(STR(?o1)) AS ?n) {{ {PRODUCT} }}",
    "constructed product": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "described product": "DESCRIBE ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "MINUS of a product": "SELECT * { ?a ?b ?c MINUS { ?a ?x ?y . ?d ?e ?f . ?g ?h ?i } }",
    "NOT EXISTS of a product": f"ASK {{ ?a ?b ?c FILTER NOT EXISTS {{ {PRODUCT} FILTER({UNSEEN}) }} }}",
    "subselect of a product": f"ASK {{ {{ SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }} }} }}",
    "path of paths": "SELECT (COUNT(*) AS ?n) { ?a ((((!<a:b>|^!<a:b>)*)*)*)* ?b }",
    "path there and back": "ASK { ?a (!<a:b>/^!<a:b>)*/(!<a:c>/^!<a:c>)* ?b . ?b (!<a:d>|!<a:e>*)* <a:f> }",
    "pattern of patterns": 'ASK { ?s ?p ?o FILTER REGEX(STR(?o), "((a{1,1000}){1,1000}){1,1000}") }',
    "pattern over a product": f'ASK {{ {PRODUCT} FILTER REGEX(CONCAT(STR(?o1), STR(?o5)), "^((a|.)+)+@$") }}',
    "doubling texts": 'SELECT (STRLEN(?x60) AS ?n) { BIND("0123456789" AS ?x0) '
    + " ".join(f"BIND(CONCAT(?x{i},?x{i}) AS ?x{i + 1})" for i in range(60))
    + " }",
    "replaced texts": 'SELECT (STRLEN(?x60) AS ?n) { BIND("0123456789" AS ?x0) '
    + " ".join(f'BIND(REPLACE(?x{i}, "[0-9]", "0123456789") AS ?x{i + 1})' for i in range(60))
    + " }",
    "brackets": f"ASK {{ FILTER({'(' * DEEP}1{')' * DEEP}) }}",
    "braces": f"SELECT * {'{' * DEEP}{'}' * DEEP}",
    "optionals": f"SELECT * {{ {'OPTIONAL { ?s ?p ?o ' * DEEP}{'}' * DEEP} }}",
    "unions": f"SELECT * {{ {' UNION '.join(['{ ?s ?p ?o }'] * DEEP)} }}",
    "negations": f"SELECT * {{ FILTER({'!' * DEEP} true) }}",
    "subselects": f"SELECT * {{ {SUBSELECTS} }}",
    "blank nodes": f"SELECT * {{ ?s ?p {'[ ?q ' * DEEP} 1 {']' * DEEP} }}",
    "a long chain": "SELECT * { " + " . ".join(f"?a{i} ?b ?a{i + 1}" for i in range(4000)) + " }",
}
CAPPED = {
    "one of a product": f"SELECT DISTINCT ?s0 {{ {PRODUCT} }} LIMIT 1",
    "a constant of a product": f"SELECT DISTINCT (1 AS ?one) {{ {PRODUCT} }} LIMIT 1",
    "yes to a product": f"ASK {{ {PRODUCT} }}",
    "one of a union": f"SELECT DISTINCT ?x {{ BIND(1 AS ?x) {{ {PRODUCT} }} UNION {{ {PRODUCT} }} }} LIMIT 1",
    "a triple of a product": "CONSTRUCT { <a:a> <a:b> <a:c> } { ?a a ?b . ?c a ?d } LIMIT 3",
    "all that is connected": "SELECT ?b { onr:Claim (!<a:b>|^!<a:b>)+ ?b . ?b (!<a:c>|^!<a:c>)+ ?c } LIMIT 1",
}
"""Queries that are answered at once, with more ways to each row than can ever be listed."""
EVERY_ONE = "SELECT ?b { onr:Claim (!<a:b>|^!<a:b>)* ?b }"
"""A query that is answered at once, whose every row is the end of one of many long ways."""
INJECTED = [
    'x" . } INSERT DATA { <a:a> <a:b> <a:c> } #',
    'Board") || true || CONTAINS("',
    "' } UNION { ?claim ?p ?o } #",
    '"""',
    "\\u0022) || true #",
    "?statement",
    "${word}}}",
]


@pytest.fixture(scope="module")
def listening() -> Iterator[socket.socket]:
    """A server that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def _refused(run_cli: RunCli, base: SmallBase, file: Path, *options: str) -> Ran:
    """What becomes of a query: no answer, one message, exit code 2, in time and memory."""
    started = time.perf_counter()
    with watched() as peak:
        ran = run_cli("query", *base.options(), str(file), "--timeout", str(SECONDS), *options)
    assert time.perf_counter() - started < SECONDS + SLACK
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.count("onrecord: ") == 1 and "Traceback" not in ran.err
    assert len(ran.err) < 2000
    assert peak.resident < MEMORY
    return ran


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_leave_or_change_the_base_is_refused(
    disputed: SmallBase, listening: socket.socket, run_cli: RunCli, tmp_path: Path, name: str
) -> None:
    query, said = REFUSED[name]
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    file = tmp_path / "q.rq"
    file.write_text(query.replace("URL", url), "utf-8", newline="")
    before = disputed.digests()
    ran = _refused(run_cli, disputed, file)
    assert said in ran.err and "q.rq:1:" in ran.err
    assert disputed.digests() == before
    with pytest.raises(BlockingIOError):
        listening.accept()


@pytest.mark.parametrize("name", STOPPED)
def test_what_takes_too_much_is_stopped(
    disputed: SmallBase, run_cli: RunCli, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "q.rq"
    file.write_text(STOPPED[name], "utf-8")
    before = workers()
    ran = _refused(run_cli, disputed, file)
    assert "was stopped" in ran.err
    assert workers() <= before


def test_a_query_that_wants_more_memory_than_there_is_ends_alone(disputed: SmallBase) -> None:
    kb = disputed.kb()
    query = f"SELECT * {{ {PRODUCT} }} ORDER BY ?o3 ?o1 LIMIT 1"
    with watched() as peak, pytest.raises(QueryError, match="more memory than it may"):
        kb.query(query, seconds=60)
    assert peak.seen and peak.resident < MEMORY
    assert kb.query("ASK {}").boolean is True
    kb.close()


def test_a_query_of_ten_megabytes_is_refused(disputed: SmallBase, run_cli: RunCli, tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_text("SELECT * { ?s ?p ?o } #" + "x" * 10 * LARGEST_QUERY, "utf-8")
    ran = _refused(run_cli, disputed, file)
    assert "arger than 1,000,000 bytes" in ran.err


def test_a_pattern_that_runs_away_elsewhere_is_answered(disputed: SmallBase) -> None:
    """The engine's regular expressions take time in proportion to the text."""
    kb = disputed.kb()
    answer = kb.query(f'ASK {{ FILTER REGEX("{"a" * 50_000}!", "^(a+)+$") }}', seconds=5)
    assert answer.boolean is False
    kb.close()


@pytest.mark.parametrize("name", CAPPED)
def test_the_explanation_of_a_product_is_capped(disputed: SmallBase, name: str) -> None:
    kb = disputed.kb()
    with watched() as peak:
        answer = kb.query(CAPPED[name], seconds=10)
        (explanation, *_) = answer.explain()
    assert explanation.is_capped and not explanation.reason
    assert len(explanation.facts) < 1000
    assert peak.resident < MEMORY // 10
    kb.close()


def test_an_explanation_without_end_is_stopped(disputed: SmallBase) -> None:
    kb = disputed.kb()
    answer = kb.query(CAPPED["one of a product"], seconds=10)
    assert isinstance(answer.origin, AskedThere)
    hurried = replace(answer, origin=replace(answer.origin, seconds=SECONDS))
    with (
        watched() as peak,
        pytest.raises(QueryError, match=r"Explaining the answer was stopped after 0\.25 seconds"),
    ):
        hurried.explain(caps=NO_CAPS)
    assert peak.resident < MEMORY
    assert len(answer.explain()) == 1
    kb.close()


def test_an_answer_that_cannot_be_explained_in_time_is_not_printed(
    disputed: SmallBase, run_cli: RunCli, tmp_path: Path
) -> None:
    file = tmp_path / "q.rq"
    file.write_text(EVERY_ONE, "utf-8")
    ran = _refused(run_cli, disputed, file, "--explain", "all")
    assert "was stopped" in ran.err
    assert run_cli("query", *disputed.options(), str(file), "--explain", "none").code == 0


@pytest.mark.parametrize("value", INJECTED)
def test_a_text_given_as_a_parameter_is_only_a_text(disputed: SmallBase, run_cli: RunCli, value: str) -> None:
    before = disputed.digests()
    given = ("-n", "added-since", "-p", "since=2026-01-01", "-p", f"word={value}", "-f", "csv")
    ran = run_cli("query", *disputed.options(), *given)
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == 1
    assert disputed.digests() == before


@pytest.mark.parametrize(
    "value",
    [
        "a> } SERVICE <http://127.0.0.1/> { ?s ?p <b",
        "office:x . ?s ?p ?o",
        "office:har>bour",
        '"',
        "?x",
    ],
)
def test_an_iri_given_as_a_parameter_is_one_of_the_base(
    disputed: SmallBase, run_cli: RunCli, value: str
) -> None:
    ran = run_cli("query", *disputed.options(), "-n", "who-keeps", "-p", f"office={value}")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("onrecord: ") == 1
