"""What `ask` finds of what was expected, over questions written down before it was tuned."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache
from statistics import median

from ask_recall import Scored, cases, measured, scored
from onrecord.answers.ask import ask
from onrecord.answers.search_index import open_search
from shipped import shipped_base

_WARM_SECONDS = 1.0
"""A loose bound: the aim is 0.1 s on a machine that does nothing else."""


@cache
def _results() -> tuple[tuple[Scored, ...], tuple[float, ...]]:
    base = shipped_base()
    index = open_search(base)
    taken = []

    def used(question: str) -> Sequence[str]:
        began = time.perf_counter()
        asked = ask(base, index, question)
        taken.append(time.perf_counter() - began)
        return [claim.slug for claim in asked.claims]

    return tuple(scored(cases(), used)), tuple(taken)


def test_there_are_enough_questions_and_every_expected_claim_is_in_the_base() -> None:
    held = {claim.slug for claim in shipped_base().claims()}
    assert len(cases()) >= 45 and sum(not case.is_answerable for case in cases()) >= 10
    assert {slug for case in cases() for slug in case.expected} <= held


def test_questions_of_our_own_are_answered() -> None:
    own = measured([r for r in _results()[0] if r.case.kind not in ("title", "fresh")])
    assert own.recall >= 0.9 and own.precision >= 0.85, own
    assert own.refused == own.refusable and own.wrongly_refused == 0, own


def test_questions_held_back_while_tuning_are_answered_as_well() -> None:
    held = measured([r for r in _results()[0] if r.case.held])
    assert held.recall >= 0.85 and held.precision >= 0.85, held
    assert held.refused == held.refusable and held.wrongly_refused == 0, held


def test_the_titles_of_the_articles_are_answered_in_part() -> None:
    titles = measured([r for r in _results()[0] if r.case.kind == "title"])
    assert titles.recall >= 0.45 and titles.precision >= 0.65 and titles.wrongly_refused == 0, titles


def test_fresh_questions_are_seldom_answered_wrongly() -> None:
    fresh = measured([r for r in _results()[0] if r.case.kind == "fresh"])
    assert fresh.recall >= 0.5 and fresh.precision >= 0.5 and fresh.refused >= fresh.refusable - 1, fresh


def test_an_answer_takes_little_time() -> None:
    assert median(_results()[1]) < _WARM_SECONDS
