"""`onrecord audit`: somebody's text against the base, sentence by sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options
from onrecord.cli.painting import painter

if TYPE_CHECKING:
    from onrecord.answers.audit.audit import Audit
    from onrecord.answers.audit.drafts import DraftSentence

FORMATS = ("text", "html", "json", "sarif")
INPUTS = ("markdown", "html", "text")
LONG = 200
"""Sentences from which progress is shown."""


@click.command("audit")
@click.argument("draft", metavar="DRAFT")
@click.option(
    "--input-format", type=click.Choice(INPUTS), help="Kind of the draft; else by its name and start."
)
@click.option("--full", is_flag=True, help="Name every claim found for a sentence.")
@shared_options("kb", "archive", "format", "output", "as_of", formats=FORMATS)
@click.pass_context
def command(ctx: click.Context, /, draft: str, input_format: str | None, full: bool, **given: Any) -> int:
    """Compare a text with the base, sentence by sentence.

    DRAFT is Markdown, HTML or plain text; '-' reads standard input. Each sentence is on record, differs,
    conflicted, outdated, needs a source, or not on record; where it differs, both readings are shown.
    Words in quotation marks are looked for in the texts at hand, and [n] markers in the draft's own list.
    "On record" says no more than that nothing was found against it by these checks. Exits with 1 where any
    sentence differs, with 2 when the draft cannot be read.
    """
    settings = Settings(ctx, given)
    found = settings.knowledge_base().audit(
        Path(draft),
        name=draft,
        input_format=input_format or "",
        as_of=settings.scope().as_of,
        progress=_progress,
    )
    settings.emit(_render(found, settings, full))
    return exit_codes.FOUND if found.differs else exit_codes.OK


def _progress(sentences: Sequence[DraftSentence]) -> Iterable[DraftSentence]:
    """The sentences, with a bar on standard error for a long draft at a terminal."""
    return _bar(sentences) if _is_terminal() and len(sentences) >= LONG else sentences


def _is_terminal() -> bool:
    return sys.stderr.isatty()


def _bar(sentences: Sequence[DraftSentence]) -> Iterator[DraftSentence]:
    with click.progressbar(sentences, label="Auditing", file=sys.stderr) as bar:
        yield from bar


def _render(found: Audit, settings: Settings, full: bool) -> str:
    chosen = settings.get("format", FORMATS[0])
    if chosen == "html":
        from onrecord.answers.audit.as_html import audit_html

        return audit_html(found)
    if chosen == "json":
        from onrecord.answers.audit.as_json import audit_json

        return audit_json(found)
    if chosen == "sarif":
        from onrecord.answers.audit.as_sarif import audit_sarif

        return audit_sarif(found)
    from onrecord.answers.audit.as_text import audit_text

    return audit_text(found, painter(settings), full=full)
