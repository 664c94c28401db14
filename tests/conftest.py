"""What every test stands on: its own cache and archive, no base named from outside, a command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Ran, RunCli
from onrecord.cli.main import run
from onrecord.sources.archive import ENVIRONMENT as ARCHIVE
from onrecord.store.index import CACHE_ENVIRONMENT
from onrecord.store.layout import ENVIRONMENT as BASE


@pytest.fixture(scope="session")
def index_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache of indexes for all tests: an index is named by its base and its bytes, so they share it."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, index_cache: Path) -> None:
    """Keep tests off the archive, cache and base of whoever runs them."""
    monkeypatch.setenv(CACHE_ENVIRONMENT, str(index_cache))
    monkeypatch.setenv(ARCHIVE, str(tmp_path / "no-archive"))
    monkeypatch.delenv(BASE, raising=False)


@pytest.fixture
def run_cli(capfd: pytest.CaptureFixture[str]) -> RunCli:
    """Run the command line in this process."""

    def call(*arguments: str) -> Ran:
        capfd.readouterr()
        with pytest.raises(SystemExit) as stopped:
            run(list(arguments))
        written = capfd.readouterr()
        code = stopped.value.code
        assert isinstance(code, int)
        return Ran(code, written.out, written.err)

    return call
