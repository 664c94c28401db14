"""Explanations as plain data, for another process: terms, facts and holders once, the rest by number."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, Generic, TypeVar

from onrecord.sparql.explanation import All, AnyOf, Explanation, Fact, Holders, Mark, Marked, Part

_KINDS: tuple[type[All | AnyOf], ...] = (All, AnyOf)
T = TypeVar("T", bound=Hashable)


class _Numbered(Generic[T]):
    """Things, each once, numbered from 0 in the order in which they come."""

    def __init__(self) -> None:
        self.numbers: dict[T, int] = {}

    def number(self, thing: T) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))


def explanation_data(explanations: Iterable[Explanation]) -> dict[str, Any]:
    """Explanations as plain data; what several of them share stands there once."""
    facts: _Numbered[Fact] = _Numbered()
    held: _Numbered[tuple[int, Holders]] = _Numbered()
    rows = [
        [
            _part_data(e.derivations, facts),
            [held.number((facts.number(fact), holders)) for fact, holders in e.holders.items()],
            e.marks,
            [e.reason, e.drill_down, e.version, e.about],
        ]
        for e in explanations
    ]
    terms: _Numbered[str] = _Numbered()
    return {
        "rows": rows,
        "facts": [[terms.number(term) for term in fact] for fact in facts.numbers],
        "held": [[n, h.record, *(terms.number(claim) for claim in h.claims)] for n, h in held.numbers],
        "terms": list(terms.numbers),
    }


def explanation_of(data: dict[str, Any]) -> list[Explanation]:
    """The explanations that `explanation_data` was given."""
    terms = data["terms"]
    facts = [Fact(*(terms[number] for number in fact)) for fact in data["facts"]]
    held = [
        (facts[n], Holders(tuple(terms[c] for c in claims), record)) for n, record, *claims in data["held"]
    ]
    explanations = []
    for derivations, holders, marks, (reason, drill_down, version, about) in data["rows"]:
        whole = _part_of(derivations, facts)
        explanations.append(
            Explanation(
                whole if isinstance(whole, AnyOf) else AnyOf((whole,)),
                tuple(Marked(Mark(mark), detail) for mark, detail in marks),
                dict(held[number] for number in holders),
                reason,
                drill_down,
                version,
                tuple(about),
            )
        )
    return explanations


def _part_data(part: Part, facts: _Numbered[Fact]) -> Any:
    """A fact as its number; anything else as its kind, what a cap left out of it, and its parts."""
    if isinstance(part, Fact):
        return facts.number(part)
    return [_KINDS.index(type(part)), part.more, *(_part_data(inner, facts) for inner in part.parts)]


def _part_of(data: Any, facts: list[Fact]) -> Part:
    if isinstance(data, int):
        fact: Fact = facts[data]
        return fact
    kind, more, *parts = data
    whole: All | AnyOf = _KINDS[kind](tuple(_part_of(part, facts) for part in parts), more)
    return whole
