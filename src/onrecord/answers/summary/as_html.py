"""A summary as one HTML page for phone, desk and paper: no script, nothing loaded, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from onrecord.answers.html_page import html_page
from onrecord.answers.phrasing import one_line
from onrecord.answers.summary.reading import stamped
from onrecord.answers.summary.references import Entry, Item, entries
from onrecord.answers.summary.sentences import Part
from onrecord.answers.summary.summary import Paragraph, Section, Summary
from onrecord.answers.summary.words import ABOUT, REFERENCES, about_lines, origin_of, origin_words
from onrecord.vocab import compact

_STYLE = """
:root { color-scheme: light dark; --faint: #595959; --line: #8885; --link: #0b57a4; --mark: #fff3bf; }
@media (prefers-color-scheme: dark) {
  :root { --faint: #b0b0b0; --link: #8ab8f0; --mark: #554a10; }
}
* { box-sizing: border-box; }
body { font: 1.0625rem/1.6 Georgia, "DejaVu Serif", serif; margin: 0 auto; max-width: 44rem;
  padding: 1rem 1.1rem 3rem; overflow-wrap: break-word; }
h1, h2, .label, .about, .refs, nav { font-family: system-ui, "DejaVu Sans", sans-serif; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: .5rem 0; }
h2 { border-top: 1px solid var(--line); font-size: 1.2rem; margin: 2rem 0 .5rem; padding-top: .8rem; }
nav ul { columns: 2 14rem; font-size: .9rem; list-style: none; margin: 1rem 0; padding: 0; }
nav li { padding: .2rem 0; }
a { color: var(--link); }
p { margin: .7rem 0; }
.label { display: block; font-size: .78rem; letter-spacing: .04em; text-transform: uppercase;
  color: var(--faint); }
.about { color: var(--faint); font-size: .88rem; line-height: 1.45; }
.lead { font-size: 1.12rem; }
.n { font: .72em/1 system-ui, sans-serif; padding: .3em .12em; text-decoration: none; vertical-align: super; }
.n::before { content: "\\2060"; }
.refs { font-size: .88rem; line-height: 1.45; padding-left: 2.4rem; }
.refs > li { margin: 0 0 1.1rem; }
.refs ul { list-style: none; margin: 0; padding: 0; }
.refs ul li { border-left: 3px solid var(--line); margin: .4rem 0; padding-left: .7rem; }
.refs q { background: var(--mark); color: inherit; quotes: none; }
.refs li:target { outline: 2px solid #c80; outline-offset: 4px; }
.name { color: var(--faint); }
@media print {
  :root { color-scheme: light; --faint: #444; --link: #000; --mark: #fff; }
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  nav, .back { display: none; }
  h2 { break-after: avoid; }
  .refs > li { break-inside: avoid; }
  .refs q { font-weight: bold; }
  .words::after { content: " <" attr(data-page) ">"; font-size: .85em; word-break: break-all; }
}
"""


def summary_html(found: Summary) -> str:
    """The summary as a page of its own."""
    return stamped(lambda stamp: _page(found, stamp))


def _page(found: Summary, stamp: str) -> str:
    lines = [f'<p class="about">{escape(origin_words(origin_of(found, stamp)))}</p>', *_contents(found)]
    for number, section in enumerate(found.sections, 1):
        lines += _section(number, section, found.numbers)
    lines.append(f'<h2 id="about">{ABOUT}</h2>')
    lines += [f'<p class="about">{escape(text)}</p>' for text in about_lines(found)]
    lines.append(f'<h2 id="references">{REFERENCES}</h2>\n<ol class="refs">')
    for entry in entries(found.notes, found.also):
        lines += _entry(entry)
    return html_page(one_line(found.title), _STYLE, [*lines, "</ol>"])


def _contents(found: Summary) -> Iterator[str]:
    yield '<nav aria-label="Contents"><ul>'
    for number, section in enumerate(found.sections, 1):
        yield f'<li><a href="#part-{number}">{section.title}</a></li>'
    yield f'<li><a href="#references">{REFERENCES}</a></li>\n</ul></nav>'


def _section(number: int, section: Section, numbers: dict[str, int]) -> Iterator[str]:
    yield f'<h2 id="part-{number}">{section.title}</h2>'
    for paragraph in section.paragraphs:
        yield from _paragraph(paragraph, numbers, lead=number == 1)


def _paragraph(paragraph: Paragraph, numbers: dict[str, int], *, lead: bool) -> Iterator[str]:
    yield '<p class="lead">' if lead else "<p>"
    if paragraph.label:
        yield f'<strong class="label">{escape(paragraph.label)}</strong>'
    for sentence in paragraph.sentences:
        yield " ".join(_part(part, numbers) for part in sentence.parts)
    yield "</p>"


def _part(part: Part, numbers: dict[str, int]) -> str:
    found = (numbers[iri] for iri in (part.claim, *part.also))
    return escape(part.text) + "".join(f'<a class="n" href="#note-{n}">[{n}]</a>' for n in found)


def _entry(entry: Entry) -> Iterator[str]:
    yield f'<li id="note-{entry.number}" data-claim="{escape(entry.iri)}">{escape(entry.head)}'
    yield f'<span class="name"> · {escape(compact(entry.iri))}</span>\n<ul>'
    yield from (f"<li>{_item(item)}</li>" for item in entry.items)
    yield "</ul></li>"


def _item(item: Item) -> str:
    if item.remark:
        return escape(item.remark)
    prefix, exact, suffix = map(escape, item.quoted)
    quoted = " ".join(part for part in (prefix, f"<q>{exact}</q>", suffix) if part)
    link = ""
    if item.link:
        page = escape(item.link.partition("#:~:")[0])
        to = f'rel="noreferrer" data-page="{page}" href="{escape(item.link)}"'
        link = f'<a class="words" {to}>To the words</a>'
    said = (escape(item.role), f"“{quoted}”", escape(item.source), escape(item.outcome), link)
    return " ".join(part for part in said if part)
