"""An audit: every status, every kind of difference, quotations, and what is never said."""

from __future__ import annotations

import json
import re

import pytest

from onrecord.answers.audit.as_html import audit_html
from onrecord.answers.audit.as_json import audit_json
from onrecord.answers.audit.as_sarif import audit_sarif
from onrecord.answers.audit.as_text import audit_text
from onrecord.answers.audit.audit import BEST_WORD, Audit, Status, audit
from onrecord.answers.audit.drafts import read_draft
from onrecord.model import Outcome
from small_base import SmallBase

CLEAN = "The Harbour Board closed 41 of 60 reports in 2023 and left the others open."


def audited(base: SmallBase, text: str, as_of: str = "") -> Audit:
    kb = base.kb()
    return audit(kb.base, read_draft(text.encode(), "-"), kb.in_place, kb.archive, as_of=as_of)


def statuses(found: Audit) -> list[Status]:
    return [s.status for s in found.sentences]


def test_a_sentence_that_quotes_a_claim_is_on_record(disputed: SmallBase) -> None:
    found = audited(disputed, CLEAN)
    assert statuses(found) == [Status.ON_RECORD] and not found.differs
    assert found.sentences[0].matches[0].how == "quotation"
    assert found.sentences[0].covered == 1


@pytest.mark.parametrize(
    ("sentence", "kind", "record"),
    [
        ("The Harbour Board closed 47 of 60 reports in 2023 and left the others open.", "figure", "41"),
        ("The Harbour Board closed 41 of 60 reports in 2022 and left the others open.", "date", "2023"),
        ("Owners can call the line at 555-0149 on weekdays.", "phone", "555-0143"),
        (
            "The Board shall not keep every report of damage in its register for five years.",
            "negation",
            "shall",
        ),
        ("The Board may keep every report of damage in its register for five years.", "obligation", "shall"),
        (
            "The harbour master shall keep every report of damage in its register for five years.",
            "office",
            "Board",
        ),
        ("The Board shall keep few report of damage in its register for five years.", "quantity", "every"),
        ("The Board shall keep every report of damage in its register for nine years.", "figure", "five"),
    ],
)
def test_what_differs_is_shown_with_both_readings(
    disputed: SmallBase, sentence: str, kind: str, record: str
) -> None:
    found = audited(disputed, sentence)
    assert statuses(found) == [Status.DIFFERS] and found.differs
    difference = found.sentences[0].differences[0]
    assert difference.kind == kind and record in difference.record
    assert all(m.how == "quotation" for m in found.sentences[0].matches if m.claim.iri == difference.claim)
    low, high = difference.span
    assert found.sentences[0].sentence.text[low:high]


def test_a_retired_claim_makes_a_sentence_outdated(disputed: SmallBase) -> None:
    found = audited(disputed, "Owners can call the board on weekends.")
    assert statuses(found) == [Status.OUTDATED]
    assert found.sentences[0].matches[0].claim.slug == "line-open-on-weekends"


def test_claims_in_conflict_are_shown_as_conflicted(disputed: SmallBase) -> None:
    found = audited(disputed, "The Board shall keep every report of damage in its register for five years.")
    assert statuses(found) == [Status.CONFLICTED]
    assert found.sentences[0].conflicts[0].explanation.startswith("The law stands above")


def test_needs_a_source_is_an_editors_rule(disputed: SmallBase) -> None:
    draft = "Seventeen gulls were seen in Port Haven. It rained. Seventeen gulls were seen in Port Haven [3]."
    assert statuses(audited(disputed, draft)) == [
        Status.NEEDS_SOURCE,
        Status.NOT_ON_RECORD,
        Status.NOT_ON_RECORD,
    ]


def test_quotation_marks_are_checked_against_the_texts(disputed: SmallBase) -> None:
    draft = (
        "He read “keep every report of damage in its register” aloud. "
        "He read “keep every report of damage in its drawer” aloud. "
        "He read “gulls are the friends of every sailor” aloud."
    )
    found = audited(disputed, draft)
    outcomes = [q.outcome for s in found.sentences for q in s.quotations]
    assert outcomes == [Outcome.FOUND, Outcome.CHANGED, Outcome.ABSENT]
    assert found.sentences[1].status is Status.DIFFERS
    assert found.sentences[1].quotations[0].reason.startswith("the source has 'register")
    assert "stand in no text at hand" in found.sentences[2].remarks[-1]


