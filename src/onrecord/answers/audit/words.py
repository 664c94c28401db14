"""Words compared: what denies in a sentence and what may deny, and words without their endings."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from onrecord.citations.wording.lexicon import negatives
from onrecord.citations.wording.tokens import Phrases, Token, word_set

Class = TypeVar("Class", bound=Hashable)
REACH = 6
"""Words around a place in which another word may deny it."""
_ALSO = Phrases(
    "turn down | turns down | turned down | turning down | turn away | turns away | turned away",
    "left out | leave out | leaves out | kept from | keep from | stop | stops | stopping | block",
    "blocks | blocked | ignored | ignore | unaware | in the dark | away from | out of | little | few",
    "hardly | rarely | seldom | scarcely | only | merely | instead | rather | other than | else",
    "unlike | withheld | withhold | hidden | secret | opaque | lost | miss | misses | missed",
    "missing | resist | resists | resisted | distrust | doubt | doubts | doubted | freed | exempt",
    "exempted | exempts | independent | lose | loses | outside | spare | spared | spares | escape",
    "escapes | escaped | withdrew | withdrawn | skip | skips | skipped | whether | unless",
    "declination | declinations | rejection | rejections | denial | denials | failure | failures | lack",
    "loss | losses",
    "exemption | exemptions | exception | exceptions | omission | omissions | prohibition | ban | refusals",
    "off | removed | suspended | anymore | former | formerly | halted | ceased | cut | without | skip",
    "skips | skipped | late | delayed | overdue | lapsed | waived | unable | at most | no higher | ruled out",
)


_PARTLY = word_set("always all every fully only necessarily just merely yet often usually enough")
"""Words behind a `not` that denies a part alone."""
_LIMITS = word_set("later more less fewer sooner exceeding exceed longer higher lower")
"""Words behind a `not` or `no` that only sets a limit."""


class Classes(Generic[Class]):
    """Phrases of several classes, the longest at each place of a row of tokens."""

    def __init__(self, lines: Mapping[Class, Sequence[str]]) -> None:
        self._index: dict[str, list[tuple[tuple[str, ...], Class]]] = {}
        for kind, given in lines.items():
            for phrase in (tuple(p.split()) for line in given for p in line.split(" | ")):
                self._index.setdefault(phrase[0], []).append((phrase, kind))
        for phrases in self._index.values():
            phrases.sort(key=lambda p: -len(p[0]))

    def at(self, row: Sequence[Token], index: int) -> tuple[int, Class | None]:
        """How many tokens the phrase that begins at an index has (0 for none), and its class."""
        for phrase, kind in self._index.get(row[index].word, ()):
            if tuple(t.word for t in row[index : index + len(phrase)]) == phrase:
                return len(phrase), kind
        return 0, None


def plain_denials(row: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Beginning and end of each phrase that plainly denies."""
    for negative in negatives(row):
        behind = row[min(negative.end, len(row) - 1)].word
        before = row[negative.start - 1].word if negative.start else ""
        if negative.plain and behind not in _LIMITS | _PARTLY and before != "need":
            yield negative.start, negative.end


def denying_near(row: Sequence[Token], places: Sequence[int]) -> bool:
    """Whether anything within a few words of some places denies, limits or might be taken for it."""
    return any(may_deny(row[max(0, at - REACH) : at + REACH]) for at in places)


def may_deny(row: Sequence[Token]) -> bool:
    """Whether anything in a row of tokens denies, limits or might be taken for it."""
    denies = (n for n in negatives(row) if row[min(n.start + 1, len(row) - 1)].word not in _LIMITS)
    return any(True for _ in denies) or _ALSO.stand_in(row)


def plain(word: str) -> str:
    """A word as names are compared: without possessive and plural.

    >>> plain("agency's"), plain("inspectors"), plain("process")
    ('agency', 'inspector', 'process')
    """
    word = word.removesuffix("'s").rstrip("'")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_PEOPLE = frozenset(
    plain(w)
    for w in word_set(
        "accuser administrator adviser advocate agent attorney auditor bystander caller citizen clerk",
        "commander commissioner complainant consultant contractor coordinator counsel critic defendant",
        "deputy detainee director doctor employee employer expert guard immigrant inmate inspector",
        "investigator journalist judge lawmaker lawyer leader manager mayor migrant minister nurse officer",
        "official ombudsman opponent passenger perpetrator personnel physician police politician president",
        "prisoner prosecutor reporter representative resident reviewer secretary senator sheriff staff",
        "supervisor supporter suspect unions victim volunteer watchdog whistleblower witness worker",
    )
)
"""Words for people in some part."""


@lru_cache(maxsize=8192)
def is_person(word: str) -> bool:
    """Whether a word is one for people in some part.

    >>> is_person("prosecutors"), is_person("report")
    (True, False)
    """
    return plain(word) in _PEOPLE
