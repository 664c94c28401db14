"""`onrecord find-quote`: which archived texts hold some words."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options
from onrecord.cli.painting import painter

FORMATS = ("text", "json")


@click.command("find-quote")
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Search this source's text only.")
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, words: tuple[str, ...], sources: tuple[str, ...], **given: Any) -> int:
    """Say which archived texts hold some words.

    Words are compared as 'check' compares quotations: dashes, quotation marks, line breaks and case make no
    difference; digits, negation and every word do. Without a hit the nearest passage of each text is shown,
    and the exit code is 1.
    """
    from onrecord.answers.quotes import quotes_data, quotes_text
    from onrecord.answers.sheet_json import as_json
    from onrecord.text import words as normalised

    settings = Settings(ctx, given)
    wanted = " ".join(words)
    if not any(c.isalnum() for word in normalised(wanted) for c in word):
        raise click.UsageError("Give at least one word or number to look for.", ctx)
    found = settings.knowledge_base().find_quote(wanted, sources)
    as_data = settings.get("format", FORMATS[0]) == "json"
    settings.emit(as_json(quotes_data(found)) if as_data else quotes_text(found, painter(settings)))
    return exit_codes.OK if found.hits else exit_codes.FOUND
