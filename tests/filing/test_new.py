"""`new`: what a draft takes from the source's text, and when there is none."""

from __future__ import annotations

import pytest

from command_line import RunCli
from onrecord.citations.locating import LocatedText, locate
from onrecord.filing.drafting import Draft, Fragment, NotDrafted, proposed_slug
from onrecord.model import Citation, Outcome, Standing
from small_base import RULES_TEXT, SmallBase, make

REPEATED = "keep every report of damage in its register"


def fragment_of(found: Draft | NotDrafted) -> Fragment:
    assert isinstance(found, Draft), found
    return found.fragment


def with_text(small: SmallBase, text: str) -> SmallBase:
    """The base with an archive that holds that text of the newspaper alone."""
    other = SmallBase(small.root, small.archive.parent / "newer")
    other.file_text("quay-paper", text)
    return other


def test_the_words_stand_as_the_source_writes_them(harbour: SmallBase) -> None:
    fragment = fragment_of(
        harbour.kb().draft("quay-paper", "OWNERS can call the 'harbour\nline' at 555-0143")
    )
    assert fragment.exact == "Owners can call the “harbour line” at 555-0143"


def test_a_law_text_is_cited_by_its_own_numbering(harbour: SmallBase) -> None:
    found = harbour.kb().draft("harbour-rules", "refer a report to the Inspector of Quays")
    assert fragment_of(found).locator == "9 CFR 12.1(b)"
    assert isinstance(found, Draft)
    assert found.standing is Standing.LAW


@pytest.mark.parametrize(
    ("source", "quotation", "prefix", "suffix"),
    [
        ("quay-paper", "primary office for reporting damage", "not the", ""),
        ("harbour-rules", "a report to the Inspector of Quays", "may refer", "unless"),
        ("harbour-rules", "report each allegation of damage", "", ""),
        ("quay-paper", "closed 41 of 60 reports in 2023", "", ""),
    ],
)
def test_a_negation_or_condition_next_to_the_words_comes_along(
    harbour: SmallBase, source: str, quotation: str, prefix: str, suffix: str
) -> None:
    fragment = fragment_of(harbour.kb().draft(source, quotation))
    assert (fragment.prefix, fragment.suffix) == (prefix, suffix)


def test_markers_of_the_sentence_become_references_that_the_base_has(harbour: SmallBase) -> None:
    fragment = fragment_of(harbour.kb().draft("quay-paper", "left the others open"))
    assert [r.rsplit("/", 1)[-1] for r in fragment.references] == ["quay-paper.ref-1"]


def test_words_that_stand_twice_are_listed_with_their_places(harbour: SmallBase, run_cli: RunCli) -> None:
    wanted = ("new", "--source", "harbour-rules", "--quote", REPEATED, *harbour.options())
    ran = run_cli(*wanted)
    assert (ran.code, ran.out) == (1, "")
    assert "stands 2 times" in ran.err
    assert "9 CFR 12.2(a)" in ran.err
    assert "9 CFR 12.2(b)" in ran.err
    chosen = run_cli(*wanted, "--occurrence", "2")
    assert chosen.code == 0
    assert '"9 CFR 12.2(b)"' in chosen.out
    assert run_cli(*wanted, "--occurrence", "3").code == 1


@pytest.mark.parametrize("occurrence", [1, 2])
def test_what_is_drafted_is_found_at_the_place_that_was_meant(harbour: SmallBase, occurrence: int) -> None:
    text = "The desk shall keep every report of damage. The mole shall keep every report of damage for years."
    newer = with_text(harbour, text)
    found = newer.kb().draft("quay-paper", "shall keep every report of damage", "", occurrence)
    assert isinstance(found, Draft)
    assert any("onrecord prove --source quay-paper" in note for note in found.notes)
    f = found.fragment
    citation = Citation("c", "claim", found.source.iri, f.exact, f.prefix, f.suffix, f.locator)
    result = locate(citation, LocatedText.of(text))
    assert (result.outcome, result.position) == (Outcome.FOUND, 2 if occurrence == 1 else 10)


def test_words_that_nothing_singles_out_are_said_to_be_so(harbour: SmallBase) -> None:
    found = (
        with_text(harbour, "All of it is as it was said. " * 6)
        .kb()
        .draft("quay-paper", "it is as it was", "", 3)
    )
    assert isinstance(found, Draft)
    assert any("single it out" in note for note in found.notes)


