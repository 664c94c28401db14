"""Patterns written out as SPARQL again, with some variables renamed or replaced by terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from onrecord.sparql.analysis import columns
from onrecord.sparql.patterns import (
    Aggregate,
    Alternative,
    Bind,
    Element,
    Exists,
    Expression,
    Filter,
    GraphPattern,
    Group,
    InOrder,
    Inverse,
    Link,
    Minus,
    Negated,
    Optional,
    Path,
    PathTriple,
    Query,
    Service,
    SubSelect,
    Triple,
    Union,
    Values,
    is_variable,
)

_LITERAL_STARTS = frozenset("\"'0123456789+-.")
Renaming = Mapping[str, str]
"""What stands in the place of a variable: another variable, or a term."""


class TextWriter:
    """Writes patterns as text; `fresh` gives variables that nobody has."""

    def __init__(self, names: Renaming, fresh: Callable[[], str]) -> None:
        self.names = names
        self.fresh = fresh

    def term(self, term: str) -> str:
        """A term or variable."""
        return self.names.get(term, term)

    def group(self, group: Group) -> str:
        """A group with its braces."""
        return "{ " + " ".join(t for e in group.elements for t in self.element(e)) + " }"

    def element(self, element: Element) -> Iterator[str]:
        """One element of a group, in one or more pieces."""
        if isinstance(element, Triple):
            s, p, o = (self.term(t) for t in (element.subject, element.predicate, element.object))
            yield f"{s} {p} {o} ." if may_be_predicate(p) else self.nothing()
        elif isinstance(element, PathTriple):
            path = path_text(element.path)
            yield f"{self.term(element.subject)} {path} {self.term(element.object)} ."
        elif isinstance(element, Filter):
            yield f"FILTER({self.expression(element.expression)})"
        elif isinstance(element, Bind):
            yield from self.bind(element.expression, element.variable)
        elif isinstance(element, Values):
            yield from self.values(element)
        elif isinstance(element, SubSelect):
            yield from self.subselect(element.query, self.fixed(element.query))
        else:
            yield self._nested(element)

    def _nested(self, element: Group | Union | Optional | Minus | GraphPattern | Service) -> str:
        if isinstance(element, Group):
            return self.group(element)
        if isinstance(element, Union):
            return " UNION ".join(self.group(branch) for branch in element.branches)
        if isinstance(element, GraphPattern):
            name = self.term(element.name)
            return f"GRAPH {name} {self.group(element.group)}" if may_be_predicate(name) else self.nothing()
        if isinstance(element, Service):
            return f"{element.head} {self.group(element.group)}"
        word = "OPTIONAL" if isinstance(element, Optional) else "MINUS"
        return f"{word} {self.group(element.group)}"

    def nothing(self) -> str:
        """A pattern without any solution, for a literal in a place where none can be."""
        return f"VALUES {self.fresh()} {{ }}"

    def expression(self, expression: Expression) -> str:
        """An expression, spaced as the query has it."""
        pieces = list(expression.pieces)
        for at, piece in enumerate(pieces):
            if isinstance(piece, str) and piece.upper() == "BOUND":
                self._bound(pieces, at)
        return "".join(self._piece(piece) for piece in pieces)

    def _bound(self, pieces: list[str | Exists | Aggregate], at: int) -> None:
        """BOUND of a variable that has a value is true."""
        end = next(i for i, piece in enumerate(pieces) if i > at and piece == ")")
        variable = next(p for p in pieces[at:end] if isinstance(p, str) and is_variable(p))
        if not is_variable(self.term(variable)):
            pieces[at : end + 1] = ["true", *[""] * (end - at)]

    def _piece(self, piece: str | Exists | Aggregate) -> str:
        if isinstance(piece, str):
            return self.names.get(piece, piece) if is_variable(piece) else piece
        if isinstance(piece, Exists):
            return f"{'NOT ' if piece.negated else ''}EXISTS {self.group(piece.group)}"
        argument = "*" if piece.argument is None else self.expression(piece.argument)
        return f"{piece.name}({'DISTINCT ' if piece.distinct else ''}{argument}{piece.tail})"

    def bind(self, expression: Expression, variable: str) -> Iterator[str]:
        """BIND; where the variable has a value already, a comparison with it."""
        target = self.term(variable)
        made = target if is_variable(target) else self.fresh()
        yield f"BIND({self.expression(expression)} AS {made})"
        if made != target:
            yield f"FILTER(!BOUND({made}) || sameTerm({made}, {target}))"

    def values(self, element: Values) -> Iterator[str]:
        """VALUES; where a variable has a value already, a comparison with it."""
        targets = [self.term(v) for v in element.variables]
        made = [t if is_variable(t) else self.fresh() for t in targets]
        rows = " ".join(f"({' '.join(row)})" for row in element.rows)
        yield f"VALUES ({' '.join(made)}) {{ {rows} }}"
        for name, target in zip(made, targets, strict=True):
            if name != target:
                yield f"FILTER(!BOUND({name}) || sameTerm({name}, {target}))"

    def fixed(self, query: Query) -> dict[str, str]:
        """New variables for the columns of a subselect that have a value already."""
        return {c: self.fresh() for c in columns(query) if not is_variable(self.term(c))}

    def subselect(self, query: Query, fixed: Renaming) -> Iterator[str]:
        """A subselect in braces; where a column has a value already, a comparison with it."""
        shown = {c: self.term(c) for c in columns(query) if c not in fixed}
        inner = TextWriter({**shown, **fixed}, self.fresh)
        yield f"{{ {inner.select(query)} }}"
        for column, name in fixed.items():
            yield f"FILTER(!BOUND({name}) || sameTerm({name}, {self.term(column)}))"

    def select(self, query: Query, also: str = "") -> str:
        """A SELECT without its prologue; `also` are further columns."""
        return f"{self.head(query, also)} WHERE {self.group(query.where)}{self.modifiers(query)}"

    def head(self, query: Query, also: str = "") -> str:
        """SELECT with its columns."""
        made = {p.variable: p.expression for p in query.projections or ()}
        listed = []
        for column in columns(query):
            expression = made.get(column)
            name = self.term(column)
            listed.append(name if expression is None else f"({self.expression(expression)} AS {name})")
        shown = " ".join(filter(None, [*listed, also])) or "*"
        return " ".join(filter(None, ["SELECT", query.distinct, shown, query.dataset]))

    def modifiers(self, query: Query) -> str:
        """GROUP BY to OFFSET."""
        parts = []
        if query.conditions is not None:
            parts.append("GROUP BY")
            for condition in query.conditions:
                name = self.term(condition.variable)
                made = condition.expression
                parts.append(name if made is None else f"({self.expression(made)} AS {name})")
        if query.having:
            parts.append("HAVING " + " ".join(f"({self.expression(h)})" for h in query.having))
        if query.order:
            order = (f"{word or 'ASC'}({self.expression(e)})" for word, e in query.order)
            parts.append("ORDER BY " + " ".join(order))
        parts += [f"LIMIT {query.limit}"] if query.limit is not None else []
        parts += [f"OFFSET {query.offset}"] if query.offset else []
        return "".join(f" {part}" for part in parts)


def may_be_predicate(term: str) -> bool:
    """Whether a term may stand as a predicate or a graph: a literal may not."""
    return term[:1] not in _LITERAL_STARTS and term not in ("true", "false")


def path_text(path: Path) -> str:
    """A property path, in brackets wherever they may matter.

    >>> path_text(InOrder((Link("ex:p"), Inverse(Link("ex:q")))))
    '(ex:p/(^ex:q))'
    """
    if isinstance(path, Link):
        return path.iri
    if isinstance(path, Inverse):
        return f"(^{path_text(path.path)})"
    if isinstance(path, InOrder):
        return "(" + "/".join(path_text(p) for p in path.parts) + ")"
    if isinstance(path, Alternative):
        return "(" + "|".join(path_text(p) for p in path.parts) + ")"
    if isinstance(path, Negated):
        return "!(" + "|".join([*path.forward, *(f"^{iri}" for iri in path.backward)]) + ")"
    return f"({path_text(path.path)}{path.sign})"
