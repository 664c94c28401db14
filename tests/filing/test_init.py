"""`init`: an empty base that says so, and that claims can be added to."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_base
from command_line import RunCli
from onrecord.errors import FilingError
from onrecord.filing.adding import Submission
from onrecord.filing.starting import start
from onrecord.kb import KnowledgeBase
from onrecord.model import Severity
from onrecord.sources.archive import Archive
from small_base import SmallBase


def test_an_empty_base_is_no_pass(tmp_path: Path, run_cli: RunCli) -> None:
    made = run_cli("init", str(tmp_path / "new"), "--name", 'The "new" base')
    assert made.code == 0
    ran = run_cli("check", "--kb", str(tmp_path / "new"))
    assert ran.code == 1
    assert "base-empty" in ran.out
    assert "1 violations" in ran.out
    assert KnowledgeBase.open(str(tmp_path / "new")).layout.config.name == 'The "new" base'


def test_an_empty_folder_may_be_there(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert start(tmp_path / "new").config.name == "new"


@pytest.mark.parametrize("held", ["x.txt", ".hidden"])
def test_a_folder_that_is_used_is_left_alone(tmp_path: Path, run_cli: RunCli, held: str) -> None:
    (tmp_path / held).write_text("mine", "utf-8")
    ran = run_cli("init", str(tmp_path))
    assert ran.code == 2
    assert "not empty" in ran.err
    assert [p.name for p in tmp_path.iterdir()] == [held]


@pytest.mark.parametrize(
    "iri", ["harbour", "https://harbour.example/kb", "https://harbour.example/a b/", "ftp://x/"]
)
def test_an_iri_that_no_name_can_follow_is_refused(tmp_path: Path, iri: str) -> None:
    with pytest.raises(FilingError, match="no IRI"):
        start(tmp_path / "new", iri=iri)
    assert not (tmp_path / "new").exists()


def test_a_claim_can_be_added_to_it(tmp_path: Path) -> None:
    layout = start(tmp_path / "base")
    with (layout.facts / "sources.ttl").open("ab") as sources:
        sources.write(small_base.as_file(small_base.SOURCES))
    with (layout.facts / "entities.ttl").open("ab") as entities:
        entities.write(small_base.as_file(small_base.ENTITIES))
    small = SmallBase(layout.root, tmp_path / "archive")
    small.file_text("harbour-rules", small_base.RULES_TEXT)
    added = small.kb().add(Submission(small_base.as_file(small_base.inspector_claim("first")), "x.trig"))
    assert (added.file, added.proved) == ("facts/claims/first.trig", 1)
    assert not small.kb().check(strict=True).fails()


def test_its_examples_are_true_once_their_marks_are_taken_off(tmp_path: Path) -> None:
    layout = start(tmp_path / "base")
    for path in (layout.facts / "entities.ttl", layout.facts / "sources.ttl", layout.claims / "example.trig"):
        path.write_text(uncommented(path.read_text("utf-8")), "utf-8")
    master = 'office:harbour-master a ov:Office ; skos:prefLabel "harbour master"@en .\n'
    with (layout.facts / "entities.ttl").open("a", encoding="utf-8") as entities:
        entities.write(master)
    text = (
        "## 9 CFR 12.1 Damage\n(a) The master shall report each allegation of damage to the Harbour Board.\n"
    )
    Archive(tmp_path / "archive").add("harbour-rules", text.encode(), "rules.txt")
    report = KnowledgeBase.open(str(layout.root), tmp_path / "archive").check(strict=True)
    assert [f for f in report.findings if f.severity is Severity.VIOLATION] == []
    assert report.claims == 1


def uncommented(text: str) -> str:
    """The prefixes, then the example, its marks taken off."""
    marked = [line.removeprefix("#").removeprefix(" ") for line in text.splitlines() if line.startswith("#")]
    start = next(i for i, line in enumerate(marked) if not line) + 1
    end = next((i for i, line in enumerate(marked[start:], start) if not line), len(marked))
    plain = [line for line in text.splitlines() if not line.startswith("#")]
    return "\n".join([*plain, *marked[start:end]]) + "\n"


def test_a_base_of_another_iri_names_its_claims_by_it(tmp_path: Path) -> None:
    iri = "https://harbour.example/kb/"
    layout = start(tmp_path / "base", iri=iri)

    def own(text: str) -> bytes:
        return small_base.as_file(text).replace(b"https://w3id.org/onrecord/kb/", iri.encode())

    (layout.facts / "sources.ttl").write_bytes(own(small_base.SOURCES))
    (layout.facts / "entities.ttl").write_bytes(own(small_base.ENTITIES))
    small = SmallBase(layout.root, tmp_path / "archive")
    small.file_text("harbour-rules", small_base.RULES_TEXT)
    added = small.kb().add(Submission(own(small_base.inspector_claim("first")), "x.trig"))
    assert added.claims == (f"{iri}claim/first",), added.report.findings
    assert small.kb().claim("first").iri == small.kb().claim("claim:first").iri == f"{iri}claim/first"
