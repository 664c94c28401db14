"""An audit: somebody's text against the base, sentence by sentence, and what the base has on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from onrecord.answers.audit.differences import (
    Difference,
    Directory,
    Kind,
    Names,
    differences,
    names_of,
    overlap,
)
from onrecord.answers.audit.drafts import Draft, DraftSentence
from onrecord.answers.audit.matching import Gap, Overlay, Passages, Reader
from onrecord.answers.audit.paraphrase import Paraphrase, Paraphrases, is_refuted
from onrecord.answers.audit.quotations import Quotations, Quoted
from onrecord.answers.audit.reading import NameFinder
from onrecord.answers.audit.rules import ListProblem, asserts, list_problems, remarks, wants_source
from onrecord.answers.notes import Note, notes
from onrecord.model import CitationResult, Claim, Conflict, Texts
from onrecord.store.records import StoreBase
from onrecord.store.scope import valid_on
from onrecord.text import Normalised

MOST_CLAIMS = 8
"""Claims that are listed for one sentence."""
SAID = 0.8
"""Part of a statement's words that a sentence must have, in order, to say what the statement says."""
RUN = 3
"""Equal words in a row from which a sentence is taken to have them of a passage."""
AS_NEARLY = 0.08
"""How much less like a sentence a claim in conflict may be than the nearest one, and still speak of it."""
BEST_WORD = "nothing found against it by these checks"


class Status(StrEnum):
    """What the base has on a sentence; the first that applies."""

    DIFFERS = "differs"
    CONFLICTED = "conflicted"
    OUTDATED = "outdated"
    ON_RECORD = "on record"
    NEEDS_SOURCE = "needs a source"
    NOT_ON_RECORD = "not on record"


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that bears on a sentence.

    Attributes:
        how: "quotation" (the sentence has words that it quotes), "statement" (it says what the claim says, in
            nearly the same words) or "other words" (it says so in others, as far as words are alike, and has
            no name, figure or date that these claims have not).
        words: those words of the sentence.
    """

    claim: Claim
    how: str
    words: str


@dataclass(frozen=True, slots=True)
class Audited:
    """One sentence and what was found.

    Attributes:
        covered: the part of its words that stand in a passage of the base.
        remarks: what an editor should know besides.
    """

    sentence: DraftSentence
    status: Status
    matches: tuple[Match, ...] = ()
    differences: tuple[Difference, ...] = ()
    quotations: tuple[Quoted, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    remarks: tuple[str, ...] = ()
    covered: float = 0.0


@dataclass(frozen=True)
class Audit:
    """A draft audited.

    Attributes:
        texts: how many sources' texts were at hand.
        claims: how many claims it was compared with.
        notes: one for each claim that a sentence matches, differs from or is in conflict over.
        base: what it was compared with.
    """

    draft: Draft
    sentences: tuple[Audited, ...]
    problems: tuple[ListProblem, ...]
    claims: int
    texts: int
    as_of: str
    notes: tuple[Note, ...]
    base: StoreBase = field(repr=False, compare=False)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each claim's note, by IRI."""
        return {note.iri: note.number for note in self.notes}

    @property
    def counts(self) -> Counter[Status]:
        """Sentences by status."""
        return Counter(s.status for s in self.sentences)

    @property
    def differs(self) -> bool:
        """Whether any sentence differs from what is on record."""
        return any(s.status is Status.DIFFERS for s in self.sentences)


Progress = Callable[[Sequence[DraftSentence]], Iterable[DraftSentence]]


def audit(
    base: StoreBase,
    draft: Draft,
    read: Reader,
    texts: Texts,
    *,
    as_of: str = "",
    progress: Progress = iter,
) -> Audit:
    """Compare a draft with the claims of a base.

    Args:
        base: whose claims; retired and contradicted ones are compared too, and never found `on record`.
        draft: the text.
        read: checks citations and reads them in place; a claim that a check has failed is left out.
        texts: the sources at hand, for the draft's own quotation marks.
        as_of: an ISO date; claims not valid then count as outdated.
        progress: passes the sentences on, showing how far it is.
    """
    auditor = _Auditor(base, read, texts, as_of)
    found = tuple(auditor.sentence(s) for s in progress(draft.sentences))
    named = dict.fromkeys(iri for audited in found for iri in claims_named(audited))

    def check(claims: Iterable[Claim]) -> Iterator[CitationResult]:
        yield from (result for result, _ in read(c for claim in claims for c in claim.citations))

    return Audit(
        draft,
        found,
        tuple(list_problems(draft)),
        len(auditor.claims),
        auditor.quotations.at_hand,
        as_of,
        notes(base, list(named), check=check),
        base,
    )


