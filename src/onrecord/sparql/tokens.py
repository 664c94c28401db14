"""SPARQL queries as tokens with their places: for guarding a query and for saying where it goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from onrecord.errors import Place, QueryError


class Kind(StrEnum):
    """What a token is; words are keywords, `a`, `true` or `false`."""

    IRI = "an IRI"
    NAME = "a prefixed name"
    NAMESPACE = "a prefix"
    VARIABLE = "a variable"
    BLANK = "a blank node"
    STRING = "a string"
    LANGUAGE = "a language tag"
    INTEGER = "a whole number"
    NUMBER = "a number"
    SIGNED = "a signed number"
    WORD = "a word"
    NIL = "()"
    ANON = "[]"
    SIGN = "a sign"
    END = "the end of the query"


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind, its text, and its offset in the query."""

    kind: Kind
    text: str
    offset: int

    @property
    def word(self) -> str:
        """A word in capitals; "" for every other token."""
        return self.text.upper() if self.kind is Kind.WORD else ""


_NAME_START = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
)
_NAME_START += r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
_VARIABLE = rf"{_NAME_START}_0-9\u00B7\u0300-\u036F\u203F-\u2040"
_INNER = rf"{_VARIABLE}\-"
_PREFIX = rf"(?:[{_NAME_START}](?:[{_INNER}]|\.+(?=[{_INNER}])){{0,60}}+)?"
_LOCAL_CHAR = rf"(?:[{_INNER}:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"
_LOCAL = rf"{_LOCAL_CHAR}(?:(?:{_LOCAL_CHAR}|\.)*{_LOCAL_CHAR})?"
_EXPONENT = r"[eE][+-]?[0-9]+"
_NUMBER = rf"(?:[0-9]+\.[0-9]*{_EXPONENT}|\.[0-9]+{_EXPONENT}|[0-9]+{_EXPONENT}|[0-9]*\.[0-9]+)"
_SPACE = r"(?:[\x20\t\r\n]++|#[^\r\n]*+)"
_TOKEN = re.compile(
    rf"(?P<space>{_SPACE}++)"
    r"|(?P<IRI><[^<>\"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]{4,8}[^<>\"{}|^`\\\x00-\x20]*)*>)"
    r'|(?P<STRING>"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r'|"(?!"")(?:[^"\\\n\r]|\\.)*"'
    r"|'(?!'')(?:[^'\\\n\r]|\\.)*')"
    rf"|(?P<VARIABLE>[?$][{_VARIABLE}]+)"
    rf"|(?P<BLANK>_:[{_INNER}](?:[{_INNER}.]*[{_INNER}])?)"
    rf"|(?P<NAME>{_PREFIX}:{_LOCAL})"
    rf"|(?P<NAMESPACE>{_PREFIX}:)"
    r"|(?P<LANGUAGE>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    rf"|(?P<SIGNED>[+-](?:{_NUMBER}|[0-9]+))"
    rf"|(?P<NUMBER>{_NUMBER})"
    r"|(?P<INTEGER>[0-9]+)"
    r"|(?P<WORD>[A-Za-z_][A-Za-z0-9_]*)"
    rf"|(?P<NIL>\({_SPACE}*+\))"
    rf"|(?P<ANON>\[{_SPACE}*+\])"
    r"|(?P<SIGN>\^\^|\|\||&&|!=|<=|>=|[{}()\[\].;,*/|^?+!=<>&-])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def tokens(query: str, name: str = "query") -> Iterator[Token]:
    """The tokens of a query, white space and comments left out, an END token last; `name` is for messages.

    Raises:
        QueryError: a character that no token begins with, or a string that is never closed.
    """
    at = 0
    while at < len(query):
        match = _TOKEN.match(query, at)
        if match is None:
            raise _no_token(query, at, name)
        if match.lastgroup and match.lastgroup != "space":
            yield Token(Kind[match.lastgroup], match.group(), at)
        at = match.end()
    yield Token(Kind.END, "", len(query))


def decoded(query: str) -> str:
    r"""A query with its codepoint escapes resolved (SPARQL 1.1, section 19.2).

    >>> decoded(r"\u0053ERVICE")
    'SERVICE'
    """

    def character(match: re.Match[str]) -> str:
        code = int(match.group(1) or match.group(2), 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match.group()

    return _ESCAPE.sub(character, query)


def place_of(query: str, offset: int, name: str) -> Place:
    """The line and column, from 1, of an offset in a query."""
    start = query.rfind("\n", 0, offset) + 1
    return Place(name, query.count("\n", 0, offset) + 1, offset - start + 1)


def shown(query: str, offset: int) -> str:
    """The line at an offset with a mark under the place, each on a line of its own.

    >>> print(shown("SELECT ?s {" + chr(10) + "  ?s foo }", 17))
        |   ?s foo }
        |      ^
    """
    start = query.rfind("\n", 0, offset) + 1
    end = query.find("\n", offset)
    line = query[start : end if end >= 0 else len(query)]
    column = offset - start
    left = max(0, column - 60)
    line = line[left : left + 100].replace("\t", " ").rstrip("\r")
    return f"    | {line}\n    | {' ' * (column - left)}^"


def _no_token(query: str, at: int, name: str) -> QueryError:
    char = query[at]
    if char in "\"'":
        return QueryError(
            f"A string opened with {char} is never closed.",
            place=place_of(query, at, name),
            next_step="Close it; a string over several lines needs three quotation marks on both sides."
            f"\n{shown(query, at)}",
        )
    return QueryError(
        f"{char!r} has no meaning in SPARQL here.",
        place=place_of(query, at, name),
        next_step=f"Remove it, or put it into a string.\n{shown(query, at)}",
    )
