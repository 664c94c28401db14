"""What stands in a summary beside its sentences: where it comes from, what it leaves out, how to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.answers.notes import Note, published, source_words, standing_words
from onrecord.answers.phrasing import one_line, outcome_words, time_of
from onrecord.answers.sheet import Cited
from onrecord.answers.summary import LABELS, Section, Summary

ABOUT = "About this summary"
REFERENCES = "References"
FIXED = frozenset({ABOUT, REFERENCES})
"""Headings that every summary has, beside those of its sections."""
READING = (
    "Every sentence is the statement of a claim as the base has it, or several with the same opening joined; "
    "the number leads to the words that it rests on.",
    "The best that a check says of a sentence is that nothing was found against it: the quotation stands in "
    "its source. Whether the source is right is for the reader.",
    "Statements in law come first, then official statements and findings of oversight bodies, then "
    "reporting, then allegations and arguments. Claims that were retired, contradicted or refused by a check "
    "are left out.",
)
"""How to read a summary."""
_FURNITURE = re.compile(
    r"As of [0-9-]*\. Made from “.*”(?:, version [0-9a-f]+)?\. \d+ of \d+ claims on “.*” are told"
    r"(?:; \d+ refused by a check)?\."
    r"|\d+ more claims? (?:is|are) not told here\."
)
_LONGEST = 2000
"""Characters of a text that is looked at as one of those beside the sentences."""
_VERSION = re.compile(r", version ([0-9a-f]+)\. \d+ of \d+ claims on ")
_LABEL = re.compile(r"(?:Separated by [a-z, ]+|Side by side)\.")


def origin(found: Summary) -> str:
    """The day and the base that a summary speaks for, and how much of it."""
    version = f", version {found.version}" if found.version else ""
    refused = f"; {found.failed} refused by a check" if found.failed else ""
    told = len({iri for s in found.sentences for iri in s.claims} & found.asked)
    return (
        f"As of {found.as_of}. Made from “{one_line(found.base_name)}”{version}. "
        f"{told} of {len(found.asked)} claims on “{one_line(found.subject)}” are told{refused}."
    )


def left_out(section: Section) -> str:
    """How many claims a section leaves out; "" for none."""
    count = section.left_out
    return f"{count} more claim{' is' if count == 1 else 's are'} not told here." if count else ""


def is_furniture(text: str) -> bool:
    """Whether a text is one that stands in every summary and says nothing of its subject."""
    return text in READING or (len(text) < _LONGEST and bool(_FURNITURE.fullmatch(text)))


def version_in(text: str) -> str:
    """The version of the base that a text about the summary names, or ""."""
    match = _VERSION.search(text)
    return match.group(1) if match else ""


def without_label(text: str) -> str:
    """A paragraph's text without the label that it begins with."""
    known = next((label for label in LABELS.values() if text.startswith(label)), "")
    match = _LABEL.match(text)
    return text[len(known or (match.group() if match else "")) :].strip()


# references -------------------------------------------------------------------------------------------


def note_head(note: Note) -> str:
    """Standing, who said it, and when a note's claim holds."""
    if note.claim is None:
        return ""
    parts = [standing_words(note)] if note.claim.standing is not None else []
    return " · ".join([*parts, time_of(note.claim)])


def note_remarks(note: Note) -> Iterator[str]:
    """What a reader must know of a note's claim: unproven, a gap, what separates it from others."""
    for flag in note.flags:
        if flag.word != "CONFLICT":
            yield one_line(flag.text)
    for conflict in sorted(note.conflicts, key=lambda c: c.iri):
        yield one_line(f"SOURCES DIFFER: {conflict.explanation}")


def source_of(cited: Cited) -> str:
    """A citation's source with its publisher, tier, place in it and date."""
    return f"{one_line(source_words(cited))} Published: {published(cited)}."


def outcome_of(cited: Cited) -> str:
    """What became of checking a citation's quotation."""
    return f"Check: {outcome_words(cited.result)}." if cited.result is not None else ""
