"""An audit as SARIF 2.1.0, for editors and code hosts: what an editor should look at, with the notes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from onrecord import __version__
from onrecord.answers.audit.as_text import cited_words, place_words, telling
from onrecord.answers.audit.audit import Audit, Audited, Status, claims_named
from onrecord.answers.notes import Note, dates_words, source_words, standing_words, statement
from onrecord.answers.phrasing import one_line
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


def audit_sarif(found: Audit) -> str:
    """What an editor should look at, as one SARIF run."""
    rules = list(_TITLES)
    driver = {
        "name": "OnRecord",
        "version": __version__,
        "rules": [{"id": r, "shortDescription": {"text": t}} for r, t in _TITLES.items()],
    }
    notes = {note.iri: note for note in found.notes}
    results = [_result(r, found.draft.name, rules, notes) for r in _results(found)]
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


@dataclass(frozen=True, slots=True)
class _Remark:
    """One result: its rule and level, what is said, where, and the claims that it rests on."""

    rule: str
    level: str
    message: str
    line: int
    column: int
    claims: tuple[str, ...] = ()


def _results(found: Audit) -> Iterator[_Remark]:
    for audited in found.sentences:
        s, status = audited.sentence, audited.status
        if status not in _LEVELS:
            continue
        rule = f"audit-{status.value.replace(' ', '-')}"
        for message, claims in _messages(audited, found):
            yield _Remark(rule, _LEVELS[status], message, s.line, s.column, claims)
    for problem in found.problems:
        yield _Remark("audit-references", "warning", one_line(problem.message), problem.line, 1)


def _messages(audited: Audited, found: Audit) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is said of a sentence, and the claims that it rests on."""
    for d in audited.differences:
        where = place_words(d, found.numbers)
        said = f'{d.kind.value}: the draft has "{d.draft}", on record is "{d.record}" ({where}).'
        yield one_line(said), (d.claim,) if d.claim else ()
    if not audited.differences:
        claims = tuple(dict.fromkeys(claims_named(audited)))
        named = ", ".join(f"{compact(iri)} [{found.numbers[iri]}]" for iri in claims)
        conflicts = " ".join(c.explanation for c in audited.conflicts)
        said = " ".join(p for p in (f"{audited.status.value}:", named, conflicts, *audited.remarks) if p)
        yield one_line(said), claims


def _result(remark: _Remark, name: str, rules: list[str], notes: dict[str, Note]) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote("stdin" if name == "-" else name)},
        "region": {"startLine": remark.line, "startColumn": remark.column},
    }
    result: dict[str, Any] = {
        "ruleId": remark.rule,
        "ruleIndex": rules.index(remark.rule),
        "level": remark.level,
        "message": {"text": remark.message},
        "locations": [{"physicalLocation": place}],
    }
    related = [_related(notes[iri]) for iri in remark.claims]
    return {**result, "relatedLocations": related} if related else result


def _related(note: Note) -> dict[str, Any]:
    """A note as a location: the claim with its standing and quotation, and where the words can be read."""
    cited = next(iter(telling(note)), None)
    said = [f"[{note.number}] {compact(note.iri)} \u00b7 {standing_words(note)}: {statement(note)}"]
    if cited is not None:
        said += [cited_words(note, cited), source_words(cited), dates_words(cited)]
    location: dict[str, Any] = {"id": note.number, "message": {"text": one_line(" ".join(said))}}
    if cited is not None and cited.link:
        location["physicalLocation"] = {"artifactLocation": {"uri": cited.link}}
    return location
