"""Lists of claims: every filter alone and together."""

from __future__ import annotations

import pytest

from onrecord.answers.listing import Wanted, listing_data, listing_rows, narrower, select
from onrecord.model import AssessmentVerdict, Outcome, Standing
from onrecord.vocab import PREFIXES
from shipped import shipped_base
from small_base import SmallBase

OFFICE, SOURCE, TOPIC = PREFIXES["office"], PREFIXES["source"], PREFIXES["topic"]


def _of(*names: str, prefix: str) -> frozenset[str]:
    return frozenset(prefix + name for name in names)


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        (Wanted(gaps=True), ["number-of-reports-kept"]),
        (Wanted(retired=True), ["line-open-on-weekends"]),
        (Wanted(topics=_of("contact", prefix=TOPIC)), ["line-open-on-weekdays", "line-open-on-weekends"]),
        (Wanted(topics=_of("contact", prefix=TOPIC), current=True), ["line-open-on-weekdays"]),
        (
            Wanted(standings=frozenset({Standing.LAW})),
            ["board-keeps-reports-five-years", "damage-goes-to-the-board"],
        ),
        (Wanted(standings=frozenset({Standing.ALLEGATION})), ["board-keeps-reports-two-years"]),
        (Wanted(verdicts=frozenset({AssessmentVerdict.CONTRADICTED})), ["board-keeps-reports-two-years"]),
        (
            Wanted(entities=_of("harbour-master", prefix=OFFICE)),
            ["board-keeps-reports-five-years", "damage-goes-to-the-board"],
        ),
        (
            Wanted(sources=_of("harbour-report", prefix=SOURCE), topics=_of("standards", prefix=TOPIC)),
            ["board-keeps-reports-five-years", "board-keeps-reports-two-years", "number-of-reports-kept"],
        ),
        (Wanted(sources=_of("harbour-report", prefix=SOURCE), gaps=True), ["number-of-reports-kept"]),
        (Wanted(topics=_of("contact", prefix=TOPIC), as_of="2025-01-01"), ["line-open-on-weekdays"]),
        (Wanted(topics=_of("detention", prefix=TOPIC)), []),
    ],
)
def test_a_list_holds_what_fits_every_filter(disputed: SmallBase, wanted: Wanted, slugs: list[str]) -> None:
    assert [c.slug for c in select(disputed.kb().base, wanted)] == slugs


def test_by_outcome_of_checking(disputed: SmallBase) -> None:
    kb = disputed.kb()
    outcomes = {r.citation.iri: r.outcome for r in kb.outcomes(kb.base.claims())}
    claims = select(kb.base, Wanted(outcomes=frozenset({Outcome.UNCHECKED})), outcomes)
    rows = list(listing_rows(claims, outcomes))
    assert rows[0][0] == "claim:board-keeps-reports-five-years"
    assert rows[0][3] == "found 1, unchecked 1"
    assert rows[1][2] == "contradicted"
    assert listing_data(claims, outcomes)[0]["outcomes"]


def test_narrower_concepts_come_with_a_concept() -> None:
    matter = PREFIXES["matter"]
    found = narrower(shipped_base(), [matter + "misconduct"])
    assert matter + "criminal-misconduct" in found and matter + "misconduct" in found
    assert narrower(shipped_base(), []) == frozenset()
