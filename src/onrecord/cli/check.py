"""`onrecord check`: the whole base, or new facts in its context."""

from __future__ import annotations

import sys
from typing import Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import FAIL_LEVELS, Settings, progress, shared_options
from onrecord.cli.painting import painter

FORMATS = ("text", "json", "sarif")


@click.command("check")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--strict", is_flag=True, help="Count citations that could not be checked as violations.")
@click.option(
    "--show", type=click.Choice(FAIL_LEVELS), default="warning", help="List findings down to this level."
)
@click.option(
    "--input-format", metavar="SUFFIX", default="", help="Kind of the input (trig, yaml, ...); for '-'."
)
@shared_options("kb", "archive", "format", "output", "fail_on", formats=FORMATS)
@click.pass_context
def command(
    ctx: click.Context, /, files: tuple[str, ...], strict: bool, show: str, input_format: str, **given: Any
) -> int:
    """Check a base, or new facts in its context.

    Without FILEs the whole base; with them, new facts ('-' reads standard input). Shapes, terms,
    structure, every citation against its source's text or proof, and the wording of statements. Nothing is
    written and nothing is fetched. Exits with 1 on findings at --fail-on (default: violation) or above,
    with 2 when a file cannot be read.
    """
    settings = Settings(ctx, given)
    suffix = f".{input_format.lstrip('.')}" if input_format else ""
    kb = settings.knowledge_base()
    if sys.stderr.isatty():
        click.echo("Checking shapes, then citations ...", err=True)
    report = kb.check(files, strict=strict, input_format=suffix, progress=progress)
    settings.emit(_render(report, settings, show))
    if report.unreadable:
        return exit_codes.COULD_NOT
    return exit_codes.FOUND if report.fails(settings.get("fail_on", "violation")) else exit_codes.OK


def _render(report: Any, settings: Settings, show: str) -> str:
    chosen = settings.get("format", FORMATS[0])
    if chosen == "json":
        from onrecord.validation.report_json import report_json

        return report_json(report)
    if chosen == "sarif":
        from onrecord.validation.report_sarif import report_sarif

        return report_sarif(report)
    from onrecord.model import Severity
    from onrecord.validation.report_text import report_text

    return report_text(report, painter(settings), shown=Severity(show))
