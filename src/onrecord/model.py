"""The data model: claims, citations, sources and what checks say of them; immutable, without I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from onrecord.errors import Place
from onrecord.vocab import KB, slug


class Severity(StrEnum):
    """How bad a finding is; the order of SHACL's severities."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for a violation, higher for less."""
        return list(Severity).index(self)


class Outcome(StrEnum):
    """What became of looking for a quotation in its source; exhaustive."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    CHANGED = "changed"
    ABSENT = "absent"
    UNCHECKED = "unchecked"


class Stance(StrEnum):
    """Whether the quoted words, read in place, commit the source to the statement."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    QUALIFIES = "qualifies"


class Standing(StrEnum):
    """Who stands behind the words cited, the strongest first."""

    LAW = "law"
    OFFICIAL_STATEMENT = "officialStatement"
    OVERSIGHT_FINDING = "oversightFinding"
    REPORTING = "reporting"
    ALLEGATION = "allegation"
    ARGUMENT = "argument"

    @property
    def rank(self) -> int:
        """1 for law, higher for weaker standings."""
        return list(Standing).index(self) + 1

    @property
    def label(self) -> str:
        """The standing in words.

        >>> Standing.OVERSIGHT_FINDING.label
        'oversight finding'
        """
        return "".join(f" {c.lower()}" if c.isupper() else c for c in self.value)


class AssessmentVerdict(StrEnum):
    """Our verdict on a claim in the light of other claims."""

    UPHELD = "upheld"
    CONTRADICTED = "contradicted"
    UNPROVEN = "unproven"


class RetirementKind(StrEnum):
    """Why a claim was retired."""

    CORRECTED = "corrected"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Literal:
    """An RDF literal: lexical form, datatype IRI, language tag ("" if none)."""

    value: str
    datatype: str = "http://www.w3.org/2001/XMLSchema#string"
    language: str = ""


Term = str | Literal
"""An RDF term without blank nodes: an IRI as a plain string, or a Literal."""


@dataclass(frozen=True, slots=True)
class Triple:
    """One RDF triple, blank nodes already named."""

    subject: str
    predicate: str
    object: Term


