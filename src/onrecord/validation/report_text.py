"""A report as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.model import Finding, Outcome, Severity
from onrecord.validation.report import Report
from onrecord.vocab import compact

Paint = Callable[[str, str], str]
"""(text, kind) -> text; kind is a severity, "good", "place" or "faint"."""


def plain(text: str, kind: str) -> str:
    """No colour."""
    return text


def report_text(report: Report, paint: Paint = plain, *, shown: Severity = Severity.WARNING) -> str:
    """The report: findings down to a severity, waivers, what was checked, and the count of findings."""
    lines: list[str] = []
    for finding in report.findings:
        if finding.severity.rank <= shown.rank:
            lines += _finding(finding, paint)
    for waived in report.waived:
        waiver = waived.waiver
        lines.append(
            f"{paint('waived', 'faint')} {waived.finding.rule} on {compact(waived.finding.focus)}: "
            f"{waiver.reason} ({waiver.author}, {waiver.waived_on})"
        )
    if lines:
        lines.append("")
    lines += _checked(report)
    lines.append(_verdict(report, paint, shown))
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, paint: Paint) -> Iterator[str]:
    place = f"{paint(str(finding.place), 'place')}: " if finding.place else ""
    severity = finding.severity.value
    yield f"{place}{paint(severity, severity)} {finding.rule}: {one_line(finding.message)}"
    if finding.focus:
        yield f"    on {compact(finding.focus)}"
    if finding.quotation:
        yield f"    quotation: {one_line(finding.quotation)}"
    if finding.nearest and finding.nearest != finding.quotation:
        yield f"    in source: {one_line(finding.nearest)}"
    if finding.next_step:
        yield f"    next: {finding.next_step}"


def one_line(text: str) -> str:
    r"""Text on one line, without the control characters that could drive a terminal.

    >>> one_line("a\n\x1b[2Jb")
    'a [2Jb'
    """
    shown = "".join(c if c.isprintable() or c.isspace() else "" for c in text)
    return " ".join(shown.split())


def _checked(report: Report) -> Iterator[str]:
    files = f"{len(report.files)} file{'s' if len(report.files) != 1 else ''}"
    unread = f" ({report.unreadable} could not be read)" if report.unreadable else ""
    yield (
        f"Checked {report.claims} claims in {files}{unread} "
        f"against {report.shapes} shapes and {report.rules} rules."
    )
    yield report.checked_line
    counts = [(o, report.outcome_count(o)) for o in Outcome]
    shown = [f"{o.value} {n}" for o, n in counts if n]
    if shown:
        yield f"Outcomes: {', '.join(shown)}."
    for source, count in report.unchecked_sources:
        yield f"  unchecked: {compact(source)} ({count})"


def _verdict(report: Report, paint: Paint, shown: Severity) -> str:
    violations, warnings = report.count(Severity.VIOLATION), report.count(Severity.WARNING)
    infos = report.count(Severity.INFO)
    hidden = " (not listed; see them with --show info)" if infos and shown is not Severity.INFO else ""
    counts = f"{violations} violations, {warnings} warnings, {infos} notes{hidden}."
    if violations or report.unreadable:
        return paint(counts, "violation")
    if not report.claims and not report.citations:
        return paint(f"No claim was checked. {counts}", "warning")
    return f"{paint('Nothing found against it by these checks.', 'good')} {counts}"
