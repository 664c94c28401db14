"""Acceptance: sentences in free words, by the half that the audit was tuned with and the other one."""

from __future__ import annotations

import pytest

from draft_sentences import EXACT, FOREIGN, WORDED, cases, measure, planted_score
from onrecord.answers.audit.audit import Status
from onrecord.store.records import StoreBase
from onrecord.vocab import slug
from planted_errors import FIGURE_LIKE
from shipped import NoTexts, shipped_base


@pytest.mark.parametrize("half", ["dev", "hold", "fresh"])
def test_errors_in_free_words_are_flagged_and_right_sentences_are_not(half: str) -> None:
    found = measure(half, NoTexts())
    assert found.part(EXACT, Status.DIFFERS) >= 0.8, found.table()
    assert found.part(WORDED, Status.DIFFERS) >= 0.6, found.table()
    assert found.part(["right"], Status.DIFFERS) <= 0.05, found.table()
    assert found.part(["right"], Status.ON_RECORD) >= 0.7, found.table()
    assert found.part(FOREIGN, Status.ON_RECORD, Status.DIFFERS) <= 0.05, found.table()
    flagged = found.part(EXACT + WORDED, Status.DIFFERS) * found.total(EXACT + WORDED)
    assert found.named >= 0.9 * flagged, found.table()


@pytest.mark.parametrize("half", ["dev", "hold"])
def test_errors_planted_into_right_sentences_are_flagged(half: str) -> None:
    found = planted_score(half, NoTexts())
    assert found.planted.total() >= 80
    assert found.rate(FIGURE_LIKE) >= 0.8, found.table()
    assert found.rate(["office", "negation", "quantity", "person", "obligation"]) >= 0.5, found.table()


def test_the_sentences_speak_of_claims_that_there_are() -> None:
    base: StoreBase = shipped_base()
    known = {slug(c.iri) for c in base.claims()}
    assert len(cases()) >= 200
    assert [c.text for c in cases() if not known.issuperset(c.claims)] == []
