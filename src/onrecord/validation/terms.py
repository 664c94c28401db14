"""Unknown terms: own names that the ontology does not define, and SHACL names that do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from onrecord.model import Finding, Severity
from onrecord.store.reading import FactFile, Quad
from onrecord.vocab import CONCEPT, ONR, OV, SH, compact

OWN = (ONR, OV, CONCEPT)

SHACL_CORE = frozenset(
    """
    NodeShape PropertyShape ValidationReport ValidationResult Violation Warning Info IRI BlankNode Literal
    BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral
    targetClass targetNode targetObjectsOf targetSubjectsOf path property node class datatype nodeKind
    minCount maxCount minExclusive minInclusive maxExclusive maxInclusive minLength maxLength pattern flags
    languageIn uniqueLang equals disjoint lessThan lessThanOrEquals not and or xone
    qualifiedValueShape qualifiedMinCount qualifiedMaxCount qualifiedValueShapesDisjoint
    closed ignoredProperties hasValue in severity message deactivated name description order group
    defaultValue inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath PropertyGroup
    """.split()  # noqa: SIM905
)
"""Local names of SHACL Core (W3C Recommendation, 20 July 2017) that a shape may use."""


def defined_terms(ontology: Iterable[FactFile]) -> frozenset[str]:
    """The own terms that the ontology's files define (everything that they describe)."""
    return frozenset(q.subject for file in ontology for q in file.quads if q.subject.startswith(OWN))


def unknown_terms(file: FactFile, defined: frozenset[str]) -> Iterator[Finding]:
    """One finding for each own term of a fact file that is not defined, at its first place."""
    seen: set[str] = set()
    for quad in file.quads:
        for term in (quad.predicate, quad.object):
            if isinstance(term, str) and term.startswith(OWN) and term not in defined and term not in seen:
                seen.add(term)
                yield _finding(file, quad, term, defined)


def _finding(file: FactFile, quad: Quad, term: str, defined: frozenset[str]) -> Finding:
    near = get_close_matches(term, defined, n=1, cutoff=0.8)
    meant = f" Did you mean {compact(near[0])}?" if near else ""
    return Finding(
        "terms-unknown",
        Severity.VIOLATION,
        f"{compact(term)} is not defined in the ontology.{meant}",
        quad.subject,
        file.place(quad.subject, quad.predicate),
        "Correct the name, or define the term in ontology/ first.",
    )


def unknown_shacl_terms(file: FactFile) -> Iterator[Finding]:
    """One finding for each SHACL name in a shapes file that SHACL Core does not have."""
    seen: set[str] = set()
    for quad in file.quads:
        for term in (quad.predicate, quad.object):
            if not isinstance(term, str) or not term.startswith(SH) or term in seen:
                continue
            seen.add(term)
            local = term.removeprefix(SH)
            if local not in SHACL_CORE:
                near = get_close_matches(local, SHACL_CORE, n=1, cutoff=0.7)
                meant = f" Did you mean sh:{near[0]}?" if near else ""
                yield Finding(
                    "shapes-term-unknown",
                    Severity.VIOLATION,
                    f"sh:{local} is no term of SHACL Core, so it constrains nothing.{meant}",
                    quad.subject,
                    file.place(quad.subject, quad.predicate),
                    "Correct the name.",
                )
