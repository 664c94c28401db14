"""`ask` on the command line: formats, exit codes, options."""

from __future__ import annotations

import json

from click.testing import CliRunner

from onrecord.cli.ask import command
from small_base import SmallBase


def _run(small: SmallBase, *arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(command, [*arguments, *small.options()], standalone_mode=False)
    return ran.return_value if ran.exception is None else 2, ran.output


def test_an_answer_is_0_and_none_is_1(disputed: SmallBase) -> None:
    code, out = _run(disputed, "How long must reports of damage be kept in the register?")
    assert code == 0 and "for five years. [1] (law; as of 2020)" in " ".join(out.split())
    code, out = _run(disputed, "Who pays the salary of the harbour master?")
    assert code == 1 and out.startswith("Not on record.")


def test_a_question_may_stand_without_quotation_marks(disputed: SmallBase) -> None:
    assert _run(disputed, "harbour", "line", "weekdays") == _run(disputed, "harbour line weekdays")


def test_json_and_markdown(disputed: SmallBase) -> None:
    code, out = _run(disputed, "harbour line weekdays", "-f", "json")
    data = json.loads(out)
    assert code == 0 and data["on_record"] and data["notes"][0]["claim"].endswith("/line-open-on-weekdays")
    code, out = _run(disputed, "harbour line weekdays", "-f", "markdown")
    assert code == 0 and out.startswith("## harbour line weekdays\n") and "[^1]: **claim:line-open-on" in out


def test_nothing_asked_and_a_bad_date_are_refused(disputed: SmallBase) -> None:
    assert _run(disputed, "?!")[0] == 2
    assert _run(disputed, "harbour line", "--as-of", "yesterday")[0] == 2


def test_the_same_question_is_answered_the_same(disputed: SmallBase) -> None:
    assert _run(disputed, "reports of damage") == _run(disputed, "reports of damage")
