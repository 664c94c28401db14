"""Measures of the shipped base: how much it holds, and that no figure stands without its quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from onrecord.kb import KnowledgeBase
from onrecord.model import Claim, Standing
from onrecord.sources.archive import Archive
from onrecord.validation.report import Report
from onrecord.vocab import KB, OV, RDF_TYPE
from shipped import LAYOUT, shipped_base

FEWEST = {"claims": 250, "gaps and conflicts": 25, "legal referrals": 16, "observations and channels": 40}
MOST_WAIVED_FIGURES = 5
FIGURE_RULES = ("wording-figure", "wording-date", "wording-phone", "wording-e-mail", "wording-statute")
REFERRAL_RULES = {
    "OIG may take up any investigation in DHS": ("usc-5-417-dhs-oig", "5 U.S.C. 417(c)"),
    "OIG oversees named bureaus": ("usc-5-417-dhs-oig", "5 U.S.C. 417(e)"),
    "noncriminal ICE allegations": ("usc-6-253-ice-professional-responsibility", "6 U.S.C. 253(1)"),
    "CBP allegations": ("usc-6-211j-cbp-opr", "6 U.S.C. 211(j)(3)(A)"),
    "civil-rights complaints to OIG": ("usc-5-417-dhs-oig", "5 U.S.C. 417(f)(2)(B)"),
    "civil-rights matters that OIG declines": ("usc-5-417-dhs-oig", "5 U.S.C. 417(f)(2)(G)"),
    "Ombudsman to OIG": ("usc-6-205-detention-ombudsman", "6 U.S.C. 205(b)(1)"),
    "answers to the Ombudsman": ("usc-6-205-detention-ombudsman", "6 U.S.C. 205(d)(1)"),
    "suspected federal crime": ("usc-5-403-407-ig-act", "5 U.S.C. 404(d)"),
    "serious problems": ("usc-5-403-407-ig-act", "5 U.S.C. 405(e)"),
    "detainee accused": ("cfr-6-115-dhs-prea", "6 CFR 115.22(e)"),
    "staff accused": ("cfr-6-115-dhs-prea", "6 CFR 115.22(f)"),
    "facility to agency and law enforcement": ("cfr-6-115-dhs-prea", "6 CFR 115.22(d)"),
    "holding facility": ("cfr-6-115-dhs-prea", "6 CFR 115.122(c)"),
    "PSA Coordinator": ("cfr-6-115-dhs-prea", "6 CFR 115.22(g)"),
    "records for five years": ("cfr-6-115-dhs-prea", "6 CFR 115.22(b)"),
    "administrative after criminal case": ("cfr-6-115-dhs-prea", "6 CFR 115.71(b)"),
    "departure of accused or victim": ("cfr-6-115-dhs-prea", "6 CFR 115.71(e)"),
    "removals and resignations": ("cfr-6-115-dhs-prea", "6 CFR 115.76(c)"),
    "incident review": ("cfr-6-115-dhs-prea", "6 CFR 115.86(a)"),
}
"""By what it rules, the law text and section of each rule of referral that the base must hold."""
_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"""
_NUMBERS = {word: str(n if n < 20 else 10 * (n - 18)) for n, word in enumerate(_WORDS.split())}
_SECTION = re.compile(r"\b\d+ (?:U\.S\.C\.|CFR) \d+(?:\.\d+)?(?:\([0-9a-zA-Z]+\))*")
_REPORT = re.compile(r"\b[A-Z]+(?:-\d+)+\b")
_IDLE = "one"
"""A word that is a pronoun more often than a figure; the rule on figures tells them apart."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return KnowledgeBase(LAYOUT, Archive(tmp_path_factory.mktemp("none"))).check()


def _nodes(kind: str, standing: Standing | None = None) -> Iterator[str]:
    for claim in shipped_base().claims():
        if standing is None or claim.standing is standing:
            yield from (
                t.subject for t in claim.assertions if t.predicate == RDF_TYPE and t.object == OV + kind
            )


def _measured() -> dict[str, int]:
    claims = list(shipped_base().claims())
    return {
        "claims": len(claims),
        "gaps and conflicts": sum(c.is_gap for c in claims) + len(list(shipped_base().conflicts())),
        "legal referrals": len(set(_nodes("Referral", Standing.LAW))),
        "observations and channels": len(set(_nodes("Observation")) | set(_nodes("Channel"))),
    }


@pytest.mark.parametrize("measure", FEWEST)
def test_the_base_holds_enough(measure: str) -> None:
    assert _measured()[measure] >= FEWEST[measure]


@pytest.mark.parametrize("rule", REFERRAL_RULES)
def test_a_rule_of_referral_stands_as_law_with_its_section_and_basis(rule: str) -> None:
    source, section = REFERRAL_RULES[rule]
    cited = [
        claim
        for claim in shipped_base().claims()
        if claim.standing is Standing.LAW
        and any(c.source == f"{KB}source/{source}" and c.locator == section for c in claim.supporting)
    ]
    basis = {t.object for claim in cited for t in claim.assertions if t.predicate == OV + "legalBasis"}
    assert f"{KB}source/{source}" in basis


def test_no_claim_is_without_a_citation() -> None:
    assert not [c.slug for c in shipped_base().claims() if not c.supporting]


def test_the_check_finds_no_figure_without_a_quotation_that_carries_it(report: Report) -> None:
    assert report.claims == _measured()["claims"]
    assert not [(f.rule, f.focus) for f in report.findings if f.rule in FIGURE_RULES]
    waived = [(w.finding.rule, w.finding.focus) for w in report.waived if w.finding.rule in FIGURE_RULES]
    assert len(waived) <= MOST_WAIVED_FIGURES


def _figures(text: str) -> set[str]:
    """Runs of digits, and number words as digits, read without the checker's own rules."""
    folded = text.casefold().replace(",", "")
    words = {_NUMBERS[w] for w in re.findall(r"[a-z]+", folded) if w in _NUMBERS and w != _IDLE}
    return words | {digits.lstrip("0") or "0" for digits in re.findall(r"\d+", folded)}


def _named(claim: Claim) -> Iterator[str]:
    """Sections and report numbers in its statement that a locator or a source of its citations gives."""
    sources = [shipped_base().source(c.source) for c in claim.supporting]
    numbers = [f"{s.identifier} {s.title}" for s in sources if s is not None]
    for section in _SECTION.findall(claim.statement):
        if any(section in c.locator for c in claim.supporting):
            yield section
    for report in _REPORT.findall(claim.statement):
        if any(report in number for number in numbers):
            yield report


def _unquoted(claim: Claim) -> set[str]:
    statement = claim.statement
    for name in _named(claim):
        statement = statement.replace(name, "")
    return _figures(statement) - _figures(" ".join(c.quoted for c in claim.supporting))


def test_every_number_of_a_statement_is_in_its_quotations() -> None:
    waived = {c.slug for c in shipped_base().claims() if any(w.rule in FIGURE_RULES for w in c.waivers)}
    lost = {c.slug: _unquoted(c) for c in shipped_base().claims() if _unquoted(c)}
    assert set(lost) <= waived, lost
    assert len(waived) <= MOST_WAIVED_FIGURES
