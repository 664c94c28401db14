"""Golden files: what a text must be; ONRECORD_UPDATE=1 writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """Compare a text with tests/golden/NAME."""
    path = FOLDER / name
    if os.environ.get("ONRECORD_UPDATE"):
        path.write_bytes(text.encode())
    assert path.is_file(), f"no golden file {name}: run 'make golden'"
    assert text == path.read_bytes().decode(), f"{name} differs: read the change, then run 'make golden'"
