"""`onrecord flow`: who passes allegations on to whom, drawn from the claims, and routes between two."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, is_terminal_output, shared_options
from onrecord.cli.painting import painter

if TYPE_CHECKING:
    from onrecord.answers.flow.flow import Flow
    from onrecord.answers.flow.routes import Routes
    from onrecord.kb import KnowledgeBase

FORMATS = ("text", "html", "svg", "mermaid", "dot", "json")


@click.command("flow")
@click.option("--matter", "matters", multiple=True, metavar="MATTER", help="Keep to it and narrower matters.")
@click.option("--office", "offices", multiple=True, metavar="OFFICE", help="Keep to what goes from or to it.")
@click.option("--from", "start", metavar="OFFICE", help="What leaves it; with --to, the routes from it.")
@click.option("--to", "end", metavar="OFFICE", help="What reaches it; with --from, the routes to it.")
@click.option(
    "--steps",
    type=click.IntRange(min=0),
    metavar="N",
    help="How far to follow from --from or to --to (default: 1; 0: all); most steps of a route (default: 8).",
)
@click.option("--reports", is_flag=True, help="Also who reports to whom, and not referrals alone.")
@click.option("--check/--no-check", default=True, help="Leave out claims that fail a check (default).")
@shared_options("kb", "archive", "format", "output", "as_of", "include", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> int:
    """Show who passes allegations on to whom.

    Each arrow bears the numbers of its claims, its obligation, condition and time limit, and what it stands
    on; the notes follow. An arrow whose claim is in conflict or unproven is marked as disputed. Claims that
    are retired, contradicted, only alleged or only argued are left out and named, unless --include asks for
    them. With --from and --to, the routes from one office to another, with what is only practice or only
    reported on the way. An OFFICE is a slug, a name (OPR), a prefixed name (group:detainees) or an IRI.
    Nothing on record exits with 1, after what is nearest.
    """
    settings = Settings(ctx, given)
    _check_usage(ctx, given)
    kb = settings.knowledge_base()
    scope = settings.scope()
    start, end, steps = given["start"] or "", given["end"] or "", given["steps"]
    wanted: dict[str, Any] = {
        "matter": given["matters"],
        "as_of": scope.as_of,
        "include": scope.include,
        "reports": given["reports"],
        "check": given["check"],
    }
    if start and end:
        return _routes(settings, kb, kb.routes(start, end, steps=steps or 0, **wanted))
    far = 1 if steps is None else steps
    return _flow(settings, kb, kb.flow(office=given["offices"], start=start, end=end, steps=far, **wanted))


def _check_usage(ctx: click.Context, given: dict[str, Any]) -> None:
    ends = [name for name in (given["start"], given["end"]) if name is not None]
    if not all(name.strip() for name in ends):
        raise click.UsageError("--from and --to name an office.", ctx)
    if ends and given["offices"]:
        raise click.UsageError("--office does not go with --from and --to.", ctx)
    if given["steps"] is not None and not ends:
        raise click.UsageError("--steps goes with --from or --to.", ctx)


def _flow(settings: Settings, kb: KnowledgeBase, found: Flow) -> int:
    from onrecord.answers.flow.as_json import flow_data
    from onrecord.answers.flow.as_text import flow_text
    from onrecord.answers.sheet_json import as_json

    chosen = settings.get("format", FORMATS[0])
    if chosen == "json":
        settings.emit(as_json(flow_data(found, kb.base)))
    elif chosen == "text":
        settings.emit(flow_text(found, painter(settings), _page(settings)))
    else:
        settings.emit(_picture(chosen, found, "Referral flow"))
    return exit_codes.OK if found.edges else exit_codes.FOUND


def _routes(settings: Settings, kb: KnowledgeBase, found: Routes) -> int:
    from onrecord.answers.flow.as_json import routes_data
    from onrecord.answers.flow.as_text import routes_text
    from onrecord.answers.sheet_json import as_json

    start, end = (found.flow.name(iri) for iri in (found.start, found.end))
    title = f"Routes from {start} to {end}"
    chosen = settings.get("format", FORMATS[0])
    if chosen == "json":
        settings.emit(as_json(routes_data(found, kb.base)))
    elif chosen == "text":
        settings.emit(routes_text(found, painter(settings), _page(settings)))
    elif chosen == "html":
        from onrecord.answers.flow.as_html import routes_html

        settings.emit(routes_html(found, title))
    else:
        settings.emit(_picture(chosen, found.flow, title))
    return exit_codes.OK if found.routes else exit_codes.FOUND


def _picture(chosen: str, found: Flow, title: str) -> str:
    if chosen == "html":
        from onrecord.answers.flow.as_html import flow_html

        return flow_html(found, title)
    if chosen == "svg":
        from onrecord.answers.flow.as_svg import flow_svg

        return flow_svg(found, title)
    if chosen == "dot":
        from onrecord.answers.flow.as_dot import flow_dot

        return flow_dot(found, title)
    from onrecord.answers.flow.as_mermaid import flow_mermaid

    return flow_mermaid(found, title)


def _page(settings: Settings) -> int:
    return shutil.get_terminal_size().columns if is_terminal_output(settings) else 0
