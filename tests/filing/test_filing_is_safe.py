"""Filing when something is in the way: no space, no permission, another process, what a killed one left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import RunCli
from onrecord import writing
from onrecord.errors import FilingError
from onrecord.filing.adding import Submission
from onrecord.filing.lock import LOCK_NAME, locked
from onrecord.writing import STAGING_PREFIX
from small_base import ROOT, SmallBase, as_file, inspector_claim

NEW = as_file(inspector_claim("inspector-keeps-reports"))
needs_other_user = pytest.mark.skipif(os.geteuid() == 0, reason="root may write to a read-only folder")


def submit(small: SmallBase, slug: str) -> str:
    return small.kb().add(Submission(as_file(inspector_claim(slug)), "new.trig")).file


LIMITED = """
import resource, signal, sys
from onrecord.cli.main import run
from onrecord.kb import KnowledgeBase
KnowledgeBase.open(sys.argv[2]).base
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
run(["add", "--kb", *sys.argv[2:]])
"""
"""`add` where no file may grow beyond a size, as on a full disk; the index is built beforehand."""
NO_LIMIT = 10**9


def start_adding(small: SmallBase, given: Path, largest_file: int = NO_LIMIT) -> subprocess.Popen[str]:
    """Begin to add a file in a process of its own."""
    arguments = [str(largest_file), str(small.root), str(given), "--archive", str(small.archive)]
    return subprocess.Popen(
        [sys.executable, "-c", LIMITED, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("largest_file", [100, 2500])
def test_a_full_disk_leaves_every_byte_as_it_was(
    harbour: SmallBase, tmp_path: Path, largest_file: int
) -> None:
    given = tmp_path / "new.trig"
    given.write_bytes(NEW + b"# a long remark\n" * 200)
    before = harbour.digests()
    adding = start_adding(harbour, given, largest_file)
    _, complaint = adding.communicate(timeout=60)
    assert (adding.returncode, harbour.digests()) == (2, before), complaint
    assert "File too large" in complaint
    assert start_adding(harbour, given).wait(timeout=60) == 0


@needs_other_user
def test_a_folder_that_is_read_only_is_said_to_be_so(
    harbour: SmallBase, run_cli: RunCli, tmp_path: Path
) -> None:
    given = tmp_path / "new.trig"
    given.write_bytes(NEW)
    harbour.layout.claims.chmod(0o555)
    try:
        ran = run_cli("add", str(given), *harbour.options())
    finally:
        harbour.layout.claims.chmod(0o755)
    assert (ran.code, "Cannot be written" in ran.err) == (2, True)


def test_a_folder_that_is_none_is_said_to_be_so(harbour: SmallBase) -> None:
    """What root can see of a place that cannot be written to: a file stands where the folder should be."""
    proofs = harbour.layout.proofs
    for path in proofs.iterdir():
        path.unlink()
    proofs.rmdir()
    proofs.write_text("in the way", "utf-8")
    before = harbour.digests()
    with pytest.raises(FilingError, match="facts/proofs"):
        submit(harbour, "inspector-keeps-reports")
    assert harbour.digests() == before


def test_a_claim_file_that_appears_meanwhile_is_never_overwritten(
    harbour: SmallBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writing.write_whole

    def write(path: Path, data: bytes, *, replace: bool = True) -> None:
        if not replace:
            path.write_text("# somebody else's\n", "utf-8")
        real(path, data, replace=replace)

    monkeypatch.setattr("onrecord.filing.adding.write_whole", write)
    with pytest.raises(FilingError, match="exists already"):
        submit(harbour, "inspector-keeps-reports")
    path = harbour.layout.claims / "inspector-keeps-reports.trig"
    assert path.read_text("utf-8") == "# somebody else's\n"
    assert not (harbour.layout.proofs / "inspector-keeps-reports.json").exists()


def test_what_a_killed_process_left_is_swept_away(harbour: SmallBase) -> None:
    left = [folder / f"{STAGING_PREFIX}x7" for folder in (harbour.layout.claims, harbour.layout.proofs)]
    for path in left:
        path.write_text("half of a cl", "utf-8")
    assert submit(harbour, "inspector-keeps-reports")
    assert not any(path.exists() for path in left)


def test_the_lock_names_its_holder_and_is_waited_for(harbour: SmallBase) -> None:
    waiting = locked(harbour.layout, patience=0.05)
    with locked(harbour.layout), pytest.raises(FilingError, match=f"process {os.getpid()}"), waiting:
        pass


def test_a_lock_file_left_behind_is_no_lock(harbour: SmallBase) -> None:
    (harbour.root / LOCK_NAME).write_text("999999\n", "ascii")
    assert submit(harbour, "inspector-keeps-reports")


def test_processes_that_add_at_once_file_every_claim(harbour: SmallBase, tmp_path: Path) -> None:
    slugs = [f"claim-number-{n}" for n in range(4)]
    running = []
    for slug in slugs:
        given = tmp_path / f"{slug}.trig"
        given.write_bytes(as_file(inspector_claim(slug)))
        running.append(start_adding(harbour, given))
    assert [process.wait(timeout=120) for process in running] == [0] * 4
    report = harbour.kb().check(strict=True)
    assert (report.fails(), report.claims) == (False, 6)
