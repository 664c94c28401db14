"""`retire`: a claim corrected, superseded or retracted, by a statement appended to the file that holds it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from onrecord.errors import FilingError, Place, UnknownTerm
from onrecord.filing.lock import locked
from onrecord.model import Claim, Finding, RetirementKind, Severity
from onrecord.store.index import open_index
from onrecord.store.layout import Layout
from onrecord.store.reading import FactFile, load_bytes, parse
from onrecord.store.records import StoreBase
from onrecord.validation.report import Report
from onrecord.vocab import ONR, XSD, compact
from onrecord.writing import write_whole

Check = Callable[[FactFile], Report]
"""The check of one file in the context of the base as it is now."""
_TRIG_SUFFIXES = (".trig", ".ttl")


@dataclass(frozen=True)
class Retiring:
    """What is to be retired (IRIs), why, and by what."""

    claim: str
    reason: str
    by: str = ""
    kind: RetirementKind | None = None
    on: date | None = None

    @property
    def as_kind(self) -> RetirementKind:
        """The kind given; else superseded where a claim stands instead, retracted where none does."""
        if self.kind is not None:
            return self.kind
        return RetirementKind.SUPERSEDED if self.by else RetirementKind.RETRACTED


@dataclass(frozen=True)
class Retired:
    """What became of a retirement: the file that says so, or a report of what it would break."""

    report: Report
    file: str = ""


def retire(layout: Layout, check: Check, wanted: Retiring) -> Retired:
    """Append a retirement to the file that holds a claim, under the base's lock.

    The file is checked as it would be; it is replaced only if no violation comes with the retirement.

    Raises:
        UnknownTerm: the base does not hold one of the claims.
        FilingError: the retirement makes no sense, or the file could not be written; the base is as it was.
    """
    with locked(layout):
        base = open_index(layout)
        path = _file_of(layout, _sensible(base, wanted))
        name, limit = layout.name_of(path), layout.config.max_file_bytes
        old = load_bytes(path, name, limit)
        new = old + (b"" if old.endswith(b"\n") else b"\n") + statement(wanted).encode()
        report = check(parse(new, name, layout.config.iri))
        if report.fails():
            report = _new_in(report, check(parse(old, name, layout.config.iri)))
        if report.fails():
            return Retired(report)
        write_whole(path, new)
        return Retired(report, name)


def statement(wanted: Retiring) -> str:
    """The retirement as TriG, with full IRIs: it needs no prefix of the file."""
    on = (wanted.on or date.today()).isoformat()
    instead = f"\n  <{ONR}replacedBy> <{wanted.by}> ;" if wanted.by else ""
    return (
        f"\n# Retired on {on} by 'onrecord retire'.\n"
        f"<{wanted.claim}> <{ONR}retirement> [\n"
        f"  <{ONR}retirementKind> <{ONR}{wanted.as_kind.value}> ;{instead}\n"
        f"  <{ONR}reason> {json.dumps(_one_line(wanted.reason), ensure_ascii=False)} ;\n"
        f'  <{ONR}retiredOn> "{on}"^^<{XSD}date> ] .\n'
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sensible(base: StoreBase, wanted: Retiring) -> Claim:
    """The claim to retire, once nothing speaks against it."""
    claim = _claim(base, wanted.claim)
    name = compact(claim.iri)
    if claim.retirement is not None:
        old = claim.retirement
        by = f" by {compact(old.replaced_by)}" if old.replaced_by else ""
        raise FilingError(
            f"{name} was {old.kind.value}{by} on {old.retired_on} already.",
            place=claim.place,
            next_step="A retirement stands; correct it by hand in that file if it is wrong.",
        )
    if not wanted.reason.strip():
        raise FilingError("A retirement needs a reason.", next_step='Give one: --reason "..."')
    if not wanted.by and wanted.as_kind is not RetirementKind.RETRACTED:
        raise FilingError(
            f"Only a retracted claim needs no other; {name} is to be {wanted.as_kind.value}.",
            next_step="Name the claim that stands instead: --by CLAIM",
        )
    if wanted.by:
        _check_successor(base, claim, _claim(base, wanted.by))
    return claim


def _check_successor(base: StoreBase, claim: Claim, successor: Claim) -> None:
    name, other = compact(claim.iri), compact(successor.iri)
    if successor.iri == claim.iri:
        raise FilingError(f"{name} cannot stand instead of itself.", next_step="Name another claim: --by")
    line = [successor.iri, *_successors(base, successor)]
    if claim.iri in line:
        shown = " -> ".join(compact(c) for c in (claim.iri, *line[: line.index(claim.iri) + 1]))
        raise FilingError(f"Claims would replace each other in a circle: {shown}.")
    if successor.retirement is not None:
        stands = line[-1]
        advice = f"Name the one that stands: --by {compact(stands)}" if stands != successor.iri else ""
        raise FilingError(
            f"{other} is retired itself.", next_step=advice or "Name a claim that stands: --by CLAIM"
        )


def _successors(base: StoreBase, claim: Claim) -> Iterator[str]:
    seen = {claim.iri}
    current: Claim | None = claim
    while current is not None and current.retirement is not None and current.retirement.replaced_by:
        following = current.retirement.replaced_by
        if following in seen:
            return
        seen.add(following)
        yield following
        current = base.claim(following)


def _claim(base: StoreBase, iri: str) -> Claim:
    claim = base.claim(iri)
    if claim is None:
        raise UnknownTerm(f"No claim {compact(iri)}.", next_step="List them: onrecord list")
    return claim


def _file_of(layout: Layout, claim: Claim) -> Path:
    path = layout.root / claim.place.file if claim.place is not None else None
    if path is None or not path.is_file() or path.suffix not in _TRIG_SUFFIXES:
        raise FilingError(
            f"No file of the base holds {compact(claim.iri)}.",
            place=Place(str(layout.claims)),
            next_step="Check the base: onrecord check",
        )
    return path


def _new_in(after: Report, before: Report) -> Report:
    """A report without the violations that were there before; lines apart, since they may have moved."""
    known = {_what(f) for f in before.findings}
    kept = tuple(f for f in after.findings if f.severity is not Severity.VIOLATION or _what(f) not in known)
    return replace(after, findings=kept)


def _what(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.focus, finding.message
