"""Colours of text for a terminal; none elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from onrecord.cli.options import Settings, is_terminal_output

_COLOURS: dict[str, dict[str, Any]] = {
    "violation": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
    "good": {"fg": "green"},
    "place": {"bold": True},
    "head": {"bold": True, "underline": True},
    "faint": {"dim": True},
}


def painter(settings: Settings) -> Callable[[str, str], str]:
    """What paints text by kind where the result goes to a terminal, and leaves it alone elsewhere."""
    if not is_terminal_output(settings):
        return lambda text, kind: text
    return lambda text, kind: click.style(text, **_COLOURS[kind])
