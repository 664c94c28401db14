"""The referral flow as one HTML page for phone, desk and paper: graph, all in words, notes; no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from onrecord.answers.flow.as_svg import graph_svg, links_to
from onrecord.answers.flow.as_text import no_route, route_head
from onrecord.answers.flow.flow import Flow
from onrecord.answers.flow.picture import Gathered, legend
from onrecord.answers.flow.routes import Route, Routes, Step
from onrecord.answers.flow.rows import IN_WORDS, anchor_of, bands
from onrecord.answers.flow.words import CUT, NOTHING, conditions, disputed, force, instead, matters, standing
from onrecord.answers.html_page import html_page
from onrecord.answers.notes_html import note_item
from onrecord.answers.phrasing import one_line

_STYLE = """
:root { color-scheme: light dark; --faint: #4a4a4a; --line: #8886; --link: #0645ad; --bad: #a3001e; }
@media screen and (prefers-color-scheme: dark) {
  :root { --faint: #c4c4c4; --link: #9cc4ff; --bad: #ff9aa8; }
  body { background: #16181c; color: #ececec; }
}
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, Arial, "DejaVu Sans", sans-serif; margin: 0 auto; max-width: 78rem;
  padding: 1rem 1rem 3rem; overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
a { color: var(--link); }
p.about { color: var(--faint); font-size: .92rem; margin: .3rem 0; }
.picture { overflow-x: auto; border: 1px solid var(--line); margin: 1rem 0; }
.picture svg { display: block; margin: 0 auto; }
p.sideways { display: none; }
.words, .notes { max-width: 50rem; }
.passed { list-style: none; margin: 0; padding: 0; }
.passed > li { border-left: 4px solid var(--line); margin: .7rem 0; padding: .1rem 0 .1rem .8rem; }
.passed > li.disputed { border-left-style: dashed; border-left-color: var(--bad); }
.passed > li.weak { border-left-style: dotted; }
.to { font-weight: bold; }
.passed .when, .passed .matters, .passed .dispute { display: block; }
.passed .matters { color: var(--faint); }
.dispute, .flag, .mark { color: var(--bad); font-weight: bold; }
.n { white-space: nowrap; }
.notes { padding-left: 2.2rem; }
.notes > li { margin: 1.1rem 0; }
.notes p { margin: .3rem 0; }
.notes ul { list-style: none; margin: .4rem 0; padding: 0; }
.notes ul li { border-left: 3px solid var(--line); margin: .5rem 0; padding-left: .7rem; }
.context, .source { color: var(--faint); }
.source { font-size: .9rem; }
li:target, section:target { outline: 2px solid #c80; outline-offset: 4px; }
@media (max-width: 76rem) { p.sideways { display: block; } }
@media print {
  :root { color-scheme: light; --link: #000; }
  body { font-size: 10pt; max-width: none; padding: 0; }
  .picture { border: 0; overflow: visible; }
  .picture svg { height: auto; max-height: 19cm; max-width: 100%; }
  p.sideways { display: none; }
  h2, h3 { break-after: avoid; }
  .passed > li, .notes ul li { break-inside: avoid; }
  a.words::after { content: " <" attr(href) ">"; font-size: .85em; word-break: break-all; }
}
"""
PICTURE = "All at once"
SIDEWAYS = "The picture is wide: move it sideways. All of it stands in words below."


def flow_html(flow: Flow, title: str = "Referral flow") -> str:
    """The flow as a page of its own."""
    return _page(flow, title, ())


def routes_html(found: Routes, title: str) -> str:
    """The routes as a page of their own, with the flow of their steps."""
    return _page(found.flow, title, _routes(found))


def _page(flow: Flow, title: str, routes: Iterable[str]) -> str:
    told = list(routes)
    about = (text for text in legend(flow) if not (told and text == NOTHING))
    lines = [*(f'<p class="about">{escape(one_line(text))}</p>' for text in about), *told]
    if flow.edges:
        lines += [*_picture(flow, title), *_words(flow)]
    if flow.notes:
        lines.append('<h2 id="notes">Notes</h2>\n<ol class="notes">')
        lines += [line for note in flow.notes for line in note_item(note)]
        lines.append("</ol>")
    return html_page(one_line(title), _STYLE, lines)


def _picture(flow: Flow, title: str) -> Iterator[str]:
    drawn = graph_svg(flow, title, links_to(flow, "note-"))
    if drawn:
        yield f'<h2>{PICTURE}</h2>\n<p class="about sideways">{SIDEWAYS}</p>'
        yield f'<div class="picture" role="group" aria-label="{escape(one_line(title))}" tabindex="0">'
        yield f"{drawn}</div>"


def _numbers(notes: Sequence[int]) -> str:
    return "".join(f'<a class="n" href="#note-{number}">[{number}]</a>' for number in notes)


# in words ---------------------------------------------------------------------------------------------


def _words(flow: Flow) -> Iterator[str]:
    found = bands(flow)
    senders = list(found)
    yield f'<div class="words"><h2>{IN_WORDS}</h2>'
    for sender, passed in found.items():
        name = escape(one_line(flow.name(sender)))
        yield f'<section id="{anchor_of(senders, sender)}"><h3>{name}</h3>\n<ul class="passed">'
        for one in passed:
            yield from _passed(flow, one, senders)
        yield "</ul></section>"
    yield "</div>"


def _passed(flow: Flow, one: Gathered, senders: Sequence[str]) -> Iterator[str]:
    edge = one.edge
    kind = "disputed" if edge.is_disputed else "weak" if one.look.dashes else ""
    yield f'<li class="{kind}">' if kind else "<li>"
    firm = [target for target in one.targets if target not in one.choice]
    choice = [target for target in one.targets if target in one.choice]
    to = [" and ".join(_party(flow, iri, senders) for iri in firm)] if firm else []
    to += [" or ".join(_party(flow, iri, senders) for iri in choice)] if choice else []
    how = escape(one_line(force(edge) or "passes on"))
    yield f'{_numbers(edge.notes)} {how} \u2192 <span class="to">{"; ".join(to)}</span>'
    about = " \u00b7 ".join(word for word in (matters(edge, flow), standing(edge)) if word)
    others = "" if set(edge.instead) <= set(one.targets) else instead(edge, flow)
    said = (("when", conditions(edge)), ("when", others), ("matters", about), ("dispute", disputed(edge)))
    yield from (f'<span class="{kind}">{escape(one_line(text))}</span>' for kind, text in said if text)
    yield "</li>"


def _party(flow: Flow, iri: str, senders: Sequence[str]) -> str:
    name = escape(one_line(flow.name(iri)))
    return f'<a href="#{anchor_of(senders, iri)}">{name}</a>' if iri in senders else name


# routes -----------------------------------------------------------------------------------------------


def _routes(found: Routes) -> Iterator[str]:
    if not found.routes:
        yield f"<p>{escape(one_line(no_route(found)))}</p>"
    for number, route in enumerate(found.routes, 1):
        yield from _route(number, route, found.flow)
    if found.is_cut and found.routes:
        yield f'<p class="about">{CUT}</p>'


def _route(number: int, route: Route, flow: Flow) -> Iterator[str]:
    yield f"<h2>{escape(route_head(number, route, flow))}</h2>\n<ol>"
    names: Mapping[str, str] = flow.names
    for step in route.steps:
        ends = f"{names.get(step.source, step.source)} \u2192 {names.get(step.target, step.target)}"
        yield f"<li>{escape(one_line(ends))} {_numbers(_notes(step))}{_marks(step)}</li>"
    yield "</ol>"


def _notes(step: Step) -> list[int]:
    return sorted({number for edge in step.edges for number in edge.notes})


def _marks(step: Step) -> str:
    if not step.marks:
        return ""
    return f' <span class="mark">! {escape(one_line("; ".join(step.marks)))}</span>'
