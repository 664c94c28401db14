"""An audit as text: each sentence with its mark, both readings side by side, and what was compared."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.answers.audit import BEST_WORD, Audit, Audited, Match, Status
from onrecord.answers.audit_differences import Difference
from onrecord.answers.phrasing import Paint, cut, one_line, plain, standing_label, time_of, wrapped
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
    "other words": "bears on the matter of",
}
_INDENT = "      "


def audit_text(found: Audit, paint: Paint = plain, *, full: bool = False) -> str:
    """The audit for a terminal; without `full` no more than three claims a sentence are named."""
    lines: list[str] = []
    for audited in found.sentences:
        lines += _sentence(audited, paint, full)
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


def _sentence(audited: Audited, paint: Paint, full: bool) -> Iterator[str]:
    s = audited.sentence
    head = paint(audited.status.value, KINDS[audited.status])
    yield f"{s.number}. {head}, line {s.line}{coverage_words(audited)}"
    yield wrapped(s.text, "    ")
    for difference in audited.differences:
        yield from _difference(difference, paint)
    most = len(audited.matches) if full else 3
    for match in audited.matches[:most]:
        yield wrapped(match_words(match), _INDENT)
    if len(audited.matches) > most:
        yield f"{_INDENT}and {len(audited.matches) - most} more claims"
    for conflict in audited.conflicts[: None if full else 2]:
        yield wrapped(f"conflict: {one_line(conflict.explanation)} ({compact(conflict.iri)})", _INDENT)
    for remark in audited.remarks:
        yield wrapped(remark, _INDENT)


def coverage_words(audited: Audited) -> str:
    """How much of a sentence stands in passages of the base, where claims were found."""
    if not audited.matches:
        return ""
    return f", {round(100 * audited.covered)} % of its words in passages of the base"


def _difference(difference: Difference, paint: Paint) -> Iterator[str]:
    where = compact(difference.claim or difference.source)
    yield f"{_INDENT}{paint(difference.kind.value, 'violation')} ({where})"
    yield wrapped(difference.draft, f"{_INDENT}           ", f"{_INDENT}  draft:   ")
    yield wrapped(difference.record, f"{_INDENT}           ", f"{_INDENT}  record:  ")


def match_words(match: Match) -> str:
    """A claim that bears on a sentence, in one line."""
    claim = match.claim
    verb = _VERBS[match.how]
    state = f", {claim.retirement.kind.value}" if claim.retirement is not None else ""
    known = f"{standing_label(claim)}, {time_of(claim)}{state}"
    return f"{verb} {compact(claim.iri)} ({known}): {cut(claim.statement, 160)}"
