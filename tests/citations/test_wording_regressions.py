"""One case for each mistake of a wording rule that was found and mended."""

from __future__ import annotations

import pytest

from citations.wording_case import Quote, rules

FOUND = "found misconduct by three agents"
CASES: list[tuple[str, str, str, Quote]] = [
    (
        "a verb that the fragment has too attributes nothing",
        "wording-trimmed",
        "OPR found misconduct.",
        Quote(FOUND, before="The letter alleges that OPR"),
    ),
    (
        "according to, in front",
        "wording-trimmed",
        "OPR found misconduct.",
        Quote(FOUND, before="According to the letter, OPR"),
    ),
    (
        "an attribution at the end",
        "wording-trimmed",
        "OPR found misconduct.",
        Quote(f"OPR {FOUND}", after=", the union alleged."),
    ),
    (
        "taken back behind a comma",
        "wording-trimmed",
        "OPR found misconduct.",
        Quote(f"OPR {FOUND}", after=", but that finding was reversed."),
    ),
    (
        "a condition by word order",
        "wording-trimmed",
        "The agent was removed.",
        Quote("the agent was removed for misconduct", before="Had the charge been proved,"),
    ),
    (
        "the same figure with another unit of time",
        "wording-figure",
        "The case took two years.",
        Quote("the case took two months to finish"),
    ),
    (
        "few for many",
        "wording-quantifier",
        "Few cases were opened.",
        Quote("many cases were opened by the office"),
    ),
]


@pytest.mark.parametrize(("name", "rule", "statement", "quote"), CASES, ids=[c[0] for c in CASES])
def test_is_found(name: str, rule: str, statement: str, quote: Quote) -> None:
    assert rule in rules(statement, quote)


def test_units_of_time_that_say_the_same_are_left_alone() -> None:
    assert rules("The head has a week to answer.", Quote("shall answer within 7 days of receipt")) == set()
    assert rules("It took 2 years.", Quote("the case took 2 full years to finish")) == set()
