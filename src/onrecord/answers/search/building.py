"""Building the search index: what is read of each claim, and where it is kept."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from onrecord.answers.search.meaning import Meanings, Vocabulary
from onrecord.answers.search.names import Names, mentions, nested, phrase_of, spellings, words_of
from onrecord.model import Claim, Literal, Standing
from onrecord.store.records import StoreBase
from onrecord.vocab import CONCEPT, OV, RDF_TYPE, SKOS

MATTERS = CONCEPT + "matter/"
PLAIN, SPELLED_OUT, WORDS = "plain", "spelled out", "words"
"""Parts of the table of vectors."""
_STATED, _ASSERTED, _QUOTED, _NESTED = 1.0, 0.9, 0.7, 0.5
"""How far a claim is about a thing: it names it, asserts something of it, quotes it, names a part of it."""
_TIERS = {
    Standing.LAW: 0,
    Standing.OFFICIAL_STATEMENT: 1,
    Standing.OVERSIGHT_FINDING: 1,
    Standing.REPORTING: 2,
}
_SCHEMA = """
CREATE VIRTUAL TABLE said USING fts5(
    statement, quoted, labels, asked, tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TABLE claim(
    id INTEGER PRIMARY KEY, iri TEXT NOT NULL, tier INTEGER NOT NULL, is_figure INTEGER NOT NULL,
    things TEXT NOT NULL
);
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE vectors(part TEXT, key TEXT, value BLOB NOT NULL, PRIMARY KEY(part, key));
"""


def tier_of(claim: Claim) -> int:
    """How far up a claim's standing is: 0 for law, 1 for official statements and findings, and so on."""
    return _TIERS.get(claim.standing, 3) if claim.standing is not None else 3


def build(base: StoreBase, path: str) -> sqlite3.Connection:
    """The index of a base, in a file or in memory (":memory:")."""
    database = sqlite3.connect(path, check_same_thread=False)
    database.executescript(_SCHEMA)
    builder = _Builder(base)
    for number, claim in enumerate(base.claims(), 1):
        database.execute(
            "INSERT INTO said(rowid, statement, quoted, labels, asked) VALUES (?, ?, ?, ?, ?)",
            (number, *builder.read(number, claim)),
        )
        figure = any(t.object == OV + "Observation" for t in claim.assertions)
        row = (number, claim.iri, tier_of(claim), int(figure), json.dumps(builder.things(number)))
        database.execute("INSERT INTO claim VALUES (?, ?, ?, ?, ?)", row)
    for key, value in builder.meta().items():
        database.execute("INSERT INTO meta VALUES (?, ?)", (key, json.dumps(value, sort_keys=True)))
    for part, kept in builder.vectors():
        rows = [(part, key, value) for key, value in kept.items()]
        database.executemany("INSERT INTO vectors VALUES (?, ?, ?)", rows)
    database.commit()
    return database


class _Builder:
    """Reads claims into what the index holds."""

    def __init__(self, base: StoreBase) -> None:
        self.labels: dict[str, tuple[str, ...]] = {e.iri: e.names for e in base.entities()}
        self.near: dict[str, dict[str, float]] = defaultdict(dict)
        self.about: dict[str, dict[int, float]] = defaultdict(dict)
        self.words: dict[str, int] = defaultdict(int)
        for iri in base.instances(SKOS + "Concept"):
            concept = base.describe(iri)
            self.labels[iri] = (concept.text(SKOS + "prefLabel"), *concept.texts(SKOS + "altLabel"))
            for broader in concept.iris(SKOS + "broader"):
                self._relate(iri, broader)
        self.said: dict[str, list[int]] = {}
        self.names = Names()
        for iri, names in self.labels.items():
            for phrase in dict.fromkeys(phrase_of(words_of(name)) for name in names if name):
                self.names[phrase] = (*self.names.get(phrase, ()), iri)
                self._count(phrase)

    def _relate(self, part: str, whole: str) -> None:
        """A narrower thing says more about the wider one than the other way round."""
        self.near[whole][part] = max(0.7, self.near[whole].get(part, 0.0))
        self.near[part][whole] = max(0.4, self.near[part].get(whole, 0.0))

    def _count(self, text: str) -> None:
        for word in words_of(text):
            self.words[word] += 1

    def read(self, number: int, claim: Claim) -> tuple[str, str, str, str]:
        """A claim's statement, its quotations, the names of what it asserts, and what it is asked as."""
        for text in dict.fromkeys((claim.statement, *claim.asked)):
            self.said.setdefault(text, []).append(number)
        quoted = " \n ".join(c.quoted for c in claim.supporting)
        for text, far in ((claim.statement, _STATED), (quoted, _QUOTED)):
            self._mentioned(number, text, far)
        things = dict.fromkeys([*claim.topics, *self._asserted(claim)])
        for iri in things:
            self._note(number, iri, _ASSERTED)
        literals = [t.object.value for t in claim.assertions if isinstance(t.object, Literal)]
        known = [name for iri in things for name in self.labels.get(iri, ())]
        for text in (claim.statement, quoted, *literals, *claim.asked):
            self._count(text)
        return claim.statement, quoted, " \n ".join([*known, *literals]), " \n ".join(claim.asked)

    def _note(self, number: int, iri: str, far: float) -> None:
        self.about[iri][number] = max(far, self.about[iri].get(number, 0.0))

    def _mentioned(self, number: int, text: str, far: float) -> None:
        for name, iris in mentions(words_of(text), self.names):
            for iri in iris:
                if not iri.startswith(CONCEPT):
                    self._note(number, iri, far)
            for iri in nested(name.split(), self.names):
                self._note(number, iri, far * _NESTED)

    def _asserted(self, claim: Claim) -> Iterator[str]:
        for triple in claim.assertions:
            if isinstance(triple.object, str):
                if triple.predicate == RDF_TYPE or triple.object in self.labels:
                    yield triple.object
                if {triple.subject, triple.object} <= self.labels.keys():
                    yield triple.subject
                    self._relate(triple.subject, triple.object)

    def things(self, number: int) -> list[str]:
        """The entities and matters that a claim states or asserts."""
        near = (iri for iri, claims in self.about.items() if claims.get(number, 0.0) >= _ASSERTED)
        return sorted(i for i in near if i in self.labels and (CONCEPT not in i or i.startswith(MATTERS)))

    def meta(self) -> dict[str, object]:
        """What is kept beside the full text."""
        kept = {"names": self.names, "labels": self.labels, "near": self.near, "about": self.about}
        return {**kept, "words": self.words, "spoken": {"by": list(self.said.values())}}

    def vectors(self) -> Iterator[tuple[str, dict[str, bytes]]]:
        """What is said, as it stands and with names of entities spelled out; and the words of the base."""
        texts = [spellings(text, self.names, self.labels) for text in self.said]
        for part, number in ((PLAIN, 0), (SPELLED_OUT, 1)):
            yield part, Meanings.of([both[number] for both in texts]).to_bytes()
        known = [word for word in self.words if word.isalpha() and len(word) > 2]
        yield WORDS, Vocabulary.of(known).to_bytes()
