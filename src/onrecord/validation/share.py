"""How much of a source the base quotes: fragments that add up to a text republish it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.model import CitationResult, Finding, Outcome, Severity
from onrecord.store.records import StoreBase
from onrecord.text import words
from onrecord.vocab import compact

MOST = 0.5
"""The share of a source's words from which on the fragments are too much of it."""
PUBLIC_DOMAIN = "public domain"


def quoted_shares(results: Iterable[CitationResult], base: StoreBase) -> dict[str, float]:
    """By source: the share of its words that stand in some quotation or affix, each word counted once."""
    quoted: dict[str, set[int]] = defaultdict(set)
    for result in results:
        if result.outcome is Outcome.FOUND and result.position is not None:
            c = result.citation
            start = result.position - len(words(c.prefix))
            end = result.position + len(words(c.exact)) + len(words(c.suffix))
            quoted[c.source].update(range(start, end))
    counts = {source: max((s.word_count for s in base.snapshots(source)), default=0) for source in quoted}
    return {source: len(at) / counts[source] for source, at in quoted.items() if counts[source]}


def share_findings(results: Iterable[CitationResult], base: StoreBase) -> Iterator[Finding]:
    """A warning for each source, not in the public domain, of which the base quotes more than half."""
    for source, share in sorted(quoted_shares(results, base).items()):
        described = base.source(source)
        rights = described.rights if described is not None else ""
        if share > MOST and not rights.casefold().startswith(PUBLIC_DOMAIN):
            yield Finding(
                "across-share",
                Severity.WARNING,
                f"The quotations hold {share:.0%} of the words of {compact(source)}.",
                source,
                described.place if described is not None else None,
                "Shorten quotations and affixes to the words that carry the statements.",
            )
