"""A sentence read for comparing it with another: words with a meaning, names, figures and what they count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from onrecord.answers.audit.words import is_person, plain
from onrecord.citations.wording.figures import figures_of_statement
from onrecord.citations.wording.marks import Mark, dates
from onrecord.citations.wording.numbers import Figure, Kind
from onrecord.citations.wording.tokens import Token, fold, is_content, stem, tokens, word_set
from onrecord.model import Entity

_BEFORE_YEAR = word_set(
    "in since of year years fy from to through until till by between and after before during over early",
    "late mid or for",
)
_MONTHS_LEFT = word_set(
    "january february march april may june july august september october november december"
)
_WITHIN = word_set("of with for the on")
_TITLES = word_set("mr mrs ms dr prof rep sen gov hon judge senator representative president director no")
_BREAKS_NOUN = word_set(
    "in for from between since until by to at on with that which who were was is are as but had has",
    "of have when where during through about against among into over under after before did do does a the",
)
_HEDGES = word_set(
    "about around roughly nearly almost approximately some close over than least most under up upwards",
)
_FISCAL = regex.compile(r"(?<![\p{L}\p{N}])FY[ '-]?(?P<year>(?:19|20)?[0-9]{2})(?![\p{L}\p{N}])")
"""A fiscal year in short."""
READ = 8_192
"""Readings of which what was found in them is kept."""
_MARKER = regex.compile(r"\[\^?[0-9]{1,3}\]")
_LISTED = regex.compile(r"\s*\(?[0-9]{1,3}[).]\s")
"""The number of an item in a list."""
COUNTED = 4
"""Words behind a figure in which what it counts is looked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """A word with a meaning, or a name.

    Attributes:
        key: the word in small letters, or the names' IRIs.
        start: its first token.
        end: the token behind its last.
        owners: the entities whose name it is.
        is_proper: whether it is written as a name.
    """

    key: str
    start: int
    end: int
    owners: frozenset[str] = frozenset()
    is_proper: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what it counts.

    Attributes:
        nouns: the words with a meaning behind it (or before it, where none is).
        is_rough: whether it is given as about so much, more or less.
        span: its offsets in the text.
    """

    figure: Figure
    nouns: tuple[str, ...]
    is_rough: bool
    span: tuple[int, int]


class NameFinder:
    """Finds the names of entities in a row of words, the longest at each place."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.synonyms: dict[str, tuple[frozenset[str], ...]] = {}
        self.labels: dict[str, str] = {}
        self.initials: dict[str, frozenset[str]] = {}
        self._index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for entity in entities:
            rows = [tuple(plain(t.word) for t in tokens(name) if t.is_word) for name in entity.names]
            self.labels[entity.iri] = entity.label
            self.synonyms[entity.iri] = tuple(frozenset(r) - _EMPTY for r in rows if set(r) - _EMPTY)
            long = [[w for w in row if w not in _SMALL] for row in rows]
            self.initials[entity.iri] = frozenset("".join(w[0] for w in r) for r in long if len(r) > 1)
            for row in rows:
                if row:
                    self._index.setdefault(row[0], []).append((row, entity.iri))

    def at(self, row: Sequence[str], index: int, most: int = 99) -> tuple[int, frozenset[str]]:
        """How many words the longest name at a place has (0 for none, at most `most`), and whose it is."""
        best, owners = 0, set[str]()
        for name, iri in self._index.get(row[index], ()):
            size = len(name)
            if best <= size <= most and tuple(row[index : index + size]) == name:
                owners = {*owners, iri} if size == best else {iri}
                best = size
        return best, frozenset(owners)


_EMPTY = word_set("of the for and in us u.s office")
_SMALL = word_set("of the for and in")


