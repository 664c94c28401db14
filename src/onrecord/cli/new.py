"""`onrecord new`: a ready claim from a source and a quotation."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options

FORMATS = ("trig", "yaml")


@click.command("new")
@click.option("--source", required=True, metavar="ID", help="The source that is quoted.")
@click.option("--quote", required=True, metavar="WORDS", help="Four to twelve words of it.")
@click.option("--slug", default="", metavar="SLUG", help="The claim's name (default: from the quotation).")
@click.option(
    "--occurrence",
    type=click.IntRange(min=1),
    metavar="N",
    help="Which place is meant, where the text has the words more than once.",
)
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def command(
    ctx: click.Context, /, source: str, quote: str, slug: str, occurrence: int | None, **given: Any
) -> int:
    """Print a ready claim from a source and a quotation.

    The quotation stands as the source writes it, with its section in a law text, the references that its
    sentence bears, and the words next to it where they single it out or carry a negation or condition. What
    is marked FILL IN is yours to write; until then 'check' and 'add' refuse the claim. Exits with 1 when the
    words do not stand in the text, or more than once.
    """
    from onrecord.filing.draft_text import draft_text
    from onrecord.filing.drafting import NotDrafted

    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    found = kb.draft(source, quote, slug, occurrence or 0)
    if isinstance(found, NotDrafted):
        for line in (found.message, *(f"    {p}" for p in found.passages), found.next_step):
            click.echo(line, err=True)
        return exit_codes.FOUND
    for note in found.notes:
        click.echo(f"onrecord: {note}", err=True)
    settings.emit(draft_text(found, kb.layout.config.iri, settings.get("format", FORMATS[0])))
    return exit_codes.OK
