"""The references of a summary: what each note says of its claim, its quotations and their sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from onrecord.answers.notes import Note, published, quoted_parts, role_words, source_words, standing_words
from onrecord.answers.phrasing import one_line, outcome_words, time_of
from onrecord.answers.sheet import Cited
from onrecord.vocab import compact


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a reference: a citation, or a remark alone.

    Attributes:
        remark: what the line says, where it is no citation.
        role: what the citation does to the statement, where it does not support it.
        quoted: what stands before the quotation, the words quoted, what stands after them.
        source: title, publisher, tier, place and date of the source.
        outcome: what became of checking the quotation.
        link: an address that opens the source at the words; "" where no address is on record.
    """

    remark: str = ""
    role: str = ""
    quoted: tuple[str, str, str] = ("", "", "")
    source: str = ""
    outcome: str = ""
    link: str = ""

    @property
    def before(self) -> str:
        """The line as plain text, without the outcome of the check."""
        if self.remark:
            return self.remark
        return " ".join(p for p in (self.role, f"“{' '.join(filter(None, self.quoted))}”", self.source) if p)

    @property
    def text(self) -> str:
        """The line as plain text, without the words of the link."""
        return f"{self.before} {self.outcome}".strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference: its number, the claim, and its lines."""

    number: int
    iri: str
    head: str
    items: tuple[Item, ...]


def entries(notes: Sequence[Note], also: Collection[str]) -> list[Entry]:
    """The references of a summary.

    Args:
        notes: in their order.
        also: claims whose statement is not told, since another one says the same.
    """
    told: dict[str, int] = {}
    found = []
    for note in notes:
        items = [*_citations(note), *map(Item, _remarks(note, told, is_also=note.iri in also))]
        found.append(Entry(note.number, note.iri, _head(note), tuple(items)))
    return found


def _head(note: Note) -> str:
    """Standing, who said it, and when a note's claim holds."""
    if note.claim is None:
        return ""
    parts = [standing_words(note)] if note.claim.standing is not None else []
    return " · ".join([*parts, time_of(note.claim)])


def _citations(note: Note) -> Iterator[Item]:
    before: str | None = None
    for cited in note.cited:
        outcome = f"Check: {outcome_words(cited.result)}." if cited.result is not None else ""
        is_same = cited.citation.source == before
        before = cited.citation.source
        source = _source(cited, is_same=is_same)
        yield Item("", role_words(note, cited), quoted_parts(cited), source, one_line(outcome), cited.link)


def _source(cited: Cited, *, is_same: bool) -> str:
    """A citation's source with publisher, tier, place and date; where it has no address, where to look."""
    locator = one_line(cited.citation.locator)
    if is_same:
        return f"Same source{f', {locator}' if locator else ''}."
    words = f"{one_line(source_words(cited))} Published: {published(cited)}."
    if cited.link or cited.source is None:
        return words
    name = one_line(cited.source.identifier)
    look = f" Look it up as {name}{'' if name.endswith('.') else '.'}" if name else ""
    return f"{words} No web address on record ({compact(cited.source.iri)}).{look}"


def _remarks(note: Note, told: dict[str, int], *, is_also: bool) -> Iterator[str]:
    """What a reader must know of a note's claim: unproven, a gap, what separates it from others."""
    if is_also and note.claim is not None:
        yield f"In its own words: {one_line(note.claim.statement)}"
    for flag in note.flags:
        if flag.word != "CONFLICT":
            yield one_line(flag.text)
    for conflict in sorted(note.conflicts, key=lambda c: c.iri):
        if conflict.iri in told:
            yield f"SOURCES DIFFER: see note {told[conflict.iri]}."
        else:
            told[conflict.iri] = note.number
            yield one_line(f"SOURCES DIFFER: {conflict.explanation}")
