"""What a wording rule reads (a case), what it says (a problem), and what a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from onrecord.citations.wording.tokens import Token, tokens
from onrecord.errors import Place
from onrecord.model import Citation, Claim, Entity, Finding, Severity, Source

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Passage:
    """A citation read in place: what stands before and after its quotation.

    With `by_text`, `before` and `after` are the rest of the source's sentence; without, they are the
    citation's prefix and suffix.
    """

    citation: Citation
    before: str
    after: str
    by_text: bool

    @classmethod
    def of(cls, citation: Citation) -> Passage:
        """The passage as far as the citation itself records it."""
        return cls(citation, citation.prefix, citation.suffix, by_text=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule has against a claim or a citation, before rule and severity are put to it."""

    message: str
    focus: str
    place: Place | None
    next_step: str
    quotation: str = ""
    nearest: str = ""


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """One rule: a stable id, its default severity, what it means and how to mend what it finds."""

    id: str
    severity: Severity
    title: str
    explanation: str
    check: Callable[[Subject], Iterable[Problem]]

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What the rule finds, as findings of its default severity."""
        for p in self.check(subject):
            yield Finding(
                self.id, self.severity, p.message, p.focus, p.place, p.next_step, p.quotation, p.nearest
            )


@dataclass(frozen=True)
class Case:
    """A claim with its supporting citations read in place, and the names that the base knows."""

    claim: Claim
    passages: tuple[Passage, ...]
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]

    @classmethod
    def of(
        cls,
        claim: Claim,
        passages: Sequence[Passage],
        entities: Mapping[str, Entity],
        sources: Mapping[str, Source],
    ) -> Case:
        """The case of a claim; a supporting citation without a passage is read as it is recorded."""
        given = {passage.citation.iri: passage for passage in passages}
        supporting = tuple(given.get(c.iri) or Passage.of(c) for c in claim.supporting)
        return cls(claim, supporting, entities, sources)

    @cached_property
    def statement(self) -> tuple[Token, ...]:
        """The words and stops of the statement."""
        return tokens(self.claim.statement)

    @cached_property
    def quotations(self) -> tuple[str, ...]:
        """The supporting quotations, each with its prefix and suffix."""
        return tuple(passage.citation.quoted for passage in self.passages)

    @cached_property
    def quoted(self) -> tuple[tuple[Token, ...], ...]:
        """The words and stops of each supporting quotation, with prefix and suffix."""
        return tuple(tokens(quotation) for quotation in self.quotations)

    @cached_property
    def exact(self) -> tuple[tuple[Token, ...], ...]:
        """The words and stops of each supporting quotation alone."""
        return tuple(tokens(passage.citation.exact) for passage in self.passages)

    def problem(self, message: str, next_step: str) -> Problem:
        """A problem of the claim as a whole."""
        return Problem(message, self.claim.iri, self.claim.place, next_step)

    def problem_of(self, citation: Citation, message: str, next_step: str, nearest: str = "") -> Problem:
        """A problem of one citation."""
        place = citation.place or self.claim.place
        return Problem(message, citation.iri, place, next_step, citation.exact, nearest)
