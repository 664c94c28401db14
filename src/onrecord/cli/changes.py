"""`onrecord changes`: the public corrections log."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options
from onrecord.cli.painting import painter

FORMATS = ("text", "json")
KINDS = ("retired", "assessed", "waived", "added")


@click.command("changes")
@click.option("--since", metavar="DATE", default="", help="Leave out what is older (YYYY-MM-DD).")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only changes of this kind.")
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, since: str, kinds: tuple[str, ...], **given: Any) -> int:
    """Show the corrections log.

    Every claim corrected, superseded or retracted, assessed, given a waiver, or added: the latest day first,
    with reason and the claims that stand against it or in its place.
    """
    from onrecord.answers.changelog import changes, changes_data, changes_text
    from onrecord.answers.sheet_json import as_json
    from onrecord.store.scope import is_date

    settings = Settings(ctx, given)
    if since and not is_date(since):
        raise click.UsageError(f"--since {since!r} is no date: write YYYY-MM-DD.", ctx)
    found = changes(settings.knowledge_base().base.claims(), since, kinds or KINDS)
    as_data = settings.get("format", FORMATS[0]) == "json"
    settings.emit(as_json(changes_data(found)) if as_data else changes_text(found, since, painter(settings)))
    return exit_codes.OK
