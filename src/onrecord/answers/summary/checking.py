"""Auditing a written summary against the base: all that it says, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.answers.notes import Check
from onrecord.answers.phrasing import one_line
from onrecord.answers.summary.checking_notes import NoteAuditor
from onrecord.answers.summary.checking_text import TextAuditor
from onrecord.answers.summary.choice import ORDER
from onrecord.answers.summary.grounds import Grounds, shortened
from onrecord.answers.summary.subject import about_name
from onrecord.answers.summary.summary import About
from onrecord.answers.summary.words import FIXED, READING, Origin
from onrecord.answers.summary.written import Written
from onrecord.model import Finding, Severity
from onrecord.store.records import StoreBase
from onrecord.vocab import KB, compact

_MOST_NAMED = 20
_HEADINGS = (*ORDER, *FIXED)


@dataclass(frozen=True, slots=True)
class Audited:
    """What became of auditing a summary.

    Attributes:
        sentences: how many were read.
        notes: how many references were read.
    """

    findings: tuple[Finding, ...]
    sentences: int
    notes: int


def audit_summary(
    base: StoreBase,
    written: Written,
    check: Check,
    *,
    file: str = "",
    version: str = "",
    about: About | None = None,
) -> Audited:
    """Compare a written summary with what the base says now.

    Args:
        base: where claims, sources and conflicts are read.
        written: what the file holds.
        check: what checks the citations of the claims that it uses.
        file: its name, for the places of findings.
        version: which state of the base's files this is.
        about: what the subject that it names stands for; None to look it up among topics and entities.
    """
    origin = written.origin or Origin()
    grounds = Grounds(base, written, check, file, about or _about(base, origin.subject))
    text = TextAuditor(grounds)
    findings = [*text.findings()]
    findings += NoteAuditor(grounds, text.also, text.used).findings()
    findings += _Beside(grounds, version).findings()
    if version and origin.version and origin.version != version:
        findings.append(_older(grounds, origin.version, version, findings))
    ordered = sorted(dict.fromkeys(findings), key=lambda f: f.sort_key)
    return Audited(tuple(ordered), len(written.sentences), len(written.notes))


def _about(base: StoreBase, subject: str) -> About | None:
    first = next(iter(base.claims()), None)
    home = first.iri.rpartition("claim/")[0] if first is not None else ""
    return about_name(base, subject, home or KB) if ":" in subject else None


def _older(grounds: Grounds, made_from: str, version: str, findings: list[Finding]) -> Finding:
    """That the base has changed since, and which of the summary's claims have."""
    changed = sorted({f.focus for f in findings if f.focus})
    names = ", ".join(compact(iri) for iri in changed[:_MOST_NAMED])
    more = f" and {len(changed) - _MOST_NAMED} more" if len(changed) > _MOST_NAMED else ""
    if grounds.is_as_written:
        said = (
            f"Changed since: {names}{more}." if changed else "None of the claims that it tells has changed."
        )
    else:
        said = f"Not as the base has it now: {names}{more}." if changed else "No claim that it tells differs."
    message = f"Made from version {made_from} of the base; this is version {version}. {said}"
    return grounds.finding("version", message, grounds.written.origin_line, Severity.INFO)


class _Beside:
    """Audits what stands beside sentences and references: title, headings, where the summary comes from."""

    def __init__(self, grounds: Grounds, version: str) -> None:
        self.grounds, self.written, self.version = grounds, grounds.written, version

    def findings(self) -> Iterator[Finding]:
        """What speaks against them."""
        bad = self.grounds.bad
        if not self.written.sentences:
            yield bad("empty", "The file holds no sentence.", None)
        yield from self._title()
        yield from self._origin()
        yield from self._headings()
        for text, line in self.written.beside:
            if text not in READING:
                yield bad("no-note", f"No note: {shortened(text)}", line)
        for text, line in self.written.odd:
            yield bad("markup", f"No part of a summary: {shortened(text)}", line)

    def _title(self) -> Iterator[Finding]:
        about, title = self.grounds.about, self.written.title
        if about is not None and one_line(title) != one_line(about.title):
            message = f"The title is “{shortened(title)}”; the subject is “{one_line(about.title)}”."
            yield self.grounds.bad("title", message, self.written.title_line)
        elif not title:
            yield self.grounds.bad("title", "There is no title.", None)

    def _origin(self) -> Iterator[Finding]:
        origin, line, bad = self.written.origin, self.written.origin_line, self.grounds.bad
        if origin is None:
            yield bad("origin", "It does not say of what day and from which base it is.", None)
            return
        if not origin.stamp:
            yield bad("stamp", "It has no stamp, so nobody can tell whether it was changed.", line)
        elif not self.grounds.is_as_written:
            yield bad("stamp", "Its stamp does not fit: something was changed since it was written.", line)
        if self.grounds.about is not None:
            yield from self._counts(origin, self.grounds.about)
        elif ":" in origin.subject and not origin.subject.startswith("question:"):
            yield bad("subject", f"The base does not know its subject, {shortened(origin.subject)}.", line)

    def _counts(self, origin: Origin, about: About) -> Iterator[Finding]:
        line, bad = self.written.origin_line, self.grounds.bad
        asked = {c.iri for c in about.claims}
        told = len(asked & {c.iri for c in self.grounds.claims.values() if c is not None})
        if told != origin.told:
            yield bad(
                "count", f"It says that {origin.told} claims are told; its references hold {told}.", line
            )
        is_current = not self.version or origin.version == self.version
        if is_current and len(asked) != origin.asked:
            message = (
                f"It says that the base has {origin.asked} claims on the subject; the base has {len(asked)}."
            )
            yield bad("count", message, line)

    def _headings(self) -> Iterator[Finding]:
        at = -1
        for text, line in self.written.headings:
            if text not in _HEADINGS:
                yield self.grounds.bad("heading", f"No heading of a summary: {shortened(text)}", line)
            elif _HEADINGS.index(text) <= at:
                yield self.grounds.bad("heading", f"Not where it belongs: {text}", line)
            at = max(at, _HEADINGS.index(text) if text in _HEADINGS else -1)
        titles = {text for text, _ in self.written.headings}
        for text in self.written.left_out:
            if text not in titles:
                message = f"It counts what a section leaves out that it does not have: {shortened(text)}"
                yield self.grounds.bad("heading", message, None)


def audited_lines(audited: Audited) -> Iterator[str]:
    """What became of auditing a summary, a finding a line, and how much was read."""
    for found in audited.findings:
        yield f"{found.place}: {found.severity.value} [{found.rule}] {one_line(found.message)}"
    count = len(audited.findings)
    counted = f"{count} finding{'' if count == 1 else 's'}" if count else "nothing found against it"
    yield f"Checked {audited.sentences} sentences and {audited.notes} references: {counted}."


def audited_data(audited: Audited) -> dict[str, object]:
    """The same as plain data."""
    return {
        "sentences": audited.sentences,
        "references": audited.notes,
        "findings": [
            {
                "rule": f.rule,
                "severity": f.severity.value,
                "message": f.message,
                "focus": f.focus,
                "line": f.place.line if f.place is not None else None,
            }
            for f in audited.findings
        ],
    }
