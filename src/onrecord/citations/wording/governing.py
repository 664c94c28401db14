"""What governs a fragment from outside: negations, conditions, hedges and attributions of its sentence.

A negation governs the rest of its own clause, lists included, and a fragment that is the subject of a negated
predicate. A condition that opens a sentence or conjunct governs all of it, one that closes a clause governs
that clause. A hedge governs the rest of its clause; a sentence adverb (`in practice, ...`) governs like an
opening condition. An attribution governs what is said, and `..., according to ICE` what stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.citations.wording.clauses import Edge, Sentence, closed
from onrecord.citations.wording.lexicon import (
    ATTRIBUTIONS,
    AUXILIARIES,
    CONDITIONS,
    DOUBTS,
    FINITE,
    HEDGES,
    MODALS,
    Negative,
    negatives,
)
from onrecord.citations.wording.tokens import Phrases, Token, word_set

_REACH = 30
_REACH_BEHIND = 8
_PARTING = (Edge.STRONG, Edge.CONTRAST, Edge.COORDINATE)
_FALSEHOODS = word_set(
    "false untrue unproven unfounded denied disputed rejected debunked baseless unsupported incorrect",
    "wrong unconfirmed unverified unsubstantiated contradicted refuted retracted misleading inaccurate",
)
_SUBJECT_NEGATORS = frozenset(("no", "none", "nothing", "nobody", "neither", "nor"))
_RULES_FOLLOWED = word_set(
    "policy policies procedure procedures rule rules law schedule subject standard standards plan type",
    "protocol protocols practice guidelines",
)
_SENTENCE_ADVERBS = Phrases(
    "in practice | generally | typically | usually | often | sometimes | reportedly | allegedly",
    "apparently | perhaps | likely | in theory | in principle | in some cases | at times | possibly",
    "probably | frequently | mostly | largely",
)
_PLACES = word_set(
    "facility facilities office offices place places country building area areas site sites system",
    "process framework model structure landscape environment world point stage",
)


@dataclass(frozen=True, slots=True)
class Operator:
    """Words that govern a fragment: of which kind, and where in the sentence they stand."""

    kind: str
    start: int
    end: int


def governing(sentence: Sentence) -> Iterator[Operator]:
    """Every operator outside the fragment that governs it."""
    yield from _negations(sentence)
    yield from _conditions(sentence)
    yield from _hedges(sentence)
    yield from _attributions(sentence)


def inside(sentence: Sentence) -> Iterator[Operator]:
    """Conditions and attributions that the fragment itself has, and that its statement must carry too."""
    row = sentence.row
    for kind, phrases in (("condition", CONDITIONS), ("attribution", ATTRIBUTIONS)):
        for start, end in phrases.find(row):
            if not sentence.first <= start < end <= sentence.last:
                continue
            if kind == "condition" and not _is_condition(row, start):
                continue
            if kind == "attribution" and (_is_no_speech(row, start, end) or row[start].word == "critics"):
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
    for k in range(last, min(len(row), last + _REACH_BEHIND)):
        if row[k].word in _FALSEHOODS and _same_clause(sentence, last - 1, k) and _predicate(sentence, k):
            yield Operator("negation", k, k + 1)


def _denies_behind(sentence: Sentence, n: Negative) -> bool:
    near = n.start < sentence.last + _REACH_BEHIND and _same_clause(sentence, sentence.last - 1, n.start)
    return (near and _denies_subject(sentence, n.start)) or _takes_back(sentence, n)


def _reaches(sentence: Sentence, n: Negative) -> bool:
    """Whether a negation before the fragment reaches it within its own clause."""
    row, first = sentence.row, sentence.first
    if n.end > first or first - n.end > _REACH or not _same_clause(sentence, n.end, first):
        return False
    if not n.direct and _new_noun(row, n.end, first):
        return False
    return not closed(row, n.end, _subject_end(sentence), subject=row[n.start].word in _SUBJECT_NEGATORS)


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


def _same_clause(sentence: Sentence, start: int, end: int) -> bool:
    """Whether no clause begins between two tokens."""
    return not sentence.between(start, end)


def _subject_end(sentence: Sentence) -> int:
    """Up to where a new predicate would show that the fragment belongs to it: its own first auxiliary."""
    for k in range(sentence.first, min(sentence.last, sentence.first + 3)):
        if not sentence.row[k].is_word:
            break
        if sentence.row[k].word in FINITE:
            return k + 1
    return sentence.first


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
    for start, end in CONDITIONS.find(sentence.row):
        if sentence.first <= start < sentence.last or not _is_condition(sentence.row, start):
            continue
        governs = _opens_over(sentence, start) if start < sentence.first else _closes_over(sentence, start)
        if governs:
            yield Operator("condition", start, end)


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
        return _is_fronted(sentence, at) or not _new_noun(sentence.row, at, sentence.first)
    if not _is_fronted(sentence, at):
        return not _parted(sentence, at, sentence.first, from_start=True)
    return not _parted(sentence, at, sentence.first, from_start=False)


def _new_noun(row: Sequence[Token], start: int, first: int) -> bool:
    """`its role when a case is criminal and its | capacity`: it stays with the first of two nouns."""
    return any(
        row[k].word in ("and", "or") and row[k + 1].word in ("its", "the", "their", "a", "an", "his", "her")
        for k in range(start, min(first, len(row) - 1))
    )


def _is_fronted(sentence: Sentence, at: int) -> bool:
    """At the start of its sentence or conjunct, or between an auxiliary or `that` and what follows it."""
    ahead = at - 1
    while ahead >= 0 and sentence.row[ahead].word in (",", "only", "except", "even"):
        ahead -= 1
    if ahead < 0 or sentence.row[ahead].is_strong_stop:
        return True
    return sentence.row[ahead].word in FINITE | {"that", "and", "or", "but", "while", "to"}


def _parted(sentence: Sentence, start: int, end: int, *, from_start: bool) -> bool:
    """Whether another conjunct begins in between; of an opening condition, only behind its main clause."""
    main = from_start
    for _, edge in sentence.between(start, end):
        if edge is Edge.STRONG or edge is Edge.CONTRAST:
            return True
        if edge is Edge.PLAIN:
            if main:
                return True
            main = True
        elif edge is Edge.COORDINATE and main:
            return True
    return False


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


# Hedges and attributions


def _hedges(sentence: Sentence) -> Iterator[Operator]:
    row = sentence.row
    for start, end in HEDGES.find(row):
        if start and row[start - 1].word == "how":
            continue
        if end <= sentence.first:
            governs = _hedges_clause(sentence, end) or _hedges_sentence(sentence, start, end)
        else:
            governs = start >= sentence.last and _hedges_behind(sentence, start)
        if governs:
            yield Operator("hedge", start, end)


def _hedges_clause(sentence: Sentence, end: int) -> bool:
    """A hedge earlier in the fragment's clause; an apposition (`..., a record`) says nothing hedged."""
    row, first = sentence.row, sentence.first
    if (
        first - end > _REACH
        or not _same_clause(sentence, end, first)
        or closed(row, end, _subject_end(sentence))
    ):
        return False
    apposition = (
        row[first - 1].word == "," and row[first : first + 1] and row[first].word in ("a", "an", "the")
    )
    return not apposition


