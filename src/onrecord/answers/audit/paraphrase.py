"""Claims that a sentence gives in other words, and what such a sentence has that they have otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.answers.audit.differences import Difference, Kind, overlap
from onrecord.answers.audit.directions import compare_direction
from onrecord.answers.audit.likeness import Kinship, Likeness, Saying
from onrecord.answers.audit.opposites import compare_opposites
from onrecord.answers.audit.reading import NameFinder, Reading
from onrecord.answers.audit.roles import compare_names, lost_names
from onrecord.answers.audit.slots import (
    COMPARED,
    Compared,
    Slot,
    compare_marks,
    exact_spans,
    same_figure,
    unheld,
)
from onrecord.answers.audit.wording import (
    compare_negation,
    compare_obligation,
    compare_quantity,
)
from onrecord.answers.audit.words import may_deny
from onrecord.model import Claim, Literal, Source
from onrecord.text import Normalised

FIGURE_HELD, FEW_COUNTED = 0.1, 12
"""What it adds to a likeness that a claim has a figure of the sentence, one of more than so many."""
RELATED = 0.35
"""Likeness from which a claim in conflict with another speaks of what a sentence says."""
NEAR = 0.36
"""Likeness from which a claim may be on the same matter."""
LIKE = 0.4
"""Likeness from which a claim says what a sentence says, if nothing is found against it."""
ENOUGH, OWN, BACK = 5, 0.75, 0.3
"""A sentence of fewer things says what a claim says only if they share so much, of either."""
ALIKE = 0.12
"""How much less like a sentence than the nearest a claim may be, and still speak for what it says."""
WEIGHS, WEIGHS_FOR_NAMES = 0.2, 0.12
"""How much less like a sentence a claim may be, and still speak against a difference from another."""
BETTER = 0.1
"""How much more like a sentence another claim must be for a difference from one to be another matter."""
FAINT = 0.1
"""How much more alike a claim must be for what is faint."""
MOST_NEAR, MOST_COMPARED = 20, 8
_LEAST = {
    Kind.PHONE: 0.36, Kind.EMAIL: 0.36, Kind.FIGURE: 0.42, Kind.DATE: 0.45, Kind.STATUTE: 0.45,
    Kind.QUANTITY: 0.42, Kind.OBLIGATION: 0.4, Kind.NEGATION: 0.45, Kind.DIRECTION: 0.45, Kind.OFFICE: 0.4,
    Kind.NAME: 0.42,
}  # fmt: skip
"""Likeness from which a difference of each kind is one, and not another matter."""
EXACT = frozenset((Kind.FIGURE, Kind.DATE, Kind.PHONE, Kind.EMAIL, Kind.STATUTE))
"""What is compared of a heading too."""
_NAMED = frozenset((Kind.OFFICE, Kind.NAME, Kind.DIRECTION))


@dataclass(frozen=True)
class Paraphrase:
    """What was found for a sentence.

    Attributes:
        near: the claims on the same matter, the nearest first.
        says: those of them that say what it says, as far as was compared.
        differences: what it has otherwise than the nearest, and than every other.
        denies: whether anything in it denies.
        told: each claim that says it, with how the two compare.
        held: spans of figures, dates and names that the nearest have as well.
    """

    near: tuple[Kinship, ...] = ()
    says: tuple[Kinship, ...] = ()
    differences: tuple[Difference, ...] = ()
    told: tuple[tuple[Kinship, Compared], ...] = ()
    denies: bool = False
    held: frozenset[tuple[int, int]] = frozenset()


def is_refuted(difference: Difference, reworded: Paraphrase) -> bool:
    """Whether a claim that is more like the sentence has what it has, where a passage has it otherwise."""
    if difference.kind in (Kind.FIGURE, Kind.DATE):
        return any(overlap(difference.span, other) for other in reworded.held)
    like = next((k.total for k in reworded.near if k.saying.claim.iri == difference.claim), 0.0)
    better = [(k, c) for k, c in reworded.told if k.total >= like + BETTER]
    if difference.kind in (Kind.OFFICE, Kind.NAME):
        return any(overlap(difference.span, span) for _, c in better for span in c.held)
    if difference.kind is Kind.NEGATION:
        return any(may_deny(k.saying.known.row) == reworded.denies for k, _ in better)
    return any(difference.kind in c.agreed for _, c in better)


def saying_of(claim: Claim, names: NameFinder, sources: Mapping[str, Source]) -> Saying:
    """A claim read for comparing it with sentences."""
    literals = [t.object.value for t in claim.assertions if isinstance(t.object, Literal)]
    times = [f"in {t}" for t in (claim.as_of, claim.valid_from, claim.valid_through) if t]
    said_by = (who for c in claim.citations for who in c.said_by)
    cited = [s for c in claim.citations if (s := sources.get(c.source)) is not None]
    record = [c.locator for c in claim.citations]
    record += [part for s in cited for part in (s.title, *s.publishers, s.identifier)]
    known = " . ".join([claim.statement, *(c.quoted for c in claim.citations), *literals])
    return Saying(
        claim,
        Reading(claim.statement, names),
        Reading(known, names),
        Reading(" . ".join([known, *times, *dict.fromkeys(record)]), names),
        claim.entities | frozenset(said_by),
        Reading(" ".join(claim.asked), names),
    )


class Paraphrases:
    """Some claims, with which any sentence can be compared.

    Args:
        stands: whether no check has failed on a claim.
    """

    def __init__(
        self, claims: Iterable[Claim], names: NameFinder, sources: Mapping[str, Source],
        stands: Callable[[Claim], bool],
    ) -> None:  # fmt: skip
        self.names = names
        self._stands = stands
        self._read = lru_cache(maxsize=4)(lambda text: Reading(text, names))
        self._likeness = Likeness([saying_of(c, names, sources) for c in claims], names)

    def look(self, text: Normalised, *, asserts: bool = True) -> Paraphrase:
        """What the claims have on a sentence; a heading asserts nothing but its figures and addresses."""
        sentence = self._read(text.text)
        near = self._likeness.near(sentence, NEAR - FIGURE_HELD, MOST_NEAR)
        found = [k for k in _by_figures(sentence, near) if k.total >= NEAR and self._stands(k.saying.claim)]
        least = found[0].total - ALIKE - WEIGHS if found else 0.0
        weighed = [k for k in found if k.total >= least][:MOST_COMPARED]
        compared = [(k, self.compare(sentence, k.saying)) for k in weighed]
        said = next((k.total for k, c in compared if _is_said(sentence, [c])), 0.0)
        decided = ((k, s) for k, s in _decided(sentence, compared) if k.total > said)
        slots = [(k, s) for k, s in decided if asserts or s.kind in EXACT]
        differences = tuple(_difference(sentence, k, s) for k, s in slots)
        says = () if slots else tuple(_says(sentence, compared))
        top = found[0].total if found else 0.0
        held = (c.held for k, c in compared if k.total >= max(LIKE, top - ALIKE))
        told = tuple((k, c) for k, c in compared if k in says)
        return Paraphrase(
            tuple(found),
            says,
            differences,
            told,
            may_deny(sentence.row),
            frozenset(s for h in held for s in h),
        )

    def otherwise(self, text: Normalised, claims: Collection[str]) -> frozenset[str]:
        """Those of some claims that have otherwise what a sentence says, as far as they are on its matter."""
        sentence = self._read(text.text)
        found = self._likeness.like(sentence, claims)
        near = ((saying, self.compare(sentence, saying)) for saying, like in found if like >= RELATED)
        return frozenset(
            saying.claim.iri
            for saying, one in near
            if any(s.kind not in _NAMED and not s.is_faint for s in one.slots)
            and not _is_other_matter(sentence, one)
        )

    def missing(self, text: Normalised, claims: Collection[str]) -> list[tuple[int, int]]:
        """The spans of a sentence's figures, dates, addresses and references that none of some claims has."""
        sentence = self._read(text.text)
        if not exact_spans(sentence):
            return []
        found = self._likeness.like(sentence, claims)
        compared = []
        for saying, _ in found:
            into = Compared()
            for compare in COMPARED:
                compare(sentence, saying, into)
            compared.append(into)
        return sorted(unheld(sentence, compared))

    def compare(self, sentence: Reading, saying: Saying) -> Compared:
        """A sentence beside a claim, whether or not they are on the same matter."""
        into = Compared()
        for compare in (*COMPARED, compare_quantity, compare_obligation, compare_negation, compare_opposites):
            compare(sentence, saying, into)
        compare_direction(sentence, saying, into, self.names)
        compare_names(sentence, saying, into, self.names)
        return into


