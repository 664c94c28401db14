"""What every picture of the referral flow shows alike: labels, looks by standing, notes as lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.answers.flow.flow import Flow
from onrecord.answers.flow.reading import Edge
from onrecord.answers.flow.words import (
    CAUTION,
    NOTHING,
    conditions,
    counted,
    disputed,
    force,
    instead,
    left_out,
    matters,
    nearby,
    origin,
    standing,
)
from onrecord.answers.notes import Note, source_words, standing_words, statement
from onrecord.answers.phrasing import cut, one_line
from onrecord.model import Standing
from onrecord.vocab import compact

COLOURS = {
    Standing.LAW: "#1b3a6b",
    Standing.OFFICIAL_STATEMENT: "#0b6e75",
    Standing.OVERSIGHT_FINDING: "#2b7a2f",
    Standing.REPORTING: "#8a4b08",
    Standing.ALLEGATION: "#5f5f5f",
    Standing.ARGUMENT: "#5f5f5f",
}
"""The colour of an arrow by what it stands on; the words beside it say the same."""
NIGHT = {
    Standing.LAW: "#9dbcf5",
    Standing.OFFICIAL_STATEMENT: "#5fcfd8",
    Standing.OVERSIGHT_FINDING: "#7fd184",
    Standing.REPORTING: "#f0ae62",
    Standing.ALLEGATION: "#b8b8b8",
    Standing.ARGUMENT: "#b8b8b8",
}
"""The same on a dark ground."""
WIDTHS = {Standing.LAW: 2.2, Standing.OFFICIAL_STATEMENT: 1.8, Standing.OVERSIGHT_FINDING: 1.8}
_THIN = 1.3
DISPUTED, ALLEGED, BOTH = "7 4", "2 3", "7 3 2 3"
"""Dashes of what is disputed, of what is only alleged or argued, and of what is both."""
LONGEST_CONDITION = 200


@dataclass(frozen=True, slots=True)
class Look:
    """How an arrow is drawn.

    Attributes:
        standing: what it stands on.
        dashes: lengths of dashes and gaps; "" for a solid line.
    """

    standing: Standing
    dashes: str = ""

    @property
    def colour(self) -> str:
        """Its colour on a light ground."""
        return COLOURS[self.standing]

    @property
    def width(self) -> float:
        """How thick it is."""
        return WIDTHS.get(self.standing, _THIN)


def look(edge: Edge) -> Look:
    """The look of an edge: disputed and retired ones are dashed, alleged and argued ones dotted."""
    is_weak = edge.standing in (Standing.ALLEGATION, Standing.ARGUMENT)
    dashes = (BOTH if is_weak else DISPUTED) if edge.is_disputed else ALLEGED if is_weak else ""
    return Look(edge.standing, dashes)


def label(edge: Edge, flow: Flow) -> list[tuple[str, str]]:
    """An edge's label, each part after what it says.

    "head": numbers, obligation, time limit; "when": the condition; "about": matters, standing and time;
    "dispute": what speaks against it.
    """
    about = " \u00b7 ".join(word for word in (matters(edge, flow), standing(edge)) if word)
    parts = [
        ("head", " ".join([*(f"[{number}]" for number in edge.notes), force(edge)]).strip()),
        ("when", cut(conditions(edge), LONGEST_CONDITION)),
        ("about", about),
        ("dispute", disputed(edge).replace("DISPUTED", "disputed").replace("RETIRED", "retired")),
    ]
    return [(kind, one_line(text)) for kind, text in parts if text]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Edges that are drawn as one: all the sources pass on to all the targets.

    Attributes:
        edges: all of them.
        label: what is said of them, each part with its kind; see `label`.
        choice: those targets of which one is enough.
    """

    edges: tuple[Edge, ...]
    label: tuple[tuple[str, str], ...]
    look: Look
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    choice: frozenset[str]

    @property
    def edge(self) -> Edge:
        """The first of its edges."""
        return self.edges[0]

    @property
    def notes(self) -> tuple[int, ...]:
        """The numbers of the notes of all its edges."""
        return tuple(sorted({number for edge in self.edges for number in edge.notes}))


def _gathered(groups: Sequence[Sequence[Edge]], label_: Iterable[tuple[str, str]], look_: Look) -> Gathered:
    """Groups of edges, each from one source, and all to the same targets."""
    return Gathered(
        tuple(edge for group in groups for edge in group),
        tuple(label_),
        look_,
        tuple(dict.fromkeys(group[0].source for group in groups)),
        tuple(dict.fromkeys(edge.target for edge in groups[0])),
        frozenset(edge.target for edge in groups[0] if edge.instead),
    )


