"""How well `ask` finds what was expected: recall, precision and refusals over tests/ask_questions.yaml.

Run as `python -m tests.ask_recall` it prints them by set and kind; with `--misses`, what was missed as well.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import yaml

FILE = Path(__file__).resolve().parent / "ask_questions.yaml"


@dataclass(frozen=True)
class Case:
    """A question with what an answer has to use, and what else bears on it.

    Attributes:
        expected: slugs of claims.
        also: slugs or patterns of them.
        held: whether the question was not looked at by itself while the retrieval was tuned.
        set: "own", "dev" or "hold": whose questions, and whether the retrieval was tuned with them.
    """

    ask: str
    kind: str
    expected: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    held: bool = False
    set: str = "own"

    @property
    def is_answerable(self) -> bool:
        """Whether the base holds an answer."""
        return bool(self.expected)

    def bears(self, slug: str) -> bool:
        """Whether a claim bears on the question."""
        return slug in self.expected or any(fnmatch(slug, pattern) for pattern in self.also)


@dataclass(frozen=True)
class Scored:
    """A case with the slugs of the claims that its answer used."""

    case: Case
    used: tuple[str, ...]

    @property
    def missed(self) -> list[str]:
        """Expected claims that the answer does not use."""
        return [slug for slug in self.case.expected if slug not in self.used]

    @property
    def beside(self) -> list[str]:
        """Claims that the answer uses and that do not bear on the question."""
        return [slug for slug in self.used if not self.case.bears(slug)]


@dataclass(frozen=True)
class Measured:
    """The figures over some cases."""

    recall: float
    precision: float
    refused: int
    refusable: int
    wrongly_refused: int


@cache
def cases() -> tuple[Case, ...]:
    """Every question of the file."""
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    return tuple(
        Case(
            entry["ask"],
            entry["kind"],
            tuple(entry.get("expected", ())),
            tuple(entry.get("also", ())),
            entry.get("held", False),
            entry.get("set", "own"),
        )
        for entry in found
    )


def scored(which: Iterable[Case], used_by: Callable[[str], Sequence[str]]) -> list[Scored]:
    """Each case with the claims that its answer used."""
    return [Scored(case, tuple(used_by(case.ask))) for case in which]


def measured(results: Sequence[Scored]) -> Measured:
    """Recall and precision over all claims of the answerable cases, and refusals of the others."""
    answerable = [r for r in results if r.case.is_answerable]
    others = [r for r in results if not r.case.is_answerable]
    expected = sum(len(r.case.expected) for r in answerable)
    used = sum(len(r.used) for r in answerable)
    return Measured(
        1 - sum(len(r.missed) for r in answerable) / max(expected, 1),
        1 - sum(len(r.beside) for r in answerable) / max(used, 1),
        sum(not r.used for r in others),
        len(others),
        sum(not r.used for r in answerable),
    )


def _line(name: str, results: Sequence[Scored]) -> str:
    m = measured(results)
    answerable = sum(r.case.is_answerable for r in results)
    found = f"recall {m.recall:4.0%} precision {m.precision:4.0%}" if answerable else " " * 27
    return (
        f"{name:18} {answerable:3} answerable {found} wrongly refused {m.wrongly_refused:2}"
        f"   refused {m.refused:2} of {m.refusable:2}"
    )


def main() -> None:
    """Print what was measured."""
    from onrecord.kb import KnowledgeBase

    knowledge, taken = KnowledgeBase.open(), []

    def used(question: str) -> Sequence[str]:
        began = time.perf_counter()
        asked = knowledge.ask(question)
        taken.append(time.perf_counter() - began)
        return [claim.slug for claim in asked.claims]

    results = scored(cases(), used)
    for name in ("own", "dev", "hold"):
        own = [r for r in results if r.case.set == name]
        print(_line(name, own))
        for kind in dict.fromkeys(r.case.kind for r in own):
            print(_line(f"  {kind}", [r for r in own if r.case.kind == kind]))
    print(_line("all", results))
    print(f"median {median(taken) * 1000:.0f} ms in a warm process")
    for r in results if "--misses" in sys.argv else ():
        if r.missed or r.beside or (r.used and not r.case.is_answerable):
            print(f"- {r.case.set} {r.case.ask}\n    missed {r.missed}\n    beside {r.beside}")


if __name__ == "__main__":
    main()
