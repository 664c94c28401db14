"""What must hold for the explanations of one query's answer, checked against the engine alone."""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

import pyoxigraph as ox

from onrecord.errors import OnRecordError
from onrecord.model import Literal, Term
from onrecord.sparql.certifying import certify
from onrecord.sparql.engine import EmbeddedEngine
from onrecord.sparql.evaluating import Request
from onrecord.sparql.explaining import NO_CAPS, explain
from onrecord.sparql.explanation import Explanation, Mark, State
from onrecord.sparql.running import Answer, run_here

from .brute_force import Row, Subsets, plain, without
from .query_tree import Query
from .random_bases import Base
from .random_queries import MONOTONE_CLASSES

MOST_WITNESSES = 40
"""How many witnesses of a row are run."""
PAGE = 3
"""How many rows are also explained by themselves."""
SECONDS = 20
"""How long explaining one answer may take."""
NO: Row = ("false",)
"""The one row of an ASK that finds nothing."""
UNMARKED = (State.COMPLETE, State.NOTHING)


@dataclass(frozen=True)
class Failure:
    """One thing that does not hold.

    Attributes:
        kind: refused, raised, answers, unexplained, marks, no witness, unsound, not minimal, incomplete,
            unstable, page, certificate.
        row: the row that it is about.
        detail: the witness, or what was expected.
    """

    kind: str
    base: Base
    query: Query
    row: Row = ()
    detail: str = ""

    @property
    def signature(self) -> str:
        """What tells it from failures of other causes."""
        return f"{self.kind} {self.detail[:30]}" if self.kind in ("unexplained", "raised") else self.kind

    def __str__(self) -> str:
        row = " ".join(cell or "-" for cell in self.row)
        return f"{self.kind}: {self.detail}\n{self.base.trig()}\n{self.query}\nrow: {row}"


