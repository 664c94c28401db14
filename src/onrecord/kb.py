"""KnowledgeBase: the facade over one base and one archive; puts the rooms together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import ArchiveError, UnknownTerm
from onrecord.model import Citation, CitationResult, Claim, Source
from onrecord.sources.archive import Archive, default_archive
from onrecord.store.index import open_index
from onrecord.store.layout import Layout, find_base
from onrecord.store.reading import FactFile
from onrecord.store.records import StoreBase
from onrecord.store.scope import Scope
from onrecord.vocab import KB, ONR, expand, kind_of
from onrecord.vocab import slug as last_step

if TYPE_CHECKING:
    from onrecord.answers.coverage import Coverage
    from onrecord.answers.figures import Figures
    from onrecord.answers.quotes import Quotes
    from onrecord.answers.reviews import Reading
    from onrecord.answers.sheet import Sheet
    from onrecord.citations.wording import Passage
    from onrecord.filing.adding import Added, Submission
    from onrecord.filing.drafting import Draft, NotDrafted
    from onrecord.filing.proving import Proved
    from onrecord.filing.retiring import Retired, Retiring
    from onrecord.filing.reviewing import Manner, Recorded
    from onrecord.sparql.evaluating import Request
    from onrecord.sparql.running import Answer
    from onrecord.sparql.session import Sessions
    from onrecord.store.questions import Question
    from onrecord.store.reviews import Review
    from onrecord.validation.check import Progress
    from onrecord.validation.report import Report


@dataclass
class KnowledgeBase:
    """A base and the archive that its quotations are checked against.

    >>> kb = KnowledgeBase.open()
    >>> kb.layout.facts.is_dir()
    True
    """

    layout: Layout
    archive: Archive = field(default_factory=lambda: Archive(default_archive()))

    @classmethod
    def open(cls, folder: str | None = None, archive: str | Path | None = None) -> KnowledgeBase:
        """Open the base in a folder, or the one found as the command line finds it.

        Raises:
            BaseNotFound: the folder is no base.
        """
        filed = Path(archive).expanduser() if archive else default_archive()
        return cls(find_base(folder), Archive(filed))

    @cached_property
    def base(self) -> StoreBase:
        """The base as its index has it.

        Raises:
            UnreadableFile: a file of the base does not parse.
        """
        return open_index(self.layout)

    def refresh(self) -> None:
        """Forget what was read, after the files have changed."""
        self.__dict__.pop("base", None)
        self.close()

    def close(self) -> None:
        """End the processes that queries run in; the next query starts one again."""
        if "_sessions" in self.__dict__:
            self.__dict__.pop("_sessions").close()

    def iri(self, name: str, kind: str = "claim") -> str:
        """The IRI, in this base, of a slug, prefixed name or IRI.

        Raises:
            UnknownTerm: it cannot be one.
        """
        iri = expand(name, kind)
        if kind_of(iri) is not None and not name.strip().lstrip("<").startswith(KB):
            iri = self.layout.config.iri + iri.removeprefix(KB)
        if not _is_iri(iri):
            raise UnknownTerm(f"No {kind} {name!r}.", next_step="Use small letters, digits and hyphens.")
        return iri

    def claim(self, name: str) -> Claim:
        """The claim of a slug, prefixed name or IRI.

        Raises:
            UnknownTerm: the base does not hold it.
        """
        iri = self.iri(name)
        found = self.base.claim(iri)
        if found is None:
            raise UnknownTerm(f"No claim {name!r}.{self._nearest(iri)}", next_step="List them: onrecord list")
        return found

    def _nearest(self, iri: str) -> str:
        from difflib import get_close_matches

        from onrecord.vocab import compact

        near = get_close_matches(iri, [c.iri for c in self.base.claims()], n=1, cutoff=0.7)
        return f" Did you mean {compact(near[0])}?" if near else ""

    # asking -------------------------------------------------------------------------------------------

    def query(
        self,
        text: str,
        *,
        scope: Scope | None = None,
        seconds: float | None = None,
        rows: int | None = None,
    ) -> Answer:
        """The whole answer to a SPARQL query, run where it can be stopped; limits default to the base's.

        Queries see the base as it was at the first of them, until `refresh`.

        Raises:
            QueryError: it is refused, does not parse, takes too long, or has too many rows.
        """
        from onrecord.sparql.evaluating import Request

        return self.run(Request(text), scope=scope, seconds=seconds, rows=rows)

    def run(
        self,
        request: Request,
        *,
        scope: Scope | None = None,
        seconds: float | None = None,
        rows: int | None = None,
    ) -> Answer:
        """The whole answer to a request; see `query`."""
        from dataclasses import replace

        config = self.layout.config
        limited = replace(request, rows=rows or config.query_rows, base_iri=config.iri)
        return self._sessions.of(scope or Scope()).query(limited, seconds or config.query_seconds)

    @cached_property
    def _sessions(self) -> Sessions:
        from onrecord.sparql.session import Sessions

        return Sessions(self.layout)

    def questions(self) -> list[Question]:
        """The base's named questions."""
        from onrecord.store.questions import questions

        return questions(self.layout)

    def question(self, name: str, parameters: Mapping[str, str] | None = None) -> Request:
        """A named question with its parameters bound, ready to run.

        Raises:
            UnknownTerm: no such question, or a parameter that does not fit.
        """
        from onrecord.sparql.evaluating import Request
        from onrecord.store.questions import question

        found = question(self.layout, name)
        return Request(found.text, found.file, found.bind(parameters or {}, self.base.knows, self.iri))

    # reading ------------------------------------------------------------------------------------------

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

    def source(self, name: str) -> Source:
        """The source of an id, prefixed name or IRI.

        Raises:
            UnknownTerm: the base does not hold it.
        """
        found = self.base.source(self.iri(name, "source"))
        if found is None:
            raise UnknownTerm(f"No source {name!r}.", next_step="List them: onrecord source list")
        return found

    def known(self, name: str, kind: str) -> str:
        """The IRI of a name (slug, prefixed name or IRI) that the base describes.

        Raises:
            UnknownTerm: the base does not hold it.
        """
        iri = self.iri(name, kind)
        if not self.base.knows(iri):
            raise UnknownTerm(f"The base holds no {kind} {name!r}.", next_step=f"Give {kind}:SLUG or an IRI.")
        return iri

    # checking -----------------------------------------------------------------------------------------

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

    # filing -------------------------------------------------------------------------------------------

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


def _is_iri(text: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
