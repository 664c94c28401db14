"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from onrecord.errors import FilingError, Place

STAGING_PREFIX = ".onrecord-"


def write_whole(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write a file so that a reader, a crash or a full disk never leaves half of it.

    Raises:
        FilingError: it could not be written, or it exists and `replace` is false.
    """
    staging = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, staging = tempfile.mkstemp(prefix=STAGING_PREFIX, dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(staging).chmod(0o644)
        if replace:
            Path(staging).replace(path)
        else:
            os.link(staging, path)
        _sync_folder(path.parent)
    except FileExistsError:
        what = "The file exists already" if path.exists() else f"{path.parent} is no folder"
        raise FilingError(f"Cannot be written: {what}.", place=Place(str(path))) from None
    except (OSError, ValueError) as error:
        raise FilingError(
            f"Cannot be written: {getattr(error, 'strerror', None) or error}.",
            place=Place(str(path)),
            next_step="Nothing was changed; free space or mend the permissions, then try again.",
        ) from error
    finally:
        if staging:
            with contextlib.suppress(OSError):
                Path(staging).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
