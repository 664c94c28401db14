"""Which claims of an explanation a reader is shown: those that a row needs, then those that back them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.sparql.explanation import All, Explanation, Fact, Holders, Part

_NOBODY = Holders(())


@dataclass(frozen=True, slots=True)
class Resting:
    """The claims of a row, by IRI, each group in order: engines find them in an order of their own.

    Where one of several alternatives holds anyway, by the record or by claims that the row needs in any case,
    the others are left out: the row follows without them.

    Attributes:
        needed: those without which the row does not follow.
        others: those that hold the same triples, and those that are alternatives to each other.
        records: those of which the row reads only the record, what they assert being nothing to it.
        is_enough: whether the row follows from the needed ones alone.
        is_cut: whether a cap left out something that matters: a part of what holds jointly, or an alternative
            where none holds anyway.
    """

    needed: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    is_enough: bool = True
    is_cut: bool = False

    @property
    def claims(self) -> tuple[str, ...]:
        """The needed ones and the others."""
        return (*self.needed, *self.others)


def resting(explanation: Explanation) -> Resting:
    """Sort the claims of an explanation."""
    reader = _Reader(explanation)
    root = explanation.derivations
    shown = dict.fromkeys(reader.shown(root))
    claims = {iri for fact in shown for iri in reader.held_by(fact)}
    needed = tuple(sorted(claims & reader.needed))
    others = tuple(sorted(claims - reader.needed))
    named = {iri for fact in shown for iri in reader.about(fact)}
    records = tuple(sorted(named - claims))
    return Resting(needed, others, records, not root.parts or reader.holds(root), reader.is_cut(root))


class _Reader:
    def __init__(self, explanation: Explanation) -> None:
        self.holders = explanation.holders
        self.abouts = frozenset(explanation.about)
        self.facts = self._needed(explanation.derivations)
        sole = (self.held_by(fact) for fact in self.facts)
        self.needed = frozenset(claims[0] for claims in sole if len(claims) == 1)
        self.named = frozenset(iri for fact in self.facts for iri in self.about(fact))

    def held_by(self, fact: Fact) -> tuple[str, ...]:
        """The claims that hold a fact; none where the record does."""
        held = self.holders.get(fact, _NOBODY)
        return () if held.record else held.claims

    def about(self, fact: Fact) -> Iterator[str]:
        """The claims that a fact of the record is about."""
        if self.abouts and self.holders.get(fact, _NOBODY).record:
            for term in (fact.subject, fact.object):
                iri = term[1:-1]
                while "." in iri and iri not in self.abouts:
                    iri = iri.rpartition(".")[0]
                if iri in self.abouts:
                    yield iri

    def _needed(self, part: Part) -> frozenset[Fact]:
        """The facts without which a part does not hold."""
        if isinstance(part, Fact):
            return frozenset((part,))
        inner = [self._needed(p) for p in part.parts]
        if isinstance(part, All):
            return frozenset().union(*inner)
        return frozenset.intersection(*inner) if inner and not part.more else frozenset()

    def holds(self, part: Part) -> bool:
        """Whether a part holds by the record and the needed claims alone."""
        if isinstance(part, Fact):
            held = self.holders.get(part, _NOBODY)
            return held.record or any(iri in self.needed for iri in held.claims)
        inner = (self.holds(p) for p in part.parts)
        return all(inner) if isinstance(part, All) else any(inner)

    def shown(self, part: Part) -> Iterator[Fact]:
        """The facts of a part; of alternatives that hold anyway, those of the one that adds least."""
        if isinstance(part, Fact):
            yield part
        elif isinstance(part, All):
            for inner in part.parts:
                yield from self.shown(inner)
        else:
            enough = [list(self.shown(p)) for p in part.parts if self.holds(p)]
            if enough:
                yield from min(enough, key=self._added)
            else:
                for inner in part.parts:
                    yield from self.shown(inner)

    def is_cut(self, part: Part) -> bool:
        """Whether a cap left out something of a part that matters."""
        if isinstance(part, Fact):
            return False
        if not isinstance(part, All):
            enough = [self.is_cut(p) for p in part.parts if self.holds(p)]
            if enough:
                return all(enough)
        return bool(part.more) or any(self.is_cut(p) for p in part.parts)

    def _added(self, facts: list[Fact]) -> tuple[int, int, list[Fact]]:
        """How many claims and facts some facts add to those that are needed anyway; then, their order."""
        claims = {iri for fact in facts for iri in (*self.about(fact), *self.held_by(fact))}
        return len(claims - self.named - self.needed), len(set(facts) - self.facts), sorted(facts)
