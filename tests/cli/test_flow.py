"""`onrecord flow`: formats, filters, routes, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

import flow_base
from command_line import RunCli
from small_base import SmallBase


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> SmallBase:
    """A base with referrals of every kind."""
    return flow_base.make(tmp_path_factory.mktemp("flow"))


def test_text_is_the_default(run_cli: RunCli, harbour: SmallBase) -> None:
    ran = run_cli("flow", *harbour.options())
    assert ran.code == 0
    assert "\u251c\u2500 \u2192 Harbour Board [1]" in ran.out
    assert "found by text" in ran.out
    assert "a quotation fails its check: absent: claim:inspector-tells-owners" in ran.out


def test_no_check_leaves_checks_out(run_cli: RunCli, harbour: SmallBase) -> None:
    ran = run_cli("flow", "--no-check", *harbour.options())
    assert "found by text" not in ran.out
    assert "claim:inspector-tells-owners \u00b7 reporting" in ran.out


@pytest.mark.parametrize(
    ("format_", "start"),
    [
        ("mermaid", "---\ntitle: "),
        ("dot", "digraph flow {\n"),
        ("svg", "<svg "),
        ("html", "<!DOCTYPE html>"),
    ],
)
def test_pictures(run_cli: RunCli, harbour: SmallBase, tmp_path: Path, format_: str, start: str) -> None:
    target = tmp_path / "flow.out"
    ran = run_cli("flow", "-f", format_, "-o", str(target), *harbour.options())
    assert (ran.code, ran.out) == (0, "")
    assert target.read_text("utf-8").startswith(start)


def test_json_and_filters(run_cli: RunCli, harbour: SmallBase) -> None:
    filters = ("--matter", "Criminal Misconduct", "--office", "owners", "--as-of", "2024-01-01")
    ran = run_cli("flow", "-f", "json", *filters, *harbour.options())
    data = json.loads(ran.out)
    assert ran.code == 0
    assert data["wanted"]["as_of"] == "2024-01-01"
    assert {edge["from"]["label"] for edge in data["edges"]} == {"owners"}
    assert [note["note"] for note in data["notes"]] == [1]


def test_routes(run_cli: RunCli, harbour: SmallBase) -> None:
    ends = ("--from", "harbour-master", "--to", "the board", "--include", "alleged")
    ran = run_cli("flow", *ends, *harbour.options())
    assert ran.code == 0
    assert ran.out.startswith("2 routes from harbour master to Harbour Board")
    assert "! only practice; only reported" in ran.out
    data = json.loads(run_cli("flow", "-f", "json", *ends, *harbour.options()).out)
    assert [route["weak_steps"] for route in data["routes"]] == [[], [1, 2]]
    drawn = run_cli("flow", "-f", "svg", *ends, *harbour.options())
    assert etree.fromstring(drawn.out.encode())[0].text == "Routes from harbour master to Harbour Board"


def test_what_leaves_and_what_reaches_an_office(run_cli: RunCli, harbour: SmallBase) -> None:
    leaves = json.loads(run_cli("flow", "--from", "owners", "-f", "json", *harbour.options()).out)
    assert {edge["from"]["label"] for edge in leaves["edges"]} == {"owners"}
    assert (leaves["wanted"]["from"]["label"], leaves["wanted"]["steps"]) == ("owners", 1)
    far = json.loads(
        run_cli("flow", "--from", "owners", "--steps", "0", "-f", "json", *harbour.options()).out
    )
    assert len(far["edges"]) > len(leaves["edges"])
    reaches = run_cli("flow", "--to", "inspector-of-quays", *harbour.options())
    assert reaches.code == 0
    assert "what reaches Inspector of Quays, 1 step far" in " ".join(reaches.out.split())


def test_include_widens_as_elsewhere(run_cli: RunCli, harbour: SmallBase) -> None:
    plain = run_cli("flow", *harbour.options())
    assert "only alleged; shown with --include alleged: claim:board-hands-reports-back" in plain.out
    wide = run_cli("flow", "--include", "alleged", "--include", "superseded", *harbour.options())
    assert "only alleged by owners" in wide.out
    assert "RETIRED: retracted" in wide.out


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(
    run_cli: RunCli, harbour: SmallBase
) -> None:
    ran = run_cli("flow", "--office", "Harbor Board", *harbour.options())
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean Harbour Board (office:harbour-board)" in ran.err


def test_a_name_that_several_bear_is_answered_with_all_of_them(
    run_cli: RunCli, harbour: SmallBase, tmp_path: Path
) -> None:
    small = harbour.copy(tmp_path)
    with (small.layout.facts / "entities.ttl").open("a", encoding="utf-8") as entities:
        entities.write('office:fish-board a ov:Office ; skos:prefLabel "The Board"@en .\n')
    ran = run_cli("flow", "--office", "board", *small.options())
    assert ran.code == 2
    assert "Several are called 'board': office:fish-board, office:harbour-board." in ran.err


def test_nothing_on_record_exits_with_1(run_cli: RunCli, harbour: SmallBase) -> None:
    none = run_cli("flow", "--matter", "civil-rights", *harbour.options())
    assert (none.code, none.out.splitlines()[0]) == (1, "Not on record: no referral that fits.")
    no_route = run_cli("flow", "--from", "the board", "--to", "owners", *harbour.options())
    assert no_route.code == 1
    assert no_route.out.startswith("Not on record: no route from Harbour Board to owners.")
    assert "Harbour Board passes on only to Inspector of Quays." in no_route.out
    assert "There is a route the other way, from owners to Harbour Board." in no_route.out


@pytest.mark.parametrize(
    "wrong",
    [
        ("--from", "the board", "--to", "owners", "--office", "owners"),
        ("--from", "the board", "--office", "owners"),
        ("--steps", "2"),
        ("--from", "the board", "--steps", "-1"),
        ("--from", "nobody"),
        ("--from", ""),
        ("--office", ""),
        ("--to", "nobody"),
        ("--include", "everything"),
        ("--office", "nobody"),
        ("--matter", "nothing"),
        ("--as-of", "yesterday"),
        ("-f", "png"),
    ],
)
def test_wrong_arguments_exit_with_2(run_cli: RunCli, harbour: SmallBase, wrong: tuple[str, ...]) -> None:
    ran = run_cli("flow", *wrong, *harbour.options())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
