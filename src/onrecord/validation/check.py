"""The check: files in the context of a base, through every rule, to one report. It never writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from onrecord.citations.across import across_findings
from onrecord.citations.wording.rules import wording_findings
from onrecord.errors import OnRecordError, Place
from onrecord.model import CitationResult, Claim, Finding, Severity, Source, Texts, Waiver
from onrecord.store.config import Config
from onrecord.store.reading import FactFile, Quad
from onrecord.store.records import StoreBase
from onrecord.validation import shacl
from onrecord.validation.coherence import claim_coherence, shared_labels
from onrecord.validation.neighbours import with_neighbours
from onrecord.validation.quotations import (
    CitationChecker,
    form_findings,
    outcome_findings,
    supporting_passages,
)
from onrecord.validation.report import Report, WaivedFinding
from onrecord.validation.reviews import review_findings
from onrecord.validation.rules import WAIVABLE, all_rules
from onrecord.validation.share import share_findings
from onrecord.validation.structure import Structure, claims_of, cycles
from onrecord.validation.terms import defined_terms, unknown_shacl_terms, unknown_terms
from onrecord.vocab import RDF_TYPE, compact

Progress = Callable[[Iterable[Claim], int], Iterable[Claim]]
"""Wraps the claims while they are checked, to show how far it is; given how many there are."""


@dataclass(frozen=True)
class Subject:
    """What is checked, and against what.

    Attributes:
        files: the fact files whose nodes are checked.
        base: those files in front of the base that gives the context.
        ontology: the ontology's files; record_shapes, assertion_shapes: the shapes'.
        unreadable: files that could not be read.
        whole: whether the files are the whole base.
    """

    files: Sequence[FactFile]
    base: StoreBase
    ontology: Sequence[FactFile]
    record_shapes: Sequence[FactFile]
    assertion_shapes: Sequence[FactFile]
    config: Config
    unreadable: Sequence[OnRecordError] = ()
    whole: bool = False
    name: str = ""


@dataclass
class _Run:
    subject: Subject
    texts: Texts
    strict: bool
    findings: list[Finding] = field(default_factory=list)
    waived: list[WaivedFinding] = field(default_factory=list)
    results: list[CitationResult] = field(default_factory=list)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The base's sources, read once for all rules."""
        return {s.iri: s for s in self.subject.base.sources()}


def check(
    subject: Subject, texts: Texts, *, strict: bool = False, progress: Progress | None = None
) -> Report:
    """Check files in the context of a base.

    With `strict`, a citation that could not be checked is a violation.
    """
    run = _Run(subject, texts, strict)
    run.findings += [_unreadable(error) for error in subject.unreadable]
    claims = _claims(subject)
    run.findings += _formal_findings(subject)
    _check_citations(run, progress(claims, len(claims)) if progress else claims)
    _check_across(run, claims)
    run.findings += review_findings(claims, subject.files, subject.base)
    run.findings += _waiver_findings(claims)
    run.findings += _proof_orphans(subject)
    if not claims and not run.findings and _is_empty(subject):
        run.findings.append(
            Finding("base-empty", Severity.VIOLATION, "No claim was found: nothing was checked.",
                    place=Place(subject.files[0].name) if subject.files else None,
                    next_step="Name files that hold claims, or write one with 'onrecord new'.")
        )  # fmt: skip
    return _report(run, claims)


def _is_empty(subject: Subject) -> bool:
    return subject.whole or not any(f.quads for f in subject.files)


def _claims(subject: Subject) -> list[Claim]:
    """The claims that the files describe: their own, and those of the base that they say something about."""
    iris = {iri for f in subject.files for iri in claims_of(f)}
    added_to = () if subject.whole else subject.files  # of a whole base, every claim is its files' own
    touched = {q.subject for f in added_to for q in f.quads if not q.graph} - iris
    found = [subject.base.claim(iri) for iri in sorted(iris | touched)]
    return [claim for claim in found if claim is not None]


def _formal_findings(subject: Subject) -> Iterator[Finding]:
    """Terms, structure and shapes."""
    defined = defined_terms(subject.ontology)
    for file in subject.files:
        yield from unknown_terms(file, defined)
    if subject.whole:
        for file in (*subject.record_shapes, *subject.assertion_shapes):
            yield from unknown_shacl_terms(file)
    base = subject.base
    structure = Structure(
        subject.files, base.knows, lambda kind: _names(subject, kind), base.entity_classes, subject.config.iri
    )
    yield from structure.findings()
    yield from cycles(lambda iri: _replaced_by(base, iri), structure.claim_files, base.place)
    if not subject.whole:
        yield from _existing(subject)
    for run in shapes_runs(subject):
        yield from shacl.validate(run)


def _names(subject: Subject, kind: str) -> Iterator[str]:
    start = f"{subject.config.iri}{kind}/"
    seen: set[str] = set()
    for quad in subject.base.match(None, RDF_TYPE, None, None):
        iri = getattr(quad.subject, "value", "")
        if iri.startswith(start) and iri not in seen:
            seen.add(iri)
            yield iri


def _replaced_by(base: StoreBase, iri: str) -> str:
    claim = base.claim(iri)
    return claim.retirement.replaced_by if claim is not None and claim.retirement is not None else ""


