"""`onrecord query` with notes: which rows are explained, in every format, and what else is said of them."""

from __future__ import annotations

import csv
import io
import json
import re

import pyoxigraph as ox
import pytest

from cli.test_query import GAPS
from command_line import RunCli
from golden_files import assert_golden
from onrecord.errors import QueryError
from onrecord.sparql.running import Answer
from shipped import ROOT
from small_base import SmallBase

KEEPERS = """SELECT ?office ?limit { ?n ov:by ?office ; ov:activity activity:keep-records
    OPTIONAL { ?n ov:timeLimit ?limit } OPTIONAL { ?n ov:legalBasis ?law } }"""
CLASSES = "SELECT ?s ?class { ?s a ?class } ORDER BY ?s ?class"
"""Many rows, all of the record."""


def _lines(run_cli: RunCli, disputed: SmallBase, *arguments: str) -> list[str]:
    ran = run_cli("query", *disputed.options(), *arguments)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.splitlines()


def test_a_table_has_its_notes_below(run_cli: RunCli, disputed: SmallBase) -> None:
    lines = _lines(run_cli, disputed, "-e", GAPS)
    assert lines[2].endswith("record of [1]")
    assert_golden("query-gaps-notes.txt", "\n".join(lines) + "\n")


def test_a_row_leads_to_its_claim_and_says_what_is_not_on_record(
    run_cli: RunCli, disputed: SmallBase
) -> None:
    lines = _lines(run_cli, disputed, "-e", KEEPERS)
    assert lines[2].split() == ["1", "office:harbour-board", "five", "years", "[1],", "absence"]
    assert lines[4] == "1 row" and lines[6] == "Notes"
    assert lines[8] == "[1]   claim:board-keeps-reports-five-years \u00b7 law"
    assert any("claim:board-keeps-reports-five-years.function ov:legalBasis ?law" in x for x in lines)
    assert any(x.startswith("Marks (version ") for x in lines)


def test_the_first_page_is_explained_and_the_others_say_that_they_are_not(
    run_cli: RunCli, disputed: SmallBase
) -> None:
    lines = _lines(run_cli, disputed, "-e", CLASSES)
    rows = lines[2 : lines.index("")]
    assert len(rows) > 20
    assert all("beyond the page" not in row for row in rows[:20])
    assert all(row.endswith("beyond the page") for row in rows[20:])
    assert (
        f"Rows 21 to {len(rows)} are beyond the page and not explained; to explain all rows: --explain all"
        in (" ".join(lines))
    )
    whole = _lines(run_cli, disputed, "-e", CLASSES, "--explain", "all")
    assert "beyond the page" not in " ".join(whole)


@pytest.mark.parametrize("chosen", ["table", "csv", "tsv", "json"])
def test_plain_and_none_are_the_same(run_cli: RunCli, disputed: SmallBase, chosen: str) -> None:
    given = ("-e", KEEPERS, "-f", chosen)
    plain = _lines(run_cli, disputed, *given, "--plain")
    assert plain == _lines(run_cli, disputed, *given, "--explain", "none")
    assert plain != _lines(run_cli, disputed, *given)


@pytest.mark.parametrize("chosen", ["csv", "tsv"])
def test_columns_explain_every_row(run_cli: RunCli, disputed: SmallBase, chosen: str) -> None:
    lines = _lines(run_cli, disputed, "-e", CLASSES, "-f", chosen)
    assert len(lines) > 21 and "not explained" not in " ".join(lines)
    page = _lines(run_cli, disputed, "-e", CLASSES, "-f", chosen, "--explain", "page")
    assert [line for line in page if "not explained" in line] == page[21:]


def test_the_columns_name_claims_and_marks(run_cli: RunCli, disputed: SmallBase) -> None:
    lines = _lines(run_cli, disputed, "-e", KEEPERS, "-f", "csv")
    head, row = csv.reader(io.StringIO("\n".join(lines)))
    assert head == ["office", "limit", "claims", "marks"]
    assert row[2:] == ["claim:board-keeps-reports-five-years", "absence"]


