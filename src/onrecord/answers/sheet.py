"""A claim's sheet: its statement, what it asserts, what it rests on, and all that is said about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.answers.flags import related_to
from onrecord.answers.links import deep_link
from onrecord.model import (
    Assessment,
    Citation,
    CitationResult,
    Claim,
    Conflict,
    Reference,
    Source,
    Triple,
)
from onrecord.store.records import DEFAULT, StoreBase
from onrecord.store.reviews import Review
from onrecord.vocab import KB, ONR, RDF_TYPE


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its source, its references, what became of checking it, and its review.

    Attributes:
        void: whether statement or quotation are no longer what the review read.
    """

    citation: Citation
    source: Source | None
    references: tuple[Reference, ...]
    link: str
    result: CitationResult | None = None
    review: Review | None = None
    void: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """One node that a claim asserts: its class, its own name, and what is said of it."""

    iri: str
    kind: str
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that a reader is shown of one claim.

    Attributes:
        nodes: what the claim asserts, its own nodes first.
        cited: its citations, supporting ones first.
        related: the claims that the sheet names, by IRI.
        conflicts: those that the claim is in.
        gaps: gaps in the record about the same entities and topics.
        basis_of: claims whose assessment rests on this one, each with that assessment.
        replaces: claims that were retired in favour of this one.
    """

    claim: Claim
    nodes: tuple[Node, ...]
    cited: tuple[Cited, ...]
    related: Mapping[str, Claim]
    conflicts: tuple[Conflict, ...] = ()
    gaps: tuple[Claim, ...] = ()
    basis_of: tuple[tuple[Claim, Assessment], ...] = ()
    replaces: tuple[Claim, ...] = ()


def sheet(base: StoreBase, claim: Claim, results: Iterable[CitationResult] = ()) -> Sheet:
    """The sheet of a claim; `results` are the outcomes of its citations, where they were checked."""
    conflicts = tuple(c for c in base.conflicts() if claim.iri in c.between)
    named = sorted(related_to(claim, conflicts))
    related = {iri: found for iri in named if (found := base.claim(iri)) is not None}
    return Sheet(
        claim,
        tuple(_nodes(claim)),
        tuple(cited_of(base, claim, results)),
        related,
        conflicts,
        tuple(_gaps(base, claim)),
        tuple(_basis_of(base, claim)),
        tuple(_owners(base, claim.iri, "replacedBy", "retirement")),
    )


def cited_of(base: StoreBase, claim: Claim, results: Iterable[CitationResult] = ()) -> Iterator[Cited]:
    """A claim's citations with all that belongs to them, supporting ones first."""
    outcomes = {r.citation.iri: r for r in results}
    for citation in sorted(
        claim.citations, key=lambda c: (not c.supports, c.standing.rank, c.source, c.locator)
    ):
        yield _cited(base, claim, citation, outcomes.get(citation.iri))


def _nodes(claim: Claim) -> list[Node]:
    by_subject: dict[str, list[Triple]] = {}
    for triple in claim.assertions:
        by_subject.setdefault(triple.subject, []).append(triple)
    own = sorted(by_subject, key=lambda iri: (not iri.startswith(claim.iri + "."), iri))
    nodes = []
    for iri in own:
        kinds = [str(t.object) for t in by_subject[iri] if t.predicate == RDF_TYPE]
        rest = tuple(t for t in by_subject[iri] if t.predicate != RDF_TYPE)
        nodes.append(Node(iri, kinds[0] if kinds else "", rest))
    return nodes


def _cited(base: StoreBase, claim: Claim, citation: Citation, result: CitationResult | None) -> Cited:
    source = base.source(citation.source)
    references = tuple(base.reference(iri) for iri in citation.references)
    link = deep_link(citation, source) if source is not None else ""
    review = base.review(citation.iri)
    void = review is not None and review.is_void(claim, citation)
    return Cited(citation, source, references, link, result, review, void)


def _gaps(base: StoreBase, claim: Claim) -> Iterable[Claim]:
    """Gaps about an entity and a topic of the claim."""
    about = {t.object for t in claim.assertions if isinstance(t.object, str) and t.object.startswith(KB)}
    for iri in base.instances(ONR + "Gap"):
        gap = base.claim(iri) if iri != claim.iri else None
        if gap is not None and gap.retirement is None and set(gap.topics) & set(claim.topics):
            lacking = {t.object for t in gap.assertions if t.predicate == ONR + "missingAbout"}
            if lacking & about:
                yield gap


def _basis_of(base: StoreBase, claim: Claim) -> Iterable[tuple[Claim, Assessment]]:
    for owner in _owners(base, claim.iri, "basis", "assessment"):
        for assessment in owner.assessments:
            if claim.iri in assessment.basis:
                yield owner, assessment


def _owners(base: StoreBase, iri: str, predicate: str, part: str) -> list[Claim]:
    """The claims with a part (an assessment, a retirement) that points to an IRI."""
    owners = {
        _iri(owner.subject)
        for quad in base.match(None, ONR + predicate, iri, DEFAULT)
        for owner in base.match(None, ONR + part, _iri(quad.subject), DEFAULT)
    }
    return [found for owner in sorted(owners) if (found := base.claim(owner)) is not None]


def _iri(term: object) -> str:
    return str(getattr(term, "value", ""))


def is_own(node: Node, claim: Claim) -> bool:
    """Whether a node belongs to the claim, and is no entity in a direct relation."""
    return node.iri.startswith(claim.iri + ".")
