"""The figure rule alone on WiCE: sentences of an encyclopedia against the web pages that they cite.

Run: python -m benchmarks.figure_rule [FILE]

Of the claims that have a figure or date, those are flagged of which one is nowhere in the cited page. Right
is a flag on a claim that the page does not support as a whole. Two baselines stand beside it: flag nothing
("all supported"), and flag all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.citations.wording.case import Case
from onrecord.citations.wording.figures import check_dates, check_figures, figures_of_statement
from onrecord.citations.wording.marks import dates
from onrecord.model import Citation, Claim

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "benchmarks" / "wice_claim" / "data.jsonl"


@dataclass(frozen=True)
class Row:
    """One claim with the page that it cites, and whether the page supports all of it."""

    claim: str
    page: str
    supported: bool

    @property
    def case(self) -> Case:
        """The claim as one citation of the whole page."""
        citation = Citation("c", "claim", "source", self.page)
        return Case.of(Claim("claim", self.claim, citations=(citation,)), (), {}, {})

    @property
    def has_figure(self) -> bool:
        """Whether the rule has anything to compare."""
        return bool(figures_of_statement(self.claim) or dates(self.claim))


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of JSON lines."""
    found = map(json.loads, path.read_text("utf-8").splitlines())
    return [Row(r["claim"], "\n".join(r["evidence"]), bool(r["supported"])) for r in found]


def line(name: str, rows: Iterable[Row], flags: Callable[[Row], bool]) -> str:
    """Precision, recall and false alarms of one way to flag."""
    right = wrong = missed = kept = 0
    for row in rows:
        flagged = flags(row)
        right += flagged and not row.supported
        wrong += flagged and row.supported
        missed += not flagged and not row.supported
        kept += not flagged and row.supported
    precision = f"{right / (right + wrong):.2f}" if right + wrong else "   -"
    recall = right / max(1, right + missed)
    alarms = wrong / max(1, wrong + kept)
    accuracy = (right + kept) / max(1, right + wrong + missed + kept)
    return f"{name:<28}{precision:>9}{recall:>9.2f}{alarms:>13.2f}{accuracy:>10.2f}{right + wrong:>9}"


def report(rows: list[Row]) -> str:
    """The table over the claims with a figure."""
    chosen = [row for row in rows if row.has_figure]
    bad = sum(not row.supported for row in chosen)
    lines = [
        f"{len(rows)} claims, {len(chosen)} with a figure or date, {bad} of them not supported as a whole"
    ]
    lines.append(f"{'':<28}{'precision':>9}{'recall':>9}{'false alarms':>13}{'accuracy':>10}{'flagged':>9}")
    lines.append(line("figure rule", chosen, lambda r: any(True for _ in check_figures(r.case))))
    lines.append(line("figure and date rules", chosen, _figure_or_date))
    lines.append(line("flag nothing", chosen, lambda r: False))
    lines.append(line("flag all", chosen, lambda r: True))
    return "\n".join(lines)


def _figure_or_date(row: Row) -> bool:
    return any(True for check in (check_figures, check_dates) for _ in check(row.case))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", nargs="?", type=Path, default=DATA)
    print(report(read_rows(parser.parse_args().file)))


if __name__ == "__main__":
    main()
