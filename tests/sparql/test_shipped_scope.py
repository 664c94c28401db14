"""Plain queries on the shipped base leave out what is disputed, alleged or argued; --include brings it in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from onrecord.model import Claim, Literal, Standing
from onrecord.sparql.evaluating import Request
from onrecord.sparql.running import run_here
from onrecord.store.index import open_index
from onrecord.store.questions import question
from onrecord.store.records import StoreBase
from onrecord.store.scope import INCLUDABLE, Scope
from onrecord.vocab import compact
from shipped import LAYOUT, shipped_base

CBP_INVESTIGATORS = """
SELECT ?office { ?rule a ov:Jurisdiction ; ov:over group:cbp-employees ; ov:by ?office }
"""
ABOUT_OMBUDSMAN = "SELECT ?node { ?node a ov:Observation ; ov:about office:ombudsman }"
DISCIPLINE_OF_EXECUTIVES = """
SELECT ?node { ?node ov:by office:ice ; ov:matter matter:senior-executive-discipline }
"""
STATUS_OF_RECOMMENDATION = """
SELECT ?status {
  ?node a ov:Recommendation ; ov:to office:ice ; ov:status ?status ;
    ov:matter matter:senior-executive-discipline
}
"""
EXTREMISM_FIGURES = """
SELECT ?about ?value {
  ?node a ov:Observation ; ov:matter matter:extremist-ties ; ov:about ?about ; ov:value ?value
}
"""
ARTICLE = "https://w3id.org/onrecord/kb/source/factually-extremist-ties"


@cache
def _base(*include: str) -> StoreBase:
    return open_index(LAYOUT, Scope(frozenset(include)))


def _rows(query: str, *include: str) -> set[str]:
    rows = run_here(_base(*include).store, Request(query)).rows
    return {" ".join(t.value if isinstance(t, Literal) else compact(str(t)) for t in row) for row in rows}


def _claims(nodes: set[str]) -> set[str]:
    """The claims that own some nodes."""
    return {node.partition(".")[0] for node in nodes}


def _question(name: str, value: dict[str, str], *include: str) -> set[str]:
    base, found = _base(*include), question(LAYOUT, name)
    answer = run_here(base.store, Request(found.text, found.file, found.bind(value, base.knows)))
    column = answer.variables.index("claim")
    return {compact(str(row[column])) for row in answer.rows}


def _outside(kind: str) -> list[Claim]:
    """The claims that are out of the plain scope for one reason only."""
    return [
        c for c in shipped_base().claims() if not Scope().admits(c) and Scope(frozenset({kind})).admits(c)
    ]


def _own_nodes(claim: Claim) -> Iterator[str]:
    return iter({t.subject for t in claim.assertions if t.subject.startswith(f"{claim.iri}.")})


def _stands(base: StoreBase, node: str) -> bool:
    return bool(run_here(base.store, Request(f"ASK {{ <{node}> ?property ?value }}")).boolean)


@pytest.mark.parametrize("kind", ["contradicted", "alleged", "argued"])
def test_what_is_out_of_scope_stands_in_its_own_graph_only(kind: str) -> None:
    outside = _outside(kind)
    assert outside
    for claim in outside:
        for node in _own_nodes(claim):
            assert not _stands(_base(), node), node
            assert _stands(_base(kind), node), node


def test_everything_is_in_scope_when_all_is_included() -> None:
    assert all(Scope(frozenset(INCLUDABLE)).admits(c) for c in shipped_base().claims())


def test_cbp_employees_are_not_investigated_by_ice_opr() -> None:
    plain = _rows(CBP_INVESTIGATORS)
    assert "office:cbp-opr" in plain and "office:opr" not in plain
    assert _rows(CBP_INVESTIGATORS, "contradicted") == plain | {"office:opr"}
    asked = {"group": "cbp-employees"}
    contradicted = {"claim:opr-authority-over-cbp-employees"}
    plain = _question("who-may-investigate-a-group", asked)
    assert "claim:cbp-opr-investigates-cbp" in plain and not contradicted & plain
    assert _question("who-may-investigate-a-group", asked, "contradicted") == plain | contradicted


def test_the_ombudsman_is_not_newly_created() -> None:
    plain, wider = _rows(ABOUT_OMBUDSMAN), _rows(ABOUT_OMBUDSMAN, "contradicted")
    assert _claims(wider - plain) == {"claim:ombudsman-newly-created"}


def test_the_reform_that_oig_20_54_asked_for_is_not_outstanding() -> None:
    plain, wider = _rows(DISCIPLINE_OF_EXECUTIVES), _rows(DISCIPLINE_OF_EXECUTIVES, "contradicted")
    assert _claims(wider - plain) == {"claim:discipline-reform-presented-as-outstanding"}
    assert _rows(STATUS_OF_RECOMMENDATION) == {"status:closed"}


def test_counts_of_extremist_ties_are_the_departments_and_not_oprs() -> None:
    plain = _rows(EXTREMISM_FIGURES)
    assert {"office:dhs 35", "office:dhs 5", "office:dhs 4"} <= plain
    assert all(row.startswith("office:dhs ") for row in plain)


@pytest.mark.parametrize(
    ("kind", "standing"), [("alleged", Standing.ALLEGATION), ("argued", Standing.ARGUMENT)]
)
def test_what_the_article_on_extremist_ties_has_others_say_is_not_said_plainly(
    kind: str, standing: Standing
) -> None:
    said = [c for c in _outside(kind) if {x.source for x in c.citations} == {ARTICLE}]
    assert said and all(c.standing is standing for c in said)
    for claim in said:
        assert all(citation.said_by for citation in claim.supporting), claim.iri
        own = list(_own_nodes(claim))
        assert own and not any(_stands(_base(), node) for node in own)
        assert all(_stands(_base(kind), node) for node in own)


def test_every_claim_assessed_as_contradicted_rests_on_claims_in_scope() -> None:
    contradicted = [c for c in shipped_base().claims() if c.is_contradicted]
    names = {compact(c.iri) for c in contradicted}
    assert {
        "claim:opr-authority-over-cbp-employees",
        "claim:ombudsman-newly-created",
        "claim:discipline-reform-presented-as-outstanding",
    } <= names
    for claim in contradicted:
        bases = [shipped_base().claim(iri) for a in claim.assessments for iri in a.basis]
        assert bases and all(b is not None and Scope().admits(b) for b in bases)
