"""`onrecord audit`: formats, standard input, exit codes."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from command_line import RunCli
from golden_files import assert_golden
from onrecord.cli.audit import LONG
from onrecord.cli.main import COMMANDS
from small_base import SmallBase

DRAFT = """\
# The quays

The Harbour Board closed 41 of 60 reports in 2023 and left the others open [1].
Owners can call the line at 555-0149 on weekdays. Owners can call the board on weekends.
Seventeen gulls were seen in Port Haven.
"""


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "audit", "Compare a text with the base, sentence by sentence.")


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("draft.md").write_text(DRAFT, "utf-8")
    return "draft.md"


@pytest.mark.parametrize("chosen", ["text", "html", "json", "sarif"])
def test_every_format(run_cli: RunCli, disputed: SmallBase, draft: str, chosen: str) -> None:
    ran = run_cli("audit", *disputed.options(), draft, "-f", chosen)
    assert ran.code == 1 and not ran.err
    suffix = "txt" if chosen == "text" else chosen
    assert_golden(f"audit-quays.{suffix}", ran.out)


def test_standard_input_and_exit_code_zero(
    run_cli: RunCli, disputed: SmallBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = b"<p>Owners can call the board on weekends.</p>"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    ran = run_cli("audit", *disputed.options(), "-", "--input-format", "html", "-f", "json")
    assert ran.code == 0 and json.loads(ran.out)["counts"]["outdated"] == 1


def test_a_draft_that_cannot_be_read_is_two(run_cli: RunCli, disputed: SmallBase, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(50_000_000)
    for path, said in (
        (large, "Larger than 2,000,000 bytes. Audit it in parts."),
        (tmp_path / "none", "No such"),
    ):
        ran = run_cli("audit", *disputed.options(), str(path))
        assert ran.code == 2 and said in ran.err and not ran.out


def test_a_long_draft_shows_how_far_it_is_at_a_terminal_alone(
    run_cli: RunCli, disputed: SmallBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = tmp_path / "long.txt"
    draft.write_text("Gulls were seen. " * LONG, "utf-8")
    monkeypatch.setattr("onrecord.cli.audit._is_terminal", lambda: True)
    ran = run_cli("audit", *disputed.options(), str(draft), "-f", "json")
    assert "Auditing" in ran.err and json.loads(ran.out)
    monkeypatch.setattr("onrecord.cli.audit._is_terminal", lambda: False)
    assert not run_cli("audit", *disputed.options(), str(draft)).err


def test_as_of_a_date_before_a_claim_held(run_cli: RunCli, disputed: SmallBase, draft: str) -> None:
    ran = run_cli("audit", *disputed.options(), draft, "--as-of", "2021-01-01")
    assert "as of 2021-01-01" in ran.out
    assert run_cli("audit", *disputed.options(), draft, "--as-of", "soon").code == 2
