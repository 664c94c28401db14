"""The process that a stoppable query runs in: reads one request, writes the answer line by line.

The engine cannot be told to stop, so a query runs where it can be killed. The process cuts itself off from
the network where the system lets it, bounds its own memory, and ends by itself when its time is over, also
when the process that began it is gone. It speaks lines of JSON: `{"ready": true}` once the index is open,
`{"variables": [...]}`, `{"boolean": ...}` or `{"triples": true}`, one list of terms a row, and last
`{"end": rows}`; whatever ends otherwise is not a whole answer.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from typing import IO, Any

MEMORY = 3_000_000_000
"""Bytes of address space that the process may take."""
GRACE_SECONDS = 2.0
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


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


def serve(request: dict[str, Any], out: IO[bytes]) -> None:
    """Open the index, run the query, write the answer."""
    from pathlib import Path

    from onrecord.errors import OnRecordError
    from onrecord.sparql.evaluating import evaluate, request_of
    from onrecord.store.index import open_index
    from onrecord.store.layout import Layout
    from onrecord.store.scope import Scope

    def write(line: Any) -> None:
        out.write(json.dumps(line, separators=(",", ":")).encode() + b"\n")

    try:
        scope = Scope(frozenset(request["include"]), request["as_of"])
        store = open_index(Layout(Path(request["root"])), scope).store
        write({"ready": True})
        out.flush()
        _end_after(request["seconds"] + GRACE_SECONDS)
        for line in evaluate(store, request_of(request)):
            write(line)
    except OnRecordError as error:
        place = error.place
        at = [place.file, place.line, place.column] if place else None
        kind = type(error).__name__
        write({"error": error.message, "kind": kind, "place": at, "next": error.next_step})
    out.flush()


def _end_after(seconds: float) -> None:
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.daemon = True
    timer.start()


def main() -> None:
    """Serve one request from standard input."""
    leave_network()
    bound_memory()
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve(json.loads(sys.stdin.buffer.read()), sys.stdout.buffer)


if __name__ == "__main__":
    main()
