"""Coverage of a source's sentences by quotations: which count as marked, and what holds one."""

from __future__ import annotations

import json

import pytest

from golden_files import assert_golden
from onrecord.answers.coverage import Coverage, coverage, coverage_data, coverage_notes, coverage_rows
from onrecord.answers.sheet_json import as_json
from onrecord.errors import ArchiveError, UnknownTerm
from shipped import SharedTexts, needs_texts, shipped_base
from small_base import PAPER_TEXT, SmallBase, as_file

MARKED = {
    "factually-misconduct-process": 8,
    "factually-filing-complaints": 12,
    "factually-opr-conclusions": 13,
    "factually-opr-vs-oig": 16,
    "factually-extremist-ties": 16,
}
"""The sentences that bear a citation; in filing-complaints one more bears a word that the page mangled."""


def paper(small: SmallBase) -> Coverage:
    (found,) = small.kb().coverage(["quay-paper"])
    return found


def test_marked_sentences_hold_quotations_of_claims_that_are_not_retired(disputed: SmallBase) -> None:
    found = paper(disputed)
    assert (len(found.sentences), len(found.marked), found.covered, found.all_covered) == (5, 3, 2, 2)
    assert [s.sentence.text[:19] for s in found.lacking] == ["The complaints desk"]
    assert [s.markers for s in found.marked] == [("[1]",), ("[1]", "[2]"), ("[2]",)]
    assert not found.strays and not found.unplaced


def test_a_marker_that_is_no_reference_of_the_source_is_not_counted(disputed_copy: SmallBase) -> None:
    sources = disputed_copy.layout.facts / "sources-more.ttl"
    text = sources.read_text("utf-8")
    sources.write_text(text.replace("onr:hasReference source:quay-paper.ref-2", 'onr:note "lost"'), "utf-8")
    found = paper(disputed_copy)
    assert [s.markers for s in found.marked] == [("[1]",), ("[1]",)]
    assert found.strays == {"[2]": 2}
    assert "[2] in 2 sentences is no reference of the source: not counted." in coverage_notes([found])


def test_every_marker_counts_where_the_base_has_no_reference_of_the_source(disputed_copy: SmallBase) -> None:
    for path in disputed_copy.layout.facts.glob("sources*.ttl"):
        path.write_text(path.read_text("utf-8").replace("onr:hasReference", "onr:note"), "utf-8")
    assert len(paper(disputed_copy).marked) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("closed 41 of 60 reports in 2023", "others open [1] [2]. Owners can call"),
        ("closed 41 of 60 reports in 2023", "closed 41 of"),
        ("closed 41 of 60 reports in 2023", "closed 42 of 60 reports in 2023"),
    ],
    ids=["across two sentences", "three words", "not in the text"],
)
def test_what_stands_in_no_one_sentence_covers_none(disputed_copy: SmallBase, old: str, new: str) -> None:
    path = disputed_copy.layout.claims / "harbour.trig"
    text = path.read_text("utf-8").replace('oa:prefix "The Harbour Board" ;\n', "")
    path.write_text(text.replace(f'"{old}"', f'"{new.replace("[1] [2]. ", "")}"'), "utf-8")
    found = paper(disputed_copy)
    assert found.covered == 1 and len(found.unplaced) == 1
    assert "stands in no one sentence" in coverage_notes([found])


def test_a_marker_after_the_stop_belongs_to_the_sentence_before(disputed_copy: SmallBase) -> None:
    moved = PAPER_TEXT.replace("open [1] [2].", "open.[1] [2]").replace("quay [1].", "quay. [1]")
    disputed_copy.file_text("quay-paper", moved)
    for path in (disputed_copy.layout.snapshots, *disputed_copy.layout.proof_files()):
        path.unlink()
    found = paper(disputed_copy)
    assert [s.markers for s in found.marked] == [("[1]",), ("[1]", "[2]"), ("[2]",)]
    assert found.covered == 2


def test_the_text_is_the_one_that_the_base_commits_to(disputed_copy: SmallBase) -> None:
    before = paper(disputed_copy)
    disputed_copy.file_text("quay-paper", "Another text [1].")
    assert paper(disputed_copy) == before


def test_data_repeats_no_sentence_but_those_that_lack_a_quotation(disputed: SmallBase) -> None:
    found = paper(disputed)
    (data,) = json.loads(as_json(coverage_data([found])))
    assert (data["marked"], data["covered"], data["percent"]) == (3, 2, 66)
    lacking = [s for s in data["marked_sentences"] if "lacking" in s]
    assert [s["lacking"] for s in lacking] == [found.lacking[0].sentence.text]
    assert "closed 41 of 60" not in as_json(data)


def test_rows_end_with_a_sum(disputed: SmallBase) -> None:
    found = disputed.kb().coverage()
    assert list(coverage_rows(found)) == [
        ["harbour-rules", "6", "2", "0", "0", ""],
        ["quay-paper", "5", "2", "3", "2", "66 %"],
        ["all", "11", "4", "3", "2", "66 %"],
    ]


def test_a_source_without_a_text_cannot_be_covered(disputed: SmallBase) -> None:
    with pytest.raises(ArchiveError, match="No text of harbour-report is at hand"):
        disputed.kb().coverage(["quay-paper", "harbour-report"])
    with pytest.raises(UnknownTerm):
        disputed.kb().coverage(["nothing"])
    kb = disputed.kb()
    kb.archive = type(kb.archive)(disputed.root / "no-archive")
    with pytest.raises(ArchiveError, match="any source"):
        kb.coverage()


def test_a_gap_covers_too(disputed_copy: SmallBase) -> None:
    gap = """\
GRAPH claim:who-answers-the-desk {
  claim:who-answers-the-desk.gap a onr:MissingFact ; onr:missingAbout office:harbour-board ;
    onr:missingProperty "who answers" .
}
claim:who-answers-the-desk a onr:Claim , onr:Gap ; onr:topic topic:contact ;
  onr:statement "Who answers at the complaints desk of the Harbour Board is not on record."@en ;
  onr:citation [ onr:source source:quay-paper ; onr:stance onr:supports ; onr:standing onr:reporting ;
    oa:exact "The complaints desk is not the primary office" ] .
"""
    (disputed_copy.layout.claims / "gap.trig").write_bytes(as_file(gap))
    assert not paper(disputed_copy).lacking


@needs_texts
@pytest.mark.parametrize(("name", "marked"), MARKED.items())
def test_every_marked_sentence_of_an_article_holds_a_quotation(name: str, marked: int) -> None:
    source = next(s for s in shipped_base().sources() if s.slug == name)
    found = coverage(shipped_base(), SharedTexts(), source)
    assert found is not None
    splits = [{"markers": list(s.markers), "sha256": s.digest} for s in found.marked]
    strays = [{"markers": list(s.strays), "sha256": s.digest} for s in found.sentences if s.strays]
    split = {"sentences": len(found.sentences), "marked": splits, "not_counted": strays}
    assert_golden(f"coverage-{name}.json", as_json(split))
    assert len(found.marked) == marked
    assert [s.markers for s in found.lacking] == []
    assert not found.unplaced
