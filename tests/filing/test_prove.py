"""`prove`: what is committed to, what is proved, and that a base never loses a proof that holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_line import RunCli
from onrecord import writing
from onrecord.errors import ArchiveError, FilingError, UnknownTerm
from onrecord.model import Outcome
from small_base import PAPER_TEXT, RULES_TEXT, SmallBase, make

MOVED = "Preface, added in 2025.\n" + RULES_TEXT
LOSING = RULES_TEXT.replace("within 7 days", "within 9 days")


def means(small: SmallBase) -> list[tuple[Outcome, str]]:
    """How the citations are found without any text."""
    without = SmallBase(small.root, small.archive.parent / "no-texts")
    return [(r.outcome, r.means) for r in without.kb().check().citations]


ALL_PROVED = [(Outcome.FOUND, "proof")] * 2


def test_texts_at_hand_are_committed_to_and_citations_proved(tmp_path: Path, run_cli: RunCli) -> None:
    small = make(tmp_path, proved=False)
    assert means(small) == [(Outcome.UNCHECKED, "")] * 2
    dry = run_cli("prove", "--dry-run", *small.options())
    assert "Would prove 2 citations of 2 sources" in dry.out
    assert not small.layout.snapshots.exists()
    ran = run_cli("prove", *small.options())
    assert (ran.code, "Proved 2 citations of 2 sources" in ran.out) == (0, True)
    assert means(small) == ALL_PROVED


def test_proving_again_changes_nothing(harbour: SmallBase) -> None:
    before = harbour.digests()
    assert harbour.kb().prove().changed_files == ()
    assert harbour.digests() == before


def test_proofs_of_texts_not_at_hand_are_kept(harbour: SmallBase) -> None:
    before = harbour.digests()
    proved = SmallBase(harbour.root, harbour.archive / "none").kb().prove()
    assert (proved.proofs, proved.kept, proved.changed_files) == (0, 2, ())
    assert harbour.digests() == before


def test_a_source_moves_to_a_newer_text_only_when_it_is_named(harbour: SmallBase, run_cli: RunCli) -> None:
    newer = SmallBase(harbour.root, harbour.archive.parent / "newer")
    newer.file_text("harbour-rules", MOVED)
    before = harbour.digests()
    ran = run_cli("prove", *newer.options())
    assert (ran.code, harbour.digests()) == (0, before)
    assert "onrecord prove --source harbour-rules" in ran.out
    assert run_cli("prove", "--source", "harbour-rules", *newer.options()).code == 0
    assert harbour.digests() != before
    assert means(harbour) == ALL_PROVED
    assert not newer.kb().check(strict=True).fails()


def test_a_source_that_would_lose_a_citation_keeps_its_commitment(
    harbour: SmallBase, run_cli: RunCli
) -> None:
    harbour.file_text("harbour-rules", LOSING)
    before = harbour.digests()
    ran = run_cli("prove", "--source", "harbour-rules", *harbour.options())
    assert (ran.code, harbour.digests()) == (1, before)
    assert "source:harbour-rules keeps its commitment" in ran.out
    assert "within 9 days" in ran.out
    assert not harbour.kb().check(strict=True).fails()


@pytest.mark.parametrize("allowed", [0, 1, 2])
def test_a_move_that_is_cut_short_leaves_proofs_that_hold(
    harbour: SmallBase, monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    harbour.file_text("harbour-rules", MOVED)
    written: list[Path] = []
    real = writing.write_whole

    def write(path: Path, data: bytes) -> None:
        if len(written) == allowed:
            raise FilingError("cut short")
        written.append(path)
        real(path, data)

    monkeypatch.setattr("onrecord.filing.proving.write_whole", write)
    with pytest.raises(FilingError, match="cut short"):
        harbour.kb().prove(["harbour-rules"])
    assert means(harbour) == ALL_PROVED
    monkeypatch.setattr("onrecord.filing.proving.write_whole", real)
    harbour.kb().prove(["harbour-rules"])
    assert means(harbour) == ALL_PROVED
    assert len(harbour.kb().base.snapshots(harbour.kb().iri("harbour-rules", "source"))) == 1


def test_a_citation_that_the_text_does_not_hold_is_named(harbour: SmallBase, run_cli: RunCli) -> None:
    path = harbour.layout.claims / "harbour.trig"
    path.write_bytes(path.read_bytes().replace(b"closed 41 of 60 reports", b"closed 43 of 60 reports"))
    ran = run_cli("prove", *harbour.options())
    assert ran.code == 1
    assert "facts/claims/harbour.trig:" in ran.out
    assert "changed: claim:board-closed-41-of-60.c-" in ran.out
    assert "in source: closed 41 of 60 reports in 2023" in ran.out
    assert "1 dropped, 1 citations not found" in ran.out


def test_a_damaged_proof_file_is_written_anew(harbour: SmallBase) -> None:
    path = harbour.layout.proofs / "harbour.json"
    good = path.read_bytes()
    path.write_bytes(good[:100])
    proved = harbour.kb().prove()
    assert proved.damaged == ("facts/proofs/harbour.json",)
    assert path.read_bytes() == good


def test_a_proof_file_without_claims_is_removed(harbour: SmallBase) -> None:
    orphan = harbour.layout.proofs / "gone.json"
    shutil.copy(harbour.layout.proofs / "harbour.json", orphan)
    assert harbour.kb().prove().changed_files == ("facts/proofs/gone.json",)
    assert not orphan.exists()


def test_a_damaged_commitment_is_mended(harbour: SmallBase) -> None:
    good = harbour.layout.snapshots.read_bytes()
    root = good.split(b'onr:root "')[1][:64]
    harbour.layout.snapshots.write_bytes(good.replace(root, b"0" * 64))
    assert harbour.kb().check().fails()
    harbour.kb().prove()
    assert harbour.layout.snapshots.read_bytes() == good


def test_a_second_capture_with_the_same_text_changes_nothing(harbour: SmallBase) -> None:
    before = harbour.digests()
    harbour.file_text("quay-paper", PAPER_TEXT.replace("\n", "\r\n"))
    harbour.kb().prove()
    assert harbour.digests() == before


def test_unknown_sources_and_missing_texts_are_said(harbour: SmallBase) -> None:
    with pytest.raises(UnknownTerm, match="source:nobody"):
        harbour.kb().prove(["nobody"])
    without = SmallBase(harbour.root, harbour.archive / "none")
    with pytest.raises(ArchiveError, match="onrecord source add FILE --id quay-paper"):
        without.kb().prove(["quay-paper"])
