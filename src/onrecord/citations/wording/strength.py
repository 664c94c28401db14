"""Rules wording-quantifier and wording-obligation: a statement that claims more or binds harder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.citations.wording.bounds import check_bounds
from onrecord.citations.wording.case import Case, Problem, Rule
from onrecord.citations.wording.lexicon import CARRIES_CONDITION, CARRIES_HEDGE, MODALS, negatives
from onrecord.citations.wording.numbers import Kind, figures
from onrecord.citations.wording.tokens import Phrases, Token, stem, stems
from onrecord.model import Severity, Standing

# Quantifiers

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
        (_only_stronger(case), "excludes others, and the quotations do not"),
    ):
        if found:
            yield f'The statement ("{found}") {message}.'
    measure = _measure_lost(case)
    if measure:
        yield f'The quotation says "{measure}", and the statement says it without any such measure.'


def _measure_lost(case: Case) -> str:
    """`often`, `generally` of a quotation where nothing in the statement says that it is not always so."""
    if any(p.stand_in(case.statement) for p in (CARRIES_HEDGE, CARRIES_CONDITION, _MEASURES, _FEW)):
        return ""
    for row in case.exact:
        at = _first(row, _MEASURES, Phrases("how often | as often as | more often than not"))
        if at is not None:
            return row[at].raw
    return ""


_MEASURES = Phrases(
    "often | generally | typically | usually | sometimes | frequently | occasionally | rarely"
)


def _first(row: Sequence[Token], phrases: Phrases, idioms: Phrases) -> int | None:
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


def _carried(case: Case, phrases: Phrases) -> bool:
    return any(phrases.stand_in(row) for row in case.quoted)


def _all_stronger(case: Case) -> str:
    at = _first(case.statement, _ALL, _ALL_IDIOMS)
    if at is None or _carried(case, _CARRIES_ALL) or _any_in_scope(case.statement, at):
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
    at = _first(case.statement, _NONE, _NONE_IDIOMS)
    if at is None or not any(negatives(row) for row in case.quoted):
        return ""
    if any(n.plain for row in case.quoted for n in negatives(row)) or not _carried(case, _SCARCELY):
        return ""
    return case.statement[at].word


def _most_stronger(case: Case) -> str:
    at = _first(case.statement, _MOST, _MOST_IDIOMS)
    if at is None or _carried(case, _CARRIES_MOST) or _over_half(case):
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
    at = _first(case.statement, _MANY, Phrases("how many | as many as | how often | as often as"))
    if at is None or _carried(case, _CARRIES_MANY) or not _carried(case, _FEW):
        return ""
    return case.statement[at].word


def _only_stronger(case: Case) -> str:
    at = _first(case.statement, _ONLY, _ONLY_IDIOMS)
    if at is None or _carried(case, _CARRIES_ONLY):
        return ""
    return case.statement[at].word


# Obligations

_MUST = Phrases(
    "must | shall | is required to | are required to | was required to | were required to",
    "be required to | is obliged | are obliged | is obligated | are obligated | has to | have to",
    "had to | mandatory | is bound to | are bound to | requires | require | obliges | compels",
    "mandates | is mandated | are mandated",
)
_MUST_IDIOMS = Phrases(
    "has to do | have to do | had to do | do not have to | does not have to | has to expect",
    "have to expect | must expect | need not | not required to",
    "not have to",
)
_CARRIES_MUST = Phrases(
    "must | shall | required | requires | require | requiring | requirement | requirements | obliged",
    "obligated | obligation | obligations | has to | have to | had to | mandatory | mandates | mandated",
    "mandate | bound to | duty | duties | responsible | responsibility | compelled | compels | need to",
    "needs to | directed to | directs | may not | cannot | prohibited | prohibits | charged with",
    "subject to | ordered | necessary | instructs | is to | are to",
)
_SHOULD = Phrases(
    "should | ought to | is supposed to | are supposed to | is advised to | are advised to",
)
_CARRIES_SHOULD = Phrases(
    "should | ought | recommend | recommends | recommended | recommending | recommendation",
    "recommendations | advise | advises | advised | suggest | suggests | suggested | urge | urges",
    "urged | encourage | encourages | encouraged | expect | expects | expected | supposed | best",
    "would | benefit | need | needs | needed | advocate | advocates | call for | calls for | important",
    "guidance | consider | use | file | provide | request | follow | keep | preserve | contact | report",
    "ask | submit | document | include | check | note | call | seek | treat",
)
_FORBIDS = Phrases(
    "must not | shall not | may not | mustn't | is prohibited from | are prohibited from",
    "is forbidden to | prohibits | are forbidden to | is not permitted | are not permitted",
    "is not allowed | are not allowed | is barred from | are barred from | forbids | bars | must never",
    "may never | shall never | can not legally | is not authorised",
)
_CARRIES_FORBIDS = Phrases(
    "must not | shall not | may not | mustn't | prohibited | prohibits | prohibit | forbidden | forbids",
    "forbid | barred | not permitted | not allowed | bars | bar | never | cannot | can not",
    "not authorized | not authorised | unlawful | shall no | no | illegal | neither | nor | prevent",
    "preclude | precludes | prohibition | should not | must neither | not be | not to | not | without",
)
_FREES = Phrases(
    "need not | needs not | not required | not have to | not obliged | not obligated | not necessary",
    "optional",
)


def check_obligations(case: Case) -> Iterator[Problem]:
    """An obligation of the statement that is stronger than any in the quotations; a gap binds nobody."""
    if not case.passages or case.claim.is_gap:
        return
    found = _binds_harder(case)
    if found:
        yield case.problem(
            f'The statement ("{found[0]}") {found[1]}.',
            "Use the quotation's own verb, or quote the words that bind (the opening words of a list, for"
            " instance).",
        )


def _binds_harder(case: Case) -> tuple[str, str] | None:
    row = case.statement
    at = _first(row, _FORBIDS, _MUST_IDIOMS)
    if at is not None:
        freed = _carried(case, _FREES) and not _carried(case, _FORBIDS)
        if freed or not _carried(case, _CARRIES_FORBIDS):
            return _said(row, at, _FORBIDS), "forbids, and the quotations do not"
        return None
    if _allows_forbidden(case):
        return "without not", "lets somebody do what the quotations forbid"
    at = _first(row, _FREES, Phrases("not required by"))
    if at is not None and _carried(case, Phrases("must | shall")) and not _carried(case, _FREES):
        return _said(row, at, _FREES), "frees from what the quotations oblige to"
    at = _first(row, _MUST, _MUST_IDIOMS)
    if at is not None and not _carried(case, _CARRIES_MUST):
        return _said(row, at, _MUST), "makes a duty of what the quotations do not oblige anybody to"
    at = _first(row, _SHOULD, _MUST_IDIOMS)
    if at is not None and not (_carried(case, _CARRIES_MUST) or _carried(case, _CARRIES_SHOULD)):
        return _said(row, at, _SHOULD), "recommends what the quotations do not recommend"
    flat = _flat(case)
    return (
        (flat, "has no such word, so it says flatly what the quotation only thinks possible")
        if flat
        else None
    )


def _allows_forbidden(case: Case) -> bool:
    """Every binding verb of the quotations is denied, and the statement's is not, nor is anything it says."""
    spoken = _modals(case.statement)
    quoted = [denied for row in case.exact for denied in _modals(row)]
    if not spoken or any(spoken) or not quoted or not all(quoted):
        return False
    row = case.statement
    denied = any(n.direct and row[n.start].word != "without" for n in negatives(row))
    return not denied and not _ELSE.stand_in(row)


