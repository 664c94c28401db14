"""`onrecord stats`: what the base holds, counted."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options
from onrecord.cli.painting import painter

FORMATS = ("text", "json")


@click.command("stats")
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> int:
    """Count what the base holds.

    Claims, gaps, conflicts, assessments, waivers; claims by standing and topic; citations by stance and, each
    of them checked, by outcome and means; sources by tier, with text and with commitment; entities; what
    claims assert.
    """
    from onrecord.answers.figures import figures_text
    from onrecord.answers.sheet_json import as_json

    settings = Settings(ctx, given)
    found = settings.knowledge_base().figures()
    as_data = settings.get("format", FORMATS[0]) == "json"
    settings.emit(as_json(found) if as_data else figures_text(found, painter(settings)))
    return exit_codes.OK
