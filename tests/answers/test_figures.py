"""Counts of what a base holds."""

from __future__ import annotations

from golden_files import assert_golden
from onrecord.answers.figures import figures_text
from small_base import SmallBase


def test_the_figures_as_text(disputed: SmallBase) -> None:
    assert_golden("figures.txt", figures_text(disputed.kb().figures()))


def test_the_parts_add_up(disputed: SmallBase) -> None:
    kb = disputed.kb()
    found = kb.figures()
    claims = list(kb.base.claims())
    assert found["claims"]["all"] == len(claims) == sum(found["standing"].values())
    citations = found["citations"]
    assert citations["all"] == sum(citations["by outcome"].values()) == sum(citations["by stance"].values())
    assert sum(found["citations by source"].values()) == citations["all"]
    assert found["sources"]["with text at hand"] == 2 == found["sources"]["with commitment"]
