"""`onrecord add`: check new claims, prove what can be proved, and file them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options

if TYPE_CHECKING:
    from onrecord.filing.adding import Added
    from onrecord.validation.report import Report

FORMATS = ("text", "json", "sarif")


@click.command("add")
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Check and say what would be filed; write nothing.")
@click.option("--strict", is_flag=True, help="Refuse claims with a citation that could not be checked.")
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of adding, where the claims name none (default: today).",
)
@click.option(
    "--input-format", metavar="SUFFIX", default="", help="Kind of the input (trig, yaml, ...); for '-'."
)
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    file: str,
    dry_run: bool,
    strict: bool,
    on: datetime | None,
    input_format: str,
    **given: Any,
) -> int:
    """Check new claims, prove what can be proved, and file them.

    The claims of FILE ('-' reads standard input) are checked in the context of the base. TriG is filed as
    it was written, YAML and other formats as TriG, in facts/claims/ under the first claim's slug.
    Citations of sources whose text is in the archive are proved. A file with a violation, with no claim,
    or with claims that the base holds already is refused: the report says why, nothing is changed, and
    the exit code is 1. Beside its claims a file may bring conflicts, sources and entities that are new;
    what the base describes already is edited by hand in facts/.
    """
    from onrecord.filing.adding import Submission
    from onrecord.store.reading import load_bytes

    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    data = load_bytes(Path(file), file, kb.layout.config.max_file_bytes)
    suffix = f".{input_format.lstrip('.')}" if input_format else ""
    submission = Submission(data, file, suffix, on.date() if on else None)
    added = kb.add(submission, strict=strict, dry_run=dry_run)
    chosen = settings.get("format", FORMATS[0])
    outcome = _outcome(added, dry_run=dry_run)
    if chosen == "text":
        settings.emit(f"{_report(added.report, chosen)}{outcome}\n")
    else:
        settings.emit(_report(added.report, chosen))
        click.echo(f"onrecord: {outcome}", err=True)
    return exit_codes.OK if added.file else exit_codes.FOUND


def _report(report: Report, chosen: str) -> str:
    from onrecord.validation.report_json import report_json
    from onrecord.validation.report_sarif import report_sarif
    from onrecord.validation.report_text import report_text

    return {"json": report_json, "sarif": report_sarif}.get(chosen, report_text)(report)


def _outcome(added: Added, *, dry_run: bool) -> str:
    if not added.file:
        return "Refused: nothing was filed. Mend what is listed as a violation, then add again."
    claims, citations = len(added.claims), len(added.report.citations)
    verb = "Would file" if dry_run else "Filed"
    said = (
        f"{verb} {claims} claim{'s' if claims != 1 else ''} in {added.file}; "
        f"{added.proved} of {citations} citations proved."
    )
    return f"{said} {added.unproved} Run 'onrecord prove' later." if added.unproved else said
