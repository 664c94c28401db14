"""On which line of a Turtle or TriG file a subject, a graph, a property or a quotation stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
       |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<keyword>@(?:prefix|base)\b|\b(?:PREFIX|BASE|GRAPH)\b)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^)
    |(?P<name>[\w.-]*:(?:[\w\-:%]|\.(?=[\w\-:%]))*|_:\w+)
    |(?P<word>[\w+-]+(?:\.\w+)*)
    |(?P<mark>[{}\[\]();,.])""",
    re.VERBOSE | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@dataclass
class TurtleLines:
    """Lines by what stands on them; built by one pass over the tokens, tolerant of errors."""

    subjects: dict[str, int] = field(default_factory=dict)
    graphs: dict[str, int] = field(default_factory=dict)
    properties: dict[tuple[str, str], int] = field(default_factory=dict)
    literals: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> TurtleLines:
        """Read the lines of a document."""
        return _Reader(text).read()

    def line_of(self, subject: str, predicate: str = "", value: str = "") -> int | None:
        """The nearest line known: of the literal, of the property, of the subject, of the graph."""
        return (
            (self.literals.get((predicate, value)) if value else None)
            or self.properties.get((subject, predicate))
            or self.subjects.get(subject)
            or self.graphs.get(subject)
        )


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = TurtleLines()
        self.prefixes: dict[str, str] = {}
        self.subject = ""
        self.predicates: list[str] = []
        self.expect = "subject"

    def read(self) -> TurtleLines:
        tokens = self._tokens()
        for kind, value, line in tokens:
            if kind == "keyword":
                self._directive(value.lower(), tokens)
            elif kind == "mark":
                self._mark(value, line)
            elif kind != "tag":
                self._term(kind, value, line)
        return self.lines

    def _tokens(self) -> Iterator[tuple[str, str, int]]:
        line, at = 1, 0
        for match in _TOKEN.finditer(self.text):
            line += self.text.count("\n", at, match.start())
            at = match.start()
            if match.lastgroup and match.lastgroup != "comment":
                yield match.lastgroup, match.group(), line

    def _directive(self, keyword: str, tokens: Iterator[tuple[str, str, int]]) -> None:
        if keyword in ("@prefix", "prefix"):
            name, iri = next(tokens, None), next(tokens, None)
            if name and iri:
                self.prefixes[name[1].removesuffix(":")] = iri[1].strip("<>")
        elif keyword == "graph":
            self.expect = "subject"

    def _mark(self, mark: str, line: int) -> None:
        if mark == "{":
            if self.subject:
                self.lines.graphs.setdefault(self.subject, line)
                if self.lines.subjects.get(self.subject) == line:
                    del self.lines.subjects[self.subject]
            self._start_statement()
        elif mark in ".}":
            self._start_statement()
        elif mark == "[":
            self.predicates.append("")
            self.expect = "predicate"
        elif mark == "]":
            if self.predicates:
                self.predicates.pop()
            self.expect = "object"
        elif mark == ";":
            self.expect = "predicate"

    def _start_statement(self) -> None:
        self.subject, self.predicates, self.expect = "", [], "subject"

    def _term(self, kind: str, value: str, line: int) -> None:
        if self.expect == "subject":
            self.subject = self._iri(kind, value)
            self.lines.subjects.setdefault(self.subject, line)
            self.predicates, self.expect = [""], "predicate"
        elif self.expect == "predicate":
            if not self.predicates:
                self.predicates = [""]
            self.predicates[-1] = self._iri(kind, value)
            if len(self.predicates) == 1:
                self.lines.properties.setdefault((self.subject, self.predicates[-1]), line)
            self.expect = "object"
        elif kind == "string" and self.predicates:
            self.lines.literals.setdefault((self.predicates[-1], _unquote(value)), line)

    def _iri(self, kind: str, value: str) -> str:
        if kind == "iri":
            return value[1:-1]
        prefix, _, local = value.partition(":")
        return self.prefixes.get(prefix, prefix + ":") + local


def _unquote(value: str) -> str:
    size = 3 if value[:3] in ('"""', "'''") else 1
    inner = value[size:-size]
    return _ESCAPE.sub(_unescape, inner) if "\\" in inner else inner


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    if code[0] in "uU" and len(code) > 1:
        return chr(min(int(code[1:], 16), 0x10FFFF))
    return _ESCAPED.get(code, code)
