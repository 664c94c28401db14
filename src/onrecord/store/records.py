"""A base read from an Oxigraph store: quads to claims, citations, sources, entities and conflicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import pyoxigraph as ox

from onrecord.errors import Place
from onrecord.model import (
    Assessment,
    AssessmentVerdict,
    Candidate,
    Citation,
    Claim,
    Conflict,
    Entity,
    Literal,
    Proof,
    Reference,
    Retirement,
    RetirementKind,
    Snapshot,
    Source,
    Stance,
    Standing,
    Term,
    Triple,
    Waiver,
)
from onrecord.store.reviews import Review, ReviewVerdict
from onrecord.vocab import DCTERMS, OA, ONR, RDF_TYPE, RDFS, RECORD_GRAPH, SCHEMA, SKOS

DEFAULT = ox.DefaultGraph()
_CONFIDENCE = {"high": 0, "medium": 1, "low": 2}
_E = TypeVar("_E", Standing, Stance, AssessmentVerdict, RetirementKind, ReviewVerdict)
PlaceOf = Callable[[str, str, str, str], Place]
"""(file name in the base, subject, predicate, value) -> place."""


class Description:
    """The properties of one node in the record, read once."""

    def __init__(self, properties: Mapping[str, Sequence[Term]]) -> None:
        self._properties = properties

    @property
    def predicates(self) -> tuple[str, ...]:
        """What is said of the node, in order."""
        return tuple(sorted(self._properties))

    def all(self, predicate: str) -> tuple[Term, ...]:
        """Every value, in order."""
        return tuple(sorted(self._properties.get(predicate, ()), key=_order))

    def iris(self, predicate: str) -> tuple[str, ...]:
        """Every value that is an IRI."""
        return tuple(t for t in self.all(predicate) if isinstance(t, str))

    def texts(self, predicate: str) -> tuple[str, ...]:
        """The lexical forms of every value that is a literal."""
        return tuple(t.value for t in self.all(predicate) if isinstance(t, Literal))

    def iri(self, predicate: str) -> str:
        """The first IRI, or ""."""
        return next(iter(self.iris(predicate)), "")

    def text(self, predicate: str) -> str:
        """The first literal's lexical form, or ""."""
        return next(iter(self.texts(predicate)), "")


def _order(term: Term) -> tuple[str, str, str]:
    return ("", term, "") if isinstance(term, str) else (term.value, term.datatype, term.language)


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.datatype.value, term.language or "")
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _description(quads: Iterable[ox.Quad]) -> Description:
    properties: dict[str, dict[Term, None]] = {}
    for quad in quads:
        properties.setdefault(quad.predicate.value, {})[_term(quad.object)] = None
    return Description({p: list(values) for p, values in properties.items()})


def _enum(kind: type[_E], iri: str, default: _E) -> _E:
    local = iri.removeprefix(ONR)
    return kind(local) if local in [k.value for k in kind] else default


