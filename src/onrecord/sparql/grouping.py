"""Rows that count: a row of a GROUP BY rests on the members of its group, and on there being no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.errors import QueryError
from onrecord.sparql.analysis import (
    certain,
    columns,
    exists_in,
    expressions,
    inner_groups,
    is_monotone,
    variables_of,
    visible,
    volatile,
)
from onrecord.sparql.explanation import All, AnyOf, Mark, Marked, Part
from onrecord.sparql.patterns import (
    Aggregate,
    Bind,
    Element,
    Exists,
    Group,
    Optional,
    Projection,
    Query,
    SubSelect,
    aggregates,
)
from onrecord.sparql.query_text import Renaming, TextWriter
from onrecord.sparql.restricting import UNRESTRICTED, restriction
from onrecord.sparql.solutions import Asked, Found, Row

if TYPE_CHECKING:
    from onrecord.sparql.deriving import Deriver, Run

_BY_VALUE = frozenset({"MIN", "MAX"})


@dataclass(frozen=True, slots=True)
class _Members:
    """How the members of a group are told apart.

    Attributes:
        group: the pattern with the keys and the arguments of the aggregates bound.
        keys: the variables that make a group.
        counted: the column that shows how many members there are, or "".
        values: the variable for the argument of each aggregate that looks at different values only, with the
            column that shows the value of a SAMPLE ("" for any other).
        jointly: whether an aggregate counts every member.
    """

    group: Group
    keys: tuple[str, ...]
    counted: str
    values: tuple[tuple[str, str], ...]
    jointly: bool


class Grouping:
    """Explains the rows of queries that group."""

    def __init__(self, deriver: Deriver) -> None:
        self.deriver = deriver

    def rows(
        self,
        query: Query,
        keys: Sequence[Row],
        names: Renaming | None = None,
        graph: str = "",
        *,
        every: bool = False,
    ) -> dict[Row, Found]:
        """What rows rest on, by the values of the columns; `every` says that there are no others.

        Raises:
            QueryError: an aggregate of a kind that cannot be explained.
        """
        names = names or {}
        shown = [c for c in columns(query) if c not in names]
        members = _members(query)
        groups = self._groups(query, members, shown, keys, names, graph)
        wanted = list(dict.fromkeys(group for row in groups.values() for group in row))
        found: dict[Row, Found] = {}
        sizes: dict[Row, int] = {}
        if members.counted in shown:
            at = shown.index(members.counted)
            sizes = {g: int(key[at]) for key, row in groups.items() for g in row if key[at].isdigit()}
        parts = self._parts(query, members, wanted, names, graph, sizes, every=every)
        for key in keys:
            found[key] = Found()
            for group in groups[key]:
                chosen = self._chosen(members, parts[group], dict(zip(shown, key, strict=True)))
                found[key].add(chosen.parts, parts[group].marks, chosen.more)
                if chosen.more:
                    given = tuple(names.items())
                    found[key].asked = Asked(members.group, members.keys, group, given, graph)
        return found

    # which groups give a row --------------------------------------------------------------------------

    def _groups(
        self,
        query: Query,
        members: _Members,
        shown: Sequence[str],
        keys: Sequence[Row],
        names: Renaming,
        graph: str,
    ) -> dict[Row, list[Row]]:
        plain = {p.variable for p in query.projections or () if p.expression is None}
        if all(k in names or (k in plain and k in shown) for k in members.keys):
            at = [shown.index(k) if k in shown else -1 for k in members.keys]
            named = [names.get(k, "") for k in members.keys]
            return {key: [tuple(key[i] if i >= 0 else named[n] for n, i in enumerate(at))] for key in keys}
        return self._asked_groups(query, members, shown, keys, names, graph)

    def _asked_groups(
        self,
        query: Query,
        members: _Members,
        shown: Sequence[str],
        keys: Sequence[Row],
        names: Renaming,
        graph: str,
    ) -> dict[Row, list[Row]]:
        """Ask the query again with its keys among the columns."""
        have = {p.variable for p in query.projections or ()}
        further = tuple(Projection(k) for k in members.keys if k not in have and k not in names)
        projections = (*(p for p in query.projections or () if p.variable not in names), *further)
        asked = replace(query, projections=projections, limit=None, offset=0, order=(), distinct="")
        skipped = volatile(query)
        wanted = {tuple(t for c, t in zip(shown, key, strict=True) if c not in skipped): key for key in keys}
        extended = [p.variable for p in projections]
        run = self.deriver.run(Group((SubSelect(asked),)), extended, names, graph)
        groups: dict[Row, list[Row]] = {key: [] for key in keys}
        for row in run.rows:
            found = dict(zip(extended, run.key(row), strict=True))
            key = wanted.get(tuple(found[c] for c in shown if c not in skipped))
            if key is not None:
                groups[key].append(tuple(found.get(k) or names.get(k, "") for k in members.keys))
        return groups

    # the members of groups ----------------------------------------------------------------------------

    def _parts(
        self,
        query: Query,
        members: _Members,
        wanted: Sequence[Row],
        names: Renaming,
        graph: str,
        sizes: Mapping[Row, int],
        *,
        every: bool,
    ) -> dict[Row, _Gathered]:
        gathered = {group: _Gathered() for group in wanted}
        cap = self.deriver.caps.members
        shown = [*members.keys, *(v for v, _ in members.values)]
        if cap and not sizes:
            sizes = self._sizes(members, wanted, names, graph, every=every)
        small = [g for g in wanted if not cap or sizes.get(g, 0) <= cap]
        batches = [(small, 0)] if small else []
        batches += [([g], cap) for g in wanted if cap and sizes.get(g, 0) > cap]
        for groups, limit in batches:
            narrowed = restriction(members.group, members.keys, groups, names)
            if (every and len(groups) == len(wanted)) or not members.keys:
                narrowed = UNRESTRICTED
            if limit and members.keys and not narrowed.is_exact:
                limit = 0
            run = self.deriver.run(members.group, shown, names, graph, narrowed, limit)
            self._gather(run, members, gathered, limit)
        for group in wanted:
            gathered[group].count = max(gathered[group].count, sizes.get(group, 0))
        self._finish(query, members, gathered, names, graph)
        return gathered

    def _sizes(
        self, members: _Members, wanted: Sequence[Row], names: Renaming, graph: str, *, every: bool
    ) -> dict[Row, int]:
        """How many members each group has."""
        writer = TextWriter({v: t for v, t in names.items() if t[:1] != "_"}, lambda: "?_value")
        narrowed = UNRESTRICTED if every else restriction(members.group, members.keys, wanted, names)
        body = narrowed.around(writer.group(members.group)[1:-1])
        pattern = f"GRAPH {graph} {{ {body} }}" if graph else body
        keys = [k for k in members.keys if k not in names]
        by = f" GROUP BY {' '.join(keys)}" if keys else ""
        asker = self.deriver.asker
        text = f"SELECT {' '.join(keys)} (COUNT(*) AS ?_n) {asker.dataset} WHERE {{ {pattern} }}{by}"
        blanks = {v: t for v, t in names.items() if t[:1] == "_"}
        sizes: dict[Row, int] = {}
        for row in asker.raw(text, blanks).rows:
            found = dict(zip(keys, row, strict=False))
            sizes[tuple(found.get(k, names.get(k, "")) for k in members.keys)] = int(row[-1])
        return sizes

    def _gather(self, run: Run, members: _Members, gathered: Mapping[Row, _Gathered], limit: int) -> None:
        width = len(members.keys)
        rows = [(key, row) for row in run.rows if (key := run.key(row))[:width] in gathered]
        run.reader.prepare([row for _, row in rows])
        for key, row in rows:
            into = gathered[key[:width]]
            parts, marks = run.reader.read(row)
            into.count += 1
            into.is_cut = bool(limit)
            into.members.append((All(tuple(dict.fromkeys(parts))), key[width:]))
            into.marks.update(dict.fromkeys(marks))

    def _finish(
        self, query: Query, members: _Members, gathered: Mapping[Row, _Gathered], names: Renaming, graph: str
    ) -> None:
        """The marks, and what keeps other solutions from being members."""
        made = [c.expression for c in query.conditions or () if c.expression is not None]
        keyed = {*members.keys, *(v for expression in made for v in variables_of(expression))}
        tested = any(exists_in(e) for e in expressions(SubSelect(query)))
        stable = not tested and _is_stable(query.where, keyed)
        for group, found in gathered.items():
            counts = members.jointly or members.values or not found.count
            if counts:
                said = f"{found.count:,} solution{'' if found.count == 1 else 's'}, and no others"
                found.marks[Marked(Mark.CLOSED_WORLD, said)] = None
            if counts and not stable:
                fixed = {
                    k: t for k, t in zip(members.keys, group, strict=True) if t and k in certain(query.where)
                }
                found.besides = self.deriver.blocking.looked_at(members.group, {**names, **fixed}, graph)

    def _chosen(self, members: _Members, found: _Gathered, row: Mapping[str, str]) -> All:
        """What a row needs of its group's members."""
        left = found.count - len(found.members) if found.is_cut else 0
        if members.jointly:
            return All((*_flat(part for part, _ in found.members), *found.besides), left)
        parts: list[Part] = [*found.besides]
        for at, (_, column) in enumerate(members.values):
            by_value: dict[str, dict[Part, None]] = {}
            for part, arguments in found.members:
                by_value.setdefault(arguments[at], {})[part] = None
            shown = row.get(column, "")
            if column and shown in by_value:
                parts.append(AnyOf(tuple(by_value[shown])))
            else:
                parts += [AnyOf(tuple(alternatives)) for alternatives in by_value.values()]
        if not members.values:
            parts += [AnyOf(tuple(dict.fromkeys(part for part, _ in found.members)))] if found.members else []
            return All(tuple(parts))
        return All(tuple(parts), left)


