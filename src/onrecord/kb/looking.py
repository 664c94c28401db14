"""Reading a base: claims with all that they rest on, outcomes of checks, figures, coverage, quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.errors import ArchiveError
from onrecord.kb.opened import OpenedBase
from onrecord.model import Citation, CitationResult, Claim

if TYPE_CHECKING:
    from onrecord.answers.coverage import Coverage
    from onrecord.answers.figures import Figures
    from onrecord.answers.quotes import Quotes
    from onrecord.answers.reviews import Reading
    from onrecord.answers.sheet import Sheet
    from onrecord.citations.wording.case import Passage


class Looking(OpenedBase):
    """Looking at what a base holds."""

    def outcomes(self, claims: Iterable[Claim]) -> list[CitationResult]:
        """What becomes of checking every citation of some claims."""
        from onrecord.validation.quotations import CitationChecker

        checker = CitationChecker(self.base, self.archive)
        return [checker.check(citation) for claim in claims for citation in claim.citations]

    def sheet(self, name: str, *, check: bool = True) -> Sheet:
        """A claim with all that it rests on and all that is said about it.

        Raises:
            UnknownTerm: the base does not hold it.
        """
        from onrecord.answers.sheet import sheet

        claim = self.claim(name)
        return sheet(self.base, claim, self.outcomes([claim]) if check else ())

    def figures(self) -> Figures:
        """What the base holds, counted."""
        from onrecord.answers.figures import figures

        at_hand = frozenset(i for i in self.archive.source_ids() if self.archive.texts(i))
        return figures(self.base, self.outcomes(self.base.claims()), at_hand)

    def coverage(self, sources: Sequence[str] = ()) -> list[Coverage]:
        """Which sentences of sources' texts hold a quotation; of every source with a text, or of some.

        Raises:
            UnknownTerm: one of the sources is not in the base.
            ArchiveError: one of them, or every source, has no text at hand.
        """
        from onrecord.answers.coverage import coverage

        wanted = [self.source(name) for name in dict.fromkeys(sources)] or list(self.base.sources())
        found = [(source, coverage(self.base, self.archive, source)) for source in wanted]
        lacking = [source.slug for source, covered in found if covered is None]
        if lacking and (sources or len(lacking) == len(found)):
            which = lacking[0] if sources else "any source"
            raise ArchiveError(
                f"No text of {which} is at hand.",
                next_step=f"File it: onrecord source add FILE --id {lacking[0] if sources else 'ID'}",
            )
        return [covered for _, covered in found if covered is not None]

    def readings(self, sources: Sequence[str] = (), claims: Sequence[str] = ()) -> list[Reading]:
        """The citations of claims that are not retired, each with its review; all, or of some.

        Raises:
            UnknownTerm: one of the sources or claims is not in the base.
        """
        from onrecord.answers.reviews import readings

        only = [self.source(name).iri for name in sources]
        return readings(self.base, only, [self.claim(name).iri for name in claims])

    def in_place(self, citations: Iterable[Citation]) -> Iterator[tuple[CitationResult, Passage]]:
        """Each citation's outcome, and its quotation in its sentence as far as the text is at hand."""
        from onrecord.validation.quotations import CitationChecker

        checker = CitationChecker(self.base, self.archive)
        for citation in citations:
            result = checker.check(citation)
            yield result, checker.passage(result)

    def find_quote(self, words: str, sources: Sequence[str] = ()) -> Quotes:
        """Which archived texts hold some words; all of them, or those of some sources (ids or IRIs).

        Raises:
            UnknownTerm: a source that neither the base nor the archive knows.
        """
        from onrecord.answers.quotes import find_quote

        at_hand = [self.iri(i, "source") for i in self.archive.source_ids()]
        wanted = [self.iri(i, "source") for i in sources] or at_hand
        return find_quote(words, [i for i in wanted if i in at_hand or self.source(i)], self.archive)
