"""One change to a base at a time: an advisory lock that a killed process gives back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from onrecord.errors import FilingError, Place
from onrecord.store.layout import Layout
from onrecord.writing import STAGING_PREFIX

LOCK_NAME = ".onrecord.lock"
PATIENCE_SECONDS = 60.0


@contextmanager
def locked(layout: Layout, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the base's lock; what killed processes left half-written is removed first.

    The lock file holds the process id of its holder, for the message of those who wait in vain.

    Raises:
        FilingError: the bundled base, a folder that cannot be written, or no lock within `patience` seconds.
    """
    if layout.is_bundled:
        raise FilingError(
            "The shipped base is not to be written to.",
            place=Place(str(layout.root)),
            next_step="Make your own with 'onrecord init DIR', then name it with --kb DIR.",
        )
    path = layout.root / LOCK_NAME
    try:
        with FileLock(path, timeout=patience):
            path.write_text(f"{os.getpid()}\n", "ascii")
            _sweep(layout.facts)
            yield
    except Timeout:
        raise FilingError(
            f"Another process is changing the base (process {_holder(path)}).",
            place=Place(str(path)),
            next_step="Wait for it to end, then try again.",
        ) from None
    except PermissionError as error:
        raise FilingError(
            f"The base cannot be written to: {error.strerror}.", place=Place(str(path))
        ) from error


def _holder(path: Path) -> str:
    try:
        return path.read_text("ascii").strip() or "unknown"
    except OSError:
        return "unknown"


def _sweep(folder: Path) -> None:
    for left in folder.rglob(f"{STAGING_PREFIX}*"):
        left.unlink(missing_ok=True)
