"""Every key of the JSON that the reading commands print is on the page that documents them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from command_line import RunCli
from shipped import ROOT
from small_base import SmallBase

PAGE = (ROOT / "docs" / "asking.md").read_text("utf-8")
DOCUMENTED = set(re.findall(r"`([a-z_]+)`", PAGE))


def _keys(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            if key != "outcomes":
                yield from _keys(value)
    elif isinstance(data, list):
        for entry in data:
            yield from _keys(entry)


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "line-open-on-weekends", "board-keeps-reports-two-years", "board-keeps-reports-five-years"),
        ("show", "line-open-on-weekdays", "number-of-reports-kept"),
        ("list", "--outcome", "unchecked"),
        ("source", "list"),
        ("source", "show", "quay-paper"),
        ("source", "show", "harbour-report"),
        ("changes",),
        ("find-quote", "every report of damage"),
        ("find-quote", "every report of damages"),
    ],
)
def test_every_key_is_documented(run_cli: RunCli, disputed: SmallBase, arguments: tuple[str, ...]) -> None:
    data = json.loads(run_cli(*disputed.options(), "-f", "json", *arguments).out)
    assert set(_keys(data)) <= DOCUMENTED


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?limit ?law { ?n ov:timeLimit ?limit OPTIONAL { ?n ov:legalBasis ?law } }",
        "SELECT ?claim { ?claim onr:statement ?statement }",
        "CONSTRUCT WHERE { ?n ov:timeLimit ?limit }",
    ],
)
def test_every_key_of_a_sourced_answer_is_documented(
    run_cli: RunCli, disputed: SmallBase, query: str
) -> None:
    ran = run_cli("query", *disputed.options(), "-f", "json", "-e", query, "--certify", "--check")
    assert set(_keys(json.loads(ran.out)["onrecord"])) <= DOCUMENTED


def test_the_question_on_the_page_is_one(disputed_copy: SmallBase) -> None:
    match = re.search(r"```sparql\n(.*?)```", PAGE, re.DOTALL)
    assert match is not None
    path = disputed_copy.layout.questions / "shown.rq"
    path.write_text(match[1].replace("default jic", "default harbour-master"), "utf-8")
    kb = disputed_copy.kb()
    assert [row[0] for row in kb.run(kb.question("shown"))] == [
        "https://w3id.org/onrecord/kb/office/harbour-board"
    ]
