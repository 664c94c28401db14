"""Summaries of ten topics and offices of the shipped base: what is told, left out, and in what order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from urllib.parse import unquote

import pytest

from onrecord.answers.summary.abbreviations import abbreviations, unexpanded
from onrecord.answers.summary.as_html import summary_html
from onrecord.answers.summary.as_json import summary_data, summary_json
from onrecord.answers.summary.as_markdown import summary_markdown
from onrecord.answers.summary.checking import audit_summary
from onrecord.answers.summary.choice import DIFFER, ORDER, UNKNOWN, usable
from onrecord.answers.summary.reading import read_summary
from onrecord.answers.summary.sentences import Manner, day_words, sentence_of
from onrecord.answers.summary.subject import about_name
from onrecord.answers.summary.summary import About, Summary, summary
from onrecord.model import CitationResult, Claim, Literal, Outcome, Standing
from onrecord.validation.quotations import CitationChecker
from onrecord.vocab import SKOS, compact
from shipped import LAYOUT, ROOT, NoTexts, shipped_base
from small_base import SmallBase

SUBJECTS = (
    "office:opr", "office:dhs-oig", "office:jic", "office:icc", "office:ombudsman", "topic:referral",
    "topic:discipline", "topic:time-limit", "matter:sexual-abuse", "matter:extremist-ties",
)  # fmt: skip
GOLDEN = {"ice-opr.md": "office:opr", "extremist-ties.md": "matter:extremist-ties"}
DAY = "2026-11-21"
FORMATS = ("markdown", "html", "json")


def check_shipped(claims: Iterable[Claim]) -> list[CitationResult]:
    """The outcomes of claims of the shipped base, by proof alone."""
    checker = CitationChecker(shipped_base(), NoTexts())
    return [checker.check(citation) for claim in claims for citation in claim.citations]


@cache
def about_shipped(subject: str) -> About:
    about = about_name(shipped_base(), subject)
    assert about is not None
    return about


@cache
def told(subject: str, most: int = 3) -> Summary:
    return summary(
        shipped_base(),
        about_shipped(subject),
        check_shipped,
        as_of=DAY,
        base_name=LAYOUT.config.name,
        version="0123abcd",
        most=most,
    )


def rendered(found: Summary, chosen: str) -> str:
    if chosen == "json":
        return summary_json(found, shipped_base())
    return summary_html(found) if chosen == "html" else summary_markdown(found)


CONNECTING = frozenset((
    "and", "that", "as", "of", "from", "until", "unproven", "sources", "differ", "on", "both", "all", "for",
    "in", "law", "officially", "stated", "found", "oversight", "reported", "alleged", "argued", "date", "not",
    "recorded", "since", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december",
))  # fmt: skip
"""All words that a summary has of its own."""


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’.,/@-][^\W_]+)*", text.casefold())


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_sentence_has_notes_and_all_its_words_are_of_their_statements(subject: str) -> None:
    found = told(subject)
    claims = {note.iri: note.claim for note in found.notes}
    known = abbreviations(shipped_base())
    assert len(found.sentences) >= 10
    for sentence in found.sentences:
        assert sentence.parts
        for part in sentence.parts:
            claim = claims[part.claim]
            assert claim is not None
            said = words_of(claim.statement)
            times = words_of(f"{claim.as_of} {claim.valid_from} {claim.valid_through} {claim.time_wording}")
            periods = [
                w for t in claim.assertions if isinstance(t.object, Literal) for w in words_of(t.object.value)
            ]
            have = words_of(unexpanded(part.text, known))
            days = [w.lstrip("0") for text in times for w in text.split("-")]
            assert not set(have) - {*said, *times, *days, *periods, *CONNECTING}, part.text
        if len(sentence.parts) == 1:
            (only,) = (claim for iri in sentence.claims if (claim := claims[iri]) is not None)
            assert len(words_of(sentence.text)) >= len(words_of(only.statement))


def directive(link: str) -> tuple[str, str, str]:
    """What a browser looks for by a link's text directive: what stands before, the words, what behind."""
    address, mark, said = link.partition("#:~:text=")
    assert mark and address.startswith("http") and "&" not in said
    parts = said.split(",")
    before = unquote(parts.pop(0).removesuffix("-")) if parts[0].endswith("-") else ""
    behind = unquote(parts.pop().removeprefix("-")) if parts[-1].startswith("-") else ""
    (words,) = map(unquote, parts)
    return before, words, behind


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_note_quotes_its_claim_and_links_to_the_words(subject: str) -> None:
    for note in told(subject).notes:
        assert note.claim is not None and note.cited
        assert {c.citation for c in note.cited} == set(note.claim.citations)
        for cited in note.cited:
            assert cited.result is not None and cited.result.outcome in (Outcome.FOUND, Outcome.UNCHECKED)
            if cited.link:
                assert directive(cited.link) == (
                    " ".join(cited.citation.prefix.split()),
                    " ".join(cited.citation.exact.split()),
                    " ".join(cited.citation.suffix.split()),
                )


