"""Sessions: a base held open by a process that answers question after question and can be stopped."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from onrecord.errors import QueryError
from onrecord.sparql.evaluating import Request, request_data
from onrecord.sparql.explanation_data import explanation_data, explanation_of
from onrecord.sparql.guard import check_prefixes, guard
from onrecord.sparql.running import Answer, answer_of, lines_of
from onrecord.sparql.worker_process import WorkerProcess
from onrecord.store.layout import Layout
from onrecord.store.scope import Scope

if TYPE_CHECKING:
    from onrecord.sparql.certifying import Certificate
    from onrecord.sparql.explaining import Caps
    from onrecord.sparql.explanation import Explanation

KEPT_SESSIONS = 2


class Session:
    """One scope of a base, asked in a process of its own.

    The process is started by the first question and sees the base as it was then, until it is closed. It is
    killed when a question takes too long; the next one starts another. Threads take turns.
    """

    def __init__(self, layout: Layout, scope: Scope | None = None) -> None:
        scope = scope or Scope()
        self._opening = {
            "root": str(layout.root),
            "include": sorted(scope.include),
            "as_of": scope.as_of,
        }
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._last = 0
        """The number of the answer that the process still holds."""
        self._process: WorkerProcess | None = None
        self._ending: weakref.finalize[Any, Any] | None = None
        self._is_closed = False

    def query(self, request: Request, seconds: float) -> Answer:
        """The whole answer to a request.

        Raises:
            QueryError: it is refused, does not parse, has too many rows, or takes too long.
            OnRecordError: the base cannot be read.
        """
        guard(request.text, request.name, request.base_iri)
        check_prefixes(request.text, request.name)
        number = next(self._numbers)
        with self._turn() as process:
            command = {"number": number, "request": request_data(request)}
            lines = process.ask("query", command, seconds)
            self._last = number
        return answer_of(lines, AskedThere(self, request, seconds, number, process.version))

    def ask(self, do: str, asked: AskedThere, answer: Answer, command: dict[str, Any]) -> list[Any]:
        """The lines that answer a command about an answer that this session gave.

        Raises:
            QueryError: it takes too long, or the base has changed since.
            OnRecordError: the base cannot be read.
        """
        with self._turn() as process:
            if process.version != asked.version:
                raise QueryError(
                    "The base has changed since the answer was given.", next_step="Ask it again."
                )
            about: dict[str, Any] = {"number": asked.number}
            if asked.number != self._last:
                about |= {"request": request_data(asked.request), "lines": list(lines_of(answer))}
            self._last = 0
            lines = process.ask(do, about | command, asked.seconds)
            self._last = asked.number
        return lines

    def close(self) -> None:
        """End the process, now or when its turn is over.

        Answers that the session gave can still be explained, each time by a process that ends afterwards.
        """
        self._is_closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._stop()
            finally:
                self._lock.release()

    @contextmanager
    def _turn(self) -> Iterator[WorkerProcess]:
        try:
            with self._lock:
                yield self._running()
        finally:
            if self._is_closed:
                self.close()

    def _running(self) -> WorkerProcess:
        if self._process is not None and self._process.is_ours:
            return self._process
        self._stop()
        self._process = WorkerProcess(self._opening)
        self._ending = weakref.finalize(self, self._process.end)
        return self._process

    def _stop(self) -> None:
        if self._ending is not None:
            self._ending()
        self._process, self._ending, self._last = None, None, 0


@dataclass(frozen=True)
class AskedThere:
    """What an answer came from: a session, and the state of the base that it held then."""

    session: Session
    request: Request
    seconds: float
    number: int
    version: str

    def explain(self, answer: Answer, wanted: Sequence[int] | None, caps: Caps | None) -> list[Explanation]:
        """What the rows wanted rest on, looked up by the session."""
        command = {
            "wanted": None if wanted is None else list(wanted),
            "caps": astuple(caps) if caps else None,
        }
        lines = self.session.ask("explain", self, answer, command)
        return explanation_of(lines[0]["explanations"])

    def certify(self, answer: Answer, index: int, explanation: Explanation) -> Certificate:
        """What becomes of the query over a row's claims alone, run by the session."""
        from onrecord.sparql.certifying import Certificate

        command = {"index": index, "explanation": explanation_data([explanation])}
        lines = self.session.ask("certify", self, answer, command)
        return Certificate(*lines[0]["certificate"])


@dataclass
class Sessions:
    """The sessions of one base, one a scope; the last few of them stay open."""

    layout: Layout
    _open: dict[Scope, Session] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, scope: Scope) -> Session:
        """The session of a scope."""
        with self._lock:
            session = self._open.pop(scope, None) or Session(self.layout, scope)
            self._open[scope] = session
            while len(self._open) > KEPT_SESSIONS:
                self._open.pop(next(iter(self._open))).close()
            return session

    def close(self) -> None:
        """Close every session; the next question opens the base anew."""
        with self._lock:
            for session in self._open.values():
                session.close()
            self._open.clear()
