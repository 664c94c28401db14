"""`onrecord flow`: formats, filters, routes, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

import flow_base
from command_line import RunCli
from onrecord.cli.main import COMMANDS
from small_base import SmallBase


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> SmallBase:
    """A base with referrals of every kind."""
    return flow_base.make(tmp_path_factory.mktemp("flow"))


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is in the table."""
    monkeypatch.setitem(COMMANDS, "flow", "Show who passes allegations on to whom, with the claims.")


def test_text_is_the_default(run_cli: RunCli, harbour: SmallBase) -> None:
    ran = run_cli("flow", *harbour.options())
    assert ran.code == 0
    assert "\u2514\u2500 \u2192 Inspector of Quays [1]" in ran.out
    assert "found by text" in ran.out
    assert "a quotation fails its check: absent: claim:inspector-tells-owners" in ran.out


def test_no_check_leaves_checks_out(run_cli: RunCli, harbour: SmallBase) -> None:
    ran = run_cli("flow", "--no-check", *harbour.options())
    assert "found by text" not in ran.out
    assert "claim:inspector-tells-owners \u00b7 reporting" in ran.out


@pytest.mark.parametrize(
    ("format_", "start"), [("mermaid", "flowchart LR\n"), ("dot", "digraph flow {\n"), ("svg", "<svg ")]
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
    ends = ("--from", "harbour-master", "--to", "the board")
    ran = run_cli("flow", *ends, *harbour.options())
    assert ran.code == 0
    assert ran.out.startswith("2 routes from harbour master to Harbour Board")
    assert "! only practice; only reported" in ran.out
    data = json.loads(run_cli("flow", "-f", "json", *ends, *harbour.options()).out)
    assert [route["weak_steps"] for route in data["routes"]] == [[], [1, 2]]
    drawn = run_cli("flow", "-f", "svg", *ends, *harbour.options())
    assert etree.fromstring(drawn.out.encode())[0].text == "Routes from harbour master to Harbour Board"


def test_nothing_on_record_exits_with_1(run_cli: RunCli, harbour: SmallBase) -> None:
    none = run_cli("flow", "--matter", "civil-rights", *harbour.options())
    assert (none.code, none.out.splitlines()[0]) == (1, "Not on record: no referral that fits.")
    no_route = run_cli("flow", "--from", "the board", "--to", "owners", *harbour.options())
    assert no_route.code == 1
    assert no_route.out.startswith("Not on record: no route from Harbour Board to owners.")


@pytest.mark.parametrize(
    "wrong",
    [
        ("--from", "the board"),
        ("--to", "the board"),
        ("--from", "the board", "--to", "owners", "--office", "owners"),
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
