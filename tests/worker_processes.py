"""The worker processes of a process, and how much memory one takes: read from /proc."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

PROC = Path("/proc")
needs_proc = pytest.mark.skipif(not (PROC / "self/stat").exists(), reason="this system has no /proc")


def workers(parent: int | None = None) -> set[int]:
    """The worker processes that a process (or this one) began and that still run."""
    wanted = parent or os.getpid()
    return {pid for pid in _processes() if _parent(pid) == wanted and is_worker(pid)}


def is_worker(pid: int) -> bool:
    """Whether a process runs and is a worker."""
    try:
        return b"onrecord.sparql.worker" in (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return False


def is_gone(pid: int, seconds: float = 5.0) -> bool:
    """Whether a worker process is gone within some seconds."""
    deadline = time.monotonic() + seconds
    while is_worker(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _processes() -> Iterator[int]:
    yield from (int(folder.name) for folder in PROC.iterdir() if folder.name.isdigit())


def _parent(pid: int) -> int:
    try:
        return int((PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@dataclass
class Peak:
    """The most memory that worker processes were seen to take."""

    resident: int = 0
    seen: int = 0

    def look(self) -> None:
        """Look at the workers that run now."""
        for pid in workers():
            with suppress(OSError, StopIteration, ValueError):
                lines = (PROC / str(pid) / "status").read_text().splitlines()
                line = next(line for line in lines if line.startswith("VmHWM:"))
                self.resident = max(self.resident, int(line.split()[1]) * 1024)
                self.seen += 1


@contextmanager
def watched() -> Iterator[Peak]:
    """Look at the workers' memory all the while, in a thread of its own."""
    peak, over = Peak(), threading.Event()

    def follow() -> None:
        while not over.wait(0.02):
            peak.look()

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()
