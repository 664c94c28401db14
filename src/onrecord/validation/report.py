"""The report of a check: what was checked, by which means, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import CitationResult, Finding, Outcome, Severity, Waiver

FAIL_LEVELS = tuple(s.value for s in Severity)


@dataclass(frozen=True, slots=True)
class WaivedFinding:
    """A finding that a waiver of its claim silences."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True)
class Report:
    """One check.

    Attributes:
        files: names of the files that were parsed.
        unreadable: how many files could not be.
        claims: how many claims were checked.
        shapes: how many shapes were applied, and to how many nodes.
        citations: one result a citation.
        findings: in order of place.
        waived: what waivers silenced.
        strict: whether unchecked citations count as violations.
    """

    files: tuple[str, ...] = ()
    unreadable: int = 0
    claims: int = 0
    shapes: int = 0
    rules: int = 0
    citations: tuple[CitationResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    waived: tuple[WaivedFinding, ...] = ()
    strict: bool = False
    base: str = ""

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return sum(1 for f in self.findings if f.severity is severity)

    def outcome_count(self, outcome: Outcome, means: str | None = None) -> int:
        """How many citations have that outcome (by that means)."""
        return sum(1 for r in self.citations if r.outcome is outcome and (means is None or r.means == means))

    def fails(self, level: str = Severity.VIOLATION.value) -> bool:
        """Whether anything was found at or above a level."""
        worst = Severity(level).rank
        return any(f.severity.rank <= worst for f in self.findings)

    @property
    def checked_line(self) -> str:
        """The sentence on citations: how many of how many, by which means, how many not and why.

        >>> Report().checked_line
        'Checked 0 of 0 citations.'
        """
        total, unchecked = len(self.citations), self.outcome_count(Outcome.UNCHECKED)
        means = Counter(r.means for r in self.citations if r.outcome is not Outcome.UNCHECKED)
        parts = [f"{means[m]} by {m}" for m in ("text", "proof") if means[m]]
        if unchecked:
            reasons = Counter(r.reason for r in self.citations if r.outcome is Outcome.UNCHECKED)
            parts += [f"{n} unchecked because {reason}" for reason, n in sorted(reasons.items())]
        detail = f": {', '.join(parts)}" if parts else ""
        return f"Checked {total - unchecked} of {total} citations{detail}."

    @property
    def unchecked_sources(self) -> Sequence[tuple[str, int]]:
        """Sources whose citations could not be checked, with how many."""
        counts = Counter(r.citation.source for r in self.citations if r.outcome is Outcome.UNCHECKED)
        return sorted(counts.items())
