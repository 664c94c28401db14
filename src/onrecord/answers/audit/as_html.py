"""An audit as one HTML page: the draft with margins; no script, nothing loaded, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

import regex

from onrecord.answers.audit.as_text import (
    conflict_words,
    coverage_words,
    match_words,
    place_words,
    summary_lines,
)
from onrecord.answers.audit.audit import Audit, Audited
from onrecord.answers.audit.differences import Difference
from onrecord.answers.html_page import html_page
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

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem;
  overflow-wrap: anywhere; }
.row { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 1.5rem; padding: .4rem 0; }
.opens { border-top: 1px solid #8884; }
.text { border-left: .35rem solid #8886; padding-left: .75rem; }
.margin { font-size: .85rem; }
.differs > .text { border-color: #c22; } .on-record > .text { border-color: #284; }
.conflicted > .text, .outdated > .text, .needs-a-source > .text { border-color: #c80; }
mark { background: #f9c; color: #000; }
.notes > li { margin: .8rem 0; } .notes p { margin: .2rem 0; }
li:target { outline: 2px solid #c80; outline-offset: 4px; }
ul { margin: .2rem 0; padding-left: 1.1rem; }
dl { margin: .2rem 0; } dt { font-weight: bold; } dd { margin: 0 0 .2rem 1rem; }
@media (max-width: 45rem) { .row { grid-template-columns: 1fr; } }
@media print { .row { break-inside: avoid; } }
"""


def audit_html(found: Audit) -> str:
    """The draft with what was found beside each sentence."""
    name = "standard input" if found.draft.name == "-" else one_line(found.draft.name)
    lines = [f"<p>{escape(line)}</p>" for line in summary_lines(found)]
    if found.problems:
        listed = (f"<li>Line {p.line}: {escape(one_line(p.message))}</li>" for p in found.problems)
        lines.append(f"<h2>References</h2><ul>{''.join(listed)}</ul>")
    lines.append("<h2>Sentence by sentence</h2>")
    lines += [_row(s, found.numbers) for s in found.sentences]
    if found.notes:
        lines.append('<h2 id="notes">Notes</h2>\n<ol class="notes">')
        lines += [_note(n) for n in found.notes]
        lines.append("</ol>")
    return html_page(f"Audit of {name}", _STYLE, lines)


def _row(audited: Audited, numbers: Mapping[str, int]) -> str:
    status = audited.status.value.replace(" ", "-")
    opens = " opens" if audited.sentence.opens else ""
    margin = "".join(_margin(audited, numbers))
    return (
        f'<div class="row {status}{opens}" id="s{audited.sentence.number}">'
        f'<div class="text"><bdi>{_marked(audited)}</bdi></div><div class="margin">{margin}</div></div>'
    )


def _marked(audited: Audited) -> str:
    """The sentence with the words marked that differ."""
    text, at = audited.sentence.text, 0
    pieces: list[str] = []
    for low, high in sorted(d.span for d in audited.differences):
        if low >= at:
            pieces += (_shown(text[at:low]), f"<mark>{_shown(text[low:high])}</mark>")
            at = high
    return "".join([*pieces, _shown(text[at:])])


def _shown(text: str) -> str:
    return escape("".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text))


def _margin(audited: Audited, numbers: Mapping[str, int]) -> Iterator[str]:
    yield f"<strong>{audited.status.value}</strong>{escape(coverage_words(audited))}"
    if audited.differences:
        yield f"<dl>{''.join(_difference(d, numbers) for d in audited.differences)}</dl>"
    items = [match_words(m, numbers) for m in audited.matches]
    items += [f"conflict: {conflict_words(c, numbers)}" for c in audited.conflicts]
    items += [one_line(r) for r in audited.remarks]
    listed = "".join(f"<li>{_linked(item, numbers)}</li>" for item in items)
    yield f"<ul>{listed}</ul>" if listed else ""


def _difference(d: Difference, numbers: Mapping[str, int]) -> str:
    where = _linked(place_words(d, numbers), numbers)
    draft, record = _shown(d.draft), _shown(d.record)
    return f"<dt>{d.kind.value} ({where})</dt><dd>draft: {draft}</dd><dd>record: {record}</dd>"


_NUMBER = regex.compile(r"\[([0-9]{1,6})\]")


def _linked(text: str, numbers: Mapping[str, int]) -> str:
    """A text of ours, escaped, its note numbers leading to the notes."""
    known = set(numbers.values())

    def link(match: regex.Match[str]) -> str:
        is_note = int(match[1]) in known
        return f'<a href="#note-{match[1]}">{match[0]}</a>' if is_note else match[0]

    return str(_NUMBER.sub(link, escape(one_line(text))))


def _note(note: Note) -> str:
    named = escape(" \u00b7 ".join(part for part in (compact(note.iri), standing_words(note)) if part))
    flags = "".join(f"<p>{_shown(one_line(flag.text))}</p>" for flag in note.flags)
    quotations = "".join(f"<li>{_citation(note, cited)}</li>" for cited in note.cited)
    return (
        f'<li id="note-{note.number}" title="{escape(note.iri)}"><strong>{named}</strong>'
        f"<p>{escape(statement(note))}</p>{flags}<ul>{quotations}</ul></li>"
    )


def _citation(note: Note, cited: Cited) -> str:
    prefix, exact, suffix = (escape(part) for part in quoted_parts(cited))
    quoted = (escape(role_words(note, cited)), prefix, f"<q>{exact}</q>", suffix)
    said = [source_words(cited), dates_words(cited)]
    said += [outcome_words(cited.result)] if cited.result is not None else []
    lines = [" ".join(part for part in quoted if part), *(escape(one_line(words)) for words in said)]
    if cited.link:
        lines.append(f'<a rel="noreferrer" href="{escape(cited.link)}">to the words in the source</a>')
    return "<br>".join(lines)
