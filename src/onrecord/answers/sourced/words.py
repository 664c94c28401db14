"""What readers are told of rows and marks, in words that text, Markdown and HTML share."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from onrecord.answers.phrasing import one_line
from onrecord.answers.sourced.sourced import Sourced, SourcedRow, marks_over, reasons_over
from onrecord.model import Term
from onrecord.sparql.explanation import Mark, State
from onrecord.vocab import compact

BEYOND = "beyond the page"
MARK_WORDS = {
    Mark.ABSENCE: "The row also rests on what is not on record: nothing matches the pattern. "
    "A claim that is filed later may change it.",
    Mark.CLOSED_WORLD: "A value was worked out over all that is on record. "
    "It holds as long as nothing else is.",
    Mark.RANK: "That the row is shown, and at this place, also depends on the other rows.",
    Mark.SHORTEST_ONLY: "The query follows paths of any length. Only the shortest ones are given.",
    Mark.EXTERNAL: "A part comes from another server, for which this base cannot answer.",
}
MOST_DETAILS = 6
"""Details of one mark, where a reader is not to be given hundreds."""
Show = Callable[[int, int], str]
"""(first, last) -> a run of note numbers as a reader sees it."""
_IRI = re.compile(r"<([^<>\s]+)>")
_SINGLE = re.compile(r"\{ ([^{}]*[^{}.\s]) \. \}")


def bracketed(first: int, last: int) -> str:
    """A run of note numbers in brackets.

    >>> bracketed(1, 1), bracketed(2, 5)
    ('[1]', '[2-5]')
    """
    return f"[{first}]" if first == last else f"[{first}-{last}]"


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers as runs of at least three; what stands alone or in twos is given one by one.

    >>> list(runs([1, 2, 4, 5, 6, 9]))
    [(1, 1), (2, 2), (4, 6), (9, 9)]
    """
    for _, group in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        if len(run) > 2:
            yield run[0], run[-1]
        else:
            yield from ((number, number) for number in run)


def basis(row: SourcedRow, show: Show = bracketed) -> str:
    """What a row rests on: note numbers, marks, state."""
    explanation = row.explanation
    if explanation is None:
        return BEYOND
    if row.state is State.UNEXPLAINED:
        return State.UNEXPLAINED.value
    parts = [_claims(row, show)] if row.notes else []
    if row.records:
        parts.append(f"record of {_numbers(row.records, show)}")
    elif not row.notes and (explanation.facts or row.state is State.RECORD):
        parts.append(State.RECORD.value)
    if row.left_out:
        parts.append(f"{row.left_out} more")
    if row.is_cut:
        parts.append("not all listed")
    marks = dict.fromkeys(marked.mark for marked in explanation.marks)
    parts += [mark.value for mark in Mark if mark in marks]
    if row.certificate is not None:
        parts.append(certified(row))
    return ", ".join(parts) or State.NOTHING.value


def _claims(row: SourcedRow, show: Show) -> str:
    if not row.ways:
        return f"in several ways {_numbers(row.notes, show)}"
    named = {number for way in row.ways for number in way}
    also = [number for number in row.notes if number not in named]
    either = " or ".join(_numbers(way, show) for way in row.ways if way)
    more = f"see also {_numbers(also, show)}" if also else ""
    return ", ".join(part for part in (either, more) if part)


def _numbers(numbers: Sequence[int], show: Show) -> str:
    return "".join(show(first, last) for first, last in runs(numbers))


def certified(row: SourcedRow) -> str:
    """What came of asking the query of a row's claims alone.

    A witness is one set of claims from which the row is said to follow.
    """
    certificate = row.certificate
    if certificate is None or not certificate.tried:
        return "not certified"
    return f"certified {certificate.held} of {certificate.tried} witness{'es' * (certificate.tried != 1)}"


# over all rows ----------------------------------------------------------------------------------------


def grid(found: Sourced) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
    """The columns and the rows or triples of an answer, in the order in which a reader meets them."""
    answer = found.answer
    rows = answer.rows if answer.triples is None else answer.triples
    return answer.columns, [rows[index] for index in found.places]


