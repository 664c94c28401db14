"""Notes: everything that a reader needs to follow a claim to the words of its sources, flags first."""

from __future__ import annotations

import pytest

from answers.sourced_case import DAMAGE, FIVE, GAP, RETIRED, TWO
from onrecord.answers.notes import dates_words, note_data, notes, role_words, source_words, standing_words
from small_base import SmallBase


def test_a_note_leads_from_the_statement_to_the_words_in_the_source(disputed: SmallBase) -> None:
    note = notes(disputed.kb().base, [TWO])[0]
    assert (note.number, note.iri) == (1, TWO)
    assert standing_words(note) == "allegation, said by owners"
    cited = note.cited[0]
    assert cited.citation.exact == "self-kept reports, for two years"
    assert source_words(cited).endswith("Harbour Board, Inspector of Quays. Primary source, p. 7.")
    assert cited.link.startswith("https://harbour.example/report?y=2024#:~:text=critics%20say-,self")


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (TWO, "published: spring 2024; accessed: not recorded"),
        (DAMAGE, "published: 2020; accessed: not recorded"),
    ],
)
def test_a_date_that_nobody_recorded_is_said_to_be_so(disputed: SmallBase, claim: str, said: str) -> None:
    assert dates_words(notes(disputed.kb().base, [claim])[0].cited[0]) == said


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (FIVE, ["CONFLICT"]),
        (TWO, ["CONTRADICTED", "CONFLICT"]),
        (RETIRED, ["SUPERSEDED"]),
        (GAP, ["GAP"]),
        (DAMAGE, []),
    ],
)
def test_what_speaks_against_a_claim_is_flagged(disputed: SmallBase, claim: str, words: list[str]) -> None:
    note = notes(disputed.kb().base, [claim])[0]
    assert [flag.word for flag in note.flags] == words
    assert all(flag.text.startswith(flag.word) for flag in note.flags)


def test_flags_name_the_other_claims_with_their_statements(disputed: SmallBase) -> None:
    by = {n.iri: {f.word: f.text for f in n.flags} for n in notes(disputed.kb().base, [TWO, RETIRED])}
    assert "by claim:board-keeps-reports-five-years: The Harbour Board must" in by[TWO]["CONTRADICTED"]
    assert by[TWO]["CONFLICT"] == (
        "CONFLICT with claim:board-keeps-reports-five-years, separated by date, standing "
        "(conflict:how-long-reports-are-kept)"
    )
    assert "by claim:line-open-on-weekdays: Owners can call" in by[RETIRED]["SUPERSEDED"]


def test_a_citation_that_does_not_support_says_what_it_does_and_who_says_it(disputed: SmallBase) -> None:
    note = notes(disputed.kb().base, [FIVE])[0]
    assert [role_words(note, cited) for cited in note.cited] == [
        "",
        "qualifies it (official statement, said by Harbour Board):",
    ]


def test_quotations_are_checked_only_when_asked_for(disputed: SmallBase) -> None:
    kb = disputed.kb()
    assert all(c.result is None for c in notes(kb.base, [FIVE])[0].cited)
    checked = notes(kb.base, [FIVE, DAMAGE], check=kb.outcomes)
    found = [[c.result.outcome.value for c in note.cited if c.result is not None] for note in checked]
    assert found == [["found", "unchecked"], ["found"]]


def test_a_claim_of_which_only_the_record_is_used_says_so(disputed: SmallBase) -> None:
    found = notes(disputed.kb().base, [FIVE, GAP], [GAP])
    assert [note.is_record for note in found] == [False, True]
    assert [flag.word for flag in found[1].flags] == ["GAP", "RECORD"]
    assert [note_data(note, disputed.kb().base)["record_only"] for note in found] == [False, True]


def test_a_graph_that_is_no_claim_is_said_to_be_unknown(disputed: SmallBase) -> None:
    base = disputed.kb().base
    note = notes(base, ["https://example.org/graph"])[0]
    assert note.claim is None and [flag.word for flag in note.flags] == ["UNKNOWN"]
    assert note_data(note, base) == {"note": 1, "claim": "https://example.org/graph", "known": False}


def test_the_data_of_a_note_hold_what_its_text_says(disputed: SmallBase) -> None:
    base = disputed.kb().base
    data = note_data(notes(base, [TWO])[0], base)
    assert data["note"] == 1 and data["standing"] == "allegation" and data["verdicts"] == ["contradicted"]
    cited = data["citations"][0]
    assert cited["quotation"] == "self-kept reports, for two years" and cited["prefix"] == "critics say"
    assert (cited["published"], cited["accessed"]) == ("spring 2024", "not recorded")
    assert cited["said_by"][0]["label"] == "owners" and cited["locator"] == "p. 7"
    assert [flag["flag"] for flag in data["flags"]] == ["contradicted", "conflict"]
