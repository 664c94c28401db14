"""An answer put together with what its rows rest on: note numbers by row, and the notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from onrecord.answers.notes import Check, Note, notes
from onrecord.answers.resting import Resting, resting
from onrecord.model import Literal, Term
from onrecord.sparql.explanation import Explanation, Mark, State
from onrecord.sparql.running import Answer
from onrecord.store.records import StoreBase
from onrecord.vocab import RDF_TYPE

if TYPE_CHECKING:
    from onrecord.sparql.certifying import Certificate

PAGE = 20
"""Rows that are explained where not all are asked for."""
MOST_NOTES = 12
"""Notes to one row, where a reader is not to be given hundreds."""
_MOST_CLAIMS, _MOST_WITNESSES, _MOST_WAYS = 8, 500, 4


@dataclass(frozen=True, slots=True)
class SourcedRow:
    """A row, a triple, or the yes or no of an ASK, with what it rests on.

    Attributes:
        explanation: None where nobody asked for it.
        notes: numbers of the claims that it rests on.
        records: numbers of the claims whose record alone it rests on.
        ways: the sets of notes each of which is enough; none where they are many.
        left_out: how many of its claims have no note, so as not to print hundreds.
        is_cut: whether a cap left claims out of the explanation that matter.
        certificate: what came of asking the query of its claims alone, where that was tried.
    """

    explanation: Explanation | None = None
    notes: tuple[int, ...] = ()
    records: tuple[int, ...] = ()
    ways: tuple[tuple[int, ...], ...] = ()
    left_out: int = 0
    is_cut: bool = False
    certificate: Certificate | None = None

    @property
    def state(self) -> State | None:
        """How far it is explained; None where nobody asked."""
        return self.explanation.state if self.explanation is not None else None


@dataclass(frozen=True)
class Sourced:
    """An answer with its notes.

    Attributes:
        rows: one for each row or triple of the answer, in its order; one for an ASK.
        notes: numbered in the order in which the rows name them.
        version: of the base that the explanations were made from; "" where that is not known.
    """

    answer: Answer
    rows: tuple[SourcedRow, ...]
    notes: tuple[Note, ...]
    version: str = ""

    @cached_property
    def places(self) -> dict[int, int]:
        """The number, from 1, that each index of the answer has for a reader, in the order of these."""
        return {index: number for number, index in enumerate(reading_order(self.answer), 1)}

    @property
    def beyond(self) -> list[int]:
        """The indexes of the rows that nobody asked to explain, in the order in which a reader meets them."""
        return [index for index in self.places if self.rows[index].explanation is None]


def page_of(answer: Answer, size: int = PAGE) -> list[int]:
    """The indexes of the first rows of an answer, or of the first triples as they are printed."""
    return reading_order(answer)[:size]


def reading_order(answer: Answer) -> list[int]:
    """The indexes of an answer's rows in the order in which a reader meets them; each triple once."""
    if answer.triples is None:
        return list(range(len(answer) if answer.boolean is None else 1))
    first = {triple: index for index, triple in reversed(list(enumerate(answer.triples)))}
    return [first[triple] for triple in sorted(first, key=_triple_order)]


def _triple_order(triple: tuple[str, str, Term]) -> tuple[str, bool, str, bool, str]:
    subject, predicate, obj = triple
    value = f"{obj.value}\0{obj.datatype}\0{obj.language}" if isinstance(obj, Literal) else obj
    return subject, predicate != RDF_TYPE, predicate, isinstance(obj, Literal), value


