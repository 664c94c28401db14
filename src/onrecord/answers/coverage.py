"""Which sentences of a source's text hold a quotation of some claim, and which none."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.answers.phrasing import Paint, plain, wrapped
from onrecord.answers.sheet_json import without_empty
from onrecord.citations.locating import LocatedText, locate
from onrecord.citations.sentences import Sentence, sentences
from onrecord.model import Base, Citation, Outcome, Source, SourceText, Texts
from onrecord.text import Normalised, count_plain, words
from onrecord.vocab import compact

FEWEST_WORDS = 4
"""How many words a quotation has at least, to count."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence of a text, and what the base makes of it.

    Attributes:
        markers: its `[n]` markers, those left out that are no references of the source.
        strays: the markers left out.
        citations: the IRIs of the citations whose quotation stands wholly inside it.
    """

    sentence: Sentence
    markers: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of its words as written: names the sentence without repeating it."""
        return hashlib.sha256(self.sentence.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sentences of one source's text, in order.

    Attributes:
        unplaced: citations of the source that stand in no one sentence: not found, too short, or across two.
    """

    source: Source
    text_digest: str
    sentences: tuple[Covered, ...]
    unplaced: tuple[str, ...] = ()

    @property
    def marked(self) -> tuple[Covered, ...]:
        """The sentences that bear a marker."""
        return tuple(s for s in self.sentences if s.markers)

    @property
    def lacking(self) -> tuple[Covered, ...]:
        """The marked sentences that hold no quotation."""
        return tuple(s for s in self.marked if not s.citations)

    @property
    def covered(self) -> int:
        """How many marked sentences hold a quotation."""
        return len(self.marked) - len(self.lacking)

    @property
    def all_covered(self) -> int:
        """How many sentences hold a quotation, marked or not."""
        return sum(1 for s in self.sentences if s.citations)

    @property
    def strays(self) -> dict[str, int]:
        """In how many sentences each marker stands that is no reference of the source."""
        return dict(sorted(Counter(m for s in self.sentences for m in set(s.strays)).items()))


def percent(part: int, whole: int) -> int | None:
    """A share in whole percent, rounded down, so that 100 means all; None of nothing.

    >>> percent(65, 66), percent(66, 66), percent(0, 0)
    (98, 100, None)
    """
    return part * 100 // whole if whole else None


def coverage(base: Base, texts: Texts, source: Source) -> Coverage | None:
    """The coverage of a source's text by the base's claims, retired ones left out; None without a text.

    The text is the one that the base commits to where that is at hand, else the latest. A marker counts if
    the base has it as a reference of the source; where the base has none of the source's, all count.
    """
    text = _text(base, texts, source)
    if text is None:
        return None
    located = LocatedText.of(text.text)
    split = sentences(text.text)
    known = {reference.marker for reference in source.references}
    inside: dict[int, list[str]] = {}
    unplaced = []
    for citation in _citations(base, source):
        at = _sentence_of(citation, base, located, split)
        if at is None:
            unplaced.append(citation.iri)
        else:
            inside.setdefault(at, []).append(citation.iri)
    found = (_covered(s, known, inside.get(i, ())) for i, s in enumerate(split))
    return Coverage(source, text.text_digest, tuple(found), tuple(sorted(unplaced)))


def _text(base: Base, texts: Texts, source: Source) -> SourceText | None:
    at_hand = texts.texts(source.iri)
    committed = {s.text_digest for s in base.snapshots(source.iri)}
    chosen = [t for t in at_hand if t.text_digest in committed] or list(at_hand)
    return chosen[-1] if chosen else None


def _citations(base: Base, source: Source) -> Iterator[Citation]:
    for claim in base.claims():
        if claim.retirement is None:
            yield from (c for c in claim.citations if c.source == source.iri)


def _sentence_of(
    citation: Citation, base: Base, located: LocatedText, split: Sequence[Sentence]
) -> int | None:
    """The number of the sentence that holds a quotation whole."""
    result = locate(citation, located, base.proof(citation.iri))
    if result.outcome is not Outcome.FOUND or result.position is None:
        return None
    if count_plain(words(citation.exact)) < FEWEST_WORDS:
        return None
    start, end = _span(located.text, citation, result.position)
    return next((i for i, s in enumerate(split) if s.start <= start and end <= s.end), None)


def _span(text: Normalised, citation: Citation, at: int) -> tuple[int, int]:
    return text.spans[at][0], text.spans[at + text.length_at(citation.exact, at) - 1][1]


def _covered(sentence: Sentence, known: set[str], citations: Iterable[str]) -> Covered:
    markers = tuple(m for m in sentence.markers if not known or m in known)
    strays = tuple(m for m in sentence.markers if known and m not in known)
    return Covered(sentence, markers, strays, tuple(sorted(citations)))


# as text and data -------------------------------------------------------------------------------------


def coverage_rows(found: Sequence[Coverage]) -> Iterator[list[str]]:
    """Rows of a table: source, sentences, those that hold a quotation; marked ones, theirs; percent."""
    for c in found:
        yield _row(c.source.slug, len(c.sentences), c.all_covered, len(c.marked), c.covered)
    if len(found) > 1:
        sums = (
            sum(len(c.sentences) for c in found),
            sum(c.all_covered for c in found),
            sum(len(c.marked) for c in found),
            sum(c.covered for c in found),
        )
        yield _row("all", *sums)


def _row(name: str, count: int, covered: int, marked: int, marked_covered: int) -> list[str]:
    share = percent(marked_covered, marked)
    shown = "" if share is None else f"{share} %"
    return [name, str(count), str(covered), str(marked), str(marked_covered), shown]


def coverage_notes(found: Iterable[Coverage], paint: Paint = plain) -> str:
    """The marked sentences without a quotation, and markers that were not counted; "" without any."""
    lines = []
    for c in found:
        for marker, count in c.strays.items():
            where = "one sentence" if count == 1 else f"{count} sentences"
            lines.append(f"{c.source.slug}: {marker} in {where} is no reference of the source: not counted.")
        for iri in c.unplaced:
            lines.append(f"{c.source.slug}: {compact(iri)} stands in no one sentence of the text.")
        for s in c.lacking:
            head = f"{c.source.slug}, {' '.join(s.markers)}: no quotation in"
            lines += [paint(head, "violation"), wrapped(s.sentence.text, "    ")]
    return "".join(f"{line}\n" for line in lines)


def coverage_data(found: Iterable[Coverage]) -> list[dict[str, Any]]:
    """The coverage as plain data; the words of a sentence only where it lacks a quotation."""
    return [
        {
            "source": c.source.iri,
            "text": c.text_digest,
            "sentences": len(c.sentences),
            "all_covered": c.all_covered,
            "marked": len(c.marked),
            "covered": c.covered,
            "percent": percent(c.covered, len(c.marked)),
            "not_counted": c.strays,
            "unplaced": list(c.unplaced),
            "marked_sentences": [_sentence_data(s) for s in c.marked],
        }
        for c in found
    ]


def _sentence_data(covered: Covered) -> dict[str, Any]:
    return without_empty(
        {
            "markers": list(covered.markers),
            "digest": covered.digest,
            "start": covered.sentence.start,
            "citations": list(covered.citations),
            "lacking": "" if covered.citations else covered.sentence.text,
        }
    )
