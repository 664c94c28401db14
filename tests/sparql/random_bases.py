"""Small random bases for the tests of witnesses: 7 or 8 claims of 1 to 4 triples, which often agree."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyoxigraph as ox

EX = "https://example.org/"
PREFIX = f"PREFIX : <{EX}>\n"
NODES = [ox.NamedNode(EX + name) for name in "abcdef"]
PREDICATES = [ox.NamedNode(EX + name) for name in "pqrs"]
NUMBERS = [ox.Literal(number) for number in range(1, 6)]
WORDS = [ox.Literal("red"), ox.Literal("blue"), ox.Literal("red", language="en")]
BLANKS = [ox.BlankNode("n1"), ox.BlankNode("n2")]
SHARED = 0.3
"""How often a triple of a claim is one that an earlier claim has already."""

Node = ox.NamedNode | ox.BlankNode
Value = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True)
class Base:
    """Claims, each with its triples; claim n is the named graph `:cN`."""

    claims: tuple[tuple[ox.NamedNode, tuple[ox.Triple, ...]], ...]

    @property
    def triples(self) -> list[ox.Triple]:
        """Every triple once."""
        return list(dict.fromkeys(t for _, triples in self.claims for t in triples))

    def store(self, mask: int = -1) -> ox.Store:
        """The claims whose bits are set, each a named graph, and their merge as the default graph."""
        store = ox.Store()
        for bit, (claim, triples) in enumerate(self.claims):
            if mask >> bit & 1:
                store.extend(quads(claim, triples))
        return store

    def mask(self, claims: Iterable[str]) -> int:
        """The bits of claims given by IRI.

        Raises:
            KeyError: one of them is no claim of this base.
        """
        bits = {claim.value: 1 << bit for bit, (claim, _) in enumerate(self.claims)}
        return sum(bits[claim.strip("<>")] for claim in claims)

    def smaller(self) -> Iterable[Base]:
        """The base without one of its claims, or without one triple of a claim."""
        for i, (claim, triples) in enumerate(self.claims):
            yield replace(self, claims=self.claims[:i] + self.claims[i + 1 :])
            for j in range(len(triples) if len(triples) > 1 else 0):
                fewer = (claim, triples[:j] + triples[j + 1 :])
                yield replace(self, claims=(*self.claims[:i], fewer, *self.claims[i + 1 :]))

    def trig(self) -> str:
        """The claims as TriG."""
        lines = [f"@prefix : <{EX}> ."]
        for claim, triples in self.claims:
            inside = " . ".join(
                " ".join(written(term) for term in (t.subject, t.predicate, t.object)) for t in triples
            )
            lines.append(f"{written(claim)} {{ {inside} }}")
        return "\n".join(lines)


def quads(claim: ox.NamedNode, triples: Iterable[ox.Triple]) -> Iterable[ox.Quad]:
    """The triples of a claim in its graph and in the default graph."""
    for t in triples:
        yield ox.Quad(t.subject, t.predicate, t.object, claim)
        yield ox.Quad(t.subject, t.predicate, t.object, ox.DefaultGraph())


def written(term: object) -> str:
    """A term as the queries and bases here write it.

    >>> written(NODES[0]), written(NUMBERS[0]), written(WORDS[2])
    (':a', '1', '"red"@en')
    """
    if isinstance(term, ox.NamedNode) and term.value.startswith(EX):
        return ":" + term.value.removeprefix(EX)
    if isinstance(term, ox.Literal) and term in NUMBERS:
        return term.value
    return str(term)


def random_base(rng: random.Random, blank: bool) -> Base:
    """A base; with blank nodes, which claims may share, where `blank` says so."""
    claims: list[tuple[ox.NamedNode, tuple[ox.Triple, ...]]] = []
    seen: list[ox.Triple] = []
    size = rng.choice((7, 7, 8))
    for number in range(size):
        triples: dict[ox.Triple, None] = {}
        for _ in range(rng.choice((1, 2, 2, 3, 4))):
            copied = seen and rng.random() < SHARED
            triples[rng.choice(seen) if copied else _triple(rng, blank, size)] = None
        seen += triples
        claims.append((ox.NamedNode(f"{EX}c{number + 1}"), tuple(triples)))
    return Base(tuple(claims))


def _triple(rng: random.Random, blank: bool, size: int) -> ox.Triple:
    predicate = rng.choice(PREDICATES)
    return ox.Triple(_node(rng, blank, size), predicate, _object(rng, predicate, blank, size))


def _object(rng: random.Random, predicate: ox.NamedNode, blank: bool, size: int) -> Value:
    kind = predicate.value[-1]
    chance = rng.random()
    if kind == "r":
        return rng.choice(NUMBERS) if chance < 0.8 else rng.choice(WORDS)
    if kind == "s" and chance < 0.5:
        return rng.choice(NUMBERS) if chance < 0.2 else rng.choice(WORDS)
    return _node(rng, blank, size)


def _node(rng: random.Random, blank: bool, size: int) -> Node:
    if blank and rng.random() < 0.25:
        return rng.choice(BLANKS)
    if rng.random() < 0.03:
        return ox.NamedNode(f"{EX}c{rng.randint(1, size)}")
    return rng.choice(NODES)
