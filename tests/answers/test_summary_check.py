"""Auditing a written summary: every way in which a hand can spoil one is found, in every format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from answers.test_summary import DAY, FORMATS, about_shipped, check_shipped, rendered, told
from onrecord.answers.summary.as_html import summary_html
from onrecord.answers.summary.as_json import summary_json
from onrecord.answers.summary.as_markdown import summary_markdown
from onrecord.answers.summary.checking import audit_summary, audited_data, audited_lines
from onrecord.answers.summary.reading import read_summary
from onrecord.answers.summary.subject import about_name
from onrecord.answers.summary.summary import About, summary
from onrecord.errors import UnreadableFile
from onrecord.filing.retiring import Retiring
from onrecord.model import CitationResult, Claim, Outcome, Severity
from shipped import shipped_base
from small_base import SmallBase, as_file

SUBJECT = "office:ombudsman"


def rules(text: str, version: str = "0123abcd") -> set[str]:
    """The rules that an audit of a text names."""
    written = read_summary(text, "file")
    about = about_shipped(SUBJECT) if SUBJECT in text[:2000] else None
    audited = audit_summary(shipped_base(), written, check_shipped, file="file", version=version, about=about)
    return {finding.rule.removeprefix("summary-") for finding in audited.findings}


def changed(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new, 1)


@pytest.mark.parametrize("chosen", FORMATS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("within 60 days of getting", "within 90 days of getting"),
        ("must report to Congress annually", "may report to Congress annually"),
        ("must have unfettered access", "must not have unfettered access"),
        ("DHS closed three offices", "ICE closed three offices"),
    ],
)
def test_changed_words_differ(chosen: str, old: str, new: str) -> None:
    text = rendered(told(SUBJECT), chosen)
    assert "differs" in rules(changed(text, old, new))


@pytest.mark.parametrize("chosen", FORMATS)
def test_a_changed_quotation_or_link_is_found(chosen: str) -> None:
    text = rendered(told(SUBJECT), chosen)
    assert "quotation" in rules(changed(text, "shall be provided unfettered", "shall be given unfettered"))
    assert "link" in rules(changed(text, "#:~:text=", "#:~:text=not-,"))


@pytest.mark.parametrize(
    ("chosen", "spoil"),
    [
        ("markdown", lambda t: t.replace("\n## Intake\n", "\n## Intake\n\nThe Ombudsman has no power.\n")),
        ("html", lambda t: t.replace("</nav>", "</nav><p>The Ombudsman has no power.</p>")),
        ("html", lambda t: t.replace("</nav>", "</nav><div>The Ombudsman has <i>no</i> power.</div>")),
        ("html", lambda t: t.replace("</nav>", "</nav><p class='about'>The Ombudsman has no power.</p>")),
        ("html", lambda t: t.replace("</nav>", "</nav><script>alert(1)</script>")),
        ("markdown", lambda t: t.replace("\n## Intake\n", "\n*The Ombudsman has no power.*\n\n## Intake\n")),
    ],
)
def test_a_sentence_without_a_note_is_found(chosen: str, spoil: Callable[[str], str]) -> None:
    text = rendered(told(SUBJECT), chosen)
    assert spoil(text) != text
    assert "no-note" in rules(spoil(text))


def test_a_note_that_is_taken_away_is_missed() -> None:
    text = rendered(told(SUBJECT), "markdown")
    assert {"no-note", "unused-note"} & rules(re.sub(r"(?<=\.)\[\^13\]\n", "\n", text, count=1))
    assert "unknown-note" in rules(text.replace(".[^13]\n", ".[^999]\n"))
    assert rules(text.replace(".[^13]\n", ".[^12]\n")) >= {"differs", "unused-note"}


def test_a_claim_that_is_not_in_the_base_is_found() -> None:
    text = rendered(told(SUBJECT), "markdown")
    assert "unknown-claim" in rules(re.sub(r"^\[\^1\]: `[^`]*`", "[^1]: `claim:invented`", text, flags=re.M))
    assert "unknown-claim" in rules(re.sub(r"^\[\^1\]: `[^`]*`", "[^1]: no claim", text, flags=re.M))


def test_headings_versions_repetitions_and_sources() -> None:
    text = rendered(told(SUBJECT), "markdown")
    assert "heading" in rules(text.replace("## Intake", "## ICE is above the law"))
    assert rules(text, version="ffff") == {"version"}
    line = next(line for line in text.splitlines() if line.endswith(".[^11]"))
    assert rules(text.replace(line, f"{line}\n{line}")) == {"repeated", "stamp"}
    assert "source" in rules(text.replace("US Congress. Primary source", "Somebody. Primary source"))


def test_a_claim_in_conflict_must_say_so() -> None:
    text = rendered(told("office:opr"), "markdown")
    altered = re.sub(r" \\?\(sources differ\\?\)\.", ".", text)
    assert altered != text and "one-sided" in rules(altered)


def test_wrapped_lines_are_read_as_before() -> None:
    text = rendered(told(SUBJECT), "markdown")
    body, references = text.split("## References")
    wrapped = re.sub(r"^([A-Z].*?\w) (must|of|the) ", r"\1 \2\n", body, flags=re.M)
    assert wrapped != body and rules(f"{wrapped}## References{references}") == set()


def test_what_was_retired_since_is_found(disputed_copy: SmallBase) -> None:
    kb = disputed_copy.kb()
    about = about_name(kb.base, "office:harbour-board")
    assert about is not None
    text = summary_markdown(summary(kb.base, about, kb.outcomes, as_of=DAY))
    slug = "board-closed-41-of-60"
    assert slug in text
    kb.retire(Retiring(kb.iri(slug), "The paper took it back."))
    audited = audit_summary(kb.base, read_summary(text, "f"), kb.outcomes, file="f")
    assert "summary-not-current" in {f.rule for f in audited.findings}


def test_a_summary_of_an_older_base_says_what_has_changed(disputed_copy: SmallBase) -> None:
    kb = disputed_copy.kb()
    about = about_name(kb.base, "office:harbour-board")
    assert about is not None
    text = summary_markdown(summary(kb.base, about, kb.outcomes, as_of=DAY, version="0a"))
    file = disputed_copy.layout.claims / "more.trig"
    changed_words = file.read_text("utf-8").replace(
        "in its register for five years.", "in a book for five years."
    )
    file.write_text(changed_words, "utf-8")
    later = disputed_copy.kb()
    audited = audit_summary(later.base, read_summary(text, "f"), later.outcomes, file="f", version="0b")
    (said,) = [f for f in audited.findings if f.rule == "summary-version"]
    assert "Made from version 0a of the base; this is version 0b." in said.message
    assert said.message.endswith("Changed since: claim:board-keeps-reports-five-years.")
    assert {f.rule for f in audited.findings} == {"summary-version", "summary-differs"}
    same = audit_summary(kb.base, read_summary(text, "f"), kb.outcomes, file="f", version="0c")
    (one,) = same.findings
    assert one.message.endswith("None of the claims that it tells has changed.")


def test_a_summary_of_another_day_tells_nothing_that_was_not_valid() -> None:
    text = rendered(told(SUBJECT), "markdown").replace("As of 2026-11-21", "As of 2019-02-01")
    assert "stamp" in rules(text)
    ended = About("x", "x", tuple(c for c in shipped_base().claims() if c.valid_through), "")
    early = summary(shipped_base(), ended, check_shipped, as_of="2025-04-01", base_name="b", version="0a")
    assert early.sentences
    late = summary_markdown(early).replace("As of 2025-04-01", "As of 2026-04-01")
    assert "not-valid" in rules(late, version="0a")


TWIN = """
claim:board-closed-41 a onr:Claim ;
  onr:statement "The Harbour Board closed 41 reports out of 60 in 2023."@en ;
  onr:topic topic:outcome ; dcterms:created "2026-11-20"^^xsd:date ;
  onr:citation [ onr:source source:quay-paper ; onr:stance onr:supports ; onr:standing onr:reporting ;
    oa:exact "closed 41 of 60 reports in 2023" ] .
