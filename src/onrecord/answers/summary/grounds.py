"""What a written summary is audited by: the claims that it names, and what the base says of them."""

from __future__ import annotations

from functools import cached_property

from onrecord.answers.notes import Check
from onrecord.answers.summary.choice import DIFFER, usable
from onrecord.answers.summary.clauses import Lexicon, lexicon
from onrecord.answers.summary.summary import About, refusal
from onrecord.answers.summary.written import Written
from onrecord.errors import Place
from onrecord.model import CitationResult, Claim, Conflict, Finding, Severity
from onrecord.store.records import StoreBase
from onrecord.vocab import expand

_LONGEST_SHOWN = 200


class Grounds:
    """What the base says of the claims that a written summary names.

    Attributes:
        notes: the references by number; the first of a number counts.
        claims: the claim of each; None where the base has none of that name.
        results: what became of checking their citations, and those of claims in conflict with them.
        conflicts: the conflicts that they are in, each with the claims of it that may be told.
    """

    def __init__(
        self, base: StoreBase, written: Written, check: Check, file: str, about: About | None
    ) -> None:
        self.base, self.written, self.check, self.file, self.about = base, written, check, file, about
        self.notes = {note.number: note for note in reversed(written.notes)}
        self.claims = {number: claim_named(base, note.claim) for number, note in self.notes.items()}
        known = [c for c in self.claims.values() if c is not None]
        self.as_of = written.origin.as_of if written.origin is not None else ""
        told = {c.iri for c in known}
        near = [c for c in base.conflicts() if told & set(c.between)]
        sides = {iri: claim for c in near for iri in c.between if (claim := base.claim(iri)) is not None}
        every = {c.iri: c for c in (*known, *sides.values())}
        self.results: dict[str, CitationResult] = {r.citation.iri: r for r in check(every.values())}
        self.conflicts: dict[str, tuple[Conflict, frozenset[str]]] = {
            c.iri: (c, frozenset(i for i in c.between if i in sides and self._is_good(sides[i])))
            for c in near
        }

    def _is_good(self, claim: Claim) -> bool:
        return usable(claim, self.as_of) and not refusal(self.base, claim, self.results)

    @cached_property
    def words(self) -> Lexicon:
        """What the base's words say of words."""
        return lexicon(self.base)

    @cached_property
    def is_as_written(self) -> bool:
        """Whether the stamp fits what the file says."""
        origin = self.written.origin
        return origin is not None and bool(origin.stamp) and origin.stamp == self.written.digest

    @cached_property
    def contested(self) -> frozenset[str]:
        """The claims in conflicts whose sides do not stand side by side in the file."""
        beside = [
            frozenset(
                claim.iri for s in p.sentences for n in s.notes if (claim := self.claims.get(n)) is not None
            )
            for p in self.written.paragraphs
            if p.section == DIFFER
        ]
        apart = (sides for _, sides in self.conflicts.values() if len(sides) > 1 and sides not in beside)
        return frozenset(iri for sides in apart for iri in sides)

    def finding(
        self, rule: str, message: str, line: int | None, severity: Severity, focus: str = ""
    ) -> Finding:
        """A finding at a line of the file."""
        return Finding(f"summary-{rule}", severity, message, focus, Place(self.file, line))

    def bad(self, rule: str, message: str, line: int | None, focus: str = "") -> Finding:
        """A violation at a line of the file."""
        return self.finding(rule, message, line, Severity.VIOLATION, focus)


def claim_named(base: StoreBase, name: str) -> Claim | None:
    """The claim of a prefixed name or IRI as a file has it."""
    try:
        return base.claim(expand(name)) if name else None
    except ValueError:  # what stands there is no name at all
        return None


def shortened(text: str) -> str:
    """A text for a message."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
