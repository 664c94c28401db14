"""The referral flow: who passes allegations on to whom, drawn from the claims of a base, each edge noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.answers.flow.reach import near, within
from onrecord.answers.flow.reading import DISPUTES, RETIRED, Edge, Skipped, Wanted, read
from onrecord.answers.notes import Check, Note, notes
from onrecord.answers.phrasing import name_of, one_line
from onrecord.model import Outcome, Stance, Standing
from onrecord.store.records import DEFAULT, StoreBase
from onrecord.store.reviews import ReviewVerdict
from onrecord.vocab import DCTERMS

_FAILED = frozenset({Outcome.AMBIGUOUS, Outcome.CHANGED, Outcome.ABSENT})
_DISPUTES = {
    "CONTRADICTED": "contradicted",
    "UNPROVEN": "unproven",
    "CONFLICT": "in conflict",
    **{word.upper(): word for word in RETIRED},
}


@dataclass(frozen=True, slots=True)
class Party:
    """An office, position, group or person at an end of a referral."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim about a referral that is not in the flow, and why.

    Attributes:
        pairs: the parties between which it would lead.
    """

    claim: str
    reason: str
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """What is on record where nothing is that was asked for.

    Attributes:
        kind: "to" (to whom the party passes on), "from" (from whom it receives), "back" (there is a way from
            it to the other one) or "matters" (on which there are referrals).
        iri: of the party; "" for matters.
        others: parties or matters.
        on: the matters to which this is narrowed.
    """

    kind: str
    iri: str
    others: tuple[str, ...]
    on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Which base a flow is drawn from.

    Attributes:
        base: what the base calls itself.
        version: which state of its files; "" where that is not known.
        latest: the day on which the latest of its claims was added; "" where none is recorded.
    """

    base: str = ""
    version: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """The flow with its notes.

    Attributes:
        parties: by name.
        edges: in the order in which a reader follows them, from those who receive nothing.
        notes: the claims of the edges, numbered in that order.
        names: of every party, matter and source named, by IRI.
        wanted: what it was narrowed to.
        left_out: claims that would be in it, had nothing spoken against them.
        origin: which base it is drawn from.
        near: what is on record instead, where there are no edges.
    """

    parties: tuple[Party, ...]
    edges: tuple[Edge, ...]
    notes: tuple[Note, ...]
    names: Mapping[str, str]
    wanted: Wanted
    left_out: tuple[LeftOut, ...] = ()
    origin: Origin = Origin()
    near: tuple[Near, ...] = ()

    def name(self, iri: str) -> str:
        """The name of a party, matter or source of the flow."""
        return self.names.get(iri, iri)


def flow(
    base: StoreBase,
    wanted: Wanted | None = None,
    check: Check | None = None,
    *,
    version: str = "",
    base_name: str = "",
) -> Flow:
    """The referral flow of a base, or the part of it that is wanted.

    Args:
        base: where the claims are read.
        wanted: matters, parties and date; None for all.
        check: what checks the citations, so that claims which fail are left out; None to leave that out.
        version: of the base.
        base_name: what the base calls itself.
    """
    wanted = wanted or Wanted()
    found, skipped = read(base, wanted)
    noted = {n.iri: n for n in notes(base, list(_claims(found)), check=check)}
    failed = {iri: reason for iri, note in noted.items() if (reason := _failure(note))}
    sound = [replace(e, claims=k) for e in found if (k := tuple(c for c in e.claims if c not in failed))]
    is_within = within(sound, wanted)
    edges = [edge for edge in sound if is_within(edge)]
    skipped += [Skipped(replace(e, claims=(c,)), failed[c]) for e in found for c in e.claims if c in failed]
    left_out = _left_out([s for s in skipped if is_within(s.edge)], frozenset(_claims(edges)))
    nearby = () if edges else tuple(_nearest(base, wanted))
    names = _names(base, edges, wanted, nearby)
    numbered, kept = renumbered(follow(edges, names, wanted.start), noted)
    origin = Origin(base_name, version, _latest(base))
    return Flow(parties_of(edges, names), numbered, kept, names, wanted, left_out, origin, nearby)


def _left_out(skipped: Sequence[Skipped], used: frozenset[str]) -> tuple[LeftOut, ...]:
    """The claims left out, of which no other referral is in the flow, each with its last reason."""
    reasons = {s.edge.claims[0]: s.reason for s in skipped}
    pairs: dict[str, list[tuple[str, str]]] = {}
    for s in skipped:
        pairs.setdefault(s.edge.claims[0], []).append((s.edge.source, s.edge.target))
    return tuple(LeftOut(c, reasons[c], tuple(pairs[c])) for c in sorted(pairs) if c not in used)


def _claims(edges: Iterable[Edge]) -> Iterable[str]:
    return dict.fromkeys(c for edge in edges for c in edge.claims)


def parties_of(edges: Iterable[Edge], names: Mapping[str, str]) -> tuple[Party, ...]:
    """The parties at the ends of edges, by name."""
    ends = {iri for edge in edges for iri in (edge.source, edge.target)}
    named = {iri: names.get(iri, iri) for iri in ends}
    return tuple(Party(iri, named[iri]) for iri in sorted(ends, key=lambda i: (named[i].casefold(), i)))


