"""Which conflicts a summary tells, with the claims that stand side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from onrecord.answers.flags import separated
from onrecord.answers.phrasing import one_line
from onrecord.answers.summary.sentences import Manner, Sentence, sentences
from onrecord.model import Claim, Conflict, Standing
from onrecord.store.records import StoreBase

LEADS = {
    Standing.LAW: "In law:",
    Standing.OFFICIAL_STATEMENT: "Officially stated:",
    Standing.OVERSIGHT_FINDING: "Found in oversight:",
    Standing.REPORTING: "Reported:",
    Standing.ALLEGATION: "Alleged:",
    Standing.ARGUMENT: "Argued:",
}
"""What stands before the sides of a conflict where different parties stand behind them."""
_MOST = 5
_WIDEST = 6
_MOST_NAMED = 2

Good = Callable[[Claim], bool]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict with the claims that are told side by side."""

    conflict: Conflict
    claims: tuple[Claim, ...]


def conflicts_of(
    base: StoreBase, claims: Sequence[Claim], good: Good
) -> Iterator[tuple[Conflict, tuple[Claim, ...]]]:
    """Conflicts in which the claims are, each with all its claims that may be told; those with two sides."""
    own = {c.iri for c in claims}
    for conflict in base.conflicts():
        if own & set(conflict.between):
            sides = [c for iri in conflict.between if (c := base.claim(iri)) is not None and good(c)]
            if len(sides) > 1:
                yield conflict, tuple(sides)


def disputes(
    found: Iterable[tuple[Conflict, tuple[Claim, ...]]], directness: Callable[[Claim], int], *, whole: bool
) -> list[Dispute]:
    """The conflicts that are told: small ones of strong claims first, no claim in two of them.

    Args:
        found: conflicts with the claims of each that may be told.
        directness: how directly a claim speaks of what the summary is about.
        whole: whether wide conflicts are told too, and any number of them.
    """
    ranked = sorted(
        (Dispute(c, tuple(sorted(sides, key=_strength))) for c, sides in found),
        key=lambda d: (
            sum(_rank(c) for c in d.claims) / len(d.claims),
            -sum(directness(c) for c in d.claims) / len(d.claims),
            len(d.claims),
            d.conflict.iri,
        ),
    )
    chosen: list[Dispute] = []
    used: set[str] = set()
    for dispute in ranked:
        names = {c.iri for c in dispute.claims}
        fits = whole or (len(names) <= _WIDEST and len(chosen) < _MOST)
        if fits and not names & used:
            chosen.append(dispute)
            used |= names
    return chosen


def _rank(claim: Claim) -> int:
    return (claim.standing or Standing.ARGUMENT).rank


def _strength(claim: Claim) -> tuple[int, str, tuple[str, ...], str]:
    return _rank(claim), claim.as_of, _sources(claim), claim.slug


def _sources(claim: Claim) -> tuple[str, ...]:
    return tuple(sorted({c.source for c in claim.supporting}))


def dispute_label(base: StoreBase, dispute: Dispute) -> str:
    """What a conflict is on, and what separates its claims."""
    named = _on(base, dispute.claims)
    by = " and ".join(separated(dispute.conflict).rsplit(", ", 1))
    on = f"On {' and '.join(named)}" if named else ""
    apart = f"separated by {by}" if by else "side by side"
    return f"{on}, {apart}." if on else f"{apart[0].upper()}{apart[1:]}."


def _on(base: StoreBase, claims: Sequence[Claim]) -> list[str]:
    """Labels of the topics that all claims have in common, else of the entities."""
    topics = frozenset.intersection(*(frozenset(c.topics) for c in claims))
    entities = frozenset.intersection(*(c.entities for c in claims))
    labels = [one_line(base.label(iri)) for iri in sorted(topics) or sorted(entities)]
    return [label for label in labels if label][:_MOST_NAMED]


def dispute_sentences(claims: Sequence[Claim], manner: Manner) -> list[Sentence]:
    """The sides of a conflict; where different parties stand behind them, each says who.

    Only claims that one source makes are joined: it is no side against itself.
    """
    several = len({c.standing for c in claims}) > 1
    told: list[Sentence] = []
    last: Standing | None = None
    for _, run in groupby(claims, key=lambda c: (c.standing, _sources(c))):
        side = list(run)
        for sentence in sentences(side, manner):
            told.append(led(sentence, side[0].standing if several else None, last))
            last = side[0].standing
    return told


def led(sentence: Sentence, standing: Standing | None, last: Standing | None) -> Sentence:
    """A sentence with the words for its standing before it, where the one before has another."""
    if standing is None or standing is last:
        return sentence
    first, *others = sentence.parts
    return replace(sentence, parts=(replace(first, text=f"{LEADS[standing]} {first.text}"), *others))


def may_join(claims: Sequence[Claim]) -> bool:
    """Whether one source makes all of some claims of a conflict."""
    return len({(c.standing, _sources(c)) for c in claims}) == 1
