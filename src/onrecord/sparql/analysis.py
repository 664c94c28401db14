"""What can be read off a pattern unrun: its variables, and whether less data can give more rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    Minus,
    Optional,
    Path,
    PathTriple,
    Query,
    Repeat,
    Service,
    SubSelect,
    Triple,
    Union,
    Values,
    aggregates,
    is_variable,
)

Names = frozenset[str]
_VOLATILE = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})


def visible(group: Group) -> Names:
    """The variables in scope after a group (SPARQL 1.1, section 18.2.1)."""
    return frozenset(v for element in group.elements for v in _visible(element))


def _visible(element: Element) -> Iterable[str]:
    if isinstance(element, Triple | PathTriple):
        terms = (element.subject, element.object)
        predicate = (element.predicate,) if isinstance(element, Triple) else ()
        return [t for t in (*terms, *predicate) if is_variable(t)]
    if isinstance(element, Group):
        return visible(element)
    if isinstance(element, Union):
        return [v for branch in element.branches for v in visible(branch)]
    if isinstance(element, Optional | Service):
        return visible(element.group)
    if isinstance(element, GraphPattern):
        return visible(element.group) | ({element.name} if is_variable(element.name) else set())
    if isinstance(element, Bind):
        return (element.variable,)
    if isinstance(element, Values):
        return element.variables
    return columns(element.query) if isinstance(element, SubSelect) else ()


def columns(query: Query) -> tuple[str, ...]:
    """The columns of a SELECT; of `*`, sorted and without our own."""
    if query.projections is None:
        return tuple(sorted(v for v in visible(query.where) if not v.startswith("?_b")))
    return tuple(p.variable for p in query.projections)


def certain(group: Group) -> Names:
    """The variables that every solution of a group binds."""
    return frozenset(v for element in group.elements for v in certainly(element))


def certainly(element: Element) -> Iterable[str]:
    """The variables that every solution of one element binds."""
    if isinstance(element, Triple | PathTriple):
        return _visible(element)
    if isinstance(element, Group):
        return certain(element)
    if isinstance(element, Union):
        return frozenset.intersection(*(certain(branch) for branch in element.branches))
    if isinstance(element, GraphPattern):
        return certain(element.group) | ({element.name} if is_variable(element.name) else set())
    if isinstance(element, Values):
        return [v for i, v in enumerate(element.variables) if all(r[i] != "UNDEF" for r in element.rows)]
    if isinstance(element, SubSelect):
        query = element.query
        bound = certain(query.where)
        return [
            c
            for c in columns(query)
            if c in bound and not any(p.variable == c and p.expression for p in query.projections or ())
        ]
    return ()


def leading(group: Group) -> Names:
    """The variables that rows can be restricted on beforehand, without changing anything else.

    Ends of repeated paths are left out: the engine would walk the path anew for each value.
    """
    found: set[str] = set()
    for element in group.elements:
        if isinstance(element, Optional | Minus | Bind | Service):
            break
        if not (isinstance(element, PathTriple) and repeats(element.path)):
            found.update(certainly(element))
    return frozenset(found)


def repeats(path: Path) -> bool:
    """Whether any part of a path is repeated."""
    if isinstance(path, Repeat):
        return True
    if isinstance(path, Inverse):
        return repeats(path.path)
    return isinstance(path, InOrder | Alternative) and any(repeats(part) for part in path.parts)


def mentioned(group: Group) -> Names:
    """Every variable that stands anywhere in a group, in filters and subselects too."""
    return frozenset(_mentioned(group))


def _mentioned(group: Group) -> Iterator[str]:
    for element in group.elements:
        yield from _visible(element)
        for expression in expressions(element):
            yield from variables_of(expression)
        for inner in inner_groups(element):
            yield from _mentioned(inner)


def variables_of(expression: Expression) -> Iterator[str]:
    """The variables of an expression, those of its EXISTS and aggregates too."""
    for piece in expression.pieces:
        if isinstance(piece, Exists):
            yield from _mentioned(piece.group)
        elif isinstance(piece, Aggregate):
            yield from variables_of(piece.argument) if piece.argument is not None else ()
        elif is_variable(piece):
            yield piece


def expressions(element: Element) -> list[Expression]:
    """The expressions that stand in an element itself."""
    if isinstance(element, Filter | Bind):
        return [element.expression]
    if not isinstance(element, SubSelect):
        return []
    query = element.query
    made = (*(query.projections or ()), *(query.conditions or ()))
    return [
        *(p.expression for p in made if p.expression is not None),
        *query.having,
        *(expression for _, expression in query.order),
    ]


def inner_groups(element: Element) -> list[Group]:
    """The groups directly within an element, those of expressions left out."""
    if isinstance(element, Group):
        return [element]
    if isinstance(element, Union):
        return list(element.branches)
    if isinstance(element, Optional | Minus | GraphPattern | Service):
        return [element.group]
    return [element.query.where] if isinstance(element, SubSelect) else []


def exists_in(expression: Expression) -> list[Exists]:
    """The EXISTS and NOT EXISTS of an expression, those in arguments of aggregates too."""
    direct = [piece for piece in expression.pieces if isinstance(piece, Exists)]
    return direct + [
        e for a in aggregates(expression) if a.argument is not None for e in exists_in(a.argument)
    ]


def sole_exists(expression: Expression) -> Exists | None:
    """The EXISTS that is the whole of an expression, or None; `!EXISTS` is NOT EXISTS."""
    *signs, last = [p for p in expression.pieces if not isinstance(p, str) or p.strip() not in ("", "(", ")")]
    if not isinstance(last, Exists) or any(sign != "!" for sign in signs):
        return None
    return Exists(last.group, last.negated != bool(len(signs) % 2))


def is_simple(group: Group) -> bool:
    """Whether a group is a flat pattern of which more data never takes a solution away."""
    return all(isinstance(e, Triple | PathTriple | Filter) for e in group.elements) and is_monotone(group)


def bindable(group: Group) -> Names:
    """The variables that a group binds, or that a simple EXISTS in it does, which is as good as a join."""
    found = set(visible(group))
    for element in group.elements:
        sole = sole_exists(element.expression) if isinstance(element, Filter) else None
        if sole is not None and not sole.negated and is_simple(sole.group):
            found |= bindable(sole.group)
    return frozenset(found)


def is_monotone(group: Group) -> bool:
    """Whether less data can never give a solution that more data does not give."""
    return all(_is_monotone(element) for element in group.elements)


def _is_monotone(element: Element) -> bool:
    if isinstance(element, Optional | Minus | Service):
        return False
    if isinstance(element, SubSelect) and (element.query.is_grouped or element.query.is_cut):
        return False
    sole = sole_exists(element.expression) if isinstance(element, Filter) else None
    if sole is not None:
        return not sole.negated and is_monotone(sole.group)
    if any(exists_in(expression) for expression in expressions(element)):
        return False
    return all(is_monotone(inner) for inner in inner_groups(element))


def is_volatile(expression: Expression) -> bool:
    """Whether an expression gives another value at each evaluation."""
    return any(isinstance(p, str) and p.upper() in _VOLATILE for p in expression.pieces)


def volatile(query: Query) -> Names:
    """The columns whose values differ from one evaluation to the next."""
    found: set[str] = set()
    binds = [Bind(p.expression, p.variable) for p in query.projections or () if p.expression is not None]
    for bind in [*_binds(query.where), *binds]:
        if is_volatile(bind.expression) or found & set(variables_of(bind.expression)):
            found.add(bind.variable)
    return frozenset(found)


def _binds(group: Group) -> Iterator[Bind]:
    for element in group.elements:
        if isinstance(element, Bind):
            yield element
        if isinstance(element, SubSelect):
            made = element.query.projections or ()
            yield from (Bind(p.expression, p.variable) for p in made if p.expression is not None)
        for inner in inner_groups(element):
            yield from _binds(inner)
