"""The engine behind a SPARQL 1.1 endpoint: queries and lookups over HTTP, never half an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import pyoxigraph as ox

from onrecord.errors import Place, QueryError
from onrecord.model import Term
from onrecord.sparql.bound_text import NO_COLUMN, bound_text
from onrecord.sparql.endpoint import LARGEST_REPLY, Endpoint, Refusal, Reply
from onrecord.sparql.engine import Table, held_by
from onrecord.sparql.evaluating import Request, syntax_error
from onrecord.sparql.explanation import Fact, Holders
from onrecord.sparql.grammar import first_mistake
from onrecord.sparql.guard import check_prefixes, guard
from onrecord.sparql.replies import (
    ROWS,
    TRIPLE_FORMATS,
    TRIPLES,
    Unreadable,
    as_rows,
    as_table,
    read_results,
    read_triples,
)
from onrecord.sparql.running import Answer, Asked
from onrecord.sparql.scoping import excluded_claims
from onrecord.sparql.tokens import tokens
from onrecord.store.scope import Scope

_T = TypeVar("_T")
MOST_FACTS = 500
"""How many facts, or claims, one lookup asks for."""
LONGEST_LOOKUP = 200_000
"""Characters of facts in one lookup."""
_TOTAL = re.compile(rb'(?<!\\)"result-size-total"\s*:\s*([0-9]+)')


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request to an endpoint may take.

    Attributes:
        seconds: from connecting to the last byte.
        rows: most rows, or triples.
        size: most bytes.
    """

    seconds: float = 60.0
    rows: int = 1_000_000
    size: int = LARGEST_REPLY


class RemoteEngine:
    """The `Engine` of engine.py over a SPARQL 1.1 endpoint; nothing engine-specific is sent.

    The endpoint must hold each claim in a graph of its own, and in its default graph, each triple once, the
    records and what the claims in scope assert. It does not say which state of a base it answers from.

    Raises:
        QueryError: the address is no http or https address.
    """

    version = ""

    def __init__(self, url: str, limits: Limits | None = None, scope: Scope | None = None) -> None:
        self.limits = limits or Limits()
        self.scope = scope or Scope()
        self.endpoint = Endpoint(url, self.limits.seconds, self.limits.size)
        self._graphs_of: dict[Fact, tuple[str, ...]] = {}
        self._asked: frozenset[str] = frozenset()
        self._excluded: frozenset[str] = frozenset()

    # queries ------------------------------------------------------------------------------------------

    def select(self, text: str, blanks: Mapping[str, str] | None = None) -> Table:
        """See `Engine`."""
        if blanks:
            raise QueryError("A blank node cannot be asked for at an endpoint.")
        reply = self.endpoint.send(text, ROWS)
        table = read_results(reply, as_table)
        if isinstance(table, Unreadable):
            raise self._unread(reply, table)
        if isinstance(table, bool):
            raise self._unfit("yes or no, where rows were asked for")
        self._check_count(reply, len(table.rows))
        return table

    def rows(self, text: str) -> tuple[list[str], list[tuple[Term | None, ...]]]:
        """The variables and the rows of a SELECT query, in the endpoint's order.

        Raises:
            QueryError: there are none, or not all of them.
        """
        reply = self.endpoint.send(text, ROWS)
        found = read_results(reply, as_rows)
        if isinstance(found, Unreadable):
            raise self._unread(reply, found)
        if isinstance(found, bool):
            raise self._unfit("yes or no, where rows were asked for")
        self._check_count(reply, len(found[1]))
        return found

    def ask(self, text: str) -> bool:
        """The answer of an ASK query.

        Raises:
            QueryError: there is none.
        """
        reply = self.endpoint.send(text, ROWS)
        found = read_results(reply, as_rows)
        if isinstance(found, Unreadable):
            raise self._unread(reply, found)
        if isinstance(found, bool):
            return found
        raise self._unfit("rows, where yes or no was asked for")

    def triples(self, text: str) -> list[tuple[str, str, Term]]:
        """The triples of a CONSTRUCT or DESCRIBE query, each once, in the endpoint's order.

        Raises:
            QueryError: there are none, or not all of them.
        """
        reply = self.endpoint.send(text, TRIPLES)
        if reply.media_type not in TRIPLE_FORMATS:
            given = reply.media_type or "a form that it does not name"
            raise self._unfit(f"triples in {given}, which could break off unseen")
        found = read_triples(reply)
        if isinstance(found, Unreadable):
            raise self._unread(reply, found)
        self._check_count(reply, len(found))
        return found

    # lookups ------------------------------------------------------------------------------------------

    def holders(self, facts: Iterable[Fact], sources: frozenset[str] = frozenset()) -> Mapping[Fact, Holders]:
        """See `Engine`."""
        wanted = list(dict.fromkeys(facts))
        for fact in wanted:
            if fact.graph:
                self._graphs_of[fact] = (fact.graph.removeprefix("<").removesuffix(">"),)
        self._look_up(f for f in wanted if f not in self._graphs_of)
        found = ((fact, self._graphs_of[fact]) for fact in wanted if fact in self._graphs_of)
        return held_by(found, self, sources)

    def remember(self, graphs: Mapping[Fact, tuple[str, ...]]) -> None:
        """See `Engine`."""
        self._graphs_of.update(graphs)

    def out_of_scope(self, claims: Iterable[str]) -> frozenset[str]:
        """See `Engine`."""
        asked = frozenset(claims)
        for lot in _lots((claim, len(claim)) for claim in sorted(asked - self._asked)):
            self._excluded |= excluded_claims(self, self.scope, lot)
            self._asked |= frozenset(lot)
        return asked & self._excluded

    def _look_up(self, facts: Iterable[Fact]) -> None:
        """Note which named graphs hold facts of the default graph; those that are not in it are left out."""
        askable = (f for f in facts if not any(term.startswith("_:") for term in f[:3]))
        for lot in _lots((f, sum(map(len, f))) for f in askable):
            found = self._matches(lot, "?g", "GRAPH ?g { ?s ?p ?o }")
            rest = [fact for fact in lot if fact not in found]
            found |= self._matches(rest, "", "?s ?p ?o") if rest else {}
            self._graphs_of.update((fact, tuple(graphs)) for fact, graphs in found.items())

    def _matches(self, facts: Sequence[Fact], column: str, pattern: str) -> dict[Fact, list[str]]:
        """The facts that match a pattern, with what a column of it is bound to."""
        values = "\n".join(f"({i} {f.subject} {f.predicate} {f.object})" for i, f in enumerate(facts))
        table = self.select(
            f"SELECT DISTINCT ?i {column} WHERE {{ VALUES (?i ?s ?p ?o) {{\n{values}\n}} {pattern} }}"
        )
        found: dict[Fact, list[str]] = {}
        for index, *bound in table.rows:
            graphs = (token.removeprefix("<").removesuffix(">") for token in bound)
            found.setdefault(facts[int(index)], []).extend(graphs)
        return found

    # replies ------------------------------------------------------------------------------------------

    def _unread(self, reply: Reply, found: Unreadable) -> QueryError:
        """The error for a reply that is cut off, is written wrongly, or answers no query."""
        if "json" in reply.media_type or not reply.media_type:
            try:
                json.loads(reply.body)
            except ValueError:
                tail = reply.body[-400:].decode("utf-8", "replace")
                return self.endpoint.cut_off(re.split(r"[\[\]{}]", tail)[-1])
        elif reply.media_type in TRIPLE_FORMATS:
            return self.endpoint.cut_off()
        return self._unfit(f"what cannot be read: {self.endpoint.words(found.why)}")

    def _check_count(self, reply: Reply, count: int) -> None:
        """Refuse an answer that is too long, or that the endpoint itself says it has shortened."""
        announced = [int(total) for total in _TOTAL.findall(reply.body[:2_000] + reply.body[-2_000:])]
        if (reply.limit and count >= reply.limit) or any(total > count for total in announced):
            raise self.endpoint.cut_off(f"it gave {count:,} rows, and has more.")
        if count > self.limits.rows:
            raise _too_many(self.limits.rows)

    def _unfit(self, what: str) -> QueryError:
        return QueryError(
            f"The endpoint {self.endpoint.shown} answers with {what.rstrip('.')}.",
            next_step="Give the address of a SPARQL 1.1 endpoint; it often ends in /sparql or /query.",
        )


