"""The referral flow: which claims are in it, what an edge says of them, and the routes through it."""

from __future__ import annotations

from dataclasses import replace

import pytest

import flow_base
from golden_files import assert_golden
from onrecord.answers.flow.as_json import flow_data, routes_data
from onrecord.answers.flow.as_text import flow_text, routes_text
from onrecord.answers.flow.flow import Flow, flow, walk
from onrecord.answers.flow.names import matter, party
from onrecord.answers.flow.reading import Edge, Wanted
from onrecord.answers.flow.routes import MOST_ROUTES, routes
from onrecord.answers.sheet_json import as_json
from onrecord.errors import UnknownTerm
from onrecord.kb import KnowledgeBase
from onrecord.model import Standing
from onrecord.vocab import expand, slug
from shipped import shipped_base

BOARD, MASTER, INSPECTOR = (
    expand(f"office:{name}") for name in ("harbour-board", "harbour-master", "inspector-of-quays")
)
OWNERS = expand("group:owners")
ALLEGED = Wanted(include=frozenset({"alleged"}))


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A base with referrals of every kind."""
    return flow_base.make(tmp_path_factory.mktemp("flow")).kb()


@pytest.fixture
def whole(harbour: KnowledgeBase) -> Flow:
    """Its whole flow, checked, with what is only alleged."""
    return flow(harbour.base, ALLEGED, harbour.outcomes)


def _edge(found: Flow, claim: str, target: str = "") -> Edge:
    edges = [e for e in found.edges if claim in map(slug, e.claims) and target in ("", e.target)]
    assert len(edges) == 1
    return edges[0]


def _claims(found: Flow) -> set[str]:
    return {slug(claim) for edge in found.edges for claim in edge.claims}


# what is in it ----------------------------------------------------------------------------------------


def test_an_edge_says_what_its_claim_asserts(whole: Flow) -> None:
    edge = _edge(whole, "board-may-refer-reports")
    assert (edge.source, edge.target, edge.obligation) == (BOARD, INSPECTOR, "may")
    assert edge.conditions == ("unless the owner objects in writing",)
    assert edge.matters == (expand("matter:fraud"),)
    assert edge.legal_basis == (expand("source:harbour-rules"),)
    assert edge.standing is Standing.LAW
    assert _edge(whole, "damage-goes-to-the-board").time_limits == ("within 7 days",)
    assert _edge(whole, "master-sent-reports-straight").times == ("until 2022",)


def test_every_edge_is_numbered_to_notes_of_its_claims(whole: Flow) -> None:
    noted = {note.number: note.iri for note in whole.notes}
    assert sorted(noted) == list(range(1, len(whole.notes) + 1))
    for edge in whole.edges:
        assert edge.notes
        assert {noted[number] for number in edge.notes} == set(edge.claims)
    assert all(note.claim is not None and note.cited for note in whole.notes)


def test_one_of_several_recipients_names_the_others(whole: Flow) -> None:
    assert _edge(whole, "owners-may-write-to-either", BOARD).instead == (INSPECTOR,)
    assert _edge(whole, "owners-may-write-to-either", INSPECTOR).instead == (BOARD,)


def test_disputed_edges_say_how(whole: Flow) -> None:
    assert _edge(whole, "inspector-returns-minor-reports").disputes == ("unproven",)
    assert _edge(whole, "board-hands-reports-back").disputes == ("in conflict",)
    assert _edge(whole, "damage-goes-to-the-board").is_disputed
    assert not _edge(whole, "board-may-refer-reports").is_disputed


def test_allegations_are_attributed(whole: Flow) -> None:
    edge = _edge(whole, "board-hands-reports-back")
    assert (edge.standing, edge.said_by) == (Standing.ALLEGATION, ("owners",))
    assert "only alleged by owners" in flow_text(whole)


def test_retired_and_failing_claims_are_left_out_and_named(whole: Flow) -> None:
    reasons = {slug(item.claim): item.reason for item in whole.left_out}
    assert reasons == {
        "inspector-tells-owners": "a quotation fails its check: absent",
        "master-tells-owners": "retracted; shown with --include superseded",
    }
    assert not _claims(whole) & set(reasons)


def test_a_flow_that_is_not_checked_keeps_what_would_fail(harbour: KnowledgeBase) -> None:
    assert "inspector-tells-owners" in _claims(flow(harbour.base))


# filters ----------------------------------------------------------------------------------------------


def test_a_matter_keeps_narrower_ones_and_names_what_may_cover_it(harbour: KnowledgeBase) -> None:
    on_crime = flow(harbour.base, Wanted(matters=frozenset({expand("matter:criminal-misconduct")})))
    assert _claims(on_crime) == {"board-may-refer-reports", "owners-may-write-to-either"}
    reasons = {slug(item.claim): item.reason for item in on_crime.left_out}
    assert reasons["inspector-returns-minor-reports"] == "speaks of a broader matter: misconduct"
    assert reasons["damage-goes-to-the-board"] == "names no matter"


def test_an_office_keeps_what_goes_from_or_to_it(harbour: KnowledgeBase) -> None:
    found = flow(harbour.base, replace(ALLEGED, parties=frozenset({MASTER})), harbour.outcomes)
    assert _claims(found) == {
        "damage-goes-to-the-board",
        "board-hands-reports-back",
        "master-sent-reports-straight",
    }


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2021-06-30", True), ("2022-12-31", True), ("2023-01-01", False), ("2024-02-29", False), ("", True)],
)
def test_a_year_of_validity_holds_to_its_last_day(harbour: KnowledgeBase, day: str, holds: bool) -> None:
    found = flow(harbour.base, Wanted(as_of=day))
    assert ("master-sent-reports-straight" in _claims(found)) == holds
    reasons = {slug(i.claim): i.reason for i in found.left_out}
    assert holds or reasons["master-sent-reports-straight"] == f"not valid on {day}"


def test_what_is_alleged_or_retired_is_left_out_unless_asked_for(harbour: KnowledgeBase) -> None:
    plain = flow(harbour.base)
    assert not {"board-hands-reports-back", "master-tells-owners"} & _claims(plain)
    reasons = {slug(i.claim): i.reason for i in plain.left_out}
    assert reasons["board-hands-reports-back"] == "only alleged; shown with --include alleged"
    wide = flow(harbour.base, Wanted(include=frozenset({"alleged", "superseded"})))
    assert {"board-hands-reports-back", "master-tells-owners"} <= _claims(wide)
    assert _edge(wide, "master-tells-owners").disputes == ("retracted",)
    assert "RETIRED: retracted" in flow_text(wide)
    assert not wide.left_out


def test_what_leaves_and_what_reaches_is_followed_so_many_steps(harbour: KnowledgeBase) -> None:
    def ends(**wanted: object) -> set[tuple[str, str]]:
        found = flow(harbour.base, Wanted(**wanted), harbour.outcomes)  # type: ignore[arg-type]
        return {(slug(e.source), slug(e.target)) for e in found.edges}

    direct = {("owners", "harbour-board"), ("owners", "inspector-of-quays")}
    between = {("harbour-board", "inspector-of-quays"), ("inspector-of-quays", "harbour-board")}
    into = {("owners", "inspector-of-quays"), ("harbour-board", "inspector-of-quays")}
    into |= {("harbour-master", "inspector-of-quays")}
    assert ends(start=OWNERS) == direct
    assert ends(start=OWNERS, steps=2) == ends(start=OWNERS, steps=0) == direct | between
    assert ends(end=INSPECTOR) == into
    assert ends(end=INSPECTOR, steps=0) > into
    assert ends(end=OWNERS) == ends(start=OWNERS, matters=frozenset({expand("matter:retaliation")})) == set()


def test_only_what_was_left_out_of_the_part_that_is_wanted_is_named(harbour: KnowledgeBase) -> None:
    found = flow(harbour.base, Wanted(start=INSPECTOR), harbour.outcomes)
    assert {slug(i.claim) for i in found.left_out} == {"inspector-tells-owners"}


def test_where_nothing_fits_what_is_nearest_is_told(harbour: KnowledgeBase) -> None:
    none = flow(harbour.base, Wanted(end=OWNERS), harbour.outcomes)
    assert "owners receives only from Inspector of Quays." in flow_text(none)
    taxes = Wanted(matters=frozenset({expand("matter:retaliation")}), parties=frozenset({OWNERS}))
    told = flow_text(flow(harbour.base, taxes, harbour.outcomes))
    assert "owners passes on only to Harbour Board and Inspector of Quays." in told
    assert "There are referrals on: fraud." in told


def test_reports_are_in_only_when_asked_for(harbour: KnowledgeBase, whole: Flow) -> None:
    assert "master-reports-storms" not in _claims(whole)
    edge = _edge(flow(harbour.base, Wanted(reports=True)), "master-reports-storms")
    assert (edge.source, edge.target, edge.is_report) == (MASTER, INSPECTOR, True)


def test_an_office_or_matter_is_found_by_any_of_its_names(harbour: KnowledgeBase) -> None:
    for name in ("THE BOARD", "board", "harbour-board", "office:harbour-board", "Harbour Board", BOARD):
        assert party(harbour.base, harbour.iri, name) == BOARD
    assert party(harbour.base, harbour.iri, "owners") == party(harbour.base, harbour.iri, OWNERS) == OWNERS
    for name in ("criminal misconduct", "criminal-misconduct", "matter:criminal-misconduct"):
        assert matter(harbour.base, harbour.iri, name) == expand("matter:criminal-misconduct")


def test_a_name_that_none_bears_is_answered_with_the_nearest(harbour: KnowledgeBase) -> None:
    for name in ("Harbor Board", "office:harbor-board", "harbour-bord"):
        with pytest.raises(UnknownTerm, match=r"Did you mean Harbour Board \(office:harbour-board\)"):
            party(harbour.base, harbour.iri, name)
    for name in ("matter:fraud", "source:letters", "claim:board-may-refer-reports", "", "<>", "a b"):
        with pytest.raises(UnknownTerm):
            party(harbour.base, harbour.iri, name)
    with pytest.raises(UnknownTerm):
        matter(harbour.base, harbour.iri, "office:harbour-board")


# order and routes -------------------------------------------------------------------------------------


def test_a_walk_meets_every_edge_once_and_opens_no_party_twice(whole: Flow) -> None:
    rows = list(walk(whole.edges, whole.names))
    assert [edge for _, edge, _ in rows] == list(whole.edges)
    opened = [edge.target for _, edge, opens in rows if opens]
    assert len(opened) == len(set(opened))


def test_what_leaves_a_party_is_read_from_there(harbour: KnowledgeBase) -> None:
    found = flow(harbour.base, replace(ALLEGED, start=BOARD, steps=0), harbour.outcomes)
    assert found.edges[0].source == BOARD
    assert flow_text(found).startswith("Harbour Board\n")


def test_routes_say_which_step_is_only_practice_or_only_reported(harbour: KnowledgeBase, whole: Flow) -> None:
    found = routes(harbour.base, whole, MASTER, INSPECTOR)
    assert [[step.marks for step in route.steps] for route in found.routes] == [
        [("only practice", "only reported")],
        [("disputed",), ()],
    ]
    assert [route.weak_steps for route in found.routes] == [(1,), ()]
    noted = {note.number for note in found.flow.notes}
    assert noted == {number for edge in found.flow.edges for number in edge.notes} == {1, 2, 3}


def test_a_route_names_the_matters_that_every_step_covers(harbour: KnowledgeBase, whole: Flow) -> None:
    either = routes(harbour.base, whole, OWNERS, BOARD).routes
    assert [route.matters for route in either] == [
        (expand("matter:fraud"),),
        (expand("matter:fraud"),),
    ], "misconduct covers fraud, which is narrower"
    assert routes(harbour.base, whole, MASTER, INSPECTOR).routes[1].matters == ()


def test_no_route_and_no_circle(harbour: KnowledgeBase, whole: Flow) -> None:
    assert routes(harbour.base, whole, BOARD, OWNERS).routes == ()
    assert routes(harbour.base, whole, BOARD, BOARD).routes == ()


def test_without_a_route_it_says_how_far_one_gets(harbour: KnowledgeBase, whole: Flow) -> None:
    told = routes_text(routes(harbour.base, whole, MASTER, OWNERS))
    assert "harbour master passes on only to Harbour Board and Inspector of Quays." in told
    assert "owners receives nothing." in told
    assert "There is a route the other way, from owners to harbour master." in told
    on_fraud = flow(harbour.base, Wanted(matters=frozenset({expand("matter:fraud")})), harbour.outcomes)
    assert "passes nothing on about fraud." in routes_text(routes(harbour.base, on_fraud, MASTER, OWNERS))


def test_routes_name_what_was_left_out_on_the_way_and_no_more(harbour: KnowledgeBase) -> None:
    sound = flow(harbour.base, check=harbour.outcomes)
    assert not routes(harbour.base, sound, OWNERS, MASTER).routes
    found = routes(harbour.base, sound, OWNERS, MASTER)
    assert {slug(i.claim) for i in found.flow.left_out} == {"board-hands-reports-back"} | {
        slug(i.claim) for i in sound.left_out if any(OWNERS in pair for pair in i.pairs)
    }
    short = routes(harbour.base, sound, INSPECTOR, BOARD)
    assert "only alleged" in routes_text(found)
    assert len(short.routes) == 1


def test_a_route_is_no_longer_than_is_asked_for(harbour: KnowledgeBase, whole: Flow) -> None:
    short = routes(harbour.base, whole, MASTER, INSPECTOR, 1)
    assert [len(route.steps) for route in short.routes] == [1]
    assert short.is_cut
    assert "no route from owners to harbour master that is short enough" in routes_text(
        routes(harbour.base, whole, OWNERS, MASTER, 1)
    )


def test_what_a_party_passes_on_to_itself_is_its_only_route_to_itself(
    harbour: KnowledgeBase, whole: Flow
) -> None:
    itself = replace(whole.edges[0], target=whole.edges[0].source)
    looped = replace(whole, edges=(itself, *whole.edges[1:]))
    found = routes(harbour.base, looped, itself.source, itself.source)
    assert [[(s.source, s.target) for s in route.steps] for route in found.routes] == [[(itself.source,) * 2]]
    assert all(
        step.source != step.target
        for route in routes(harbour.base, looped, OWNERS, MASTER).routes
        for step in route.steps
    )


def test_many_routes_are_cut_and_said_to_be(harbour: KnowledgeBase, whole: Flow) -> None:
    names = [f"urn:x:{n}" for n in range(9)]
    template = whole.edges[0]
    edges = tuple(
        Edge(source, target, False, (), (), "must", (), (), (), template.claims, template.notes, Standing.LAW)
        for source in names
        for target in names
        if source != target
    )
    dense = Flow((), edges, whole.notes, {}, Wanted())
    found = routes(harbour.base, dense, names[0], names[-1])
    assert found.is_cut
    assert len(found.routes) == MOST_ROUTES


# goldens ----------------------------------------------------------------------------------------------


def test_the_flow_as_text_and_json(harbour: KnowledgeBase) -> None:
    found = flow(
        harbour.base, replace(ALLEGED, reports=True), harbour.outcomes, version="v1", base_name="Harbour"
    )
    assert_golden("flow.txt", flow_text(found))
    assert_golden("flow.json", as_json(flow_data(found, harbour.base)))


def test_routes_as_text_and_json(harbour: KnowledgeBase, whole: Flow) -> None:
    found = routes(harbour.base, whole, OWNERS, MASTER)
    assert_golden("flow-routes.txt", routes_text(found))
    assert_golden("flow-routes.json", as_json(routes_data(found, harbour.base)))
    assert routes_text(routes(harbour.base, whole, BOARD, OWNERS)).startswith(
        "Not on record: no route from Harbour Board to owners."
    )


def test_the_flow_of_the_shipped_base() -> None:
    base = shipped_base()
    found = flow(base)
    assert_golden("flow-shipped.txt", flow_text(found).partition("\nNotes\n")[0])
    ends = expand("office:dhs-detention-facility"), expand("office:opr")
    text = routes_text(routes(base, found, *ends))
    assert_golden("flow-shipped-routes.txt", text.partition("\nNotes\n")[0])
