"""An editor's rules for a draft: what wants a source, what an editor should know, the list of references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from onrecord.answers.audit.drafts import Draft, DraftSentence
from onrecord.answers.audit.quotations import Quoted
from onrecord.citations.wording.figures import figures_of_statement
from onrecord.citations.wording.marks import dates, emails, phones, references
from onrecord.model import Outcome


@dataclass(frozen=True, slots=True)
class ListProblem:
    """What is wrong between a draft's markers and its own list of references."""

    line: int
    message: str


_NAME = regex.compile(r"(?<=[^.!?\s]\s)\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)+")
_WORDS_QUOTED = regex.compile(r"[\u201c\"][^\u201d\"]{12,2000}[\u201d\"]")
_ASSERTS = regex.compile(r"[.!\u2026][)\u201d\"'\u2019\s]{0,4}\Z")
"""A heading has no full stop, and a question says nothing."""


def asserts(text: str) -> bool:
    """Whether a text is a sentence that says something, and no heading or question."""
    return _ASSERTS.search(text) is not None


def wants_source(given: DraftSentence) -> bool:
    """A figure, date, address, reference, name or quotation in a sentence without a marker or link."""
    text = given.text
    if given.markers or given.linked or not asserts(text) or len(text.split()) < 4:
        return False
    marks = (emails, phones, references, dates, figures_of_statement)
    return any(found(text) for found in marks) or any(p.search(text) for p in (_NAME, _WORDS_QUOTED))


def remarks(
    given: DraftSentence, quoted: Sequence[Quoted], missing: Sequence[str], *, is_unsourced: bool
) -> Iterator[str]:
    """What an editor should know of a sentence besides its status."""
    if is_unsourced:
        yield "It has a figure, date, name, number or quotation, and neither a marker nor a link."
    if missing:
        yield f"No claim found has {', '.join(map(_quoted, missing))}."
    if given.unseen:
        yield f"It has {given.unseen} characters that are invisible or turn the direction of writing."
    for q in quoted:
        if q.outcome is Outcome.ABSENT:
            yield f'The words in quotation marks "{q.words}" stand in no text at hand.'
        elif q.outcome is Outcome.UNCHECKED:
            yield f'The words in quotation marks "{q.words}" were not checked: {q.reason}.'


def list_problems(draft: Draft) -> Iterator[ListProblem]:
    """Markers without an entry in the draft's list, entries without a marker, and labels given twice."""
    used: dict[str, int] = {}
    for sentence in draft.sentences:
        for label in sentence.markers:
            used.setdefault(label, sentence.line)
    if used and not draft.entries:
        first = min(used.values())
        yield ListProblem(first, f"The draft has markers ({len(used)}) and no list of references of its own.")
        return
    for label, line in used.items():
        if label not in draft.entries:
            yield ListProblem(line, f"The marker [{label}] has no entry in the draft's list of references.")
    for label, line in draft.entries.items():
        if label not in used:
            yield ListProblem(line, f"The entry [{label}] of the draft's list is referred to nowhere.")
    for label, line in draft.doubled:
        yield ListProblem(line, f"The label [{label}] stands twice in the draft's list of references.")


def _quoted(words: str) -> str:
    return f'"{words}"'
