"""What no source confirms is neither law nor finding; what an article says of it has its gap beside it."""

from __future__ import annotations

import re

import pytest

from onrecord.answers.sheet import sheet
from onrecord.model import AssessmentVerdict, Claim, Literal, Standing
from onrecord.vocab import KB, ONR, OV, RDF_TYPE
from shipped import shipped_base

ESTABLISHED = (Standing.LAW, Standing.OVERSIGHT_FINDING)
NEVER_ESTABLISHED = {
    "right of first refusal": r"first refusal|\b0810\b",
    "limits in business days": r"business[- ]days?|working[- ]days?",
    "the text of Directive 11062.2": r"\b11062\b",
    "OPR's counts in annual reports": r"\bOPR\b.*\bannual reports?\b|\bannual reports?\b.*\bOPR\b",
    "a review of every SAAPI allegation": r"\bSAAPI\b",
}
REPORTED_WITH_GAP = {
    "declined-cases-return-to-opr": "gap-rule-for-return-of-declined-cases",
    "opr-counts-allegations-in-annual-reports": "gap-opr-allegation-numbers",
    "opr-takes-every-saapi-allegation": "gap-saapi-investigated-or-reviewed",
}
"""By claim of an article, the gap that says what is not known of it."""
OIG = {f"{KB}office/{name}" for name in ("dhs-oig", "inspector-general", "oig-civil-rights-official")}
ICE = {f"{KB}office/{name}" for name in ("ice", "opr", "jic", "icc")}


def _claim(name: str) -> Claim:
    found = shipped_base().claim(f"{KB}claim/{name}")
    assert found is not None, name
    return found


def _established() -> list[Claim]:
    """The claims that any supporting words make law or finding."""
    return [c for c in shipped_base().claims() if any(x.standing in ESTABLISHED for x in c.supporting)]


def _texts(claim: Claim) -> list[str]:
    """Its statement, its quotations and what it asserts in words."""
    asserted = (t.object.value for t in claim.assertions if isinstance(t.object, Literal))
    return [claim.statement, *asserted, *(c.quoted for c in claim.citations)]


def _referrals(claim: Claim) -> list[str]:
    return [t.subject for t in claim.assertions if t.predicate == RDF_TYPE and t.object == OV + "Referral"]


def _ends(claim: Claim, node: str, *properties: str) -> set[str]:
    wanted = {OV + name for name in properties}
    return {str(t.object) for t in claim.assertions if t.subject == node and t.predicate in wanted}


@pytest.mark.parametrize("what", NEVER_ESTABLISHED)
def test_it_stands_neither_as_law_nor_as_finding(what: str) -> None:
    pattern = re.compile(NEVER_ESTABLISHED[what], re.IGNORECASE)
    assert not [c.slug for c in _established() for text in _texts(c) if pattern.search(text)]


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("OPR's counts in annual reports", "opr-counts-allegations-in-annual-reports"),
        ("a review of every SAAPI allegation", "opr-takes-every-saapi-allegation"),
    ],
)
def test_the_words_looked_for_are_those_of_the_reporting(what: str, name: str) -> None:
    assert any(re.search(NEVER_ESTABLISHED[what], text, re.IGNORECASE) for text in _texts(_claim(name)))


def test_no_rule_or_finding_has_oig_send_cases_back_to_ice() -> None:
    sent = [
        (claim.slug, node)
        for claim in _established()
        for node in _referrals(claim)
        if _ends(claim, node, "from") & OIG and _ends(claim, node, "to", "toOneOf") & ICE
    ]
    assert not sent


def test_no_rule_or_finding_has_opr_take_up_what_comes_under_saapi() -> None:
    saapi = f"{KB}programme/saapi"
    assert not [c.slug for c in _established() if saapi in c.entities]


def test_no_rule_or_finding_has_opr_publish_counts() -> None:
    counting = {"count-allegations", "publish"}
    for claim in _established():
        doing = {
            t.subject for t in claim.assertions if t.object == f"{KB}office/opr" and t.predicate == OV + "by"
        }
        done = {str(t.object).rsplit("/", 1)[1] for t in claim.assertions if t.predicate == OV + "activity"}
        assert not (doing and counting & done), claim.slug


@pytest.mark.parametrize("name", REPORTED_WITH_GAP)
def test_what_an_article_says_of_it_is_its_reporting_with_the_gap_beside_it(name: str) -> None:
    claim, gap = _claim(name), _claim(REPORTED_WITH_GAP[name])
    assert claim.standing is Standing.REPORTING and gap.is_gap
    for citation in claim.citations:
        source = shipped_base().source(citation.source)
        assert source is not None and source.tier == "secondary"
    assert gap.iri in {found.iri for found in sheet(shipped_base(), claim).gaps}
    assert {c.source for c in claim.citations} & {c.source for c in gap.citations}


@pytest.mark.parametrize("name", REPORTED_WITH_GAP)
def test_what_an_article_alone_says_is_not_upheld(name: str) -> None:
    verdicts = {a.verdict for a in _claim(name).assessments}
    assert AssessmentVerdict.UPHELD not in verdicts
    basis = {iri for a in _claim(name).assessments for iri in a.basis}
    assert not verdicts or f"{KB}claim/{REPORTED_WITH_GAP[name]}" in basis


def test_a_gap_says_what_is_lacking() -> None:
    for name in REPORTED_WITH_GAP.values():
        lacking = [t for t in _claim(name).assertions if t.predicate == ONR + "missingProperty"]
        assert len(lacking) == 1
