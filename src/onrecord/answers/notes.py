"""Notes: numbered footnotes to an answer, each with what a reader needs to follow a claim to its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from onrecord.answers.flags import Flag, Related, conflict_flags, flags_of, related_to
from onrecord.answers.phrasing import dated, name_of, one_line, standing_label
from onrecord.answers.sheet import Cited, cited_of
from onrecord.answers.sheet_json import (
    assessments_data,
    cited_data,
    claim_data,
    conflict_data,
    retirement_data,
    time_data,
    without_empty,
)
from onrecord.errors import Place
from onrecord.model import CitationResult, Claim, Conflict
from onrecord.store.records import StoreBase

NOT_RECORDED = "not recorded"
ACCESSED = NOT_RECORDED
"""When a source was read: no property of a base says so."""
RECORD_FLAG = Flag("RECORD", "info", "RECORD: rows show what is said about this claim, not what it says.")
UNKNOWN_FLAG = Flag("UNKNOWN", "violation", "UNKNOWN: the base describes no claim of that name.")
Check = Callable[[Iterable[Claim]], Iterable[CitationResult]]
"""What becomes of checking every citation of some claims."""


@dataclass(frozen=True, slots=True)
class Note:
    """One footnote.

    Attributes:
        number: from 1, as the rows of the answer refer to it.
        iri: of the claim (or of the graph, where the base describes no claim of that name).
        cited: the claim's citations, supporting ones first.
        flags: what a reader must know before using the claim.
        names: labels of who said it, by IRI.
        conflicts: those that the claim is in.
        related: the claims that flags name, by IRI.
        is_record: whether rows use only what is said about the claim, and nothing that it asserts.
    """

    number: int
    iri: str
    claim: Claim | None
    cited: tuple[Cited, ...] = ()
    flags: tuple[Flag, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    related: Related = field(default_factory=dict)
    is_record: bool = False


def notes(
    base: StoreBase, claims: Sequence[str], records: Iterable[str] = (), check: Check | None = None
) -> tuple[Note, ...]:
    """A note for each claim, numbered in order.

    Args:
        base: where the claims are read.
        claims: their IRIs.
        records: those of them of which rows use the record alone.
        check: what checks their citations; None to leave that out.
    """
    reader = _Reader(StoreBase(base.store, _file_alone, over=base.over))
    found = {iri: reader.claim(iri) for iri in claims}
    results = check([c for c in found.values() if c is not None]) if check is not None else ()
    outcomes = {r.citation.iri: r for r in results}
    only_record = frozenset(records)
    return tuple(
        Note(number, iri, None, flags=(UNKNOWN_FLAG,))
        if claim is None
        else reader.note(number, claim, outcomes, is_record=iri in only_record)
        for number, (iri, claim) in enumerate(found.items(), 1)
    )


def _file_alone(name: str, *_: str) -> Place:
    """The file of a record: looking for the line would take longer than all else."""
    return Place(name)


class _Reader:
    """Reads notes from a base, each claim and the conflicts once."""

    def __init__(self, base: StoreBase) -> None:
        self.base = base
        self._claims: dict[str, Claim | None] = {}

    def claim(self, iri: str) -> Claim | None:
        if iri not in self._claims:
            self._claims[iri] = None if iri.startswith("_:") else self.base.claim(iri)
        return self._claims[iri]

    @cached_property
    def conflicts(self) -> dict[str, list[Conflict]]:
        """Conflicts by the claims that are in them."""
        found: dict[str, list[Conflict]] = {}
        for conflict in self.base.conflicts():
            for iri in conflict.between:
                found.setdefault(iri, []).append(conflict)
        return found

    def note(
        self, number: int, claim: Claim, outcomes: Mapping[str, CitationResult], *, is_record: bool
    ) -> Note:
        conflicts = self.conflicts.get(claim.iri, ())
        named = sorted(related_to(claim, conflicts))
        related = {iri: known for iri in named if (known := self.claim(iri)) is not None}
        results = [outcomes[c.iri] for c in claim.citations if c.iri in outcomes]
        flags = [*flags_of(claim, related), *conflict_flags(claim, conflicts)]
        return Note(
            number,
            claim.iri,
            claim,
            tuple(cited_of(self.base, claim, results)),
            (*flags, RECORD_FLAG) if is_record else tuple(flags),
            {who: name_of(self.base, who) for c in claim.citations for who in c.said_by},
            tuple(conflicts),
            related,
            is_record,
        )


# in words ---------------------------------------------------------------------------------------------


def standing_words(note: Note) -> str:
    """A note's standing, and who said what its supporting citations quote."""
    if note.claim is None:
        return ""
    said_by = dict.fromkeys(who for c in note.claim.supporting for who in c.said_by)
    named = ", ".join(note.names[who] for who in said_by)
    return standing_label(note.claim) + (f", said by {named}" if named else "")


def quoted_parts(cited: Cited) -> tuple[str, str, str]:
    """A quotation on one line: what stands before it, the words themselves, what stands after it."""
    c = cited.citation
    return one_line(c.prefix), one_line(c.exact), one_line(c.suffix)


def source_words(cited: Cited) -> str:
    """A citation's source in one line: title, publishers, tier, and where in it the words stand."""
    source, locator = cited.source, one_line(cited.citation.locator)
    if source is None:
        return f"{one_line(cited.citation.source)} is not in the base."
    parts = [one_line(source.title), ", ".join(one_line(p) for p in source.publishers)]
    ended = [part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part]
    tier = f"{source.tier.capitalize() or 'Unranked'} source"
    return f"{' '.join(ended)} {tier}{f', {locator}' if locator else ''}."


def published(cited: Cited) -> str:
    """When a citation's source was published, or that nobody recorded it."""
    return dated(cited.source).removeprefix("date ") if cited.source is not None else NOT_RECORDED


def dates_words(cited: Cited) -> str:
    """Both dates of a citation's source."""
    return f"published: {published(cited)}; accessed: {ACCESSED}"


def role_words(note: Note, cited: Cited) -> str:
    """What a citation does to the statement, and whose words it is, where it does not support it; else ""."""
    citation = cited.citation
    if citation.supports:
        return ""
    named = [f"said by {', '.join(note.names[who] for who in citation.said_by)}"] if citation.said_by else []
    return f"{citation.stance.value} it ({', '.join([citation.standing.label, *named])}):"


def statement(note: Note) -> str:
    """The claim's statement on one line; "" where the base has none."""
    return one_line(note.claim.statement) if note.claim is not None else ""


# as data ----------------------------------------------------------------------------------------------


def note_data(note: Note, base: StoreBase) -> dict[str, Any]:
    """A note as plain data; empty values are left out."""
    if note.claim is None:
        return {"note": note.number, "claim": note.iri, "known": False}
    claim = note.claim
    return without_empty(
        {
            "note": note.number,
            **claim_data(claim),
            "record_only": note.is_record,
            "time": time_data(claim),
            "citations": [_cited(c, base) for c in note.cited],
            "assessments": assessments_data(claim),
            "retirement": retirement_data(claim),
            "conflicts": [conflict_data(c, claim, note.related) for c in note.conflicts],
            "flags": [{"flag": f.word.lower(), "text": f.text} for f in note.flags],
        }
    )


def _cited(cited: Cited, base: StoreBase) -> dict[str, Any]:
    return {**cited_data(cited, base), "published": published(cited), "accessed": ACCESSED}
