"""Where sentences and list items end, which markers they bear, and what surrounds a fragment."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.citations.sentences import CONTEXT_WORDS, context, sentences
from onrecord.text import Normalised

SPLIT = {
    "two sentences": ("OPR acts. OIG looks on.", ["OPR acts.", "OIG looks on."]),
    "markers behind the stop": ("It is so.[1][2] It goes on [3].", ["It is so.[1][2]", "It goes on [3]."]),
    "markers behind the stop, with a space": ("It is so. [1] It goes on.", ["It is so. [1]", "It goes on."]),
    "glued behind a marker": (
        "Weaknesses remain [4].Keep it free.",
        ["Weaknesses remain [4].", "Keep it free."],
    ),
    "initials": (
        "The U.S. Code and e.g. 6 U.S.C. 253 say so. Yes.",
        ["The U.S. Code and e.g. 6 U.S.C. 253 say so.", "Yes."],
    ),
    "initials at an end": ("It left the U.S. The office stayed.", ["It left the U.S.", "The office stayed."]),
    "abbreviations": (
        "See No. 5, Fed. Reg. 7 and Dr. Kay vs. ICE. Done.",
        ["See No. 5, Fed. Reg. 7 and Dr. Kay vs. ICE.", "Done."],
    ),
    "no as an answer": ("Was it proved? No. It was not.", ["Was it proved?", "No.", "It was not."]),
    "decimals and sections": (
        "It was 3.5 % under 6 CFR 115.22(e). So be it.",
        ["It was 3.5 % under 6 CFR 115.22(e).", "So be it."],
    ),
    "a number at an end": (
        "It began in 2016. Each year has more.",
        ["It began in 2016.", "Each year has more."],
    ),
    "numbered headings": ("1. Where it stands\n§ 405. Reports", ["1. Where it stands", "§ 405. Reports"]),
    "quotation marks behind the stop": (
        "He said “it is so.” She left.",
        ["He said “it is so.”", "She left."],
    ),
    "a question inside a sentence": ("“Is it?” he asked. Yes.", ["“Is it?” he asked.", "Yes."]),
    "list items": (
        "The office shall\n(A) investigate;\n(B) manage; and",
        ["The office shall", "(A) investigate;", "(B) manage; and"],
    ),
    "a wrapped line": (
        "The form is not\nthe main channel.\nNext.",
        ["The form is not\nthe main channel.", "Next."],
    ),
    "a blank line": ("a heading\n\nanother one", ["a heading", "another one"]),
    "an ellipsis within": ("It goes … on and on ... still. End.", ["It goes … on and on ... still.", "End."]),
    "semicolons do not end": ("OIG declines; OPR acts. End.", ["OIG declines; OPR acts.", "End."]),
    "one initial of a name": (
        "Joseph V. Cuffari wrote. It helped.",
        ["Joseph V. Cuffari wrote.", "It helped."],
    ),
    "nothing": (" \n ", []),
}


@pytest.mark.parametrize(("text", "expected"), SPLIT.values(), ids=SPLIT)
def test_splits(text: str, expected: list[str]) -> None:
    assert [s.text for s in sentences(text)] == expected


def test_markers_belong_to_the_sentence_that_they_close() -> None:
    found = sentences("It is so [1] [2].[3] More. None here")
    assert [s.markers for s in found] == [("[1]", "[2]", "[3]"), (), ()]


def test_a_letter_in_brackets_is_no_marker() -> None:
    assert sentences("The agent[s] of [1999] act.")[0].markers == ()


@given(st.text(alphabet="aA1 .!?[]()\n“”\"'uUsSno,;", max_size=120))
def test_sentences_are_disjoint_and_cover_every_word(text: str) -> None:
    found = sentences(text)
    assert all(text[s.start : s.end] == s.text for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert sum(len("".join(s.text.split())) for s in found) == len("".join(text.split()))


CONTEXT = {
    "inside one sentence": (
        "First. The form is not the channel [2]. Last.",
        ("the", "channel"),
        ("The form is not", "[2]."),
    ),
    "at its beginning": ("First. The form is new. Last.", ("the", "form"), ("", "is new.")),
    "at its end": ("First. The form is new. Last.", ("is", "new"), ("The form", ".")),
    "in a list item": (
        "The office shall\n(A) investigate misconduct;\n(B) manage",
        ("investigate", "misconduct"),
        ("(A)", ";"),
    ),
    "over two sentences": ("He acts. She looks on. It ends.", ("acts", "she", "looks"), ("He", "on.")),
}


@pytest.mark.parametrize(("text", "fragment", "expected"), CONTEXT.values(), ids=CONTEXT)
def test_context(text: str, fragment: tuple[str, ...], expected: tuple[str, str]) -> None:
    normalised = Normalised.of(text)
    at = normalised.find_all(fragment)[0]
    assert context(normalised, at, at + len(fragment)) == expected


def test_context_outside_the_text_is_empty() -> None:
    normalised = Normalised.of("Two words")
    assert context(normalised, 2, 3) == context(normalised, 1, 1) == ("", "")


def test_context_is_bounded() -> None:
    normalised = Normalised.of("word " * 3_000)
    before, after = context(normalised, 1_500, 1_504)
    assert len(before.split()) == CONTEXT_WORDS
    assert len(after.split()) == CONTEXT_WORDS


@pytest.mark.parametrize("piece", ["word ", "word, ", "a", "[1] ", ". ", "\n", "U.S. ", "(", "1.", "“”"])
def test_a_long_line_takes_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert len(sentences(text)) <= len(text)
