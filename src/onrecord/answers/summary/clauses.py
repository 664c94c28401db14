"""Statements taken apart, so that they can be joined: who says it, whom it speaks of, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onrecord.answers.phrasing import one_line
from onrecord.store.records import DEFAULT, StoreBase
from onrecord.vocab import ONR

_SAYS = (
    "advises|argue|argues|argued|claimed|conclude|concludes|concluded|estimated|explains|finds|found|noted|"
    "observed|observes|reported|said|say|says|shows|showed|stated|states|testified|warn|warned|warns|writes|"
    "wrote|claims|notes|reports"
)
_NOUNS = frozenset({"claims", "notes", "reports"})
_DOES = (
    "accepts|announced|applies|approved|assesses|became|began|can|carries|closed|conducted|conducts|"
    "covers|created|depends|did|documented|does|emphasizes|employs|enforces|established|established|"
    "exempted|found|gave|gets|gives|got|had|handles|has|have|held|holds|imposes|includes|investigated|"
    "investigates|is|are|was|were|issued|keeps|kept|leads|led|made|makes|manages|may|must|obtains|opened|"
    "operates|oversees|presents|prohibits|provides|received|receives|recommended|recommends|refers|"
    "requires|runs|said|says|sees|sends|sent|serves|shall|should|signed|takes|tells|took|told|upholds|"
    "will"
)
_DOES_WITH_ARTICLE = "lists|offers|points|reports|reviews|routes|tracks|uses"
_CAPITAL = r"[A-Z][\w.’'/()-]*"
_NAME = re.compile(
    rf"((?:(?:[Tt]he|[Aa]n?|[Ee]ach) )?{_CAPITAL}(?: (?:(?:of|for|and|of the|for the|and the) )?{_CAPITAL})*)"
    rf" ((?:{_DOES}) \w.*|(?:{_DOES_WITH_ARTICLE}) (?:to |that )?(?:a|an|all|any|each|every|its|the) .*)"
)
_RULE = re.compile(r"([^,;:()]{2,120}?) ((?:must|may|shall|can|cannot|should|will) \w.*)")
_MODAL = re.compile(r"\b(?:must|may|shall|can|cannot|should|will)\b")
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|whose)\b")
_BY = re.compile(r"(According to [^,;:]{2,80}(?:, as [^,;:]{2,40} reports)?), (.+)")
_BY_BEHIND = re.compile(r"(.+), (according to [^,;:]{2,80})")
_OPENS = re.compile(r"((?:[^,;:]|,(?! )){20,160}), (.+)")
_BEFORE = re.compile(rf"((?:(?! that )[^,;:]){{2,80}}? (?:{_SAYS})(?: in [^,;:]{{2,30}}?)?) that (.+)")
_VERB = re.compile(rf"(?:{_DOES}),? \w")
_ARTICLE = re.compile(r"^(?:the|an?) ")
_LONGEST_NAME = 10
_SPEAKER = re.compile(rf"(.+?) ((?:{_SAYS})(?: in [^,;:]{{2,30}}?)? that)")
_BEHIND = re.compile(rf"(.+), ((?:[A-Z]|the |an? )[^,;:]{{1,60}} (?:{_SAYS}))")
_TURNED = re.compile(r"(.+), (says|reports) ([^,;:]{2,60})")
_WITHIN = re.compile(rf"([^,]+), ((?:[A-Z]|the )[^,;:]{{1,60}} (?:{_SAYS})), (?!that |and |but )([^,]+.*)")
_POINTS_BACK = re.compile(r"\b(?:it|its|the article|the page|the letter|they|their|them)\b", re.IGNORECASE)
_TURNED_ROUND = re.compile(r"(?:did|does) (?:[A-Z]|the |an? )")
_TURNS = re.compile(r", (?:although|but|so|though|whereas|while|yet) ")
_SENTENCE_END = re.compile(r"[.?!][\"”)]? (?=[A-Z\"“(])")
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_SMALL = frozenset((
    "a", "after", "all", "although", "among", "an", "and", "another", "any", "as", "at", "before", "beside",
    "besides", "between", "both", "but", "by", "during", "each", "either", "even", "every", "few",
    "following", "for", "from", "generally", "going", "had", "has", "have", "historically", "how", "if",
    "in", "inside", "into", "it", "its", "like", "many", "more", "most", "neither", "no", "nobody", "none",
    "nor", "not", "of", "on", "once", "one", "only", "or", "other", "others", "outside", "over",
    "sometimes", "since", "so", "some", "such", "than", "that", "the", "their", "there", "these", "this",
    "those", "though", "through", "to", "two", "under", "unless", "until", "upon", "what", "when",
    "whenever", "where", "whether", "which", "while", "who", "whoever", "whom", "whose", "why", "with",
    "within", "without",
))  # fmt: skip

_CIRCUMSTANCES = frozenset((
    "after", "at", "before", "besides", "by", "during", "for", "from", "if", "in", "of", "on", "since",
    "under", "when", "where", "with",
))  # fmt: skip
_NEGATIVE = frozenset({"barely", "hardly", "neither", "no", "nothing", "rarely", "scarcely", "seldom"})
_LEADING_ON = frozenset({"and", "or", "of", "that", "which", "who"})
_OPENING = frozenset({"a", "all", "an", "any", "each", "every", "the"})
"""The small words with which a subject may begin."""


@dataclass(frozen=True)
class Lexicon:
    """What a base's own words say of words.

    Attributes:
        names: the IRI of the entity that bears a name alone, by the name in small letters.
        small: words that statements have in small letters.
        proper: words that statements have with a capital where no sentence begins.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    small: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()
    taken: dict[str, Clause | None] = field(default_factory=dict, compare=False, repr=False)
    """Statements that were taken apart already."""

    def key(self, subject: str) -> str:
        """What tells a subject from others: the entity of that name, else the words."""
        plain = _ARTICLE.sub("", subject.casefold())
        return self.names.get(plain, plain)

    def is_name(self, words: str) -> bool:
        """Whether an entity bears a name."""
        return _ARTICLE.sub("", words.casefold()) in self.names

    def inside(self, text: str) -> str:
        """A sentence's words as they stand inside another one; "" where the first word leaves that open.

        >>> Lexicon().inside("The board keeps reports"), Lexicon().inside("Reports are kept")
        ('the board keeps reports', '')
        >>> Lexicon().inside("DHS keeps reports")
        'DHS keeps reports'
        """
        match = _WORD.match(text)
        if match is None:
            return text if text[:1].isdigit() or text[:1] == "$" else ""
        word = match.group()
        lowered = text[0].lower() + text[1:]
        if word.casefold() in _SMALL:
            return lowered
        if word[1:] != word[1:].lower() or word.endswith(("'s", "’s")) or word[0].islower():
            return text
        is_small, is_proper = word.casefold() in self.small, word in self.proper
        if is_small == is_proper:
            return ""
        return lowered if is_small else text


