"""`onrecord query`: SPARQL over the base, or one of its named questions."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, is_terminal_output, named_parameters, shared_options
from onrecord.cli.painting import painter
from onrecord.errors import QueryError

if TYPE_CHECKING:
    from onrecord.answers.sourced.sourced import Sourced
    from onrecord.kb import KnowledgeBase
    from onrecord.sparql.evaluating import Request
    from onrecord.sparql.explanation import Explanation
    from onrecord.sparql.remote import RemoteEngine
    from onrecord.sparql.running import Answer
    from onrecord.store.records import StoreBase

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "markdown", "html")
FOR_READERS = ("table", "markdown", "html")
"""Formats in which a page is explained unless more is asked for, and a row has no more than some notes."""
FOR_PROGRAMS = ("csv", "tsv", "json")
"""Formats in which every row is explained; the others have no place for it."""
WIDEST_COLUMN = 72


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
@click.option(
    "--explain",
    type=click.Choice(("none", "page", "all")),
    help="Rows to print with what they rest on (default: the first 20; all of them in csv, tsv and json).",
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL 1.1 endpoint in the place of the base.")
@click.option("--plain", is_flag=True, help="The answer alone; the same as --explain none.")
@click.option("--certify", is_flag=True, help="Ask the query again of each row's claims alone.")
@click.option("--check", is_flag=True, help="Check each quotation noted against text or proof.")
@click.option("--full", is_flag=True, help="Shorten neither the cells of a table nor the notes to a row.")
@shared_options("kb", "archive", "format", "output", "as_of", "include", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> int:
    """Run a SPARQL query or a named question.

    The query stands in -e, in FILE, on standard input ('-'), or in the base under --name. The project's
    prefixes need not be declared. A plain query sees the records and what current claims assert that stand as
    law, official statement, finding or reporting; --include widens it. Rows come with the numbers of notes,
    one for each claim that they rest on, and with marks for what no claim can show. Exits with 0 even when
    there are no rows, with 2 when the query is refused or cut off.
    """
    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    if given["listing"]:
        settings.emit(_list(kb))
        return exit_codes.OK
    request = _request(ctx, kb, given)
    chosen = settings.get("format", FORMATS[0])
    extent = _extent(ctx, given, chosen)
    _check_format(request, chosen)
    answer, engine = _answer(kb, request, settings)
    page = shutil.get_terminal_size().columns if is_terminal_output(settings) else 0
    bounds = (0, 0) if given["full"] else (WIDEST_COLUMN, page)
    if extent == "none":
        from onrecord.sparql.results import render

        settings.emit(render(answer, chosen, *bounds))
        return exit_codes.OK
    explanations = _explanations(answer, _wanted(answer, extent))
    base = kb.base if engine is None else _records(engine, explanations.values())
    found = _sourced(kb, base, answer, explanations, chosen, given)
    if chosen == "table":
        from onrecord.answers.sourced.as_text import sourced_text

        settings.emit(sourced_text(found, painter(settings), *bounds, full=given["full"]))
    else:
        settings.emit(_written(kb, base, found, chosen, request, given["name"]))
    return exit_codes.OK


def _answer(kb: KnowledgeBase, request: Request, settings: Settings) -> tuple[Answer, RemoteEngine | None]:
    """The answer of the base, or of an endpoint with the engine that asks it."""
    scope, seconds, rows = settings.scope(), settings.get("timeout"), settings.get("limit_rows")
    endpoint = settings.get("endpoint")
    if endpoint is None:
        return kb.run(request, scope=scope, seconds=seconds, rows=rows), None
    from onrecord.sparql.remote import remote_query

    config = kb.layout.config
    return remote_query(endpoint, request, seconds or config.query_seconds, rows or config.query_rows, scope)


def _check_format(request: Request, chosen: str) -> None:
    """Refuse a format that the query cannot answer in, before anything is run."""
    from onrecord.sparql.guard import guard
    from onrecord.sparql.results import check_format

    form = guard(request.text, request.name).form
    if chosen not in ("markdown", "html"):
        check_format(form, chosen)


def _extent(ctx: click.Context, given: dict[str, Any], chosen: str) -> str:
    """Which rows are explained: none, page or all.

    Raises:
        click.UsageError: options that contradict each other, or a format without a place for notes.
    """
    asked: str | None = given["explain"]
    if given["plain"] and asked not in (None, "none"):
        raise click.UsageError(f"--plain leaves out what --explain {asked} asks for.", ctx)
    default = "page" if chosen in FOR_READERS else "all" if chosen in FOR_PROGRAMS else "none"
    extent = "none" if given["plain"] else asked or default
    if extent != "none" and chosen not in (*FOR_READERS, *FOR_PROGRAMS):
        raise click.UsageError(f"The format {chosen} has no place for --explain {extent}.", ctx)
    if extent == "none" and chosen in ("markdown", "html"):
        raise click.UsageError(f"The format {chosen} is there for the notes: use --explain page or all.", ctx)
    for option in ("certify", "check"):
        if given[option] and extent == "none":
            raise click.UsageError(f"--{option} goes with rows that are explained.", ctx)
    if given["check"] and given["endpoint"]:
        raise click.UsageError("--check is for a base of one's own: an endpoint has no texts or proofs.", ctx)
    return extent


def _wanted(answer: Answer, extent: str) -> list[int]:
    """The rows to explain."""
    from onrecord.answers.sourced.sourced import PAGE, page_of, reading_order

    return page_of(answer, PAGE) if extent == "page" else reading_order(answer)


def _sourced(
    kb: KnowledgeBase,
    base: StoreBase,
    answer: Answer,
    explanations: dict[int, Explanation],
    chosen: str,
    given: dict[str, Any],
) -> Sourced:
    from onrecord.answers.sourced.sourced import MOST_NOTES, sourced

    return sourced(
        base,
        answer,
        explanations,
        certificates={
            index: answer.certify(index, explanation)
            for index, explanation in (explanations.items() if given["certify"] else ())
            if not explanation.reason
        },
        most=MOST_NOTES if chosen in FOR_READERS and not given["full"] else 0,
        check=kb.outcomes if given["check"] else None,
    )


def _records(engine: RemoteEngine, explanations: Iterable[Explanation]) -> StoreBase:
    """What the endpoint's record says of the claims that explanations name."""
    from onrecord.store.remote_records import remote_base

    return remote_base(engine, dict.fromkeys(c for e in explanations for c in (*e.claims, *e.about)))


