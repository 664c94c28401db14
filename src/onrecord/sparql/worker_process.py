"""A worker process as its parent sees it: started, asked, and killed when its time is over."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from onrecord import errors
from onrecord.errors import OnRecordError, QueryError
from onrecord.sparql import running
from onrecord.sparql.worker import OUT_OF_MEMORY, Line, encoded

OPENING_SECONDS = 600.0
"""How long opening the index may take; building one takes seconds."""
_LAST = (b'{"end":', b'{"error":', b'{"ready":')
"""What the last line of an answer begins with."""
_KILLED_FOR_MEMORY = (OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS)
_DOING = {
    "open": ("Opening the index", "Try again"),
    "query": ("The query", "Make it narrower"),
    "explain": ("Explaining the answer", "Explain fewer rows"),
    "certify": ("Certifying a row", "Certify fewer rows"),
}
"""By what was asked for: how messages begin, and what would be less."""


class WorkerProcess:
    """A process that holds a base open; for one command at a time.

    Attributes:
        version: which state of the base it holds.

    Raises:
        OnRecordError: the base cannot be read.
    """

    def __init__(self, opening: dict[str, Any]) -> None:
        package = str(Path(errors.__file__).resolve().parents[1])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*(p for p in sys.path if p), package])}
        self._owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "onrecord.sparql.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            bufsize=0,
        )
        try:
            self.version: str = self._exchange("open", opening, OPENING_SECONDS)[-1]["ready"]
        except BaseException:
            self.end()
            raise

    @property
    def is_ours(self) -> bool:
        """Whether it runs, and was started by this process and not by one that this one was forked from."""
        return self._owner == os.getpid() and self._process.poll() is None

    def ask(self, do: str, command: dict[str, Any], seconds: float) -> list[Any]:
        """The lines that answer a command.

        Raises:
            QueryError: it takes too long, or its answer is too large or not whole; the process is over.
            OnRecordError: the one that the worker answers with.
        """
        return self._exchange(do, {"do": do, "seconds": seconds, **command}, seconds)

    def end(self) -> None:
        """Kill it and wait for its end; nothing where another process started it."""
        if self._owner != os.getpid():
            return
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def _exchange(self, do: str, command: Line, seconds: float) -> list[Any]:
        try:
            self._write(encoded(command), do, seconds)
            lines: list[Any] = json.loads(b"[%b]" % b",".join(self._read(do, seconds).splitlines()))
        except BaseException:
            self.end()
            raise
        if "error" in lines[-1]:
            raise running.raised(lines[-1])
        return lines

    def _write(self, data: bytes, do: str, seconds: float) -> None:
        left = memoryview(data)
        try:
            while left and self._process.stdin is not None:
                left = left[self._process.stdin.write(left) :]
        except BrokenPipeError:
            raise self._broken(do, seconds) from None

    def _read(self, do: str, seconds: float) -> bytes:
        """What the process writes up to a whole last line."""
        read, deadline = bytearray(), time.monotonic() + seconds
        line_start = 0
        with selectors.DefaultSelector() as selector:
            selector.register(self._output, selectors.EVENT_READ)
            while True:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise _too_long(do, seconds)
                chunk = os.read(self._output, 1 << 20)
                if not chunk:
                    raise self._broken(do, seconds)
                read += chunk
                if len(read) > running.LARGEST_ANSWER:
                    raise _too_large(do)
                line_start = max(line_start, read.rfind(b"\n", line_start, -1) + 1)
                if read.endswith(b"\n") and read.startswith(_LAST, line_start):
                    return bytes(read)

    @property
    def _output(self) -> int:
        if self._process.stdout is None:
            raise QueryError("The worker process has no pipes.")
        return self._process.stdout.fileno()

    def _broken(self, do: str, seconds: float) -> OnRecordError:
        """Why the process ended before its answer was whole."""
        try:
            code = self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            code = 0
        doing, less = _DOING[do]
        if code == -signal.SIGALRM:
            return _too_long(do, seconds)
        if code in _KILLED_FOR_MEMORY:
            message = f"{doing} took more memory than it may, or nests too deeply; it was stopped."
            return QueryError(message, next_step=f"{less}.")
        return QueryError(
            f"The query's process ended before its answer was whole (exit code {code}).",
            next_step="Try again; if it happens again, make the query narrower.",
        )


def _too_long(do: str, seconds: float) -> QueryError:
    doing, less = _DOING[do]
    nothing = "; nothing of its answer is shown" if do == "query" else ""
    return QueryError(
        f"{doing} was stopped after {seconds:g} seconds{nothing}.",
        next_step=f"{less}, or give it more time with --timeout SECONDS." if do != "open" else f"{less}.",
    )


def _too_large(do: str) -> QueryError:
    what = "explanation" if do == "explain" else "answer"
    return QueryError(
        f"The {what} is larger than {running.LARGEST_ANSWER:,} bytes; none of it is shown.",
        next_step="Add LIMIT to the query, or select fewer columns."
        if do == "query"
        else f"{_DOING[do][1]}.",
    )
