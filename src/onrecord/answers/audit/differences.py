"""Where a sentence of a draft and a passage of the base run side by side and say different things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import regex

from onrecord.answers.audit.matching import Evidence, Gap, Overlay
from onrecord.answers.audit.words import is_person, may_deny, plain
from onrecord.citations.wording.lexicon import opposite
from onrecord.citations.wording.marks import dates, emails, phones, references
from onrecord.citations.wording.numbers import figures
from onrecord.citations.wording.tokens import stem, tokens, word_set
from onrecord.model import Entity
from onrecord.text import Normalised, words


class Kind(StrEnum):
    """In what a sentence differs from what is on record."""

    FIGURE = "figure"
    DATE = "date"
    PHONE = "phone"
    EMAIL = "e-mail"
    STATUTE = "statute"
    NAME = "name"
    OFFICE = "office"
    DIRECTION = "direction"
    OBLIGATION = "obligation"
    NEGATION = "negation"
    QUANTITY = "quantity"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Difference:
    """Two readings side by side.

    Attributes:
        draft: the words of the draft.
        record: the words on record, with a few around them.
        claim: the claim that the record's words belong to; "" for a quotation checked in a source.
        source: the source of those words, or "".
        span: offsets of the draft's words in the sentence.
    """

    kind: Kind
    draft: str
    record: str
    claim: str
    source: str
    span: tuple[int, int]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans of offsets have anything in common.

    >>> overlap((0, 4), (3, 8)), overlap((0, 4), (4, 8))
    (True, False)
    """
    return one[0] < other[1] and other[0] < one[1]


WIDEST = 6
"""Words in which two readings may differ at one place; more is another sentence, not another reading."""
FLANK = 5
"""Equal words needed around a difference, both sides together."""
NEAR_GAP = 3
"""Words around a place without a denial in which another word may deny."""
AROUND = 7
"""Words before and after a preposition in which a verb of referring is looked for."""

_NEGATORS = word_set("not no never none nor neither cannot without nobody nothing hardly seldom")
BINDING = {
    **dict.fromkeys(word_set("must shall required obliged obligated mandatory"), "must"),
    **dict.fromkeys(word_set("should ought"), "should"),
    **dict.fromkeys(word_set("may can could might"), "may"),
}
"""Words that bind, and how."""
_QUANTITY = {
    **dict.fromkeys(word_set("all every each always any"), "all"),
    **dict.fromkeys(word_set("most mostly majority largely mainly predominantly"), "most"),
    **dict.fromkeys(word_set("many often numerous frequently multiple routinely usually generally"), "many"),
    **dict.fromkeys(word_set("repeatedly regularly commonly typically consistently large several"), "many"),
    **dict.fromkeys(word_set("some sometimes occasionally certain"), "some"),
    **dict.fromkeys(word_set("few fewer rarely seldom hardly scarcely little small minority"), "few"),
    **dict.fromkeys(word_set("never none neither no"), "none"),
    **dict.fromkeys(word_set("both"), "both"),
    **dict.fromkeys(word_set("more"), "more"),
    **dict.fromkeys(word_set("less"), "few"),
    **dict.fromkeys(word_set("dozens"), "dozens"),
    **dict.fromkeys(word_set("hundreds"), "hundreds"),
    **dict.fromkeys(word_set("thousands"), "thousands"),
    **dict.fromkeys(word_set("millions"), "millions"),
}
_TOWARDS = frozenset(("to", "into"))
_AWAY = frozenset(("from", "by"))
_REFERRING = ("refer", "return", "rout", "send", "sent", "forward", "transfer", "report", "escalat", "hand")
_DIGIT = regex.compile(r"\p{Nd}")
_YEAR = regex.compile(r"(?:1[89]|20)[0-9]{2}s?")

Names = Callable[[tuple[str, ...]], list[tuple[int, int, frozenset[str]]]]
"""Where the names of entities stand in a row of words: beginning, end, whose they may be."""


