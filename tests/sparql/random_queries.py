"""Random queries by class; each is valid and likely to have an answer on the base that it is made for."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import pyoxigraph as ox

from .query_tree import Node, Query, group
from .random_bases import NODES, Base, random_base
from .random_patterns import Scope
from .random_selects import Selects

MONOTONE = {
    "triples": 4.0,
    "path": 2.0,
    "filter": 3.0,
    "exists": 1.5,
    "bind": 1.0,
    "union": 1.2,
    "values": 0.8,
    "graph": 1.5,
    "subselect": 1.0,
    "nested": 0.6,
}
NEGATIONS = {
    "optional": 3.0,
    "minus": 2.0,
    "not_exists": 2.0,
    "exists_within": 1.5,
    "exists_bound": 0.3,
    "not_bound": 1.0,
    "coalesce": 0.8,
}


def _mixed(share: float, **more: float) -> dict[str, float]:
    return {**{kind: weight * share for kind, weight in MONOTONE.items()}, **more}


WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "monotone": MONOTONE,
    "closures": _mixed(0.5, closure=6.0),
    "negation": _mixed(0.5, closure=0.3, counted=0.15, **NEGATIONS),
    "aggregates": _mixed(0.6, optional=1.5, minus=0.7, not_exists=0.7, closure=0.2, counted=0.2),
    "double negation": _mixed(0.25, for_all=6.0, optional=0.3),
    "limited": _mixed(0.3, cut=1.0, optional=0.3, counted=0.1),
    "rank": _mixed(0.6, optional=0.7, not_exists=0.4),
    "parameters": _mixed(0.8, optional=1.2, not_exists=0.8, closure=0.4, counted=0.2),
}
"""How often each kind of element stands in a class.

No MINUS beside parameters: Oxigraph 0.5.13 takes each parameter for a variable that both sides share.
"""
CLASSES = tuple(WEIGHTS)
MONOTONE_CLASSES = ("monotone", "closures")
SAME_BASE = 10
"""How many queries in a row are made for the same base."""


def nth_base(seed: int, kind: str, index: int) -> Base:
    """The base of the query of that number; every fifth has blank nodes."""
    block = index // SAME_BASE
    return random_base(random.Random(f"{seed}/{kind}/base/{block}"), blank=block % 5 == 4)


def nth_query(seed: int, kind: str, index: int, base: Base, attempt: int = 0) -> Query:
    """The query of that number; another one for each attempt, since an engine may refuse one."""
    return _Maker(random.Random(f"{seed}/{kind}/{index}/{attempt}"), base, WEIGHTS[kind]).query(kind)


class _Maker(Selects):
    """Makes whole queries."""

    def query(self, kind: str) -> Query:
        """A query of a class."""
        scope = self.root()
        if kind == "aggregates" and self.one_in(0.85):
            return self.aggregated(scope)
        body = self.pattern(scope, kind)
        forms: list[tuple[float, Callable[[Scope, Node], Query]]] = [(0.05, self.ask), (0.07, self.construct)]
        for chance, form in forms:
            if kind not in ("rank", "parameters") and self.one_in(chance):
                return form(scope, body)
        if kind == "parameters":
            return self.asked(scope, body)
        return self.ranked(scope, body) if kind == "rank" else self.select(scope, body)

    def pattern(self, scope: Scope, kind: str) -> Node:
        """The WHERE of a query, which holds what its class is about."""
        must = {"closures": "closure", "double negation": "for_all", "limited": "cut"}.get(kind)
        body = self.group(scope)
        if kind == "negation":
            must = self.rng.choice(("optional", "minus", "not_exists", "exists_within"))
        if kind == "aggregates":
            must = "counted"
        return group(*body.parts, self.make(must, scope, 0)) if must else body

    def select(self, scope: Scope, body: Node) -> Query:
        names = self.columns(scope)
        word = self.rng.choices(("SELECT", "SELECT DISTINCT", "SELECT REDUCED"), (65, 33, 2))[0]
        items: list[str] = ["?" + name for name in names]
        if self.one_in(0.1):
            items = ["*"]
        elif self.one_in(0.1):
            source = self.rng.choice(names)
            items.append(f"({self.computed('?' + source, scope.known.get(source))} AS ?{self.fresh(scope)})")
        parts: list[Node | str] = [word, Node("items", tuple(items)), "WHERE", body]
        if self.one_in(0.15) and items[0] != "*" and len(items) == len(names):
            parts.append(self.order(names))
        if self.one_in(0.05):
            parts.append(self.values(scope, 0))
        return Query(Node("query", tuple(parts)))

    def columns(self, scope: Scope) -> list[str]:
        """Which variables are selected."""
        names = scope.variables or [self.fresh(scope)]
        return self.rng.sample(names, min(len(names), self.rng.choice((1, 1, 2, 2, 3, 4))))

    def ranked(self, scope: Scope, body: Node) -> Query:
        names = self.columns(scope)
        word = "SELECT DISTINCT" if self.one_in(0.3) else "SELECT"
        cut = Node("limit", (self.order(names), self.limit()))
        if self.one_in(0.15):
            cut = Node("bare limit", (self.limit(),))
        items = Node("items", tuple("?" + name for name in names))
        return Query(Node("query", (word, items, "WHERE", body, cut)))

    def asked(self, scope: Scope, body: Node) -> Query:
        """A query with some of its columns bound from outside, mostly to what they have in a solution."""
        names = self.columns(scope)
        bindings = []
        for name in self.rng.sample(names, self.rng.choice((1, 1, 2)) if len(names) > 1 else 1):
            value = scope.known.get(name) if self.one_in(0.95) else self.rng.choice(NODES)
            if isinstance(value, ox.NamedNode | ox.Literal):
                bindings.append((name, value))
        word = "SELECT DISTINCT" if self.one_in(0.3) else "SELECT"
        items = Node("items", tuple("?" + name for name in names))
        return Query(Node("query", (word, items, "WHERE", body)), tuple(bindings))

    def ask(self, scope: Scope, body: Node) -> Query:
        return Query(Node("query", ("ASK", body)))

    def construct(self, scope: Scope, body: Node) -> Query:
        """Each triple of the answer is explained by itself."""
        names = scope.variables or [self.fresh(scope)]
        lines = []
        for _ in range(self.rng.choice((1, 1, 2))):
            subject, object_ = self.rng.choice(names), self.rng.choice(names)
            lines.append(f"?{subject} {self.rng.choice((':p', ':made', ':q'))} ?{object_} .")
        template = Node("template", tuple(lines), "{ ", " ", " }")
        return Query(Node("query", ("CONSTRUCT", template, "WHERE", body)))

    def aggregated(self, scope: Scope) -> Query:
        body = self.group(scope)
        made = self.grouped(scope, scope.variables or [self.fresh(scope)], free=True)
        items = Node("items", tuple(made.items))
        word = "SELECT DISTINCT" if self.one_in(0.05) else "SELECT"
        tree = Node("query", (word, items, "WHERE", body, *made.tail))
        return Query(tree, free=frozenset(made.free))
