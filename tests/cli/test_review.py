"""`onrecord review`: the walk at a terminal, the list, verdicts from a file; and `source coverage`."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import RunCli
from onrecord.filing.reviewing import read_reviews
from onrecord.store.layout import Layout
from onrecord.store.reviews import ReviewVerdict
from small_base import ROOT, SmallBase

RUN = [sys.executable, "-c", "from onrecord.cli.main import run; run()"]
WAITS = ("[q]uit: ", "(may be empty): ")


def walk(small: SmallBase, *answers: str, options: tuple[str, ...] = ()) -> tuple[int, str]:
    """Answer the questions of a walk at a terminal of its own; without more answers, the input ends."""
    own, theirs = pty.openpty()
    process = subprocess.Popen(
        [*RUN, "review", *small.options(), *options],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "TERM": "dumb"},
    )
    os.close(theirs)
    shown, left = "", [*answers, "\x04"]
    while select.select([own], [], [], 60)[0]:
        try:
            data = os.read(own, 65536)
        except OSError:  # the other side is closed
            break
        shown += data.decode()
        if shown.endswith(WAITS) and left:
            answer = left.pop(0)
            os.write(own, answer.encode() if answer == "\x04" else f"{answer}\n".encode())
    os.close(own)
    return process.wait(timeout=60), shown


def verdicts(small: SmallBase) -> list[tuple[ReviewVerdict, str]]:
    return [(r.verdict, r.reason) for _, r in sorted(read_reviews(small.layout).items())]


def test_a_walk_records_each_answer_with_method_and_date(disputed_copy: SmallBase) -> None:
    code, shown = walk(
        disputed_copy, "s", "p", "a part only", "k", "x", "D", "", "q", options=("--date", "2026-11-20")
    )
    assert code == 0 and "1 of 7" in shown and "'x' is not one of" in shown
    assert "Recorded 3 reviews; 4 citations still to be read." in shown
    found = read_reviews(disputed_copy.layout).values()
    assert sorted((r.verdict, r.reason) for r in found) == [
        (ReviewVerdict.CONFIRMED, ""),
        (ReviewVerdict.NOT_SUPPORTED, ""),
        (ReviewVerdict.PARTLY, "a part only"),
    ]
    assert {(r.method, r.reviewed_on) for r in found} == {
        ("read by one person beside the text", "2026-11-20")
    }
    assert "\x1b[31m" not in shown


def test_a_walk_goes_on_where_it_was_left(disputed_copy: SmallBase) -> None:
    options = ("--source", "quay-paper", "--method", "read aloud")
    assert "1 of 2" in walk(disputed_copy, "s", options=options)[1]
    code, shown = walk(disputed_copy, "s", options=options)
    assert code == 0 and "1 of 1" in shown and "Recorded 1 review; 0 citations still" in shown
    assert "Recorded 0 reviews; 0 citations" in walk(disputed_copy, options=options)[1]
    assert {r.method for r in read_reviews(disputed_copy.layout).values()} == {"read aloud"}


def test_the_end_of_input_ends_a_walk_and_keeps_what_was_answered(disputed_copy: SmallBase) -> None:
    code, shown = walk(disputed_copy, "s", "p")
    assert code == 0 and "Recorded 1 review; 6 citations still to be read." in shown
    assert verdicts(disputed_copy) == [(ReviewVerdict.CONFIRMED, "")]


def test_void_reviews_are_read_again(disputed_copy: SmallBase) -> None:
    options = ("--claim", "board-closed-41-of-60")
    walk(disputed_copy, "s", options=options)
    file = disputed_copy.layout.claims / "harbour.trig"
    text = file.read_text("utf-8").replace("In 2023 the Harbour Board closed", "The Harbour Board closed")
    file.write_text(text, "utf-8")
    _, shown = walk(disputed_copy, "d", "no year", options=options)
    assert "1 of 1" in shown and "review void" in shown
    assert verdicts(disputed_copy) == [(ReviewVerdict.NOT_SUPPORTED, "no year")]


def test_a_claim_that_is_named_is_read_again(disputed_copy: SmallBase) -> None:
    options = ("--claim", "board-closed-41-of-60")
    walk(disputed_copy, "d", "", options=options)
    _, shown = walk(disputed_copy, "s", options=options)
    assert "1 of 1" in shown and "reviewed: not supported" in shown
    assert verdicts(disputed_copy) == [(ReviewVerdict.CONFIRMED, "")]


def test_nobody_can_be_asked_without_a_terminal(disputed_copy: SmallBase) -> None:
    ran = subprocess.run(
        [*RUN, "review", *disputed_copy.options()],
        input="s\n",
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert ran.returncode == 2 and "nobody can be asked" in ran.stderr and not ran.stdout
    assert not (disputed_copy.layout.facts / "reviews.ttl").exists()


def test_the_list_and_verdicts_from_a_file(run_cli: RunCli, disputed_copy: SmallBase, tmp_path: Path) -> None:
    options = disputed_copy.options()
    listed = json.loads(run_cli("review", *options, "--list", "-f", "json").out)
    assert listed["counts"]["none"] == 7
    file = tmp_path / "verdicts.jsonl"
    entries = [{"iri": c["iri"], "digest": c["digest"], "verdict": "confirmed"} for c in listed["citations"]]
    file.write_text("\n".join(json.dumps(e) for e in entries), "utf-8")
    ran = run_cli("review", *options, "--import", str(file), "--method", "read", "--date", "2026-11-19")
    assert (ran.code, ran.out) == (0, "Recorded 7 reviews.\n")
    assert "confirmed          7\n" in run_cli("review", *options, "--list").out
    assert "confirmed          2\n" in run_cli("review", *options, "--list", "--source", "quay-paper").out
    shown = run_cli("show", *options, "damage-goes-to-the-board").out
    assert "reviewed: confirmed on 2026-11-19 (read)" in shown
    assert re.search(r"^reviews\n  confirmed +7\n", run_cli("stats", *options).out, re.MULTILINE)


def test_a_refused_file_changes_nothing(run_cli: RunCli, disputed_copy: SmallBase, tmp_path: Path) -> None:
    file = tmp_path / "verdicts.jsonl"
    file.write_text('{"iri": "claim:none", "verdict": "confirmed"}', "utf-8")
    before = disputed_copy.digests()
    ran = run_cli("review", *disputed_copy.options(), "--import", str(file))
    assert (ran.code, ran.out) == (2, "") and "the base holds no citation 'claim:none'" in ran.err
    missing = run_cli("review", *disputed_copy.options(), "--import", str(tmp_path / "none"))
    assert missing.code == 2 and "No such file" in missing.err
    assert disputed_copy.digests() == before


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--import", "x", "--list"), "--import takes the whole file"),
        (("--import", "x", "--source", "quay-paper"), "--import takes the whole file"),
        (("--list", "--method", "read"), "not with --list"),
        (("--import", "x", "-f", "json"), "are for --list"),
        (("--by", "Somebody"), "No such option"),
        (("--list", "--source", "none"), "No source 'none'"),
        (("--list", "--claim", "none"), "No claim 'none'"),
        (("--import", "-", "--method", " "), "A review says how it was done"),
    ],
)
def test_what_makes_no_sense_is_2(
    run_cli: RunCli, disputed: SmallBase, given: tuple[str, ...], said: str
) -> None:
    ran = run_cli("review", *disputed.options(), *given)
    assert (ran.code, ran.out) == (2, "") and said in ran.err


def test_the_shipped_base_is_not_written_to(
    run_cli: RunCli, disputed: SmallBase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Layout, "is_bundled", property(lambda self: True))
    file = tmp_path / "verdicts.jsonl"
    citation = next(disputed.kb().base.claims()).citations[0]
    file.write_text(json.dumps({"iri": citation.iri, "verdict": "confirmed"}), "utf-8")
    before = disputed.digests()
    ran = run_cli("review", *disputed.options(), "--import", str(file))
    assert ran.code == 2 and "not to be written to" in ran.err
    assert disputed.digests() == before


def test_coverage_exits_with_1_when_a_marked_sentence_holds_no_quotation(
    run_cli: RunCli, disputed: SmallBase
) -> None:
    ran = run_cli("source", "coverage", *disputed.options(), "quay-paper")
    assert ran.code == 1 and "quay-paper, [1]: no quotation in\n    The complaints desk" in ran.out
    assert "quay-paper          5       2       3       2     66 %" in ran.out
    data = json.loads(run_cli("source", "coverage", *disputed.options(), "-f", "json").out)
    assert [entry["marked"] for entry in data] == [0, 3]
    assert run_cli("source", "coverage", *disputed.options(), "harbour-rules").code == 0


def test_every_key_of_the_data_is_documented(run_cli: RunCli, disputed: SmallBase) -> None:
    page = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "asking.md").read_text("utf-8")))
    for arguments in (("review", "--list"), ("source", "coverage", "quay-paper")):
        text = run_cli(*arguments, *disputed.options(), "-f", "json").out
        assert set(re.findall(r'"([a-z_]+)":', text)) <= page


def test_coverage_without_a_text_is_2(run_cli: RunCli, disputed: SmallBase) -> None:
    ran = run_cli("source", "coverage", *disputed.options(), "harbour-report")
    assert (ran.code, ran.out) == (2, "") and "onrecord source add FILE --id harbour-report" in ran.err
