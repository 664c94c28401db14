"""Notes as text for a terminal: what speaks against a claim, its quotations, and where to read them."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.answers.notes import Note, dates_words, quoted_parts, role_words, source_words
from onrecord.answers.phrasing import OUTCOME_KINDS, Paint, outcome_words, painted, wrapped
from onrecord.answers.sheet import Cited

_INDENT = " " * 6


def grounds(note: Note, paint: Paint, width: int) -> Iterator[str]:
    """What speaks against a note's claim, and its citations; a source only once where it goes on."""
    for flag in note.flags:
        yield painted(wrapped(flag.text, f"{_INDENT}  ", _INDENT, width), flag.word, flag.kind, paint)
    source = ""
    for cited in note.cited:
        words = f"{source_words(cited)}\n{dates_words(cited)}"
        yield from _citation(note, cited, paint, width, after="and" if words == source else "")
        if words != source:
            yield from (wrapped(line, f"{_INDENT}  ", None, width) for line in words.splitlines())
        source = words
        yield from _followed(cited, paint, width)


def _citation(note: Note, cited: Cited, paint: Paint, width: int, *, after: str) -> Iterator[str]:
    """A quotation; `after` joins it to one of the same source before it, so that they do not read as one."""
    prefix, exact, suffix = quoted_parts(cited)
    parts = (after, role_words(note, cited), prefix, f"\u201c{exact}\u201d", suffix)
    quoted = " ".join(part for part in parts if part)
    block = painted(wrapped(quoted, f"{_INDENT}  ", _INDENT, width), prefix, "faint", paint)
    yield painted(block, suffix, "faint", paint, last=True)


def _followed(cited: Cited, paint: Paint, width: int) -> Iterator[str]:
    """What came of looking for the words, and where to read them."""
    deeper = f"{_INDENT}  "
    if cited.result is not None:
        kind = OUTCOME_KINDS.get(cited.result.outcome.value, "violation")
        block = wrapped(outcome_words(cited.result), deeper, None, width)
        yield painted(block, cited.result.outcome.value, kind, paint)
    if cited.link:
        yield f"{deeper}{cited.link}"
