"""An audit as data, for programs: the same content as the Python objects."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from onrecord.answers.audit.audit import BEST_WORD, Audit, Audited, Match, Status
from onrecord.answers.audit.differences import Difference
from onrecord.answers.notes import note_data
from onrecord.answers.sheet_json import without_empty
from onrecord.model import Conflict


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
        "sentences": [_sentence(s, found.numbers) for s in found.sentences],
        "notes": [note_data(note, found.base) for note in found.notes],
        "references": [{"line": p.line, "message": p.message} for p in found.problems],
    }


def _sentence(audited: Audited, numbers: Mapping[str, int]) -> dict[str, Any]:
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
            "claims": [_match(m, numbers) for m in audited.matches],
            "differences": [_difference(d, numbers) for d in audited.differences],
            "quotations": [
                without_empty(
                    {"words": q.words, "outcome": q.outcome.value, "source": q.source, "reason": q.reason}
                )
                for q in audited.quotations
            ],
            "conflicts": [_conflict(c, numbers) for c in audited.conflicts],
            "remarks": list(audited.remarks),
        }
    )


def _match(match: Match, numbers: Mapping[str, int]) -> dict[str, Any]:
    claim = match.claim
    return {
        "claim": claim.iri,
        "note": numbers[claim.iri],
        "how": match.how,
        "words": match.words,
        "statement": claim.statement,
    }


def _difference(d: Difference, numbers: Mapping[str, int]) -> dict[str, Any]:
    return without_empty(
        {
            "kind": d.kind.value,
            "draft": d.draft,
            "record": d.record,
            "claim": d.claim,
            "note": numbers.get(d.claim),
            "source": d.source,
            "span": list(d.span),
        }
    )


def _conflict(conflict: Conflict, numbers: Mapping[str, int]) -> dict[str, Any]:
    sides = [{"claim": iri, "note": numbers[iri]} for iri in conflict.between]
    return {"conflict": conflict.iri, "explanation": conflict.explanation, "between": sides}
