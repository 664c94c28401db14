"""Auditing a written summary: every way in which a hand can spoil one is found, in every format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from answers.test_summary import DAY, FORMATS, check_shipped, rendered, told
from onrecord.answers.summary import summary
from onrecord.answers.summary_checking import audit_summary, audited_data, audited_lines
from onrecord.answers.summary_markdown import summary_markdown
from onrecord.answers.summary_reading import read_summary
from onrecord.answers.summary_subject import about_name
from onrecord.errors import UnreadableFile
from onrecord.filing.retiring import Retiring
from shipped import shipped_base
from small_base import SmallBase

SUBJECT = "office:ombudsman"


def rules(text: str, version: str = "0123abcd") -> set[str]:
    """The rules that an audit of a text names."""
    written = read_summary(text, "file")
    audited = audit_summary(shipped_base(), written, check_shipped, file="file", version=version)
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
    assert rules(text.replace(line, f"{line}\n{line}")) == {"repeated"}
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
