"""How far a flow goes from one party or to it, and what is nearest where it does not go at all."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from onrecord.answers.flow.reading import Edge, Wanted

Within = Callable[[Edge], bool]
"""Whether an edge belongs to the part of the flow that is wanted."""


def distances(pairs: Iterable[tuple[str, str]], start: str) -> Mapping[str, int]:
    """How many steps each party is from one, along pairs of parties; those that are not reached are left out.

    >>> distances([("a", "b"), ("b", "a"), ("c", "a")], "a")
    {'a': 0, 'b': 1}
    """
    after: dict[str, list[str]] = {}
    for source, target in pairs:
        after.setdefault(source, []).append(target)
    found = {start: 0}
    todo = deque([start])
    while todo:
        party = todo.popleft()
        for target in after.get(party, ()):
            if target not in found:
                found[target] = found[party] + 1
                todo.append(target)
    return found


def within(edges: Iterable[Edge], wanted: Wanted) -> Within:
    """Which edges leave the start, or reach the end, within the steps that are wanted."""
    pairs = [(edge.source, edge.target) for edge in edges]
    ahead = distances(pairs, wanted.start) if wanted.start else {}
    back = distances([(b, a) for a, b in pairs], wanted.end) if wanted.end else {}
    most = wanted.steps or len(pairs) + 1

    def is_within(edge: Edge) -> bool:
        leaves = not wanted.start or ahead.get(edge.source, most) < most
        reaches = not wanted.end or back.get(edge.target, most) < most
        return leaves and reaches

    return is_within


def near(edges: Sequence[Edge], start: str, end: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is nearest to a way that is not there: to whom the start passes on, from whom the end receives.

    Each as "to", "from" or "back" (there is a way from the end to the start), and parties.
    """
    pairs = [(e.source, e.target) for e in edges if e.source != e.target]
    if start:
        yield "to", tuple(dict.fromkeys(b for a, b in pairs if a == start))
    if end:
        yield "from", tuple(dict.fromkeys(a for a, b in pairs if b == end))
    if start and end and start != end and start in distances(pairs, end):
        yield "back", (start,)
