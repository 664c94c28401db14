"""One W3C test sourced: each row explained, and each witness checked by running the query over it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from onrecord.errors import QueryError
from onrecord.sparql.engine import EmbeddedEngine
from onrecord.sparql.evaluating import Request
from onrecord.sparql.explaining import NO_CAPS, Caps, explain
from onrecord.sparql.explanation import Explanation, Mark, State
from onrecord.sparql.running import run_here

from .w3c_answers import (
    CHOOSING,
    FRESH,
    Nodes,
    Row,
    is_same,
    known,
    lifted,
    rows_of,
    run_again,
    stable,
    words,
)
from .w3c_expected import as_expected
from .w3c_manifests import Case, in_graph, iri_of, plain_store, triples

CLAIM = "https://example.org/claim/"
MOST = 20
"""How many witnesses of one row are tried."""
CAPS = (Caps(), Caps(2, 2, 2))
"""Caps under which each row is explained by itself as well."""


@dataclass
class Sourced:
    """A test's data: each triple of the default graph a claim, each named graph a claim out of scope."""

    claims: dict[str, list[ox.Quad]]
    named: frozenset[str]
    nodes: Nodes

    def store(self, claims: Iterable[str] | None = None) -> ox.Store:
        """A store of some claims, or of all."""
        store = ox.Store()
        for claim in self.claims if claims is None else claims:
            if claim in self.named:
                store.add_graph(ox.NamedNode(claim))
            store.extend(self.claims[claim])
        return store


class SuiteEngine(EmbeddedEngine):
    """The engine over a test's data; what its named graphs say is not in the default graph."""

    def __init__(self, sourced: Sourced) -> None:
        super().__init__(sourced.store())
        self.named = sourced.named

    def out_of_scope(self, claims: Iterable[str]) -> frozenset[str]:
        """The test's named graphs."""
        return self.named & frozenset(claims)


@dataclass
class Outcome:
    """What became of one test.

    Attributes:
        refused: why the engine or the guard does not run it; "" where it ran.
        by: who refused it.
        same: whether the answer is the plain engine's.
        expected: whether the plain engine's answer is the suite's; None where that is not compared.
        states: rows by state.
        tried, held: witnesses by whether their row bears a mark.
        excepted: functions for which a witness that gives another row is no fault, or whose values are not
            compared one by one, since they are new each time.
        unlisted: whether a cap left claims out that no query is given for.
        faults: what is wrong.
    """

    case: Case
    refused: str = ""
    by: str = ""
    same: bool = True
    expected: bool | None = None
    states: Counter[State] = field(default_factory=Counter)
    tried: Counter[bool] = field(default_factory=Counter)
    held: Counter[bool] = field(default_factory=Counter)
    excepted: set[str] = field(default_factory=set)
    unlisted: bool = False
    faults: list[str] = field(default_factory=list)


def check(case: Case) -> Outcome:
    """Run one evaluation test sourced."""
    outcome = Outcome(case)
    try:
        sourced = _sourced(case)
        if case.folder not in ("service", "entailment"):
            outcome.expected = as_expected(case, plain_store(case))
    except (SyntaxError, OSError, RuntimeError, ValueError) as error:
        outcome.refused, outcome.by = str(error), "engine"
        return outcome
    try:
        Check(case, sourced, outcome).run()
    except QueryError as error:
        outcome.refused, outcome.by = error.message, "guard"
    except Exception as error:
        outcome.faults.append(f"explaining raises {type(error).__name__}: {error}")
    return outcome


