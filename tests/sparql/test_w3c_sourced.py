"""The W3C SPARQL 1.1 suite: parsed as the engine parses it, every row explained, every witness checked."""

from __future__ import annotations

from collections import Counter

import pytest

from onrecord.sparql.explanation import State
from sparql.w3c_answers import lifted
from sparql.w3c_exceptions import (
    ANSWERS_OTHERWISE,
    EXCEPTED,
    NOT_LISTED,
    REFUSED_BY_ENGINE,
    REFUSED_BY_GUARD,
    UNSOUND,
    WRONGLY_PARSED,
)
from sparql.w3c_manifests import SUITE, cases
from sparql.w3c_suite import engine_faults, exceptions, outcomes, refused_by, syntax, unsound

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C test suite is not on this machine")


def test_every_positive_syntax_test_that_the_engine_accepts_is_parsed() -> None:
    assert syntax().not_parsed == {}
    assert syntax().accepted >= 66


def test_negative_syntax_tests_that_are_parsed_are_listed_and_refused_by_the_engine() -> None:
    assert set(syntax().wrongly_parsed) == set(WRONGLY_PARSED)
    assert not any(syntax().wrongly_parsed.values())


def test_tests_that_do_not_run_are_listed() -> None:
    assert refused_by("engine") == set(REFUSED_BY_ENGINE)
    assert refused_by("guard") == set(REFUSED_BY_GUARD)


def test_known_faults_of_the_engine_are_listed() -> None:
    assert engine_faults() == set(ANSWERS_OTHERWISE)


def test_every_answer_is_the_plain_engines() -> None:
    assert [outcome.case.name for outcome in outcomes() if not outcome.same] == []


def test_every_row_is_explained_and_every_witness_holds_but_for_the_listed() -> None:
    faults = {o.case.name: o.faults for o in outcomes() if o.case.name not in UNSOUND and o.faults}
    assert faults == {}
    assert unsound() == set(UNSOUND)


def test_witnesses_excepted_by_a_functions_name_are_listed() -> None:
    assert exceptions(lambda outcome: bool(outcome.excepted)) == set(EXCEPTED)


def test_what_a_cap_leaves_out_is_listed_by_a_query_but_for_the_listed() -> None:
    assert exceptions(lambda outcome: outcome.unlisted) == set(NOT_LISTED)


def test_most_tests_run_and_most_rows_are_complete_or_marked() -> None:
    run = [outcome for outcome in outcomes() if not outcome.by]
    states: Counter[State] = sum((outcome.states for outcome in run), Counter())
    assert len(cases("evaluation")) >= 309 and len(run) >= 300
    assert states[State.COMPLETE] > 250 and states[State.MARKED] > 150
    assert sum(sum(o.tried.values()) for o in run) > 500


def test_every_exception_has_a_cause() -> None:
    listed = (
        ANSWERS_OTHERWISE,
        EXCEPTED,
        NOT_LISTED,
        REFUSED_BY_ENGINE,
        REFUSED_BY_GUARD,
        UNSOUND,
        WRONGLY_PARSED,
    )
    assert all(len(cause.split()) > 5 for causes in listed for cause in causes.values())


def test_only_the_outermost_limit_is_lifted() -> None:
    query = "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 1 } } ORDER BY ?s OFFSET 1 LIMIT 2 VALUES ?s { 1 }"
    inner = "SELECT * { { SELECT * { ?s ?p ?o } LIMIT 1 } } ORDER BY ?s   VALUES ?s { 1 }"
    assert lifted(query) == inner
