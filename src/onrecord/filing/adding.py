"""`add`: new claims checked in the context of the base, proved as far as can be, and filed whole or not.

Of the record, a file to be added may hold new claims, with new conflicts, sources and entities beside them.
What the base describes already is never touched: entities, sources and old claims are edited in facts/.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from onrecord.errors import FilingError, OnRecordError, Place, UnreadableFile
from onrecord.exports.trig import render_claims
from onrecord.filing.lock import locked
from onrecord.filing.proving import CommittedText, commit_to, proof_path, prove_base
from onrecord.model import CitationResult, Finding, Literal, Outcome, Proof, Severity
from onrecord.sources.archive import Archive
from onrecord.store.index import open_index
from onrecord.store.layout import Layout
from onrecord.store.proof_files import render_proofs
from onrecord.store.reading import FactFile, Quad, parse
from onrecord.store.records import StoreBase
from onrecord.validation.report import Report
from onrecord.validation.structure import claims_of
from onrecord.vocab import DCTERMS, ONR, RDF_TYPE, XSD, compact, slug
from onrecord.writing import write_whole

Check = Callable[[FactFile], Report]
"""The check of one file in the context of the base as it is now."""
CREATED = DCTERMS + "created"
_NOT_SLUG = re.compile(r"[^a-z0-9-]+")
_ADDABLE = frozenset(
    ONR + name
    for name in (
        "Citation", "Assessment", "Waiver", "Retirement", "Conflict", "Source", "Reference", "Candidate",
    )
)  # fmt: skip
_REFUSED_WARNINGS = ("citation-stale",)


@dataclass(frozen=True)
class Added:
    """What became of new claims.

    Attributes:
        report: what the check found, the reasons for a refusal among it.
        file: the claim file in the base; "" when the claims were refused.
        claims: the new claims, in the order of the file.
        proved: how many of their citations have a proof now.
        unproved: why sources at hand could not be committed to after filing; "" if nothing went wrong.
    """

    report: Report
    file: str = ""
    claims: tuple[str, ...] = ()
    proved: int = 0
    unproved: str = ""


@dataclass(frozen=True)
class Submission:
    """Bytes to be added: what they are called, what they are, and the day that counts as that of adding."""

    data: bytes
    name: str
    input_format: str = ""
    on: date | None = None


def add(
    layout: Layout, archive: Archive, check: Check, submission: Submission, *, dry_run: bool = False
) -> Added:
    """Check new claims and file them in a file of their own, under the base's lock.

    Proofs for sources with a commitment are written first: without the claims they mean nothing. The claim
    file appears whole and last; that it is there is what filing means. Sources that have a text at hand and
    no commitment yet are committed to afterwards, with all their citations.

    Raises:
        UnreadableFile: the bytes, or a file of the base, cannot be read.
        FilingError: the base could not be locked or written; it is as it was.
    """
    file = parse(submission.data, submission.name, layout.config.iri, submission.input_format)
    if dry_run:
        return _Adding(layout, archive, check, submission, file).result()
    with locked(layout):
        return _Adding(layout, archive, check, submission, file).filed()


class _Adding:
    def __init__(
        self, layout: Layout, archive: Archive, check: Check, submission: Submission, file: FactFile
    ) -> None:
        self.layout, self.archive, self.submission, self.file = layout, archive, submission, file
        self.base = open_index(layout)
        self.report = _with_refusals(check(file), list(refusals(file, self.base)))
        claims = claims_of(file)
        self.claims = tuple(dict.fromkeys(q.subject for q in file.quads if q.subject in claims))

    def result(self) -> Added:
        """What filing would do, short of writing."""
        if self.report.fails():
            return Added(self.report, claims=self.claims)
        path, _ = self._claim_file()
        return Added(self.report, self.layout.name_of(path), self.claims, len(self._proofs()))

    def filed(self) -> Added:
        if self.report.fails():
            return Added(self.report, claims=self.claims)
        path, data = self._claim_file()
        proofs = self._proofs()
        beside = proof_path(self.layout, path.stem)
        if proofs:
            write_whole(beside, render_proofs(proofs).encode())
        else:
            beside.unlink(missing_ok=True)
        try:
            write_whole(path, data, replace=False)
        except FilingError:
            beside.unlink(missing_ok=True)
            raise
        done = Added(self.report, self.layout.name_of(path), self.claims, len(proofs))
        return self._commit_sources(done)

    # the claim file -------------------------------------------------------------------------------------

    def _claim_file(self) -> tuple[Path, bytes]:
        path = self.layout.claims / f"{self._stem()}.trig"
        data = self._trig()
        wanted = {*self.file.quads, *self._created()}
        if set(parse(data, path.name, self.layout.config.iri).quads) != wanted:
            raise FilingError(
                "The claims cannot be written as TriG without changing them.",
                place=Place(self.submission.name),
                next_step="Write them as TriG; nothing was changed.",
            )
        return path, data

    def _stem(self) -> str:
        taken = {p.stem.casefold() for p in self.layout.claims.rglob("*") if p.is_file()}
        first = _NOT_SLUG.sub("-", slug(self.claims[0])).strip("-") or "claims"
        numbered = (f"{first}-{n}" for n in range(2, len(taken) + 3))
        return next(stem for stem in (first, *numbered) if stem not in taken)

    def _trig(self) -> bytes:
        """The bytes as they were given where they are TriG, with the day of adding where it is missing."""
        iri = self.layout.config.iri
        created = self._created()
        if not _is_trig(self.file, self.submission.data, iri):
            return render_claims([*self.file.quads, *created], iri).encode()
        data = self.submission.data
        lines = [f'<{q.subject}> <{CREATED}> "{self._day}"^^<{XSD}date> .' for q in created]
        end = b"" if data.endswith(b"\n") else b"\n"
        return data + end + "".join(f"{line}\n" for line in lines).encode()

    @property
    def _day(self) -> str:
        return (self.submission.on or date.today()).isoformat()

    def _created(self) -> list[Quad]:
        dated = {q.subject for q in self.file.quads if q.predicate == CREATED and not q.graph}
        day = Literal(self._day, XSD + "date")
        return [Quad(claim, CREATED, day) for claim in self.claims if claim not in dated]

    # proofs ---------------------------------------------------------------------------------------------

    def _found_by_text(self) -> list[CitationResult]:
        return [r for r in self.report.citations if r.outcome is Outcome.FOUND and r.means == "text"]

    def _proofs(self) -> dict[str, Proof]:
        """Proofs of the new citations of sources that the base has a commitment to."""
        texts: dict[str, CommittedText | None] = {}
        proofs = self._proofs_at_hand()
        for result in self._found_by_text():
            source = result.citation.source
            if source not in texts:
                texts[source] = self._committed_text(source)
            text = texts[source]
            proof = text.prove(result.citation)[1] if text is not None else None
            if proof is not None:
                proofs[result.citation.iri] = proof
        return proofs

    def _proofs_at_hand(self) -> dict[str, Proof]:
        """Proofs that came before their claims: without the text, nothing else shows the quotation."""
        by_proof = (r.citation.iri for r in self.report.citations if r.means == "proof")
        return {iri: proof for iri in by_proof if (proof := self.base.proof(iri)) is not None}

    def _committed_text(self, source: str) -> CommittedText | None:
        known = self.base.snapshots(source)
        committed = {s.text_digest for s in known}
        cited = [t for t in self.archive.texts(source) if t.text_digest in committed]
        if not cited:
            return None
        text = commit_to(cited[-1], self.archive, known)
        if text.snapshot not in known:
            raise FilingError(
                f"The base's commitment to {compact(source)} does not fit its text.",
                place=Place(self.layout.name_of(self.layout.snapshots)),
                next_step=f"Write it anew: onrecord prove --source {slug(source)}",
            )
        return text

    def _commit_sources(self, done: Added) -> Added:
        cited = {r.citation.source for r in self._found_by_text()}
        fresh = sorted(source for source in cited if not self.base.snapshots(source))
        if not fresh:
            return done
        own = [r.citation for r in self.report.citations if r.citation.source in fresh]
        try:
            proved = prove_base(self.layout, self.archive, fresh)
        except (OnRecordError, OSError) as error:
            return replace(done, unproved=str(error))
        failed = {r.citation.iri for r in proved.failed}
        return replace(done, proved=done.proved + sum(c.iri not in failed for c in own))


def _is_trig(file: FactFile, data: bytes, base_iri: str) -> bool:
    if not file.turtle:
        return False
    try:
        return parse(data, "-", base_iri, ".trig").quads == file.quads
    except UnreadableFile:
        return False


def _with_refusals(report: Report, found: Sequence[Finding]) -> Report:
    """A report in which what `add` refuses are violations, each said once."""
    said = {f.rule for f in found}
    kept = [
        replace(f, severity=Severity.VIOLATION) if f.rule in _REFUSED_WARNINGS else f
        for f in report.findings
        if f.rule not in said
    ]
    return replace(report, findings=tuple(sorted([*kept, *found], key=lambda f: f.sort_key)))


def refusals(file: FactFile, base: StoreBase) -> Iterator[Finding]:
    """What keeps a file from being added, beyond what a check finds against it."""
    claims = claims_of(file)
    for claim in sorted(claims):
        place = base.place(claim)
        if place is not None:
            message = f"{compact(claim)} is in the base already, at {place}."
            advice = "Give a new claim its own slug; correct an old one where it stands, or retire it."
            yield _refusal("structure-claim-exists", message, claim, file, advice)
    if not claims:
        message = "The file holds no claim: there is nothing to add."
        advice = "Write a claim with 'onrecord new'; entities and sources are edited by hand in facts/."
        yield Finding("base-empty", Severity.VIOLATION, message, "", Place(file.name), advice)
    yield from _foreign(file, base, claims)


def _foreign(file: FactFile, base: StoreBase, claims: set[str]) -> Iterator[Finding]:
    """Records of other kinds than may be added, and of nodes that the base describes already."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for quad in file.quads:
        if not quad.graph:
            kinds[quad.subject] |= {str(quad.object)} if quad.predicate == RDF_TYPE else set()
    allowed = _ADDABLE | base.entity_classes
    for node in sorted(kinds.keys() - claims):
        place = base.place(node)
        if place is not None and _owner(node) not in claims:
            message = f"{compact(node)} is described in the base already, at {place}."
            advice = "Edit it there; a file to be added holds what is new."
            yield _refusal("filing-known", message, node, file, advice)
        elif not kinds[node] or not kinds[node] <= allowed:
            message = f"{compact(node)} is no claim, nor a conflict, source or entity that comes with one."
            advice = "Edit it by hand in facts/; commitments and proofs are written by 'onrecord prove'."
            yield _refusal("filing-kind", message, node, file, advice)


def _owner(node: str) -> str:
    head, slash, local = node.rpartition("/")
    return head + slash + local.partition(".")[0]


def _refusal(rule: str, message: str, focus: str, file: FactFile, advice: str) -> Finding:
    return Finding(rule, Severity.VIOLATION, message, focus, file.place(focus), advice)
