"""A question read: what it asks about, piece by piece, with all the ways in which the record may say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from onrecord.answers.search.index import SearchIndex
from onrecord.answers.search.names import longest, nested, phrase_of, plain_of, words_of
from onrecord.answers.search.words import CUES, REPHRASED, STOP, everyday, is_everyday

_SYNONYM, _NARROWER, _NAMED_CONCEPT, _SAME_CONCEPT, _PART_OF_NAME, _CUE = 0.8, 0.7, 0.75, 0.65, 0.9, 0.9
_MEMBER = 0.6
_NEAR = 0.5
"""How close in meaning another word must be to stand for one."""
_ROOT, _SAME_ROOT = 5, 0.95
_FEW_WORDS = 5
APART = "\t"
"""Between words that need not stand together."""
_FORMS = ("ing", "ed", "s", "ly")
_LONG_WORD = 8
_LEAST_CORRECTED = 5
"""Shorter words are never taken for a slip of the pen."""


@dataclass(frozen=True)
class Piece:
    """One thing that a question asks about.

    Attributes:
        asked: the words as they stand in the question.
        read_as: what they were taken for, where they were misspelled; else "".
        phrases: how the record may put it, each with how well it fits.
        things: entities and concepts that it may be, each with how well it fits.
        is_entity: whether it names an entity.
        is_inherited: whether it was taken over from an earlier part of the question.
        is_cue: whether it says only what kind of answer is wanted.
    """

    asked: str
    read_as: str = ""
    phrases: dict[str, float] = field(default_factory=dict)
    things: dict[str, float] = field(default_factory=dict)
    is_entity: bool = False
    is_inherited: bool = False
    is_cue: bool = False


def pieces_of(text: str, index: SearchIndex) -> list[Piece]:
    """What a question, or a part of one, asks about."""
    plain = plain_of(text)
    for pattern, words in REPHRASED:
        plain = pattern.sub(words, plain)
    asked = words_of(plain)
    read = [_corrected(word, index) for word in asked]
    found: list[Piece] = []
    at = 0
    while at < len(read):
        size, piece = _piece_at(read, at, index)
        if piece is not None:
            was, now = (" ".join(words[at : at + size]) for words in (asked, read))
            found.append(replace(piece, asked=was, read_as=now if now != was else ""))
        at += size
    return _without_doubles(found)


def corrected(text: str, index: SearchIndex) -> str:
    """The words of a text, misspelled ones put right."""
    return " ".join(_corrected(word, index) for word in words_of(text))


def inherited(pieces: list[Piece], earlier: list[Piece]) -> list[Piece]:
    """A part's pieces, with the entities of an earlier part where it names none itself."""
    if any(piece.is_entity for piece in pieces):
        return pieces
    return [*pieces, *(replace(piece, is_inherited=True) for piece in earlier if piece.is_entity)]


def _without_doubles(pieces: list[Piece]) -> list[Piece]:
    seen: dict[str, Piece] = {}
    for piece in pieces:
        seen.setdefault(phrase_of((piece.read_as or piece.asked).split()), piece)
    return list(seen.values())


def _piece_at(words: list[str], at: int, index: SearchIndex) -> tuple[int, Piece | None]:
    """How many words are read, and what they ask about (None for nothing)."""
    word = words[at]
    size = longest(words, at, index.names)
    if size and not (size == 1 and word in STOP):
        return size, _named(words[at : at + size], index)
    if word in CUES:
        said = word.replace("-", " ")
        return 1, Piece(said, phrases={said: 1.0}, things=dict.fromkeys(CUES[word], _CUE), is_cue=True)
    size = _part_of_name(words, at, index)
    if size:
        return size, _partly_named(words[at : at + size], index)
    if word in STOP:
        return 1, None
    same = (iri for other in everyday(word) for iri in index.names.get(phrase_of([other]), ()))
    concepts = (iri for iri in same if "/concept/" in iri)
    return 1, Piece(word, phrases=dict(_ways(word, index)), things=dict.fromkeys(concepts, _SAME_CONCEPT))


