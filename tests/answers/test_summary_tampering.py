"""Tampering with a written summary, one place at a time: none passes, and each is found where it was done."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

import pytest

from answers.test_summary import FORMATS, about_shipped, check_shipped, rendered, told
from onrecord.answers.summary.checking import audit_summary
from onrecord.answers.summary.reading import read_summary
from onrecord.errors import UnreadableFile
from onrecord.model import Finding, Severity
from shipped import shipped_base

SUBJECT = "office:ombudsman"


@cache
def written(chosen: str, subject: str = SUBJECT) -> str:
    return rendered(told(subject), chosen)


def violations(text: str, subject: str = SUBJECT) -> list[Finding]:
    """What an audit of a text finds, notes for information apart."""
    read = read_summary(text, "file")
    about = about_shipped(subject)
    audited = audit_summary(shipped_base(), read, check_shipped, file="file", version="0123abcd", about=about)
    return [f for f in audited.findings if f.severity is Severity.VIOLATION]


def rules(found: list[Finding]) -> set[str]:
    return {f.rule.removeprefix("summary-") for f in found}


WORDS = [
    ("a figure", "within 60 days of getting", "within 90 days of getting", "differs"),
    ("a date in a sentence", "on March 21, 2025, among", "on March 12, 2025, among", "differs"),
    ("a date in brackets", "(as of 23 May 2025; sources", "(as of 23 May 2024; sources", "differs"),
    ("a name", "VisaVerge reports a reversal", "KUNC reports a reversal", "differs"),
    ("an office", "DHS closed three offices", "ICE closed three offices", "differs"),
    ("a duty", "must report to Congress annually", "may report to Congress annually", "differs"),
    ("a negation", "must have unfettered access to any", "must not have unfettered access to any", "differs"),
    ("a joined part", " and must run an independent", " and may run an independent", "differs"),
    ("a joint", " and must run an independent", " it must run an independent", "differs"),
    ("a dropped subject", " and must run an", " and the Secretary must run an", "differs"),
    ("words added", "among them CRCL and the", "among them, at last, CRCL and the", "differs"),
    ("words taken out", "potential excessive force", "excessive force", "differs"),
    ("a gap closed", "is at work again is left open", "is at work again is settled", "differs"),
    ("a lead", "Reported: DHS closed", "In law: DHS closed", "differs"),
    ("a lead taken out", "Reported: DHS closed", "DHS closed", "differs"),
    ("a mark taken out", " (sources differ).", ".", "one-sided"),
    ("an abbreviation", "CRCL (DHS Office for Civil Rights", "CRCL (ICE Office for Civil Rights", "differs"),
    ("the date of a label", "6 U.S.C. 205, as of 20 April 2023).", "6 U.S.C. 205, as of 2026).", "label"),
    ("the law of a label", "In law (6 U.S.C. 205, as", "In law (6 U.S.C. 502, as", "label"),
    ("who reports", "Reported by Factually and VisaVerge.", "Reported by Factually.", "label"),
    ("a standing", "Reported by Factually and VisaVerge.", "Official statements and findings.", "label"),
    ("what a conflict is on", "On independence and structure, sep", "On structure, sep", "label"),
    ("what separates", "separated by date.", "separated by scope.", "label"),
    ("a section", "Standards and means", "Outcomes", "section"),
    ("a section of its own", "Standards and means", "Why ICE is above the law", "heading"),
    ("the title", "Office of the Immigration Detention", "Ministry of Immigration Detention", "title"),
    ("the day", "2026-11-21", "2026-11-20", "stamp"),
    ("a day before its claims", "2026-11-21", "2025-04-01", "stamp"),
    ("the base", "Who investigates misconduct at ICE", "Who never investigates ICE", "stamp"),
    ("the version", "0123abcd", "0123abce", "stamp"),
    ("a quotation", "shall be provided unfettered", "shall be given unfettered", "quotation"),
    ("what stands before it", "for cases in which", "in no case in which", "reference|quotation"),
    ("a publisher", "US Congress", "US Senate", "source"),
    ("the title of a source", "205: Ombudsman for immigration", "205: Inspector for immigration", "source"),
    ("the date of a source", "text as of 2023-04-20 snapshot", "text as of 2026-04-20 snapshot", "source"),
    ("a place in a source", "6 U.S.C. 205(d)(1)", "6 U.S.C. 205(e)(1)", "source|reference"),
    ("a link", "#:~:text=and%20the-,newly", "#:~:text=not%20the-,newly", "link"),
    ("an address", "https://factually.co/", "https://example.org/", "link|source|markup"),
    ("a remark", "An advocacy group reports the closure", "Nobody reports the closure", "reference"),
    ("a claim", "claim:ombudsman-annual-report`", "claim:ombudsman-independent`", "two-notes|differs|"),
    ("how to read it", "that nothing was found against it", "that it is true", "no-note"),
]  # fmt: skip


@pytest.mark.parametrize("chosen", FORMATS)
@pytest.mark.parametrize(("old", "new", "rule"), [w[1:] for w in WORDS], ids=[w[0] for w in WORDS])
def test_changed_words_are_found_where_they_stand(chosen: str, old: str, new: str, rule: str) -> None:
    text = written(chosen)
    if old not in text:
        assert chosen != "markdown"
        pytest.skip("these words stand in Markdown alone")
    found = violations(text.replace(old, new, -1 if rule in ("title", "section", "heading") else 1))
    assert "stamp" in rules(found)
    assert not rule or rule == "stamp" or rules(found) & set(rule.split("|"))
    assert all(f.place is not None and f.place.file == "file" for f in found)
    lines = [text[: m.start()].count("\n") + 1 for m in re.finditer(re.escape(old), text)]
    places = [f.place.line for f in found if f.place is not None and f.rule != "summary-stamp"]
    near = [at for at in places if at is not None and any(abs(at - line) <= 30 for line in lines)]
    assert near or rule == "stamp" or not rule


def cut(text: str, pattern: str, new: str = "") -> str:
    changed, count = re.subn(pattern, new, text, count=1, flags=re.M)
    assert count == 1, pattern
    return changed


MARKDOWN: dict[str, Callable[[str], str]] = {
    "another note": lambda t: t.replace("relief.[^7]", "relief.[^8]"),
    "a note taken away": lambda t: t.replace("relief.[^7]", "relief."),
    "a note that is none": lambda t: t.replace("relief.[^7]", "relief.[^77]"),
    "a note too many": lambda t: t.replace("relief.[^7]", "relief.[^7][^8]"),
    "a note moved in its sentence": lambda t: t.replace("request;[^1] and", "request; and").replace(
        "detainees.[^2]", "detainees.[^1][^2]"
    ),
    "notes swapped": lambda t: t.replace("request;[^1]", "request;[^2]").replace("nees.[^2]", "nees.[^1]"),
    "a reference taken away": lambda t: cut(t, r"^\[\^7\]: .*\n\n(?:    - .*\n)+"),
    "a quotation taken away": lambda t: cut(t, r"^    - “\*\*shall be permitted.*\n"),
    "a quotation added": lambda t: cut(t, r"^    - “\*\*shall be perm", "    - “**all**”\n\\g<0>"),
    "a reference twice": lambda t: t + "\n[^7]: `claim:ombudsman-independent` · law · as of 2023-04-20\n",
    "a sentence without a note": lambda t: t.replace("## Intake\n", "## Intake\n\nIt has no power.\n"),
    "a sentence with a note": lambda t: t.replace("## Intake\n", "## Intake\n\nIt has no power.[^5]\n"),
    "a sentence twice": lambda t: cut(t, r"^(Unannounced .*)$", r"\1\n\1"),
    "a sentence taken away": lambda t: cut(t, r"^Unannounced .*\n"),
    "a sentence with its note taken away": lambda t: cut(
        cut(t, r"^Unannounced .*\n"), r"^\[\^9\]: .*\n\n(?:    - .*\n)+"
    ),
    "sentences joined by hand": lambda t: t.replace("entity.[^5]\nComplaints", "entity;[^5] and complaints"),
    "a joined sentence parted": lambda t: t.replace("request;[^1] and must", "request.[^1]\nIt must"),
    "two sections changed about": lambda t: t.replace("## Intake", "## X")
    .replace("## Referral", "## Intake")
    .replace("## X", "## Referral"),
    "a side of a conflict taken away": lambda t: cut(t, r"^Reported: DHS closed.*\n"),
    "the sides changed about": lambda t: cut(t, r"^(In law: .*)\n(Reported: .*)$", r"\2\n\1"),
    "a label taken away": lambda t: t.replace("**Reported by Factually and VisaVerge.**\n", ""),
    "a label where none is": lambda t: cut(t, r"^(## What is not known\n\n)", r"\1**In law.**\n"),
    "no stamp": lambda t: cut(t, r" Stamp: [0-9a-f]+\."),
    "another stamp": lambda t: cut(t, r"Stamp: [0-9a-f]", "Stamp: z"),
    "no origin": lambda t: cut(t, r"^\*As of .*\n"),
    "a count": lambda t: t.replace("15 of 17 claims", "17 of 17 claims"),
    "another count": lambda t: t.replace("15 of 17 claims", "15 of 15 claims"),
    "the subject": lambda t: t.replace("“office:ombudsman”", "“office:opr”"),
    "an outcome": lambda t: t.replace("Check: unchecked: no text of the source", "Check: found by proof", 1),
    "another outcome": lambda t: t.replace("Check: found by proof", "Check: found by text", 1),
    "no title": lambda t: cut(t, r"^# .*\n"),
    "a comment": lambda t: t + "\n<!-- nothing of this is so -->\n",
    "a picture": lambda t: t.replace("## Intake\n", "## Intake\n\n![see](x.png)\n"),
    "a link in a sentence": lambda t: t.replace("to Congress annually", "to [Congress](x) annually"),
    "a line in italics": lambda t: t.replace("## Intake\n", "## Intake\n\n*Nothing of it is so.*\n"),
    "a table": lambda t: t.replace("## Intake\n", "## Intake\n\n| a | b |\n|---|---|\n| it | fails |\n"),
    "code": lambda t: t.replace("## Intake\n", "## Intake\n\n    it fails\n"),
    "words after all": lambda t: t + "\nNothing of this is so.\n",
    "a heading under a line": lambda t: t.replace("## Intake\n", "Intake it is not\n---\n"),
}  # fmt: skip
HTML: dict[str, Callable[[str], str]] = {
    "another note": lambda t: t.replace('href="#note-7">[7]', 'href="#note-8">[8]'),
    "a note that reads otherwise": lambda t: t.replace('href="#note-7">[7]', 'href="#note-7">[8]'),
    "a note that leads elsewhere": lambda t: t.replace('href="#note-7">[7]', 'href="#note-8">[7]'),
    "a note taken away": lambda t: t.replace('<a class="n" href="#note-7">[7]</a>', ""),
    "a sentence": lambda t: t.replace("</nav>", "</nav><p>It has no power.</p>"),
    "a sentence beside": lambda t: t.replace("</nav>", '</nav><p class="about">It has no power.</p>'),
    "a sentence in a block": lambda t: t.replace("</nav>", "</nav><div>It has <i>no</i> power.</div>"),
    "a sentence in the contents": lambda t: t.replace("</nav>", "<p>It has no power.</p></nav>"),
    "a script": lambda t: t.replace("</nav>", "</nav><script>alert(1)</script>"),
    "a handler": lambda t: t.replace("<p>", '<p onclick="alert(1)">', 1),
    "a hidden paragraph": lambda t: t.replace("<p>", '<p style="display:none">', 1),
    "a hidden class": lambda t: t.replace(".about {", ".about, .lead { display: none } .about {"),
    "a comment": lambda t: t.replace("</nav>", "</nav><!-- no -->"),
    "a picture": lambda t: t.replace("</nav>", '</nav><img src="https://example.org/x.png" alt="no">'),
    "a title in the head": lambda t: cut(t, r"<title>.*</title>", "<title>It has no power</title>"),
    "a heading in the contents": lambda t: t.replace('part-3">Intake</a>', 'part-3">No intake</a>'),
    "an address in print": lambda t: cut(t, r'data-page="https://[a-z.]+/', 'data-page="https://example.org/'),
    "words of a link": lambda t: t.replace(">To the words<", ">To other words<", 1),
    "the name of a claim": lambda t: t.replace("· claim:ombudsman-annual", "· claim:annual"),
    "the claim of a name": lambda t: t.replace("kb/claim/ombudsman-annual", "kb/claim/annual"),
    "a policy": lambda t: t.replace("default-src 'none'", "default-src *"),
    "an end": lambda t: t.replace("</p>", "", 1),
    "a doctype": lambda t: t.replace("<!DOCTYPE html>\n", ""),
}  # fmt: skip
JSON: dict[str, Callable[[str], str]] = {
    "another note": lambda t: cut(t, r'("notes": \[\s+)7', r"\g<1>8"),
    "no note": lambda t: cut(t, r'("notes": \[\s+)7', r"\g<1>"),
    "another claim beside it": lambda t: t.replace("claim/ombudsman-may-refer-to-oig", "claim/a", 1),
    "a key": lambda t: t.replace('"title":', '"remark": "It has no power.",\n  "title":', 1),
    "a key in a sentence": lambda t: cut(t, r'("text": "Unann)', r'"so": false, \1'),
    "what a section leaves out": lambda t: t.replace('"left_out": 0', '"left_out": 7', 1),
    "a statement in a note": lambda t: cut(t, r'("statement": "The Imm)', r"\1ediate Imm"),
    "a standing in a note": lambda t: t.replace('"standing": "law"', '"standing": "reporting"', 1),
    "a tier": lambda t: t.replace('"tier": "primary"', '"tier": "secondary"', 1),
    "a means": lambda t: t.replace('"means": "proof"', '"means": "text"', 1),
    "an outcome": lambda t: t.replace('"outcome": "unchecked"', '"outcome": "found"', 1),
    "a day of a claim": lambda t: t.replace('"as_of": "2023-04-20"', '"as_of": "2026-04-20"', 1),
    "a count": lambda t: t.replace('"claims_told": 15', '"claims_told": 17'),
    "refusals": lambda t: t.replace('"claims_refused": 0', '"claims_refused": 1'),
    "a key twice": lambda t: t.replace('"title":', '"title": "It has no power",\n  "title":', 1),
    "a number for another": lambda t: t.replace('"left_out": 0', '"left_out": 0.0', 1),
    "nothing for a text": lambda t: t.replace('"subject": "office:ombudsman"', '"subject": null'),
}  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "spoil"),
    [
        pytest.param(chosen, spoil, id=f"{chosen}: {name}")
        for chosen, ways in (("markdown", MARKDOWN), ("html", HTML), ("json", JSON))
        for name, spoil in ways.items()
    ],
)
def test_nothing_that_a_hand_does_passes(chosen: str, spoil: Callable[[str], str]) -> None:
    text = written(chosen)
    spoiled = spoil(text)
    assert spoiled != text
    try:
        found = violations(spoiled)
    except UnreadableFile:
        return
    assert rules(found) & {"stamp", "origin"}
    assert all(f.place is not None and f.message for f in found)


@pytest.mark.parametrize("chosen", FORMATS)
def test_no_changed_letter_passes(chosen: str) -> None:
    text, chance = written(chosen), random.Random(20261122)
    places = [at for at, char in enumerate(text) if char.isalnum()]
    for at in chance.sample(places, 15):
        changed = f"{text[:at]}{chance.choice('x7')}{text[at + 1 :]}"
        if changed == text:
            continue
        try:
            assert violations(changed), text[at - 40 : at + 40]
        except UnreadableFile:
            continue


@pytest.mark.parametrize("chosen", ["markdown", "json"])
def test_no_line_that_is_taken_away_or_moved_passes(chosen: str) -> None:
    lines, chance = written(chosen).splitlines(keepends=True), random.Random(7)
    telling = [n for n, line in enumerate(lines) if re.search(r"\w", line)]
    for _ in range(8):
        at, to = chance.sample(telling, 2)
        without = [*lines[:at], *lines[at + 1 :]]
        moved = list(lines)
        moved[at], moved[to] = lines[to], lines[at]
        for changed in (without, moved):
            if changed == lines:
                continue
            try:
                assert violations("".join(changed)), (lines[at], lines[to])
            except UnreadableFile:
                continue
