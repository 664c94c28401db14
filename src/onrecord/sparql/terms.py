"""Terms as SPARQL writes them, in the one spelling that the engine's own answers have."""

from __future__ import annotations

import re

import pyoxigraph as ox

from onrecord.model import Literal, Term
from onrecord.vocab import RDF, XSD

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\n\r\t]')
_UNESCAPED = re.compile(r"\\(.)")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}
_BARE = {
    XSD + "boolean": re.compile(r"true|false"),
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}


def token_of(term: Term | None) -> str:
    r"""A term as SPARQL writes it; "" for none.

    >>> token_of("https://example.org/a"), token_of(Literal("3", XSD + "integer")), token_of(Literal('a "b"'))
    ('<https://example.org/a>', '3', '"a \\"b\\""')
    """
    if term is None:
        return ""
    if isinstance(term, str):
        return term if term.startswith("_:") else f"<{term}>"
    bare = _BARE.get(term.datatype)
    if bare is not None and bare.fullmatch(term.value):
        return term.value
    quoted = f'"{_ESCAPED.sub(lambda m: _ESCAPES[m.group()], term.value)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype == XSD + "string" else f"{quoted}^^<{term.datatype}>"


def term_of(token: str) -> Term | None:
    """The term that `token_of` wrote.

    >>> term_of('"mai"@de'), term_of("true"), term_of("")
    (Literal(value='mai', datatype='http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', language='de'), \
Literal(value='true', datatype='http://www.w3.org/2001/XMLSchema#boolean', language=''), None)
    """
    if not token:
        return None
    if token[0] == "<":
        return token[1:-1]
    if token[0] == "_":
        return token
    if token[0] != '"':
        return Literal(token, next(kind for kind, bare in _BARE.items() if bare.fullmatch(token)))
    value, _, after = token[1:].rpartition('"')
    text = _UNESCAPED.sub(lambda m: _PLAIN.get(m.group(1), m.group(1)), value) if "\\" in value else value
    if after.startswith("@"):
        return Literal(text, RDF + "langString", after[1:])
    return Literal(text, after[3:-1]) if after else Literal(text)


def engine_term_of(token: str) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """The term as the embedded engine has it."""
    if token[0] == "<":
        return ox.NamedNode(token[1:-1])
    if token[0] == "_":
        return ox.BlankNode(token[2:])
    term = term_of(token)
    if not isinstance(term, Literal):
        raise ValueError(f"{token!r} is no term.")
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