class Reading:
    """A text and what can be compared of it; offsets are those of the text with plain signs (`fold`)."""

    def __init__(self, text: str, names: NameFinder) -> None:
        self.text = str(_MARKER.sub(lambda m: " " * len(m.group()), fold(text)))
        self.row: tuple[Token, ...] = tokens(self.text)
        self._names = names
        self.items: tuple[Item, ...] = tuple(_joined(self.row, self._items(names)))

    @cached_property
    def offsets(self) -> tuple[tuple[int, int], ...]:
        """Where each token stands."""
        found, at = [], 0
        for token in self.row:
            start = self.text.find(token.raw, at)
            at = start + len(token.raw)
            found.append((start, at))
        return tuple(found)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets of some tokens."""
        return self.offsets[start][0], self.offsets[end - 1][1]

    def _items(self, names: NameFinder) -> Iterable[Item]:
        plains = [plain(t.word) for t in self.row]
        at = 0
        while at < len(self.row):
            size, owners = names.at(plains, at) if self.row[at].is_word else (0, frozenset[str]())
            if size:
                yield Item("\n".join(sorted(owners)), at, at + size, owners, True)
            elif is_content(self.row[at]):
                yield Item(plains[at], at, at + 1, is_proper=self._is_proper(at))
            at += max(1, size)

    @cached_property
    def nested(self) -> tuple[Item, ...]:
        """Its names, and those that stand inside a longer one: `ICE` in `ICE attorney`."""
        return (*self.items, *(i for item in self.items if item.owners for i in self._inside(item)))

    def _inside(self, item: Item) -> Iterable[Item]:
        plains = [plain(t.word) for t in self.row[item.start : item.end]]
        for at in range(len(plains)):
            size, owners = self._names.at(plains, at, len(plains) - 1)
            if size:
                start = item.start + at
                yield Item("\n".join(sorted(owners)), start, start + size, owners, True)
            elif is_person(plains[at]) and len(plains) > 1 and all("/group/" in o for o in item.owners):
                yield Item(plains[at], item.start + at, item.start + at + 1)

    def _is_proper(self, at: int) -> bool:
        raw = self.row[at].raw.removesuffix("'s")
        if "." in raw or self.row[at].word in _TITLES or _FISCAL.fullmatch(raw):
            return False
        if len(raw) > 1 and raw.isupper():
            return True
        starts = at == 0 or self.row[at - 1].is_strong_stop or self.row[at - 1].word == ")"
        return raw[:1].isupper() and not starts and self.row[at].word not in _MONTHS_LEFT

    @cached_property
    def owners(self) -> frozenset[str]:
        """Every entity that may be named."""
        return frozenset(o for item in self.items for o in item.owners)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word, as names are compared."""
        return frozenset(plain(t.word) for t in self.row if t.is_word)

    @cached_property
    def dates(self) -> list[Mark]:
        """Dates with a month, and years alone."""
        fiscal = [_fiscal(m) for m in _FISCAL.finditer(self.text)]
        return [*dates(self.text), *fiscal, *(self._year(f) for f in self._numbers if self._is_year(f))]

    def _year(self, figure: Figure) -> Mark:
        return Mark(((figure.wording, "", ""),), figure.start, figure.end, figure.wording)

    @cached_property
    def _numbers(self) -> list[Figure]:
        listed = _LISTED.match(self.text)
        text = _FISCAL.sub(lambda m: " " * len(m.group()), self.text)
        return [f for f in figures_of_statement(text) if f.start >= (listed.end() if listed else 0)]

    def _is_year(self, figure: Figure) -> bool:
        is_plain = len(figure.wording) == 4 and figure.wording.isdigit() and figure.kind is Kind.NUMBER
        if not is_plain or not 1900 <= figure.value < 2100:
            return False
        at = self._token(figure.start)
        before = self.row[at - 1].word if at else ""
        behind = self._behind(figure)
        is_count = bool(behind) and behind[0].endswith("s") and not behind[0].endswith("ss")
        return before in _BEFORE_YEAR or not before.isalpha() or not is_count

    def _token(self, offset: int) -> int:
        return bisect_left(self.offsets, (offset, 0))

    @cached_property
    def figures(self) -> list[Counted]:
        """The figures that are no dates, each with what it counts."""
        return [self._counted(f) for f in self._numbers if not self._is_year(f)]

    def _counted(self, figure: Figure) -> Counted:
        at = self._token(figure.start)
        before = [t.word for t in self.row[max(0, at - 3) : at]]
        nouns = self._behind(figure) or [w for w in before if is_content(Token(w, w))]
        is_rough = bool(_HEDGES.intersection(before)) or figure.kind is Kind.ROUGH
        return Counted(figure, tuple(nouns), is_rough, (figure.start, figure.end))

    def _behind(self, figure: Figure) -> list[str]:
        """The words with a meaning behind a figure, up to where its phrase ends."""
        found: list[str] = []
        row = self.row[bisect_left(self.offsets, (figure.end, 0)) :]
        for token in row[: COUNTED + 3]:
            if token.word in _BREAKS_NOUN and found:
                break
            if not token.is_word and token.word not in "%$":
                break
            if is_content(token) and token.word not in _UNITS_OF_SHARE:
                found.append(token.word)
            if len(found) == COUNTED:
                break
        return found

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words with a meaning."""
        return frozenset(stem(t.word) for t in self.row if is_content(t))


def _joined(row: Sequence[Token], items: Iterable[Item]) -> Iterator[Item]:
    """Things with names of several words as one: `Americans with Disabilities Act`."""
    held: Item | None = None
    for item in items:
        is_part = item.is_proper and not item.owners
        if held is not None and is_part and all(t.word in _WITHIN for t in row[held.end : item.start]):
            held = Item(f"{held.key} {item.key}", held.start, item.end, is_proper=True)
            continue
        if held is not None:
            yield held
            held = None
        if is_part:
            held = item
        else:
            yield item
    if held is not None:
        yield held


def _fiscal(match: regex.Match[str]) -> Mark:
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    return Mark(((year, "", ""),), match.start(), match.end(), match.group())


_UNITS_OF_SHARE = word_set("percent per cent pct percentage dollars usd")
