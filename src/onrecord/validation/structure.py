"""Rules on how claims, graphs and names hang together: set operations over quads, no shapes needed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from onrecord.errors import Place
from onrecord.model import Finding, Severity
from onrecord.store.reading import FactFile, Quad
from onrecord.vocab import KINDS, ONR, OV, OWL, RDF_TYPE, compact

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)*")
_IN_RECORD = frozenset(
    ONR + name
    for name in (
        "statement", "topic", "asOf", "validFrom", "validThrough", "timeWording", "citation", "assessment",
        "waiver", "retirement", "source", "stance", "standing", "saidBy", "locator", "reference", "between",
    )
)  # fmt: skip
_OF_CITATION = ONR + "ofCitation"
_CLAIM_KINDS = (ONR + "Claim", ONR + "Gap")
_ADVICE = {
    "structure-slug": "Use small letters, digits and single hyphens.",
    "structure-foreign-claim": "Begin its IRI with the base's own and claim/.",
    "structure-graph-empty": "Write its triples into GRAPH with the claim's IRI.",
    "structure-graph-unknown": "Give the claim a record, or correct the graph's name.",
    "structure-graph-foreign": "Move the triple to where it belongs.",
    "structure-fact-outside": "Put it into the graph of a claim that cites a source for it.",
    "structure-gap": "Keep one onr:MissingFact in it.",
    "structure-cycle": "Break the circle of onr:replacedBy.",
    "structure-replaced": "Name another claim.",
    "structure-import": "Copy what is needed into the base.",
    "citation-twice": "Keep one of them.",
}


@dataclass(frozen=True)
class Structure:
    """The structure of some files in the context of a base.

    Attributes:
        files: what is checked.
        knows: whether the base (these files included) describes a node.
        names: every name of a kind in the base, for proposals.
        base_iri: what the IRIs of the base's own data begin with.
    """

    files: Sequence[FactFile]
    knows: Callable[[str], bool]
    names: Callable[[str], Iterable[str]]
    entity_classes: frozenset[str]
    base_iri: str

    @cached_property
    def claim_files(self) -> dict[str, list[FactFile]]:
        """The files that type each claim."""
        found: dict[str, list[FactFile]] = defaultdict(list)
        for file in self.files:
            for iri in sorted(claims_of(file)):
                found[iri].append(file)
        return found

    def findings(self) -> Iterator[Finding]:
        """Every finding on structure."""
        for iri, files in self.claim_files.items():
            if len(files) > 1:
                message = f"{compact(iri)} stands in {files[0].name} already."
                yield _finding(
                    "structure-claim-twice", message, iri, files[1].place(iri), "Remove one of them."
                )
        for file in self.files:
            yield from self._in_file(file)

    def _in_file(self, file: FactFile) -> Iterator[Finding]:
        for node in file.duplicates:
            owner = node.rsplit(".", 1)[0]
            message = f"{compact(owner)} cites the same words of one source twice."
            yield self._found("citation-twice", message, owner, file)
        yield from self._graphs(file)
        for quad in file.quads:
            yield from self._quad(file, quad)
        yield from self._slugs(file)
        yield from self._dangling(file)
        yield from self._replacements(file)

    def _found(self, rule: str, message: str, focus: str, file: FactFile, predicate: str = "") -> Finding:
        return _finding(rule, message, focus, file.place(focus, predicate), _ADVICE[rule])

    def _graphs(self, file: FactFile) -> Iterator[Finding]:
        graphs: dict[str, list[Quad]] = defaultdict(list)
        for quad in file.quads:
            if quad.graph:
                graphs[quad.graph].append(quad)
        for graph in sorted(set(graphs) - set(self.claim_files)):
            message = f"No claim has the record for GRAPH {compact(graph)}."
            yield self._found("structure-graph-unknown", message, graph, file)
        for claim in sorted(claims_of(file)):
            if not claim.startswith(f"{self.base_iri}claim/"):
                message = f"<{claim}> is no claim of this base: its IRI begins otherwise."
                yield self._found("structure-foreign-claim", message, claim, file)
            held = graphs.get(claim, [])
            if not held:
                message = f"{compact(claim)} asserts nothing: its graph is empty or missing."
                yield self._found("structure-graph-empty", message, claim, file)
            elif Quad(claim, RDF_TYPE, ONR + "Gap") in file.quads and not _one_missing_fact(held):
                message = (
                    f"The graph of the gap {compact(claim)} must hold exactly one node, an onr:MissingFact."
                )
                yield self._found("structure-gap", message, claim, file)

    def _quad(self, file: FactFile, quad: Quad) -> Iterator[Finding]:
        if quad.predicate == OWL + "imports":
            yield self._found("structure-import", "owl:imports is never followed.", quad.subject, file)
        if quad.graph:
            yield from self._asserted(file, quad)
        elif quad.predicate.startswith(OV) or _is_assertion_type(quad):
            message = (
                f"{compact(quad.predicate)} on {compact(quad.subject)} stands outside any claim's graph."
            )
            shown = (
                message
                if quad.predicate != RDF_TYPE
                else f"{compact(quad.subject)} is asserted outside a claim."
            )
            yield self._found("structure-fact-outside", shown, quad.subject, file, quad.predicate)

    def _asserted(self, file: FactFile, quad: Quad) -> Iterator[Finding]:
        own = quad.subject.startswith(quad.graph + ".")
        if quad.predicate in _IN_RECORD or quad.object in _CLAIM_KINDS:
            message = (
                f"{compact(quad.predicate)} belongs to the record, not into GRAPH {compact(quad.graph)}."
            )
            yield self._found("structure-graph-foreign", message, quad.subject, file, quad.predicate)
        elif not own and not self._is_entity_relation(quad):
            message = (
                f"GRAPH {compact(quad.graph)} describes {compact(quad.subject)}, "
                f"which is neither its own node nor an entity in a relation of the domain."
            )
            yield self._found("structure-graph-foreign", message, quad.subject, file, quad.predicate)

    def _is_entity_relation(self, quad: Quad) -> bool:
        kind = self._kind(quad.subject)
        return quad.predicate.startswith(OV) and kind not in (None, "claim", "source", "conflict")

    def _kind(self, iri: str) -> str | None:
        if not iri.startswith(self.base_iri):
            return None
        return iri[len(self.base_iri) :].partition("/")[0]

    def _slugs(self, file: FactFile) -> Iterator[Finding]:
        subjects = {q.subject for q in file.quads if q.subject.startswith(self.base_iri)}
        for subject in sorted(subjects):
            kind, _, local = subject[len(self.base_iri) :].partition("/")
            if kind == "node":
                continue
            pattern = _NODE if kind in ("claim", "source") else _SLUG
            if kind not in KINDS or not pattern.fullmatch(local):
                message = f"<{subject}> does not end in a slug of a known kind ({', '.join(KINDS)})."
                yield self._found("structure-slug", message, subject, file)

    def _dangling(self, file: FactFile) -> Iterator[Finding]:
        seen: set[str] = set()
        for quad in file.quads:
            if quad.predicate == _OF_CITATION:  # a review outlives what it read: review-void says so
                continue
            for node in (quad.object, *((quad.subject,) if quad.graph else ())):
                if not isinstance(node, str) or node in seen or not node.startswith(self.base_iri):
                    continue
                seen.add(node)
                if not self.knows(node):
                    place = file.place(quad.subject, quad.predicate)
                    yield _finding(
                        "structure-dangling",
                        f"{compact(node)} is not in the base.{self._proposal(node)}",
                        quad.subject,
                        place,
                        "Correct the name, or add what it names first.",
                    )

    def _proposal(self, node: str) -> str:
        near = get_close_matches(node, list(self.names(self._kind(node) or "")), n=1, cutoff=0.8)
        return f" Did you mean {compact(near[0])}?" if near else ""

    def _replacements(self, file: FactFile) -> Iterator[Finding]:
        for quad in file.quads:
            if quad.predicate in (ONR + "basis", ONR + "replacedBy") and isinstance(quad.object, str):
                owner = quad.subject.rsplit(".", 1)[0]
                if owner == quad.object:
                    message = f"{compact(owner)} names itself in {compact(quad.predicate)}."
                    yield self._found("structure-replaced", message, owner, file)


def cycles(
    replaced_by: Callable[[str], str], claims: Iterable[str], place: Callable[[str], Place | None]
) -> Iterator[Finding]:
    """A finding for each claim of `claims` from which onr:replacedBy leads back to it."""
    for claim in sorted(claims):
        path, current = [claim], replaced_by(claim)
        while current and current not in path:
            path.append(current)
            current = replaced_by(current)
        if current == claim and len(path) > 1:
            shown = " -> ".join(compact(c) for c in [*path, claim])
            advice = _ADVICE["structure-cycle"]
            yield _finding(
                "structure-cycle", f"Claims replace each other: {shown}.", claim, place(claim), advice
            )


def claims_of(file: FactFile) -> set[str]:
    """The claims that a file types in its record."""
    return {
        q.subject for q in file.quads if q.predicate == RDF_TYPE and q.object in _CLAIM_KINDS and not q.graph
    }


def _is_assertion_type(quad: Quad) -> bool:
    return quad.predicate == RDF_TYPE and quad.object == ONR + "MissingFact"


def _one_missing_fact(quads: Sequence[Quad]) -> bool:
    nodes = {q.subject for q in quads}
    return len(nodes) == 1 and any(q.predicate == RDF_TYPE and q.object == ONR + "MissingFact" for q in quads)


def _finding(rule: str, message: str, focus: str, place: Place | None, advice: str) -> Finding:
    return Finding(rule, Severity.VIOLATION, message, focus, place, advice)
