"""Citations: one outcome each, by text or by proof, and the findings that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.citations.locating import LocatedText, locate, verify_by_proof
from onrecord.citations.sentences import context
from onrecord.citations.wording.case import Passage
from onrecord.model import (
    Base,
    Citation,
    CitationResult,
    Claim,
    Finding,
    Outcome,
    Proof,
    Severity,
    SourceText,
    Texts,
)
from onrecord.sources.commitment import holds
from onrecord.store.config import Config
from onrecord.text import count_plain, words
from onrecord.vocab import compact, slug


@dataclass
class CitationChecker:
    """Checks citations of one base against the texts at hand; each text is prepared once."""

    base: Base
    texts: Texts
    _prepared: dict[str, LocatedText] = field(default_factory=dict)
    _read: dict[str, Sequence[SourceText]] = field(default_factory=dict)

    def at_hand(self, source: str) -> Sequence[SourceText]:
        """The texts at hand for a source; the archive is asked once."""
        if source not in self._read:
            self._read[source] = self.texts.texts(source)
        return self._read[source]

    def check(self, citation: Citation) -> CitationResult:
        """The outcome for one citation: by the committed text, else by the latest text, else by proof."""
        snapshots = self.base.snapshots(citation.source)
        proof = self.base.proof(citation.iri)
        text = self._chosen(citation.source)
        if text is None:
            return verify_by_proof(citation, proof, snapshots, holds)
        result = locate(citation, self._prepare(text), proof)
        if snapshots and text.text_digest not in {s.text_digest for s in snapshots}:
            return _marked_stale(result, proof)
        if result.outcome is Outcome.FOUND and proof is not None and snapshots:
            shown = verify_by_proof(citation, proof, snapshots, holds)
            if shown.outcome is not Outcome.FOUND or shown.position != result.position:
                return replace(result, warnings=(*result.warnings, "proof"))
        return result

    def _chosen(self, source: str) -> SourceText | None:
        """The text that decides: the one committed to where it is at hand, else the latest."""
        at_hand = self.at_hand(source)
        committed = {s.text_digest for s in self.base.snapshots(source)}
        cited = [t for t in at_hand if t.text_digest in committed]
        return next(iter(reversed(cited or at_hand)), None)

    def _prepare(self, text: SourceText) -> LocatedText:
        if text.text_digest not in self._prepared:
            self._prepared[text.text_digest] = LocatedText.of(text.text)
        return self._prepared[text.text_digest]

    def passage(self, result: CitationResult) -> Passage:
        """The sentence around a quotation: from the text that decided, else its affixes."""
        citation, at = result.citation, result.position
        text = self._chosen(citation.source) if result.outcome is Outcome.FOUND else None
        if text is None or at is None:
            return Passage(citation, citation.prefix, citation.suffix, False)
        normalised = self._prepare(text).text
        before, after = context(normalised, at, at + normalised.length_at(citation.exact, at))
        return Passage(citation, before, after, True)


def _marked_stale(result: CitationResult, proof: Proof | None) -> CitationResult:
    warnings = (*result.warnings, "stale")
    if result.outcome is Outcome.FOUND and proof is not None:
        start = proof.position + len(words(result.citation.prefix))
        warnings = (*warnings, "moved") if result.position != start else warnings
    return replace(result, warnings=warnings)


def form_findings(citation: Citation, config: Config) -> Iterator[Finding]:
    """Findings on the length of a quotation and its affixes, in words."""
    fewest, most = config.quotation_words
    count = count_plain(words(citation.exact))
    if not fewest <= count <= most:
        yield Finding(
            "quotation-length",
            Severity.VIOLATION,
            f"The quotation has {count} words; a fragment has {fewest} to {most}.",
            citation.iri,
            citation.place,
            "Shorten it, or cite two fragments.",
            quotation=citation.exact,
        )
    for name, affix in (("prefix", citation.prefix), ("suffix", citation.suffix)):
        if count_plain(words(affix)) > config.affix_words:
            yield Finding(
                "quotation-affix",
                Severity.VIOLATION,
                f"The {name} has more than {config.affix_words} words.",
                citation.iri,
                citation.place,
                "Keep the words next to the quotation.",
                quotation=citation.exact,
            )


def outcome_findings(result: CitationResult, strict: bool) -> Iterator[Finding]:
    """Findings that follow from the outcome for one citation, and its warnings."""
    citation = result.citation
    where = f"{compact(citation.source)}{', ' + citation.locator if citation.locator else ''}"
    if result.outcome is not Outcome.FOUND:
        unchecked = result.outcome is Outcome.UNCHECKED
        shown = result.nearest or " / ".join(result.passages)
        yield Finding(
            f"citation-{result.outcome.value}",
            Severity.INFO if unchecked and not strict else Severity.VIOLATION,
            f"{_SAID[result.outcome]} {where}: {result.reason}.",
            citation.iri,
            citation.place,
            _next_step(result),
            quotation=citation.exact,
            nearest=shown,
        )
    for warning in result.warnings:
        severity, message = _WARNED[warning]
        yield Finding(
            f"citation-{warning}",
            severity,
            f"{message} ({where}).",
            citation.iri,
            citation.place,
            _WARNED_NEXT[warning].format(id=slug(citation.source)),
            quotation=citation.exact,
            nearest=result.nearest,
        )


_SAID = {
    Outcome.AMBIGUOUS: "The quotation stands more than once in",
    Outcome.CHANGED: "The quotation differs from",
    Outcome.ABSENT: "The quotation is not shown to stand in",
    Outcome.UNCHECKED: "The quotation was not checked against",
}
_WARNED = {
    "normalised": (Severity.INFO, "The quotation matches in its normalised form only"),
    "stale": (Severity.WARNING, "The text at hand is not the one that was cited"),
    "moved": (Severity.WARNING, "The quotation stands elsewhere in the newer text"),
    "proof": (Severity.VIOLATION, "The quotation is in the text, but its proof fails"),
}
_WARNED_NEXT = {
    "normalised": "Copy the words as the source writes them, if you like.",
    "stale": "File the text that was cited, or run 'onrecord prove --source {id}'.",
    "moved": "Read it in its new place; then run 'onrecord prove --source {id}'.",
    "proof": "Run 'onrecord prove --source {id}'.",
}


def _next_step(result: CitationResult) -> str:
    source_id = slug(result.citation.source)
    if result.outcome is Outcome.AMBIGUOUS:
        return "Add oa:prefix or oa:suffix (up to 4 words that stand next to it), or a section locator."
    if result.outcome is Outcome.UNCHECKED:
        return f"File its text: onrecord source add FILE --id {source_id}"
    if result.means == "proof":
        return f"File the text (onrecord source add FILE --id {source_id}), then: onrecord prove"
    return f"Copy the words from the source: onrecord find-quote --source {source_id} WORDS"


def supporting_passages(
    claim: Claim, results: Iterable[CitationResult], checker: CitationChecker
) -> list[Passage]:
    """The passages of a claim's supporting citations, in order."""
    return [checker.passage(r) for r in results if r.citation.claim == claim.iri and r.citation.supports]
