"""Shapes through pySHACL: the record and what claims assert, each against its own folder of shapes.

Only results whose focus is one of the checked nodes are kept: nodes at the border of a neighbourhood are
described in part, and would fail for what was cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.errors import Place
from onrecord.model import Finding, Literal, Severity, Term
from onrecord.store.reading import FactFile, Quad, raw_quads
from onrecord.vocab import RDF_TYPE, RDFS, SH, SHAPE, compact

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import IdentifiedNode, Node

SUBCLASS = RDFS + "subClassOf"
TypesOf = Callable[[str], Iterable[str]]
"""The classes that the base gives a node."""


@dataclass(frozen=True)
class ShapesRun:
    """One validation: which shapes against which quads, and whose results count."""

    shapes: Sequence[FactFile]
    quads: Sequence[Quad]
    focus: frozenset[str] | None
    files: Sequence[FactFile]


def to_rdflib(quads: Iterable[Quad]) -> Graph:
    """An rdflib graph of quads, graph names dropped."""
    from rdflib import Graph

    graph = Graph()
    for q in quads:
        graph.add((_node(q.subject), _node(q.predicate), _object(q.object)))
    return graph


def shapes_graph(files: Iterable[FactFile]) -> Graph:
    """An rdflib graph of shapes files, blank nodes left blank: in paths and lists they mean what they are."""
    from rdflib import BNode, Graph

    graph = Graph()
    for number, file in enumerate(files):

        def term(t: Term, number: int = number) -> Node:
            is_blank = isinstance(t, str) and t.startswith("_:")
            return BNode(f"f{number}{str(t)[2:]}") if is_blank else _object(t)

        for q in raw_quads(file.text, file.name):
            graph.add((term(q.subject), _node(q.predicate), term(q.object)))
    return graph


def _node(iri: str) -> IdentifiedNode:
    from rdflib import URIRef

    return URIRef(iri)


def _object(term: Term) -> Node:
    from rdflib import Literal as RdfLiteral
    from rdflib import URIRef

    if isinstance(term, Literal):
        if term.language:
            return RdfLiteral(term.value, lang=term.language)
        return RdfLiteral(term.value, datatype=URIRef(term.datatype), normalize=False)
    return URIRef(term)


def shapes_count(shapes: Iterable[FactFile]) -> int:
    """How many node and property shapes the files declare."""
    kinds = (SH + "NodeShape", SH + "PropertyShape")
    return len({q.subject for f in shapes for q in f.quads if q.predicate == RDF_TYPE and q.object in kinds})


def border_types(quads: Sequence[Quad], types_of: TypesOf) -> list[Quad]:
    """The types of the nodes that quads point to, as the base has them, so that sh:class can be decided."""
    described = {q.subject for q in quads if q.predicate == RDF_TYPE}
    pointed = {q.object for q in quads if isinstance(q.object, str)} | {q.subject for q in quads}
    return [
        Quad(node, RDF_TYPE, kind)
        for node in sorted(n for n in pointed if isinstance(n, str) and n not in described)
        for kind in types_of(node)
    ]


def validate(run: ShapesRun) -> list[Finding]:
    """The findings of one run, one for each result of pySHACL.

    Raises nothing for bad shapes: that is a finding of its own (`shapes-unusable`).
    """
    from pyshacl import validate as pyshacl_validate
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

    if not run.quads or not run.shapes:
        return []
    shapes = shapes_graph(run.shapes)
    try:
        _, results, _ = pyshacl_validate(
            to_rdflib(run.quads),
            shacl_graph=shapes,
            advanced=False,
            inference="none",
            do_owl_imports=False,
            meta_shacl=False,
        )
    except (ReportableRuntimeError, ShapeLoadError) as error:
        names = ", ".join(f.name for f in run.shapes[:3])
        return [
            Finding(
                "shapes-unusable",
                Severity.VIOLATION,
                f"pySHACL cannot use the shapes: {str(error).strip()}",
                place=Place(names),
                next_step="Mend the shape that it names.",
            )
        ]
    found = (f for f in _findings(results, run) if run.focus is None or f.focus in run.focus)
    return list({(f.rule, f.focus, f.message): f for f in found}.values())


def _findings(results: Graph, run: ShapesRun) -> Iterable[Finding]:
    from rdflib import Namespace

    sh = Namespace(SH)
    for node in results.subjects(predicate=None, object=sh.ValidationResult):
        focus = str(results.value(node, sh.focusNode))
        path = results.value(node, sh.resultPath)
        value = results.value(node, sh.value)
        messages = sorted(str(m) for m in results.objects(node, sh.resultMessage))
        shape = str(results.value(node, sh.sourceShape) or "")
        severity = str(results.value(node, sh.resultSeverity) or "").removeprefix(SH).lower()
        shown = f" It has {_show(value)}." if value is not None and str(value) != focus else ""
        yield Finding(
            shape.removeprefix(SHAPE) if shape.startswith(SHAPE) else "shape",
            Severity(severity) if severity in [s.value for s in Severity] else Severity.VIOLATION,
            f"{' '.join(messages)}{shown}",
            focus,
            _place(run.files, focus, str(path) if path is not None else ""),
            f"See rule {shape.removeprefix(SHAPE)} in docs/rules.md." if shape.startswith(SHAPE) else "",
        )


def _show(value: Node) -> str:
    from rdflib import Literal as RdfLiteral

    if isinstance(value, RdfLiteral):
        text = str(value)
        return repr(text if len(text) <= 60 else text[:57] + "…")
    return compact(str(value))


def _place(files: Sequence[FactFile], focus: str, path: str) -> Place | None:
    described = [f for f in files if any(q.subject == focus for q in f.quads)]
    places = [f.place(focus, path) for f in described]
    return next((p for p in places if p.line is not None), places[0] if places else None)