def _names(base: StoreBase, edges: Iterable[Edge], wanted: Wanted, nearby: Iterable[Near]) -> dict[str, str]:
    named = {iri for edge in edges for iri in _named(edge)} | wanted.matters | wanted.parties
    named |= {iri for one in nearby for iri in (one.iri, *one.others)} | {wanted.start, wanted.end}
    return {iri: name_of(base, iri) for iri in sorted(named - {""})}


def _latest(base: StoreBase) -> str:
    added = (getattr(q.object, "value", "") for q in base.match(None, DCTERMS + "created", None, DEFAULT))
    return max(added, default="")


def _nearest(base: StoreBase, wanted: Wanted) -> Iterator[Near]:
    """What a flow without edges would hold, were it not narrowed."""
    found, _ = read(base, replace(wanted, matters=frozenset(), parties=frozenset()))
    for iri in sorted(wanted.parties):
        yield from (Near(kind, iri, others) for kind, others in near(found, iri, iri))
    for iri, kinds in ((wanted.start, "to"), (wanted.end, "from")):
        if iri:
            yield from (Near(k, iri, others) for k, others in near(found, iri, iri) if k == kinds)
    if wanted.matters:
        ends = wanted.parties | {wanted.start, wanted.end} - {""}
        near_by = [e for e in found if not ends or ends & {e.source, e.target}]
        yield Near("matters", "", tuple(sorted({m for e in near_by for m in e.matters})))


def _named(edge: Edge) -> Iterator[str]:
    yield from (edge.source, edge.target, *edge.instead, *edge.matters, *edge.legal_basis)


def _failure(note: Note) -> str:
    """Why a claim may not be used; "" where nothing was found against it."""
    for cited in note.cited:
        if cited.result is not None and cited.result.outcome in _FAILED:
            return f"a quotation fails its check: {one_line(cited.result.outcome.value)}"
        review = cited.review
        if review is not None and not cited.void and review.verdict is not ReviewVerdict.CONFIRMED:
            return f"a second reader did not confirm a citation: {review.verdict.label}"
    return ""


def renumbered(edges: Sequence[Edge], noted: Mapping[str, Note]) -> tuple[tuple[Edge, ...], tuple[Note, ...]]:
    """Edges with what their notes say of them, and the notes in the order of the edges, numbered from 1."""
    used = list(dict.fromkeys(c for edge in edges for c in edge.claims))
    numbers = {iri: number for number, iri in enumerate(used, 1)}
    kept = tuple(replace(noted[iri], number=number) for iri, number in numbers.items())
    return tuple(_weighed(edge, [noted[c] for c in edge.claims], numbers) for edge in edges), kept


def _weighed(edge: Edge, own: Sequence[Note], numbers: Mapping[str, int]) -> Edge:
    disputes = {_DISPUTES[f.word] for n in own for f in n.flags if f.word in _DISPUTES}
    if any(c.citation.stance is Stance.DISPUTES for n in own for c in n.cited):
        disputes.add(DISPUTES[-1])
    said_by = {
        n.names[who]: None for n in own for c in n.cited if c.citation.supports for who in c.citation.said_by
    }
    return replace(
        edge,
        notes=tuple(sorted(numbers[c] for c in edge.claims)),
        said_by=tuple(said_by) if edge.standing in (Standing.ALLEGATION, Standing.ARGUMENT) else (),
        disputes=tuple(d for d in (*RETIRED, *DISPUTES) if d in disputes),
    )


# the order of reading ---------------------------------------------------------------------------------


def follow(edges: Iterable[Edge], names: Mapping[str, str], start: str = "") -> list[Edge]:
    """Edges in the order of `walk`."""
    return [edge for _, edge, _ in walk(edges, names, start)]


def walk(
    edges: Iterable[Edge], names: Mapping[str, str], start: str = ""
) -> Iterator[tuple[int, Edge, bool]]:
    """Every edge once, with its depth and whether what its target passes on follows below it.

    It starts from `start`, where one is given, then from parties that receive nothing, then from those that
    are left, by name.
    """
    out: dict[str, list[Edge]] = {}
    listed = list(edges)
    for edge in sorted(listed, key=lambda e: _rank(e, names)):
        out.setdefault(edge.source, []).append(edge)
    receiving = {e.target for e in listed}
    seen: set[str] = set()
    for first in sorted(out, key=lambda i: (i != start, i in receiving, names.get(i, i).casefold(), i)):
        if first not in seen:
            seen.add(first)
            yield from _below(first, 0, out, seen)


def _below(
    start: str, depth: int, out: Mapping[str, Sequence[Edge]], seen: set[str]
) -> Iterator[tuple[int, Edge, bool]]:
    """Depth first without recursion, so that no chain is too long."""
    todo = [(depth, edge) for edge in reversed(out.get(start, ()))]
    while todo:
        level, edge = todo.pop()
        last_to_target = not any(d == level and e.target == edge.target for d, e in todo[-1:])
        opens = edge.target in out and edge.target not in seen and last_to_target
        yield level, edge, opens
        if opens:
            seen.add(edge.target)
            todo += [(level + 1, e) for e in reversed(out[edge.target])]


def _rank(edge: Edge, names: Mapping[str, str]) -> tuple[object, ...]:
    said = (edge.obligation, edge.conditions, edge.time_limits, edge.matters, edge.instead, edge.claims)
    return (names.get(edge.target, edge.target).casefold(), edge.target, edge.standing.rank, *said)
