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
    text = " ".join(question).strip()
    if not any(char.isalnum() for char in text):
        raise click.UsageError("Ask something.", ctx)
    as_of = settings.scope().as_of
    from onrecord.answers.ask import ask
    from onrecord.answers.search_index import open_search
    from onrecord.store.index import cache_folder, open_version

    kb = settings.knowledge_base()
    opened = open_version(kb.layout)
    kb.base = opened.base
    index = open_search(opened.base, opened.version, cache_folder() / "search")
    asked = ask(
        opened.base,
        index,
        text,
        questions=kb.questions(),
        check=kb.outcomes if check else None,
        as_of=as_of,
    )
    chosen = settings.get("format", FORMATS[0])
    if chosen == "json":
        from onrecord.answers.ask_json import ask_data
        from onrecord.answers.sheet_json import as_json

        settings.emit(as_json(ask_data(asked, opened.base)))
    elif chosen == "markdown":
        from onrecord.answers.ask_markdown import ask_markdown

        settings.emit(ask_markdown(asked))
    else:
        from onrecord.answers.ask_text import ask_text

        settings.emit(ask_text(asked, painter(settings)))
    return exit_codes.OK if asked.is_on_record else exit_codes.FOUND
