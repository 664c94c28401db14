"""`onrecord source`: filing texts, listing and showing sources; options before and after its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import RunCli
from golden_files import assert_golden
from small_base import PAPER_TEXT, SmallBase


def test_filing_a_text_says_its_words_and_digests(
    run_cli: RunCli, disputed_copy: SmallBase, tmp_path: Path
) -> None:
    file = tmp_path / "report.txt"
    file.write_text("Reports are kept as long as needed.", "utf-8")
    ran = run_cli("source", "add", *disputed_copy.options(), str(file), "--id", "harbour-report")
    assert ran.code == 0 and not ran.err
    assert ran.out.startswith("Filed harbour-report: 7 words by plain-text/1.\n  bytes sha256:")
    again = run_cli("source", "add", *disputed_copy.options(), str(file), "--id", "source:harbour-report")
    assert again.out == ran.out
    assert len(disputed_copy.kb().archive.captures("harbour-report")) == 1


def test_an_id_that_the_base_does_not_hold_is_filed_with_a_warning(
    run_cli: RunCli, disputed_copy: SmallBase, tmp_path: Path
) -> None:
    file = tmp_path / "new.txt"
    file.write_text("Some words.", "utf-8")
    ran = run_cli("source", "add", *disputed_copy.options(), str(file), "--id", "brand-new", "-f", "json")
    assert ran.code == 0 and "no source 'brand-new'" in ran.err
    assert json.loads(ran.out)["warnings"]


def test_another_text_than_the_committed_one_is_said_to_be_so(
    run_cli: RunCli, disputed_copy: SmallBase, tmp_path: Path
) -> None:
    file = tmp_path / "paper.txt"
    file.write_text(PAPER_TEXT.replace("41", "42"), "utf-8")
    ran = run_cli("source", "add", *disputed_copy.options(), str(file), "--id", "quay-paper")
    assert ran.code == 0 and "not the text that the base commits to" in ran.err
    shown = run_cli("source", "show", *disputed_copy.options(), "quay-paper").out
    assert "not the one that was committed to" in shown
    assert " other " in run_cli("source", "list", *disputed_copy.options()).out


@pytest.mark.parametrize("bad", ["../../etc/passwd", "a/b", "A", "", ".", "a..b", "-x", "a\n"])
def test_an_id_that_is_no_slug_is_refused(
    run_cli: RunCli, disputed_copy: SmallBase, tmp_path: Path, bad: str
) -> None:
    file = tmp_path / "x.txt"
    file.write_text("Some words.", "utf-8")
    before = sorted(p for p in disputed_copy.archive.rglob("*"))
    ran = run_cli("source", "add", *disputed_copy.options(), str(file), f"--id={bad}")
    assert (ran.code, ran.out) == (2, "") and "is no id of a source" in ran.err
    assert sorted(p for p in disputed_copy.archive.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("missing.txt", None, "No such file"),
        ("empty.txt", b"", "No words"),
        ("paper.pdf", b"%PDF-1.7", "PDF cannot be extracted"),
        ("latin.txt", b"caf\xe9", "Not UTF-8"),
        ("image.png", b"\x89PNG\x00\x00", "zero bytes"),
    ],
)
def test_a_file_that_cannot_be_filed_is_2(
    run_cli: RunCli, disputed_copy: SmallBase, tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    ran = run_cli("source", "add", *disputed_copy.options(), str(file), "--id", "harbour-report")
    assert (ran.code, ran.out) == (2, "") and said in ran.err


def test_the_list_of_sources(run_cli: RunCli, disputed: SmallBase) -> None:
    assert_golden("source-list.txt", run_cli("source", "list", *disputed.options()).out)
    lacking = json.loads(run_cli("source", "list", *disputed.options(), "--lacking", "-f", "json").out)
    assert [s["source"].rsplit("/", 1)[1] for s in lacking] == ["harbour-report"]
    assert lacking[0]["text_at_hand"] is False and lacking[0]["citation_count"] == 3


def test_one_source_with_references_commitment_and_citations(run_cli: RunCli, disputed: SmallBase) -> None:
    assert_golden("source-quay-paper.txt", run_cli("source", "show", *disputed.options(), "quay-paper").out)
    data = json.loads(run_cli("source", "show", *disputed.options(), "quay-paper", "-f", "json").out)
    assert [r.get("unresolved", "") for r in data["references"]] == ["", "no list of sources was kept"]
    assert data["same_text"] is True and len(data["citations"]) == 3
    missing = run_cli("source", "show", *disputed.options(), "none")
    assert missing.code == 2 and "No source 'none'" in missing.err


def test_options_stand_before_or_after_each_name(run_cli: RunCli, disputed: SmallBase) -> None:
    options = disputed.options()
    ran = [
        run_cli("source", "list", *options),
        run_cli(*options, "source", "list"),
        run_cli("source", *options, "list"),
        run_cli(*options[:2], "source", *options[2:], "list"),
    ]
    assert {r.code for r in ran} == {0} and len({r.out for r in ran}) == 1
    assert json.loads(run_cli("-f", "json", *options, "source", "list").out)


def test_an_option_that_the_subcommand_does_not_have_is_refused(run_cli: RunCli, disputed: SmallBase) -> None:
    ran = run_cli("--include", "alleged", *disputed.options(), "source", "list")
    assert ran.code == 2 and "--include is no option of 'onrecord source list'" in ran.err
    assert run_cli("-f", "xml", *disputed.options(), "source", "list").code == 2