def names_of(entities: Iterable[Entity]) -> Names:
    """A finder of names, the longest at each place."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entity in entities:
        for name in entity.names:
            row = words(name)
            if row:
                index.setdefault(row[0], []).append((row, entity.iri))

    @lru_cache(maxsize=4096)
    def find(row: tuple[str, ...]) -> list[tuple[int, int, frozenset[str]]]:
        found, at = [], 0
        while at < len(row):
            here = [(n, who) for n, who in index.get(row[at], ()) if row[at : at + len(n)] == n]
            longest = max((len(n) for n, _ in here), default=0)
            if longest:
                found.append((at, at + longest, frozenset(who for n, who in here if len(n) == longest)))
            at += longest or 1
        return found

    return find


def differences(side: Overlay, names: Names) -> Iterator[tuple[Difference, Gap]]:
    """The places at which sentence and passage run side by side and differ in what can be decided."""
    mentions = _Mentions(side, names)
    for gap in side.gaps():
        if not _is_trusted(side, gap):
            continue
        kind = _kind(side, gap, mentions)
        if kind is not None:
            yield difference(kind, side.evidence, side.sentence, gap), gap


def difference(kind: Kind, evidence: Evidence, sentence: Normalised, gap: Gap) -> Difference:
    """Both readings of one place."""
    low, high = max(0, gap.c - 2), min(len(sentence), gap.d + 2)
    spans = sentence.spans
    inner = (gap.c, gap.d) if gap.d > gap.c else (max(0, gap.c - 1), min(len(sentence), gap.c + 1))
    return Difference(
        kind,
        " ".join(sentence.slice(low, high).split()),
        evidence.reading(gap.a, gap.b),
        evidence.claim.iri,
        evidence.citation.source if evidence.citation is not None else "",
        (spans[inner[0]][0], spans[inner[1] - 1][1]),
    )


def _is_trusted(side: Overlay, gap: Gap) -> bool:
    if gap.b - gap.a > WIDEST or gap.d - gap.c > WIDEST or not side.is_near:
        return False
    is_end = gap.b == side.runs[0][0] or gap.a == side.runs[-1][0] + side.runs[-1][2]
    around = gap.before if is_end else _around(side, gap)
    return around >= FLANK


def _around(side: Overlay, gap: Gap, taken: frozenset[int] = frozenset()) -> int:
    """Equal words within a few words of the gap on either side, some of them not counted."""
    low, high = gap.a - FLANK - 2, gap.b + FLANK + 2
    equal = (i for a, _, n in side.runs for i in range(max(a, low), min(a + n, high)))
    return sum(1 for i in equal if i not in taken)


@dataclass
class _Mentions:
    side: Overlay
    names: Names

    def __post_init__(self) -> None:
        self.record = self.names(self.side.evidence.words)
        self.draft = self.names(self.side.sentence.words)

    def touching(self, gap: Gap) -> tuple[frozenset[str], frozenset[str]]:
        """Whose names stand at the gap on record and in the draft."""
        return _at(self.record, gap.a, gap.b), _at(self.draft, gap.c, gap.d)

    def inside(self, gap: Gap) -> frozenset[int]:
        """The passage's words that belong to a name at the gap or next to it: they say nothing else."""
        low, high = gap.a, gap.b
        for a, b, _ in self.record:
            if a <= high + 1 and b > gap.a:
                high = max(high, b)
        for a, b, _ in reversed(self.record):
            if b >= low - 1 and a < gap.b:
                low = min(low, a)
        return frozenset(range(low, high))


def _at(mentions: Sequence[tuple[int, int, frozenset[str]]], start: int, end: int) -> frozenset[str]:
    return frozenset(who for a, b, owners in mentions if a < end and b > start for who in owners)


def _kind(side: Overlay, gap: Gap, mentions: _Mentions) -> Kind | None:
    record, draft = side.evidence.words[gap.a : gap.b], side.sentence.words[gap.c : gap.d]
    for kind in (
        _numeric(side, gap, record, draft),
        _negated(side, gap, record, draft),
        _classed(record, draft, BINDING, Kind.OBLIGATION),
        _classed(record, draft, _QUANTITY, Kind.QUANTITY),
        _directed(side, gap, record, draft),
        _named(side, gap, mentions, record, draft),
    ):
        if kind is not None:
            return kind
    return None


def _numeric(side: Overlay, gap: Gap, record: Sequence[str], draft: Sequence[str]) -> Kind | None:
    """Tokens with digits, or number words, on both sides and not the same."""
    there = {w for w in record if _DIGIT.search(w) or "@" in w}
    here = {w for w in draft if _DIGIT.search(w) or "@" in w}
    if there and here and not there & here:
        return numeric_kind(side.sentence.slice(max(0, gap.c - 3), min(len(side.sentence), gap.d + 2)), here)
    if there or here:
        return None
    said = {(f.kind, f.value) for f in figures(" ".join(record))}
    says = {(f.kind, f.value) for f in figures(" ".join(draft))}
    return Kind.FIGURE if said and says and not said & says else None


def numeric_kind(around: str, given: Iterable[str]) -> Kind:
    """What kind of thing some words with digits are, by what stands around them.

    >>> [numeric_kind(f"call {n} or", [n]).value for n in ("833-442-3677", "2020")]
    ['phone', 'date']
    """
    row = list(given)
    for kind, marks in (
        (Kind.EMAIL, emails),
        (Kind.PHONE, phones),
        (Kind.STATUTE, references),
        (Kind.DATE, dates),
    ):
        for mark in marks(around):
            if any(w in words(mark.wording) for w in row):
                return kind
    return Kind.DATE if all(_YEAR.fullmatch(w) for w in row) else Kind.FIGURE


