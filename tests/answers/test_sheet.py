"""A claim's sheet: what speaks against it first, then what it rests on, with nothing left out."""

from __future__ import annotations

import json

import pytest

from golden_files import assert_golden
from onrecord.answers.sheet_json import as_json, sheet_data
from onrecord.answers.sheet_text import sheet_text
from onrecord.errors import UnknownTerm
from small_base import SmallBase

CLAIMS = (
    "line-open-on-weekends",
    "line-open-on-weekdays",
    "board-keeps-reports-two-years",
    "board-keeps-reports-five-years",
    "number-of-reports-kept",
    "damage-goes-to-the-board",
)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_sheet_as_text(disputed: SmallBase, name: str) -> None:
    kb = disputed.kb()
    assert_golden(f"sheet-{name}.txt", sheet_text(kb.sheet(name), kb.base))


@pytest.mark.parametrize("name", CLAIMS[:4])
def test_the_sheet_as_json(disputed: SmallBase, name: str) -> None:
    kb = disputed.kb()
    assert_golden(f"sheet-{name}.json", as_json(sheet_data(kb.sheet(name), kb.base)))


def test_a_retired_or_contradicted_claim_says_so_before_its_statement(disputed: SmallBase) -> None:
    kb = disputed.kb()
    for name, word in (
        ("line-open-on-weekends", "SUPERSEDED"),
        ("board-keeps-reports-two-years", "CONTRADICTED"),
    ):
        sheet = kb.sheet(name)
        lines = sheet_text(sheet, kb.base).splitlines()
        assert lines[1].startswith(word)
        assert sheet_data(sheet, kb.base)["current"] == (word != "SUPERSEDED")


def test_the_outcome_is_by_proof_without_the_text(disputed: SmallBase) -> None:
    kb = disputed.kb()
    kb.archive = type(kb.archive)(disputed.root / "no-archive")
    results = {c.result.means for c in kb.sheet("damage-goes-to-the-board").cited if c.result}
    assert results == {"proof"}


def test_unchecked_sheets_carry_no_outcome(disputed: SmallBase) -> None:
    kb = disputed.kb()
    data = sheet_data(kb.sheet("damage-goes-to-the-board", check=False), kb.base)
    assert "outcome" not in data["citations"][0]


def test_colour_changes_no_word(disputed: SmallBase) -> None:
    kb = disputed.kb()
    for name in CLAIMS:
        sheet = kb.sheet(name)
        painted = sheet_text(sheet, kb.base, lambda text, kind: f"<{kind}>{text}</{kind}>")
        for kind in ("violation", "warning", "info", "good", "place", "head", "faint"):
            painted = painted.replace(f"<{kind}>", "").replace(f"</{kind}>", "")
        assert painted == sheet_text(sheet, kb.base)


def test_no_text_of_the_base_can_steer_the_terminal(disputed: SmallBase) -> None:
    kb = disputed.kb()
    text = sheet_text(kb.sheet("board-keeps-reports-two-years"), kb.base)
    assert "\x1b" not in text and "\ufffd[31m" in text


def test_a_claim_that_is_not_there_is_named_with_its_nearest(disputed: SmallBase) -> None:
    with pytest.raises(UnknownTerm, match="Did you mean claim:damage-goes-to-the-board"):
        disputed.kb().sheet("damage-goes-to-board")


def test_json_is_valid_and_in_order(disputed: SmallBase) -> None:
    kb = disputed.kb()
    data = json.loads(as_json(sheet_data(kb.sheet("board-keeps-reports-two-years"), kb.base)))
    assert list(data)[:3] == ["claim", "statement", "standing"]
    assert data["standing"] == "allegation" and data["verdicts"] == ["contradicted"]
    assert data["citations"][0]["source"]["dated"] == "spring 2024"
