"""`onrecord summary`: a sourced summary to publish, and the audit of a written one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import FAIL_LEVELS, Settings, shared_options
from onrecord.errors import UnknownTerm

if TYPE_CHECKING:
    from onrecord.answers.summary import About, Summary
    from onrecord.kb import KnowledgeBase

FORMATS = ("markdown", "html", "json")
MOST = 3


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
    help=f"Most claims of one standing in a section (default: {MOST}; 0, and for questions and lists: all).",
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
    from onrecord.answers.summary import summary
    from onrecord.store.index import open_version

    as_of = settings.scope().as_of
    about = _about(kb, settings, given)
    whole = not about.entity  # the claims themselves were asked for
    found = summary(
        kb.base,
        about,
        kb.outcomes,
        as_of=as_of,
        base_name=kb.layout.config.name,
        version=open_version(kb.layout).version,
        most=given["most"] if given["most"] is not None else 0 if whole else MOST,
    )
    if not found.sentences:
        click.echo(f"onrecord: Nothing is on record about {about.subject} that may be told.", err=True)
        return exit_codes.FOUND
    settings.emit(_rendered(kb, found, settings.get("format", FORMATS[0])))
    return exit_codes.OK


def _rendered(kb: KnowledgeBase, found: Summary, chosen: str) -> str:
    if chosen == "json":
        from onrecord.answers.summary_json import summary_json

        return summary_json(found, kb.base)
    if chosen == "html":
        from onrecord.answers.summary_html import summary_html

        return summary_html(found)
    from onrecord.answers.summary_markdown import summary_markdown

    return summary_markdown(found)


# what it is about -------------------------------------------------------------------------------------


def _about(kb: KnowledgeBase, settings: Settings, given: dict[str, Any]) -> About:
    from onrecord.answers.summary_subject import about_claims, about_name, claim_names

    if given["listed"]:
        names = claim_names(_read(given["listed"]), given["listed"])
        title = given["title"] or "Claims on record"
        iris = {name: kb.iri(name) for name in names}
        return about_claims(kb.base, names, title, Path(given["listed"]).name, iris)
    name: str = given["subject"]
    question = name.removeprefix("question:")
    if question == name and not given["params"]:
        about = about_name(kb.base, name, kb.layout.config.iri)
        if about is not None:
            return about
    return _about_question(kb, settings, question, given["params"])


def _about_question(kb: KnowledgeBase, settings: Settings, name: str, params: tuple[str, ...]) -> About:
    """The claims that the rows of a named question rest on.

    Raises:
        UnknownTerm: the base knows neither a question nor anything else of that name.
    """
    from onrecord.answers.summary_subject import about_claims, near

    title = next((q.title for q in kb.questions() if q.name == name), None)
    if title is None:
        others = " or ".join(repr(other) for other in near(kb.base, name))
        meant = f" Did you mean {others}?" if others else ""
        raise UnknownTerm(
            f"The base knows no topic, entity or question {name!r}.{meant}",
            next_step="List what there is: onrecord query --list, onrecord list",
        )
    answer = kb.run(kb.question(name, _parameters(params)), scope=settings.scope())
    rests = dict.fromkeys(iri for e in answer.explain() for iri in (*e.claims, *e.about))
    known = [iri for iri in rests if kb.base.claim(iri) is not None]
    shown = " ".join((f"question:{name}", *params))
    return about_claims(kb.base, known, title, shown, {})


def _parameters(params: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or name in found:
            problem = "is given twice" if equals else "has no value"
            raise click.UsageError(f"--param {name!r} {problem}: write --param NAME=VALUE once.")
        found[name] = value
    return found


def _read(file: str) -> str:
    from onrecord.answers.summary_reading import LARGEST
    from onrecord.store.reading import decode, load_bytes

    return decode(load_bytes(Path(file), file, LARGEST), file)


# the audit --------------------------------------------------------------------------------------------


def _audit(kb: KnowledgeBase, settings: Settings, given: dict[str, Any]) -> int:
    from onrecord.answers.sheet_json import as_json
    from onrecord.answers.summary_checking import audit_summary, audited_data, audited_lines
    from onrecord.answers.summary_reading import read_summary
    from onrecord.store.index import open_version

    file = given["checked"]
    audited = audit_summary(
        kb.base,
        read_summary(_read(file), file),
        kb.outcomes,
        file=file,
        version=open_version(kb.layout).version,
    )
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
