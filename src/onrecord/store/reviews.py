"""Reviews: readings of citations by a second reader, what each was a reading of, and their file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onrecord.errors import Place
from onrecord.model import Citation, Claim
from onrecord.vocab import ONR, XSD

DIGEST_VERSION = "onrecord-review/1"
"""Names what a digest is taken over; another way to take it gets another name."""
_LOCAL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.c-[0-9a-f]{8}")


class ReviewVerdict(StrEnum):
    """What a second reader finds about a citation."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    NOT_SUPPORTED = "notSupported"

    @property
    def label(self) -> str:
        """The verdict in words.

        >>> ReviewVerdict.NOT_SUPPORTED.label
        'not supported'
        """
        return "not supported" if self is ReviewVerdict.NOT_SUPPORTED else self.value


STATES = (*(verdict.label for verdict in ReviewVerdict), "void", "none")
"""What may be said of a citation's review, `none` where there is none."""


@dataclass(frozen=True, slots=True)
class Review:
    """A reading of one citation.

    Attributes:
        citation: the IRI of what was read.
        method: how it was read; never a name.
        digest: of the statement and the quotation as they were read (see `review_digest`).
        reason: why it is not confirmed, in our words; may be empty.
    """

    citation: str
    verdict: ReviewVerdict
    method: str
    reviewed_on: str
    digest: str
    reason: str = ""
    place: Place | None = None

    @property
    def iri(self) -> str:
        """The IRI that the review is written with: the citation's and `.review`."""
        return f"{self.citation}.review"

    def is_void(self, claim: Claim, citation: Citation) -> bool:
        """Whether statement or quotation are no longer what was read."""
        return self.digest != review_digest(claim, citation)


def review_digest(claim: Claim, citation: Citation) -> str:
    r"""The digest of what a reader of a citation is shown: its statement and its quotation.

    SHA-256 over five lines joined by line feeds: "onrecord-review/1", the statement, prefix, quotation and
    suffix, with every run of white space as one space, in UTF-8; in hexadecimal after "sha256:". The source
    needs no line: the citation's IRI changes with it.

    >>> one = Citation("x.c-1", "x", "s", "four words of  it")
    >>> review_digest(Claim("x", "It is\n so."), one)[:23]
    'sha256:6d93c0fc8b872def'
    """
    parts = (claim.statement, citation.prefix, citation.exact, citation.suffix)
    read = "\n".join((DIGEST_VERSION, *(" ".join(part.split()) for part in parts)))
    return f"sha256:{hashlib.sha256(read.encode()).hexdigest()}"


def review_state(review: Review | None, claim: Claim, citation: Citation) -> str:
    """One of `STATES`: the verdict in words, unless it is void or there is none."""
    if review is None:
        return "none"
    return "void" if review.is_void(claim, citation) else review.verdict.label


def render_reviews(reviews: Iterable[Review], base_iri: str) -> bytes:
    """facts/reviews.ttl: one review a citation, by its IRI; the same reviews give the same bytes."""
    lines = [
        "# Reviews: readings of citations by a second reader; written by 'onrecord review', not by hand.",
        f"@prefix claim: <{base_iri}claim/> .",
        f"@prefix onr: <{ONR}> .",
        f"@prefix xsd: <{XSD}> .",
    ]
    for review in sorted(reviews, key=lambda r: r.citation):
        reason = f" ; onr:reason {_quoted(review.reason)}" if review.reason else ""
        own, citation = _name(review.iri, base_iri), _name(review.citation, base_iri)
        lines += [
            "",
            f"{own} a onr:Review ; onr:ofCitation {citation} ;",
            f"  onr:verdict onr:{review.verdict.value} ; onr:method {_quoted(review.method)}{reason} ;",
            f'  onr:reviewedOn "{review.reviewed_on}"^^xsd:date ; onr:digest "{review.digest}" .',
        ]
    return ("\n".join(lines) + "\n").encode()


def _name(iri: str, base_iri: str) -> str:
    local = iri.removeprefix(f"{base_iri}claim/")
    return f"claim:{local}" if _LOCAL.fullmatch(local.removesuffix(".review")) else f"<{iri}>"


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
