"""Citation checking by text and by proof, beside str.find on normalised text and rapidfuzz's alignment.

Run: python -m benchmarks.citation_checking [--citations N] [--words N] [--rounds N]

The texts are made from a seeded word list, so every machine checks the same ones. Each round times all four
ways in turn; the medians and the ratios to str.find are printed. MB/s counts the text that a way had to look
through: for proofs, the text that the reader did not need to have.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio_alignment

from onrecord.citations.locating import LocatedText, locate, verify_by_proof
from onrecord.model import Citation, Outcome, Proof, Snapshot
from onrecord.sources.commitment import Commitment, holds
from onrecord.store.naming import citation_iri
from onrecord.text import words
from onrecord.vocab import KB

SEED = 20261121
QUOTED_WORDS = 8


@dataclass(frozen=True)
class Case:
    """One citation with its source's text, commitment and proof."""

    citation: Citation
    text: str
    located: LocatedText
    snapshot: Snapshot
    proof: Proof


def make_text(rng: random.Random, vocabulary: list[str], size: int) -> str:
    """A text of `size` words in sentences, some with figures and compounds."""
    sentences = []
    left = size
    while left > 0:
        length = min(left, rng.randint(8, 24))
        chosen = [rng.choice(vocabulary) for _ in range(length)]
        sentences.append(f"{chosen[0].capitalize()} {' '.join(chosen[1:])} [{rng.randint(1, 30)}].")
        left -= length
    return " ".join(sentences)


def make_cases(citations: int, size: int) -> list[Case]:
    """Citations spread over a tenth as many texts."""
    rng = random.Random(SEED)
    letters = "abcdefghijklmnoprstuvw"
    vocabulary = ["".join(rng.choices(letters, k=rng.randint(2, 11))) for _ in range(6000)]
    vocabulary += [str(rng.randint(1, 9999)) for _ in range(200)]
    cases: list[Case] = []
    for number in range(max(1, citations // 10)):
        text = make_text(rng, vocabulary, size)
        located, source = LocatedText.of(text), f"{KB}source/text-{number}"
        tree = Commitment(located.text.words)
        snapshot = Snapshot(f"{source}.snapshot", source, "", tree.word_count, tree.root)
        for _ in range(10):
            start = rng.randrange(tree.word_count - QUOTED_WORDS)
            exact = located.text.slice(start, start + QUOTED_WORDS)
            claim = f"{KB}claim/c{len(cases)}"
            citation = Citation(citation_iri(claim, source, exact), claim, source, exact)
            proof = tree.prove(start, start + QUOTED_WORDS)
            cases.append(Case(citation, text, located, snapshot, proof))
    return cases[:citations]


def by_text(case: Case) -> bool:
    """As the check does it, the text prepared once for all its citations."""
    return locate(case.citation, case.located, case.proof).outcome is Outcome.FOUND


def by_text_cold(case: Case) -> bool:
    """As the check does it for the first citation of a text: the text is normalised too."""
    return locate(case.citation, LocatedText.of(case.text), case.proof).outcome is Outcome.FOUND


def by_proof(case: Case) -> bool:
    """Without the text."""
    return verify_by_proof(case.citation, case.proof, [case.snapshot], holds).outcome is Outcome.FOUND


def by_find(case: Case) -> bool:
    """Plain str.find of the normalised quotation in the normalised text: the least that must be done."""
    return case.located.text.joined.find(f" {' '.join(words(case.citation.exact))} ") >= 0


def by_alignment(case: Case) -> bool:
    """Rapidfuzz's best partial alignment, which says how similar, not whether."""
    found = partial_ratio_alignment(" ".join(words(case.citation.exact)), case.located.text.joined)
    return found is not None and found.score == 100.0


WAYS: list[tuple[str, Callable[[Case], bool]]] = [
    ("str.find on normalised text", by_find),
    ("onrecord by text, text prepared", by_text),
    ("onrecord by text, text normalised each time", by_text_cold),
    ("onrecord by proof", by_proof),
    ("rapidfuzz partial alignment", by_alignment),
]


def measure(cases: list[Case], rounds: int) -> dict[str, float]:
    """Median seconds of each way over all cases."""
    times: dict[str, list[float]] = {name: [] for name, _ in WAYS}
    for _ in range(rounds):
        for name, way in WAYS:
            start = time.perf_counter()
            passed = sum(way(case) for case in cases)
            times[name].append(time.perf_counter() - start)
            assert passed == len(cases) or way is by_alignment, f"{name}: {passed} of {len(cases)}"
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--citations", type=int, default=200)
    parser.add_argument("--words", type=int, default=2000, help="words a text")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    cases = make_cases(given.citations, given.words)
    for case in cases:
        case.located.text.joined  # noqa: B018 - prepared before the clock starts
    megabytes = sum(len(c.text.encode()) for c in cases) / 1e6
    taken = measure(cases, given.rounds)
    least = taken[WAYS[0][0]]
    print(
        f"{len(cases)} citations of {QUOTED_WORDS} words, texts of {given.words} words, "
        f"median of {given.rounds} rounds"
    )
    print(f"{'way':46} {'citations/s':>12} {'MB/s':>9} {'times str.find':>15}")
    for name, seconds in taken.items():
        print(f"{name:46} {len(cases) / seconds:12,.0f} {megabytes / seconds:9,.1f} {seconds / least:15.2f}")


if __name__ == "__main__":
    main()
