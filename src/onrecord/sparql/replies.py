"""Reading what an endpoint replies: rows, yes or no, and triples, each to its very end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import pyoxigraph as ox
from lxml import etree

from onrecord.model import Literal, Term
from onrecord.sparql.endpoint import Reply
from onrecord.sparql.engine import Table
from onrecord.vocab import XSD

ROWS = "application/sparql-results+json"
TRIPLES = "application/ld+json, application/rdf+xml;q=0.5"
"""Forms of triples that show where they end; N-Triples and Turtle do not."""
_ROW_TYPES = frozenset(("", ROWS, "application/json", "application/x-sparql-results+json", "text/json"))
TRIPLE_FORMATS = {
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_BARE_DOUBLE = re.compile(r"(?<=[\t\n])[+-]?[0-9.]+[eE][+-]?[0-9]+(?=[\t\n])")
_EngineTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_T = TypeVar("_T")


class Unreadable(NamedTuple):
    """A reply that holds no whole answer."""

    why: str


def read_results(reply: Reply, read: Callable[[ox.QuerySolutions], _T]) -> _T | bool | Unreadable:
    """The rows, or the yes or no, that a reply holds.

    The parser's own objects, which must be let go by the thread that made them, never leave this function.
    """
    if reply.media_type not in _ROW_TYPES:
        return Unreadable(f"{reply.media_type}, where SPARQL results in JSON were asked for")
    try:
        return _read_json(reply.body, read)
    except (SyntaxError, ValueError) as error:
        why = str(error)
    try:
        return _read_json(_plain(reply.body), read)
    except (SyntaxError, ValueError):
        return Unreadable(why)


def _read_json(body: bytes, read: Callable[[ox.QuerySolutions], _T]) -> _T | bool:
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QuerySolutions):
        return read(found)
    json.loads(body)
    return isinstance(found, ox.QueryBoolean) and bool(found)


def _plain(body: bytes) -> bytes:
    """SPARQL results in JSON without what the format does not name, which our parser does not pass over.

    Raises:
        ValueError: it is no JSON, or no results.
    """
    data = json.loads(body)
    try:
        bindings = data["results"]["bindings"]
        return json.dumps(
            {"head": {"vars": data["head"]["vars"]}, "results": {"bindings": bindings}}
        ).encode()
    except (KeyError, TypeError) as error:
        raise ValueError("no results") from error


def read_triples(reply: Reply) -> list[tuple[str, str, Term]] | Unreadable:
    """The triples that a reply holds; see `read_results`."""
    try:
        if reply.media_type == "application/rdf+xml":
            _check_xml(reply.body)
        quads = ox.parse(reply.body, format=TRIPLE_FORMATS[reply.media_type])
        found = dict.fromkeys((q.subject, q.predicate.value, q.object) for q in quads)
        return [(_node(s), p, _term(o)) for s, p, o in found]
    except (SyntaxError, ValueError, etree.XMLSyntaxError) as error:
        return Unreadable(str(error))


def _node(term: _EngineTerm) -> str:
    node = _term(term)
    if isinstance(node, str):
        return node
    raise ValueError("a literal as a subject")


def _term(term: _EngineTerm) -> Term:
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.datatype.value, term.language or "")
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    raise ValueError("a triple term (RDF 1.2), which is not supported")


def as_rows(found: ox.QuerySolutions) -> tuple[list[str], list[tuple[Term | None, ...]]]:
    """The variables and the rows, term by term."""
    names = [variable.value for variable in found.variables]
    return names, [tuple(None if term is None else _term(term) for term in row) for row in found]


def as_table(found: ox.QuerySolutions) -> Table:
    """The variables and the rows in the spelling of terms.py."""
    text = (found.serialize(format=ox.QueryResultsFormat.TSV) or b"").decode()
    spelled = _BARE_DOUBLE.sub(lambda m: f'"{m.group()}"^^<{XSD}double>', text)
    head, *lines = spelled.split("\n")
    names = [name[1:] for name in head.split("\t")] if head else []
    if len(names) <= 1:
        return Table(names, [(line,) for line in lines[:-1]])
    return Table(names, [tuple(line.split("\t")) for line in lines[:-1]])


def _check_xml(body: bytes) -> None:
    """Read a whole XML text, which the reader of RDF/XML does not.

    Raises:
        etree.XMLSyntaxError: it is not well-formed, or ends too early.
    """
    etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
