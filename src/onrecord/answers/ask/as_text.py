"""An answer as text for a terminal: sentences with the numbers of their notes, then the notes."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.answers.ask.ask import Asked, Part, Sentence
from onrecord.answers.ask.words import NOT_ON_RECORD, age, footing, missing, nearest, opening, remarks, said
from onrecord.answers.notes import Note, standing_words
from onrecord.answers.notes_text import grounds
from onrecord.answers.phrasing import (
    WIDTH,
    Paint,
    one_line,
    painted,
    plain,
    wrapped,
)
from onrecord.vocab import compact

_INDENT = " " * 6


def ask_text(asked: Asked, paint: Paint = plain, width: int = WIDTH) -> str:
    """The answer with its notes."""
    return "\n".join(_lines(asked, paint, width)) + "\n"


def _lines(asked: Asked, paint: Paint, width: int) -> Iterator[str]:
    for remark in remarks(asked):
        yield paint(wrapped(remark, width=width), "faint")
    for part in asked.parts:
        if len(asked.parts) > 1:
            yield from ("", paint(one_line(part.asked), "head"))
        yield from _part(asked, part, paint, width)
    if asked.notes:
        yield from ("", wrapped(age(asked), width=width), "", paint("Notes", "head"))
    for note in asked.notes:
        yield ""
        yield from _note(note, paint, width)
    if asked.offers:
        yield from ("", paint("Named questions that match", "head"))
    for offer in asked.offers:
        yield from (f"  {one_line(offer.title)}", f"    {offer.command}")


def _part(asked: Asked, part: Part, paint: Paint, width: int) -> Iterator[str]:
    if not part.sentences:
        yield paint(NOT_ON_RECORD, "warning")
    for sentence in part.sentences:
        yield from _sentence(asked, sentence, paint, width)
    if missing(part):
        yield wrapped(missing(part), width=width)
    if part.nearest:
        yield "Nearest on record:"
    for claim in part.nearest:
        yield wrapped(nearest(claim), "  ", "- ", width)


def _sentence(asked: Asked, sentence: Sentence, paint: Paint, width: int) -> Iterator[str]:
    start = opening(sentence)
    pairs = list(zip(sentence.claims, sentence.notes, strict=True))
    texts = [f"{said(asked, claim, number)} [{number}] ({footing(claim)})" for claim, number in pairs]
    if len(texts) > 1:
        yield painted(wrapped(start, width=width), start, "warning", paint)
        for text in texts:
            yield wrapped(text, "    ", "  - ", width)
        return
    line = f"{start} {texts[0]}" if start else texts[0]
    yield painted(wrapped(line, "  ", "", width), start, "info", paint)


def _note(note: Note, paint: Paint, width: int) -> Iterator[str]:
    """The note of a claim that the answer has quoted in full: everything but its statement."""
    name = compact(note.iri)
    head = f"{name} \u00b7 {standing_words(note)}"
    yield painted(wrapped(head, _INDENT, f"[{note.number}]".ljust(6), width), name, "place", paint)
    yield from grounds(note, paint, width)
