"""Rules over many claims: shared quotations, near-duplicates, secondary sources, references, validity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from onrecord.citations.wording.case import Problem, Rule
from onrecord.citations.wording.figures import figures_of_statement
from onrecord.citations.wording.lexicon import negatives
from onrecord.citations.wording.marks import emails, phones, references
from onrecord.citations.wording.tokens import Token, stem, tokens
from onrecord.model import Claim, Finding, Severity, Source
from onrecord.text import words
from onrecord.vocab import compact

MANY = 3
"""On how many claims one quotation may not stand: two may share one, a third leans on it."""
SIMILAR = 0.8
"""The share of words that two statements have in common from which on they are near-duplicates."""
_CROWD = 300


@dataclass(frozen=True)
class Together:
    """Claims that are checked together, with the sources of the base; `new` ones come after the others."""

    claims: Sequence[Claim]
    sources: Mapping[str, Source]
    new: frozenset[str] = frozenset()

    @cached_property
    def current(self) -> tuple[Claim, ...]:
        """The claims that have not been retired, by IRI, the new ones last."""
        standing = (c for c in self.claims if c.retirement is None)
        return tuple(sorted(standing, key=lambda c: (c.iri in self.new, c.iri)))


def across_findings(
    claims: Sequence[Claim], sources: Mapping[str, Source], new: frozenset[str] = frozenset()
) -> list[Finding]:
    """What the rules over many claims have against some of them; retired claims are left out.

    Costs grow with the number of claims, not of their pairs. Pure; waived rules are reported too.
    """
    together = Together(claims, sources, new)
    return [finding for rule in RULES for finding in rule.findings(together)]


def check_quotation(together: Together) -> Iterator[Problem]:
    """One quotation, same source and same normalised words, on many claims."""
    holders: defaultdict[tuple[str, tuple[str, ...]], dict[str, Claim]] = defaultdict(dict)
    for claim in together.current:
        for citation in claim.supporting:
            holders[citation.source, words(citation.exact)][claim.iri] = claim
    for (_, exact), by_iri in sorted(holders.items()):
        if len(by_iri) < MANY:
            continue
        claims = list(by_iri.values())
        for claim in claims:
            others = ", ".join(compact(c.iri) for c in claims[:MANY] if c is not claim)
            citation = next(c for c in claim.supporting if words(c.exact) == exact)
            yield Problem(
                f"This quotation stands on {len(claims)} claims, {others} among them.",
                citation.iri,
                citation.place or claim.place,
                "Quote for each claim the words that carry it, or merge the claims.",
                citation.exact,
            )


def check_duplicates(together: Together) -> Iterator[Problem]:
    """Near-duplicate statements: each is reported once, beside the first that it resembles."""
    rows = {claim.iri: _statement_words(claim) for claim in together.current}
    counts = Counter(word for row in rows.values() for word in row)
    seen: dict[tuple[frozenset[str], tuple[object, ...]], Claim] = {}
    index: defaultdict[str, list[Claim]] = defaultdict(list)
    marks: dict[str, tuple[object, ...]] = {}
    for claim in together.current:
        row = rows[claim.iri]
        mark = marks[claim.iri] = _distinguishing(claim)
        first = seen.get((row, mark))
        if first is None:
            prefix = _prefix(row, counts)
            first = _resembled(claim, prefix, index, rows, marks)
            for word in prefix:
                if len(index[word]) < _CROWD:
                    index[word].append(claim)
            seen[row, mark] = claim
        if first is not None:
            yield Problem(
                f'The statement is nearly that of {compact(first.iri)}: "{first.statement}"',
                claim.iri,
                claim.place,
                "Put the citations on one claim, or say what sets the two apart.",
            )


def _statement_words(claim: Claim) -> frozenset[str]:
    return frozenset(stem(t.word) for t in tokens(claim.statement) if t.is_word)


def _prefix(row: frozenset[str], counts: Counter[str]) -> list[str]:
    """The rarest words of a statement: two that are similar enough share at least one of these."""
    ordered = sorted(row, key=lambda w: (counts[w], w))
    return ordered[: len(ordered) - int(SIMILAR * len(ordered)) + 1]


def _resembled(
    claim: Claim,
    prefix: Sequence[str],
    index: Mapping[str, Sequence[Claim]],
    rows: Mapping[str, frozenset[str]],
    marks: Mapping[str, tuple[object, ...]],
) -> Claim | None:
    """The first earlier claim whose statement resembles this one and differs in nothing that counts."""
    row = rows[claim.iri]
    for other in sorted({c.iri: c for w in prefix for c in index.get(w, ())}.values(), key=lambda c: c.iri):
        theirs = rows[other.iri]
        if marks[other.iri] != marks[claim.iri]:
            continue
        alike = len(row & theirs) >= SIMILAR * len(row | theirs)
        if alike or fuzz.ratio(claim.statement, other.statement, score_cutoff=92):
            return other
    return None


def _distinguishing(claim: Claim) -> tuple[object, ...]:
    """What makes two similar statements different ones: figures, numbers, negation, names, binding words."""
    row = tokens(claim.statement)
    names = frozenset(t.raw for n, t in enumerate(row) if _is_name(t, first=n == 0))
    figures = frozenset((f.kind, f.value) for f in figures_of_statement(claim.statement))
    numbers = frozenset(
        form for read in (phones, emails, references) for m in read(claim.statement) for form in m.forms
    )
    denied = sum(1 for n in negatives(row) if n.plain)
    binding = frozenset(t.word for t in row if t.word in _BINDING)
    return figures, numbers, denied, binding, names, claim.entities


def _is_name(token: Token, *, first: bool) -> bool:
    return token.is_word and token.raw[:1].isupper() and (not first or token.raw[1:2].isupper())


_BINDING = frozenset(
    ("must", "shall", "should", "may", "can", "all", "every", "each", "most", "some", "only", "many")
)


def check_secondary(together: Together) -> Iterator[Problem]:
    """Claims that no primary source supports."""
    for claim in together.current:
        tiers = {s.tier for c in claim.supporting if (s := together.sources.get(c.source)) is not None}
        if tiers == {"secondary"}:
            yield Problem(
                "Only secondary sources support the claim.",
                claim.iri,
                claim.place,
                "Look for the primary source behind it (its reference) and cite that beside or instead.",
            )


def check_references(together: Together) -> Iterator[Problem]:
    """Citations whose `[n]` markers lead to no source."""
    unresolved = {
        reference.iri: reference
        for source in together.sources.values()
        for reference in source.references
        if reference.unresolved or not reference.candidates
    }
    for claim in together.current:
        for citation in claim.citations:
            for iri in citation.references:
                if iri in unresolved:
                    found = unresolved[iri]
                    reason = f" ({found.unresolved})" if found.unresolved else ""
                    yield Problem(
                        f"The reference {found.marker} behind the quotation leads to no source{reason}.",
                        citation.iri,
                        citation.place or claim.place,
                        "Find what the marker stands for and add it as a candidate, or leave it as an open"
                        " question.",
                        citation.exact,
                    )


def check_validity(together: Together) -> Iterator[Problem]:
    """Claims that had ceased to hold before any of their sources was published."""
    for claim in together.current:
        cited = [together.sources[c.source] for c in claim.supporting if c.source in together.sources]
        if claim.valid_through and cited and all(_ends_before(claim.valid_through, s.issued) for s in cited):
            yield Problem(
                f"The claim held through {claim.valid_through}, and its sources were published later"
                f" ({', '.join(sorted({s.issued for s in cited}))}).",
                claim.iri,
                claim.place,
                "Compare the date with the source; quote the words that say when it ended.",
            )


def _ends_before(end: str, issued: str) -> bool:
    """Whether a date or period is over when another begins, at the coarser one's exactness."""
    length = min(len(end), len(issued))
    return bool(end and issued) and end[:length] < issued[:length]


