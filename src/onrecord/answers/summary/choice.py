"""Which claims a summary tells, in which section, and in what order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.answers.summary.disputes import Dispute, Good, conflicts_of, disputes
from onrecord.answers.summary.twins import merged
from onrecord.model import AssessmentVerdict, Claim, Literal, Standing
from onrecord.store.records import StoreBase
from onrecord.store.scope import valid_on
from onrecord.vocab import OV

ESTABLISHED = "What is established"
STRUCTURE = "Who answers to whom"
INTAKE = "Intake"
REFERRAL = "Referral"
INVESTIGATION = "Investigation"
RULES = "Standards and means"
ALSO = "Also on record"
TIME_LIMITS = "Time limits"
OUTCOMES = "Outcomes"
TRANSPARENCY = "Transparency"
DIFFER = "Where sources differ"
UNKNOWN = "What is not known"
ALL = "What is on record"
ORDER = (
    ALL, ESTABLISHED, STRUCTURE, INTAKE, REFERRAL, INVESTIGATION, RULES, TIME_LIMITS, OUTCOMES, TRANSPARENCY,
    ALSO, DIFFER, UNKNOWN,
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
    "standards": RULES,
    "capacity": RULES,
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
_MOST_ESTABLISHED = 5
_MOST_UNKNOWN = 8
_FEW = 6
"""Most claims that are told under one heading."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the choice is for: an entity or concept, and how many claims of one standing a section has."""

    entity: str = ""
    most: int = 3


@dataclass
class Chosen:
    """The claims of each section in order, disputes, and what was left out.

    Attributes:
        contested: IRIs of claims that are in a conflict whose sides do not stand side by side.
        also: IRIs of claims that say the same as one that is told, by that one's.
    """

    sections: dict[str, list[Claim]] = field(default_factory=dict)
    disputes: list[Dispute] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    contested: frozenset[str] = frozenset()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def usable(claim: Claim, as_of: str = "") -> bool:
    """Whether a claim may be told: current, not contradicted, supported, valid on the day."""
    return not unusable(claim, as_of)


def unusable(claim: Claim, as_of: str = "") -> str:
    """Why a claim may not be told, whatever checks say of its quotations; "" where it may."""
    if claim.retirement is not None:
        return claim.retirement.kind.value
    if claim.is_contradicted:
        return "contradicted by other claims"
    if claim.standing is None:
        return "without support"
    return f"not valid on {as_of}" if as_of and not valid_on(claim, as_of) else ""


def choose(base: StoreBase, claims: Sequence[Claim], wanted: Wanted, good: Good) -> Chosen:
    """Choose and order the claims of a summary; `good` says which others may stand beside them."""
    in_conflict = list(conflicts_of(base, claims, good))
    own = {c.iri for c in claims}
    told_apart = disputes(
        [(c, sides) for c, sides in in_conflict if len(own & {x.iri for x in sides}) > 1],
        lambda claim: _directness(claim, wanted.entity),
        whole=not wanted.most,
    )
    told = {c.iri for dispute in told_apart for c in dispute.claims}
    everyone = frozenset(iri for conflict, _ in in_conflict for iri in conflict.between)
    side_by_side = {dispute.conflict.iri for dispute in told_apart}
    besides = [*claims, *(c for dispute in told_apart for c in dispute.claims)]
    elsewhere = [c for c, _ in conflicts_of(base, besides, good) if c.iri not in side_by_side]
    choice = _Choice(base, wanted, everyone, claims)
    rest, also = merged(sorted((c for c in claims if c.iri not in told), key=choice.rank), everyone)
    chosen = Chosen(
        disputes=told_apart, contested=frozenset(iri for c in elsewhere for iri in c.between), also=also
    )
    _fill(chosen, rest, choice)
    return chosen


def _fill(chosen: Chosen, rest: Sequence[Claim], choice: _Choice) -> None:
    """Put claims into their sections, as many as each may have."""
    gaps = [c for c in rest if c.is_gap]
    chosen.sections[UNKNOWN] = sorted(choice.best(gaps, _MOST_UNKNOWN), key=choice.place)
    chosen.left_out[UNKNOWN] = len(gaps) - len(chosen.sections[UNKNOWN])
    plain = [c for c in rest if not c.is_gap]
    if len(plain) <= _FEW:
        chosen.sections[ALL] = choice.section(ALL, plain, most=_FEW)
        return
    by_section: dict[str, list[Claim]] = {}
    for claim in plain:
        by_section.setdefault(sections_of(claim, choice.wanted.entity)[0], []).append(claim)
    chosen.sections[ESTABLISHED] = choice.established(by_section)
    lead = {c.iri for c in chosen.sections[ESTABLISHED]}
    left = {title: [c for c in members if c.iri not in lead] for title, members in by_section.items()}
    for title, members in _gathered(left, choice.wanted.entity).items():
        chosen.sections[title] = choice.section(title, members, most=choice.wanted.most)
        chosen.left_out[title] = len(members) - len(chosen.sections[title])


