"""Limits and roundings next to a figure (`at least`, `up to`, `about`) must be those of the quotation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

import regex

from onrecord.citations.wording.case import Case, Passage, Problem
from onrecord.citations.wording.marks import dates, emails, masked, phones, references, urls
from onrecord.citations.wording.numbers import Figure, Kind, figures
from onrecord.citations.wording.tokens import fold

_BEFORE = {
    "at least": "from", "no fewer than": "from", "not fewer than": "from", "no less than": "from",
    "not less than": "from", "a minimum of": "from", "minimum of": "from", "upwards of": "from",
    "more than": "above", "over": "above", "above": "above", "exceeding": "above", "exceeds": "above",
    "exceeded": "above", "in excess of": "above", "greater than": "above",
    "at most": "to", "up to": "to", "no more than": "to", "not more than": "to", "a maximum of": "to",
    "as many as": "to", "within": "to", "not later than": "to", "no later than": "to", "not exceeding": "to",
    "fewer than": "below", "less than": "below", "under": "below", "below": "below",
    "nearly": "about", "almost": "about", "about": "about", "around": "about", "approximately": "about",
    "roughly": "about", "some": "about", "an estimated": "about", "close to": "about", "circa": "about",
    "estimated": "about", "just over": "about", "just under": "about",
}  # fmt: skip
_AFTER = {
    "or more": "from", "or greater": "from", "or higher": "from", "or fewer": "to", "or less": "to",
    "at least": "from", "at most": "to", "or so": "about", "or thereabouts": "about",
}  # fmt: skip
_WEAKER = {("from", "above"), ("to", "below")}
"""A limit that follows from another: `more than 5` is also `at least 5`."""

_LONGEST_FIRST = sorted(_BEFORE, key=len, reverse=True)
_LEADING = regex.compile(
    r"(?:^|[^\p{L}])("
    + "|".join(map(regex.escape, _LONGEST_FIRST))
    + r")\s+(?:the\s+|a\s+)?(?:same\s+|first\s+|next\s+)?[$\u20ac\u00a3]?\s?$"
)
_TRAILING = regex.compile(
    r"\s*(?:%|percent|per cent)?\s*(?:(?!of\s|and\s|or\s|to\s)\p{L}+\s)?("
    + "|".join(_AFTER)
    + r")(?!\p{L})(?=\s*(?:[,.;:)]|$|\p{L}))(?!\s+(?:than|of)\b)"
)
_TIME_UNIT = regex.compile(
    r"[\s-]*(?:calendar |business |working )?(?:day|week|month|hour|year)s?", regex.IGNORECASE
)
_IN = regex.compile(r"(?:^|\s)(?:in|has|have|for|by|a|an|the|its|each|every|of)\s+$", regex.IGNORECASE)


def check_bounds(case: Case) -> Iterator[Problem]:
    """Figures of the statement whose limit or rounding is that of none of the quotations' equal figures."""
    statement = fold(case.claim.statement)
    wanted = _bounded(statement)
    if not wanted:
        return
    given: defaultdict[tuple[Kind, Fraction], set[str]] = defaultdict(set)
    for passage in case.passages:
        for figure, bound in _bounded(_quoted(passage)):
            given[figure.kind, figure.value].add(bound)
    for figure, bound in wanted:
        bounds = given.get((figure.kind, figure.value), set())
        if not bounds or bound in bounds or any((bound, b) in _WEAKER for b in bounds):
            continue
        if _is_time_limit(statement, figure, bound, bounds):
            continue
        yield case.problem(
            _message(figure, bound, bounds),
            "Put the same limit or rounding next to the figure as the source.",
        )


def _message(figure: Figure, bound: str, bounds: set[str]) -> str:
    given = " or ".join(sorted(_NAMES[b] for b in bounds))
    return f'The statement has "{figure.wording}" {_NAMES[bound]}, and the quotation has it {given}.'


_NAMES = {
    "": "as it is", "from": "as a least value", "above": "as exceeded", "to": "as a limit",
    "below": "as not reached",
    "about": "as a rough value",
}  # fmt: skip


def _quoted(passage: Passage) -> str:
    """The quotation with the few words around it that may limit its first and last figure."""
    ahead = " ".join((passage.before or passage.citation.prefix).split()[-4:])
    behind = " ".join((passage.after or passage.citation.suffix).split()[:3])
    return f"{ahead} {passage.citation.exact} {behind}"


def _bounded(text: str) -> list[tuple[Figure, str]]:
    folded = fold(text)
    hidden = [*emails(folded), *urls(folded), *phones(folded), *references(folded), *dates(folded)]
    visible = masked(folded, hidden)
    kinds = (Kind.NUMBER, Kind.SHARE, Kind.MONEY)
    return [(f, _bound(visible, f)) for f in figures(visible) if f.kind in kinds]


def _bound(text: str, figure: Figure) -> str:
    leading = _LEADING.search(text[max(0, figure.start - 30) : figure.start].lower())
    if leading:
        return _BEFORE[leading[1]]
    trailing = _TRAILING.match(text[figure.end : figure.end + 40].lower())
    return _AFTER[trailing[1]] if trailing else ""


def _is_time_limit(text: str, figure: Figure, bound: str, bounds: set[str]) -> bool:
    """`in 60 days` and `has 7 days to` say a limit, as `within` does."""
    is_time = _TIME_UNIT.match(text, figure.end) is not None
    return (
        is_time
        and bound == ""
        and bounds == {"to"}
        and _IN.search(text[max(0, figure.start - 8) : figure.start]) is not None
    )
