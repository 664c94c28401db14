"""Which claims a summary tells, in which section, and in what order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.answers.summary_sentences import marks
from onrecord.model import AssessmentVerdict, Claim, Conflict, Literal, Standing
from onrecord.store.records import StoreBase
from onrecord.store.scope import valid_on
from onrecord.vocab import OV

ESTABLISHED = "What is established"
STRUCTURE = "Who answers to whom"
INTAKE = "Intake"
REFERRAL = "Referral"
INVESTIGATION = "Investigation"
RULES = "Standards and means"
TIME_LIMITS = "Time limits"
OUTCOMES = "Outcomes"
TRANSPARENCY = "Transparency"
DIFFER = "Where sources differ"
UNKNOWN = "What is not known"
ORDER = (
    ESTABLISHED, STRUCTURE, INTAKE, REFERRAL, INVESTIGATION, RULES, TIME_LIMITS, OUTCOMES, TRANSPARENCY,
    DIFFER, UNKNOWN,
)  # fmt: skip
"""The sections of a summary, in their natural order."""
_LEADING = (STRUCTURE, INVESTIGATION, INTAKE, REFERRAL, OUTCOMES, TIME_LIMITS)
"""The sections whose best claim may stand in the lead, in the order in which it does."""
_SECTION_OF_TOPIC = {
    "time-limit": TIME_LIMITS,
    "structure": STRUCTURE,
    "referral": REFERRAL,
    "contact": INTAKE,
    "complainant-advice": INTAKE,
    "discipline": OUTCOMES,
    "outcome": OUTCOMES,
    "intake": INTAKE,
    "transparency": TRANSPARENCY,
    "independence": STRUCTURE,
    "jurisdiction": INVESTIGATION,
    "investigation": INVESTIGATION,
}
"""In the order in which the topics of one claim decide; the most telling first."""
_GROUP = {
    Standing.LAW: 0,
    Standing.OFFICIAL_STATEMENT: 1,
    Standing.OVERSIGHT_FINDING: 1,
    Standing.REPORTING: 2,
    Standing.ALLEGATION: 3,
    Standing.ARGUMENT: 3,
}
_TIES = tuple(OV + name for name in ("partOf", "reportsTo", "headedBy"))
_AGENT = tuple(OV + name for name in ("by", "from", "to", "of", "about", "channelOf", "over"))
_WORD = re.compile(r"[^\W_]+(?:[.,'/-][^\W_]+)*")
_ALIKE = 0.6
"""Share of words from which two statements say much the same."""
_BEGINNING = 60
"""Characters of a statement in which its subject is named."""
_MOST_DISPUTES = 5
_WIDEST_DISPUTE = 6
_MOST_ESTABLISHED = 5
_MOST_UNKNOWN = 8

Good = Callable[[Claim], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the choice is for: an entity or concept, and how many claims of one standing a section has."""

    entity: str = ""
    most: int = 3


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict with the claims that are told side by side."""

    conflict: Conflict
    claims: tuple[Claim, ...]


@dataclass
class Chosen:
    """The claims of each section in order, disputes, and what was left out.

    Attributes:
        contested: IRIs of claims that are in a conflict whose sides do not stand side by side.
    """

    sections: dict[str, list[Claim]] = field(default_factory=dict)
    disputes: dict[str, list[Dispute]] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    contested: frozenset[str] = frozenset()


def usable(claim: Claim, as_of: str = "") -> bool:
    """Whether a claim may be told: current, not contradicted, supported, valid on the day."""
    return (
        claim.retirement is None
        and not claim.is_contradicted
        and claim.standing is not None
        and (not as_of or valid_on(claim, as_of))
    )


def choose(base: StoreBase, claims: Sequence[Claim], wanted: Wanted, good: Good) -> Chosen:
    """Choose and order the claims of a summary; `good` says which others may stand beside them."""
    in_conflict = list(_conflicts(base, claims, good))
    own = {c.iri for c in claims}
    disputes = _disputes([(c, s) for c, s in in_conflict if len(own & {x.iri for x in s}) > 1], wanted)
    told = {c.iri for dispute in disputes for c in dispute.claims}
    everyone = frozenset(iri for conflict, _ in in_conflict for iri in conflict.between)
    choice = _Choice(base, wanted, everyone, claims)
    rest = [c for c in claims if c.iri not in told]
    side_by_side = {dispute.conflict.iri for dispute in disputes}
    besides = [*claims, *(c for dispute in disputes for c in dispute.claims)]
    elsewhere = (c for c, _ in _conflicts(base, besides, good) if c.iri not in side_by_side)
    chosen = Chosen(contested=frozenset(iri for conflict in elsewhere for iri in conflict.between))
    if disputes:
        chosen.disputes[DIFFER] = disputes
        chosen.left_out[DIFFER] = 0
    gaps = [c for c in rest if c.is_gap]
    chosen.sections[UNKNOWN] = choice.best(gaps, _MOST_UNKNOWN)
    chosen.left_out[UNKNOWN] = len(gaps) - len(chosen.sections[UNKNOWN])
    by_section: dict[str, list[Claim]] = {}
    for claim in rest:
        if not claim.is_gap:
            by_section.setdefault(_section_of(claim, wanted.entity), []).append(claim)
    chosen.sections[ESTABLISHED] = choice.established(by_section)
    lead = {c.iri for c in chosen.sections[ESTABLISHED]}
    for title, members in by_section.items():
        left = [c for c in members if c.iri not in lead]
        chosen.sections[title] = choice.section(title, left)
        chosen.left_out[title] = len(left) - len(chosen.sections[title])
    return chosen


def _section_of(claim: Claim, subject: str) -> str:
    if any(t.predicate in _TIES for t in claim.assertions):
        return STRUCTURE
    names = {topic.rsplit("/", 1)[-1] for topic in claim.topics}
    other = {topic.rsplit("/", 1)[-1] for topic in claim.topics if topic != subject}
    for among in (other, names):
        for topic, section in _SECTION_OF_TOPIC.items():
            if topic in among:
                return section
    return RULES


# conflicts --------------------------------------------------------------------------------------------


def _conflicts(
    base: StoreBase, claims: Sequence[Claim], good: Good
) -> Iterable[tuple[Conflict, tuple[Claim, ...]]]:
    """Conflicts in which the claims are, each with all its claims that may be told; those with two sides."""
    own = {c.iri for c in claims}
    for conflict in base.conflicts():
        if own & set(conflict.between):
            sides = [c for iri in conflict.between if (c := base.claim(iri)) is not None and good(c)]
            if len(sides) > 1:
                yield conflict, tuple(sides)


def _disputes(found: Iterable[tuple[Conflict, tuple[Claim, ...]]], wanted: Wanted) -> list[Dispute]:
    """The conflicts that are told: small ones of strong claims first, no claim in two of them."""
    ranked = sorted(
        (Dispute(c, tuple(sorted(sides, key=_strength))) for c, sides in found),
        key=lambda d: (
            sum(_group(c) for c in d.claims) / len(d.claims),
            -sum(_directness(c, wanted.entity) for c in d.claims) / len(d.claims),
            len(d.claims),
            d.conflict.iri,
        ),
    )
    chosen: list[Dispute] = []
    used: set[str] = set()
    for dispute in ranked:
        names = {c.iri for c in dispute.claims}
        fits = not wanted.most or (len(names) <= _WIDEST_DISPUTE and len(chosen) < _MOST_DISPUTES)
        if fits and not names & used:
            chosen.append(dispute)
            used |= names
    return chosen


def _strength(claim: Claim) -> tuple[int, str, str]:
    return _group(claim), claim.as_of, claim.slug


# ranking ----------------------------------------------------------------------------------------------


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(w for w in _WORD.findall(claim.statement.casefold()) if len(w) > 3)


def _group(claim: Claim) -> int:
    return _GROUP[claim.standing or Standing.ARGUMENT]


def _directness(claim: Claim, entity: str) -> int:
    """2 where the claim says what the entity is or does, 1 where it names it otherwise, else 0."""
    if not entity:
        return 0
    for triple in claim.assertions:
        if triple.object == entity and triple.predicate in _AGENT[:4]:
            return 2
        if entity in (triple.subject, triple.object) and triple.predicate in _TIES:
            return 2
    return int(any(entity in (t.subject, t.object) for t in claim.assertions))


@dataclass
class _Choice:
    base: StoreBase
    wanted: Wanted
    everyone: frozenset[str]
    claims: Sequence[Claim]
    _said: list[tuple[frozenset[str], frozenset[str]]] = field(default_factory=list)

    def _rank(self, claim: Claim) -> tuple[object, ...]:
        sources = [self.base.source(c.source) for c in claim.supporting]
        return (
            _group(claim),
            any(a.verdict is AssessmentVerdict.UNPROVEN for a in claim.assessments),
            claim.iri in self.everyone,
            -_directness(claim, self.wanted.entity),
            not self._opens(claim),
            not any(s is not None and s.tier == "primary" for s in sources),
            -self._typical(claim),
            claim.slug,
        )

    def _opens(self, claim: Claim) -> bool:
        """Whether a statement names the entity where it begins; any does where there is none."""
        return not self.names or any(name in claim.statement[:_BEGINNING] for name in self.names)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the entity is called."""
        entity = self.base.entity(self.wanted.entity) if self.wanted.entity else None
        return entity.names if entity is not None else ()

    def _typical(self, claim: Claim) -> float:
        """How many of the claims share its words, on average: what is central comes before what is remote."""
        words = _words(claim)
        return round(sum(self.shared[w] for w in words) / len(words), 3) if words else 0

    @cached_property
    def shared(self) -> Counter[str]:
        """In how many claims a word stands."""
        return Counter(word for claim in self.claims for word in _words(claim))

    def _is_new(self, claim: Claim) -> bool:
        """Whether no claim chosen before says much the same."""
        words = _words(claim)
        figures = frozenset(w for w in _WORD.findall(claim.statement) if any(x.isdigit() for x in w))
        for other, numbers in self._said:
            if figures == numbers and len(words & other) >= _ALIKE * len(words | other):
                return False
        self._said.append((words, figures))
        return True

    def best(self, claims: Iterable[Claim], most: int) -> list[Claim]:
        """The best of some claims, nearly equal ones once."""
        found: list[Claim] = []
        for claim in sorted(claims, key=self._rank):
            if not self.wanted.most or (len(found) < most and self._is_new(claim)):
                found.append(claim)
        return found

    def established(self, by_section: dict[str, list[Claim]]) -> list[Claim]:
        """Law, official statements and findings that nothing speaks against: the best of each section."""
        found: list[Claim] = []
        for title in _LEADING:
            fit = [c for c in by_section.get(title, ()) if _group(c) < 2 and self._is_settled(c)]
            found += self.best(fit, 1)[:1] if len(found) < _MOST_ESTABLISHED else []
        return found

    def _is_settled(self, claim: Claim) -> bool:
        return claim.iri not in self.everyone and not marks(claim, ()) and self._opens(claim)

    def section(self, title: str, claims: Sequence[Claim]) -> list[Claim]:
        """A section's claims: the strongest standing first, those of one subject together."""
        is_own = _SECTION_OF_TOPIC.get(self.wanted.entity.rsplit("/", 1)[-1]) == title
        most = self.wanted.most * (2 if is_own else 1)
        found: list[Claim] = []
        for group in range(4):
            members = self.best([c for c in claims if _group(c) == group], most)
            found += _clustered(members)
        return found


def _clustered(claims: Sequence[Claim]) -> list[Claim]:
    """Claims with the same subject side by side, in the order of their first."""
    clusters: dict[str, list[Claim]] = {}
    for claim in claims:
        clusters.setdefault(_subject(claim), []).append(claim)
    return [claim for members in clusters.values() for claim in members]


def _subject(claim: Claim) -> str:
    """Whom a claim speaks of: who acts in it, else its first entity."""
    for predicate in (*_AGENT, *_TIES):
        for triple in claim.assertions:
            if triple.predicate == predicate and not isinstance(triple.object, Literal):
                return str(triple.object)
    return min(claim.entities, default="")