def _gathered(by_section: Mapping[str, list[Claim]], subject: str) -> dict[str, list[Claim]]:
    """Sections of one claim dissolved, where another of its topics has a section with more."""
    found = {title: list(members) for title, members in by_section.items() if members}
    for title in ORDER:
        if len(found.get(title, ())) != 1:
            continue
        (claim,) = found[title]
        others = [t for t in sections_of(claim, subject)[1:] if t in found and t != title]
        if others:
            found[max(others, key=lambda t: len(found[t]))].append(claim)
            del found[title]
        elif title == RULES:
            found.setdefault(ALSO, []).append(claim)
            del found[title]
    return found


def sections_of(claim: Claim, subject: str) -> list[str]:
    """The sections that a claim fits, the most telling first; the subject's own topic counts least."""
    ties = [STRUCTURE] if any(t.predicate in _TIES for t in claim.assertions) else []
    names = {topic.rsplit("/", 1)[-1]: topic != subject for topic in claim.topics}
    by_topic = [(not names[t], section) for t, section in _SECTION_OF_TOPIC.items() if t in names]
    ordered = [section for _, section in sorted(by_topic, key=lambda pair: pair[0])]
    fit = list(dict.fromkeys([*ties, *ordered]))
    return [*fit, ALSO] if not fit or RULES in fit else fit


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

    def rank(self, claim: Claim) -> tuple[object, ...]:
        sources = [self.base.source(c.source) for c in claim.supporting]
        return (
            _group(claim),
            any(a.verdict is AssessmentVerdict.UNPROVEN for a in claim.assessments),
            claim.iri in self.everyone,
            -_directness(claim, self.wanted.entity),
            not self._opens(claim),
            not any(s is not None and s.tier == "primary" for s in sources),
            self._age(claim),
            -self._typical(claim),
            claim.slug,
        )

    def _age(self, claim: Claim) -> int:
        """How many times five years a claim is older than the latest; 0 for law and what has no date."""
        if claim.standing is Standing.LAW or not claim.as_of[:4].isdigit():
            return 0
        return (self.latest - int(claim.as_of[:4])) // 5

    @cached_property
    def latest(self) -> int:
        """The latest year of which any of the claims speaks."""
        return max((int(c.as_of[:4]) for c in self.claims if c.as_of[:4].isdigit()), default=0)

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
        for claim in sorted(claims, key=self.rank):
            if not self.wanted.most or (len(found) < most and self._is_new(claim)):
                found.append(claim)
        return found

    def established(self, by_section: dict[str, list[Claim]]) -> list[Claim]:
        """Law, official statements and findings that nothing speaks against: the best of each section."""
        found: list[Claim] = []
        for title in _LEADING:
            fit = [c for c in by_section.get(title, ()) if _group(c) < 2 and self._is_settled(c)]
            found += self.best(fit, 1)[:1] if len(found) < _MOST_ESTABLISHED else []
        if len(found) < 2:
            self._said.clear()
            return []
        return sorted(found, key=_group)

    def _is_settled(self, claim: Claim) -> bool:
        is_open = any(a.verdict is AssessmentVerdict.UNPROVEN for a in claim.assessments)
        is_disputed = claim.iri in self.everyone or any(not c.supports for c in claim.citations)
        return not is_open and not is_disputed and self._opens(claim)

    def place(self, claim: Claim) -> tuple[int, str, object]:
        """Where a gap stands: in the order of the sections that it would belong to, then by its date."""
        return ORDER.index(sections_of(claim, self.wanted.entity)[0]), claim.as_of, self.rank(claim)

    def section(self, title: str, claims: Sequence[Claim], *, most: int) -> list[Claim]:
        """A section's claims: the strongest standing first, those of one subject together."""
        is_own = _SECTION_OF_TOPIC.get(self.wanted.entity.rsplit("/", 1)[-1]) == title
        found: list[Claim] = []
        for group in range(4):
            members = self.best([c for c in claims if _group(c) == group], most * (2 if is_own else 1))
            found += _clustered(members)
        return found


def _clustered(claims: Sequence[Claim]) -> list[Claim]:
    """Claims with the same subject side by side, in the order of their first."""
    clusters: dict[str, list[Claim]] = {}
    for claim in claims:
        clusters.setdefault(_subject(claim), []).append(claim)
    return [c for members in clusters.values() for c in sorted(members, key=lambda c: c.as_of)]


def _subject(claim: Claim) -> str:
    """Whom a claim speaks of: who acts in it, else its first entity."""
    for predicate in (*_AGENT, *_TIES):
        for triple in claim.assertions:
            if triple.predicate == predicate and not isinstance(triple.object, Literal):
                return str(triple.object)
    return min(claim.entities, default="")
