"""What is not there: what keeps a pattern from matching, and everything that a pattern looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from onrecord.sparql.analysis import (
    certain,
    columns,
    exists_in,
    expressions,
    inner_groups,
    is_monotone,
    mentioned,
    sole_exists,
    visible,
)
from onrecord.sparql.explanation import All, AnyOf, Mark, Marked, Part
from onrecord.sparql.patterns import (
    Element,
    Exists,
    Filter,
    GraphPattern,
    Group,
    Minus,
    PathTriple,
    Query,
    Repeat,
    SubSelect,
    Triple,
    is_variable,
)
from onrecord.sparql.query_text import Renaming, may_be_predicate
from onrecord.sparql.solutions import Found, Row, is_hidden
from onrecord.sparql.witness_plan import PlanWriter

if TYPE_CHECKING:
    from onrecord.sparql.deriving import Deriver


class Blocking:
    """Finds what keeps a pattern that holds negations itself from having a match.

    A pattern with less data behind it may match where it did not, once it says NOT EXISTS, MINUS, OPTIONAL,
    or groups. So a row that rests on its absence rests on what makes its negations fail: for each match of
    the rest of the pattern, a match of what it negates. Where the pattern is more involved, the row rests
    on everything that the pattern looks at.
    """

    def __init__(self, deriver: Deriver) -> None:
        self.deriver = deriver
        self.writer = PlanWriter({}, counter=count(1_000_000))
        self.cap = deriver.caps.members
        self.limit = self.cap + 1 if self.cap else 0

    def block(self, group: Group, names: Mapping[str, str], graph: str) -> tuple[Part, ...]:
        """What keeps a group from matching, jointly; nothing where it holds no negation."""
        if is_monotone(group):
            return ()
        rest = Group(tuple(e for e in group.elements if not _negated(e)))
        negated = [found for e in group.elements if (found := _negated(e)) is not None]
        simple = (
            not is_hidden(rest, names)
            and is_monotone(rest)
            and not any(_is_odd(inner) for inner, _ in negated)
        )
        simple = simple and all(is_filter or _shares(inner, rest, names) for inner, is_filter in negated)
        if not negated or not simple:
            return self.looked_at(group, names, graph)
        return self._for_all(rest, negated, names, graph) or ()

    def _for_all(
        self, rest: Group, negated: list[tuple[Group, bool]], names: Mapping[str, str], graph: str
    ) -> tuple[Part, ...]:
        within = visible(rest)
        known = within | set(names)
        shown = sorted(within - set(names))
        run = self.deriver.run(rest, shown, names, graph, limit=self.limit)
        rows = sorted(run.rows)[: self.cap] if self.cap else run.rows
        run.reader.prepare(rows)
        parts: list[Part] = []
        for row in rows:
            bound = {**names, **{v: t for v, t in zip(shown, run.key(row), strict=True) if t}}
            against = [found for inner in negated for found in self._against(inner, bound, known, graph)]
            facts, _ = run.reader.read(row)
            if against:
                causes = tuple(part for found in against for part in found.parts)
                parts.append(All((*facts, AnyOf(causes, sum(found.more for found in against)))))
            else:
                whole = Group((*rest.elements, *(g for g, _ in negated)))
                parts += [*facts, *self.looked_at(whole, names, graph)]
        return self._capped(dict.fromkeys(parts), len(run.rows) - len(rows))

    def _capped(self, parts: Iterable[Part], more: int = 0) -> tuple[Part, ...]:
        """Parts jointly, as far as the cap goes."""
        found = tuple(parts)
        left = more + (max(0, len(found) - self.cap) if self.cap else 0)
        return (All(found[: self.cap], left),) if left else found

    def _against(
        self, inner: tuple[Group, bool], bound: Mapping[str, str], known: frozenset[str], graph: str
    ) -> tuple[AnyOf, ...]:
        group, is_filter = inner
        used = mentioned(group) if is_filter else certain(group) & known
        names = {v: t for v, t in bound.items() if v in used}
        if (not is_filter and not names) or is_hidden(group, names):
            return ()
        found = self.deriver.matches(group, names, graph).any_of
        return (found,) if found.parts else ()

    # everything that a pattern looks at ---------------------------------------------------------------

    def looked_at(self, group: Group, names: Mapping[str, str], graph: str) -> tuple[Part, ...]:
        """Every triple that any part of a group could match, with the values given."""
        return self._capped(dict.fromkeys(self._looked_at(group, names, graph)))

    def _looked_at(self, group: Group, names: Mapping[str, str], graph: str) -> Iterator[Part]:
        for element in group.elements:
            if isinstance(element, Triple | PathTriple):
                yield from self._triples(element, names, graph)
            for expression in expressions(element):
                for exists in exists_in(expression):
                    yield from self._looked_at(exists.group, names, graph)
            inner_names = names if not isinstance(element, SubSelect) else {}
            inner_graph = graph
            if isinstance(element, GraphPattern):
                named = names.get(element.name, element.name)
                inner_graph = element.name if named[:1] == "_" else named
            for inner in inner_groups(element) if may_be_predicate(inner_graph) else ():
                yield from self._looked_at(inner, inner_names, inner_graph)

    def _triples(self, element: Triple | PathTriple, names: Renaming, graph: str) -> Iterator[Part]:
        for made in self._single(element):
            wanted = [graph] if is_variable(graph) else []
            group: Group = Group((made,))
            if is_variable(graph):
                group = Group((GraphPattern(graph, group),))
            run = self.deriver.run(group, wanted, names, "" if wanted else graph, limit=self.limit)
            for row in sorted(run.rows):
                facts, _ = run.reader.read(row)
                yield from facts

    def _single(self, element: Triple | PathTriple) -> Iterator[Element]:
        """Patterns of one step each that together look at all that a path looks at."""
        if isinstance(element, Triple):
            yield element
        elif isinstance(element.path, Repeat):
            yield from self._single(PathTriple("?_from", element.path.path, "?_to"))
        else:
            for made in self.writer.expanded(element.subject, element.path, element.object):
                yield from self._unfolded(made)

    def _unfolded(self, element: Element) -> Iterator[Element]:
        if isinstance(element, Triple | PathTriple):
            yield from self._single(element)
        else:
            for inner in inner_groups(element):
                for below in inner.elements:
                    if not isinstance(below, Filter):
                        yield from self._unfolded(below)

    # subselects with LIMIT ----------------------------------------------------------------------------

    def cut(self, query: Query, found: Mapping[Row, Found], graph: str) -> None:
        """Add to rows of a subselect with LIMIT or OFFSET what their place among its rows rests on."""
        rank = Marked(Mark.RANK, "its place among the rows of a subselect rests on all of them")
        needed: tuple[Part, ...] = ()
        if query.is_grouped or not is_monotone(query.where):
            needed = self.looked_at(query.where, {}, graph)
        elif query.offset:
            needed = self._before(query, graph)
        for row in found.values():
            row.beside.append(rank)
            if needed:
                row.parts = [All((*part.parts, *needed), part.more) for part in row.parts]

    def _before(self, query: Query, graph: str) -> tuple[Part, ...]:
        """What the rows that OFFSET skips rest on, every solution of theirs."""
        skipped = replace(query, limit=query.offset, offset=0)
        table = self.deriver.run(Group((SubSelect(skipped),)), columns(query), {}, graph)
        keys = list(dict.fromkeys(table.key(row) for row in table.rows))
        rows = self.deriver.rows(replace(query, limit=None, offset=0), keys, graph=graph)
        return tuple(dict.fromkeys(part for key in keys for part in rows[key].any_of.parts))


def _shares(inner: Group, rest: Group, names: Mapping[str, str]) -> bool:
    """Whether what a MINUS takes away is settled by variables that both sides of it surely bind."""
    bound, sure = certain(inner), certain(rest)
    shared = visible(inner) & visible(rest)
    return bool(shared) and shared <= bound & sure and (mentioned(inner) & set(names)) <= visible(rest)


def _is_odd(group: Group) -> bool:
    """Whether there is a MINUS anywhere within: what it takes away inside of EXISTS, engines differ on."""
    for element in group.elements:
        if isinstance(element, Minus):
            return True
        inside = [*inner_groups(element), *(e.group for x in expressions(element) for e in exists_in(x))]
        if any(_is_odd(inner) for inner in inside):
            return True
    return False


def _negated(element: Element) -> tuple[Group, bool] | None:
    """The pattern that an element says is absent, and whether it is a filter's."""
    if isinstance(element, Minus):
        return element.group, False
    sole: Exists | None = sole_exists(element.expression) if isinstance(element, Filter) else None
    return (sole.group, True) if sole is not None and sole.negated else None
