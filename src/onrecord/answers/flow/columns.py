"""Which pairs of parties a picture draws backwards, so that circles open and it has few columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Pair = tuple[str, str]
_MOST_TURNED = 12


def turned(pairs: Sequence[Pair], most: int) -> frozenset[Pair]:
    """The pairs to draw from right to left, so that the longest way has at most so many parties.

    Circles are opened first; then, while a way is too long and something helps, the pair is turned that
    shortens it most. Each turn costs a reader, so no more than a dozen are made for the width alone.
    """
    kept = list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))
    back = _closing(kept)
    for _ in range(_MOST_TURNED):
        way = _longest(kept, back) or []
        if len(way) <= most:
            break
        tried = []
        for at, pair in enumerate(pairwise(way)):
            now = back ^ {pair if pair in kept else pair[::-1]}
            longest = _longest(kept, now)
            if longest is not None and len(longest) < len(way):
                tried.append((len(longest), -at, now))
        if not tried:
            break
        back = min(tried, key=lambda t: t[:2])[2]
    return back


def _closing(pairs: Iterable[Pair]) -> frozenset[Pair]:
    """The pairs that close a circle, met on a walk along all pairs in their order."""
    after = _after(pairs)
    state: dict[str, int] = {}
    found: set[Pair] = set()
    for start in after:
        todo = [(start, iter(after[start]))] if start not in state else []
        state.setdefault(start, 1)
        while todo:
            party, rest = todo[-1]
            target = next(rest, None)
            if target is None:
                state[party] = 2
                todo.pop()
            elif state.get(target) == 1:
                found.add((party, target))
            elif target not in state:
                state[target] = 1
                todo.append((target, iter(after.get(target, ()))))
    return frozenset(found)


def _after(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    after: dict[str, list[str]] = {}
    for source, target in pairs:
        after.setdefault(source, []).append(target)
    return after


def _longest(pairs: Iterable[Pair], back: frozenset[Pair]) -> list[str] | None:
    """The longest way once some pairs are turned; None where they go in a circle."""
    now = list(dict.fromkeys((b, a) if (a, b) in back else (a, b) for a, b in pairs))
    after = _after(now)
    waiting = {party: 0 for pair in now for party in pair}
    for _, target in now:
        waiting[target] += 1
    ready = [party for party, count in waiting.items() if count == 0]
    best: dict[str, tuple[int, str]] = dict.fromkeys(waiting, (1, ""))
    done = 0
    while ready:
        party = ready.pop()
        done += 1
        for target in after.get(party, ()):
            best[target] = max(best[target], (best[party][0] + 1, party))
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return _way(best) if done == len(waiting) else None


def _way(best: Mapping[str, tuple[int, str]]) -> list[str]:
    party = max(best, key=lambda p: (best[p][0], p), default="")
    way = []
    while party:
        way.append(party)
        party = best[party][1]
    return way[::-1]
