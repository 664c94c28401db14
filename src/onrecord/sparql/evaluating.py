"""Evaluating a query on a store: the engine's answer, row by row, in terms that can be sent on."""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pyoxigraph as ox

from onrecord.errors import Place, QueryError
from onrecord.model import Literal, Term
from onrecord.sparql.grammar import Mistake, first_mistake
from onrecord.sparql.guard import FORMS, check_prefixes, guard, prefixes_for
from onrecord.sparql.tokens import Kind, Token, place_of, shown, tokens
from onrecord.store.quads import engine_term
from onrecord.vocab import KB

Line = dict[str, Any] | list[Any]
_AT = re.compile(r"^error at (\d+):(\d+): expected (?:one of )?(.*)$", re.DOTALL)
_UNSAYABLE = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|[A-Z_]{2,}|is[A-Z]+|hasL\w+")


@dataclass(frozen=True, slots=True)
class Request:
    """One query to evaluate.

    Attributes:
        text: the query, as given.
        name: what messages call it: a file's name, `query`, or `-`.
        bindings: terms by the name of the variable that stands for them.
        rows: most rows (or triples) of an answer.
        base_iri: what the IRIs of the base's own data begin with.
    """

    text: str
    name: str = "query"
    bindings: Mapping[str, Term] = field(default_factory=dict)
    rows: int = 100_000
    base_iri: str = KB


def request_data(request: Request) -> dict[str, Any]:
    """A request as plain data, for another process."""
    bindings = {name: encode_term(term) for name, term in request.bindings.items()}
    return {**asdict(request), "bindings": bindings}


def request_of(data: Mapping[str, Any]) -> Request:
    """The request that `request_data` gave."""
    bindings = {name: decode_term(term) for name, term in data["bindings"].items()}
    return Request(data["text"], data["name"], bindings, data["rows"], data["base_iri"])


def encode_term(term: Term | None) -> Any:
    """A term as plain data: an IRI (or `_:label`) is a string, a literal a list."""
    if isinstance(term, Literal):
        return [term.value, term.datatype, term.language]
    return term


def decode_term(data: Any) -> Any:
    """The term that `encode_term` gave."""
    return Literal(*data) if isinstance(data, list) else data


def evaluate(store: ox.Store, request: Request) -> Iterator[Line]:
    """Run a query; see worker.py for the lines.

    Raises:
        QueryError: it is refused, does not parse, asks for a graph that the base does not hold, or has more
            rows than allowed.
    """
    guarded = guard(request.text, request.name, request.base_iri)
    check_prefixes(request.text, request.name)
    for graph, place in guarded.graphs:
        if not _holds_graph(store, graph):
            raise QueryError(
                f"The base holds no graph <{graph}>.",
                place=place,
                next_step="FROM takes the IRI of a claim, such as claim:SLUG; nothing is fetched.",
            )
    started = time.perf_counter()
    answer = _run(store, request)
    count = 1
    if isinstance(answer, ox.QueryBoolean):
        yield {"boolean": bool(answer)}
    else:
        count = yield from _rows(answer, request)
    yield {"end": count, "seconds": time.perf_counter() - started}


def _rows(answer: ox.QuerySolutions | ox.QueryTriples, request: Request) -> Generator[Line, None, int]:
    if isinstance(answer, ox.QuerySolutions):
        names = [v.value for v in answer.variables]
        kept = [i for i, name in enumerate(names) if name not in request.bindings]
        yield {"variables": [names[i] for i in kept]}
    else:
        kept = [0, 1, 2]
        yield {"triples": True}
    count = 0
    for row in _watched(answer, request):
        count += 1
        if count > request.rows:
            raise QueryError(
                f"The answer has more than {request.rows:,} rows; none are shown.",
                next_step="Add LIMIT to the query, or raise --limit-rows.",
            )
        terms = list(row)
        yield [_data(terms[i]) for i in kept]
    return count


def _watched(
    answer: ox.QuerySolutions | ox.QueryTriples, request: Request
) -> Iterator[ox.QuerySolution | ox.Triple]:
    try:
        yield from answer
    except (OSError, RuntimeError, ValueError) as error:
        raise _engine_failure(request, error) from error


def _run(store: ox.Store, request: Request) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(name): engine_term(term) for name, term in request.bindings.items()
    }
    try:
        return store.query(request.text, prefixes=prefixes_for(request.base_iri), substitutions=bound or None)
    except SyntaxError as error:
        raise syntax_error(request.text, request.name, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise _engine_failure(request, error) from error


def _engine_failure(request: Request, error: Exception) -> QueryError:
    if "SELECT projection" in str(error):
        return QueryError(
            f"A parameter cannot be bound: {error}.",
            place=Place(request.name),
            next_step="A SELECT must name every parameter among its columns; they are not shown.",
        )
    return QueryError(f"The engine cannot run it: {error}.", place=Place(request.name))


def _holds_graph(store: ox.Store, iri: str) -> bool:
    try:
        return store.contains_named_graph(ox.NamedNode(iri))
    except ValueError:
        return False


def _data(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Any:
    if isinstance(term, ox.Literal):
        return [term.value, term.datatype.value, term.language or ""]
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    if term is None:
        return None
    raise QueryError("The answer holds a triple term (RDF 1.2), which is not supported.")


def syntax_error(query: str, name: str, message: str) -> QueryError:
    """Where a query stops making sense, with what could stand there, and the line itself."""
    mistake = first_mistake(list(tokens(query)))
    if mistake is None:
        return _engine_error(query, name, message)
    place = place_of(query, mistake.token.offset, name)
    return QueryError(
        f"{_found(mistake.token)} where {_list(mistake)} is expected.",
        place=place,
        next_step=f"{_advice(query, mistake)}\n{shown(query, mistake.token.offset)}",
    )


def _found(token: Token) -> str:
    return "The query ends" if token.kind is Kind.END else f"'{token.text[:40]}' stands"


def _list(mistake: Mistake) -> str:
    *most, last = mistake.expected
    return f"{', '.join(most)} or {last}" if most else last


def _advice(query: str, mistake: Mistake) -> str:
    if mistake.token.kind is Kind.END:
        opened: list[Token] = []
        for token in tokens(query):
            if token.text in ("{", "(", "["):
                opened.append(token)
            elif token.text in ("}", ")", "]") and opened:
                opened.pop()
        if opened:
            place = place_of(query, opened[-1].offset, "query")
            return f"The '{opened[-1].text}' of line {place.line}, column {place.column} is never closed."
    if not any(t.word in FORMS for t in tokens(query)):
        return "A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE."
    return "Mend the query at that place."


def _engine_error(query: str, name: str, message: str) -> QueryError:
    """A query that the grammar allows and the engine refuses: a variable bound twice, not grouped, ..."""
    found = _AT.match(message)
    if found is None:
        return QueryError(f"The engine refuses it: {message}.", place=Place(name))
    line, column, expected = int(found[1]), int(found[2]), found[3]
    said = [p.strip() for p in expected.split(", ") if not _UNSAYABLE.fullmatch(p.strip())]
    offset = sum(len(row) + 1 for row in query.split("\n")[: line - 1]) + max(0, column - 1)
    reason = "; ".join(said) or "a rule of SPARQL beside its grammar is broken before this place"
    return QueryError(
        f"The engine refuses it: {reason}.",
        place=Place(name, line, column),
        next_step="Look for a variable that is bound twice or selected without GROUP BY, "
        "a blank node used in two groups, or a space before the bracket of a function."
        f"\n{shown(query, min(offset, len(query)))}",
    )
