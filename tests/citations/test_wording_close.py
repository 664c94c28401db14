"""Statements in the source's words, and titles as quotations."""

from __future__ import annotations

import pytest

from citations.wording_case import Quote, iri, rules
from onrecord.model import Source

Q = Quote
Row = tuple[str, Quote]
TITLE = Source(
    iri("source:article"), "What is the process for investigating ICE agent misconduct allegations?"
)
CLOSE_TRUE: dict[str, Row] = {
    "nine words in a row": (
        "It is known that inquiries end with administrative findings, remedial recommendations, or ongoing"
        " reviews today.",
        Q("inquiries end with administrative findings, remedial recommendations, or ongoing reviews"),
    ),
    "a run beyond the fragment": (
        "The facility is to endeavor to remain informed about the progress of an inquiry.",
        Q(
            "shall endeavor to remain informed",
            before="and",
            after="about the progress of the investigation.",
        ),
    ),
    "the quotation itself": (
        "OPR conducts internal criminal and administrative probes.",
        Q("OPR conducts internal criminal and administrative probes"),
    ),
    "the quotation with one word more": (
        "Cases often remain open for long periods there.",
        Q("cases often remain open for long periods"),
    ),
    "in other case and with other marks": (
        "CRITICS WARN (can cast) broad civil-society activity — as extremist.",
        Q("critics warn can cast broad civil‑society activity as extremist"),
    ),
}
CLOSE_FALSE: dict[str, Row] = {
    "in our own words": (
        "Long periods pass before cases are closed.",
        Q("cases often remain open for long periods"),
    ),
    "seven words in a row": (
        "By what it says of itself, OPR now conducts internal criminal and administrative probes into many"
        " kinds of conduct.",
        Q("OPR conducts internal criminal and administrative probes"),
    ),
    "a long name": (
        "OPR gives reports to the CBP Office of Professional Responsibility as a matter of routine.",
        Q("and gives them to the CBP Office of Professional Responsibility as well"),
    ),
    "the same words in another order": (
        "For long periods cases remain open often.",
        Q("cases often remain open for long periods"),
    ),
    "nothing in common": ("OPR manages audits.", Q("the record instead shows structural reporting problems")),
}
TITLE_TRUE: dict[str, Row] = {
    "the title": (
        "ICE looks into misconduct.",
        Q("the process for investigating ICE agent misconduct allegations"),
    ),
    "part of it": ("ICE has a process.", Q("What is the process for investigating")),
    "in other case": ("ICE has a process.", Q("PROCESS FOR INVESTIGATING ICE AGENT")),
    "with a curly mark": ("ICE has a process.", Q("investigating ICE agent misconduct allegations?")),
    "read in place as the title": (
        "ICE has a process.",
        Q("the process for investigating ICE", before="What is", after="agent misconduct allegations?"),
    ),
}
TITLE_FALSE: dict[str, Row] = {
    "the same words in the text": (
        "The process stays as it is.",
        Q(
            "the process for investigating ICE",
            before="Until such changes are made,",
            after="misconduct will remain",
        ),
    ),
    "other words": ("ICE has a process.", Q("the process for investigating ICE misconduct will remain")),
    "words that end beyond the title": (
        "ICE has a process.",
        Q("ICE agent misconduct allegations against U.S. Immigration"),
    ),
    "words in another order": ("ICE has a process.", Q("misconduct allegations ICE agent investigating")),
    "a source without record": (
        "ICE has a process.",
        Q("the process for investigating ICE", source="unknown"),
    ),
}
TABLES = {"wording-close": (CLOSE_TRUE, CLOSE_FALSE), "wording-title": (TITLE_TRUE, TITLE_FALSE)}
ABOUT = ("office:cbp-opr",)


def _cases(which: int) -> list[object]:
    return [
        pytest.param(rule, row, id=f"{rule}: {name}")
        for rule, tables in TABLES.items()
        for name, row in tables[which].items()
    ]


@pytest.mark.parametrize(("rule", "row"), _cases(0))
def test_finds(rule: str, row: Row) -> None:
    assert rule in rules(*row, about=ABOUT, sources=(TITLE,))


@pytest.mark.parametrize(("rule", "row"), _cases(1))
def test_leaves_alone(rule: str, row: Row) -> None:
    assert rule not in rules(*row, about=ABOUT, sources=(TITLE,))
