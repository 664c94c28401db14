"""Where a quotation stands: one outcome a citation, by text or by proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.citations.nearest import nearest_passage
from onrecord.citations.sections import Sections, parse_locator
from onrecord.model import Citation, CitationResult, Outcome, Proof, Snapshot
from onrecord.text import Normalised, readings, words

ProofTest = Callable[[Proof, int, Sequence[str]], bool]


@dataclass(frozen=True)
class LocatedText:
    """A source's text, prepared for locating: its words and its sections."""

    text: Normalised

    @classmethod
    def of(cls, text: str) -> LocatedText:
        """Prepare a text."""
        return cls(Normalised.of(text))

    @cached_property
    def sections(self) -> Sections:
        """The sections of a law text; empty elsewhere."""
        return Sections.of(self.text)


def locate(citation: Citation, located: LocatedText, proof: Proof | None = None) -> CitationResult:
    """Look for a citation's quotation in a text.

    The affixes, then the locator, then the proof's position single out one of several places. Words that do
    not stand in the section that the locator names are `absent`: they are not where they are cited.
    """
    text = located.text
    for reading in readings(citation.exact):
        places = text.find_all(reading)
        if places:
            return _single_out(citation, located, reading, places, proof)
    nearest = nearest_passage(readings(citation.exact)[0], text)
    if nearest is None:
        return CitationResult(citation, Outcome.ABSENT, "text", "no passage of the text is near to it")
    return CitationResult(
        citation,
        Outcome.CHANGED,
        "text",
        f"the text has {nearest.difference[1]!r} where it has {nearest.difference[0]!r}",
        nearest.position,
        nearest.passage,
        nearest.difference,
    )


def _single_out(
    citation: Citation, located: LocatedText, reading: tuple[str, ...], places: list[int], proof: Proof | None
) -> CitationResult:
    text = located.text
    size = len(reading)
    fitting = [p for p in places if _affixes_fit(citation, text, p, size)]
    if not fitting:
        return _affixes_changed(citation, text, places[0], size)
    path = parse_locator(citation.locator) if citation.locator else None
    if path is not None and located.sections.spans:
        cited = [p for p in fitting if located.sections.holds(path, text.spans[p][0])]
        if not cited:
            return _elsewhere(citation, located, fitting[0], size)
        fitting = cited
    if len(fitting) > 1 and proof is not None:
        start = proof.position + len(words(citation.prefix))
        fitting = [p for p in fitting if p == start] or fitting
    if len(fitting) > 1:
        shown = tuple(passage_around(text, p, size) for p in fitting[:3])
        reason = f"it stands there {len(fitting)} times"
        return CitationResult(citation, Outcome.AMBIGUOUS, "text", reason, fitting[0], passages=shown)
    at = fitting[0]
    as_written = text.slice(at, at + size)
    warnings = () if as_written == citation.exact else ("normalised",)
    return CitationResult(citation, Outcome.FOUND, "text", "", at, as_written, warnings=warnings)


def _affixes_fit(citation: Citation, text: Normalised, at: int, size: int) -> bool:
    return any(
        before == text.words[max(0, at - len(before)) : at] for before in readings(citation.prefix)
    ) and any(after == text.words[at + size : at + size + len(after)] for after in readings(citation.suffix))


def _affixes_changed(citation: Citation, text: Normalised, at: int, size: int) -> CitationResult:
    before, after = words(citation.prefix), words(citation.suffix)
    there_before = text.words[max(0, at - len(before)) : at]
    there_after = text.words[at + size : at + size + len(after)]
    which, given, there = (
        ("prefix", before, there_before) if before != there_before else ("suffix", after, there_after)
    )
    reason = f"its {which} is {' '.join(given)!r}, but the text has {' '.join(there)!r} there"
    passage = passage_around(text, at, size)
    return CitationResult(
        citation, Outcome.CHANGED, "text", reason, at, passage, (" ".join(given), " ".join(there))
    )


def _elsewhere(citation: Citation, located: LocatedText, at: int, size: int) -> CitationResult:
    text = located.text
    found = located.sections.path_at(text.spans[at][0])
    where = f"{found.section}{''.join(f'({label})' for label in found.labels)}" if found else "another part"
    reason = f"the words stand in {where}, not at {citation.locator}"
    return CitationResult(citation, Outcome.ABSENT, "text", reason, at, passage_around(text, at, size))


def passage_around(text: Normalised, at: int, size: int, margin: int = 4) -> str:
    """The words from `at`, with a few words before and after, as written, on one line."""
    return " ".join(text.slice(max(0, at - margin), min(len(text), at + size + margin)).split())


def verify_by_proof(
    citation: Citation, proof: Proof | None, snapshots: Sequence[Snapshot], test: ProofTest
) -> CitationResult:
    """The outcome without the text: the proof must hold for the words against a recorded commitment.

    A source with a commitment has been read; a quotation of it that no proof shows is `absent`, since nothing
    stands for it. Without a commitment there is nothing to test against: `unchecked`.
    """
    if not snapshots:
        reason = "no text of the source is at hand and the base holds no commitment to one"
        return CitationResult(citation, Outcome.UNCHECKED, "", reason)
    if proof is None:
        reason = "no proof shows these words in the committed text, and the text is not at hand"
        return CitationResult(citation, Outcome.ABSENT, "proof", reason)
    for snapshot in snapshots:
        if snapshot.root == proof.root and any(
            test(proof, snapshot.word_count, reading) for reading in _quoted_readings(citation)
        ):
            at = proof.position + len(words(citation.prefix))
            return CitationResult(citation, Outcome.FOUND, "proof", "", at)
    return CitationResult(citation, Outcome.ABSENT, "proof", "its proof does not hold for these words")


def _quoted_readings(citation: Citation) -> list[tuple[str, ...]]:
    return [
        (*before, *exact, *after)
        for before in readings(citation.prefix)
        for exact in readings(citation.exact)
        for after in readings(citation.suffix)
    ]
