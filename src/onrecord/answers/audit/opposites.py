"""Words that exclude each other, in a sentence and in a claim's statement."""

from __future__ import annotations

from functools import lru_cache

from onrecord.answers.audit.differences import Kind
from onrecord.answers.audit.likeness import Saying, closeness
from onrecord.answers.audit.reading import READ, Reading
from onrecord.answers.audit.slots import Compared, Slot
from onrecord.answers.audit.wording import SAME_WORD
from onrecord.answers.audit.words import plain
from onrecord.citations.wording.tokens import is_content

_EXCLUSIVE = tuple(
    frozenset(line.split())
    for line in (
        "daily weekly monthly quarterly annually annual yearly biennial",
        "weekday weekend",
        "day night",
        "before after",
        "increase decrease",
        "increased decreased",
        "rose fell",
        "internal external",
        "public private",
        "accept decline",
        "accepted declined",
        "approve reject",
        "approved rejected",
        "convicted acquitted",
        "guilty innocent",
        "minimum maximum",
        "oldest newest",
        "largest smallest",
        "higher lower",
        "majority minority",
        "opened closed",
        "hired fired",
        "complete incomplete",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
)
"""Words that exclude each other where they say something of the same thing."""
BESIDE = 2
"""Words around a place that must be alike for two places to be the same."""
_SAME = {"annual": "annually", "yearly": "annually"}


def compare_opposites(sentence: Reading, saying: Saying, into: Compared) -> None:
    """A word for which the statement has another that excludes it, said of the same thing."""
    there, known = _marked(saying.stated), _marked(saying.known)
    here = _marked(sentence)
    for group, words in here.items():
        rivals = there.get(group, {})
        if set(words) & set(known.get(group, {})) or not rivals:
            continue
        for at in words.values():
            if any(_beside(sentence, at, saying.stated, place) for place in rivals.values()):
                into.slots.append(Slot(Kind.NEGATION, sentence.span(at, at + 1), saying.claim.statement))
                return


@lru_cache(maxsize=READ)
def _marked(reading: Reading) -> dict[int, dict[str, int]]:
    """The words of a text that exclude others, by group, each with its place."""
    found: dict[int, dict[str, int]] = {}
    for at, token in enumerate(reading.row):
        word = plain(token.word)
        for number, group in enumerate(_EXCLUSIVE):
            if word in group:
                found.setdefault(number, {})[_SAME.get(word, word)] = at
    return found


def _beside(one: Reading, at: int, other: Reading, place: int) -> bool:
    """Whether the words around two places are alike: at least two of them."""
    around = [t.word for t in one.row[max(0, at - 4) : at + 5] if is_content(t) and t is not one.row[at]]
    there = [t.word for t in other.row[max(0, place - 4) : place + 5] if is_content(t)]
    return sum(closeness([w], there) >= SAME_WORD for w in around) >= BESIDE
