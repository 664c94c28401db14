"""Running a query on a base: with a time limit that holds, a row limit, and never half an answer."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from onrecord import errors
from onrecord.errors import OnRecordError, Place, QueryError
from onrecord.model import Term
from onrecord.sparql.evaluating import Line, Request, decode_term, evaluate, request_data
from onrecord.sparql.guard import check_prefixes, guard
from onrecord.store.layout import Layout
from onrecord.store.scope import Scope

LARGEST_ANSWER = 64_000_000
"""Bytes of an answer beyond which it is cut off."""
OPENING_SECONDS = 600.0
"""How long opening the index may take; building one takes seconds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer.

    Attributes:
        variables: the columns of a SELECT.
        rows: one tuple a row; None where a variable is unbound. Blank nodes are strings `_:label`.
        boolean: the answer of an ASK, else None.
        triples: what a CONSTRUCT or DESCRIBE gives, else None.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[tuple[str, str, Term], ...] | None = None

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows if self.triples is None else self.triples)


def run_here(store: ox.Store, request: Request) -> Answer:
    """Run a query in this process, without a time limit.

    Raises:
        QueryError: see `evaluate`.
    """
    return _answer(evaluate(store, request), request)


def run(layout: Layout, request: Request, seconds: float, scope: Scope | None = None) -> Answer:
    """Run a query on a base's index in a process of its own, which is killed when its time is over.

    Raises:
        QueryError: it is refused, does not parse, has too many rows, or takes too long.
        OnRecordError: the base cannot be read.
    """
    guard(request.text, request.name, request.base_iri)
    check_prefixes(request.text, request.name)
    scope = scope or Scope()
    data = {
        **request_data(request),
        "root": str(layout.root),
        "include": sorted(scope.include),
        "as_of": scope.as_of,
        "seconds": seconds,
    }
    return _answer(_lines(data, seconds, request), request)


def _lines(data: dict[str, Any], seconds: float, request: Request) -> Iterator[Line]:
    package = str(Path(errors.__file__).resolve().parents[1])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*(p for p in sys.path if p), package])}
    command = [sys.executable, "-P", "-m", "onrecord.sparql.worker"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        bufsize=0,
    ) as process:
        try:
            whole = _exchange(process, json.dumps(data).encode(), seconds)
        finally:
            process.kill()
    lines = [json.loads(line) for line in whole.splitlines()]
    if not lines or not isinstance(lines[-1], dict) or not {"end", "error"} & set(lines[-1]):
        raise _broken(process.returncode, request)
    yield from lines


def _exchange(process: subprocess.Popen[bytes], request: bytes, seconds: float) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise QueryError("The query's process has no pipes.")
    try:
        process.stdin.write(request)
        process.stdin.close()
    except BrokenPipeError:
        return b""
    chunks: list[bytes] = []
    size, deadline = 0, time.monotonic() + OPENING_SECONDS
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise _too_long(seconds)
            chunk = os.read(process.stdout.fileno(), 1 << 20)
            if not chunk:
                process.wait(1.0)
                return b"".join(chunks)
            if not chunks:
                deadline = time.monotonic() + seconds
            chunks.append(chunk)
            size += len(chunk)
            if size > LARGEST_ANSWER:
                raise QueryError(
                    f"The answer is larger than {LARGEST_ANSWER:,} bytes; none of it is shown.",
                    next_step="Add LIMIT to the query, or select fewer columns.",
                )


def _too_long(seconds: float) -> QueryError:
    return QueryError(
        f"The query was stopped after {seconds:g} seconds; nothing of its answer is shown.",
        next_step="Make it narrower, or give it more time with --timeout SECONDS.",
    )


def _broken(code: int | None, request: Request) -> QueryError:
    if code in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS):
        message = "The query took more memory than it may, or nests too deeply; it was stopped."
        return QueryError(message, place=Place(request.name), next_step="Make it narrower.")
    return QueryError(
        f"The query's process ended before its answer was whole (exit code {code}).",
        place=Place(request.name),
        next_step="Try again; if it happens again, make the query narrower.",
    )


def _answer(lines: Iterable[Line], request: Request) -> Answer:
    variables: tuple[str, ...] = ()
    boolean: bool | None = None
    triples = False
    rows: list[Any] = []
    for line in lines:
        if isinstance(line, list):
            rows.append(tuple(decode_term(term) for term in line))
        elif "error" in line:
            raise _raised(line)
        else:
            variables = tuple(line.get("variables", variables))
            boolean = line.get("boolean", boolean)
            triples = line.get("triples", triples)
    if triples:
        return Answer(triples=tuple(rows))
    return Answer(variables, tuple(rows), boolean)


def _raised(line: dict[str, Any]) -> OnRecordError:
    kind = getattr(errors, line["kind"], QueryError)
    place = Place(*line["place"]) if line["place"] else None
    error = kind(line["error"], place=place, next_step=line["next"])
    return error if isinstance(error, OnRecordError) else QueryError(line["error"])
