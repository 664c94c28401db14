"""Sentences and list items of a text: where they end, their `[n]` markers, what surrounds a fragment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from onrecord.citations.wording.tokens import word_set
from onrecord.text import Normalised

CONTEXT_WORDS = 200
"""How many words before and after a fragment are looked at for its sentence, at most."""

_MARKER = regex.compile(r"\[[0-9]{1,3}\]")
_CLOSING = r"[\"'\u2019\u201d\u00bb)\]]"
_OPENING = r"[\"'\u2018\u201c\u00ab(\[]"
_STOP = regex.compile(
    rf"(?P<stop>[.!?\u2026]{{1,8}}){_CLOSING}{{0,3}}(?P<markers>(?:[ \t]{{0,3}}\[[0-9]{{1,3}}\]){{0,20}})"
    rf"(?P<gap>[^\S\r\n]{{0,50}})(?={_OPENING}{{0,3}}(?P<next>[^\s\"'(\[]?))"
    r"|(?P<line>(?:\r\n|[\r\n\u2028\u2029])(?:[^\S\r\n\u2028\u2029]*+(?:\r\n|[\r\n\u2028\u2029]))*+)"
)
_LAST_WORD = regex.compile(r"[^\s()\[\]\"'\u2018\u201c\u2019\u201d]+\Z")
_NUMBERED = regex.compile(r"[#\u00a7*\-\s]*[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}\Z")
_WRAPPED = regex.compile(r"\s*+\p{Ll}")
_WORD_AFTER = regex.compile(r"[\s\"'\u2018\u201c(\[]*([\p{L}\p{N}]+)")

_ABBREVIATIONS = word_set(
    "al app art cf ch cl co corp dept dr ed eds esp est etc ex exh fed fig gen gov hon id inc jr lt ltd",
    "maj messrs mr mrs ms mt nos op p para pp prof pt pub reg rep rev sen sgt sr st stat supp v viz vol",
    "vs jan feb mar apr jun jul aug sep sept oct nov dec",
)
_BEFORE_NUMBERS = frozenset(("no", "sec", "art", "fig", "pt", "col", "title", "l"))
_MAY_END = word_set("u.s u.k u.n e.u d.c a.m p.m etc inc co corp ltd jr sr al")
_STARTERS = word_set(
    "a according after although an and as at because before both but by each for from he her his",
    "however if in it its many most no on only several she since some such that the their then there",
    "these they this those under until we what when where while who with yet you",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or list item: offsets in the text, the text itself, its `[n]` markers in order.

    Markers directly after the full stop belong to the sentence that it ends.
    """

    start: int
    end: int
    text: str
    markers: tuple[str, ...] = ()


def sentences(text: str) -> list[Sentence]:
    """The sentences and list items of a text, in order; white space between them belongs to none.

    A line break ends an item, unless the next line goes on in lower case and the line did not end with a
    stop (a wrapped line). Abbreviations, initials, decimal and section numbers do not end a sentence.

    >>> [s.text for s in sentences("Under 6 U.S.C. 253 ICE acts [1]. It is so.[2][3] “Yes.” (No. 5.)")]
    ['Under 6 U.S.C. 253 ICE acts [1].', 'It is so.[2][3]', '“Yes.”', '(No. 5.)']
    >>> sentences("It is so.[2][3] Yes.")[0].markers
    ('[2]', '[3]')
    """
    found, start = [], 0
    for end in [*_ends(text, 0, len(text)), len(text)]:
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            at = start + len(piece) - len(piece.lstrip())
            found.append(Sentence(at, at + len(stripped), stripped, tuple(_MARKER.findall(stripped))))
        start = end
    return found


def context(text: Normalised, start_word: int, end_word: int) -> tuple[str, str]:
    """What stands before and after the words `start_word` to `end_word` in the same sentence.

    At most `CONTEXT_WORDS` words on each side are looked at, so the cost does not grow with the length of a
    line. A fragment that spans several sentences has the first one's beginning and the last one's end.

    >>> n = Normalised.of("First. The form is not the main channel [2]. Last.")
    >>> context(n, 5, 7)
    ('The form is not', 'channel [2].')
    """
    spans = text.spans
    if not 0 <= start_word < end_word <= len(spans):
        return "", ""
    first, last = spans[start_word][0], spans[end_word - 1][1]
    low = spans[max(0, start_word - CONTEXT_WORDS)][0]
    high = spans[min(len(spans), end_word + CONTEXT_WORDS) - 1][1]
    high = len(text.text) if end_word + CONTEXT_WORDS >= len(spans) else high
    begin, end = low, high
    for cut in _ends(text.text, low, high):
        if cut <= first:
            begin = cut
        elif cut >= last:
            end = cut
            break
    return text.text[begin:first].strip(), text.text[last:end].strip()


def _ends(text: str, start: int, stop: int) -> Iterator[int]:
    """The offsets at which sentences end, between two offsets of a text."""
    for match in _STOP.finditer(text, start, stop):
        if match["line"] is not None:
            if _ends_item(text, match.start(), match.end(), match["line"]):
                yield match.end()
        elif _ends_sentence(text, match):
            yield match.end("markers")


def _ends_item(text: str, start: int, end: int, line: str) -> bool:
    breaks = line.replace("\r\n", "\n").count("\n") + line.count("\r") - line.count("\r\n")
    while start and text[start - 1].isspace():
        start -= 1
    before = text[max(0, start - 1) : start]
    wrapped = _WRAPPED.match(text, end) is not None and not before.endswith((".", "!", "?", ";", ":"))
    return breaks > 1 or not wrapped


def _ends_sentence(text: str, match: regex.Match[str]) -> bool:
    following = match["next"]
    if following and not match["gap"] and not (match["markers"] or _marker_before(text, match.start())):
        return False
    if following.islower():
        return False
    if match["stop"] != "." or match["markers"]:
        return True
    return not _is_abbreviation(text, match.start(), match.end())


def _marker_before(text: str, stop: int) -> bool:
    opening = text.rfind("[", max(0, stop - 5), stop)
    return opening >= 0 and _MARKER.fullmatch(text[opening:stop]) is not None


def _is_abbreviation(text: str, stop: int, end: int) -> bool:
    """Whether the full stop at an offset marks an abbreviation or a number rather than an end."""
    window = text[max(0, stop - 40) : stop]
    line = window[max(window.rfind("\n"), window.rfind("\r")) + 1 :]
    if len(line) < 40 and _NUMBERED.match(line):
        return True
    last = _LAST_WORD.search(window)
    if last is None:
        return False
    word = last.group().casefold()
    after = _WORD_AFTER.match(text, end, min(len(text), end + 60))
    following = after.group(1) if after else ""
    if word in _BEFORE_NUMBERS and following[:1].isdigit():
        return True
    short = "." in word and all(len(part) <= 2 and part.isalpha() for part in word.strip(".").split("."))
    initial = len(word) == 1 and last.group().isupper() and word != "i"
    if not (short or initial or word in _ABBREVIATIONS):
        return False
    ends = not following or (
        word in _MAY_END and following.casefold() in _STARTERS and following[0].isupper()
    )
    return not ends
