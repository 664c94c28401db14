"""A sourced answer as JSON: the standard formats with one member more, which plain clients pass over."""

from __future__ import annotations

import json
from typing import Any

from onrecord.answers.notes import note_data
from onrecord.answers.sheet_json import without_empty
from onrecord.answers.sourced.sourced import Sourced, SourcedRow
from onrecord.sparql.explanation import AnyOf, Explanation, Fact, Holders, Part
from onrecord.sparql.results import render, results_data
from onrecord.sparql.terms import token_of
from onrecord.store.records import StoreBase

MEMBER = "onrecord"
FORMAT = 1
"""Counts up when a key of the member changes its meaning."""


def sourced_json(found: Sourced, base: StoreBase) -> str:
    """SPARQL Query Results JSON, or JSON-LD for triples, with the member `onrecord`.

    The member stands before the results, since a reader that streams them may refuse what comes after. In
    JSON-LD the context takes the member out of the graph.
    """
    extension = extension_data(found, base)
    data: dict[str, Any]
    if found.answer.triples is None:
        plain = results_data(found.answer)
        data = {"head": plain.pop("head"), MEMBER: extension, **plain}
    else:
        graph = json.loads(render(found.answer, "json"))
        data = {"@context": {MEMBER: None}, "@graph": graph, MEMBER: extension}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def extension_data(found: Sourced, base: StoreBase) -> dict[str, Any]:
    """What the rows rest on, with the facts and the notes that they refer to by number."""
    facts = _Facts()
    triples = found.answer.triples
    rows = []
    for index in found.places:
        row = _row(found.rows[index], facts)
        if triples is not None:
            row = {"triple": [token_of(term) for term in triples[index]], **(row or {"state": None})}
        rows.append(row)
    return {
        "format": FORMAT,
        "base_version": found.version or None,
        "rows": rows,
        "facts": facts.listed,
        "notes": [note_data(note, base) for note in found.notes],
    }


class _Facts:
    """Facts with what holds them, each once, numbered from 0."""

    def __init__(self) -> None:
        self.listed: list[dict[str, Any]] = []
        self._numbers: dict[tuple[Fact, Holders | None], int] = {}

    def number(self, fact: Fact, explanation: Explanation) -> int:
        held = explanation.holders.get(fact)
        if (fact, held) not in self._numbers:
            self._numbers[fact, held] = len(self.listed)
            self.listed.append(
                without_empty(
                    {
                        "triple": list(fact[:3]),
                        "graph": fact.graph,
                        "claims": list(held.claims) if held is not None else [],
                        "record": True if held is not None and held.record else None,
                    }
                )
            )
        return self._numbers[fact, held]


def _row(row: SourcedRow, facts: _Facts) -> dict[str, Any] | None:
    """One row; None where nobody asked to explain it."""
    explanation, certificate = row.explanation, row.certificate
    if explanation is None:
        return None
    data: dict[str, Any] = {
        "state": explanation.state.value,
        "notes": list(row.notes),
        **({"records": list(row.records)} if row.records else {}),
        "rests_on": _part(explanation.derivations, explanation, facts),
        "marks": [{"mark": m.mark.value, "detail": m.detail} for m in explanation.marks],
    }
    if certificate is not None:
        said = {"tried": certificate.tried, "held": certificate.held, "note": certificate.note}
        data["certified"] = without_empty(said)
    capped = {"capped": explanation.is_capped or None, "drill_down": explanation.drill_down}
    return {**data, **without_empty({"reason": explanation.reason, **capped})}


def _part(part: Part, explanation: Explanation, facts: _Facts) -> Any:
    """A fact as its number, anything else as `any` or `all` of its parts."""
    if isinstance(part, Fact):
        return facts.number(part, explanation)
    word = "any" if isinstance(part, AnyOf) else "all"
    data: dict[str, Any] = {word: [_part(inner, explanation, facts) for inner in part.parts]}
    return {**data, "more": part.more} if part.more else data
