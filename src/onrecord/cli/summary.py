"""`onrecord summary`: a sourced summary to publish, and the audit of a written one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import FAIL_LEVELS, Settings, named_parameters, shared_options

if TYPE_CHECKING:
    from onrecord.answers.summary.summary import Summary
    from onrecord.kb import KnowledgeBase

FORMATS = ("markdown", "html", "json")


@click.command("summary")
@click.argument("subject", required=False, metavar="[SUBJECT]")
@click.option("--claims", "listed", metavar="FILE", help="The claims named in FILE, one a line ('-': stdin).")
@click.option("--title", metavar="TEXT", help="Title of a summary of --claims.")
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter of the question."
)
@click.option(
    "--most",
    type=click.IntRange(min=0),
    metavar="N",
    help="Most claims of one standing in a section (default: 3; 0, and for questions and lists: all).",
)
@click.option("--check", "checked", metavar="FILE", help="Audit a written summary against the base.")
@shared_options("kb", "archive", "format", "output", "as_of", "fail_on", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> int:
    """Write a sourced summary to publish.

    SUBJECT is a topic, a matter, an office or another entity (office:opr, referral, "Joint Intake Center") or
    a named question. Sentences are the statements of claims, ordered and joined, each with its notes; claims
    that were retired, contradicted or refused by a check are left out. --check reads a summary that was
    written (Markdown, HTML or JSON) and compares every sentence and note with the base; with a SUBJECT too,
    the summary is written first. Exits with 1 when nothing is on record, or when the audit finds something.
    """
    settings = Settings(ctx, given)
    _check_usage(ctx, given)
    kb = settings.knowledge_base()
    code = exit_codes.OK
    if given["subject"] or given["listed"]:
        code = _write(kb, settings, given)
    if given["checked"] and code == exit_codes.OK:
        code = _audit(kb, settings, given)
    return code


def _check_usage(ctx: click.Context, given: dict[str, Any]) -> None:
    if given["subject"] and given["listed"]:
        raise click.UsageError("Give a SUBJECT or --claims FILE, not both.", ctx)
    if not (given["subject"] or given["listed"] or given["checked"]):
        raise click.UsageError("Give a SUBJECT, --claims FILE or --check FILE.", ctx)
    if given["title"] and not given["listed"]:
        raise click.UsageError("--title goes with --claims.", ctx)


def _write(kb: KnowledgeBase, settings: Settings, given: dict[str, Any]) -> int:
    listed = given["listed"]
    found = kb.summary(
        Path(listed).name if listed else given["subject"],
        claims=_claims(listed) if listed else None,
        title=given["title"] or "",
        parameters=named_parameters(given["params"]),
        most=given["most"],
        as_of=settings.scope().as_of,
    )
    if listed:
        _say_untold(found)
    if not found.sentences:
        _say_nothing(kb, found, listed=bool(listed))
        return exit_codes.FOUND
    settings.emit(_rendered(kb, found, settings.get("format", FORMATS[0])))
    return exit_codes.OK


def _say_untold(found: Summary) -> None:
    from onrecord.vocab import compact

    for iri, why in found.untold.items():
        click.echo(f"onrecord: {compact(iri)} is not told: {why}.", err=True)


def _say_nothing(kb: KnowledgeBase, found: Summary, *, listed: bool) -> None:
    from onrecord.answers.summary.subject import near_on_record

    near = [] if listed or found.subject.startswith("question:") else near_on_record(kb.base, found.subject)
    named = f" Near it: {', '.join(near)}." if near else ""
    click.echo(f"onrecord: Not on record: nothing about {found.subject} that may be told.{named}", err=True)


def _rendered(kb: KnowledgeBase, found: Summary, chosen: str) -> str:
    if chosen == "json":
        from onrecord.answers.summary.as_json import summary_json

        return summary_json(found, kb.base)
    if chosen == "html":
        from onrecord.answers.summary.as_html import summary_html

        return summary_html(found)
    from onrecord.answers.summary.as_markdown import summary_markdown

    return summary_markdown(found)


# what is given ----------------------------------------------------------------------------------------


def _claims(file: str) -> list[str]:
    from onrecord.answers.summary.reading import LARGEST
    from onrecord.answers.summary.subject import claim_names
    from onrecord.store.reading import decode, load_bytes

    return claim_names(decode(load_bytes(Path(file), file, LARGEST), file), file)


# the audit --------------------------------------------------------------------------------------------


def _audit(kb: KnowledgeBase, settings: Settings, given: dict[str, Any]) -> int:
    from onrecord.answers.sheet_json import as_json
    from onrecord.answers.summary.checking import audited_data, audited_lines

    audited = kb.audit_summary(Path(given["checked"]), name=given["checked"])
    is_written = bool(given["subject"] or given["listed"])
    if settings.get("format") == "json" and not is_written:
        settings.emit(as_json(audited_data(audited)))
    else:
        text = "\n".join(audited_lines(audited)) + "\n"
        if is_written:
            click.echo(text, nl=False, err=True)
        else:
            settings.emit(text)
    level = FAIL_LEVELS.index(settings.get("fail_on", FAIL_LEVELS[0]))
    failed = any(f.severity.rank <= level for f in audited.findings)
    return exit_codes.FOUND if failed else exit_codes.OK
