"""The `onrecord` command: finds commands without loading what they need, and turns errors into exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from onrecord import __version__
from onrecord.cli import exit_codes
from onrecord.cli.options import SHARED, shared_options
from onrecord.errors import OnRecordError

COMMANDS: dict[str, str] = {
    "check": "Check a base, or new facts in its context.",
    "add": "Check new claims, prove what can be proved, and file them.",
    "new": "Print a ready claim from a source and a quotation.",
    "retire": "Correct, supersede or retract a claim.",
    "changes": "Show the corrections log.",
    "list": "List claims by source, topic, standing or outcome.",
    "show": "Show one claim with its citations and sources.",
    "query": "Run a SPARQL query or a named question.",
    "ask": "Answer a question in plain English from claims with their notes.",
    "summary": "Write a sourced summary to publish.",
    "audit": "Compare a text with the base, sentence by sentence.",
    "flow": "Show who passes allegations on to whom.",
    "source": "File source texts in the archive; list and show sources; say what is cited of them.",
    "find-quote": "Say which archived texts hold some words.",
    "prove": "Write commitments and proofs for texts in the archive.",
    "review": "Record what a second reader finds about citations.",
    "stats": "Count what the base holds.",
    "init": "Make an empty base in a folder.",
}
"""Every command with its one-line help; each lives in the module of its name."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"onrecord.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
@shared_options(*SHARED)
@click.pass_context
def cli(ctx: click.Context, /, **given: Any) -> None:
    """OnRecord: a citation-checked fact-check knowledge base.

    A claim gets in only with a quotation that is really in its source. The base is the folder named by --kb
    or ONRECORD_KB, the nearest folder above that is one, or the one that is shipped. Exit codes: 0 nothing
    found, 1 findings, 2 could not run.
    """
    ctx.obj = {name: value for name, value in given.items() if value not in (None, ())}


def run(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    sys.exit(_code(arguments))


def _code(arguments: list[str] | None) -> int:
    try:
        result = cli.main(args=arguments, prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else exit_codes.OK
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return exit_codes.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return exit_codes.COULD_NOT
    except OnRecordError as error:
        _complain(str(error))
        return exit_codes.COULD_NOT
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.OK
    except (OSError, MemoryError, RecursionError) as error:
        _complain(f"{type(error).__name__}: {error}. Nothing was changed.")
        return exit_codes.COULD_NOT


def _complain(message: str) -> None:
    click.echo(f"onrecord: {message}", err=True)
