"""Words for an edge of the referral flow: its force, its condition, its standing, what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.answers.flow import Flow
from onrecord.answers.flow_reading import Edge
from onrecord.answers.phrasing import one_line
from onrecord.model import Standing

CAUTION = "A flow joins claims that no single source joins: each arrow says no more than its claims."


def numbers(edge: Edge) -> str:
    """The numbers of an edge's notes: `[1][4]`."""
    return "".join(f"[{number}]" for number in edge.notes)


def force(edge: Edge) -> str:
    """An edge's obligation and time limit, as far as stated: `must, promptly`; that it is a report."""
    parts = [*(["reports"] if edge.is_report else []), edge.obligation, *edge.time_limits]
    return ", ".join(part for part in parts if part)


def conditions(edge: Edge) -> str:
    """When an edge holds, in one line; "" where no condition is stated."""
    return "; ".join(edge.conditions)


def standing(edge: Edge) -> str:
    """On what an edge stands, and when it holds; allegations and arguments are attributed."""
    words = edge.standing.label
    if edge.standing in (Standing.ALLEGATION, Standing.ARGUMENT):
        verb = "only alleged" if edge.standing is Standing.ALLEGATION else "only argued"
        words = f"{verb} by {listed(edge.said_by) or 'somebody not named'}"
    return ", ".join([words, *edge.times])


def instead(edge: Edge, flow: Flow) -> str:
    """Who may receive it in the place of the target; "" where nobody may."""
    return f"or to {listed([flow.name(i) for i in edge.instead], 'or')} instead" if edge.instead else ""


def matters(edge: Edge, flow: Flow) -> str:
    """What an edge is about; "" where no matter is named."""
    return ", ".join(flow.name(iri) for iri in edge.matters)


def disputed(edge: Edge) -> str:
    """That an edge is disputed, and how; "" where it is not."""
    return f"DISPUTED: {', '.join(edge.disputes)}" if edge.disputes else ""


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words in a row.

    >>> listed(["a", "b", "c"], "or")
    'a, b or c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(flow: Flow) -> str:
    """How much the flow holds, what it was narrowed to, and the version of the base."""
    kinds = [sum(not e.is_report for e in flow.edges), sum(e.is_report for e in flow.edges)]
    what = [_count(kinds[0], "referral"), *([_count(kinds[1], "report")] if kinds[1] else [])]
    parts = [f"{listed(what)} between {_count(len(flow.parties), 'party', 'parties')}"]
    parts += [_count(sum(e.is_disputed for e in flow.edges), "disputed arrow")]
    parts += [f"on {listed(_names(flow, flow.wanted.matters), 'or')}"] if flow.wanted.matters else []
    parts += [f"from or to {listed(_names(flow, flow.wanted.parties), 'or')}"] if flow.wanted.parties else []
    parts += [f"as of {flow.wanted.as_of}"] if flow.wanted.as_of else []
    parts += [f"version {one_line(flow.version)} of the base"] if flow.version else []
    return "; ".join(parts)


def _names(flow: Flow, iris: frozenset[str]) -> list[str]:
    return sorted(flow.name(iri) for iri in iris)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def left_out(flow: Flow) -> Iterator[tuple[str, list[str]]]:
    """Why claims are left out, each reason with the claims."""
    reasons: dict[str, list[str]] = {}
    for item in flow.left_out:
        reasons.setdefault(item.reason, []).append(item.claim)
    yield from sorted(reasons.items())
