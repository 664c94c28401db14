"""Figures, dates, addresses and references of a sentence against those of a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import regex

from onrecord.answers.audit.differences import Kind
from onrecord.answers.audit.likeness import Saying, closeness
from onrecord.answers.audit.reading import Counted, Item, Reading
from onrecord.answers.audit.words import plain
from onrecord.citations.wording.marks import Mark, dated_as, emails, phones, references, refers_to
from onrecord.citations.wording.numbers import ROUGH_END
from onrecord.citations.wording.numbers import Kind as FigureKind
from onrecord.citations.wording.tokens import word_set

SAME_NOUN = 0.6
"""Closeness from which two words name the same thing that is counted."""
_SHARE_APART, _ROUGH_SHARE = Fraction(6, 1000), Fraction(3, 100)
_DAYS = {"hour": Fraction(1, 24), "day": Fraction(1), "week": Fraction(7), "month": Fraction(30)} | {
    "year": Fraction(365)
}
FEW = 4
"""Up to which number, in words, somebody may have counted what a claim lists."""
_UNCOUNTED = (FigureKind.ORDINAL,)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a sentence at which a claim has something else.

    Attributes:
        span: offsets of the sentence's words.
        record: what the claim has there.
        is_faint: whether only a claim that is much alike otherwise can decide it.
    """

    kind: Kind
    span: tuple[int, int]
    record: str
    is_faint: bool = False


@dataclass
class Compared:
    """A sentence beside one claim.

    Attributes:
        slots: where they differ.
        held: spans of the figures, dates, addresses and names of the sentence that the claim has too.
        agreed: in what else they were compared and agree.
    """

    slots: list[Slot] = field(default_factory=list)
    held: set[tuple[int, int]] = field(default_factory=set)
    agreed: set[Kind] = field(default_factory=set)


def exact_spans(sentence: Reading) -> dict[tuple[int, int], Kind]:
    """The places of a sentence with a figure, date, address or reference, which somebody has to hold."""
    found = {c.span: Kind.FIGURE for c in sentence.figures if is_figure(c)}
    found |= {(m.start, m.end): Kind.DATE for m in sentence.dates}
    for kind, read in _MARKS.items():
        found |= {(m.start, m.end): kind for m in read(sentence.text)}
    return found


def is_figure(counted: Counted) -> bool:
    """Whether a figure can be compared: no ordinal, and no `one` that may be a pronoun."""
    return counted.figure.kind not in _UNCOUNTED and counted.figure.wording.lower() != "one"


def compare_figures(sentence: Reading, saying: Saying, into: Compared) -> None:
    """Figures of the same kind that count the same thing."""
    wanted = [c for c in sentence.figures if is_figure(c)]
    known = saying.record.figures
    held = [c for c in wanted if any(same_figure(c, other) for other in known)]
    into.held.update(c.span for c in held)
    free = [o for o in saying.stated.figures if is_figure(o) and not any(same_figure(c, o) for c in held)]
    if _names_a_part(sentence, saying.stated):
        free = []
    for counted in wanted:
        if counted in held:
            continue
        same = [o for o in free if _kind(o) is _kind(counted)]
        alone = (
            len({o.figure.value for o in same}) == 1
            and sum(_kind(c) is _kind(counted) for c in wanted if c not in held) == 1
        )
        rivals = [o for o in same if _counts_same(counted, o, alone=alone)]
        if rivals:
            rival = max(rivals, key=lambda o: closeness(counted.nouns, o.nouns))
            is_faint = not counted.nouns and _kind(counted) is FigureKind.NUMBER
            into.slots.append(Slot(Kind.FIGURE, counted.span, _around(saying.stated, rival.span), is_faint))
        elif alone and held:
            slot = Slot(Kind.FIGURE, counted.span, _around(saying.stated, same[0].span), is_faint=True)
            into.slots.append(slot)


def _names_a_part(sentence: Reading, stated: Reading) -> bool:
    """Whether a sentence names some of the parties that a statement names in a row, and not all.

    What several have together is not what one of them has.
    """
    rows: list[list[Item]] = []
    for item in (i for i in stated.items if i.owners):
        between = stated.row[rows[-1][-1].end : item.start] if rows else ()
        if rows and between and all(t.word in (",", "and", "or") for t in between):
            rows[-1].append(item)
        else:
            rows.append([item])
    named = [[bool(i.owners & sentence.owners) for i in row] for row in rows if len(row) > 1]
    return any(any(row) and not all(row) for row in named)


def _counts_same(one: Counted, other: Counted, *, alone: bool) -> bool:
    """Whether two figures count the same thing; `alone` if each is the only one of its kind."""
    if closeness(one.nouns, other.nouns) >= SAME_NOUN:
        return True
    if not alone or _kind(one) is not FigureKind.NUMBER:
        return alone
    loose = (n for n in (one.nouns[:1], other.nouns[:1]) if not n or plain(n[0]) in _LOOSE)
    return any(True for _ in loose)


_LOOSE = word_set(
    "time case instance people occasion person matter entry row item total figure count number tally sum"
)
"""Nouns that count whatever was spoken of."""


def _kind(counted: Counted) -> FigureKind:
    kind = counted.figure.kind
    return FigureKind.NUMBER if kind in (FigureKind.TIMES, FigureKind.ROUGH) else kind


