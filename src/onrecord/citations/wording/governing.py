"""What governs a fragment from outside: negations, conditions, hedges and attributions of its sentence.

A negation governs the rest of its own clause, lists included, and a fragment that is the subject of a negated
predicate. A condition that opens a sentence or conjunct governs all of it, one that closes a clause governs
that clause. A hedge governs the rest of its clause; a sentence adverb (`in practice, ...`) governs like an
opening condition. An attribution governs what is said, and `..., according to ICE` what stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.citations.wording.clauses import Edge, Sentence, closed
from onrecord.citations.wording.lexicon import (
    ATTRIBUTIONS,
    AUXILIARIES,
    CONDITIONS,
    DOUBTS,
    FINITE,
    Negative,
    negatives,
)
from onrecord.citations.wording.operators import (
    REACH,
    Operator,
    is_fronted,
    parted,
    same_clause,
    subject_end,
)
from onrecord.citations.wording.speech import attributions, hedges, is_no_speech
from onrecord.citations.wording.tokens import Token, word_set

_REACH_BEHIND = 8
_FALSEHOODS = word_set(
    "false untrue unproven unfounded denied disputed rejected debunked baseless unsupported incorrect",
    "wrong unconfirmed unverified unsubstantiated contradicted refuted retracted misleading inaccurate",
    "reversed overturned withdrawn rescinded dismissed vacated disproved",
)
_TURNS = frozenset(("but", "though", "although", "however", "yet", "until"))
_SUBJECT_NEGATORS = frozenset(("no", "none", "nothing", "nobody", "neither", "nor"))
_PLACES = word_set(
    "facility facilities office offices place places country building area areas site sites system",
    "process framework model structure landscape environment world point stage",
)


def governing(sentence: Sentence) -> Iterator[Operator]:
    """Every operator outside the fragment that governs it."""
    yield from _negations(sentence)
    yield from _conditions(sentence)
    yield from hedges(sentence)
    yield from attributions(sentence)


def inside(sentence: Sentence) -> Iterator[Operator]:
    """Conditions and attributions that the fragment itself has, and that its statement must carry too."""
    row = sentence.row
    for kind, phrases in (("condition", CONDITIONS), ("attribution", ATTRIBUTIONS)):
        for start, end in phrases.find(row):
            if not sentence.first <= start < end <= sentence.last:
                continue
            if kind == "condition" and not _is_condition(row, start):
                continue
            if kind == "attribution" and (is_no_speech(row, start, end) or row[start].word == "critics"):
                continue
            yield Operator(kind, start, end)


# Negations


def _negations(sentence: Sentence) -> Iterator[Operator]:
    row, first, last = sentence.row, sentence.first, sentence.last
    plain = [n for n in negatives(row) if n.plain]
    for n in plain:
        if _reaches(sentence, n) and not (n.direct and _in_consequence(row, n.end, first)):
            yield Operator("negation", n.start, n.end)
    for start, end in DOUBTS.find(row):
        if _reaches(sentence, Negative(start, end, plain=True)):
            yield Operator("negation", start, end)
    for n in plain:
        if last <= n.start < last + 2 * _REACH_BEHIND and _denies_behind(sentence, n):
            yield Operator("negation", n.start, n.end)
    yield from _taken_back_later(sentence)


def _taken_back_later(sentence: Sentence) -> Iterator[Operator]:
    """`| is false`, `| ..., but that finding was reversed`."""
    row, last = sentence.row, sentence.last
    for k in range(last, min(len(row), last + 2 * _REACH_BEHIND)):
        if row[k].word not in _FALSEHOODS:
            continue
        near = k < last + _REACH_BEHIND and same_clause(sentence, last - 1, k)
        if (near and _predicate(sentence, k)) or _turned_against(row, last, k):
            yield Operator("negation", k, k + 1)


def _turned_against(row: Sequence[Token], start: int, at: int) -> bool:
    """`| ..., but that finding was reversed`: a turn, then what was said, then its end."""
    turn = next((k for k in range(start, at) if row[k].word in _TURNS), None)
    if turn is None or any(row[k].is_strong_stop for k in range(start, at)):
        return False
    return any(row[k].word in _POINTERS for k in range(turn, at))


_POINTERS = frozenset(("that", "this", "it", "which", "the", "they", "those", "these"))


def _denies_behind(sentence: Sentence, n: Negative) -> bool:
    near = n.start < sentence.last + _REACH_BEHIND and same_clause(sentence, sentence.last - 1, n.start)
    return (near and _denies_subject(sentence, n.start)) or _takes_back(sentence, n)


def _reaches(sentence: Sentence, n: Negative) -> bool:
    """Whether a negation before the fragment reaches it within its own clause."""
    row, first = sentence.row, sentence.first
    if n.end > first or first - n.end > REACH or not same_clause(sentence, n.end, first):
        return False
    if not n.direct and _new_noun(row, n.end, first):
        return False
    return not closed(row, n.end, subject_end(sentence), subject=row[n.start].word in _SUBJECT_NEGATORS)


def _takes_back(sentence: Sentence, n: Negative) -> bool:
    """`| ..., which was never confirmed`, `| ..., a claim that has not been proved`."""
    row = sentence.row
    commas = [k for k in range(sentence.last, n.start) if not row[k].is_word]
    if len(commas) != 1 or row[commas[0]].word != ",":
        return False
    opening = [t.word for t in row[commas[0] + 1 : commas[0] + 3]]
    return bool(_CLAIMS.intersection(opening)) and any(t.word in _VERIFIED for t in row[n.end : n.end + 3])


_CLAIMS = frozenset(("which", "claim", "allegation", "assertion", "account", "charge", "accusation"))
_VERIFIED = word_set(
    "substantiated confirmed established proved proven verified corroborated shown true supported"
)


def _in_consequence(row: Sequence[Token], start: int, first: int) -> bool:
    """Whether the fragment is in `, creating ...` behind a denied verb: a consequence is not denied."""
    if row[start - 1].word == "without":
        return False
    return any(
        row[k].word == "," and row[k + 1].word.endswith("ing") and row[k + 1].word not in _NO_PARTICIPLES
        for k in range(start, min(first, len(row) - 1))
    )


_NO_PARTICIPLES = frozenset(
    ("including", "during", "regarding", "concerning", "something", "nothing", "anything")
)


def _denies_subject(sentence: Sentence, at: int) -> bool:
    """`| is not ...`, `| that are not ...`, `| cannot ...`: the negator of the first predicate behind."""
    row = sentence.row
    word, stretch = row[at].word, [t.word for t in row[sentence.last : at]]
    if any(w in _NESTING for w in stretch[1:]):
        return False
    if word == "cannot" or word.endswith("n't"):
        return not any(w in FINITE for w in stretch)
    if word not in ("not", "never") and not (
        word == "no" and [t.word for t in row[at + 1 : at + 2]] == ["longer"]
    ):
        return False
    finite = [k for k, w in enumerate(stretch) if w in AUXILIARIES]
    return not stretch or (stretch[-1] in AUXILIARIES and len(stretch) - finite[0] <= 3)


_NESTING = frozenset(("that", "which", "who", "where", "when", "if", "to", "by"))


def _predicate(sentence: Sentence, at: int) -> bool:
    """Whether a word is the predicate of the fragment: an auxiliary close before it, none earlier."""
    stretch = [t.word for t in sentence.row[sentence.last : at]]
    finite = [k for k, w in enumerate(stretch) if w in FINITE or w in ("remains", "remained", "proved")]
    return bool(finite) and finite[0] <= 3 and len(stretch) - finite[0] <= 4


# Conditions


def _conditions(sentence: Sentence) -> Iterator[Operator]:
    if _is_inverted(sentence):
        yield Operator("condition", 0, 1)
    for start, end in CONDITIONS.find(sentence.row):
        if sentence.first <= start < sentence.last or not _is_condition(sentence.row, start):
            continue
        governs = _opens_over(sentence, start) if start < sentence.first else _closes_over(sentence, start)
        if governs:
            yield Operator("condition", start, end)


def _is_inverted(sentence: Sentence) -> bool:
    """`Had the charge been proved, | ...`: a condition without a conjunction, before the fragment."""
    row = sentence.row
    if not row or row[0].raw not in ("Had", "Were", "Should") or sentence.first < 3:
        return False
    return any(t.word == "," for t in row[1 : sentence.first])


def _is_condition(row: Sequence[Token], at: int) -> bool:
    word = row[at].word
    before = row[at - 1].word if at else ""
    after = row[at + 1] if at + 1 < len(row) else None
    if word in ("when", "where") and (after is None or not after.is_word or after.word in ("and", "or")):
        return False
    if before == "even" or (word == "where" and before in _PLACES):
        return False
    if word == "once" and (
        before in ("at", "more") or after is None or after.word in AUXILIARIES or not after.is_word
    ):
        return False
    if word in ("if", "when", "where") and before in (
        "determine",
        "assess",
        "regarding",
        "know",
        "ask",
        "of",
        "about",
    ):
        return False
    if word == "in" and after is not None and row[min(at + 2, len(row) - 1)].word == "of":
        return False
    return not (word == "subject" and before not in ("", ",", ";", ":", "—", "and", "shall", "may", "that"))


def _opens_over(sentence: Sentence, at: int) -> bool:
    """A condition before the fragment: in its clause, or at the opening of what the fragment belongs to."""
    if not sentence.between(at, sentence.first):
        return is_fronted(sentence, at) or not _new_noun(sentence.row, at, sentence.first)
    if not is_fronted(sentence, at):
        return not parted(sentence, at, sentence.first, from_start=True)
    return not parted(sentence, at, sentence.first, from_start=False)


def _new_noun(row: Sequence[Token], start: int, first: int) -> bool:
    """`its role when a case is criminal and its | capacity`: it stays with the first of two nouns."""
    return any(
        row[k].word in ("and", "or") and row[k + 1].word in ("its", "the", "their", "a", "an", "his", "her")
        for k in range(start, min(first, len(row) - 1))
    )


def _closes_over(sentence: Sentence, at: int) -> bool:
    """A condition behind the fragment: in its clause, or right behind that clause's comma."""
    edges = sentence.between(sentence.last - 1, at)
    if any(edge is not Edge.CONDITION for _, edge in edges):
        return False
    if not edges:
        return not any(t.word == "," for t in sentence.row[sentence.last : at])
    return edges[-1][0] == at and not _follows_conjunction(sentence, at)


def _follows_conjunction(sentence: Sentence, at: int) -> bool:
    words_before = [t.word for t in sentence.row[max(sentence.last, at - 2) : at] if t.is_word]
    return words_before[-1:] in (["and"], ["but"])