def test_a_wrong_word_is_answered_with_the_nearest_passage(harbour: SmallBase, run_cli: RunCli) -> None:
    quoted = "closed 42 of 60 reports in 2023"
    ran = run_cli("new", "--source", "quay-paper", "--quote", quoted, *harbour.options())
    assert (ran.code, ran.out) == (1, "")
    assert "closed 41 of 60 reports in 2023" in ran.err
    assert "'41'" in ran.err


def test_a_marker_inside_the_words_is_no_quotation(harbour: SmallBase) -> None:
    found = harbour.kb().draft("quay-paper", "damage to a quay. The Harbour Board")
    assert isinstance(found, NotDrafted)
    assert "marker" in found.message


def test_without_the_text_the_words_stand_as_given(
    tmp_path_factory: pytest.TempPathFactory, run_cli: RunCli
) -> None:
    small = make(tmp_path_factory.mktemp("textless"), texts=False, proved=False)
    ran = run_cli("new", "--source", "quay-paper", "--quote", "words that nobody checked", *small.options())
    assert ran.code == 0
    assert 'oa:exact "words that nobody checked"' in ran.out
    assert "No text of source:quay-paper is at hand" in ran.err


@pytest.mark.parametrize("form", ["trig", "yaml"])
def test_an_unfilled_draft_is_refused(
    harbour: SmallBase, run_cli: RunCli, tmp_path_factory: pytest.TempPathFactory, form: str
) -> None:
    quoted = "refer a report to the Inspector of Quays"
    ran = run_cli("new", "--source", "harbour-rules", "--quote", quoted, "-f", form, *harbour.options())
    given = tmp_path_factory.mktemp("draft") / f"claim.{form}"
    given.write_text(ran.out, "utf-8")
    report = harbour.kb().check([str(given)])
    found = {f.rule for f in report.findings if f.severity == "violation"}
    assert found >= {"claim-statement-form", "claim-topic", "structure-graph-empty"}
    assert [r.outcome for r in report.citations] == [Outcome.FOUND]


def test_the_two_forms_of_a_draft_cite_the_same(harbour: SmallBase, run_cli: RunCli) -> None:
    from onrecord.store.reading import parse
    from onrecord.vocab import KB, OA, ONR

    quoted = "primary office for reporting damage"
    wanted = ("new", "--source", "quay-paper", "--quote", quoted, *harbour.options())
    cited = [
        {
            (q.subject, q.predicate, q.object)
            for q in parse(run_cli(*wanted, "-f", form).out.encode(), f"x.{form}", KB).quads
            if q.predicate.startswith((OA, ONR)) and ".c-" in q.subject
        }
        for form in ("trig", "yaml")
    ]
    assert cited[0] == cited[1] != set()


def test_speakers_are_asked_for_where_a_source_argues(harbour: SmallBase, run_cli: RunCli) -> None:
    sources = harbour.layout.facts / "sources.ttl"
    sources.write_text(sources.read_text("utf-8").replace('"news"', '"advocacy-report"'), "utf-8")
    quoted = ("--source", "quay-paper", "--quote", "left the others open")
    assert "onr:saidBy office:FILL-IN" in run_cli("new", *quoted, *harbour.options()).out
    assert "said_by: FILL-IN" in run_cli("new", *quoted, "-f", "yaml", *harbour.options()).out


def test_slugs_are_proposed_and_never_taken(harbour: SmallBase, run_cli: RunCli) -> None:
    assert proposed_slug("shall refer — a naïve report, to the “Board”!") == "refer-naive-report-board"
    assert proposed_slug("is it not so?") == "is-it-not-so"
    assert len(proposed_slug("incomprehensibilities " * 8)) <= 60
    wanted = ("new", "--source", "quay-paper", "--quote", "left the others open", *harbour.options())
    assert run_cli(*wanted, "--slug", "board-closed-41-of-60").code == 2
    assert run_cli(*wanted, "--slug", "Not A Slug").code == 2
    assert run_cli("new", "--source", "no such", "--quote", "a b c d", *harbour.options()).code == 2
    assert run_cli("new", "--source", "nobody", "--quote", "a b c d", *harbour.options()).code == 2


def test_a_law_text_says_nothing_of_other_sources_numbering(harbour: SmallBase) -> None:
    fragment = fragment_of(
        with_text(harbour, RULES_TEXT).kb().draft("quay-paper", "refer a report to the Inspector")
    )
    assert fragment.locator == ""
