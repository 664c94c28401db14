"""The shipped named questions: each runs fast on the shipped base and equals its golden answer."""

from __future__ import annotations

import csv
import io
import re
import time
from collections import Counter
from collections.abc import Mapping
from functools import cache

import pytest

from golden_files import FOLDER, assert_golden
from onrecord.answers.sourced.as_text import sourced_text
from onrecord.answers.sourced.sourced import MOST_NOTES, Sourced, page_of, sourced
from onrecord.model import Literal, Term
from onrecord.sparql.evaluating import Request
from onrecord.sparql.explanation import State
from onrecord.sparql.results import WIDEST_COLUMN
from onrecord.sparql.running import Answer, run_here
from onrecord.store.index import open_index
from onrecord.store.questions import question, questions
from onrecord.store.records import StoreBase
from onrecord.vocab import compact
from shipped import LAYOUT

SHIPPED = [q.name for q in questions(LAYOUT)]
SLOWEST_SECONDS = 0.3
PROSE = frozenset({"statement", "by_statement", "explanation", "reason"})
"""Columns of free text, which golden answers leave out: they are the base's own words, checked elsewhere."""
OTHER: Mapping[str, Mapping[str, str]] = {
    "assessed-claims": {"verdict": "contradicted"},
    "changed-since": {"since": "2020-01-01"},
    "claims-by-standing": {"standing": "argument"},
    "claims-by-topic": {"topic": "contact"},
    "claims-of-a-source": {"source": "gao-14-38"},
    "claims-valid-on": {"on": "2015-06-30"},
    "conflicts-on-a-topic": {"topic": "contact"},
    "contact-channels": {"office": "opr"},
    "figures-about-an-office": {"office": "crcl"},
    "figures-on-a-matter": {"matter": "database-misuse"},
    "gaps-about-an-office": {"office": "dhs-oig"},
    "gaps-by-topic": {"topic": "time-limit"},
    "investigations": {"office": "opr"},
    "oig-acceptance-figures": {"office": "opr"},
    "oldest-evidence": {"before": "2013-01-01"},
    "outcomes-by-kind": {"outcome": "prosecution"},
    "programmes": {"programme": "prea"},
    "recommendations": {"office": "ice"},
    "rests-on-secondary-only": {"topic": "contact"},
    "rules-in-law": {"source": "usc-6-211j-cbp-opr"},
    "said-by-a-group": {"group": "critics"},
    "said-by-an-office": {"office": "gao"},
    "sources-without-text": {"source": "oig-20-54"},
    "systems": {"system": "jicms"},
    "time-limits": {"office": "secretary"},
    "undated-claims": {"topic": "contact"},
    "unresolved-references": {"source": "factually-extremist-ties"},
    "what-a-reference-may-point-to": {"source": "factually-opr-vs-oig"},
    "what-an-office-does-in-practice": {"office": "opr"},
    "what-an-office-may-do": {"office": "dhs-oig"},
    "what-an-office-must-do": {"office": "cbp-opr"},
    "what-is-said-in-a-respect": {"aspect": "timeliness"},
    "when-oig-declines": {"office": "opr"},
    "where-a-referral-goes": {"office": "dhs-detention-facility"},
    "where-referrals-come-from": {"office": "opr"},
    "who-answers-to-whom": {"office": "opr"},
    "who-may-investigate-a-group": {"group": "cbp-employees"},
    "who-may-take-a-case": {"matter": "civil-rights"},
}
"""Another value for each question that takes a parameter."""
SAME_ANSWER = frozenset({"changed-since", "unresolved-references"})
"""Questions whose other value happens to give the answer of the default one."""


@cache
def _base() -> StoreBase:
    """The shipped base with its default graph, read once."""
    return open_index(LAYOUT)


def _request(name: str, given: Mapping[str, str]) -> Request:
    found = question(LAYOUT, name)
    return Request(found.text, found.file, found.bind(given, _base().knows))


@cache
def _answer(name: str) -> Answer:
    return run_here(_base().store, _request(name, {}))


def _column(answer: Answer, name: str) -> list[Term | None]:
    place = answer.variables.index(name)
    return [row[place] for row in answer.rows]


def _shown(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, Literal) else compact(term)


def _table(answer: Answer) -> str:
    """The answer as CSV with prefixed names, without the columns of free text."""
    kept = [i for i, name in enumerate(answer.variables) if name not in PROSE]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.variables[i] for i in kept)
    writer.writerows([_shown(row[i]) for i in kept] for row in answer.rows)
    return text.getvalue()