RULES: tuple[Rule[Together], ...] = (
    Rule(
        "across-quotation",
        Severity.WARNING,
        "One quotation on many claims",
        f"The same words of the same source support {MANY} claims or more. A quotation carries little more"
        " than one statement: quote for each claim the words that carry it, or merge the claims.",
        check_quotation,
    ),
    Rule(
        "across-duplicate",
        Severity.WARNING,
        "Near-duplicate claims",
        "Two statements share most of their words, and no figure, number, name, negation or binding word"
        " sets them apart. A second source for the same thing is a second citation on the one claim.",
        check_duplicates,
    ),
    Rule(
        "across-secondary",
        Severity.INFO,
        "Only secondary sources",
        "Every supporting citation is of a secondary source, so the claim is as good as somebody else's"
        " reading. Look for the primary source behind it. (For information, since a base that begins from"
        " fact-check articles would have little else to report.)",
        check_secondary,
    ),
    Rule(
        "across-reference",
        Severity.WARNING,
        "A reference that leads to no source",
        "The secondary source gives a reference for the quoted words, and no source at hand is a candidate"
        " for it. Find what it stands for, or leave it as an open question.",
        check_references,
    ),
    Rule(
        "across-validity",
        Severity.WARNING,
        "A validity that ended before the source was published",
        "The claim's last day of validity lies before the publication of every source that supports it."
        " That may be right for history; more often a date is wrong.",
        check_validity,
    ),
)
