"""A request as text alone: prefixes declared and parameters bound, for engines that take nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from onrecord.errors import Place, QueryError
from onrecord.sparql.analysis import columns
from onrecord.sparql.evaluating import Request
from onrecord.sparql.guard import undeclared_prefixes
from onrecord.sparql.parsing import parse_query
from onrecord.sparql.patterns import Expression, Projection, Query
from onrecord.sparql.query_text import TextWriter
from onrecord.sparql.terms import token_of

NO_COLUMN = "_none"
"""The column of a query whose own columns are all parameters."""


def bound_text(request: Request) -> str:
    """The text of a request, with terms in the places of its parameters, which are no columns any more.

    Terms are put into the parsed query, never into its text; without parameters the text is as given.

    Raises:
        QueryError: the query has parameters, and is of a form that takes none.
    """
    if not request.bindings:
        return with_prefixes(request.text, request.base_iri)
    names = {f"?{name}": token_of(term) for name, term in request.bindings.items()}
    query = parse_query(request.text)
    numbers = count(1)
    writer = TextWriter(names, lambda: f"?_f{next(numbers)}")
    if query.form == "SELECT":
        text = writer.select(_without(query, names))
    elif query.form == "ASK":
        text = f"ASK {query.dataset} WHERE {writer.group(query.where)}"
    else:
        raise QueryError(
            f"An endpoint's {query.form} takes no parameters.",
            place=Place(request.name),
            next_step="Use SELECT or ASK, or write the terms into the query.",
        )
    return with_prefixes(f"{query.prologue}\n{text}", request.base_iri)


def _without(query: Query, names: Mapping[str, str]) -> Query:
    """A SELECT whose columns and groups are none of the parameters."""
    given = query.projections or tuple(Projection(column) for column in columns(query))
    shown = tuple(p for p in given if p.variable not in names)
    conditions = query.conditions and tuple(
        Projection(f"?_g{i}", Expression((names[c.variable],))) if c.variable in names else c
        for i, c in enumerate(query.conditions)
    )
    none = (Projection(f"?{NO_COLUMN}", Expression(("true",))),)
    return replace(query, projections=shown or none, conditions=conditions)


def with_prefixes(text: str, base_iri: str) -> str:
    """A query with the prefixes that it uses undeclared; its lines keep their numbers.

    >>> with_prefixes("ASK { ?s a onr:Claim }", "https://w3id.org/onrecord/kb/")
    'PREFIX onr: <https://w3id.org/onrecord/ns#> ASK { ?s a onr:Claim }'
    """
    return undeclared_prefixes(text, base_iri) + text
