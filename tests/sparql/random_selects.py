"""Random aggregates and subselects with LIMIT."""

from __future__ import annotations

from dataclasses import dataclass, field

from .query_tree import Node
from .random_bases import NUMBERS
from .random_negations import Negations
from .random_patterns import Scope

COUNTS = ("COUNT(?{v})", "COUNT(*)", "COUNT(DISTINCT ?{v})", "COUNT(DISTINCT *)")
OTHERS = ("SUM(?{v})", "AVG(?{v})", "MIN(?{v})", "MAX(?{v})", "SUM(DISTINCT ?{v})", "MIN(?{v})", "MAX(?{v})")
FREE = ("SAMPLE(?{v})", 'GROUP_CONCAT(?{v}; SEPARATOR=" ")', "GROUP_CONCAT(DISTINCT STR(?{v}))")


@dataclass
class Grouped:
    """What stands around the pattern of a grouped query.

    Attributes:
        keys: columns that are grouped by.
        columns: all columns, keys first.
        items: the columns as SELECT writes them.
        tail: GROUP BY and HAVING.
        free: columns that a second run may fill otherwise.
    """

    keys: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    tail: list[Node | str] = field(default_factory=list)
    free: set[str] = field(default_factory=set)


class Selects(Negations):
    """Adds subselects that are more than a part of the pattern around them."""

    def grouped(self, scope: Scope, names: list[str], free: bool = False) -> Grouped:
        """Grouping and aggregates over a pattern that binds the names."""
        made = Grouped()
        keys: list[str] = []
        for name in self.rng.sample(names, min(len(names), self.rng.choice((0, 1, 1, 1, 2)))):
            keys.append(self.key(scope, made, name))
        counted = [n for n in names if n not in made.keys] or names
        for _ in range(self.rng.choice((1, 1, 1, 2, 3))):
            column = self.fresh(scope)
            made.items.append(f"({self.aggregate(scope, counted, free and self.one_in(0.2))} AS ?{column})")
            made.columns.append(column)
            if any(word in made.items[-1] for word in ("SAMPLE", "GROUP_CONCAT")):
                made.free.add(column)
        if keys:
            made.tail.append(Node("group by", tuple(keys), "GROUP BY "))
        if self.one_in(0.4):
            made.tail.append(Node("having", (self.having(scope, counted),), "HAVING(", "", ")"))
        return made

    def key(self, scope: Scope, made: Grouped, name: str) -> str:
        """One key of a grouping, as GROUP BY writes it; at times it is not selected."""
        if self.one_in(0.75):
            made.keys.append(name)
            if self.one_in(0.9):
                made.columns.append(name)
                made.items.append("?" + name)
            return "?" + name
        column = self.fresh(scope)
        made.columns.append(column)
        made.items.append("?" + column)
        return f"({self.computed('?' + name, scope.known.get(name))} AS ?{column})"

    def aggregate(self, scope: Scope, names: list[str], free: bool = False) -> str:
        """An aggregate, or an expression on one."""
        numeric = [n for n in names if scope.known.get(n) in NUMBERS]
        form = self.rng.choice(FREE if free else self.rng.choice((COUNTS, OTHERS)))
        pool = numeric if numeric and "COUNT" not in form and self.one_in(0.8) else names
        text = form.format(v=self.rng.choice(pool))
        chance = self.rng.random()
        if free or chance > 0.15:
            return text
        if chance > 0.1:
            return f"{text} + COUNT(*)"
        return f'IF(COUNT(*) > 1, {text}, "one")' if chance > 0.05 else f"{text} * 2"

    def having(self, scope: Scope, names: list[str]) -> str:
        """A condition on a group."""
        name = self.rng.choice(names)
        forms = ["COUNT(*) > 0", "COUNT(*) > 1", f"COUNT(DISTINCT ?{name}) >= 1", f"COUNT(?{name}) < 4"]
        if scope.known.get(name) in NUMBERS:
            forms += [f"SUM(?{name}) > 2", f"MIN(?{name}) <= {scope.known[name].value}", f"AVG(?{name}) < 5"]  # type: ignore[attr-defined]
        else:
            forms += [f"MIN(?{name}) != :b", f"COUNT(?{name}) = COUNT(DISTINCT ?{name})"]
        if self.one_in(0.2):
            return " && ".join(self.rng.sample(forms, 2))
        return self.rng.choice(forms)

    def counted(self, scope: Scope, depth: int) -> Node:
        """A subselect with aggregates."""
        inner, body, names = self.body(scope, depth)
        made = self.grouped(inner, names)
        self.show(scope, inner, made)
        return Node("subselect", ("SELECT", *made.items, body, *made.tail), "{ ", " ", " }")

    def show(self, scope: Scope, inner: Scope, made: Grouped) -> None:
        """Let the outside see the columns of a grouped subselect."""
        self.project(scope, inner, [n for n in made.columns if n in made.keys])
        scope.loose |= {n for n in made.columns if n not in scope.known}

    def cut(self, scope: Scope, depth: int) -> Node:
        """A subselect with ORDER BY all of its columns and LIMIT or OFFSET."""
        inner, body, names = self.body(scope, depth)
        word, tail = ("SELECT DISTINCT" if self.one_in(0.35) else "SELECT"), list[Node | str]()
        items, columns = ["?" + n for n in names], names
        if self.one_in(0.25):
            made = self.grouped(inner, names)
            items, columns, tail = made.items, made.columns, made.tail
            self.show(scope, inner, made)
        else:
            self.project(scope, inner, names)
        cut = Node("cut", (self.order(columns), self.limit()))
        return Node("subselect", (word, *items, body, *tail, cut), "{ ", " ", " }")

    def order(self, columns: list[str]) -> Node:
        """ORDER BY all of the columns, each up or down."""
        keys = [self.rng.choice(("?{v}", "?{v}", "ASC(?{v})", "DESC(?{v})")).format(v=v) for v in columns]
        self.rng.shuffle(keys)
        return Node("order", tuple(keys), "ORDER BY ")

    def limit(self) -> str:
        """LIMIT, OFFSET or both."""
        limit, offset = f"LIMIT {self.rng.choice((1, 2, 2, 3, 4, 5))}", f"OFFSET {self.rng.choice((1, 1, 2))}"
        chance = self.rng.random()
        return limit if chance < 0.7 else f"{limit} {offset}" if chance < 0.93 else offset
