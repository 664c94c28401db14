"""Rules: figures, dates, telephone numbers, addresses and references that no quotation carries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from onrecord.citations.wording import marks
from onrecord.citations.wording.case import Case, Problem, Rule
from onrecord.citations.wording.marks import Mark, masked
from onrecord.citations.wording.numbers import ROUGH_END, Figure, Kind, equivalents, figures
from onrecord.citations.wording.tokens import fold, is_content, stem, tokens
from onrecord.model import Severity


def _names(text: str) -> list[Mark]:
    """Everything in a text whose digits are no figures."""
    return [*marks.emails(text), *marks.urls(text), *marks.phones(text), *marks.references(text)]


def figures_of_statement(statement: str) -> list[Figure]:
    """The figures of a statement that are no part of a date, number, address or reference."""
    folded = fold(statement)
    return figures(masked(folded, [*_names(folded), *_dates_of(folded)]))


def _dates_of(text: str) -> list[Mark]:
    folded = fold(text)
    return marks.dates(masked(folded, _names(folded)))


def _evidence(quotation: str) -> Iterator[Figure]:
    folded = fold(quotation)
    yield from figures(masked(folded, [*_names(folded), *_dates_of(folded)]))
    yield from equivalents(folded)


def _years(quotation: str) -> set[str]:
    return {form[0] for date in _dates_of(quotation) for form in date.forms}


def _carried(figure: Figure, given: Iterable[Figure], years: set[str]) -> bool:
    return figure.wording in years or any(_equal(figure, other) for other in given)


def _equal(figure: Figure, other: Figure) -> bool:
    if figure.kind is Kind.ROUGH and other.kind is Kind.NUMBER:
        return figure.value <= other.value < ROUGH_END[figure.value]
    if {figure.kind, other.kind} == {Kind.NUMBER, Kind.TIMES}:
        return figure.value == other.value
    return figure.kind is other.kind and figure.value == other.value


def check_figures(case: Case) -> Iterator[Problem]:
    """Figures of the statement that no quotation carries."""
    wanted = figures_of_statement(case.claim.statement)
    if not wanted:
        return
    given = {(f.kind, f.value): f for quotation in case.quotations for f in _evidence(quotation)}
    years = {year for quotation in case.quotations for year in _years(quotation)}
    lost = (f for f in wanted if not _carried(f, given.values(), years) and not _is_article(case, f))
    for wording in _unseen(f.wording for f in lost):
        yield case.problem(
            f'The figure "{wording}" of the statement is in none of its quotations.',
            "Quote the words that carry the figure in a second citation, or drop it from the statement.",
        )
    for wording in _unseen(_other_units(case, wanted)):
        yield case.problem(
            f'The quotations have the figure of "{wording}" with another unit of time only.',
            "Use the unit of the quotation.",
        )


_TIME_UNIT = re.compile(
    r"[\s-]*(?:(?:calendar|business|working|consecutive|full)[\s-]+)?(minute|hour|day|week|month|year|decade)s?\b",
    re.IGNORECASE,
)


def _unit(text: str, figure: Figure) -> str:
    """The unit of time behind a figure; "" for none."""
    found = _TIME_UNIT.match(text, figure.end)
    return found[1].lower() if found else ""


def _other_units(case: Case, wanted: Iterable[Figure]) -> Iterator[str]:
    """Figures with a unit of time that the quotations give the same figure never, and another one always."""
    statement = fold(case.claim.statement)
    quoted = [fold(q) for q in case.quotations]
    for figure in wanted:
        unit = _unit(statement, figure)
        same = [(q, f) for q in quoted if unit for f in _evidence(q) if _equal(figure, f)]
        units = {_unit(q, f) for q, f in same}
        if units and "" not in units and unit not in units:
            yield f"{figure.wording} {unit}"


def _is_article(case: Case, figure: Figure) -> bool:
    """`one past period` for `a past period`: the same noun, one of it."""
    if figure.wording.lower() != "one":
        return False
    behind = tokens(fold(case.claim.statement)[figure.end :])[:3]
    nouns = {stem(t.word) for t in behind if is_content(t)}
    return any(
        token.word in ("a", "an") and any(stem(t.word) in nouns for t in row[k + 1 : k + 4])
        for row in case.quoted
        for k, token in enumerate(row)
    )


def check_dates(case: Case) -> Iterator[Problem]:
    """Dates of the statement that no quotation carries."""
    given = [m for quotation in case.quotations for m in _dates_of(quotation)]
    lost = (m for m in _dates_of(case.claim.statement) if not marks.dated_as(m, given))
    for wording in _unseen(m.wording for m in lost):
        yield case.problem(
            f'The date "{wording}" of the statement is in none of its quotations.',
            "Quote the words that give the date in a second citation, or say it less exactly, as the source"
            " does.",
        )


def _unseen(wordings: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(w.strip() for w in wordings))


def _check_marks(read: Callable[[str], list[Mark]], noun: str) -> Callable[[Case], Iterator[Problem]]:
    def check(case: Case) -> Iterator[Problem]:
        given = {form for quotation in case.quotations for m in read(quotation) for form in m.forms}
        lost = (m for m in read(case.claim.statement) if not given.intersection(m.forms))
        for wording in _unseen(m.wording for m in lost):
            yield case.problem(
                f'The {noun} "{wording}" of the statement is in none of its quotations.',
                f"Compare it with the source, digit by digit, and quote the words that give the {noun}.",
            )

    return check


def check_references(case: Case) -> Iterator[Problem]:
    """Statute and report numbers that neither a quotation nor a citation's locator or source carries."""
    wanted = marks.references(case.claim.statement)
    if not wanted:
        return
    given = [m for text in _referring(case) for m in marks.references(text)]
    for wording in _unseen(m.wording for m in wanted if not marks.refers_to(m, given)):
        yield case.problem(
            f'The reference "{wording}" of the statement is in none of its quotations.',
            "Quote the words that name it, or put the section into the citation's locator if the quotation"
            " stands there.",
        )


