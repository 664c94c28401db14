"""Search over claims: which of them bear on a question, how well, and what of it none of them speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from math import log

from onrecord.answers.search.building import MATTERS
from onrecord.answers.search.index import Indexed, SearchIndex
from onrecord.answers.search.question import APART, Piece, corrected, inherited, pieces_of
from onrecord.answers.search.words import FIGURE, is_vague

_COLUMNS = {"statement": 1.0, "quoted": 0.85, "labels": 0.6, "asked": 0.9}
_STRONG = 0.55
"""How well a claim must fit a piece to count as one that speaks of it."""
_LEAST_WEIGHT, _MOST_WEIGHT, _UNKNOWN_WEIGHT = 0.4, 3.0, 4.0
_LEAST_ENTITY = 2.5
_INHERITED = 0.5
_COVERED, _MEANT, _BEARING = 0.4, 0.6, 0.2
"""What words and names, closeness in meaning, and standing and the like make of a score."""
_CLOSE = 0.1
"""What a close match as a whole (rank of the full-text search) adds at most."""


_BY_TIER = (0.02, 0.02, 0.0, -0.02)
"""What a claim's standing adds."""
_UNASKED_FIGURE = -0.15
_UNASKED_MATTER, _UNASKED_ENTITY, _FREE, _MOST_UNASKED = 0.1, 0.06, 2, 0.25
"""Taken off for each matter and entity that a claim speaks of and the question does not; some are free."""
_ASKED = 0.75
"""How well a thing must fit the question for a claim to be asked for it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A claim that bears on a question.

    Attributes:
        score: of coverage, closeness, how well the words match as a whole, and standing.
        coverage: the share of the question that it speaks of, 0 to 1.
        lacks: the pieces of the question that it does not speak of.
        closeness: how close it is to the question in meaning, -1 to 1.
    """

    iri: str
    score: float
    coverage: float
    lacks: tuple[str, ...]
    closeness: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: the best first.
        unknown: pieces of the question that no claim speaks of.
        unknown_share: how much of the question they are, 0 to 1.
        read_as: what misspelled words were taken for.
        pieces: what the question was taken to ask about.
    """

    hits: tuple[Hit, ...]
    unknown: tuple[str, ...]
    unknown_share: float
    read_as: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]


def search(index: SearchIndex, question: str, earlier: Sequence[Piece] = ()) -> Found:
    """Claims that bear on a question.

    Args:
        index: of the base.
        question: in plain English.
        earlier: pieces of the part of the question before this one.
    """
    pieces = inherited(pieces_of(question, index), list(earlier))
    fits = [_fit(index, piece) for piece in pieces]
    weights = [_weight(index, piece, fit) for piece, fit in zip(pieces, fits, strict=True)]
    total = sum(weights)
    closeness = _closeness(index, pieces)
    meaning = index.closeness(corrected(question, index))
    asked = frozenset(iri for piece in pieces for iri, how in piece.things.items() if how >= _ASKED)
    matters = {index.labels[iri][0] for iri in asked if iri.startswith(MATTERS)}
    hits = []
    for number, claim in sorted(index.claims.items()):
        got = sum(w * fit.get(number, 0.0) for w, fit in zip(weights, fits, strict=True))
        lacks = tuple(p.asked for p, fit in zip(pieces, fits, strict=True) if fit.get(number, 0.0) < _STRONG)
        coverage = got / total if total else 0.0
        score = _COVERED * coverage + _MEANT * meaning[number] + _CLOSE * closeness.get(number, 0.0)
        score += _BEARING * _bearing(index, claim, asked, matters)
        close = round(meaning[number], 6)
        hits.append(Hit(claim.iri, round(score, 6), round(coverage, 6), lacks, close))
    unknown = [i for i, fit in enumerate(fits) if not pieces[i].is_cue and not _strong(fit.values())]
    return Found(
        tuple(sorted(hits, key=lambda hit: (-hit.score, hit.iri))),
        tuple(pieces[i].asked for i in unknown),
        round(sum(weights[i] for i in unknown) / total, 6) if pieces else 1.0,
        tuple((p.asked, p.read_as) for p in pieces if p.read_as and not p.is_inherited),
        tuple(pieces),
    )


def _bearing(index: SearchIndex, claim: Indexed, asked: Set[str], matters: Set[str]) -> float:
    """What a claim's standing, and all that it says beside the question, add to its score.

    Args:
        index: of the base.
        claim: the claim.
        asked: the entities and concepts that the question asks about.
        matters: the labels of the matters among them.
    """
    unasked = claim.things - asked
    others = [iri for iri in unasked if iri.startswith(MATTERS)] if asked & claim.things else []
    entities = max(0, sum(not iri.startswith(MATTERS) for iri in unasked) - _FREE)
    foreign = sum(not any(name in index.labels[iri][0] for name in matters) for iri in others)
    beside = min(_MOST_UNASKED, _UNASKED_MATTER * foreign + _UNASKED_ENTITY * entities)
    figure = _UNASKED_FIGURE if claim.is_figure and FIGURE not in asked else 0.0
    return _BY_TIER[claim.tier] + figure - beside


def _fit(index: SearchIndex, piece: Piece) -> dict[int, float]:
    """How well each claim fits one piece."""
    fit: dict[int, float] = {}
    for iri, how in piece.things.items():
        for number, far in index.about.get(iri, {}).items():
            fit[number] = max(how * far, fit.get(number, 0.0))
    by_weight: dict[float, list[str]] = {}
    for phrase, how in piece.phrases.items():
        by_weight.setdefault(how, []).append(quoted(phrase))
    for how, phrases in by_weight.items():
        for column, share in _COLUMNS.items():
            for number in index.matching(f"{column} : ({' OR '.join(phrases)})"):
                fit[number] = max(how * share, fit.get(number, 0.0))
    return fit


def quoted(phrase: str) -> str:
    """A phrase as full-text search takes it literally; words that may stand apart are each quoted.

    >>> quoted('say "yes"')
    '"say yes"'
    >>> quoted(f"oig{APART}hotline")
    '("oig" AND "hotline")'
    """
    words = [f'"{part}"' for part in phrase.replace('"', "").split(APART)]
    return words[0] if len(words) == 1 else f"({' AND '.join(words)})"


def _strong(values: Iterable[float]) -> list[float]:
    return [value for value in values if value >= _STRONG]


def _weight(index: SearchIndex, piece: Piece, fit: dict[int, float]) -> float:
    """How much a piece says: the fewer claims speak of it, the more."""
    spoken = len(_strong(fit.values()))
    weight = max(_LEAST_WEIGHT, log((len(index.claims) + 1) / (spoken + 0.5)))
    weight = min(weight, _MOST_WEIGHT) if spoken else _UNKNOWN_WEIGHT
    if piece.is_entity:
        weight = max(weight, _LEAST_ENTITY)
    if (piece.is_cue and not spoken) or is_vague(piece.read_as or piece.asked):
        return _LEAST_WEIGHT
    return weight * (_INHERITED if piece.is_inherited else 1.0)


def _closeness(index: SearchIndex, pieces: Sequence[Piece]) -> dict[int, float]:
    """The rank of full-text search over all words together, the best being 1."""
    words = [quoted(piece.read_as or piece.asked) for piece in pieces]
    if not words:
        return {}
    ranks = index.matching(" OR ".join(words))
    best = max(ranks.values(), default=0.0)
    return {number: rank / best for number, rank in ranks.items()} if best > 0 else {}
