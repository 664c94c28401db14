"""Answers as text: a table, the W3C formats for SELECT and ASK, RDF for CONSTRUCT and DESCRIBE."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox

from onrecord.errors import QueryError
from onrecord.model import Literal, Term
from onrecord.sparql.running import Answer
from onrecord.vocab import PREFIXES, RDF_TYPE, XSD, compact

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")
WIDEST_COLUMN = 72
NARROWEST_TEXT = 12
_ROOT_ELEMENT = re.compile(r"<rdf:RDF ([^>]*)>")
_ROW_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPH_FORMATS = {
    "table": ox.RdfFormat.TURTLE,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "json": ox.RdfFormat.JSON_LD,
    "xml": ox.RdfFormat.RDF_XML,
}


def check_format(form: str, chosen: str) -> None:
    """Refuse a format that a query's form cannot answer in.

    Raises:
        QueryError: naming the formats that fit.
    """
    gives_triples = form in ("CONSTRUCT", "DESCRIBE")
    if gives_triples and chosen not in _GRAPH_FORMATS:
        fitting = "turtle, ntriples, json (JSON-LD) or xml (RDF/XML)"
    elif form == "ASK" and chosen not in ("table", "json", "xml"):
        fitting = "table, json or xml"
    elif form == "SELECT" and chosen in ("turtle", "ntriples"):
        fitting = "table, csv, tsv, json or xml"
    else:
        return
    raise QueryError(f"{form} has no answer in the format {chosen}.", next_step=f"Choose {fitting}.")


def render(answer: Answer, chosen: str, width: int = WIDEST_COLUMN, page: int = 0) -> str:
    """An answer in one of FORMATS.

    `width` bounds the columns of a table, `page` the whole of it by shortening texts further; 0 for no bound.

    Raises:
        QueryError: the format does not fit the kind of answer.
    """
    if answer.triples is not None:
        check_format("CONSTRUCT", chosen)
        return _graph(answer.triples, chosen)
    check_format("SELECT" if answer.boolean is None else "ASK", chosen)
    if chosen == "table":
        return _table(answer, width, page)
    data = json.dumps(results_data(answer), ensure_ascii=False, indent=1)
    if chosen == "json":
        return data + "\n"
    return _by_engine(data, answer, chosen)


def results_data(answer: Answer) -> dict[str, Any]:
    """An answer as SPARQL 1.1 Query Results JSON Format has it."""
    if answer.boolean is not None:
        return {"head": {}, "boolean": answer.boolean}
    bindings = [
        {name: _json_term(term) for name, term in zip(answer.variables, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    return {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, str):
        blank = term.startswith("_:")
        return {"type": "bnode" if blank else "uri", "value": term[2:] if blank else term}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype == XSD + "string":
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype}


def _by_engine(data: str, answer: Answer, chosen: str) -> str:
    parsed = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    written = parsed.serialize(format=_ROW_FORMATS[chosen])
    text = (written or b"").decode()
    return text if text.endswith("\n") else text + "\n"


# tables -----------------------------------------------------------------------------------------------


def cell(term: Term | None) -> str:
    """A term for readers: an IRI as a prefixed name, a literal as its text on one line, "" for none."""
    if term is None:
        return ""
    if isinstance(term, str):
        return term if term.startswith("_:") else compact(term)
    return _visible(" ".join(term.value.split()))


def _visible(text: str) -> str:
    """Text without characters that would steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def display_width(text: str) -> int:
    """How many columns a terminal gives a text: wide characters take two, combining marks none.

    >>> display_width("ICE"), display_width("\u6c34"), display_width("e\u0301")
    (3, 2, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _table(answer: Answer, width: int, page: int) -> str:
    if answer.boolean is not None:
        return "yes\n" if answer.boolean else "no\n"
    whole = [[cell(term) for term in row] for row in answer.rows]
    widths = _column_widths(answer, whole, width, page)
    rows = [
        [_cut(text, widths[i]) if isinstance(row[i], Literal) else text for i, text in enumerate(cells)]
        for row, cells in zip(answer.rows, whole, strict=True)
    ]
    numeric = [_is_number_column(answer, i) for i in range(len(answer.variables))]
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return f"{columns(answer.variables, rows, numeric)}\n{count}\n"


def _column_widths(answer: Answer, cells: Sequence[Sequence[str]], width: int, page: int) -> list[int]:
    """How wide the texts of each column may be: at most `width`, the widest shortened to fit the page."""
    texts = [any(isinstance(row[i], Literal) for row in answer.rows) for i in range(len(answer.variables))]
    natural = [
        max([display_width(n), *(display_width(r[i]) for r in cells)]) for i, n in enumerate(answer.variables)
    ]
    widths = [min(n, width) if width and is_text else n for n, is_text in zip(natural, texts, strict=True)]
    while page and sum(widths) + 2 * (len(widths) - 1) > page:
        shrinkable = [i for i, is_text in enumerate(texts) if is_text and widths[i] > NARROWEST_TEXT]
        if not shrinkable:
            break
        widths[max(shrinkable, key=lambda i: widths[i])] -= 1
    return widths


def columns(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool] = ()) -> str:
    """Rows under a head, aligned; columns marked `right` are aligned to the right."""
    widths = [
        max([display_width(name), *(display_width(row[i]) for row in rows)]) for i, name in enumerate(head)
    ]
    flags = [*right, *[False] * (len(head) - len(right))]
    lines = [head, ["-" * w for w in widths], *rows]
    return "".join(_line(line, widths, flags) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for text, width, flag in zip(cells, widths, right, strict=True):
        space = " " * (width - display_width(text))
        padded.append(space + text if flag else text + space)
    return "  ".join(padded).rstrip() + "\n"


def _cut(text: str, width: int) -> str:
    if not width or display_width(text) <= width:
        return text
    kept = ""
    for char in text:
        if display_width(kept + char) > width - 1:
            break
        kept += char
    return kept.rstrip() + "\u2026"


def _is_number_column(answer: Answer, index: int) -> bool:
    numbers = tuple(XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger"))
    terms = [row[index] for row in answer.rows if row[index] is not None]
    return bool(terms) and all(isinstance(t, Literal) and t.datatype in numbers for t in terms)


# triples ----------------------------------------------------------------------------------------------


def _graph(triples: Sequence[tuple[str, str, Term]], chosen: str) -> str:
    ordered = sorted(dict.fromkeys(triples), key=_order)
    quads = [ox.Triple(_resource(s), ox.NamedNode(p), _ox(o)) for s, p, o in ordered]
    used = {p: iri for p, iri in PREFIXES.items() if any(_uses(term, iri) for t in ordered for term in t)}
    written = ox.serialize(quads, format=_GRAPH_FORMATS[chosen], prefixes=used)
    text = _in_order((written or b"").decode())
    return text if not text or text.endswith("\n") else text + "\n"


def _in_order(written: str) -> str:
    """The engine declares prefixes in any order; sort them, so that the same answer is the same text."""
    lines = written.splitlines(keepends=True)
    head = [line for line in lines if line.startswith("@prefix ")]
    if head and lines[: len(head)] == head:
        return "".join(sorted(head)) + "\n" + "".join(lines[len(head) :])
    return _ROOT_ELEMENT.sub(lambda m: f"<rdf:RDF {' '.join(sorted(m.group(1).split()))}>", written, count=1)


def _uses(term: Term, namespace: str) -> bool:
    iri = term if isinstance(term, str) else term.datatype
    return iri.startswith(namespace)


def _order(triple: tuple[str, str, Term]) -> tuple[Any, ...]:
    subject, predicate, obj = triple
    literal = isinstance(obj, Literal)
    value = (obj.value, obj.datatype, obj.language) if isinstance(obj, Literal) else (obj, "", "")
    return (subject, predicate != RDF_TYPE, predicate, literal, value)


def _ox(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(term.value, language=term.language)
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
    return _resource(term)


def _resource(term: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(term[2:]) if term.startswith("_:") else ox.NamedNode(term)
