"""The reference of all commands, made from their own help texts (docs/commands.md)."""

from __future__ import annotations

from collections.abc import Iterator

import click

from onrecord.cli.main import COMMANDS, cli

_INTRODUCTION = """\
# Commands

Made from the help texts of the commands; `make golden` writes it anew.

Options for the base, the archive, format and output may stand before or after the command's name. Results
go to standard output, progress and diagnostics to standard error. Exit codes: **0** nothing at or above the
fail level, **1** findings (`find-quote`: no hit), **2** could not run.
"""


def reference() -> str:
    """Every command and subcommand with its help text, in the order of the command list."""
    parts = [_INTRODUCTION, _block(cli, "onrecord", None)]
    root = click.Context(cli, info_name="onrecord", help_option_names=["-h", "--help"])
    for name in COMMANDS:
        command = cli.get_command(root, name)
        if command is not None:
            parts += _sections(command, name, root)
    return "\n".join(parts)


def _sections(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    yield _block(command, name, parent)
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name, parent=parent)
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                yield from _sections(found, inner, context)


def _block(command: click.Command, name: str, parent: click.Context | None) -> str:
    context = click.Context(
        command, info_name=name, parent=parent, terminal_width=100, help_option_names=["-h", "--help"]
    )
    return f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