class _Gathered:
    """The members of one group: what each rests on, and its values for the aggregates."""

    def __init__(self) -> None:
        self.members: list[tuple[All, Row]] = []
        self.marks: dict[Marked, None] = {}
        self.count = 0
        self.is_cut = False
        self.besides: tuple[Part, ...] = ()


def _flat(parts: Iterable[All]) -> tuple[Part, ...]:
    """Everything of some joint parts, jointly."""
    return tuple(dict.fromkeys(inner for part in parts for inner in part.parts))


def _members(query: Query) -> _Members:
    conditions = query.conditions or ()
    made: list[Element] = [Bind(c.expression, c.variable) for c in conditions if c.expression is not None]
    listed: list[tuple[str, str]] = []
    tainted = _optional_only(query.where)
    jointly = False
    for aggregate, column in _aggregates(query):
        by_value = aggregate.name == "SAMPLE" or aggregate.name in _BY_VALUE or aggregate.distinct
        used = set(variables_of(aggregate.argument)) if aggregate.argument is not None else set()
        if by_value and aggregate.argument is not None and not tainted & used:
            made.append(Bind(aggregate.argument, f"?_ga{len(listed)}"))
            listed.append((f"?_ga{len(listed)}", column if aggregate.name == "SAMPLE" else ""))
        else:
            jointly = True
            if aggregate.argument is not None and exists_in(aggregate.argument):
                made.append(Bind(aggregate.argument, f"?_gx{len(made)}"))
    keys = tuple(c.variable for c in conditions)
    return _Members(Group((*query.where.elements, *made)), keys, _counted(query), tuple(listed), jointly)


