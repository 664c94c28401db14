"""Figures, dates, telephone numbers, addresses and references that no quotation carries."""

from __future__ import annotations

import pytest

from citations.wording_case import Quote, findings, iri, rules
from onrecord.citations.wording.marks import dates, phones, references
from onrecord.citations.wording.numbers import figures
from onrecord.model import Source

Q = Quote
Row = tuple[str | Quote, ...]
OIG_REPORT = Source(iri("source:oig-20-54"), "Discipline of senior executives", identifier="OIG-20-54")

FIGURE_TRUE: dict[str, Row] = {
    "a year that only the statement has": (
        "Inquiries into database misuse go back to 2016.",
        "hundreds of inquiries into misuse of confidential law enforcement databases",
    ),
    "another year": ("ICE has faced inquiries since 2015.", "curb repeated abuses documented since 2016"),
    "another number of days": (
        "The Secretary gives notice in writing within 30 days.",
        "in writing within 7 days, stating the reasons",
    ),
    "a number word": (
        "OPR closed two thousand cases.",
        "over 2,100 investigations closed during a past review period",
    ),
    "a percentage for a plain number": (
        "About 17 percent were convicted.",
        "conviction and 17‑year prison sentence",
    ),
    "a fraction": ("Two thirds of complaints go back to OPR.", "often returns matters to OPR"),
    "an ordinal": ("It was the third audit of OPR.", "The GAO and other reviews have highlighted backlogs"),
    "hundreds for a handful": (
        "Hundreds of complaints were opened.",
        "only 43 of 1,224 complaints were opened",
    ),
    "money for a number": ("A gift of $7 helps.", "in writing within 7 days, stating the reasons"),
    "one that counts": (
        "OIG made one recommendation.",
        "typically prompt recommendations for internal reforms",
    ),
    "a figure that only a disputing citation has": (
        "OPR closed 2,000 cases.",
        Q("over 2,000 investigations closed during", stance="disputes"),
        "thousands of matters closed in prior review periods",
    ),
    "a year is no evidence for a number": ("It had 2,016 cases.", "from May 2014 to July 2016 at most"),
    "digits of a telephone number are no evidence": (
        "Some 800 people called.",
        "Hotline at 1-800-323-8603 or via",
    ),
}
FIGURE_FALSE: dict[str, Row] = {
    "three for 3": (
        "It posts the document within three days.",
        "not later than 3 days after the recommendation",
    ),
    "60 for sixty": (
        "Formal responses follow within 60 days.",
        "by the Ombudsman within sixty days of receiving",
    ),
    "percent sign for per cent": (
        "Calls failed in about 14 % of cases.",
        "about 14 percent of test calls failed",
    ),
    "million in words": ("It cost 1.5 million.", "a cost of 1,500,000 in one year"),
    "a half for 50 percent": ("Half of the calls failed.", "50 percent of the calls failed"),
    "two thirds for two-thirds": ("Two thirds were closed.", "two-thirds of matters were closed"),
    "a 17-year sentence": (
        "He got a sentence of 17 years.",
        "conviction and 17‑year prison sentence for a former",
    ),
    "one as a pronoun": (
        "No one may bar one of the audits.",
        "shall prevent or prohibit the Inspector General",
    ),
    "the year of a fuller date": ("The report is of 2018.", "issued on July 10, 2018 by the office"),
    "hundreds for an exact number": ("Hundreds were investigated.", "of which 570 were investigated in all"),
    "both for two": ("Two channels exist.", "both channels can receive overlapping complaints"),
    "figures carried by two quotations together": (
        "The Secretary has 7 days and the Inspector General 30.",
        "in writing within 7 days, stating the reasons",
        "Within 30 days after receipt of any such notice",
    ),
    "a range of percentages": ("It was 14 to 20 percent.", "between 14 and 20 percent of calls"),
    "a figure of a gap between clauses": (
        "Records are kept five years.",
        "for at least five years, of all reports",
    ),
    "one for an article": ("It was closed in one past period.", "closed during a past review period"),
    "one after another": ("It takes one case after another.", "handles large volumes of complaints at once"),
    "first as a manner of speaking": (
        "OPR is where complaints at first go.",
        "often start with OPR intake channels",
    ),
}
DATE_TRUE: dict[str, Row] = {
    "another day": ("It was issued on 11 July 2018.", "issued on July 10, 2018 by the office"),
    "another month": ("It was issued in June 2018.", "issued on July 10, 2018 by the office"),
    "a day that the quotation lacks": ("It was issued on 10 July 2018.", "issued in July 2018 by the office"),
    "half-yearly dates changed": (
        "Reports are due by 30 March and 31 October.",
        "not later than April 30 and October 31 of each year",
    ),
    "an ISO date of another year": ("DHS closed it on 2024-03-21.", "was reported closed on March 21, 2025"),
    "a month without a year": (
        "Officers were suspended in February.",
        "were taken off field duty in January",
    ),
}
DATE_FALSE: dict[str, Row] = {
    "day and month the other way round": (
        "It was issued on 10 July 2018.",
        "issued on July 10, 2018 by the office",
    ),
    "ISO for words": ("It was issued on 2018-07-10.", "issued on July 10, 2018 by the office"),
    "only the month": ("It was issued in July 2018.", "issued on July 10, 2018 by the office"),
    "days without a year": (
        "They are due on 30 April and 31 October.",
        "not later than April 30 and October 31 of each year",
    ),
    "either reading of a slashed date": ("It was issued on 10 July 2018.", "dated 7/10/2018 and signed by"),
    "an ordinal day": ("On the 6th of February 2026 it was checked.", "Checked on February 6, 2026 by them"),
    "may is no month": ("OIG may open reviews.", "the OIG can open independent reviews or audits"),
}
PHONE_TRUE: dict[str, Row] = {
    "last digit changed": ("Call 1-800-323-8604.", "Hotline at 1-800-323-8603 or via its online"),
    "area code changed": ("Call 888-323-8603.", "Hotline at 1-800-323-8603 or via its online"),
    "digits swapped": ("Call 833-442-3767.", "by phone at 833-4ICE-OPR (833-442-3677), email at"),
    "another vanity number": ("Call 833-4CBP-OPR.", "by phone at 833-4ICE-OPR (833-442-3677), email at"),
    "a number out of nowhere": (
        "Call the hotline at (202) 555-0143.",
        "can use the Inspector General hotline to",
    ),
}
PHONE_FALSE: dict[str, Row] = {
    "the same number": ("Call 1-800-323-8603.", "Hotline at 1-800-323-8603 or via its online"),
    "without the leading one": ("Call (800) 323-8603.", "Hotline at 1-800-323-8603 or via its online"),
    "with the country's code": ("Call +1 800 323 8603.", "Hotline at 1-800-323-8603 or via its online"),
    "letters for digits": (
        "Call 833-442-3677.",
        "publishes direct contact methods — phone at 833-4ICE-OPR and",
    ),
    "digits for letters, other hyphens": (
        "Call 833‑4ICE‑OPR.",
        "by phone at (833-442-3677), email at the office",
    ),
    "years are no number": ("It ran from 2016-2018.", "between 2016-2018 in several offices"),
}
EMAIL_TRUE: dict[str, Row] = {
    "another domain": (
        "Write to ICEOPRIntake@dhs.gov.",
        "and ICEOPRIntake@ice.dhs.gov — and an online complaint link",
    ),
    "a letter lost": ("Write to ICEOPRIntke@ice.dhs.gov.", "email at ICEOPRIntake@ice.dhs.gov, or the OPR"),
    "an address out of nowhere": (
        "Write to hotline@oig.dhs.gov.",
        "online or mail submissions, and it provides",
    ),
    "another mailbox": ("Write to JIC@ice.dhs.gov.", "email at ICEOPRIntake@ice.dhs.gov, or the OPR"),
    "a second address": (
        "Write to ICEOPRIntake@ice.dhs.gov or opr@ice.dhs.gov.",
        "email at ICEOPRIntake@ice.dhs.gov, or the OPR",
    ),
}
EMAIL_FALSE: dict[str, Row] = {
    "the same address": (
        "Write to ICEOPRIntake@ice.dhs.gov.",
        "email at ICEOPRIntake@ice.dhs.gov, or the OPR",
    ),
    "in lower case": ("Write to iceoprintake@ice.dhs.gov.", "email at ICEOPRIntake@ice.dhs.gov, or the OPR"),
    "in brackets": (
        "OPR takes e-mail (ICEOPRIntake@ice.dhs.gov).",
        "email at ICEOPRIntake@ice.dhs.gov, or the OPR",
    ),
    "in the suffix": (
        "Write to ICEOPRIntake@ice.dhs.gov.",
        Q("phone at 833-4ICE-OPR and", suffix="ICEOPRIntake@ice.dhs.gov"),
    ),
    "no address at all": ("OPR takes e-mail.", "email at ICEOPRIntake@ice.dhs.gov, or the OPR"),
}
STATUTE_TRUE: dict[str, Row] = {
    "another paragraph": (
        "By 6 U.S.C. 253(2) it is the Secretary.",
        Q("The Secretary shall be responsible for", locator="6 U.S.C. 253(1)"),
    ),
    "another title": (
        "By 8 U.S.C. 253(1) it is the Secretary.",
        Q("The Secretary shall be responsible for", locator="6 U.S.C. 253(1)"),
    ),
    "another section of the regulation": (
        "6 CFR 115.122 speaks of the Joint Intake Center.",
        Q("promptly reported to the Joint Intake Center", locator="6 CFR 115.22(e)"),
    ),
    "another report": (
        "OIG-20-45 looked at senior executives.",
        Q("review found ICE did not consistently follow", source="oig-20-54"),
    ),
    "a report out of nowhere": (
        "GAO-14-38 names backlogs.",
        "The GAO and other reviews have highlighted backlogs",
    ),
    "a section finer than any given": (
        "Section 405(b) calls for reports.",
        Q("prepare semiannual reports summarizing the activities", locator="5 U.S.C. 405"),
    ),
    "a public law": ("Public Law 104-209 has it.", "Public Law 104–208 , §101(f) [title VIII]"),
}
STATUTE_FALSE: dict[str, Row] = {
    "in the locator": (
        "By 6 U.S.C. 253(1) it is the Secretary.",
        Q("The Secretary shall be responsible for", locator="6 U.S.C. 253(1)"),
    ),
    "written otherwise": (
        "By 6 USC § 253(1) it is the Secretary.",
        Q("The Secretary shall be responsible for", locator="6 U.S.C. 253(1)"),
    ),
    "coarser than the locator": (
        "6 CFR part 115 speaks of the Joint Intake Center.",
        Q("promptly reported to the Joint Intake Center", locator="6 CFR 115.22(e)"),
    ),
    "the source's own number": (
        "OIG-20-54 looked at senior executives.",
        Q("review found ICE did not consistently follow", source="oig-20-54"),
    ),
    "in the quotation": (
        "Section 405(b) asks for reports.",
        "semiannual reports required by section 405(b) of this title",
    ),
    "a section of a law quoted whole": ("Section 3512 is meant.", "Act of 1996 ( 31 U.S.C. 3512 note)"),
    "other dashes": ("GAO‑14‑38 is of 2013.", "its report GAO-14-38 of November 2013"),
}
TABLES = {
    "wording-figure": (FIGURE_TRUE, FIGURE_FALSE),
    "wording-date": (DATE_TRUE, DATE_FALSE),
    "wording-phone": (PHONE_TRUE, PHONE_FALSE),
    "wording-e-mail": (EMAIL_TRUE, EMAIL_FALSE),
    "wording-statute": (STATUTE_TRUE, STATUTE_FALSE),
}


