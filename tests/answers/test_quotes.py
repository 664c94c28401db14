"""Looking for words in the archived texts."""

from __future__ import annotations

from onrecord.answers.quotes import find_quote, quotes_data, quotes_text
from onrecord.sources.archive import Archive
from onrecord.vocab import PREFIXES
from small_base import SmallBase

RULES, PAPER = PREFIXES["source"] + "harbour-rules", PREFIXES["source"] + "quay-paper"


def test_a_hit_says_source_section_position_and_passage(disputed: SmallBase) -> None:
    found = disputed.kb().find_quote("shall keep every report of damage")
    assert [(h.source, h.section) for h in found.hits] == [(RULES, "12.2(a)"), (RULES, "12.2(b)")]
    assert found.searched == 2 and not found.near
    assert "Inspector of Quays shall keep every report" in found.hits[1].passage
    assert "source:harbour-rules, § 12.2(a), word" in quotes_text(found)


def test_typography_makes_no_difference_and_the_text_is_shown_as_written(disputed: SmallBase) -> None:
    found = disputed.kb().find_quote("CALL the 'harbour\nline' at 555\u20110143")
    assert [h.written for h in found.hits] == ["call the “harbour line” at 555-0143"]


def test_without_a_hit_the_nearest_passage_of_each_text_is_shown(disputed: SmallBase) -> None:
    found = disputed.kb().find_quote("the Harbour Board within 30 days")
    assert not found.hits and [n.source for n in found.near] == [RULES]
    assert found.near[0].difference == ("30", "7")
    assert "first difference: '7' where you have '30'" in quotes_text(found)
    assert quotes_data(found)["near"]


def test_a_source_can_be_named(disputed: SmallBase) -> None:
    kb = disputed.kb()
    assert kb.find_quote("report of damage", ["quay-paper"]).searched == 1
    assert not kb.find_quote("every report of damage", ["source:quay-paper"]).hits
    assert len(kb.find_quote("every report of damage", [RULES]).hits) == 2


def test_words_far_from_every_text_have_no_nearest(disputed: SmallBase) -> None:
    found = disputed.kb().find_quote("zymurgy xylophone quixotic vortex")
    assert not found.hits and not found.near
    assert quotes_text(found) == "Not found in 2 texts searched.\n"


def test_an_empty_archive_says_that_nothing_was_searched(disputed: SmallBase) -> None:
    archive = Archive(disputed.root / "nothing-there")
    assert "No text was searched" in quotes_text(find_quote("some words", [PAPER], archive))


def test_two_captures_of_the_same_text_are_searched_once(disputed_copy: SmallBase) -> None:
    disputed_copy.file_text("quay-paper", "Who looks after the quays?  Another text altogether.")
    assert disputed_copy.kb().find_quote("who looks after the quays", ["quay-paper"]).searched == 2
