"""Rule wording-trimmed: a negation, condition, hedge or attribution around the fragment that it leaves out.

The sentence around a fragment is read clause by clause (see clauses.py). A negation governs the rest of its
own clause, lists included, and a fragment that is the subject of a negated predicate. A condition that opens
a sentence or conjunct governs all of it, one that closes a clause governs that clause. A hedge governs the
rest of its clause; a sentence adverb (`in practice, ...`) governs like an opening condition. An attribution
governs what is said, and `..., according to ICE` what stands before it. What governs the fragment must be in
the statement, in any word of the same kind, or be quoted by another supporting citation of the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.citations.wording.case import Case, Passage, Problem, Rule
from onrecord.citations.wording.clauses import Edge, Sentence, closed
from onrecord.citations.wording.lexicon import (
    ATTRIBUTIONS,
    AUXILIARIES,
    CARRIES_ATTRIBUTION,
    CARRIES_CONDITION,
    CARRIES_HEDGE,
    CONDITIONS,
    FINITE,
    HEDGES,
    MODALS,
    negatives,
)
from onrecord.citations.wording.tokens import Phrases, Token, is_content, stem, stems, word_set
from onrecord.model import Severity
from onrecord.text import words

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
class _Operator:
    kind: str
    start: int
    end: int


def check_trimmed(case: Case) -> Iterator[Problem]:
    """Operators that govern a fragment from outside and that the statement does not carry."""
    others = [words(p.citation.exact) for p in case.passages]
    said = _Said.by(case.statement)
    for number, passage in enumerate(case.passages):
        sentence = Sentence.around(passage.before, passage.citation.exact, passage.after)
        quoted_elsewhere = [o for k, o in enumerate(others) if k != number]
        for operator in _governing(sentence):
            if _carries(said, sentence, operator) or _quoted(sentence, operator, quoted_elsewhere):
                continue
            yield _problem(case, passage, sentence, operator)


def _problem(case: Case, passage: Passage, sentence: Sentence, operator: _Operator) -> Problem:
    wording = " ".join(t.raw for t in sentence.row[operator.start : operator.end])
    where = "before" if operator.start < sentence.first else "after"
    return case.problem_of(
        passage.citation,
        f'The source has the {operator.kind} "{wording}" {where} the quotation, and the statement does not carry it.',
        f"Say it in the statement, or quote words that hold without it; put it into the {_AFFIX[where]}"
        " either way.",
        _shown(sentence, operator),
    )


_AFFIX = {"before": "prefix", "after": "suffix"}


def _shown(sentence: Sentence, operator: _Operator) -> str:
    """A few words around operator and quotation, so that a report shows the reading."""
    if operator.start < sentence.first:
        ahead = sentence.row[max(operator.start, sentence.first - 6) : sentence.first]
        return f"{_text(ahead)} |"
    return f"| {_text(sentence.row[sentence.last : max(operator.end, sentence.last + 1)][-8:])}"


def _text(row: Sequence[Token]) -> str:
    return " ".join(t.raw for t in row)


def _governing(sentence: Sentence) -> Iterator[_Operator]:
    yield from _negations(sentence)
    yield from _conditions(sentence)
    yield from _hedges(sentence)
    yield from _attributions(sentence)


# Negations


def _negations(sentence: Sentence) -> Iterator[_Operator]:
    row, first = sentence.row, sentence.first
    ahead = [n for n in negatives(row) if n.plain]
    for n in ahead:
        if (
            n.end <= first
            and first - n.end <= _REACH
            and _same_clause(sentence, n.end, first)
            and not closed(row, n.end, _subject_end(sentence), subject=row[n.start].word in _SUBJECT_NEGATORS)
            and not (n.direct and _in_consequence(row, n.end, first))
        ):
            yield _Operator("negation", n.start, n.end)
    behind = sentence.last
    limit = min(len(row), behind + _REACH_BEHIND)
    for n in ahead:
        if (
            behind <= n.start < limit
            and _same_clause(sentence, behind, n.start)
            and _denies_subject(sentence, n.start)
        ):
            yield _Operator("negation", n.start, n.end)
    for k in range(behind, limit):
        if row[k].word in _FALSEHOODS and _same_clause(sentence, behind, k) and _predicate(sentence, k):
            yield _Operator("negation", k, k + 1)


def _in_consequence(row: Sequence[Token], start: int, first: int) -> bool:
    """Whether the fragment is in `, creating ...` behind a denied verb: what follows from it is not denied."""
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
    """Whether no clause begins between two tokens; the end may be the beginning of one only if it is a list's."""
    return not any(True for _ in sentence.between(start, end))


