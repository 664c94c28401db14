"""Which claims are out of scope: by lookups, by a query, and as the default graph was built."""

from __future__ import annotations

import pytest

from onrecord.sparql.engine import EmbeddedEngine
from onrecord.sparql.scoping import excluded_claims
from onrecord.store.index import memory_base, parse_base
from onrecord.store.scope import INCLUDABLE, Scope
from shipped import LAYOUT

SCOPES = {
    "default": Scope(),
    "alleged": Scope(frozenset({"alleged"})),
    "argued": Scope(frozenset({"argued"})),
    "contradicted": Scope(frozenset({"contradicted"})),
    "superseded": Scope(frozenset({"superseded"})),
    "everything": Scope(frozenset(INCLUDABLE)),
    "in 2010": Scope(as_of="2010-01-01"),
}


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_lookups_and_query_agree_with_the_scope(scope: Scope) -> None:
    base = memory_base(parse_base(LAYOUT).files, LAYOUT, scope)
    engine = EmbeddedEngine(base.store, scope=scope)
    claims = [claim.iri for claim in base.claims()]
    expected = {claim.iri for claim in base.claims() if not scope.admits(claim)}
    assert engine.out_of_scope(claims) == expected
    assert excluded_claims(engine, scope, claims) == expected


def test_graphs_that_are_no_claims_are_in_scope() -> None:
    base = memory_base(parse_base(LAYOUT).files, LAYOUT, Scope())
    engine = EmbeddedEngine(base.store)
    assert not engine.out_of_scope(["https://example.org/none", "_:b"])
    assert not excluded_claims(engine, Scope(), ["https://example.org/none"])
