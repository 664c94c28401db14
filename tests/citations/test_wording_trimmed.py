"""Negations, conditions, hedges and attributions around a fragment that the statement must carry."""

from __future__ import annotations

import pytest

from citations.wording_case import Quote, findings, rules
from onrecord.citations.sentences import context
from onrecord.text import Normalised

Q = Quote
Row = tuple[str, Quote]


def _at(before: str, exact: str, after: str = "") -> Quote:
    return Quote(exact, before=before, after=after)


NEGATIONS: dict[str, Row] = {
    "the tip form is not the primary channel": (
        "The ICE Tip Form is the main channel for reports of misconduct by agents.",
        _at(
            "The form is for tips on crime and is not",
            "the primary channel for reporting agent misconduct",
            "; OPR and OIG are the authoritative routes",
        ),
    ),
    "the same, known from the prefix alone": (
        "The ICE Tip Form is the main channel for reports of misconduct by agents.",
        Q("the primary channel for reporting agent misconduct", prefix="activity and is not"),
    ),
    "did not, some words before": (
        "ICE followed its disciplinary policies.",
        _at(
            "A 2020 DHS OIG review found ICE did not consistently",
            "follow its written disciplinary policies for Senior Executive",
        ),
    ),
    "the fragment is denied behind it": (
        "OPR led the corruption case.",
        _at(
            "The article's account that",
            "OPR led the corruption case with partner agencies",
            "has not been confirmed.",
        ),
    ),
    "called false behind it": (
        "Every case goes back to OPR.",
        _at("The claim that", "every case goes back to OPR after intake", "is false."),
    ),
    "never established": (
        "The Ombudsman's office has closed.",
        _at("", "The closing of the office of the Ombudsman", "was never established."),
    ),
    "a list under one negation": (
        "Threats against employees are taken as reprisal.",
        _at(
            "Any employee shall not, with respect to that authority,",
            "take or threaten to take any action against any employee",
            "as a reprisal",
        ),
    ),
    "what the forms omit": (
        "Intake forms give consistent timelines for investigation.",
        _at(
            "Public-facing pages provide contact routes but omit",
            "consistent timelines for investigation, detailed confidentiality",
        ),
    ),
    "a restriction that denies": (
        "The Secretary is responsible for noncriminal allegations of misconduct.",
        Q(
            "investigations of noncriminal allegations of misconduct, corruption",
            suffix="that are not subject",
        ),
    ),
    "a negated subject": (
        "The head of the establishment prevents audits.",
        _at(
            "Neither the head of the establishment nor the officer next in rank shall",
            "prevent or prohibit the Inspector General from initiating",
        ),
    ),
}
CONDITIONS: dict[str, Row] = {
    "unless, in front": (
        "All allegations are referred to law enforcement.",
        _at(
            "(c) Each allegation is reported to the Center and, unless the allegation does not involve"
            " potentially criminal behavior,",
            "promptly referred for investigation to an appropriate law enforcement",
        ),
    ),
    "if, at the start of the sentence": (
        "The facility refers the incident to law enforcement.",
        _at(
            "If the incident is potentially criminal, the facility",
            "shall ensure that it is promptly referred to an",
        ),
    ),
    "when, trailing": (
        "OPR coordinates with local law enforcement.",
        _at(
            "OPR conducts internal criminal and administrative probes,",
            "coordinates with federal, state or local law enforcement",
            "when appropriate, secures evidence",
        ),
    ),
    "unless, behind a comma": (
        "Facilities report removals to law enforcement.",
        _at(
            "(c) Each facility shall",
            "report all removals or resignations in lieu of removal",
            "for violations of agency policies to agencies, unless the activity was clearly not criminal.",
        ),
    ),
    "until, in front": (
        "The process stays open to scrutiny.",
        _at(
            "Until such changes are fully implemented, the process",
            "will remain formally structured but subject to scrutiny",
        ),
    ),
    "subject to, opening": (
        "The Inspector General supervises all audits at DHS.",
        _at(
            "Subject to the conditions established in subsections (a) and (b), the Inspector General",
            "may initiate, conduct, and supervise such audits",
        ),
    ),
    "only if, in the suffix": (
        "The office opens a case.",
        Q("the office opens a case of its own", suffix="only if it accepts"),
    ),
}
HEDGES: dict[str, Row] = {
    "may": (
        "OIG opens criminal, civil and administrative investigations.",
        _at(
            "a watchdog that accepts referrals and may",
            "open criminal, civil, or administrative investigations",
        ),
    ),
    "generally": (
        "OPR handles inspections of detention facilities.",
        _at(
            "OPR tracks allegations, and generally handles",
            "internal investigations and inspections for ICE detention facilities",
        ),
    ),
    "in practice, opening": (
        "Complainants choose a route.",
        _at("In practice, complainants", "choose either route for their own complaints"),
    ),
    "tend to": (
        "OPR's closing words are advice.",
        _at("OPR tends to", "conclude with corrective recommendations and administrative handling"),
    ),
    "reportedly, in the suffix": (
        "A case takes 120 days.",
        Q("a case takes 120 days in all", suffix=", reportedly,"),
    ),
    "is meant to": (
        "The structure ensures formalised intake.",
        _at("This structure is meant to", "ensure formalized intake, chain-of-custody for allegations"),
    ),
}
ATTRIBUTIONS: dict[str, Row] = {
    "critics say": (
        "Internal reviews lack transparency.",
        _at("but critics say", "internal reviews lack the transparency and independence of OIG reports"),
    ),
    "according to, behind": (
        "Complaints get a thorough investigation.",
        _at(
            "so complaints are",
            "properly assessed and thoroughly investigated",
            ", according to ICE’s public descriptions.",
        ),
    ),
    "the agency emphasizes": (
        "OPR's remit is multidisciplinary.",
        _at("ICE emphasizes", "OPR’s multidisciplinary remit and formal procedures to convey"),
    ),
    "advocates argue": (
        "DOJ and DHS were silent at times.",
        _at(
            "Civil liberties advocates and some oversight voices argue",
            "DOJ and DHS have at times been silent or inconsistent",
        ),
    ),
    "said, behind": (
        "Intake is under way.",
        _at("", "Intake of the complaints is under way", ", the agency said."),
    ),
}
FALSE: dict[str, Row] = {
    "the statement carries the negation": (
        "The ICE Tip Form is not the main way to report misconduct by agents.",
        _at(
            "The form is for suspected criminal activity and is not",
            "the primary channel for reporting agent misconduct",
        ),
    ),
    "a negation behind a semicolon": (
        "OPR and OIG are the authoritative routes.",
        _at(
            "The form is not the primary channel;", "OPR and OIG are the authoritative routes for allegations"
        ),
    ),
    "a negation in a clause with while": (
        "Oversight reports point to gaps.",
        _at(
            "ICE does not publish outcomes, while",
            "watchdog reports and journalists highlight gaps between policy",
        ),
    ),
    "a negation in another conjunct": (
        "OPR publishes contact methods.",
        _at("The center does not decide cases, and it", "publishes direct contact methods — phone at"),
    ),
    "a negation in the clause that opens the sentence": (
        "If the facility has no site, it must make the protocol available.",
        _at(
            "If it does not have one, the facility shall",
            "otherwise make the protocol available to the public",
        ),
    ),
    "a relative clause that denies, of another noun": (
        "Incidents at a facility go to the center, as the rule says.",
        _at(
            "The report of a facility that does not investigate is",
            "promptly reported to the Joint Intake Center",
        ),
    ),
    "not only": (
        "The hotline takes reports of fraud.",
        _at("The hotline is not only", "for allegations of corruption, fraud, waste, abuse"),
    ),
    "not later than": (
        "It posts the document on the website.",
        _at("and not later than 3 days after it is submitted,", "post the document making a recommendation"),
    ),
    "rather than, behind": (
        "OPR opens internal reviews.",
        _at(
            "OPR has",
            "opened internal reviews in response to politically sensitive allegations",
            "rather than public verdicts",
        ),
    ),
    "without, behind": (
        "Agencies announce internal investigations.",
        _at(
            "agencies",
            "announce internal investigations or supervisory actions",
            "without releasing full reports",
        ),
    ),
    "a condition that belongs to a later conjunct": (
        "An incident goes to the Joint Intake Center promptly.",
        _at(
            "the facility shall ensure that",
            "the incident is promptly reported to the Joint Intake",
            "Center, and, if it is potentially criminal, referred to an agency",
        ),
    ),
    "a condition behind a semicolon": (
        "Serious criminal allegations go to DHS OIG.",
        _at(
            "Serious criminal allegations",
            "are referred to DHS OIG for review",
            "and acceptance; if OIG declines, those cases are returned",
        ),
    ),
    "a condition of a verb earlier in the list": (
        "OPR secures evidence while an outside investigation is pending.",
        _at(
            "OPR coordinates with law enforcement when appropriate,",
            "secures evidence pending external investigation, trains investigators",
        ),
    ),
    "a condition said in other words": (
        "Potentially criminal incidents must go to law enforcement promptly.",
        _at(
            "If the incident is potentially criminal, the facility",
            "shall ensure that it is promptly referred to an",
        ),
    ),
    "subject to discipline is no condition": (
        "Staff face discipline up to removal.",
        _at("Staff shall be subject to", "disciplinary or adverse action up to and including removal"),
    ),
    "even where is no condition": (
        "An appearance of favoritism arose.",
        _at(
            "ICE did so,",
            "creating an appearance of favoritism in its handling",
            "even where explicit undue influence was absent.",
        ),
    ),
    "who, what, when, where is no condition": (
        "Complainants describe the misconduct.",
        _at(
            "expect to provide who, what, where, when, and how:",
            "identifying the agent, describing misconduct, listing witnesses",
        ),
    ),
    "may carried as power": (
        "OIG has the power to open administrative investigations.",
        _at(
            "a watchdog that accepts referrals and may",
            "open criminal, civil, or administrative investigations",
        ),
    ),
    "a hedge in another conjunct": (
        "OPR routes reports to offices.",
        _at(
            "complainants may choose either, and the center",
            "routes them to the appropriate investigative office",
        ),
    ),
    "critics in the next clause": (
        "OPR manages PREA audits.",
        _at(
            "OPR",
            "reports numbers of misconduct allegations in ICE annual reports",
            ", but critics say oversight can underreport",
        ),
    ),
    "according to a policy is no attribution": (
        "Staff have to report any suspicion.",
        _at(
            "The agency shall require all staff to report immediately and according to agency policy",
            "any knowledge, suspicion, or information regarding an incident",
        ),
    ),
    "the statement attributes in its own way": (
        "By the account of critics, internal reviews lack transparency.",
        _at("but critics say", "internal reviews lack the transparency and independence of OIG reports"),
    ),
    "an aside in brackets": (
        "OPR investigates employee misconduct.",
        _at("OPR (which may not comment)", "investigates alleged misconduct by employees and contractors"),
    ),
    "nothing around it": ("OPR manages PREA audits.", _at("", "OPR manages PREA audits for ICE", "")),
}
TRUE = {
    f"{kind}: {name}": row
    for kind, table in (
        ("negation", NEGATIONS), ("condition", CONDITIONS), ("hedge", HEDGES), ("attribution", ATTRIBUTIONS)
    )
    for name, row in table.items()
}  # fmt: skip


