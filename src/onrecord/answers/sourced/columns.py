"""A sourced answer as columns for programs: what each row rests on in two columns more."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.answers.phrasing import one_line
from onrecord.answers.resting import resting
from onrecord.answers.sourced.sourced import Sourced, SourcedRow
from onrecord.answers.sourced.words import certified
from onrecord.model import Literal
from onrecord.sparql.explanation import Explanation, Mark, State
from onrecord.sparql.results import render
from onrecord.sparql.running import Answer
from onrecord.vocab import compact

NOT_EXPLAINED = "not explained"


def sourced_columns(found: Sourced, chosen: str) -> str:
    """The answer as `csv` or `tsv` with the columns `claims` and `marks`.

    A column that the query itself calls so keeps its name; ours is then called `onrecord_claims`.
    """
    answer = found.answer
    names = (_name(answer, "claims"), _name(answer, "marks"))
    rows = (
        (*terms, Literal(_claims(row)), Literal("; ".join(_marks(row))))
        for terms, row in zip(answer.rows, found.rows, strict=True)
    )
    return render(Answer((*answer.variables, *names), tuple(rows)), chosen)


def _name(answer: Answer, name: str) -> str:
    while name in answer.variables:
        name = f"onrecord_{name}"
    return name


def _claims(row: SourcedRow) -> str:
    if row.explanation is None:
        return ""
    rests = resting(row.explanation)
    return _listed((*rests.claims, *rests.records))


def _listed(claims: tuple[str, ...]) -> str:
    return " ".join(compact(iri) for iri in claims)


def _marks(row: SourcedRow) -> Iterator[str]:
    explanation = row.explanation
    if explanation is None:
        yield NOT_EXPLAINED
        return
    marks = {marked.mark for marked in explanation.marks}
    yield from (mark.value for mark in Mark if mark in marks)
    yield from _state(explanation)
    if row.is_cut:
        yield "not all listed"
    if row.certificate is not None:
        yield certified(row)


def _state(explanation: Explanation) -> Iterator[str]:
    if explanation.state is State.UNEXPLAINED:
        yield f"{State.UNEXPLAINED.value}: {one_line(explanation.reason)}"
    elif explanation.state is State.NOTHING:
        yield State.NOTHING.value
    elif not explanation.claims and explanation.facts:
        yield State.RECORD.value
    elif records := resting(explanation).records:
        yield f"{State.RECORD.value} of {_listed(records)}"
