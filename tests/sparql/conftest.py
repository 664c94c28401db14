"""Fixtures of the tests on queries."""

from __future__ import annotations

from pathlib import Path

import pytest

import disputed_base
from small_base import SmallBase


@pytest.fixture(scope="session")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> SmallBase:
    """The disputed base; not to be written to."""
    return disputed_base.make(tmp_path_factory.mktemp("disputed"))


@pytest.fixture
def disputed_copy(disputed: SmallBase, tmp_path: Path) -> SmallBase:
    """A copy of it, to be written to."""
    return disputed.copy(tmp_path)
