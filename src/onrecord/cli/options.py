"""Options that commands share; each may stand before or after the command's name."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from onrecord.kb import KnowledgeBase
    from onrecord.model import Claim
    from onrecord.store.scope import Scope

F = TypeVar("F", bound=Callable[..., Any])
INCLUDE = ("superseded", "contradicted", "alleged", "argued")
FAIL_LEVELS = ("violation", "warning", "info")

_OPTIONS: dict[str, Callable[[F], F]] = {
    "kb": click.option("--kb", metavar="DIR", help="The base to work on."),
    "archive": click.option("--archive", metavar="DIR", help="The archive of source texts."),
    "output": click.option(
        "-o", "--output", metavar="FILE", help="Write the result to a file, whole or not at all."
    ),
    "format": click.option("-f", "--format", "format", metavar="FORMAT", help="Format of the result."),
    "fail_on": click.option(
        "--fail-on", type=click.Choice(FAIL_LEVELS), help="Severity from which to exit with 1."
    ),
    "as_of": click.option("--as-of", metavar="DATE", help="Keep to claims valid on that date (YYYY-MM-DD)."),
    "include": click.option(
        "--include",
        multiple=True,
        type=click.Choice(INCLUDE),
        help="Widen the default graph; may be repeated.",
    ),
}
SHARED = tuple(_OPTIONS)


def shared_options(*names: str, formats: Iterable[str] = ()) -> Callable[[F], F]:
    """Add shared options to a command; `formats` limits --format, the first one being the default."""
    choices = tuple(formats)

    def decorate(function: F) -> F:
        for name in reversed(names):
            if name == "format" and choices:
                text = f"Format of the result (default: {choices[0]})."
                option = click.option("-f", "--format", "format", type=click.Choice(choices), help=text)
                function = option(function)
            else:
                function = _OPTIONS[name](function)
        return function

    return decorate


class Settings:
    """The shared options as given before or after the command's name; the latter win.

    Raises:
        click.UsageError: an option before the command's name that the command does not have.
    """

    def __init__(self, ctx: click.Context, given: dict[str, Any]) -> None:
        before: dict[str, Any] = ctx.obj or {}
        takes = {p.name for p in ctx.command.params}
        for name in before:
            if name not in takes:
                option = "--" + name.replace("_", "-")
                raise click.UsageError(f"{option} is no option of '{ctx.command_path}'.", ctx)
        self._values = {**before, **{k: v for k, v in given.items() if v not in (None, ())}}
        self._check_format(ctx)

    def _check_format(self, ctx: click.Context) -> None:
        for param in ctx.command.params:
            if param.name == "format" and "format" in self._values:
                self._values["format"] = param.type.convert(self._values["format"], param, ctx)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of an option, or a default."""
        return self._values.get(name, default)

    def knowledge_base(self) -> KnowledgeBase:
        """The base and archive that the options name."""
        from onrecord.kb import KnowledgeBase

        return KnowledgeBase.open(self.get("kb"), self.get("archive"))

    def scope(self) -> Scope:
        """What --include and --as-of make of the default graph.

        Raises:
            click.UsageError: --as-of is no date.
        """
        from onrecord.store.scope import Scope, is_date

        as_of = self.get("as_of", "")
        if as_of and not is_date(as_of):
            raise click.UsageError(f"--as-of {as_of!r} is no date: write YYYY-MM-DD.")
        return Scope(frozenset(self.get("include", ())), as_of)

    def emit(self, text: str) -> None:
        """Write a result to the file of --output, or to standard output.

        A reader of standard output that goes away early changes neither the result nor the exit code.
        """
        target = self.get("output")
        if target and target != "-":
            from onrecord.writing import write_whole

            write_whole(Path(target), text.encode())
        else:
            try:
                click.echo(text, nl=False)
                sys.stdout.flush()
            except BrokenPipeError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def named_parameters(params: Iterable[str]) -> dict[str, str]:
    """The parameters of a named question as `--param NAME=VALUE` gives them.

    Raises:
        click.UsageError: one without a value, or given twice.
    """
    found: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or name in found:
            problem = "is given twice" if equals else "has no value"
            raise click.UsageError(f"--param {name!r} {problem}: write --param NAME=VALUE once.")
        found[name] = value
    return found


def is_terminal_output(settings: Settings) -> bool:
    """Whether the result goes to a terminal, and may have colour."""
    return not settings.get("output") and sys.stdout.isatty()


def progress(claims: Iterable[Claim], count: int) -> Iterator[Claim]:
    """Claims as they are checked, with a bar on standard error when it is a terminal."""
    if not sys.stderr.isatty() or count < 200:
        yield from claims
        return
    with click.progressbar(claims, length=count, label="Checking", file=sys.stderr) as bar:
        yield from bar
