"""A summary as Markdown: a sentence a line, its notes as footnotes."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.answers.phrasing import one_line
from onrecord.answers.sourced.as_markdown import address, escaped
from onrecord.answers.summary.reading import stamped
from onrecord.answers.summary.references import Entry, Item, entries
from onrecord.answers.summary.sentences import Part, Sentence
from onrecord.answers.summary.summary import Paragraph, Summary
from onrecord.answers.summary.words import ABOUT, REFERENCES, about_lines, origin_of, origin_words
from onrecord.vocab import compact


def summary_markdown(found: Summary) -> str:
    """The summary as Markdown; every text is escaped."""
    return stamped(lambda stamp: _page(found, stamp))


def _page(found: Summary, stamp: str) -> str:
    lines = [f"# {escaped(one_line(found.title))}", "", f"*{escaped(origin_words(origin_of(found, stamp)))}*"]
    for section in found.sections:
        lines += ["", f"## {section.title}"]
        for paragraph in section.paragraphs:
            lines += ["", *_paragraph(paragraph, found.numbers)]
    lines += ["", f"## {ABOUT}", ""]
    lines += [f"*{escaped(text)}*" for text in about_lines(found)]
    lines += ["", f"## {REFERENCES}"]
    for entry in entries(found.notes, found.also):
        lines += ["", *_entry(entry)]
    return "\n".join(lines) + "\n"


def _paragraph(paragraph: Paragraph, numbers: dict[str, int]) -> Iterator[str]:
    if paragraph.label:
        yield f"**{escaped(paragraph.label)}**"
    for sentence in paragraph.sentences:
        yield _sentence(sentence, numbers)


def _sentence(sentence: Sentence, numbers: dict[str, int]) -> str:
    return " ".join(f"{escaped(part.text)}{_marks(part, numbers)}" for part in sentence.parts)


def _marks(part: Part, numbers: dict[str, int]) -> str:
    return "".join(f"[^{numbers[iri]}]" for iri in (part.claim, *part.also))


def _entry(entry: Entry) -> Iterator[str]:
    yield f"[^{entry.number}]: `{compact(entry.iri)}` · {escaped(entry.head)}"
    yield ""
    yield from (f"    - {_item(item)}" for item in entry.items)


def _item(item: Item) -> str:
    if item.remark:
        return escaped(item.remark)
    prefix, exact, suffix = map(escaped, item.quoted)
    quoted = " ".join(part for part in (prefix, f"**{exact}**", suffix) if part)
    link = f"[To the words](<{address(item.link)}>)." if item.link else ""
    parts = (escaped(item.role), f"“{quoted}”", escaped(item.source), escaped(item.outcome), link)
    return " ".join(part for part in parts if part)