def _subject_end(sentence: Sentence) -> int:
    """Up to where a new predicate would show that the fragment belongs to it: its own first auxiliary."""
    for k in range(sentence.first, min(sentence.last, sentence.first + 3)):
        if not sentence.row[k].is_word:
            break
        if sentence.row[k].word in FINITE:
            return k + 1
    return sentence.first


def _denies_subject(sentence: Sentence, at: int) -> bool:
    """`| is not ...`, `| that are not ...`, `| cannot ...`: the negator is that of the first predicate behind."""
    row, behind = sentence.row, sentence.last
    word = row[at].word
    if word not in ("not", "never", "no", "cannot", "neither") and not word.endswith("n't"):
        return word in ("denied", "rejected", "disputed") and at > behind and row[at - 1].word in AUXILIARIES
    stretch = [t.word for t in row[behind:at]]
    if (
        word in ("no", "neither")
        and stretch[-1:] != ["is"]
        and not (word == "no" and row[at + 1 : at + 2] and row[at + 1].word == "longer")
    ):
        return False
    if any(w in ("that", "which", "who", "where", "when", "if", "to", "by") for w in stretch[1:]):
        return False
    if word in ("cannot",) or word.endswith("n't"):
        return not any(w in FINITE for w in stretch)
    finite = [k for k, w in enumerate(stretch) if w in AUXILIARIES]
    ends_in_predicate = (
        row[at - 1].word in AUXILIARIES if at > behind else sentence.row[at - 1].word in AUXILIARIES
    )
    return (ends_in_predicate and (not finite or len(stretch) - finite[0] <= 3)) or (
        not stretch and word in ("not", "never")
    )


def _predicate(sentence: Sentence, at: int) -> bool:
    """Whether a word is the predicate of the fragment: an auxiliary close before it, none earlier."""
    stretch = [t.word for t in sentence.row[sentence.last : at]]
    finite = [k for k, w in enumerate(stretch) if w in FINITE or w in ("remains", "remained", "proved")]
    return bool(finite) and finite[0] <= 3 and len(stretch) - finite[0] <= 4


# Conditions


def _conditions(sentence: Sentence) -> Iterator[_Operator]:
    for start, end in CONDITIONS.find(sentence.row):
        if sentence.first <= start < sentence.last or not _is_condition(sentence.row, start):
            continue
        governs = _opens_over(sentence, start) if start < sentence.first else _closes_over(sentence, start)
        if governs:
            yield _Operator("condition", start, end)


def _is_condition(row: Sequence[Token], at: int) -> bool:
    word = row[at].word
    before = row[at - 1].word if at else ""
    after = row[at + 1] if at + 1 < len(row) else None
    if word in ("when", "where") and (after is None or not after.is_word or after.word in ("and", "or")):
        return False
    if before == "even" or (word == "where" and before in _PLACES):
        return False
    if word == "once" and (before in ("at", "more") or after is None or not after.is_word):
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
        return True
    if not _is_fronted(sentence, at):
        return not _parted(sentence, at, sentence.first, from_start=True)
    return not _parted(sentence, at, sentence.first, from_start=False)


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
    edges = sentence.between(sentence.last, at)
    if any(edge is not Edge.CONDITION for _, edge in edges):
        return False
    if not edges:
        return not any(t.word == "," for t in sentence.row[sentence.last : at])
    return edges[-1][0] == at and not _follows_conjunction(sentence, at)


def _follows_conjunction(sentence: Sentence, at: int) -> bool:
    words_before = [t.word for t in sentence.row[max(sentence.last, at - 2) : at] if t.is_word]
    return words_before[-1:] in (["and"], ["but"])


# Hedges and attributions