def _counted(query: Query) -> str:
    """A column that is COUNT(*), or COUNT of a variable that every member binds."""
    for projection in query.projections or ():
        pieces = projection.expression.pieces if projection.expression is not None else ()
        if len(pieces) == 1 and isinstance(pieces[0], Aggregate) and pieces[0].name == "COUNT":
            argument = pieces[0].argument
            sure = argument is None or set(argument.pieces) <= certain(query.where)
            if sure and not pieces[0].distinct:
                return projection.variable
    return ""


def _aggregates(query: Query) -> list[tuple[Aggregate, str]]:
    """Every aggregate with the column that is its value and nothing else, or ""."""
    found: list[tuple[Aggregate, str]] = []
    for projection in query.projections or ():
        if projection.expression is not None:
            alone = len(projection.expression.pieces) == 1
            found += [(a, projection.variable if alone else "") for a in aggregates(projection.expression)]
    for expression in (*query.having, *(e for _, e in query.order)):
        found += [(a, "") for a in aggregates(expression)]
    beside = [p.expression for p in query.projections or () if p.expression is not None]
    if any(isinstance(piece, Exists) for e in (*beside, *query.having) for piece in e.pieces):
        raise QueryError("EXISTS in a column or HAVING of a query that groups cannot be explained.")
    return found


def _is_stable(where: Group, keys: set[str]) -> bool:
    """Whether less data gives a group no new members.

    So it is without negation; and with OPTIONAL whose variables neither make the groups nor decide, by a
    filter or a join, what is a solution.
    """
    if is_monotone(where):
        return True
    optional = [e.group for e in where.elements if isinstance(e, Optional)]
    others = Group(tuple(e for e in where.elements if not isinstance(e, Optional)))
    deciding = {v for e in others.elements if not isinstance(e, Bind) for v in _looked_at(e)} | keys
    shared = [v for group in optional for v in visible(group) - certain(others)]
    alone = len(shared) == len(set(shared)) and not _optional_only(where) & deciding
    return alone and is_monotone(others) and all(is_monotone(group) for group in optional)


def _optional_only(where: Group) -> frozenset[str]:
    """The variables that only an OPTIONAL binds, or that are made of such."""
    optional = (e for e in where.elements if isinstance(e, Optional))
    sure = certain(Group(tuple(e for e in where.elements if not isinstance(e, Optional))))
    found = {v for e in optional for v in visible(e.group)} - sure
    for element in where.elements:
        if isinstance(element, Bind) and found & set(variables_of(element.expression)):
            found.add(element.variable)
    return frozenset(found)


def _looked_at(element: Element) -> Iterable[str]:
    yield from visible(Group((element,)))
    for expression in expressions(element):
        yield from variables_of(expression)
    for inner in inner_groups(element):
        for below in inner.elements:
            yield from _looked_at(below)
