"""`new`: a ready claim from a source and a quotation, with what the source's text tells filled in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.citations.locating import LocatedText, passage_around
from onrecord.citations.nearest import nearest_passage
from onrecord.citations.sections import SectionPath
from onrecord.citations.sentences import context, sentences
from onrecord.citations.wording.lexicon import ATTRIBUTIONS, CONDITIONS, HEDGES, negatives
from onrecord.citations.wording.tokens import is_content, tokens
from onrecord.errors import FilingError, UnknownTerm
from onrecord.model import Base, Source, SourceText, Standing, Texts
from onrecord.store.config import Config
from onrecord.text import Normalised, count_plain, readings, words
from onrecord.vocab import compact

_MARKER = re.compile(r"\s*\[[0-9]{1,3}\]")
_CODE = re.compile(r"(?P<title>\d+)\s+(?P<code>U\.\s?S\.\s?C\.|C\.\s?F\.\s?R\.|USC|CFR)")
_CODES = {"USC": "U.S.C.", "CFR": "CFR"}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_WORDS, _SLUG_LENGTH = 6, 60
STANDINGS = {
    "statute-regulation": Standing.LAW,
    "oig-report": Standing.OVERSIGHT_FINDING,
    "gao-report": Standing.OVERSIGHT_FINDING,
    "agency-page": Standing.OFFICIAL_STATEMENT,
    "news": Standing.REPORTING,
    "fact-check": Standing.REPORTING,
    "advocacy-report": Standing.ARGUMENT,
}
"""What the words of each type of source most often stand as: a proposal, to be read over."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A quotation as its source writes it, with what singles it out and what stands around it.

    Attributes:
        exact: the words quoted.
        prefix, suffix: the words next to them that the citation has to name.
        before, after: up to four words next to them, for the reader.
        locator: the section, in the source's own numbering.
        references: the references that the sentence's markers name.
        singled_out: whether prefix, suffix and locator leave one place only.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    before: str = ""
    after: str = ""
    locator: str = ""
    references: tuple[str, ...] = ()
    singled_out: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim to be filled in.

    Attributes:
        claim: the proposed slug.
        source: what it cites.
        fragment: the quotation.
        standing: proposed by the source's type.
        notes: what the reader should know.
    """

    claim: str
    source: Source
    fragment: Fragment
    standing: Standing
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotDrafted:
    """Why a quotation gives no draft: not in the text, or there more than once, with the passages."""

    message: str
    passages: tuple[str, ...] = ()
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a draft is asked for: a source (IRI), the words, and perhaps a slug and which place is meant."""

    source: str
    quotation: str
    slug: str = ""
    occurrence: int = 0


