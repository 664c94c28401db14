"""Checking a base and filing in it: claims added, retired and drafted, proofs, reviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord.kb.opened import OpenedBase
from onrecord.store.reading import FactFile
from onrecord.vocab import ONR
from onrecord.vocab import slug as last_step

if TYPE_CHECKING:
    from onrecord.filing.adding import Added, Submission
    from onrecord.filing.drafting import Draft, NotDrafted
    from onrecord.filing.proving import Proved
    from onrecord.filing.retiring import Retired, Retiring
    from onrecord.filing.reviewing import Manner, Recorded
    from onrecord.store.reviews import Review
    from onrecord.validation.check import Progress
    from onrecord.validation.report import Report


class Filing(OpenedBase):
    """Checking a base, and changing it under a lock."""

    def check(
        self,
        paths: Sequence[str] = (),
        *,
        strict: bool = False,
        input_format: str = "",
        progress: Progress | None = None,
    ) -> Report:
        """Check the whole base, or files as new facts in its context; `-` is standard input."""
        from onrecord.validation.check import check
        from onrecord.validation.subjects import named_files, whole_base

        subject = named_files(self.layout, paths, input_format) if paths else whole_base(self.layout)
        return check(subject, self.archive, strict=strict, progress=progress)

    def add(self, submission: Submission, *, strict: bool = False, dry_run: bool = False) -> Added:
        """Check new claims, prove what can be proved, and file them; refused ones leave the base as it was.

        Raises:
            UnreadableFile: the bytes, or a file of the base, cannot be read.
            FilingError: the base could not be locked or written.
        """
        from onrecord.filing.adding import add

        def check(file: FactFile) -> Report:
            return self._check_file(file, strict=strict)

        added = add(self.layout, self.archive, check, submission, dry_run=dry_run)
        self.refresh()
        return added

    def retire(self, wanted: Retiring) -> Retired:
        """Correct, supersede or retract a claim in the file that holds it.

        Raises:
            UnknownTerm: the base does not hold one of the claims.
            FilingError: the retirement makes no sense, or the base could not be locked or written.
        """
        from onrecord.filing.retiring import retire

        retired = retire(self.layout, self._check_file, wanted)
        self.refresh()
        return retired

    def draft(self, source: str, quotation: str, slug: str = "", occurrence: int = 0) -> Draft | NotDrafted:
        """A claim from a source and a quotation, to be filled in; or why there is none.

        Raises:
            UnknownTerm: the base does not hold the source.
            FilingError: the slug given is none, or is taken.
        """
        from onrecord.filing.drafting import Wanted, draft

        wanted = Wanted(self.iri(source, "source"), quotation, slug, occurrence)
        claims = (iri for kind in ("Claim", "Gap") for iri in self.base.instances(ONR + kind))
        taken = frozenset(last_step(iri) for iri in claims)
        return draft(self.base, self.archive, self.layout.config, wanted, taken)

    def prove(self, sources: Sequence[str] = (), *, dry_run: bool = False) -> Proved:
        """Commit to the texts at hand and prove the citations that stand in them.

        Raises:
            UnknownTerm: one of the sources is not in the base.
            ArchiveError: one of the sources has no text at hand.
            FilingError: the base could not be locked or written.
        """
        from onrecord.filing.lock import locked
        from onrecord.filing.proving import prove_base

        only = [self.iri(source, "source") for source in sources]
        if dry_run:
            return prove_base(self.layout, self.archive, only, write=False)
        with locked(self.layout):
            proved = prove_base(self.layout, self.archive, only)
        self.refresh()
        return proved

    def review(self, reviews: Iterable[Review] = (), *, tidy: bool = False) -> Recorded:
        """Record reviews of citations; with `tidy`, drop those of citations that are gone.

        What was read of the base before stays as it was, so that a walk through it goes on.

        Raises:
            UnreadableFile: the file of reviews does not parse.
            FilingError: it holds something else, or the base could not be locked or written.
        """
        from onrecord.filing.reviewing import record

        return record(self.layout, reviews, tidy=tidy)

    def import_reviews(self, data: bytes, name: str, manner: Manner) -> Recorded:
        """Record the verdicts of a file of JSON lines, all of them or none.

        Raises:
            UnreadableFile: a line is refused, or a file of the base does not parse.
            FilingError: see `review`.
        """
        from onrecord.filing.reviewing import parse_verdicts

        recorded = self.review(parse_verdicts(data, name, self.base, manner), tidy=True)
        self.refresh()
        return recorded

    def _check_file(self, file: FactFile, *, strict: bool = False) -> Report:
        from onrecord.validation.check import check
        from onrecord.validation.subjects import in_context

        return check(in_context(self.layout, [file]), self.archive, strict=strict)
