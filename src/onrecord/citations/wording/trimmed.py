"""Rule wording-trimmed: a negation, condition, hedge or attribution around the fragment that it leaves out.

What governs the fragment in its sentence (see governing.py) must be in the statement, in any word of the same
kind, or be quoted by another supporting citation of the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.citations.wording.case import Case, Passage, Problem, Rule
from onrecord.citations.wording.clauses import Sentence
from onrecord.citations.wording.governing import governing, inside
from onrecord.citations.wording.lexicon import (
    CARRIES_CONDITION,
    CARRIES_HEDGE,
    attributes,
    negatives,
)
from onrecord.citations.wording.operators import Operator
from onrecord.citations.wording.tokens import Token, is_content, stem, stems
from onrecord.model import Severity
from onrecord.text import words


def check_trimmed(case: Case) -> Iterator[Problem]:
    """Operators in or around a fragment that govern it and that the statement does not carry."""
    others = [words(p.citation.exact) for p in case.passages]
    said = _Said.by(case.statement)
    for number, passage in enumerate(case.passages):
        sentence = Sentence.around(passage.before, passage.citation.exact, passage.after)
        quoted_elsewhere = [o for k, o in enumerate(others) if k != number]
        for operator in governing(sentence):
            if not (_carries(said, sentence, operator) or _quoted(sentence, operator, quoted_elsewhere)):
                yield _problem(case, passage, sentence, operator)
        for operator in () if case.claim.is_gap else inside(sentence):
            if not _carries(said, sentence, operator):
                yield _problem(case, passage, sentence, operator)


def _problem(case: Case, passage: Passage, sentence: Sentence, operator: Operator) -> Problem:
    wording = " ".join(t.raw for t in sentence.row[operator.start : operator.end])
    where, affix = _where(sentence, operator)
    return case.problem_of(
        passage.citation,
        f'The source has the {operator.kind} "{wording}" {where} the quotation, and the statement'
        " does not carry it.",
        f"Say it in the statement, or quote words that hold without it.{affix}",
        _shown(sentence, operator),
    )


def _where(sentence: Sentence, operator: Operator) -> tuple[str, str]:
    if operator.start < sentence.first:
        return "before", " Put it into the prefix either way."
    if operator.start >= sentence.last:
        return "after", " Put it into the suffix either way."
    return "in", ""


def _shown(sentence: Sentence, operator: Operator) -> str:
    """A few words around operator and quotation, so that a report shows the reading."""
    if operator.start < sentence.first:
        ahead = sentence.row[max(operator.start, sentence.first - 6) : sentence.first]
        return f"{_text(ahead)} |"
    if operator.start < sentence.last:
        return ""
    return f"| {_text(sentence.row[sentence.last : max(operator.end, sentence.last + 1)][-8:])}"


def _text(row: Sequence[Token]) -> str:
    return " ".join(t.raw for t in row)


_CARRIERS = {
    "condition": CARRIES_CONDITION.stand_in,
    "hedge": CARRIES_HEDGE.stand_in,
    "attribution": attributes,
}


@dataclass(frozen=True, slots=True)
class _Said:
    """What a statement carries: how many negations, which other kinds of operators, which words."""

    row: Sequence[Token]
    negations: int
    kinds: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def by(cls, statement: Sequence[Token]) -> _Said:
        kinds = frozenset(kind for kind, carries in _CARRIERS.items() if carries(statement))
        return cls(statement, _denials(statement), kinds, frozenset(stems(statement)))


def _denials(row: Sequence[Token]) -> int:
    return sum(1 for n in negatives(row) if not n.is_neutral)


def _carries(said: _Said, sentence: Sentence, operator: Operator) -> bool:
    """A negation counts as carried only if the statement has one more than the fragment itself."""
    if operator.kind == "negation":
        return said.negations > _denials(sentence.row[sentence.first : sentence.last])
    if operator.kind == "attribution" and not sentence.first <= operator.start < sentence.last:
        return _attributes_beyond(said, sentence)
    return operator.kind in said.kinds or (
        operator.kind == "condition" and _says_condition(said, sentence, operator)
    )


def _attributes_beyond(said: _Said, sentence: Sentence) -> bool:
    """Whether the statement attributes in words that the fragment does not have itself (`found`)."""
    own = stems(sentence.row[sentence.first : sentence.last])
    return attributes(tuple(t for t in said.row if not (t.is_word and stem(t.word) in own)))


def _says_condition(said: _Said, sentence: Sentence, operator: Operator) -> bool:
    """Whether the statement names what the condition is about: half of its words that the fragment lacks."""
    row = sentence.row
    end = next((k for k in range(operator.end, len(row)) if not row[k].is_word), len(row))
    body = [t for t in row[operator.end : min(end, operator.end + 20)] if is_content(t)]
    is_outside = not sentence.first <= operator.start < sentence.last
    wanted = {stem(t.word) for t in body}
    wanted -= stems(row[sentence.first : sentence.last]) if is_outside else set()
    return len(wanted) > 0 and 2 * len(wanted & said.stems) >= len(wanted)


def _quoted(sentence: Sentence, operator: Operator, others: Sequence[tuple[str, ...]]) -> bool:
    """Whether another supporting quotation of the claim holds the operator, or the words right behind it."""
    row = sentence.row[operator.start : operator.end + 12]
    around = words(_text(row))
    for other in others:
        shared = " ".join(other)
        if len(other) >= 3 and f" {' '.join(around[:3])} " in f" {shared} ":
            return True
        if len(other) >= 3 and f" {' '.join(other[:3])} " in f" {' '.join(around)} ":
            return True
    return False


RULE: Rule[Case] = Rule(
    "wording-trimmed",
    Severity.VIOLATION,
    "Trimmed context",
    "In the source's sentence, or in the citation's prefix or suffix, a negation, condition, hedge or"
    " attribution governs the quoted words; the quotation leaves it out and the statement does not carry"
    " it, so the statement says more than the source. The same of a condition or attribution that the"
    " quotation has and the statement drops. Say it in the statement (any word of the same kind will do),"
    " or quote words that stand without it.",
    check_trimmed,
)
