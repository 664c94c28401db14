"""Fixtures of the tests on filing: the small base, with its texts, commitments and proofs."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_base
from small_base import SmallBase


@pytest.fixture(scope="session")
def harbour_template(tmp_path_factory: pytest.TempPathFactory) -> SmallBase:
    """The small base, made once; tests work on copies."""
    return small_base.make(tmp_path_factory.mktemp("harbour"))


@pytest.fixture
def harbour(harbour_template: SmallBase, tmp_path: Path) -> SmallBase:
    """A copy of the small base, to be written to."""
    return harbour_template.copy(tmp_path)
