"""An audit as text: each sentence with its mark, both readings side by side, and what was compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onrecord.answers.audit.audit import BEST_WORD, Audit, Audited, Match, Status
from onrecord.answers.audit.differences import Difference
from onrecord.answers.notes import (
    Note,
    dates_words,
    quoted_parts,
    role_words,
    source_words,
    standing_words,
    statement,
)
from onrecord.answers.phrasing import (
    WIDTH,
    Paint,
    cut,
    one_line,
    painted,
    plain,
    standing_label,
    time_of,
    wrapped,
)
from onrecord.answers.sheet import Cited
from onrecord.answers.sourced.as_text import note_lines
from onrecord.model import Conflict
from onrecord.text import words
from onrecord.vocab import compact

KINDS = {
    Status.DIFFERS: "violation",
    Status.CONFLICTED: "warning",
    Status.OUTDATED: "warning",
    Status.ON_RECORD: "good",
    Status.NEEDS_SOURCE: "warning",
    Status.NOT_ON_RECORD: "faint",
}
"""How each status is painted."""
_VERBS = {
    "quotation": "has words quoted by",
    "statement": "says what is said by",
    "other words": "says in other words what is said by",
}
_INDENT = "      "


def audit_text(found: Audit, paint: Paint = plain, *, full: bool = False) -> str:
    """The audit for a terminal, with its notes.

    Without `full` no more than three claims a sentence are named, and a note gives one quotation.
    """
    lines: list[str] = []
    for audited in found.sentences:
        lines += _sentence(audited, found.numbers, paint, full)
    lines += ["", paint("Notes", "head")] if found.notes else []
    for note in found.notes:
        lines += note_lines(note, paint, WIDTH) if full else _note(note, paint)
    lines += [""] if found.notes else []
    for problem in found.problems:
        lines.append(f"{paint('references', 'warning')}, line {problem.line}: {one_line(problem.message)}")
    return "\n".join([*lines, *summary_lines(found)]) + "\n"


def summary_lines(found: Audit) -> Iterator[str]:
    """Sentences by status, and what they were compared with."""
    total = len(found.sentences)
    counted = " \u00b7 ".join(f"{s.value} {found.counts[s]}" for s in Status if found.counts[s])
    yield f"{total} sentence{'' if total == 1 else 's'}: {counted}"
    texts = f"{found.texts} source text{'' if found.texts == 1 else 's'} at hand"
    yield f"Compared with {found.claims} claims; {texts}{f'; as of {found.as_of}' if found.as_of else ''}."
    yield f'"On record" means: claims of the base found, and {BEST_WORD}.'


def _sentence(audited: Audited, numbers: Mapping[str, int], paint: Paint, full: bool) -> Iterator[str]:
    s = audited.sentence
    head = paint(audited.status.value, KINDS[audited.status])
    yield f"{s.number}. {head}, line {s.line}{coverage_words(audited)}"
    yield wrapped(s.text, "    ")
    for difference in audited.differences:
        yield from _difference(difference, numbers, paint)
    most = len(audited.matches) if full else 3
    for match in audited.matches[:most]:
        yield wrapped(match_words(match, numbers), _INDENT)
    if len(audited.matches) > most:
        yield f"{_INDENT}and {len(audited.matches) - most} more claims"
    for conflict in audited.conflicts[: None if full else 2]:
        yield wrapped(f"conflict: {conflict_words(conflict, numbers)}", _INDENT)
    for remark in audited.remarks:
        yield wrapped(remark, _INDENT)


def coverage_words(audited: Audited) -> str:
    """How much of a sentence stands in passages of the base, where claims were found."""
    if not audited.matches:
        return ""
    return f", {round(100 * audited.covered)} % of its words in passages of the base"


def _difference(difference: Difference, numbers: Mapping[str, int], paint: Paint) -> Iterator[str]:
    where = place_words(difference, numbers)
    yield f"{_INDENT}{paint(difference.kind.value, 'violation')} ({where})"
    yield wrapped(difference.draft, f"{_INDENT}           ", f"{_INDENT}  draft:   ")
    yield wrapped(difference.record, f"{_INDENT}           ", f"{_INDENT}  record:  ")


def place_words(difference: Difference, numbers: Mapping[str, int]) -> str:
    """Where the record's words stand: a claim with the number of its note, or a source."""
    if difference.claim:
        return f"{compact(difference.claim)} [{numbers[difference.claim]}]"
    return compact(difference.source)


def match_words(match: Match, numbers: Mapping[str, int]) -> str:
    """A claim that bears on a sentence, in one line."""
    claim = match.claim
    state = f", {claim.retirement.kind.value}" if claim.retirement is not None else ""
    known = f"{standing_label(claim)}, {time_of(claim)}{state}"
    name = f"{compact(claim.iri)} [{numbers[claim.iri]}]"
    return f"{_VERBS[match.how]} {name} ({known}): {cut(claim.statement, 160)}"


def conflict_words(conflict: Conflict, numbers: Mapping[str, int]) -> str:
    """What separates the claims of a conflict, with the number of each side."""
    sides = ", ".join(f"[{numbers[iri]}]" for iri in conflict.between)
    return f"{one_line(conflict.explanation)} ({compact(conflict.iri)}: {sides})"


def _note(note: Note, paint: Paint) -> Iterator[str]:
    """A note in short: its claim and standing, and the first of its quotations with source, date and link."""
    name = compact(note.iri)
    head = f"{name} \u00b7 {standing_words(note)}: {statement(note)}"
    yield painted(wrapped(head, _INDENT, f"[{note.number}]".ljust(6)), name, "place", paint)
    for flag in note.flags:
        yield painted(f"{_INDENT}{cut(flag.text, WIDTH - len(_INDENT))}", flag.word, flag.kind, paint)
    for cited in telling(note):
        yield wrapped(f"{cited_words(note, cited)} {source_words(cited)} {dates_words(cited)}", _INDENT)
        if cited.link:
            yield f"{_INDENT}{cited.link}"
    if len(note.cited) > 1:
        yield f"{_INDENT}and {len(note.cited) - 1} more quotation{'s' * (len(note.cited) > 2)}"


def telling(note: Note) -> tuple[Cited, ...]:
    """The one citation of a note whose words have most of its statement, its digits before all."""
    if note.claim is None or not note.cited:
        return ()
    stated = set(words(note.claim.statement))

    def shared(cited: Cited) -> tuple[bool, int, int, int]:
        both = stated.intersection(words(cited.citation.quoted))
        digits = sum(c.isdigit() for w in both for c in w)
        return cited.citation.supports, digits, -cited.citation.standing.rank, len(both)

    return (max(note.cited, key=shared),)


def cited_words(note: Note, cited: Cited) -> str:
    """A quotation in quotation marks, with what stands around it and what it does to the statement."""
    prefix, exact, suffix = quoted_parts(cited)
    parts = (role_words(note, cited), prefix, f"\u201c{exact}\u201d", suffix)
    return " ".join(part for part in parts if part)
