"""Sourced answers for programs: plain readers of the standard formats find the plain answer."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import rdflib
from rdflib.query import Result

from answers.sourced_case import (
    ANSWER,
    CERTIFICATES,
    DAMAGE,
    EXPLANATIONS,
    FIVE,
    GRAPH,
    TWO,
    VERSION,
    case,
    graph_case,
)
from golden_files import assert_golden
from onrecord.answers.sourced.as_json import sourced_json
from onrecord.answers.sourced.columns import sourced_columns
from onrecord.answers.sourced.sourced import sourced
from onrecord.model import Literal
from onrecord.sparql.results import render
from onrecord.sparql.running import Answer
from small_base import SmallBase


def _json(disputed: SmallBase) -> str:
    return sourced_json(case(disputed, check=True), disputed.kb().base)


def _solutions(text: str, form: ox.QueryResultsFormat) -> list[ox.QuerySolution]:
    read = ox.parse_query_results(text, format=form)
    assert isinstance(read, ox.QuerySolutions)
    return list(read)


# JSON -------------------------------------------------------------------------------------------------


def test_the_answer_as_json(disputed: SmallBase) -> None:
    assert_golden("sourced.json", _json(disputed))


def test_without_the_member_it_is_the_plain_json(disputed: SmallBase) -> None:
    data = json.loads(_json(disputed))
    del data["onrecord"]
    assert data == json.loads(render(ANSWER, "json"))


def test_plain_readers_of_results_pass_over_the_member(disputed: SmallBase) -> None:
    plain, whole = render(ANSWER, "json"), _json(disputed)
    read = [_solutions(text, ox.QueryResultsFormat.JSON) for text in (plain, whole)]
    assert [str(s) for s in read[0]] == [str(s) for s in read[1]] and len(read[0]) == 13
    tables = [list(Result.parse(io.BytesIO(t.encode()), format="json")) for t in (plain, whole)]
    assert tables[0] == tables[1] and len(tables[0]) == 13


def test_plain_readers_of_a_yes_pass_over_the_member(disputed: SmallBase) -> None:
    base = disputed.kb().base
    text = sourced_json(sourced(base, Answer(boolean=True), {0: EXPLANATIONS[0]}), base)
    read = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(read, ox.QueryBoolean) and bool(read)
    assert Result.parse(io.BytesIO(text.encode()), format="json").askAnswer is True
    assert json.loads(text)["onrecord"]["rows"][0]["notes"] == [1, 2]


def test_plain_readers_of_triples_pass_over_the_member(disputed: SmallBase) -> None:
    text = sourced_json(graph_case(disputed), disputed.kb().base)
    plain = set(ox.parse(render(GRAPH, "json"), format=ox.RdfFormat.JSON_LD))
    assert set(ox.parse(text, format=ox.RdfFormat.JSON_LD)) == plain and len(plain) == 3
    assert len(rdflib.Graph().parse(data=text, format="json-ld")) == 3
    rows = json.loads(text)["onrecord"]["rows"]
    assert [row["state"] for row in rows] == ["record", "marked", None]
    assert rows[1]["triple"][1:] == ["<http://www.w3.org/2000/01/rdf-schema#label>", '"Board \u001b[31m"']


def test_the_member_has_an_entry_for_each_row(disputed: SmallBase) -> None:
    member = json.loads(_json(disputed))["onrecord"]
    rows = member["rows"]
    assert member["base_version"] == VERSION and len(rows) == 13 and rows[11:] == [None, None]
    assert [row["state"] for row in rows[:8]] == [
        "complete", "complete", "marked", "record", "complete", "marked", "rests on no claim", "unexplained",
    ]  # fmt: skip
    assert rows[7]["reason"] == "a triple term cannot be looked up"
    assert rows[8]["capped"] and rows[8]["rests_on"]["more"] == 40 and "SELECT" in rows[8]["drill_down"]
    assert rows[4]["records"] == [5] and rows[2]["marks"][1]["mark"] == "closed world"


def test_a_derivation_leads_to_facts_and_they_to_claims(disputed: SmallBase) -> None:
    member = json.loads(_json(disputed))["onrecord"]
    facts = member["facts"]
    (derivation,) = member["rows"][0]["rests_on"]["any"]
    assert [facts[n].get("claims") for n in derivation["all"]] == [[FIVE], [DAMAGE], None]
    assert [facts[n].get("record") for n in derivation["all"]] == [None, None, True]
    (other,) = member["rows"][1]["rests_on"]["any"]
    assert facts[other["all"][0]]["claims"] == [FIVE, TWO]


def test_certificates_are_in_the_data(disputed: SmallBase) -> None:
    base = disputed.kb().base
    found = sourced(base, ANSWER, EXPLANATIONS, certificates=CERTIFICATES)
    rows = json.loads(sourced_json(found, base))["onrecord"]["rows"]
    assert rows[0]["certified"] == {"tried": 1, "held": 1}
    assert rows[1]["certified"] == {"tried": 2, "held": 1}
    assert rows[2]["certified"] == {"tried": 0, "held": 0, "note": "no witness is known"}
    assert "certified 1 of 2 witnesses" in sourced_columns(found, "csv")


# columns ----------------------------------------------------------------------------------------------


def test_the_answer_as_columns(disputed: SmallBase) -> None:
    assert_golden("sourced.csv", sourced_columns(case(disputed), "csv"))
    assert_golden("sourced.tsv", sourced_columns(case(disputed), "tsv"))


def test_columns_are_added_and_none_is_changed(disputed: SmallBase) -> None:
    whole = list(csv.reader(io.StringIO(sourced_columns(case(disputed), "csv"))))
    plain = list(csv.reader(io.StringIO(render(ANSWER, "csv"))))
    assert [row[:-2] for row in whole] == plain
    assert whole[0][-2:] == ["claims", "marks"]
    assert whole[5][-2:] == [
        "claim:board-keeps-reports-five-years claim:line-open-on-weekends",
        "record of claim:line-open-on-weekends",
    ]
    assert [row[-1] for row in whole[7:13]] == [
        "rests on no claim",
        "unexplained: a triple term cannot be looked up",
        "not all listed",
        "",
        "record",
        "not explained",
    ]


def test_a_column_of_the_query_keeps_its_name(disputed: SmallBase) -> None:
    answer = Answer(("claims",), ((Literal("3"),),))
    found = sourced(disputed.kb().base, answer, {0: EXPLANATIONS[0]})
    head, row = csv.reader(io.StringIO(sourced_columns(found, "csv")))
    assert head == ["claims", "onrecord_claims", "marks"] and row[0] == "3"


def test_tsv_can_be_read_back(disputed: SmallBase) -> None:
    text = sourced_columns(case(disputed), "tsv")
    read = _solutions(text, ox.QueryResultsFormat.TSV)
    assert len(read) == 13 and read[2]["marks"] == ox.Literal("absence; closed world")
