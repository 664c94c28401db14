"""Rule wording-negation: something is denied in the statement and not in its quotations, or conversely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.citations.wording.case import Case, Problem, Rule
from onrecord.citations.wording.lexicon import AUXILIARIES, Negative, negatives, opposite
from onrecord.citations.wording.tokens import Token, is_content, stem
from onrecord.model import Severity

_WINDOW = 8
_HEAD_WITHIN = 4


def check_negation(case: Case) -> Iterator[Problem]:
    """One problem a claim: a negation missing on one side, else a word denied on one side only.

    A gap says that something is not on record, which no quotation can say: what it denies is not looked for.
    """
    if not case.passages:
        return
    found = _in_quotations_only(case) or _turned_in_quotation(case)
    if found is None and not case.claim.is_gap:
        found = _in_statement_only(case) or _turned_in_statement(case) or _prefixed(case)
    if found is not None:
        yield found


def _in_statement_only(case: Case) -> Problem | None:
    denied = [n for n in negatives(case.statement) if n.plain]
    if not denied or any(_denies(row, case.statement) or _says_none(row) for row in case.quoted):
        return None
    wording = _wording(case.statement, denied[0])
    return case.problem(
        f'The statement denies something ("{wording}"), and none of its quotations does.',
        "Quote the words that deny it, or state what the source says instead of what it does not say.",
    )


def _denies(row: Sequence[Token], other: Sequence[Token]) -> bool:
    """Whether something in a row may stand for a negation in the other."""
    return any(n.answers(other) for n in negatives(row))


def _says_none(row: Sequence[Token]) -> bool:
    return any(t.word in ("0", "zero", "nil") for t in row)


def _in_quotations_only(case: Case) -> Problem | None:
    for passage, row in zip(case.passages, case.quoted, strict=True):
        denied = [n for n in negatives(row) if n.plain]
        if denied and not _denies(case.statement, row):
            return case.problem_of(
                passage.citation,
                f'The quotation denies something ("{_wording(row, denied[0])}"), and the statement does not.',
                "Say it in the statement, or quote words that support the statement as it stands.",
            )
    return None


def _turned_in_statement(case: Case) -> Problem | None:
    """A word that the statement denies and that the quotations have and never deny."""
    for negative, head in _heads(case.statement):
        rows = [row for row in case.quoted if _positions(row, head)]
        if rows and all(_never_denied(row, head) for row in rows):
            return case.problem(
                f'The statement denies "{_wording(case.statement, negative, head)}", which the quotations'
                " have without a negation.",
                "Compare the statement with the quoted words, and quote those that deny it.",
            )
    return None


def _turned_in_quotation(case: Case) -> Problem | None:
    """A word that a quotation denies and that the statement has and never denies."""
    for passage, row in zip(case.passages, case.exact, strict=True):
        for negative, head in _heads(row):
            if _never_denied(case.statement, head) and not _elsewhere(case, row, head):
                return case.problem_of(
                    passage.citation,
                    f'The quotation denies "{_wording(row, negative, head)}", which the statement has'
                    " without a negation.",
                    "Carry the negation over into the statement.",
                )
    return None


def _elsewhere(case: Case, row: Sequence[Token], head: str) -> bool:
    """Whether another quotation has the word without denying it."""
    return any(other is not row and _never_denied(other, head) for other in case.exact)


def _heads(row: Sequence[Token]) -> Iterator[tuple[Negative, str]]:
    """Each direct negation with the stem of the word that it denies."""
    for negative in negatives(row):
        if not negative.direct:
            continue
        for token in row[negative.end : negative.end + _HEAD_WITHIN]:
            if not token.is_word:
                break
            if is_content(token) and token.word not in AUXILIARIES and not token.word.endswith("ly"):
                yield negative, stem(token.word)
                break


def _positions(row: Sequence[Token], head: str) -> list[int]:
    return [i for i, t in enumerate(row) if t.is_word and stem(t.word) == head]


def _never_denied(row: Sequence[Token], head: str) -> bool:
    """Whether the word stands in the row and no negation stands near it, in any form."""
    places = _positions(row, head)
    denied = negatives(row)
    return bool(places) and not any(_near(row, n, i) for n in denied for i in places)


def _near(row: Sequence[Token], negative: Negative, at: int) -> bool:
    low, high = min(negative.start, at), max(negative.end, at)
    reach = _WINDOW if at < negative.start else 2 * _WINDOW
    return high - low <= reach + 2 and not any(t.is_strong_stop for t in row[low:high])


def _prefixed(case: Case) -> Problem | None:
    """`criminal` for `noncriminal`, `substantiated` for `unsubstantiated`, and the other way round."""
    quoted = [t for row in case.quoted for t in (*row, _BREAK)]
    lost = _opposed(quoted, case.statement)
    if lost:
        return case.problem(
            f'The quotations say "{lost}", and the statement says the opposite.',
            "Use the quotation's word, or one that means the same.",
        )
    added = _opposed(case.statement, quoted)
    if added:
        return case.problem(
            f'The statement says "{added}", and the quotations say the opposite.',
            "Use the quotation's word, or one that means the same.",
        )
    return None


_BREAK = Token(".", ".", is_word=False)


def _opposed(negative: Sequence[Token], positive: Sequence[Token]) -> str:
    """A word with a negative prefix on one side whose bare form the other side has, undenied, and only it."""
    bare = {t.word for t in negative if t.is_word} - _after_non(negative)
    other = {t.word for t in positive}
    for word, base in _prefixed_words(negative):
        if base in bare or word in other or base in _after_non(positive):
            continue
        if any(t.word == base for t in positive) and _never_denied(positive, stem(base)):
            return word
    return ""


def _prefixed_words(row: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for i, token in enumerate(row):
        if token.word == "non" and i + 1 < len(row) and row[i + 1].is_word:
            yield "non" + row[i + 1].word, row[i + 1].word
        elif opposite(token.word):
            yield token.word, opposite(token.word)


def _after_non(row: Sequence[Token]) -> set[str]:
    return {b.word for a, b in pairwise(row) if a.word == "non"}


def _wording(row: Sequence[Token], negative: Negative, head: str = "") -> str:
    end = negative.end
    if head:
        end = next((i + 1 for i in _positions(row, head) if i >= negative.end), end)
    return " ".join(t.raw for t in row[negative.start : end])


RULE: Rule[Case] = Rule(
    "wording-negation",
    Severity.VIOLATION,
    "A negation on one side only",
    "The statement denies something that no supporting quotation (prefix and suffix included) denies, or a"
    " quotation denies something and the statement does not; or a word stands denied on one side and"
    " undenied on the other (`criminal` for `noncriminal`, too). A negation may be carried by another"
    " negative word: `declines`, `lacks`, `only`, `unless`. Quote the words that deny it, or carry the"
    " negation over into the statement.",
    check_negation,
)