def remote_query(
    url: str, request: Request, seconds: float, rows: int | None = None, scope: Scope | None = None
) -> tuple[Answer, RemoteEngine]:
    """The whole answer of an endpoint to a request, and the engine that explains it.

    `scope` says what the endpoint's default graph holds of the claims.

    Raises:
        QueryError: the query is refused, asks for a graph that the endpoint does not hold, does not parse, or
            its answer is not whole.
    """
    guarded = guard(request.text, request.name, request.base_iri)
    check_prefixes(request.text, request.name)
    engine = RemoteEngine(url, Limits(seconds), scope)
    _check_graphs(engine, guarded.graphs)
    limited = replace(request, rows=rows or request.rows)
    try:
        return _answer(engine, guarded.form, limited), engine
    except Refusal as refusal:
        if refusal.status == 400 and first_mistake(list(tokens(request.text))) is not None:
            raise syntax_error(request.text, request.name, refusal.message) from refusal
        raise


def run_remote(url: str, request: Request, seconds: float) -> Answer:
    """The whole answer of an endpoint to a request; see `remote_query`."""
    return remote_query(url, request, seconds)[0]


def _check_graphs(engine: RemoteEngine, graphs: Iterable[tuple[str, Place]]) -> None:
    for graph, place in graphs:
        if not _is_iri(graph) or not engine.ask(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"):
            raise QueryError(
                f"The endpoint holds no graph <{graph}>.",
                place=place,
                next_step="FROM takes the IRI of a claim, such as claim:SLUG; nothing is fetched.",
            )


def _answer(engine: RemoteEngine, form: str, request: Request) -> Answer:
    text = bound_text(request)
    origin = Asked(engine, request)
    if form == "ASK":
        return Answer(boolean=engine.ask(text), origin=origin)
    if form in ("CONSTRUCT", "DESCRIBE"):
        found = engine.triples(text)
        _check_rows(len(found), request)
        return Answer(triples=tuple(found), origin=origin)
    names, rows = engine.rows(text)
    _check_rows(len(rows), request)
    kept = [i for i, name in enumerate(names) if name not in request.bindings and name != NO_COLUMN]
    shown = tuple(tuple(row[i] for i in kept) for row in rows)
    return Answer(tuple(names[i] for i in kept), shown, origin=origin)


def _check_rows(count: int, request: Request) -> None:
    if count > request.rows:
        raise _too_many(request.rows)


def _too_many(rows: int) -> QueryError:
    return QueryError(
        f"The answer has more than {rows:,} rows; none are shown.",
        next_step="Add LIMIT to the query, or raise --limit-rows.",
    )


def _lots(sized: Iterable[tuple[_T, int]]) -> Iterator[list[_T]]:
    """Things in lots that one request can ask for, each thing given with its length."""
    lot: list[_T] = []
    size = 0
    for thing, length in sized:
        if lot and (len(lot) == MOST_FACTS or size + length > LONGEST_LOOKUP):
            yield lot
            lot, size = [], 0
        lot.append(thing)
        size += length
    if lot:
        yield lot


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