def counted(found: Sourced) -> str:
    """How many rows or triples an answer has, in words."""
    count, word = len(found.places), "row" if found.answer.triples is None else "triple"
    return f"{count} {word}{'' if count == 1 else 's'}"


def rows_named(found: Sourced, indexes: Sequence[int]) -> str:
    """Rows of an answer by their numbers, as a reader counts them."""
    if found.answer.boolean is not None:
        return "the answer"
    word = "row" if found.answer.triples is None else "triple"
    numbers = [found.places[index] for index in indexes]
    *most, last = [f"{a}" if a == b else f"{a} to {b}" for a, b in runs(numbers)]
    return f"{word}{'s' * (len(numbers) != 1)} {' and '.join([', '.join(most), last] if most else [last])}"


def mark_lines(found: Sourced, most: int = 0) -> Iterator[tuple[Mark, list[str]]]:
    """Each mark of the rows shown with a line for each of its details; at most so many, if not 0."""
    for mark, details in marks_over(found).items():
        lines = [f"{rows_named(found, rows)}: {readable(d)}" for d, rows in details.items() if d]
        left_out = len(lines) - most if most else 0
        if left_out > 1:
            lines = [*lines[:most], f"{left_out} more like these; see them all with --full or -f json"]
        yield mark, lines


def readable(detail: str) -> str:
    """A pattern with prefixed names in the place of IRIs, on one line; a single triple without braces.

    >>> readable("{ <https://w3id.org/onrecord/kb/office/opr> ?p ?x . }")
    'office:opr ?p ?x'
    """
    shown = one_line(_IRI.sub(lambda match: compact(match.group(1)), detail))
    single = _SINGLE.fullmatch(shown)
    return single[1] if single is not None else shown


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader must know besides, with a command that gives the rest, where there is one."""

    text: str
    command: str = ""


def remarks(found: Sourced) -> Iterator[Remark]:
    """Which rows are not explained, and of which notes or derivations are left out."""
    beyond = found.beyond
    if beyond:
        verb = "is" if len(beyond) == 1 else "are"
        named = _capital(rows_named(found, beyond))
        yield Remark(f"{named} {verb} {BEYOND} and not explained; to explain all rows: --explain all")
    for reason, indexes in reasons_over(found).items():
        yield Remark(f"{_capital(rows_named(found, indexes))} cannot be explained: {one_line(reason)}")
    for said_of in (_left_out, _cut, _not_certified):
        groups: dict[_Said, list[int]] = {}
        for index in found.places:
            said = said_of(found.rows[index])
            if said is not None:
                groups.setdefault(said, []).append(index)
        for said, indexes in groups.items():
            words = said.of_one if len(indexes) == 1 else said.of_many
            yield Remark(f"{_capital(rows_named(found, indexes))} {words}", said.command)


class _Said(NamedTuple):
    """What is said of one row, or of many alike."""

    of_one: str
    of_many: str
    command: str = ""


def _left_out(row: SourcedRow) -> _Said | None:
    if not row.left_out:
        return None
    noted = len(row.notes) + len(row.records)
    count, rest = noted + row.left_out, f"{noted} of them noted; all with --full"
    return _Said(f"rests on {count} claims, {rest}", f"rest on {count} claims each, {rest}")


def _cut(row: SourcedRow) -> _Said | None:
    if row.explanation is None or not row.is_cut:
        return None
    query = row.explanation.drill_down
    rest = "more than is listed here; all of it:" if query else "more than is listed here."
    command = f"onrecord query -e {shlex.quote(query)}" if query else ""
    return _Said(f"rests on {rest}", f"rest on {rest}", visible(command))


def _not_certified(row: SourcedRow) -> _Said | None:
    if row.certificate is None or not row.certificate.note:
        return None
    why = f"not certified: {one_line(row.certificate.note)}"
    return _Said(f"is {why}", f"are {why}")


def visible(text: str) -> str:
    """A text of several lines without characters that would steer a terminal."""
    return "\n".join("".join(c if c.isprintable() else " " for c in line) for line in text.splitlines())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
