"""An audit as data: JSON for programs, SARIF 2.1.0 for editors and code hosts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from onrecord import __version__
from onrecord.answers.audit import BEST_WORD, Audit, Audited, Status
from onrecord.answers.audit_differences import Difference
from onrecord.answers.phrasing import one_line
from onrecord.answers.sheet_json import without_empty
from onrecord.vocab import compact

_LEVELS = {
    Status.DIFFERS: "error",
    Status.CONFLICTED: "warning",
    Status.OUTDATED: "warning",
    Status.NEEDS_SOURCE: "warning",
}
_TITLES = {
    "audit-differs": "The draft differs from what is on record",
    "audit-conflicted": "Claims of the base disagree on this",
    "audit-outdated": "What is on record for this is no longer current",
    "audit-needs-a-source": "A figure, name, date or quotation without a source",
    "audit-references": "Markers and the draft's own list do not fit",
}


def audit_json(found: Audit) -> str:
    """The audit as JSON."""
    return json.dumps(audit_data(found), indent=2, ensure_ascii=False) + "\n"


def audit_data(found: Audit) -> dict[str, Any]:
    """The audit as plain data; empty values of a sentence are left out."""
    return {
        "draft": found.draft.name,
        "kind": found.draft.kind,
        "as_of": found.as_of,
        "claims": found.claims,
        "texts": found.texts,
        "counts": {s.value: found.counts[s] for s in Status},
        "on_record_means": BEST_WORD,
        "sentences": [_sentence(s) for s in found.sentences],
        "references": [{"line": p.line, "message": p.message} for p in found.problems],
    }


def _sentence(audited: Audited) -> dict[str, Any]:
    s = audited.sentence
    return without_empty(
        {
            "number": s.number,
            "line": s.line,
            "column": s.column,
            "text": s.text,
            "markers": list(s.markers),
            "status": audited.status.value,
            "covered": round(audited.covered, 3),
            "claims": [
                {"claim": m.claim.iri, "how": m.how, "words": m.words, "statement": m.claim.statement}
                for m in audited.matches
            ],
            "differences": [_difference(d) for d in audited.differences],
            "quotations": [
                without_empty(
                    {"words": q.words, "outcome": q.outcome.value, "source": q.source, "reason": q.reason}
                )
                for q in audited.quotations
            ],
            "conflicts": [c.iri for c in audited.conflicts],
            "remarks": list(audited.remarks),
        }
    )


def _difference(d: Difference) -> dict[str, Any]:
    return without_empty(
        {
            "kind": d.kind.value,
            "draft": d.draft,
            "record": d.record,
            "claim": d.claim,
            "source": d.source,
            "span": list(d.span),
        }
    )


def audit_sarif(found: Audit) -> str:
    """What an editor should look at, as one SARIF run."""
    rules = list(_TITLES)
    driver = {
        "name": "OnRecord",
        "version": __version__,
        "rules": [{"id": r, "shortDescription": {"text": t}} for r, t in _TITLES.items()],
    }
    results = [_result(*r, found.draft.name, rules) for r in _results(found)]
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "results": results,
        "properties": {"sentences": len(found.sentences), "claims": found.claims, "texts": found.texts},
        "columnKind": "unicodeCodePoints",
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return (
        json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)
        + "\n"
    )


def _results(found: Audit) -> Iterator[tuple[str, str, str, int, int]]:
    for audited in found.sentences:
        s, status = audited.sentence, audited.status
        if status not in _LEVELS:
            continue
        rule = f"audit-{status.value.replace(' ', '-')}"
        for message in _messages(audited):
            yield rule, _LEVELS[status], message, s.line, s.column
    for problem in found.problems:
        yield "audit-references", "warning", one_line(problem.message), problem.line, 1


def _messages(audited: Audited) -> Iterator[str]:
    for d in audited.differences:
        where = compact(d.claim or d.source)
        yield one_line(f'{d.kind.value}: the draft has "{d.draft}", on record is "{d.record}" ({where}).')
    if not audited.differences:
        named = ", ".join(compact(m.claim.iri) for m in audited.matches)
        conflicts = " ".join(c.explanation for c in audited.conflicts)
        said = " ".join(p for p in (f"{audited.status.value}:", named, conflicts, *audited.remarks) if p)
        yield one_line(said)


def _result(
    rule: str, level: str, message: str, line: int, column: int, name: str, rules: list[str]
) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote("stdin" if name == "-" else name)},
        "region": {"startLine": line, "startColumn": column},
    }
    return {
        "ruleId": rule,
        "ruleIndex": rules.index(rule),
        "level": level,
        "message": {"text": message},
        "locations": [{"physicalLocation": place}],
    }
