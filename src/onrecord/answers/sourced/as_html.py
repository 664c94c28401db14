"""A sourced answer as one HTML page: no script, nothing loaded, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from onrecord.answers.html_page import html_page
from onrecord.answers.notes_html import note_item
from onrecord.answers.phrasing import one_line
from onrecord.answers.sourced.sourced import Sourced
from onrecord.answers.sourced.words import MARK_WORDS, basis, counted, grid, mark_lines, remarks
from onrecord.model import Term
from onrecord.sparql.results import cell

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid #8888; padding: .3rem .6rem; text-align: left; vertical-align: top; }
th { background: #8882; }
li:target, dt:target { outline: 2px solid #c80; }
.notes > li { margin: 1rem 0; }
.context, .source { opacity: .75; }
.flag { font-weight: bold; }
pre { overflow-x: auto; background: #8881; padding: .5rem; }
"""


def sourced_html(found: Sourced, title: str = "Answer", query: str = "") -> str:
    """The answer with its notes as a page of its own; with the query, where it is given."""
    lines = list(_answer(found))
    for remark in remarks(found):
        lines.append(f"<p>{escape(remark.text)}</p>")
        lines += [f"<pre>{escape(remark.command)}</pre>"] if remark.command else []
    lines += _notes(found)
    lines += _marks(found)
    if query:
        lines.append(f"<details><summary>Query</summary><pre>{escape(query)}</pre></details>")
    return html_page(one_line(title), _STYLE, lines)


def _links(first: int, last: int) -> str:
    links = [f'<a href="#note-{number}">{number}</a>' for number in sorted({first, last})]
    return f"[{'-'.join(links)}]"


# the answer -------------------------------------------------------------------------------------------


def _answer(found: Sourced) -> Iterator[str]:
    answer = found.answer
    if answer.boolean is not None:
        word = "yes" if answer.boolean else "no"
        yield f"<p><strong>{word}</strong> {basis(found.rows[0], _links)}</p>"
        return
    head, rows = grid(found)
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("#", *head, "notes"))
    yield f'<div class="wide"><table>\n<thead><tr>{columns}</tr></thead>\n<tbody>'
    for number, (index, row) in enumerate(zip(found.places, rows, strict=True), 1):
        cells = "".join(_cell(term) for term in row)
        yield f"<tr><td>{number}</td>{cells}<td>{basis(found.rows[index], _links)}</td></tr>"
    yield f"</tbody>\n</table></div>\n<p>{counted(found)}</p>"


def _cell(term: Term | None) -> str:
    if isinstance(term, str) and not term.startswith("_:"):
        return f'<td title="{escape(term)}">{escape(cell(term))}</td>'
    return f"<td>{escape(cell(term))}</td>"


# notes and marks --------------------------------------------------------------------------------------


def _notes(found: Sourced) -> Iterator[str]:
    if found.notes:
        yield '<h2>Notes</h2>\n<ol class="notes">'
        for note in found.notes:
            yield from note_item(note)
        yield "</ol>"


def _marks(found: Sourced) -> Iterator[str]:
    marks = list(mark_lines(found))
    if not marks:
        return
    yield f"<h2>Marks</h2>\n{f'<p>Version {escape(found.version)} of the base.</p>' if found.version else ''}"
    yield "<dl>"
    for mark, lines in marks:
        listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
        items = f"<ul>{listed}</ul>" if listed else ""
        yield f"<dt>{mark.value}</dt><dd>{escape(MARK_WORDS[mark])}{items}</dd>"
    yield "</dl>"
