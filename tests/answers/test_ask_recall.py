"""What `ask` finds of what was expected, over questions written down before it was tuned."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache
from statistics import median

from ask_recall import Scored, cases, measured, scored
from onrecord.answers.ask.ask import ask
from onrecord.answers.search.index import open_search
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


def _of(which: str) -> list[Scored]:
    return [r for r in _results()[0] if r.case.set == which]


def test_questions_of_our_own_are_answered() -> None:
    own = measured([r for r in _of("own") if r.case.kind != "title"])
    assert own.recall >= 0.88 and own.precision >= 0.82, own
    assert own.refused >= own.refusable - 4 and own.wrongly_refused <= 1, own


def test_questions_that_the_search_was_tuned_with_are_answered() -> None:
    dev = measured(_of("dev"))
    assert dev.recall >= 0.78 and dev.precision >= 0.78, dev
    assert dev.refused >= dev.refusable - 3 and dev.wrongly_refused <= 5, dev


def test_questions_that_nothing_was_tuned_with_are_answered_as_well() -> None:
    hold = measured(_of("hold"))
    assert hold.recall >= 0.8 and hold.precision >= 0.8, hold
    assert hold.refused >= hold.refusable - 2 and hold.wrongly_refused <= 4, hold


def test_the_titles_of_the_articles_are_answered_in_part() -> None:
    titles = measured([r for r in _of("own") if r.case.kind == "title"])
    assert titles.recall >= 0.45 and titles.precision >= 0.65 and titles.wrongly_refused == 0, titles


def test_an_answer_takes_little_time() -> None:
    assert median(_results()[1]) < _WARM_SECONDS
