"""Locating quotations: every outcome, and what singles out one of several places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.citations.locating import LocatedText, locate, verify_by_proof
from onrecord.model import Citation, CitationResult, Outcome, Snapshot
from onrecord.sources.commitment import Commitment, holds
from onrecord.store.naming import citation_iri

TEXT = LocatedText.of(
    "The public tip line is not the primary channel for reporting agent misconduct [2]. It is for tips.\n"
    "Reports go to the intake office within 5 days. Late reports go to the intake office all the same.\n"
    "Call 833\u20114ICE\u2011OPR (833-442-3677) to reach it \u2014 the office\u2019s own line."
)
LAW = LocatedText.of(
    "#### \u00a7 12. Reports\n(a) In general\nEach office shall report to the Secretary without delay.\n"
    "(b) Exceptions\n(1) Each office shall report to the Secretary in writing.\n"
    "#### \u00a7 13. Other\n(a) Each office shall report to the Congress."
)


def citation(exact: str, prefix: str = "", suffix: str = "", locator: str = "") -> Citation:
    claim, source = "https://w3id.org/onrecord/kb/claim/x", "https://w3id.org/onrecord/kb/source/y"
    return Citation(citation_iri(claim, source, exact), claim, source, exact, prefix, suffix, locator)


def outcome(result: CitationResult) -> tuple[Outcome, tuple[str, ...]]:
    return result.outcome, result.warnings


def test_words_that_stand_there_once_are_found() -> None:
    result = locate(citation("the primary channel for reporting"), TEXT)
    assert outcome(result) == (Outcome.FOUND, ())
    assert result.nearest == "the primary channel for reporting"


def test_another_spelling_of_the_same_words_is_found_with_a_warning() -> None:
    assert outcome(locate(citation("THE primary\u00a0channel for reporting"), TEXT)) == (
        Outcome.FOUND,
        ("normalised",),
    )


def test_a_phone_number_with_other_dashes_is_found() -> None:
    assert locate(citation("833\u2013442\u20133677) to reach it"), TEXT).outcome is Outcome.FOUND


@pytest.mark.parametrize(
    ("exact", "difference"),
    [
        ("the intake office within 15 days", ("15", "5")),
        ("line is the primary channel for reporting agent misconduct", ("nothing", "not")),
        ("the main channel for reporting agent misconduct", ("main", "primary")),
    ],
)
def test_words_that_were_changed_show_the_nearest_passage_and_first_difference(
    exact: str, difference: tuple[str, str]
) -> None:
    result = locate(citation(exact), TEXT)
    assert result.outcome is Outcome.CHANGED
    assert result.nearest
    assert result.difference == difference


def test_words_that_are_nowhere_near_are_absent() -> None:
    assert locate(citation("quarterly figures on whistleblower complaints"), TEXT).outcome is Outcome.ABSENT


def test_words_that_stand_there_twice_are_ambiguous_and_both_places_are_shown() -> None:
    result = locate(citation("go to the intake office"), TEXT)
    assert result.outcome is Outcome.AMBIGUOUS
    assert len(result.passages) == 2


@pytest.mark.parametrize(("prefix", "suffix"), [("Late reports", ""), ("", "all the same")])
def test_affixes_single_out_a_place(prefix: str, suffix: str) -> None:
    assert locate(citation("go to the intake office", prefix, suffix), TEXT).outcome is Outcome.FOUND


def test_affixes_that_do_not_stand_there_are_a_change() -> None:
    result = locate(citation("the primary channel for reporting", prefix="line is"), TEXT)
    assert result.outcome is Outcome.CHANGED
    assert "prefix" in result.reason


def test_a_proof_singles_out_a_place() -> None:
    first = TEXT.text.find_all(("go", "to", "the", "intake", "office"))[1]
    proof = Commitment(TEXT.text.words).prove(first, first + 5)
    result = locate(citation("go to the intake office"), TEXT, proof)
    assert (result.outcome, result.position) == (Outcome.FOUND, first)


@pytest.mark.parametrize(
    ("locator", "expected"), [("9 U.S.C. 12(a)", Outcome.FOUND), ("9 U.S.C. 12(b)(1)", Outcome.FOUND)]
)
def test_a_section_locator_singles_out_a_place(locator: str, expected: Outcome) -> None:
    assert locate(citation("office shall report to the Secretary", locator=locator), LAW).outcome is expected


def test_words_outside_the_section_named_are_absent_and_their_section_is_told() -> None:
    result = locate(citation("shall report to the Congress", locator="9 U.S.C. 12(a)"), LAW)
    assert result.outcome is Outcome.ABSENT
    assert "13(a)" in result.reason


def test_a_locator_that_names_no_section_decides_nothing() -> None:
    assert (
        locate(citation("the primary channel for reporting", locator="page 3"), TEXT).outcome is Outcome.FOUND
    )


def _proved(exact: str, prefix: str = "") -> tuple[Citation, Commitment, Snapshot]:
    cited = citation(exact, prefix)
    tree = Commitment(TEXT.text.words)
    return cited, tree, Snapshot("s", cited.source, "sha256:x", tree.word_count, tree.root)


def test_a_proof_stands_in_for_the_text() -> None:
    cited, tree, snapshot = _proved("the primary channel for reporting", "is not")
    at = TEXT.text.find_all(("is", "not", "the", "primary"))[0]
    proof = tree.prove(at, at + 7)
    result = verify_by_proof(cited, proof, [snapshot], holds)
    assert (result.outcome, result.means, result.position) == (Outcome.FOUND, "proof", at + 2)
    other = replace(cited, prefix="is indeed")
    assert verify_by_proof(other, proof, [snapshot], holds).outcome is Outcome.ABSENT


def test_a_committed_source_without_a_proof_of_the_words_is_absent_not_unchecked() -> None:
    cited, _, snapshot = _proved("the primary channel for reporting")
    result = verify_by_proof(cited, None, [snapshot], holds)
    assert (result.outcome, result.means) == (Outcome.ABSENT, "proof")


def test_a_source_without_text_and_commitment_is_unchecked_with_the_reason() -> None:
    result = verify_by_proof(citation("anything at all here"), None, [], holds)
    assert result.outcome is Outcome.UNCHECKED
    assert "no text" in result.reason


def test_a_proof_of_another_commitment_does_not_count() -> None:
    cited, tree, snapshot = _proved("the primary channel for reporting")
    at = TEXT.text.find_all(("the", "primary", "channel"))[0]
    foreign = replace(snapshot, root="0" * 64)
    assert verify_by_proof(cited, tree.prove(at, at + 5), [foreign], holds).outcome is Outcome.ABSENT
