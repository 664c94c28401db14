"""Section locators: what they name, and which lines of a law text that is."""

from __future__ import annotations

import pytest

from onrecord.citations.sections import SectionPath, Sections, parse_locator
from onrecord.text import Normalised

LAW = (
    "# Title 5\n#### \u00a7 417. Special provisions\n###### (a) In General.\n(1) Authority\nWords of one.\n"
    "(A) first item;\n(B) second item\n(2) Other\nWords of two.\n#### \u00a7 417. Special provisions\n"
    "###### (f) Official\n(2) Functions\n(E) consult on\n(i) abuses; and\n(ii) policy\n(F) provide\n"
    "## 6 CFR 115.71 Investigations\n(c)(2) Such procedures\n(d) The agency\n"
    "#### \u00a7 253. Quality\n(1) one;\n(2) two\n"
)


@pytest.mark.parametrize(
    ("locator", "path"),
    [
        ("6 CFR 115.22(e)", SectionPath("115.22", ("e",))),
        ("5 U.S.C. 417(f)(2)(G)", SectionPath("417", ("f", "2", "G"))),
        ("5 U.S.C. \u00a7 417 (a) (1)", SectionPath("417", ("a", "1"))),
        ("6 CFR 115.22(e)-(f)", SectionPath("115.22", ())),
        ("\u00a7\u00a7 12", SectionPath("12", ())),
        ("page 12", None),
        ("", None),
    ],
)
def test_locators_are_read(locator: str, path: SectionPath | None) -> None:
    assert parse_locator(locator) == path


@pytest.mark.parametrize(
    ("words", "locator"),
    [
        ("Words of one", "5 U.S.C. 417(a)(1)"),
        ("second item", "5 U.S.C. 417(a)(1)(B)"),
        ("Words of two", "5 U.S.C. 417(a)(2)"),
        ("policy", "5 U.S.C. 417(f)(2)(E)(ii)"),
        ("provide", "5 U.S.C. 417(f)(2)(F)"),
        ("Such procedures", "6 CFR 115.71(c)(2)"),
        ("The agency", "6 CFR 115.71(d)"),
        ("two", "6 U.S.C. 253(2)"),
    ],
)
def test_words_lie_in_their_section_and_in_those_above_it(words: str, locator: str) -> None:
    sections = Sections.of(Normalised.of(LAW))
    path = parse_locator(locator)
    assert path is not None
    offset = LAW.rindex(words)
    for depth in range(len(path.labels) + 1):
        assert sections.holds(SectionPath(path.section, path.labels[:depth]), offset)
    assert not sections.holds(SectionPath(path.section, ("z",)), offset)


def test_a_text_without_section_headings_has_no_sections() -> None:
    assert not Sections.of(Normalised.of("Plain words (a) with brackets.")).spans
