"""Who passes something on to whom in a sentence, and whether a claim has it the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.answers.audit.differences import Kind
from onrecord.answers.audit.likeness import Saying, closeness
from onrecord.answers.audit.reading import READ, Item, NameFinder, Reading
from onrecord.answers.audit.roles import is_named, words_of_item
from onrecord.answers.audit.slots import Compared, Slot
from onrecord.citations.wording.tokens import is_content, word_set
from onrecord.vocab import OV

SAME_PARTY = 0.8
"""Closeness from which two parties that are no entities are the same."""
REACH = 14
"""Words between a verb of passing on and the `to` that belongs to it."""
_PASSING = (
    "refer", "send", "sent", "forward", "return", "rout", "transfer", "hand", "pass", "escalat", "report",
    "turn", "giv", "gave", "submit", "deliver", "deleg", "mov", "shift", "relay", "answer", "account", "goes",
    "go", "went", "bring", "brought", "channel", "direct", "pushed", "push", "kick",
)  # fmt: skip
_RECEIVING = ("receiv", "accept", "get", "got", "tak", "took", "obtain")
_TELLING = ("inform", "notif", "tell", "told", "alert", "brief")
_BE = word_set("is are was were be been being get gets got")
_ENDS = word_set(
    "by from to in on for when if that who which with within as unless under after before at until while",
    "where because since into onto about whenever whose has have had is are was were must may shall can",
    "should will would could",
)


@dataclass(frozen=True, slots=True)
class Route:
    """From whom to whom something passes; where the verb stands."""

    giver: tuple[Item, ...]
    taker: tuple[Item, ...]
    at: int


@lru_cache(maxsize=READ)
def routes_in(reading: Reading) -> tuple[Route, ...]:
    """What a text says of passing something on."""
    return tuple(_routes(reading))


def _routes(reading: Reading) -> Iterator[Route]:
    for at, token in enumerate(reading.row):
        if not token.is_word or not is_content(token):
            continue
        if token.word.startswith(_PASSING):
            yield from _passed(reading, at)
        elif token.word.startswith(_RECEIVING):
            source = _next(reading, at, ("from",))
            if source is not None:
                yield Route(_party(reading, source), _subject(reading, at), at)
        elif token.word.startswith(_TELLING):
            yield _told(reading, at)


def _passed(reading: Reading, at: int) -> Iterator[Route]:
    to = _next(reading, at, ("to", "onto", "into"))
    if to is None:
        return
    source = _next(reading, at, ("from",))
    if _is_passive(reading, at):
        source = source if source is not None else _next(reading, at, ("by",))
        giver = _party(reading, source) if source is not None else _names(reading, 0, at)
    else:
        giver = _subject(reading, at)
    yield Route(giver, _party(reading, to), at)


def _told(reading: Reading, at: int) -> Route:
    if not _is_passive(reading, at):
        return Route(_subject(reading, at), _party(reading, at), at)
    taker = _subject(reading, at)
    rest = (i for i in _names(reading, 0, len(reading.row)) if i not in taker)
    return Route(tuple(rest), taker, at)


def _is_passive(reading: Reading, at: int) -> bool:
    word = reading.row[at].word
    before = {t.word for t in reading.row[max(0, at - 4) : at]}
    return word.endswith(("ed", "nt", "en", "ld", "n", "ght")) and bool(before & _BE)


def _next(reading: Reading, at: int, words: tuple[str, ...]) -> int | None:
    for index in range(at + 1, min(len(reading.row), at + REACH)):
        token = reading.row[index]
        if token.is_strong_stop:
            return None
        if token.word in words:
            return index
    return None


def _party(reading: Reading, at: int) -> tuple[Item, ...]:
    """Who stands behind a word: what is named up to the end of the phrase."""
    end = at + 1
    while end < min(len(reading.row), at + 14) and not _ends_phrase(reading, end):
        end += 1
    inside = [i for i in reading.items if at < i.start < end or (at < i.start and i.start == end == at + 1)]
    named = [i for i in inside if i.owners]
    return tuple(named or inside[-1:])


def _ends_phrase(reading: Reading, at: int) -> bool:
    token = reading.row[at]
    inside_name = any(i.start < at < i.end for i in reading.items)
    return not inside_name and (token.word in _ENDS or token.is_strong_stop)


def _subject(reading: Reading, at: int) -> tuple[Item, ...]:
    """Who stands before a verb: what is named in its clause, or else the thing before it."""
    start = max((i + 1 for i in range(at) if reading.row[i].word in _CLAUSES), default=0)
    named = _names(reading, start, at)
    return named or tuple([i for i in reading.items if i.end <= at][-1:])


_CLAUSES = frozenset((";", ":", ".", "\u2014", ",", "that", "when", "whenever", "if", "which", "who", "but"))


def _names(reading: Reading, start: int, end: int) -> tuple[Item, ...]:
    return tuple(i for i in reading.items if i.owners and start <= i.start and i.end <= end)


_TAKERS = (OV + "to", OV + "toOneOf")


def compare_direction(sentence: Reading, saying: Saying, into: Compared, names: NameFinder) -> None:
    """A sentence that passes on from B to A what the statement passes on from A to B."""
    sides = _Sides(sentence, saying.stated, names)
    there = routes_in(saying.stated)
    takers = {t.object for t in saying.claim.assertions if t.predicate in _TAKERS}
    for own in routes_in(sentence):
        if any(sides.turned(own, r) for r in there) and not any(sides.straight(own, r) for r in there):
            into.slots.append(Slot(Kind.DIRECTION, _span(sentence, own), saying.claim.statement))
            return
        other = next((r for r in there if sides.misses(own, r)), None)
        if other is not None and not any(i.owners & takers for i in own.taker):
            span = sentence.span(own.taker[0].start, own.taker[-1].end)
            into.slots.append(Slot(Kind.OFFICE, span, saying.claim.statement))
            return


@dataclass(frozen=True)
class _Sides:
    here: Reading
    there: Reading
    names: NameFinder

    def turned(self, own: Route, other: Route) -> bool:
        """Whether both parties stand in each other's place."""
        return self._same(own.giver, other.taker) and self._same(own.taker, other.giver)

    def straight(self, own: Route, other: Route) -> bool:
        """Whether either party stands in its own place; who is the same by name is nobody else."""
        if _exactly(own.giver, other.taker) and _exactly(own.taker, other.giver):
            return _exactly(own.giver, other.giver) or _exactly(own.taker, other.taker)
        return self._same(own.giver, other.giver) or self._same(own.taker, other.taker)

    def misses(self, own: Route, other: Route) -> bool:
        """Whether the same party gives, but to another office, and the right one is not named."""
        takers = [i for i in other.taker if i.owners]
        if not takers or not own.taker or not all(i.owners for i in own.taker) or not other.giver:
            return False
        words = self.here.words | _all_words(own.taker, self.names)
        return (
            self._same(own.giver, other.giver)
            and not self._same(own.taker, takers)
            and not any(is_named(i, words, self.names) for i in takers)
        )

    def _same(self, one: Sequence[Item], other: Sequence[Item]) -> bool:
        return any(_is_same(a, b, self.here, self.there, self.names) for a in one for b in other)


def _span(sentence: Reading, route: Route) -> tuple[int, int]:
    """From the first to the last of both parties and the verb."""
    parties = (*route.giver, *route.taker)
    first = min([route.at, *(i.start for i in parties)])
    return sentence.span(first, max([route.at + 1, *(i.end for i in parties)]))


def _exactly(one: Sequence[Item], other: Sequence[Item]) -> bool:
    return any(a.owners & b.owners for a in one for b in other)


def _is_same(one: Item, other: Item, here: Reading, there: Reading, names: NameFinder) -> bool:
    """Whether two parties are the same: by a name of theirs, or in meaning."""
    if one.owners and other.owners:
        words = _all_words([one], names), _all_words([other], names)
        return is_named(one, words[1], names) or is_named(other, words[0], names)
    return closeness([words_of_item(one, here)], [words_of_item(other, there)]) >= SAME_PARTY


def _all_words(items: Sequence[Item], names: NameFinder) -> frozenset[str]:
    owners = (iri for item in items for iri in item.owners)
    return frozenset(w for iri in owners for name in names.synonyms.get(iri, ()) for w in name)
