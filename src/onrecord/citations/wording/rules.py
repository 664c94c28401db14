"""Every wording rule, in the order of a report, and the one function that runs them over a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.citations.wording import (
    attribution,
    close,
    entity,
    figures,
    negation,
    obligation,
    quantifier,
    trimmed,
)
from onrecord.citations.wording.case import Case, Passage, Rule
from onrecord.model import Claim, Entity, Finding, Source

RULES: tuple[Rule[Case], ...] = (
    *figures.RULES,
    negation.RULE,
    trimmed.RULE,
    quantifier.RULE,
    obligation.RULE,
    attribution.RULE,
    entity.RULE,
    *close.RULES,
)
"""The wording rules; their ids are stable, and each may be waived on a claim."""


def wording_findings(
    claim: Claim,
    passages: Sequence[Passage],
    entities: Mapping[str, Entity],
    sources: Mapping[str, Source],
) -> list[Finding]:
    """What the wording rules have against a claim, read with all its supporting quotations together.

    Waived rules are reported too: the caller knows what to do with them. Pure; never raises for any wording.
    """
    case = Case.of(claim, passages, entities, sources)
    return [finding for rule in RULES for finding in rule.findings(case)]
