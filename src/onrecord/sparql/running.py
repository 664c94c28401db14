"""Answers: whole or none, row by row, and able to say what each row rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any, Protocol, SupportsIndex, overload

import pyoxigraph as ox

from onrecord import errors
from onrecord.errors import OnRecordError, Place, QueryError
from onrecord.model import Term
from onrecord.sparql.evaluating import Line, Request, decode_term, encode_term, evaluate

if TYPE_CHECKING:
    from onrecord.sparql.certifying import Certificate
    from onrecord.sparql.engine import Engine
    from onrecord.sparql.explaining import Caps
    from onrecord.sparql.explanation import Explanation
    from onrecord.store.scope import Scope

LARGEST_ANSWER = 64_000_000
"""Bytes of an answer beyond which it is cut off."""
TRIPLE = ("subject", "predicate", "object")
"""The columns of a CONSTRUCT or DESCRIBE."""


class Origin(Protocol):
    """What an answer came from, and can be explained by: a state of a base."""

    def explain(self, answer: Answer, wanted: Sequence[int] | None, caps: Caps | None) -> list[Explanation]:
        """What the rows wanted rest on, one explanation each; see `explaining.explain`."""

    def certify(self, answer: Answer, index: int, explanation: Explanation) -> Certificate:
        """What becomes of the query over the claims of a row's explanation alone."""


class Row(tuple[Term | None, ...]):
    """One row of an answer, or one triple: a tuple of terms that also knows its columns.

    `row["x"]` and `row.x` are the term of the column x; a column that is called like something that a tuple
    has (`count`, `index`) is read as `row["count"]`.
    """

    _answer: Answer
    _index: int

    @classmethod
    def of(cls, answer: Answer, index: int, terms: Iterable[Term | None]) -> Row:
        """The row at an index of an answer."""
        row = cls(terms)
        row._answer, row._index = answer, index
        return row

    @overload
    def __getitem__(self, key: SupportsIndex | str) -> Term | None: ...

    @overload
    def __getitem__(self, key: slice) -> tuple[Term | None, ...]: ...

    def __getitem__(self, key: SupportsIndex | slice | str) -> Term | tuple[Term | None, ...] | None:
        """The term of a column, by name or number."""
        if not isinstance(key, str):
            return super().__getitem__(key)
        if key not in self._answer.columns:
            raise KeyError(key)
        return super().__getitem__(self._answer.columns.index(key))

    def __getattr__(self, name: str) -> Term | None:
        """The term of a column."""
        if "_answer" not in self.__dict__ or name not in self._answer.columns:
            raise AttributeError(f"The answer has no column {name!r}.")
        return self[name]

    def asdict(self) -> dict[str, Term]:
        """The terms by column, the unbound ones left out."""
        pairs = zip(self._answer.columns, self, strict=True)
        return {name: term for name, term in pairs if term is not None}

    def explain(self) -> Explanation:
        """What the row rests on; for many rows, `Answer.explain` is quicker.

        Raises:
            QueryError: see `Answer.explain`.
        """
        return self._answer.explain([self._index])[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer.

    Attributes:
        variables: the columns of a SELECT.
        rows: one tuple a row; None where a variable is unbound. Blank nodes are strings `_:label`.
        boolean: the answer of an ASK, else None.
        triples: what a CONSTRUCT or DESCRIBE gives, else None.
        origin: what it came from; no part of what it says.
        seconds: how long the engine took; infinite where that is not known.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[tuple[str, str, Term], ...] | None = None
    origin: Origin | None = field(default=None, compare=False, repr=False)
    seconds: float = field(default=inf, compare=False, repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of what a row holds: the variables, or the three parts of a triple."""
        return self.variables if self.triples is None else TRIPLE

    def __iter__(self) -> Iterator[Row]:
        for index, terms in enumerate(self.rows if self.triples is None else self.triples):
            yield Row.of(self, index, terms)

    def __len__(self) -> int:
        return len(self.rows if self.triples is None else self.triples)

    def explain(self, wanted: Sequence[int] | None = None, caps: Caps | None = None) -> list[Explanation]:
        """What the rows (or triples) at some indexes rest on, or all of them; one explanation for an ASK.

        Raises:
            IndexError: the answer has no such row.
            QueryError: it takes too long, or the base has changed since.
        """
        count = len(self) if self.boolean is None else 1
        outside = [index for index in wanted or () if not 0 <= index < count]
        if outside:
            raise IndexError(f"The answer has no row {outside[0]}.")
        return self._origin().explain(self, wanted, caps)

    def certify(self, index: int, explanation: Explanation) -> Certificate:
        """Whether the row at an index follows from the claims of its explanation alone.

        Raises:
            QueryError: it takes too long, or the base has changed since.
        """
        return self._origin().certify(self, index, explanation)

    def _origin(self) -> Origin:
        if self.origin is None:
            raise QueryError(
                "This answer does not know the base that it came from, and cannot be explained.",
                next_step="Ask the base again.",
            )
        return self.origin


@dataclass(frozen=True)
class Asked:
    """What an answer came from: a request to an engine that this process may ask again."""

    engine: Engine
    request: Request

    def explain(self, answer: Answer, wanted: Sequence[int] | None, caps: Caps | None) -> list[Explanation]:
        """What the rows wanted rest on, looked up in this process."""
        from onrecord.sparql.explaining import Caps, explain

        return explain(self.engine, self.request, answer, wanted, caps or Caps())

    def certify(self, answer: Answer, index: int, explanation: Explanation) -> Certificate:
        """What becomes of the query over a row's claims alone, run in this process."""
        from onrecord.sparql.certifying import certify

        return certify(self.engine, self.request, answer, index, explanation)


def run_here(store: ox.Store, request: Request, scope: Scope | None = None) -> Answer:
    """Run a query in this process, without a time limit; `scope` is what the store was made for.

    Raises:
        QueryError: see `evaluate`.
    """
    from onrecord.sparql.engine import EmbeddedEngine

    return answer_of(evaluate(store, request), Asked(EmbeddedEngine(store, "", scope), request))


def answer_of(lines: Iterable[Line], origin: Origin | None = None) -> Answer:
    """The answer that lines hold; see worker.py for the lines.

    Raises:
        OnRecordError: the error that one of them holds.
    """
    variables: tuple[str, ...] = ()
    boolean: bool | None = None
    triples = False
    seconds = inf
    rows: list[Any] = []
    for line in lines:
        if isinstance(line, list):
            rows.append(tuple(decode_term(term) for term in line))
        elif "error" in line:
            raise raised(line)
        else:
            variables = tuple(line.get("variables", variables))
            boolean = line.get("boolean", boolean)
            triples = line.get("triples", triples)
            seconds = line.get("seconds", seconds)
    if triples:
        return Answer(triples=tuple(rows), origin=origin, seconds=seconds)
    return Answer(variables, tuple(rows), boolean, origin=origin, seconds=seconds)


def lines_of(answer: Answer) -> Iterator[Line]:
    """An answer as lines, the one that ends them left out."""
    if answer.boolean is not None:
        yield {"boolean": answer.boolean}
    else:
        yield {"variables": answer.variables} if answer.triples is None else {"triples": True}
    for terms in answer.rows if answer.triples is None else answer.triples:
        yield [encode_term(term) for term in terms]


def raised(line: dict[str, Any]) -> OnRecordError:
    """The error that a line holds."""
    kind = getattr(errors, line["kind"], QueryError)
    place = Place(*line["place"]) if line["place"] else None
    error = kind(line["error"], place=place, next_step=line["next"])
    return error if isinstance(error, OnRecordError) else QueryError(line["error"])
