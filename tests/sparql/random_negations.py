"""Random elements that rest on what is not there: OPTIONAL, MINUS, NOT EXISTS, and one within another."""

from __future__ import annotations

from .query_tree import Node, group
from .random_bases import NODES, NUMBERS, WORDS
from .random_groups import Groups
from .random_patterns import Scope


class Negations(Groups):
    """Adds what is not monotone to the elements of a group."""

    def optional(self, scope: Scope, depth: int) -> Node:
        inner = self.beside(scope) if self.one_in(0.5) else scope.correlated()
        body = self.group(inner, depth + 1)
        for name in sorted(inner.bound - scope.bound):
            scope.loose.add(name)
            if name in inner.known and self.one_in(0.3):
                scope.known[name] = inner.known[name]
                scope.bound.add(name)
        scope.loose -= scope.bound
        return Node("optional", (body,), "OPTIONAL ")

    def minus(self, scope: Scope, depth: int) -> Node:
        inner = self.beside(scope)
        inner.bound = set()
        return Node("minus", (self.group(inner, depth + 1),), "MINUS ")

    def not_exists(self, scope: Scope, depth: int) -> Node:
        inner = self.beside(scope) if self.one_in(0.8) else scope.correlated()
        return Node("filter", (self.group(inner, depth + 1),), "FILTER NOT EXISTS ")

    def beside(self, scope: Scope) -> Scope:
        """A scope that imagines another solution, so that its pattern seldom matches this one."""
        inner = scope.correlated(noise=0.15)
        for name in self.rng.sample(list(inner.known), min(len(inner.known), self.rng.choice((1, 1, 2)))):
            inner.known[name] = self.rng.choice([*NODES, *NUMBERS, *WORDS])
        return inner

    def exists_within(self, scope: Scope, depth: int) -> Node:
        """EXISTS as a part of a condition."""
        inner = self.beside(scope) if self.one_in(0.5) else scope.correlated()
        before, after = self.rng.choice(
            (
                ("FILTER(EXISTS ", " || {c})"),
                ("FILTER(NOT EXISTS ", " || {c})"),
                ("FILTER(!EXISTS ", ")"),
                ("FILTER(!(EXISTS ", " && {c}))"),
                ("FILTER({c} && NOT EXISTS ", ")"),
                ("FILTER(IF(EXISTS ", ", {c}, !({c})))"),
            )
        )
        before, after = (text.replace("{c}", self.condition(scope)) for text in (before, after))
        return Node("filter", (self.group(inner, depth + 1),), before, "", after)

    def exists_bound(self, scope: Scope, depth: int) -> Node:
        """Whether something exists, as a value."""
        inner = self.beside(scope) if self.one_in(0.5) else scope.correlated()
        body = self.group(inner, depth + 1)
        scope.loose.add(name := self.fresh(scope))
        return Node(
            "bind", (body,), f"BIND({self.rng.choice(('EXISTS', 'NOT EXISTS'))} ", "", f" AS ?{name})"
        )

    def not_bound(self, scope: Scope, depth: int) -> Node:
        if not scope.loose:
            return self.optional(scope, depth) if depth < 2 else self.triples(scope, depth)
        loose = "?" + self.rng.choice(sorted(scope.loose))
        text = self.rng.choice(("!BOUND({v})", "!BOUND({v})", "BOUND({v})", "!BOUND({v}) || {c}"))
        return Node("filter", (text.format(v=loose, c=self.condition(scope)),), "FILTER(", "", ")")

    def coalesce(self, scope: Scope, depth: int) -> Node:
        if not scope.loose:
            return self.bind(scope, depth)
        loose = "?" + self.rng.choice(sorted(scope.loose))
        if self.one_in(0.5):
            return Node(
                "filter", (f'FILTER(COALESCE({loose}, "none") {self.rng.choice(("=", "!="))} "none")',)
            )
        other = "?" + self.rng.choice(sorted(scope.bound)) if scope.bound else "1"
        scope.loose.add(name := self.fresh(scope))
        scope.bound.add(name)
        return Node("bind", (f'BIND(COALESCE({loose}, {other}, "none") AS ?{name})',))

    def for_all(self, scope: Scope, depth: int) -> Node:
        """Nothing of a kind that lacks something: one of the ways to write it."""
        inner = scope.correlated() if self.one_in(0.8) else self.beside(scope)
        if inner.noise < 0.1:
            inner.noise = 0.02
        before, after, sees = self.rng.choice(
            (
                ("FILTER NOT EXISTS ", "", True),
                ("FILTER NOT EXISTS ", "", True),
                ("FILTER(!EXISTS ", ")", True),
                ("MINUS ", "", False),
                ("OPTIONAL ", "", True),
            )
        )
        inner.bound = set(scope.bound) if sees else set()
        body = group(*self.outer_pattern(inner, depth), *self.lack(inner))
        gone = sorted(inner.bound - scope.bound - set(scope.known))
        node = Node("filter" if "FILTER" in before else "minus", (body,), before, "", after)
        if before != "OPTIONAL " or not gone:
            return node
        return Node("optional", (node, f"FILTER(!BOUND(?{self.rng.choice(gone)}))"))

    def outer_pattern(self, scope: Scope, depth: int) -> list[Node | str]:
        """What all of must have something."""
        parts: list[Node | str] = [self.triple(scope) for _ in range(self.rng.choice((1, 1, 1, 2)))]
        if self.one_in(0.25):
            parts.append(self.filter(scope, depth))
        elif self.one_in(0.15):
            parts.append(self.element(scope, 2))
        return parts

    def lack(self, scope: Scope) -> list[Node | str]:
        """That a match of the outer pattern lacks something."""
        inner = scope.correlated()
        before = set(inner.known)
        body = group(*(self.triple(inner) for _ in range(self.rng.choice((1, 1, 2)))))
        if self.one_in(0.15):
            body = group(body, Node("union", (group(self.triple(scope.inner())),), "UNION "))
        new = sorted(set(inner.known) - before)
        form = self.rng.choice(("not exists", "not exists", "minus", "optional"))
        if form == "minus":
            return [Node("minus", (body,), "MINUS ")]
        if form == "optional" and new:
            return [Node("optional", (body,), "OPTIONAL "), f"FILTER(!BOUND(?{new[0]}))"]
        return [Node("filter", (body,), "FILTER NOT EXISTS ")]
