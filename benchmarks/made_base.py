"""A made base of any size in the layout of the real index: claims of about 20 triples, from one seed.

Fifteen claims in a hundred assert what another claim asserts too. Offices form a hierarchy (a graph without
circles, at most `DEEPEST` steps deep), so that paths have something to follow.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from onrecord.model import Literal, Term
from onrecord.store.naming import citation_iri
from onrecord.store.quads import store_quads
from onrecord.store.reading import FactFile, Quad
from onrecord.vocab import CONCEPT, DCTERMS, KB, OA, ONR, OV, RDF, RDF_TYPE, RECORD_GRAPH, SKOS, XSD

SEED = 20261122
CLAIMS_A_FILE = 50
CLAIMS_AN_OFFICE = 50
CORROBORATING = 0.15
DEEPEST = 8
MATTERS = [f"{CONCEPT}matter/m{i}" for i in range(12)]
TOPICS = [f"{CONCEPT}topic/t{i}" for i in range(10)]
OUTCOMES = [f"{CONCEPT}outcome/o{i}" for i in range(6)]
STANDINGS = ("law", "officialStatement", "oversightFinding", "reporting")
OBLIGATIONS = ("must", "should", "may", "inPractice")
WORDS = [
    a + b for a in ("re", "con", "di", "ma", "for", "tra") for b in ("port", "tain", "vise", "ward", "der")
]
LANGUAGE_TAGGED = RDF + "langString"

Pair = tuple[str, Term]
Assertion = tuple[str, str, Term]


@dataclass(frozen=True)
class MadeBase:
    """A store with what was put into it.

    Attributes:
        triples: how many claims say, with their records.
        corroborating: how many claims assert only what another claim asserts.
    """

    store: ox.Store
    claims: int
    triples: int
    corroborating: int


def make_base(claims: int, seed: int = SEED) -> MadeBase:
    """A base in memory with that many claims, every one of them in scope."""
    maker = _Maker(claims, random.Random(seed))
    store = ox.Store()
    store.bulk_extend(_quads(maker.files()))
    return MadeBase(store, claims, maker.triples, maker.corroborating)


def _quads(files: Iterable[FactFile]) -> Iterator[ox.Quad]:
    """As the index has them: what a claim asserts stands in the default graph too."""
    for quad in store_quads(files):
        yield quad
        graph = quad.graph_name
        if isinstance(graph, ox.NamedNode) and not graph.value.startswith(RECORD_GRAPH):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


class _Maker:
    def __init__(self, claims: int, rng: random.Random) -> None:
        self.rng = rng
        self.offices = [f"{KB}office/o{i}" for i in range(max(16, claims // CLAIMS_AN_OFFICE))]
        self.sources = [f"{KB}source/s{i}" for i in range(max(10, claims // 40))]
        self.hierarchy = self._hierarchy()
        self.relations: list[list[Assertion]] = []
        self.claims, self.triples, self.corroborating = claims, 0, 0

    def files(self) -> Iterator[FactFile]:
        """The record of the entities, then every claim."""
        yield FactFile("facts/entities.ttl", "", "", tuple(self.entities()))
        for first in range(0, self.claims, CLAIMS_A_FILE):
            numbers = range(first, min(first + CLAIMS_A_FILE, self.claims))
            quads = tuple(quad for number in numbers for quad in self.claim(number))
            self.triples += len(quads)
            yield FactFile(f"facts/claims/made-{first}.trig", "", "", quads)

    def _hierarchy(self) -> list[Assertion]:
        """Each office's one or two superiors, the last office first (lists are used up from their end)."""
        depth = [0]
        edges: list[Assertion] = []
        for number, office in enumerate(self.offices[1:], 1):
            superiors = set()
            for _ in range(2 if self.rng.random() < 0.2 else 1):
                superior = self.rng.randrange(max(1, number // 2))
                while depth[superior] >= DEEPEST:
                    superior = self.rng.randrange(superior)
                superiors.add(superior)
            depth.append(1 + max(depth[s] for s in superiors))
            edges += [(office, OV + "partOf", self.offices[s]) for s in sorted(superiors)]
        return edges[::-1]

    def entities(self) -> Iterator[Quad]:
        """The record of offices, sources and concepts."""
        for office in self.offices:
            yield Quad(office, RDF_TYPE, OV + "Office")
            yield Quad(office, SKOS + "prefLabel", _english(f"Office {office.rpartition('/')[2]}"))
        for source in self.sources:
            yield Quad(source, RDF_TYPE, ONR + "Source")
            yield Quad(source, DCTERMS + "title", Literal(f"Document {source.rpartition('/')[2]}"))
            yield Quad(source, ONR + "tier", ONR + "primary")
        for concept in (*MATTERS, *TOPICS, *OUTCOMES):
            yield Quad(concept, SKOS + "prefLabel", _english(concept.rpartition("/")[2]))

    def claim(self, number: int) -> Iterator[Quad]:
        """One claim: what it asserts, and the record about it."""
        iri = f"{KB}claim/c{number}"
        asserted = self._assertions(iri)
        yield from (Quad(*assertion, iri) for assertion in asserted)
        is_relation = asserted[0][0] != f"{iri}.node"
        for subject, predicate, value in self._record(iri, number, 2 if is_relation else 1):
            yield Quad(subject, predicate, value)

    def _assertions(self, iri: str) -> list[Assertion]:
        kind = self.rng.random()
        if kind < CORROBORATING and self.relations:
            self.corroborating += 1
            return self.rng.choice(self.relations)
        if kind < CORROBORATING + 0.2:
            self.relations.append(self._relation())
            return self.relations[-1]
        about = self._referral if kind < 0.75 else self._observation if kind < 0.9 else self._investigation
        return [(f"{iri}.node", predicate, value) for predicate, value in about()]

    def _relation(self) -> list[Assertion]:
        if self.hierarchy:
            return [self.hierarchy.pop()]
        one, other = self._office(), self._office()
        first: list[Assertion] = [(one, OV + self.rng.choice(("worksWith", "reportsTo")), other)]
        if self.rng.random() < 0.5:
            return first
        return [*first, (one, OV + "operates", f"{KB}system/y{one[-1]}")]

    def _referral(self) -> list[Pair]:
        return [
            (RDF_TYPE, OV + "Referral"),
            (OV + "from", self._office()),
            (OV + "to", self._office()),
            (OV + "matter", self.rng.choice(MATTERS)),
            (OV + "obligation", OV + self.rng.choice(OBLIGATIONS)),
            (OV + "legalBasis", self.rng.choice(self.sources)),
            *([(OV + "timeLimit", _english("promptly"))] if self.rng.random() < 0.5 else []),
        ]

    def _observation(self) -> list[Pair]:
        return [
            (RDF_TYPE, OV + "Observation"),
            (OV + "about", self._office()),
            (OV + "measure", _english(f"cases {self.rng.choice(WORDS)}ed")),
            (OV + "value", Literal(str(self.rng.randrange(10_000)), XSD + "integer")),
            (OV + "unit", Literal(self.rng.choice(("cases", "days", "persons")))),
            (OV + "period", Literal(str(self.rng.randrange(2003, 2026)))),
            (OV + "matter", self.rng.choice(MATTERS)),
        ]

    def _investigation(self) -> list[Pair]:
        return [
            (RDF_TYPE, OV + "Investigation"),
            (OV + "by", self._office()),
            (OV + "about", self._office()),
            (OV + "matter", self.rng.choice(MATTERS)),
            (OV + "opened", self._day()),
            *([(OV + "outcome", self.rng.choice(OUTCOMES))] if self.rng.random() < 0.6 else []),
        ]

    def _record(self, iri: str, number: int, citations: int) -> Iterator[Assertion]:
        yield iri, RDF_TYPE, ONR + "Claim"
        yield iri, ONR + "statement", _english(f"Statement {number} says that {self._words(10)}.")
        yield iri, ONR + "topic", self.rng.choice(TOPICS)
        yield iri, ONR + "asOf", self._day()
        yield iri, DCTERMS + "created", self._day()
        for _ in range(citations):
            source, exact = self.rng.choice(self.sources), self._words(8)
            node = citation_iri(iri, source, exact)
            yield iri, ONR + "citation", node
            yield node, RDF_TYPE, ONR + "Citation"
            yield node, ONR + "source", source
            yield node, OA + "exact", Literal(exact)
            yield node, OA + "prefix", Literal(self._words(3))
            yield node, ONR + "locator", Literal(f"p. {self.rng.randrange(1, 90)}")
            yield node, ONR + "stance", ONR + "supports"
            yield node, ONR + "standing", ONR + self.rng.choice(STANDINGS)

    def _office(self) -> str:
        return self.rng.choice(self.offices)

    def _words(self, count: int) -> str:
        return " ".join(self.rng.choices(WORDS, k=count))

    def _day(self) -> Literal:
        rng = self.rng
        return Literal(
            f"{rng.randrange(2003, 2026)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}", XSD + "date"
        )


def _english(text: str) -> Literal:
    return Literal(text, LANGUAGE_TAGGED, "en")