def test_a_claim_that_a_check_has_failed_is_left_out(disputed_copy: SmallBase) -> None:
    paper = disputed_copy.root / "facts" / "claims" / "more.trig"
    paper.write_text(
        paper.read_text("utf-8").replace("at 555-0143 on weekdays", "at 555-0143 on holidays"), "utf-8"
    )
    found = audited(disputed_copy, "Owners can call the harbour line at 555-0149 on weekdays.")
    assert not [m for m in found.sentences[0].matches if m.claim.slug == "line-open-on-weekdays"]
    assert not found.differs


def test_no_output_says_true_or_supported(disputed: SmallBase) -> None:
    found = audited(disputed, f"{CLEAN} Owners can call the line at 555-0149 on weekdays.")
    for text in (audit_text(found), audit_html(found)):
        assert (
            "supported" not in text
            and " true" not in text.lower()
            and BEST_WORD in text.replace("&quot;", '"')
        )


def test_nothing_of_a_draft_is_executed_in_the_page(disputed: SmallBase) -> None:
    found = audited(
        disputed, "<b>Hi</b> &lt;script&gt;alert(1)&lt;/script&gt; \u202ereversed <script x there."
    )
    page = audit_html(found)
    assert "<script" not in page and "\u202e" not in page and "default-src 'none'" in page
    assert any("turn the direction" in r for s in found.sentences for r in s.remarks)


HOSTILE = (
    '<svg onload="alert(1)"><script>alert(2)</script></svg>'
    "<p onclick='alert(3)'>The <a href='javascript:alert(4)'>Board</a> &lt;img src=x onerror=alert(5)&gt;"
    " shall keep every report of damage in its register for nine years.</p>"
)


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
def test_no_element_of_a_draft_gets_into_the_page(disputed: SmallBase, name: str) -> None:
    kb = disputed.kb()
    found = audit(kb.base, read_draft(HOSTILE.encode(), name), kb.in_place, kb.archive)
    page = audit_html(found)
    elements = set(re.findall(r"<([a-z0-9]+)", page.partition("<body>")[2]))
    ours = "h1 h2 p div bdi mark strong dl dt dd ul ol li a br q"
    assert elements <= set(ours.split())
    links = set(re.findall(r'href="([^"]*)"', page))
    notes = {f"#note-{n.number}" for n in found.notes}
    assert links <= notes | {cited.link for note in found.notes for cited in note.cited}


def test_every_claim_named_has_a_note_in_every_format(disputed: SmallBase) -> None:
    found = audited(disputed, "The Board shall keep every report of damage in its register for five years.")
    sides = found.sentences[0].conflicts[0].between
    assert set(sides) <= set(found.numbers)
    data = json.loads(audit_json(found))
    by_number = {note["note"]: note for note in data["notes"]}
    for match in data["sentences"][0]["claims"]:
        note = by_number[match["note"]]
        assert note["claim"] == match["claim"] and note["citations"][0]["quotation"]
    result = json.loads(audit_sarif(found))["runs"][0]["results"][0]
    assert {loc["id"] for loc in result["relatedLocations"]} == {found.numbers[iri] for iri in sides}
    text, page = audit_text(found), audit_html(found)
    for number in found.numbers.values():
        assert f"[{number}] " in text and f'id="note-{number}"' in page and f'href="#note-{number}"' in page


def test_json_and_sarif_carry_the_same_findings(disputed: SmallBase) -> None:
    found = audited(disputed, f"{CLEAN}\n\nOwners can call the line at 555-0149 on weekdays [4].")
    data = json.loads(audit_json(found))
    assert data["counts"]["differs"] == 1 and data["sentences"][1]["differences"][0]["kind"] == "phone"
    run = json.loads(audit_sarif(found))["runs"][0]
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [
        ("audit-differs", "error"),
        ("audit-references", "warning"),
    ]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    assert audit_json(found) == audit_json(found)
