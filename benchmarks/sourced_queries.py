"""Sourced queries beside the same queries run plainly, over a made base.

Run: python -m benchmarks.sourced_queries [--claims N] [--rounds N] [--only WORDS]

Every round runs each query plainly, explains all of its rows with the default caps, then the first page
alone. The medians are printed with their ratio: `sourced` is the plain run and the explanation of every row
together, `page` the explanation of the first rows of an answer that is there already. The times are processor
time of this process, in which the engine works too, so that other programs do not count. Python's garbage
collector runs as it does for users. A row that is left unexplained stops the benchmark.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from benchmarks.made_base import MadeBase, make_base
from onrecord.sparql.engine import EmbeddedEngine
from onrecord.sparql.evaluating import Request
from onrecord.sparql.explaining import explain
from onrecord.sparql.explanation import Explanation, State
from onrecord.sparql.parsing import parse_query
from onrecord.sparql.running import Answer, run_here

PAGE_ROWS = 20
COUNTED_FROM_MS = 2.0
"""Plain queries that take less are left out of the median ratio."""
TARGET_RATIO = 4.0
TARGET_PAGE_MS = 5.0


@dataclass(frozen=True)
class Shape:
    """One kind of query.

    Attributes:
        over_all: whether it aggregates over everything, so that one row rests on much of the base.
    """

    name: str
    query: str
    over_all: bool = False


SHAPES = (
    Shape("lookup", "SELECT ?p ?o { claim:c40.node ?p ?o }"),
    Shape(
        "star with filter",
        """SELECT ?o ?office ?value { ?o a ov:Observation ; ov:about ?office ; ov:matter matter:m3 ;
           ov:unit "days" ; ov:value ?value FILTER(?value > 5000) }""",
    ),
    Shape(
        "2-hop join",
        """SELECT ?a ?b ?c { ?r ov:from ?a ; ov:to ?b ; ov:matter matter:m3 .
           ?s ov:from ?b ; ov:to ?c ; ov:matter matter:m4 }""",
    ),
    Shape(
        "backlinks, OPTIONAL",
        "SELECT ?r ?from ?limit { ?r ov:to office:o7 ; ov:from ?from OPTIONAL { ?r ov:timeLimit ?limit } }",
    ),
    Shape("pairs LIMIT 50", "SELECT ?a ?b { ?r ov:from ?a ; ov:to ?b } LIMIT 50"),
    Shape("all pairs", "SELECT ?a ?b { ?a ov:worksWith ?b }"),
    Shape("all pairs by a node", "SELECT ?a ?b { ?r ov:from ?a ; ov:to ?b }"),
    Shape("DISTINCT join", "SELECT DISTINCT ?to { ?a ov:partOf office:o3 . ?r ov:from ?a ; ov:to ?to }"),
    Shape(
        "DISTINCT, few values",
        "SELECT DISTINCT ?matter { ?a ov:partOf office:o3 . ?r ov:from ?a ; ov:matter ?matter }",
    ),
    Shape(
        "UNION",
        """SELECT ?a { { ?a ov:reportsTo office:o3 } UNION { ?a ov:worksWith office:o3 }
           UNION { ?r ov:from ?a ; ov:to office:o3 } }""",
    ),
    Shape(
        "OPTIONAL unmatched",
        "SELECT ?i ?by ?x { ?i a ov:Investigation ; ov:by ?by OPTIONAL { ?i ov:closed ?x } }",
    ),
    Shape("MINUS, all rows", "SELECT ?i { ?i a ov:Investigation MINUS { ?i ov:outcome ?outcome } }"),
    Shape(
        "NOT EXISTS LIMIT 100",
        """SELECT ?r ?to { ?r a ov:Referral ; ov:to ?to
           FILTER NOT EXISTS { ?r ov:timeLimit ?limit } } LIMIT 100""",
    ),
    Shape(
        "FILTER EXISTS",
        """SELECT ?a { ?a ov:partOf office:o3
           FILTER EXISTS { ?r ov:from ?a ; ov:to ?b . ?b ov:worksWith ?c } }""",
    ),
    Shape(
        "path, sequence and choice",
        "SELECT ?a { ?a ov:partOf/(ov:reportsTo|ov:worksWith) office:o7 }",
    ),
    Shape("closure, few upwards", "SELECT ?above { office:o150 ov:partOf+ ?above }"),
    Shape("closure, many downwards", "SELECT ?below { ?below ov:partOf+ office:o3 }"),
    Shape("closure, dense", "SELECT ?other { office:o7 ov:worksWith+ ?other }"),
    Shape("closure LIMIT 50", "SELECT ?a ?b { ?a ov:partOf+ ?b } LIMIT 50"),
    Shape(
        "subselect with aggregate",
        """SELECT ?office ?most ?o { ?o ov:about ?office ; ov:value ?most .
           { SELECT ?office (MAX(?value) AS ?most)
             { ?office ov:partOf office:o3 . ?n ov:about ?office ; ov:value ?value } GROUP BY ?office } }""",
    ),
    Shape(
        "ORDER BY LIMIT 10",
        "SELECT ?o ?value { ?o a ov:Observation ; ov:value ?value } ORDER BY DESC(?value) ?o LIMIT 10",
    ),
    Shape("ASK, true", "ASK { ?r ov:from office:o3 ; ov:to ?b . ?b ov:worksWith ?c }"),
    Shape(
        "CONSTRUCT",
        "CONSTRUCT { ?a onr:sendsTo ?b } { ?r a ov:Referral ; ov:from ?a ; ov:to ?b ; ov:matter matter:m3 }",
    ),
    Shape(
        "claim join",
        "SELECT ?claim ?s { GRAPH ?claim { ?r ov:to office:o7 } ?claim onr:statement ?s }",
    ),
    Shape(
        "record alone",
        """SELECT ?claim ?s { ?claim onr:citation ?c ; onr:statement ?s .
           ?c onr:source source:s3 ; onr:stance onr:supports }""",
    ),
    Shape(
        "top-10 COUNT",
        "SELECT ?to (COUNT(?r) AS ?n) { ?r ov:to ?to } GROUP BY ?to ORDER BY DESC(?n) ?to LIMIT 10",
        over_all=True,
    ),
    Shape(
        "GROUP BY all",
        "SELECT ?duty (COUNT(?r) AS ?n) { ?r a ov:Referral ; ov:obligation ?duty } GROUP BY ?duty",
        over_all=True,
    ),
    Shape(
        "subselect over all",
        """SELECT ?office ?most ?o { ?o ov:about ?office ; ov:value ?most .
           { SELECT ?office (MAX(?value) AS ?most) { ?n ov:about ?office ; ov:value ?value }
             GROUP BY ?office } }""",
        over_all=True,
    ),
)


@dataclass
class Measured:
    """What the rounds of one shape took, in milliseconds, and what came of them."""

    shape: Shape
    rows: int = 0
    derivations: int = 0
    plain: list[float] = field(default_factory=list)
    sourced: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)

    @property
    def plain_ms(self) -> float:
        """The median of the plain runs."""
        return statistics.median(self.plain)

    @property
    def sourced_ms(self) -> float:
        """The median of the plain runs with the explanation of every row."""
        return statistics.median(self.sourced)

    @property
    def page_ms(self) -> float:
        """The median of the explanations of the first page."""
        return statistics.median(self.page)

    @property
    def ratio(self) -> float:
        """How many times the plain run a sourced one takes."""
        return self.sourced_ms / self.plain_ms


def measure(shape: Shape, store: ox.Store, rounds: int) -> Measured:
    """Run one shape that many times; the first of them counts as well.

    Raises:
        AssertionError: a row is unexplained, or there is none, as in a base of far fewer claims.
    """
    measured = Measured(shape)
    request = Request(shape.query, shape.name)
    for _ in range(rounds):
        _start_anew()
        start = time.process_time()
        answer = run_here(store, request)
        answered = time.process_time()
        explanations = explain(EmbeddedEngine(store), request, answer)
        explained = time.process_time()
        _check(shape, answer, explanations)
        measured.rows = len(explanations)
        measured.derivations = sum(len(e.derivations.parts) for e in explanations)
        del explanations
        _start_anew()
        page_start = time.process_time()
        explain(EmbeddedEngine(store), request, answer, _page(answer))
        measured.page.append(1e3 * (time.process_time() - page_start))
        measured.plain.append(1e3 * (answered - start))
        measured.sourced.append(1e3 * (explained - start))
    return measured


def _start_anew() -> None:
    """Forget the parsed query and clear away what was left, so that no run pays or saves for another."""
    parse_query.cache_clear()
    gc.collect()


def _page(answer: Answer) -> Sequence[int] | None:
    return range(min(PAGE_ROWS, len(answer))) if answer.boolean is None else None


def _check(shape: Shape, answer: Answer, explanations: Sequence[Explanation]) -> None:
    expected = len(answer) if answer.boolean is None else 1
    assert len(explanations) == expected > 0, f"{shape.name}: {len(explanations)} of {expected} rows"
    for explanation in explanations:
        assert explanation.state is not State.UNEXPLAINED, f"{shape.name}: {explanation.reason}"


def print_table(base: MadeBase, results: Sequence[Measured]) -> None:
    """One line a shape, then how the targets were met."""
    print(
        f"{base.claims:,} claims of {base.triples / base.claims:.1f} triples, "
        f"{base.corroborating / base.claims:.0%} corroborating"
    )
    print(
        f"{'shape':26} {'rows':>7} {'derived':>8} "
        f"{'plain ms':>9} {'sourced ms':>11} {'ratio':>7} {'page ms':>9}"
    )
    for one in results:
        print(
            f"{one.shape.name:26} {one.rows:7,} {one.derivations:8,} {one.plain_ms:9.2f} "
            f"{one.sourced_ms:11.2f} {one.ratio:7.1f} {one.page_ms:9.2f}"
        )
    print(_ratios(results))
    print(_pages([one for one in results if not one.shape.over_all], f"over {TARGET_PAGE_MS:g} ms"))
    print(_named("aggregates over everything, page", [one for one in results if one.shape.over_all]))


def _ratios(results: Sequence[Measured]) -> str:
    counted = [one.ratio for one in results if one.plain_ms > COUNTED_FROM_MS]
    where = f"median ratio where plain > {COUNTED_FROM_MS:g} ms"
    if not counted:
        return f"{where}: no such shape"
    return f"{where}: {statistics.median(counted):.1f} (target {TARGET_RATIO:g}, {len(counted)} shapes)"


def _pages(results: Sequence[Measured], over: str) -> str:
    slow = [one for one in results if one.page_ms > TARGET_PAGE_MS]
    return _named(f"pages of {PAGE_ROWS} rows {over}, {len(slow)} of {len(results)} shapes", slow)


def _named(title: str, results: Sequence[Measured]) -> str:
    found = ", ".join(f"{one.shape.name} {one.page_ms:.1f} ms" for one in results)
    return f"{title}: {found or 'none'}"


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=10_000, help="10,000 or more")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="only shapes with these words in the name"
    )
    given = parser.parse_args()
    base = make_base(given.claims)
    chosen = [shape for shape in SHAPES if given.only.casefold() in shape.name.casefold()]
    print_table(base, [measure(shape, base.store, given.rounds) for shape in chosen])


if __name__ == "__main__":
    main()
