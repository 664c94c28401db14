"""Quantifiers, limits next to figures, and obligations that are stronger than the quotation's."""

from __future__ import annotations

import pytest

from citations.wording_case import Quote, rules

Q = Quote
Row = tuple[str | Quote, ...]
QUANTIFIER_TRUE: dict[str, Row] = {
    "all for many": (
        "All inquiries end with administrative findings.",
        "many inquiries end with administrative findings, remedial recommendations",
    ),
    "all for a bare plural": (
        "All probes led to charges.",
        "OPR’s work has translated into criminal charges and",
    ),
    "every for some": (
        "Every case is returned to OPR.",
        "serious, criminal, or systemic cases may rise to OIG",
    ),
    "always for often": ("OIG always returns matters to OPR.", "and often returns matters to OPR"),
    "most for many": (
        "Most investigations end with internal reports.",
        "many investigations end with internal reports, recommendations, or supervisor",
    ),
    "most for a small fraction": (
        "OIG opens most complaints.",
        "only a small fraction of thousands of complaints were opened",
    ),
    "no for few": ("No public conclusion follows.", "investigations opened, few public conclusions"),
    "many for some": (
        "Many oversight voices argue so.",
        "Civil liberties advocates and some oversight voices argue",
    ),
    "only added": (
        "Only OPR investigates misconduct.",
        "OPR conducts internal criminal and administrative probes",
    ),
    "sole added": (
        "The Secretary has sole responsibility.",
        "The Secretary shall be responsible for conducting",
    ),
    "more than lost": (
        "OPR closed 2,000 investigations.",
        "over 2,000 investigations closed during a past review",
    ),
    "at least added": (
        "Reports were due within at least 60 days.",
        "responses to recommendations within 60 days of receiving",
    ),
    "at least lost": ("Records are kept 5 years.", "maintenance, for at least five years, of all reports"),
    "up to for about": ("Up to 14 percent of calls failed.", "about 14 percent of the calls failed"),
    "more than for at least": (
        "Over five years of records are kept.",
        "maintenance, for at least five years, of all reports",
    ),
    "often lost": ("Cases remain open for long.", "cases often remain open for long periods"),
    "generally lost": ("Emergencies are left out.", "matters are generally left out by the office"),
    "the limit stands in the sentence, not in the fragment": (
        "OPR closed 2,000 investigations.",
        Q(
            "2,000 investigations closed during a past review period",
            before="large volumes of complaints—over",
            after="",
        ),
    ),
}
QUANTIFIER_FALSE: dict[str, Row] = {
    "all for all": (
        "All allegations are investigated.",
        "investigation is completed for all allegations of sexual abuse",
    ),
    "every for each": (
        "Every allegation is reported.",
        "each allegation is promptly reported to the Joint Intake",
    ),
    "all in two quotations": (
        "All allegations are reported.",
        "are promptly reported to the PSA Coordinator",
        "all allegations of detainee sexual",
    ),
    "some for many is weaker": (
        "Some inquiries end in advice.",
        "many inquiries end with administrative findings",
    ),
    "most for most": (
        "Most matters stay inside ICE.",
        "but most allegations remain within ICE’s OPR process",
    ),
    "more than half as most": ("Most calls failed.", "60 percent of the calls failed"),
    "every year for annual": (
        "It reports every year.",
        "shall prepare a report to Congress on an annual basis",
    ),
    "only for only": ("OIG opened only a few.", "only a small fraction of thousands of complaints"),
    "only for unless": ("It is named only with consent.", "without the consent of the employee, unless the"),
    "no with a plain denial": (
        "No timeframe is promised.",
        "do not promise a specific investigatory timeframe",
    ),
    "any in a condition": (
        "Reports are due if any abuse is found.",
        "shall ensure that the incident is promptly reported",
    ),
    "at most is no most": ("It takes at most 7 days.", "within 7 days, stating the reasons"),
    "in for within": (
        "Responses follow in 60 days.",
        "responses to recommendations within 60 days of receiving",
    ),
    "more than kept": (
        "OPR closed more than 2,000.",
        "over 2,000 investigations closed during a past review",
    ),
    "at least follows from more than": (
        "OPR closed at least 2,000.",
        "over 2,000 investigations closed during a past review",
    ),
    "any employee in a law": (
        "Any employee may complain.",
        Q("complaints or information from an employee of the establishment", standing="law"),
    ),
    "at all": ("OPR works at all hours.", "OPR works by day and night"),
}
OBLIGATION_TRUE: dict[str, Row] = {
    "must for may": (
        "The Inspector General must look into complaints.",
        "The Inspector General may receive and investigate complaints",
    ),
    "must for can": ("OIG must open independent reviews.", "the OIG can open independent reviews or audits"),
    "must for a plain report": (
        "OPR must triage allegations.",
        "an Integrity Coordination Center that triages allegations",
    ),
    "must for should": (
        "Complainants must keep notes.",
        "Complainants should proactively document dates, contemporaneous notes",
    ),
    "is required to for may": (
        "OIG is required to keep names.",
        "a watchdog that may open criminal or civil investigations",
    ),
    "should for a plain report": (
        "OIG should accept more cases.",
        "historically accepts and opens far fewer of the",
    ),
    "must not for need not": (
        "Reports must not be limited to this.",
        "shall include, but need not be limited to",
    ),
    "may not for a plain report": (
        "OPR may not publish outcomes.",
        "record of OPR outcomes on extremist-ties allegations",
    ),
    "must for nothing but a permission to forbid": (
        "The Secretary must stop audits.",
        "the Secretary may prohibit the Inspector General from carrying",
    ),
    "allows what is forbidden": (
        "An Office may name informants.",
        "may not provide to Congress or the public any",
    ),
    "frees from a duty": ("The facility need not report.", "the facility shall report the incident to the"),
    "says flatly what may be": (
        "The Inspector General investigates complaints.",
        "may receive complaints or information and may investigate complaints",
    ),
    "says flatly what can be": (
        "OPR produces prosecutable evidence.",
        "showing OPR can produce prosecutable evidence and sustained",
    ),
}
OBLIGATION_FALSE: dict[str, Row] = {
    "must for shall": (
        "The facility must cooperate.",
        "the facility shall cooperate with outside investigators and",
    ),
    "the opening words carry it": (
        "CBP's OPR must investigate misconduct.",
        "The Office of Professional Responsibility shall",
        "investigate criminal and administrative matters and misconduct by officers",
    ),
    "shall in the prefix": (
        "Each allegation must be reported.",
        Q("each allegation is promptly reported to", prefix="shall ensure that"),
    ),
    "may for shall is weaker": (
        "The facility may cooperate.",
        "the facility shall cooperate with outside investigators and",
    ),
    "must not for may not": (
        "An Office must not name whistleblowers.",
        "may not provide to Congress or the public any",
    ),
    "has to for is required": (
        "The Secretary has to tell Congress.",
        "Any report required to be transmitted by the Secretary",
    ),
    "duty for must": (
        "Each Inspector General must set policy.",
        "It shall be the duty and responsibility of each",
    ),
    "should for recommend": (
        "Complainants should use both.",
        "why many advocates recommend simultaneous OPR and OIG filings",
    ),
    "should for an imperative": (
        "Complainants should ask for a number.",
        "documentary evidence, and request a reference number",
    ),
    "can for may": (
        "OIG can open administrative cases.",
        "may open criminal, civil, or administrative investigations",
    ),
    "says may otherwise": (
        "OIG has the power to open cases.",
        "may open criminal, civil, or administrative investigations",
    ),
    "no obligation anywhere": (
        "OPR manages PREA audits.",
        "component that manages PREA audits, tracks and investigates",
    ),
}
TABLES = {
    "wording-quantifier": (QUANTIFIER_TRUE, QUANTIFIER_FALSE),
    "wording-obligation": (OBLIGATION_TRUE, OBLIGATION_FALSE),
}


def _cases(which: int) -> list[object]:
    return [
        pytest.param(rule, row, id=f"{rule}: {name}")
        for rule, tables in TABLES.items()
        for name, row in tables[which].items()
    ]


@pytest.mark.parametrize(("rule", "row"), _cases(0))
def test_finds(rule: str, row: Row) -> None:
    statement, *quotes = row
    assert isinstance(statement, str)
    assert rule in rules(statement, *quotes)


@pytest.mark.parametrize(("rule", "row"), _cases(1))
def test_leaves_alone(rule: str, row: Row) -> None:
    statement, *quotes = row
    assert isinstance(statement, str)
    assert rule not in rules(statement, *quotes)


def test_a_gap_binds_nobody() -> None:
    statement, quote = "A deadline by which OPR must finish is missing.", "often remain open for long periods"
    assert "wording-obligation" in rules(statement, quote)
    assert "wording-obligation" not in rules(statement, quote, is_gap=True)