def lexicon(base: StoreBase) -> Lexicon:
    """The names of a base's entities, and how its statements write words."""
    owners: dict[str, set[str]] = {}
    for entity in base.entities():
        for name in entity.names:
            owners.setdefault(name.casefold(), set()).add(entity.iri)
    small, proper = set[str](), set[str]()
    for quad in base.match(None, ONR + "statement", None, DEFAULT):
        for sentence in _SENTENCE_END.split(one_line(str(getattr(quad.object, "value", "")))):
            for word in _WORD.findall(sentence)[1:]:
                (small if word[0].islower() else proper).add(word)
    names = {name: min(iris) for name, iris in owners.items() if len(iris) == 1}
    return Lexicon(names, frozenset(small), frozenset(proper))


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement taken apart.

    Attributes:
        lead: who says it, as it stands before what is said ("ICE says that", "According to ICE,"); "" where
            nobody is named so.
        body: what is said, as it stands inside a sentence, without the full stop.
        subject: whom the body speaks of, where it begins with a name and a verb; else "".
        rest: the body behind its subject.
        speaker: who says it, or where nobody is named so, the subject.
        does: what the speaker does: "says that ..." and all the rest.
        opening: a circumstance with which the body begins, up to a comma; else "".
        main: the body behind its opening.
    """

    lead: str
    body: str
    subject: str = ""
    rest: str = ""
    speaker: str = ""
    does: str = ""
    opening: str = ""
    main: str = ""

    @property
    def joint(self) -> str:
        """What stands before each further thing that the same speaker says."""
        return "that " if self.lead.endswith(" that") else ""


def clause(statement: str, words: Lexicon) -> Clause | None:
    """A statement taken apart; None where it is more than one plain sentence.

    >>> found = clause("ICE says that ICE OPR runs a center.", Lexicon())
    >>> found.lead, found.subject, found.rest
    ('ICE says that', 'ICE OPR', 'runs a center')
    >>> clause("The board keeps few reports, WIRED reports.", Lexicon()).lead
    'WIRED reports that'
    """
    if statement not in words.taken:
        words.taken[statement] = _taken_apart(one_line(statement), words)
    return words.taken[statement]


def _taken_apart(text: str, words: Lexicon) -> Clause | None:
    if not text.endswith(".") or ";" in text or _SENTENCE_END.search(text):
        return None
    whole = text.removesuffix(".")
    lead, body = _attributed(whole, words)
    subject, rest = _subject(body, words)
    says = _SPEAKER.fullmatch(lead)
    speaker, does = (says[1], f"{says[2]} {body}") if says else ("" if lead else subject, rest)
    opens = _OPENS.fullmatch(body)
    opening, main = (opens[1], opens[2]) if opens and _is_circumstance(opens[1]) else ("", "")
    return Clause(lead, body, subject, rest, speaker, does, opening, main)


def _subject(body: str, words: Lexicon) -> tuple[str, str]:
    """Whom a body speaks of, and the rest that begins with a verb; "" and "" where that is not plain."""
    tokens = body.split()
    for count in range(1, min(len(tokens), _LONGEST_NAME)):
        name, rest = " ".join(tokens[:count]), " ".join(tokens[count:])
        if words.is_name(name) and _VERB.match(rest):
            return name, rest
    found = _NAME.fullmatch(body) or _RULE.fullmatch(body)
    if found is None or not _is_subject(found[1]) or _is_entangled(found[1], found[2]):
        return "", ""
    if found[1].split()[0].casefold() in ("a", "an") and not _MODAL.match(found[2]):
        return "", ""  # two statements of "an official" may speak of two officials
    return found[1], found[2]


def _is_circumstance(words: str) -> bool:
    return words.split()[0].casefold() in _CIRCUMSTANCES


def _is_subject(words: str) -> bool:
    first, last = words.split()[0].casefold(), words.split()[-1]
    is_told = first in _OPENING or first not in _SMALL | _NEGATIVE
    return is_told and not first[0].isdigit() and last not in _LEADING_ON


def _is_entangled(subject: str, rest: str) -> bool:
    """Whether the verb may be no main verb: a question, or one within a relative clause."""
    return bool(_TURNED_ROUND.match(rest)) or bool(
        _RELATIVE.search(subject) and len(_MODAL.findall(rest)) > 1
    )


def _attributed(whole: str, words: Lexicon) -> tuple[str, str]:
    """Who says it, and what; "" and the whole where nobody is named so."""
    before = _BEFORE.fullmatch(whole)
    if before and _names_somebody(before[1]):
        return f"{before[1]} that", before[2]
    if by := _BY.fullmatch(whole):
        return f"{by[1]},", by[2]
    for lead, body in _moved(whole):
        inside = words.inside(body)
        if inside and not _TURNS.search(body) and _names_somebody(lead) and any(c.isupper() for c in lead):
            return lead[0].upper() + lead[1:], inside
    return "", whole


def _names_somebody(lead: str) -> bool:
    """Whether an attribution stands by itself: no pronoun, and "reports" is no noun in it."""
    *_, named, verb = lead.removesuffix(" that").split(" in ")[0].split()
    return not _POINTS_BACK.search(lead) and (verb not in _NOUNS or named[0].isupper())


def _moved(whole: str) -> Iterable[tuple[str, str]]:
    """Attributions behind a sentence or within it, and the sentence without them."""
    if by := _BY_BEHIND.fullmatch(whole):
        yield f"{by[2]},", by[1]
    elif behind := _BEHIND.fullmatch(whole):
        yield f"{behind[2]} that", behind[1]
    elif turned := _TURNED.fullmatch(whole):
        yield f"{turned[3]} {turned[2]} that", turned[1]
    elif (within := _WITHIN.fullmatch(whole)) and ":" not in within[1]:
        first = within[1].split(" ", 1)[0].casefold()
        yield f"{within[2]} that", f"{within[1]}{',' if first in _SMALL - _OPENING else ''} {within[3]}"
