"""How well `audit` judges sentences in free words: what it flags and passes over tests/draft_sentences.yaml.

Run: python tests/draft_sentences.py   (prints a table for each set, with and without the source texts, and
one of errors planted into the right sentences)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from onrecord.answers.audit.audit import Audited, Status
from onrecord.model import Texts
from onrecord.vocab import slug
from planted_errors import Score, audited, planted
from shipped import NoTexts, SharedTexts

FILE = Path(__file__).resolve().parent / "draft_sentences.yaml"
EXACT = ("digit", "phone", "email", "year", "date", "statute")
WORDED = ("office", "direction", "obligation", "negation", "quantity", "name", "person")
FOREIGN = ("unrelated", "new-figure")


@dataclass(frozen=True)
class Case:
    """A sentence, what is wrong with it (`right` for nothing), and the slugs of the claims it is about."""

    text: str
    kind: str
    claims: tuple[str, ...]
    half: str


@cache
def cases(half: str = "") -> tuple[Case, ...]:
    """The sentences of one half, or of all."""
    found = yaml.safe_load(FILE.read_text("utf-8"))
    every = (Case(r["text"], r["kind"], tuple(r["claims"]), r["half"]) for r in found)
    return tuple(c for c in every if not half or c.half == half)


@dataclass(frozen=True)
class Measured:
    """What an audit made of some sentences.

    Attributes:
        counts: sentences by kind and status.
        named: wrong sentences flagged whose error is laid to a claim that they are about.
    """

    counts: Counter[tuple[str, Status]]
    named: int

    def total(self, kinds: Iterable[str]) -> int:
        """How many sentences of some kinds there are."""
        wanted = set(kinds)
        return sum(n for (kind, _), n in self.counts.items() if kind in wanted)

    def part(self, kinds: Iterable[str], *statuses: Status) -> float:
        """The part of the sentences of some kinds that have one of some statuses."""
        wanted = set(kinds)
        found = sum(n for (kind, status), n in self.counts.items() if kind in wanted and status in statuses)
        return found / max(1, self.total(wanted))

    def table(self) -> str:
        """The figures by kind, and the parts that are wanted."""
        kinds = dict.fromkeys([*EXACT, *WORDED, "right", *FOREIGN])
        lines = []
        for kind in kinds:
            by_status = ((s.value, self.counts[kind, s]) for s in Status if self.counts[kind, s])
            lines.append(f"  {kind:<12}" + ", ".join(f"{name} {n}" for name, n in by_status))
        flagged = (self.part(group, Status.DIFFERS) for group in (EXACT, WORDED, ["right"]))
        words = ("exact errors flagged", "other errors flagged", "right ones flagged")
        lines += [f"  {word:<22}{part:>6.1%}" for word, part in zip(words, flagged, strict=True)]
        lines.append(f"  {'right ones on record':<22}{self.part(['right'], Status.ON_RECORD):>6.1%}")
        foreign = self.part(FOREIGN, Status.ON_RECORD, Status.DIFFERS)
        lines.append(f"  {'foreign ones matched':<22}{foreign:>6.1%}")
        return "\n".join([*lines, f"  flagged with the claim meant {self.named}"])


def measure(half: str, archive: Texts) -> Measured:
    """Audit the sentences of one half."""
    chosen = cases(half)
    found = list(audited([c.text for c in chosen], archive))
    pairs = list(zip(chosen, found, strict=True))
    named = sum(_names(c, s) for c, s in pairs if c.kind in EXACT + WORDED and s.status is Status.DIFFERS)
    return Measured(Counter((c.kind, s.status) for c, s in pairs), named)


def _names(case: Case, found: Audited) -> bool:
    return any(slug(d.claim) in case.claims for d in found.differences)


def planted_score(half: str, archive: Texts) -> Score:
    """Errors planted by rule into the right sentences of one half that are found on record as they are."""
    right = [c.text for c in cases(half) if c.kind == "right"]
    kept = [s.sentence.text for s in audited(right, archive) if s.status is Status.ON_RECORD]
    errors = planted(kept)
    pairs = zip(errors, audited([p.false for p in errors], archive), strict=True)
    flagged = Counter(p.kind for p, s in pairs if s.status is Status.DIFFERS)
    return Score(Counter(p.kind for p in errors), flagged, len(kept), [])


def main() -> None:
    """Print the tables."""
    for half in ("dev", "hold", "fresh"):
        for title, archive in (("source texts at hand", SharedTexts()), ("the base alone", NoTexts())):
            print(f"{half}, {title}\n{measure(half, archive).table()}\n")
        print(f"{half}, errors planted into right sentences\n{planted_score(half, NoTexts()).table()}\n")


if __name__ == "__main__":
    main()
