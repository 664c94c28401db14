"""IRIs: the project's own namespaces, the published ones it reuses, and prefixed names."""

from __future__ import annotations

import re

ROOT = "https://w3id.org/onrecord/"
ONR = ROOT + "ns#"
OV = ROOT + "oversight#"
CONCEPT = ROOT + "concept/"
KB = ROOT + "kb/"
SHAPE = ROOT + "shape/"
RECORD_GRAPH = ROOT + "record/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"

KINDS = (
    "claim", "conflict", "source", "office", "group", "programme", "person", "document", "system",
)  # fmt: skip
CONCEPT_KINDS = ("topic", "matter", "aspect", "activity", "channel", "outcome", "status")

PREFIXES: dict[str, str] = {
    "onr": ONR,
    "ov": OV,
    "concept": CONCEPT,
    **{kind: f"{KB}{kind}/" for kind in KINDS},
    **{kind: f"{CONCEPT}{kind}/" for kind in CONCEPT_KINDS},
    "shape": SHAPE,
    "dcterms": DCTERMS,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}
"""Every prefix that OnRecord prints and that its queries may use undeclared."""

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")

RDF_TYPE = RDF + "type"


def compact(iri: str) -> str:
    """The prefixed name of an IRI where one of our prefixes fits, else the IRI in angle brackets.

    >>> compact("https://w3id.org/onrecord/kb/claim/holding-facility-to-jic")
    'claim:holding-facility-to-jic'
    >>> compact("https://example.org/x")
    '<https://example.org/x>'
    """
    best = max((p for p in PREFIXES.items() if iri.startswith(p[1])), key=lambda p: len(p[1]), default=None)
    if best is None or not _is_local(iri[len(best[1]) :]):
        return f"<{iri}>"
    return f"{best[0]}:{iri[len(best[1]) :]}"


def expand(name: str, default_kind: str = "claim") -> str:
    """The IRI of a prefixed name, a full IRI (angle brackets or not), or a bare slug of `default_kind`.

    >>> expand("office:opr")
    'https://w3id.org/onrecord/kb/office/opr'
    >>> expand("holding-facility-to-jic")
    'https://w3id.org/onrecord/kb/claim/holding-facility-to-jic'
    """
    name = name.strip().removeprefix("<").removesuffix(">")
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return PREFIXES[prefix] + local
    if "://" in name or name.startswith("urn:"):
        return name
    return PREFIXES[default_kind] + name


def kind_of(iri: str) -> str | None:
    """Which kind of data an IRI of the base names (`claim`, `source`, `office` ...), or None.

    >>> kind_of("https://w3id.org/onrecord/kb/source/oig-20-54")
    'source'
    """
    if not iri.startswith(KB):
        return None
    kind, slash, local = iri[len(KB) :].partition("/")
    return kind if slash and local and kind in KINDS else None


def slug(iri: str) -> str:
    """The last step of an IRI of the base: its slug.

    >>> slug("https://w3id.org/onrecord/kb/source/oig-20-54")
    'oig-20-54'
    """
    return iri.rsplit("/", 1)[-1]


def _is_local(local: str) -> bool:
    return bool(_LOCAL.fullmatch(local))
