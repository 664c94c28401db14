"""Words for an edge of the referral flow: its force, its condition, its standing, what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.answers.flow.flow import Flow, Near
from onrecord.answers.flow.reading import RETIRED, Edge
from onrecord.answers.phrasing import one_line
from onrecord.model import Standing

NOTHING = "Not on record: no referral that fits."
CUT = "There may be more or longer routes: the search stopped here."
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
    """That an edge is disputed or retired, and how; "" where it is neither."""
    retired = [word for word in edge.disputes if word in RETIRED]
    rest = [word for word in edge.disputes if word not in RETIRED]
    parts = [f"RETIRED: {', '.join(retired)}"] if retired else []
    return "; ".join([*parts, *([f"DISPUTED: {', '.join(rest)}"] if rest else [])])


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words in a row.

    >>> listed(["a", "b", "c"], "or")
    'a, b or c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(flow: Flow) -> str:
    """How much the flow holds, and what it was narrowed to."""
    kinds = [sum(not e.is_report for e in flow.edges), sum(e.is_report for e in flow.edges)]
    what = [_count(kinds[0], "referral"), *([_count(kinds[1], "report")] if kinds[1] else [])]
    wanted = flow.wanted
    parts = [f"{listed(what)} between {_count(len(flow.parties), 'party', 'parties')}"]
    parts += [_count(sum(e.is_disputed for e in flow.edges), "disputed arrow")]
    parts += [f"on {listed(_names(flow, wanted.matters), 'or')}"] if wanted.matters else []
    parts += [f"from or to {listed(_names(flow, wanted.parties), 'or')}"] if wanted.parties else []
    how_far = f", {_count(wanted.steps, 'step')} far" if wanted.steps else ", as far as it goes"
    parts += [f"what leaves {flow.name(wanted.start)}{how_far}"] if wanted.start else []
    parts += [f"what reaches {flow.name(wanted.end)}{how_far}"] if wanted.end else []
    parts += [f"also what is {listed(sorted(wanted.include))}"] if wanted.include else []
    return "; ".join(parts)


def origin(flow: Flow) -> str:
    """Which base the flow is drawn from, which state of it, and for which date."""
    drawn = flow.origin
    base = f"\u201c{one_line(drawn.base)}\u201d" if drawn.base else "the base"
    version = f", version {one_line(drawn.version)}" if drawn.version else ""
    until = f", claims added until {one_line(drawn.latest)}" if drawn.latest else ""
    day = f"As of {flow.wanted.as_of}" if flow.wanted.as_of else "As of any date"
    return f"{day}. Drawn from {base}{version}{until}."


def nearby(flow: Flow) -> Iterator[str]:
    """What is on record where nothing is that was asked for, in sentences."""
    for near in flow.near:
        yield _near(flow, near)


def _near(flow: Flow, near: Near) -> str:
    name, others = flow.name(near.iri), listed([flow.name(iri) for iri in near.others])
    if near.kind == "matters":
        return f"There are referrals on: {others}." if others else "No referral names a matter."
    if near.kind == "back":
        return f"There is a route the other way, from {name} to {others}."
    on = f" about {listed(_names(flow, near.on), 'or')}" if near.on else ""
    if near.kind == "to":
        return f"{name} passes on only to {others}{on}." if others else f"{name} passes nothing on{on}."
    return f"{name} receives only from {others}{on}." if others else f"{name} receives nothing{on}."


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
