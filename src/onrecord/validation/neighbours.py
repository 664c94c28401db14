"""The claims of a base that rules across claims compare with some new ones, without reading them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from onrecord.model import Claim
from onrecord.store.records import DEFAULT, StoreBase
from onrecord.text import words
from onrecord.vocab import OA, ONR

SHARED_WORDS = 0.5
"""The share of words from which on another claim's statement is worth comparing; the rules want more."""


def with_neighbours(claims: Sequence[Claim], base: StoreBase) -> list[Claim]:
    """The claims, and those of the base with a like statement or the same quotation of the same source."""
    own = {c.iri for c in claims}
    near = {*_by_statement(claims, base), *_by_quotation(claims, base)} - own
    found = (base.claim(iri) for iri in sorted(near))
    return [*claims, *(claim for claim in found if claim is not None)]


def _by_statement(claims: Sequence[Claim], base: StoreBase) -> Iterator[str]:
    wanted = [frozenset(words(c.statement)) for c in claims]
    for quad in base.match(None, ONR + "statement", None, DEFAULT):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            row = frozenset(words(quad.object.value))
            if any(len(row & other) >= SHARED_WORDS * len(row | other) for other in wanted):
                yield quad.subject.value


def _by_quotation(claims: Sequence[Claim], base: StoreBase) -> Iterator[str]:
    """Claims with a citation of the same name: its digits stand for source and quotation."""
    wanted = {c.iri.rpartition(".c-")[2] for claim in claims for c in claim.citations}
    for quad in base.match(None, OA + "exact", None, DEFAULT):
        if isinstance(quad.subject, ox.NamedNode):
            claim, _, digits = quad.subject.value.rpartition(".c-")
            if digits in wanted:
                yield claim
