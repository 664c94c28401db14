"""The process that questions to a base run in, where they can be stopped: it holds the index open.

The engine cannot be told to stop, so a query runs where it can be killed. The process cuts itself off from
the network where the system lets it, bounds its own memory, and ends by itself when a command takes too long
and when the process that began it is gone. It reads one JSON object a line and answers with lines of JSON:

* first which base to open: `{"ready": version}`;
* `query`: `{"variables": [...]}`, `{"boolean": ...}` or `{"triples": true}`, and one list of terms a row;
* `explain` and `certify`: `{"explanations": {...}}` and `{"certificate": [...]}`, about the last answer,
  or about one that the command holds by value, which then counts as the last.

The last line is `{"end": count}`, or `{"error": message}` with its kind, place and next step; whatever ends
otherwise is not a whole answer.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.errors import OnRecordError
    from onrecord.sparql.evaluating import Request
    from onrecord.sparql.running import Answer

MEMORY = 3_000_000_000
"""Bytes of address space that the process may take."""
GRACE_SECONDS = 2.0
"""How much later than its parent the process notices that a command took too long."""
LONGEST_COMMAND = 200_000_000
OUT_OF_MEMORY = 3
"""The exit code of a process that could not get the memory it needed."""
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_ENCODER = json.JSONEncoder(separators=(",", ":"))
Command = dict[str, Any]
Line = dict[str, Any] | list[Any]


def leave_network() -> None:
    """Move to a network namespace without any interface; in vain where the system has none."""
    with contextlib.suppress(Exception):
        import ctypes

        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
            libc.unshare(_NEW_NETWORK)


def bound_memory() -> None:
    """Set a limit to the memory of this process; in vain where the system has none."""
    with contextlib.suppress(Exception):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if soft == resource.RLIM_INFINITY or soft > MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


class Worker:
    """A base held open, with the last answer that it gave.

    Raises:
        OnRecordError: the base cannot be read.
    """

    def __init__(self, opening: Command) -> None:
        from pathlib import Path

        from onrecord.sparql.engine import EmbeddedEngine
        from onrecord.store.index import open_version
        from onrecord.store.layout import Layout
        from onrecord.store.scope import Scope

        scope = Scope(frozenset(opening["include"]), opening["as_of"])
        base, self.version = open_version(Layout(Path(opening["root"])), scope)
        self.store = base.store
        self.engine = EmbeddedEngine(self.store, self.version, scope)
        self._number = 0
        self._request: Request | None = None
        self._lines: list[bytes] = []
        self._answer: Answer | None = None

    def lines(self, command: Command) -> Iterator[bytes]:
        """The lines that answer a command."""
        does: dict[str, Callable[[Command], Iterator[bytes]]] = {
            "query": self._query,
            "explain": self._explain,
            "certify": self._certify,
        }
        return does[command["do"]](command)

    def _query(self, command: Command) -> Iterator[bytes]:
        from onrecord.sparql.evaluating import evaluate, request_of

        request = request_of(command["request"])
        lines = []
        for line in evaluate(self.store, request):
            lines.append(encoded(line))
            yield lines[-1]
        self._keep(command["number"], request, lines)

    def _explain(self, command: Command) -> Iterator[bytes]:
        from onrecord.sparql.explaining import Caps, explain
        from onrecord.sparql.explanation_data import explanation_data

        request, answer = self._asked(command)
        caps = Caps(*command["caps"]) if command["caps"] else Caps()
        found = explain(self.engine, request, answer, command["wanted"], caps)
        yield encoded({"explanations": explanation_data(found)})
        yield encoded({"end": len(found)})

    def _certify(self, command: Command) -> Iterator[bytes]:
        from onrecord.sparql.certifying import certify
        from onrecord.sparql.explanation_data import explanation_of

        request, answer = self._asked(command)
        explanation = explanation_of(command["explanation"])[0]
        found = certify(self.engine, request, answer, command["index"], explanation)
        yield encoded({"certificate": [found.tried, found.held, found.note]})
        yield encoded({"end": 1})

    def _keep(self, number: int, request: Request, lines: list[bytes]) -> None:
        self._number, self._request, self._lines, self._answer = number, request, lines, None

    def _asked(self, command: Command) -> tuple[Request, Answer]:
        """The request and the answer that a command is about."""
        from onrecord.sparql.evaluating import request_of
        from onrecord.sparql.running import answer_of

        if command["number"] != self._number or self._request is None:
            lines = [encoded(line) for line in command.pop("lines")]
            self._keep(command["number"], request_of(command["request"]), lines)
            return self._asked(command)
        if self._answer is None:
            self._answer = answer_of(json.loads(line) for line in self._lines)
            self._lines = []
        return self._request, self._answer


def encoded(line: Line) -> bytes:
    """A line as it is sent."""
    return _ENCODER.encode(line).encode() + b"\n"


def serve(commands: Iterator[Command], out: IO[bytes]) -> None:
    """Open the base that the first command names, then answer the others; end where it cannot be read.

    Python looks for garbage after a command, among what is new, and not while it answers, which it would slow
    by a quarter.
    """
    from onrecord.errors import OnRecordError

    try:
        worker = Worker(next(commands))
    except OnRecordError as error:
        _send(out, [_error_line(error)])
        return
    _send(out, [encoded({"ready": worker.version})])
    gc.disable()
    gc.freeze()
    for command in commands:
        _end_after(command["seconds"] + GRACE_SECONDS)
        _send(out, _answered(worker, command))
        _end_after(0.0)
        gc.collect()
        gc.freeze()


def _answered(worker: Worker, command: Command) -> Iterator[bytes]:
    """The lines that answer a command, an error as the last of them."""
    from onrecord.errors import OnRecordError, QueryError

    try:
        yield from worker.lines(command)
    except OnRecordError as error:
        yield _error_line(error)
    except RecursionError:
        yield _error_line(QueryError("The query nests too deeply.", next_step="Make it simpler."))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        message = f"An unforeseen fault: {type(error).__name__}: {error}."
        yield _error_line(QueryError(message, next_step="Please report it together with the query."))


def _send(out: IO[bytes], lines: Iterable[bytes]) -> None:
    for line in lines:
        out.write(line)
    out.flush()


def _error_line(error: OnRecordError) -> bytes:
    place = error.place
    at = [place.file, place.line, place.column] if place else None
    return encoded(
        {"error": error.message, "kind": type(error).__name__, "place": at, "next": error.next_step}
    )


def _end_after(seconds: float) -> None:
    """Have the system end this process after a time, 0 for never; it needs no turn of Python's own."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _commands(stream: IO[bytes]) -> Iterator[Command]:
    """The commands of a stream; the process ends with the stream, also while it answers."""
    read: SimpleQueue[bytes] = SimpleQueue()

    def follow() -> None:
        while (line := stream.readline(LONGEST_COMMAND)).endswith(b"\n"):
            read.put(line)
        os._exit(0)

    threading.Thread(target=follow, daemon=True).start()
    while True:
        yield json.loads(read.get())


def main() -> None:
    """Serve the commands of standard input."""
    leave_network()
    bound_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with contextlib.suppress(BrokenPipeError):
        serve(_commands(sys.stdin.buffer), sys.stdout.buffer)
    os._exit(0)


if __name__ == "__main__":
    main()
