"""Which claims a scope leaves out, asked of a store claim by claim or of any engine by a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import pyoxigraph as ox

from onrecord.model import Claim, Literal
from onrecord.sparql.terms import term_of
from onrecord.store.scope import Scope, valid_on
from onrecord.vocab import ONR, RDF_TYPE

_DEFAULT = ox.DefaultGraph()
_SUPPORTED = frozenset({"law", "officialStatement", "oversightFinding", "reporting"})
_INCLUDES = {"alleged": "allegation", "argued": "argument"}
_NODES = {
    name: ox.NamedNode(ONR + name)
    for name in (
        "retirement",
        "assessment",
        "verdict",
        "contradicted",
        "citation",
        "stance",
        "supports",
        "standing",
        "validFrom",
        "validThrough",
    )
}
_TYPE = ox.NamedNode(RDF_TYPE)
_CLAIMS = frozenset(ox.NamedNode(ONR + name) for name in ("Claim", "Gap"))


class Selected(Protocol):
    """The answer of a SELECT."""

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Its rows, in terms as SPARQL writes them."""


class Selecting(Protocol):
    """What answers a SELECT."""

    def select(self, text: str) -> Selected:
        """The answer of a SELECT."""


class ClaimScope:
    """Tests claims of a store against a scope, each once; see `Scope.admits`."""

    def __init__(self, store: ox.Store, scope: Scope) -> None:
        self.store = store
        self.scope = scope
        self.good = frozenset(ox.NamedNode(ONR + standing) for standing in standings_in(scope))
        self._known: dict[str, bool] = {}

    def leaves_out(self, claim: str) -> bool:
        """Whether what a claim alone asserts is not in the default graph."""
        known = self._known.get(claim)
        if known is None:
            known = claim[:2] != "_:" and self._is_out(ox.NamedNode(claim))
            self._known[claim] = known
        return known

    def _objects(self, subject: ox.NamedNode | ox.BlankNode, name: str) -> list[ox.NamedNode | ox.BlankNode]:
        found = self.store.quads_for_pattern(subject, _NODES[name], None, _DEFAULT)
        return [q.object for q in found if isinstance(q.object, ox.NamedNode | ox.BlankNode)]

    def _is_out(self, claim: ox.NamedNode) -> bool:
        include = self.scope.include
        if "superseded" not in include and self._objects(claim, "retirement"):
            return True
        assessments = self._objects(claim, "assessment") if "contradicted" not in include else []
        if any(_NODES["contradicted"] in self._objects(a, "verdict") for a in assessments):
            return True
        if self.scope.as_of and not self._is_valid(claim):
            return True
        kinds = self.store.quads_for_pattern(claim, _TYPE, None, _DEFAULT)
        return any(q.object in _CLAIMS for q in kinds) and not self._is_supported(claim)

    def _is_supported(self, claim: ox.NamedNode) -> bool:
        return any(
            _NODES["supports"] in self._objects(citation, "stance")
            and any(standing in self.good for standing in self._objects(citation, "standing"))
            for citation in self._objects(claim, "citation")
        )

    def _is_valid(self, claim: ox.NamedNode) -> bool:
        ends = []
        for name in ("validFrom", "validThrough"):
            quad = next(self.store.quads_for_pattern(claim, _NODES[name], None, _DEFAULT), None)
            ends.append(str(getattr(quad.object, "value", "")) if quad is not None else "")
        return valid_on(Claim(claim.value, "", valid_from=ends[0], valid_through=ends[1]), self.scope.as_of)


def standings_in(scope: Scope) -> frozenset[str]:
    """The standings of a supporting citation that let a claim into a scope."""
    return _SUPPORTED | {_INCLUDES[i] for i in scope.include if i in _INCLUDES}


def excluded_claims(engine: Selecting, scope: Scope, claims: Iterable[str]) -> frozenset[str]:
    """Which of some claims a scope leaves out, asked of the engine; see `Scope.admits`."""
    named = " ".join(f"<{claim}>" for claim in sorted(claims) if claim[:2] != "_:")
    among = f"VALUES ?c {{ {named} }}"
    branches = (f"{{ {among} {said} BIND({sort} AS ?sort) }}" for sort, said in _scope_patterns(scope))
    found = engine.select(f"SELECT DISTINCT ?c ?sort WHERE {{ {' UNION '.join(branches)} }}")
    by_sort: dict[str, set[str]] = {"1": set(), "2": set(), "3": set()}
    for claim, sort in found.rows:
        by_sort[sort].add(claim[1:-1])
    out = by_sort["1"] | (by_sort["2"] - by_sort["3"])
    return frozenset(out | (_not_valid(engine, among, scope.as_of) if scope.as_of else set()))


def _scope_patterns(scope: Scope) -> Iterator[tuple[int, str]]:
    """Patterns over a claim ?c: 1 leaves it out, 2 says that it is one, 3 that it has support in scope."""
    if "superseded" not in scope.include:
        yield 1, f"?c <{ONR}retirement> ?r"
    if "contradicted" not in scope.include:
        yield 1, f"?c <{ONR}assessment> ?a . ?a <{ONR}verdict> <{ONR}contradicted>"
    yield 2, f"?c <{RDF_TYPE}> ?k FILTER(?k IN (<{ONR}Claim>, <{ONR}Gap>))"
    listed = ", ".join(f"<{ONR}{standing}>" for standing in sorted(standings_in(scope)))
    supports = f"?e <{ONR}stance> <{ONR}supports> ; <{ONR}standing> ?s"
    yield 3, f"?c <{ONR}citation> ?e . {supports} FILTER(?s IN ({listed}))"


def _not_valid(engine: Selecting, among: str, date: str) -> set[str]:
    def text(token: str) -> str:
        term = term_of(token)
        return term.value if isinstance(term, Literal) else ""

    table = engine.select(
        f"SELECT DISTINCT ?c ?f ?t WHERE {{ {among} ?c a ?kind OPTIONAL {{ ?c <{ONR}validFrom> ?f }} "
        f"OPTIONAL {{ ?c <{ONR}validThrough> ?t }} FILTER(?kind IN (<{ONR}Claim>, <{ONR}Gap>)) }}"
    )
    return {
        c[1:-1]
        for c, start, end in table.rows
        if not valid_on(Claim(c, "", valid_from=text(start), valid_through=text(end)), date)
    }
