"""A sourced answer as text for a terminal: the table with note numbers, then marks and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.answers.notes import Note, standing_words
from onrecord.answers.notes import statement as statement_of
from onrecord.answers.notes_text import grounds
from onrecord.answers.phrasing import (
    WIDTH,
    Paint,
    one_line,
    painted,
    plain,
    wrapped,
)
from onrecord.answers.sourced.sourced import Sourced, SourcedRow
from onrecord.answers.sourced.words import (
    MARK_WORDS,
    MOST_DETAILS,
    basis,
    counted,
    mark_lines,
    remarks,
)
from onrecord.model import Literal, Term
from onrecord.sparql.explanation import State
from onrecord.sparql.results import cell, display_width, render
from onrecord.sparql.running import Answer
from onrecord.vocab import XSD, compact

_NARROWEST = 40
_INDENT = " " * 6
_KINDS = {None: "faint", State.UNEXPLAINED: "warning"}


def sourced_text(
    found: Sourced, paint: Paint = plain, width: int = 0, page: int = 0, *, full: bool = False
) -> str:
    """The answer with its notes.

    Args:
        found: the answer.
        paint: colours.
        width: of the widest column of a table; 0 for no bound.
        page: of the whole; 0 for no bound on the table, and the usual one on the notes.
        full: whether every detail of a mark is given.
    """
    wide = max(_NARROWEST, min(page or WIDTH, WIDTH))
    below = "\n".join(_below(found, paint, wide, full)).removeprefix("\n")
    if found.answer.triples is not None:
        return _graph(found, below)
    head = _table(found, paint, width, page) if found.answer.boolean is None else _word(found)
    return f"{head}\n{below}\n" if below else head


def _word(found: Sourced) -> str:
    word = render(found.answer, "table").rstrip("\n")
    return f"{word}  {basis(found.rows[0])}\n"


# tables -----------------------------------------------------------------------------------------------


def _table(found: Sourced, paint: Paint, width: int, page: int) -> str:
    """The table of the answer with a number before each row, and what it rests on after it."""
    answer = found.answer
    numbers = (Literal(str(n), XSD + "integer") for n in range(1, len(answer.rows) + 1))
    rows = tuple((number, *row) for number, row in zip(numbers, answer.rows, strict=True))
    words = [basis(row) for row in found.rows]
    widest = max((display_width(w) for w in ("notes", *words)), default=0)
    left = max(_NARROWEST, page - widest - 2) if page else 0
    lines = render(Answer(("#", *answer.variables), rows), "table", width, left).split("\n")
    shown = [_painted(word, row, paint) for word, row in zip(words, found.rows, strict=True)]
    return _beside(lines, ["notes", "-" * widest, *shown])


def _painted(words: str, row: SourcedRow, paint: Paint) -> str:
    kind = _KINDS.get(row.state, "")
    return paint(words, kind) if kind else words


def _beside(lines: Sequence[str], words: Sequence[str]) -> str:
    """Lines with a word after each of the first ones, aligned."""
    edge = max(display_width(line) for line in lines[: len(words)])
    joined = [
        f"{line}{' ' * (edge - display_width(line))}  {word}"
        for line, word in zip(lines, words, strict=False)
    ]
    return "\n".join([*joined, *lines[len(words) :]])


# triples ----------------------------------------------------------------------------------------------


def _graph(found: Sourced, below: str) -> str:
    """Turtle, and all else as comments, so that it can still be read as Turtle."""
    triples = found.answer.triples or ()
    lines = [counted(found), ""]
    for index, number in found.places.items():
        if found.rows[index].explanation is not None:
            said = " ".join(_quoted(term) for term in triples[index])
            lines.append(f"{number}  {said}  {basis(found.rows[index])}")
    lines += ["", *below.split("\n")] if below else []
    comments = "".join(f"# {line}".rstrip() + "\n" for line in lines)
    turtle = render(found.answer, "table")
    return f"{turtle}\n{comments}" if turtle else comments


def _quoted(term: Term) -> str:
    return f'"{cell(term)}"' if isinstance(term, Literal) else cell(term)


# below ------------------------------------------------------------------------------------------------


def _below(found: Sourced, paint: Paint, width: int, full: bool) -> Iterator[str]:
    for remark in remarks(found):
        yield wrapped(remark.text, "  ", "", width)
        yield from (f"  {line}" for line in remark.command.splitlines())
    if found.notes:
        yield from ("", paint("Notes", "head"))
    for note in found.notes:
        yield ""
        yield from note_lines(note, paint, width)
    marks = list(mark_lines(found, 0 if full else MOST_DETAILS))
    if marks:
        version = f" (version {one_line(found.version)} of the base)" if found.version else ""
        yield from ("", f"{paint('Marks', 'head')}{version}")
    for mark, lines in marks:
        yield ""
        yield wrapped(MARK_WORDS[mark], _INDENT, f"{mark.value}: ", width)
        yield from (wrapped(line, f"{_INDENT}  ", _INDENT, width) for line in lines)


def note_lines(note: Note, paint: Paint, width: int) -> Iterator[str]:
    """A note as lines for a terminal: what speaks against the claim first, then its citations."""
    standing = standing_words(note)
    name = compact(note.iri)
    head = wrapped(
        f"{name} \u00b7 {standing}" if standing else name, _INDENT, f"[{note.number}]".ljust(6), width
    )
    yield painted(head, name, "place", paint)
    if note.claim is not None:
        yield wrapped(statement_of(note), _INDENT, None, width)
    yield from grounds(note, paint, width)