def _existing(subject: Subject) -> Iterator[Finding]:
    below = subject.base.over
    for file in subject.files:
        for iri in sorted(claims_of(file)):
            place = below.place(iri) if below is not None else None
            if place is not None and place.file != file.name:
                yield Finding(
                    "structure-claim-exists",
                    Severity.WARNING,
                    f"{compact(iri)} is in the base already, at {place}.",
                    iri,
                    file.place(iri),
                    "Give a new claim its own slug; correct an old one where it stands.",
                )


def shapes_runs(subject: Subject) -> list[shacl.ShapesRun]:
    """The two validations: the record, and what claims assert; each with the types at its border."""
    record = [q for f in subject.files for q in f.quads if not q.graph]
    asserted = [q for f in subject.files for q in f.quads if q.graph]
    hierarchy = [q for f in subject.ontology for q in f.quads if q.predicate == shacl.SUBCLASS]
    completed = [*record, *_rest_of_touched(subject, record)]
    runs = []
    for shapes, quads in ((subject.record_shapes, completed), (subject.assertion_shapes, asserted)):
        focus = frozenset(q.subject for q in quads)
        border = shacl.border_types(quads, lambda iri: subject.base.describe(iri).iris(RDF_TYPE))
        runs.append(
            shacl.ShapesRun(shapes, [*quads, *border, *hierarchy] if quads else [], focus, subject.files)
        )
    return runs


def _rest_of_touched(subject: Subject, record: Sequence[Quad]) -> Iterator[Quad]:
    """What the base says of nodes that a file adds to without describing them whole."""
    if subject.whole:
        return
    typed = {q.subject for q in record if q.predicate == RDF_TYPE}
    for node in sorted({q.subject for q in record} - typed):
        description = subject.base.describe(node)
        for predicate in description.predicates:
            for value in description.all(predicate):
                yield Quad(node, predicate, value)


def _check_citations(run: _Run, claims: Iterable[Claim]) -> None:
    base, config = run.subject.base, run.subject.config
    checker = CitationChecker(base, run.texts)
    entities = {e.iri: e for e in base.entities()}
    if run.subject.whole:
        run.findings += shared_labels(entities.values(), base)
    for claim in claims:
        run.findings += claim_coherence(claim)
        results = [checker.check(c) for c in claim.citations]
        run.results += results
        for result in results:
            run.findings += form_findings(result.citation, config)
            run.findings += outcome_findings(result, run.strict)
        passages = supporting_passages(claim, results, checker)
        _sort_waived(run, claim, wording_findings(claim, passages, entities, run.sources))


def _check_across(run: _Run, claims: Sequence[Claim]) -> None:
    base = run.subject.base
    if run.subject.whole:
        run.findings += share_findings(run.results, base)
    all_claims = claims if run.subject.whole else with_neighbours(claims, base)
    own = {c.iri: c for c in claims}
    new = frozenset() if run.subject.whole else frozenset(own)
    for finding in across_findings(all_claims, run.sources, new):
        owner = own.get(finding.focus) or own.get(finding.focus.rsplit(".", 1)[0])
        if owner is not None:
            _sort_waived(run, owner, [finding])


def _sort_waived(run: _Run, claim: Claim, findings: Iterable[Finding]) -> None:
    for finding in findings:
        waiver = next((w for w in claim.waivers if w.rule == finding.rule), None)
        if waiver is None:
            run.findings.append(finding)
        else:
            run.waived.append(WaivedFinding(finding, waiver))


def _waiver_findings(claims: Iterable[Claim]) -> Iterator[Finding]:
    rules = all_rules()
    for claim in claims:
        for waiver in claim.waivers:
            if waiver.rule not in rules or not waiver.rule.startswith(WAIVABLE):
                yield _waiver_finding(claim, waiver)


def _waiver_finding(claim: Claim, waiver: Waiver) -> Finding:
    return Finding(
        "waiver-unknown",
        Severity.VIOLATION,
        f"{waiver.rule!r} is no rule that can be waived.",
        claim.iri,
        claim.place,
        "See docs/rules.md for the ids of wording and across rules.",
    )


def _proof_orphans(subject: Subject) -> Iterator[Finding]:
    if not subject.whole:
        return
    cited = {q.subject for f in subject.files for q in f.quads}
    for citation in sorted(set(subject.base.proofs) - cited):
        yield Finding(
            "proof-orphan",
            Severity.INFO,
            f"The proof of {compact(citation)} belongs to no citation.",
            citation,
            next_step="Run 'onrecord prove'.",
        )


def _unreadable(error: OnRecordError) -> Finding:
    return Finding(
        "file-unreadable", Severity.VIOLATION, error.message, place=error.place, next_step=error.next_step
    )


def _report(run: _Run, claims: Sequence[Claim]) -> Report:
    subject = run.subject
    levels = subject.config.levels
    kept = [f for f in (_levelled(f, levels.get(f.rule)) for f in run.findings) if f is not None]
    return Report(
        files=tuple(f.name for f in subject.files),
        unreadable=len(subject.unreadable),
        claims=len(claims),
        shapes=shacl.shapes_count([*subject.record_shapes, *subject.assertion_shapes]),
        rules=len(all_rules()),
        citations=tuple(run.results),
        findings=tuple(sorted(dict.fromkeys(kept), key=lambda f: f.sort_key)),
        waived=tuple(run.waived),
        strict=run.strict,
        base=subject.name,
    )


def _levelled(finding: Finding, level: str | None) -> Finding | None:
    if level is None:
        return finding
    return None if level == "off" else replace(finding, severity=Severity(level))
