"""Which citations were read by a second reader, and what such a reader is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.answers.phrasing import Paint, name_of, one_line, painted, plain, source_line, time_of, wrapped
from onrecord.answers.sheet_json import review_data, without_empty
from onrecord.citations.wording.case import Passage
from onrecord.model import Citation, CitationResult, Claim, Outcome, Source
from onrecord.store.records import StoreBase
from onrecord.store.reviews import STATES, Review, review_digest, review_state
from onrecord.vocab import compact

_KIND = {"confirmed": "good", "partly": "warning", "not supported": "violation", "void": "warning"}
OPEN = ("void", "none")
"""The states of a citation that is still to be read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A citation with its review, if there is one, and what that is worth now (one of `STATES`)."""

    claim: Claim
    citation: Citation
    source: Source | None
    review: Review | None
    state: str


def readings(base: StoreBase, sources: Iterable[str] = (), claims: Iterable[str] = ()) -> list[Reading]:
    """The citations of every claim that is not retired, or of some claims or sources (IRIs), in order."""
    only, of_claims = frozenset(sources), frozenset(claims)
    known = {source.iri: source for source in base.sources()}
    found = []
    for claim in base.claims():
        if claim.retirement is None and (not of_claims or claim.iri in of_claims):
            for citation in claim.citations:
                if not only or citation.source in only:
                    review = base.review(citation.iri)
                    state = review_state(review, claim, citation)
                    found.append(Reading(claim, citation, known.get(citation.source), review, state))
    return found


def review_counts(found: Iterable[Reading]) -> dict[str, int]:
    """How many citations are in each state; every state is named."""
    counts = Counter(reading.state for reading in found)
    return {state: counts[state] for state in STATES}


# the list ---------------------------------------------------------------------------------------------


def reviews_text(found: Sequence[Reading], paint: Paint = plain) -> str:
    """The counts, after the citations whose review says that something is to be mended or read again."""
    lines = []
    for reading in found:
        if reading.review is not None and reading.state != "confirmed":
            said = paint(reading.state, _KIND[reading.state])
            lines.append(f"{said}: {compact(reading.citation.iri)}")
            lines += [wrapped(reading.review.reason, "    ")] if reading.review.reason else []
    lines += [f"{state:<14}{count:>6}" for state, count in review_counts(found).items()]
    return "\n".join([*lines, f"{'all':<14}{len(found):>6}"]) + "\n"


def reviews_data(found: Sequence[Reading]) -> dict[str, Any]:
    """Counts, and every citation with what a reader needs and the digest of what is to be read."""
    return {"counts": {**review_counts(found), "all": len(found)}, "citations": [_entry(r) for r in found]}


def _entry(reading: Reading) -> dict[str, Any]:
    claim, citation = reading.claim, reading.citation
    return without_empty(
        {
            "iri": citation.iri,
            "state": reading.state,
            "statement": claim.statement,
            "source": citation.source,
            "locator": citation.locator,
            "prefix": citation.prefix,
            "quotation": citation.exact,
            "suffix": citation.suffix,
            "digest": review_digest(claim, citation),
            "review": review_data(reading.review, void=reading.state == "void"),
        }
    )


def review_line(review: Review, *, void: bool) -> str:
    """A review in one line: verdict, date, method, reason; that it is void stands first."""
    said = f"{review.verdict.label} on {review.reviewed_on} ({one_line(review.method)})"
    reason = f": {one_line(review.reason)}" if review.reason else ""
    if void:
        return f"review void, since statement or quotation were changed; it was {said}{reason}"
    return f"reviewed: {said}{reason}"


# what a reader is shown -------------------------------------------------------------------------------


def reading_text(
    reading: Reading, base: StoreBase, passage: Passage, result: CitationResult, paint: Paint = plain
) -> str:
    """The statement beside the quotation, marked in its sentence (without the text, between its affixes)."""
    claim, citation = reading.claim, reading.citation
    lines = [
        paint(compact(citation.iri), "place"),
        "",
        wrapped(claim.statement, " " * 12, f"  {'statement':<10}"),
        wrapped(time_of(claim), " " * 12, f"  {'time':<10}"),
        "",
        _passage(passage, paint),
        "",
    ]
    lines += (wrapped(value, " " * 12, f"  {name:<10}") for name, value in _about(reading, base, result))
    lines += _others(claim, citation)
    if reading.review is not None:
        lines.append(wrapped(review_line(reading.review, void=reading.state == "void"), "  "))
    return "\n".join(lines) + "\n"


def _passage(passage: Passage, paint: Paint) -> str:
    quoted = f"\u00ab{one_line(passage.citation.exact)}\u00bb"
    parts = (one_line(passage.before), quoted, one_line(passage.after))
    block = wrapped(" ".join(part for part in parts if part), " " * 12, f"  {'quotation':<10}")
    return painted(block, quoted, "head", paint)


def _about(reading: Reading, base: StoreBase, result: CitationResult) -> Iterator[tuple[str, str]]:
    citation = reading.citation
    yield "source", source_line(reading.source) if reading.source is not None else compact(citation.source)
    if citation.locator:
        yield "locator", citation.locator
    said = [citation.stance.value, citation.standing.label]
    if citation.said_by:
        said.append("said by " + ", ".join(name_of(base, who) for who in citation.said_by))
    yield "standing", " \u00b7 ".join(said)
    if result.outcome is not Outcome.FOUND:
        yield "check", f"{result.outcome.value}: {result.reason}"
    elif result.means != "text":
        yield "check", "the text is not at hand; a proof shows that the words stand in it"


def _others(claim: Claim, citation: Citation) -> Iterator[str]:
    for other in claim.citations:
        if other.iri != citation.iri:
            where = f"{one_line(other.quoted)} ({compact(other.source)})"
            yield wrapped(where, " " * 12, f"  {'beside':<10}")
