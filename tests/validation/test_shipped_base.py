"""The shipped base: every quotation of the eleven texts found, by proof and by text, the same in both."""

from __future__ import annotations

import pytest

from onrecord.kb import KnowledgeBase
from onrecord.model import Outcome, Severity
from onrecord.sources.archive import Archive, sha256
from onrecord.sources.commitment import Commitment
from onrecord.text import words
from onrecord.validation.quotations import CitationChecker
from onrecord.validation.report import Report
from onrecord.vocab import slug
from shipped import (
    LAYOUT,
    SHARED_TEXTS,
    NoTexts,
    SharedTexts,
    file_texts,
    needs_texts,
    provable_citations,
    shipped_base,
    shipped_citations,
)

COMMITTED_TEXTS = 11


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return KnowledgeBase(LAYOUT, Archive(tmp_path_factory.mktemp("none"))).check()


def test_nothing_is_found_at_violation_level_and_everything_was_checked(report: Report) -> None:
    assert [f for f in report.findings if f.severity is Severity.VIOLATION] == []
    assert report.unreadable == 0
    assert report.claims >= 60
    assert len(report.citations) == len(shipped_citations())


def test_every_citation_of_a_committed_text_is_found_by_proof(report: Report) -> None:
    outcomes = {(r.outcome, r.means) for r in report.citations if shipped_base().snapshots(r.citation.source)}
    assert outcomes == {(Outcome.FOUND, "proof")}
    rest = [r for r in report.citations if not shipped_base().snapshots(r.citation.source)]
    assert all(r.outcome is Outcome.UNCHECKED and r.reason for r in rest)


def test_at_most_two_percent_of_claims_are_waived(report: Report) -> None:
    waived = {w.finding.focus for w in report.waived}
    assert len(waived) <= 0.02 * report.claims


def test_the_base_holds_commitments_to_eleven_texts_of_fifty_two_sources() -> None:
    sources = list(shipped_base().sources())
    assert len(sources) >= 52
    assert sum(1 for s in sources if shipped_base().snapshots(s.iri)) == COMMITTED_TEXTS


def test_every_claim_has_a_citation_and_asserts_something() -> None:
    for claim in shipped_base().claims():
        assert claim.citations, claim.iri
        assert claim.assertions, claim.iri


@needs_texts
def test_by_text_and_by_proof_agree_over_all_citations() -> None:
    by_text = CitationChecker(shipped_base(), SharedTexts())
    by_proof = CitationChecker(shipped_base(), NoTexts())
    for citation in provable_citations():
        one, other = by_text.check(citation), by_proof.check(citation)
        assert (one.outcome, one.means) == (Outcome.FOUND, "text"), (citation.iri, one.reason)
        assert (other.outcome, other.means) == (Outcome.FOUND, "proof"), citation.iri
        assert one.position == other.position
        assert "proof" not in one.warnings


@needs_texts
def test_the_commitments_are_those_of_the_texts() -> None:
    for path in sorted(SHARED_TEXTS.glob("*.txt")):
        source = next(s.iri for s in shipped_base().sources() if s.slug == path.stem)
        (snapshot,) = shipped_base().snapshots(source)
        tree = Commitment(words(path.read_text("utf-8")))
        assert (snapshot.root, snapshot.word_count) == (tree.root, tree.word_count)
        assert snapshot.byte_digest == sha256(path.read_bytes())


@needs_texts
def test_a_text_with_one_word_changed_has_another_root() -> None:
    for path in sorted(SHARED_TEXTS.glob("*.txt")):
        tokens = words(path.read_text("utf-8"))
        middle = len(tokens) // 2
        changed = (*tokens[:middle], "otherwise", *tokens[middle + 1 :])
        assert Commitment(changed).root != Commitment(tokens).root


@needs_texts
def test_the_whole_check_by_text_finds_what_the_check_by_proof_finds(
    tmp_path_factory: pytest.TempPathFactory, report: Report
) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    assert len(file_texts(archive)) == COMMITTED_TEXTS
    by_text = KnowledgeBase(LAYOUT, archive).check()
    assert [f for f in by_text.findings if f.severity is Severity.VIOLATION] == []
    assert by_text.outcome_count(Outcome.FOUND, "text") == report.outcome_count(Outcome.FOUND, "proof")


def test_no_text_of_a_source_is_in_the_base() -> None:
    for claim in shipped_base().claims():
        for citation in claim.citations:
            assert len(words(citation.quoted)) <= 30, citation.iri
            assert slug(citation.source)