class Check:
    """The query of a test, answered, explained, and run again over each witness alone."""

    def __init__(self, case: Case, sourced: Sourced, outcome: Outcome) -> None:
        self.sourced, self.outcome = sourced, outcome
        self.text, self.nodes = case.resolved, sourced.nodes
        self.request = Request(self.text, case.query.name)
        self.engine = SuiteEngine(sourced)
        self.seen: dict[tuple[frozenset[str], bool], set[Row]] = {}

    def run(self) -> None:
        """Explain every row, and note every fault.

        Raises:
            QueryError: the query is refused.
        """
        store = self.engine.store
        self.answer = run_here(store, self.request)
        self.rows = rows_of(self.answer)
        self.columns = stable(self.answer, store, self.nodes, self.text)
        if any(self._only(row) != row for row in self.rows):
            self.outcome.excepted |= words(self.text) & FRESH
        self.outcome.same = is_same(self.rows, run_again(store, self.text), self.nodes, self.text)
        explained = explain(self.engine, self.request, self.answer, caps=NO_CAPS)
        if len(self.rows) != len(explained):
            self.outcome.faults.append(f"{len(self.rows)} rows, {len(explained)} explanations")
        for index, explanation in enumerate(explained):
            self.outcome.states[explanation.state] += 1
            self.outcome.faults += self._row_faults(index, explanation, count=True)
            self.outcome.faults += self._page_faults(index, explanation)

    def _row_faults(self, index: int, found: Explanation, *, count: bool = False) -> Iterator[str]:
        """What is wrong with a row's explanation in itself."""
        row, name = self.rows[index], f"row {index + 1} {_shown(self.rows[index])}"
        if found.state is State.UNEXPLAINED:
            yield f"{name} is unexplained: {found.reason}"
            return
        witnesses = found.witnesses()
        if not witnesses and found.facts and not found.is_capped:
            yield f"{name}: a fact that no claim holds"
        ranked = any(mark.mark is Mark.RANK for mark in found.marks)
        nothing = () if found.is_capped else (frozenset[str](),)
        for witness in _some(witnesses or nothing):
            holds = self._only(row) in self._answers(witness, ranked)
            if count:
                self.outcome.tried[bool(found.marks)] += 1
                self.outcome.held[bool(found.marks)] += holds
            if not holds and not self._is_excepted():
                yield f"{name} does not follow from {_names(witness)}"

    def _page_faults(self, index: int, whole: Explanation) -> Iterator[str]:
        """What is wrong with a row's explanation when it is asked for by itself, also with caps."""
        name = f"row {index + 1} by itself"
        alone = self._alone(index, NO_CAPS)
        if (alone.state, alone.marks) != (whole.state, whole.marks):
            yield f"{name} is {alone.state}, among all {whole.state}"
        elif set(alone.witnesses()) != set(whole.witnesses()):
            yield f"{name} has other witnesses"
        for caps in CAPS:
            capped = self._alone(index, caps)
            if capped.state is not whole.state:
                yield f"{name} with {caps} is {capped.state}, without caps {whole.state}"
            yield from (f"{fault} ({caps})" for fault in self._row_faults(index, capped))
            if capped.is_capped and not capped.drill_down:
                self.outcome.unlisted = True
            elif capped.is_capped and not set(whole.claims) <= self._listed(capped.drill_down):
                yield f"{name} with {caps}: the query for the rest does not list all claims"

    def _alone(self, index: int, caps: Caps) -> Explanation:
        return explain(self.engine, self.request, self.answer, [index], caps)[0]

    def _listed(self, query: str) -> set[str]:
        """The claims that a drill-down query lists."""
        answer = run_here(self.engine.store, Request(query))
        return {term for row in answer.rows for term in row if isinstance(term, str)}

    def _answers(self, witness: frozenset[str], ranked: bool) -> set[Row]:
        key = witness, ranked
        if key not in self.seen:
            found = run_again(self.sourced.store(witness), lifted(self.text) if ranked else self.text)
            self.seen[key] = {self._only(row) for row in found}
        return self.seen[key]

    def _only(self, row: Row) -> Row:
        return tuple(known(row[i], self.nodes) for i in self.columns if i < len(row))

    def _is_excepted(self) -> bool:
        names = words(self.text) & (CHOOSING | FRESH)
        self.outcome.excepted |= names
        return bool(names)


def _sourced(case: Case) -> Sourced:
    claims: dict[str, list[ox.Quad]] = {}
    for number, triple in enumerate({t: None for path in case.data for t in triples(path)}, 1):
        claim = f"{CLAIM}{number}"
        claims[claim] = in_graph([triple]) + in_graph([triple], ox.NamedNode(claim))
    for path in case.graphs:
        claims[iri_of(path)] = in_graph(triples(path), ox.NamedNode(iri_of(path)))
    ends = (end for quads in claims.values() for q in quads for end in (q.subject, q.object))
    nodes = frozenset(end for end in ends if isinstance(end, ox.BlankNode))
    return Sourced(claims, frozenset(iri_of(path) for path in case.graphs), nodes)


def _some(witnesses: Sequence[frozenset[str]]) -> Sequence[frozenset[str]]:
    """At most so many of them as are tried, evenly spread."""
    step = max(1, len(witnesses) // MOST)
    return witnesses if len(witnesses) <= MOST else witnesses[::step][:MOST]


def _names(witness: frozenset[str]) -> str:
    return ", ".join(sorted(claim.rpartition("/")[2] for claim in witness)) or "no claim"


def _shown(row: Row) -> str:
    return "(" + ", ".join("" if value is None else str(value) for value in row) + ")"
