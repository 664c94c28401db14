"""Any set of referrals: each drawn once, each claim listed, nothing over anything else, always alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from onrecord.answers.flow.as_dot import flow_dot
from onrecord.answers.flow.as_html import flow_html
from onrecord.answers.flow.as_mermaid import flow_mermaid
from onrecord.answers.flow.as_svg import PAGE, flow_svg
from onrecord.answers.flow.as_text import flow_text
from onrecord.answers.flow.flow import Flow, follow, parties_of, renumbered, walk
from onrecord.answers.flow.picture import gathered, overview, referrals
from onrecord.answers.flow.reach import within
from onrecord.answers.flow.reading import DISPUTES, Edge, Wanted
from onrecord.answers.flow.routes import MOST_ROUTES, routes
from onrecord.answers.flow.type import lines_of, width_of
from onrecord.answers.notes import Note
from onrecord.errors import Place
from onrecord.model import Claim, Standing
from onrecord.store.records import StoreBase
from picture_grammars import read_dot, read_mermaid

SVG = "{http://www.w3.org/2000/svg}"
NAMES = st.one_of(
    st.sampled_from(["end", "graph", "Board", "1. Board", "- Board", "Harbour Master of the Northern Quays"]),
    st.text(min_size=1, max_size=40),
)
WORDS = st.one_of(
    st.just(""), st.sampled_from(["promptly", "end", "when 1. it rains; [9]"]), st.text(max_size=60)
)


@st.composite
def flows(draw: st.DrawFn, most: int = 12) -> Flow:
    """A flow of up to so many referrals between a few parties, circles and self-referrals among them."""
    names = {f"urn:p:{n}": name for n, name in enumerate(draw(st.lists(NAMES, min_size=1, max_size=7)))}
    edges: list[Edge] = []
    for number in range(draw(st.integers(0, most))):
        targets = draw(st.lists(st.sampled_from(sorted(names)), min_size=1, max_size=3, unique=True))
        choice = draw(st.booleans()) and len(targets) > 1
        source, words, claim = draw(st.sampled_from(sorted(names))), draw(WORDS), f"urn:c:{number}"
        weight = draw(st.sampled_from(list(Standing)))
        speaks = draw(st.sets(st.sampled_from(DISPUTES), max_size=2))
        must = draw(st.sampled_from(["must", "may", "in practice", ""]))
        for target in targets:
            others = tuple(t for t in targets if t != target) if choice else ()
            limits = (words,) if words else ()
            edge = Edge(source, target, False, others, (), must, limits, (), (), (claim,), standing=weight)
            edges.append(replace(edge, disputes=tuple(sorted(speaks))))
    claims = {c: Note(0, c, Claim(c, f"Statement {c}.")) for e in edges for c in e.claims}
    ordered, notes = renumbered(follow(edges, names), claims)
    weighed = {e.claims[0]: e for e in edges}
    kept = tuple(replace(e, disputes=weighed[e.claims[0]].disputes) for e in ordered)
    return Flow(parties_of(kept, names), kept, notes, names, Wanted())


_BASE = StoreBase(ox.Store(), lambda *_: Place(""))
"""A base that holds nothing: names and broader matters are not what is tried here."""
quick = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(flows())
def test_every_edge_is_walked_and_drawn_once(flow: Flow) -> None:
    assert Counter(e for _, e, _ in walk(flow.edges, flow.names)) == Counter(flow.edges)
    for passed in (referrals(flow), gathered(flow)):
        drawn = [(s, t, one.edge.claims) for one in passed for s in one.sources for t in one.targets]
        assert sorted(drawn) == sorted((e.source, e.target, e.claims) for e in flow.edges)
    pairs = [(s, t) for one in overview(flow) for s in one.sources for t in one.targets]
    assert sorted(pairs) == sorted({(e.source, e.target) for e in flow.edges})
    for one in overview(flow):
        for edge in one.edges:
            assert set(edge.notes) <= set(one.notes)


@quick
@given(flows())
def test_every_claim_of_an_edge_is_listed_in_every_form(flow: Flow) -> None:
    page, drawn, told = flow_html(flow), flow_svg(flow), flow_text(flow)
    written = flow_dot(flow), flow_mermaid(flow)
    for note in flow.notes:
        assert f"[{note.number}]" in told
        assert f'id="note-{note.number}"' in page
        assert f'href="#note-{note.number}"' in page
        assert f'id="n{note.number}"' in drawn
        assert all(f"[{note.number}] <{note.iri}>" in text for text in written)


@quick
@given(flows())
def test_boxes_do_not_overlap_and_stay_on_the_page(flow: Flow) -> None:
    root = etree.fromstring(flow_svg(flow).encode())
    assert root.get("width") == str(PAGE)
    high = float(root.get("height", "0"))
    for group in root.iter(f"{SVG}g"):
        boxes = [_box(node) for node in _own_boxes(group)]
        for (x, y, w, h), (u, v, a, b) in combinations(boxes, 2):
            assert x + 0.2 >= u + a or u + 0.2 >= x + w or y + 0.2 >= v + b or v + 0.2 >= y + h
        assert all(x >= -0.1 and y >= -0.1 and x + w <= PAGE and y + h <= high for x, y, w, h in boxes)


def _own_boxes(group: etree._Element) -> list[etree._Element]:
    """The boxes of one drawing: those below a group that moves it, and below no other such group."""
    if not group.get("transform"):
        return []
    inner = {node for other in group.iter(f"{SVG}g") if other is not group and other.get("transform")
             for node in other.iter(f"{SVG}rect")}  # fmt: skip
    return [node for node in group.iter(f"{SVG}rect") if node not in inner]


def _box(node: etree._Element) -> tuple[float, float, float, float]:
    x, y, w, h = (float(node.get(side, "0")) for side in ("x", "y", "width", "height"))
    return x, y, w, h


@quick
@given(flows())
def test_dot_and_mermaid_hold_every_arrow_and_can_be_read(flow: Flow) -> None:
    for graph in (read_dot(flow_dot(flow)), read_mermaid(flow_mermaid(flow))):
        parties = {name for name in graph.nodes if name.startswith("p")}
        assert len(parties) == len(flow.parties)
        into = {r: [s for s, t in graph.edges if t == r] for r in graph.nodes if r.startswith("r")}
        out = {r: [t for s, t in graph.edges if s == r] for r in into}
        assert sum(len(into[r]) * len(out[r]) for r in into) == len(flow.edges)
        assert {end for pair in graph.edges for end in pair} <= set(graph.nodes)


@quick
@given(flows(6))
def test_the_same_flow_gives_the_same_bytes(flow: Flow) -> None:
    for draw in (flow_text, flow_svg, flow_html, flow_dot, flow_mermaid):
        assert draw(flow) == draw(flow)


@quick
@given(flows(), st.integers(0, 4))
def test_what_is_reached_grows_with_the_steps(flow: Flow, steps: int) -> None:
    for party in flow.parties:
        for wanted in (Wanted(start=party.iri, steps=steps), Wanted(end=party.iri, steps=steps)):
            more = Wanted(start=wanted.start, end=wanted.end, steps=steps + 1 if steps else 0)
            near, far = within(flow.edges, wanted), within(flow.edges, more)
            assert all(far(edge) for edge in flow.edges if near(edge))
            direct = [e for e in flow.edges if party.iri == (e.source if wanted.start else e.target)]
            assert all(near(edge) for edge in direct)


@quick
@given(flows(), st.integers(1, 8))
def test_routes_are_all_ways_without_a_circle_and_no_others(flow: Flow, steps: int) -> None:
    pairs = {(e.source, e.target) for e in flow.edges if e.source != e.target}

    def ways(path: tuple[str, ...], end: str) -> Iterator[tuple[str, ...]]:
        if path[-1] == end:
            yield path
        elif len(path) <= steps:
            for source, target in pairs:
                if source == path[-1] and target not in path:
                    yield from ways((*path, target), end)

    for start, end in combinations([party.iri for party in flow.parties], 2):
        found = routes(_BASE, flow, start, end, steps)
        shown = [(r.steps[0].source, *(s.target for s in r.steps)) for r in found.routes]
        assert [len(path) for path in shown] == sorted(len(path) for path in shown)
        if len(shown) < MOST_ROUTES:
            assert set(shown) == set(ways((start,), end))
        assert {e for r in found.routes for s in r.steps for e in s.edges} == set(found.flow.edges)
        assert found.routes or found.flow.near


@quick
@given(st.text(max_size=200), st.floats(20, 600), st.booleans())
def test_lines_keep_every_word_and_fit(text: str, width: float, bold: bool) -> None:
    lines = lines_of(text, width, 12, bold=bold)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    widest = max((width_of(word, 12, bold=bold) for word in text.split()), default=0)
    assert all(width_of(line, 12, bold=bold) <= max(width, min(widest, 260)) + 20 for line in lines)


def test_a_chain_of_a_thousand_and_a_circle_are_drawn_in_time() -> None:
    names = {f"urn:p:{n}": f"Party {n}" for n in range(301)}
    edges = [
        Edge(f"urn:p:{n}", f"urn:p:{(n + 1) % 301}", False, (), (), "must", (), (), (), (f"urn:c:{n}",))
        for n in range(301)
    ]
    notes = {c: Note(0, c, Claim(c, "It does.")) for e in edges for c in e.claims}
    ordered, kept = renumbered(follow(edges, names), notes)
    circle = Flow(parties_of(ordered, names), ordered, kept, names, Wanted())
    assert len(re.findall(r' id="n\d+"', flow_svg(circle))) == 301
    assert len(flow_text(circle).splitlines()) > 600
