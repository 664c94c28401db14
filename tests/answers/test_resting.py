"""Which claims of an explanation a reader is shown, and in which order."""

from __future__ import annotations

import pytest

from answers.sourced_case import DAMAGE, FIVE, GAP, TWO, WEEKDAYS, explained, fact
from onrecord.answers.resting import resting
from onrecord.sparql.explanation import All, AnyOf, Fact, Holders, Part

A, B, C, R = fact("a"), fact("b"), fact("c"), fact("r")
HELD = {A: Holders((FIVE,)), B: Holders((TWO,)), C: Holders((DAMAGE, WEEKDAYS)), R: Holders((GAP,), True)}


@pytest.mark.parametrize(
    ("part", "needed", "others", "is_enough"),
    [
        (All((A, B, R)), (FIVE, TWO), (), True),
        (All((A, C)), (FIVE,), (DAMAGE, WEEKDAYS), False),
        (AnyOf((A, B)), (), (FIVE, TWO), False),
        (AnyOf((A, All((A, B)))), (FIVE,), (), True),
        (All((AnyOf((B, C, A)), A)), (FIVE,), (), True),
        (AnyOf((All((A, B)), All((A, C)))), (FIVE,), (TWO, DAMAGE, WEEKDAYS), False),
        (AnyOf((R, A)), (), (), True),
        (All(()), (), (), True),
        (AnyOf((A,), 3), (), (FIVE,), False),
        (All((A,), 3), (FIVE,), (), True),
    ],
)
def test_needed_claims_come_first_and_idle_alternatives_are_left_out(
    part: Part, needed: tuple[str, ...], others: tuple[str, ...], is_enough: bool
) -> None:
    found = resting(explained(part, holders=HELD))
    assert (found.needed, found.others, found.is_enough) == (needed, others, is_enough)


def test_claims_that_hold_the_same_triple_are_shown_though_one_is_needed_anyway() -> None:
    held = {A: Holders((FIVE,)), C: Holders((DAMAGE, FIVE))}
    found = resting(explained(All((A, C)), holders=held))
    assert (found.needed, found.others, found.is_enough) == ((FIVE,), (DAMAGE,), True)


def test_a_claim_that_is_shown_is_not_listed_by_its_record_again() -> None:
    speaks = Fact(f"<{FIVE}>", "<x:p>", f"<{GAP}.c-1>")
    whole = explained(All((A, speaks)), holders={**HELD, speaks: Holders((), True)}, about=(FIVE, GAP))
    assert resting(whole).records == (GAP,)


def test_of_alternatives_that_the_record_holds_the_one_that_adds_no_claim_is_shown() -> None:
    def topic(claim: str) -> Fact:
        return Fact(f"<{claim}.c-1>", "<x:topic>", "<x:referral>")

    facts = [topic(claim) for claim in (TWO, GAP, FIVE)]
    held = {fact: Holders((), True) for fact in facts}
    for root in (All((AnyOf(tuple(facts)), facts[1])), All((facts[1], AnyOf(tuple(facts))))):
        assert resting(explained(root, holders=held, about=(FIVE, GAP, TWO))).records == (GAP,)
    assert resting(explained(AnyOf(tuple(facts)), holders=held, about=(FIVE, GAP, TWO))).records == (FIVE,)


@pytest.mark.parametrize(
    ("part", "is_cut"),
    [
        (All((A, B)), False),
        (All((A, B), 2), True),
        (AnyOf((A, B), 2), True),
        (All((A, AnyOf((All((A,)), B), 2))), False),
        (All((A, AnyOf((All((A,), 2), B)))), True),
        (All((A, AnyOf((R, C), 2))), False),
    ],
)
def test_a_cap_is_told_of_where_it_matters(part: Part, is_cut: bool) -> None:
    assert resting(explained(part, holders=HELD)).is_cut == is_cut


def test_every_witness_is_among_the_claims_shown() -> None:
    for part in (All((A, C)), AnyOf((All((A, B)), All((A, C)))), All((AnyOf((B, C)), A))):
        whole = explained(part, holders=HELD)
        assert all(witness <= set(resting(whole).claims) for witness in whole.witnesses())
