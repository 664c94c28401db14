"""A claim's sheet as JSON. The keys are stable: more may come, none changes its meaning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from onrecord.answers.phrasing import dated, name_of, standing_label
from onrecord.answers.sheet import Cited, Node, Sheet
from onrecord.model import Claim, Conflict, Literal, Reference, Source, Term
from onrecord.store.records import StoreBase
from onrecord.store.reviews import Review


def as_json(data: object) -> str:
    """Plain data as JSON text."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def sheet_data(sheet: Sheet, base: StoreBase) -> dict[str, Any]:
    """The sheet as plain data; empty values are left out."""
    claim = sheet.claim
    return without_empty(
        {
            **claim_data(claim),
            "time": time_data(claim),
            "asserts": [_node(node, base) for node in sheet.nodes],
            "citations": [cited_data(cited, base) for cited in sheet.cited],
            "assessments": assessments_data(claim),
            "retirement": retirement_data(claim),
            "conflicts": [conflict_data(c, claim, sheet.related) for c in sheet.conflicts],
            "gaps": [{"claim": g.iri, "statement": g.statement} for g in sheet.gaps],
            "basis_of": [
                {"claim": c.iri, "statement": c.statement, "verdict": a.verdict.value}
                for c, a in sheet.basis_of
            ],
            "replaces": [{"claim": c.iri, "statement": c.statement} for c in sheet.replaces],
            "waivers": [
                {"rule": w.rule, "reason": w.reason, "author": w.author, "on": w.waived_on}
                for w in claim.waivers
            ],
        }
    )


def claim_data(claim: Claim) -> dict[str, Any]:
    """What lists and sheets have in common: IRI, statement, standing, topics, marks."""
    return {
        "claim": claim.iri,
        "statement": claim.statement,
        "standing": claim.standing.value if claim.standing is not None else None,
        "standing_label": standing_label(claim),
        "gap": claim.is_gap,
        "current": claim.retirement is None,
        "retired": claim.retirement.kind.value if claim.retirement is not None else None,
        "verdicts": sorted({a.verdict.value for a in claim.assessments}),
        "topics": list(claim.topics),
        "added": claim.created,
        "file": claim.place.file if claim.place is not None else None,
        "line": claim.place.line if claim.place is not None else None,
    }


def time_data(claim: Claim) -> dict[str, str]:
    """The dates of a claim that are recorded."""
    return without_empty(
        {
            "as_of": claim.as_of,
            "valid_from": claim.valid_from,
            "valid_through": claim.valid_through,
            "wording": claim.time_wording,
        }
    )


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """Data without keys that say nothing; false and 0 stay."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _node(node: Node, base: StoreBase) -> dict[str, Any]:
    return without_empty(
        {
            "node": node.iri,
            "class": node.kind,
            "says": [
                {"property": t.predicate, "value": _value(t.object), "label": name_of(base, t.object)}
                for t in node.triples
            ],
        }
    )


def _value(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"iri": term}
    if term.language:
        return {"text": term.value, "language": term.language}
    return {"text": term.value, "datatype": term.datatype}


def cited_data(cited: Cited, base: StoreBase) -> dict[str, Any]:
    """A citation with its source, references, link, outcome and review."""
    citation, result = cited.citation, cited.result
    return without_empty(
        {
            "citation": citation.iri,
            "quotation": citation.exact,
            "prefix": citation.prefix,
            "suffix": citation.suffix,
            "locator": citation.locator,
            "stance": citation.stance.value,
            "standing": citation.standing.value,
            "said_by": [{"entity": who, "label": name_of(base, who)} for who in citation.said_by],
            "source": source_data(cited.source) if cited.source is not None else {"source": citation.source},
            "references": [reference_data(r) for r in cited.references],
            "link": cited.link,
            "outcome": result.outcome.value if result is not None else None,
            "means": result.means if result is not None else None,
            "reason": result.reason if result is not None else None,
            "warnings": list(result.warnings) if result is not None else [],
            "review": review_data(cited.review, void=cited.void),
        }
    )


def review_data(review: Review | None, *, void: bool) -> dict[str, Any]:
    """A review as plain data; empty without one. Whether it is void is always said."""
    if review is None:
        return {}
    said = {"verdict": review.verdict.value, "method": review.method, "reason": review.reason}
    return without_empty({**said, "on": review.reviewed_on, "void": void})


def source_data(source: Source) -> dict[str, Any]:
    """A source's record."""
    return without_empty(
        {
            "source": source.iri,
            "title": source.title,
            "publishers": list(source.publishers),
            "type": source.type,
            "tier": source.tier,
            "issued": source.issued,
            "date_wording": source.date_wording,
            "dated": dated(source),
            "identifier": source.identifier,
            "urls": list(source.urls),
        }
    )


def reference_data(reference: Reference) -> dict[str, Any]:
    """A reference marker with its candidates, the most likely first."""
    return without_empty(
        {
            "reference": reference.iri,
            "marker": reference.marker,
            "candidates": [
                {"source": c.source, "confidence": c.confidence, "reason": c.reason}
                for c in reference.candidates
            ],
            "unresolved": reference.unresolved,
        }
    )


def assessments_data(claim: Claim) -> list[dict[str, Any]]:
    """Our verdicts on a claim."""
    return [
        without_empty(
            {"verdict": a.verdict.value, "basis": list(a.basis), "reason": a.reason, "on": a.assessed_on}
        )
        for a in claim.assessments
    ]


def retirement_data(claim: Claim) -> dict[str, Any]:
    """How a claim was retired; empty where it was not."""
    retired = claim.retirement
    if retired is None:
        return {}
    return without_empty(
        {
            "kind": retired.kind.value,
            "by": retired.replaced_by,
            "reason": retired.reason,
            "on": retired.retired_on,
        }
    )


def conflict_data(conflict: Conflict, claim: Claim, related: Mapping[str, Claim]) -> dict[str, Any]:
    """A conflict as seen from one of its claims; `related` are the others, where they are known."""
    others = [iri for iri in conflict.between if iri != claim.iri]
    return {
        "conflict": conflict.iri,
        "separated_by": list(conflict.separated_by),
        "explanation": conflict.explanation,
        "against": [
            {"claim": iri, "statement": related[iri].statement if iri in related else ""} for iri in others
        ],
    }
