"""What a reader must know before using a claim: retired, contradicted, unproven, a gap, in conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.answers.phrasing import one_line
from onrecord.model import Assessment, AssessmentVerdict, Claim, Conflict
from onrecord.vocab import compact

Related = Mapping[str, Claim]
"""The claims that flags name, by IRI."""
_SEPARATED = {
    "byDate": "date",
    "byScope": "scope",
    "byDenominator": "denominator",
    "byLabel": "label",
    "byStanding": "standing",
}


@dataclass(frozen=True, slots=True)
class Flag:
    """One such thing in words.

    Attributes:
        word: what it is, in capitals; the text begins with it.
        kind: how it is painted.
    """

    word: str
    kind: str
    text: str


def claim_named(related: Related, iri: str) -> str:
    """A claim with its statement, where that is known."""
    known = related.get(iri)
    return f"{compact(iri)}: {one_line(known.statement)}" if known is not None else f"{compact(iri)}."


def related_to(claim: Claim, conflicts: Iterable[Conflict]) -> set[str]:
    """The IRIs of the claims that a claim's flags name."""
    found = {iri for conflict in conflicts for iri in conflict.between}
    found |= {iri for assessment in claim.assessments for iri in assessment.basis}
    if claim.retirement is not None and claim.retirement.replaced_by:
        found.add(claim.retirement.replaced_by)
    return found


def flags_of(claim: Claim, related: Related) -> Iterator[Flag]:
    """What speaks against a claim or narrows it, conflicts apart; the worst first."""
    retired = claim.retirement
    if retired is not None:
        by = f" by {claim_named(related, retired.replaced_by)}" if retired.replaced_by else ""
        line = f"{retired.kind.value.upper()} on {retired.retired_on or 'a day not recorded'}{by}"
        text = f"{line}{'' if line.endswith('.') else '.'} Reason: {retired.reason}"
        yield Flag(retired.kind.value.upper(), "violation", text)
    for assessment in claim.assessments:
        if assessment.verdict is not AssessmentVerdict.UPHELD:
            yield _assessed(assessment, related)
    if claim.is_gap:
        yield Flag("GAP", "info", "GAP: a claim about what is not on record.")


def _assessed(assessment: Assessment, related: Related) -> Flag:
    is_contradicted = assessment.verdict is AssessmentVerdict.CONTRADICTED
    word = assessment.verdict.value.upper()
    *more, last = [claim_named(related, iri) for iri in assessment.basis] or ["no claim that is named."]
    basis = "; ".join([*(name.removesuffix(".") for name in more), last])
    text = f"{word} {'by' if is_contradicted else 'going by'} {basis}"
    return Flag(word, "violation" if is_contradicted else "warning", text)


def conflict_flags(claim: Claim, conflicts: Iterable[Conflict]) -> Iterator[Flag]:
    """A flag for each conflict that a claim is in: with which others, and what separates them."""
    for conflict in conflicts:
        others = ", ".join(compact(iri) for iri in conflict.between if iri != claim.iri)
        by = f"separated by {separated(conflict)} ({compact(conflict.iri)})"
        yield Flag("CONFLICT", "warning", f"CONFLICT with {others}, {by}")


def separated(conflict: Conflict) -> str:
    """What separates the claims of a conflict, in words."""
    return ", ".join(_SEPARATED.get(s, s) for s in conflict.separated_by)
