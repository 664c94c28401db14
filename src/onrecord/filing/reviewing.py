"""`review`: verdicts on citations recorded in facts/reviews.ttl, one at a time or many from a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.errors import FilingError, OnRecordError, Place, UnreadableFile
from onrecord.filing.lock import locked
from onrecord.model import Base, Citation, Claim
from onrecord.store.index import memory_base, open_index
from onrecord.store.layout import Layout
from onrecord.store.reading import decode, read_path
from onrecord.store.reviews import Review, ReviewVerdict, render_reviews, review_digest
from onrecord.vocab import ONR, RDF_TYPE, compact
from onrecord.writing import write_whole

DEFAULT_METHOD = "read by one person beside the text"
MOST_SHOWN = 10
"""How many refused lines of a file are named in the message."""
_KEYS = frozenset(("iri", "verdict", "reason", "digest"))
_PROPERTIES = ("ofCitation", "verdict", "method", "reviewedOn", "digest", "reason")
_SAID = frozenset(ONR + name for name in _PROPERTIES)


@dataclass(frozen=True)
class Manner:
    """How and when citations were read; never by whom.

    Raises:
        FilingError: there is no method.
    """

    method: str = DEFAULT_METHOD
    on: date | None = None

    def __post_init__(self) -> None:
        if not self.method.strip():
            raise FilingError("A review says how it was done.", next_step='Say it: --method "..."')
        if not _is_text(self.method):
            raise FilingError("The method is no text that a file can hold.", next_step="Write it anew.")

    def review(self, claim: Claim, citation: Citation, verdict: ReviewVerdict, reason: str = "") -> Review:
        """A review of a citation as it was read."""
        on = (self.on or date.today()).isoformat()
        digest = review_digest(claim, citation)
        method, why = (" ".join(text.split()) for text in (self.method, reason))
        return Review(citation.iri, verdict, method, on, digest, why)


@dataclass(frozen=True)
class Recorded:
    """What was done: reviews recorded, and those dropped since their citation is gone."""

    recorded: int = 0
    dropped: int = 0


def reviews_path(layout: Layout) -> Path:
    """The file of reviews."""
    return layout.facts / "reviews.ttl"


def record(layout: Layout, reviews: Iterable[Review] = (), *, tidy: bool = False) -> Recorded:
    """Put reviews in the place of those of the same citations, under the base's lock.

    With `tidy`, reviews of citations that the base no longer holds are dropped.

    Raises:
        UnreadableFile: the file of reviews, or with `tidy` a file of the base, does not parse.
        FilingError: the file holds something else than reviews, the base could not be locked or written.
    """
    new = {review.citation: review for review in reviews}
    path = reviews_path(layout)
    with locked(layout):
        old = read_reviews(layout)
        gone = set(old) - _cited(open_index(layout)) if tidy else set()
        kept = {iri: review for iri, review in {**old, **new}.items() if iri not in gone}
        data = render_reviews(kept.values(), layout.config.iri)
        if kept != old and data != (path.read_bytes() if path.exists() else b""):
            write_whole(path, data)
    return Recorded(len(new), len(gone))


def read_reviews(layout: Layout) -> dict[str, Review]:
    """The reviews of the base's file, by citation; none where there is no file.

    Raises:
        UnreadableFile: it does not parse.
        FilingError: it holds something else than reviews, which writing it anew would lose.
    """
    path = reviews_path(layout)
    if not path.exists():
        return {}
    name, config = layout.name_of(path), layout.config
    file = read_path(path, name, config.max_file_bytes, config.iri)
    for quad in file.quads:
        is_type = quad.predicate == RDF_TYPE and quad.object == ONR + "Review"
        if quad.graph or not (is_type or quad.predicate in _SAID):
            raise FilingError(
                f"{compact(quad.predicate)} of {compact(quad.subject)} is no part of a review.",
                place=file.place(quad.subject, quad.predicate),
                next_step="Move it to another file: this one is written anew with each review.",
            )
    base = memory_base([file], layout)
    cited = sorted({str(q.object) for q in file.quads if q.predicate == ONR + "ofCitation"})
    return {iri: review for iri in cited if (review := base.review(iri)) is not None}


def _cited(base: Base) -> set[str]:
    return {citation.iri for claim in base.claims() for citation in claim.citations}


# many from a file -------------------------------------------------------------------------------------


def parse_verdicts(data: bytes, name: str, base: Base, manner: Manner) -> list[Review]:
    """The reviews that a file of JSON lines gives: `iri`, `verdict`, and perhaps `reason` and `digest`.

    With a digest, the statement and the quotation must be those that it was taken of. Other keys are refused:
    a review holds no name of a reader.

    Raises:
        UnreadableFile: any line is refused; the message names every reason, up to `MOST_SHOWN`.
    """
    known = {citation.iri: (claim, citation) for claim in base.claims() for citation in claim.citations}
    reviews: dict[str, Review] = {}
    refused: list[tuple[int, str]] = []
    for number, line in enumerate(decode(data, name).split("\n"), 1):
        if line.strip():
            try:
                review = _verdict(line, known, manner)
                if review.citation in reviews:
                    raise OnRecordError(f"{compact(review.citation)} has a line already")
                reviews[review.citation] = review
            except OnRecordError as error:
                refused.append((number, error.message))
    if refused or not reviews:
        raise _refusal(refused, name)
    return list(reviews.values())


def _refusal(refused: Sequence[tuple[int, str]], name: str) -> UnreadableFile:
    if not refused:
        return UnreadableFile("It holds no verdict.", place=Place(name), next_step="Write one a line.")
    shown = "; ".join(f"line {number}: {why}" for number, why in refused[:MOST_SHOWN])
    more = f"; and {len(refused) - MOST_SHOWN} more" if len(refused) > MOST_SHOWN else ""
    lines = "One line is" if len(refused) == 1 else f"{len(refused)} lines are"
    return UnreadableFile(
        f"{lines} refused, so nothing was recorded: {shown}{more}.", place=Place(name, refused[0][0])
    )


def _verdict(line: str, known: dict[str, tuple[Claim, Citation]], manner: Manner) -> Review:
    entry = _entry(line)
    if unknown := sorted(set(entry) - _KEYS):
        raise OnRecordError(f"{unknown[0]!r} is no key of a verdict (iri, verdict, reason, digest)")
    wrong = [key for key, value in entry.items() if not isinstance(value, str) or not _is_text(value)]
    if wrong:
        raise OnRecordError(f"{wrong[0]!r} is no text")
    iri, verdict = entry.get("iri", ""), entry.get("verdict", "")
    if iri not in known:
        raise OnRecordError(f"the base holds no citation {iri!r}")
    if verdict not in tuple(ReviewVerdict):
        raise OnRecordError(f"{verdict!r} is no verdict ({', '.join(ReviewVerdict)})")
    review = manner.review(*known[iri], ReviewVerdict(verdict), entry.get("reason", ""))
    if entry.get("digest", review.digest) != review.digest:
        raise OnRecordError(f"{compact(iri)} was changed since it was read")
    return review


def _entry(line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        raise OnRecordError("it is not JSON") from None
    if not isinstance(entry, dict):
        raise OnRecordError("it is no object")
    return entry


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