def _by_figures(sentence: Reading, near: Sequence[Kinship]) -> list[Kinship]:
    """The claims again, those first that hold a telling figure, address or reference of the sentence too."""
    found = [replace(k, total=k.total + FIGURE_HELD) if _holds(sentence, k.saying) else k for k in near]
    return sorted(found, key=lambda k: -k.total)


def _holds(sentence: Reading, saying: Saying) -> bool:
    telling = [c for c in sentence.figures if c.figure.value > FEW_COUNTED or c.figure.value.denominator > 1]
    into = Compared()
    compare_marks(sentence, saying, into)
    return bool(into.held) or any(same_figure(c, o) for c in telling for o in saying.known.figures)


def _decided(
    sentence: Reading, compared: Sequence[tuple[Kinship, Compared]]
) -> Iterator[tuple[Kinship, Slot]]:
    """The differences from the nearest claims that no claim as near speaks against."""
    if not compared:
        return
    top = compared[0][0].total
    taken: list[tuple[int, int]] = []
    for kinship, one in compared:
        if kinship.total < top - ALIKE:
            return
        if _is_other_matter(sentence, one):
            continue
        for slot in one.slots:
            if kinship.total < _LEAST[slot.kind] + FAINT * slot.is_faint or any(
                overlap(slot.span, span) for span in taken
            ):
                continue
            least = kinship.total - (WEIGHS_FOR_NAMES if slot.kind in _NAMED else WEIGHS)
            rest = (o for k, o in compared if k is not kinship and k.total >= least)
            if not any(_speaks_for(other, slot) for other in rest):
                taken.append(slot.span)
                yield kinship, slot
        if taken:
            return


