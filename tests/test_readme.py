"""README and docs cannot drift: their commands run, their claims are read, their links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from onrecord.cli.main import COMMANDS, run
from onrecord.kb import KnowledgeBase
from onrecord.model import Severity
from onrecord.store.reading import parse
from onrecord.vocab import KB
from shipped import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SHOWN = [line[2:] for line in README.splitlines() if line.startswith("$ onrecord ")]


@pytest.mark.parametrize("command", SHOWN)
def test_a_command_of_the_readme_runs(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(shlex.split(command)[1:])
    assert not stop.value.code
    assert capsys.readouterr().out


def test_the_readme_shows_commands() -> None:
    assert len(SHOWN) >= 4


def test_the_make_targets_of_the_readme_exist() -> None:
    targets = re.findall(r"^\$ make (\S+)", README, re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_every_command_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"`onrecord ([a-z-]+)", README))
    assert named <= set(COMMANDS)


def test_the_yaml_claim_of_the_readme_passes(tmp_path: Path) -> None:
    block = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert block is not None
    file = parse(block[1].encode(), "claim.yaml", KB)
    assert any(q.graph for q in file.quads)
    (tmp_path / "claim.yaml").write_text(block[1], "utf-8")
    report = KnowledgeBase.open(str(ROOT)).check([str(tmp_path / "claim.yaml")])
    assert {f.rule for f in report.findings if f.severity is Severity.VIOLATION} <= {"citation-absent"}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_to_files_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
