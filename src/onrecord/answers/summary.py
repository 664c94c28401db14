"""Sourced summaries to publish: sentences made of claims alone, in sections, each with its notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.answers.flags import separated
from onrecord.answers.notes import Check, Note, notes
from onrecord.answers.summary_choice import (
    ESTABLISHED,
    ORDER,
    Chosen,
    Dispute,
    Wanted,
    choose,
    usable,
)
from onrecord.answers.summary_sentences import Sentence, sentences
from onrecord.model import CitationResult, Claim, Outcome, Standing
from onrecord.store.records import StoreBase
from onrecord.store.reviews import ReviewVerdict

LABELS = {
    Standing.LAW: "In law.",
    Standing.OFFICIAL_STATEMENT: "Official statements and findings.",
    Standing.OVERSIGHT_FINDING: "Official statements and findings.",
    Standing.REPORTING: "Reported.",
    Standing.ALLEGATION: "Alleged or argued.",
    Standing.ARGUMENT: "Alleged or argued.",
}
"""What stands before a paragraph: who stands behind its sentences."""
LONGEST = 5
"""Most sentences of a paragraph."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of one standing, or of one conflict; the label says which."""

    label: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a summary.

    Attributes:
        left_out: how many claims would belong here and are not told.
    """

    title: str
    paragraphs: tuple[Paragraph, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary to publish.

    Attributes:
        title: what it is about.
        subject: the name that was asked for, as the command line takes it.
        as_of: the day that it speaks for.
        base_name: of the base that it is made from.
        version: of that base.
        notes: one for each claim used, in the order of first use.
        asked: the claims that bear on the subject.
        failed: how many of them were refused, since a quotation is not found or a review speaks against it.
    """

    title: str
    subject: str
    as_of: str
    base_name: str
    version: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    asked: frozenset[str]
    failed: int = 0

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each claim's note."""
        return {note.iri: note.number for note in self.notes}

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in order."""
        return tuple(s for part in self.sections for p in part.paragraphs for s in p.sentences)


@dataclass(frozen=True, slots=True)
class About:
    """What a summary is asked to be about.

    Attributes:
        title: for readers.
        subject: as the command line takes it.
        claims: the claims that bear on it.
        entity: the entity or concept itself, so that what is most direct comes first; "" for none.
    """

    title: str
    subject: str
    claims: tuple[Claim, ...]
    entity: str = ""


def summary(
    base: StoreBase,
    about: About,
    check: Check,
    *,
    as_of: str = "",
    base_name: str = "",
    version: str = "",
    most: int = 3,
) -> Summary:
    """A summary of some claims.

    Args:
        base: where claims, sources and conflicts are read.
        about: the subject with its claims.
        check: what checks their citations; claims with a quotation that is not found are refused.
        as_of: an ISO date; claims not valid then are left out.
        base_name: what the base calls itself.
        version: which state of its files.
        most: how many claims of one standing a section tells at most; 0 for all.
    """
    results = {r.citation.iri: r for r in check(about.claims)}
    failed = sum(bool(refusal(base, claim, results)) for claim in about.claims)

    def good(claim: Claim) -> bool:
        return usable(claim, as_of) and not refusal(base, claim, _results(results, claim, check))

    chosen = choose(base, [c for c in about.claims if good(c)], Wanted(about.entity, most), good)
    sections = tuple(_sections(chosen))
    used = tuple(dict.fromkeys(iri for s in _told(sections) for iri in s.claims))
    found = notes(base, used, check=check)
    asked = frozenset(c.iri for c in about.claims)
    day = as_of or max((c.created for c in base.claims()), default="")
    return Summary(about.title, about.subject, day, base_name, version, sections, found, asked, failed)


def _results(known: dict[str, CitationResult], claim: Claim, check: Check) -> dict[str, CitationResult]:
    if any(c.iri not in known for c in claim.citations):
        known.update({r.citation.iri: r for r in check([claim])})
    return known


def refusal(base: StoreBase, claim: Claim, results: Mapping[str, CitationResult]) -> str:
    """Why a check refuses a claim: a quotation that is not found, or a review against it; "" if none does."""
    for citation in claim.citations:
        result = results.get(citation.iri)
        if result is not None and result.outcome not in (Outcome.FOUND, Outcome.UNCHECKED):
            return f"a quotation is {result.outcome.value}"
        review = base.review(citation.iri)
        if (
            review is not None
            and review.verdict is not ReviewVerdict.CONFIRMED
            and not review.is_void(claim, citation)
        ):
            return f"a review finds a citation {review.verdict.label}"
    return ""


def _told(sections: Iterable[Section]) -> list[Sentence]:
    return [s for part in sections for p in part.paragraphs for s in p.sentences]


def _sections(chosen: Chosen) -> Iterable[Section]:
    for title in ORDER:
        claims, disputes = chosen.sections.get(title, []), chosen.disputes.get(title, [])
        paragraphs = [*_paragraphs(title, claims, chosen), *map(_dispute, disputes)]
        if paragraphs:
            yield Section(title, tuple(paragraphs), chosen.left_out.get(title, 0))


def _paragraphs(title: str, claims: Sequence[Claim], chosen: Chosen) -> Iterable[Paragraph]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        label = "" if title == ESTABLISHED or claim.is_gap else LABELS[claim.standing or Standing.ARGUMENT]
        groups.setdefault(label, []).append(claim)
    for label, members in groups.items():
        told = sentences(members, chosen.contested)
        for at in range(0, len(told), LONGEST):
            yield Paragraph(label if at == 0 else "", tuple(told[at : at + LONGEST]))


def _dispute(dispute: Dispute) -> Paragraph:
    by = " and ".join(separated(dispute.conflict).rsplit(", ", 1))
    label = f"Separated by {by}." if by else "Side by side."
    return Paragraph(label, tuple(sentences(dispute.claims, (), join=False)))
