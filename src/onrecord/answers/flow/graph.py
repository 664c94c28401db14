"""The referral flow drawn as a graph: every party once, what passes between two in a box on the arrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.answers.flow.columns import turned
from onrecord.answers.flow.flow import Flow
from onrecord.answers.flow.layout import Arrow, Box, Lettering, place
from onrecord.answers.flow.pen import (
    PARTY,
    boxed,
    draw_lines,
    escaped,
    frame,
    says,
    set_lines,
    size_of,
    stroke,
    tip,
)
from onrecord.answers.flow.picture import Gathered
from onrecord.answers.notes import Note

_PARTY_PAD, _PASSED_PAD = (9.0, 6.0), (7.0, 4.0)


@dataclass(frozen=True, slots=True)
class Fit:
    """One way to fit a graph in.

    Attributes:
        label, name: how wide the lines of what passes and of a party's name may be, in pixels.
        most: parties in a row.
    """

    label: float
    name: float
    most: int


WORDS = (Fit(205, 150, 4), Fit(185, 150, 4), Fit(160, 140, 4), Fit(135, 130, 4), Fit(135, 120, 3))
NUMBERS = (Fit(110, 150, 5), Fit(90, 130, 5), Fit(75, 115, 4), Fit(60, 100, 4))
"""Ways to fit in a graph that has all words on its arrows, and one that has little more than numbers."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Part of a picture, from its origin on.

    Attributes:
        kind: "graph", "rows", or "" for what stands around them.
        is_good: whether it is as narrow as was asked for, and nothing runs over anything else.
    """

    lines: tuple[str, ...] = ()
    width: float = 0.0
    height: float = 0.0
    kind: str = ""
    is_good: bool = True


@dataclass(frozen=True, slots=True)
class Links:
    """Where parts of a picture lead.

    Attributes:
        numbers: by note.
        anchor: what stands before the number of a note in its anchor.
        noted: the notes by number.
    """

    numbers: Mapping[int, str]
    anchor: str
    noted: Mapping[int, Note]


def graph(flow: Flow, passed: Sequence[Gathered], fits: Sequence[Fit], widest: float, links: Links) -> Drawn:
    """The graph in the first fit that is narrow enough, else in the narrowest."""
    if not passed:
        return Drawn()
    placed = place([_lettering(flow, passed, fit) for fit in fits], widest)
    known = {str(number): one for number, one in enumerate(passed)}
    lines = [_path(arrow, known) for arrow in placed.arrows]
    for box in placed.boxes:
        lines += _passed(box, known[box.id], links) if box.id in known else _party(box)
    is_good = placed.width <= widest and not placed.faults
    return Drawn(tuple(lines), placed.width, placed.height, "graph", is_good)


def _lettering(flow: Flow, passed: Sequence[Gathered], fit: Fit) -> Lettering:
    """Boxes of parties and of what passes, with their texts in lines."""
    boxes = []
    for party in flow.parties:
        lines = set_lines([("name", party.name)], fit.name)
        boxes.append(Box(party.iri, lines, *size_of(lines, _PARTY_PAD)))
    arrows = []
    back = turned([(e.source, e.target) for e in flow.edges], fit.most)
    for number, one in enumerate(passed):
        lines = set_lines(one.label, fit.label, one.notes)
        boxes.append(Box(str(number), lines, *size_of(lines, _PASSED_PAD)))
        pairs = [(source, target) for source in one.sources for target in one.targets]
        is_back = all(pair in back for pair in pairs)
        arrows += [Arrow(source, str(number), is_back) for source in one.sources]
        for target in one.targets:
            arrows.append(Arrow(str(number), target, is_back or (one.sources[0], target) in back))
    return Lettering(tuple(boxes), tuple(arrows))


def _path(arrow: Arrow, known: Mapping[str, Gathered]) -> str:
    """An arrow from a party to what passes, which has no tip, or from there to a recipient."""
    one = known[arrow.source] if arrow.source in known else known[arrow.target]
    route = " L".join(f"{x:.1f} {y:.1f}" for x, y in arrow.points)
    shape = f'<path d="M{route}" fill="none" {stroke(one.look)}'
    if arrow.target in known:
        return f"{shape}/>"
    return f"{shape} {tip(one.look, is_choice=arrow.target in one.choice)}/>"


def _party(box: Box) -> Iterator[str]:
    yield frame(box.x, box.y, box.width, box.height, PARTY)
    yield from draw_lines(box.lines, box.x + box.width / 2, box.y + _PARTY_PAD[1])


def _passed(box: Box, one: Gathered, links: Links) -> Iterator[str]:
    """What passes, in words: the box leads to its first note, each number to its passage."""
    drawn = frame(box.x, box.y, box.width, box.height, boxed(one.look))
    to = f"#{links.anchor}{one.notes[0]}" if one.notes else ""
    yield f'<a href="{escaped(to)}"><title>{says(one.notes, links.noted)}</title>{drawn}</a>'
    yield from draw_lines(box.lines, box.x + box.width / 2, box.y + _PASSED_PAD[1], links.numbers)
