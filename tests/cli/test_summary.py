"""`onrecord summary`: subjects, formats, lists of claims, and the audit of a written file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import RunCli
from onrecord.cli import main
from shipped import ROOT
from small_base import SmallBase

KB = ("--kb", str(ROOT))


@pytest.fixture(autouse=True)
def in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command by its name, whether or not the table has it."""
    monkeypatch.setitem(main.COMMANDS, "summary", "Write a sourced summary to publish, or audit one.")


@pytest.mark.parametrize("chosen", ["markdown", "html", "json"])
def test_a_summary_is_written_and_its_audit_finds_nothing(
    run_cli: RunCli, tmp_path: Path, chosen: str
) -> None:
    file = str(tmp_path / "out")
    ran = run_cli("summary", "JIC", *KB, "-f", chosen, "-o", file, "--check", file)
    assert (ran.code, ran.out) == (0, "") and "nothing found against it" in ran.err
    again = run_cli("summary", "--check", file, *KB)
    assert again.code == 0 and again.out.startswith("Checked ")


def test_an_audit_names_file_line_and_rule(run_cli: RunCli, tmp_path: Path) -> None:
    file = tmp_path / "out.md"
    run_cli("summary", "office:jic", *KB, "-o", str(file))
    text = file.read_text("utf-8")
    file.write_text(text.replace("on 17 February 2014", "on 18 February 2014"), "utf-8")
    ran = run_cli("summary", "--check", str(file), *KB)
    assert ran.code == 1 and f"{file}:" in ran.out and "violation [summary-differs]" in ran.out
    data = json.loads(run_cli("summary", "--check", str(file), *KB, "-f", "json").out)
    assert [f["rule"] for f in data["findings"]] == ["summary-stamp", "summary-differs"]


def test_a_question_is_a_subject(run_cli: RunCli) -> None:
    ran = run_cli("summary", "who-answers-to-whom", *KB)
    assert ran.code == 0 and ran.out.startswith("# Who") and "[^1]: `claim:" in ran.out
    one = run_cli("summary", "question:time-limits", "-p", "office=opr", *KB)
    assert one.code == 0 and "question:time-limits office=opr" in one.out.replace("\\", "")


def test_a_list_of_claims_is_told_whole(run_cli: RunCli, tmp_path: Path) -> None:
    listed = tmp_path / "claims.txt"
    listed.write_text("# two\ncbp-has-own-opr\n\nclaim:cbp-opr-misconduct-research\n", "utf-8")
    ran = run_cli("summary", "--claims", str(listed), "--title", "CBP OPR", *KB, "-f", "json")
    data = json.loads(ran.out)
    assert ran.code == 0 and data["title"] == "CBP OPR" and len(data["notes"]) == 2


def test_as_of_is_said_and_kept_to(run_cli: RunCli) -> None:
    ran = run_cli("summary", "office:jic", *KB, "--as-of", "2020-01-31")
    assert ran.code == 0 and "*As of 2020-01-31. " in ran.out
    assert run_cli("summary", "office:jic", *KB, "--as-of", "yesterday").code == 2


def test_a_list_says_which_of_its_claims_are_not_told(
    run_cli: RunCli, disputed: SmallBase, tmp_path: Path
) -> None:
    listed = tmp_path / "claims.txt"
    listed.write_text(
        "line-open-on-weekends\n\ufeffclaim:line-open-on-weekdays\nline-open-on-weekdays\n"
        "https://w3id.org/onrecord/kb/claim/board-keeps-reports-two-years\n".replace("\ufeff", ""),
        "utf-8-sig",
    )
    ran = run_cli("summary", "--claims", str(listed), *disputed.options())
    assert ran.code == 0 and ran.out.startswith("# Claims on record") and ran.out.count("[^1]:") == 1
    assert "claim:line-open-on-weekends is not told: superseded." in ran.err
    assert "claim:board-keeps-reports-two-years is not told: contradicted by other claims." in ran.err
    listed.write_text("line-open-on-weekends\n", "utf-8")
    none = run_cli("summary", "--claims", str(listed), *disputed.options())
    assert (none.code, none.out) == (1, "") and "Not on record" in none.err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "names no claim"),
        (b"# nothing\n\n", "names no claim"),
        (b"no-such-claim\n", "no-such-claim"),
        (b"topic:referral\n", "topic:referral"),
        (b"claim:a b\n", "one name"),
        (b"\xff\xfe\n", "Not UTF-8"),
        (b"<script>\n", "<script>"),
    ],
)
def test_lists_that_cannot_be_told_say_why(
    run_cli: RunCli, disputed: SmallBase, tmp_path: Path, data: bytes, said: str
) -> None:
    listed = tmp_path / "claims.txt"
    listed.write_bytes(data)
    ran = run_cli("summary", "--claims", str(listed), *disputed.options())
    assert (ran.code, ran.out) == (2, "") and said in ran.err
    folder = run_cli("summary", "--claims", str(tmp_path), *disputed.options())
    assert folder.code == 2 and "folder" in folder.err


def test_what_is_near_is_named(run_cli: RunCli) -> None:
    ran = run_cli("summary", "outcome:substantiated", *KB)
    assert (ran.code, ran.out) == (1, "") and "Near it: outcome:" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Give a SUBJECT"),
        (("jic", "--claims", "x"), "not both"),
        (("jic", "--title", "x"), "--title goes with --claims"),
        (("referal",), "Did you mean 'referral'"),
        (("office:oig",), "Did you mean 'office:dhs-oig'"),
        (("--claims", "nowhere.txt"), "nowhere.txt"),
        (("--check", "nowhere.md"), "nowhere.md"),
        (("time-limits", "-p", "office"), "has no value"),
    ],
)
def test_what_cannot_be_done_says_why(run_cli: RunCli, arguments: tuple[str, ...], said: str) -> None:
    ran = run_cli("summary", *arguments, *KB)
    assert (ran.code, ran.out) == (2, "") and said in ran.err


def test_nothing_on_record_is_one(run_cli: RunCli, disputed: SmallBase) -> None:
    ran = run_cli("summary", "office:harbour-master", *disputed.options(), "--as-of", "2019-01-01")
    assert ran.code in (0, 1)
    none = run_cli("summary", "topic:capacity", *disputed.options())
    assert (none.code, none.out) == (1, "") and "Not on record: nothing about topic:capacity" in none.err
