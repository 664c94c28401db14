"""An answer as Markdown: sentences, and the notes as footnotes."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.answers.ask.ask import Asked, Part, Sentence
from onrecord.answers.ask.words import NOT_ON_RECORD, age, footing, missing, nearest, opening, remarks, said
from onrecord.answers.notes import Note, standing_words
from onrecord.answers.phrasing import one_line
from onrecord.answers.sourced.as_markdown import citation_line, escaped
from onrecord.vocab import compact


def ask_markdown(asked: Asked) -> str:
    """The answer with its notes; every text is escaped."""
    return "\n".join(_lines(asked)) + "\n"


def _lines(asked: Asked) -> Iterator[str]:
    yield f"## {escaped(one_line(asked.question))}"
    for remark in remarks(asked):
        yield from ("", f"*{escaped(remark)}*")
    for part in asked.parts:
        if len(asked.parts) > 1:
            yield from ("", f"### {escaped(one_line(part.asked))}")
        yield from _part(asked, part)
    if asked.notes:
        yield from ("", escaped(age(asked)))
    if asked.offers:
        yield from ("", "**Named questions that match**", "")
    for offer in asked.offers:
        yield f"- {escaped(one_line(offer.title))}: `{offer.command}`"
    for note in asked.notes:
        yield ""
        yield from _note(note)


def _part(asked: Asked, part: Part) -> Iterator[str]:
    if not part.sentences:
        yield from ("", f"**{NOT_ON_RECORD}**")
    for sentence in part.sentences:
        yield ""
        yield from _sentence(asked, sentence)
    if missing(part):
        yield from ("", escaped(missing(part)))
    if part.nearest:
        yield from ("", "Nearest on record:", "")
    yield from (f"- {escaped(nearest(claim))}" for claim in part.nearest)


def _sentence(asked: Asked, sentence: Sentence) -> Iterator[str]:
    pairs = list(zip(sentence.claims, sentence.notes, strict=True))
    texts = [
        f"{escaped(said(asked, claim, number))}[^{number}] ({escaped(footing(claim))})"
        for claim, number in pairs
    ]
    start = escaped(opening(sentence))
    if len(texts) > 1:
        yield from (f"**{start}**", "")
        yield from (f"- {text}" for text in texts)
    else:
        yield f"**{start}** {texts[0]}" if start else texts[0]


def _note(note: Note) -> Iterator[str]:
    """The note of a claim that the answer has given in full: everything but its statement."""
    yield f"[^{note.number}]: **{escaped(compact(note.iri))}** \u00b7 {escaped(standing_words(note))}"
    yield ""
    for flag in note.flags:
        yield f"    - **{flag.word}**{escaped(one_line(flag.text)).removeprefix(flag.word)}"
    yield from (f"    - {citation_line(note, cited)}" for cited in note.cited)
