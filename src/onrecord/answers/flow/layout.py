"""Places for the boxes and arrows of a picture, by graphlay's layered layout; unrelated parts in rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from onrecord.answers.flow.pen import Line

_GAP = 36.0
_SPACINGS = ((16, 12, 12, 26), (10, 9, 6, 20))
"""Gaps between boxes, between passing arrows, between ports and between layers."""
_DIRECTIONS = ("leftright", "topbottom")
_BANDS = (False, True)
"""Whether a branch keeps to a band of its own."""
_FAULTS = ("node_edge_hits", "node_overlaps")
_MANY = 150
"""From so many arrows on, a part is laid out once and not tried in several ways."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its lines of text, its size, and its top left corner."""

    id: str
    lines: tuple[Line, ...]
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow between two boxes, and where it runs.

    Attributes:
        is_back: whether it may run against the others.
    """

    source: str
    target: str
    is_back: bool = False
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Lettering:
    """All boxes, their texts in lines of one length, and the arrows between them."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    def part(self, ids: frozenset[str]) -> Lettering:
        """The boxes of some ids, and the arrows between them."""
        boxes = tuple(b for b in self.boxes if b.id in ids)
        return Lettering(boxes, tuple(a for a in self.arrows if a.source in ids))


@dataclass(frozen=True, slots=True)
class Placed:
    """Boxes and arrows in their places.

    Attributes:
        faults: how often an arrow or a box runs over another box.
    """

    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    width: float = 0.0
    height: float = 0.0
    faults: int = 0


def place(letterings: Sequence[Lettering], widest: float) -> Placed:
    """Places for boxes and arrows, each part that nothing connects with another in its best lettering.

    Parts stand in rows no wider than `widest`; one that is wider by itself in every lettering stays so.
    """
    parts = [_best([one.part(ids) for one in letterings], widest) for ids in _parts(letterings[0])]
    moved: list[Placed] = []
    x = y = row = total = 0.0
    for part in sorted(parts, key=lambda p: -len(p.boxes)):
        if x and x + part.width > widest:
            x, y, row = 0.0, y + row + _GAP, 0.0
        moved.append(_moved(part, x, y))
        x, row = x + part.width + _GAP, max(row, part.height)
        total = max(total, x - _GAP)
    boxes = tuple(b for part in moved for b in part.boxes)
    arrows = tuple(a for part in moved for a in part.arrows)
    return Placed(boxes, arrows, total, y + row, sum(p.faults for p in moved))


def _parts(lettering: Lettering) -> Iterator[frozenset[str]]:
    """The ids of boxes that arrows connect, together."""
    near: dict[str, set[str]] = {box.id: set() for box in lettering.boxes}
    for arrow in lettering.arrows:
        near[arrow.source].add(arrow.target)
        near[arrow.target].add(arrow.source)
    seen: set[str] = set()
    for start in near:
        if start not in seen:
            part, todo = {start}, [start]
            while todo:
                new = near[todo.pop()] - part
                part |= new
                todo += new
            seen |= part
            yield frozenset(part)


def _best(letterings: Sequence[Lettering], widest: float) -> Placed:
    """In the longest lines and with the widest gaps that fit without faults, and then in the least room."""
    ways = list(product(letterings, _SPACINGS))
    is_large = len(letterings[0].arrows) > _MANY
    tried: list[Placed] = []
    for lettering, spacing in ways[-1:] if is_large else ways:
        for direction, bands in [("leftright", False)] if is_large else product(_DIRECTIONS, _BANDS):
            tried.append(_laid(lettering, direction, spacing, bands=bands))
        if any(p.width <= widest and not p.faults for p in tried):
            break
    return min(tried, key=lambda p: (max(0.0, p.width - widest), p.faults, p.width * p.height))


def _laid(lettering: Lettering, direction: str, spacing: tuple[int, int, int, int], *, bands: bool) -> Placed:
    import graphlay

    graph = graphlay.Graph()
    for box in lettering.boxes:
        graph.node(box.id, width=box.width, height=box.height)
    for arrow in lettering.arrows:
        graph.edge(arrow.source, arrow.target, reverse_for_ranking=arrow.is_back)
    gaps = dict(zip(("node_gap", "dummy_gap", "port_gap", "layer_gap"), spacing, strict=True))
    options: dict[str, Any] = {"direction": direction, "spacing": gaps, "coords": {"branch_bands": bands}}
    if len(lettering.arrows) > _MANY:
        options["effort"] = "fast"
    found = graphlay.layout(graph, options=options)
    measured = found.metrics()
    boxes = tuple(_box(box, node) for box, node in zip(lettering.boxes, found.nodes, strict=True))
    arrows = tuple(_arrow(arrow, edge) for arrow, edge in zip(lettering.arrows, found.edges, strict=True))
    return _cropped(Placed(boxes, arrows, faults=sum(int(measured.get(f, 0)) for f in _FAULTS)))


def _box(box: Box, node: Mapping[str, Any]) -> Box:
    centre = node["center"]
    return replace(box, x=centre["x"] - box.width / 2, y=centre["y"] - box.height / 2)


def _arrow(arrow: Arrow, edge: Mapping[str, Any]) -> Arrow:
    return replace(arrow, points=tuple((float(p["x"]), float(p["y"])) for p in edge["points"]))


def _cropped(placed: Placed) -> Placed:
    """The same with its corner at the origin, and as large as what is in it."""
    spans = [(b.x, b.y, b.x + b.width, b.y + b.height) for b in placed.boxes]
    spans += [(x, y, x, y) for arrow in placed.arrows for x, y in arrow.points]
    left, top = min(s[0] for s in spans), min(s[1] for s in spans)
    right, bottom = max(s[2] for s in spans), max(s[3] for s in spans)
    return replace(_moved(placed, -left, -top), width=right - left, height=bottom - top)


def _moved(placed: Placed, x: float, y: float) -> Placed:
    return replace(
        placed,
        boxes=tuple(replace(b, x=b.x + x, y=b.y + y) for b in placed.boxes),
        arrows=tuple(
            replace(a, points=tuple((px + x, py + y) for px, py in a.points)) for a in placed.arrows
        ),
    )
