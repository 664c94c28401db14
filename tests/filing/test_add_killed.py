"""`add` killed with SIGKILL, two processes at once: what exited 0 is there once, no other, no half file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from command_line import RunCli
from small_base import ROOT, SmallBase

FULL = os.environ.get("ONRECORD_FULL") == "1"
SEED = 20261121


def kill(small: SmallBase, folder: Path, kills: int) -> str:
    """Run the driver (killing.py) and give back its account."""
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
    arguments = [str(small.root), str(small.archive), str(folder), str(kills), str(SEED)]
    ran = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killing.py")), *arguments],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def look_at(small: SmallBase, account: dict[str, Any], kills: int, run_cli: RunCli) -> None:
    assert account["problems"] == []
    assert account["kills"] >= kills
    assert account["ends"]["killed between lock and commit"] >= kills // 4
    assert account["ends"]["exited 0"] >= 3
    ran = run_cli("check", "--strict", "-f", "json", *small.options())
    assert ran.code == 0, ran.out
    assert small.kb().check().claims == account["claims"] + 1
    assert not list(small.layout.facts.rglob(".onrecord-*"))


@pytest.mark.skipif(FULL, reason="the full count is run instead")
def test_killed_a_few_times(
    harbour: SmallBase, tmp_path: Path, run_cli: RunCli, capfd: pytest.CaptureFixture[str]
) -> None:
    printed = kill(harbour, tmp_path, 24)
    with capfd.disabled():
        print(f"\nadd, killed: {printed}")
    look_at(harbour, json.loads(printed), 24, run_cli)


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="runs where ONRECORD_FULL=1")
def test_killed_two_hundred_times(
    harbour: SmallBase, tmp_path: Path, run_cli: RunCli, capfd: pytest.CaptureFixture[str]
) -> None:
    printed = kill(harbour, tmp_path, 200)
    with capfd.disabled():
        print(f"\nadd, killed: {printed}")
    look_at(harbour, json.loads(printed), 200, run_cli)
