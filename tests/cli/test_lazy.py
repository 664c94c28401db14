"""The command list: quick to show, complete, and true to the commands."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module

import click
import pytest

from command_line import RunCli
from onrecord.cli.main import COMMANDS

HEAVY = ("rdflib", "pyshacl", "pyoxigraph", "lxml", "rapidfuzz", "regex", "yaml", "html_text")


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys\nfrom onrecord.cli.main import run\n"
        "try:\n    run(sys.argv[1:])\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_nothing_heavy(option: str) -> None:
    ran = _run(option)
    assert ran.returncode == 0 and "onrecord" in ran.stdout.lower()
    loaded = {name.partition(".")[0] for name in ran.stderr.split()}
    assert "click" in loaded and not loaded & set(HEAVY)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_loads_no_rdf(name: str) -> None:
    loaded = {module.partition(".")[0] for module in _run(name, "--help").stderr.split()}
    assert not loaded & {"rdflib", "pyshacl", "pyoxigraph", "lxml", "rapidfuzz"}


@pytest.mark.parametrize(("name", "line"), COMMANDS.items())
def test_every_command_is_there_with_the_help_line_of_the_list(run_cli: RunCli, name: str, line: str) -> None:
    command = import_module(f"onrecord.cli.{name.replace('-', '_')}").command
    assert isinstance(command, click.Command) and command.name == name
    assert " ".join((command.help or "").split("\n\n")[0].split()) == line
    ran = run_cli(name, "--help")
    assert ran.code == 0 and ran.out.startswith(f"Usage: onrecord {name} ")


def test_a_command_that_is_none_is_2(run_cli: RunCli) -> None:
    ran = run_cli("frobnicate")
    assert ran.code == 2 and "No such command 'frobnicate'" in ran.err
