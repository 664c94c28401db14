"""The words that negate, limit, hedge or attribute, and where they stand in a row of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.citations.wording.tokens import Phrases, Token, stem, word_set

AUXILIARIES = word_set(
    "is are was were be been being am has have had do does did will would shall should must may can",
    "could might cannot isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't",
    "wouldn't shouldn't can't couldn't mustn't needn't",
)
FINITE = AUXILIARIES - {"be", "been", "being"}
"""Words that show, without a parse, that a clause has its own predicate."""

_PLAIN_NEGATORS = word_set(
    "not no never none neither nor nothing nobody nowhere cannot without",
)
_IDIOMS = Phrases(
    "not only | not merely | not just | not simply | not limited to | whether or not | no doubt",
    "no matter | not least | if not more",
)
"""Phrases with a negator in them that deny nothing."""

_LIMITS = Phrases(
    "not later than | no later than | not more than | no more than | not less than | no less than",
    "no fewer than | not fewer than | not exceeding | not to exceed | no sooner than | no higher than",
    "no lower than | not later | no later | no longer than",
)
"""Limits with a negator in them: they answer a negation, and need none to answer them."""

_LEXICAL_NEGATORS = Phrases(
    "fail | fails | failed | failing | failure to | failures to | failure of | lack | lacks | lacked",
    "lacking | deny | denies | denied | denying | refuse | refuses | refused | refusing | refusal",
    "decline | declines | declined | declining | unable | inability | absence of | absent | rather than",
    "instead of | far from | short of | free of | prohibit | prohibits | prohibited | prohibiting",
    "forbid | forbids | forbade | forbidden | bars | barred | preclude",
    "precludes | precluded | omit | omits | omitted | reject | rejects | rejected | no longer",
    "little evidence | few if any",
)
_NEAR_NEGATIVES = Phrases(
    "prevent | prevents | prevented | preventing | distrust | distrusts | mistrust | denial | denials",
    "unclear | unknown | uncertain | doubtful",
    "doubt | doubts | few | little | hardly | barely",
    "scarcely | rarely | seldom | unless | until | except | excluding",
    "excludes | exclude | excluded | only | limited | insufficient | missing | regardless",
    "irrespective | zero | gap | gaps | other than | contrary | false | untrue",
    "incorrect | baseless | myth | prohibition | ban | banned | bar | incomplete | stopped",
    "ceased | shortfall | shortfalls | omission | omits | falls short | fall short | fell short | avoid",
    "avoids | disputes | disputed | dispute",
)
"""Words that answer a negation in a paraphrase (`only` for `not ... unless`), but are none of themselves."""

_UN_EXCEPTIONS = (
    "under",
    "uni",
    "unanim",
    "until",
    "unless",
    "upon",
    "uncover",
    "unfold",
    "uncle",
    "unearth",
)
_IN_WORDS = {
    "in" + base: base
    for base in word_set(
        "complete consistent accurate adequate sufficient effective dependent eligible active direct",
        "appropriate valid visible ability admissible capable correct credible tolerable",
    )
} | {
    "improper": "proper", "impartial": "partial", "impossible": "possible", "illegal": "legal",
    "irregular": "regular",
    "irrelevant": "relevant", "disagree": "agree", "disagrees": "agrees", "disagreed": "agreed",
    "disagreement": "agreement", "disallowed": "allowed", "disapproved": "approved", "disproved": "proved",
    "dissatisfied": "satisfied", "discontinued": "continued", "disqualified": "qualified",
}  # fmt: skip


_NEUTRAL = ("dependent", "partial", "announced", "fettered", "due", "visible", "direct")
"""Bases of words whose prefix has long ceased to deny (`independent`)."""


def opposite(word: str) -> str:
    """The word without its negative prefix; "" if it has none.

    >>> opposite("unsubstantiated"), opposite("noncriminal"), opposite("under"), opposite("independent")
    ('substantiated', 'criminal', '', 'dependent')
    """
    if word in _IN_WORDS:
        return _IN_WORDS[word]
    if word.startswith("non") and len(word) >= 8:
        return word[3:]
    if word.startswith("un") and len(word) >= 7 and not word.startswith(_UN_EXCEPTIONS):
        return word[2:]
    return ""


@dataclass(frozen=True, slots=True)
class Negative:
    """A negation: its first token and the one behind it.

    `plain` if the words deny by themselves; `direct` if what they deny is the word behind them; `base` is the
    word without its negative prefix.
    """

    start: int
    end: int
    plain: bool
    direct: bool = False
    base: str = ""

    @property
    def is_neutral(self) -> bool:
        """Whether its prefix has long ceased to deny (`independent`)."""
        return self.base.startswith(_NEUTRAL)

    def answers(self, row: Sequence[Token]) -> bool:
        """Whether it may stand for a negation in another row: `independent` only for `not dependent`."""
        return not self.is_neutral or any(t.is_word and stem(t.word) == stem(self.base) for t in row)


def negatives(row: Sequence[Token]) -> list[Negative]:
    """Everything that denies in a row of tokens, in order; `unless ... not` cancels out to a condition."""
    found: list[Negative] = []
    index = 0
    while index < len(row):
        idiom = _IDIOMS.at(row, index)
        if idiom:
            index += idiom
            continue
        limit = _LIMITS.at(row, index)
        negative = Negative(index, index + limit, False) if limit else _negative_at(row, index)
        if negative is not None and not (negative.plain and _cancelled(row, index)):
            found.append(negative)
        index = negative.end if negative is not None else index + 1
    return found


def _negative_at(row: Sequence[Token], i: int) -> Negative | None:
    token = row[i]
    longer = _LEXICAL_NEGATORS.at(row, i)
    if longer:
        return Negative(i, i + longer, True, token.word.startswith("fail"))
    if token.word in _PLAIN_NEGATORS or token.word.endswith("n't"):
        return None if _is_number_sign(row, i) else Negative(i, i + 1, True, True)
    near = _NEAR_NEGATIVES.at(row, i)
    if near:
        return Negative(i, i + near, False)
    if token.word == "non" and i + 1 < len(row) and row[i + 1].is_word:
        return Negative(i, i + 2, False)
    base = opposite(token.word)
    return Negative(i, i + 1, False, base=base) if base else None


def _is_number_sign(row: Sequence[Token], i: int) -> bool:
    """`No. 5`."""
    behind = next((t for t in row[i + 1 : i + 3] if t.is_word), None)
    return row[i].raw == "No" and behind is not None and behind.word[:1].isdigit()


def _cancelled(row: Sequence[Token], i: int) -> bool:
    """Whether an `unless` or `except where` before a negator in its clause turns it round."""
    for token in reversed(row[max(0, i - 10) : i]):
        if not token.is_word and token.word != "(":
            return False
        if token.word in ("unless", "except"):
            return True
    return False


DOUBTS = Phrases(
    "prevent | prevents | prevented | rarely | seldom | hardly | scarcely | barely | unclear | unknown",
    "uncertain | doubtful | doubt",
    "doubts",
    "myth that | false that | untrue that | incorrect that | wrong that | rumour that | rumor that",
    "hoax that",
)
"""What takes back a fragment that follows, without being a negation by itself."""

CONDITIONS = Phrases(
    "if | unless | when | whenever | where | wherever | except | until | once | provided that",
    "providing that | subject to | as long as | so long as | in the event | in case | in cases",
    "to the extent | depending on | on condition that | assuming that | upon request | on request",
    "only with",
)
"""What makes a sentence hold only sometimes."""

CARRIES_CONDITION = Phrases(
    "awaiting | awaits | yet to | if | unless | when | whenever | where | wherever | except | until",
    "once | provided | providing",
    "subject to | as long as | so long as | in the event | in case | in cases | in such cases",
    "to the extent | depending | depends | on condition | assuming | upon | on request | only | after",
    "before | while | as needed | as appropriate | in the case | during | for cases | in which",
    "on demand | at the request | following | with consent | pending | otherwise | apart from",
    "other than | without | not otherwise | exempt | exception | conditionally",
)

MODALS = frozenset(("may", "can", "could", "might"))
HEDGES = Phrases(
    "would | supposed to",
    "may | can | could | might | appear | appears | appeared | seem | seems | seemed | reportedly",
    "allegedly | purportedly | apparently | supposedly | generally | typically | usually | often",
    "sometimes | frequently | largely | mostly | likely | probably | possibly | perhaps | in practice",
    "in theory | in principle | in some cases | at times | tends to | tend to | suggest | suggests",
    "suggested | is alleged to | are alleged to | was alleged to | were alleged to | is said to",
    "are said to | is believed to | are believed to | is reported to | is intended to | are intended to",
    "is meant to | are meant to | seeks to | seek to | aims to | aim to",
)
CARRIES_HEDGE = Phrases(
    "may | can | could | might | appear | appears | appeared | seem | seems | seemed | reportedly",
    "allegedly | purportedly | apparently | supposedly | generally | typically | usually | often",
    "sometimes | frequently | largely | mostly | likely | probably | possibly | perhaps | in practice",
    "in theory | in principle | in some cases | at times | tends | tend | suggest | suggests",
    "suggested | suggesting | alleged | is said | are said | believed | reported to | intended",
    "meant to | seeks | seek | aims | aim | potentially | potential | possible | as a rule | commonly",
    "normally | ordinarily | many | most | some | mainly | allowed | allows | permitted | permits",
    "permission | authority | authorised | authorized | power | powers | empowered | able | ability",
    "entitled | option | free to | discretion | right to | rights to | would | open to | capable",
    "capacity to | occasionally | routinely | risk | risks | risked | designed | is free | choice",
)

_SPEECH = (
    "say | says | said | claimed | claims that | claim that | argue | argues | argued | allege",
    "alleges",
    "alleged that | contend | contends | contended | assert | asserts | asserted | maintains that",
    "maintained that | believe | believes | believed | insist | insists | insisted | emphasize",
    "emphasizes",
    "emphasized | emphasise | emphasises | emphasised | stress | stresses | stressed | warn | warns",
    "warned | testified | complain | complains | complained | accuse | accuses | stated that",
    "states that | wrote | told | writes",
    "describes | described as | portrays | purports | critics | in the view of | in the words of",
    "positions",
)
ATTRIBUTIONS = Phrases("according to | per its own account", *_SPEECH)
CARRIES_ATTRIBUTION = Phrases(
    "according to | in the view of | in the words of | in the eyes of | in its own words | own account",
    "word of | by the word of | speaks of | speak of | spoke of | account of | accounts of",
    "description of | descriptions of",
    "public descriptions | view that | views",
    *_SPEECH,
    "claim | claims | claiming | stated | states | stating | states that | statement by | saying",
    "arguing",
    "argument | arguments | alleging | allegation by | allegations by | contention | assertion",
    "maintain",
    "maintains | maintained | describe | described | describing | portray | portrayed | presents",
    "presented as | accused | criticise | criticises | criticised | criticize | criticizes | criticized",
    "criticism | critic | critic's | critics' | opponents | calls | called | consider | considers",
    "regard",
    "regards | sees | see | saw | report that | reports that | reported | reporting | reports say",
    "find that",
    "finds | found | finding | findings | conclude | concludes | concluded | notes | noted | observes",
    "observed | testify | testimony | announced | announces | announce | acknowledges | acknowledged",
    "acknowledge | concedes | conceded | accusation | accusing | warning | complaint that",
    "complaints that",
    "point to | points to | pointed to | point out | points out | explains | explained | explain",
    "emphasising",
    "emphasizing | stressing | insisting | suggests | suggested | suggest | quoted | tells | tell",
    "declares",
    "declared | asks | asked | recommends | recommended | recommend | advises | advised | faults",
    "faulted",
    "blames | blamed | questions | questioned | disputes | disputed | denies | denied | deny",
    "positions",
    "position of | lists | gives | publishes | advertises | by the profile | by the article",
    "by the page",
    "show | shows | showed | in the article | in its article | puts | put forward | by the account",
)
"""Words by which a statement says whose word it is."""

_REPORTING = frozenset(("reports", "report", "relays", "relay", "records", "quotes", "counts", "puts"))


def attributes(row: Sequence[Token]) -> bool:
    """Whether a statement says whose word it is, `..., as Splinter reports.` included."""
    return CARRIES_ATTRIBUTION.stand_in(row) or any(_reports(row, i) for i in range(1, len(row)))


def _reports(row: Sequence[Token], at: int) -> bool:
    """A verb of reporting at the end of its clause, with a name or `as ...` before it."""
    if row[at].word not in _REPORTING or (at + 1 < len(row) and row[at + 1].is_word):
        return False
    return row[at - 1].raw[:1].isupper() or any(t.word == "as" for t in row[max(0, at - 8) : at])
