"""A note as an item of an HTML list, with what speaks against its claim, its quotations and their sources."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

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
from onrecord.vocab import compact

TO_THE_WORDS = "to the words in the source"


def note_item(note: Note) -> Iterator[str]:
    """The lines of the item; its anchor is `note-` and its number."""
    named = " \u00b7 ".join(part for part in (compact(note.iri), standing_words(note)) if part)
    yield f'<li id="note-{note.number}" title="{escape(note.iri)}"><strong>{escape(named)}</strong>'
    if note.claim is not None:
        yield f"<p>{escape(statement(note))}</p>"
    for flag in note.flags:
        rest = escape(one_line(flag.text).removeprefix(flag.word))
        yield f'<p><span class="flag">{escape(flag.word)}</span>{rest}</p>'
    if note.cited:
        yield f"<ul>{''.join(f'<li>{_citation(note, cited)}</li>' for cited in note.cited)}</ul>"
    yield "</li>"


def _citation(note: Note, cited: Cited) -> str:
    prefix, exact, suffix = (escape(part) for part in quoted_parts(cited))
    before, after = (f'<span class="context">{part}</span>' if part else "" for part in (prefix, suffix))
    parts = (escape(role_words(note, cited)), before, f"<q>{exact}</q>", after)
    said = [source_words(cited), dates_words(cited)]
    said += [outcome_words(cited.result)] if cited.result is not None else []
    source = "<br>".join(escape(one_line(words)) for words in said)
    link = ""
    if cited.link:
        link = f'<br><a class="words" rel="noreferrer" href="{escape(cited.link)}">{TO_THE_WORDS}</a>'
    return f'{" ".join(part for part in parts if part)}<div class="source">{source}{link}</div>'