def _negated(side: Overlay, gap: Gap, record: Sequence[str], draft: Sequence[str]) -> Kind | None:
    if denials(record) % 2 != denials(draft) % 2:
        if denials(side.evidence.words) % 2 == denials(side.sentence.words) % 2:
            return None
        row, low, high = (
            (side.sentence.words, gap.c, gap.d) if denials(record) else (side.evidence.words, gap.a, gap.b)
        )
        around = " ".join(row[max(0, low - NEAR_GAP) : high + NEAR_GAP])
        return None if may_deny(tokens(around)) else Kind.NEGATION
    pairs = ((a, b) for a in record for b in draft)
    if any(opposite(a) == b or opposite(b) == a for a, b in pairs if a != b):
        return Kind.NEGATION
    return None


def denials(row: Sequence[str]) -> int:
    """How many words of a row deny."""
    return sum(1 for w in row if w in _NEGATORS or w.endswith("n't"))


def _classed(record: Sequence[str], draft: Sequence[str], classes: dict[str, str], kind: Kind) -> Kind | None:
    said = {classes[w] for w in record if w in classes}
    says = {classes[w] for w in draft if w in classes}
    return kind if said and says and not said & says else None


def _directed(side: Overlay, gap: Gap, record: Sequence[str], draft: Sequence[str]) -> Kind | None:
    said, says = set(record), set(draft)
    turned = (said & _TOWARDS and says & _AWAY) or (said & _AWAY and says & _TOWARDS)
    if not turned or said & says:
        return None
    around = side.sentence.words[max(0, gap.c - AROUND) : gap.d + AROUND]
    return Kind.DIRECTION if any(w.startswith(_REFERRING) for w in around) else None


def _named(
    side: Overlay, gap: Gap, mentions: _Mentions, record: Sequence[str], draft: Sequence[str]
) -> Kind | None:
    if not record or not draft:
        return None
    said, says = mentions.touching(gap)
    if said and says:
        is_other = not said & says and _around(side, gap, mentions.inside(gap)) >= FLANK
        return Kind.OFFICE if is_other else None
    if _people(record) and _people(draft) and not _people(record) & _people(draft):
        return Kind.NAME
    if len(record) <= 4 and len(draft) <= 4 and _is_name(side.evidence.text, gap.a, gap.b):
        both = {stem(w) for w in record} & {stem(w) for w in draft}
        return Kind.NAME if _is_name(side.sentence, gap.c, gap.d) and not both else None
    return None


def _people(row: Sequence[str]) -> set[str]:
    return {plain(w) for w in row if is_person(w)}


def _is_name(text: Normalised, start: int, end: int) -> bool:
    """Whether the words are written as a name, and do not begin the sentence."""
    if start == 0 or end - start == 0:
        return False
    return all(text.text[text.spans[i][0]].isupper() for i in range(start, end))


# numbers and addresses that stand nowhere on record ---------------------------------------------------

_NEAREST_DIGITS = 3
"""Digits in which a telephone number may differ from one on record, to be taken for it."""


class Directory:
    """Every telephone number and address of the base, to find the one that a draft got wrong."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self._known: dict[tuple[Kind, str], tuple[Evidence, str]] = {}
        for e in sorted(evidence, key=lambda e: (e.claim.is_gap, e.citation is not None, e.claim.iri)):
            for kind, form, _, wording in _addresses(e.text.text):
                self._known.setdefault((kind, form), (e, wording))

    def differences(self, sentence: str) -> Iterator[Difference]:
        """Numbers and addresses of a sentence that are not on record, each with the nearest one that is."""
        for kind, form, span, wording in _addresses(sentence):
            if (kind, form) in self._known:
                continue
            near = [
                (d, known) for (k, known) in self._known if k is kind and (d := _apart(kind, form, known))
            ]
            if near:
                evidence, there = self._known[kind, min(near)[1]]
                source = evidence.citation.source if evidence.citation is not None else ""
                yield Difference(kind, wording, there, evidence.claim.iri, source, span)


def _addresses(text: str) -> Iterator[tuple[Kind, str, tuple[int, int], str]]:
    for kind, marks in ((Kind.EMAIL, emails), (Kind.PHONE, phones)):
        for mark in marks(text):
            yield kind, mark.forms[0][0], (mark.start, min(mark.end, len(text))), mark.wording


def _apart(kind: Kind, form: str, known: str) -> int:
    """In how many characters two numbers or addresses differ; 0 if one is not taken for the other."""
    from rapidfuzz.distance import Levenshtein

    if kind is Kind.PHONE:
        apart = Levenshtein.distance(form, known, score_cutoff=_NEAREST_DIGITS)
        return apart if apart <= _NEAREST_DIGITS else 0
    name, _, host = form.partition("@")
    known_name, _, known_host = known.partition("@")
    if name != known_name and host != known_host:
        return 0
    apart = Levenshtein.distance(form, known)
    return apart if apart <= max(4, len(known) // 3) else 0