def referrals(flow: Flow) -> list[Gathered]:
    """The edges of a flow, those of one referral by one sender together, in the order of their notes."""
    from_one: dict[tuple[object, ...], list[Edge]] = {}
    for edge in flow.edges:
        from_one.setdefault((edge.source, *_said(edge)), []).append(edge)
    return [_gathered([group], _full_label(group, flow), look(group[0])) for group in from_one.values()]


def _full_label(edges: Sequence[Edge], flow: Flow) -> list[tuple[str, str]]:
    """The label, with those who may receive it instead where no arrow leads to them."""
    drawn = {edge.target for edge in edges}
    others = next((e for e in edges if not drawn.issuperset(e.instead)), None)
    more = [("when", one_line(instead(others, flow)))] if others is not None else []
    head, *rest = label(edges[0], flow)
    return [head, *more, *rest]


def gathered(flow: Flow) -> list[Gathered]:
    """The same, those of several senders that say the same to the same recipients together."""
    alike: dict[tuple[object, ...], list[Gathered]] = {}
    for one in referrals(flow):
        ends = frozenset((edge.target, edge.instead) for edge in one.edges)
        alike.setdefault((ends, *_said(one.edge)), []).append(one)
    return [_gathered([o.edges for o in group], group[0].label, group[0].look) for group in alike.values()]


def overview(flow: Flow) -> list[Gathered]:
    """All that passes between two parties as one arrow, which bears numbers and obligations alone."""
    by_pair: dict[tuple[str, str], list[Edge]] = {}
    for edge in flow.edges:
        by_pair.setdefault((edge.source, edge.target), []).append(edge)
    alike: dict[tuple[object, ...], list[list[Edge]]] = {}
    for (source, _), edges in by_pair.items():
        said = tuple((e.claims, e.obligation, e.standing, e.disputes, bool(e.instead)) for e in edges)
        alike.setdefault((source, said), []).append(edges)
    return [_merged(edges) for edges in alike.values()]


def _merged(pairs: Sequence[Sequence[Edge]]) -> Gathered:
    edges = pairs[0]
    found = sorted({number for edge in edges for number in edge.notes})
    forces = dict.fromkeys(e.obligation or ("reports" if e.is_report else "") for e in edges)
    disputed_ = [e.is_disputed for e in edges]
    parts = [
        ("head", " ".join(f"[{number}]" for number in found)),
        ("when", ", ".join(force for force in forces if force)),
        ("dispute", "disputed" if all(disputed_) else "disputed in part" if any(disputed_) else ""),
    ]
    best = look(min(edges, key=lambda e: (e.is_disputed, e.standing.rank)))
    standing_ = min((e.standing for e in edges), key=lambda s: s.rank)
    return Gathered(
        tuple(edge for pair in pairs for edge in pair),
        tuple((kind, text) for kind, text in parts if text),
        Look(standing_, best.dashes),
        (edges[0].source,),
        tuple(pair[0].target for pair in pairs),
        frozenset(pair[0].target for pair in pairs if all(e.instead for e in pair)),
    )


def _said(edge: Edge) -> tuple[object, ...]:
    return (
        edge.claims, edge.is_report, edge.matters, edge.obligation, edge.conditions, edge.time_limits,
        edge.legal_basis,
    )  # fmt: skip


def label_lines(one: Gathered, letters: int) -> list[str]:
    """A label in lines of so many letters."""
    return [line for _, text in one.label for line in folded(text, letters)]


def folded(text: str, width: int) -> list[str]:
    """A text in lines of a width; a word that is too long is broken."""
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]


def legend(flow: Flow) -> Iterator[str]:
    """What stands around a picture that cannot show it: counts, a caution, what is left out."""
    yield f"{counted(flow)}." if flow.edges else NOTHING
    yield from nearby(flow)
    yield origin(flow)
    yield CAUTION
    for reason, claims in left_out(flow):
        yield f"Left out ({reason}): {', '.join(compact(c) for c in claims)}"


def note_lines(note: Note) -> Iterator[str]:
    """A note in single lines: claim and standing, statement, flags, sources with links."""
    yield f"[{note.number}] {compact(note.iri)} \u00b7 {standing_words(note)}"
    yield statement(note)
    for flag in note.flags:
        yield flag.text
    for cited in note.cited:
        yield f"\u201c{cited.citation.exact}\u201d {source_words(cited)}"
        if cited.link:
            yield cited.link
