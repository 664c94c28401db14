"""Rule wording-entity: what the triples name and the statement does not, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.citations.wording.case import Case, Problem, Rule
from onrecord.citations.wording.tokens import Token, tokens
from onrecord.model import Entity, Severity

_Name = tuple[str, ...]
_SKIPPED = frozenset(("the", "of", "a", "an", "for", "and"))


def check_entities(case: Case) -> Iterator[Problem]:
    """Entities that the triples name and the statement does not; entities that only the statement names."""
    asserted = case.claim.entities
    if not asserted:
        return
    spoken = _forms(case.statement)
    named = list(_names_in(case))
    for iri in sorted(asserted):
        entity = case.entities.get(iri)
        if entity is not None and not _named(entity, spoken, named):
            yield case.problem(
                f'The triples speak of "{entity.label}", and the statement never names it.',
                "Name it in the statement by its label or a synonym, or take it out of the triples.",
            )
    for entity, wording in _only_in_statement(case, asserted, named):
        yield case.problem(
            f'The statement names "{wording}" ({entity.label}), and the triples never speak of it.',
            "Assert what the statement says of it, or leave it out of the statement.",
        )


def _forms(row: Sequence[Token]) -> list[str]:
    return [_form(t.word) for t in row if t.is_word]


def _form(word: str) -> str:
    """A word without the endings of possessive and plural."""
    word = word.removesuffix("'s").rstrip("'")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


@lru_cache(maxsize=65_536)
def _name_forms(name: str) -> _Name:
    return tuple(_forms(tokens(name)))


@dataclass(frozen=True, slots=True)
class _Named:
    """A name as it stands in the statement: where, whose, and whether it is a label or an acronym."""

    start: int
    end: int
    owners: tuple[str, ...]
    telling: bool


def _named(entity: Entity, spoken: Sequence[str], named: Sequence[_Named]) -> bool:
    """By a whole name; or by the words of one, in any order and close together (`director of ICE`).

    The end of somebody else's longer name is no name: `OPR` in `CBP OPR`.
    """
    taken = {n.end: n.start for n in named if entity.iri not in n.owners}
    for name in map(_name_forms, entity.names):
        for at in _occurrences(name, spoken):
            if taken.get(at + len(name), at) >= at:
                return True
    for name in map(_name_forms, entity.names):
        wanted = {s for s in name if s not in _SKIPPED}
        if len(wanted) > 1 and wanted <= set(spoken) and _close(wanted, spoken):
            return True
    return False


def _occurrences(name: _Name, spoken: Sequence[str]) -> Iterator[int]:
    if name and name[0] in spoken:
        for at in range(len(spoken) - len(name) + 1):
            if spoken[at] == name[0] and tuple(spoken[at : at + len(name)]) == name:
                yield at


def _close(wanted: set[str], spoken: Sequence[str]) -> bool:
    """Whether all the words stand within a stretch a little longer than themselves."""
    width = 2 * len(wanted) + 4
    last: dict[str, int] = {}
    for i, word in enumerate(spoken):
        if word in wanted:
            last[word] = i
            if len(last) == len(wanted) and i - min(last.values()) < width:
                return True
    return False


def _names_in(case: Case) -> Iterator[_Named]:
    """The names in the statement, from left to right, the longest at each place."""
    index = _index(tuple(case.entities.values()))
    row = [t for t in case.statement if t.is_word]
    at = 0
    while at < len(row):
        length, owners, telling = _longest(row, at, index)
        if length:
            yield _Named(at, at + length, tuple(owners), telling)
        at += length or 1


def _only_in_statement(
    case: Case, asserted: frozenset[str], named: Sequence[_Named]
) -> Iterator[tuple[Entity, str]]:
    """Entities that the statement names by a label or an acronym of their own, and the triples do not."""
    known = _known_words(case, asserted)
    row = [t for t in case.statement if t.is_word]
    seen = set(asserted)
    for n in named:
        own = " ".join(_form(t.word) for t in row[n.start : n.end])
        if n.telling and len(n.owners) == 1 and n.owners[0] not in seen and f" {own} " not in known:
            seen.add(n.owners[0])
            yield case.entities[n.owners[0]], " ".join(t.raw for t in row[n.start : n.end])


def _known_words(case: Case, asserted: frozenset[str]) -> str:
    """Names of what the triples speak of, of speakers and publishers: to name these adds nothing."""
    names = [name for iri in asserted if iri in case.entities for name in case.entities[iri].names]
    for passage in case.passages:
        names += [
            n for iri in passage.citation.said_by if iri in case.entities for n in case.entities[iri].names
        ]
        source = case.sources.get(passage.citation.source)
        names += [*source.publishers, source.title] if source else []
    return " | ".join(["", *(" ".join(_name_forms(name)) for name in names), ""])


_Index = dict[str, list[tuple[_Name, str, bool, str]]]


@lru_cache(maxsize=4)
def _index(entities: tuple[Entity, ...]) -> _Index:
    """Every name by its first word: its words, whose it is, whether it tells (a label or an acronym)."""
    index: _Index = {}
    for entity in entities:
        for name in entity.names:
            forms = _name_forms(name)
            if forms:
                acronym = name if name.isupper() else ""
                telling = bool(acronym) or name == entity.label
                index.setdefault(forms[0], []).append((forms, entity.iri, telling, acronym))
    return index


def _longest(row: Sequence[Token], at: int, index: _Index) -> tuple[int, list[str], bool]:
    """Length, owners and weight of the longest name that begins at a word."""
    best, owners, telling = 0, list[str](), False
    for name, iri, tells, acronym in index.get(_form(row[at].word), ()):
        if len(name) < best or at + len(name) > len(row):
            continue
        if acronym and row[at].raw.removesuffix("'s") != acronym:
            continue
        if all(_form(row[at + k].word) == s for k, s in enumerate(name)):
            if len(name) > best:
                best, owners, telling = len(name), [], False
            if iri not in owners:
                owners.append(iri)
            telling = telling or tells
    return best, owners, telling


RULE: Rule[Case] = Rule(
    "wording-entity",
    Severity.WARNING,
    "Triples and statement name different things",
    "The triples speak of an entity that the statement never names by its label or a synonym (plural and"
    " possessive forms count), or the statement names one by its label or acronym that the triples never"
    " speak of. Reader and query should learn the same: name it, assert it, or leave it out of both.",
    check_entities,
)
