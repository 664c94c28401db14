"""Reviews as readers meet them: in sheets, in counts, and what a second reader is shown."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from onrecord.answers.figures import figures_text
from onrecord.answers.reviews import reading_text, readings, review_counts, reviews_data, reviews_text
from onrecord.answers.sheet_json import as_json, sheet_data
from onrecord.answers.sheet_text import sheet_text
from onrecord.filing.reviewing import Manner
from onrecord.kb import KnowledgeBase
from onrecord.store.reviews import ReviewVerdict, review_digest
from small_base import SmallBase

MANNER = Manner("read twice,\n aloud", date(2026, 11, 20))


@pytest.fixture
def reviewed(disputed_copy: SmallBase) -> SmallBase:
    """The disputed base with one review of each verdict, and one that became void."""
    kb = disputed_copy.kb()
    citations = {
        claim.slug: (claim, claim.citations[0]) for claim in kb.base.claims() if claim.retirement is None
    }
    verdicts = {
        "damage-goes-to-the-board": (ReviewVerdict.CONFIRMED, ""),
        "line-open-on-weekdays": (ReviewVerdict.PARTLY, "the line \x1b[31m is not named"),
        "number-of-reports-kept": (ReviewVerdict.NOT_SUPPORTED, ""),
        "board-closed-41-of-60": (ReviewVerdict.CONFIRMED, ""),
    }
    kb.review(MANNER.review(*citations[slug], *said) for slug, said in verdicts.items())
    file = disputed_copy.layout.claims / "harbour.trig"
    text = file.read_text("utf-8").replace("In 2023 the Harbour Board closed", "The Harbour Board closed")
    file.write_text(text, "utf-8")
    return disputed_copy


def line_of(kb: KnowledgeBase, claim: str, words: str) -> str:
    lines = sheet_text(kb.sheet(claim), kb.base).splitlines()
    return next(line.strip() for line in lines if words in line)


def test_a_sheet_says_what_the_second_reader_found(reviewed: SmallBase) -> None:
    kb = reviewed.kb()
    said = "reviewed: confirmed on 2026-11-20 (read twice, aloud)"
    assert line_of(kb, "damage-goes-to-the-board", "review") == said
    partly = line_of(kb, "line-open-on-weekdays", "reviewed")
    assert partly.endswith("(read twice, aloud): the line \ufffd[31m is not named") and "partly" in partly
    void = line_of(kb, "board-closed-41-of-60", "review")
    assert void.startswith("review void, since statement or quotation were changed; it was confirmed")


def test_a_sheet_as_data_always_says_whether_the_review_is_void(reviewed: SmallBase) -> None:
    kb = reviewed.kb()
    found = {
        name: sheet_data(kb.sheet(name), kb.base)["citations"][0].get("review")
        for name in ("damage-goes-to-the-board", "board-closed-41-of-60", "board-keeps-reports-five-years")
    }
    assert found["damage-goes-to-the-board"] == {
        "verdict": "confirmed",
        "method": "read twice, aloud",
        "on": "2026-11-20",
        "void": False,
    }
    assert found["board-closed-41-of-60"]["void"] is True
    assert found["board-keeps-reports-five-years"] is None


def test_reviews_are_counted_without_those_of_retired_claims(reviewed: SmallBase) -> None:
    kb = reviewed.kb()
    counts = {"confirmed": 1, "partly": 1, "not supported": 1, "void": 1, "none": 3}
    assert review_counts(readings(kb.base)) == counts
    assert kb.figures()["reviews"] == counts
    assert "reviews\n  confirmed           1\n" in figures_text(kb.figures())
    retired = kb.base.claim("https://w3id.org/onrecord/kb/claim/line-open-on-weekends")
    assert retired is not None and retired.citations[0].iri not in {r.citation.iri for r in readings(kb.base)}


def test_the_list_shows_what_is_to_be_mended_or_read_again(reviewed: SmallBase) -> None:
    text = reviews_text(readings(reviewed.kb().base))
    assert text.count("claim:") == 3 and "partly: claim:line-open-on-weekdays.c-" in text
    assert "    the line \ufffd[31m is not named\n" in text
    assert text.endswith("none               3\nall                7\n")


def test_the_list_as_data_has_the_digest_of_what_is_to_be_read(reviewed: SmallBase) -> None:
    found = readings(reviewed.kb().base)
    data = json.loads(as_json(reviews_data(found)))
    assert data["counts"]["all"] == len(data["citations"]) == 7
    for reading, entry in zip(found, data["citations"], strict=True):
        assert entry["digest"] == review_digest(reading.claim, reading.citation)
        assert entry["statement"] == reading.claim.statement


def test_a_reader_is_shown_the_statement_beside_the_quotation_in_its_sentence(reviewed: SmallBase) -> None:
    kb = reviewed.kb()
    (reading,) = kb.readings(claims=["board-closed-41-of-60"])
    ((result, passage),) = kb.in_place([reading.citation])
    text = " ".join(reading_text(reading, kb.base, passage, result).split())
    assert "statement The Harbour Board closed 41 reports out of 60." in text
    assert "The Harbour Board \u00abclosed 41 of 60 reports in 2023\u00bb and left the others open" in text
    assert "reporting" in text and "review void" in text and "check" not in text


def test_without_the_text_a_reader_is_shown_the_affixes_and_told_so(
    reviewed: SmallBase, tmp_path: Path
) -> None:
    kb = KnowledgeBase.open(str(reviewed.root), tmp_path / "none")
    found = kb.readings(claims=["board-closed-41-of-60", "board-keeps-reports-five-years"])
    shown = [
        " ".join(reading_text(reading, kb.base, passage, result).split())
        for reading, (result, passage) in zip(found, kb.in_place(r.citation for r in found), strict=True)
    ]
    assert "The Harbour Board \u00abclosed 41 of 60 reports in 2023\u00bb" in shown[0]
    assert "check the text is not at hand; a proof shows that the words stand in it" in shown[0]
    unchecked = next(text for text in shown if "\u00abreports are kept as long as needed\u00bb" in text)
    assert "check unchecked: no text of the source is at hand" in unchecked
    assert "beside keep every report of damage" in unchecked
    assert "said by Harbour Board" in unchecked


def test_readings_of_some_sources_or_claims(reviewed: SmallBase) -> None:
    kb = reviewed.kb()
    assert len(kb.readings(["harbour-report"])) == 3
    assert len(kb.readings(["harbour-report"], ["number-of-reports-kept"])) == 1
