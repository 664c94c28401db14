"""The witness query: a pattern written so that its solutions show which triples each of them rests on.

Hidden variables are exposed, subselects that neither group nor cut are inlined, paths without repetition are
expanded, and every branch of UNION and OPTIONAL binds a marker. Beside the text stand the items to read off a
solution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from onrecord.sparql.analysis import (
    certain,
    certainly,
    columns,
    exists_in,
    is_simple,
    mentioned,
    sole_exists,
    variables_of,
    visible,
)
from onrecord.sparql.engine import ANYTHING
from onrecord.sparql.patterns import (
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
    Repeat,
    Service,
    SubSelect,
    Triple,
    Union,
    Values,
    is_variable,
)
from onrecord.sparql.query_text import Renaming, TextWriter, may_be_predicate
from onrecord.sparql.witness_items import (
    AbsentItem,
    BranchItem,
    ClosureItem,
    ExistsItem,
    ExternalItem,
    FactItem,
    Item,
    RowItem,
)

_INLINED = "?_w"
MOST_WITH_HOLDERS = 4
"""Facts of a pattern up to which their holders are asked for together with its solutions."""
CLAIM = "?claim_"
"""What the variables begin with that stand for the claims of a drill-down query."""


def holder_columns(items: Sequence[Item]) -> list[tuple[str, str]]:
    """Columns for the graphs that hold the facts of a pattern, each with what binds it behind the pattern.

    None where there are many facts, or other items: corroboration multiplies the solutions.
    """
    facts = [i for i in items if isinstance(i, FactItem) and not i.graph and i.subject != ANYTHING]
    if len(facts) < len(items) or len(facts) > MOST_WITH_HOLDERS:
        return []
    names = [f"?_held{at}" for at in range(len(facts))]
    terms = (f"{i.subject} {i.predicate} {i.object}" for i in facts)
    return [
        (name, f"OPTIONAL {{ GRAPH {name} {{ {said} }} }}") for name, said in zip(names, terms, strict=True)
    ]


class PlanWriter(TextWriter):
    """Writes patterns as a witness query and gathers the items."""

    def __init__(
        self,
        names: Renaming,
        graph: str = "",
        counter: Iterator[int] | None = None,
        around: frozenset[str] = frozenset(),
        decided: frozenset[str] = frozenset(),
        namer: Iterator[int] | None = None,
        given: frozenset[str] = frozenset(),
    ) -> None:
        self.counter = counter or count(1)
        super().__init__(names, self.make)
        self.graph = graph
        self.around = around
        self.decided = decided
        self.namer = namer
        self.given = given

    def make(self) -> str:
        """A new variable."""
        return f"{_INLINED}{next(self.counter)}"

    def within(
        self, names: Renaming | None = None, graph: str | None = None, around: frozenset[str] = frozenset()
    ) -> PlanWriter:
        """A writer for what stands inside: with names or a graph of its own, and what its filters see."""
        renamed = self.names if names is None else names
        inside = self.graph if graph is None else graph
        return PlanWriter(renamed, inside, self.counter, around, namer=self.namer, given=self.given)

    def seen(self, scope: Group) -> frozenset[str]:
        """The variables that a filter of a group sees."""
        return visible(scope) | self.around | self.given

    def is_decided(self, variables: frozenset[str]) -> bool:
        """Whether a condition on some variables holds already, since the rows asked for are answers."""
        return bool(variables) and variables <= self.decided

    def plan(self, group: Group) -> tuple[str, tuple[Item, ...]]:
        """The text between a group's braces and its items; filters last, since they see the whole group."""
        text: list[str] = []
        items: list[Item] = []
        for element in sorted(group.elements, key=lambda e: isinstance(e, Filter)):
            for piece, found in self.planned(element, group):
                text += [piece] if piece else []
                items += found
        return " ".join(text), tuple(items)

    def planned(self, element: Element, scope: Group) -> Iterator[tuple[str, tuple[Item, ...]]]:
        """Each piece of one element with its items."""
        if isinstance(element, Triple):
            yield self.triple(element)
        elif isinstance(element, PathTriple):
            yield from self.path(element, scope)
        elif isinstance(element, Group):
            text, items = self.plan(element)
            yield f"{{ {text} }}", items
        elif isinstance(element, Union):
            yield self.union(element)
        elif isinstance(element, Optional):
            yield self.optional(element, scope)
        elif isinstance(element, Minus):
            yield self.minus(element, scope)
        elif isinstance(element, GraphPattern):
            yield self.in_graph(element)
        elif isinstance(element, Filter):
            yield from self.filter(element, scope)
        elif isinstance(element, SubSelect):
            yield self.selected(element.query)
        else:
            yield " ".join(self.element(element)), tuple(self.beside(element, scope))

    def beside(self, element: Bind | Values | Service, scope: Group) -> Iterator[Item]:
        """What an element rests on besides triples of its own."""
        if isinstance(element, Bind):
            yield from self.tested(element.expression, visible(scope))
        elif isinstance(element, Service):
            yield ExternalItem(element.head)

    def triple(self, element: Triple) -> tuple[str, tuple[Item, ...]]:
        """A triple pattern, which is a fact."""
        text = next(self.element(element))
        if not may_be_predicate(self.term(element.predicate)):
            return text, ()
        s, p, o = (self.term(t) for t in (element.subject, element.predicate, element.object))
        if self.namer is not None and not self.graph:
            text = f"{text} OPTIONAL {{ GRAPH {CLAIM}{next(self.namer)} {{ {text} }} }}"
        return text, (FactItem(s, p, o, self.graph),)

    # branches -----------------------------------------------------------------------------------------

    def union(self, element: Union) -> tuple[str, tuple[Item, ...]]:
        """Branches, each with a marker."""
        texts, items = [], []
        for branch in element.branches:
            marker = self.make()
            text, found = self.within(around=self.around).plan(branch)
            texts.append(f"{{ {text} BIND(1 AS {marker}) }}")
            items.append(BranchItem(marker, found))
        return " UNION ".join(texts), tuple(items)

    def optional(self, element: Optional, scope: Group) -> tuple[str, tuple[Item, ...]]:
        """OPTIONAL with a marker."""
        marker = self.make()
        body = element.group
        seen = self.seen(scope)
        text, items = self.within(around=seen).plan(body)
        filtered = {v for e in body.elements if isinstance(e, Filter) for v in variables_of(e.expression)}
        absent = self.absent(body, certain(body) | (filtered & seen) - visible(body))
        return f"OPTIONAL {{ {text} BIND(1 AS {marker}) }}", (BranchItem(marker, items, absent),)

    def minus(self, element: Minus, scope: Group) -> tuple[str, tuple[Item, ...]]:
        """MINUS, which says that something is absent."""
        decided = self.is_decided(mentioned(element.group) & visible(scope))
        absent = self.absent(element.group, certain(element.group))
        return "" if decided else next(self.element(element)), (absent,)

    def absent(self, group: Group, shared: frozenset[str]) -> AbsentItem:
        """The item for a pattern without a match."""
        used = mentioned(group)
        return AbsentItem(group, self.graph, self._shared(shared), self._carried(used))

    def in_graph(self, element: GraphPattern) -> tuple[str, tuple[Item, ...]]:
        """GRAPH, whose name is the graph of the facts within."""
        name = self.term(element.name)
        if not may_be_predicate(name):
            return self.nothing(), ()
        around = frozenset({element.name}) if is_variable(element.name) else frozenset[str]()
        text, items = self.within(graph=name, around=around).plan(element.group)
        if not any(isinstance(item, FactItem | RowItem) for item in items):
            items = (*items, FactItem(ANYTHING, ANYTHING, ANYTHING, name))
        return f"GRAPH {name} {{ {text} }}", items

    # filters ------------------------------------------------------------------------------------------

    def filter(self, element: Filter, scope: Group) -> Iterator[tuple[str, tuple[Item, ...]]]:
        """FILTER; an EXISTS that means the same as a join becomes one."""
        sole = sole_exists(element.expression)
        if sole is not None and not sole.negated and self.is_flat(sole.group, scope):
            names = dict(self.names)
            for variable in mentioned(sole.group) - self.seen(scope):
                if is_variable(self.term(variable)):
                    names[variable] = self.make()
            yield self.within(names, around=self.seen(scope)).plan(sole.group)
        else:
            decided = self.is_decided(frozenset(variables_of(element.expression)) & self.seen(scope))
            tested = tuple(self.tested(element.expression, self.seen(scope), is_filter=True))
            yield "" if decided else " ".join(self.element(element)), tested

    def is_flat(self, group: Group, scope: Group) -> bool:
        """Whether an EXISTS means the same as a join of its pattern with the group around it."""
        shared = mentioned(group) & self.seen(scope)
        free = mentioned(group) - visible(group) - self.seen(scope)
        return is_simple(group) and not free and shared <= certain(scope) | self.given

    def tested(
        self, expression: Expression, seen: frozenset[str], *, is_filter: bool = False
    ) -> Iterator[Item]:
        """The items for every EXISTS of an expression that is kept as it stands, and sees some variables."""
        sole = sole_exists(expression) if is_filter else None
        for exists in exists_in(expression):
            yield self._exists(exists, seen, sole)

    def _exists(self, exists: Exists, seen: frozenset[str], sole: Exists | None) -> Item:
        used = mentioned(exists.group)
        shared = self._shared(used & seen)
        carried = self._carried(used)
        if sole is not None and sole.negated:
            return AbsentItem(exists.group, self.graph, shared, carried)
        return ExistsItem(exists.group, self.graph, shared, carried, sole is not None)

    def _shared(self, variables: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(v for v in variables if is_variable(self.term(v))))

    def _carried(self, used: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """How the variables of a pattern are called in this query."""
        return tuple(sorted((v, self.names[v]) for v in used if v in self.names))

    # subselects ---------------------------------------------------------------------------------------

    def selected(self, query: Query) -> tuple[str, tuple[Item, ...]]:
        """A subselect, inlined unless it groups or cuts."""
        shown = columns(query)
        if query.is_grouped or query.is_cut:
            return self.kept(query)
        names = {v: self.names[v] for v in shown if v in self.names}
        for variable in mentioned(Group((SubSelect(query),))) | mentioned(query.where):
            if variable not in shown:
                names[variable] = self.make()
        inner = self.within(names)
        made = [Bind(p.expression, p.variable) for p in query.projections or () if p.expression is not None]
        text, items = inner.plan(Group((*query.where.elements, *made)))
        return f"{{ {text} }}", items

    def kept(self, query: Query) -> tuple[str, tuple[Item, ...]]:
        """A subselect as it stands; columns that it may leave unbound are copied, as others may bind them."""
        sure = set(certainly(SubSelect(query)))
        copies = {c: self.make() for c in columns(query) if c not in sure and is_variable(self.term(c))}
        fixed = self.fixed(query)
        text = " ".join(self.subselect(query, fixed))
        if self.is_decided(frozenset(columns(query))):
            text = ""
        if copies:
            binds = " ".join(f"BIND({self.term(c)} AS {copy})" for c, copy in copies.items())
            text = f"{{ {text} {binds} }}"
        named = {**fixed, **copies}
        shown = tuple((c, named.get(c, self.term(c))) for c in columns(query))
        return text, (RowItem(query, self.graph, shown),)

    # paths --------------------------------------------------------------------------------------------

    def path(self, element: PathTriple, scope: Group) -> Iterator[tuple[str, tuple[Item, ...]]]:
        """A path; one without repetition as patterns."""
        if isinstance(element.path, Repeat):
            subject, target = self.term(element.subject), self.term(element.object)
            item = ClosureItem(subject, element.path, target, self.graph)
            yield next(self.element(PathTriple(element.subject, element.path, element.object))), (item,)
            return
        for made in self.expanded(element.subject, element.path, element.object):
            yield from self.planned(made, scope)

    def expanded(self, subject: str, path: Path, target: str) -> Iterator[Element]:
        """A path without repetition as patterns that say the same."""
        if isinstance(path, Link):
            yield Triple(subject, path.iri, target)
        elif isinstance(path, Inverse):
            yield PathTriple(target, path.path, subject)
        elif isinstance(path, InOrder):
            steps = [subject, *(self.make() for _ in path.parts[1:]), target]
            for at, step in enumerate(path.parts):
                yield PathTriple(steps[at], step, steps[at + 1])
        elif isinstance(path, Alternative):
            yield Union(tuple(Group((PathTriple(subject, p, target),)) for p in path.parts))
        elif isinstance(path, Negated):
            sides = [(path.forward, subject, target)] if path.forward or not path.backward else []
            sides += [(path.backward, target, subject)] if path.backward else []
            groups = tuple(Group(tuple(self.other_than(*side))) for side in sides)
            yield groups[0] if len(groups) == 1 else Union(groups)
        else:
            yield PathTriple(subject, path, target)

    def other_than(self, iris: tuple[str, ...], subject: str, target: str) -> Iterator[Element]:
        """Any predicate but some."""
        predicate = self.make()
        yield Triple(subject, predicate, target)
        if iris:
            yield Filter(Expression((predicate, " ", "NOT", " ", "IN", " ", f"({', '.join(iris)})")))
