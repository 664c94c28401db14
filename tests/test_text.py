"""Normalisation: what is folded, what never is, and where each word came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text import Normalised, count_plain, readings, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ICE\u2019s own", "ICE's own"),
        ("\u201cprimary\u201d channel", '"primary" channel'),
        ("component\u2011level review", "component-level review"),
        ("word\u2014word", "word - word"),
        ("833\u2013442\u20103677", "833-442-3677"),
        ("mis\u00adconduct", "misconduct"),
        ("inves\u00ad\ntigation", "investigation"),
        ("investi-\n  gation", "investigation"),
        ("o\ufb03ce \ufb01les", "office files"),
        ("Cafe\u0301", "CAF\u00c9"),
        ("zero\u200bwidth", "zerowidth"),
        ("\u202emarks\u202c", "marks"),
        ("findings [12] show [3]", "findings show"),
        ("a  b\n\tc", "a b c"),
        ("\u22125 percent", "-5 percent"),
        ("Stra\u00dfe", "STRASSE"),
        ("833-442-\n3677", "833-442-3677"),
    ],
)
def test_spellings_that_read_the_same_are_the_same(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("within 7 days", "within 17 days"),
        ("-5 percent", "5 percent"),
        ("5 %", "5"),
        ("$5", "5"),
        ("\u20ac5", "$5"),
        ("not subject to", "subject to"),
        ("115.22(e)", "115.22(f)"),
        ("1,016", "1.016"),
        ("10\u00b2", "102"),
        ("1\u20135 days", "15 days"),
        ("re-sign", "resign"),
        ("can't", "cant"),
        ("\u0661\u0662", "12"),
        ("p\u0430ge", "page"),
    ],
)
def test_what_reads_differently_is_kept_apart(one: str, other: str) -> None:
    assert words(one) != words(other)


def test_symbols_of_law_and_money_are_words_of_their_own() -> None:
    assert words("\u00a7 115.22(e), $5 and 14%") == (
        "\u00a7", "115.22", "(", "e", ")", "$", "5", "and", "14", "%",
    )  # fmt: skip


def test_a_dash_after_a_word_or_dash_is_no_sign() -> None:
    assert words("policy\u20145 days, 3--5, (-7)") == ("policy", "5", "days", "3", "5", "(", "-7", ")")


def test_phone_numbers_e_mails_and_section_numbers_stay_whole() -> None:
    assert words("833-442-3677 a.b@ice.dhs.gov 6 U.S.C. 253(1)")[:4] == (
        "833-442-3677", "a.b@ice.dhs.gov", "6", "u.s.c",
    )  # fmt: skip


def test_a_quotation_wrapped_at_a_compound_has_both_readings() -> None:
    assert ("component", "level") in readings("component-\nlevel")
    assert readings("no hyphen here") == [("no", "hyphen", "here")]


def test_places_are_found_in_order_and_may_overlap() -> None:
    text = Normalised.of("no no no yes")
    assert text.find_all(("no", "no")) == [0, 1]
    assert text.find_all(()) == []
    assert text.find_all(("n",)) == []


def test_brackets_are_not_counted_as_words() -> None:
    assert count_plain(words("115.22(e) of the rule")) == 5


TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("ab 12-\u2013\u2014\u2212\u00ad\ufb01\u2019[]()$%.\n\u0301\u00e9"),
    ),
    max_size=60,
)


@given(TEXT)
def test_normalising_again_changes_nothing(text: str) -> None:
    once = words(text)
    again = words(" ".join(once))
    assert "".join(again) == "".join(once) or unicodedata.normalize("NFC", "".join(again)) == (
        unicodedata.normalize("NFC", "".join(once))
    )


@given(TEXT)
def test_every_word_can_be_traced_to_its_place(text: str) -> None:
    normal = Normalised.of(text)
    assert len(normal.spans) == len(normal.words)
    last = 0
    for start, end in normal.spans:
        assert 0 <= start < end <= len(text)
        assert start >= last - 1
        last = end


@given(
    st.lists(
        st.sampled_from(["office", "R\u00e9sum\u00e9", "5", "ICE's", "\ufb01le"]), min_size=1, max_size=12
    )
)
def test_a_slice_reads_as_the_words_it_spans(parts: list[str]) -> None:
    text = Normalised.of(" \u2014 ".join(parts))
    for i in range(len(text)):
        assert words(text.slice(i, i + 1)) == (text.words[i],)


@given(
    st.lists(st.sampled_from(["a", "b", "c"]), max_size=30),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3),
)
def test_finding_agrees_with_looking_at_every_position(haystack: list[str], needle: list[str]) -> None:
    text = Normalised.of(" ".join(haystack))
    size = len(needle)
    expected = [i for i in range(len(haystack) - size + 1) if haystack[i : i + size] == needle]
    assert text.find_all(needle) == expected