@dataclass
class Findings:
    """Counts of what held, and what did not."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)


class Check:
    """Checks one query on one base; `kind` is the class of the query."""

    def __init__(self, subsets: Subsets, query: Query, kind: str) -> None:
        self.subsets = subsets
        self.query = query
        self.kind = kind
        self.found = Findings()
        self.columns: list[str] = []
        self.least: dict[Row, set[int]] = {}

    def run(self) -> Findings:
        """Everything that the class asks for."""
        store, counts = self.subsets.store(self.subsets.full), self.found.counts
        counts["queries"] += 1
        request = Request(self.query.text, bindings=_bindings(self.query))
        try:
            with _time_limit(SECONDS):
                answer = run_here(store, request)
                explanations = explain(EmbeddedEngine(store), request, answer, None, NO_CAPS)
                self.page(request, answer, explanations)
        except OnRecordError as error:
            return self.fail("refused", detail=f"{type(error).__name__}: {error.message}")
        except Exception as error:
            return self.fail("raised", detail=f"{type(error).__name__}: {error}")
        rows = _rows(answer)
        self.same_answers(store, rows)
        if len(explanations) != len(rows):
            return self.fail("unexplained", detail=f"{len(rows)} rows, {len(explanations)} explanations")
        counts["with rows"] += bool(rows) and rows != [NO]
        if rows and self.kind in MONOTONE_CLASSES:
            self.least = self.subsets.minimal(self.query)
        for row, explanation in dict(zip(rows, explanations, strict=True)).items():
            self.row(row, explanation)
        return self.found

    def fail(self, kind: str, row: Row = (), detail: str = "") -> Findings:
        """Note that something does not hold."""
        self.found.counts[kind] += 1
        self.found.failures.append(Failure(kind, self.subsets.base, self.query, row, detail))
        return self.found

    def same_answers(self, store: ox.Store, rows: list[Row]) -> None:
        """The answer is the engine's own."""
        self.columns, expected = plain(store, self.query)
        if self.query.is_ordered:
            same = expected == rows
        elif self.query.is_cut:
            same = len(expected) == len(rows) and set(rows) <= self.subsets.rows(self.query, -1)
        else:
            kept = (Counter(without(some, self.columns, self.query.free)) for some in (expected, rows))
            same = next(kept) == next(kept)
        if same:
            self.found.counts["same answers"] += 1
        else:
            self.fail("answers", detail=f"the engine has {expected}, the answer {rows}")

    def page(self, request: Request, answer: Answer, explanations: list[Explanation]) -> None:
        """A few rows explained by themselves rest on the same as among all; one of them is certified.

        Where a cap leaves derivations out, which of them are listed may differ.
        """
        rows, engine = _rows(answer), EmbeddedEngine(self.subsets.store(self.subsets.full))
        draw = random.Random(self.query.text)
        wanted = sorted(draw.sample(range(len(rows)), min(PAGE, len(rows))))
        for index, alone in zip(wanted, explain(engine, request, answer, wanted), strict=True):
            whole = explanations[index]
            marks = [sorted({m.mark for m in e.marks}) for e in (alone, whole)]
            if alone.is_capped:
                continue
            if alone.state is not whole.state or marks[0] != marks[1]:
                said = f"{alone.state} {marks[0]} alone, {whole.state} {marks[1]} among all rows"
                self.fail("page", rows[index], said)
            elif set(alone.witnesses()) != set(whole.witnesses()):
                found = [sorted(map(sorted, e.witnesses())) for e in (alone, whole)]
                self.fail("page", rows[index], f"{found[0]} alone, {found[1]} among all rows")
        if wanted and not self.query.free:
            certificate = certify(engine, request, answer, wanted[0], explanations[wanted[0]])
            if not certificate.is_sound and rows != [NO]:
                self.fail("certificate", rows[wanted[0]], str(certificate))

    def row(self, row: Row, explanation: Explanation) -> None:
        """One row is explained as its class asks."""
        self.found.counts["rows" if row != NO else "no"] += 1
        if explanation.state is State.UNEXPLAINED:
            self.fail("unexplained", row, explanation.reason)
            return
        self.marks(row, explanation)
        claims = explanation.witnesses()
        if not claims and row != NO:
            self.fail("no witness", row, f"state {explanation.state}")
        try:
            witnesses = [self.subsets.base.mask(w) for w in claims]
        except KeyError as error:
            self.fail("no witness", row, f"{error} is no claim of the base")
            return
        sample = witnesses
        if len(witnesses) > MOST_WITNESSES:
            sample = random.Random(len(witnesses)).sample(witnesses, MOST_WITNESSES)
        for mask in sample:
            self.witness(row, mask, explanation)
        if self.least and row != NO:
            self.complete(row, set(witnesses))

    def marks(self, row: Row, explanation: Explanation) -> None:
        """What only adds rows leaves no mark but that of paths."""
        allowed: set[Mark] = {Mark.SHORTEST_ONLY} if self.kind == "closures" else set()
        found = {marked.mark for marked in explanation.marks}
        self.found.counts["marked"] += bool(found)
        if self.kind in MONOTONE_CLASSES and row != NO and found - allowed:
            self.fail("marks", row, f"{sorted(found)} in a query that is monotone")
        if explanation.state is State.RECORD:
            self.fail("marks", row, "it is said to rest on the record, which the base does not have")

    def witness(self, row: Row, mask: int, explanation: Explanation) -> None:
        """A witness alone yields the row; nothing less does, where that is asked for."""
        self.found.counts["witnesses"] += 1
        named = self.named(mask)
        if not self.yields(mask, row):
            got = sorted(self.subsets.rows(self.query, mask))[:6]
            self.fail("unsound", row, f"witness {named} gives {got}")
            return
        self.found.counts["sound"] += 1
        if self.least:
            if mask in self.least.get(row, ()):
                self.found.counts["minimal"] += 1
            elif row != NO:
                self.fail("not minimal", row, f"witness {named}, least {self.all_named(self.least[row])}")
            return
        bits = [1 << bit for bit in range(mask.bit_length()) if mask >> bit & 1]
        self.found.counts["minimal"] += not any(self.yields(mask - bit, row) for bit in bits)
        if explanation.state in UNMARKED:
            self.stable(row, mask)

    def stable(self, row: Row, mask: int) -> None:
        """A row without marks does not change when claims are added to its witness."""
        draw = random.Random(mask)
        for _ in range(3):
            wider = mask | draw.randint(0, self.subsets.full)
            if not self.yields(wider, row):
                self.fail(
                    "unstable", row, f"unmarked; {self.named(mask)} yields it, {self.named(wider)} does not"
                )
                return

    def complete(self, row: Row, witnesses: set[int]) -> None:
        """All minimal witnesses are there."""
        missing = self.least[row] - witnesses
        if not missing:
            self.found.counts["complete"] += 1
        else:
            self.fail(
                "incomplete", row, f"missing {self.all_named(missing)} of {self.all_named(self.least[row])}"
            )

    def yields(self, mask: int, row: Row) -> bool:
        """Whether a subset yields the row, in the columns that a second run must fill alike."""
        rows = self.subsets.rows(self.query, mask)
        if row in rows:
            return True
        free = self.query.free
        return bool(free) and without([row], self.columns, free)[0] in without(rows, self.columns, free)

    def named(self, mask: int) -> str:
        """A subset by the names of its claims."""
        return "{" + " ".join(f"c{bit + 1}" for bit in range(mask.bit_length()) if mask >> bit & 1) + "}"

    def all_named(self, masks: set[int]) -> str:
        """Subsets by the names of their claims, the smallest first."""
        return " ".join(self.named(mask) for mask in sorted(masks, key=int.bit_count))


def _rows(answer: Answer) -> list[Row]:
    if answer.boolean is not None:
        return [("true" if answer.boolean else "false",)]
    rows = answer.rows if answer.triples is None else answer.triples
    return [tuple(_token(term) for term in row) for row in rows]


def _bindings(query: Query) -> dict[str, Term]:
    return {
        name: Literal(value.value, value.datatype.value, value.language or "")
        if isinstance(value, ox.Literal)
        else value.value
        for name, value in query.bindings
    }


def _token(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal):
        if term.language:
            return str(ox.Literal(term.value, language=term.language))
        return str(ox.Literal(term.value, datatype=ox.NamedNode(term.datatype)))
    return term if term.startswith("_:") else f"<{term}>"


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    def stop(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"not explained in {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
