"""Rules over many claims together."""

from __future__ import annotations

import pytest

from citations.wording_case import iri
from onrecord.citations.across import MANY, RULES, across_findings
from onrecord.model import (
    Candidate,
    Citation,
    Claim,
    Reference,
    Retirement,
    RetirementKind,
    Severity,
    Source,
    Stance,
)

UNRESOLVED = Reference(iri("source:article.ref-9"), "[9]", unresolved="the list of references is lost")
RESOLVED = Reference(
    iri("source:article.ref-1"), "[1]", (Candidate(iri("source:law"), "low", "named in the text"),)
)
SOURCES = {
    s.iri: s
    for s in (
        Source(
            iri("source:article"),
            "Article",
            tier="secondary",
            issued="2026-02-06",
            references=(UNRESOLVED, RESOLVED),
        ),
        Source(iri("source:other"), "Other article", tier="secondary", issued="2025"),
        Source(iri("source:law"), "Law", tier="primary", issued="2015-03"),
        Source(iri("source:undated"), "Undated page", tier="primary"),
    )
}
QUOTE = "cases often remain open for long periods"


def claim(
    slug: str, statement: str = "", *, quotes: tuple[tuple[str, str], ...] = (), **more: object
) -> Claim:
    name = iri("claim:" + slug)
    citations = tuple(
        Citation(f"{name}.c-{n}", name, iri("source:" + source), exact)
        for n, (source, exact) in enumerate(quotes)
    )
    return Claim(name, statement or f"A statement on {slug} alone.", citations=citations, **more)  # type: ignore[arg-type]


def found(rule: str, *claims: Claim) -> list[str]:
    """The slugs of what a rule finds."""
    findings = [f for f in across_findings(claims, SOURCES) if f.rule == rule]
    return [f.focus.rpartition("/")[2].partition(".")[0] for f in findings]


class TestOneQuotationOnManyClaims:
    @pytest.mark.parametrize("number", [MANY, MANY + 1, 7, 20, 50])
    def test_finds(self, number: int) -> None:
        claims = [claim(f"c{n}", quotes=(("article", QUOTE),)) for n in range(number)]
        assert len(found("across-quotation", *claims)) == number

    def test_reads_words_not_letters(self) -> None:
        quotes = (QUOTE, QUOTE.upper(), "cases often remain open — for long periods")
        claims = [claim(f"c{n}", quotes=(("article", q),)) for n, q in enumerate(quotes)]
        assert len(found("across-quotation", *claims)) == 3

    @pytest.mark.parametrize(
        "quotes",
        [
            [("article", QUOTE)] * 2,
            [("article", QUOTE), ("other", QUOTE), ("law", QUOTE)],
            [
                ("article", QUOTE),
                ("article", QUOTE + " there"),
                ("article", "often remain open for long periods"),
            ],
            [("article", QUOTE)],
            [],
        ],
        ids=["on two", "of three sources", "longer and shorter", "on one", "on none"],
    )
    def test_leaves_alone(self, quotes: list[tuple[str, str]]) -> None:
        claims = [claim(f"c{n}", quotes=(quote,)) for n, quote in enumerate(quotes)]
        assert found("across-quotation", *claims) == []

    def test_twice_on_one_claim_is_one_claim(self) -> None:
        assert found("across-quotation", claim("a", quotes=(("article", QUOTE),) * 5)) == []


NEAR = {
    "the same": (
        "OPR cases often remain open for long periods.",
        "OPR cases often remain open for long periods.",
    ),
    "another order": (
        "For long periods OPR cases often remain open.",
        "OPR cases often remain open for long periods.",
    ),
    "another form of a word": (
        "The facility reports every incident to the Center at once.",
        "The facility reported every incident to the Center at once.",
    ),
    "one small word more": (
        "The facility must report an incident of abuse to the Center.",
        "The facility must report an incident of the abuse to the Center.",
    ),
    "other marks": (
        "OPR — and OIG — look into abuse of detainees.",
        "OPR, and OIG, look into abuse of detainees",
    ),
}
APART = {
    "a figure": (
        "Notice is given within 7 days to the office.",
        "Notice is given within 30 days to the office.",
    ),
    "a negation": (
        "OPR investigates matters of this kind at once.",
        "OPR never investigates matters of this kind at once.",
    ),
    "a name": (
        "The facility tells the JIC of every incident at once.",
        "The facility tells the OIG of every incident at once.",
    ),
    "an obligation": (
        "The facility must tell the office of an incident.",
        "The facility may tell the office of an incident.",
    ),
    "a quantifier": (
        "The office looks into all complaints of abuse.",
        "The office looks into some complaints of abuse.",
    ),
    "a section": (
        "By 6 CFR 115.22(e) the facility reports at once.",
        "By 6 CFR 115.22(f) the facility reports at once.",
    ),
    "different things": ("OPR manages audits of facilities.", "Critics say that reviews lack transparency."),
}


