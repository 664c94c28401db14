"""Rules on one claim or entity that shapes cannot say: dates, references, labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.model import Claim, Entity, Finding, Severity
from onrecord.store.records import StoreBase
from onrecord.vocab import compact


def claim_coherence(claim: Claim) -> Iterator[Finding]:
    """Findings on the dates and references of one claim."""
    start, end = claim.valid_from, claim.valid_through
    if start and end and end[: len(start)] < start[: len(end)]:
        yield Finding(
            "structure-validity",
            Severity.VIOLATION,
            f"It is valid from {start}, but only through {end}.",
            claim.iri,
            claim.place,
            "Correct one of the dates.",
        )
    if "FILL IN" in claim.statement:
        yield Finding(
            "structure-draft",
            Severity.VIOLATION,
            "The statement has not been written yet.",
            claim.iri,
            claim.place,
            "Say in your own words what the quotation supports.",
        )
    for citation in claim.citations:
        for reference in citation.references:
            if not reference.startswith(citation.source + "."):
                yield Finding(
                    "citation-foreign-reference",
                    Severity.VIOLATION,
                    f"{compact(reference)} is no reference of {compact(citation.source)}.",
                    citation.iri,
                    citation.place,
                    f"Name one of its own: {compact(citation.source)}.ref-N.",
                )


def shared_labels(entities: Iterable[Entity], base: StoreBase) -> Iterator[Finding]:
    """A finding for each entity whose preferred label another one has too."""
    by_label: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        by_label[entity.label.casefold()].append(entity)
    for label, same in sorted(by_label.items()):
        for entity in same[1:] if label else []:
            yield Finding(
                "structure-label",
                Severity.VIOLATION,
                f"{compact(entity.iri)} and {compact(same[0].iri)} have the same preferred label.",
                entity.iri,
                base.place(entity.iri),
                "Give each entity a label of its own; put shared names into skos:altLabel.",
            )