def _is_other_matter(sentence: Reading, one: Compared) -> bool:
    """Whether a sentence has figures, dates or numbers that a claim does not speak of, or several otherwise.

    Another figure of another year is another observation, and no error.
    """
    held = one.held.intersection(exact_spans(sentence))
    otherwise: list[tuple[int, int]] = []
    for slot in one.slots:
        is_counted = slot.kind in EXACT or slot.kind in (Kind.OFFICE, Kind.NAME)
        if is_counted and not any(overlap(slot.span, span) for span in otherwise):
            otherwise.append(slot.span)
    small = (c.span for c in sentence.figures if c.figure.value <= FEW_COUNTED)
    settled = [*held, *otherwise, *small]
    unknown = (s for s in unheld(sentence, [one]) if not any(overlap(s, other) for other in settled))
    lost = (span for span in lost_names(sentence, [one], entities=True) if span not in otherwise)
    is_strange = any(s.kind in EXACT for s in one.slots) and any(True for _ in lost)
    return any(True for _ in unknown) or is_strange or len(otherwise) > max(1, len(held))


def _speaks_for(other: Compared, slot: Slot) -> bool:
    """Whether another claim has what a sentence has in a place."""
    return slot.span in other.held or (slot.kind in other.agreed and slot.span not in _spans(other))


def _spans(one: Compared) -> set[tuple[int, int]]:
    return {s.span for s in one.slots}


def _difference(sentence: Reading, kinship: Kinship, slot: Slot) -> Difference:
    claim = kinship.saying.claim
    draft = " ".join(sentence.text[slot.span[0] : slot.span[1]].split())
    return Difference(slot.kind, draft, slot.record, claim.iri, "", slot.span)


def _says(sentence: Reading, compared: Sequence[tuple[Kinship, Compared]]) -> Iterator[Kinship]:
    """The claims that together have all that can be compared of a sentence, and nothing against it."""
    top = compared[0][0].total if compared else 0
    fit = [(k, c) for k, c in compared if k.total >= max(LIKE, top - ALIKE) and not c.slots]
    is_little = len(sentence.items) < ENOUGH and not exact_spans(sentence)
    if is_little:
        fit = [(k, c) for k, c in fit if k.own >= OWN and k.back >= BACK]
    if fit and _is_said(sentence, [c for _, c in fit]):
        yield from (k for k, _ in fit)


def _is_said(sentence: Reading, compared: Sequence[Compared]) -> bool:
    """Whether some claims together have all that can be compared of a sentence, and nothing otherwise."""
    return not (
        any(c.slots for c in compared)
        or any(unheld(sentence, compared))
        or any(lost_names(sentence, compared))
    )
