"""`onrecord flow`: who passes allegations on to whom, drawn from the claims, and routes between two."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, is_terminal_output, shared_options
from onrecord.cli.painting import painter
from onrecord.errors import UnknownTerm

if TYPE_CHECKING:
    from onrecord.answers.flow import Flow
    from onrecord.answers.flow_reading import Wanted
    from onrecord.answers.flow_routes import Routes
    from onrecord.kb import KnowledgeBase

FORMATS = ("text", "mermaid", "dot", "svg", "json")


@click.command("flow")
@click.option("--matter", "matters", multiple=True, metavar="MATTER", help="Keep to it and narrower matters.")
@click.option("--office", "offices", multiple=True, metavar="OFFICE", help="Keep to what goes from or to it.")
@click.option("--from", "start", metavar="OFFICE", help="List the routes from it; needs --to.")
@click.option("--to", "end", metavar="OFFICE", help="List the routes to it; needs --from.")
@click.option("--reports", is_flag=True, help="Also who reports to whom, and not referrals alone.")
@click.option("--check/--no-check", default=True, help="Leave out claims that fail a check (default).")
@shared_options("kb", "archive", "format", "output", "as_of", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> int:
    """Show who passes allegations on to whom.

    Each arrow bears the numbers of its claims, its obligation, condition and time limit, and what it stands
    on; the notes follow. An arrow whose claim is in conflict, contradicted or unproven is marked as disputed.
    Retired claims are left out. With --from and --to, the routes from one office to another, with what is
    only practice or only reported on the way. An OFFICE is a slug, a name (OPR), a prefixed name
    (group:detainees) or an IRI. Nothing on record exits with 1.
    """
    from onrecord.answers.flow import flow

    settings = Settings(ctx, given)
    start, end = given["start"], given["end"]
    if bool(start) != bool(end):
        raise click.UsageError("--from and --to go together; for all of one office: --office.", ctx)
    if start and given["offices"]:
        raise click.UsageError("--office does not go with --from and --to.", ctx)
    kb = settings.knowledge_base()
    whole = flow(kb.base, _wanted(kb, given, settings.scope().as_of), kb.outcomes if given["check"] else None)
    if start:
        return _routes(settings, kb, whole, (_known(kb, start, "office"), _known(kb, end, "office")))
    return _flow(settings, kb, whole)


def _wanted(kb: KnowledgeBase, given: dict[str, Any], as_of: str) -> Wanted:
    from onrecord.answers.flow_reading import Wanted

    return Wanted(
        matters=frozenset(_known(kb, name, "matter") for name in given["matters"]),
        parties=frozenset(_known(kb, name, "office") for name in given["offices"]),
        as_of=as_of,
        reports=given["reports"],
    )


def _known(kb: KnowledgeBase, name: str, kind: str) -> str:
    """The IRI of a slug, prefixed name or IRI, or of what alone bears a name."""
    from onrecord.answers.flow_reading import called

    try:
        return kb.known(name, kind)
    except UnknownTerm:
        found = called(kb.base, name, kind)
        if len(found) != 1:
            raise
        return found[0]


def _flow(settings: Settings, kb: KnowledgeBase, found: Flow) -> int:
    from onrecord.answers.flow_json import flow_data
    from onrecord.answers.flow_text import flow_text
    from onrecord.answers.sheet_json import as_json

    chosen = settings.get("format", FORMATS[0])
    if chosen == "json":
        settings.emit(as_json(flow_data(found, kb.base)))
    elif chosen == "text":
        settings.emit(flow_text(found, painter(settings), _page(settings)))
    else:
        settings.emit(_picture(chosen, found, "Referral flow"))
    return exit_codes.OK if found.edges else exit_codes.FOUND


def _routes(settings: Settings, kb: KnowledgeBase, whole: Flow, ends: tuple[str, str]) -> int:
    from onrecord.answers.flow_json import routes_data
    from onrecord.answers.flow_routes import routes
    from onrecord.answers.flow_text import routes_text
    from onrecord.answers.sheet_json import as_json

    found: Routes = routes(kb.base, whole, *ends)
    chosen = settings.get("format", FORMATS[0])
    if chosen == "json":
        settings.emit(as_json(routes_data(found, kb.base)))
    elif chosen == "text":
        settings.emit(routes_text(found, painter(settings), _page(settings)))
    else:
        start, end = (found.flow.name(iri) for iri in ends)
        settings.emit(_picture(chosen, found.flow, f"Routes from {start} to {end}"))
    return exit_codes.OK if found.routes else exit_codes.FOUND


def _picture(chosen: str, found: Flow, title: str) -> str:
    if chosen == "svg":
        from onrecord.answers.flow_svg import flow_svg

        return flow_svg(found, title)
    if chosen == "dot":
        from onrecord.answers.flow_dot import flow_dot

        return flow_dot(found)
    from onrecord.answers.flow_mermaid import flow_mermaid

    return flow_mermaid(found)


def _page(settings: Settings) -> int:
    return shutil.get_terminal_size().columns if is_terminal_output(settings) else 0
