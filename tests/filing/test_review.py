"""Recording reviews: what they are of, their file, and many verdicts at once, whole or not at all."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import FilingError, UnreadableFile
from onrecord.filing.reviewing import Manner, Recorded, parse_verdicts, read_reviews, record, reviews_path
from onrecord.model import Citation, Claim, Finding
from onrecord.store.reviews import Review, ReviewVerdict, render_reviews, review_digest
from small_base import SmallBase

MANNER = Manner("read by one person", date(2026, 11, 20))
CLAIM = Claim("claim", "The statement says so.")
CITATION = Citation("claim.c-00000000", "claim", "source", "four words of it", "before", "after")


def everything(small: SmallBase) -> list[tuple[Claim, Citation]]:
    return [(claim, c) for claim in small.kb().base.claims() for c in claim.citations]


def reviews_of(small: SmallBase, verdict: ReviewVerdict = ReviewVerdict.CONFIRMED) -> list[Review]:
    return [MANNER.review(*pair, verdict) for pair in everything(small)]


def findings(small: SmallBase, *paths: str) -> list[Finding]:
    return [f for f in small.kb().check(paths).findings if f.rule.startswith("review")]


# what a review is of ----------------------------------------------------------------------------------


WORDS = st.text(min_size=1).filter(lambda text: bool(text.strip()))


@given(WORDS)
def test_any_words_more_in_statement_or_quotation_void_a_review(text: str) -> None:
    review = MANNER.review(CLAIM, CITATION, ReviewVerdict.CONFIRMED)
    assert not review.is_void(CLAIM, CITATION)
    assert review.is_void(replace(CLAIM, statement=f"{CLAIM.statement} {text}"), CITATION)
    for changed in (
        replace(CITATION, prefix=f"{CITATION.prefix} {text}"),
        replace(CITATION, exact=f"{CITATION.exact} {text}"),
        replace(CITATION, suffix=f"{text} {CITATION.suffix}"),
    ):
        assert review.is_void(CLAIM, changed)


def test_words_moved_from_one_part_to_another_void_a_review() -> None:
    moved = replace(CITATION, prefix="before four", exact="words of it")
    assert review_digest(CLAIM, moved) != review_digest(CLAIM, CITATION)
    assert review_digest(CLAIM, replace(CITATION, prefix="after", suffix="before")) != review_digest(
        CLAIM, CITATION
    )


def test_white_space_and_everything_else_about_a_claim_void_nothing() -> None:
    other = replace(CITATION, exact="four  words\nof it", locator="p. 3")
    claim = replace(CLAIM, statement="The statement\n says so.", topics=("topic",))
    assert review_digest(claim, other) == review_digest(CLAIM, CITATION)


# the file ---------------------------------------------------------------------------------------------


def test_a_review_is_recorded_and_read_back(harbour: SmallBase) -> None:
    one, other = reviews_of(harbour)
    partly = replace(other, verdict=ReviewVerdict.PARTLY, reason='it says "may" \\ not must')
    assert record(harbour.layout, [one, partly]) == Recorded(2, 0)
    found = read_reviews(harbour.layout)
    assert [replace(found[r.citation], place=None) for r in (one, partly)] == [one, partly]
    assert harbour.kb().base.review(one.citation) == found[one.citation]
    assert not [f for f in harbour.kb().check().findings if f.focus.endswith(".review")]


def test_the_same_reviews_give_the_same_bytes_in_any_order(harbour: SmallBase) -> None:
    reviews = reviews_of(harbour)
    data = render_reviews(reviews, harbour.layout.config.iri)
    assert render_reviews(reversed(reviews), harbour.layout.config.iri) == data
    for review in reversed(reviews):
        record(harbour.layout, [review])
    assert reviews_path(harbour.layout).read_bytes() == data


def test_a_later_review_stands_in_the_place_of_an_earlier_one(harbour: SmallBase) -> None:
    record(harbour.layout, reviews_of(harbour, ReviewVerdict.PARTLY))
    record(harbour.layout, reviews_of(harbour)[:1])
    verdicts = [r.verdict for r in read_reviews(harbour.layout).values()]
    assert sorted(verdicts) == [ReviewVerdict.CONFIRMED, ReviewVerdict.PARTLY]


def test_two_that_record_at_once_lose_nothing(harbour: SmallBase) -> None:
    reviews = reviews_of(harbour)
    for _ in range(5):
        reviews_path(harbour.layout).unlink(missing_ok=True)
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda review: record(harbour.layout, [review]), reviews))
        assert len(read_reviews(harbour.layout)) == len(reviews)


def test_recording_nothing_writes_nothing(harbour: SmallBase) -> None:
    before = harbour.digests()
    assert record(harbour.layout) == Recorded() == record(harbour.layout, tidy=True)
    assert harbour.digests() == before


def test_reviews_of_citations_that_are_gone_are_dropped_when_asked(harbour: SmallBase) -> None:
    gone = Review("https://w3id.org/onrecord/kb/claim/gone.c-00000000", *_said())
    record(harbour.layout, [gone, *reviews_of(harbour)])
    assert record(harbour.layout).dropped == 0
    assert record(harbour.layout, tidy=True).dropped == 1
    assert gone.citation not in read_reviews(harbour.layout)


def _said() -> tuple[ReviewVerdict, str, str, str]:
    return ReviewVerdict.CONFIRMED, "read", "2026-11-20", "sha256:" + "0" * 64


@pytest.mark.parametrize(
    "added",
    ['office:harbour-board onr:note "mine" .', "office:harbour-board a ov:Office ."],
    ids=["another property", "another node"],
)
def test_a_file_that_holds_something_else_is_not_written_over(harbour: SmallBase, added: str) -> None:
    record(harbour.layout, reviews_of(harbour))
    path = reviews_path(harbour.layout)
    prefixes = "".join(
        f"@prefix {p}: <https://w3id.org/onrecord/{t}> .\n"
        for p, t in (("office", "kb/office/"), ("ov", "oversight#"))
    )
    path.write_text(f"{prefixes}{path.read_text('utf-8')}\n{added}\n", "utf-8")
    before = harbour.digests()
    with pytest.raises(FilingError, match="no part of a review"):
        record(harbour.layout, reviews_of(harbour, ReviewVerdict.PARTLY))
    assert harbour.digests() == before


def test_a_file_that_does_not_parse_is_not_written_over(harbour: SmallBase) -> None:
    reviews_path(harbour.layout).write_text("nonsense", "utf-8")
    before = harbour.digests()
    with pytest.raises(UnreadableFile):
        record(harbour.layout, reviews_of(harbour))
    assert harbour.digests() == before


@pytest.mark.parametrize("method", ["", "  \n", "\ud800"])
def test_a_method_that_says_nothing_is_refused(method: str) -> None:
    with pytest.raises(FilingError):
        Manner(method)


# many from a file -------------------------------------------------------------------------------------


def lines(*entries: object) -> bytes:
    return "".join(f"{e if isinstance(e, str) else json.dumps(e)}\n" for e in entries).encode()


def test_verdicts_of_a_file_are_recorded(harbour: SmallBase) -> None:
    (claim, one), (_, other) = everything(harbour)
    data = lines(
        {"iri": one.iri, "verdict": "confirmed", "digest": review_digest(claim, one)},
        "",
        {"iri": other.iri, "verdict": "notSupported", "reason": "the year\u2028is  not there"},
    )
    assert harbour.kb().import_reviews(data, "v.jsonl", MANNER) == Recorded(2, 0)
    found = harbour.kb().base.review(other.iri)
    assert found is not None and found.reason == "the year is not there"
    assert (found.verdict, found.reviewed_on) == (ReviewVerdict.NOT_SUPPORTED, "2026-11-20")


BAD = {
    "not JSON": "{",
    "no object": "[]",
    "another key": {"verdict": "confirmed", "reviewer": "somebody"},
    "no text": {"verdict": ["confirmed"]},
    "half a character": '{"verdict": "confirmed", "reason": "\\ud800"}',
    "no verdict": {},
    "a verdict that is none": {"verdict": "supported"},
    "the name of a verdict": {"verdict": "CONFIRMED"},
    "a citation that is none": {"iri": "https://w3id.org/onrecord/kb/claim/no.c-1", "verdict": "confirmed"},
    "a claim": {
        "iri": "https://w3id.org/onrecord/kb/claim/damage-goes-to-the-board",
        "verdict": "confirmed",
    },
    "another digest": {"verdict": "confirmed", "digest": "sha256:" + "0" * 64},
}


@pytest.mark.parametrize("bad", BAD)
def test_one_bad_line_refuses_the_whole_file(harbour: SmallBase, bad: str) -> None:
    (_, one), (_, other) = everything(harbour)
    entry = BAD[bad]
    shown = {"iri": other.iri, **entry} if isinstance(entry, dict) else entry
    if bad == "half a character":
        shown = str(entry).replace("{", f'{{"iri": "{other.iri}", ')
    before = harbour.digests()
    with pytest.raises(UnreadableFile, match="nothing was recorded: line 2: ") as refused:
        harbour.kb().import_reviews(lines({"iri": one.iri, "verdict": "confirmed"}, shown), "v", MANNER)
    assert refused.value.place is not None and refused.value.place.line == 2
    assert harbour.digests() == before


def test_two_lines_for_one_citation_and_an_empty_file_are_refused(harbour: SmallBase) -> None:
    base = harbour.kb().base
    entry = {"iri": everything(harbour)[0][1].iri, "verdict": "confirmed"}
    with pytest.raises(UnreadableFile, match=r"line 2: .* has a line already"):
        parse_verdicts(lines(entry, entry), "v", base, MANNER)
    with pytest.raises(UnreadableFile, match="holds no verdict"):
        parse_verdicts(b"\n\n", "v", base, MANNER)
    with pytest.raises(UnreadableFile, match=r"40 lines are refused.*and 30 more"):
        parse_verdicts(lines(*["{"] * 40), "v", base, MANNER)


# what a check says ------------------------------------------------------------------------------------


def test_a_confirmed_review_is_silent(harbour: SmallBase) -> None:
    record(harbour.layout, reviews_of(harbour))
    assert findings(harbour) == []


def test_a_standing_review_that_does_not_confirm_is_a_violation(harbour: SmallBase) -> None:
    one, other = reviews_of(harbour)
    partly = replace(one, verdict=ReviewVerdict.PARTLY, reason="the year is lost")
    record(harbour.layout, [partly, replace(other, verdict=ReviewVerdict.NOT_SUPPORTED)])
    found = findings(harbour)
    assert {f.rule: f.severity.value for f in found} == {
        "review-partly": "violation",
        "review-not-supported": "violation",
    }
    place = next(f.place for f in found if f.rule == "review-partly")
    assert place is not None and place.file == "facts/claims/harbour.trig" and place.line
    assert any("the year is lost." in f.message for f in found)


@pytest.mark.parametrize("whole", [True, False])
def test_a_changed_statement_makes_it_void(harbour: SmallBase, whole: bool) -> None:
    record(harbour.layout, reviews_of(harbour, ReviewVerdict.PARTLY))
    file = harbour.layout.claims / "harbour.trig"
    text = file.read_text("utf-8").replace("In 2023 the Harbour Board closed", "The Harbour Board closed")
    file.write_text(text, "utf-8")
    found = findings(harbour, *([] if whole else [str(file)]))
    assert sorted(f.rule for f in found) == ["review-partly", "review-void"]
    assert {f.severity.value for f in found if f.rule == "review-void"} == {"warning"}


def test_a_changed_quotation_leaves_a_void_review_and_no_other_finding(harbour: SmallBase) -> None:
    record(harbour.layout, reviews_of(harbour))
    file = harbour.layout.claims / "harbour.trig"
    text = file.read_text("utf-8")
    file.write_text(text.replace("closed 41 of 60 reports in 2023", "closed 41 of 60 reports in"), "utf-8")
    harbour.kb().prove()
    report = harbour.kb().check()
    found = [f for f in report.findings if "closed-41" in f.focus and f.severity.value != "info"]
    assert {f.rule for f in found} <= {"review-void", "wording-figure"}
    (void,) = [f for f in found if f.rule == "review-void"]
    assert void.place is not None and void.place.file == "facts/reviews.ttl" and void.place.line
    assert [f.focus for f in findings(harbour, str(reviews_path(harbour.layout)))] == [void.focus]


def test_retired_claims_have_no_findings_of_reviews(harbour: SmallBase) -> None:
    record(harbour.layout, reviews_of(harbour, ReviewVerdict.NOT_SUPPORTED))
    file = harbour.layout.claims / "harbour.trig"
    retired = """
