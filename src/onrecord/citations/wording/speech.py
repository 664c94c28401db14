"""What hedges a fragment from outside, and whose word its sentence says that it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.citations.wording.clauses import Edge, Sentence, closed
from onrecord.citations.wording.lexicon import ATTRIBUTIONS, CONDITIONS, FINITE, HEDGES, MODALS
from onrecord.citations.wording.operators import (
    PARTING,
    REACH,
    Operator,
    is_fronted,
    parted,
    same_clause,
    subject_end,
)
from onrecord.citations.wording.tokens import Phrases, Token, word_set

_RULES_FOLLOWED = word_set(
    "policy policies procedure procedures rule rules law schedule subject standard standards plan type",
    "protocol protocols practice guidelines",
)
_SENTENCE_ADVERBS = Phrases(
    "in practice | generally | typically | usually | often | sometimes | reportedly | allegedly",
    "apparently | perhaps | likely | in theory | in principle | in some cases | at times | possibly",
    "probably | frequently | mostly | largely",
)


def hedges(sentence: Sentence) -> Iterator[Operator]:
    """Hedges outside the fragment that govern it."""
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
        first - end > REACH
        or not same_clause(sentence, end, first)
        or closed(row, end, subject_end(sentence))
    ):
        return False
    apposition = (
        row[first - 1].word == "," and row[first : first + 1] and row[first].word in ("a", "an", "the")
    )
    return not apposition


def _hedges_sentence(sentence: Sentence, start: int, end: int) -> bool:
    """`In practice, ...`: over the conjunct that it opens."""
    row = sentence.row
    if not _SENTENCE_ADVERBS.at(row, start) or not is_fronted(sentence, start):
        return False
    comma = [t.word for t in row[end : end + 1]] == [","]
    return comma and not parted(sentence, start, sentence.first, from_start=False)


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


def attributions(sentence: Sentence) -> Iterator[Operator]:
    """Attributions outside the fragment that cover it, `| ..., the union alleged.` included."""
    row = sentence.row
    for at in range(sentence.last + 2, min(len(row), sentence.last + 8)):
        if row[at].word in _ENDING_SPEECH and _attributes_behind(sentence, at):
            yield Operator("attribution", at, at + 1)
    for start, end in ATTRIBUTIONS.find(row):
        if is_no_speech(row, start, end):
            continue
        if end <= sentence.first:
            if row[start].word == "according":
                governs = is_fronted(sentence, start) and not parted(
                    sentence, start, sentence.first, from_start=False
                )
            else:
                governs = sentence.first - end <= 2 * REACH and not _leaves_speech(sentence, end)
        else:
            governs = start >= sentence.last and _attributes_behind(sentence, start)
        if governs:
            yield Operator("attribution", start, end)


def is_no_speech(row: Sequence[Token], start: int, end: int) -> bool:
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
        if (edge in PARTING or (edge is Edge.PLAIN and subordinate)) and not goes_on:
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


_ENDING_SPEECH = frozenset(("alleged", "claims", "claimed", "states", "stated", "suggested"))
