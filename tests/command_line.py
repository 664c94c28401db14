"""The command line, run in the process of a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


RunCli = Callable[..., Ran]
"""The fixture `run_cli`: arguments -> what became of them."""
