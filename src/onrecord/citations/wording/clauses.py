"""Clauses of the sentence around a fragment, told apart by stops, conjunctions and auxiliaries.

There is no parser here, only what can be told from the surface. A new clause begins behind a strong stop;
with a conjunction such as `but` or `while`; with `and` or `or` before words that have their own predicate;
and with a comma before words that have their own subject and auxiliary. A list goes on across its commas.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from onrecord.citations.wording.lexicon import CONDITIONS, FINITE
from onrecord.citations.wording.tokens import Token, tokens, word_set


class Edge(Enum):
    """How a clause begins."""

    STRONG = "behind a strong stop"
    CONTRAST = "with a conjunction that sets it apart"
    COORDINATE = "with and/or and its own predicate"
    PLAIN = "behind a comma, with its own subject and auxiliary"
    CONDITION = "with a condition"


_CONTRAST = word_set(
    "but yet while whilst whereas although though however because so which who whom whose even despite",
)
_RELATIVES = frozenset(("that", "who", "which"))
_COORDINATORS = frozenset(("and", "or", "nor"))
_VERBS = word_set(
    "accepts addresses applies assesses asks becomes begins brings calls closes combines conducts",
    "considers contains continues coordinates covers creates decides describes directs does emphasizes",
    "ensures examines finds focuses follows gives goes handles helps highlights holds includes",
    "investigates issues keeps leads leaves makes maintains manages moves notifies obtains offers opens",
    "operates oversees performs plays prevents prioritizes produces protects provides publishes pursues",
    "puts raises receives recommends refers reflects rejects relies remains reports requires returns",
    "reviews risks routes runs says secures seeks seems sends serves sets shows starts supports takes",
    "tells tends tracks trains treats triages underscores uses works",
)
_NOUNS = word_set(
    "addresses calls closes covers focuses follows handles helps holds issues keeps leads leaves moves",
    "plays puts reports returns reviews risks routes runs sets shows starts supports takes tracks",
    "trains treats uses works",
)
"""Those of the verbs that are as often nouns: verbs only at the head of a clause, or before a determiner."""
_DETERMINERS = word_set(
    "the a an its their his her all any each every such these those them it him us whether",
)
_COMPLEMENTISERS = frozenset(("that", "whether", "if", "how", "why"))
_LOOK = 25
_AROUND = 250


@dataclass(frozen=True)
class Sentence:
    """A sentence around a fragment: tokens, where the fragment stands, and how each clause in it begins."""

    row: tuple[Token, ...]
    first: int
    last: int
    edges: dict[int, Edge]
    starts: tuple[int, ...]

    @classmethod
    def around(cls, before: str, fragment: str, after: str) -> Sentence:
        """The sentence that a fragment stands in, from the three parts of it."""
        ahead, own, behind = tokens(before)[-_AROUND:], tokens(fragment), tokens(after)[:_AROUND]
        row = _without_asides((*ahead, *own, *behind), len(ahead), len(ahead) + len(own))
        kept, first, last = row
        edges = _edges(kept)
        return cls(kept, first, last, edges, tuple(sorted(edges)))

    def between(self, start: int, end: int) -> list[tuple[int, Edge]]:
        """The clauses that begin behind `start` and not behind `end`."""
        low, high = bisect_right(self.starts, start), bisect_right(self.starts, end)
        return [(k, self.edges[k]) for k in self.starts[low:high]]


def _without_asides(row: tuple[Token, ...], first: int, last: int) -> tuple[tuple[Token, ...], int, int]:
    """The row without brackets and pairs of dashes that stand wholly before or wholly behind the fragment."""
    kept: list[Token] = []
    at = 0
    new_first, new_last = first, last
    for start, end in _asides(row, first, last):
        kept += row[at:start]
        at = end
        if end <= first:
            new_first -= end - start
        if end <= last:
            new_last -= end - start
    kept += row[at:]
    return tuple(kept), new_first, new_last


def _asides(row: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    found, opened, dash = [], -1, -1
    for i, token in enumerate(row):
        if i in (first, last):
            opened, dash = -1, -1
        if first <= i < last or token.is_word:
            continue
        if token.word == "(" and opened < 0:
            opened = i
        elif token.word == ")" and opened >= 0:
            found.append((opened, i + 1))
            opened = -1
        elif token.word == "—" and opened < 0:
            if dash >= 0 and i - dash <= _LOOK:
                found.append((dash, i + 1))
                dash = -1
            else:
                dash = i
        elif token.word in ".;:":
            dash = -1
    return _disjoint(found)


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _edges(row: Sequence[Token]) -> dict[int, Edge]:
    edges: dict[int, Edge] = {0: Edge.STRONG}
    stops = [i for i, t in enumerate(row) if not t.is_word and (t.word == "," or t.is_strong_stop)]
    for n, i in enumerate(stops):
        until = stops[n + 1] if n + 1 < len(stops) else len(row)
        if row[i].is_strong_stop:
            edges[i + 1] = Edge.STRONG
        else:
            edge = _edge_behind_comma(row, i + 1, until)
            if edge is not None:
                edges[i + 1] = edge
    for i, token in enumerate(row):
        if i and row[i - 1].is_word and token.word in _COORDINATORS | {"but", "while", "whereas"}:
            edge = _edge_inside(row, i)
            if edge is not None:
                edges[i] = edge
    return edges


def _edge_behind_comma(row: Sequence[Token], start: int, until: int) -> Edge | None:
    if start >= len(row):
        return None
    word = row[start].word
    if word in _CONTRAST and not CONDITIONS.at(row, min(start + 1, len(row) - 1)):
        return Edge.CONTRAST
    if CONDITIONS.at(row, start):
        return Edge.CONDITION
    if word in _COORDINATORS:
        if start + 1 >= until or CONDITIONS.at(row, start + 1) or row[start + 1].word in _RELATIVES:
            return Edge.COORDINATE
        return Edge.COORDINATE if _has_predicate(row, start + 1, until) else None
    if _begins_with_verb(row, start):
        return Edge.COORDINATE
    return (
        Edge.PLAIN
        if _has_predicate(row, start, until) and word not in FINITE
        else _shared_predicate(row, start)
    )


def _shared_predicate(row: Sequence[Token], start: int) -> Edge | None:
    """A second auxiliary behind a comma, with the subject of the clause before: `..., are referred`."""
    return Edge.PLAIN if row[start].word in FINITE else None


def _edge_inside(row: Sequence[Token], i: int) -> Edge | None:
    """A conjunction without a comma begins a clause only if an auxiliary or a verb stands next to it."""
    if row[i].word in ("while", "whereas"):
        return Edge.CONTRAST
    if row[i].word == "but":
        return None if i and _not_only(row, i) else Edge.CONTRAST
    near = [t.word for t in row[i + 1 : i + 3] if t.is_word]
    if (
        (near and (near[0] in FINITE or near[0] in ("that", "for")))
        or _begins_with_verb(row, i + 1)
        or CONDITIONS.at(row, min(i + 1, len(row) - 1))
    ):
        return Edge.COORDINATE
    return None


def _not_only(row: Sequence[Token], i: int) -> bool:
    words = [t.word for t in row[max(0, i - 15) : i]]
    return any(a == "not" and b in ("only", "merely", "just") for a, b in pairwise(words))


def _has_predicate(row: Sequence[Token], start: int, until: int) -> bool:
    """An auxiliary or verb before any relative pronoun, so `, and people who have left` is still a list."""
    if _begins_with_verb(row, start):
        return True
    for k in range(start, min(until, start + _LOOK)):
        word = row[k].word
        if word in ("who", "which", "that", "whose", "whom", "where", "when", "if", "as"):
            return False
        if word in FINITE:
            return True
        if start < k < start + 8 and (word in _VERBS - _NOUNS or _takes_object(row, k)):
            return True
    return False


def _begins_with_verb(row: Sequence[Token], start: int) -> bool:
    at = start
    while at < len(row) and at < start + 2 and row[at].word.endswith("ly"):
        at += 1
    if at + 1 >= len(row):
        return False
    return row[at].word in _VERBS or _takes_object(row, at)


def _takes_object(row: Sequence[Token], at: int) -> bool:
    """Whether a word in -s has a determiner behind it, as a verb has and a noun has not."""
    word = row[at].word
    third_person = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) and len(word) > 3
    return (
        third_person and word not in _DETERMINERS and at + 1 < len(row) and row[at + 1].word in _DETERMINERS
    )


def closed(row: Sequence[Token], start: int, end: int, *, subject: bool = False) -> bool:
    """Whether a second predicate begins between two tokens of one clause, so that the first's reach ends.

    `that do not involve crime are | promptly referred`; not with a `that` in between (`did not find that`).
    Behind a negated `subject` the first auxiliary is its own: `neither office shall | prevent an audit`.
    """
    own = subject
    for k in range(start, min(end, len(row))):
        word = row[k].word
        if word in _COMPLEMENTISERS and k > start:
            return False
        if word in FINITE and k > start and row[k - 1].word not in FINITE:
            if not own:
                return True
            own = False
    return False