def same_figure(one: Counted, other: Counted) -> bool:
    """Whether a figure is another one, in other units of time, or rounded as its wording says."""
    if _kind(one) is not _kind(other):
        return False
    units = _unit(one), _unit(other)
    a, b = one.figure.value, other.figure.value
    if units[0] and units[1] and units[0] != units[1]:
        return abs(a * units[0] - b * units[1]) <= a * units[0] / 50
    if a == b:
        return True
    for rough, exact in ((one, b), (other, a)):
        value = rough.figure.value
        if rough.figure.kind is FigureKind.ROUGH and value <= exact < ROUGH_END.get(value, value):
            return True
    if one.figure.kind is FigureKind.SHARE:
        return abs(a - b) < (
            _ROUGH_SHARE if one.is_rough and not one.figure.wording[0].isdigit() else _SHARE_APART
        )
    return one.is_rough and _rounded(a, b)


def _unit(counted: Counted) -> Fraction | None:
    return next((_DAYS[n] for n in map(plain, counted.nouns[:2]) if n in _DAYS), None)


def _rounded(rough: Fraction, exact: Fraction) -> bool:
    """Whether a round number is what becomes of an exact one: 1,200 of 1,224, not 1,214."""
    if rough.denominator != 1 or rough == 0:
        return False
    step, value = 1, int(rough)
    while value % (step * 10) == 0:
        step *= 10
    return step > 1 and abs(exact - rough) < step


def compare_dates(sentence: Reading, saying: Saying, into: Compared) -> None:
    """Days, months and years."""
    held = [m for m in sentence.dates if dated_as(m, saying.record.dates)]
    into.held.update((m.start, m.end) for m in held)
    free = [o for o in saying.stated.dates if not any(dated_as(m, [o]) or dated_as(o, [m]) for m in held)]
    for mark in sentence.dates:
        if mark in held:
            continue
        rival = next((o for o in free if _is_alike(mark, o)), None)
        if rival is not None:
            slot = Slot(Kind.DATE, (mark.start, mark.end), _around(saying.stated, (rival.start, rival.end)))
            into.slots.append(slot)


def _is_alike(one: Mark, other: Mark) -> bool:
    """Whether two dates are given as closely as each other, or differ in what both give."""
    a, b = one.forms[0], other.forms[0]
    if tuple(map(bool, a)) == tuple(map(bool, b)):
        return True
    return any(x and y and x != y for x, y in zip(a, b, strict=True))


_DESIGNATED = regex.compile(
    r"(?<![\p{L}\p{N}])(?P<kind>No\.|[Nn]umber|[Ss]ubpart|[Aa]nnex|[Aa]ppendix|[Ff]orm|[Ss]chedule|[Pp]hase|[Tt]ier)\s?"
    r"(?P<name>[0-9][0-9A-Za-z.-]{0,20}(?<![.-])|[A-Z]{1,3}(?:-[0-9]{1,5})?(?![\p{L}]))"
)


def _numbered(text: str) -> list[Mark]:
    """References, and what is known by a number or letter: `No. 11`, `subpart B`."""
    more = (
        Mark(((m["kind"].lower(), m["name"].lower()),), m.start(), m.end(), m.group())
        for m in _DESIGNATED.finditer(text)
    )
    return [*references(text), *more]


_MARKS: dict[Kind, Callable[[str], list[Mark]]] = {
    Kind.EMAIL: emails,
    Kind.PHONE: phones,
    Kind.STATUTE: _numbered,
}


def compare_marks(sentence: Reading, saying: Saying, into: Compared) -> None:
    """Telephone numbers, addresses, statutes and reports."""
    for kind, read in _MARKS.items():
        wanted = read(sentence.text)
        if not wanted:
            continue
        known, stated = read(saying.record.text), read(saying.stated.text)
        held = [m for m in wanted if _holds(kind, m, known)]
        into.held.update((m.start, m.end) for m in held)
        free = [o for o in stated or known if not any(_holds(kind, m, [o]) for m in held)]
        for mark in wanted:
            rival = next((o for o in free if kind is not Kind.STATUTE or _family(o) == _family(mark)), None)
            if mark not in held and rival is not None:
                into.slots.append(Slot(kind, (mark.start, mark.end), rival.wording.strip()))


def _holds(kind: Kind, mark: Mark, known: Iterable[Mark]) -> bool:
    if kind is Kind.STATUTE:
        known = list(known)
        return refers_to(mark, known) or any(refers_to(k, [mark]) for k in known)
    return any(set(mark.forms) & set(k.forms) for k in known)


def _family(mark: Mark) -> tuple[str, ...]:
    """What must be equal of two references for one to stand for the other: the code, or the series."""
    form = mark.forms[0]
    if len(form) > 1 and form[1].isalpha() and form[0].isdigit():
        return form[:2]
    if len(form) == 2 and not form[0].isdigit():
        return form[:1]
    return ("".join(c for c in form[0] if c.isalpha()),) if form else ()


def _around(reading: Reading, span: tuple[int, int], margin: int = 24) -> str:
    """Some words of a text with a few around them."""
    low = reading.text.rfind(" ", 0, max(0, span[0] - margin)) + 1
    high = reading.text.find(" ", min(len(reading.text), span[1] + margin))
    return " ".join(reading.text[low : high if high >= 0 else None].split())


COMPARED: tuple[Callable[[Reading, Saying, Compared], None], ...] = (
    compare_figures,
    compare_dates,
    compare_marks,
)


def unheld(sentence: Reading, compared: Iterable[Compared]) -> Iterator[tuple[int, int]]:
    """The exact places of a sentence that none of some claims holds; a few things may have been counted."""
    held = {span for one in compared for span in one.held}
    held |= {c.span for c in sentence.figures if c.figure.wording.isalpha() and c.figure.value <= FEW}
    yield from (span for span in exact_spans(sentence) if span not in held)
