"""From rows to what they rest on: runs witness queries and reads their solutions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import count
from operator import itemgetter

from onrecord.errors import QueryError
from onrecord.sparql.analysis import columns, volatile
from onrecord.sparql.asking import Asker
from onrecord.sparql.closures import Walker, simple_edge
from onrecord.sparql.explanation import Fact, Part
from onrecord.sparql.grouping import Grouping
from onrecord.sparql.negation import Blocking
from onrecord.sparql.patterns import Bind, Group, Path, PathTriple, Query, Repeat, is_variable
from onrecord.sparql.query_text import Renaming
from onrecord.sparql.restricting import UNRESTRICTED, Restriction, restriction
from onrecord.sparql.solutions import Asked, Found, Row, SolutionReader, columns_of, constants_of
from onrecord.sparql.witness_items import Item
from onrecord.sparql.witness_plan import CLAIM, PlanWriter, holder_columns

MOST_SOLUTIONS = 50_000
"""Solutions of a witness query over which it is restricted to the rows asked for."""
QUICK_SOLUTIONS = 2_000
"""Solutions up to which the witness query of a quick query is not restricted, and up to which rows are not
asked for one by one."""


@dataclass(frozen=True, slots=True)
class Caps:
    """The most of a row's explanation that is listed; 0 for everything.

    Attributes:
        derivations: of one row.
        members: of one group, or of what keeps a pattern from matching.
        paths: the shortest ways between two nodes.
    """

    derivations: int = 10
    members: int = 100
    paths: int = 10


NO_CAPS = Caps(0, 0, 0)


@dataclass(frozen=True)
class Run:
    """The solutions of one witness query: `wanted` columns lead each row."""

    rows: list[Row]
    reader: SolutionReader
    keys: list[int]
    asked: Callable[[Row], Asked]

    @property
    def key(self) -> Callable[[Row], Row]:
        """How to get the values of the wanted columns."""
        at = self.keys
        if len(at) == 1:
            return lambda row: (row[at[0]],)
        return itemgetter(*at) if at else lambda row: ()


class Deriver:
    """Finds what rows of one query rest on; `is_quick` says that the query itself took hardly any time."""

    def __init__(self, asker: Asker, caps: Caps, *, is_quick: bool = False) -> None:
        self.asker = asker
        self.caps = caps
        self.is_quick = is_quick
        self.blocking = Blocking(self)
        self.grouping = Grouping(self)
        self._walkers: dict[tuple[int, str], Walker] = {}
        self._closures: dict[tuple[int, str, str, str], Part] = {}
        self._derived: dict[tuple[int, str], dict[Row, Found]] = {}
        self._matches: dict[tuple[int, tuple[tuple[str, str], ...], str], Found] = {}
        self._blocks: dict[tuple[int, tuple[tuple[str, str], ...], str], tuple[Part, ...]] = {}
        self._kept: list[object] = []

    # running ------------------------------------------------------------------------------------------

    def run(
        self,
        group: Group,
        wanted: Sequence[str] = (),
        names: Renaming | None = None,
        graph: str = "",
        restricted: Restriction = UNRESTRICTED,
        limit: int = 0,
        *,
        with_holders: bool = False,
    ) -> Run:
        """The solutions of a group's witness query; `with_holders` asks along who holds the facts."""
        if graph[:1] == "_":
            raise QueryError("A graph named by a blank node cannot be asked for.")
        fixed = {v: t for v, t in (names or {}).items() if t[:1] != "_"}
        blanks = {v: t for v, t in (names or {}).items() if t[:1] == "_"}
        writer = PlanWriter(fixed, graph, decided=restricted.decided, given=frozenset(blanks))
        text, items = writer.plan(group)
        pattern = restricted.around(text)
        within = f"GRAPH {graph} {{ {pattern} }}" if graph else pattern
        shown = list(dict.fromkeys([*wanted, *columns_of(items), *blanks])) or ["?_none"]
        held = holder_columns(items) if with_holders and not self.asker.dataset else []
        rows = self._rows(shown, within, held, limit, blanks)
        reader = self._reader(items, shown)
        if held and len(rows[:1] and rows[0]) > len(shown):
            rows = self._without_holders(rows, reader, len(shown))
        at = {v: i for i, v in enumerate(shown)}
        if blanks:
            rows = [r for r in rows if all(r[at[v]] == t for v, t in blanks.items())]
        return Run(rows, reader, [at[v] for v in wanted], self._asked(group, wanted, names, graph))

    def _reader(self, items: Sequence[Item], shown: Sequence[str]) -> SolutionReader:
        return SolutionReader(items, shown, self.asker.canonical(constants_of(items)), self)

    def _rows(
        self,
        shown: Sequence[str],
        within: str,
        held: Sequence[tuple[str, str]],
        limit: int,
        blanks: Mapping[str, str],
    ) -> list[Row]:
        """The rows of a witness query; without the columns of holders where these multiply them too much."""
        if held:
            along = " ".join([within, *(text for _, text in held)])
            most = f" LIMIT {2 * limit}" if limit else ""
            rows = self.asker.select([*shown, *(column for column, _ in held)], along, most, blanks).rows
            if not limit or len(rows) < 2 * limit:
                return rows
        return self.asker.select(shown, within, f" LIMIT {limit}" if limit else "", blanks).rows

    def _without_holders(self, rows: Sequence[Row], reader: SolutionReader, width: int) -> list[Row]:
        """Solutions without the columns that say who holds their facts, which the engine remembers."""
        merged: dict[Row, list[Row]] = {}
        for row in rows:
            merged.setdefault(row[:width], []).append(row[width:])
        graphs: dict[Fact, tuple[str, ...]] = {}
        for row, held in merged.items():
            parts = reader.read(row)[0]
            for fact, tokens in zip(parts, zip(*held, strict=True), strict=True):
                if isinstance(fact, Fact) and fact not in graphs:
                    graphs[fact] = tuple(dict.fromkeys([token[1:-1] for token in tokens if token]))
        self.asker.engine.remember(graphs)
        return list(merged)

    def drill_down(self, found: Found) -> str:
        """A query for the claims of everything that gives a row, where a cap left some out; else ""."""
        if found.asked is None:
            return ""
        group, shown, key, names, graph = found.asked
        writer = PlanWriter({v: t for v, t in names if t[:1] != "_"}, graph, namer=count(1))
        narrowed = restriction(group, shown, [key], dict(names))
        pattern = narrowed.around(writer.plan(group)[0])
        claims = " ".join(f"{CLAIM}{n}" for n in range(1, next(writer.namer or count(1))))
        within = f"GRAPH {graph} {{ {pattern} }}" if graph else pattern
        asker = self.asker
        return (
            f"{asker.prologue}SELECT DISTINCT {claims} {asker.dataset} WHERE {{ {within} }}" if claims else ""
        )

    # rows of a SELECT ---------------------------------------------------------------------------------

    def derive(self, query: Query, keys: Sequence[Row], graph: str) -> Mapping[Row, Found]:
        """What rows of a subselect rest on, by the values of its columns; remembered."""
        known = self._derived.setdefault((id(query), graph), {})
        self._kept.append(query)
        new = [key for key in keys if key not in known]
        if new:
            found = self.rows(query, new, graph=graph)
            if query.is_cut:
                self.blocking.cut(query, found, graph)
            known.update(found)
        return known

    def rows(
        self,
        query: Query,
        keys: Sequence[Row],
        names: Renaming | None = None,
        graph: str = "",
        *,
        every: bool = False,
    ) -> dict[Row, Found]:
        """What rows of a SELECT rest on, LIMIT and OFFSET left aside; `every` says that there are no others.

        Raises:
            QueryError: a row that the witness query does not give.
        """
        if query.is_grouped:
            return self.grouping.rows(query, keys, names, graph, every=every)
        made = [Bind(p.expression, p.variable) for p in query.projections or () if p.expression is not None]
        group = Group((*query.where.elements, *made))
        skipped = volatile(query)
        shown = [c for c in columns(query) if c not in skipped and c not in (names or {})]
        at = [
            i for i, c in enumerate(c for c in columns(query) if c not in (names or {})) if c not in skipped
        ]
        short = {key: tuple(key[i] for i in at) for key in keys}
        found = self.plain(group, shown, list(dict.fromkeys(short.values())), names, graph, every=every)
        return {key: found[part] for key, part in short.items()}

    def plain(
        self,
        group: Group,
        shown: Sequence[str],
        keys: Sequence[Row],
        names: Renaming | None = None,
        graph: str = "",
        *,
        every: bool = False,
    ) -> dict[Row, Found]:
        """What the solutions of a group rest on, by the values of some of its variables."""
        cap = self.caps.derivations
        found = {key: Found() for key in keys}
        runs = self._walked(group, shown, keys, names, graph)
        if runs is None and (every or self.is_quick):
            runs = self._whole(group, shown, names, graph, every=every)
        if runs is None:
            limit = max(len(keys) * (cap + 1), QUICK_SOLUTIONS) if cap else 0
            narrowed = restriction(group, shown, keys, names)
            runs = self.run(group, shown, names, graph, narrowed, limit)
            if limit and len(runs.rows) >= limit:
                for key in keys:
                    self.single(group, shown, key, found, names, graph)
                return found
        self.gather(runs, found)
        return found

    def _walked(
        self,
        group: Group,
        shown: Sequence[str],
        keys: Sequence[Row],
        names: Renaming | None,
        graph: str,
    ) -> Run | None:
        """Rows that are the ends of one repeated path: the walk finds what they rest on, without a query."""
        path = group.elements[0] if len(group.elements) == 1 else None
        if not isinstance(path, PathTriple) or not isinstance(path.path, Repeat) or graph or names:
            return None
        ends = {t for t in (path.subject, path.object) if is_variable(t)}
        if set(shown) != ends or len(shown) != len(ends):
            return None
        items = PlanWriter({}).plan(group)[1]
        reader = self._reader(items, shown)
        return Run(list(keys), reader, list(range(len(shown))), self._asked(group, shown, names, graph))

    @staticmethod
    def _asked(
        group: Group, wanted: Sequence[str], names: Renaming | None, graph: str
    ) -> Callable[[Row], Asked]:
        return lambda key: Asked(group, tuple(wanted), key, tuple((names or {}).items()), graph)

    def _whole(
        self, group: Group, shown: Sequence[str], names: Renaming | None, graph: str, *, every: bool
    ) -> Run | None:
        """All solutions of a group; None where there are too many."""
        most = (QUICK_SOLUTIONS if self.is_quick else MOST_SOLUTIONS) if self.caps.derivations else 0
        run = self.run(group, shown, names, graph, limit=most, with_holders=every and bool(most))
        return None if most and len(run.rows) >= most else run

    def single(
        self,
        group: Group,
        shown: Sequence[str],
        key: Row,
        found: Mapping[Row, Found],
        names: Renaming | None = None,
        graph: str = "",
    ) -> None:
        """Add the solutions that give one row, as far as the cap goes."""
        cap = self.caps.derivations
        narrowed = restriction(group, shown, [key], names)
        limit = cap + 1 if cap and narrowed.is_exact else 0
        self.gather(self.run(group, shown, names, graph, narrowed, limit), found)

    def gather(self, run: Run, found: Mapping[Row, Found]) -> None:
        """Add the solutions of a run to the rows that they give; where a cap chooses, the first in order."""
        by_key: dict[Row, list[Row]] = {key: [] for key in found}
        pick = run.key
        for row in run.rows:
            taken = by_key.get(pick(row))
            if taken is not None:
                taken.append(row)
        cap = self.caps.derivations
        for key, rows in by_key.items():
            if cap and len(rows) > cap:
                found[key].more += len(rows) - cap
                found[key].asked = found[key].asked or run.asked(key)
                by_key[key] = nsmallest(cap, rows)
        run.reader.prepare([row for rows in by_key.values() for row in rows])
        read = run.reader.read
        for key, rows in by_key.items():
            into = found[key]
            for row in rows:
                into.add(*read(row))

    # what solutions need ------------------------------------------------------------------------------

    def closures(
        self, path: Repeat, wanted: Iterable[tuple[str, str, str]]
    ) -> Mapping[tuple[str, str, str], Part]:
        """By start, end and graph, the shortest ways that a repeated path takes."""
        wanted = list(wanted)
        self._kept.append(path)
        by_graph: dict[str, list[tuple[str, str]]] = {}
        for start, end, graph in wanted:
            if (id(path), start, end, graph) not in self._closures:
                by_graph.setdefault(graph, []).append((start, end))
        for graph, ends in by_graph.items():
            walker = self._walkers.setdefault(
                (id(path), graph), Walker(self.asker, path, graph, self.edge, self.caps.paths)
            )
            for pair, part in walker.parts(ends).items():
                self._closures[(id(path), *pair, graph)] = part
        return {w: self._closures[(id(path), *w)] for w in wanted}

    def edge(self, path: Path, start: str, target: str, graph: str) -> Part:
        """What one step of a path between two nodes rests on."""
        simple = simple_edge(path, start, target, graph, self.asker)
        if simple is not None:
            return simple
        group = Group((PathTriple("?_from", path, "?_to"),))
        self._kept.append(group)
        return self.matches(group, {"?_from": start, "?_to": target}, graph).any_of

    def matches(self, group: Group, names: Mapping[str, str], graph: str) -> Found:
        """What the matches of a pattern rest on, with some variables' values given; remembered."""
        key = (id(group), tuple(sorted(names.items())), graph)
        if key not in self._matches:
            self._kept.append(group)
            cap = self.caps.derivations
            run = self.run(group, (), names, graph, limit=cap + 1 if cap else 0)
            found: dict[Row, Found] = {(): Found()}
            self.gather(run, found)
            self._matches[key] = found[()]
        return self._matches[key]

    def looked_at(self, group: Group, names: Mapping[str, str], graph: str) -> tuple[Part, ...]:
        """Everything that a pattern looks at."""
        return self.blocking.looked_at(group, names, graph)

    def block(self, group: Group, names: Mapping[str, str], graph: str) -> tuple[Part, ...]:
        """What keeps a pattern from having a match; remembered."""
        key = (id(group), tuple(sorted(names.items())), graph)
        if key not in self._blocks:
            self._kept.append(group)
            self._blocks[key] = self.blocking.block(group, names, graph)
        return self._blocks[key]
