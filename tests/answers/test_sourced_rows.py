"""Putting an answer together with its notes: numbers, ways, marks, and what is left out."""

from __future__ import annotations

import pytest

from answers.sourced_case import (
    ANSWER,
    CERTIFICATES,
    CLOSED,
    DAMAGE,
    EXPLANATIONS,
    FIVE,
    GAP,
    GRAPH,
    HAS,
    HELD,
    KEEPS,
    RETIRED,
    SAYS,
    TWO,
    VERSION,
    WEEKDAYS,
    case,
    explained,
    fact,
    graph_case,
)
from onrecord.answers.sourced.sourced import page_of, reading_order, sourced
from onrecord.answers.sourced.words import basis, mark_lines, remarks
from onrecord.sparql.explanation import All, AnyOf, Fact, Holders, Mark
from onrecord.sparql.running import Answer
from small_base import SmallBase

SAID = [
    "[1][2]",
    "[1] or [3]",
    "[1], absence, closed world",
    "record of [4]",
    "[1], record of [5]",
    "record, absence",
    "rests on no claim",
    "unexplained",
    "in several ways [1][2], not all listed",
    "[1], see also [2]",
    "record",
    "beyond the page",
    "beyond the page",
]
"""What each row of the case is said to rest on."""


def test_every_row_says_what_it_rests_on(disputed: SmallBase) -> None:
    assert [basis(row) for row in case(disputed).rows] == SAID


def test_notes_are_numbered_as_the_rows_name_them_and_each_claim_has_one(disputed: SmallBase) -> None:
    found = case(disputed)
    assert [(n.number, n.iri) for n in found.notes] == list(enumerate((FIVE, DAMAGE, TWO, GAP, RETIRED), 1))
    assert [n.iri for n in found.notes if n.is_record] == [GAP, RETIRED]
    assert found.version == VERSION


def test_a_page_is_numbered_by_itself(disputed: SmallBase) -> None:
    found = sourced(disputed.kb().base, ANSWER, {3: EXPLANATIONS[3], 2: EXPLANATIONS[2]})
    assert [n.iri for n in found.notes] == [FIVE, GAP]
    assert found.beyond == [0, 1, *range(4, 13)]


def test_a_row_on_many_claims_has_no_more_notes_than_wanted_and_says_so(disputed: SmallBase) -> None:
    claims = (FIVE, DAMAGE, TWO, WEEKDAYS)
    facts = [fact(f"f{n}") for n in range(4)]
    held = {f: Holders((iri,)) for f, iri in zip(facts, claims, strict=True)}
    whole = explained(All((*facts, SAYS)), holders={**held, **HELD}, about=(GAP, RETIRED))
    base = disputed.kb().base
    answer = Answer(("x",), ((None,),))
    for most, said, count in (
        (0, "[1-4], record of [5][6]", 6),
        (5, "[1-4], record of [5], 1 more", 5),
        (3, "[1-3], record, 3 more", 3),
    ):
        found = sourced(base, answer, {0: whole}, most=most)
        assert len(found.notes) == count
        assert basis(found.rows[0]) == said.replace(", record, 3", ", 3")
        lines = [remark.text for remark in remarks(found)]
        assert lines == ([f"Row 1 rests on 6 claims, {count} of them noted; all with --full"] if most else [])


def test_a_claim_that_the_row_names_is_noted_before_others(disputed: SmallBase) -> None:
    speaks = [Fact(f"<{iri}>", "<x:says>", '"x"') for iri in (FIVE, TWO, WEEKDAYS)]
    held = {f: Holders((), True) for f in speaks}
    whole = explained(All(tuple(speaks)), holders=held, about=(FIVE, TWO, WEEKDAYS))
    answer = Answer(("claim",), ((WEEKDAYS,), (TWO,)))
    found = sourced(disputed.kb().base, answer, {0: whole, 1: whole}, most=1)
    assert [note.iri for note in found.notes] == [WEEKDAYS, TWO]
    assert [basis(row) for row in found.rows] == ["record of [1], 2 more", "record of [2], 2 more"]


