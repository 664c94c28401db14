"""Errors planted into true sentences, one a sentence, of ten kinds: what an audit ought to notice.

Run: python tests/planted_errors.py   (prints the table by kind; needs the five articles)

The swaps were written before the audit's word lists, but by the same hand, and the audit was tuned on what it
missed here. The articles are also what most claims quote. So the figures are those of near-verbatim copies;
they say little of drafts in other words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.answers.audit.audit import Audited, Status, audit
from onrecord.answers.audit.drafts import Draft, DraftSentence
from onrecord.citations.sentences import sentences
from onrecord.citations.wording.case import Passage
from onrecord.model import Citation, CitationResult, Texts
from onrecord.validation.quotations import CitationChecker
from shipped import SHARED_TEXTS, NoTexts, SharedTexts, shipped_base

FIGURE_LIKE = ("digit", "phone", "e-mail", "year")
KINDS = (*FIGURE_LIKE, "office", "referral", "obligation", "negation", "quantity", "person")
MOST_OF_A_KIND = 40
"""Errors of one kind that are kept, spread over the sentences."""


@dataclass(frozen=True)
class Planted:
    """A sentence with one error: its kind, the true sentence, the false one, what was put for what."""

    kind: str
    true: str
    false: str
    swapped: tuple[str, str]


_PHONE = r"(?:1-)?\d{3}-(?:\d{3}-\d{4}|4ICE-OPR)"
_EMAIL = r"[\w.]+@[\w.]+\w"
_OFFICES = {
    "OPR": "OIG", "OIG": "OPR", "JIC": "CRCL", "Joint Intake Center": "Government Accountability Office",
    "Integrity Coordination Center": "Joint Intake Center", "Congress": "the Department of Justice",
    "GAO": "FBI", "FBI": "GAO", "CBP": "USCIS", "DOJ": "GAO", "ICE": "CBP",
    "Office of Inspector General": "Office for Civil Rights and Civil Liberties",
    "Office for Civil Rights and Civil Liberties": "Office of Inspector General",
    "Office of Professional Responsibility": "Office of Inspector General",
}  # fmt: skip
_DIRECTIONS = {
    r"\b(refer\w*|return\w*|routes? \w+|escalated) to\b": r"\1 by",
    r"\b(referrals? of [\w ]{1,40}?) from\b": r"\1 to",
    r"\b(referrals?|referred|returned) from\b": r"\1 to",
    r"\b(refer \w+(?: \w+)?) to\b": r"\1 from",
    r"\b(refers \w+(?: \w+)?) to\b": r"\1 from",
    r"\b(refer matters|refers matters|referrals) between each other\b": r"\1 from each other",
    r"\breferred to ([A-Z]\w+(?: OIG)?) for\b": r"referred from \1 for",
}
_OBLIGATIONS = {"may": "must", "can": "must", "must": "may", "should": "must", "could": "must"}
_NEGATIONS = {
    r"\b(do|does|did) not\b": r"\1",
    r"\b(is|are|was|were) not\b": r"\1",
    r"\b(is|are|was|were|has|have|can|may|must|would|will)\b(?! not\b)": r"\1 not",
}
_QUANTITIES = {
    "many": "few", "most": "few", "all": "few", "every": "hardly any", "some": "all", "hundreds": "dozens",
    "thousands": "hundreds", "small fraction": "large fraction", "often": "never", "always": "rarely",
    "both": "neither of the", "largely": "hardly", "far fewer": "far more", "multiple": "few",
    "generally": "rarely", "consistently": "seldom", "routinely": "rarely", "repeatedly": "never",
}  # fmt: skip
_PERSONS = {
    "employees": "detainees", "employee": "detainee", "agents": "contractors", "agent": "contractor",
    "critics": "supporters", "whistleblowers": "prosecutors", "complainants": "supervisors",
    "contractors": "judges", "prosecutors": "senators", "staff": "volunteers", "officials": "journalists",
    "official": "senator", "personnel": "detainees", "investigators": "lawyers", "journalists": "lawmakers",
    "watchdog groups": "trade unions", "advocates": "opponents", "supervisors": "prosecutors",
    "Ombudsman": "Attorney General", "inspector general": "attorney general", "perpetrators": "victims",
    "whistleblower": "prosecutor", "witness": "suspect", "prosecutor": "judge",
}  # fmt: skip


def _other_digit(digits: str, at: int) -> str:
    return digits[:at] + str((int(digits[at]) + 3) % 10) + digits[at + 1 :]


def _in_digits(pattern: str, which: int) -> Callable[[str], Iterator[tuple[int, int, str]]]:
    def swaps(sentence: str) -> Iterator[tuple[int, int, str]]:
        for match in re.finditer(pattern, sentence):
            places = [i for i, c in enumerate(match.group()) if c.isdigit()]
            if places:
                at = places[which % len(places)]
                yield match.start(), match.end(), _other_digit(match.group(), at)

    return swaps


def _digit(sentence: str) -> Iterator[tuple[int, int, str]]:
    rest = re.sub(rf"{_PHONE}|{_EMAIL}|\[\d+\]|\b(?:19|20)\d\d\b", lambda m: "x" * len(m.group()), sentence)
    for which in (0, -1):
        for match in re.finditer(r"\d[\d,]*", rest):
            at = [i for i, c in enumerate(match.group()) if c.isdigit()][which]
            yield match.start(), match.end(), _other_digit(match.group(), at)


def _email(sentence: str) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(_EMAIL, sentence):
        for old, new in (("Intake", "Inbox"), ("ice.dhs", "dhs"), (".gov", ".com"), ("OPR", "OIG")):
            if old in match.group():
                yield match.start(), match.end(), match.group().replace(old, new)


def _words(
    table: dict[str, str], *, exactly: bool = False
) -> Callable[[str], Iterator[tuple[int, int, str]]]:
    flags = 0 if exactly else re.IGNORECASE
    either = "|".join(re.escape(w) for w in sorted(table, key=len, reverse=True))
    by_small_letters = {old.lower(): new for old, new in table.items()}

    def swaps(sentence: str) -> Iterator[tuple[int, int, str]]:
        for match in re.finditer(rf"(?<![\w-])(?:{either})(?![\w-])", sentence, flags):
            new = table.get(match.group()) or by_small_letters[match.group().lower()]
            yield match.start(), match.end(), new.capitalize() if match.start() == 0 else new

    return swaps


def _patterns(table: dict[str, str]) -> Callable[[str], Iterator[tuple[int, int, str]]]:
    def swaps(sentence: str) -> Iterator[tuple[int, int, str]]:
        for pattern, new in table.items():
            for match in re.finditer(pattern, sentence):
                yield match.start(), match.end(), match.expand(new)

    return swaps


_PLANTERS = {
    "digit": (_digit,),
    "phone": (_in_digits(_PHONE, -1), _in_digits(_PHONE, 3), _in_digits(_PHONE, -3)),
    "e-mail": (_email,),
    "year": (_in_digits(r"\b(?:19|20)\d\d\b", -1), _in_digits(r"\b(?:19|20)\d\d\b", 2)),
    "office": (_words(_OFFICES, exactly=True),),
    "referral": (_patterns(_DIRECTIONS),),
    "obligation": (_words(_OBLIGATIONS, exactly=True),),
    "negation": (_patterns(_NEGATIONS),),
    "quantity": (_words(_QUANTITIES),),
    "person": (_words(_PERSONS),),
}


def planted(true: list[str]) -> list[Planted]:
    """Every error that can be planted, at most `MOST_OF_A_KIND` a kind, evenly spread."""
    chosen = []
    for kind in KINDS:
        found = dict.fromkeys(
            Planted(kind, s, s[:a] + new + s[b:], (s[a:b], new))
            for s in true
            for planter in _PLANTERS[kind]
            for a, b, new in planter(s)
        )
        every = list(found)
        step = max(1.0, len(every) / MOST_OF_A_KIND)
        chosen += [every[int(i * step)] for i in range(min(len(every), MOST_OF_A_KIND))]
    return chosen


# the five articles ------------------------------------------------------------------------------------

_PAGE = re.compile(r"donation|Disclaimer|conversations matter|Want to dive")
"""Words of the site around an article: nothing that a base has claims on."""


def article_sentences() -> list[str]:
    """The sentences of the five articles, without headings, questions and what the site says of itself."""
    found = []
    for path in sorted(SHARED_TEXTS.glob("factually-*.txt")):
        found += [s.text for s in sentences(path.read_text("utf-8")) if re.search(r"[.\]]$", s.text)]
    return [s for s in found if len(s.split()) >= 8 and not _PAGE.search(s)]


@dataclass(frozen=True)
class Score:
    """Errors planted and errors flagged `differs` by kind; true sentences, and those flagged."""

    planted: Counter[str]
    flagged: Counter[str]
    clean: int
    false_alarms: list[str]

    def rate(self, kinds: Sequence[str]) -> float:
        """The part of the errors of some kinds that was flagged."""
        return sum(self.flagged[k] for k in kinds) / max(1, sum(self.planted[k] for k in kinds))

    def table(self) -> str:
        """The figures by kind."""
        lines = [f"{k:<12}{self.flagged[k]:>4} of {self.planted[k]:>3}" for k in KINDS]
        others = [k for k in KINDS if k not in FIGURE_LIKE]
        lines += [f"figure-like {self.rate(FIGURE_LIKE):>6.1%}", f"other kinds {self.rate(others):>6.1%}"]
        return "\n".join([*lines, f"true sentences flagged {len(self.false_alarms)} of {self.clean}"])


def audited(texts: list[str], archive: Texts) -> Iterator[Audited]:
    """Each text audited as a draft of its own sentence, against the shipped base."""
    checker = CitationChecker(shipped_base(), archive)

    def read(citations: Iterable[Citation]) -> Iterator[tuple[CitationResult, Passage]]:
        for result in map(checker.check, citations):
            yield result, checker.passage(result)

    rows = tuple(DraftSentence(n, text, n, 1) for n, text in enumerate(texts, 1))
    yield from audit(shipped_base(), Draft("planted", "text", rows), read, archive).sentences


def score(true: list[str], archive: Texts) -> Score:
    """What an audit flags of the errors planted into sentences, and of the sentences as they are."""
    errors = planted(true)
    found = list(audited([*true, *(p.false for p in errors)], archive))
    alarms = [s.sentence.text for s in found[: len(true)] if s.status is Status.DIFFERS]
    pairs = zip(errors, found[len(true) :], strict=True)
    flagged = Counter(p.kind for p, s in pairs if s.status is Status.DIFFERS)
    return Score(Counter(p.kind for p in errors), flagged, len(true), alarms)


def main() -> None:
    """Print the tables: the articles with and without their texts, and the statements of the base."""
    statements = [c.statement for c in shipped_base().claims() if c.retirement is None]
    for title, true, archive in (
        ("The five articles, source texts at hand", article_sentences(), SharedTexts()),
        ("The five articles, the base alone", article_sentences(), NoTexts()),
        ("The base's own statements, the base alone", statements, NoTexts()),
    ):
        print(f"{title}\n{score(true, archive).table()}\n")


if __name__ == "__main__":
    main()
