"""Claims with their quotations in one line each, for the tables of the wording rules."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.citations.wording.case import Passage
from onrecord.citations.wording.rules import wording_findings
from onrecord.model import Citation, Claim, Entity, Finding, Literal, Source, Stance, Standing, Triple
from onrecord.vocab import ONR, PREFIXES

CLAIM = PREFIXES["claim"] + "tested"


def _entity(name: str, label: str, *synonyms: str) -> Entity:
    kind, slug = name.split(":")
    return Entity(PREFIXES[kind] + slug, label, synonyms)


ENTITIES = {
    e.iri: e
    for e in (
        _entity(
            "office:ice",
            "US Immigration and Customs Enforcement",
            "ICE",
            "Immigration and Customs Enforcement",
        ),
        _entity("office:opr", "ICE Office of Professional Responsibility", "OPR", "ICE OPR", "ICE's OPR"),
        _entity("office:cbp-opr", "CBP Office of Professional Responsibility", "CBP OPR", "CBP's OPR"),
        _entity(
            "office:dhs-oig",
            "DHS Office of Inspector General",
            "OIG",
            "DHS OIG",
            "Office of Inspector General",
        ),
        _entity("office:dhs", "Department of Homeland Security", "DHS"),
        _entity("office:jic", "Joint Intake Center", "JIC"),
        _entity("office:congress", "United States Congress", "Congress"),
        _entity("office:field-director", "ICE Field Office Director", "Field Office Director"),
        _entity("group:complainants", "complainants", "complainant"),
        _entity("group:critics", "critics", "critic"),
        _entity("group:watchdogs", "watchdog groups", "advocates"),
        _entity("group:detainees", "people in immigration detention", "detainees", "detainee"),
    )
}


def iri(name: str) -> str:
    """The IRI of a prefixed name.

    >>> iri("office:jic").endswith("/office/jic")
    True
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@dataclass(frozen=True)
class Quote:
    """A quotation as a test needs it; with `before` or `after`, the sentence around it is at hand."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    before: str | None = None
    after: str | None = None
    standing: str = "reporting"
    said_by: str = ""
    locator: str = ""
    source: str = "article"
    stance: str = "supports"

    def citation(self, number: int) -> Citation:
        """The citation that it stands for."""
        return Citation(
            f"{CLAIM}.c-{number}",
            CLAIM,
            iri("source:" + self.source),
            self.exact,
            self.prefix,
            self.suffix,
            self.locator,
            Stance(self.stance),
            Standing(self.standing),
            (iri(self.said_by),) if self.said_by else (),
        )

    def passage(self, citation: Citation) -> Passage:
        """The citation read in place."""
        if self.before is None and self.after is None:
            return Passage(citation, self.prefix, self.suffix, by_text=False)
        return Passage(citation, self.before or "", self.after or "", by_text=True)


def asserting(*names: str) -> tuple[Triple, ...]:
    """Triples that speak of some entities."""
    return tuple(Triple(f"{CLAIM}.node", ONR + "about", iri(name)) for name in names)


def findings(
    statement: str,
    *quotes: Quote | str,
    about: tuple[str, ...] = (),
    sources: tuple[Source, ...] = (),
    is_gap: bool = False,
) -> list[Finding]:
    """What the wording rules find; a quotation given as a string is one without affixes."""
    given = [Quote(q) if isinstance(q, str) else q for q in quotes]
    citations = tuple(quote.citation(n) for n, quote in enumerate(given))
    triples = asserting(*about) or (Triple(f"{CLAIM}.node", ONR + "note", Literal("x")),)
    claim = Claim(CLAIM, statement, citations=citations, assertions=triples, is_gap=is_gap)
    passages = [quote.passage(citation) for quote, citation in zip(given, citations, strict=True)]
    return wording_findings(claim, passages, ENTITIES, {s.iri: s for s in sources})


def rules(statement: str, *quotes: Quote | str, **more: object) -> set[str]:
    """The ids of the rules that find something."""
    return {f.rule for f in findings(statement, *quotes, **more)}  # type: ignore[arg-type]
