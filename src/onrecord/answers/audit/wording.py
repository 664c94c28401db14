"""Obligation, negation and quantity of a sentence against those of a claim's statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.answers.audit.differences import Kind, overlap
from onrecord.answers.audit.likeness import Saying, closeness
from onrecord.answers.audit.reading import READ, Reading
from onrecord.answers.audit.slots import Compared, Slot
from onrecord.answers.audit.words import Classes, denying_near, plain_denials
from onrecord.citations.wording.lexicon import negatives
from onrecord.citations.wording.numbers import Kind as FigureKind
from onrecord.citations.wording.tokens import Phrases, Token, is_content, stem, word_set
from onrecord.model import Literal
from onrecord.vocab import OV

SAME_WORD = 0.6
"""Closeness from which two words may stand for each other in a place that is compared."""
AHEAD = 3
"""Words with a meaning behind an auxiliary, negation or quantity that say what it is about."""

# obligation -------------------------------------------------------------------------------------------

_BINDING = Classes(
    {
        "must not": (
            "must not | shall not | may not | cannot | can not | can't | mustn't",
            "is forbidden | are forbidden",
            "forbidden to | forbidden from | is barred from | are barred from | is prohibited from",
            "are prohibited from | is not allowed to | are not allowed to | is not permitted to",
            "are not permitted to | must never | may never | shall never | is banned from | are banned from",
            "has no right to | have no right to | may neither | must neither",
        ),
        "may": (
            "need not | needn't | does not have to | do not have to | doesn't have to | don't have to",
            "is not required to | are not required to | is not obliged to | are not obliged to",
            "not obligated to | is optional | are optional | optional | voluntary",
            "is free to | are free to",
            "is allowed to | are allowed to | is permitted to | are permitted to",
            "has the option | may | can",
            "have the option | could | might | has discretion to | is at liberty to | not mandatory",
            "is under no obligation | are under no obligation",
            "has the power to | have the power to | is authorized to | are authorized to | is authorised to",
            "are authorised to | has the authority to | have the authority to | as it pleases",
        ),
        "must": (
            "must | shall | has to | have to | had to | is required to | are required to | was required to",
            "were required to | needs to | need to | is obliged to | are obliged to | is bound to",
            "are bound to | is obligated to | are obligated to | is mandatory | mandatory | must be able to",
            "must be allowed to | has to be able to",
            "shall be able to | must have the power to | is compelled to",
            "has a duty to | have a duty to | is under a duty to | are under a duty to | obligatory",
            "requires | require | compulsory | is legally bound to",
        ),
        "should": (
            "should | ought to | is supposed to | are supposed to | is advised to | are advised to",
            "had better | is encouraged to | are encouraged to | is recommended to",
        ),
    }
)
_OF_TRIPLES = {OV + name: name for name in ("must", "should", "may")}


@dataclass(frozen=True, slots=True)
class Bound:
    """A phrase that binds, forbids or allows: how, where, and the words behind it."""

    how: str
    start: int
    end: int
    about: tuple[str, ...]


@lru_cache(maxsize=READ)
def bounds(reading: Reading) -> tuple[Bound, ...]:
    """The phrases of a text that bind, the longest at each place."""
    found, at, row = [], 0, reading.row
    while at < len(row):
        size, how = _BINDING.at(row, at)
        is_month = row[at].raw == "May" and at > 0
        if how is not None and not is_month and not _is_qualified(row, at, at + size):
            how = "must not" if how in ("must", "may") and _is_denied(row, at) else how
            found.append(Bound(how, at, at + size, _ahead(row, at + size)))
        at += size or 1
    return tuple(found)


def _is_qualified(row: Sequence[Token], start: int, end: int) -> bool:
    """`may only`, `may not exceed`, `a process that can`: said in many ways, or of something else."""
    behind = {t.word for t in row[end : end + 4]}
    return bool(behind & _LIMITING) or (start > 0 and row[start - 1].word in ("that", "which", "who"))


_LIMITING = word_set("only exceed exceeds until unless no")


def _is_denied(row: Sequence[Token], at: int) -> bool:
    """`No office may`, `neither the one nor the other shall`."""
    for token in reversed(row[max(0, at - 16) : at]):
        if token.is_strong_stop:
            return False
        if token.word in ("neither", "nor", "nobody", "none"):
            return True
    start = next((i for i in range(at - 1, -1, -1) if row[i].is_strong_stop), -1) + 1
    return start < at and row[start].word == "no"


def _ahead(row: Sequence[Token], start: int, most: int = AHEAD) -> tuple[str, ...]:
    """The words with a meaning behind a place, within its clause."""
    found: list[str] = []
    for token in row[start : start + 3 * most]:
        if token.is_strong_stop:
            break
        if is_content(token):
            found.append(token.word)
        if len(found) == most:
            break
    return tuple(found)


def compare_obligation(sentence: Reading, saying: Saying, into: Compared) -> None:
    """What must, should, may or must not be done."""
    own = bounds(sentence)
    there = bounds(saying.stated)
    binds = {b.how for b in there} | _asserted(saying)
    if len({b.how for b in own}) != 1 or not binds:
        return
    is_said = _is_said(own[0], sentence, saying.stated)
    if own[0].how in binds:
        into.agreed |= {Kind.OBLIGATION, Kind.NEGATION} if is_said else set()
        return
    plain = saying.stated if own[0].how == "must not" else sentence
    is_denial = "must not" in {own[0].how, *binds}
    if is_denial and negatives(plain.row):
        return
    kind = Kind.NEGATION if is_denial else Kind.OBLIGATION
    span = sentence.span(own[0].start, own[0].end)
    into.slots.append(Slot(kind, span, saying.claim.statement, not is_said))


def _is_said(bound: Bound, sentence: Reading, stated: Reading) -> bool:
    """Whether another text speaks of what is bound: the verb behind one word, anything behind several.

    Who is bound does not count: the name stands in many sentences.
    """
    named = {t.word for i in sentence.items if i.owners for t in sentence.row[i.start : i.end]}
    there = [t.word for t in stated.row if is_content(t)]
    about = [w for w in bound.about if w not in named and not w.endswith("ly")]
    about = about[:1] if bound.end - bound.start == 1 else about
    return any(closeness([w], there) >= SAME_WORD for w in about)


def _asserted(saying: Saying) -> set[str]:
    found = (t.object for t in saying.claim.assertions if t.predicate == OV + "obligation")
    return {_OF_TRIPLES[o] for o in found if not isinstance(o, Literal) and o in _OF_TRIPLES}


# negation ---------------------------------------------------------------------------------------------


def compare_negation(sentence: Reading, saying: Saying, into: Compared) -> None:
    """A denial on one side of what the other side says plainly."""
    if Kind.NEGATION in into.agreed:
        return
    for denying, other in ((sentence, saying.stated), (saying.stated, sentence)):
        if _denials(other):
            continue
        for start, end in _denials(denying):
            places = _places(_about(denying.row, start, end), other)
            if not places or denying_near(other.row, places):
                continue
            span = sentence.span(start, end) if denying is sentence else (0, len(sentence.text))
            into.slots.append(Slot(Kind.NEGATION, span, saying.claim.statement))
            return


@lru_cache(maxsize=READ)
def _denials(reading: Reading) -> tuple[tuple[int, int], ...]:
    return tuple(plain_denials(reading.row))


def _about(row: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    """What is denied: the words behind the denial, and the one before it."""
    before = [t.word for t in row[max(0, start - 4) : start] if is_content(t)]
    comma = next((i for i in range(end, len(row)) if row[i].word == ","), len(row))
    return tuple({stem(w): w for w in (*before[-1:], *_ahead(row[:comma], end))}.values())


def _places(about: Sequence[str], other: Reading) -> list[int]:
    """Where another text speaks of what is denied; nowhere, unless it speaks of most of it."""
    found: list[int] = []
    for word in about:
        near = [(closeness([word], [t.word]), i) for i, t in enumerate(other.row) if is_content(t)]
        best, at = max(near, default=(0.0, 0))
        found += [at] if best >= SAME_WORD else []
    return found if len(found) >= max(2, (len(about) + 1) // 2) else []


# quantity ---------------------------------------------------------------------------------------------

_QUANTITIES = Classes(
    {
        0.0: ("none | no one | nobody | never | not a single | virtually none | not one of | neither",),
        0.1: (
            "few | very few | only a few | just a few | a handful | just a handful | only a handful",
            "hardly any | a small fraction | small fraction | a fraction | a tiny share | rarely | seldom",
            "scarcely any | a small minority | a small share | infrequently | a small number | hardly ever",
            "only a small fraction | a small part | little",
        ),
        0.3: ("some | a minority | a minority of | sometimes | occasionally | at times | certain",),
        0.5: ("half | about half | half of",),
        0.6: (
            "many | often | frequently | numerous | routinely | commonly | regularly | repeatedly | a lot",
            "multiple | several",
        ),
        0.8: (
            "most | the majority | majority | mostly | mainly | largely | the great majority | usually",
            "an overwhelming majority | overwhelming majority | the vast majority | the bulk | nearly all",
            "almost all | predominantly | generally | typically | a large part | great majority",
            "vast majority | more than half | the overwhelming majority",
        ),
        1.0: ("all | every | each | always | any | without exception | invariably | everyone",),
    }
)
_IDIOMS = Phrases(
    "at all | not all | not every | not always",
    "above all | after all | at most | most recent | most likely",
    "most serious | no more than | no later than | at least",
    "all told | each other | any other | if any",
    "or any | any time | at any time | from any",
    "by any | some time | a few more | even more | most common",
    "less than | first of all | of any | to any | with any | any of",
    "make certain | makes certain | made certain | making certain | be certain | is certain | are certain",
    "half year | half year's | half-year | half-year's | half an hour | half a year | half a day",
    "nobody can | nobody knows | nobody could | no one can | no one knows | no one could",
)
_DENYING = word_set("not never hardly nor too so as")
"""Words before a quantity that turn it into another."""
APART = 0.39
"""How far two quantities must be apart to be different, of 1."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of something, 0 to 1: where it stands, and the words behind it."""

    part: float
    span: tuple[int, int]
    about: tuple[str, ...]


