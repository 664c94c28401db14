"""The referral flow: who passes allegations on to whom, drawn from the claims of a base, each edge noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.answers.flow_reading import DISPUTES, Edge, Wanted, read
from onrecord.answers.notes import Check, Note, notes
from onrecord.answers.phrasing import name_of, one_line
from onrecord.model import Outcome, Stance, Standing
from onrecord.store.records import StoreBase
from onrecord.store.reviews import ReviewVerdict

_FAILED = frozenset({Outcome.AMBIGUOUS, Outcome.CHANGED, Outcome.ABSENT})
_DISPUTES = {"CONTRADICTED": "contradicted", "UNPROVEN": "unproven", "CONFLICT": "in conflict"}


@dataclass(frozen=True, slots=True)
class Party:
    """An office, position, group or person at an end of a referral."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim about a referral that is not in the flow, and why."""

    claim: str
    reason: str


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
        version: of the base; "" where that is not known.
    """

    parties: tuple[Party, ...]
    edges: tuple[Edge, ...]
    notes: tuple[Note, ...]
    names: Mapping[str, str]
    wanted: Wanted
    left_out: tuple[LeftOut, ...] = ()
    version: str = ""

    def name(self, iri: str) -> str:
        """The name of a party, matter or source of the flow."""
        return self.names.get(iri, iri)


def flow(
    base: StoreBase, wanted: Wanted | None = None, check: Check | None = None, version: str = ""
) -> Flow:
    """The referral flow of a base, or the part of it that is wanted.

    Args:
        base: where the claims are read.
        wanted: matters, parties and date; None for all.
        check: what checks the citations, so that claims which fail are left out; None to leave that out.
        version: of the base.
    """
    wanted = wanted or Wanted()
    found, skipped = read(base, wanted)
    claims = tuple(dict.fromkeys(c for edge in found for c in edge.claims))
    noted = {n.iri: n for n in notes(base, claims, check=check)}
    failed = {iri: reason for iri, note in noted.items() if (reason := _failure(note))}
    left_out = [LeftOut(iri, reason) for iri, reason in sorted({**skipped, **failed}.items())]
    edges = [
        replace(e, claims=kept) for e in found if (kept := tuple(c for c in e.claims if c not in failed))
    ]
    named = {i for e in edges for i in _named(e)} | wanted.matters | wanted.parties
    names = {iri: name_of(base, iri) for iri in sorted(named)}
    ordered = follow(edges, names)
    numbered, kept_notes = renumbered(ordered, noted)
    ends = sorted({i for e in edges for i in (e.source, e.target)}, key=lambda i: (names[i].casefold(), i))
    parties = tuple(Party(iri, names[iri]) for iri in ends)
    return Flow(parties, numbered, kept_notes, names, wanted, tuple(left_out), version)


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
        disputes=tuple(d for d in DISPUTES if d in disputes),
    )


# the order of reading ---------------------------------------------------------------------------------


def follow(edges: Iterable[Edge], names: Mapping[str, str]) -> list[Edge]:
    """Edges in the order of `walk`."""
    return [edge for _, edge, _ in walk(edges, names)]


def walk(edges: Iterable[Edge], names: Mapping[str, str]) -> Iterator[tuple[int, Edge, bool]]:
    """Every edge once, with its depth and whether what its target passes on follows below it.

    It starts from parties that receive nothing, then from those that are left, by name.
    """
    out: dict[str, list[Edge]] = {}
    listed = list(edges)
    for edge in sorted(listed, key=lambda e: _rank(e, names)):
        out.setdefault(edge.source, []).append(edge)
    receiving = {e.target for e in listed}
    seen: set[str] = set()
    for start in sorted(out, key=lambda i: (i in receiving, names.get(i, i).casefold(), i)):
        if start not in seen:
            seen.add(start)
            yield from _below(start, 0, out, seen)


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
