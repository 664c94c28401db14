"""Strict readers of the two languages that flows are written in: DOT by its grammar, Mermaid by its lines."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)|(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<number>-?(?:\.\d+|\d+(?:\.\d*)?))"""
    r"""|(?P<name>[A-Za-z_\u0080-\uffff][\w]*)|(?P<sign>->|[{}\[\];,=])""",
    re.DOTALL,
)
KEYWORDS = {"node", "edge", "graph", "digraph", "subgraph", "strict"}


@dataclass
class Graph:
    """What was read: labels of nodes by name, and arrows."""

    nodes: dict[str, str] = field(default_factory=dict)
    edges: list[tuple[str, str]] = field(default_factory=list)


class DotReader:
    """A recursive reader of https://graphviz.org/doc/info/lang.html, subgraphs and ports apart."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            assert match is not None, f"no token: {text[at : at + 40]!r}"
            if match.lastgroup != "space":
                self.tokens.append((str(match.lastgroup), match[0]))
            at = match.end()
        self.at = 0
        self.graph = Graph()

    def take(self, *expected: str) -> str:
        kind, token = self.tokens[self.at]
        assert kind in expected or token in expected, f"{token!r} in the place of {expected}"
        self.at += 1
        return token

    def is_next(self, *expected: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at][1] in expected

    def read(self) -> Graph:
        self.take("digraph")
        self.id_()
        self.take("{")
        while not self.is_next("}"):
            self.statement()
            self.take(";")
        self.take("}")
        assert self.at == len(self.tokens), "something follows the graph"
        return self.graph

    def statement(self) -> None:
        if self.is_next("graph", "node", "edge"):
            self.take("name")
            self.attributes()
            return
        first = self.id_()
        if self.is_next("="):
            self.take("=")
            self.id_()
        elif self.is_next("->"):
            self.take("->")
            self.graph.edges.append((first, self.id_()))
            self.attributes()
        else:
            self.graph.nodes[first] = self.attributes().get("label", "")

    def attributes(self) -> dict[str, str]:
        found = {}
        self.take("[")
        while not self.is_next("]"):
            name = self.id_()
            self.take("=")
            found[name] = self.id_()
            if not self.is_next("]"):
                self.take(",")
        self.take("]")
        return found

    def id_(self) -> str:
        token = self.take("name", "number", "quoted")
        assert token.lower() not in KEYWORDS, f"a keyword as a name: {token}"
        return token


def read_dot(text: str) -> Graph:
    """Read a graph in DOT; an AssertionError where it breaks the grammar."""
    return DotReader(text).read()


_LABEL = r'"[^"`<>\n]*(?:<br/>[^"`<>\n]*)*"'
_LINES = {
    "party": re.compile(rf"  (p\d+)\(\[({_LABEL})\]\)"),
    "referral": re.compile(rf"  (r\d+)\[({_LABEL})\]"),
    "style": re.compile(
        r"  style r\d+ fill:#[0-9a-f]{3},color:#[0-9a-f]{6},stroke:#[0-9a-f]{6},stroke-width:[\d.]+px(?:,.*)?"
    ),
    "from": re.compile(r"  (p\d+) --- (r\d+)"),
    "to": re.compile(r'  (r\d+) -->(?:\|"one of"\|)? (p\d+)'),
    "link": re.compile(
        r"  linkStyle \d+ stroke:#[0-9a-f]{6},stroke-width:[\d.]+px(?:,stroke-dasharray:[\d ]+)?"
    ),
    "comment": re.compile(r"%% [^{}\n]*"),
}


def read_mermaid(text: str) -> Graph:
    """Read a flowchart of ours; an AssertionError where a line is none that Mermaid reads as it is meant."""
    start, title, end, kind, *lines = text.removesuffix("\n").split("\n")
    assert (start, end, kind) == ("---", "---", "flowchart LR")
    assert title.startswith("title: ") and json.loads(title.removeprefix("title: "))
    graph = Graph()
    for line in lines:
        name, match = next(((n, m) for n, p in _LINES.items() if (m := p.fullmatch(line))), ("", None))
        assert match is not None, f"no line of a flowchart: {line!r}"
        if name in ("party", "referral"):
            assert re.fullmatch(r"[^#;]*(?:#\d+;[^#;]*)*", match[2]), f"a sign that is not escaped: {line!r}"
            graph.nodes[match[1]] = match[2]
        elif name in ("from", "to"):
            graph.edges.append((match[1], match[2]))
    return graph
