"""Answers to questions: what is used, in what order, with what said beside it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from onrecord.answers.ask.as_json import ask_data
from onrecord.answers.ask.as_markdown import ask_markdown
from onrecord.answers.ask.as_text import ask_text
from onrecord.answers.ask.ask import Asked, ask, parts_of, self_contained
from onrecord.answers.ask.words import said
from onrecord.answers.search.index import open_search
from onrecord.model import CitationResult, Claim, Outcome, Standing
from shipped import shipped_base
from small_base import SmallBase


def _ask(small: SmallBase, question: str, as_of: str = "") -> Asked:
    kb = small.kb()
    index = open_search(kb.base)
    return ask(kb.base, index, question, questions=kb.questions(), check=kb.outcomes, as_of=as_of)


def _slugs(asked: Asked) -> list[str]:
    return [claim.slug for claim in asked.claims]


def test_an_answer_is_made_of_statements_with_their_notes(disputed: SmallBase) -> None:
    asked = _ask(disputed, "How long must reports of damage be kept in the register?")
    assert _slugs(asked)[0] == "board-keeps-reports-five-years"
    numbers = [n for part in asked.parts for sentence in part.sentences for n in sentence.notes]
    assert numbers == [note.number for note in asked.notes] == list(range(1, len(numbers) + 1))
    text = " ".join(ask_text(asked).split())
    for claim in asked.claims:
        assert claim.statement in text
    assert "(law; as of 2020)" in text and "Age: dated 2020" in text


def test_retired_and_contradicted_claims_are_out(disputed: SmallBase) -> None:
    for question in ("harbour line on weekends", "For how long does the Board keep reports: two years?"):
        assert not {"line-open-on-weekends", "board-keeps-reports-two-years"} & set(
            _slugs(_ask(disputed, question))
        )


def test_a_gap_is_said_plainly(disputed: SmallBase) -> None:
    asked = _ask(disputed, "How many reports does the Harbour Board keep?")
    assert "number-of-reports-kept" in _slugs(asked)
    assert "Not known: How many reports the Harbour Board keeps is not on record." in ask_text(asked)


def test_what_is_not_on_record_is_said_with_what_is_near(disputed: SmallBase) -> None:
    asked = _ask(disputed, "Who pays the salary of the harbour master?")
    assert not asked.is_on_record and not asked.notes
    text = ask_text(asked)
    assert text.startswith("Not on record.") and "nothing of \u201cpays\u201d, \u201csalary\u201d" in text
    assert "Nearest on record:" in text and asked.parts[0].nearest


def test_a_name_that_the_base_does_not_hold_is_not_answered_for(disputed: SmallBase) -> None:
    assert not _ask(disputed, "Who keeps reports of damage in Rotterdam?").is_on_record


def test_a_claim_that_a_check_failed_is_not_used(disputed: SmallBase) -> None:
    kb = disputed.kb()

    def check(claims: object) -> list[CitationResult]:
        assert isinstance(claims, list | tuple)
        given = [claim for claim in claims if isinstance(claim, Claim)]
        return [CitationResult(c, Outcome.CHANGED) for claim in given for c in claim.citations]

    asked = ask(kb.base, open_search(kb.base), "harbour line on weekdays", check=check)
    assert not asked.claims and any("line-open-on-weekdays" in iri for iri in asked.left_out)
    assert "a check of a quotation failed" in ask_text(asked)


def test_as_of_keeps_to_what_was_valid(disputed: SmallBase) -> None:
    asked = _ask(disputed, "harbour line on weekdays", as_of="2026-01-01")
    assert asked.as_of == "2026-01-01" and _slugs(asked) == ["line-open-on-weekdays"]
    assert "Keeps to claims valid on 2026-01-01." in " ".join(ask_text(asked).split())


def test_law_stands_before_reporting_among_equals(disputed: SmallBase) -> None:
    asked = _ask(disputed, "reports of damage to the Harbour Board")
    standings = [c.standing for c in asked.claims if not c.is_gap]
    assert standings[0] is Standing.LAW


def test_named_questions_that_match_are_offered(disputed: SmallBase) -> None:
    asked = _ask(disputed, "Which offices of the Harbour Board keep records of damage?")
    (offer, *_) = asked.offers
    assert offer.name == "who-keeps"
    assert offer.command == "onrecord query --name who-keeps --param office=office:harbour-board"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who leads it?", ["Who leads it?"]),
        ("Who leads it and what does it do?", ["Who leads it", "what does it do?"]),
        ("salt and pepper", ["salt and pepper"]),
        ("What is the difference between A and B in winter?", ["A in winter", "B in winter"]),
    ],
)
def test_compound_questions_are_taken_apart(question: str, parts: list[str]) -> None:
    assert parts_of(question) == parts


def test_a_part_that_says_too_little_stays_with_the_one_before(disputed: SmallBase) -> None:
    index = open_search(disputed.kb().base)
    question = "Who must tell the Harbour Board of damage and how soon?"
    assert self_contained(index, question) == ["Who must tell the Harbour Board of damage and how soon?"]


def test_every_format_says_the_same(disputed: SmallBase) -> None:
    asked = _ask(disputed, "reports of damage to the Harbour Board")
    data = ask_data(asked, disputed.kb().base)
    assert json.loads(json.dumps(data)) == data and data["on_record"] is True
    assert [note["note"] for note in data["notes"]] == [note.number for note in asked.notes]
    markdown, text = ask_markdown(asked), " ".join(ask_text(asked).split())
    for part in data["parts"]:
        for claim in (c for sentence in part["sentences"] for c in sentence["claims"]):
            assert f"[^{claim['note']}]" in markdown and f"[{claim['note']}]" in text
            assert claim["text"] in text


def test_markup_in_a_question_stays_text(disputed: SmallBase) -> None:
    asked = _ask(disputed, "<script>alert(1)</script> *harbour* \x1b[31mline")
    assert "<script>" not in ask_markdown(asked) and "\x1b" not in ask_markdown(asked) + ask_text(asked)


def test_claims_that_differ_stand_side_by_side_and_allegations_name_whose_they_are() -> None:
    base = shipped_base()
    asked = ask(base, open_search(base), "What share of complaints about abuse does the OIG investigate?")
    differing = [s for part in asked.parts for s in part.sentences if s.kind == "conflict"]
    assert differing and all(len(s.claims) > 1 and s.separated_by for s in differing)
    text = " ".join(ask_text(asked).split())
    assert "Sources differ (separated by " in text and text.count("Alleged by ") == 0
    alleged = [c for c in asked.claims if c.standing is Standing.ALLEGATION]
    assert alleged and all("CIVIC" in c.statement for c in alleged)


def test_an_allegation_whose_statement_names_nobody_is_given_to_whoever_said_it(disputed: SmallBase) -> None:
    asked = _ask(disputed, "harbour line weekdays")
    (note,) = asked.notes
    assert note.claim is not None
    citation = replace(note.claim.citations[0], standing=Standing.ALLEGATION, said_by=("x",))
    claim = replace(note.claim, citations=(citation,))
    alleged = replace(asked, notes=(replace(note, claim=claim, names={"x": "the owners"}),))
    assert said(alleged, claim, 1) == f"Alleged by the owners: {claim.statement}"
    assert said(replace(alleged, attributed=frozenset({claim.iri})), claim, 1) == claim.statement
