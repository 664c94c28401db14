"""Words that govern a fragment, and how clauses lie between them and it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.citations.wording.clauses import Edge, Sentence
from onrecord.citations.wording.lexicon import FINITE

REACH = 30
"""Tokens before a fragment from which on a negation or hedge is taken to govern something else."""
PARTING = (Edge.STRONG, Edge.CONTRAST, Edge.COORDINATE)


@dataclass(frozen=True, slots=True)
class Operator:
    """Words that govern a fragment: of which kind, and where in the sentence they stand."""

    kind: str
    start: int
    end: int


def same_clause(sentence: Sentence, start: int, end: int) -> bool:
    """Whether no clause begins between two tokens."""
    return not sentence.between(start, end)


def subject_end(sentence: Sentence) -> int:
    """Up to where a new predicate would show that the fragment belongs to it: its own first auxiliary."""
    for k in range(sentence.first, min(sentence.last, sentence.first + 3)):
        if not sentence.row[k].is_word:
            break
        if sentence.row[k].word in FINITE:
            return k + 1
    return sentence.first


def is_fronted(sentence: Sentence, at: int) -> bool:
    """At the start of its sentence or conjunct, or between an auxiliary or `that` and what follows it."""
    ahead = at - 1
    while ahead >= 0 and sentence.row[ahead].word in (",", "only", "except", "even"):
        ahead -= 1
    if ahead < 0 or sentence.row[ahead].is_strong_stop:
        return True
    return sentence.row[ahead].word in FINITE | {"that", "and", "or", "but", "while", "to"}


def parted(sentence: Sentence, start: int, end: int, *, from_start: bool) -> bool:
    """Whether another conjunct begins in between; of an opening condition, only behind its main clause."""
    main = from_start
    for _, edge in sentence.between(start, end):
        if edge is Edge.STRONG or edge is Edge.CONTRAST:
            return True
        if edge is Edge.PLAIN:
            if main:
                return True
            main = True
        elif edge is Edge.COORDINATE and main:
            return True
    return False
