"""Claims of a base by source, topic, standing, entity, outcome and state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.answers.phrasing import cut, marks_of, standing_label
from onrecord.answers.sheet_json import claim_data
from onrecord.model import AssessmentVerdict, Claim, Outcome, Standing
from onrecord.store.records import DEFAULT, StoreBase
from onrecord.store.scope import valid_on
from onrecord.vocab import SKOS, compact

Outcomes = Mapping[str, Outcome]
"""The outcome of checking, by the citation's IRI."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a listed claim must be; every part that is set must fit.

    Attributes:
        sources: it cites one of them.
        topics: it is on one of them, or on a narrower one.
        standings: its own standing is one of them.
        outcomes: one of its citations had one of them.
        entities: what it asserts, or who said it, names one of them.
        verdicts: an assessment of it has one of them.
        gaps: it is a gap.
        retired: it is retired.
        current: it is not retired.
        as_of: it is valid on that date.
    """

    sources: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    standings: frozenset[Standing] = frozenset()
    outcomes: frozenset[Outcome] = frozenset()
    entities: frozenset[str] = frozenset()
    verdicts: frozenset[AssessmentVerdict] = frozenset()
    gaps: bool = False
    retired: bool = False
    current: bool = False
    as_of: str = ""


def select(base: StoreBase, wanted: Wanted, outcomes: Outcomes | None = None) -> list[Claim]:
    """The claims that fit, by IRI."""
    topics = narrower(base, wanted.topics)
    return [c for c in base.claims() if _fits(c, wanted, topics, outcomes or {})]


def narrower(base: StoreBase, concepts: Iterable[str]) -> frozenset[str]:
    """Concepts and all that are narrower."""

    def below(concept: str) -> list[str]:
        quads = base.match(None, SKOS + "broader", concept, DEFAULT)
        return [str(getattr(q.subject, "value", "")) for q in quads]

    return _reached(concepts, below)


def broader(base: StoreBase, concepts: Iterable[str]) -> frozenset[str]:
    """Concepts and all that are broader."""
    return _reached(concepts, lambda concept: base.describe(concept).iris(SKOS + "broader"))


def _reached(concepts: Iterable[str], after: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    todo = list(concepts)
    while todo:
        concept = todo.pop()
        if concept not in found:
            found.add(concept)
            todo += after(concept)
    return frozenset(found)


def _fits(claim: Claim, wanted: Wanted, topics: frozenset[str], outcomes: Outcomes) -> bool:
    if (wanted.gaps and not claim.is_gap) or (wanted.retired and claim.retirement is None):
        return False
    if (wanted.current and claim.retirement is not None) or (
        wanted.as_of and not valid_on(claim, wanted.as_of)
    ):
        return False
    said_by = {who for c in claim.citations for who in c.said_by}
    named = {str(t) for triple in claim.assertions for t in (triple.subject, triple.object)}
    pairs: Sequence[tuple[frozenset[object], set[object]]] = (
        (frozenset(wanted.sources), {c.source for c in claim.citations}),
        (frozenset(topics), set(claim.topics)),
        (frozenset(wanted.standings), {claim.standing}),
        (frozenset(wanted.outcomes), {outcomes.get(c.iri) for c in claim.citations}),
        (frozenset(wanted.entities), {*named, *said_by}),
        (frozenset(wanted.verdicts), {a.verdict for a in claim.assessments}),
    )
    return all(not asked or asked & has for asked, has in pairs)


def listing_rows(claims: Sequence[Claim], outcomes: Outcomes | None = None) -> Iterator[list[str]]:
    """Rows of a table: claim, standing, marks, outcomes (where checked), statement."""
    for claim in claims:
        row = [compact(claim.iri), standing_label(claim), ", ".join(marks_of(claim))]
        if outcomes is not None:
            row.append(_counted(claim, outcomes))
        yield [*row, cut(claim.statement, 90)]


def _counted(claim: Claim, outcomes: Outcomes) -> str:
    found = [outcomes[c.iri].value for c in claim.citations if c.iri in outcomes]
    return ", ".join(f"{o.value} {found.count(o.value)}" for o in Outcome if o.value in found)


def listing_data(claims: Sequence[Claim], outcomes: Outcomes | None = None) -> list[dict[str, object]]:
    """The list as plain data, one entry a claim."""
    listed = []
    for claim in claims:
        entry = claim_data(claim)
        entry["sources"] = sorted({c.source for c in claim.citations})
        if outcomes is not None:
            entry["outcomes"] = {c.iri: outcomes[c.iri].value for c in claim.citations if c.iri in outcomes}
        listed.append(entry)
    return listed
