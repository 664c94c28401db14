"""The referral flow as one SVG page of 1,200 pixels: a graph, all in words, the notes; no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from onrecord.answers.flow.flow import Flow
from onrecord.answers.flow.graph import NUMBERS, WORDS, Drawn, Links, graph
from onrecord.answers.flow.pen import (
    STYLE,
    Line,
    draw_lines,
    escaped,
    links_of,
    set_lines,
    stroke,
    tip,
    tips,
)
from onrecord.answers.flow.picture import ALLEGED, DISPUTED, Look, gathered, legend, overview
from onrecord.answers.flow.rows import IN_WORDS, rows
from onrecord.answers.flow.type import width_of
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
from onrecord.model import Standing
from onrecord.vocab import compact

PAGE = 1200
_MARGIN = 20.0
_WIDE = PAGE - 2 * _MARGIN
_COLUMNS, _COLUMN_GAP = 2, 30.0
_FEW, _MANY = 24, 200
"""Up to so many referrals, a graph with all words on its arrows is tried; beyond so many arrows, none."""
_SAMPLE_ROOM = 66.0
TITLES = {"graph": "All at once: numbers on the arrows are those of the notes", "rows": IN_WORDS}
OPENING = "Quotations open the source at their words. All of a claim: onrecord show CLAIM"


def flow_svg(flow: Flow, title: str = "Referral flow") -> str:
    """The flow as a picture that is 1,200 pixels wide; every text is escaped.

    A number on an arrow opens the passage at its source; the box around it leads to the note below, which
    some viewers only mark and do not scroll to.
    """
    links = links_to(flow, "n")
    drawn = pictures(flow, links)
    shown = [_titled(TITLES[part.kind], part) for part in drawn] if len(drawn) > 1 else drawn
    parts = [_head(flow, title), *shown, _notes(flow)]
    lines: list[str] = []
    y = 0.0
    for part in parts:
        x = (PAGE - part.width) / 2
        lines += [f'<g transform="translate({x:.1f} {y:.1f})">', *part.lines, "</g>"] if part.lines else []
        y += part.height + 24 if part.lines else 0
    return "\n".join([*_opening(PAGE, y, title, flow), *lines, "</svg>\n"])


def links_to(flow: Flow, anchor: str) -> Links:
    """Where the numbers of a flow lead."""
    return Links(links_of(flow.notes, anchor), anchor, {note.number: note for note in flow.notes})


def pictures(flow: Flow, links: Links) -> list[Drawn]:
    """A graph with all words where they fit in, else one with numbers, and the words in rows."""
    passed = gathered(flow)
    if len(passed) <= _FEW:
        drawn = graph(flow, passed, WORDS, _WIDE, links)
        if drawn.is_good:
            return [drawn]
    bare = overview(flow)
    if len(bare) > _MANY:
        return [rows(flow, links)]
    drawn = graph(flow, bare, NUMBERS, _WIDE, links)
    return [*([drawn] if drawn.is_good and drawn.lines else []), rows(flow, links)]


def graph_svg(flow: Flow, title: str, links: Links) -> str:
    """The graph with what its lines mean, as part of an HTML page; "" where none can be drawn well."""
    drawn = next((part for part in pictures(flow, links) if part.kind == "graph"), None)
    if drawn is None:
        return ""
    width = max(drawn.width, sum(_SAMPLE_ROOM + width_of(m[1], 12) for m in _meanings(flow))) + 2 * _MARGIN
    inside = [f'<g transform="translate({_MARGIN} 0)">', *_samples(flow, 26), "</g>"]
    inside += [f'<g transform="translate({(width - drawn.width) / 2:.1f} 44)">', *drawn.lines, "</g>"]
    return "\n".join([*_opening(width, drawn.height + 64, title, flow), *inside, "</svg>\n"])


def _opening(width: float, height: float, title: str, flow: Flow) -> Iterator[str]:
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" {size} lang="en">'
    yield f"<title>{escaped(title)}</title>"
    yield f"<desc>{escaped(' '.join(legend(flow)))}</desc>"
    yield f"<style>{STYLE}</style>"
    yield f"<defs>{''.join(tips())}</defs>"
    yield '<rect class="page" width="100%" height="100%" fill="#fff"/>'


def _titled(title: str, drawn: Drawn) -> Drawn:
    """A part of the picture under a title of its own."""
    (line,) = set_lines([("part", title)], _WIDE)
    indent = (_WIDE - drawn.width) / 2
    lines = [*draw_lines([line], 0, 0, mid=False), f'<g transform="translate({indent:.1f} 32)">']
    return Drawn((*lines, *drawn.lines, "</g>"), _WIDE, drawn.height + 32)


# around it --------------------------------------------------------------------------------------------


def _head(flow: Flow, title: str) -> Drawn:
    """Title, what the flow holds, and what the lines mean."""
    texts = [("title", title), *(("note", text) for text in legend(flow))]
    lines = [line for part in texts for line in set_lines([part], _WIDE)]
    height = sum(line.height for line in lines) + _MARGIN
    drawn = [*draw_lines(lines, 0, _MARGIN, mid=False), *_samples(flow, height + 22)]
    return Drawn(tuple(drawn), _WIDE, height + 30)


def _samples(flow: Flow, y: float) -> Iterator[str]:
    """What the looks of lines mean, as far as they are in the flow."""
    x = 0.0
    for look, word, is_choice in _meanings(flow):
        ended = f" {tip(look, is_choice=True)}" if is_choice else ""
        yield f'<path d="M{x:.1f} {y - 4:.1f}h34" fill="none" {stroke(look)}{ended}/>'
        yield f'<text class="note" font-size="12" x="{x + 42:.1f}" y="{y:.1f}">{word}</text>'
        x += _SAMPLE_ROOM + width_of(word, 12)


def _meanings(flow: Flow) -> Iterator[tuple[Look, str, bool]]:
    for standing in sorted({edge.standing for edge in flow.edges}, key=lambda s: s.rank):
        is_weak = standing in (Standing.ALLEGATION, Standing.ARGUMENT)
        yield Look(standing, ALLEGED if is_weak else ""), standing.label, False
    if any(edge.is_disputed for edge in flow.edges):
        yield Look(Standing.ARGUMENT, DISPUTED), "dashed: disputed", False
    if any(edge.instead for edge in flow.edges):
        yield Look(Standing.LAW), "hollow tip: one of these is enough", True


def _notes(flow: Flow) -> Drawn:
    """The notes in two columns."""
    if not flow.notes:
        return Drawn()
    wide = (_WIDE - (_COLUMNS - 1) * _COLUMN_GAP) / _COLUMNS
    blocks = [list(_note(note, wide)) for note in flow.notes]
    heights = [sum(line.height for line, _ in block) + 14 for block in blocks]
    head = set_lines([("part", "Notes"), ("faint", OPENING)], _WIDE)
    top = sum(line.height for line in head) + 14
    drawn = list(draw_lines(head, 0, 0, mid=False))
    column, y, lowest = 0, 0.0, 0.0
    for note, block, height in zip(flow.notes, blocks, heights, strict=True):
        if y and y + height / 2 > sum(heights) / _COLUMNS and column < _COLUMNS - 1:
            column, y = column + 1, 0.0
        x = column * (wide + _COLUMN_GAP)
        drawn.append(f'<g id="n{note.number}">{"".join(_rows(block, x, top + y))}</g>')
        y += height
        lowest = max(lowest, top + y)
    return Drawn(tuple(drawn), _WIDE, lowest)


def _rows(block: Sequence[tuple[Line, str]], x: float, y: float) -> Iterator[str]:
    for line, link in block:
        shown = "".join(draw_lines([line], x, y, mid=False))
        yield f'<a href="{escape(link)}">{shown}</a>' if link else shown
        y += line.height


def _note(note: Note, width: float) -> Iterator[tuple[Line, str]]:
    """A note's lines, those of a quotation with its link; a source is told once where it goes on."""
    head = f"[{note.number}] {compact(note.iri)} \u00b7 {standing_words(note)}"
    parts = [("head", head, ""), ("note", statement(note), "")]
    parts += [("warn", one_line(flag.text), "") for flag in note.flags]
    before = ""
    for cited in note.cited:
        prefix, exact, suffix = quoted_parts(cited)
        words = (role_words(note, cited), prefix, f"\u201c{exact}\u201d", suffix)
        parts.append(("link" if cited.link else "note", " ".join(w for w in words if w), cited.link))
        source = f"{source_words(cited)} {dates_words(cited)}."
        outcome = f"{outcome_words(cited.result)}." if cited.result is not None else ""
        told = " ".join(said for said in ("" if source == before else source, outcome) if said)
        parts += [("faint", told, "")] if told else []
        before = source
    for kind, text, link in parts:
        yield from ((line, link) for line in set_lines([(kind, text)], width))
