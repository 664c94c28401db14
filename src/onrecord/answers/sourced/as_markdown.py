"""A sourced answer as Markdown: a table, and the notes as footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.answers.notes import (
    Note,
    dates_words,
    quoted_parts,
    role_words,
    source_words,
    standing_words,
    statement,
)
from onrecord.answers.phrasing import one_line, outcome_words
from onrecord.answers.sheet import Cited
from onrecord.answers.sourced.sourced import Sourced
from onrecord.answers.sourced.words import MARK_WORDS, basis, counted, grid, mark_lines, remarks
from onrecord.sparql.results import cell
from onrecord.vocab import compact

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]")
_OPENS = re.compile(r"^(?:[#+=-]|[0-9]+(?=[.)]))")
_IN_ADDRESS = {"<": "%3C", ">": "%3E", "\\": "%5C", "|": "%7C"}


def sourced_markdown(found: Sourced) -> str:
    """The answer with its notes; every text is escaped."""
    return "\n".join([*_answer(found), *_below(found)]) + "\n"


def escaped(text: str) -> str:
    r"""A text that Markdown shows as it is.

    >>> print(escaped("# a *b* | c"))
    \# a \*b\* \| c
    """
    plain = _SPECIAL.sub(lambda m: f"\\{m.group()}", text)
    return _OPENS.sub(lambda m: f"\\{m.group()}" if not m.group()[0].isdigit() else f"{m.group()}\\", plain)


def _footnotes(first: int, last: int) -> str:
    return "".join(f"[^{number}]" for number in range(first, last + 1))


def _answer(found: Sourced) -> Iterator[str]:
    answer = found.answer
    if answer.boolean is not None:
        yield f"**{'yes' if answer.boolean else 'no'}** {basis(found.rows[0], _footnotes)}"
        return
    head, rows = grid(found)
    yield _line(["#", *(escaped(name) for name in head), "notes"])
    yield _line(["--:", *("---" for _ in head), "---"])
    for number, (index, row) in enumerate(zip(found.places, rows, strict=True), 1):
        cells = [escaped(cell(term)) for term in row]
        yield _line([str(number), *cells, basis(found.rows[index], _footnotes)])
    yield from ("", counted(found))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _below(found: Sourced) -> Iterator[str]:
    for remark in remarks(found):
        yield from ("", escaped(remark.text))
        if remark.command:
            yield from ("", *(f"    {line}" for line in remark.command.splitlines()))
    marks = list(mark_lines(found))
    if marks:
        version = f" (version {escaped(one_line(found.version))} of the base)" if found.version else ""
        yield from ("", f"**Marks**{version}", "")
    for mark, lines in marks:
        yield f"- **{mark.value}**: {MARK_WORDS[mark]}"
        yield from (f"  - {escaped(line)}" for line in lines)
    for note in found.notes:
        yield ""
        yield from _note(note)


def _note(note: Note) -> Iterator[str]:
    standing = standing_words(note)
    name = f"**{escaped(compact(note.iri))}**"
    yield f"[^{note.number}]: {name} \u00b7 {escaped(standing)}" if standing else f"[^{note.number}]: {name}"
    if note.claim is not None:
        yield from ("", f"    {escaped(statement(note))}")
    if note.flags or note.cited:
        yield ""
    for flag in note.flags:
        yield f"    - **{flag.word}**{escaped(one_line(flag.text)).removeprefix(flag.word)}"
    yield from (f"    - {citation_line(note, cited)}" for cited in note.cited)


def citation_line(note: Note, cited: Cited) -> str:
    """A citation in a note: its role, quotation, source, dates, outcome and link."""
    prefix, exact, suffix = (escaped(part) for part in quoted_parts(cited))
    parts = (escaped(role_words(note, cited)), prefix, f"\u201c{exact}\u201d", suffix)
    quoted = " ".join(part for part in parts if part)
    outcome = f"; {escaped(outcome_words(cited.result))}" if cited.result is not None else ""
    link = f" [to the words](<{address(cited.link)}>)" if cited.link else ""
    return f"{quoted} \u2013 {escaped(source_words(cited))} ({escaped(dates_words(cited))}{outcome}){link}"


def address(url: str) -> str:
    """A link as it stands in Markdown, between angle brackets."""
    return "".join(_IN_ADDRESS.get(char, char) for char in url)