def _cases(which: int) -> list[object]:
    return [
        pytest.param(rule, row, id=f"{rule}: {name}")
        for rule, tables in TABLES.items()
        for name, row in tables[which].items()
    ]


def _found(row: Row) -> set[str]:
    statement, *quotes = row
    assert isinstance(statement, str)
    return rules(statement, *quotes, sources=(OIG_REPORT,))


@pytest.mark.parametrize(("rule", "row"), _cases(0))
def test_finds(rule: str, row: Row) -> None:
    assert rule in _found(row)


@pytest.mark.parametrize(("rule", "row"), _cases(1))
def test_leaves_alone(rule: str, row: Row) -> None:
    assert rule not in _found(row)


def test_says_which_figure_and_what_to_do() -> None:
    (found,) = [
        f for f in findings("It took 9 days.", "in writing within 7 days") if f.rule == "wording-figure"
    ]
    assert '"9"' in found.message
    assert "second citation" in found.next_step
    assert found.focus.endswith("/claim/tested")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("two hundred and five of 1,224", ["number 205", "number 1224"]),
        ("twenty-five and three quarters", ["number 25", "share 3/4"]),
        ("a dozen, half, one in five", ["number 12", "share 1/2", "share 1/5"]),
        ("€5 million or 2.5 million dollars", ["money 5000000", "money 2500000"]),
        ("twice, the 2d sentence, twenty-first", ["times 2", "ordinal 2", "ordinal 21"]),
        ("one hundred thousand and one nights", ["number 100001"]),
        ("two and a half years, ½", ["number 5/2", "share 1/2"]),
        ("a third party and a third of them", ["share 1/3"]),
    ],
)
def test_reads_figures(text: str, kinds: list[str]) -> None:
    assert [f"{f.kind.value} {f.value}" for f in figures(text)] == kinds


def test_reads_marks() -> None:
    assert [m.forms for m in dates("March 2–5, 2018; 3 May; in March")] == [
        (("2018", "3", "2"),), (("", "5", "3"),), (("", "3", ""),)
    ]  # fmt: skip
    assert [m.forms[0] for m in references("8 U.S.C. 1357, 79 Fed. Reg. 13100, ICE Directive 11062.2")] == [
        ("8", "usc", "1357"), ("79", "fedreg", "13100"), ("directive", "11062.2")
    ]  # fmt: skip
    assert [m.forms[0][0] for m in phones("1-800-323-8603 or 323-8603")] == ["8003238603", "3238603"]