@lru_cache(maxsize=READ)
def quantities(reading: Reading) -> tuple[Quantity, ...]:
    """The quantity words and shares of a text."""
    found, at, row = [], 0, reading.row
    starts = set[int]()
    while at < len(row):
        idiom = _IDIOMS.at(row, at)
        if idiom:
            starts.add(reading.span(at, at + idiom)[0])
        size, part = _QUANTITIES.at(row, at)
        is_denied = at > 0 and row[at - 1].word in _DENYING
        if part is not None and size >= idiom and not is_denied:
            found.append(Quantity(part, reading.span(at, at + size), _ahead(row, at + size)))
        at += max(1, size, idiom)
    shares = (c for c in reading.figures if c.figure.kind is FigureKind.SHARE and c.span[0] not in starts)
    return (*found, *(Quantity(float(c.figure.value), c.span, c.nouns) for c in shares))


def compare_quantity(sentence: Reading, saying: Saying, into: Compared) -> None:
    """How many of something, in words or as a share."""
    there = quantities(saying.stated)
    known = quantities(saying.known)
    for own in quantities(sentence):
        if own.span in into.held:
            continue
        same = [o for o in there if closeness(own.about, o.about) >= SAME_WORD]
        if any(abs(o.part - own.part) <= APART for o in known):
            into.agreed.add(Kind.QUANTITY)
        elif same and not _is_slot(into, own.span):
            into.slots.append(Slot(Kind.QUANTITY, own.span, saying.claim.statement))


def _is_slot(compared: Compared, span: tuple[int, int]) -> bool:
    return any(overlap(s.span, span) for s in compared.slots)
