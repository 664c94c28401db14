"""What a row of an answer rests on: triples, the claims that hold them, and marks for the rest.

An explanation stays factorised: any of its derivations, of all of the triples of one, of any of the claims
that hold a triple. Terms are written as SPARQL writes them (`<iri>`, `"text"@en`, `42`, `_:label`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import NamedTuple

MOST_WITNESSES = 10_000
"""How many sets of claims are looked at before the search for witnesses gives up."""


class Fact(NamedTuple):
    """A triple of the base that a row rests on.

    Attributes:
        graph: where the query asks for it: a graph's IRI, or "" for the default graph.
    """

    subject: str
    predicate: str
    object: str
    graph: str = ""

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"


@dataclass(frozen=True, slots=True)
class All:
    """Everything in it jointly; `more` counts the parts left out by a cap."""

    parts: tuple[Part, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of its parts is enough; `more` counts the parts left out by a cap."""

    parts: tuple[Part, ...]
    more: int = 0


Part = Fact | All | AnyOf


class Mark(StrEnum):
    """What a row rests on besides the claims named."""

    ABSENCE = "absence"
    CLOSED_WORLD = "closed world"
    RANK = "rank"
    SHORTEST_ONLY = "shortest only"
    EXTERNAL = "external"


class Marked(NamedTuple):
    """A mark and what it is about: the pattern without a match, the number of members ..."""

    mark: Mark
    detail: str


class State(StrEnum):
    """How far a row is explained; every row is in exactly one."""

    COMPLETE = "complete"
    MARKED = "marked"
    RECORD = "record"
    NOTHING = "rests on no claim"
    UNEXPLAINED = "unexplained"


class Holders(NamedTuple):
    """What holds a fact: claims by IRI, and whether the record does.

    The record is what is said about claims, sources and entities; it needs no claim.
    """

    claims: tuple[str, ...]
    record: bool = False


@dataclass(frozen=True)
class Explanation:
    """What one row (or one triple, or the yes or no of an ASK) rests on.

    Attributes:
        derivations: any of these is enough.
        marks: what it rests on besides, sorted.
        holders: of every fact in the derivations.
        reason: why it is unexplained; "" where it is not.
        drill_down: a query that lists all claims, where a cap left some out; "" where none did.
        version: which state of the base it was made from.
        about: the claims that facts of the record are about, by IRI.
    """

    derivations: AnyOf
    marks: tuple[Marked, ...] = ()
    holders: Mapping[Fact, Holders] = field(default_factory=dict)
    reason: str = ""
    drill_down: str = ""
    version: str = ""
    about: tuple[str, ...] = ()

    @cached_property
    def state(self) -> State:
        """Complete, marked, record, rests on no claim, or unexplained."""
        if self.reason:
            return State.UNEXPLAINED
        if self.marks:
            return State.MARKED
        if self.claims:
            return State.COMPLETE
        return State.RECORD if self.facts else State.NOTHING

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of the derivations, each once, in order."""
        return tuple(dict.fromkeys(facts_of(self.derivations)))

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The IRIs of every claim that holds one of the facts, in order; the record's own facts left out."""
        found = (claim for f in self.facts if not self._held(f).record for claim in self._held(f).claims)
        return tuple(dict.fromkeys(found))

    @property
    def is_capped(self) -> bool:
        """Whether a cap left something out."""
        return is_capped(self.derivations)

    def witnesses(self, most: int = MOST_WITNESSES) -> tuple[frozenset[str], ...]:
        """The minimal sets of claims from which the row follows, the smallest first.

        The empty set alone means that it follows without any claim. What a cap left out is not looked at.
        """
        found = set(islice(self._choices(self.derivations), most))
        minimal: list[frozenset[str]] = []
        for claims in sorted(found, key=lambda c: (len(c), sorted(c))):
            if not any(smaller <= claims for smaller in minimal):
                minimal.append(claims)
        return tuple(minimal)

    def _held(self, fact: Fact) -> Holders:
        return self.holders.get(fact, Holders(()))

    def _choices(self, part: Part) -> Iterator[frozenset[str]]:
        """The sets of claims that make a part hold, not all of them minimal."""
        if isinstance(part, Fact):
            held = self._held(part)
            yield from (frozenset(),) if held.record else (frozenset((claim,)) for claim in held.claims)
        elif isinstance(part, AnyOf):
            for inner in part.parts:
                yield from self._choices(inner)
        elif not part.more:
            yield from self._jointly(part.parts)

    def _jointly(self, parts: tuple[Part, ...]) -> Iterable[frozenset[str]]:
        found: dict[frozenset[str], None] = {frozenset(): None}
        for part in parts:
            options = list(dict.fromkeys(self._choices(part)))
            found = dict.fromkeys(
                islice((left | right for left in found for right in options), MOST_WITNESSES)
            )
        return found


def facts_of(part: Part) -> Iterator[Fact]:
    """The facts of a part, in order."""
    if isinstance(part, Fact):
        yield part
    else:
        for inner in part.parts:
            yield from facts_of(inner)


def is_capped(part: Part) -> bool:
    """Whether a cap left something out of a part."""
    if isinstance(part, Fact):
        return False
    return bool(part.more) or any(is_capped(inner) for inner in part.parts)
