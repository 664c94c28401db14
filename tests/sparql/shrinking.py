"""Making a failing case small: claims, triples and parts of the query are taken out while it still fails."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from .brute_force import Subsets, plain
from .query_tree import Query
from .random_bases import Base
from .witness_checks import Check, Failure

HEADS = re.compile(r"(?:SELECT|GROUP BY|ORDER BY|CONSTRUCT|HAVING)[^{}]*")
BARE = re.compile(r"\{ (?:MINUS|FILTER|OPTIONAL|BIND)")


def shrink(failure: Failure, kind: str, seconds: float = 20) -> Failure:
    """A failure of the same kind on a smaller base or query; the one given where none is found in time."""
    deadline = time.monotonic() + seconds
    progress = True
    while progress:
        progress = False
        for base, query in _smaller(failure):
            if time.monotonic() > deadline:
                return failure
            found = _failing(base, query, kind, failure)
            if found is not None:
                failure, progress = found, True
                break
    return failure


def _smaller(failure: Failure) -> Iterator[tuple[Base, Query]]:
    odd = _oddities(failure.query.text)
    yield from ((failure.base, query) for query in failure.query.smaller() if _oddities(query.text) <= odd)
    yield from ((base, failure.query) for base in failure.base.smaller())


def _oddities(text: str) -> int:
    """How much of a query no one would write: groups without a pattern, columns that nothing binds."""
    heads = set(re.findall(r"\?\w+", " ".join(HEADS.findall(text))))
    return len(BARE.findall(text)) + len(heads - set(re.findall(r"\?\w+", HEADS.sub("", text))))


def _failing(base: Base, query: Query, kind: str, failing: Failure) -> Failure | None:
    subsets = Subsets(base)
    try:
        plain(subsets.store(subsets.full), query)
    except (SyntaxError, ValueError, RuntimeError):
        return None
    failures = Check(subsets, query, kind).run().failures
    return next((f for f in failures if f.signature == failing.signature), None)
