"""The referral flow and its routes as text for a terminal: a tree, then the notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.answers.flow.flow import Flow, walk
from onrecord.answers.flow.reading import Edge
from onrecord.answers.flow.routes import Route, Routes, Step
from onrecord.answers.flow.words import (
    CAUTION,
    CUT,
    NOTHING,
    conditions,
    counted,
    disputed,
    force,
    instead,
    left_out,
    listed,
    matters,
    nearby,
    numbers,
    origin,
    standing,
)
from onrecord.answers.phrasing import WIDTH, Paint, painted, plain, wrapped
from onrecord.answers.sourced.as_text import note_lines
from onrecord.vocab import compact

_NARROWEST = 60


def flow_text(flow: Flow, paint: Paint = plain, page: int = 0) -> str:
    """The flow as a tree with its notes.

    Args:
        flow: the flow.
        paint: colours.
        page: width of the terminal; 0 for the usual one.
    """
    width = max(_NARROWEST, min(page or WIDTH, WIDTH))
    lines = list(_tree(flow, paint, width)) if flow.edges else [NOTHING]
    return "\n".join([*lines, *_below(flow, paint, width)]) + "\n"


def routes_text(found: Routes, paint: Paint = plain, page: int = 0) -> str:
    """The routes, the shortest first, with the notes of their steps."""
    width = max(_NARROWEST, min(page or WIDTH, WIDTH))
    flow = found.flow
    if not found.routes:
        lines = [wrapped(no_route(found), "  ", "", width)]
        return "\n".join([*lines, *_below(flow, paint, width)]) + "\n"
    count = len(found.routes)
    ends = f"from {flow.name(found.start)} to {flow.name(found.end)}"
    lines = [wrapped(f"{count} route{'s' * (count != 1)} {ends}", "  ", "", width)]
    for number, route in enumerate(found.routes, 1):
        lines += ["", *_route(number, route, flow, paint, width)]
    if found.is_cut:
        lines += ["", CUT]
    return "\n".join([*lines, *_below(flow, paint, width)]) + "\n"


# the tree ---------------------------------------------------------------------------------------------


def _tree(flow: Flow, paint: Paint, width: int) -> Iterator[str]:
    senders = {edge.source for edge in flow.edges}
    above: set[str] = set()
    for number, (start, rows) in enumerate(_trees(flow)):
        yield from [""] if number else []
        yield paint(flow.name(start), "head")
        above.add(start)
        goes_on = _goes_on([depth for depth, _, _ in rows])
        for (depth, edge, opens), own in zip(rows, goes_on, strict=True):
            stem = "".join("\u2502  " if own[level] else "   " for level in range(depth))
            first, rest = ("\u251c\u2500 ", "\u2502  ") if own[depth] else ("\u2514\u2500 ", "   ")
            below = "\u2502  " if opens else "   "
            stems = (stem + first, stem + rest + below)
            again = "" if opens or edge.target not in senders else " (continues below)"
            if edge.target in above:
                again = " (continues above)"
            yield from _edge_lines(edge, flow, stems, paint, width, again)
            above |= {edge.target} if opens else set()


def _trees(flow: Flow) -> Iterator[tuple[str, list[tuple[int, Edge, bool]]]]:
    """The rows of each party from which a reader starts."""
    start = ""
    rows: list[tuple[int, Edge, bool]] = []
    for depth, edge, opens in walk(flow.edges, flow.names, flow.wanted.start):
        if depth == 0 and edge.source != start:
            if rows:
                yield start, rows
            start, rows = edge.source, []
        rows.append((depth, edge, opens))
    if rows:
        yield start, rows


def _goes_on(depths: Sequence[int]) -> list[list[bool]]:
    """For each row and each depth up to its own, whether a later row goes on from the same stem."""
    found: list[list[bool]] = []
    later: set[int] = set()
    for depth in reversed(depths):
        later = {level for level in later if level <= depth}
        found.append([level in later for level in range(depth + 1)])
        later.add(depth)
    return found[::-1]


def _edge_lines(
    edge: Edge, flow: Flow, stems: tuple[str, str], paint: Paint, width: int, again: str
) -> Iterator[str]:
    first, rest = stems
    mark = numbers(edge)
    head = wrapped(f"\u2192 {flow.name(edge.target)} {mark}{again}", rest, first, width)
    yield painted(head, mark, "place", paint)
    words = [w for w in (force(edge), matters(edge, flow), standing(edge)) if w]
    yield wrapped(" \u00b7 ".join(words), rest, None, width)
    for said in (conditions(edge), instead(edge, flow)):
        if said:
            yield wrapped(said, f"{rest}  ", rest, width)
    if edge.disputes:
        said = disputed(edge)
        yield painted(wrapped(said, f"{rest}  ", rest, width), said.partition(":")[0], "warning", paint)


# routes -----------------------------------------------------------------------------------------------


def _route(number: int, route: Route, flow: Flow, paint: Paint, width: int) -> Iterator[str]:
    head = wrapped(route_head(number, route, flow), "  ", "", width)
    yield painted(head, f"Route {number}", "head", paint)
    for place, step in enumerate(route.steps, 1):
        yield from _step(place, step, flow, paint, width)


def route_head(number: int, route: Route, flow: Flow) -> str:
    """A route in a line: how many steps it has, and which matters every step covers."""
    steps = len(route.steps)
    about = listed([flow.name(m) for m in route.matters])
    covered = f"every step covers: {about}" if about else "no matter is covered by every step"
    return f"Route {number}: {steps} step{'s' * (steps != 1)}; {covered}"


def no_route(found: Routes) -> str:
    """That there is no route, at least none that is short enough."""
    start, end = found.flow.name(found.start), found.flow.name(found.end)
    short = " that is short enough" if found.is_cut else ""
    return f"Not on record: no route from {start} to {end}{short}."


def _step(place: int, step: Step, flow: Flow, paint: Paint, width: int) -> Iterator[str]:
    yield wrapped(f"{flow.name(step.source)} \u2192 {flow.name(step.target)}", "     ", f"  {place}. ", width)
    if step.marks:
        marks = "; ".join(step.marks)
        yield painted(wrapped(f"! {marks}", "       ", "     ", width), marks, "warning", paint)
    for edge in step.edges:
        said = [force(edge), matters(edge, flow), standing(edge), conditions(edge), instead(edge, flow)]
        words = " \u00b7 ".join(w for w in (*said, disputed(edge)) if w)
        yield painted(
            wrapped(f"{numbers(edge)} {words}", "       ", "     ", width), numbers(edge), "place", paint
        )


# below ------------------------------------------------------------------------------------------------


def _below(flow: Flow, paint: Paint, width: int) -> Iterator[str]:
    yield from (wrapped(said, "  ", "", width) for said in nearby(flow))
    about = [f"{counted(flow)}.", CAUTION] if flow.edges else []
    yield from ("", *(wrapped(said, "  ", "", width) for said in (*about, origin(flow))))
    reasons = list(left_out(flow))
    if reasons:
        yield from ("", paint("Left out", "head"))
        for reason, claims in reasons:
            yield wrapped(f"{reason}: {', '.join(compact(c) for c in claims)}", "    ", "  ", width)
    if flow.notes:
        yield from ("", paint("Notes", "head"))
    for note in flow.notes:
        yield ""
        yield from note_lines(note, paint, width)
