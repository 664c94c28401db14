"""Rules wording-close and wording-title: a statement in the source's words, a title instead of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from onrecord.citations.wording.case import Case, Passage, Problem, Rule
from onrecord.model import Severity
from onrecord.text import words

RUN = 8
"""How many consecutive words of the source a statement may not have."""
_SMALL_RUN = 4
_SHARE = 0.8


def check_close(case: Case) -> Iterator[Problem]:
    """Statements that repeat the source's words instead of saying it in ours."""
    statement = _without_names(case, words(case.claim.statement))
    for passage in case.passages:
        rows = [_without_names(case, words(text)) for text in (_sentence(passage), passage.citation.exact)]
        run = _shared_run(statement, rows)
        if run:
            yield case.problem_of(
                passage.citation,
                f'The statement has {RUN} or more words of the source in a row ("{run} ...").',
                "Say it in your own words; the quotation shows the source's.",
            )
        elif _is_mostly(statement, rows[1]):
            yield case.problem_of(
                passage.citation,
                "The statement is little more than the quotation itself.",
                "Say in your own words what the quotation shows.",
            )


def _sentence(passage: Passage) -> str:
    return " ".join((passage.before, passage.citation.exact, passage.after))


def _without_names(case: Case, row: Sequence[str]) -> tuple[str, ...]:
    """The words with each long name of an asserted entity as one word, since names cannot be reworded."""
    joined = f" {' '.join(w for w in row if any(c.isalnum() for c in w))} "
    names = {
        _joined(name)
        for iri in case.claim.entities
        if iri in case.entities
        for name in case.entities[iri].names
    }
    for name in sorted(names, key=lambda n: (-len(n), n)):
        if " " in name:
            joined = joined.replace(f" {name} ", f" {name.replace(' ', '_')} ")
    return tuple(joined.split())


@lru_cache(maxsize=65_536)
def _joined(name: str) -> str:
    return " ".join(words(name))


def _shared_run(statement: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    runs = {tuple(row[i : i + RUN]) for row in rows for i in range(len(row) - RUN + 1)}
    for i in range(len(statement) - RUN + 1):
        run = tuple(statement[i : i + RUN])
        if run in runs:
            return " ".join(run).replace("_", " ")
    return ""


def _is_mostly(statement: Sequence[str], quotation: Sequence[str]) -> bool:
    """Whether runs of four words of the quotation make up most of the statement."""
    runs = {tuple(quotation[i : i + _SMALL_RUN]) for i in range(len(quotation) - _SMALL_RUN + 1)}
    covered = set[int]()
    for i in range(len(statement) - _SMALL_RUN + 1):
        if tuple(statement[i : i + _SMALL_RUN]) in runs:
            covered.update(range(i, i + _SMALL_RUN))
    return bool(statement) and len(covered) >= _SHARE * len(statement)


def check_title(case: Case) -> Iterator[Problem]:
    """Quotations that are the source's title, or part of it, and not its text."""
    for passage in case.passages:
        source = case.sources.get(passage.citation.source)
        exact = words(passage.citation.exact)
        if source is None or not exact:
            continue
        title = f" {' '.join(words(source.title))} "
        whole = words(_sentence(passage)) if passage.by_text else exact
        if f" {' '.join(exact)} " in title and f" {' '.join(whole)} " in title:
            yield case.problem_of(
                passage.citation,
                "The quotation is the source's title or part of it; a title asserts little.",
                "Quote the text in which the source says it.",
            )


RULES: tuple[Rule[Case], ...] = (
    Rule(
        "wording-close",
        Severity.WARNING,
        "A statement too close to the source's words",
        f"The statement has a run of {RUN} or more words in common with a quotation or its sentence (a long"
        " name counts as one word), or is little more than the quotation. Say it in your own words; the"
        " quotation shows the source's.",
        check_close,
    ),
    Rule(
        "wording-title",
        Severity.WARNING,
        "A title as quotation",
        "The quotation is the source's title or a part of it. Titles shorten, ask and exaggerate; quote the"
        " text in which the source says it.",
        check_title,
    ),
)