_ELSE = Phrases(
    "only | prohibited | prohibits | prohibit | forbidden | barred | bars | bar | refuse | refrain",
    "avoid | withhold",
    "withheld | except | keep from | stop | prevented | prevent | protect | protected | secret",
    "confidential",
)


def _modals(row: Sequence[Token]) -> list[bool]:
    """For each may, must, shall, should, can: whether it is denied."""
    found = []
    for i, token in enumerate(row):
        if token.word in ("may", "must", "shall", "should", "can", "cannot"):
            near = [t.word for t in row[i + 1 : i + 2]]
            found.append(token.word == "cannot" or near in (["not"], ["never"], ["neither"], ["no"]))
    return found


def _said(row: Sequence[Token], at: int, phrases: Phrases) -> str:
    return " ".join(t.raw for t in row[at : at + phrases.at(row, at)])


def _flat(case: Case) -> str:
    """A quotation that only permits or thinks possible, where nothing in the statement says so."""
    if CARRIES_HEDGE.stand_in(case.statement) or CARRIES_CONDITION.stand_in(case.statement):
        return ""
    spoken = {stem(t.word) for t in case.statement if t.is_word}
    for row in case.exact:
        for modal, verb in _permitted(row):
            asserted = any(verb in stems(other) for other in case.exact if other is not row)
            if verb not in spoken and asserted:
                continue
            return modal
    return ""


def _permitted(row: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Each `may` or `can` of a main clause, with the stem of its verb."""
    for i, token in enumerate(row):
        if token.word not in MODALS or _is_subordinate(row, i):
            continue
        for following in row[i + 1 : i + 4]:
            if not following.is_word or following.word == "not":
                break
            if not following.word.endswith("ly") and following.word not in ("be", "also", "have"):
                yield token.raw, stem(following.word)
                break


def _is_subordinate(row: Sequence[Token], at: int) -> bool:
    """`that may have contributed`, `how detainees may contact`: not what the quotation says itself."""
    ahead = [t.word for t in row[max(0, at - 4) : at]]
    return any(
        w in ("that", "which", "who", "how", "where", "so", "what", "if", "when", ",", "by") for w in ahead
    )


RULES: tuple[Rule[Case], ...] = (
    Rule(
        "wording-quantifier",
        Severity.VIOLATION,
        "A quantifier stronger than the quotation's",
        "The statement says all, every, any, none, most, many or only where the supporting quotations say"
        " less or nothing of the kind; or `at least`, `up to`, `more than`, `about` next to a figure was"
        " lost or added. Use the quotation's own measure, or quote the words that carry the stronger one.",
        check_quantifiers,
    ),
    Rule(
        "wording-obligation",
        Severity.VIOLATION,
        "An obligation stronger than the quotation's",
        "The statement says must, should or may not where the supporting quotations bind less or not at"
        " all, or says flatly what they only permit or think possible. In a list of duties the binding word"
        " stands in its opening words: quote them in a citation of their own.",
        check_obligations,
    ),
)
