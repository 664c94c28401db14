"""A report as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from onrecord import __version__
from onrecord.model import Finding, Severity
from onrecord.validation.report import Report
from onrecord.validation.rules import all_rules
from onrecord.vocab import compact

_LEVEL = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report_sarif(report: Report) -> str:
    """The findings as one SARIF run; what was checked stands in the run's properties."""
    rules = sorted({f.rule for f in report.findings} | {w.finding.rule for w in report.waived})
    results = [_result(f, rules) for f in report.findings]
    results += [_suppressed(_result(w.finding, rules), w.waiver.reason) for w in report.waived]
    run = {
        "tool": {"driver": {"name": "OnRecord", "version": __version__, "rules": [_rule(r) for r in rules]}},
        "invocations": [{"executionSuccessful": report.unreadable == 0}],
        "results": results,
        "properties": {"checked": report.checked_line, "claims": report.claims},
        "columnKind": "unicodeCodePoints",
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)
        + "\n"
    )


def _rule(rule: str) -> dict[str, Any]:
    info = all_rules().get(rule)
    if info is None:
        return {"id": rule, "shortDescription": {"text": f"Shape {rule}"}}
    return {
        "id": rule,
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": info.explanation},
        "defaultConfiguration": {"level": _LEVEL[info.severity]},
    }


def _result(finding: Finding, rules: list[str]) -> dict[str, Any]:
    message = f"{finding.message} {finding.next_step}".strip()
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVEL[finding.severity],
        "message": {"text": message},
    }
    location: dict[str, Any] = {}
    if finding.place:
        location["physicalLocation"] = {"artifactLocation": {"uri": quote(finding.place.file)}}
        region = {"startLine": finding.place.line, "startColumn": finding.place.column}
        known = {key: value for key, value in region.items() if value is not None}
        if "startLine" in known:
            location["physicalLocation"]["region"] = known
    if finding.focus:
        location["logicalLocations"] = [{"fullyQualifiedName": compact(finding.focus)}]
    if location:
        result["locations"] = [location]
    return result


def _suppressed(result: dict[str, Any], reason: str) -> dict[str, Any]:
    return {**result, "suppressions": [{"kind": "inSource", "justification": reason}]}
