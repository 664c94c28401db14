"""Words of a text, and the names of entities and concepts among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from onrecord.vocab import CONCEPT

_LONGEST_NAME = 9
_TOKEN = re.compile(r"[a-z0-9]+(?:[.'@/-][a-z0-9]+)*")


class Names(dict[str, tuple[str, ...]]):
    """IRIs of entities and concepts by a name of theirs, as words with single spaces."""

    @cached_property
    def longest_from(self) -> Mapping[str, int]:
        """By first word: how many words the longest name has that begins with it."""
        found: dict[str, int] = {}
        for name in self:
            first, *rest = name.split(" ")
            found[first] = max(found.get(first, 0), min(1 + len(rest), _LONGEST_NAME))
        return found


def words_of(text: str) -> list[str]:
    """The words of a text, small, without possessives.

    >>> words_of("ICE's e-mail, please!")
    ['ice', 'e-mail', 'please']
    """
    plain = plain_of(text)
    return [word.removesuffix("'s") for word in _TOKEN.findall(plain)]


def plain_of(text: str) -> str:
    """A text in small letters without accents, with straight apostrophes.

    >>> plain_of("R\u00e9sum\u00e9\u2019s")
    "resume's"
    """
    if text.isascii():
        return text.casefold()
    folded = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    return "".join(char for char in folded if not unicodedata.combining(char))


def singular(word: str) -> str:
    """A word without the s of a plural, for comparing names.

    >>> singular("agents"), singular("ies"), singular("process")
    ('agent', 'ies', 'process')
    """
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


def phrase_of(words: Iterable[str]) -> str:
    """Words as one name is compared with another."""
    return " ".join(singular(word) for word in words)


def spellings(text: str, names: Names, labels: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """The words of a text; and the same with each name of an entity given as its label."""
    words = words_of(text)
    found: list[str] = []
    at = 0
    while at < len(words):
        size = longest(words, at, names)
        entities = [i for i in names[phrase_of(words[at : at + size])] if CONCEPT not in i] if size else []
        size = max(size, 1)
        found += words_of(labels[entities[0]][0]) if entities else words[at : at + size]
        at += size
    return " ".join(words), " ".join(found)


def mentions(words: list[str], names: Names) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names in some words, the longest at each place, each with what it is a name of."""
    at = 0
    while at < len(words):
        found = longest(words, at, names)
        if found:
            phrase = phrase_of(words[at : at + found])
            yield phrase, names[phrase]
        at += max(found, 1)


def longest(words: list[str], at: int, names: Names) -> int:
    """How many words from a place make up the longest name there; 0 for none."""
    most = names.longest_from.get(singular(words[at]), 0)
    for size in range(min(most, len(words) - at), 0, -1):
        if phrase_of(words[at : at + size]) in names:
            return size
    return 0


def nested(words: list[str], names: Names) -> Iterator[str]:
    """What the shorter names within a name are names of, concepts left out."""
    for size in range(1, len(words)):
        for at in range(len(words) - size + 1):
            for iri in names.get(" ".join(words[at : at + size]), ()):
                if not iri.startswith(CONCEPT):
                    yield iri
