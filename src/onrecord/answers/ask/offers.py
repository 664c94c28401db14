"""Named questions that match a question in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.answers.search.index import SearchIndex
from onrecord.answers.search.names import words_of
from onrecord.answers.search.question import Piece
from onrecord.answers.search.words import STOP, everyday, stem
from onrecord.store.questions import PLAIN_KINDS, Parameter, Question
from onrecord.vocab import compact

MOST_OFFERS = 3
_LEAST_SHARED = 2.0
_TITLE, _DESCRIPTION, _PARAMETER = 1.0, 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Offer:
    """A named question that may be asked as well.

    Attributes:
        parameters: names and values, taken from what was asked.
    """

    name: str
    title: str
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def command(self) -> str:
        """How to ask it."""
        given = "".join(f" --param {name}={value}" for name, value in self.parameters)
        return f"onrecord query --name {self.name}{given}"


def offers(index: SearchIndex, questions: Iterable[Question], pieces: Sequence[Piece]) -> Iterator[Offer]:
    """The named questions that share most with what was asked, the best first."""
    ranked = sorted(
        ((-_shared(question, pieces), question.name, question) for question in questions),
        key=lambda entry: entry[:2],
    )
    for shared, _, question in ranked[:MOST_OFFERS]:
        given = dict(_filled(question, pieces))
        if -shared >= _LEAST_SHARED and all(
            p.name in given or p.optional or p.default for p in question.parameters
        ):
            yield Offer(question.name, question.title, tuple(given.items()))


def _shared(question: Question, pieces: Sequence[Piece]) -> float:
    """How much of what was asked stands in a question's title or description, or fits a parameter."""
    title, description = _stems(question.title), _stems(question.description)
    total = 0.0
    for piece in pieces:
        words = [w for w in (piece.read_as or piece.asked).split() if w not in STOP]
        ways = {stem(w) for word in words for w in (word, *everyday(word))}
        total += _TITLE if ways & title else _DESCRIPTION if ways & description else 0.0
        total += (
            _PARAMETER if piece.is_entity and any(_fits(p, [piece]) for p in question.parameters) else 0.0
        )
    return total


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words_of(text) if word not in STOP}


def _filled(question: Question, pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    left = list(pieces)
    for parameter in question.parameters:
        value = _fits(parameter, left)
        if value and parameter.kind not in PLAIN_KINDS:
            yield parameter.name, compact(value)
            left = [
                piece for piece in left if piece.things.get(value) != max(piece.things.values(), default=0)
            ]


def _fits(parameter: Parameter, pieces: Sequence[Piece]) -> str:
    """The thing asked about that a parameter takes, or ""."""
    for piece in pieces:
        best = max(piece.things.values(), default=0.0)
        for iri, how in piece.things.items():
            if how == best and f"/{parameter.kind}/" in iri:
                return iri
    return ""
