"""An audit: somebody's text against the base, sentence by sentence, and what the base has on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex

from onrecord.answers.audit_differences import Difference, Directory, Kind, Names, differences, names_of
from onrecord.answers.audit_matching import Gap, Overlay, Passages, Reader
from onrecord.answers.audit_paraphrase import LIKE, Sayings, paraphrase_differences, reversed_route, routes
from onrecord.answers.audit_quotations import Quotations, Quoted
from onrecord.answers.drafts import Draft, DraftSentence
from onrecord.citations.wording.figures import figures_of_statement
from onrecord.citations.wording.marks import dates, emails, phones, references
from onrecord.model import Claim, Conflict, Outcome, Texts
from onrecord.store.records import StoreBase
from onrecord.store.scope import valid_on
from onrecord.text import Normalised

MOST_CLAIMS = 8
"""Claims that are listed for one sentence."""
SAID = 0.8
"""Part of a statement's words that a sentence must have, in order, to say what the statement says."""
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
            nearly the same words) or "other words" (it shares its telling words, which
            proposes the claim and decides nothing).
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


@dataclass(frozen=True, slots=True)
class ListProblem:
    """What is wrong between a draft's markers and its own list of references."""

    line: int
    message: str


@dataclass(frozen=True)
class Audit:
    """A draft audited.

    Attributes:
        texts: how many sources' texts were at hand.
        claims: how many claims it was compared with.
    """

    draft: Draft
    sentences: tuple[Audited, ...]
    problems: tuple[ListProblem, ...]
    claims: int
    texts: int
    as_of: str = ""

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
    problems = tuple(list_problems(draft))
    return Audit(draft, found, problems, len(auditor.claims), auditor.quotations.at_hand, as_of)


