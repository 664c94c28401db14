"""What a base holds, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.answers.phrasing import Paint, name_of, plain, standing_label
from onrecord.answers.reviews import readings, review_counts
from onrecord.model import CitationResult, Claim, Literal, Outcome, Stance, Standing
from onrecord.store.records import StoreBase
from onrecord.vocab import OV, RDF_TYPE, compact

Figures = dict[str, Any]
"""Counts by name; a nested mapping counts by kind."""


def figures(base: StoreBase, results: Sequence[CitationResult], texts: frozenset[str]) -> Figures:
    """Every count; `results` are the outcomes of all citations, `texts` the sources with a text at hand."""
    claims, sources, entities = list(base.claims()), list(base.sources()), list(base.entities())
    cited = Counter(c.source for claim in claims for c in claim.citations)
    return {
        "claims": _claims(claims),
        "conflicts": len(list(base.conflicts())),
        "assessments": _counts(a.verdict.value for c in claims for a in c.assessments),
        "waivers": _counts(w.rule for c in claims for w in c.waivers),
        "standing": _ordered(
            Counter(standing_label(c) for c in claims), [*(s.label for s in Standing), "none"]
        ),
        "topics": _counts(name_of(base, t) for c in claims for t in c.topics),
        "citations": _citations(claims, results),
        "reviews": {k: n for k, n in review_counts(readings(base)).items() if n},
        "sources": {
            "all": len(sources),
            "cited": sum(1 for s in sources if cited[s.iri]),
            "with text at hand": sum(1 for s in sources if s.slug in texts),
            "with commitment": sum(1 for s in sources if base.snapshots(s.iri)),
            **_counts(f"{s.tier or 'unranked'}" for s in sources),
        },
        "citations by source": {
            compact(iri): n for iri, n in sorted(cited.items(), key=lambda p: (-p[1], p[0]))
        },
        "entities": {"all": len(entities), **_counts(name_of(base, e.kind) for e in entities)},
        "asserted": _asserted(claims),
        "referral rules by standing": _ordered(
            Counter(standing_label(c) for c in claims for _ in _nodes(c, "Referral")),
            [s.label for s in Standing],
        ),
    }


def _claims(claims: Sequence[Claim]) -> Mapping[str, int]:
    return {
        "all": len(claims),
        "gaps": sum(c.is_gap for c in claims),
        "contradicted": sum(c.is_contradicted for c in claims),
        "retired": sum(c.retirement is not None for c in claims),
        "with a waiver": sum(bool(c.waivers) for c in claims),
        "with a date": sum(bool(c.as_of or c.valid_from or c.valid_through) for c in claims),
    }


def _citations(claims: Sequence[Claim], results: Sequence[CitationResult]) -> Mapping[str, Any]:
    citations = [c for claim in claims for c in claim.citations]
    return {
        "all": len(citations),
        "by stance": _ordered(Counter(c.stance.value for c in citations), [s.value for s in Stance]),
        "by outcome": _ordered(Counter(r.outcome.value for r in results), [o.value for o in Outcome]),
        "by means": _ordered(Counter(r.means for r in results if r.means), ["text", "proof"]),
        "with references": sum(bool(c.references) for c in citations),
    }


def _asserted(claims: Sequence[Claim]) -> Mapping[str, int]:
    kinds = Counter(
        t.object.removeprefix(OV)
        for c in claims
        for t in c.assertions
        if t.predicate == RDF_TYPE and not isinstance(t.object, Literal) and t.object.startswith(OV)
    )
    return {"triples": sum(len(c.assertions) for c in claims), **_counts(kinds.elements())}


def _nodes(claim: Claim, kind: str) -> list[str]:
    return [t.subject for t in claim.assertions if t.predicate == RDF_TYPE and t.object == OV + kind]


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda p: (-p[1], p[0])))


def _ordered(counts: Counter[str], order: Sequence[str]) -> dict[str, int]:
    return {name: counts[name] for name in order if counts[name]}


def figures_text(found: Figures, paint: Paint = plain) -> str:
    """The counts as text, one block a heading."""
    blocks = []
    for name, value in found.items():
        if isinstance(value, int):
            blocks.append(f"{paint(name, 'head')}  {value}")
        elif value:
            blocks.append("\n".join([paint(name, "head"), *_lines(value, "  ")]))
    return "\n".join(blocks) + "\n"


def _lines(counts: Mapping[str, Any], indent: str) -> list[str]:
    width = max(len(name) for name in counts)
    lines = []
    for name, value in counts.items():
        if isinstance(value, int):
            lines.append(f"{indent}{name:<{width}}  {value:>6}")
        elif value:
            lines += [f"{indent}{name}", *_lines(value, indent + "  ")]
    return lines
