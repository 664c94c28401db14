"""The vocabulary as one Markdown page: classes, properties, individuals, concept schemes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from onrecord.vocab import ONR, PREFIXES

_SCHEMA = Namespace("https://schema.org/")
_RANK = URIRef(ONR + "rank")
_PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
_RELATIONS = (
    ("Subclass of", (RDFS.subClassOf,)),
    ("Subproperty of", (RDFS.subPropertyOf,)),
    ("Domain", (RDFS.domain, _SCHEMA.domainIncludes)),
    ("Range", (RDFS.range, _SCHEMA.rangeIncludes)),
    ("Exact match", (SKOS.exactMatch,)),
    ("See also", (RDFS.seeAlso,)),
    ("Specified in", (DCTERMS.source,)),
)
_INTRODUCTION = (
    "# Vocabulary",
    "Every term of the ontology, written from `ontology/*.ttl`; change it there and make this page anew. "
    "Terms of other vocabularies are only referred to. Where domain or range names several classes, "
    "each of them is possible.",
)


def vocabulary_page(graph: Graph) -> str:
    """The Markdown reference of the ontologies in a graph.

    Vocabularies stand in the order of their IRIs, those of concepts last, and terms within them
    likewise, so that the same terms always give the same page. A term belongs to the ontology that
    its `rdfs:isDefinedBy` names.

    >>> turtle = '''@prefix owl: <http://www.w3.org/2002/07/owl#> .
    ... @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ... @prefix ex: <https://example.org/ns#> .
    ... <https://example.org/ns> a owl:Ontology ; rdfs:label "Example"@en .
    ... ex:Thing a owl:Class ; rdfs:label "thing"@en ; rdfs:comment "A thing."@en ;
    ...     rdfs:isDefinedBy <https://example.org/ns> .'''
    >>> print(vocabulary_page(Graph().parse(data=turtle)).split("## Example")[1].strip())
    <https://example.org/ns>
    <BLANKLINE>
    ### Classes
    <BLANKLINE>
    #### ex:Thing
    <BLANKLINE>
    **thing**: A thing.
    <BLANKLINE>
    - IRI: <https://example.org/ns#Thing>
    """
    page = _Page(graph)
    blocks = list(_INTRODUCTION)
    for ontology in page.ontologies():
        blocks += page.ontology(ontology)
    return "\n\n".join(blocks) + "\n"


class _Page:
    """The blocks of the page, and what they read from the graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        own = {namespace: prefix for prefix, namespace in PREFIXES.items()}
        self._prefixes = {str(n): p for p, n in graph.namespaces() if p} | own

    def ontologies(self) -> list[Node]:
        """The vocabularies in the order of the page."""
        found = self._graph.subjects(RDF.type, OWL.Ontology)
        return sorted(found, key=lambda o: (bool(self._schemes(o)), str(o)))

    def ontology(self, ontology: Node) -> list[str]:
        """One vocabulary: its header, then its terms by kind."""
        own = self._own(ontology)
        classes = self._among(own, (OWL.Class,))
        properties = self._among(own, _PROPERTY_KINDS)
        blocks = [f"## {self._text(ontology, RDFS.label)}", *self._header(ontology)]
        blocks += self._section("Classes", classes, self._term)
        blocks += self._section("Properties", properties, self._term)
        blocks += self._individuals(own, classes)
        for scheme in self._schemes(ontology):
            blocks += self._scheme(scheme)
        return blocks

    def _own(self, ontology: Node) -> list[Node]:
        return sorted(self._graph.subjects(RDFS.isDefinedBy, ontology), key=str)

    def _schemes(self, ontology: Node) -> list[Node]:
        return self._among(self._own(ontology), (SKOS.ConceptScheme,))

    def _header(self, ontology: Node) -> list[str]:
        lines = [self._text(ontology, RDFS.comment), f"<{ontology}>"]
        version = self._text(ontology, OWL.versionInfo)
        licence = self._graph.value(ontology, DCTERMS.license)
        if version:
            lines.append(f"Version {version}." + (f" Licence: <{licence}>." if licence else ""))
        return [line for line in lines if line]

    def _section(self, title: str, terms: Sequence[Node], block: Callable[[Node], list[str]]) -> list[str]:
        if not terms:
            return []
        return [f"### {title}", *(part for term in terms for part in block(term))]

    def _term(self, term: Node) -> list[str]:
        facts = [f"- IRI: <{term}>"]
        for title, predicates in _RELATIONS:
            values = sorted({o for p in predicates for o in self._graph.objects(term, p)}, key=str)
            if values:
                facts.append(f"- {title}: {', '.join(self._name(v) for v in values)}")
        label, comment = self._text(term, RDFS.label), self._text(term, RDFS.comment)
        return [f"#### {self._name(term)}", f"**{label}**: {comment}", "\n".join(facts)]

    def _individuals(self, own: Sequence[Node], classes: Iterable[Node]) -> list[str]:
        blocks: list[str] = []
        for kind in classes:
            members = sorted(self._among(own, (kind,)), key=self._by_rank)
            if members:
                blocks += [f"### Individuals of {self._name(kind)}", self._individual_table(members)]
        return blocks

    def _individual_table(self, members: Iterable[Node]) -> str:
        rows = [(self._link(m), self._text(m, RDFS.label), self._text(m, RDFS.comment)) for m in members]
        return _table(("term", "label", "meaning"), rows)

    def _scheme(self, scheme: Node) -> list[str]:
        concepts = sorted(self._graph.subjects(SKOS.inScheme, scheme), key=str)
        rows = [self._concept(concept) for concept in concepts]
        label, definition = self._text(scheme, SKOS.prefLabel), self._text(scheme, SKOS.definition)
        return [
            f"### Scheme {self._name(scheme)}",
            f"**{label}**: {definition}",
            f"- IRI: <{scheme}>",
            _table(("concept", "label", "meaning", "broader", "also called"), rows),
        ]

    def _concept(self, concept: Node) -> tuple[str, ...]:
        broader = sorted(self._graph.objects(concept, SKOS.broader), key=str)
        others = sorted(str(o) for o in self._graph.objects(concept, SKOS.altLabel))
        return (
            self._link(concept),
            self._text(concept, SKOS.prefLabel),
            self._text(concept, SKOS.definition),
            ", ".join(self._name(b) for b in broader),
            ", ".join(others),
        )

    def _among(self, terms: Iterable[Node], kinds: Iterable[Node]) -> list[Node]:
        return [t for t in terms if any((t, RDF.type, kind) in self._graph for kind in kinds)]

    def _by_rank(self, term: Node) -> tuple[int, str]:
        rank = self._graph.value(term, _RANK)
        return (int(rank.value) if isinstance(rank, Literal) else 0, str(term))

    def _text(self, subject: Node, predicate: Node) -> str:
        return min((str(o) for o in self._graph.objects(subject, predicate)), default="")

    def _link(self, term: Node) -> str:
        return f"[{self._name(term)}]({term})"

    def _name(self, term: Node) -> str:
        iri = str(term)
        namespace = max((n for n in self._prefixes if iri.startswith(n)), key=len, default="")
        local = iri[len(namespace) :]
        return f"{self._prefixes[namespace]}:{local}" if namespace and "/" not in local else f"<{iri}>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