class StoreBase:
    """The `Base` of model.py over a store whose default graph holds all records.

    With `over`, this base's claims stand in front of those of the one below: a claim that both hold is read
    from this one alone, and every other node from both.
    """

    def __init__(
        self,
        store: ox.Store,
        place_of: PlaceOf,
        proofs: Callable[[], Mapping[str, Proof]] = dict,
        over: StoreBase | None = None,
    ) -> None:
        self.store = store
        self.over = over
        self._place_of = place_of
        self._read_proofs = proofs

    def describe(self, iri: str) -> Description:
        """What the record says of a node."""
        return _description(self.match(iri, None, None, DEFAULT))

    def match(
        self, subject: str | None, predicate: str | None, obj: str | None, graph: str | ox.DefaultGraph | None
    ) -> Iterator[ox.Quad]:
        """Quads by pattern (None for any), this base's first."""
        s, p, o = (ox.NamedNode(t) if t is not None else None for t in (subject, predicate, obj))
        named = ox.NamedNode(graph) if isinstance(graph, str) else graph
        yield from self.store.quads_for_pattern(s, p, o, named)
        if self.over is not None:
            for quad in self.over.match(subject, predicate, obj, graph):
                if not self._replaces(quad):
                    yield quad

    def _replaces(self, quad: ox.Quad) -> bool:
        for node in (quad.subject, quad.graph_name):
            if isinstance(node, ox.NamedNode) and node.value.startswith(self.claim_prefixes):
                owner = node.value if node.value in self.own_claims else node.value.rsplit(".", 1)[0]
                if owner in self.own_claims:
                    return True
        return False

    @cached_property
    def own_claims(self) -> frozenset[str]:
        """The claims of this store alone, what lies below left out."""
        kinds = [ox.NamedNode(ONR + name) for name in ("Claim", "Gap")]
        quads = (self.store.quads_for_pattern(None, ox.NamedNode(RDF_TYPE), kind, DEFAULT) for kind in kinds)
        return frozenset(str(_term(q.subject)) for found in quads for q in found)

    @cached_property
    def claim_prefixes(self) -> tuple[str, ...]:
        """What the IRIs of this store's claims begin with; never an empty string."""
        return tuple({iri.rsplit("/", 1)[0] + "/" for iri in self.own_claims}) or ("\0",)

    def knows(self, iri: str) -> bool:
        """Whether the record or a claim says what a node is."""
        return next(self.match(iri, RDF_TYPE, None, None), None) is not None

    def place(self, iri: str, predicate: str = "", value: str = "") -> Place | None:
        """Where a node's record stands; None when no file holds it."""
        for quad in self.store.quads_for_pattern(
            ox.NamedNode(iri), ox.NamedNode(predicate or RDF_TYPE), None, None
        ):
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode) and graph.value.startswith(RECORD_GRAPH):
                return self._place_of(graph.value.removeprefix(RECORD_GRAPH), iri, predicate, value)
        return self.over.place(iri, predicate, value) if self.over is not None else None

    def instances(self, class_iri: str) -> list[str]:
        """The IRIs of a class's direct instances in the record, in order."""
        found = self.match(None, RDF_TYPE, class_iri, DEFAULT)
        return sorted({q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)})

    # claims -------------------------------------------------------------------------------------------

    def claim(self, iri: str) -> Claim | None:
        """The claim of that IRI, or None."""
        d = self.describe(iri)
        types = d.iris(RDF_TYPE)
        if ONR + "Claim" not in types and ONR + "Gap" not in types:
            return None
        return Claim(
            iri=iri,
            statement=d.text(ONR + "statement"),
            topics=d.iris(ONR + "topic"),
            citations=tuple(self.citation(c, iri) for c in d.iris(ONR + "citation")),
            assertions=self.assertions(iri),
            is_gap=ONR + "Gap" in types,
            as_of=d.text(ONR + "asOf"),
            valid_from=d.text(ONR + "validFrom"),
            valid_through=d.text(ONR + "validThrough"),
            time_wording=d.text(ONR + "timeWording"),
            created=d.text(DCTERMS + "created"),
            asked=d.texts(SKOS + "hiddenLabel"),
            assessments=tuple(self._assessment(a) for a in d.iris(ONR + "assessment")),
            waivers=tuple(self._waiver(w) for w in d.iris(ONR + "waiver")),
            retirement=next((self._retirement(r) for r in d.iris(ONR + "retirement")), None),
            place=self.place(iri),
        )

    def claims(self) -> Iterator[Claim]:
        """Every claim, by IRI."""
        iris = set(self.instances(ONR + "Claim")) | set(self.instances(ONR + "Gap"))
        for iri in sorted(iris):
            claim = self.claim(iri)
            if claim is not None:
                yield claim

    def assertions(self, claim: str) -> tuple[Triple, ...]:
        """The triples of a claim's own graph."""
        found = [
            Triple(str(_term(quad.subject)), quad.predicate.value, _term(quad.object))
            for quad in self.match(None, None, None, claim)
        ]
        return tuple(sorted(found, key=lambda t: (t.subject, t.predicate, _order(t.object))))

    def citation(self, iri: str, claim: str) -> Citation:
        """The citation of that IRI."""
        d = self.describe(iri)
        exact = d.text(OA + "exact")
        return Citation(
            iri=iri,
            claim=claim,
            source=d.iri(ONR + "source"),
            exact=exact,
            prefix=d.text(OA + "prefix"),
            suffix=d.text(OA + "suffix"),
            locator=d.text(ONR + "locator"),
            stance=_enum(Stance, d.iri(ONR + "stance"), Stance.SUPPORTS),
            standing=_enum(Standing, d.iri(ONR + "standing"), Standing.ARGUMENT),
            said_by=d.iris(ONR + "saidBy"),
            references=d.iris(ONR + "reference"),
            place=self.place(iri, OA + "exact", exact) or self.place(claim),
        )

    def _assessment(self, iri: str) -> Assessment:
        d = self.describe(iri)
        verdict = _enum(AssessmentVerdict, d.iri(ONR + "verdict"), AssessmentVerdict.UNPROVEN)
        return Assessment(verdict, d.iris(ONR + "basis"), d.text(ONR + "reason"), d.text(ONR + "assessedOn"))

    def _waiver(self, iri: str) -> Waiver:
        d = self.describe(iri)
        return Waiver(
            d.text(ONR + "rule"), d.text(ONR + "reason"), d.text(ONR + "author"), d.text(ONR + "waivedOn")
        )

    def _retirement(self, iri: str) -> Retirement:
        d = self.describe(iri)
        kind = _enum(RetirementKind, d.iri(ONR + "retirementKind"), RetirementKind.RETRACTED)
        return Retirement(kind, d.text(ONR + "reason"), d.text(ONR + "retiredOn"), d.iri(ONR + "replacedBy"))

    def review(self, citation: str) -> Review | None:
        """The latest review of a citation, or None; this base's own stand in front of those below."""
        pattern = (ox.NamedNode(ONR + "ofCitation"), ox.NamedNode(citation), DEFAULT)
        nodes = (str(_term(q.subject)) for q in self.store.quads_for_pattern(None, *pattern))
        found = [self._review(iri, citation) for iri in nodes]
        if not found and self.over is not None:
            return self.over.review(citation)
        return max(found, key=lambda r: (r.reviewed_on, r.verdict), default=None)

    def _review(self, iri: str, citation: str) -> Review:
        d = _description(self.store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT))
        return Review(
            citation,
            _enum(ReviewVerdict, d.iri(ONR + "verdict"), ReviewVerdict.NOT_SUPPORTED),
            d.text(ONR + "method"),
            d.text(ONR + "reviewedOn"),
            d.text(ONR + "digest"),
            d.text(ONR + "reason"),
            self.place(iri),
        )

    # sources, entities, conflicts ---------------------------------------------------------------------

    def source(self, iri: str) -> Source | None:
        """The source of that IRI, or None."""
        d = self.describe(iri)
        if ONR + "Source" not in d.iris(RDF_TYPE):
            return None
        return Source(
            iri=iri,
            title=d.text(DCTERMS + "title"),
            publishers=d.texts(DCTERMS + "publisher"),
            type=d.text(DCTERMS + "type"),
            tier=d.iri(ONR + "tier").removeprefix(ONR),
            issued=d.text(DCTERMS + "issued"),
            date_wording=d.text(ONR + "dateWording"),
            identifier=d.text(DCTERMS + "identifier"),
            urls=d.texts(SCHEMA + "url"),
            rights=d.text(DCTERMS + "rights"),
            notes=d.texts(ONR + "note"),
            references=tuple(self.reference(r) for r in d.iris(ONR + "hasReference")),
            place=self.place(iri),
        )

    def sources(self) -> Iterator[Source]:
        """Every source, by IRI."""
        for iri in self.instances(ONR + "Source"):
            source = self.source(iri)
            if source is not None:
                yield source

    def reference(self, iri: str) -> Reference:
        """The reference of that IRI."""
        d = self.describe(iri)
        candidates = []
        for node in d.iris(ONR + "candidate"):
            c = self.describe(node)
            confidence = c.iri(ONR + "confidence").removeprefix(ONR)
            candidates.append(Candidate(c.iri(ONR + "source"), confidence, c.text(ONR + "reason")))
        ranked = sorted(candidates, key=lambda c: (_CONFIDENCE.get(c.confidence, 3), c.source))
        return Reference(iri, d.text(ONR + "marker"), tuple(ranked), d.text(ONR + "unresolved"))

    def snapshots(self, source: str) -> Sequence[Snapshot]:
        """The snapshot records of a source."""
        found = {str(_term(q.subject)) for q in self.match(None, ONR + "snapshotOf", source, DEFAULT)}
        return [self._snapshot(iri, source) for iri in sorted(found)]

    def _snapshot(self, iri: str, source: str) -> Snapshot:
        d = self.describe(iri)
        count = d.text(ONR + "wordCount")
        return Snapshot(
            iri,
            source,
            d.text(ONR + "textDigest"),
            int(count) if count.isdigit() else 0,
            d.text(ONR + "root"),
            d.text(ONR + "byteDigest"),
            d.text(ONR + "extractor"),
            self.place(iri),
        )

    @cached_property
    def entity_classes(self) -> frozenset[str]:
        """onr:Entity and the classes below it, as the ontology declares them."""
        found, todo = set(), [ONR + "Entity"]
        while todo:
            current = todo.pop()
            found.add(current)
            below = (str(_term(q.subject)) for q in self.match(None, RDFS + "subClassOf", current, DEFAULT))
            todo += [child for child in below if child not in found]
        return frozenset(found)

    def entity(self, iri: str) -> Entity | None:
        """The entity of that IRI, or None."""
        d = self.describe(iri)
        kinds = [t for t in d.iris(RDF_TYPE) if t in self.entity_classes]
        if not kinds:
            return None
        return Entity(iri, d.text(SKOS + "prefLabel"), d.texts(SKOS + "altLabel"), kinds[0])

    def entities(self) -> Iterator[Entity]:
        """Every entity, by IRI."""
        iris = {iri for kind in self.entity_classes for iri in self.instances(kind)}
        for iri in sorted(iris):
            entity = self.entity(iri)
            if entity is not None:
                yield entity

    def conflicts(self) -> Iterator[Conflict]:
        """Every conflict, by IRI."""
        for iri in self.instances(ONR + "Conflict"):
            d = self.describe(iri)
            yield Conflict(
                iri,
                d.iris(ONR + "between"),
                tuple(s.removeprefix(ONR) for s in d.iris(ONR + "separatedBy")),
                d.text(ONR + "explanation"),
                self.place(iri),
            )

    def proof(self, citation: str) -> Proof | None:
        """The proof of a citation, or None."""
        found = self.proofs.get(citation)
        return found if found is not None or self.over is None else self.over.proof(citation)

    @cached_property
    def proofs(self) -> Mapping[str, Proof]:
        """The base's own proofs, by citation."""
        return self._read_proofs()

    def label(self, iri: str) -> str:
        """A node's label for readers: its own, its title, or ""."""
        d = self.describe(iri)
        return d.text(SKOS + "prefLabel") or d.text(RDFS + "label") or d.text(DCTERMS + "title")
