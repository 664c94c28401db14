"""What pictures of the referral flow are drawn with: texts, lines, tips, colours for day and night."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from onrecord.answers.flow.picture import COLOURS, NIGHT, Look
from onrecord.answers.flow.type import lines_of, width_of
from onrecord.answers.notes import Note, statement
from onrecord.answers.phrasing import one_line

SIZES = {
    "title": 20.0, "part": 15.0, "name": 13.0, "head": 12.0, "when": 12.0, "about": 12.0, "dispute": 12.0,
    "go": 11.0, "note": 12.0, "link": 12.0, "warn": 12.0, "faint": 12.0,
}  # fmt: skip
"""Size of the type of each kind of line, in pixels."""
BOLD = frozenset({"name", "head", "dispute", "title", "part"})
LEADING = 1.28
"""Height of a line, in sizes of its type."""
STYLE = """
svg.flow text { font-family: Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif; fill: #1c1c1c; }
svg.flow .mid { text-anchor: middle; }
svg.flow .name, svg.flow .head, svg.flow .dispute, svg.flow .title, svg.flow .part { font-weight: bold; }
svg.flow .dispute, svg.flow .warn { fill: #a3001e; }
svg.flow .faint, svg.flow .about, svg.flow .go { fill: #4a4a4a; }
svg.flow .link { fill: #0645ad; text-decoration: underline; }
svg.flow .page { fill: #fff; }
svg.flow .box { fill: #fff; }
svg.flow .party { fill: #e9eef7; stroke: #333; }
svg.flow a:focus rect, svg.flow a:hover rect { stroke-width: 3; }
svg.flow g:target text { fill: #8a4b00; }
@media screen and (prefers-color-scheme: dark) {
  svg.flow text { fill: #ececec; }
  svg.flow .dispute, svg.flow .warn { fill: #ff9aa8; }
  svg.flow .faint, svg.flow .about, svg.flow .go { fill: #c4c4c4; }
  svg.flow .link { fill: #9cc4ff; }
  svg.flow g:target text { fill: #ffc46b; }
  svg.flow .page { fill: #16181c; }
  svg.flow .box { fill: #16181c; }
  svg.flow .party { fill: #27303f; stroke: #9aa4b5; }
NIGHT}
""".strip().replace(
    "NIGHT",
    "".join(
        f"  svg.flow .s-{standing.value} {{ stroke: {colour}; }}\n"
        f"  svg.flow .f-{standing.value} {{ fill: {colour}; }}\n"
        for standing, colour in NIGHT.items()
    ),
)
"""Colours stand as attributes too, for viewers that know no media query."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text in a box.

    Attributes:
        kind: what it says; see `SIZES`.
        notes: those of the numbers at its start that are notes.
    """

    kind: str
    text: str
    notes: tuple[int, ...] = ()

    @property
    def height(self) -> float:
        """How high it is, in pixels."""
        return SIZES[self.kind] * LEADING

    @property
    def width(self) -> float:
        """How wide it is at most, in pixels."""
        return width_of(self.text, SIZES[self.kind], bold=self.kind in BOLD)


def set_lines(parts: Sequence[tuple[str, str]], width: float, notes: Sequence[int] = ()) -> tuple[Line, ...]:
    """Parts of a text in lines of a width; the numbers of notes that it begins with are known as such."""
    found: list[Line] = []
    left = list(notes)
    for kind, text in parts:
        for line in lines_of(one_line(text), width, SIZES[kind], bold=kind in BOLD):
            own = [n for n, word in zip(left, line.split(), strict=False) if word == f"[{n}]"]
            left = left[len(own) :] if kind == "head" and len(own) == len(line.split()) else []
            found.append(Line(kind, line, tuple(own) if kind == "head" else ()))
    return tuple(found)


def size_of(lines: Sequence[Line], pad: tuple[float, float]) -> tuple[float, float]:
    """Width and height of a box around lines, with so much room beside and above them."""
    width = max((line.width for line in lines), default=0.0)
    return width + 2 * pad[0], sum(line.height for line in lines) + 2 * pad[1]


def draw_lines(
    lines: Sequence[Line], x: float, y: float, links: Mapping[int, str] | None = None, *, mid: bool = True
) -> Iterator[str]:
    """Lines from a place downwards; the numbers of notes are links, where links are given."""
    for line in lines:
        shown = _linked(line, links or {})
        classes = f"{line.kind} mid" if mid else line.kind
        base = y + 0.8 * line.height
        size = f'font-size="{SIZES[line.kind]:g}"'
        yield f'<text class="{classes}" {size} x="{x:.1f}" y="{base:.1f}">{shown}</text>'
        y += line.height


def _linked(line: Line, links: Mapping[int, str]) -> str:
    words = line.text.split(" ")
    shown = []
    for number, word in zip(line.notes, words, strict=False):
        link = f'href="{escape(links[number])}"' if number in links else ""
        shown.append(f'<a {link}><tspan class="link">{escaped(word)}</tspan></a>' if link else escaped(word))
    return " ".join([*shown, *(escaped(word) for word in words[len(shown) :])])


def links_of(notes: Sequence[Note], anchor: str) -> dict[int, str]:
    """Where the number of each note leads: to the passage at its source, else to the note itself."""
    found = {}
    for note in notes:
        passages = [c.link for c in note.cited if c.link and c.citation.supports]
        found[note.number] = passages[0] if passages else f"#{anchor}{note.number}"
    return found


def frame(x: float, y: float, width: float, height: float, style: str) -> str:
    """A box."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {style}/>'


def stroke(shown: Look) -> str:
    """How a line is drawn."""
    dashes = f' stroke-dasharray="{shown.dashes}"' if shown.dashes else ""
    colour = f'class="s-{shown.standing.value}" stroke="{shown.colour}"'
    return f'{colour} stroke-width="{shown.width}"{dashes}'


def boxed(shown: Look) -> str:
    """How the frame of what passes is drawn."""
    return stroke(shown).replace('class="', 'class="box ') + ' fill="#fff"'


PARTY = 'class="party" rx="5" fill="#e9eef7" stroke="#333"'
"""How the frame of a party is drawn."""


def says(one: Sequence[int], noted: Mapping[int, Note]) -> str:
    """The statements of some notes, as what is shown when their arrow is pointed at."""
    return escaped(" ".join(f"[{number}] {statement(noted[number])}" for number in one))


def tips() -> Iterator[str]:
    """Tips of arrows: full ones, and hollow ones for recipients of which one is enough."""
    for standing, colour in COLOURS.items():
        shape = 'viewBox="0 0 12 12" refX="10" refY="6" markerWidth="10" markerHeight="10"'
        units = 'markerUnits="userSpaceOnUse" orient="auto"'
        drawn = f'd="M1 1L11 6L1 11z" stroke="{colour}" stroke-width="1.4"'
        name = standing.value
        full = f'<path class="s-{name} f-{name}" fill="{colour}" {drawn}/>'
        hollow = f'<path class="s-{name} page" fill="#fff" {drawn}/>'
        yield f'<marker id="to-{name}" {shape} {units}>{full}</marker>'
        yield f'<marker id="one-of-{name}" {shape} {units}>{hollow}</marker>'


def tip(shown: Look, *, is_choice: bool) -> str:
    """The tip of an arrow."""
    return f'marker-end="url(#{"one-of" if is_choice else "to"}-{shown.standing.value})"'


def escaped(text: str) -> str:
    """A text that XML and HTML show as it is."""
    return escape(one_line(text), quote=False)
