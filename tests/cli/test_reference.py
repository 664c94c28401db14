"""docs/commands.md is made from the help texts."""

from __future__ import annotations

import os

from onrecord.cli.main import COMMANDS
from onrecord.cli.reference import reference
from shipped import ROOT

PAGE = ROOT / "docs" / "commands.md"


def test_the_page_is_generated_from_the_commands() -> None:
    if os.environ.get("ONRECORD_UPDATE"):
        PAGE.write_text(reference(), "utf-8")
    assert PAGE.read_text("utf-8") == reference(), "run 'make golden'"


def test_every_command_has_a_section() -> None:
    headings = [line for line in reference().splitlines() if line.startswith("## ")]
    assert {f"## onrecord {name}" for name in COMMANDS} <= set(headings)
    assert {f"## onrecord source {name}" for name in ("add", "list", "show")} <= set(headings)
