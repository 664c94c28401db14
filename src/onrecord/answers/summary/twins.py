"""Claims that say the same in nearly the same words: they are told once, with the notes of both."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from onrecord.answers.phrasing import one_line
from onrecord.model import Claim

_WORD = re.compile(r"[^\W_]+(?:[.,'’/@-][^\W_]+)*")
_IDLE = frozenset((
    "a", "also", "an", "are", "be", "been", "being", "do", "does", "had", "has", "have", "is", "its",
    "that", "the", "their", "these", "this", "those", "was", "were", "which", "who",
))  # fmt: skip
_DECIDING = frozenset((
    "all", "always", "any", "can", "cannot", "could", "each", "either", "every", "few", "half", "less",
    "many", "may", "might", "more", "most", "must", "never", "no", "nobody", "none", "nor", "not",
    "nothing", "only", "shall", "should", "some", "unless", "until", "will", "without", "would",
))  # fmt: skip
_ENDINGS = ("ing", "ies", "es", "ed", "s")


def twins(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same: the same names, figures, duties and negations, words in one order.

    Words that differ in number or tense count as the same, small words do not count, and the beginning may
    stand at the end ("In practice it may ..." and "It may ... in practice").
    """
    if one.is_gap != other.is_gap or _dates(one) != _dates(other) or _hard(one) != _hard(other):
        return False
    first, second = _soft(one), _soft(other)
    return len(first) == len(second) and f" {' '.join(second)} " in f" {' '.join((*first, *first))} "


def merged(
    claims: Sequence[Claim], contested: Collection[str]
) -> tuple[list[Claim], dict[str, tuple[str, ...]]]:
    """Claims without those that say the same as one before them, and the IRIs of these by that one's.

    Args:
        claims: the ones to be kept first.
        contested: claims that are in conflict with others; each is told by itself.
    """
    kept: list[Claim] = []
    also: dict[str, tuple[str, ...]] = {}
    by_hard: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        like = by_hard.setdefault(_hard(claim), [])
        first = next((c for c in like if twins(c, claim)), None) if claim.iri not in contested else None
        if first is not None and first.iri not in contested:
            also[first.iri] = (*also.get(first.iri, ()), claim.iri)
        else:
            kept.append(claim)
            like.append(claim)
    return kept, also


def _dates(claim: Claim) -> tuple[str, str, str]:
    return claim.as_of, claim.valid_from, claim.valid_through


def _hard(claim: Claim) -> tuple[str, ...]:
    """What must not differ: names, figures, duties, quantities, negations, and who says it."""
    words = _WORD.findall(one_line(claim.statement))
    says = sorted({who for c in claim.supporting for who in c.said_by})
    return (*sorted(w for n, w in enumerate(words) if _is_hard(w, is_first=n == 0)), *says)


def _is_hard(word: str, *, is_first: bool) -> bool:
    plain = word.casefold()
    return (
        plain in _DECIDING
        or any(c.isdigit() for c in word)
        or (not is_first and word[:1].isupper())
        or any(c.isupper() for c in word[1:])
    )


def _soft(claim: Claim) -> list[str]:
    return [_stem(w) for w in _WORD.findall(one_line(claim.statement).casefold()) if w not in _IDLE]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e")
