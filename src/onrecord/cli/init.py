"""`onrecord init`: an empty base in a folder."""

from __future__ import annotations

import click

from onrecord.cli import exit_codes


@click.command("init")
@click.argument("folder", metavar="DIR")
@click.option("--name", default="", help="What the base is called (default: the folder's name).")
@click.option(
    "--iri",
    default="",
    metavar="IRI",
    help="What the IRIs of its claims, sources and entities begin with (default: the shipped base's).",
)
@click.pass_context
def command(ctx: click.Context, /, folder: str, name: str, iri: str) -> int:
    """Make an empty base in a folder.

    DIR must be empty or not exist yet. It gets the vocabulary and shapes of the shipped base, and
    commented examples of an entity, a source and a claim. Until it holds a claim, 'check' says that
    nothing was checked.
    """
    from pathlib import Path

    from onrecord.cli.options import Settings
    from onrecord.filing.starting import start
    from onrecord.vocab import KB

    Settings(ctx, {})
    layout = start(Path(folder), name, iri or KB)
    click.echo(f"Made the base {layout.config.name!r} in {layout.root}.")
    click.echo("Next: describe a source in facts/sources.ttl, then: onrecord new --source ID --quote WORDS")
    return exit_codes.OK
