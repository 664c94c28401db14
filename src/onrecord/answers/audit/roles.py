"""Who is named, and who passes something on to whom, in a sentence and in a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from onrecord.answers.audit.differences import Kind
from onrecord.answers.audit.likeness import Saying, closeness
from onrecord.answers.audit.reading import READ, Item, NameFinder, Reading
from onrecord.answers.audit.slots import Compared, Slot
from onrecord.answers.audit.words import is_person
from onrecord.answers.search.words import everyday
from onrecord.citations.wording.tokens import stem, word_set

AROUND = 3
"""Things on each side of a name that show in which place it stands."""
SAME_THING = 0.75
"""Closeness from which two words mean the same."""
ALIKE_BEHIND = 0.6
"""Closeness from which the words behind two names are alike."""
SAME_PEOPLE = 0.5
"""Closeness from which two words for people may mean the same ones: staff, employees."""
_SAYING = word_set(
    "say says said report reports reported write writes wrote find finds found according count counts tell",
    "tells told note notes noted conclude concludes concluded show shows showed recount recounts relay",
    "relays describe describes described argue argues citing via quoting quotes",
)


def compare_names(sentence: Reading, saying: Saying, into: Compared, names: NameFinder) -> None:
    """Offices, people and places that stand in the same place of both, and are others."""
    there = _name_words(saying.known, names) | frozenset(
        w for iri in saying.entities for words in names.synonyms.get(iri, ()) for w in words
    )
    quoted = there | _name_words(saying.record, names)
    here = _name_words(sentence, names)
    own = [i for i in sentence.nested if _is_name(i)]
    lost = _outer(i for i in own if not is_named(i, quoted if _says(i, sentence) else there, names))
    into.held.update(sentence.span(i.start, i.end) for i in own if i not in lost)
    rivals = _outer(i for i in saying.stated.nested if _is_name(i) and not is_named(i, here, names))
    for item in lost:
        same = [r for r in rivals if _is_alike(item, r)]
        held, rival = _rival(item, same, sentence, saying.stated)
        is_only = len({r.key for r in same}) == 1 and sum(_is_alike(i, item) for i in lost) == 1
        if rival is not None and (held >= 2 or (is_only and (item.owners or item.is_proper))):
            is_faint = not held or not (item.owners or held >= 2)
            kind = Kind.OFFICE if item.owners and rival.owners else Kind.NAME
            record = " ".join(saying.stated.text[slice(*saying.stated.span(rival.start, rival.end))].split())
            into.slots.append(Slot(kind, sentence.span(item.start, item.end), record, is_faint))


def _outer(items: Iterable[Item]) -> list[Item]:
    """Some names without those that stand inside another of them."""
    found = list(items)
    return [i for i in found if not any(o is not i and o.start <= i.start and i.end <= o.end for o in found)]


def lost_names(
    sentence: Reading, into: Sequence[Compared], *, entities: bool = False
) -> Iterator[tuple[int, int]]:
    """The names of a sentence that none of some claims has; of `entities` alone, or of all."""
    held = {span for one in into for span in one.held}
    for item in sentence.items:
        if item.owners or (item.is_proper and not entities):
            span = sentence.span(item.start, item.end)
            if span not in held:
                yield span


def _is_name(item: Item) -> bool:
    return bool(item.owners) or item.is_proper or is_person(item.key)


def _says(item: Item, sentence: Reading) -> bool:
    """Whether a name is that of who says so."""
    near = sentence.row[max(0, item.start - 3) : item.end + 3]
    return any(t.word in _SAYING for t in near)


@lru_cache(maxsize=READ)
def _name_words(reading: Reading, names: NameFinder) -> frozenset[str]:
    """Every word of a text and of the names of those whom it names."""
    more = (w for iri in reading.owners for words in names.synonyms.get(iri, ()) for w in words)
    return reading.words | frozenset(more)


def is_named(item: Item, words: frozenset[str], names: NameFinder) -> bool:
    """Whether some words hold one of the names of what is named."""
    if not item.owners:
        known = {stem(w) for w in words}
        return all(word in words or stem(word) in known for word in item.key.split())
    return any(
        name <= words or names.initials.get(iri, frozenset()) & words
        for iri in item.owners
        for name in names.synonyms.get(iri, ())
    )


def _is_alike(item: Item, rival: Item) -> bool:
    """Whether one name may stand in the place of another: entities of a class, names, or people."""
    if _is_people(item) and _is_people(rival):
        if _are_everyday(item.key, rival.key):
            return False
        return closeness([item.key.rpartition("/")[2]], [rival.key.rpartition("/")[2]]) < SAME_PEOPLE
    if item.owners or rival.owners:
        return not {_class(i) for i in item.owners}.isdisjoint(_class(i) for i in rival.owners)
    return item.is_proper and rival.is_proper


def _are_everyday(one: str, other: str) -> bool:
    """Whether two words are used for the same people: managers, leaders."""
    return stem(other) in {stem(word) for word in everyday(one)}


def _is_people(item: Item) -> bool:
    if item.owners:
        return all(_class(i).endswith("/group") for i in item.owners)
    return is_person(item.key) and not item.is_proper


def _class(entity: str) -> str:
    """What an entity is, by its IRI: an office, a group, a system."""
    return entity.rpartition("/")[0]


def _rival(item: Item, rivals: Sequence[Item], sentence: Reading, stated: Reading) -> tuple[int, Item | None]:
    """The statement's name that stands most where the sentence has another, and how much around is alike."""
    around = _around(item, sentence)
    fit = [r for r in rivals if r in stated.items or _goes_on_alike(item, r, sentence, stated)]
    ranked = [(sum(closeness([w], _around(r, stated)) >= SAME_THING for w in around), r) for r in fit]
    return max(ranked, key=lambda pair: pair[0], default=(0, None))


def _goes_on_alike(item: Item, rival: Item, sentence: Reading, stated: Reading) -> bool:
    """Whether the words right behind two names are alike: `CBP lawyer`, `ICE attorney`."""
    here, there = sentence.row[item.end : item.end + 1], stated.row[rival.end : rival.end + 1]
    return closeness([t.word for t in here], [t.word for t in there]) >= ALIKE_BEHIND


def _around(item: Item, reading: Reading) -> list[str]:
    before = [i for i in reading.items if i.end <= item.start][-AROUND:]
    behind = [i for i in reading.items if i.start >= item.end][:AROUND]
    return [words_of_item(i, reading) for i in (*before, *behind)]


def words_of_item(item: Item, reading: Reading) -> str:
    """The words of a thing, in small letters."""
    return " ".join(t.word for t in reading.row[item.start : item.end])
