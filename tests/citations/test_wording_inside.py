"""What the fragment itself says and its statement must carry; how the sentence around it is taken apart."""

from __future__ import annotations

import pytest

from citations.wording_case import findings, rules
from onrecord.citations.wording.clauses import Edge, Sentence

INSIDE = {
    "a condition": (
        "The facility refers it to police.",
        "if it is potentially criminal, referred to an agency",
    ),
    "unless": ("An Office names informants.", "unless the Office first obtains the consent of the"),
    "an attribution": ("Oversight underreports.", "critics say ICE-controlled oversight can underreport"),
    "according to": (
        "Complaints are looked into.",
        "thoroughly investigated, according to ICE’s public descriptions",
    ),
    "when": (
        "OPR works with police.",
        "coordinates with federal, state or local law enforcement when appropriate",
    ),
}


@pytest.mark.parametrize(("statement", "quote"), INSIDE.values(), ids=INSIDE)
def test_what_the_quotation_itself_says_must_be_carried(statement: str, quote: str) -> None:
    messages = [f.message for f in findings(statement, quote) if f.rule == "wording-trimmed"]
    assert any("in the quotation" in message for message in messages)


def test_a_gap_need_not_carry_what_its_quotation_says() -> None:
    statement, quote = "Who asks is left open.", "if it is potentially criminal, referred to an agency"
    assert "wording-trimmed" not in rules(statement, quote, is_gap=True)


def test_takes_asides_out_of_a_sentence() -> None:
    sentence = Sentence.around("It is not—as critics claim—", "the primary channel", "(see below).")
    assert [t.word for t in sentence.row] == ["it", "is", "not", "the", "primary", "channel", "."]
    assert (sentence.first, sentence.last) == (3, 6)


CLAUSES = {
    "a list goes on": ("It shall not name, blame, or shame staff", []),
    "a semicolon": ("It acts; it stops", [(3, Edge.STRONG)]),
    "while": ("It acts, while others wait", [(3, Edge.CONTRAST)]),
    "and with its own auxiliary": ("It acts, and others may wait", [(3, Edge.COORDINATE)]),
    "and with a shared verb": ("It may act, and wait", []),
    "a fronted condition": ("If it is so, the office shall act", [(5, Edge.PLAIN)]),
    "a trailing condition": ("The office shall act, unless it is so", [(5, Edge.CONDITION)]),
    "and that": ("They say it acts and that it stops", [(4, Edge.COORDINATE)]),
}


@pytest.mark.parametrize(("text", "edges"), CLAUSES.values(), ids=CLAUSES)
def test_finds_clauses(text: str, edges: list[tuple[int, Edge]]) -> None:
    sentence = Sentence.around(text, "", "")
    assert sentence.between(0, len(sentence.row)) == edges
