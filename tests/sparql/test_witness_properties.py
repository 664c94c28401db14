"""Witnesses of random queries: sound in every class; minimal and all found where the query only adds rows."""

from __future__ import annotations

import os

import pytest

from sparql.random_queries import CLASSES
from sparql.witness_run import header, run_class

FULL = os.environ.get("ONRECORD_FULL") == "1"
SEED, COUNT, MOST_COUNT = 20261121, 60, 2000
NEED_ROWS = 0.35 if FULL else 0.25
"""What share of the queries must have an answer for the test to say something."""

NEED_MINIMAL = 0.3
"""What share of the witnesses must not be able to spare any claim: all of the base is no witness of a row."""


@pytest.mark.parametrize("kind", CLASSES)
def test_witnesses(kind: str) -> None:
    run = run_class(kind, SEED, MOST_COUNT if FULL else COUNT)
    print(f"seed {SEED}\n{header()}\n{run.line()}")
    assert not run.required, "\n\n".join(f"query {index}: {failure}" for index, failure in run.required[:3])
    assert run.counts["same answers"] == run.counts["queries"]
    assert run.counts["with rows"] >= NEED_ROWS * run.counts["queries"]
    assert run.counts["sound"] == run.counts["witnesses"] > 0
    assert run.counts["minimal"] >= NEED_MINIMAL * run.counts["witnesses"]
