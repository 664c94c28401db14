"""The answers of a query over every subset of a base's claims: what witnesses are compared with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pyoxigraph as ox

from .query_tree import Query
from .random_bases import Base

Row = tuple[str, ...]
"""Terms as N-Triples writes them, "" where one is unbound; for an ASK its answer."""


class Table(NamedTuple):
    """An engine's answer; no columns where it is no SELECT."""

    columns: list[str]
    rows: list[Row]


def plain(store: ox.Store, query: Query, text: str = "") -> Table:
    """The engine's own answer to a query, or to another text of it; columns of parameters are left out."""
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(name): value for name, value in query.bindings
    }
    result = store.query(text or query.text, substitutions=bound or None)
    if isinstance(result, ox.QueryBoolean):
        return Table([], [("true" if result else "false",)])
    if isinstance(result, ox.QueryTriples):
        return Table([], [(str(t.subject), str(t.predicate), str(t.object)) for t in result])
    names = [v.value for v in result.variables]
    rows = [tuple("" if term is None else str(term) for term in row) for row in result]
    if not bound:
        return Table(names, rows)
    hidden = frozenset(name for name, _ in query.bindings)
    return Table([n for n in names if n not in hidden], without(rows, names, hidden))


def without(rows: Iterable[Row], columns: list[str], hidden: frozenset[str]) -> list[Row]:
    """Rows without some of their columns."""
    if not hidden:
        return list(rows)
    kept = [i for i, name in enumerate(columns) if name not in hidden]
    return [tuple(row[i] for i in kept) for row in rows]


class Subsets:
    """A base and its subsets, as bits; stores and answers are made when they are first asked for."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.full = (1 << len(base.claims)) - 1
        self._stores: dict[int, ox.Store] = {}
        self._by_size = sorted(range(self.full + 1), key=int.bit_count)
        self._query: Query | None = None
        self._lifted = ""
        self._rows: dict[int, frozenset[Row]] = {}

    def store(self, mask: int) -> ox.Store:
        """The store of a subset."""
        if mask not in self._stores:
            self._stores[mask] = self.base.store(mask)
        return self._stores[mask]

    def rows(self, query: Query, mask: int) -> frozenset[Row]:
        """The different rows of a query over a subset, its own LIMIT and OFFSET lifted."""
        if query is not self._query:
            self._query, self._rows, self._lifted = query, {}, query.lifted
        if mask not in self._rows:
            self._rows[mask] = frozenset(plain(self.store(mask), query, self._lifted).rows)
        return self._rows[mask]

    def minimal(self, query: Query) -> dict[Row, set[int]]:
        """For each row, every subset that yields it while no smaller one within it does."""
        found: dict[Row, set[int]] = {}
        for mask in self._by_size:
            for row in self.rows(query, mask):
                least = found.setdefault(row, set())
                if not any(smaller & mask == smaller for smaller in least):
                    least.add(mask)
        return found
