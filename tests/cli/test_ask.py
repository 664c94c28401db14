"""`ask` on the command line: formats, exit codes, options."""

from __future__ import annotations

import json

from command_line import RunCli
from small_base import SmallBase


def _ask(run_cli: RunCli, small: SmallBase, *arguments: str) -> tuple[int, str]:
    ran = run_cli("ask", *arguments, *small.options())
    return ran.code, ran.out


def test_an_answer_is_0_and_none_is_1(disputed: SmallBase, run_cli: RunCli) -> None:
    code, out = _ask(run_cli, disputed, "How long must reports of damage be kept in the register?")
    assert code == 0 and "for five years. [1] (law; as of 2020)" in " ".join(out.split())
    code, out = _ask(run_cli, disputed, "Who pays the salary of the harbour master?")
    assert code == 1 and out.startswith("Not on record.")


def test_a_question_may_stand_without_quotation_marks(disputed: SmallBase, run_cli: RunCli) -> None:
    assert _ask(run_cli, disputed, "harbour", "line", "weekdays") == _ask(
        run_cli, disputed, "harbour line weekdays"
    )


def test_json_and_markdown(disputed: SmallBase, run_cli: RunCli) -> None:
    code, out = _ask(run_cli, disputed, "harbour line weekdays", "-f", "json")
    data = json.loads(out)
    assert code == 0 and data["on_record"] and data["notes"][0]["claim"].endswith("/line-open-on-weekdays")
    code, out = _ask(run_cli, disputed, "harbour line weekdays", "-f", "markdown")
    assert code == 0 and out.startswith("## harbour line weekdays\n") and "[^1]: **claim:line-open-on" in out


def test_nothing_asked_and_a_bad_date_are_refused(disputed: SmallBase, run_cli: RunCli) -> None:
    assert _ask(run_cli, disputed, "?!")[0] == 2
    assert _ask(run_cli, disputed, "harbour line", "--as-of", "yesterday")[0] == 2


def test_the_same_question_is_answered_the_same(disputed: SmallBase, run_cli: RunCli) -> None:
    assert _ask(run_cli, disputed, "reports of damage") == _ask(run_cli, disputed, "reports of damage")
