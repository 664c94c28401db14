"""`onrecord prove`: commitments and proofs for texts in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import exit_codes
from onrecord.cli.options import Settings, shared_options

if TYPE_CHECKING:
    from onrecord.filing.proving import Proved


@click.command("prove")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="ID",
    help="Only this source, moved to its latest text; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@shared_options("kb", "archive")
@click.pass_context
def command(ctx: click.Context, /, sources: tuple[str, ...], dry_run: bool, **given: Any) -> int:
    """Write commitments and proofs for texts in the archive.

    With a commitment and proofs anybody can check the quotations without the texts. A source that has a
    commitment keeps to the text committed to; name it with --source to move it to its latest text, which is
    done only if every citation of it stands there. Exits with 1 when a citation does not stand in the text.
    """
    settings = Settings(ctx, given)
    proved = settings.knowledge_base().prove(sources, dry_run=dry_run)
    click.echo("\n".join(_lines(proved, dry_run=dry_run)))
    return exit_codes.FOUND if proved.failed else exit_codes.OK


def _lines(proved: Proved, *, dry_run: bool) -> Iterator[str]:
    from onrecord.vocab import compact, slug

    for result in proved.failed:
        citation = result.citation
        place = f"{citation.place}: " if citation.place else ""
        yield f"{place}{result.outcome.value}: {compact(citation.iri)}: {result.reason}"
        yield f"    quotation: {citation.exact}"
        if result.nearest:
            yield f"    in source: {result.nearest}"
    for source in proved.held:
        yield f"{compact(source)} keeps its commitment: citations of it do not stand in the newer text."
    for source in proved.newer:
        yield (
            f"{compact(source)}: the text at hand is not the one committed to; "
            f"to move to it: onrecord prove --source {slug(source)}"
        )
    for name in proved.damaged:
        yield f"{name} was damaged and {'would be' if dry_run else 'is'} written anew."
    sources = len(proved.commitments)
    yield (
        f"{'Would prove' if dry_run else 'Proved'} {proved.proofs} citations of "
        f"{sources} source{'s' if sources != 1 else ''}; "
        f"{proved.kept} proofs kept, {proved.dropped} dropped, {len(proved.failed)} citations not found."
    )
    changed = "; ".join(proved.changed_files) or "none"
    yield f"Files {'to be changed' if dry_run else 'changed'}: {changed}."
