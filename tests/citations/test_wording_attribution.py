"""Whose word it is: recorded, and said in the statement."""

from __future__ import annotations

import pytest

from citations.wording_case import Quote, findings, rules

Q = Quote
LACK = "internal reviews lack the transparency and independence of OIG reports"
TRUE: dict[str, tuple[str, Quote]] = {
    "an allegation of nobody": (
        "Critics say that internal reviews lack transparency.",
        Q(LACK, standing="allegation"),
    ),
    "an argument of nobody": (
        "Some argue that OIG should take more cases.",
        Q("an argument advanced by watchdog groups pointing to", standing="argument"),
    ),
    "an allegation said as a fact": (
        "Internal reviews lack transparency.",
        Q(LACK, standing="allegation", said_by="group:critics"),
    ),
    "an argument said as a fact": (
        "The division of work lowers public confidence.",
        Q("reduce public confidence in impartiality", standing="argument", said_by="group:watchdogs"),
    ),
    "an official statement said as a fact": (
        "Allegations get a thorough investigation.",
        Q(
            "properly assessed and thoroughly investigated",
            standing="officialStatement",
            said_by="office:dhs",
        ),
    ),
    "somebody who is no entity of the base": (
        "Oversight is a rubber stamp.",
        Q("can underreport or rubber-stamp compliance and", standing="allegation", said_by="person:nobody"),
    ),
}
FALSE: dict[str, tuple[str, Quote]] = {
    "critics say": (
        "Critics say that internal reviews lack transparency.",
        Q(LACK, standing="allegation", said_by="group:critics"),
    ),
    "the name alone": (
        "Watchdog groups: confidence suffers.",
        Q("reduce public confidence in impartiality", standing="argument", said_by="group:watchdogs"),
    ),
    "a synonym in the singular": (
        "A critic's point is the lack of transparency.",
        Q(LACK, standing="allegation", said_by="group:critics"),
    ),
    "according to": (
        "According to the agency, allegations get a thorough investigation.",
        Q(
            "properly assessed and thoroughly investigated",
            standing="officialStatement",
            said_by="office:dhs",
        ),
    ),
    "an official statement by nobody in particular": (
        "Allegations are assessed.",
        Q("properly assessed and thoroughly investigated", standing="officialStatement"),
    ),
    "reporting": ("Cases stay open long.", Q("cases often remain open for long periods")),
    "law": ("The facility must cooperate.", Q("the facility shall cooperate with outside", standing="law")),
    "a finding by somebody": (
        "ICE did not follow its policies.",
        Q(
            "ICE did not consistently follow its written",
            standing="oversightFinding",
            said_by="office:dhs-oig",
        ),
    ),
}


@pytest.mark.parametrize("row", TRUE.values(), ids=TRUE)
def test_finds(row: tuple[str, Quote]) -> None:
    assert "wording-attribution" in rules(*row)


@pytest.mark.parametrize("row", FALSE.values(), ids=FALSE)
def test_leaves_alone(row: tuple[str, Quote]) -> None:
    assert "wording-attribution" not in rules(*row)


def test_the_best_standing_decides() -> None:
    allegation = Q(LACK, standing="allegation", said_by="group:critics")
    report = Q("the record instead shows structural reporting problems")
    assert "wording-attribution" in rules("Reviews lack transparency.", allegation)
    assert "wording-attribution" not in rules("Reviews lack transparency.", allegation, report)


def test_points_at_the_citation_without_a_speaker() -> None:
    found = findings("Critics say so.", "a fragment of the report", Q(LACK, standing="allegation"))
    (missing,) = [f for f in found if f.rule == "wording-attribution"]
    assert missing.focus.endswith(".c-1")
    assert "saidBy" in missing.next_step