class _Auditor:
    """What is read of the base once."""

    def __init__(self, base: StoreBase, read: Reader, texts: Texts, as_of: str) -> None:
        self.claims = list(base.claims())
        self.by_iri = {claim.iri: claim for claim in self.claims}
        self.as_of = as_of
        self.passages = Passages(self.claims, read)
        self.names: Names = names_of(base.entities())
        usable = [c for c in self.claims if self._is_current(c) and not c.is_contradicted]
        self.sayings = Sayings(usable, self.names)
        self.routes = routes(usable)
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
        sides = self.passages.near(text) if text.words else []
        current = [
            s for s in sides if self._is_current(s.evidence.claim) and not s.evidence.claim.is_contradicted
        ]
        older = [s for s in sides if not self._is_current(s.evidence.claim)]
        disputed = [
            s for s in sides if self._is_current(s.evidence.claim) and s.evidence.claim.is_contradicted
        ]
        quoted = tuple(self.quotations.check(given.text))
        found, taken = self._differences(given.text, current, [*older, *disputed])
        found += [q.difference for q in quoted if q.difference is not None]
        matches = _matches(current)
        nearest: list[Match] = []
        if not found and not matches:
            nearest, found = self._in_other_words(text)
        contradicted = {d.claim for d in found}
        matches = [m for m in matches if m.how == "quotation" or m.claim.iri not in contradicted]
        stale, contested = _matches(older), _matches(disputed)
        conflicts = self._conflicts(matches)
        status = self._status(given, found, matches, stale, contested, conflicts, taken)
        shown = {Status.OUTDATED: stale, Status.CONFLICTED: contested}.get(status, [])
        return Audited(
            given,
            status,
            tuple([*shown, *matches, *nearest][:MOST_CLAIMS]),
            tuple(found),
            quoted,
            conflicts if status is Status.CONFLICTED else (),
            tuple(_remarks(given, quoted, status)),
            _covered(text, current),
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
                if not older and not any(_overlap(difference.span, span) for _, span in found):
                    found[difference.kind, difference.span] = difference
        for difference in self.directory.differences(text):
            if self.passages.stands(self.by_iri[difference.claim]) and not any(
                _overlap(difference.span, span) for _, span in found
            ):
                found[difference.kind, difference.span] = difference
        return sorted(found.values(), key=lambda d: d.span), taken

    def _in_other_words(self, text: Normalised) -> tuple[list[Match], list[Difference]]:
        """The claims that a sentence gives in other words, and what it has otherwise than the nearest."""
        near = [k for k in self.sayings.near(text.text) if self.passages.stands(k.saying.claim)]
        found: list[Difference] = []
        for difference in [
            *reversed_route(text, self.routes, self.names),
            *paraphrase_differences(text, near),
        ]:
            if not any(_overlap(difference.span, d.span) for d in found):
                found.append(difference)
        like = [k for k in near if k.share >= LIKE]
        return [Match(k.saying.claim, "other words", "") for k in like[:MOST_CLAIMS]], found

    def _conflicts(self, matches: Sequence[Match]) -> tuple[Conflict, ...]:
        """The conflicts of the claims that a sentence matches, where it does not give every side."""
        held = {m.claim.iri for m in matches}
        named = {c.iri: c for m in matches for c in self.conflicts.get(m.claim.iri, ())}
        return tuple(c for _, c in sorted(named.items()) if not held.issuperset(c.between))

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
        if conflicts or (contested and not matches) or any(s.evidence.claim.is_contradicted for s in taken):
            return Status.CONFLICTED
        if taken or (stale and not matches):
            return Status.OUTDATED
        if matches:
            return Status.ON_RECORD
        return Status.NEEDS_SOURCE if _wants_source(given) else Status.NOT_ON_RECORD


def _says(side: Overlay, gap: Gap, kind: Kind) -> bool:
    """Whether a passage has the draft's own reading of a place."""
    size = len(side.sentence)
    if side.covers(max(0, gap.c - 2), min(size, gap.d + 2)):
        return True
    if kind in (Kind.FIGURE, Kind.DATE, Kind.PHONE, Kind.EMAIL, Kind.STATUTE) and side.is_near:
        given = {w for w in side.sentence.words[gap.c : gap.d] if any(c.isdigit() for c in w) or "@" in w}
        return bool(given) and given <= set(side.evidence.words)
    return False


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _matches(sides: Iterable[Overlay]) -> list[Match]:
    """The claims that a sentence quotes or says, those quoted first, each once."""
    found: dict[str, Match] = {}
    quoted = [s for s in sides if s.is_quoted]
    said = [s for s in sides if s.evidence.citation is None and s.share >= SAID and len(s.evidence.words) > 3]
    for side in [*quoted, *said]:
        claim = side.evidence.claim
        how = "quotation" if side.is_quoted else "statement"
        found.setdefault(claim.iri, Match(claim, how, _held(side)))
    return list(found.values())


def _held(side: Overlay) -> str:
    """The words of the sentence that answer to the quoted ones."""
    start, end = side.evidence.core
    at = [b + max(0, start - a) for a, b, n in side.runs if a < end and a + n > start]
    upto = [b + min(n, end - a) for a, b, n in side.runs if a < end and a + n > start]
    return " ".join(side.sentence.slice(min(at), max(upto)).split()) if at else ""


def _covered(text: Normalised, sides: Iterable[Overlay]) -> float:
    held: set[int] = set()
    for side in sides:
        held.update(i for _, b, n in side.runs if n >= 3 for i in range(b, b + n))
    return len(held) / len(text) if len(text) else 0.0


_NAME = regex.compile(r"(?<=[^.!?\s]\s)\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)+")
_WORDS_QUOTED = regex.compile(r"[\u201c\"][^\u201d\"]{12,2000}[\u201d\"]")
_ASSERTS = regex.compile(r"[.!\u2026][)\u201d\"'\u2019\s]{0,4}\Z")
"""A heading has no full stop, and a question says nothing."""
_LINKED = regex.compile(r"https?://|\[link\]")


def _wants_source(given: DraftSentence) -> bool:
    """A figure, date, address, reference, name or quotation in a sentence without a marker or link."""
    text = given.text
    if given.markers or not _ASSERTS.search(text) or _LINKED.search(text) or len(text.split()) < 4:
        return False
    marks = (emails, phones, references, dates, figures_of_statement)
    return any(found(text) for found in marks) or any(p.search(text) for p in (_NAME, _WORDS_QUOTED))


def _remarks(given: DraftSentence, quoted: Sequence[Quoted], status: Status) -> Iterator[str]:
    if status is Status.NEEDS_SOURCE:
        yield "It has a figure, date, name, number or quotation, and neither a marker nor a link."
    if given.unseen:
        yield f"It has {given.unseen} characters that are invisible or turn the direction of writing."
    for q in quoted:
        if q.outcome is Outcome.ABSENT:
            yield f'The words in quotation marks "{q.words}" stand in no text at hand.'
        elif q.outcome is Outcome.UNCHECKED:
            yield f'The words in quotation marks "{q.words}" were not checked: {q.reason}.'


def list_problems(draft: Draft) -> Iterator[ListProblem]:
    """Markers without an entry in the draft's list, entries without a marker, and labels given twice."""
    used: dict[str, int] = {}
    for sentence in draft.sentences:
        for label in sentence.markers:
            used.setdefault(label, sentence.line)
    if used and not draft.entries:
        first = min(used.values())
        yield ListProblem(first, f"The draft has markers ({len(used)}) and no list of references of its own.")
        return
    for label, line in used.items():
        if label not in draft.entries:
            yield ListProblem(line, f"The marker [{label}] has no entry in the draft's list of references.")
    for label, line in draft.entries.items():
        if label not in used:
            yield ListProblem(line, f"The entry [{label}] of the draft's list is referred to nowhere.")
    for label, line in draft.doubled:
        yield ListProblem(line, f"The label [{label}] stands twice in the draft's list of references.")
