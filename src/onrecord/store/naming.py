"""Names for blank nodes: each gets an IRI made from what it hangs on and what it says."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.model import Literal, Term
from onrecord.text import words
from onrecord.vocab import KB, OA, ONR, RDF_TYPE

if TYPE_CHECKING:
    from onrecord.store.reading import Quad

CLASS_BY_PROPERTY = {
    ONR + "citation": ONR + "Citation",
    ONR + "assessment": ONR + "Assessment",
    ONR + "waiver": ONR + "Waiver",
    ONR + "retirement": ONR + "Retirement",
    ONR + "candidate": ONR + "Candidate",
}
"""The class that a node gets from the property it hangs on, where the author left it out."""
_IMPLIED_TYPES = frozenset((RDF_TYPE, kind) for kind in CLASS_BY_PROPERTY.values())
_EXACT = OA + "exact"
_SOURCE = ONR + "source"


def name_blank_nodes(quads: Sequence[Quad]) -> tuple[tuple[Quad, ...], tuple[str, ...]]:
    """The quads with every blank node named, and the IRIs that two nodes share (the same citation twice).

    A citation is `CLAIM.c-` and 8 hex digits of its source and quotation; any other node is
    `PARENT.PROPERTY-` and 8 hex digits of what it says. Order in the file makes no difference.
    """
    namer = _Namer(quads)
    names = {node: namer.name(node) for node in sorted(namer.described)}
    doubled = _doubled(names)
    named = [
        replace(
            q,
            subject=names.get(q.subject, q.subject),
            object=names.get(q.object, q.object) if isinstance(q.object, str) else q.object,
            graph=names.get(q.graph, q.graph),
        )
        for q in quads
    ]
    return tuple(dict.fromkeys([*named, *_implied_types(named)])), doubled


def _doubled(names: dict[str, str]) -> tuple[str, ...]:
    counts: dict[str, int] = defaultdict(int)
    for iri in names.values():
        counts[iri] += 1
    return tuple(sorted(iri for iri, count in counts.items() if count > 1))


def _implied_types(quads: Sequence[Quad]) -> list[Quad]:
    typed = {q.subject for q in quads if q.predicate == RDF_TYPE}
    return [
        replace(q, subject=q.object, predicate=RDF_TYPE, object=CLASS_BY_PROPERTY[q.predicate])
        for q in quads
        if q.predicate in CLASS_BY_PROPERTY and isinstance(q.object, str) and q.object not in typed
    ]


def citation_iri(claim: str, source: str, exact: str) -> str:
    """The IRI of a citation: the claim's, `.c-`, 8 hex digits of source and quotation.

    The digits are of SHA-256 over the source's IRI, a line feed, and the quotation's normalised words
    without spaces, so the IRI does not change when citations are reordered or a quotation is wrapped anew.
    """
    digest = hashlib.sha256(f"{source}\n{''.join(words(exact))}".encode()).hexdigest()
    return f"{claim}.c-{digest[:8]}"


class _Namer:
    def __init__(self, quads: Sequence[Quad]) -> None:
        self.described: dict[str, list[Quad]] = defaultdict(list)
        self.parents: dict[str, Quad] = {}
        self.names: dict[str, str] = {}
        for quad in quads:
            for term in (quad.subject, quad.object, quad.graph):
                if isinstance(term, str) and term.startswith("_:"):
                    self.described.setdefault(term, [])
            if quad.subject.startswith("_:"):
                self.described[quad.subject].append(quad)
            if isinstance(quad.object, str) and quad.object.startswith("_:"):
                known = self.parents.get(quad.object)
                if known is None or (quad.subject, quad.predicate) < (known.subject, known.predicate):
                    self.parents[quad.object] = quad

    def name(self, node: str, seen: frozenset[str] = frozenset()) -> str:
        if node not in self.names:
            parent = self.parents.get(node)
            if parent is None or node in seen:
                self.names[node] = f"{KB}node/{self._content(node, frozenset())[:16]}"
            else:
                above = parent.subject
                owner = self.name(above, seen | {node}) if above.startswith("_:") else above
                self.names[node] = self._below(owner, parent.predicate, node)
        return self.names[node]

    def _below(self, owner: str, predicate: str, node: str) -> str:
        if predicate == ONR + "citation":
            source, exact = self._value(node, _SOURCE), self._value(node, _EXACT)
            if isinstance(source, str) and isinstance(exact, Literal):
                return citation_iri(owner, source, exact.value)
        local = predicate.replace("#", "/").rsplit("/", 1)[-1]
        return f"{owner}.{local}-{self._content(node, frozenset())[:8]}"

    def _value(self, node: str, predicate: str) -> Term | None:
        found = (q.object for q in self.described[node] if q.predicate == predicate)
        return min(found, key=lambda t: self._spell(t, frozenset()), default=None)

    def _content(self, node: str, seen: frozenset[str]) -> str:
        if node in seen:
            return "cycle"
        said = (q for q in self.described[node] if (q.predicate, q.object) not in _IMPLIED_TYPES)
        lines = sorted(f"{q.predicate} {self._spell(q.object, seen | {node})}" for q in said)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def _spell(self, term: Term, seen: frozenset[str]) -> str:
        if isinstance(term, Literal):
            return f'"{term.value}"^^{term.datatype}@{term.language}'
        return self._content(term, seen) if term.startswith("_:") else term