claim:board-closed-41-of-60 onr:retirement [ onr:retirementKind onr:retracted ;
  onr:reason "The second reader was right." ; onr:retiredOn "2026-11-21"^^xsd:date ] .
"""
    file.write_text(file.read_text("utf-8") + retired, "utf-8")
    assert {f.focus.rpartition(".")[0].rpartition("/")[2] for f in findings(harbour)} == {
        "damage-goes-to-the-board"
    }
    assert len(findings(harbour, str(reviews_path(harbour.layout)))) == 1


def test_a_changed_file_of_reviews_is_checked_in_the_place_of_the_old(harbour: SmallBase) -> None:
    record(harbour.layout, reviews_of(harbour))
    other = harbour.root.parent / "reviews.ttl"
    text = reviews_path(harbour.layout).read_text("utf-8")
    other.write_text(text.replace("onr:confirmed", "onr:notSupported"), "utf-8")
    assert {f.rule for f in findings(harbour, str(other))} == {"review-not-supported"}
    assert len(findings(harbour, str(other))) == 2


def test_of_two_reviews_of_a_citation_the_later_counts(harbour: SmallBase) -> None:
    reviews = reviews_of(harbour)
    record(harbour.layout, reviews)
    earlier = [replace(r, verdict=ReviewVerdict.PARTLY, reviewed_on="2026-11-01") for r in reviews]
    data = render_reviews(earlier, harbour.layout.config.iri).replace(b".review a ", b".earlier a ")
    (harbour.layout.facts / "earlier.ttl").write_bytes(data)
    assert findings(harbour) == []