@dataclass(frozen=True)
class QuotedText:
    """A text of a source in which a quotation is looked for."""

    source: Source
    located: LocatedText
    config: Config

    @cached_property
    def text(self) -> Normalised:
        """The text's words."""
        return self.located.text

    def find(self, quotation: str, occurrence: int = 0) -> Fragment | NotDrafted:
        """The fragment that a quotation names; `occurrence` (from 1) chooses among several places."""
        reading, places = self._places(quotation)
        if not places:
            return self._absent(quotation)
        if occurrence > len(places):
            return self._several(places, len(reading), f"There is no place {occurrence}")
        if len(places) > 1 and not occurrence:
            return self._several(places, len(reading), "The quotation")
        at = places[max(0, occurrence - 1)]
        as_written = self.text.slice(at, at + len(reading))
        if _MARKER.search(as_written):
            return NotDrafted(
                "A marker stands inside these words, and a quotation holds none.",
                (_one_line(as_written),),
                "Quote the words before it or those behind it.",
            )
        return self._fragment(reading, at, places)

    def _places(self, quotation: str) -> tuple[tuple[str, ...], list[int]]:
        for reading in readings(quotation):
            places = self.text.find_all(reading)
            if places:
                return reading, places
        return (), []

    def _absent(self, quotation: str) -> NotDrafted:
        message = f"The quotation does not stand in the text of source:{self.source.slug}."
        nearest = nearest_passage(words(quotation), self.text)
        if nearest is None:
            return NotDrafted(message, (), "No passage is near to it: try fewer words, or 'find-quote'.")
        given, there = nearest.difference
        differs = f"the text has {there!r} where the quotation has {given!r}"
        return NotDrafted(message, (nearest.passage,), f"Quote the nearest passage instead: {differs}.")

    def _several(self, places: Sequence[int], size: int, subject: str) -> NotDrafted:
        shown = tuple(f"{n}. {self._shown(at, size)}" for n, at in enumerate(places, 1))
        times = f"stands {len(places)} times in the text of source:{self.source.slug}"
        message = (
            f"{subject} {times}." if subject == "The quotation" else f"{subject}: the quotation {times}."
        )
        return NotDrafted(message, shown, "Choose one with --occurrence N, or quote more words.")

    def _shown(self, at: int, size: int) -> str:
        locator = self._locator(at)
        return f"{passage_around(self.text, at, size)}{f' ({locator})' if locator else ''}"

    # what is made of one place ----------------------------------------------------------------------------

    def _fragment(self, reading: tuple[str, ...], at: int, places: Sequence[int]) -> Fragment:
        end = at + len(reading)
        before, after = context(self.text, at, end)
        reach = self.config.affix_words
        left = min(reach, len(words(before)))
        right = min(reach, len(words(after)))
        prefix, suffix = self._operators(at, end, left, right)
        affixes = self._singled_out(at, end, places, prefix, suffix)
        prefix, suffix = affixes or (prefix, suffix)
        return Fragment(
            singled_out=affixes is not None,
            exact=_one_line(self.text.slice(at, end)),
            prefix=self._words(at - prefix, at),
            suffix=self._words(end, end + suffix),
            before=self._words(at - left, at).lstrip(") "),
            after=self._words(end, end + right).rstrip("( "),
            locator=self._locator(at),
            references=self._references(at, end),
        )

    def _words(self, start: int, end: int) -> str:
        return _one_line(_MARKER.sub(" ", self.text.slice(start, end)))

    def _operators(self, at: int, end: int, left: int, right: int) -> tuple[int, int]:
        """How many words before and after carry a negation, condition, hedge or attribution."""
        prefix = next((k for k in range(left, 0, -1) if _operator(self._words(at - k, at))), 0)
        for k in range(right - 1, -1, -1):
            length = _operator(self._words(end + k, end + right))
            if length:
                return prefix, min(right, k + length)
        return prefix, 0

    def _singled_out(
        self, at: int, end: int, places: Sequence[int], prefix: int, suffix: int
    ) -> tuple[int, int] | None:
        """The fewest words before and after by which no other place fits; the locator may do it alone."""
        path = self._path(at) if self._locator(at) else None
        holds = self.located.sections.holds
        rivals = [p for p in places if p != at and (path is None or holds(path, self.text.spans[p][0]))]
        reach = self.config.affix_words
        sizes = [(p, s) for p in range(prefix, reach + 1) for s in range(suffix, reach + 1)]
        for before, after in sorted(sizes, key=lambda size: (sum(size), size[1])):
            if before <= at and not any(self._same(at, p, end - at, before, after) for p in rivals):
                return before, after
        return None

    def _same(self, at: int, other: int, size: int, before: int, after: int) -> bool:
        text = self.text.words
        return (
            text[at - before : at] == text[max(0, other - before) : other]
            and text[at + size : at + size + after] == text[other + size : other + size + after]
        )

    def _path(self, at: int) -> SectionPath | None:
        return self.located.sections.path_at(self.text.spans[at][0])

    def _locator(self, at: int) -> str:
        """The section of a law text in its own numbering, such as "6 CFR 115.22(e)"."""
        path = self._path(at)
        code = _CODE.search(self.source.identifier) or _CODE.search(self.source.title)
        if path is None or code is None:
            return ""
        name = _CODES[re.sub(r"[.\s]", "", code["code"])]
        return f"{code['title']} {name} {path.section}{''.join(f'({label})' for label in path.labels)}"

    def _references(self, at: int, end: int) -> tuple[str, ...]:
        start, stop = self.text.spans[at][0], self.text.spans[end - 1][1]
        markers = [
            m for s in sentences(self.text.text) if s.start < stop and start < s.end for m in s.markers
        ]
        known = {r.marker: r.iri for r in self.source.references}
        return tuple(dict.fromkeys(known[m] for m in markers if m in known))


