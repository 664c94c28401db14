"""`onrecord query`: ways to give a query, the answer alone in every format, exit codes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import RunCli
from golden_files import assert_golden
from small_base import SmallBase

GAPS = "SELECT ?claim ?s { ?claim a onr:Gap ; onr:statement ?s }"
PLAIN = "--plain"


def test_a_query_on_the_command_line_in_a_file_and_on_standard_input(
    run_cli: RunCli, disputed: SmallBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "gaps.rq"
    file.write_text(GAPS, "utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GAPS.encode())))
    ran = [
        run_cli("query", *disputed.options(), PLAIN, *given) for given in (("-e", GAPS), (str(file),), ("-",))
    ]
    assert {r.code for r in ran} == {0} and len({r.out for r in ran}) == 1
    assert_golden("query-gaps.txt", ran[0].out)


@pytest.mark.parametrize("chosen", ["csv", "tsv", "json", "xml"])
def test_the_formats_for_programs(run_cli: RunCli, disputed: SmallBase, chosen: str) -> None:
    ran = run_cli("query", *disputed.options(), PLAIN, "-e", GAPS, "-f", chosen)
    assert ran.code == 0 and not ran.err
    assert_golden(f"query-gaps.{chosen}", ran.out)


def test_triples_are_printed_as_turtle(run_cli: RunCli, disputed: SmallBase) -> None:
    ran = run_cli("query", *disputed.options(), PLAIN, "-e", "CONSTRUCT { ?c a onr:Gap } { ?c a onr:Gap }")
    assert ran.out.endswith("claim:number-of-reports-kept a onr:Gap .\n")
    refused = run_cli("query", *disputed.options(), "-f", "csv", "-e", "CONSTRUCT WHERE { ?c a onr:Gap }")
    assert refused.code == 2 and "Choose turtle" in refused.err and not refused.out


def test_no_rows_is_no_failure(run_cli: RunCli, disputed: SmallBase) -> None:
    ran = run_cli("query", *disputed.options(), "-e", "SELECT * { ?s a onr:Nothing }")
    assert ran.code == 0 and ran.out.endswith("0 rows\n")
    assert run_cli("query", *disputed.options(), PLAIN, "-e", "ASK { ?s a onr:Nothing }").out == "no\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-e", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"), "another server"),
        (("-e", "DROP ALL"), "would change the base"),
        (("-e", "SELECT * {"), "query:1:11: The query ends where"),
        (("-e", "SELECT * { ?a foo:b ?c }"), "Unknown prefix 'foo:'"),
        (("-e", "SELECT * FROM <http://127.0.0.1/> { ?a ?b ?c }"), "The base holds no graph"),
        (("-e", "SELECT * { ?a ?b ?c }", "--limit-rows", "3"), "more than 3 rows"),
        (
            (
                "-e",
                "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
                "--timeout",
                "0.3",
            ),
            "stopped after 0.3 seconds",
        ),
        (("no-such-file.rq",), "No such file"),
        (("--name", "no-such-question"), "No question"),
        (("--name", "added-since"), "needs the parameter 'since'"),
        (("--name", "added-since", "-p", "since"), "has no value"),
        (("--name", "added-since", "-p", "since=2026-01-01", "-p", "since=2026-01-02"), "given twice"),
        (("-e", "ASK {}", "-p", "x=1"), "--param goes with --name"),
        (("-e", "ASK {}", "--name", "who-keeps"), "Give one query"),
        ((), "Give one query"),
        (("-e", "ASK {}", "--as-of", "yesterday"), "is no date"),
        (("-e", "ASK {}", "--as-of", "2026-13-40"), "is no date"),
        (("-e", "ASK {}", "--fail-on", "info"), "No such option"),
        (("-e", "ASK {}", "--plain", "--explain", "all"), "--plain leaves out"),
        (("-e", "ASK {}", "--plain", "--certify"), "--certify goes with rows that are explained"),
        (("-e", "ASK {}", "--explain", "none", "--check"), "--check goes with rows that are explained"),
        (("-e", "ASK {}", "--plain", "-f", "html"), "html is there for the notes"),
        (("-e", "ASK {}", "--explain", "page", "-f", "xml"), "xml has no place for --explain page"),
        (("-e", "ASK {}", "-f", "csv"), "ASK has no answer in the format csv"),
    ],
)
def test_what_cannot_run_exits_with_2_and_prints_nothing(
    run_cli: RunCli, disputed: SmallBase, arguments: tuple[str, ...], said: str
) -> None:
    ran = run_cli("query", *disputed.options(), *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err and "Traceback" not in ran.err


def test_a_failed_query_leaves_the_output_file_alone(
    run_cli: RunCli, disputed: SmallBase, tmp_path: Path
) -> None:
    target = tmp_path / "answer.txt"
    target.write_text("as it was", "utf-8")
    assert run_cli("query", *disputed.options(), "-o", str(target), "-e", "SELECT * {").code == 2
    assert target.read_text("utf-8") == "as it was"
    assert run_cli("query", *disputed.options(), PLAIN, "-o", str(target), "-e", "ASK {}").out == ""
    assert target.read_text("utf-8") == "yes\n"


def test_a_named_question_with_a_parameter(run_cli: RunCli, disputed: SmallBase) -> None:
    ran = run_cli(
        "query", *disputed.options(), PLAIN, "--name", "added-since", "-p", "since=2026-11-04", "-f", "csv"
    )
    assert ran.out.splitlines()[0] == "claim" and len(ran.out.splitlines()) == 3


def test_the_named_questions_are_listed(run_cli: RunCli, disputed: SmallBase) -> None:
    assert_golden("query-list.txt", run_cli("query", *disputed.options(), "--list").out)


def test_the_default_graph_is_widened_on_request(run_cli: RunCli, disputed: SmallBase) -> None:
    query = ("-f", "csv", "-e", "SELECT ?t { ?node ov:timeLimit ?t ; ov:activity activity:keep-records }")
    plain = run_cli("query", *disputed.options(), *query).out
    wider = run_cli(
        "--include", "contradicted", "query", *disputed.options(), "--include", "alleged",
        "--include", "contradicted", *query,
    ).out  # fmt: skip
    assert "two years" not in plain and "two years" in wider


def test_a_whole_command_in_a_process_of_its_own(disputed: SmallBase) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    command = [
        sys.executable,
        "-c",
        "from onrecord.cli.main import run; run()",
        *disputed.options(),
        "query",
        PLAIN,
    ]
    for query, code, out in (("ASK { ?x a onr:Gap }", 0, "yes\n"), ("CLEAR ALL", 2, "")):
        ran = subprocess.run([*command, "-e", query], env=environment, capture_output=True, text=True)
        assert (ran.returncode, ran.stdout) == (code, out)


def test_a_reader_that_closes_the_pipe_early_is_no_failure(disputed: SmallBase) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    command = [sys.executable, "-c", "from onrecord.cli.main import run; run()", *disputed.options()]
    with subprocess.Popen(
        [*command, "query", "-f", "csv", "-e", "SELECT * { ?s ?p ?o }"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait() == 0


def test_the_answer_is_the_same_each_time(run_cli: RunCli, disputed: SmallBase) -> None:
    query = ("query", *disputed.options(), "-f", "json", "-e", "SELECT * { ?s onr:statement ?o }")
    first, second = run_cli(*query).out, run_cli(*query).out
    assert first == second and len(json.loads(first)["results"]["bindings"]) == 7
