"""The property test of witnesses with any seed and count.

Run it with: python -m tests.sparql.witness_run --seed 1 --count 2000
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from .brute_force import Subsets, plain
from .query_tree import Query
from .random_queries import CLASSES, MONOTONE_CLASSES, SAME_BASE, nth_base, nth_query
from .shrinking import shrink
from .witness_checks import Check, Failure

MOST_ROWS = 100
"""A query with more rows is drawn anew."""
COLUMNS = (
    "queries",
    "with rows",
    "same answers",
    "rows",
    "marked",
    "witnesses",
    "sound",
    "minimal",
    "complete",
)
REQUIRED = (
    "refused",
    "raised",
    "answers",
    "unexplained",
    "marks",
    "no witness",
    "unsound",
    "unstable",
    "page",
    "certificate",
)
"""Failures that no class may have."""


@dataclass
class ClassRun:
    """What a run of one class showed.

    Attributes:
        failures: with the number of the query.
        redrawn: queries that the engine refused or that had too many rows.
    """

    kind: str
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[int, Failure]] = field(default_factory=list)
    redrawn: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def required(self) -> list[tuple[int, Failure]]:
        """The failures that count; a closure's witnesses need be neither minimal nor complete."""
        least = ("not minimal", "incomplete") if self.kind == "monotone" else ()
        return [(index, f) for index, f in self.failures if f.kind in (*REQUIRED, *least)]

    def line(self) -> str:
        """A line of the table."""
        cells = "".join(f"{self.counts[name] if self.counted(name) else '-':>14}" for name in COLUMNS)
        return f"{self.kind:<16}{cells}{len(self.required):>10}{self.seconds:>8.1f}s"

    def counted(self, name: str) -> bool:
        """Whether a column says something about this class."""
        return name != "complete" or self.kind in MONOTONE_CLASSES


def run_class(kind: str, seed: int, count: int, only: int | None = None) -> ClassRun:
    """Check the queries of a class, or one of them alone."""
    run, began = ClassRun(kind), time.perf_counter()
    subsets, block = None, -1
    for index in range(count) if only is None else [only]:
        if subsets is None or index // SAME_BASE != block:
            block, subsets = index // SAME_BASE, Subsets(nth_base(seed, kind, index))
        query = accepted(seed, kind, index, subsets, run.redrawn)
        found = Check(subsets, query, kind).run()
        run.counts += found.counts
        run.failures += [(index, failure) for failure in found.failures]
    run.seconds = time.perf_counter() - began
    return run


def accepted(seed: int, kind: str, index: int, subsets: Subsets, redrawn: Counter[str]) -> Query:
    """The first query of that number that the engine accepts and that has not too many rows."""
    attempt = 0
    while True:
        query = nth_query(seed, kind, index, subsets.base, attempt)
        attempt += 1
        try:
            if len(plain(subsets.store(subsets.full), query).rows) <= MOST_ROWS:
                return query
            redrawn["many rows"] += 1
        except SyntaxError:
            redrawn["refused by the engine"] += 1


def header() -> str:
    """The head of the table."""
    return f"{'class':<16}{''.join(f'{name:>14}' for name in COLUMNS)}{'failures':>10}{'time':>9}"


def main() -> int:
    """Run the classes, print the table and some failures; 1 where something failed that must hold."""
    options = _options()
    failed = False
    print(f"seed {options.seed}\n{header()}", flush=True)
    for kind in options.kinds or CLASSES:
        run = run_class(kind, options.seed, options.count, options.only)
        print(run.line(), dict(run.redrawn) or "", flush=True)
        failed |= bool(run.required)
        for index, failure in run.required[: options.show]:
            smaller = shrink(failure, kind) if options.shrink else failure
            print(f"\n--- seed {options.seed}, {kind}, query {index}: {smaller}\n", flush=True)
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000, help="queries a class")
    parser.add_argument("--class", dest="kinds", action="append", choices=CLASSES)
    parser.add_argument("--only", type=int, help="the query of this number alone")
    parser.add_argument("--show", type=int, default=5, help="how many failures of a class are printed")
    parser.add_argument("--shrink", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