def _operator(text: str) -> int:
    """How many words the negation, condition, hedge or attribution has that a text begins with."""
    row = tokens(text)
    if not row:
        return 0
    denied = next((n.end for n in negatives(row) if n.start == 0), 0)
    return max(denied, *(phrases.at(row, 0) for phrases in (CONDITIONS, HEDGES, ATTRIBUTIONS)))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def proposed_slug(quotation: str) -> str:
    """A slug from the words of a quotation that mean something.

    >>> proposed_slug("each allegation is promptly reported to the Joint Intake Center")
    'allegation-promptly-reported-joint-intake-center'
    """
    plain = unicodedata.normalize("NFKD", quotation).encode("ascii", "ignore").decode()
    row = tokens(plain)
    chosen = [t for t in row if is_content(t)] or [t for t in row if t.is_word]
    parts = [re.sub(r"[^a-z0-9]+", "-", t.word).strip("-") for t in chosen]
    found = "-".join(part for part in parts[:_SLUG_WORDS] if part) or "claim"
    return found if len(found) <= _SLUG_LENGTH else found[:_SLUG_LENGTH].rpartition("-")[0]


def unused_slug(wanted: str, given: str, taken: frozenset[str]) -> str:
    """The slug given, or the wanted one with a number where it is taken.

    Raises:
        FilingError: the slug given is none, or is taken.
    """
    if given:
        if not _SLUG.fullmatch(given):
            raise FilingError(
                f"{given!r} is no slug.", next_step="Use small letters, digits and single hyphens."
            )
        if given in taken:
            raise FilingError(f"claim:{given} is in the base already.", next_step="Choose another --slug.")
        return given
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return next(name for name in (wanted, *numbered) if name not in taken)


def draft(
    base: Base, texts: Texts, config: Config, wanted: Wanted, taken: frozenset[str]
) -> Draft | NotDrafted:
    """A claim that cites a quotation of a source, as far as the source's text tells it.

    Args:
        base: the base that holds the source.
        texts: where its text is looked for; without one the quotation is taken as it was given.
        config: the base's limits.
        wanted: what is asked for.
        taken: the slugs that are in use.

    Raises:
        UnknownTerm: the base does not hold the source.
        FilingError: the slug given is none, or is taken.
    """
    source = base.source(wanted.source)
    if source is None:
        raise UnknownTerm(f"No source {compact(wanted.source)}.", next_step="List them: onrecord source list")
    text, notes = _text_of(base, texts, source)
    found: Fragment | NotDrafted = Fragment(_one_line(wanted.quotation))
    if text is not None:
        located = LocatedText.of(text.text)
        found = QuotedText(source, located, config).find(wanted.quotation, wanted.occurrence)
    if isinstance(found, NotDrafted):
        return found
    standing = STANDINGS.get(source.type, Standing.REPORTING)
    name = unused_slug(proposed_slug(found.exact), wanted.slug, taken)
    return Draft(name, source, found, standing, (*notes, *_fragment_notes(found, config)))


def _text_of(base: Base, texts: Texts, source: Source) -> tuple[SourceText | None, tuple[str, ...]]:
    """The text committed to, else the latest one at hand."""
    at_hand = texts.texts(source.iri)
    committed = {s.text_digest for s in base.snapshots(source.iri)}
    if not at_hand:
        refused = "; 'add' refuses the claim without it" if committed else ""
        advice = f"File its text{refused}: onrecord source add FILE --id {source.slug}"
        return None, (f"No text of source:{source.slug} is at hand; the words stand as given. {advice}",)
    cited = [t for t in at_hand if t.text_digest in committed]
    if cited or not committed:
        return (cited or list(at_hand))[-1], ()
    advice = f"run 'onrecord prove --source {source.slug}' before you add the claim"
    return at_hand[-1], (f"The text at hand is not the one that the base commits to: {advice}.",)


def _fragment_notes(fragment: Fragment, config: Config) -> Iterator[str]:
    """What a check will say of the quotation."""
    fewest, most = config.quotation_words
    count = count_plain(words(fragment.exact))
    if not fewest <= count <= most:
        yield f"The quotation has {count} words; a check accepts {fewest} to {most}."
    if not fragment.singled_out:
        yield "No words next to the quotation single it out: quote more words."
