"""A report as JSON, for programs."""

from __future__ import annotations

import json
from typing import Any

from onrecord.model import CitationResult, Finding, Outcome, Severity
from onrecord.validation.report import Report


def report_json(report: Report) -> str:
    """The whole report: counts, every citation's outcome, every finding, every waiver."""
    return json.dumps(report_data(report), indent=2, ensure_ascii=False) + "\n"


def report_data(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "base": report.base,
        "files": list(report.files),
        "unreadable": report.unreadable,
        "strict": report.strict,
        "counts": {
            "claims": report.claims,
            "shapes": report.shapes,
            "rules": report.rules,
            "citations": len(report.citations),
            "outcomes": {o.value: report.outcome_count(o) for o in Outcome},
            "means": {m: sum(1 for r in report.citations if r.means == m) for m in ("text", "proof")},
            "findings": {s.value: report.count(s) for s in Severity},
        },
        "checked": report.checked_line,
        "citations": [_citation(r) for r in report.citations],
        "findings": [finding_data(f) for f in report.findings],
        "waived": [
            {
                **finding_data(w.finding),
                "reason": w.waiver.reason,
                "author": w.waiver.author,
                "on": w.waiver.waived_on,
            }
            for w in report.waived
        ],
    }


def _citation(result: CitationResult) -> dict[str, Any]:
    citation = result.citation
    return _without_empty(
        {
            "citation": citation.iri,
            "claim": citation.claim,
            "source": citation.source,
            "locator": citation.locator,
            "quotation": citation.exact,
            "outcome": result.outcome.value,
            "means": result.means,
            "reason": result.reason,
            "position": result.position,
            "warnings": list(result.warnings),
            "nearest": result.nearest if result.outcome is not Outcome.FOUND else "",
        }
    )


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    place = finding.place
    return _without_empty(
        {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "message": finding.message,
            "focus": finding.focus,
            "file": place.file if place else "",
            "line": place.line if place else None,
            "column": place.column if place else None,
            "quotation": finding.quotation,
            "nearest": finding.nearest,
            "next": finding.next_step,
        }
    )


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", None, [])}