def _named(words: list[str], index: SearchIndex) -> Piece:
    """A piece that is the name of an entity or a concept."""
    phrase = phrase_of(words)
    iris = index.names[phrase]
    entities = [iri for iri in iris if "/concept/" not in iri]
    things: dict[str, float] = {}
    for iri in nested(phrase.split(), index.names):
        things[iri] = 0.5
    for iri in iris:
        for near, how in index.near.get(iri, {}).items():
            things[near] = max(how, things.get(near, 0.0))
    if entities:
        if len(words) > 1 and " ".join(words) not in index.exact_names:
            things.update(dict.fromkeys(_holders(phrase, index), _PART_OF_NAME))
        things.update(dict.fromkeys(entities, 1.0))
        return Piece(phrase, phrases=dict(_loosely(entities, index)), things=things, is_entity=True)
    things.update(dict.fromkeys(iris, _NAMED_CONCEPT))
    phrases = dict.fromkeys((name for iri in iris for name in index.labels[iri]), _PART_OF_NAME)
    for near, how in list(things.items()):
        if how == _NARROWER:
            phrases.update(dict.fromkeys(index.labels.get(near, ()), _NARROWER))
    if len(words) == 1:
        phrases.update((p, w) for p, w in _ways(words[0], index) if w > phrases.get(p, 0.0))
    phrases[" ".join(words)] = 1.0
    return Piece(phrase, phrases=phrases, things=things)


def _loosely(entities: list[str], index: SearchIndex) -> Iterator[tuple[str, float]]:
    """How the record may name an entity without its name: its words apart, or what members of a group are."""
    for iri in entities:
        for name in index.labels[iri]:
            words = words_of(name)
            if "/group/" in iri:
                yield words[-1], _MEMBER
            elif len(words) > 1 and len(words) < _FEW_WORDS:
                yield APART.join(words), _SYNONYM


def _part_of_name(words: list[str], at: int, index: SearchIndex) -> int:
    """How many words, two at least, are a part of some entity's name; 0 for none."""
    for size in range(min(6, len(words) - at), 1, -1):
        if words[at] in STOP or words[at + size - 1] in STOP:
            continue
        breaks_a_name = any(longest(words, i, index.names) > at + size - i for i in range(at + 1, at + size))
        if not breaks_a_name and any(_holders(phrase_of(words[at : at + size]), index)):
            return size
    return 0


def _holders(phrase: str, index: SearchIndex) -> Iterator[str]:
    for name, iris in index.names.items():
        if f" {phrase} " in f" {name} ":
            yield from (iri for iri in iris if "/concept/" not in iri)


def _partly_named(words: list[str], index: SearchIndex) -> Piece:
    phrase = phrase_of(words)
    things = dict.fromkeys(_holders(phrase, index), _PART_OF_NAME)
    return Piece(phrase, phrases={" ".join(words): 1.0}, things=things, is_entity=True)


def _ways(word: str, index: SearchIndex) -> Iterator[tuple[str, float]]:
    yield word, 1.0
    for same in everyday(word):
        yield same, _SAME_ROOT if same[:_ROOT] == word[:_ROOT] else _SYNONYM
    for near, cosine in index.vocabulary.near(word, _NEAR):
        yield near, min(_SYNONYM, cosine)


# slips of the pen -------------------------------------------------------------------------------------


def _corrected(word: str, index: SearchIndex) -> str:
    """A word of the base in the place of one that is close to it and that the base does not know."""
    if len(word) < _LEAST_CORRECTED or not word.isalpha() or word in index.words or is_everyday(word):
        return word
    from rapidfuzz.distance import OSA

    is_form = bool(index.matching(f'"{word}"'))  # another form of a known word, or a slip within one
    if is_form and (word.endswith(_FORMS) or any(other.startswith(word) for other in index.words)):
        return word
    most = 1 if len(word) < _LONG_WORD or is_form else 2
    longer = 0 if is_form else most
    near = [
        (distance, -often, other)
        for other, often in index.words.items()
        if other[0] == word[0] and abs(len(other) - len(word)) <= longer and other.isalpha()
        for distance in [OSA.distance(word, other, score_cutoff=most)]
        if distance <= most
    ]
    return min(near)[2] if near else word
