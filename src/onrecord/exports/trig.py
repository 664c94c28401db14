"""Claims as readable TriG: for each claim the graph that it asserts, then the record about it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.model import Literal, Term
from onrecord.store.naming import CLASS_BY_PROPERTY, name_blank_nodes
from onrecord.store.reading import Quad
from onrecord.vocab import DCTERMS, KINDS, OA, ONR, OV, PREFIXES, RDF_TYPE, SKOS, XSD

_ORDER: Mapping[str, int] = {
    iri: rank
    for rank, iri in enumerate(
        [
            RDF_TYPE,
            *(ONR + term for term in ("statement", "topic", "asOf", "validFrom", "validThrough")),
            *(ONR + "timeWording", SKOS + "hiddenLabel", DCTERMS + "created"),
            *(ONR + term for term in ("source", "locator", "stance", "standing", "saidBy", "reference")),
            *(OA + term for term in ("prefix", "exact", "suffix")),
            *(OV + term for term in ("from", "by", "of", "channelOf", "channelKind", "activity", "to")),
            *(OV + term for term in ("toOneOf", "over", "about", "aspect", "madeBy", "matter", "measure")),
            *(OV + term for term in ("value", "unit", "period", "population", "denominator", "opened")),
            *(OV + term for term in ("closed", "outcome", "outcomeNote", "status", "obligation")),
            *(OV + term for term in ("condition", "timeLimit", "legalBasis")),
            *(ONR + term for term in ("lackedBy", "missingAbout", "missingProperty")),
            *(ONR + term for term in ("verdict", "basis", "retirementKind", "replacedBy", "rule")),
            *(ONR + term for term in ("reason", "author", "assessedOn", "waivedOn", "retiredOn")),
            *(ONR + term for term in ("citation", "assessment", "waiver", "retirement")),
        ]
    )
}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_BARE = {XSD + "integer": re.compile(r"[+-]?[0-9]+"), XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+")}
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Cn", "Co")
_BLANK = "_:node"


def render_claims(file: Iterable[Quad], base_iri: str) -> str:
    """The quads of a claim file as TriG; reading it back gives the same quads.

    Claims, and the citations of each, keep the order in which they appear; all else is sorted. Citations,
    assessments, waivers and retirements are written in brackets wherever reading gives them their names
    again. What belongs to no claim follows at the end.
    """
    return _Writer(tuple(dict.fromkeys(file)), base_iri).text()


class _Writer:
    def __init__(self, quads: tuple[Quad, ...], base_iri: str) -> None:
        self.names = _Names(base_iri)
        self.record = _by_subject(q for q in quads if not q.graph)
        self.graphs: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            if quad.graph:
                self.graphs[quad.graph].append(quad)
        self.inlined = _inlined(quads, self.record)
        self.subjects = _claims_first(quads)

    def text(self) -> str:
        blocks = []
        for subject in self.subjects:
            if subject in self.graphs:
                blocks.append(self.graph(subject))
            if subject in self.record and subject not in self.inlined:
                blocks.append(self.block(subject, self.record[subject], ""))
        body = "\n\n".join(blocks)
        return f"{self.names.declarations()}\n\n{body}\n" if blocks else ""

    def graph(self, name: str) -> str:
        nodes = _by_subject(self.graphs[name])
        own = sorted(nodes, key=lambda n: (not n.startswith(name), n))
        inner = "\n".join(self.block(node, nodes[node], "  ") for node in own)
        return f"GRAPH {self.names.iri(name)} {{\n{inner}\n}}"

    def block(self, subject: str, quads: Sequence[Quad], indent: str) -> str:
        return f"{indent}{self.names.iri(subject)} {self.properties(quads, indent + '  ')} ."

    def properties(self, quads: Sequence[Quad], indent: str) -> str:
        objects: dict[str, list[str]] = {}
        for quad in sorted(quads, key=_as_written):
            objects.setdefault(quad.predicate, []).append(self.object(quad.object, indent))
        lines = (f"{self.names.predicate(p)} {' , '.join(written)}" for p, written in objects.items())
        return f" ;\n{indent}".join(lines)

    def object(self, term: Term, indent: str) -> str:
        body = self.inlined.get(term) if isinstance(term, str) else None
        return self.names.term(term) if body is None else self.brackets(body, indent)

    def brackets(self, quads: Sequence[Quad], indent: str) -> str:
        if not quads:
            return "[]"
        deeper = indent + "  "
        return f"[\n{deeper}{self.properties(quads, deeper)} ]"


class _Names:
    """Terms as TriG writes them; remembers which prefixes were used."""

    def __init__(self, base_iri: str) -> None:
        self.prefixes = {**PREFIXES, **{kind: f"{base_iri}{kind}/" for kind in KINDS}}
        self._longest_first = sorted(self.prefixes.items(), key=lambda p: -len(p[1]))
        self.used: set[str] = set()

    def declarations(self) -> str:
        return "\n".join(f"@prefix {p}: <{iri}> ." for p, iri in self.prefixes.items() if p in self.used)

    def predicate(self, iri: str) -> str:
        return "a" if iri == RDF_TYPE else self.iri(iri)

    def iri(self, iri: str) -> str:
        for prefix, namespace in self._longest_first:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{_NOT_IN_IRI.sub(lambda m: _code(m.group()), iri)}>"

    def term(self, term: Term) -> str:
        return self.iri(term) if isinstance(term, str) else self.literal(term)

    def literal(self, literal: Literal) -> str:
        bare = _BARE.get(literal.datatype)
        if bare and bare.fullmatch(literal.value):
            return literal.value
        quoted = '"' + "".join(_character(c) for c in literal.value) + '"'
        if literal.language:
            return f"{quoted}@{literal.language}"
        return quoted if literal.datatype == XSD + "string" else f"{quoted}^^{self.iri(literal.datatype)}"


def _character(c: str) -> str:
    """A character as it stands in a quoted string; what cannot be seen is written by its code."""
    if c in _SHORT:
        return _SHORT[c]
    return _code(c) if not c.isprintable() and unicodedata.category(c) in _UNSEEN else c


def _code(c: str) -> str:
    return f"\\u{ord(c):04X}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}"


def _by_subject(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    subjects: dict[str, list[Quad]] = {}
    for quad in quads:
        subjects.setdefault(quad.subject, []).append(quad)
    return subjects


_Key = tuple[int, str, bool, str, str, str]


def _sorted(quads: Sequence[Quad]) -> list[Quad]:
    return sorted(quads, key=_key)


def _key(quad: Quad) -> _Key:
    o = quad.object
    value = (o, "", "") if isinstance(o, str) else (o.value, o.datatype, o.language)
    return (_ORDER.get(quad.predicate, len(_ORDER)), quad.predicate, not isinstance(o, str), *value)


def _as_written(quad: Quad) -> _Key | tuple[int, str]:
    """Citations and the like keep the order that their author gave them: their names say nothing."""
    return _key(quad)[:2] if quad.predicate in CLASS_BY_PROPERTY else _key(quad)


def _claims_first(quads: Sequence[Quad]) -> list[str]:
    """The claims (and other names of graphs) in order of appearance, then the other subjects."""
    classes = (ONR + "Claim", ONR + "Gap")
    claims: dict[str, None] = {}
    for q in quads:
        if q.graph:
            claims.setdefault(q.graph)
        elif q.predicate == RDF_TYPE and q.object in classes:
            claims.setdefault(q.subject)
    others = sorted({q.subject for q in quads if not q.graph and q.subject not in claims})
    return [*claims, *others]


# which nodes need no name -----------------------------------------------------------------------------


def _inlined(quads: Sequence[Quad], record: Mapping[str, list[Quad]]) -> dict[str, list[Quad]]:
    """For each node that may be written in brackets, what to write there."""
    uses = Counter(q.object for q in quads if isinstance(q.object, str))
    elsewhere = {name for q in quads if q.graph for name in (q.graph, q.subject)}
    inlined: dict[str, list[Quad]] = {}
    for quad in quads:
        node = quad.object
        if quad.graph or quad.predicate not in CLASS_BY_PROPERTY or not isinstance(node, str):
            continue
        body = _body(quad, record.get(node, ())) if uses[node] == 1 and node not in elsewhere else None
        if body is not None:
            inlined[node] = body
    return inlined


def _body(parent: Quad, said: Sequence[Quad]) -> list[Quad] | None:
    """What to write of a node so that reading gives it its name again; None if nothing does."""
    implied = replace(parent, subject=str(parent.object), predicate=RDF_TYPE)
    implied = replace(implied, object=CLASS_BY_PROPERTY[parent.predicate])
    for body in (_sorted([q for q in said if q != implied]), _sorted(said)):
        nameless = [replace(parent, object=_BLANK), *(replace(q, subject=_BLANK) for q in body)]
        if set(name_blank_nodes(nameless)[0]) == {parent, *said}:
            return body
    return None