@pytest.mark.parametrize("row", TRUE.values(), ids=TRUE)
def test_finds(row: Row) -> None:
    assert "wording-trimmed" in rules(*row)


@pytest.mark.parametrize("row", FALSE.values(), ids=FALSE)
def test_leaves_alone(row: Row) -> None:
    assert "wording-trimmed" not in rules(*row)


@pytest.mark.parametrize(("kind", "row"), [(k.partition(":")[0], row) for k, row in TRUE.items()], ids=TRUE)
def test_names_the_kind(kind: str, row: Row) -> None:
    messages = [f.message for f in findings(*row) if f.rule == "wording-trimmed"]
    assert any(f"the {kind} " in message for message in messages)


def test_what_another_quotation_has_is_asked_of_that_one() -> None:
    trimmed = _at(
        "If the incident is potentially criminal, the facility",
        "shall ensure that it is promptly referred to an",
    )
    statement = "Crimes must go to law enforcement promptly."
    assert "wording-trimmed" in rules(statement, trimmed)
    found = findings(statement, trimmed, "If the incident is potentially criminal")
    (only,) = [f for f in found if f.rule == "wording-trimmed"]
    assert "in the quotation" in only.message
    assert only.focus.endswith(".c-1")


def test_reads_the_sentence_of_the_text() -> None:
    text = Normalised.of(
        "See below. The form is for crime and is not the primary channel for agents. More follows."
    )
    start = text.find_all(("the", "primary", "channel"))[0]
    before, after = context(text, start, start + 3)
    quote = Q("the primary channel", before=before, after=after)
    assert "wording-trimmed" in rules("The form is the main channel.", quote)
