"""`onrecord review`: a second reader's verdicts on citations, asked for one by one or taken from a file."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options
from onrecord.cli.painting import painter

if TYPE_CHECKING:
    from onrecord.answers.reviews import Reading
    from onrecord.filing.reviewing import Manner
    from onrecord.kb import KnowledgeBase

FORMATS = ("text", "json")
ANSWERS = {"s": "confirmed", "p": "partly", "d": "notSupported"}
_QUESTION = "  [s]upports, [p]artly, [d]oes not, s[k]ip, [q]uit"
_NOT_A_TERMINAL = (
    "Standard input is no terminal, so nobody can be asked. Use --list to see what is to be read, or "
    "--import FILE to record verdicts."
)


@click.command("review")
@click.option("--list", "listing", is_flag=True, help="Count reviews by verdict; show what is to be mended.")
@click.option("--import", "file", metavar="FILE", help="Record the verdicts of a file, all or none.")
@click.option("--method", metavar="WORDS", help="How it was read (default: by one person beside the text).")
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of the reading (default: today).",
)
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only citations of this source.")
@click.option("--claim", "claims", multiple=True, metavar="CLAIM", help="Only this claim's, read or not.")
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, listing: bool, file: str | None, **given: Any) -> int:
    """Record what a second reader finds about citations.

    Walks through the citations that nobody has read yet, and those whose statement or quotation was changed
    since: shows the statement beside the quotation in its sentence (between its affixes where the text is
    not at hand) and asks whether it supports the statement. With --claim, what was read before comes again.
    Each answer is recorded at once, with method and date, in facts/reviews.ttl; no name is. Claims that are
    retired are left out.

    FILE ('-' reads standard input) holds one JSON object a line: iri (of the citation), verdict (confirmed,
    partly or notSupported), and perhaps reason, and digest as --list -f json prints it.
    """
    from onrecord.answers.reviews import OPEN

    settings = Settings(ctx, {k: given[k] for k in ("kb", "archive", "format", "output")})
    _check_usage(ctx, settings, listing, file, given)
    kb = settings.knowledge_base()
    if file is not None:
        return _import(kb, file, _manner(given["method"], given["on"]))
    if not listing and not sys.stdin.isatty():
        raise click.UsageError(_NOT_A_TERMINAL, ctx)
    found = kb.readings(given["sources"], given["claims"])
    if listing:
        return _list(settings, found)
    todo = [reading for reading in found if given["claims"] or reading.state in OPEN]
    return _walk(settings, kb, todo, _manner(given["method"], given["on"]))


def _check_usage(
    ctx: click.Context, settings: Settings, listing: bool, file: str | None, given: dict[str, Any]
) -> None:
    if file is not None and (listing or given["sources"] or given["claims"]):
        raise click.UsageError("--import takes the whole file: no --list, --source or --claim.", ctx)
    if listing and (given["method"] is not None or given["on"] is not None):
        raise click.UsageError("--method and --date are of a reading: not with --list.", ctx)
    if not listing and (settings.get("format") or settings.get("output")):
        raise click.UsageError("--format and --output are for --list.", ctx)


def _manner(method: str | None, on: datetime | None) -> Manner:
    from onrecord.filing.reviewing import DEFAULT_METHOD, Manner

    return Manner(DEFAULT_METHOD if method is None else method, on.date() if on is not None else None)


def _list(settings: Settings, found: list[Reading]) -> int:
    from onrecord.answers.reviews import reviews_data, reviews_text
    from onrecord.answers.sheet_json import as_json

    as_data = settings.get("format", FORMATS[0]) == "json"
    settings.emit(as_json(reviews_data(found)) if as_data else reviews_text(found, painter(settings)))
    return exit_codes.OK


def _import(kb: KnowledgeBase, file: str, manner: Manner) -> int:
    from onrecord.store.reading import load_bytes

    data = load_bytes(Path(file), file, kb.layout.config.max_file_bytes)
    done = kb.import_reviews(data, file, manner)
    click.echo(f"Recorded {_reviews(done.recorded)}.{_dropped(done.dropped)}")
    return exit_codes.OK


def _reviews(count: int) -> str:
    return f"{count} review{'' if count == 1 else 's'}"


def _dropped(count: int) -> str:
    return f" Dropped {_reviews(count)} of citations that are gone." if count else ""


def _walk(settings: Settings, kb: KnowledgeBase, todo: list[Reading], manner: Manner) -> int:
    """Show and ask, one citation after the other; an end of input is an end of the walk."""
    from onrecord.answers.reviews import reading_text
    from onrecord.store.reviews import ReviewVerdict

    dropped = _dropped(kb.review(tidy=True).dropped)
    paint, count = painter(settings), 0
    places = kb.in_place(reading.citation for reading in todo)
    for number, (reading, (result, passage)) in enumerate(zip(todo, places, strict=True), 1):
        click.echo(f"\n{number} of {len(todo)}  {reading_text(reading, kb.base, passage, result, paint)}")
        answer, reason = _ask()
        if answer == "q":
            break
        if answer in ANSWERS:
            verdict = ReviewVerdict(ANSWERS[answer])
            kb.review([manner.review(reading.claim, reading.citation, verdict, reason)])
            count += 1
    click.echo(f"Recorded {_reviews(count)}; {len(todo) - count} citations still to be read.{dropped}")
    return exit_codes.OK


def _ask() -> tuple[str, str]:
    """The answer, and why where it is not that the quotation supports the statement; the end is `q`."""
    choice = click.Choice([*ANSWERS, "k", "q"], case_sensitive=False)
    try:
        answer: str = click.prompt(_QUESTION, type=choice, show_choices=False)
        asks_why = answer in ("p", "d")
        reason = click.prompt("  why (may be empty)", default="", show_default=False) if asks_why else ""
    except click.Abort:
        click.echo()
        return "q", ""
    return answer, reason
