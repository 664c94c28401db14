"""How people ask, against how records speak: words that say nothing, everyday synonyms, and cues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from onrecord.vocab import CONCEPT, OV

FIGURE = OV + "Observation"
_STOP = """
    a about after again all also am an and any anybody anyone are as at be became because been before being
    both but by can could did do does doing done each either else every everyone for from get gets getting
    give given gives go goes going got had happen happened happens has have having he her him his how i if in
    into is it its just let like make makes many may me might more most much must my need no nor not now of
    off on once one only onto or other our out over own per please put said same say says shall she should
    since so some somebody someone such tell than that the their them then there these they thing things
    this those through to under until up upon us use used uses using very was we well were what when where
    whether which while who whom whose why will with within would you your yes know known people person
    ever exactly really actually currently there's what's who's kind kinds sort lot different difference
    differences others recent recently called against between find finds found finding apply applies applied
    stay stays discover discovers discovered
"""
STOP = frozenset(_STOP.split())
"""Words of a question that no claim has to answer."""

_COMPLAINING = (
    r"(?:fil|mak|lodg|submitt?|bring|rais)(?:e|es|ed|ing)? (?:an? |the |my )?(?:complaints?|reports?)"
    r"|how (?:do|can|could|should|would|to) (?:(?:i|we|you|one|they|somebody|someone|people) )?complain"
)
_REPHRASED = (
    (r"(?:process|procedures?|steps) (?:for|of|by which|to)", "how-it-goes"),
    (_COMPLAINING, "how-to-complain complaint"),
    (r"look(?:s|ed|ing)? (?:into|at)", "investigate"),
    (r"turn(?:s|ed|ing)? down", "decline"),
    (r"blow(?:s|ing)? the whistle|blew the whistle", "whistleblowers"),
    (r"right away|at once|without delay", "immediately"),
    (r"how (?:long|soon|fast|quickly)", "how-long"),
    (r"(?:take|takes|took|taking) effect|(?:come|comes|came) into (?:force|effect)", "effective"),
    (r"came of|become of|became of", "outcome"),
    (r"carr(?:y|ies|ied|ying) out", "conduct"),
    (r"in charge of", "responsible"),
    (r"founded|founding|founder", "established"),
    (r"how many|what (?:share|percentage|proportion|number)|how often|how much", "how-many"),
    (r"e mail|e-mails?", "email"),
    (
        r"(?:top|senior|high-ranking) (?:managers?|officials?|leaders?|executives?|bosses)",
        "senior executives",
    ),
    (r"death card(s?)", r"death-card\1 cards"),
    (r"standard of proof", "standard evidence"),
)
REPHRASED = tuple((re.compile(rf"\b(?:{pattern})\b"), words) for pattern, words in _REPHRASED)
"""Ways of speaking that stand for one word of the record."""

_VAGUE = """
    accuse address allegation allege base case difference example history mean means office procedure process
    regulation role rule