def test_enough_questions_are_shipped_and_say_what_they_answer() -> None:
    assert len(SHIPPED) >= 28
    for found in questions(LAYOUT):
        assert found.title and found.title[0].isupper() and not found.title.endswith(".")
        assert found.description.endswith("."), found.name
        assert all(p.default is not None or p.optional for p in found.parameters), found.name
    assert len({q.title for q in questions(LAYOUT)}) == len(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_question_answers_with_claims(name: str) -> None:
    answer = _answer(name)
    assert answer.rows
    assert all(isinstance(c, str) and _base().claim(c) is not None for c in _column(answer, "claim"))
    assert len(answer.rows) == len(set(answer.rows))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_order_of_an_answer_is_total(name: str) -> None:
    answer = _answer(name)
    keys = re.findall(r"\?(\w+)", question(LAYOUT, name).text.rpartition("ORDER BY")[2])
    columns = [_column(answer, key) for key in keys if key in answer.variables]
    assert len(set(zip(*columns, strict=True))) == len(answer.rows)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_question_is_quick(name: str) -> None:
    request, taken = _request(name, {}), []
    for _ in range(3):
        start = time.perf_counter()
        run_here(_base().store, request)
        taken.append(time.perf_counter() - start)
    assert min(taken) < SLOWEST_SECONDS


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_question_equals_its_golden_answer(name: str) -> None:
    assert_golden(f"questions/{name}.csv", _table(_answer(name)))


@cache
def _sourced(name: str) -> Sourced:
    """The answer with notes to its first page."""
    answer = _answer(name)
    page = page_of(answer)
    return sourced(_base(), answer, dict(zip(page, answer.explain(page), strict=True)), most=MOST_NOTES)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_question_prints_with_its_golden_notes(name: str) -> None:
    assert_golden(f"questions/{name}.txt", sourced_text(_sourced(name), width=WIDEST_COLUMN))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_row_of_a_page_leads_to_the_words_of_a_source(name: str) -> None:
    found = _sourced(name)
    for index in page_of(found.answer):
        row = found.rows[index]
        assert row.state not in (None, State.UNEXPLAINED, State.NOTHING)
        assert row.notes or row.records
        claim = found.answer.rows[index][found.answer.variables.index("claim")]
        assert claim in {found.notes[n - 1].iri for n in (*row.notes, *row.records)}
    for note in found.notes:
        assert note.claim is not None and note.claim.statement
        assert any(c.citation.exact and c.source is not None for c in note.cited if c.citation.supports)


@pytest.mark.parametrize("kind", ["csv", "txt"])
def test_every_golden_answer_has_its_question(kind: str) -> None:
    assert sorted(path.stem for path in (FOLDER / "questions").glob(f"*.{kind}")) == SHIPPED
    assert {path.suffix for path in (FOLDER / "questions").iterdir()} == {".csv", ".txt"}


def test_every_question_with_a_parameter_is_asked_with_another_value() -> None:
    assert sorted(OTHER) == [q.name for q in questions(LAYOUT) if q.parameters]


@pytest.mark.parametrize("name", OTHER)
def test_another_value_gives_another_answer(name: str) -> None:
    answer = run_here(_base().store, _request(name, OTHER[name]))
    assert answer.rows
    assert set(OTHER[name]).isdisjoint(answer.variables)
    same = set(_column(answer, "claim")) == set(_column(_answer(name), "claim"))
    assert same == (name in SAME_ANSWER)


@pytest.mark.parametrize(
    "name",
    ["figures-on-record", "figures-about-an-office", "figures-on-a-matter", "oig-acceptance-figures"],
)
def test_a_figure_is_one_row(name: str) -> None:
    counted = Counter(_column(_answer(name), "figure"))
    assert set(counted.values()) == {1}


def test_every_observation_is_on_record_as_a_figure_with_its_standing() -> None:
    asked = Request("SELECT ?claim ?figure { GRAPH ?claim { ?figure a ov:Observation } }")
    answer = _answer("figures-on-record")
    assert set(run_here(_base().store, asked).rows) == set(
        zip(_column(answer, "claim"), _column(answer, "figure"), strict=True)
    )
    for claim, standing in zip(_column(answer, "claim"), _column(answer, "standing"), strict=True):
        found = _base().claim(str(claim))
        assert found is not None and found.standing is not None
        assert _shown(standing) == found.standing.label


def test_figures_on_oig_acceptance_keep_their_own_denominators() -> None:
    answer = _answer("oig-acceptance-figures")
    columns = ("value", "denominator", "claim")
    rows = [[_shown(t) for t in row] for row in zip(*(_column(answer, c) for c in columns), strict=True)]
    parts = {(value, whole): claim for value, whole, claim in rows if whole}
    assert len(parts) == sum(bool(whole) for _, whole, _ in rows)
    assert {("570", "33126"), ("247", "33126"), ("247", "570"), ("43", "1224"), ("24", "1016")} <= set(parts)
    assert len({parts[pair] for pair in parts}) == len(parts)
    assert sum(value == "1016" for value, _, _ in rows) == 2  # since 2010, and May 2014 to July 2016
