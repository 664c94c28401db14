"""Witness queries as they are sent: prologue, dataset, constants in one spelling, rows restricted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from onrecord.sparql.engine import Engine, Table
from onrecord.sparql.guard import declared_prefixes, undeclared_prefixes
from onrecord.sparql.patterns import Query
from onrecord.sparql.tokens import tokens

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\\>]*>")
_PREFIXED = re.compile(r"([^:]*):([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")


class Asker:
    """Sends the witness queries of one query to an engine."""

    def __init__(self, engine: Engine, query: Query, text: str, base_iri: str) -> None:
        self.engine = engine
        self.dataset = query.dataset
        self.prologue = f"{undeclared_prefixes(text, base_iri)}{query.prologue}\n"
        self.prefixes = declared_prefixes(list(tokens(query.prologue)), base_iri)
        self._constants: dict[str, str] = {}
        self.sources = frozenset(iri[1:-1] for iri in self.canonical(query.sources).values())

    def select(
        self, columns: Iterable[str], pattern: str, after: str = "", blanks: Mapping[str, str] | None = None
    ) -> Table:
        """The solutions of a pattern: `columns` of them, at least one."""
        shown = " ".join(dict.fromkeys(columns)) or "?_none"
        text = f"{self.prologue}SELECT {shown} {self.dataset} WHERE {{ {pattern} }}{after}"
        return self.engine.select(text, blanks)

    def raw(self, select: str, blanks: Mapping[str, str] | None = None) -> Table:
        """The answer of a SELECT that has everything but its prologue."""
        return self.engine.select(f"{self.prologue}{select}", blanks)

    def canonical(self, constants: Iterable[str]) -> dict[str, str]:
        """Constants of the query by how it writes them, as the engine writes them."""
        wanted = list(dict.fromkeys(constants))
        unknown = []
        for text in wanted:
            if text in self._constants:
                continue
            simple = self._simple(text)
            if simple:
                self._constants[text] = simple
            else:
                unknown.append(text)
        if unknown:
            self._ask_for(unknown)
        return {text: self._constants[text] for text in wanted}

    def _simple(self, text: str) -> str:
        """What needs no engine: absolute IRIs and plain prefixed names; "" for anything else."""
        if text[:1] == "<":
            return text if _ABSOLUTE.fullmatch(text) else ""
        if text[:2] == "_:" or text[:1] in ("?", "[", ""):
            return text
        named = _PREFIXED.fullmatch(text)
        namespace = self.prefixes.get(named[1]) if named is not None else None
        if named is None or namespace is None or not _ABSOLUTE.fullmatch(f"<{namespace}>"):
            return ""
        return f"<{namespace}{named[2] or ''}>"

    def _ask_for(self, unknown: Sequence[str]) -> None:
        names = [f"?_c{i}" for i in range(len(unknown))]
        binds = " ".join(f"BIND({text} AS {name})" for text, name in zip(unknown, names, strict=True))
        row = self.select(names, binds).rows[0]
        self._constants.update(zip(unknown, row, strict=True))


def values(variables: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A VALUES block; what is unbound or a blank node leaves the variable free.

    >>> values(["?a", "?b"], [("<x:1>", ""), ("_:b", "2")])
    'VALUES (?a ?b) { (<x:1> UNDEF) (UNDEF 2) }'
    """
    written = " ".join("(" + " ".join(_value(t) for t in row) + ")" for row in rows)
    return f"VALUES ({' '.join(variables)}) {{ {written} }}"


def _value(token: str) -> str:
    return token if token and token[0] != "_" else "UNDEF"
