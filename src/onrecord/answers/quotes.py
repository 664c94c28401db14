"""Which archived texts hold some words, and where; else what is nearest to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.answers.phrasing import Paint, one_line, painted, plain, wrapped
from onrecord.answers.sheet_json import without_empty
from onrecord.citations.locating import LocatedText, passage_around
from onrecord.citations.nearest import nearest_passage
from onrecord.model import SourceText, Texts
from onrecord.text import count_plain, readings
from onrecord.vocab import compact

MOST_HITS = 50
"""Hits of one text that are listed; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place at which the words stand.

    Attributes:
        source: the source's IRI.
        digest: of the text.
        position: of the first word, counted from 0.
        written: the words as that text writes them.
        passage: with a few words before and after.
        section: of a law text, "" elsewhere.
    """

    source: str
    digest: str
    position: int
    written: str
    passage: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class NearHit:
    """The passage of a source that is most like the words, and the first difference."""

    source: str
    passage: str
    difference: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Quotes:
    """What was found for some words.

    Attributes:
        searched: how many texts were searched.
        left_out: hits beyond MOST_HITS in one text.
    """

    words: str
    searched: int
    hits: tuple[Hit, ...] = ()
    near: tuple[NearHit, ...] = ()
    left_out: int = 0


def find_quote(words: str, sources: Iterable[str], texts: Texts) -> Quotes:
    """Look for words in every text at hand of some sources (IRIs), in normalised form as `check` does."""
    hits: list[Hit] = []
    near: list[NearHit] = []
    searched = left_out = 0
    wanted = [reading for reading in readings(words) if count_plain(reading)]
    for source in sources:
        for text in _distinct(texts.texts(source)):
            searched += 1
            located = LocatedText.of(text.text)
            found = [hit for reading in wanted for hit in _hits(source, text, located, reading)]
            hits += found[:MOST_HITS]
            left_out += max(0, len(found) - MOST_HITS)
            nearest = nearest_passage(wanted[0], located.text) if wanted and not found else None
            if nearest is not None:
                near.append(NearHit(source, nearest.passage, nearest.difference))
    return Quotes(words, searched, tuple(hits), () if hits else tuple(near), left_out)


def _distinct(texts: Sequence[SourceText]) -> list[SourceText]:
    return list({t.text_digest: t for t in texts}.values())


def _hits(source: str, text: SourceText, located: LocatedText, reading: Sequence[str]) -> Iterable[Hit]:
    words, size = located.text, len(reading)
    for at in words.find_all(reading):
        path = located.sections.path_at(words.spans[at][0])
        section = f"{path.section}{''.join(f'({label})' for label in path.labels)}" if path else ""
        written = " ".join(words.slice(at, at + size).split())
        yield Hit(source, text.text_digest, at, written, passage_around(words, at, size), section)


def quotes_text(found: Quotes, paint: Paint = plain) -> str:
    """The result as text: hits by source, else the nearest passages, and what was searched."""
    lines: list[str] = []
    for hit in found.hits:
        section = f", \u00a7 {hit.section}" if hit.section else ""
        lines.append(f"{paint(compact(hit.source), 'place')}{section}, word {hit.position + 1}")
        lines.append(painted(wrapped(hit.passage, "    "), one_line(hit.written), "good", paint))
    for near in found.near:
        given, there = near.difference
        lines.append(f"{paint(compact(near.source), 'place')} has, near to it:")
        lines.append(wrapped(near.passage, "    "))
        lines.append(wrapped(f"first difference: {there!r} where you have {given!r}", "      ", "    "))
    texts = f"{found.searched} text{'' if found.searched == 1 else 's'}"
    if found.hits:
        more = f", {found.left_out} more not listed" if found.left_out else ""
        lines.append(f"{len(found.hits)} hit{'' if len(found.hits) == 1 else 's'}{more} in {texts} searched.")
    elif found.searched:
        lines.append(f"Not found in {texts} searched.")
    else:
        lines.append("No text was searched: none is at hand. File one: onrecord source add FILE --id ID")
    return "\n".join(lines) + "\n"


def quotes_data(found: Quotes) -> dict[str, object]:
    """The result as plain data."""
    return {
        "words": found.words,
        "searched": found.searched,
        "left_out": found.left_out,
        "hits": [
            without_empty(
                {
                    "source": h.source,
                    "text": h.digest,
                    "position": h.position,
                    "written": h.written,
                    "passage": h.passage,
                    "section": h.section,
                }
            )
            for h in found.hits
        ],
        "near": [
            {"source": n.source, "passage": n.passage, "given": n.difference[0], "there": n.difference[1]}
            for n in found.near
        ],
    }
