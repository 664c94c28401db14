"""Auditing a written summary against the base: its sentences, its notes, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.answers.links import deep_link
from onrecord.answers.notes import Check
from onrecord.answers.phrasing import one_line
from onrecord.answers.sourced_markdown import address
from onrecord.answers.summary import refusal
from onrecord.answers.summary_choice import DIFFER, ORDER, usable
from onrecord.answers.summary_reading import Written, WrittenNote, WrittenSentence
from onrecord.answers.summary_sentences import sentence_of
from onrecord.answers.summary_words import FIXED, is_furniture
from onrecord.errors import Place
from onrecord.model import CitationResult, Claim, Conflict, Finding, Severity
from onrecord.store.records import StoreBase
from onrecord.vocab import compact, expand


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
) -> Audited:
    """Compare a written summary with what the base says now.

    Args:
        base: where claims, sources and conflicts are read.
        written: what the file holds.
        check: what checks the citations of the claims that it uses.
        file: its name, for the places of findings.
        version: which state of the base's files this is.
    """
    auditor = _Auditor(base, written, check, file)
    findings = [*auditor.beside(version)]
    for sentence in written.sentences:
        findings += auditor.sentence(sentence)
    for note in written.notes:
        findings += auditor.note(note)
    if not written.sentences:
        findings.append(auditor.finding("empty", "The file holds no sentence.", None, Severity.VIOLATION))
    ordered = sorted(findings, key=lambda f: f.sort_key)
    return Audited(tuple(ordered), len(written.sentences), len(written.notes))


class _Auditor:
    def __init__(self, base: StoreBase, written: Written, check: Check, file: str) -> None:
        self.base, self.written, self.file = base, written, file
        self.notes = {note.number: note for note in written.notes}
        self.claims = {n: _claim(base, note.claim) for n, note in self.notes.items()}
        known = [c for c in self.claims.values() if c is not None]
        self.results: Mapping[str, CitationResult] = {r.citation.iri: r for r in check(known)}
        told = {c.iri for c in known}
        conflicts = [self._sides(conflict) for conflict in base.conflicts() if told & set(conflict.between)]
        self.contested = frozenset(iri for sides in conflicts for iri in sides)
        self.open = frozenset(
            iri for sides in conflicts if len(sides & told) < 2 <= len(sides) for iri in sides
        )
        self.used: set[int] = set()
        self.read: dict[str, int | None] = {}

    def _sides(self, conflict: Conflict) -> frozenset[str]:
        """The claims of a conflict that may be told."""
        sides = (self.base.claim(iri) for iri in conflict.between)
        return frozenset(
            c.iri for c in sides if c is not None and usable(c) and not refusal(self.base, c, self.results)
        )

    def finding(
        self, rule: str, message: str, line: int | None, severity: Severity, focus: str = ""
    ) -> Finding:
        return Finding(f"summary-{rule}", severity, message, focus, Place(self.file, line))

    def _bad(self, rule: str, message: str, line: int | None, focus: str = "") -> Finding:
        return self.finding(rule, message, line, Severity.VIOLATION, focus)

    # sentences ----------------------------------------------------------------------------------------

    def sentence(self, sentence: WrittenSentence) -> Iterator[Finding]:
        """What speaks against one sentence."""
        line, text = sentence.line, sentence.text
        if text in self.read:
            yield self.finding("repeated", f"Said before: {_cut(text)}", line, Severity.WARNING)
        self.read[text] = line
        if not sentence.notes:
            yield self._bad("no-note", f"No note: {_cut(text)}", line)
            return
        self.used |= set(sentence.notes)
        claims: list[Claim] = []
        for number in sentence.notes:
            claim = self.claims.get(number)
            if number not in self.notes:
                yield self._bad("unknown-note", f"Note {number} is not among the references.", line)
            elif claim is not None:
                claims.append(claim)
        if len(claims) == len(sentence.notes):
            yield from self._compare(sentence, claims)

    def _compare(self, sentence: WrittenSentence, claims: list[Claim]) -> Iterator[Finding]:
        text, line = sentence.text, sentence.line
        is_said = sentence.section == DIFFER or "sources differ" in text
        marked = " ".join(sentence_of(claims, self.contested).text.split())
        unmarked = " ".join(sentence_of(claims, ()).text.split())
        if text not in (marked, unmarked):
            message = f"The text is \u201c{text}\u201d; the base has \u201c{unmarked}\u201d"
            yield self._bad("differs", message, line, claims[0].iri)
        elif not is_said and any(c.iri in self.open for c in claims):
            message = f"Sources differ, and neither the sentence nor another one says so: {_cut(text)}"
            yield self._bad("one-sided", message, line, claims[0].iri)

    # references ---------------------------------------------------------------------------------------

    def note(self, note: WrittenNote) -> Iterator[Finding]:
        """What speaks against one reference, and against the claim that it names."""
        if self.notes[note.number] is not note:
            yield self._bad("two-notes", f"Two references have the number {note.number}.", note.line)
        if note.number not in self.used:
            message = f"No sentence carries note {note.number}."
            yield self.finding("unused-note", message, note.line, Severity.WARNING)
        claim = self.claims[note.number]
        if claim is None:
            name = note.claim or "no claim"
            yield self._bad(
                "unknown-claim", f"Note {note.number} names {name}, which is not in the base.", note.line
            )
            return
        yield from self._usable(note, claim)
        yield from self._quotations(note, claim)
        yield from self._sources(note, claim)

    def _usable(self, note: WrittenNote, claim: Claim) -> Iterator[Finding]:
        name = f"Note {note.number}: {compact(claim.iri)}"
        if not usable(claim):
            why = "contradicted by other claims" if claim.is_contradicted else "without support"
            why = claim.retirement.kind.value if claim.retirement is not None else why
            yield self._bad("not-current", f"{name} is {why}.", note.line, claim.iri)
        refused = refusal(self.base, claim, self.results)
        if refused:
            yield self._bad("failed", f"{name} is refused: {refused}.", note.line, claim.iri)

    def _quotations(self, note: WrittenNote, claim: Claim) -> Iterator[Finding]:
        quoted = [one_line(c.exact) for c in claim.citations]
        for words in note.quotations:
            if words not in quoted:
                message = f"Note {note.number} quotes \u201c{words}\u201d, and no citation of the claim does."
                yield self._bad("quotation", message, note.line, claim.iri)
        for words in quoted:
            if words not in note.quotations:
                message = f"Note {note.number} lacks the quotation \u201c{words}\u201d."
                yield self.finding("lacks", message, note.line, Severity.WARNING, claim.iri)

    def _sources(self, note: WrittenNote, claim: Claim) -> Iterator[Finding]:
        text = " ".join(note.text.split())
        links = set()
        for citation in claim.citations:
            source = self.base.source(citation.source)
            if source is None:
                continue
            link = deep_link(citation, source)
            links |= {link, address(link)}
            for words in (source.title, *source.publishers):
                if one_line(words) not in text:
                    message = f"Note {note.number} does not name \u201c{one_line(words)}\u201d."
                    yield self._bad("source", message, note.line, claim.iri)
        for link in note.links:
            if link not in links:
                message = f"Note {note.number} links to {link}, and no citation of the claim does."
                yield self._bad("link", message, note.line, claim.iri)

    # beside the sentences -----------------------------------------------------------------------------

    def beside(self, version: str) -> Iterator[Finding]:
        """What speaks against headings, and what is said of the summary itself."""
        for text, line in self.written.headings:
            if text not in ORDER and text not in FIXED:
                message = f"No heading of a summary: {_cut(text)}"
                yield self.finding("heading", message, line, Severity.WARNING)
        for text, line in self.written.beside:
            if not is_furniture(text):
                yield self._bad("no-note", f"No note: {_cut(text)}", line)
        made_from = self.written.version
        if made_from and version and made_from != version:
            message = f"Made from version {made_from} of the base; this is version {version}."
            yield self.finding("version", message, None, Severity.INFO)


def _claim(base: StoreBase, name: str) -> Claim | None:
    try:
        return base.claim(expand(name)) if name else None
    except ValueError:  # what stands there is no name at all
        return None


def _cut(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:159]}\u2026"


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
