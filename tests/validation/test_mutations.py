"""No changed quotation passes, by text or by proof; every harmless respelling does."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from onrecord.citations.locating import verify_by_proof
from onrecord.model import Citation, Outcome
from onrecord.sources.commitment import holds
from onrecord.store.naming import citation_iri
from onrecord.text import Normalised, readings, words
from onrecord.validation.quotations import CitationChecker
from shipped import NoTexts, SharedTexts, needs_texts, provable_citations, shipped_base

REFUSED = (Outcome.CHANGED, Outcome.ABSENT, Outcome.AMBIGUOUS)
Mutation = Callable[[str, random.Random], Iterator[str]]


def one_digit_changed(exact: str, rng: random.Random) -> Iterator[str]:
    for match in re.finditer(r"\d", exact):
        other = rng.choice([d for d in "0123456789" if d != match.group()])
        yield exact[: match.start()] + other + exact[match.end() :]


def word_replaced(exact: str, rng: random.Random) -> Iterator[str]:
    parts = exact.split()
    for i in range(len(parts)):
        yield " ".join([*parts[:i], rng.choice(["otherwise", "never", "weekly", "9"]), *parts[i + 1 :]])


def not_inserted(exact: str, rng: random.Random) -> Iterator[str]:
    parts = exact.split()
    for i in range(1, len(parts)):
        yield " ".join([*parts[:i], "not", *parts[i:]])


def inner_word_dropped(exact: str, rng: random.Random) -> Iterator[str]:
    parts = exact.split()
    for i in range(1, len(parts) - 1):
        if words(parts[i]):
            yield " ".join([*parts[:i], *parts[i + 1 :]])


def neighbours_swapped(exact: str, rng: random.Random) -> Iterator[str]:
    parts = exact.split()
    for i in range(len(parts) - 1):
        if words(parts[i]) != words(parts[i + 1]) and words(parts[i]) and words(parts[i + 1]):
            yield " ".join([*parts[:i], parts[i + 1], parts[i], *parts[i + 2 :]])


def number_altered(exact: str, rng: random.Random) -> Iterator[str]:
    for match in re.finditer(r"\d[\d.,-]*\d|\d", exact):
        yield exact[: match.start()] + str(rng.randint(1000, 9999)) + exact[match.end() :]


HARMFUL: list[Mutation] = [
    one_digit_changed,
    word_replaced,
    not_inserted,
    inner_word_dropped,
    neighbours_swapped,
    number_altered,
]


EVERY_PLACE = bool(os.environ.get("ONRECORD_FULL"))
"""Whether every place of every quotation is mutated, or two places of each."""


def mutants(mutation: Mutation, seed: int = 20261121) -> Iterator[tuple[Citation, Citation]]:
    rng = random.Random(seed)
    for citation in provable_citations():
        mutated = list(mutation(citation.exact, rng))
        for exact in mutated if EVERY_PLACE else rng.sample(mutated, min(2, len(mutated))):
            if words(exact) != words(citation.exact):
                iri = citation_iri(citation.claim, citation.source, exact)
                yield citation, replace(citation, exact=exact, iri=iri)


@pytest.mark.parametrize("mutation", HARMFUL)
def test_a_changed_quotation_is_refused_by_proof(mutation: Mutation) -> None:
    checker = CitationChecker(shipped_base(), NoTexts())
    tried = 0
    for citation, mutant in mutants(mutation):
        tried += 1
        assert checker.check(mutant).outcome in REFUSED, mutant.exact
        snapshots = shipped_base().snapshots(citation.source)
        with_old_proof = verify_by_proof(mutant, shipped_base().proof(citation.iri), snapshots, holds)
        assert with_old_proof.outcome in REFUSED, mutant.exact
    assert tried > 0 or mutation in (one_digit_changed, number_altered)


@needs_texts
@pytest.mark.parametrize("mutation", HARMFUL)
def test_a_changed_quotation_is_refused_by_text(mutation: Mutation) -> None:
    checker = CitationChecker(shipped_base(), SharedTexts())
    texts = SharedTexts()
    counts: Counter[str] = Counter()
    for _, mutant in mutants(mutation):
        text = Normalised.of(texts.texts(mutant.source)[0].text)
        if any(text.find_all(reading) for reading in readings(mutant.exact)) and (
            checker.check(mutant).outcome is Outcome.FOUND
        ):
            counts["skipped"] += 1
            print(f"another passage of {mutant.source}: {mutant.exact!r}")
            continue
        counts["tried"] += 1
        assert checker.check(mutant).outcome in REFUSED, mutant.exact
    print(f"{mutation.__name__}: {dict(counts)}")
    assert counts["skipped"] <= 0.01 * max(1, counts["tried"])


def _rewrapped(exact: str) -> str:
    return "\n   ".join(exact.split())


def _curly(exact: str) -> str:
    return exact.replace("'", "\u2019").replace('"', "\u201d")


def _straight(exact: str) -> str:
    return re.sub("[\u2018\u2019]", "'", re.sub("[\u201c\u201d]", '"', exact))


def _other_dash(exact: str) -> str:
    return re.sub("[-\u2010-\u2015]", "\u2013", exact)


def _soft_hyphens(exact: str) -> str:
    return re.sub(r"(\w)(\w)", "\\1\u00ad\\2", exact)


def _line_break_hyphen(exact: str) -> str:
    return re.sub(r"\b([^\W\d_]{3})([^\W\d_]{3,})\b", "\\1-\n\\2", exact, count=1)


def _wrapped_at_compound(exact: str) -> str:
    return re.sub(r"([^\W\d_])-([^\W\d_])", "\\1-\n\\2", exact)


def _ligatures(exact: str) -> str:
    return (
        exact.replace("ffi", "\ufb03").replace("fi", "\ufb01").replace("fl", "\ufb02").replace("ff", "\ufb00")
    )


def _doubled_spaces(exact: str) -> str:
    return exact.replace(" ", "  ")


HARMLESS: list[Callable[[str], str]] = [
    str,
    _rewrapped,
    _curly,
    _straight,
    _other_dash,
    _soft_hyphens,
    _line_break_hyphen,
    _wrapped_at_compound,
    _ligatures,
    str.upper,
    str.lower,
    str.title,
    _doubled_spaces,
]


@pytest.mark.parametrize("respell", HARMLESS, ids=lambda f: f.__name__.strip("_"))
@pytest.mark.parametrize("by", ["proof", pytest.param("text", marks=needs_texts)])
def test_a_respelt_quotation_stays_found(respell: Callable[[str], str], by: str) -> None:
    texts = NoTexts() if by == "proof" else SharedTexts()
    checker = CitationChecker(shipped_base(), texts)
    for citation in provable_citations():
        exact = respell(citation.exact)
        iri = citation_iri(citation.claim, citation.source, exact)
        result = checker.check(replace(citation, exact=exact, iri=iri))
        assert (result.outcome, result.means) == (Outcome.FOUND, by), (exact, result.reason)
