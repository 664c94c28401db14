"""Rule wording-obligation: a statement that binds harder than its quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.citations.wording.case import Case, Problem, Rule
from onrecord.citations.wording.lexicon import CARRIES_CONDITION, CARRIES_HEDGE, MODALS, negatives
from onrecord.citations.wording.quantifier import carried, first
from onrecord.citations.wording.tokens import Phrases, Token, stem, stems
from onrecord.model import Severity

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
    at = first(row, _FORBIDS, _MUST_IDIOMS)
    if at is not None:
        freed = carried(case, _FREES) and not carried(case, _FORBIDS)
        if freed or not carried(case, _CARRIES_FORBIDS):
            return _said(row, at, _FORBIDS), "forbids, and the quotations do not"
        return None
    if _allows_forbidden(case):
        return "without not", "lets somebody do what the quotations forbid"
    at = first(row, _FREES, Phrases("not required by"))
    if at is not None and carried(case, Phrases("must | shall")) and not carried(case, _FREES):
        return _said(row, at, _FREES), "frees from what the quotations oblige to"
    at = first(row, _MUST, _MUST_IDIOMS)
    if at is not None and not carried(case, _CARRIES_MUST):
        return _said(row, at, _MUST), "makes a duty of what the quotations do not oblige anybody to"
    at = first(row, _SHOULD, _MUST_IDIOMS)
    if at is not None and not (carried(case, _CARRIES_MUST) or carried(case, _CARRIES_SHOULD)):
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


RULE: Rule[Case] = Rule(
    "wording-obligation",
    Severity.VIOLATION,
    "An obligation stronger than the quotation's",
    "The statement says must, should or may not where the supporting quotations bind less or not at"
    " all, or says flatly what they only permit or think possible. In a list of duties the binding word"
    " stands in its opening words: quote them in a citation of their own.",
    check_obligations,
)
