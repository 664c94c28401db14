"""Sourced summaries to publish: sentences made of claims alone, in sections, each with its notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.answers.notes import Check, Note, notes
from onrecord.answers.summary.abbreviations import expanded
from onrecord.answers.summary.choice import DIFFER, ORDER, Chosen, Wanted, choose, unusable, usable
from onrecord.answers.summary.clauses import Lexicon, lexicon
from onrecord.answers.summary.disputes import Dispute, dispute_label, dispute_sentences
from onrecord.answers.summary.labels import common_date, kind_of, label_of
from onrecord.answers.summary.sentences import Manner, Sentence, sentences
from onrecord.model import CitationResult, Claim, Outcome, Standing
from onrecord.store.records import StoreBase
from onrecord.store.reviews import ReviewVerdict

LONGEST = 5
"""Most sentences of a paragraph."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of one standing, or of one conflict; the label says which, "" where the one before does."""

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
        untold: why each of those that may not be told may not, by its IRI.
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
    untold: Mapping[str, str] = field(default_factory=dict)

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each claim's note."""
        return {note.iri: note.number for note in self.notes}

    @property
    def also(self) -> frozenset[str]:
        """The claims that say the same as one that is told."""
        return frozenset(iri for s in self.sentences for part in s.parts for iri in part.also)

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
        as_of: an ISO date; claims not valid then are left out. "" for the day of the latest claim.
        base_name: what the base calls itself.
        version: which state of its files.
        most: how many claims of one standing a section tells at most; 0 for all.
    """
    day = as_of or max((c.created for c in base.claims()), default="")
    results = {r.citation.iri: r for r in check(about.claims)}
    failed = sum(bool(refusal(base, claim, results)) for claim in about.claims)
    reasons = {c.iri: unusable(c, day) or refusal(base, c, results) for c in about.claims}
    untold = {iri: reason for iri, reason in reasons.items() if reason}

    def good(claim: Claim) -> bool:
        return usable(claim, day) and not refusal(base, claim, _results(results, claim, check))

    chosen = choose(base, [c for c in about.claims if good(c)], Wanted(about.entity, most), good)
    sections = expanded(base, tuple(_Composer(base, chosen, lexicon(base)).sections()))
    used = tuple(dict.fromkeys(iri for s in _told(sections) for iri in s.claims))
    found = notes(base, used, check=check)
    asked = frozenset(c.iri for c in about.claims)
    return Summary(
        about.title, about.subject, day, base_name, version, sections, found, asked, failed, untold
    )


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


class _Composer:
    """Makes sections of the claims that were chosen."""

    def __init__(self, base: StoreBase, chosen: Chosen, words: Lexicon) -> None:
        self.base, self.chosen, self.words = base, chosen, words

    def sections(self) -> Iterable[Section]:
        """The sections that have anything to tell, in their order."""
        for title in ORDER:
            paragraphs = list(self._paragraphs(title, self.chosen.sections.get(title, [])))
            if title == DIFFER:
                paragraphs += map(self._dispute, self.chosen.disputes)
            if paragraphs:
                yield Section(title, tuple(paragraphs), self.chosen.left_out.get(title, 0))

    def _paragraphs(self, title: str, claims: Sequence[Claim]) -> Iterable[Paragraph]:
        groups: dict[str, list[Claim]] = {}
        for claim in claims:
            groups.setdefault(kind_of(title, claim), []).append(claim)
        before = ""
        for members in groups.values():
            for run in self._runs(title, members):
                label = label_of(self.base, title, run)
                manner = Manner(self.words, self.chosen.contested, common_date(title, run))
                told = sentences(run, manner, self.chosen.also)
                yield Paragraph("" if label == before else label, tuple(told))
                before = label

    def _runs(self, title: str, claims: Sequence[Claim]) -> Iterable[list[Claim]]:
        """Claims of one kind, as many as a paragraph has; law of one date, and what is joined, together."""
        by_date: dict[str, list[Claim]] = {}
        for claim in claims:
            is_law = claim.standing is Standing.LAW and not claim.is_gap
            by_date.setdefault(claim.as_of if is_law else "", []).append(claim)
        for members in by_date.values():
            by_iri = {c.iri: c for c in members}
            told = sentences(members, Manner(self.words, self.chosen.contested, common_date(title, members)))
            paragraphs = -(-len(told) // LONGEST)
            size = -(-len(told) // paragraphs)
            for at in range(0, len(told), size):
                yield [by_iri[part.claim] for s in told[at : at + size] for part in s.parts]

    def _dispute(self, dispute: Dispute) -> Paragraph:
        label = dispute_label(self.base, dispute)
        return Paragraph(label, tuple(dispute_sentences(dispute.claims, Manner(self.words))))
