"""The referral flow as one SVG page: parties, what passes between them, the notes below; no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from onrecord.answers.flow import Flow
from onrecord.answers.flow_columns import turned
from onrecord.answers.flow_layout import Arrow, Box, Lettering, Placed, place
from onrecord.answers.flow_picture import (
    ALLEGED,
    COLOURS,
    DISPUTED,
    Gathered,
    Look,
    folded,
    gathered,
    label,
    legend,
    look,
)
from onrecord.answers.flow_reading import Edge
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
from onrecord.model import Outcome, Standing
from onrecord.sparql.results import display_width
from onrecord.vocab import compact

PAGE = 1200
_MARGIN = 20
_CHAR = 5.7
"""Width of a letter of a label at 10 px, as wide fonts have it."""
_LINE = 12.5
_NAME_CHAR, _NAME_LINE = 7.3, 15.0
_NOTE_CHAR, _NOTE_LINE = 6.2, 15.5
_TITLE_CHAR = 11.5
_BOLD = 0.87
"""How many letters of a bold text stand in the room of a plain one."""
_COLUMNS, _COLUMN_GAP = 2, 30
_WIDE = PAGE - 2 * _MARGIN
_FITS = ((24, 20, 4), (20, 18, 4), (18, 16, 4), (16, 15, 4), (16, 15, 3))
"""Letters in a line of a label and of a name, and parties in a row, from the widest to the narrowest."""
OPENING = "Quotations open the source at their words. All of a claim: onrecord show CLAIM"
_STYLE = """
text { font: 10px Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif; fill: #222; }
.mid { text-anchor: middle; }
.name { font-size: 12px; font-weight: bold; }
.head { font-weight: bold; }
.dispute { fill: #b00020; font-weight: bold; }
.title { font-size: 18px; font-weight: bold; }
.note { font-size: 11px; }
.note.dispute { font-weight: normal; }
.faint { fill: #555; }
a .note { fill: #0645ad; text-decoration: underline; }
""".strip()


def flow_svg(flow: Flow, title: str = "Referral flow") -> str:
    """The flow as a picture that is 1,200 pixels wide; every text is escaped."""
    referrals = list(gathered(flow))
    placed = place([_lettering(flow, referrals, *fit) for fit in _FITS], _WIDE) if referrals else Placed()
    width = max(PAGE, placed.width + 2 * _MARGIN)
    head, top = _head(flow, title)
    notes, bottom = _notes(flow, top + placed.height + 30)
    size = f'width="{width:.0f}" height="{bottom:.0f}" viewBox="0 0 {width:.0f} {bottom:.0f}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} lang="en">',
            f"<title>{_text(title)}</title>",
            f"<desc>{_text(' '.join(legend(flow)))}</desc>",
            f"<style>{_STYLE}</style>",
            f"<defs>{''.join(_markers())}</defs>",
            '<rect width="100%" height="100%" fill="#fff"/>',
            *head,
            f'<g transform="translate({(width - placed.width) / 2:.1f} {top:.1f})">',
            *_picture(flow, referrals, placed),
            "</g>",
            *notes,
            "</svg>\n",
        ]
    )


# the picture ------------------------------------------------------------------------------------------


def _lettering(flow: Flow, referrals: Sequence[Gathered], letters: int, name: int, most: int) -> Lettering:
    """Boxes of parties and of referrals with their texts in lines of so many letters."""
    boxes = []
    for party in flow.parties:
        text = tuple(("name", line) for line in folded(one_line(party.name), name))
        boxes.append(Box(party.iri, text, _widest(text) * _NAME_CHAR + 16, len(text) * _NAME_LINE + 12))
    arrows = []
    back = turned([(e.source, e.target) for e in flow.edges], most)
    for number, one in enumerate(referrals):
        text = tuple(label(one.edge, flow, letters))
        boxes.append(Box(str(number), text, _widest(text) * _CHAR + 12, len(text) * _LINE + 8))
        pairs = [(source, target) for source in one.sources for target in one.targets]
        is_back = all(pair in back for pair in pairs)
        arrows += [Arrow(source, str(number), is_back) for source in one.sources]
        for target in one.targets:
            arrows.append(Arrow(str(number), target, is_back or (one.sources[0], target) in back))
    return Lettering(tuple(boxes), tuple(arrows))


def _widest(lines: Sequence[tuple[str, str]]) -> int:
    return max(display_width(line) for _, line in lines)


def _picture(flow: Flow, referrals: Sequence[Gathered], placed: Placed) -> Iterator[str]:
    known = {str(number): one for number, one in enumerate(referrals)}
    for arrow in placed.arrows:
        yield _path(arrow, known)
    noted = {note.number: note for note in flow.notes}
    for box in placed.boxes:
        if box.id in known:
            yield from _referral(box, known[box.id].edge, noted)
        else:
            yield _frame(box, 'rx="5" fill="#e9eef7" stroke="#333"')
            yield from _rows(box.lines, box.x + box.width / 2, box.y + 6, _NAME_LINE)


def _path(arrow: Arrow, known: Mapping[str, Gathered]) -> str:
    """An arrow from a party to a referral, which has no tip, or from there to a recipient."""
    one = known[arrow.source] if arrow.source in known else known[arrow.target]
    route = " L".join(f"{x:.1f} {y:.1f}" for x, y in arrow.points)
    shape = f'<path d="M{route}" fill="none" {_stroke(look(one.edge))}'
    if arrow.target in known:
        return f"{shape}/>"
    kind = "one-of" if arrow.target in one.choice else "to"
    return f'{shape} marker-end="url(#{kind}-{one.edge.standing.value})"/>'


def _stroke(shown: Look) -> str:
    dashes = f' stroke-dasharray="{shown.dashes}"' if shown.dashes else ""
    return f'stroke="{shown.colour}" stroke-width="{shown.width}"{dashes}'


def _frame(box: Box, style: str) -> str:
    place_of = f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
    return f"<rect {place_of} {style}/>"


def _referral(box: Box, edge: Edge, noted: Mapping[int, Note]) -> Iterator[str]:
    """What passes, in words; it leads to the first note, and shows all statements when pointed at."""
    says = " ".join(f"[{number}] {statement(noted[number])}" for number in edge.notes)
    rows = "".join(_rows(box.lines, box.x + box.width / 2, box.y + 4, _LINE))
    frame = _frame(box, f'fill="#fff" {_stroke(look(edge))}')
    yield f'<a href="#n{edge.notes[0]}"><title>{_text(says)}</title>{frame}{rows}</a>'


def _rows(lines: Sequence[tuple[str, str]], x: float, y: float, step: float) -> Iterator[str]:
    for number, (kind, line) in enumerate(lines):
        at = f'x="{x:.1f}" y="{y + (number + 0.8) * step:.1f}"'
        yield f'<text class="{kind} mid" {at}>{_text(line)}</text>'


def _markers() -> Iterator[str]:
    """Tips of arrows: full ones, and hollow ones for recipients of which one is enough."""
    for standing, colour in COLOURS.items():
        shape = 'viewBox="0 0 12 12" refX="10" refY="6" markerWidth="10" markerHeight="10"'
        units = 'markerUnits="userSpaceOnUse" orient="auto"'
        for kind, fill in (("to", colour), ("one-of", "#fff")):
            tip = f'<path d="M1 1L11 6L1 11z" fill="{fill}" stroke="{colour}" stroke-width="1.4"/>'
            yield f'<marker id="{kind}-{standing.value}" {shape} {units}>{tip}</marker>'


# around it --------------------------------------------------------------------------------------------


def _head(flow: Flow, title: str) -> tuple[list[str], float]:
    """Title, what the flow holds, and what the lines mean; where the picture begins."""
    y = 32.0
    rows = []
    for line in folded(one_line(title), int(_WIDE / _TITLE_CHAR)):
        rows.append(f'<text class="title" x="{_MARGIN}" y="{y:.1f}">{_text(line)}</text>')
        y += 20
    for line in (row for text in legend(flow) for row in folded(one_line(text), int(_WIDE / _NOTE_CHAR))):
        rows.append(f'<text class="note" x="{_MARGIN}" y="{y:.1f}">{_text(line)}</text>')
        y += _NOTE_LINE
    x = float(_MARGIN)
    for standing in dict.fromkeys(sorted((e.standing for e in flow.edges), key=lambda s: s.rank)):
        is_weak = standing in (Standing.ALLEGATION, Standing.ARGUMENT)
        rows.append(_sample(x, y, COLOURS[standing], ALLEGED if is_weak else "", standing.label))
        x += 60 + _NOTE_CHAR * len(standing.label)
    if any(edge.is_disputed for edge in flow.edges):
        rows.append(_sample(x, y, "#333", DISPUTED, "disputed"))
        x += 60 + _NOTE_CHAR * len("disputed")
    if any(edge.instead for edge in flow.edges):
        rows.append(
            _sample(x, y, COLOURS[Standing.LAW], "", "hollow tip: one of these is enough", "one-of-law")
        )
    return rows, y + 24


def _sample(x: float, y: float, colour: str, dashes: str, word: str, tip: str = "") -> str:
    drawn = _stroke(Look(colour, 2.0, dashes))
    ended = f' marker-end="url(#{tip})"' if tip else ""
    line = f'<path d="M{x:.1f} {y - 4:.1f}h30" {drawn}{ended}/>'
    return f'{line}<text class="note" x="{x + 36:.1f}" y="{y:.1f}">{word}</text>'


def _notes(flow: Flow, top: float) -> tuple[list[str], float]:
    """The notes in two columns; where they end."""
    if not flow.notes:
        return [], top
    wide = (_WIDE - (_COLUMNS - 1) * _COLUMN_GAP) / _COLUMNS
    blocks = [list(_note(note, int(wide / _NOTE_CHAR))) for note in flow.notes]
    half = (sum(len(block) + 1 for block in blocks) + 1) / _COLUMNS
    rows = [f'<text class="title" x="{_MARGIN}" y="{top:.1f}">Notes</text>']
    rows.append(f'<text class="note faint" x="{_MARGIN + 70}" y="{top:.1f}">{OPENING}</text>')
    column, used, bottom = 0, 0, top
    for note, block in zip(flow.notes, blocks, strict=True):
        if used and used + len(block) / 2 > half and column < _COLUMNS - 1:
            column, used = column + 1, 0
        x = _MARGIN + column * (wide + _COLUMN_GAP)
        start = top + 24 + used * _NOTE_LINE
        texts = (_row(row, x, start + n * _NOTE_LINE) for n, row in enumerate(block))
        rows.append(f'<g id="n{note.number}">{"".join(texts)}</g>')
        used += len(block) + 1
        bottom = max(bottom, top + 24 + used * _NOTE_LINE)
    return rows, bottom


def _row(row: tuple[str, str, str], x: float, y: float) -> str:
    kind, text, link = row
    shown = f'<text class="note {kind}" x="{x:.1f}" y="{y:.1f}">{_text(text)}</text>'
    return f'<a href="{escape(link)}">{shown}</a>' if link else shown


def _note(note: Note, letters: int) -> Iterator[tuple[str, str, str]]:
    """A note's lines, each with its kind and, for a quotation, the link that opens the words."""
    head = f"[{note.number}] {compact(note.iri)} \u00b7 {standing_words(note)}"
    parts = [("head", head, ""), ("", statement(note), "")]
    parts += [("dispute", one_line(flag.text), "") for flag in note.flags]
    for cited in note.cited:
        prefix, exact, suffix = quoted_parts(cited)
        words = (role_words(note, cited), prefix, f"\u201c{exact}\u201d", suffix)
        parts.append(("", " ".join(w for w in words if w), cited.link))
        parts.append(("faint", f"{source_words(cited)} {dates_words(cited)}.", ""))
        if cited.result is not None and cited.result.outcome is not Outcome.FOUND:
            parts.append(("faint", outcome_words(cited.result), ""))
    for kind, text, link in dict.fromkeys(parts):
        room = int(letters * _BOLD) if kind == "head" else letters
        yield from ((kind, line, link) for line in folded(text, room))


def _text(text: str) -> str:
    """A text that XML shows as it is."""
    return escape(one_line(text), quote=False)