def claims_named(audited: Audited) -> Iterator[str]:
    """The claims that a sentence differs from, those it matches, and every side of its conflicts."""
    yield from (d.claim for d in audited.differences if d.claim)
    yield from (m.claim.iri for m in audited.matches)
    yield from (iri for conflict in audited.conflicts for iri in conflict.between)


class _Auditor:
    """What is read of the base once."""

    def __init__(self, base: StoreBase, read: Reader, texts: Texts, as_of: str) -> None:
        self.claims = list(base.claims())
        self.by_iri = {claim.iri: claim for claim in self.claims}
        self.as_of = as_of
        self.passages = Passages(self.claims, read)
        self.names: Names = names_of(base.entities())
        current = [c for c in self.claims if self._is_current(c)]
        self.paraphrases = Paraphrases(
            current,
            NameFinder(base.entities()),
            {s.iri: s for s in base.sources()},
            lambda claim: not claim.is_contradicted and self.passages.stands(claim),
        )
        self.directory = Directory(e for e in self.passages.evidence if self._is_current(e.claim))
        self.quotations = Quotations([s.iri for s in base.sources()], texts, self.claims)
        self.conflicts: dict[str, list[Conflict]] = {}
        for conflict in base.conflicts():
            for iri in conflict.between:
                self.conflicts.setdefault(iri, []).append(conflict)

    def _is_current(self, claim: Claim) -> bool:
        return claim.retirement is None and (not self.as_of or valid_on(claim, self.as_of))

    def sentence(self, given: DraftSentence) -> Audited:
        text = Normalised.of(given.text)
        current, older, disputed = self._sides(text)
        quoted = tuple(self.quotations.check(given.text))
        reworded = self.paraphrases.look(text, asserts=asserts(given.text))
        found, taken = self._differences(given.text, current, [*older, *disputed])
        found = [d for d in found if not is_refuted(d, reworded)]
        found += [q.difference for q in quoted if q.difference is not None]
        found = found or list(reworded.differences)
        matches = _matches(current) or [Match(k.saying.claim, "other words", "") for k in reworded.says]
        contradicted = {d.claim for d in found}
        matches = [m for m in matches if m.how == "quotation" or m.claim.iri not in contradicted]
        stale, contested = _matches(older), _matches(disputed)
        conflicts = self._conflicts(text, matches, reworded)
        status = self._status(given, found, matches, stale, contested, conflicts, taken)
        missing: list[str] = []
        if status is Status.ON_RECORD or (conflicts and status is Status.CONFLICTED):
            missing = self._missing(text, current, matches, reworded)
            status = self._without_claims(given) if missing else status
        shown = {Status.OUTDATED: stale, Status.CONFLICTED: contested}.get(status, [])
        shown = [*shown, *(m for m in matches if not shown or m.how != "other words")]
        return Audited(
            given,
            status,
            tuple(shown[:MOST_CLAIMS]),
            tuple(found),
            quoted,
            conflicts if status is Status.CONFLICTED else (),
            tuple(remarks(given, quoted, missing, is_unsourced=status is Status.NEEDS_SOURCE)),
            _covered(text, current),
        )

    def _sides(self, text: Normalised) -> tuple[list[Overlay], list[Overlay], list[Overlay]]:
        """The passages near a sentence: of current claims, of those no longer so, of contradicted ones."""
        sides = self.passages.near(text) if text.words else []
        current = [s for s in sides if self._is_current(s.evidence.claim)]
        return (
            [s for s in current if not s.evidence.claim.is_contradicted],
            [s for s in sides if not self._is_current(s.evidence.claim)],
            [s for s in current if s.evidence.claim.is_contradicted],
        )

    def _differences(
        self, text: str, current: Sequence[Overlay], rest: Sequence[Overlay]
    ) -> tuple[list[Difference], list[Overlay]]:
        """What differs from current claims and stands in none; the passages no longer current that say so."""
        found: dict[tuple[Kind, tuple[int, int]], Difference] = {}
        taken: list[Overlay] = []
        for side in sorted(current, key=lambda s: -s.share):
            for difference, gap in differences(side, self.names):
                if any(_says(other, gap, difference.kind) for other in current):
                    continue
                older = [other for other in rest if _says(other, gap, difference.kind)]
                taken += older
                if not older and not any(overlap(difference.span, span) for _, span in found):
                    found[difference.kind, difference.span] = difference
        for difference in self.directory.differences(text):
            if self.passages.stands(self.by_iri[difference.claim]) and not any(
                overlap(difference.span, span) for _, span in found
            ):
                found[difference.kind, difference.span] = difference
        return sorted(found.values(), key=lambda d: d.span), taken

    def _conflicts(
        self, text: Normalised, matches: Sequence[Match], reworded: Paraphrase
    ) -> tuple[Conflict, ...]:
        """The conflicts about what a sentence says: another side has it otherwise, or says it as nearly."""
        held = {m.claim.iri for m in matches}
        leading = [m.claim.iri for m in matches if m.how != "other words"] or [
            m.claim.iri for m in matches[:1]
        ]
        named = {c.iri: c for iri in sorted(leading) for c in self.conflicts.get(iri, ())}
        sides = {iri for c in named.values() for iri in c.between} - held
        near = {k.saying.claim.iri for k in reworded.near if k.total >= reworded.near[0].total - AS_NEARLY}
        speaking = near | self.paraphrases.otherwise(text, sides) if sides else near
        open_ones = (c for _, c in sorted(named.items()) if not held.issuperset(c.between))
        return tuple(c for c in open_ones if not speaking.isdisjoint(set(c.between) - held))

    def _status(
        self,
        given: DraftSentence,
        found: Sequence[Difference],
        matches: Sequence[Match],
        stale: Sequence[Match],
        contested: Sequence[Match],
        conflicts: Sequence[Conflict],
        taken: Sequence[Overlay],
    ) -> Status:
        if found:
            return Status.DIFFERS
        is_direct = any(m.how != "other words" for m in matches)
        if conflicts or (contested and not is_direct) or any(s.evidence.claim.is_contradicted for s in taken):
            return Status.CONFLICTED
        if taken or (stale and not is_direct):
            return Status.OUTDATED
        if matches:
            return Status.ON_RECORD
        return self._without_claims(given)

    def _without_claims(self, given: DraftSentence) -> Status:
        return Status.NEEDS_SOURCE if wants_source(given) else Status.NOT_ON_RECORD

    def _missing(
        self,
        text: Normalised,
        sides: Sequence[Overlay],
        matches: Sequence[Match],
        reworded: Paraphrase,
    ) -> list[str]:
        """The figures, dates and numbers of a sentence that stand in no claim found and in no passage."""
        named = {m.claim.iri for m in matches} | {k.saying.claim.iri for k in reworded.near}
        spans = [s for s in self.paraphrases.missing(text, named) if not _in_passage(text, s, sides)]
        return [text.text[low:high].strip() for low, high in spans]


