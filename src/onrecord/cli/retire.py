"""`onrecord retire`: correct, supersede or retract a claim."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options

KINDS = ("corrected", "superseded", "retracted")


@click.command("retire")
@click.argument("claim", metavar="CLAIM")
@click.option("--by", metavar="OTHER", help="The claim that stands instead; only a retracted one needs none.")
@click.option("--reason", required=True, metavar="WORDS", help="Why, for the corrections log.")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    help="What happens to it (default: superseded with --by, retracted without).",
)
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of retirement (default: today).",
)
@shared_options("kb", "archive")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    claim: str,
    by: str | None,
    reason: str,
    kind: str | None,
    on: datetime | None,
    **given: Any,
) -> int:
    """Correct, supersede or retract a claim.

    A statement with reason and date is appended to the file that holds CLAIM. A retired claim stays in
    the base and says so when it is shown; answers leave it out. The file is checked as it would be, and
    left as it is when the retirement would bring a violation (exit code 1).
    """
    from onrecord.filing.retiring import Retiring
    from onrecord.model import RetirementKind
    from onrecord.validation.report_text import report_text
    from onrecord.vocab import compact

    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    iri, other = kb.iri(claim), kb.iri(by) if by else ""
    how = RetirementKind(kind) if kind else None
    wanted = Retiring(iri, reason, other, how, on.date() if on else None)
    retired = kb.retire(wanted)
    if not retired.file:
        click.echo(report_text(retired.report), nl=False)
        click.echo("Refused: nothing was changed.")
        return exit_codes.FOUND
    instead = f" by {compact(other)}" if other else ""
    click.echo(f"{compact(iri)} is {wanted.as_kind.value}{instead}, in {retired.file}.")
    return exit_codes.OK