@dataclass(frozen=True, slots=True)
class Citation:
    """claim -> source: a short quotation, where it stands, a stance, a standing."""

    iri: str
    claim: str
    source: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    stance: Stance = Stance.SUPPORTS
    standing: Standing = Standing.REPORTING
    said_by: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def supports(self) -> bool:
        """Whether the citation's stance is `supports`."""
        return self.stance is Stance.SUPPORTS

    @property
    def quoted(self) -> str:
        """Prefix, quotation and suffix as one string."""
        return " ".join(part for part in (self.prefix, self.exact, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A verdict on a claim, with the claims that it rests on."""

    verdict: AssessmentVerdict
    basis: tuple[str, ...]
    reason: str
    assessed_on: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One rule silenced on one claim."""

    rule: str
    reason: str
    author: str
    waived_on: str = ""


@dataclass(frozen=True, slots=True)
class Retirement:
    """A claim taken back, with what stands in its place."""

    kind: RetirementKind
    reason: str
    retired_on: str
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement in our own words, with the triples that it asserts and its record.

    Attributes:
        asked: questions in everyday words that it answers (`skos:hiddenLabel`); searched, and never shown.
    """

    iri: str
    statement: str
    topics: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    assertions: tuple[Triple, ...] = ()
    is_gap: bool = False
    as_of: str = ""
    valid_from: str = ""
    valid_through: str = ""
    time_wording: str = ""
    created: str = ""
    asked: tuple[str, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    retirement: Retirement | None = None
    place: Place | None = None

    @property
    def slug(self) -> str:
        """The claim's slug, chosen once."""
        return slug(self.iri)

    @property
    def supporting(self) -> tuple[Citation, ...]:
        """The citations whose stance is `supports`."""
        return tuple(c for c in self.citations if c.supports)

    @property
    def standing(self) -> Standing | None:
        """The strongest standing among the supporting citations; None without any."""
        return min((c.standing for c in self.supporting), key=lambda s: s.rank, default=None)

    @property
    def is_contradicted(self) -> bool:
        """Whether an assessment says that other claims contradict this one."""
        return any(a.verdict is AssessmentVerdict.CONTRADICTED for a in self.assessments)

    @property
    def entities(self) -> frozenset[str]:
        """The entities of the base that the assertions name."""
        own = self.iri + "."
        base = self.iri.rpartition("claim/")[0] or KB
        terms = (t for triple in self.assertions for t in (triple.subject, triple.object))
        return frozenset(
            t
            for t in terms
            if isinstance(t, str)
            and t.startswith(base)
            and not t.startswith(own)
            and "/source/" not in t
            and "/claim/" not in t
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the base keeps of a source's captured text: digests, length and Merkle root (the commitment)."""

    iri: str
    source: str
    text_digest: str
    word_count: int
    root: str
    byte_digest: str = ""
    extractor: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that a reference marker may point to, with a confidence."""

    source: str
    confidence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reference:
    """An `[n]` marker inside a secondary source."""

    iri: str
    marker: str
    candidates: tuple[Candidate, ...] = ()
    unresolved: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that somebody else published."""

    iri: str
    title: str
    publishers: tuple[str, ...] = ()
    type: str = ""
    tier: str = ""
    issued: str = ""
    date_wording: str = ""
    identifier: str = ""
    urls: tuple[str, ...] = ()
    rights: str = ""
    notes: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    place: Place | None = None

    @property
    def slug(self) -> str:
        """The source's id."""
        return slug(self.iri)


@dataclass(frozen=True, slots=True)
class Entity:
    """An office, programme, person or document: identity only."""

    iri: str
    label: str
    synonyms: tuple[str, ...] = ()
    kind: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Label and synonyms."""
        return (self.label, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that a reader would take to disagree, and what separates them."""

    iri: str
    between: tuple[str, ...]
    separated_by: tuple[str, ...]
    explanation: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows, without the text, that a citation's words stand at `position` of the committed text."""

    root: str
    position: int
    salts: tuple[bytes, ...]
    hashes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text at hand, with the digest that identifies it."""

    source: str
    text: str
    text_digest: str
    captured: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check."""

    rule: str
    severity: Severity
    message: str
    focus: str = ""
    place: Place | None = None
    next_step: str = ""
    quotation: str = ""
    nearest: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """Order of a report: by file, line, severity, rule."""
        place = self.place or Place("")
        return (place.file, place.line or 0, self.severity.rank, self.rule, self.focus, self.message)


@dataclass(frozen=True, slots=True)
class CitationResult:
    """The outcome for one citation: by which means, with which warnings."""

    citation: Citation
    outcome: Outcome
    means: str = ""
    reason: str = ""
    position: int | None = None
    nearest: str = ""
    difference: tuple[str, str] = ("", "")
    warnings: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


class Base(Protocol):
    """What lower rooms need of a base: looked up by IRI, without knowing where it is stored."""

    def claim(self, iri: str) -> Claim | None:
        """The claim of that IRI, or None."""

    def claims(self) -> Iterator[Claim]:
        """Every claim, by IRI."""

    def source(self, iri: str) -> Source | None:
        """The source of that IRI, or None."""

    def sources(self) -> Iterator[Source]:
        """Every source, by IRI."""

    def entity(self, iri: str) -> Entity | None:
        """The entity of that IRI, or None."""

    def entities(self) -> Iterator[Entity]:
        """Every entity, by IRI."""

    def conflicts(self) -> Iterator[Conflict]:
        """Every conflict, by IRI."""

    def snapshots(self, source: str) -> Sequence[Snapshot]:
        """The snapshot records of a source."""

    def proof(self, citation: str) -> Proof | None:
        """The proof of a citation, or None."""


class Texts(Protocol):
    """Where texts of sources are found: the reader's archive."""

    def texts(self, source: str) -> Sequence[SourceText]:
        """The texts at hand for a source, the latest capture last."""
