"""Words and stops of a statement or sentence, for rules that need punctuation; stems of words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex


def word_set(*lines: str) -> frozenset[str]:
    """The words of some lines, as a set."""
    return frozenset(" ".join(lines).split())


_FOLDS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00a0\u2007\u202f", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
_TOKEN = regex.compile(
    r"\[[0-9]{1,3}\]"
    r"|(?P<word>(?:\p{L}\.){2,8}(?!\p{L})"
    r"|[\p{L}\p{M}\p{N}]+(?:[.,'@/&][\p{L}\p{M}\p{N}]+)*)"
    r"|(?P<dash>[\u2014\u2013\u2015\u2212]|--+|(?<=\s)-(?=\s))"
    r"|(?P<stop>[,;:.!?()%$\u20ac\u00a3\u00a7])"
)
_STRONG = frozenset(";:.!?—")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case as it stands in a text, or one stop (`, ; : . ! ? ( ) —`, `%`, a currency)."""

    word: str
    raw: str
    is_word: bool = True

    @property
    def is_strong_stop(self) -> bool:
        """Whether a clause cannot go on behind this stop."""
        return self.word in _STRONG


def fold(text: str) -> str:
    """A text in composed form with plain quotation marks, hyphens and spaces, invisible marks dropped."""
    return unicodedata.normalize("NFC", text).translate(_FOLDS)


def tokens(text: str) -> tuple[Token, ...]:
    """The words and stops of a text, without its `[n]` markers; a hyphen inside a word separates words.

    >>> [t.word for t in tokens("It isn’t — as ICE said [1], “non-criminal”.")]
    ['it', "isn't", '—', 'as', 'ice', 'said', ',', 'non', 'criminal', '.']
    """
    found = []
    for match in _TOKEN.finditer(fold(text)):
        raw = match.group()
        if match["word"]:
            found.append(Token(raw.lower(), raw))
        elif match["dash"]:
            found.append(Token("—", raw, False))
        elif match["stop"]:
            found.append(Token(raw, raw, False))
    return tuple(found)


_ENDINGS = (
    ("isation", "iz"), ("ization", "iz"), ("ising", "iz"), ("izing", "iz"), ("ised", "iz"), ("ized", "iz"),
    ("ises", "iz"), ("izes", "iz"), ("ise", "iz"), ("ize", "iz"), ("ours", "or"), ("our", "or"),
    ("ations", "at"), ("ation", "at"), ("ators", "at"), ("ator", "at"), ("ating", "at"), ("ated", "at"),
    ("ates", "at"), ("ate", "at"), ("ative", "at"), ("ities", ""), ("ity", ""), ("ies", "y"), ("ied", "y"),
    ("ments", ""), ("ment", ""), ("ively", "iv"), ("ly", ""), ("ings", ""), ("ing", ""), ("ions", ""),
    ("ion", ""), ("ive", "iv"), ("sses", "ss"), ("als", ""), ("al", ""), ("es", ""),
    ("ed", ""), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""), ("e", ""), ("y", ""),
)  # fmt: skip


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What a word has in common with its other forms; for comparing words, never for showing.

    >>> {stem(w) for w in ("investigates", "investigation", "investigators", "investigate")}
    {'investig'}
    >>> stem("referral") == stem("referred") == stem("refers"), stem("agencies") == stem("agency's")
    (True, True)
    """
    word = word.removesuffix("'s").rstrip("'")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1]
    return word.removesuffix("at") if len(word) > 5 else word


def stems(found: Iterable[Token]) -> set[str]:
    """The stems of the words that carry meaning."""
    return {stem(t.word) for t in found if is_content(t)}


_FUNCTION = word_set(
    "a about above after all also an and another any are as at be because been before being between",
    "both but by can could did do does each either every few for from had has have having he her his",
    "how if in into is it its many may might more most must neither no nor not of off on once one only",
    "or other others our out over own per same shall she should since so some such than that the their",
    "them then there these they this those through to under until up upon was we were what when where",
    "whether which while who whom whose why will with within without would you your",
)


def is_content(token: Token) -> bool:
    """Whether a token is a word with a meaning of its own, not an article, auxiliary or preposition."""
    return token.is_word and token.word not in _FUNCTION and any(c.isalpha() for c in token.word)


Phrase = tuple[str, ...]


class Phrases:
    """A set of phrases, found in a row of tokens; of two that begin at the same word the longer wins."""

    def __init__(self, *lines: str) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in (tuple(p.split()) for line in lines for p in line.split(" | ")):
            self._by_first.setdefault(phrase[0], []).append(phrase)
        for phrases in self._by_first.values():
            phrases.sort(key=len, reverse=True)

    def at(self, row: Sequence[Token], index: int) -> int:
        """How many tokens the phrase that begins at an index has; 0 if none does."""
        for phrase in self._by_first.get(row[index].word, ()):
            if all(index + k < len(row) and row[index + k].word == w for k, w in enumerate(phrase)):
                return len(phrase)
        return 0

    def find(self, row: Sequence[Token]) -> list[tuple[int, int]]:
        """Beginning and end of every phrase in the row, without overlaps."""
        found, index = [], 0
        while index < len(row):
            length = self.at(row, index)
            if length:
                found.append((index, index + length))
            index += length or 1
        return found

    def stand_in(self, row: Sequence[Token]) -> bool:
        """Whether any of the phrases stands in the row."""
        return any(self.at(row, index) for index in range(len(row)))
