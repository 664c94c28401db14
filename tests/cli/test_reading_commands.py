"""`show`, `list`, `stats`, `changes` and `find-quote` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import RunCli
from golden_files import assert_golden
from small_base import SmallBase


def test_show_takes_every_way_to_name_a_claim(run_cli: RunCli, disputed: SmallBase) -> None:
    names = ("damage-goes-to-the-board", "claim:damage-goes-to-the-board")
    iri = "https://w3id.org/onrecord/kb/claim/damage-goes-to-the-board"
    shown = [run_cli("show", *disputed.options(), name) for name in (*names, iri, f"<{iri}>")]
    assert {r.code for r in shown} == {0} and len({r.out for r in shown}) == 1
    assert "found by text" in shown[0].out
    assert "found" not in run_cli("show", *disputed.options(), "--no-check", names[0]).out


def test_show_prints_several_claims(run_cli: RunCli, disputed: SmallBase) -> None:
    ran = run_cli(
        "show", *disputed.options(), "damage-goes-to-the-board", "number-of-reports-kept", "-f", "json"
    )
    assert [entry["gap"] for entry in json.loads(ran.out)] == [False, True]


def test_show_without_such_a_claim_is_2(run_cli: RunCli, disputed: SmallBase) -> None:
    for name in ("nothing", "source:quay-paper", "a b", "<>", ""):
        ran = run_cli("show", *disputed.options(), name)
        assert ran.code == 2 and "No claim" in ran.err and not ran.out


def test_list_as_text_and_json(run_cli: RunCli, disputed: SmallBase) -> None:
    ran = run_cli("list", *disputed.options())
    assert_golden("list.txt", ran.out)
    data = json.loads(run_cli("list", *disputed.options(), "-f", "json").out)
    assert [entry["claim"].rsplit("/", 1)[1] for entry in data] == sorted(
        entry["claim"].rsplit("/", 1)[1] for entry in data
    )


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--source", "quay-paper"), "3 claims"),
        (("--source", "quay-paper", "--source", "harbour-rules"), "5 claims"),
        (("--standing", "official-statement"), "0 claims"),
        (("--standing", "oversight-finding"), "1 claim"),
        (("--outcome", "unchecked"), "3 claims"),
        (("--outcome", "found", "--topic", "topic:contact"), "2 claims"),
        (("--entity", "office:inspector-of-quays"), "1 claim"),
        (("--verdict", "contradicted"), "1 claim"),
        (("--gaps",), "1 claim"),
        (("--retired",), "1 claim"),
        (("--current", "--as-of", "2025-01-01"), "6 claims"),
    ],
)
def test_list_by(run_cli: RunCli, disputed: SmallBase, options: tuple[str, ...], count: str) -> None:
    assert run_cli("list", *disputed.options(), *options).out.splitlines()[-1] == count


@pytest.mark.parametrize(
    "options", [("--source", "none"), ("--topic", "none"), ("--entity", "none"), ("--standing", "none")]
)
def test_list_by_what_is_not_there_is_2(
    run_cli: RunCli, disputed: SmallBase, options: tuple[str, ...]
) -> None:
    ran = run_cli("list", *disputed.options(), *options)
    assert (ran.code, ran.out) == (2, "")


def test_stats_as_text_and_json(run_cli: RunCli, disputed: SmallBase) -> None:
    text = run_cli("stats", *disputed.options())
    data = json.loads(run_cli("stats", *disputed.options(), "-f", "json").out)
    assert text.code == 0 and data["claims"]["all"] == 7


def test_changes_since(run_cli: RunCli, disputed: SmallBase) -> None:
    ran = run_cli("changes", *disputed.options(), "--since", "2026-11-04", "-f", "json")
    assert [entry["what"] for entry in json.loads(ran.out)] == ["added", "added", "contradicted"]
    only = run_cli("changes", *disputed.options(), "--kind", "retired")
    assert only.out.startswith("2026-11-02  1 retired\n  superseded claim:line-open-on-weekends")
    bad = run_cli("changes", *disputed.options(), "--since", "last week")
    assert bad.code == 2 and "is no date" in bad.err


def test_find_quote_exits_with_0_on_a_hit_and_1_without(run_cli: RunCli, disputed: SmallBase) -> None:
    hit = run_cli("find-quote", *disputed.options(), "every", "report of damage")
    assert hit.code == 0 and "2 hits in 2 texts searched." in hit.out
    miss = run_cli("find-quote", *disputed.options(), "-f", "json", "every report of damages")
    assert miss.code == 1 and json.loads(miss.out)["near"]
    assert run_cli("find-quote", *disputed.options(), "--", "...").code == 2
    assert run_cli("find-quote", *disputed.options(), "--source", "../x", "every report").code == 2


def test_a_result_can_go_to_a_file(run_cli: RunCli, disputed: SmallBase, tmp_path: Path) -> None:
    target = tmp_path / "claim.txt"
    ran = run_cli("show", *disputed.options(), "-o", str(target), "number-of-reports-kept")
    assert ran.out == "" and target.read_text("utf-8").startswith("claim:number-of-reports-kept\nGAP")
