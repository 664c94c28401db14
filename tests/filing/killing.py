"""Kill processes that add claims, two at a time, at varied moments, and keep account of what each left.

Run as a program by test_add_killed.py, so that children are forked from a process without threads: the
modules are loaded once, no store is ever opened in it, and each child runs the real command line.

What must hold, once a round's processes are gone: the claims of the base are those whose `add` exited 0 and
those whose process was killed after the claim file had appeared whole; none is there of a process that exited
otherwise or was killed before; each file holds the bytes that were submitted and the day of adding; files of
earlier rounds have not changed.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from onrecord.filing.lock import LOCK_NAME
from onrecord.writing import STAGING_PREFIX
from small_base import SmallBase, as_file, inspector_claim

DAY = "2026-11-21"
LONGEST = 60.0
FIRST_GUESS = 0.4
"""Seconds that an `add` takes from lock to commit, until one was measured."""


PRELOADED = (
    "pyshacl",
    "rapidfuzz.fuzz",
    "rdflib.plugins.stores.memory",
    "onrecord.cli.add",
    "onrecord.exports.trig",
    "onrecord.filing.adding",
    "onrecord.validation.check",
    "onrecord.validation.report_text",
)


class Plan(StrEnum):
    """When a process is to be killed."""

    EARLY = "some time after it began"
    LOCKED = "some time after it was seen to hold the lock"
    COMMITTED = "as soon as its claim was seen"
    NEVER = "never"


class End(StrEnum):
    """How a process ended."""

    ADDED = "exited 0"
    REFUSED = "exited otherwise"
    KILLED_WAITING = "killed before it was seen to hold the lock"
    KILLED_BETWEEN = "killed between lock and commit"
    KILLED_AFTER = "killed after the commit"


@dataclass
class Child:
    """One process that adds one claim."""

    pid: int
    target: Path
    expected: bytes
    plan: Plan
    delay: float
    began: float
    locked: float = 0.0
    killed: bool = False


@dataclass
class Driver:
    """Rounds of two processes each, on one base."""

    small: SmallBase
    folder: Path
    chance: random.Random
    ends: Counter[End] = field(default_factory=Counter)
    there: dict[Path, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    rounds: int = 0
    number: int = 0
    lasts: float = FIRST_GUESS

    @property
    def kills(self) -> int:
        """How many processes were killed so far."""
        return sum(n for end, n in self.ends.items() if end.value.startswith("killed"))

    def begin(self, plan: Plan) -> Child:
        """Fork a process that adds a claim of its own."""
        self.number += 1
        slug = f"claim-number-{self.number}"
        given = self.folder / f"{slug}.trig"
        data = as_file(inspector_claim(slug))
        given.write_bytes(data)
        iri = f"https://w3id.org/onrecord/kb/claim/{slug}"
        day = (
            f'<{iri}> <http://purl.org/dc/terms/created> "{DAY}"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
        )
        delay = self.chance.uniform(0, 1.3 * self.lasts)
        pid = os.fork()
        if pid == 0:
            add_in_this_process(self.small, given)
        target = self.small.layout.claims / f"{slug}.trig"
        return Child(pid, target, data + day.encode(), plan, delay, time.monotonic())

    def round(self, plans: tuple[Plan, ...]) -> None:
        """Run processes at once, kill them as planned, and look at what is there when all are gone."""
        self.rounds += 1
        running = [self.begin(plan) for plan in plans]
        while running:
            holder = self.holder()
            for child in list(running):
                if self.is_gone(child):
                    running.remove(child)
                else:
                    self.watch(child, holder)
            time.sleep(0.001)
        self.look()

    def holder(self) -> int:
        """The process that took the lock last."""
        with contextlib.suppress(OSError, ValueError):
            return int((self.small.root / LOCK_NAME).read_text("ascii"))
        return 0

    def watch(self, child: Child, holder: int) -> None:
        """Kill a process when its time has come."""
        now = time.monotonic()
        if not child.locked and holder == child.pid:
            child.locked = now
        due = {
            Plan.EARLY: now >= child.began + child.delay,
            Plan.LOCKED: child.locked and now >= child.locked + child.delay,
            Plan.COMMITTED: child.target.exists(),
            Plan.NEVER: False,
        }[child.plan]
        if not child.killed and (due or now > child.began + LONGEST):
            if not due:
                self.problems.append(f"{child.target.stem}: hangs")
            child.killed = True
            os.kill(child.pid, signal.SIGKILL)

    def is_gone(self, child: Child) -> bool:
        """Whether a process has ended; if so, how is noted."""
        pid, status = os.waitpid(child.pid, os.WNOHANG)
        if not pid:
            return False
        end = self.end_of(child, status)
        self.ends[end] += 1
        if end in (End.ADDED, End.KILLED_AFTER):
            self.there[child.target] = child.expected
        if end is End.ADDED and child.locked:
            self.lasts = (3 * self.lasts + time.monotonic() - child.locked) / 4
        if end is End.REFUSED:
            self.problems.append(f"{child.target.stem}: exited with {os.waitstatus_to_exitcode(status)}")
        return True

    @staticmethod
    def end_of(child: Child, status: int) -> End:
        """How a process ended; a claim is committed when its file is there after the process is gone."""
        if os.WIFEXITED(status):
            return End.ADDED if os.WEXITSTATUS(status) == 0 else End.REFUSED
        if child.target.exists():
            return End.KILLED_AFTER
        return End.KILLED_BETWEEN if child.locked else End.KILLED_WAITING

    def look(self) -> None:
        """Note every claim file that is missing, unexpected, half written or changed."""
        folder = self.small.layout.claims
        found = {p: p.read_bytes() for p in folder.iterdir() if not p.name.startswith(STAGING_PREFIX)}
        for path in sorted(found.keys() | self.there.keys()):
            if path not in found:
                self.problems.append(f"{path.stem}: is missing")
            elif path not in self.there:
                self.problems.append(f"{path.stem}: should not be there")
            elif found[path] != self.there[path]:
                self.problems.append(f"{path.stem}: is not what was submitted")


def add_in_this_process(small: SmallBase, given: Path) -> None:
    """The real command line, in a process that was forked for it; never returns."""
    from onrecord.cli.main import run

    code = 99
    try:
        sink = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1):
            os.dup2(sink, stream)
        run(["add", str(given), "--date", DAY, *small.options()])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    finally:
        os._exit(code)


def preload() -> None:
    """Import what `add` needs, so that children need not; none of it opens a store or starts a thread."""
    for name in PRELOADED:
        import_module(name)


def main(root: str, archive: str, folder: str, kills: int, seed: int) -> None:
    """Kill until enough were killed, a quarter of them between lock and commit; print the account."""
    preload()
    driver = Driver(SmallBase(Path(root), Path(archive)), Path(folder), random.Random(seed))
    driver.there = {p: p.read_bytes() for p in driver.small.layout.claims.iterdir()}
    began = time.monotonic()
    driver.round((Plan.NEVER,))
    while driver.kills < kills or driver.ends[End.KILLED_BETWEEN] < kills // 4:
        weights = {Plan.EARLY: 3, Plan.LOCKED: 10, Plan.COMMITTED: 1, Plan.NEVER: 1}
        plans = driver.chance.choices(list(weights), list(weights.values()), k=2)
        driver.round(tuple(plans))
        if driver.problems:
            break
    driver.round((Plan.NEVER, Plan.NEVER))
    account = {
        "kills": driver.kills,
        "ends": {end.value: driver.ends[end] for end in End},
        "rounds": driver.rounds,
        "claims": len(driver.there),
        "seconds": round(time.monotonic() - began, 1),
        "seconds from lock to end": round(driver.lasts, 2),
        "problems": driver.problems,
    }
    print(json.dumps(account, indent=1))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
