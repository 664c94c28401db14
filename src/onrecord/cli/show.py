"""`onrecord show`: one claim with everything that it rests on."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options
from onrecord.cli.painting import painter

FORMATS = ("text", "json")


@click.command("show")
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@click.option("--check/--no-check", default=True, help="Check each citation against text or proof (default).")
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, claims: tuple[str, ...], check: bool, **given: Any) -> int:
    """Show one claim with its citations and sources.

    A CLAIM is a slug, a prefixed name (claim:SLUG) or an IRI; several may be given. What speaks against a
    claim (retired, contradicted, unproven) stands first; then statement, standing, time, what it asserts,
    each quotation with source, link to the passage and outcome, assessments, conflicts, gaps and waivers.
    As json, one claim is an object and several are a list.
    """
    from onrecord.answers.sheet_json import as_json, sheet_data
    from onrecord.answers.sheet_text import sheet_text

    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    sheets = [kb.sheet(name, check=check) for name in dict.fromkeys(claims)]
    if settings.get("format", FORMATS[0]) == "json":
        data = [sheet_data(sheet, kb.base) for sheet in sheets]
        settings.emit(as_json(data[0] if len(data) == 1 else data))
    else:
        paint = painter(settings)
        settings.emit("\n\n".join(sheet_text(sheet, kb.base, paint) for sheet in sheets))
    return exit_codes.OK