"""
VAGUE = frozenset(_VAGUE.split())
"""Words that say a little: a claim may answer the question without them."""

CUES: Mapping[str, tuple[str, ...]] = {
    "how-many": (FIGURE,),
    "how-long": (CONCEPT + "topic/time-limit",),
    "how-it-goes": tuple(f"{CONCEPT}topic/{name}" for name in ("intake", "referral", "investigation")),
    "how-to-complain": (CONCEPT + "topic/contact", CONCEPT + "topic/complainant-advice"),
}
"""What a way of asking wants to know: classes of facts, or concepts."""

_SAME = """
abolish close closure shut dismantle
accuse allege accusation allegation
advise advice recommend recommendation suggest
agent officer employee
abuse misconduct wrongdoing
allow permit authorise authorize
annual yearly year
answer respond response reply
anonymous anonymity unnamed
ask request require
audit review
block bar prohibit stop prevent keep forbid
boss head lead chief
call telephone phone ring dial
car vehicle
cell jail prison
claim allegation complaint
conclude conclusion finding outcome
consequence action discipline punishment
contact reach
convict guilty
crime criminal
deadline time limit period days
decide decision
decline reject refuse return
delay late slow
effective effect enforce
email e-mail mail
evidence proof preponderance
examine inspect inspection
explain reason
favour favor favoritism favorable lenient leniently preferential
file complain complaint submit report
fire dismiss remove removal terminate
form online web
fraction percent share proportion
head lead run chief
hide secret undisclosed unpublished withhold
illegal unlawful criminal
immediately promptly prompt
independent independence impartial
inform notify tell
inquiry investigation probe review
investigate examine probe inquiry
jurisdiction authority remit
keep kept retain retention
lawyer attorney counsel prosecutor
manager executive leader
mandatory obligatory must
misuse abuse improper unauthorized
money cash dollars
number figure count total
often frequently infrequently frequent
open start launch
oversee supervise oversight supervision
pass refer send transfer forward
post publish disclose public
procedure process steps
protect protection safeguard
punish discipline sanction
quit resign resignation retire
receive get accept
record file document
refer referral
reprisal retaliation
route refer send
sentence prison punish
share percent two-thirds majority
soon prompt days
surprise unannounced
train training
treat treatment handle
victim detainee complainant
watchdog oversight
accurate accuracy correct inaccurate
address tackle resolve
ammunition bullet
appoint designate name nominate
arrest custody detain detention
assault rape
backlog delay pending
breach violation violate
charge prosecute prosecution indict
choose select prefer
collaborate cooperate coordinate
compel subpoena
congress lawmaker legislator parliament
create creation establish establishment
destroy erase delete
dead death die fatal
disagree differ dispute conflict
doxxing dox
drug narcotic
education train
escalate raise
error mistake lapse failure
fault deficiency weakness shortcoming shortfall
firearm gun weapon pistol
frighten intimidate threat threaten
guard staff
handcuff restraint
harass harassment bully
hire employ recruit
inmate prisoner detainee
journalist reporter press media
judge court
law statute act legislation
minister secretary
monitor watch surveil
night clock hours
obligation duty must
overdue late
police law-enforcement
politician lawmaker
prove substantiate substantiated
purpose goal aim
quarter quarterly
racist racism white-supremacist
reorganise reform restructure
secret confidential confidentiality
staffed monitored
survey poll
tip hint
unclear unknown
vet vetting screen
weekly week
yearly annual
keep kept
send sent
tell told
lead led
hold held
leave left
write written
take took taken
hide hidden
begin began begun
fall fell fallen
choose chosen chose
"""
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "edly", "ed", "ly", "es", "s", "e")
_LEAST_STEM = 4


def stem(word: str) -> str:
    """A word without its ending, roughly, for looking it up among everyday words.

    >>> stem("treated") == stem("treatment"), stem("closure")
    (True, 'closur')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word.removesuffix(ending)
    return word


_SETS = tuple(frozenset(line.split()) for line in _SAME.strip().splitlines())
_BY_STEM: dict[str, list[frozenset[str]]] = {}
for _words in _SETS:
    for _stem in {stem(_word) for _word in _words}:
        _BY_STEM.setdefault(_stem, []).append(_words)
_VAGUE_STEMS = frozenset(stem(word) for word in VAGUE)


def everyday(word: str) -> Iterator[str]:
    """Words that askers use for the same thing.

    >>> "phone" in set(everyday("telephone")), "favor" in set(everyday("lenient"))
    (True, True)
    """
    own = stem(word)
    yield from sorted({w for words in _BY_STEM.get(own, ()) for w in words if stem(w) != own})


def is_everyday(word: str) -> bool:
    """Whether a word is one of those that need no correction."""
    return word in STOP or word in CUES or stem(word) in _BY_STEM


def is_vague(word: str) -> bool:
    """Whether a word says little."""
    return stem(word) in _VAGUE_STEMS
