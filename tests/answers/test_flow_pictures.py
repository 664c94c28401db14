"""Pictures of the referral flow: no text slips out of its place, disputed looks so, notes can be opened."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

import flow_base
from golden_files import assert_golden
from onrecord.answers.flow import Flow, Party, flow
from onrecord.answers.flow_columns import turned
from onrecord.answers.flow_dot import flow_dot
from onrecord.answers.flow_layout import Arrow, Box, Lettering, place
from onrecord.answers.flow_mermaid import flow_mermaid
from onrecord.answers.flow_picture import ALLEGED, BOTH, DISPUTED, gathered, look
from onrecord.answers.flow_reading import Wanted
from onrecord.answers.flow_svg import PAGE, flow_svg
from onrecord.vocab import slug
from shipped import shipped_base

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "<script>alert(1)</script>\"]; x --> y\\N &lt; ]]> %%{init} `b` \u202e\x00\n*/ <a href='x'>"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Flow:
    """The flow of a base with referrals of every kind."""
    kb = flow_base.make(tmp_path_factory.mktemp("flow")).kb()
    return flow(kb.base, Wanted(reports=True), kb.outcomes)


@pytest.fixture(scope="module")
def shipped() -> Flow:
    """The flow of the shipped base."""
    return flow(shipped_base())


def _evil(flow_: Flow) -> Flow:
    """A flow whose every text is hostile."""
    edges = tuple(replace(e, conditions=(EVIL,), time_limits=(EVIL,), said_by=(EVIL,)) for e in flow_.edges)
    notes = []
    for note in flow_.notes:
        assert note.claim is not None
        notes.append(replace(note, claim=replace(note.claim, statement=EVIL)))
    return replace(
        flow_,
        parties=tuple(Party(p.iri, EVIL) for p in flow_.parties),
        edges=edges,
        notes=tuple(notes),
        names=dict.fromkeys(flow_.names, EVIL),
    )


@pytest.mark.parametrize(
    ("name", "draw"), [("flow.mmd", flow_mermaid), ("flow.dot", flow_dot), ("flow.svg", flow_svg)]
)
def test_golden(found: Flow, name: str, draw: type) -> None:
    assert_golden(name, str(draw(found)))


# looks ------------------------------------------------------------------------------------------------


def test_disputed_and_alleged_arrows_look_so(found: Flow) -> None:
    looks = {slug(claim): look(edge).dashes for edge in found.edges for claim in edge.claims}
    assert looks["board-may-refer-reports"] == ""
    assert looks["inspector-returns-minor-reports"] == DISPUTED
    assert looks["board-hands-reports-back"] == BOTH
    edge = next(e for e in found.edges if "board-hands-reports-back" in e.claims[0])
    assert look(replace(edge, disputes=())).dashes == ALLEGED


def test_one_referral_is_drawn_once_with_all_its_recipients(found: Flow, shipped: Flow) -> None:
    for flow_ in (found, shipped):
        drawn = [(s, t) for one in gathered(flow_) for s in one.sources for t in one.targets]
        assert sorted(drawn) == sorted((e.source, e.target) for e in flow_.edges)
    either = next(one for one in gathered(found) if "owners-may-write" in one.edge.claims[0])
    assert set(either.targets) == either.choice
    assert len(either.targets) == 2


# SVG --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["found", "shipped"])
def test_the_svg_is_one_page_wide_and_every_number_leads_to_a_note(
    which: str, request: pytest.FixtureRequest
) -> None:
    flow_: Flow = request.getfixturevalue(which)
    root = etree.fromstring(flow_svg(flow_).encode())
    assert root.get("width") == str(PAGE)
    ids = {node.get("id") for node in root.iter(f"{SVG}g")}
    links = [node.get("href", "") for node in root.iter(f"{SVG}a")]
    inside = {link[1:] for link in links if link.startswith("#")}
    assert inside == {f"n{one.edge.notes[0]}" for one in gathered(flow_)} <= ids
    assert {f"n{note.number}" for note in flow_.notes} <= ids
    assert all(re.match(r"#n\d+$|https?://", link) for link in links)
    cited = {c.link for note in flow_.notes for c in note.cited if c.link}
    assert cited <= set(links)


def test_boxes_of_the_shipped_flow_do_not_overlap(shipped: Flow) -> None:
    root = etree.fromstring(flow_svg(shipped).encode())
    group = next(node for node in root.iter(f"{SVG}g") if node.get("transform"))
    sides = ("x", "y", "width", "height")
    boxes = [[float(node.get(side, "0")) for side in sides] for node in group.iter(f"{SVG}rect")]
    assert len(boxes) == len(shipped.parties) + len(list(gathered(shipped)))
    for number, (x, y, w, h) in enumerate(boxes):
        for u, v, a, b in boxes[:number]:
            assert x >= u + a or u >= x + w or y >= v + b or v >= y + h


def test_the_same_flow_gives_the_same_picture(shipped: Flow) -> None:
    assert flow_svg(shipped) == flow_svg(shipped)


def test_hostile_texts_stay_texts_in_svg(found: Flow) -> None:
    drawn = flow_svg(_evil(found), EVIL)
    root = etree.fromstring(drawn.encode())
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "a", "text",
    }  # fmt: skip
    assert not any(name.startswith("on") for node in root.iter() for name in node.attrib)
    assert "\u202e" not in drawn
    assert "@import" not in drawn
    assert "url(http" not in drawn


def test_an_empty_flow_can_be_drawn(found: Flow) -> None:
    empty = replace(found, parties=(), edges=(), notes=())
    for draw in (flow_svg, flow_mermaid, flow_dot):
        assert "Not on record" in draw(empty)


# Mermaid and DOT --------------------------------------------------------------------------------------


def test_hostile_texts_stay_texts_in_mermaid(found: Flow) -> None:
    for line in flow_mermaid(_evil(found)).splitlines():
        if line.startswith("%%"):
            assert not line.startswith("%%{")
            assert "{" not in line
        else:
            assert line.count('"') in (0, 2)
            assert not re.search(r"<(?!br/>)|`", line)


def test_hostile_texts_stay_texts_in_dot(found: Flow) -> None:
    for line in flow_dot(_evil(found)).splitlines():
        if not line.startswith("//"):
            bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
            assert '"' not in bare
            assert "script" not in bare


# layout -----------------------------------------------------------------------------------------------


def test_circles_open_and_long_ways_are_shortened() -> None:
    assert turned([("a", "b"), ("b", "a")], 4) == {("b", "a")}
    chain = [(str(n), str(n + 1)) for n in range(6)]
    assert len(turned(chain, 4)) == 1
    assert turned(chain, 9) == frozenset()


def test_a_box_that_passes_on_to_itself_can_be_placed() -> None:
    boxes = tuple(Box(name, (("name", name),), 60, 30) for name in ("a", "b", "c"))
    placed = place([Lettering(boxes, (Arrow("a", "b"), Arrow("b", "a"), Arrow("c", "c")))], 500)
    assert len(placed.boxes) == len(placed.arrows) == 3
    assert placed.faults == 0
    assert all(box.x >= 0 and box.y >= 0 for box in placed.boxes)
