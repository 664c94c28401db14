"""A summary as Markdown: a sentence a line, its notes as footnotes."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.answers.notes import Note, quoted_parts, role_words
from onrecord.answers.phrasing import one_line
from onrecord.answers.sheet import Cited
from onrecord.answers.sourced_markdown import address, escaped
from onrecord.answers.summary import Paragraph, Summary
from onrecord.answers.summary_sentences import Sentence
from onrecord.answers.summary_words import (
    ABOUT,
    READING,
    REFERENCES,
    left_out,
    note_head,
    note_remarks,
    origin,
    outcome_of,
    source_of,
)
from onrecord.vocab import compact


def summary_markdown(found: Summary) -> str:
    """The summary as Markdown; every text is escaped."""
    lines = [f"# {escaped(one_line(found.title))}", "", f"*{escaped(origin(found))}*"]
    for section in found.sections:
        lines += ["", f"## {section.title}"]
        for paragraph in section.paragraphs:
            lines += ["", *_paragraph(paragraph, found.numbers)]
        if section.left_out:
            lines += ["", f"*{left_out(section)}*"]
    lines += ["", f"## {ABOUT}", ""]
    lines += [f"*{escaped(text)}*" for text in READING]
    lines += ["", f"## {REFERENCES}"]
    for note in found.notes:
        lines += ["", *_note(note)]
    return "\n".join(lines) + "\n"


def _paragraph(paragraph: Paragraph, numbers: dict[str, int]) -> Iterator[str]:
    if paragraph.label:
        yield f"**{paragraph.label}**"
    for sentence in paragraph.sentences:
        yield _sentence(sentence, numbers)


def _sentence(sentence: Sentence, numbers: dict[str, int]) -> str:
    return " ".join(f"{escaped(part.text)}[^{numbers[part.claim]}]" for part in sentence.parts)


def _note(note: Note) -> Iterator[str]:
    yield f"[^{note.number}]: `{compact(note.iri)}` \u00b7 {escaped(note_head(note))}"
    yield ""
    yield from (f"    - {_citation(note, cited)}" for cited in note.cited)
    yield from (f"    - {escaped(remark)}" for remark in note_remarks(note))


def _citation(note: Note, cited: Cited) -> str:
    prefix, exact, suffix = (escaped(part) for part in quoted_parts(cited))
    quoted = " ".join(part for part in (prefix, f"**{exact}**", suffix) if part)
    link = f"[To the words](<{address(cited.link)}>)." if cited.link else ""
    role = escaped(role_words(note, cited))
    parts = (role, f"\u201c{quoted}\u201d", escaped(source_of(cited)), escaped(outcome_of(cited)), link)
    return " ".join(part for part in parts if part)
