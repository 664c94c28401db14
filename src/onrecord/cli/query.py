"""`onrecord query`: SPARQL over the base, or one of its named questions."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, is_terminal_output, shared_options

if TYPE_CHECKING:
    from onrecord.kb import KnowledgeBase
    from onrecord.sparql.evaluating import Request

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")


@click.command("query")
@click.argument("file", required=False, metavar="[FILE]")
@click.option("-e", "--expression", metavar="SPARQL", help="The query itself, in the place of a FILE.")
@click.option("-n", "--name", metavar="QUESTION", help="A named question of the base.")
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the question."
)
@click.option("--list", "listing", is_flag=True, help="List the named questions with their parameters.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Time limit of the query.",
)
@click.option("--limit-rows", type=click.IntRange(min=1), metavar="N", help="Most rows of an answer.")
@click.option("--full", is_flag=True, help="Do not shorten the cells of a table.")
@shared_options("kb", "archive", "format", "output", "as_of", "include", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> int:
    """Run a SPARQL query or a named question.

    The query stands in -e, in FILE, on standard input ('-'), or in the base under --name. The project's
    prefixes need not be declared. A plain query sees the records and what current claims assert that stand as
    law, official statement, finding or reporting; --include widens it. Exits with 0 even when there are no
    rows, with 2 when the query is refused or cut off.
    """
    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    if given["listing"]:
        settings.emit(_list(kb))
        return exit_codes.OK
    request = _request(ctx, kb, given)
    chosen = settings.get("format", FORMATS[0])

    from onrecord.sparql.guard import guard
    from onrecord.sparql.results import WIDEST_COLUMN, check_format, render

    check_format(guard(request.text, request.name).form, chosen)
    scope = settings.scope()
    answer = kb.run(request, scope=scope, seconds=given["timeout"], rows=given["limit_rows"])
    page = shutil.get_terminal_size().columns if is_terminal_output(settings) else 0
    bounds = (0, 0) if given["full"] else (WIDEST_COLUMN, page)
    settings.emit(render(answer, chosen, *bounds))
    return exit_codes.OK


def _request(ctx: click.Context, kb: KnowledgeBase, given: dict[str, Any]) -> Request:
    from onrecord.sparql.evaluating import Request

    chosen = [key for key in ("expression", "file", "name") if given[key] is not None]
    if len(chosen) != 1:
        raise click.UsageError("Give one query: -e SPARQL, FILE, '-' or --name QUESTION.", ctx)
    if given["params"] and chosen != ["name"]:
        raise click.UsageError("--param goes with --name.", ctx)
    if chosen == ["expression"]:
        return Request(given["expression"])
    if chosen == ["name"]:
        return kb.question(given["name"], _parameters(ctx, given["params"]))
    return Request(_read(given["file"]), given["file"])


def _read(file: str) -> str:
    from onrecord.sparql.guard import LARGEST_QUERY
    from onrecord.store.reading import decode, load_bytes

    return decode(load_bytes(Path(file), file, LARGEST_QUERY), file)


def _parameters(ctx: click.Context, params: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or name in found:
            problem = "is given twice" if equals else "has no value"
            raise click.UsageError(f"--param {name!r} {problem}: write --param NAME=VALUE once.", ctx)
        found[name] = value
    return found


def _list(kb: KnowledgeBase) -> str:
    lines = []
    for question in kb.questions():
        lines.append(f"{question.name}\n    {question.title}")
        lines += [f"    --param {parameter.shown}" for parameter in question.parameters]
    return "\n".join(lines) + "\n" if lines else "The base has no named questions.\n"
