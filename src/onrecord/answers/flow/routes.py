"""Routes through the referral flow from one party to another, and how far each step of them bears."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.answers.flow.flow import Flow, LeftOut, Near, parties_of, renumbered
from onrecord.answers.flow.reach import distances, near
from onrecord.answers.flow.reading import Edge
from onrecord.answers.flow.words import listed
from onrecord.answers.listing import broader
from onrecord.answers.phrasing import name_of
from onrecord.model import Standing
from onrecord.store.records import StoreBase

MOST_ROUTES = 50
MOST_STEPS = 8
_MOST_TRIES = 20_000


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a route: all edges that lead from one party to the next."""

    source: str
    target: str
    edges: tuple[Edge, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """What a reader must know of the step: only practice, only reported, disputed and the like."""
        return tuple(_marks(self.edges))


@dataclass(frozen=True, slots=True)
class Route:
    """Steps from the start to the end, no party twice.

    Attributes:
        matters: those that every step covers, by a claim on them or on a broader matter.
    """

    steps: tuple[Step, ...]
    matters: tuple[str, ...]

    @property
    def weak_steps(self) -> tuple[int, ...]:
        """The numbers of the steps that are only practice, only reported, only alleged or only argued."""
        only = (n for n, s in enumerate(self.steps, 1) if any(m.startswith("only ") for m in s.marks))
        return tuple(only)


@dataclass(frozen=True, slots=True)
class Routes:
    """Every route found, the shortest first.

    Attributes:
        flow: the edges on the routes, with their notes; where there is no route, what is nearest.
        is_cut: whether there may be more or longer ones.
    """

    start: str
    end: str
    routes: tuple[Route, ...]
    flow: Flow
    is_cut: bool = False


def routes(base: StoreBase, whole: Flow, start: str, end: str, steps: int = MOST_STEPS) -> Routes:
    """The routes of a flow from one party to another, the shortest first.

    Args:
        base: where names and broader matters are read.
        whole: the flow.
        start: a party.
        end: a party; where it is the same, only what it passes on to itself is a route.
        steps: how many a route may have; there are at most `MOST_ROUTES` routes.
    """
    by_pair: dict[tuple[str, str], list[Edge]] = {}
    for edge in whole.edges:
        if edge.source != edge.target or start == end == edge.source:
            by_pair.setdefault((edge.source, edge.target), []).append(edge)
    paths, is_cut = _paths(list(by_pair), start, end, steps)
    order = list(dict.fromkeys(edge for path in paths for pair in path for edge in by_pair[pair]))
    edges, kept = renumbered(order, {n.iri: n for n in whole.notes})
    now = dict(zip(order, edges, strict=True))
    nearby = () if paths else tuple(_nearest(whole, start, end))
    named = {start, end, *(iri for one in nearby for iri in (one.iri, *one.others))}
    names = {**whole.names, **{i: name_of(base, i) for i in sorted(named) if i and i not in whole.names}}
    part = replace(
        whole,
        parties=parties_of(edges, names),
        edges=edges,
        notes=kept,
        names=names,
        near=nearby,
        left_out=_on_the_way(whole, start, end),
    )
    found = [tuple(Step(*pair, tuple(now[e] for e in by_pair[pair])) for pair in path) for path in paths]
    return Routes(start, end, tuple(Route(s, _common(base, s)) for s in found), part, is_cut)


def _on_the_way(whole: Flow, start: str, end: str) -> tuple[LeftOut, ...]:
    """What was left out and might have been a step of a route."""
    pairs = [(edge.source, edge.target) for edge in whole.edges]
    pairs += [pair for item in whole.left_out for pair in item.pairs]
    ahead, back = distances(pairs, start), distances([(b, a) for a, b in pairs], end)
    return tuple(i for i in whole.left_out if any(a in ahead and b in back for a, b in i.pairs))


def _nearest(whole: Flow, start: str, end: str) -> Iterator[Near]:
    iris = {"to": start, "from": end, "back": end}
    for kind, others in near(whole.edges, start, end):
        yield Near(kind, iris[kind], others, whole.wanted.matters)


def _paths(
    pairs: Sequence[tuple[str, str]], start: str, end: str, steps: int
) -> tuple[list[list[tuple[str, str]]], bool]:
    """Paths without a circle, the shortest first; whether the search was cut off."""
    if start == end:
        return ([[(start, end)]], False) if (start, end) in pairs else ([], False)
    after: dict[str, list[str]] = {}
    for source, target in pairs:
        after.setdefault(source, []).append(target)
    left = distances([(b, a) for a, b in pairs], end)
    found: list[list[tuple[str, str]]] = []
    first: tuple[str, ...] = (start,)
    todo = deque([first] if start in left else [])
    tries, is_cut = 0, False
    while todo:
        path = todo.popleft()
        tries += 1
        if len(found) >= MOST_ROUTES or tries > _MOST_TRIES:
            return found, True
        if path[-1] == end:
            found.append(list(pairwise(path)))
            continue
        for target in after.get(path[-1], ()):
            if target in left and target not in path:
                if len(path) + left[target] > steps:
                    is_cut = True
                else:
                    todo.append((*path, target))
    return found, is_cut


def _common(base: StoreBase, steps: Sequence[Step]) -> tuple[str, ...]:
    named = sorted({m for step in steps for edge in step.edges for m in edge.matters})
    covering = {matter: broader(base, [matter]) for matter in named}
    return tuple(
        matter
        for matter in named
        if all(any(covering[matter] & set(edge.matters) for edge in step.edges) for step in steps)
    )


def _marks(edges: Sequence[Edge]) -> Iterator[str]:
    obligations = {edge.obligation for edge in edges}
    if obligations <= {"in practice", ""}:
        yield "only practice" if "in practice" in obligations else "no duty or power stated"
    best = min((edge.standing for edge in edges), key=lambda s: s.rank)
    if best is Standing.REPORTING:
        yield "only reported"
    elif best in (Standing.ALLEGATION, Standing.ARGUMENT):
        said_by = list(dict.fromkeys(who for edge in edges for who in edge.said_by))
        verb = "alleged" if best is Standing.ALLEGATION else "argued"
        yield f"only {verb} by {listed(said_by) or 'somebody not named'}"
    if all(edge.instead for edge in edges):
        yield "one of several recipients"
    if all(edge.is_disputed for edge in edges):
        yield "disputed"
    elif any(edge.is_disputed for edge in edges):
        yield "disputed in part"