def _hedges(sentence: Sentence) -> Iterator[_Operator]:
    row = sentence.row
    for start, end in HEDGES.find(row):
        if start and row[start - 1].word == "how":
            continue
        if end <= sentence.first:
            fronted = _SENTENCE_ADVERBS.at(row, start) > 0 and _is_fronted(sentence, start)
            near = sentence.first - end <= _REACH and _same_clause(sentence, end, sentence.first)
            if (near and not closed(row, end, _subject_end(sentence))) or (
                fronted
                and row[end : end + 1]
                and row[end].word == ","
                and not _parted(sentence, start, sentence.first, from_start=False)
            ):
                yield _Operator("hedge", start, end)
        elif start >= sentence.last and _hedges_behind(sentence, start):
            yield _Operator("hedge", start, end)


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


def _attributions(sentence: Sentence) -> Iterator[_Operator]:
    row = sentence.row
    for start, end in ATTRIBUTIONS.find(row):
        if start and row[start - 1].word in ("to", "be", "being", "so", "the", "of"):
            continue
        if row[start].word == "according" and any(t.word in _RULES_FOLLOWED for t in row[end : end + 4]):
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
            yield _Operator("attribution", start, end)


def _leaves_speech(sentence: Sentence, start: int) -> bool:
    """Whether what is said ends before the fragment: another clause begins that is not part of it."""
    for at, edge in sentence.between(start, sentence.first):
        goes_on = [t.word for t in sentence.row[at : at + 2]] == ["and", "that"]
        if edge in _PARTING and not goes_on:
            return True
    return False


def _attributes_behind(sentence: Sentence, at: int) -> bool:
    row = sentence.row
    edges = sentence.between(sentence.last, at)
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


# Carrying


_CARRIERS = {"condition": CARRIES_CONDITION, "hedge": CARRIES_HEDGE, "attribution": CARRIES_ATTRIBUTION}


@dataclass(frozen=True, slots=True)
class _Said:
    """What a statement carries: how many negations, which other kinds of operators, which words."""

    negations: int
    kinds: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def by(cls, statement: Sequence[Token]) -> _Said:
        kinds = frozenset(kind for kind, phrases in _CARRIERS.items() if phrases.stand_in(statement))
        return cls(len(negatives(statement)), kinds, frozenset(stems(statement)))


def _carries(said: _Said, sentence: Sentence, operator: _Operator) -> bool:
    """A negation counts as carried only if the statement has one more than the fragment itself."""
    if operator.kind == "negation":
        return said.negations > len(negatives(sentence.row[sentence.first : sentence.last]))
    return operator.kind in said.kinds or (
        operator.kind == "condition" and _says_condition(said, sentence, operator)
    )


def _says_condition(said: _Said, sentence: Sentence, operator: _Operator) -> bool:
    """Whether the statement names what the condition is about: half of its words that the fragment lacks."""
    row = sentence.row
    end = next((k for k in range(operator.end, len(row)) if not row[k].is_word), len(row))
    body = [t for t in row[operator.end : min(end, operator.end + 20)] if is_content(t)]
    wanted = {stem(t.word) for t in body} - stems(row[sentence.first : sentence.last])
    return len(wanted) > 0 and 2 * len(wanted & said.stems) >= len(wanted)


def _quoted(sentence: Sentence, operator: _Operator, others: Sequence[tuple[str, ...]]) -> bool:
    """Whether another supporting quotation of the claim holds the operator, or the words right behind it."""
    row = sentence.row[operator.start : operator.end + 12]
    around = words(_text(row))
    for other in others:
        shared = " ".join(other)
        if len(other) >= 3 and f" {' '.join(around[:3])} " in f" {shared} ":
            return True
        if len(other) >= 3 and f" {' '.join(other[:3])} " in f" {' '.join(around)} ":
            return True
    return False


RULE: Rule[Case] = Rule(
    "wording-trimmed",
    Severity.VIOLATION,
    "Trimmed context",
    "In the source's sentence, or in the citation's prefix or suffix, a negation, condition, hedge or"
    " attribution governs the quoted words; the quotation leaves it out and the statement does not carry it,"
    " so the statement says more than the source. Say it in the statement (any word of the same kind will"
    " do), or quote words that stand without it.",
    check_trimmed,
)
