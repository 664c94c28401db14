"""Random group patterns: joins, filters, alternatives, graphs, subselects, and every way to say no."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

import pyoxigraph as ox

from .query_tree import Node, group
from .random_bases import NODES, NUMBERS, Base, written
from .random_patterns import Patterns, Scope

Maker = Callable[[Scope, int], Node]
LEAVES = ("triples", "path", "closure", "filter", "bind", "values", "not_bound", "coalesce")
FAULTY_IN_GRAPH = ("subselect", "counted", "cut", "graph")
"""What Oxigraph 0.5.13 gets wrong within GRAPH ?g: it leaves ?g unbound, or counts over all graphs."""
OPENERS = ("path", "graph", "closure", "cut", "counted")
MORE_ELEMENTS = (0, 1, 1, 2, 2, 3)
FEWER_ELEMENTS = (0, 0, 1, 1, 2)
MOST_DEPTH = 2


class Groups(Patterns):
    """Makes groups out of the kinds of elements that its weights allow."""

    def __init__(self, rng: random.Random, base: Base, weights: Mapping[str, float]) -> None:
        super().__init__(rng)
        self.base = base
        self.weights = weights
        self.free: set[str] = set()
        """Columns that a second run may fill otherwise."""

    def root(self) -> Scope:
        """The scope of a new query."""
        return Scope(self.base.triples)

    def group(self, scope: Scope, depth: int = 0) -> Node:
        """A group that begins with a pattern and goes on with a few elements."""
        parts: list[Node | str] = [self.first(scope, depth)]
        for _ in range(self.rng.choice(MORE_ELEMENTS if depth == 0 else FEWER_ELEMENTS)):
            element = self.element(scope, depth)
            at = self.rng.randint(1, len(parts)) if element.kind == "filter" else len(parts)
            parts.insert(at, element)
        return group(*parts)

    def first(self, scope: Scope, depth: int) -> Node:
        """A pattern to begin with."""
        kinds = [kind for kind in OPENERS if self.weights.get(kind)]
        if kinds and depth < MOST_DEPTH and self.one_in(0.3):
            return self.make(self.rng.choice(kinds), scope, depth)
        return self.triples(scope, depth)

    def element(self, scope: Scope, depth: int) -> Node:
        """An element of a kind by the weights; leaves alone where the group lies deep."""
        kinds = [k for k in self.weights if depth < MOST_DEPTH or k in LEAVES]
        return self.make(self.rng.choices(kinds, [self.weights[k] for k in kinds])[0], scope, depth)

    def make(self, kind: str, scope: Scope, depth: int) -> Node:
        """An element of a kind: the method of that name makes it."""
        maker: Maker = getattr(self, kind)
        return maker(scope, depth)

    def triples(self, scope: Scope, depth: int) -> Node:
        count = self.rng.choice((1, 1, 2, 3)) if depth == 0 else self.rng.choice((1, 1, 2))
        return Node("triples", tuple(self.triple(scope) for _ in range(count)))

    def path(self, scope: Scope, depth: int) -> Node:
        return self.walk(scope, closed=False)

    def closure(self, scope: Scope, depth: int) -> Node:
        return self.walk(scope, closed=True)

    def filter(self, scope: Scope, depth: int) -> Node:
        return Node("filter", (self.expression(scope),), "FILTER(", "", ")")

    def exists(self, scope: Scope, depth: int) -> Node:
        inner = self.group(scope.correlated(), depth + 1)
        if self.one_in(0.25):
            return Node("filter", (inner, self.condition(scope)), "FILTER(EXISTS ", " && ", ")")
        return Node("filter", (inner,), "FILTER EXISTS ")

    def bind(self, scope: Scope, depth: int) -> Node:
        seen = [n for n in scope.known if n in scope.bound]
        name = self.fresh(scope)
        if not seen:
            scope.known[name] = node = self.rng.choice(NODES)
            scope.bound.add(name)
            return Node("bind", (f"BIND({written(node)} AS ?{name})",))
        source = self.rng.choice(seen)
        value = scope.known[source]
        scope.bound.add(name)
        if self.one_in(0.3):
            scope.known[name] = value
            return Node("bind", (f"BIND(?{source} AS ?{name})",))
        scope.loose.add(name)
        return Node("bind", (f"BIND({self.computed('?' + source, value)} AS ?{name})",))

    def computed(self, variable: str, value: object) -> str:
        """An expression on a variable."""
        forms = ["STR({v})", "isIRI({v})", 'CONCAT(STR({v}), "!")', "COALESCE({v} + 1, 0)", "{v} + 1"]
        if value in NUMBERS:
            forms = ["{v} + 1", "{v} * 2", 'IF({v} > 2, "many", "few")', "{v} = 3"]
        return self.rng.choice(forms).format(v=variable)

    def union(self, scope: Scope, depth: int) -> Node:
        scopes = [scope.inner() for _ in range(3 if self.one_in(0.15) else 2)]
        branches = []
        for number, inner in enumerate(scopes):
            bound = [name for earlier in scopes[:number] for name in sorted(earlier.bound)]
            inner.reused, inner.leaks = [name for name in bound if name not in scope.known], True
            branches.append(self.group(inner, depth + 1))
        for name in sorted(set[str]().union(*(inner.known for inner in scopes)) - set(scope.known)):
            if all(name in inner.bound and name in inner.known for inner in scopes):
                scope.known[name] = scopes[0].known[name]
                scope.bound.add(name)
            else:
                scope.loose.add(name)
        scope.bound |= set.intersection(*(inner.bound for inner in scopes)) & set(scope.known)
        return Node("union", tuple(branches), "", " UNION ")

    def values(self, scope: Scope, depth: int) -> Node:
        speakable = [n for n, v in scope.known.items() if not isinstance(v, ox.BlankNode)]
        names = self.rng.sample(speakable, min(len(speakable), self.rng.choice((1, 1, 2))))
        if not names or self.one_in(0.1):
            names = [self.fresh(scope)]
            scope.known[names[0]] = self.rng.choice(NODES)
        scope.bound |= set(names)
        rows = [[written(scope.known[name]) for name in names]]
        for _ in range(self.rng.choice((0, 1, 2))):
            rows.append([written(self.rng.choice([*NODES, *NUMBERS])) for _ in names])
        if self.one_in(0.15):
            rows[-1][0] = "UNDEF"
        lines = tuple(f"({' '.join(row)})" for row in rows)
        head = f"VALUES ({' '.join('?' + name for name in names)}) {{ "
        return Node("values", (Node("rows", lines),), head, "", " }")

    def graph(self, scope: Scope, depth: int) -> Node:
        named = {v: n for n, v in scope.known.items()}
        claim, triples = self.rng.choice(self.base.claims)
        near = [c for c in self.base.claims if c[0] in named or set(c[1]) & set(self.touching(scope))]
        if near and self.one_in(0.8):
            claim, triples = self.rng.choice(near)
        at = self.place(scope, claim, 0.75)
        if self.one_in(0.05):
            triples = tuple(self.base.triples)
        outside, weights = scope.triples, self.weights
        scope.triples = triples
        if at.startswith("?"):
            self.weights = {kind: weight for kind, weight in weights.items() if kind not in FAULTY_IN_GRAPH}
        inner = self.group(scope, depth + 1)
        scope.triples, self.weights = outside, weights
        return Node("graph", (inner,), f"GRAPH {at} ")

    def touching(self, scope: Scope) -> list[ox.Triple]:
        """The triples that hold a value of the imagined solution."""
        values = list(scope.known.values())
        return [t for t in scope.triples if t.subject in values or t.object in values]

    def nested(self, scope: Scope, depth: int) -> Node:
        inner = scope.inner()
        inner.leaks = True
        made = self.group(inner, depth + 1)
        self.take_over(scope, inner)
        return made

    def take_over(self, scope: Scope, inner: Scope) -> None:
        """Let a scope see what a part of it binds."""
        scope.known.update(inner.known)
        scope.bound |= inner.bound
        scope.loose |= inner.loose

    def subselect(self, scope: Scope, depth: int) -> Node:
        inner, body, names = self.body(scope, depth)
        word = "SELECT DISTINCT" if self.one_in(0.5) else "SELECT"
        items = ["?" + name for name in names]
        if self.one_in(0.1) and not set(re.findall(r"\?(\w+)", str(body))) & set(inner.hidden):
            items, names = ["*"], inner.variables
        elif self.one_in(0.12):
            source, column = self.rng.choice(names), self.fresh(scope)
            items.append(f"({self.computed('?' + source, inner.known.get(source))} AS ?{column})")
            scope.loose.add(column)
        self.project(scope, inner, names)
        return Node("subselect", (word, *items, body), "{ ", " ", " }")

    def body(self, scope: Scope, depth: int, most: int = 3) -> tuple[Scope, Node, list[str]]:
        """The inside of a subselect and some of its variables, which the outside will see."""
        count = min(len(scope.known), self.rng.choice((0, 0, 1, 1, 1, 2)))
        shared = self.rng.sample(list(scope.known), count)
        inner = scope.inner()
        inner.known = {name: scope.known[name] for name in shared}
        inner.loose = set()
        inner.hidden = tuple(name for name in scope.known if name not in shared)
        inner.reused = list(inner.hidden)
        body = self.group(inner, depth + 1)
        used = set(re.findall(r"\?(\w+)", str(body)))
        names = [n for n in inner.variables if n in used and n not in inner.hidden]
        if not names:
            inner.known[name := self.fresh(scope)] = self.rng.choice(NODES)
            names = [name]
        kept = [n for n in names if n in shared]
        others = [n for n in names if n not in shared]
        names = kept + self.rng.sample(others, self.rng.randint(0, len(others))) or names
        return inner, body, names[:most]

    def project(self, scope: Scope, inner: Scope, names: list[str]) -> None:
        """Let the outside see the columns of a subselect."""
        for name in names:
            if name in inner.known and name in inner.bound:
                scope.known[name] = inner.known[name]
                scope.bound.add(name)
            elif name not in scope.known:
                scope.loose.add(name)
