"""Claims that a sentence gives in other words, and what such a sentence has that the claim has otherwise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.answers.audit_differences import (
    BINDING,
    Difference,
    Kind,
    Names,
    denials,
)
from onrecord.citations.wording.figures import figures_of_statement
from onrecord.citations.wording.lexicon import opposite
from onrecord.citations.wording.numbers import Figure
from onrecord.citations.wording.numbers import Kind as FigureKind
from onrecord.citations.wording.tokens import stems, tokens, word_set
from onrecord.model import Claim
from onrecord.text import Normalised, words
from onrecord.vocab import OV

LIKE = 0.62
"""Part of its telling words that each of the two must share, to be about the same thing."""
SAME_MATTER = 0.45
"""Part from which another claim may speak for the draft's reading."""
_COMPARED = (FigureKind.NUMBER, FigureKind.SHARE, FigureKind.MONEY, FigureKind.TIMES)


@dataclass(frozen=True)
class Saying:
    """A claim's statement, read for comparing it with other wordings of it."""

    claim: Claim
    stems: frozenset[str]
    offices: frozenset[str]

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures of the statement."""
        return figures_of_statement(self.claim.statement)

    @cached_property
    def known(self) -> frozenset[tuple[FigureKind, object]]:
        """Every figure of the statement and of what it quotes."""
        texts = [self.claim.statement, *(c.quoted for c in self.claim.citations)]
        return frozenset((f.kind, f.value) for t in texts for f in figures_of_statement(t))


@dataclass(frozen=True)
class Kinship:
    """A claim and how much a sentence has in common with it."""

    saying: Saying
    share: float


@dataclass
class Sayings:
    """The statements of some claims, found by the telling words that a sentence shares with them."""

    claims: Sequence[Claim]
    names: Names
    _found: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sayings = [self._saying(c) for c in self.claims]
        for number, saying in enumerate(self._sayings):
            for stem in saying.stems:
                self._found.setdefault(stem, []).append(number)

    def _saying(self, claim: Claim) -> Saying:
        return Saying(claim, self._telling(claim.statement), self._offices(claim.statement))

    def _telling(self, text: str) -> frozenset[str]:
        """Stems of the words with a meaning, a negative prefix taken off; offices by who they are."""
        found = stems(tokens(text))
        return frozenset(found) | self._offices(text)

    def _offices(self, text: str) -> frozenset[str]:
        return frozenset(who for _, _, owners in self.names(words(text)) for who in owners)

    def _weight(self, found: frozenset[str]) -> float:
        count = len(self._sayings) + 1
        return sum(math.log(1 + count / (1 + len(self._found.get(s, ())))) for s in found)

    def near(self, text: str) -> list[Kinship]:
        """The claims on the same matter as a sentence, the nearest first."""
        here = self._telling(text)
        shared: dict[int, int] = {}
        for stem in here:
            for number in self._found.get(stem, ()):
                shared[number] = shared.get(number, 0) + 1
        most = sorted((n for n in shared if shared[n] >= 3), key=lambda n: (-shared[n], n))[:60]
        weight = self._weight(here)
        found = []
        for saying in (self._sayings[n] for n in most):
            both = self._weight(here & saying.stems)
            share = min(both / weight, both / self._weight(saying.stems))
            if share >= SAME_MATTER:
                found.append(Kinship(saying, share))
        return sorted(found, key=lambda k: (-k.share, k.saying.claim.iri))


def paraphrase_differences(sentence: Normalised, near: Sequence[Kinship]) -> Iterator[Difference]:
    """What a sentence says otherwise than the claim that is nearest to it, and no other claim says."""
    for kinship in near[:3]:
        if kinship.share < LIKE:
            return
        claim = kinship.saying.claim
        others = [k for k in near if k.saying is not kinship.saying]
        for kind, span in _otherwise(sentence, kinship.saying, others):
            draft = " ".join(sentence.text[span[0] : span[1]].split())
            yield Difference(kind, draft, claim.statement, claim.iri, "", span)


def _otherwise(
    sentence: Normalised, saying: Saying, others: Sequence[Kinship]
) -> Iterator[tuple[Kind, tuple[int, int]]]:
    for figure in figures_of_statement(sentence.text):
        if _is_other_figure(figure, saying, [o.saying for o in others]):
            is_year = figure.kind is FigureKind.NUMBER and 1800 <= figure.value < 2100
            yield (Kind.DATE if is_year else Kind.FIGURE), (figure.start, figure.end)
    row, there = sentence.words, words(saying.claim.statement)
    alike = [words(o.saying.claim.statement) for o in others if o.share >= LIKE]
    bound = _at(row, BINDING)
    binds = {BINDING[w] for w in there if w in BINDING}
    if bound is not None and binds:
        said = binds.union(*({BINDING[w] for w in other if w in BINDING} for other in alike))
        if BINDING[row[bound]] not in said:
            yield Kind.OBLIGATION, sentence.spans[bound]
    elif _turned(row, there) and all(_turned(row, other) for other in alike):
        yield Kind.NEGATION, (0, len(sentence.text))


def _turned(row: Sequence[str], there: Sequence[str]) -> bool:
    """Whether one side denies and the other does not, and has no other word that might."""
    if denials(row) % 2 == denials(there) % 2:
        return False
    plain = row if denials(row) == 0 else there
    return not any(opposite(w) for w in plain)


def _at(row: Sequence[str], classes: dict[str, str]) -> int | None:
    """The place of the only binding word of a row; None without one, or with several."""
    found = [i for i, w in enumerate(row) if w in classes]
    return found[0] if len(found) == 1 else None


_REFERS = ("refer", "send", "forward", "return", "rout")
_PASSIVE = word_set("is are was were be been being by from gets get receives accepts takes")


def routes(claims: Iterable[Claim]) -> dict[tuple[str, str], Claim]:
    """From which office to which one something is referred, by the triples of claims."""
    found: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        ends: dict[str, dict[str, str]] = {}
        for t in claim.assertions:
            if t.predicate in (OV + "from", OV + "to") and isinstance(t.object, str):
                ends.setdefault(t.subject, {})[t.predicate] = t.object
        for pair in ends.values():
            if len(pair) == 2:
                found.setdefault((pair[OV + "from"], pair[OV + "to"]), claim)
    return found


def reversed_route(
    sentence: Normalised, known: Mapping[tuple[str, str], Claim], names: Names
) -> Iterator[Difference]:
    """`X refers ... to Y` where claims have referrals from Y to X, and none from X to Y."""
    row = sentence.words
    mentions = names(row)
    for at, word in enumerate(row):
        before = [m for m in mentions if at - 4 <= m[1] - 1 < at]
        behind = [m for m in mentions if at < m[0] <= at + 12 and "to" in row[max(at + 1, m[0] - 2) : m[0]]]
        if not word.startswith(_REFERS) or not before or not behind:
            continue
        if _PASSIVE.intersection(row[before[-1][1] : behind[0][0]]):
            continue
        pairs = [(x, y) for x in before[-1][2] for y in behind[0][2]]
        turned = [known[y, x] for x, y in pairs if (y, x) in known]
        if turned and not any(pair in known for pair in pairs):
            span = sentence.spans[before[-1][0]][0], sentence.spans[behind[0][1] - 1][1]
            draft = " ".join(sentence.text[span[0] : span[1]].split())
            yield Difference(Kind.DIRECTION, draft, turned[0].statement, turned[0].iri, "", span)


def _is_other_figure(figure: Figure, saying: Saying, others: Sequence[Saying]) -> bool:
    """Whether the claim has one figure of that kind, another one, and no claim on the matter has this one."""
    if figure.kind not in _COMPARED or figure.wording.lower() == "one":
        return False
    same = [f for f in saying.figures if f.kind is figure.kind]
    own = (figure.kind, figure.value)
    return len(same) == 1 and own not in saying.known and not any(own in o.known for o in others)