GRAPH claim:board-closed-41 {
  claim:board-closed-41.observation a ov:Observation ; ov:about office:harbour-board ;
    ov:measure "reports closed"@en ; ov:value 41 ; ov:denominator 60 ; ov:period "2023" .
}
"""


def test_what_two_claims_say_is_told_once_with_the_notes_of_both(disputed_copy: SmallBase) -> None:
    (disputed_copy.layout.claims / "twin.trig").write_bytes(as_file(TWIN))
    kb = disputed_copy.kb()
    about = about_name(kb.base, "office:harbour-board")
    assert about is not None
    found = summary(kb.base, about, kb.outcomes, as_of=DAY, version="0a")
    (both,) = [s for s in found.sentences if "41 reports" in s.text]
    assert len(both.parts) == 1 and len(both.claims) == 2
    for text in (summary_markdown(found), summary_html(found), summary_json(found, kb.base)):
        audited = audit_summary(kb.base, read_summary(text, "f"), kb.outcomes, file="f", version="0a")
        assert audited.findings == ()
    text = summary_markdown(found)
    assert re.search(r"41 reports .*\.\[\^\d\]\[\^\d\]\n", text) and "In its own words: " in text
    other = re.sub(r"(In its own words: .* closed )41", r"\g<1>42", text)
    audited = audit_summary(kb.base, read_summary(other, "f"), kb.outcomes, file="f", version="0a")
    assert {f.rule for f in audited.findings} == {"summary-stamp", "summary-reference"}


HOSTILE = (
    "<script>alert(1)</script> **b** [^9] [x](y) `c` _d_ | # &amp; [To the words](<x>) "
    "\\u202e“q”\\u0002\\n- z"
)


def test_hostile_words_in_a_base_come_out_as_words(disputed_copy: SmallBase) -> None:
    """In statements, labels, titles, publishers, explanations and remarks; and the audit reads them back."""
    layout = disputed_copy.layout
    for path in (*layout.claims.glob("*.trig"), *layout.facts.glob("*.ttl")):
        text = path.read_text("utf-8")
        for ends in ('closed 41 reports out of 60."@en', 'The law stands above what critics say."@en'):
            text = text.replace(ends, f'{ends[:-4]} {HOSTILE}"@en')
        for label in ('"Harbour Board"@en', '"The Quay Paper"', '"Who looks after the quays?"'):
            quoted = label.removesuffix("@en")
            text = text.replace(label, f"{quoted[:-1]} {HOSTILE}{label[len(quoted) - 1 :]}")
        path.write_text(text, "utf-8")
    kb = disputed_copy.kb()
    about = about_name(kb.base, "office:harbour-board")
    assert about is not None and "<script>" in about.title
    found = summary(kb.base, about, kb.outcomes, as_of=DAY, base_name=HOSTILE, version="0a")
    page = summary_html(found)
    assert "<script" not in page and "\u202e" not in page and "&lt;script&gt;" in page
    for written in (page, summary_markdown(found), summary_json(found, kb.base)):
        audited = audit_summary(kb.base, read_summary(written, "f"), kb.outcomes, file="f", version="0a")
        assert audited.findings == () and audited.sentences == len(found.sentences)


@pytest.mark.parametrize("text", ["", "\n\n", "{", '{"title": 1}', "<html><p>", "[^1]: `x`", "\x02\x03" * 9])
def test_files_that_are_no_summary_have_a_clear_outcome(text: str) -> None:
    if text.startswith("{"):
        with pytest.raises(UnreadableFile):
            read_summary(text, "f")
    else:
        assert {"empty", "no-note"} & rules(text)


@pytest.mark.parametrize("part", ["<", "<a ", "<!-- >", "<![CDATA[", "<?x>", "<q>a", "</p "])
def test_markup_bombs_end_soon(part: str) -> None:
    try:
        assert rules("<html>" + part * (200_000 // len(part)))
    except UnreadableFile as error:
        assert "tags without an end" in error.message


@pytest.mark.parametrize(
    "part", ["**a", "[To the words](<", "[^1]", "a.[^1]", "\\", "“”, version a. 1 of 1 ", "\u202e"]
)
def test_long_lines_end_soon(part: str) -> None:
    long = part * (100_000 // len(part))
    assert rules(long) and rules(f"[^1]: `claim:x`\n    - {long}") and rules(f"*{long}*")


def test_the_result_is_told_in_words_and_as_data() -> None:
    written = read_summary(rendered(told(SUBJECT), "html"), "f.html")
    audited = audit_summary(shipped_base(), written, check_shipped, file="f.html")
    assert list(audited_lines(audited))[-1].endswith("references: nothing found against it.")
    assert json.loads(json.dumps(audited_data(audited)))["findings"] == []


@pytest.mark.parametrize("chosen", FORMATS)
def test_other_texts_at_hand_are_no_tampering(chosen: str) -> None:
    """In a file that nobody has changed, other means count as the same, and another outcome is told."""

    def by_text(claims: Iterable[Claim]) -> list[CitationResult]:
        return [replace(r, means="text") if r.outcome is Outcome.FOUND else r for r in check_shipped(claims)]

    def all_found(claims: Iterable[Claim]) -> list[CitationResult]:
        return [replace(r, outcome=Outcome.FOUND, means="text", reason="") for r in check_shipped(claims)]

    for check, expected in ((by_text, set()), (all_found, {"summary-outcome"})):
        found = summary(shipped_base(), about_shipped(SUBJECT), check, as_of=DAY, version="0a")
        read = read_summary(rendered(found, chosen), "f")
        audited = audit_summary(shipped_base(), read, check_shipped, file="f", version="0a")
        assert {f.rule for f in audited.findings} == expected
        assert all(f.severity is Severity.INFO for f in audited.findings)


def test_a_claim_that_a_check_refuses_since_is_found() -> None:
    read = read_summary(rendered(told(SUBJECT), "markdown"), "f")
    refused = told(SUBJECT).notes[0].iri

    def check(claims: Iterable[Claim]) -> list[CitationResult]:
        results = check_shipped(claims)
        return [replace(r, outcome=Outcome.ABSENT) if r.citation.claim == refused else r for r in results]

    audited = audit_summary(shipped_base(), read, check, file="f", version="0123abcd")
    failed = [f for f in audited.findings if f.rule == "summary-failed"]
    assert [f.focus for f in failed] == [refused] and "a quotation is absent" in failed[0].message
