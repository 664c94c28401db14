"""What every picture of the referral flow shows alike: labels, looks by standing, notes as lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.answers.flow import Flow
from onrecord.answers.flow_reading import Edge
from onrecord.answers.flow_words import (
    CAUTION,
    conditions,
    counted,
    force,
    left_out,
    matters,
    numbers,
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
    Standing.ALLEGATION: "#6b6b6b",
    Standing.ARGUMENT: "#6b6b6b",
}
"""The colour of an arrow by what it stands on; the words beside it say the same."""
WIDTHS = {Standing.LAW: 2.2, Standing.OFFICIAL_STATEMENT: 1.8, Standing.OVERSIGHT_FINDING: 1.8}
_THIN = 1.3
DISPUTED, ALLEGED, BOTH = "7 4", "2 3", "7 3 2 3"
"""Dashes of what is disputed, of what is only alleged or argued, and of what is both."""
LONGEST_CONDITION = 110


@dataclass(frozen=True, slots=True)
class Look:
    """How an arrow is drawn.

    Attributes:
        dashes: lengths of dashes and gaps; "" for a solid line.
    """

    colour: str
    width: float
    dashes: str


def look(edge: Edge) -> Look:
    """The look of an edge: disputed ones are dashed, alleged and argued ones dotted."""
    is_weak = edge.standing in (Standing.ALLEGATION, Standing.ARGUMENT)
    dashes = (BOTH if is_weak else DISPUTED) if edge.is_disputed else ALLEGED if is_weak else ""
    return Look(COLOURS[edge.standing], WIDTHS.get(edge.standing, _THIN), dashes)


def label(edge: Edge, flow: Flow, width: int) -> list[tuple[str, str]]:
    """An edge's label in lines of a width, each with what it says.

    "head": numbers, obligation, time limit; "when": the condition; "about": matters, standing and time;
    "dispute": what speaks against it.
    """
    about = " \u00b7 ".join(word for word in (matters(edge, flow), standing(edge)) if word)
    parts = [
        ("head", f"{numbers(edge)} {force(edge)}"),
        ("when", cut(conditions(edge), LONGEST_CONDITION)),
        ("about", about),
        ("dispute", f"disputed: {', '.join(edge.disputes)}" if edge.disputes else ""),
    ]
    return [(kind, line) for kind, text in parts if text for line in folded(one_line(text), width)]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Edges that are alike but for their ends, drawn as one: all the sources pass on to all the targets.

    Attributes:
        edge: one of them.
        choice: those targets of which one is enough.
    """

    edge: Edge
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    choice: frozenset[str]


def gathered(flow: Flow) -> Iterator[Gathered]:
    """The edges of a flow, those of one referral together, in the order of their notes."""
    from_one: dict[tuple[object, ...], list[Edge]] = {}
    for edge in flow.edges:
        from_one.setdefault((edge.source, *_said(edge)), []).append(edge)
    alike: dict[tuple[object, ...], list[list[Edge]]] = {}
    for edges in from_one.values():
        ends = frozenset((edge.target, edge.instead) for edge in edges)
        alike.setdefault((ends, *_said(edges[0])), []).append(edges)
    for groups in alike.values():
        first = groups[0]
        yield Gathered(
            first[0],
            tuple(edges[0].source for edges in groups),
            tuple(dict.fromkeys(edge.target for edge in first)),
            frozenset(edge.target for edge in first if edge.instead),
        )


def _said(edge: Edge) -> tuple[object, ...]:
    return (
        edge.claims, edge.is_report, edge.matters, edge.obligation, edge.conditions, edge.time_limits,
        edge.legal_basis,
    )  # fmt: skip


def folded(text: str, width: int) -> list[str]:
    """A text in lines of a width; a word that is too long is broken."""
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]


def legend(flow: Flow) -> Iterator[str]:
    """What stands around a picture that cannot show it: counts, a caution, what is left out."""
    yield f"{counted(flow)}." if flow.edges else "Not on record: no referral that fits."
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