def _says(side: Overlay, gap: Gap, kind: Kind) -> bool:
    """Whether a passage has the draft's own reading of a place."""
    size = len(side.sentence)
    if side.covers(max(0, gap.c - 2), min(size, gap.d + 2)):
        return True
    if kind in (Kind.FIGURE, Kind.DATE, Kind.PHONE, Kind.EMAIL, Kind.STATUTE) and side.is_near:
        given = {w for w in side.sentence.words[gap.c : gap.d] if any(c.isdigit() for c in w) or "@" in w}
        return bool(given) and given <= set(side.evidence.words)
    return False


def _matches(sides: Iterable[Overlay]) -> list[Match]:
    """The claims that a sentence quotes or says, those quoted first, each once."""
    found: dict[str, Match] = {}
    quoted = [s for s in sides if s.is_quoted]
    said = [s for s in sides if s.evidence.citation is None and s.share >= SAID and len(s.evidence.words) > 3]
    for side in [*quoted, *said]:
        claim = side.evidence.claim
        how = "quotation" if side.is_quoted else "statement"
        found.setdefault(claim.iri, Match(claim, how, _held_words(side)))
    return list(found.values())


def _held_words(side: Overlay) -> str:
    """The words of the sentence that answer to the quoted ones."""
    start, end = side.evidence.core
    at = [b + max(0, start - a) for a, b, n in side.runs if a < end and a + n > start]
    upto = [b + min(n, end - a) for a, b, n in side.runs if a < end and a + n > start]
    return " ".join(side.sentence.slice(min(at), max(upto)).split()) if at else ""


def _in_passage(text: Normalised, span: tuple[int, int], sides: Iterable[Overlay]) -> bool:
    """Whether the words at some offsets stand in a run of words that a passage has too."""
    inside = [i for i, (low, high) in enumerate(text.spans) if low < span[1] and span[0] < high]
    if not inside:
        return True
    first, last = inside[0], inside[-1]
    return any(b <= first and last < b + n and n >= RUN for s in sides for _, b, n in s.runs)


def _covered(text: Normalised, sides: Iterable[Overlay]) -> float:
    held: set[int] = set()
    for side in sides:
        held.update(i for _, b, n in side.runs if n >= RUN for i in range(b, b + n))
    return len(held) / len(text) if len(text) else 0.0