def _explanations(answer: Answer, wanted: list[int]) -> dict[int, Explanation]:
    try:
        return dict(zip(wanted, answer.explain(wanted), strict=True)) if wanted else {}
    except QueryError as error:
        raise QueryError(
            f"What the answer rests on could not be found out: {error.message}",
            place=error.place,
            next_step="Print the answer alone with --explain none, or give more time with --timeout SECONDS.",
        ) from error


def _written(
    kb: KnowledgeBase, base: StoreBase, found: Sourced, chosen: str, request: Request, name: str | None
) -> str:
    if chosen == "json":
        from onrecord.answers.sourced.as_json import sourced_json

        return sourced_json(found, base)
    if chosen == "markdown":
        from onrecord.answers.sourced.as_markdown import sourced_markdown

        return sourced_markdown(found)
    if chosen == "html":
        from onrecord.answers.sourced.as_html import sourced_html

        title = next((q.title for q in kb.questions() if q.name == name), "Answer")
        return sourced_html(found, title, request.text)
    from onrecord.answers.sourced.columns import sourced_columns

    return sourced_columns(found, chosen)


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
        return kb.question(given["name"], named_parameters(given["params"]))
    return Request(_read(given["file"]), given["file"])


def _read(file: str) -> str:
    from onrecord.sparql.guard import LARGEST_QUERY
    from onrecord.store.reading import decode, load_bytes

    return decode(load_bytes(Path(file), file, LARGEST_QUERY), file)


def _list(kb: KnowledgeBase) -> str:
    lines = []
    for question in kb.questions():
        lines.append(f"{question.name}\n    {question.title}")
        lines += [f"    --param {parameter.shown}" for parameter in question.parameters]
    return "\n".join(lines) + "\n" if lines else "The base has no named questions.\n"
