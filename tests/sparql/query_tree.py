"""Queries as trees of text, so that a failing one can be made smaller a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from .random_bases import PREFIX, written

ORDERS = ("order", "limit")
LIMITS = ("limit", "bare limit")
WHOLE = ("order", "limit", "bare limit", "cut")
"""Kinds that are dropped as a whole or not at all, since a part less would leave the order of rows open."""


@dataclass(frozen=True, slots=True)
class Node:
    """Parts of a query with the text around and between them."""

    kind: str
    parts: tuple[Node | str, ...]
    before: str = ""
    between: str = " "
    after: str = ""

    def __str__(self) -> str:
        return self.before + self.between.join(map(str, self.parts)) + self.after

    def smaller(self) -> Iterator[Node | str]:
        """The node with one part less, with a part instead of it, or with a part made smaller."""
        if self.kind in WHOLE:
            return
        yield from self.parts
        for i in range(len(self.parts) if len(self.parts) > 1 else 0):
            yield replace(self, parts=self.parts[:i] + self.parts[i + 1 :])
        for i, part in enumerate(self.parts):
            if isinstance(part, Node):
                for fewer in part.smaller():
                    yield replace(self, parts=(*self.parts[:i], fewer, *self.parts[i + 1 :]))


def group(*parts: Node | str) -> Node:
    """A group graph pattern."""
    return Node("group", parts, "{ ", " ", " }")


@dataclass(frozen=True, slots=True)
class Query:
    """A random query.

    Attributes:
        tree: all of it but the prefixes.
        bindings: terms for some of its columns, as the parameters of a named question are bound.
        free: columns in which the engine may choose otherwise in a second run (SAMPLE, GROUP_CONCAT).
    """

    tree: Node
    bindings: tuple[tuple[str, ox.NamedNode | ox.Literal], ...] = ()
    free: frozenset[str] = frozenset()

    def __str__(self) -> str:
        bound = "".join(f"\n# ?{name} = {written(value)}" for name, value in self.bindings)
        return self.text + bound

    @property
    def text(self) -> str:
        """As it is run."""
        return PREFIX + str(self.tree)

    @property
    def lifted(self) -> str:
        """Without LIMIT and OFFSET at its top."""
        kept = tuple(p for p in self.tree.parts if not (isinstance(p, Node) and p.kind in LIMITS))
        return PREFIX + str(replace(self.tree, parts=kept))

    @property
    def is_cut(self) -> bool:
        """Whether it has a LIMIT or OFFSET at its top."""
        return any(isinstance(p, Node) and p.kind in LIMITS for p in self.tree.parts)

    @property
    def is_ordered(self) -> bool:
        """Whether its ORDER BY leaves only equal rows unordered."""
        return any(isinstance(p, Node) and p.kind in ORDERS for p in self.tree.parts)

    def smaller(self) -> Iterator[Query]:
        """Queries with a part less; not all of them are valid."""
        for tree in self.tree.smaller():
            if isinstance(tree, Node):
                yield replace(self, tree=tree)
