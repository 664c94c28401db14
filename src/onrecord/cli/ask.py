"""`onrecord ask`: a question in plain English, answered from claims with their notes."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options
from onrecord.cli.painting import painter

FORMATS = ("text", "json", "markdown")


@click.command("ask")
@click.argument("question", nargs=-1, required=True, metavar="QUESTION")
@click.option("--check/--no-check", default=True, help="Leave out claims that a check fails (default).")
@shared_options("kb", "archive", "format", "output", "as_of", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, question: tuple[str, ...], check: bool, **given: Any) -> int:
    """Answer a question in plain English from claims with their notes.

    The answer is made of statements of the base, each with a note: law and findings before reporting,
    claims that differ side by side, gaps last, with standing and age. Retired and contradicted claims are
    out; allegations and arguments name whose they are. Exits with 1 where the base has nothing on the
    question ("not on record"), and then says what is nearest.
    """
    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    asked = kb.ask(" ".join(question).strip(), as_of=settings.scope().as_of, check=check)
    chosen = settings.get("format", FORMATS[0])
    if chosen == "json":
        from onrecord.answers.ask.as_json import ask_data
        from onrecord.answers.sheet_json import as_json

        settings.emit(as_json(ask_data(asked, kb.base)))
    elif chosen == "markdown":
        from onrecord.answers.ask.as_markdown import ask_markdown

        settings.emit(ask_markdown(asked))
    else:
        from onrecord.answers.ask.as_text import ask_text

        settings.emit(ask_text(asked, painter(settings)))
    return exit_codes.OK if asked.is_on_record else exit_codes.FOUND
