"""The W3C SPARQL 1.1 suite, sourced, as tables of counts: `python -m tests.sparql.w3c_suite`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from onrecord.errors import QueryError
from onrecord.sparql.explanation import State
from onrecord.sparql.parsing import parse_query

from .w3c_checking import Outcome, check
from .w3c_exceptions import (
    ANSWERS_OTHERWISE,
    EXCEPTED,
    NOT_LISTED,
    REFUSED_BY_ENGINE,
    REFUSED_BY_GUARD,
    UNSOUND,
    WRONGLY_PARSED,
)
from .w3c_manifests import SUITE, Case, cases, iri_of

COLUMNS = (
    "folder", "tests", "engine refuses", "guard refuses", "run", "as expected", "same answer", "rows",
    "complete", "marked", "no claim", "unexplained", "unmarked held", "marked held", "tests with faults",
)  # fmt: skip


@dataclass
class Syntax:
    """What the parser makes of the suite's syntax tests.

    Attributes:
        accepted: positive tests that the engine accepts.
        parsed: those of them that the parser accepts.
        not_parsed: those that it does not, with its message.
        negative: how many tests no parser should accept.
        wrongly_parsed: those of them that ours accepts, by whether the engine accepts them too.
    """

    accepted: int = 0
    parsed: int = 0
    refused: list[str] = field(default_factory=list)
    not_parsed: dict[str, str] = field(default_factory=dict)
    negative: int = 0
    wrongly_parsed: dict[str, bool] = field(default_factory=dict)


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Every evaluation test of the suite, run."""
    return tuple(check(case) for case in cases("evaluation"))


@cache
def syntax() -> Syntax:
    """Every syntax test of the suite, parsed."""
    found = Syntax()
    for case in cases("positive syntax"):
        if not _engine_parses(case):
            found.refused.append(case.name)
            continue
        found.accepted += 1
        mistake = _mistake(case)
        if mistake is None:
            found.parsed += 1
        else:
            found.not_parsed[case.name] = mistake
    for case in cases("negative syntax"):
        found.negative += 1
        if _mistake(case) is None:
            found.wrongly_parsed[case.name] = _engine_parses(case)
    return found


def exceptions(by: Callable[[Outcome], bool]) -> set[str]:
    """The names of the tests of which something is so."""
    return {outcome.case.name for outcome in outcomes() if by(outcome)}


def refused_by(name: str) -> set[str]:
    """The tests that the engine, or the guard, does not run."""
    return exceptions(lambda outcome: outcome.by == name)


def _engine_parses(case: Case) -> bool:
    """Whether the engine parses a query; nothing is read from its answer, so no SERVICE is called."""
    try:
        ox.Store().query(case.text, base_iri=iri_of(case.query))
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True
    return True


def _mistake(case: Case) -> str | None:
    try:
        parse_query(case.text)
    except QueryError as error:
        return error.message
    return None


def _line(name: str, found: Sequence[Outcome]) -> tuple[str, ...]:
    run = [outcome for outcome in found if not outcome.by]
    states: Counter[State] = sum((outcome.states for outcome in run), Counter())
    compared = [outcome for outcome in run if outcome.expected is not None]
    numbers = (
        len(found),
        sum(outcome.by == "engine" for outcome in found),
        sum(outcome.by == "guard" for outcome in found),
        len(run),
        f"{sum(outcome.expected is True for outcome in compared)}/{len(compared)}",
        f"{sum(outcome.same for outcome in run)}/{len(run)}",
        states.total(),
        states[State.COMPLETE],
        states[State.MARKED],
        states[State.NOTHING] + states[State.RECORD],
        states[State.UNEXPLAINED],
        *(_held(run, marked) for marked in (False, True)),
        sum(bool(outcome.faults) for outcome in run),
    )
    return (name, *(str(number) for number in numbers))


def _held(run: Iterable[Outcome], marked: bool) -> str:
    held, tried = Counter[bool](), Counter[bool]()
    for outcome in run:
        held.update(outcome.held)
        tried.update(outcome.tried)
    return f"{held[marked]}/{tried[marked]}"


def _lines() -> list[tuple[str, ...]]:
    found = outcomes()
    folders = dict.fromkeys(outcome.case.folder for outcome in found)
    lines = [_line(folder, [o for o in found if o.case.folder == folder]) for folder in folders]
    with_from = [o for o in found if " FROM " in f" {' '.join(o.case.text.split())} "]
    return [COLUMNS, *lines, _line("all", found), _line("(with FROM)", with_from)]


def _print_table(lines: Sequence[Sequence[str]]) -> None:
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


def _print_list(title: str, found: Iterable[str], listed: Mapping[str, str]) -> None:
    names = sorted(found)
    print(f"\n{title}: {len(names)}")
    for name in names:
        print(f"  {name}: {listed.get(name, 'NOT LISTED')}")
    for name in sorted(set(listed) - set(names)):
        print(f"  {name}: listed, and not so")


def main() -> None:
    """Print the counts, and each exception with its cause."""
    if not SUITE.is_dir():
        print("The W3C test suite is not on this machine: nothing was checked.")
        return
    parsed = syntax()
    print(f"Positive syntax tests that the engine accepts: {parsed.accepted}; parsed: {parsed.parsed}.")
    print(f"Refused by the engine itself: {', '.join(parsed.refused) or 'none'}.")
    for name, message in parsed.not_parsed.items():
        print(f"  not parsed: {name}: {message}")
    print(f"Negative syntax tests: {parsed.negative}; accepted all the same: {len(parsed.wrongly_parsed)}.\n")
    _print_table(_lines())
    _print_list("Refused by the engine", refused_by("engine"), REFUSED_BY_ENGINE)
    _print_list("Refused by the guard", refused_by("guard"), REFUSED_BY_GUARD)
    _print_list("Answered otherwise by the engine than the suite expects", engine_faults(), ANSWERS_OTHERWISE)
    _print_list("Excepted by the function's name", exceptions(lambda o: bool(o.excepted)), EXCEPTED)
    _print_list("Not explained, or a witness that does not hold", unsound(), UNSOUND)
    _print_list("Capped, and no query for the claims left out", exceptions(lambda o: o.unlisted), NOT_LISTED)
    _print_list("Negative syntax tests accepted by the parser", parsed.wrongly_parsed, WRONGLY_PARSED)
    for outcome in outcomes():
        for fault in outcome.faults:
            print(f"  {outcome.case.name}: {fault}")


def engine_faults() -> set[str]:
    """The tests that the engine answers otherwise than the suite expects."""
    return exceptions(lambda outcome: outcome.expected is False)


def unsound() -> set[str]:
    """The tests with a row that is not explained, or a witness from which it does not follow."""
    return exceptions(lambda outcome: bool(outcome.faults) or not outcome.same)


if __name__ == "__main__":
    main()