def _hedges_sentence(sentence: Sentence, start: int, end: int) -> bool:
    """`In practice, ...`: over the conjunct that it opens."""
    row = sentence.row
    if not _SENTENCE_ADVERBS.at(row, start) or not _is_fronted(sentence, start):
        return False
    comma = [t.word for t in row[end : end + 1]] == [","]
    return comma and not _parted(sentence, start, sentence.first, from_start=False)


def _hedges_behind(sentence: Sentence, at: int) -> bool:
    """`| may ...` where the fragment is the subject; `| in practice`, `|, reportedly` behind it."""
    skipped = sentence.row[sentence.last : at]
    if sentence.row[at].word in MODALS:
        return not skipped and not any(t.word in FINITE for t in sentence.row[sentence.first : sentence.last])
    if not _SENTENCE_ADVERBS.at(sentence.row, at):
        return False
    behind = at + _SENTENCE_ADVERBS.at(sentence.row, at)
    ends = behind >= len(sentence.row) or not sentence.row[behind].is_word
    return ends and all(t.word == "," for t in skipped)


def _attributions(sentence: Sentence) -> Iterator[Operator]:
    row = sentence.row
    for start, end in ATTRIBUTIONS.find(row):
        if _is_no_speech(row, start, end):
            continue
        if end <= sentence.first:
            if row[start].word == "according":
                governs = _is_fronted(sentence, start) and not _parted(
                    sentence, start, sentence.first, from_start=False
                )
            else:
                governs = sentence.first - end <= 2 * _REACH and not _leaves_speech(sentence, end)
        else:
            governs = start >= sentence.last and _attributes_behind(sentence, start)
        if governs:
            yield Operator("attribution", start, end)


def _is_no_speech(row: Sequence[Token], start: int, end: int) -> bool:
    """`to say`, `the stress`, `immediately and according to policy`."""
    before = row[start - 1].word if start else ""
    if before in ("to", "be", "being", "so", "the", "of") or (
        before == "and" and row[start].word == "according"
    ):
        return True
    return row[start].word == "according" and any(t.word in _RULES_FOLLOWED for t in row[end : end + 4])


def _leaves_speech(sentence: Sentence, start: int) -> bool:
    """Whether what is said ends before the fragment: another clause begins that is not part of it."""
    row = sentence.row
    head = max((k for k in sentence.starts if k < start), default=0)
    subordinate = row[head].word in _SUBORDINATORS or CONDITIONS.at(row, head) > 0
    for at, edge in sentence.between(start, sentence.first):
        goes_on = [t.word for t in row[at : at + 2]] == ["and", "that"]
        if (edge in _PARTING or (edge is Edge.PLAIN and subordinate)) and not goes_on:
            return True
    return False


_SUBORDINATORS = frozenset(("while", "although", "though", "whereas", "because", "since", "as", "after"))


def _attributes_behind(sentence: Sentence, at: int) -> bool:
    row = sentence.row
    edges = sentence.between(sentence.last - 1, at)
    if any(edge in (Edge.CONTRAST, Edge.COORDINATE, Edge.STRONG) for _, edge in edges):
        return False
    if row[at].word == "according":
        return True
    commas = [k for k in range(sentence.last, at) if row[k].word == ","]
    since = commas[-1] + 1 if commas else sentence.last
    ends = at + 1 >= len(row) or not row[at + 1].is_word
    if commas:
        return len(commas) == 1 and at - since <= 5 and ends
    return at - since <= 3 and row[at].word == "critics"
