"""`onrecord source`: file source texts in the archive; list and show sources; say what is cited of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options
from onrecord.cli.painting import painter

if TYPE_CHECKING:
    from onrecord.kb import KnowledgeBase
    from onrecord.sources.archive import Capture

FORMATS = ("text", "json")


@click.group("source")
@shared_options("kb", "archive")
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> None:
    """File source texts in the archive; list and show sources; say what is cited of them.

    The archive is the reader's own and lies outside the base: --archive DIR, ONRECORD_ARCHIVE, or the
    platform's data folder.
    """
    ctx.obj = {**(ctx.obj or {}), **{k: v for k, v in given.items() if v is not None}}


@command.command("add")
@click.argument("file")
@click.option("--id", "source_id", required=True, metavar="ID", help="The source's id in the base.")
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def add(ctx: click.Context, /, file: str, source_id: str, **given: Any) -> int:
    """File a source's text in the archive.

    FILE is plain text or saved HTML ('-' reads standard input). Its bytes and the text extracted from them
    are kept under their digests; filing the same bytes again changes nothing. Says when the base does not
    know the id, and when the text is not the one that the base commits to.
    """
    from onrecord.answers.sheet_json import as_json
    from onrecord.answers.source_sheet import capture_data
    from onrecord.store.reading import load_bytes
    from onrecord.vocab import PREFIXES

    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    source_id = source_id.removeprefix(PREFIXES["source"]).removeprefix("source:")
    data = load_bytes(Path(file), file, kb.layout.config.max_file_bytes)
    capture = kb.archive.add(source_id, data, "standard-input" if file == "-" else file)
    warnings = _warnings(kb, source_id, capture)
    if settings.get("format", FORMATS[0]) == "json":
        settings.emit(as_json({"source": source_id, **capture_data(capture), "warnings": warnings}))
    else:
        settings.emit(
            f"Filed {source_id}: {capture.words:,} words by {capture.extractor}.\n"
            f"  bytes {capture.byte_digest}\n  text  {capture.text_digest}\n"
        )
    for warning in warnings:
        click.echo(f"onrecord: {warning}", err=True)
    return exit_codes.OK


def _warnings(kb: KnowledgeBase, source_id: str, capture: Capture) -> list[str]:
    from onrecord.errors import UnknownTerm

    try:
        source = kb.source(source_id)
    except UnknownTerm:
        return [f"The base has no source {source_id!r}; describe it in facts/sources.ttl before citing it."]
    committed = {s.text_digest for s in kb.base.snapshots(source.iri)}
    if committed and capture.text_digest not in committed:
        return [
            f"This is not the text that the base commits to for {source_id!r}: quotations are looked for "
            "in it, and marked stale. File the text that was cited, or run "
            f"'onrecord prove --source {source_id}'."
        ]
    return []


@command.command("list")
@click.option("--lacking", is_flag=True, help="Only sources whose text is not at hand.")
@click.option("--cited", is_flag=True, help="Only sources that a claim cites.")
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def listing(ctx: click.Context, /, lacking: bool, cited: bool, **given: Any) -> int:
    """List the base's sources.

    With tier, date, whether their text is at hand ('other': not the one that the base commits to), whether
    the base commits to it, and how many citations they have.
    """
    from onrecord.answers.sheet_json import as_json
    from onrecord.answers.source_sheet import source_rows, source_sheet_data, source_sheets
    from onrecord.sparql.results import columns

    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    sheets = [
        s
        for s in source_sheets(kb.base, kb.archive)
        if not (lacking and s.captures) and not (cited and not s.citations)
    ]
    if settings.get("format", FORMATS[0]) == "json":
        settings.emit(as_json([source_sheet_data(s, whole=False) for s in sheets]))
        return exit_codes.OK
    head = ["id", "tier", "date", "text", "committed", "citations", "title"]
    table = columns(head, list(source_rows(sheets)), [False] * 5 + [True])
    settings.emit(f"{table}\n{len(sheets)} source{'' if len(sheets) == 1 else 's'}\n")
    return exit_codes.OK


@command.command("show")
@click.argument("name", metavar="ID")
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def show(ctx: click.Context, /, name: str, **given: Any) -> int:
    """Show one source with all that is known of it.

    Its record, commitment, captures in the archive, reference markers with the sources that they may point
    to, and the claims that cite it with their quotations.
    """
    from onrecord.answers.sheet_json import as_json
    from onrecord.answers.source_sheet import source_sheet, source_sheet_data, source_text

    settings = Settings(ctx, given)
    kb = settings.knowledge_base()
    sheet = source_sheet(kb.base, kb.archive, kb.source(name))
    if settings.get("format", FORMATS[0]) == "json":
        settings.emit(as_json(source_sheet_data(sheet)))
    else:
        settings.emit(source_text(sheet, kb.base, painter(settings)))
    return exit_codes.OK


@command.command("coverage")
@click.argument("names", nargs=-1, metavar="[ID]...")
@shared_options("kb", "archive", "format", "output", formats=FORMATS)
@click.pass_context
def coverage(ctx: click.Context, /, names: tuple[str, ...], **given: Any) -> int:
    """Say which sentences of sources hold a quotation.

    Counts the sentences and list items of each text, of every source with a text at hand or of those named;
    those that hold a quotation of at least 4 words of a claim that is not retired; and the same of those that
    bear an [n] marker which the base has as a reference of the source. Marked sentences that hold none are
    shown, and the exit code is 1.
    """
    from onrecord.answers.coverage import coverage_data, coverage_notes, coverage_rows
    from onrecord.answers.sheet_json import as_json
    from onrecord.sparql.results import columns

    settings = Settings(ctx, given)
    found = settings.knowledge_base().coverage(names)
    if settings.get("format", FORMATS[0]) == "json":
        settings.emit(as_json(coverage_data(found)))
    else:
        head = ["id", "sentences", "quoted", "marked", "quoted", "percent"]
        table = columns(head, list(coverage_rows(found)), [False] + [True] * 5)
        settings.emit(f"{coverage_notes(found, painter(settings))}{table}\n")
    return exit_codes.FOUND if any(c.lacking for c in found) else exit_codes.OK