def sourced(
    base: StoreBase,
    answer: Answer,
    explanations: Mapping[int, Explanation],
    *,
    certificates: Mapping[int, Certificate] | None = None,
    most: int = 0,
    check: Check | None = None,
) -> Sourced:
    """An answer with notes to the rows that are explained.

    Args:
        base: where the claims are read.
        answer: as the engine gave it.
        explanations: by index of the row.
        certificates: by index of the row, where they were asked for.
        most: notes to one row; 0 for all.
        check: what checks the quotations; None to leave that out.
    """
    order = [index for index in reading_order(answer) if index in explanations]
    rests = {index: resting(explanations[index]) for index in order}
    shown = {index: _cut(rests[index], most, _terms(answer, index)) for index in order}
    numbers = {iri: n for n, iri in enumerate(dict.fromkeys(i for s in shown.values() for i in s.all), 1)}
    asserted = {iri for index in order for iri in shown[index].claims}
    rows = [SourcedRow()] * (len(answer) if answer.boolean is None else 1)
    for index in order:
        certificate = (certificates or {}).get(index)
        rows[index] = _row(explanations[index], rests[index], shown[index], numbers, certificate)
    made = notes(base, list(numbers), set(numbers) - asserted, check)
    version = next((e.version for e in explanations.values() if e.version), "")
    return Sourced(answer, tuple(rows), made, version)


class _Shown(NamedTuple):
    """The claims of a row that get notes: those that it rests on, and those whose record alone it reads."""

    claims: tuple[str, ...]
    records: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.claims, *self.records)


def _terms(answer: Answer, index: int) -> frozenset[Term | None]:
    rows = answer.rows if answer.triples is None else answer.triples
    return frozenset(rows[index] if answer.boolean is None else ())


def _cut(rests: Resting, most: int, terms: frozenset[Term | None]) -> _Shown:
    """The claims that get notes, first among them those that the row itself names."""
    claims = tuple(sorted(rests.claims, key=lambda iri: (iri in rests.others, iri not in terms)))
    records = tuple(sorted(rests.records, key=lambda iri: iri not in terms))
    if not most:
        return _Shown(claims, records)
    return _Shown(claims[:most], records[: max(0, most - len(claims))])


def _row(
    explanation: Explanation,
    rests: Resting,
    shown: _Shown,
    numbers: Mapping[str, int],
    certificate: Certificate | None,
) -> SourcedRow:
    return SourcedRow(
        explanation,
        tuple(numbers[iri] for iri in shown.claims),
        tuple(numbers[iri] for iri in shown.records),
        _ways(explanation, rests, shown.claims, numbers),
        len(rests.claims) + len(rests.records) - len(shown.all),
        rests.is_cut,
        certificate,
    )


def _ways(
    explanation: Explanation, rests: Resting, claims: Sequence[str], numbers: Mapping[str, int]
) -> tuple[tuple[int, ...], ...]:
    """The sets of notes each of which is enough; none where they are many, or not known to be all."""
    if rests.is_enough:
        return (tuple(sorted(numbers[iri] for iri in rests.needed if iri in claims)),)
    if rests.is_cut or len(claims) > _MOST_CLAIMS or len(claims) < len(rests.claims):
        return ()
    found = explanation.witnesses(_MOST_WITNESSES)
    if len(found) > _MOST_WAYS or not all(witness and witness <= set(claims) for witness in found):
        return ()
    return tuple(sorted(tuple(sorted(numbers[iri] for iri in witness)) for witness in found))


# over all rows ----------------------------------------------------------------------------------------


def marks_over(found: Sourced) -> dict[Mark, dict[str, list[int]]]:
    """The marks of all rows: for each its details, and for each of those the indexes of the rows."""
    marks: dict[Mark, dict[str, list[int]]] = {}
    for index in found.places:
        explanation = found.rows[index].explanation
        for mark, detail in explanation.marks if explanation is not None else ():
            indexes = marks.setdefault(mark, {}).setdefault(detail, [])
            if index not in indexes[-1:]:
                indexes.append(index)
    return {mark: marks[mark] for mark in Mark if mark in marks}


def reasons_over(found: Sourced) -> dict[str, list[int]]:
    """Why rows are unexplained: for each reason the indexes of the rows."""
    reasons: dict[str, list[int]] = {}
    for index in found.places:
        explanation = found.rows[index].explanation
        if explanation is not None and explanation.state is State.UNEXPLAINED:
            reasons.setdefault(explanation.reason, []).append(index)
    return reasons
