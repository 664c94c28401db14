"""The facade gives the objects that the commands print: same names, same defaults, same checks."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import flow_base
from command_line import RunCli
from onrecord.answers.ask.as_json import ask_data
from onrecord.answers.audit.as_json import audit_json
from onrecord.answers.flow.as_json import flow_data, routes_data
from onrecord.answers.sheet_json import as_json
from onrecord.answers.summary.as_json import summary_json
from onrecord.answers.summary.as_markdown import summary_markdown
from onrecord.answers.summary.checking import audited_data
from onrecord.errors import UnknownTerm, UnreadableFile
from onrecord.kb import KnowledgeBase
from small_base import SmallBase

DRAFT = """\
The harbour master must tell the Harbour Board of each alleged damage within 9 days.
The Inspector of Quays was founded in 1871.
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> SmallBase:
    """A base with claims of every kind, and a named question."""
    small = flow_base.make(tmp_path_factory.mktemp("facade"))
    folder = small.layout.facts / "questions"
    folder.mkdir(exist_ok=True)
    (folder / "reports-of.rq").write_text(
        "#+ title: Where an office sends reports\n#+ param office: an office\n"
        "SELECT ?office ?to ?claim WHERE {\n"
        "  GRAPH ?claim { ?r a ov:Referral ; ov:from ?office ; ov:to ?to } }\n",
        "utf-8",
    )
    return small


@pytest.fixture(scope="module")
def kb(harbour: SmallBase) -> KnowledgeBase:
    """That base, opened."""
    return harbour.kb()


def _printed(run_cli: RunCli, small: SmallBase, *arguments: str) -> Any:
    ran = run_cli(*arguments, "-f", "json", *small.options())
    assert ran.code in (0, 1), ran.err
    return json.loads(ran.out)


# the same as the commands -----------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["Where do reports of damage go?", "Who pays the salary of the clerk?"])
@pytest.mark.parametrize("as_of", ["", "2021-01-01"])
def test_ask_is_what_the_command_prints(
    kb: KnowledgeBase, harbour: SmallBase, run_cli: RunCli, question: str, as_of: str
) -> None:
    options = ["--as-of", as_of] if as_of else []
    asked = kb.ask(question, as_of=as_of)
    assert json.loads(as_json(ask_data(asked, kb.base))) == _printed(
        run_cli, harbour, "ask", question, *options
    )


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ({"subject": "the board"}, ["the board"]),
        ({"subject": "office:harbour-board", "most": 1}, ["harbour-board", "--most", "1"]),
        ({"subject": "harbour-master", "as_of": "2023-01-01"}, ["harbour-master", "--as-of", "2023-01-01"]),
        (
            {"subject": "reports-of", "parameters": {"office": "harbour-board"}},
            ["question:reports-of", "-p", "office=harbour-board"],
        ),
    ],
)
def test_summary_is_what_the_command_prints(
    kb: KnowledgeBase, harbour: SmallBase, run_cli: RunCli, arguments: dict[str, Any], options: list[str]
) -> None:
    found = kb.summary(**arguments)
    assert found.sentences
    assert json.loads(summary_json(found, kb.base)) == _printed(run_cli, harbour, "summary", *options)


def test_the_title_of_a_summary_of_a_named_question_is_checked(harbour: SmallBase) -> None:
    kb = harbour.kb()
    told = summary_markdown(kb.summary("question:reports-of", parameters={"office": "office:harbour-master"}))
    assert not kb.audit_summary(told).findings
    first, rest = told.split("\n", 1)
    rules = {finding.rule for finding in kb.audit_summary(f"{first} today\n{rest}").findings}
    assert "summary-title" in rules


def test_a_summary_of_claims_is_what_the_command_prints(
    kb: KnowledgeBase, harbour: SmallBase, run_cli: RunCli, tmp_path: Path
) -> None:
    names = ["board-may-refer-reports", "claim:damage-goes-to-the-board"]
    listed = tmp_path / "claims.txt"
    listed.write_text("\n".join(names), "utf-8")
    found = kb.summary("claims.txt", claims=names, title="Two")
    printed = _printed(run_cli, harbour, "summary", "--claims", str(listed), "--title", "Two")
    assert json.loads(summary_json(found, kb.base)) == printed
    assert kb.summary(claims=names[0]).subject == "claims"


