"""Acceptance: the five articles audited as they are, and with one planted error a sentence."""

from __future__ import annotations

import pytest

from onrecord.answers.audit.audit import Status
from onrecord.citations.sentences import sentences
from planted_errors import FIGURE_LIKE, KINDS, article_sentences, audited, planted, score
from shipped import SHARED_TEXTS, NoTexts, SharedTexts, needs_texts, shipped_base

OTHERS = tuple(kind for kind in KINDS if kind not in FIGURE_LIKE)


@needs_texts
def test_each_sentence_with_a_marker_finds_a_claim_that_quotes_it() -> None:
    texts = [p.read_text("utf-8") for p in sorted(SHARED_TEXTS.glob("factually-*.txt"))]
    marked = [s.text for text in texts for s in sentences(text) if s.markers]
    found = list(audited(marked, SharedTexts()))
    quoted = [s for s in found if any(m.how == "quotation" for m in s.matches)]
    assert len(quoted) >= 0.95 * len(marked)


@needs_texts
@pytest.mark.parametrize("texts", [SharedTexts(), NoTexts()], ids=["texts", "base-alone"])
def test_planted_errors_are_flagged_and_true_sentences_are_not(texts: SharedTexts | NoTexts) -> None:
    found = score(article_sentences(), texts)
    assert found.planted.total() >= 150 and len(found.planted) == len(KINDS)
    assert found.rate(FIGURE_LIKE) >= 0.9, found.table()
    assert found.rate(OTHERS) >= 0.75, found.table()
    assert len(found.false_alarms) <= 0.05 * found.clean, found.false_alarms


def test_the_statements_of_the_base_do_not_differ_from_it() -> None:
    statements = [c.statement for c in shipped_base().claims() if c.retirement is None]
    flagged = [s for s in audited(statements, NoTexts()) if s.status is Status.DIFFERS]
    assert len(flagged) <= 0.02 * len(statements), [s.sentence.text for s in flagged]


def test_planting_changes_exactly_one_place() -> None:
    for error in planted(["The JIC must not refer all 12 cases to agents before 2020 [1]."]):
        assert error.false != error.true and error.false.replace(error.swapped[1], error.swapped[0], 1)
