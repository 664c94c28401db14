"""What holds for every statement: figures compared, nothing raised, time in proportion to the length."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citations.wording_case import Quote, findings, rules
from onrecord.citations.wording.clauses import Sentence
from onrecord.citations.wording.marks import dates, phones, references
from onrecord.citations.wording.numbers import figures
from onrecord.citations.wording.rules import RULES
from onrecord.model import Severity

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
NUMBERS = st.integers(min_value=3, max_value=999_999)


@given(number=NUMBERS, place=st.integers(min_value=0), step=st.integers(min_value=1, max_value=9))
def test_a_changed_digit_is_always_found(number: int, place: int, step: int) -> None:
    digits = str(number)
    at = place % len(digits)
    changed = digits[:at] + str((int(digits[at]) + step) % 10) + digits[at + 1 :]
    assert "wording-figure" in rules(f"OPR closed {changed} cases.", f"OPR had closed {digits} cases by then")


@given(number=NUMBERS, unit=st.sampled_from(["cases", "percent", "%", "days", "million dollars"]))
def test_equal_figures_are_never_found(number: int, unit: str) -> None:
    found = rules(f"It was {number:,} {unit} in all.", f"a total of {number} {unit} by then")
    assert not found & {"wording-figure", "wording-date", "wording-phone", "wording-statute"}


@given(number=st.integers(min_value=2, max_value=12))
def test_number_words_equal_digits(number: int) -> None:
    assert "wording-figure" not in rules(f"It took {_WORDS[number]} days.", f"it took {number} days in all")
    assert "wording-figure" not in rules(f"It took {number} days.", f"it took {_WORDS[number]} days in all")
    assert "wording-figure" in rules(f"It took {_WORDS[number]} days.", f"it took {number + 1} days in all")


@given(day=st.integers(1, 28), month=st.integers(1, 12), year=st.integers(1900, 2099))
def test_a_date_is_the_same_in_every_order(day: int, month: int, year: int) -> None:
    name = (
        "January February March April May June July August September October November December".split()  # noqa: SIM905
    )[month - 1]
    forms = {
        dates(text)[0].forms
        for text in (
            f"{day} {name} {year}",
            f"{name} {day}, {year}",
            f"{year}-{month:02}-{day:02}",
            f"{name[:3]} {day} {year}",
        )
    }
    assert forms == {((str(year), str(month), str(day)),)}


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=100), st.text(max_size=100))
def test_no_text_makes_a_rule_raise(statement: str, exact: str, before: str, after: str) -> None:
    findings(statement, Quote(exact, before=before, after=after), about=("office:ice",))


_SALAD = st.lists(
    st.sampled_from(
        [
            "not",
            "no",
            "never",
            "if",
            "unless",
            "when",
            "where",
            "may",
            "can",
            "said",
            "according",
            "to",
            ",",
            ";",
            ".",
            "(",
            ")",
            "—",
            "and",
            "or",
            "but",
            "while",
            "the",
            "agency",
            "facility",
            "is",
            "are",
            "has",
            "been",
            "that",
            "which",
            "who",
            "in",
            "practice",
            "one",
            "two",
            "hundred",
            "thousand",
            "and",
            "a",
            "half",
            "%",
            "$",
            "5",
            "1/2",
            "of",
            "third",
            "subject",
            "neither",
            "nor",
            "without",
            "at",
            "least",
            "up",
            "more",
            "than",
            "all",
            "any",
            "only",
            "must",
            "should",
            "ICE",
            "OIG",
            "6",
            "U.S.C.",
            "253(1)",
            "May",
            "5",
            "2018",
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=300)
@given(_SALAD, _SALAD, _SALAD, _SALAD)
def test_no_order_of_words_makes_a_rule_raise(statement: str, exact: str, before: str, after: str) -> None:
    for finding in findings(statement, Quote(exact, before=before, after=after), about=("office:ice",)):
        assert finding.message
        assert finding.next_step
        assert finding.focus


@given(before=_SALAD, exact=_SALAD, after=_SALAD)
def test_the_fragment_stays_where_it_is(before: str, exact: str, after: str) -> None:
    sentence = Sentence.around(before, exact, after)
    assert 0 <= sentence.first <= sentence.last <= len(sentence.row)


LONG = 30_000
LONG_TEXTS = {
    "one letter": "a" * LONG,
    "one digit": "1" * LONG,
    "words": "the agency shall report " * (LONG // 24),
    "number words": "hundred thousand million " * (LONG // 25),
    "twenty and": "twenty-one and " * (LONG // 15),
    "negations": "not never no " * (LONG // 13),
    "conditions": "if it is, and when " * (LONG // 19),
    "hyphens": "a-" * (LONG // 2),
    "digits and hyphens": "1-" * (LONG // 2),
    "brackets": "(" * LONG,
    "dashes": "— " * (LONG // 2),
    "sections": "6 U.S.C. 1" * (LONG // 10),
    "at signs": "a@" * (LONG // 2),
    "months": "May 5 " * (LONG // 6),
    "names": "ICE " * (LONG // 4),
    "spaces": " " * LONG,
    "quotation marks": "'" * LONG,
}


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_a_long_statement_is_read_to_its_end(text: str) -> None:
    findings(
        text,
        Quote("a short fragment of text", before=text[:20_000], after=text[:20_000]),
        about=("office:ice",),
    )


@pytest.mark.parametrize("read", [figures, dates, phones, references], ids=lambda f: f.__name__)
@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_long_runs_of_marks_are_read_to_their_end(read: object, text: str) -> None:
    assert callable(read)
    read(text)


def test_every_rule_says_what_it_means_and_how_to_mend() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES) == 13
    for rule in RULES:
        assert rule.id.startswith("wording-")
        assert len(rule.explanation) > 80
    warnings = {rule.id for rule in RULES if rule.severity is Severity.WARNING}
    assert warnings == {"wording-entity", "wording-close", "wording-title"}