def test_the_audit_of_a_summary_is_what_the_command_prints(
    kb: KnowledgeBase, harbour: SmallBase, run_cli: RunCli, tmp_path: Path
) -> None:
    written = summary_markdown(kb.summary("harbour-board")).replace("within 7 days", "within 9 days")
    file = tmp_path / "summary.md"
    file.write_text(written, "utf-8")
    audited = kb.audit_summary(file)
    assert audited.findings
    assert json.loads(as_json(audited_data(audited))) == _printed(
        run_cli, harbour, "summary", "--check", str(file)
    )
    assert audited_data(kb.audit_summary(written)) == audited_data(audited)


def test_audit_is_what_the_command_prints(
    kb: KnowledgeBase, harbour: SmallBase, run_cli: RunCli, tmp_path: Path
) -> None:
    file = tmp_path / "draft.md"
    file.write_text(DRAFT, "utf-8")
    audited = kb.audit(file)
    assert json.loads(audit_json(audited)) == _printed(run_cli, harbour, "audit", str(file))
    assert kb.audit(DRAFT, name=str(file)) == audited


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ({}, []),
        (
            {"matter": "fraud", "office": ["the board", "owners"]},
            ["--matter", "fraud", "--office", "the board"],
        ),
        ({"as_of": "2023-01-01", "reports": True}, ["--as-of", "2023-01-01", "--reports"]),
        ({"check": False}, ["--no-check"]),
    ],
)
def test_flow_is_what_the_command_prints(
    kb: KnowledgeBase, harbour: SmallBase, run_cli: RunCli, arguments: dict[str, Any], options: list[str]
) -> None:
    more = ["--office", "owners"] if "office" in arguments else []
    found = kb.flow(**arguments)
    assert found.edges
    printed = _printed(run_cli, harbour, "flow", *options, *more)
    assert json.loads(as_json(flow_data(found, kb.base))) == printed


def test_routes_are_what_the_command_prints(kb: KnowledgeBase, harbour: SmallBase, run_cli: RunCli) -> None:
    found = kb.routes("harbour-master", "the board")
    printed = _printed(run_cli, harbour, "flow", "--from", "harbour-master", "--to", "the board")
    assert json.loads(as_json(routes_data(found, kb.base))) == printed


# what is wrong is said --------------------------------------------------------------------------------


def test_what_the_base_does_not_know_is_an_error(kb: KnowledgeBase) -> None:
    for ask in (
        lambda: kb.ask(" ?! "),
        lambda: kb.ask("damage", as_of="yesterday"),
        lambda: kb.summary("the moon"),
        lambda: kb.summary(claims=["no-such-claim"]),
        lambda: kb.summary("harbour-board", as_of="2023-1-1"),
        lambda: kb.audit(DRAFT, as_of="20230101"),
        lambda: kb.flow(office="the moon"),
        lambda: kb.flow(matter="the moon"),
        lambda: kb.routes("the moon", "the board"),
    ):
        with pytest.raises(UnknownTerm) as raised:
            ask()
        assert raised.value.next_step


def test_a_text_that_cannot_be_read_is_an_error(kb: KnowledgeBase, tmp_path: Path) -> None:
    for draft in ("", "\ud800", tmp_path / "none.md"):
        with pytest.raises(UnreadableFile):
            kb.audit(draft)
    with pytest.raises(UnreadableFile):
        kb.audit_summary(tmp_path / "none.md")


# a base that is used for long -------------------------------------------------------------------------


def test_what_is_added_is_seen_after_refresh(harbour: SmallBase, tmp_path: Path) -> None:
    small = harbour.copy(tmp_path)
    kb = small.kb()
    assert kb.flow(office="owners").edges
    before = kb.version
    (small.layout.claims / "letters.trig").unlink()
    assert kb.flow(office="owners").edges
    kb.refresh()
    assert not kb.flow(office="owners").edges
    assert kb.version != before
    assert not kb.ask("May owners write to the Inspector of Quays about theft?").is_on_record


def test_threads_may_share_a_base(harbour: SmallBase) -> None:
    kb = harbour.kb()
    questions = ["Where do reports of damage go?", "How many reports did the board close?"] * 4
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(kb.ask, questions))
        flows = list(pool.map(lambda _: kb.flow(), range(4)))
    assert together == [kb.ask(question) for question in questions]
    assert flows == [kb.flow()] * 4
