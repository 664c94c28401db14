"""`onrecord list`: claims by source, topic, standing, outcome and state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options

if TYPE_CHECKING:
    from onrecord.answers.listing import Wanted
    from onrecord.kb import KnowledgeBase

FORMATS = ("text", "json")
STANDINGS = ("law", "official-statement", "oversight-finding", "reporting", "allegation", "argument")
OUTCOMES = ("found", "ambiguous", "changed", "absent", "unchecked")
VERDICTS = ("upheld", "contradicted", "unproven")


@click.command("list")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Claims that cite this source.")
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Claims on it or a narrower one.")
@click.option(
    "--standing", "standings", multiple=True, type=click.Choice(STANDINGS), help="Claims that stand so."
)
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    type=click.Choice(OUTCOMES),
    help="Claims with a citation of that outcome; checks every citation.",
)
@click.option("--entity", "entities", multiple=True, metavar="ENTITY", help="Claims that name it.")
@click.option("--verdict", "verdicts", multiple=True, type=click.Choice(VERDICTS), help="Claims assessed so.")
@click.option("--gaps", is_flag=True, help="Gaps only.")
@click.option("--retired", is_flag=True, help="Retired claims only.")
@click.option("--current", is_flag=True, help="Leave out retired claims.")
@shared_options("kb", "archive", "format", "output", "as_of", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> int:
    """List claims by source, topic, standing or outcome.

    Options of different kinds narrow the list, one kind given twice widens it. Claims that are retired,
    contradicted or unproven are marked.
    """
    from onrecord.answers.listing import listing_data, listing_rows, select
    from onrecord.answers.sheet_json import as_json
    from onrecord.sparql.results import columns

    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    wanted = _wanted(kb, given, settings.scope().as_of)
    outcomes = None
    if wanted.outcomes:
        outcomes = {r.citation.iri: r.outcome for r in kb.outcomes(kb.base.claims())}
    claims = select(kb.base, wanted, outcomes)
    if settings.get("format", FORMATS[0]) == "json":
        settings.emit(as_json(listing_data(claims, outcomes)))
        return exit_codes.OK
    head = ["claim", "standing", "marks", *(["outcomes"] if outcomes is not None else []), "statement"]
    count = f"{len(claims)} claim{'' if len(claims) == 1 else 's'}"
    settings.emit(
        f"{columns(head, list(listing_rows(claims, outcomes)))}\n{count}\n" if claims else f"{count}\n"
    )
    return exit_codes.OK


def _wanted(kb: KnowledgeBase, given: dict[str, Any], as_of: str) -> Wanted:
    from onrecord.answers.listing import Wanted
    from onrecord.model import AssessmentVerdict, Outcome, Standing

    labels = {s.label.replace(" ", "-"): s for s in Standing}
    return Wanted(
        sources=frozenset(kb.source(name).iri for name in given["sources"]),
        topics=frozenset(kb.known(name, "topic") for name in given["topics"]),
        standings=frozenset(labels[name] for name in given["standings"]),
        outcomes=frozenset(Outcome(name) for name in given["outcomes"]),
        entities=frozenset(kb.known(name, "office") for name in given["entities"]),
        verdicts=frozenset(AssessmentVerdict(name) for name in given["verdicts"]),
        gaps=given["gaps"],
        retired=given["retired"],
        current=given["current"],
        as_of=as_of,
    )
