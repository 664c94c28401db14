"""An audit as one HTML page: the draft with margins; no script, nothing loaded, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from onrecord.answers.audit import Audit, Audited, Status
from onrecord.answers.audit_differences import Difference
from onrecord.answers.audit_text import coverage_words, match_words, summary_lines
from onrecord.answers.html_page import html_page
from onrecord.answers.phrasing import one_line
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
    lines += [_row(s) for s in found.sentences]
    return html_page(f"Audit of {name}", _STYLE, lines)


def _row(audited: Audited) -> str:
    status = audited.status.value.replace(" ", "-")
    opens = " opens" if audited.sentence.opens else ""
    margin = "".join(_margin(audited))
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


def _margin(audited: Audited) -> Iterator[str]:
    yield f"<strong>{audited.status.value}</strong>{escape(coverage_words(audited))}"
    if audited.differences:
        yield f"<dl>{''.join(map(_difference, audited.differences))}</dl>"
    if audited.status is not Status.DIFFERS or audited.matches:
        items = [match_words(m) for m in audited.matches]
        items += [f"conflict: {one_line(c.explanation)}" for c in audited.conflicts]
        items += [one_line(r) for r in audited.remarks]
        listed = "".join(f"<li>{escape(one_line(item))}</li>" for item in items)
        yield f"<ul>{listed}</ul>" if listed else ""


def _difference(d: Difference) -> str:
    where = escape(compact(d.claim or d.source))
    draft, record = _shown(d.draft), _shown(d.record)
    return f"<dt>{d.kind.value} ({where})</dt><dd>draft: {draft}</dd><dd>record: {record}</dd>"
