"""Something is denied in the statement and not in its quotations, or the other way round."""

from __future__ import annotations

import pytest

from citations.wording_case import Quote, findings, rules

Q = Quote
Row = tuple[str | Quote, ...]
TRUE: dict[str, Row] = {
    "not in the quotation only": (
        "ICE consistently followed its written policies.",
        "ICE did not consistently follow its written disciplinary policies",
    ),
    "not in the statement only": (
        "OPR does not triage allegations.",
        "an Integrity Coordination Center that triages allegations and refers matters",
    ),
    "cannot for can": (
        "OIG cannot open independent reviews.",
        "the OIG can open independent reviews or audits and refer",
    ),
    "noncriminal read as criminal": (
        "The Secretary investigates criminal allegations of misconduct.",
        "conducting investigations of noncriminal allegations of misconduct, corruption, and",
    ),
    "substantiated for unsubstantiated": (
        "An unsubstantiated criminal case leads to an administrative one.",
        "a criminal investigation where the allegation was substantiated, an administrative",
    ),
    "non-interference with a hyphen": (
        "Procedures ensure interference with criminal investigations.",
        "to ensure non-interference with criminal investigations",
    ),
    "subject to for not subject to": (
        "The Secretary investigates cases that are subject to OIG investigation.",
        "that are not subject to investigation by the Inspector General",
    ),
    "neither ... nor lost": (
        "The head of the establishment may stop an audit.",
        "Neither the head of the establishment nor the officer next in rank",
    ),
    "without lost": (
        "Agencies announce reviews and release full reports.",
        "without releasing full investigative reports to the public",
    ),
    "no added": (
        "There are no performance measures for case closures.",
        "maintains performance measures for administrative case closures",
    ),
    "lacks for has": (
        "OPR lacks authority over alleged extremist ties.",
        "OPR has the authority to investigate alleged extremist ties",
    ),
    "failed to for did": (
        "The facility failed to cooperate with outside investigators.",
        "the facility shall cooperate with outside investigators and shall endeavor",
    ),
    "a negation in the prefix": (
        "Public records list OPR case results.",
        Q("list OPR case results on extremist-affiliation allegations", prefix="public records do not"),
    ),
    "the denied word of two changed": (
        "OIG did not prove a risk and nobody denied it.",
        "the review did prove a risk; no favouritism was found",
    ),
    "isn't": (
        "Isn't the hotline there for retaliation? It isn't.",
        "hotline to report wrongdoing, retaliation, fraud, or abuse",
    ),
}
FALSE: dict[str, Row] = {
    "denied on both sides": (
        "ICE did not apply its disciplinary policies consistently.",
        "ICE did not consistently follow its written disciplinary policies",
    ),
    "another word that denies": (
        "Intake forms lack consistent timelines.",
        "omit consistent timelines for investigation, detailed confidentiality guarantees",
    ),
    "may not said as must not": (
        "An Office must not give Congress a whistleblower's name.",
        "may not provide to Congress or the public any information",
    ),
    "only for not ... unless": (
        "Identity is disclosed only with consent.",
        "disclose the identity of the employee without the consent of the employee",
    ),
    "unless ... not turned to if": (
        "Potentially criminal allegations also go to law enforcement.",
        "unless the allegation does not involve potentially criminal behavior, promptly referred",
    ),
    "not later than as within": (
        "The document is posted within 3 days.",
        "not later than 3 days after the recommendation for corrective action",
    ),
    "not only denies nothing": (
        "It covers misconduct and misuse of systems.",
        "not only misconduct but also misuse of sensitive systems",
    ),
    "noncriminal said as not criminal": (
        "The Secretary looks into allegations that are not criminal.",
        "conducting investigations of noncriminal allegations of misconduct, corruption, and",
    ),
    "declines for not to investigate": (
        "What the Inspector General declines goes to the Officer.",
        "matters that the Inspector General decides not to investigate to the Officer",
    ),
    "denied in the other quotation": (
        "OPR's reviews are not public and OPR opens them routinely.",
        "OPR routinely opens reviews or is directed to investigate",
        "supervisor‑level actions that are not made public, complicating independent assessment",
    ),
    "criminal beside noncriminal": (
        "Criminal cases go elsewhere; noncriminal ones stay.",
        "conducting investigations of noncriminal allegations of misconduct, corruption, and",
    ),
    "no higher standard said as at most": (
        "A preponderance of the evidence is the highest standard that may be asked for, no more.",
        "shall impose no standard higher than a preponderance of the evidence",
    ),
    "nothing denied anywhere": (
        "OPR manages PREA audits.",
        "component that manages PREA audits, tracks and investigates",
    ),
    "whether or not": (
        "An allegation is unsubstantiated if the evidence does not settle it.",
        "to make a final determination as to whether or not the event",
        "the investigation produced insufficient evidence to make a",
    ),
    "No. 5 is no denial": ("Form No. 5 is used by OPR.", "Form 5 is used by OPR for intake"),
}


@pytest.mark.parametrize("row", TRUE.values(), ids=TRUE)
def test_finds(row: Row) -> None:
    statement, *quotes = row
    assert isinstance(statement, str)
    assert "wording-negation" in rules(statement, *quotes)


@pytest.mark.parametrize("row", FALSE.values(), ids=FALSE)
def test_leaves_alone(row: Row) -> None:
    statement, *quotes = row
    assert isinstance(statement, str)
    assert "wording-negation" not in rules(statement, *quotes)


def test_a_gap_denies_what_no_quotation_denies() -> None:
    statement, quote = "No deadline is named.", "cases often remain open for long periods"
    assert "wording-negation" in rules(statement, quote)
    assert "wording-negation" not in rules(statement, quote, is_gap=True)
    assert "wording-negation" in rules("Timeframes are promised.", "do not promise a timeframe", is_gap=True)


def test_points_at_the_quotation_that_denies() -> None:
    found = findings(
        "ICE followed its policies.",
        "a short fragment of text",
        "ICE did not consistently follow its policies",
    )
    (negation,) = [f for f in found if f.rule == "wording-negation"]
    assert negation.focus.endswith(".c-1")
    assert '"not"' in negation.message