def test_json_has_every_row_explained_and_plain_readers_see_the_answer(
    run_cli: RunCli, disputed: SmallBase
) -> None:
    text = "\n".join(_lines(run_cli, disputed, "-e", KEEPERS, "-f", "json"))
    member = json.loads(text)["onrecord"]
    assert [row["state"] for row in member["rows"]] == ["marked"] and len(member["base_version"]) == 32
    assert member["notes"][0]["claim"].endswith("/board-keeps-reports-five-years")
    read = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(read, ox.QuerySolutions) and len(list(read)) == 1


def test_triples_have_notes_in_comments_and_in_json(run_cli: RunCli, disputed: SmallBase) -> None:
    query = "CONSTRUCT { ?office ov:keeps ?limit } { ?n ov:by ?office ; ov:timeLimit ?limit }"
    text = "\n".join(_lines(run_cli, disputed, "-e", query))
    assert len(list(ox.parse(text, format=ox.RdfFormat.TURTLE))) == 1
    assert '# 1  office:harbour-board ov:keeps "five years"  [1]\n' in text
    data = json.loads("\n".join(_lines(run_cli, disputed, "-e", query, "-f", "json")))
    assert data["onrecord"]["rows"][0]["notes"] == [1] and len(data["@graph"]) == 1


def test_a_yes_or_no_says_what_it_rests_on(run_cli: RunCli, disputed: SmallBase) -> None:
    assert _lines(run_cli, disputed, "-e", "ASK { ?n ov:timeLimit 'five years'@en }")[0] == "yes  [1]"
    lines = _lines(run_cli, disputed, "-e", "ASK { ?n ov:timeLimit 'nine years'@en }")
    assert lines[0] == "no  absence" and "ov:timeLimit" in lines[-1]


def test_pages_for_readers(run_cli: RunCli, disputed: SmallBase) -> None:
    markdown = _lines(run_cli, disputed, "-e", KEEPERS, "-f", "markdown")
    assert markdown[0] == "| # | office | limit | notes |" and markdown[2].endswith("| [^1], absence |")
    page = "\n".join(_lines(run_cli, disputed, "--name", "who-keeps", "-f", "html"))
    assert "<title>Who keeps records</title>" in page and "#+ title: Who keeps records" in page
    assert '<li id="note-1"' in page


def test_witnesses_are_certified_on_request(run_cli: RunCli, disputed: SmallBase) -> None:
    lines = _lines(run_cli, disputed, "-e", KEEPERS, "--certify")
    assert lines[2].endswith("[1], absence, certified 1 of 1 witness")


def test_quotations_are_checked_on_request(run_cli: RunCli, disputed: SmallBase) -> None:
    assert not any("found by text" in x for x in _lines(run_cli, disputed, "-e", KEEPERS))
    assert any(x.strip() == "found by text" for x in _lines(run_cli, disputed, "-e", KEEPERS, "--check"))


def test_the_notes_to_a_row_are_few_unless_all_are_wanted(run_cli: RunCli) -> None:
    given = ("query", "--kb", str(ROOT), "-e", "SELECT (COUNT(?n) AS ?count) { ?n a ov:Jurisdiction }")
    row = run_cli(*given).out.splitlines()[2]
    assert re.search(r"\[1-12\], \d+ more.*, closed world$", row)
    whole = run_cli(*given, "--full").out.splitlines()
    assert re.search(r"\[1-\d+\].*, closed world$", whole[2]) and " more" not in whole[2]
    assert sum(line.startswith("[") for line in whole) > 12


def test_an_answer_that_cannot_be_explained_in_time_is_not_printed_half(
    run_cli: RunCli, disputed: SmallBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explain(answer: Answer, wanted: list[int]) -> None:
        raise QueryError("The query was stopped after 1 seconds.")

    monkeypatch.setattr(Answer, "explain", explain)
    ran = run_cli("query", *disputed.options(), "-e", KEEPERS)
    assert (ran.code, ran.out) == (2, "") and "--explain none" in ran.err
    assert run_cli("query", *disputed.options(), "-e", KEEPERS, "--plain").code == 0