def _referring(case: Case) -> Iterator[str]:
    for passage in case.passages:
        yield passage.citation.quoted
        yield passage.citation.locator
        source = case.sources.get(passage.citation.source)
        if source is not None:
            yield source.identifier
            yield source.title


RULES: tuple[Rule[Case], ...] = (
    Rule(
        "wording-figure",
        Severity.VIOLATION,
        "A figure that no quotation carries",
        "The statement names a number, number word, percentage, sum of money, fraction, ordinal or year"
        " that none of the claim's supporting quotations holds (prefix and suffix count). Number words equal"
        " digits, half equals 50 percent. A figure that was worked out from others is not quoted: state the"
        " figures that are. Quote the words that carry the figure in a second citation, or drop it from the"
        " statement.",
        check_figures,
    ),
    Rule(
        "wording-date",
        Severity.VIOLATION,
        "A date that no quotation carries",
        "The statement names a day, month or date that none of the supporting quotations gives. The order"
        " of day, month and year does not matter, and a statement may be less exact than its quotation."
        " Quote the words that give the date, or say it less exactly.",
        check_dates,
    ),
    Rule(
        "wording-phone",
        Severity.VIOLATION,
        "A telephone number that no quotation carries",
        "The statement gives a telephone number that none of the supporting quotations holds. Letters count"
        " as the digits of their keys and a leading 1 does not count. Compare the number with the source"
        " and quote it.",
        _check_marks(marks.phones, "telephone number"),
    ),
    Rule(
        "wording-e-mail",
        Severity.VIOLATION,
        "An e-mail address that no quotation carries",
        "The statement gives an e-mail address that none of the supporting quotations holds; upper and"
        " lower case are the same. Compare the address with the source and quote it.",
        _check_marks(marks.emails, "e-mail address"),
    ),
    Rule(
        "wording-statute",
        Severity.VIOLATION,
        "A statute, regulation or report number that no quotation carries",
        "The statement names a statute, regulation, section, directive or report by its number, and neither"
        " a supporting quotation names it nor is it where the quotation stands (the citation's locator, the"
        " source's identifier or title). A coarser number is carried by a finer one: 6 CFR part 115 by 6"
        " CFR 115.22(e).",
        check_references,
    ),
)
