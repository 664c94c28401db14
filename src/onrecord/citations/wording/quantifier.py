"""Rule wording-quantifier: a statement that claims more than its quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.citations.wording.bounds import check_bounds
from onrecord.citations.wording.case import Case, Problem, Rule
from onrecord.citations.wording.lexicon import CARRIES_CONDITION, CARRIES_HEDGE, negatives
from onrecord.citations.wording.numbers import Kind, figures
from onrecord.citations.wording.tokens import Phrases, Token
from onrecord.model import Severity, Standing

_ALL = Phrases(
    "all | every | each | always | any | everyone | everybody | everything | anyone | invariably",
)
_ALL_IDIOMS = Phrases(
    "at all | after all | above all | in all | all but | each other | all of it | if any | any more",
    "in any case | not all | not every | not always | not any | all told | of all kinds | any other",
    "all other | any longer",
)
_CARRIES_ALL = Phrases(
    "all | every | each | always | any | everyone | everybody | everything | anyone | invariably",
    "whenever | entire | whole | wherever | whichever | whatever | whoever | both | no | none | never",
    "throughout | without exception | either | universally | nobody | nothing | full | such",
)
_EVERY_TIME = {
    "day": ("daily",), "week": ("weekly",), "month": ("monthly",), "quarter": ("quarterly",),
    "year": ("annual", "annually", "yearly"),
}  # fmt: skip
_MOST = Phrases(
    "most | majority | mostly | mainly | predominantly | nearly all | almost all | vast majority",
)
_MOST_IDIOMS = Phrases(
    "at most | most likely | most recent | most recently | most serious | at the most",
)
_CARRIES_MOST = Phrases(
    "most | majority | mostly | mainly | largely | primarily | predominantly | overwhelmingly | chiefly",
    "principally | more than half | over half | all | every | each | bulk | always",
)
_MANY = Phrases(
    "many | often | generally | typically | usually | frequently | commonly | routinely | numerous",
    "regularly",
)
_CARRIES_MANY = Phrases(
    "many | often | generally | typically | usually | frequently | commonly | routinely | numerous",
    "regularly | repeatedly | hundreds | thousands | dozens | most | mostly | majority | all | every",
    "each | always | largely | recurring | persistent | widespread | large | multiple | normally",
    "mainly",
)
_FEW = Phrases(
    "some | several | few | sometimes | occasionally | rarely | seldom | at times | in some cases",
    "certain | handful | small fraction | minority | hardly | one | isolated | selected | selective",
)
_NONE = Phrases("no | none | never | nobody | nothing | no one")
_NONE_IDIOMS = Phrases(
    "no longer | no later than | no more than | no fewer than | no less than | no doubt | no matter",
)
_SCARCELY = Phrases(
    "few | rarely | seldom | hardly | scarcely | little | small | limited | occasionally | some",
    "not always",
)
_ONLY = Phrases(
    "only | exclusively | solely | sole | exclusive | no other | alone | nothing but | the single",
)
_ONLY_IDIOMS = Phrases(
    "not only | if only | only a few | only a small | only some | only recently | only a fraction",
)
_CARRIES_ONLY = Phrases(
    "only | exclusively | solely | sole | exclusive | alone | just | merely | unless | until | except",
    "limited to | no other | other than | nothing | without | restricted to | confined to | single",
    "shall not | may not | not | no | none | cannot | never | prohibited | prohibit | purely",
)


def check_quantifiers(case: Case) -> Iterator[Problem]:
    """A quantifier or limit of the statement that is stronger than any in the quotations.

    Of a gap, which says what is not on record, only the limits next to figures are compared.
    """
    if not case.passages:
        return
    for message in () if case.claim.is_gap else _stronger(case):
        yield case.problem(
            message, "Use the quotation's own measure, or quote the words that carry the stronger one."
        )
    yield from check_bounds(case)


def _stronger(case: Case) -> Iterator[str]:
    for found, message in (
        (_all_stronger(case), "says of all what the quotations do not say of all"),
        (_none_stronger(case), "says of none what the quotations say of few"),
        (_most_stronger(case), "says of most what the quotations do not say of most"),
        (_many_stronger(case), "says of many what the quotations say of fewer"),
        (_few_for_many(case), "says of few what the quotations say of many"),
        (_only_stronger(case), "excludes others, and the quotations do not"),
    ):
        if found:
            yield f'The statement ("{found}") {message}.'
    measure = _measure_lost(case)
    if measure:
        yield f'The quotation says "{measure}", and the statement says it without any such measure.'


def _few_for_many(case: Case) -> str:
    """`few`, `rarely` where the quotations say many, most or all, and nothing smaller."""
    at = first(case.statement, _RARE, Phrases("a few | few if any | quite a few"))
    smaller = carried(case, _SCARCELY) or carried(case, _FEW)
    if at is None or smaller or not carried(case, _CARRIES_MANY):
        return ""
    return case.statement[at].raw


_RARE = Phrases("few | rarely | seldom | hardly ever | scarcely")


def _measure_lost(case: Case) -> str:
    """`often`, `generally` of a quotation where nothing in the statement says that it is not always so."""
    if any(p.stand_in(case.statement) for p in (CARRIES_HEDGE, CARRIES_CONDITION, _MEASURES, _FEW)):
        return ""
    for row in case.exact:
        at = first(row, _MEASURES, Phrases("how often | as often as | more often than not"))
        if at is not None:
            return row[at].raw
    return ""


_MEASURES = Phrases(
    "often | generally | typically | usually | sometimes | frequently | occasionally | rarely"
)


def first(row: Sequence[Token], phrases: Phrases, idioms: Phrases) -> int | None:
    """Where the first of the phrases begins that is no part of an idiom."""
    index = 0
    while index < len(row):
        idiom = idioms.at(row, index)
        if idiom:
            index += idiom
        elif phrases.at(row, index):
            return index
        else:
            index += 1
    return None


def carried(case: Case, phrases: Phrases) -> bool:
    """Whether one of the phrases stands in a quotation or its affixes."""
    return any(phrases.stand_in(row) for row in case.quoted)


def _all_stronger(case: Case) -> str:
    at = first(case.statement, _ALL, _ALL_IDIOMS)
    if at is None or carried(case, _CARRIES_ALL) or _any_in_scope(case.statement, at):
        return ""
    word = case.statement[at].word
    following = case.statement[at + 1].word if at + 1 < len(case.statement) else ""
    spoken = {t.word for row in case.quoted for t in row}
    if spoken & {*_EVERY_TIME.get(following.rstrip("s"), ()), "per"} and following.rstrip("s") in _EVERY_TIME:
        return ""
    if word in ("any", "each", "every") and _is_general_law(case):
        return ""
    return word


def _any_in_scope(row: Sequence[Token], at: int) -> bool:
    """`any` in a condition, comparison or denial is no `all`."""
    if row[at].word not in ("any", "anyone"):
        return False
    ahead = [t.word for t in row[max(0, at - 8) : at]]
    return bool(negatives(row[max(0, at - 8) : at])) or any(
        w in ("if", "whether", "when", "than", "before") for w in ahead
    )


def _is_general_law(case: Case) -> bool:
    """A rule of law on `a facility` or `an employee` binds every one."""
    return any(
        p.citation.standing is Standing.LAW and any(t.word in ("a", "an") for t in row)
        for p, row in zip(case.passages, case.quoted, strict=True)
    )


def _none_stronger(case: Case) -> str:
    at = first(case.statement, _NONE, _NONE_IDIOMS)
    if at is None or not any(negatives(row) for row in case.quoted):
        return ""
    if any(n.plain for row in case.quoted for n in negatives(row)) or not carried(case, _SCARCELY):
        return ""
    return case.statement[at].word


def _most_stronger(case: Case) -> str:
    at = first(case.statement, _MOST, _MOST_IDIOMS)
    if at is None or carried(case, _CARRIES_MOST) or _over_half(case):
        return ""
    following = case.statement[at + 1].word if at + 1 < len(case.statement) else ""
    before = case.statement[at - 1].word if at else ""
    if case.statement[at].word == "most" and (
        before in ("the", "its", "their") and following.endswith(("ed", "nt", "ve"))
    ):
        return ""
    return case.statement[at].word


def _over_half(case: Case) -> bool:
    shares = (f for quotation in case.quotations for f in figures(quotation) if f.kind is Kind.SHARE)
    return any(2 * f.value > 1 for f in shares)


def _many_stronger(case: Case) -> str:
    at = first(case.statement, _MANY, Phrases("how many | as many as | how often | as often as"))
    if at is None or carried(case, _CARRIES_MANY) or not carried(case, _FEW):
        return ""
    return case.statement[at].word


def _only_stronger(case: Case) -> str:
    at = first(case.statement, _ONLY, _ONLY_IDIOMS)
    if at is None or carried(case, _CARRIES_ONLY):
        return ""
    return case.statement[at].word


RULE: Rule[Case] = Rule(
    "wording-quantifier",
    Severity.VIOLATION,
    "A quantifier stronger than the quotation's",
    "The statement says all, every, any, none, most, many or only where the supporting quotations say"
    " less or nothing of the kind; or `at least`, `up to`, `more than`, `about` next to a figure was"
    " lost or added. Use the quotation's own measure, or quote the words that carry the stronger one.",
    check_quantifiers,
)