@pytest.mark.parametrize("chosen", FORMATS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_audit_of_what_was_written_finds_nothing(subject: str, chosen: str) -> None:
    found = told(subject)
    written = read_summary(rendered(found, chosen), "file")
    audited = audit_summary(
        shipped_base(),
        written,
        check_shipped,
        file="file",
        version=found.version,
        about=about_shipped(subject),
    )
    assert audited.findings == ()
    assert (audited.sentences, audited.notes) == (len(found.sentences), len(found.notes))
    assert [(s.text, list(s.notes)) for s in written.sentences] == [
        (s.text, [found.numbers[iri] for iri in s.claims]) for s in found.sentences
    ]
    assert written.title == found.title and written.version == found.version


@pytest.mark.parametrize("subject", SUBJECTS)
def test_nothing_is_said_twice_and_nothing_begins_with_a_pronoun(subject: str) -> None:
    found = told(subject)
    claims = [iri for sentence in found.sentences for iri in sentence.claims]
    assert len(claims) == len(set(claims)) == len(found.notes)
    assert not [
        s.text for s in found.sentences if re.match(r"(?:It (?!remains)|They|He|She|This|These) ", s.text)
    ]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_may_not_be_told_is_not_and_what_is_doubtful_says_so(subject: str) -> None:
    found = told(subject)
    by_iri = {iri: s.text for s in found.sentences for iri in s.claims}
    for note in found.notes:
        claim = note.claim
        assert claim is not None and claim.retirement is None and not claim.is_contradicted
        if any(a.verdict.value == "unproven" for a in claim.assessments):
            assert "unproven" in by_iri[claim.iri]
        if claim.standing in (Standing.ALLEGATION, Standing.ARGUMENT):
            assert any(c.said_by for c in claim.supporting)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_sections_stand_in_their_order_and_count_what_they_leave_out(subject: str) -> None:
    found = told(subject)
    titles = [section.title for section in found.sections]
    assert titles == sorted(titles, key=ORDER.index)
    used = {iri for s in found.sentences for iri in s.claims}
    left = sum(section.left_out for section in found.sections)
    unusable = [c for c in map(shipped_base().claim, found.asked) if c is None or not usable(c, DAY)]
    assert len(found.asked - used) - len(unusable) == left
    assert all(p.label for s in found.sections if s.title == DIFFER for p in s.paragraphs)


def test_all_may_be_told() -> None:
    found = told("matter:extremist-ties", 0)
    used = {iri for s in found.sentences for iri in s.claims}
    assert found.asked <= used and not any(section.left_out for section in found.sections)


@pytest.mark.parametrize("name", GOLDEN)
def test_two_summaries_stand_in_the_documentation(name: str) -> None:
    path = ROOT / "docs" / "summaries" / name
    if os.environ.get("ONRECORD_UPDATE"):
        from onrecord.store.index import open_version

        current = replace(told(GOLDEN[name]), version=open_version(LAYOUT).version)
        path.write_text(summary_markdown(current), "utf-8")
    text = path.read_text("utf-8")
    version = read_summary(text, name).version
    assert text == summary_markdown(replace(told(GOLDEN[name]), version=version)), "run 'make golden'"


def test_a_refused_claim_is_left_out_and_counted() -> None:
    about = about_name(shipped_base(), "office:jic")
    assert about is not None
    refused = told("office:jic").notes[0].iri

    def check(claims: Iterable[Claim]) -> list[CitationResult]:
        results = check_shipped(claims)
        return [replace(r, outcome=Outcome.CHANGED) if r.citation.claim == refused else r for r in results]

    found = summary(shipped_base(), about, check, as_of=DAY)
    assert found.failed == 1 and refused not in {note.iri for note in found.notes}


def test_names_are_found_as_people_write_them() -> None:
    base = shipped_base()
    for name in ("opr", "office:opr", "ICE OPR", "ice office of professional responsibility"):
        about = about_name(base, name)
        assert about is not None and about.subject == "office:opr", name
    assert about_name(base, "referral").subject == "topic:referral"  # type: ignore[union-attr]
    for name in ("", "no such thing", "office:nobody", "claim:x y", '"><script>'):
        assert about_name(base, name) is None


def test_only_what_was_valid_on_the_day_is_told() -> None:
    about = about_name(shipped_base(), "office:ombudsman")
    assert about is not None
    early = summary(shipped_base(), about, check_shipped, as_of="2014-01-01")
    assert early.as_of == "2014-01-01"
    ended = "detention-oversight-suspended-march-to-may-2025"
    everything = About("x", "x", tuple(c for c in shipped_base().claims() if c.slug == ended))
    assert summary(shipped_base(), everything, check_shipped, as_of="2025-04-01").sentences
    assert not summary(shipped_base(), everything, check_shipped, as_of=DAY).sentences


def test_the_page_is_one_file_without_script_and_escaped() -> None:
    hostile = '<script>alert(1)</script> & "quoted" \u202e'
    found = replace(told("office:jic"), title=hostile, base_name=hostile, subject=hostile)
    page = summary_html(found)
    assert "<script" not in page and "&lt;script&gt;" in page and "\u202e" not in page
    assert "default-src 'none'" in page and 'name="viewport"' in page and "@media print" in page
    assert not re.search(r'(?:src|action)=|@import|url\(|\son\w+="', page)
    assert "<script" not in re.sub(r"\\<script", "", summary_markdown(found))
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_the_data_has_the_same_content() -> None:
    found = told("office:icc")
    data = summary_data(found, shipped_base())
    assert [s["title"] for s in data["sections"]] == [s.title for s in found.sections]
    assert len(data["notes"]) == len(found.notes) and data["as_of"] == DAY
    assert data["notes"][0]["citations"][0]["outcome"] in ("found", "unchecked")


def test_rules_with_one_opening_are_joined(disputed: SmallBase) -> None:
    base = disputed.kb().base
    one = base.claim("https://w3id.org/onrecord/kb/claim/board-keeps-reports-five-years")
    assert one is not None
    two = replace(one, iri=one.iri + "-b", statement="The Harbour Board must read them.")
    joined = sentence_of([one, two], Manner())
    assert joined.text == f"{one.statement.removesuffix('.')}; and must read them (both as of 2020)."
    assert joined.claims == (one.iri, two.iri)


def test_gaps_come_last_and_retired_or_contradicted_claims_not_at_all(disputed: SmallBase) -> None:
    kb = disputed.kb()
    about = about_name(kb.base, "harbour board")
    assert about is not None
    found = summary(kb.base, about, kb.outcomes)
    slugs = {note.iri.rsplit("/", 1)[-1] for note in found.notes}
    assert not slugs & {"line-open-on-weekends", "board-keeps-reports-two-years"}
    assert slugs >= {"board-keeps-reports-five-years", "number-of-reports-kept"}
    assert found.sections[-1].title == UNKNOWN and found.as_of == "2026-11-20"


def test_days_are_written_out() -> None:
    assert [day_words(d) for d in ("2012-08-01", "2012-08", "2012", "odd", "2012-13")] == [
        "1 August 2012", "August 2012", "2012", "odd", "2012-13",
    ]  # fmt: skip


def every_subject() -> list[str]:
    base = shipped_base()
    concepts = {str(getattr(q.subject, "value", "")) for q in base.match(None, SKOS + "inScheme", None, None)}
    return sorted(compact(iri) for iri in {*concepts, *(e.iri for e in base.entities())})


@pytest.mark.parametrize("subject", every_subject()[::13])
def test_any_subject_has_a_summary_that_its_audit_agrees_with_or_none(subject: str) -> None:
    about = about_shipped(subject)
    found = summary(shipped_base(), about, check_shipped, base_name="b", version="0a")
    assert bool(found.sentences) == any(p.sentences for s in found.sections for p in s.paragraphs)
    assert all(s.paragraphs and all(p.sentences for p in s.paragraphs) for s in found.sections)
    if not found.sentences:
        return
    chosen = FORMATS[len(subject) % 3]
    read = read_summary(rendered(found, chosen), "f")
    audited = audit_summary(shipped_base(), read, check_shipped, file="f", version="0a", about=about)
    assert audited.findings == () and audited.sentences == len(found.sentences)