def test_ways_that_share_claims_are_listed_apart(disputed: SmallBase) -> None:
    either = explained(All((KEEPS, AnyOf((HAS, fact("x"))))), holders={**HELD, fact("x"): Holders((TWO,))})
    found = sourced(disputed.kb().base, Answer(("x",), ((None,),)), {0: either})
    assert basis(found.rows[0]) == "[1][2] or [1][3]"


@pytest.mark.parametrize(
    ("boolean", "given", "said"),
    [
        (True, EXPLANATIONS[0], "[1][2]"),
        (False, explained(marks=(EXPLANATIONS[2].marks[0],)), "absence"),
    ],
)
def test_a_yes_or_no_has_one_row(disputed: SmallBase, boolean: bool, given: object, said: str) -> None:
    answer = Answer(boolean=boolean)
    assert page_of(answer) == [0]
    found = sourced(disputed.kb().base, answer, {0: EXPLANATIONS[0] if boolean else given})  # type: ignore[dict-item]
    assert [basis(row) for row in found.rows] == [said]


def test_triples_come_in_the_order_of_their_printing_each_once(disputed: SmallBase) -> None:
    assert reading_order(GRAPH) == [0, 1, 3] and page_of(GRAPH, 2) == [0, 1]
    found = graph_case(disputed)
    assert found.beyond == [3] and [n.iri for n in found.notes] == [GAP, FIVE]


def test_each_mark_is_given_once_with_its_details_and_rows(disputed: SmallBase) -> None:
    found = case(disputed)
    assert list(mark_lines(found)) == [
        (Mark.ABSENCE, ["rows 3 and 6: office:harbour-board onr:closes ?x"]),
        (Mark.CLOSED_WORLD, ["row 3: 3 members, no others"]),
    ]


def test_details_beyond_a_number_are_counted(disputed: SmallBase) -> None:
    explanations = {
        n: explained(All((KEEPS,)), holders=HELD, marks=(CLOSED._replace(detail=f"{n} members"),))
        for n in range(5)
    }
    found = sourced(disputed.kb().base, ANSWER, explanations)
    (_, lines), *_ = mark_lines(found, 2)
    assert lines == [
        "row 1: 0 members",
        "row 2: 1 members",
        "3 more like these; see them all with --full or -f json",
    ]
    assert len(next(mark_lines(found, 4))[1]) == 5


def test_what_is_not_explained_or_not_listed_is_said_with_the_command_for_it(disputed: SmallBase) -> None:
    found = list(remarks(case(disputed)))
    assert [r.text for r in found] == [
        "Rows 12 and 13 are beyond the page and not explained; to explain all rows: --explain all",
        "Row 8 cannot be explained: a triple term cannot be looked up",
        "Row 9 rests on more than is listed here; all of it:",
    ]
    assert found[-1].command == "onrecord query -e 'SELECT ?c\nWHERE { ?c a onr:Claim }'"


def test_certificates_are_part_of_what_a_row_says(disputed: SmallBase) -> None:
    found = sourced(disputed.kb().base, ANSWER, EXPLANATIONS, certificates=CERTIFICATES)
    assert [basis(row) for row in found.rows[:4]] == [
        "[1][2], certified 1 of 1 witness",
        "[1] or [3], certified 1 of 2 witnesses",
        "[1], absence, closed world, not certified",
        SAID[3],
    ]
    assert "Row 3 is not certified: no witness is known" in [r.text for r in remarks(found)]


def test_rows_alike_are_spoken_of_together(disputed: SmallBase) -> None:
    explanations = {n: explained(All((KEEPS, HAS)), holders=HELD) for n in (0, 1, 2, 5)}
    found = sourced(disputed.kb().base, ANSWER, explanations, most=1)
    assert [r.text for r in remarks(found)][1:] == [
        "Rows 1 to 3 and 6 rest on 2 claims each, 1 of them noted; all with --full"
    ]