@pytest.mark.parametrize("statements", NEAR.values(), ids=NEAR)
def test_near_duplicates_are_found_once(statements: tuple[str, str]) -> None:
    assert found("across-duplicate", claim("a", statements[0]), claim("b", statements[1])) == ["b"]


@pytest.mark.parametrize("statements", APART.values(), ids=APART)
def test_what_sets_statements_apart(statements: tuple[str, str]) -> None:
    assert found("across-duplicate", claim("a", statements[0]), claim("b", statements[1])) == []


def test_a_retired_claim_is_no_duplicate() -> None:
    retired = Retirement(RetirementKind.CORRECTED, "wrong date", "2026-11-21", iri("claim:b"))
    first, second = claim("a", NEAR["the same"][0], retirement=retired), claim("b", NEAR["the same"][1])
    assert found("across-duplicate", first, second) == []


def test_only_secondary_sources_are_for_information() -> None:
    both = claim("both", quotes=(("article", QUOTE), ("law", QUOTE)))
    only = claim("only", quotes=(("article", QUOTE), ("other", QUOTE)))
    primary = claim("primary", quotes=(("law", QUOTE),))
    assert found("across-secondary", both, only, primary, claim("none")) == ["only"]
    severities = {rule.id: rule.severity for rule in RULES}
    assert severities.pop("across-secondary") is Severity.INFO
    assert set(severities.values()) == {Severity.WARNING}


def test_a_disputing_primary_source_supports_nothing() -> None:
    cited = claim("a", quotes=(("article", QUOTE),))
    disputing = Citation(cited.iri + ".c-9", cited.iri, iri("source:law"), QUOTE, stance=Stance.DISPUTES)
    both = Claim(cited.iri, cited.statement, citations=(*cited.citations, disputing))
    assert found("across-secondary", both) == ["a"]


def test_unresolved_references() -> None:
    def referring(slug: str, *references: str) -> Claim:
        name = iri("claim:" + slug)
        citation = Citation(name + ".c-1", name, iri("source:article"), QUOTE, references=references)
        return Claim(name, f"A statement on {slug}.", citations=(citation,))

    claims = referring("lost", UNRESOLVED.iri), referring("kept", RESOLVED.iri), referring("none")
    assert found("across-reference", *claims) == ["lost"]
    both = referring("both", RESOLVED.iri, UNRESOLVED.iri)
    (finding,) = [f for f in across_findings([both], SOURCES) if f.rule == "across-reference"]
    assert "[9]" in finding.message
    assert "lost" in finding.message


@pytest.mark.parametrize(
    ("through", "sources", "is_found"),
    [
        ("2014", ("law",), True),
        ("2014-12-31", ("law",), True),
        ("2015-02", ("law",), True),
        ("2024-12", ("article",), True),
        ("2024", ("article", "other"), True),
        ("2015", ("law",), False),
        ("2015-03", ("law",), False),
        ("2016-01-01", ("law",), False),
        ("2020", ("article", "law"), False),
        ("1999", ("undated",), False),
        ("", ("law",), False),
    ],
)
def test_validity_before_publication(through: str, sources: tuple[str, ...], is_found: bool) -> None:
    tested = claim("a", quotes=tuple((s, QUOTE) for s in sources), valid_through=through)
    assert found("across-validity", tested) == (["a"] if is_found else [])


def test_duplicates_are_found_among_thousands() -> None:
    topics = ("intake", "referral", "audits", "discipline", "contact", "detention", "capacity")
    claims = [
        claim(
            f"c{n}", f"Office {n % 977} of {topics[n % 7]} reports to body {n} on {topics[n % 5]} each year."
        )
        for n in range(2_000)
    ]
    same = [claim(f"s{n}", "The office reports on audits of its own facilities.") for n in range(100)]
    duplicates = found("across-duplicate", *claims, *same)
    assert len([d for d in duplicates if d.startswith("s")]) == 99
