"""Pictures of the referral flow: no text slips out of its place, disputed looks so, notes can be opened."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree, html

import flow_base
from golden_files import assert_golden
from onrecord.answers.flow.as_dot import flow_dot
from onrecord.answers.flow.as_html import flow_html, routes_html
from onrecord.answers.flow.as_mermaid import flow_mermaid
from onrecord.answers.flow.as_svg import PAGE, flow_svg, links_to, pictures
from onrecord.answers.flow.as_text import flow_text
from onrecord.answers.flow.columns import turned
from onrecord.answers.flow.flow import Flow, Party, flow
from onrecord.answers.flow.layout import Arrow, Box, Lettering, place
from onrecord.answers.flow.pen import Line
from onrecord.answers.flow.picture import ALLEGED, BOTH, DISPUTED, gathered, look, referrals
from onrecord.answers.flow.reading import Wanted
from onrecord.answers.phrasing import one_line
from onrecord.store.scope import INCLUDABLE
from onrecord.vocab import expand, slug
from picture_grammars import read_dot, read_mermaid
from shipped import shipped_base

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "<script>alert(1)</script>\"]; x --> y\\N &lt; ]]> %%{init} `b` \u202e\x00\n*/ <a href='x'>"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Flow:
    """The flow of a base with referrals of every kind."""
    kb = flow_base.make(tmp_path_factory.mktemp("flow")).kb()
    wanted = Wanted(reports=True, include=frozenset({"alleged"}))
    return flow(kb.base, wanted, kb.outcomes, version="v1", base_name="The harbour")


@pytest.fixture(scope="module")
def shipped() -> Flow:
    """The flow of the shipped base."""
    return flow(shipped_base())


@pytest.fixture(scope="module")
def widest() -> Flow:
    """All that it has, reports too."""
    return flow(shipped_base(), Wanted(reports=True, include=frozenset(INCLUDABLE)))


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
    ("name", "draw"),
    [
        ("flow.mmd", flow_mermaid),
        ("flow.dot", flow_dot),
        ("flow.svg", flow_svg),
        ("flow.html", flow_html),
    ],
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


@pytest.mark.parametrize("which", ["found", "shipped", "widest"])
def test_the_svg_is_one_page_wide_and_every_number_leads_to_its_words(
    which: str, request: pytest.FixtureRequest
) -> None:
    flow_: Flow = request.getfixturevalue(which)
    root = etree.fromstring(flow_svg(flow_).encode())
    assert root.get("width") == str(PAGE)
    ids = {node.get("id") for node in root.iter(f"{SVG}g")}
    links = [node.get("href", "") for node in root.iter(f"{SVG}a")]
    inside = {link[1:] for link in links if link.startswith("#")}
    assert inside <= ids
    assert {f"n{one.edge.notes[0]}" for one in gathered(flow_)} <= inside
    assert {f"n{note.number}" for note in flow_.notes} <= ids
    assert all(re.match(r"#(?:n|from-)\d+$|https?://", link) for link in links)
    cited = {c.link for note in flow_.notes for c in note.cited if c.link}
    assert cited <= set(links)
    for note in flow_.notes:
        passages = [c.link for c in note.cited if c.link and c.citation.supports]
        numbers = [node for node in root.iter(f"{SVG}a") if "".join(node.itertext()) == f"[{note.number}]"]
        assert numbers
        assert {node.get("href") for node in numbers} == {(passages or [f"#n{note.number}"])[0]}


@pytest.mark.parametrize("which", ["shipped", "widest"])
def test_no_type_is_tiny(which: str, request: pytest.FixtureRequest) -> None:
    root = etree.fromstring(flow_svg(request.getfixturevalue(which)).encode())
    assert min(float(node.get("font-size", "0")) for node in root.iter(f"{SVG}text")) >= 11


def test_a_flow_that_is_small_has_its_words_on_the_arrows(found: Flow, shipped: Flow) -> None:
    assert [part.kind for part in pictures(found, links_to(found, "n"))] == ["graph"]
    assert [part.kind for part in pictures(shipped, links_to(shipped, "n"))] == ["graph", "rows"]
    assert "unless the owner objects in writing" in _words(flow_svg(found))


def _words(drawn: str) -> str:
    """The texts of a picture, lines of one text joined."""
    root = etree.fromstring(drawn.encode())
    return " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))


def test_every_edge_says_its_obligation_condition_and_time_limit(shipped: Flow) -> None:
    shown = _words(flow_svg(shipped))
    for edge in shipped.edges:
        for said in (edge.obligation, *edge.conditions, *edge.time_limits):
            assert said in shown


def test_who_may_receive_it_instead_is_named_where_no_arrow_leads_there(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    kb = flow_base.make(tmp_path_factory.mktemp("instead")).kb()
    to_board = flow(kb.base, Wanted(end=expand("office:harbour-board")), kb.outcomes)
    both = flow(kb.base, Wanted(start=expand("group:owners")), kb.outcomes)
    for draw in (flow_svg, flow_html, flow_dot, flow_mermaid):
        named = "or to Inspector of Quays instead"
        shown = " ".join(re.sub(r"<br/>|\\n|</text>\s*<text[^>]*>", " ", draw(to_board)).split())
        assert named in shown
        assert named not in draw(both)


def test_routes_as_a_page_say_what_is_weak(tmp_path_factory: pytest.TempPathFactory) -> None:
    kb = flow_base.make(tmp_path_factory.mktemp("routes")).kb()
    page = routes_html(kb.routes("harbour-master", "inspector-of-quays"), "Routes")
    shown = html.document_fromstring(page).text_content()
    assert "! only practice; only reported" in shown
    assert "Route 2: 2 steps" in shown
    none = routes_html(kb.routes("inspector-of-quays", "owners"), "Routes")
    assert none.count("Not on record") == 1
    assert "owners receives nothing." in none


def test_a_picture_says_base_version_and_date(found: Flow) -> None:
    dated = replace(found, wanted=replace(found.wanted, as_of="2024-05-06"))
    for draw in (flow_svg, flow_html, flow_dot, flow_mermaid, flow_text):
        shown = " ".join(draw(dated).replace("\n", " ").split())
        assert "As of 2024-05-06" in shown
        assert "The harbour" in shown
        assert "version v1" in shown


def test_the_same_flow_gives_the_same_picture(shipped: Flow) -> None:
    assert flow_svg(shipped) == flow_svg(shipped)


def test_hostile_texts_stay_texts_in_svg(found: Flow) -> None:
    drawn = flow_svg(_evil(found), EVIL)
    root = etree.fromstring(drawn.encode())
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "a", "text", "tspan",
    }  # fmt: skip
    assert not any(name.startswith("on") for node in root.iter() for name in node.attrib)
    assert "\u202e" not in drawn
    assert "@import" not in drawn
    assert "url(http" not in drawn


def test_hostile_texts_stay_texts_in_html(found: Flow) -> None:
    page = flow_html(_evil(found), EVIL)
    root = html.document_fromstring(page)
    assert not root.xpath("//script | //img | //iframe | //object | //a[contains(@href, 'script')]")
    assert not any(name.startswith("on") for node in root.iter() for name in node.attrib)
    assert all(re.match(r"#|https?://", link) for link in root.xpath("//a/@href"))
    assert "\u202e" not in page


def test_the_page_has_the_graph_all_in_words_and_every_note(found: Flow, shipped: Flow) -> None:
    for flow_ in (found, shipped):
        root = html.document_fromstring(flow_html(flow_))
        assert len(root.xpath("//*[local-name()='svg']")) == 1
        assert len(root.xpath("//ul[@class='passed']/li")) == len(referrals(flow_))
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {link[1:] for link in root.xpath("//a/@href") if link.startswith("#")} <= set(ids)
        quoted = [node.text_content() for node in root.xpath("//ol[@class='notes']//q")]
        assert quoted == [one_line(c.citation.exact) for note in flow_.notes for c in note.cited]


def test_an_empty_flow_can_be_drawn(found: Flow) -> None:
    empty = replace(found, parties=(), edges=(), notes=())
    for draw in (flow_svg, flow_html, flow_mermaid, flow_dot):
        assert "Not on record" in draw(empty)


# Mermaid and DOT --------------------------------------------------------------------------------------


def test_hostile_texts_stay_texts_in_mermaid_and_dot(found: Flow) -> None:
    for graph in (read_mermaid(flow_mermaid(_evil(found), EVIL)), read_dot(flow_dot(_evil(found), EVIL))):
        arrows = sum(len(one.sources) + len(one.targets) for one in gathered(found))
        assert len(graph.edges) == arrows
        assert len(graph.nodes) == len(found.parties) + len(gathered(found))


# layout -----------------------------------------------------------------------------------------------


def test_circles_open_and_long_ways_are_shortened() -> None:
    assert turned([("a", "b"), ("b", "a")], 4) == {("b", "a")}
    chain = [(str(n), str(n + 1)) for n in range(6)]
    assert len(turned(chain, 4)) == 1
    assert turned(chain, 9) == frozenset()


def test_a_box_that_passes_on_to_itself_can_be_placed() -> None:
    boxes = tuple(Box(name, (Line("name", name),), 60, 30) for name in ("a", "b", "c"))
    placed = place([Lettering(boxes, (Arrow("a", "b"), Arrow("b", "a"), Arrow("c", "c")))], 500)
    assert len(placed.boxes) == len(placed.arrows) == 3
    assert placed.faults == 0
    assert all(box.x >= 0 and box.y >= 0 for box in placed.boxes)
