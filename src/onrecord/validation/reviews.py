"""Findings that follow from reviews: what a second reader did not confirm, and what was changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.model import Citation, Claim, Finding, Severity
from onrecord.store.reading import FactFile
from onrecord.store.records import StoreBase
from onrecord.store.reviews import Review, ReviewVerdict
from onrecord.vocab import ONR, compact

OF_CITATION = ONR + "ofCitation"
_FAULTS = {
    ReviewVerdict.PARTLY: (
        "review-partly",
        "The second reader found that the quotation bears only a part of the statement",
    ),
    ReviewVerdict.NOT_SUPPORTED: (
        "review-not-supported",
        "The second reader found that the quotation does not bear the statement",
    ),
}
_MEND = "Mend the statement or the citation, then have it read again: onrecord review --claim {claim}"
_READ = "Read it again: onrecord review --claim {claim}"


def review_findings(claims: Sequence[Claim], files: Iterable[FactFile], base: StoreBase) -> Iterator[Finding]:
    """Findings on the reviews of some claims' citations, and on the reviews that some files hold.

    Retired claims have none: what was wrong with them was mended by their end.
    """
    seen: set[str] = set()
    for claim in claims:
        seen.update(citation.iri for citation in claim.citations)
        yield from _of_claim(claim, claim.citations, base)
    for file in files:
        for quad in file.quads:
            if quad.predicate == OF_CITATION and isinstance(quad.object, str) and quad.object not in seen:
                seen.add(quad.object)
                yield from _of_file(quad.object, base)


def _of_file(iri: str, base: StoreBase) -> Iterator[Finding]:
    folder, slash, name = iri.rpartition("/")
    claim = base.claim(folder + slash + name.partition(".")[0])
    cited = [c for c in claim.citations if c.iri == iri] if claim is not None else []
    if claim is not None and cited:
        yield from _of_claim(claim, cited, base)
    elif (review := base.review(iri)) is not None:
        yield Finding(
            "review-void",
            Severity.WARNING,
            f"The review is of {compact(iri)}, which the base does not hold: its quotation was changed, "
            "or it was removed.",
            iri,
            review.place,
            "The next 'onrecord review' drops it.",
        )


def _of_claim(claim: Claim, citations: Iterable[Citation], base: StoreBase) -> Iterator[Finding]:
    for citation in citations if claim.retirement is None else ():
        review = base.review(citation.iri)
        if review is not None:
            yield from _of_review(review, claim, citation)


def _of_review(review: Review, claim: Claim, citation: Citation) -> Iterator[Finding]:
    if review.is_void(claim, citation):
        rule, severity, advice = "review-void", Severity.WARNING, _READ
        message = f"Statement or quotation were changed since the review of {review.reviewed_on}."
    elif review.verdict in _FAULTS:
        (rule, said), severity, advice = _FAULTS[review.verdict], Severity.VIOLATION, _MEND
        message = f"{said}{': ' + review.reason if review.reason else ''}"
        message = message if message.endswith((".", "!", "?")) else f"{message}."
    else:
        return
    step = advice.format(claim=claim.slug)
    yield Finding(rule, severity, message, citation.iri, citation.place, step, quotation=citation.exact)
