"""The search index: claims, their quotations, names and concepts in SQLite's full-text search."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from onrecord.model import Claim, Literal, Standing
from onrecord.store.records import StoreBase
from onrecord.vocab import CONCEPT, OV, RDF_TYPE, SKOS

FORMAT = "1"
KEPT = 4
"""Files of older bases that stay in the folder."""
LONGEST_NAME = 9
_TOKEN = re.compile(r"[a-z0-9]+(?:[.'@/-][a-z0-9]+)*")
_STATED, _ASSERTED, _QUOTED, _NESTED = 1.0, 0.9, 0.7, 0.5
"""How far a claim is about a thing: it names it, asserts something of it, quotes it, names a part of it."""
MATTERS = CONCEPT + "matter/"
_TIERS = {
    Standing.LAW: 0,
    Standing.OFFICIAL_STATEMENT: 1,
    Standing.OVERSIGHT_FINDING: 1,
    Standing.REPORTING: 2,
}
_SCHEMA = """
CREATE VIRTUAL TABLE said USING fts5(
    statement, quoted, labels, tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TABLE claim(
    id INTEGER PRIMARY KEY, iri TEXT NOT NULL, tier INTEGER NOT NULL, is_figure INTEGER NOT NULL,
    things TEXT NOT NULL
);
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
Names = Mapping[str, tuple[str, ...]]
"""IRIs of entities and concepts by a name of theirs, as words with single spaces."""


def words_of(text: str) -> list[str]:
    """The words of a text, small, without possessives.

    >>> words_of("ICE's e-mail, please!")
    ['ice', 'e-mail', 'please']
    """
    plain = plain_of(text)
    return [word.removesuffix("'s") for word in _TOKEN.findall(plain)]


def plain_of(text: str) -> str:
    """A text in small letters without accents, with straight apostrophes.

    >>> plain_of("R\u00e9sum\u00e9\u2019s")
    "resume's"
    """
    folded = unicodedata.normalize("NFKD", text.casefold().replace("\u2019", "'"))
    return "".join(char for char in folded if not unicodedata.combining(char))


def singular(word: str) -> str:
    """A word without the s of a plural, for comparing names.

    >>> singular("agents"), singular("ies"), singular("process")
    ('agent', 'ies', 'process')
    """
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


def phrase_of(words: Iterable[str]) -> str:
    """Words as one name is compared with another."""
    return " ".join(singular(word) for word in words)


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is known of a claim without reading it.

    Attributes:
        tier: 0 for law, 1 for official statements and findings, 2 for reporting, 3 for what is weaker.
        is_figure: whether it asserts a figure.
        things: entities and matters that it states or asserts.
    """

    iri: str
    tier: int
    is_figure: bool
    things: frozenset[str]


@dataclass(frozen=True)
class SearchIndex:
    """What a search needs of a base.

    Attributes:
        database: with the table `said` for full-text search, by claim number.
        claims: by number.
    """

    database: sqlite3.Connection
    claims: Mapping[int, Indexed]

    def _meta(self, key: str) -> dict[str, object]:
        row = self.database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        found: dict[str, object] = json.loads(row[0])
        return found

    @cached_property
    def names(self) -> Names:
        """IRIs by name."""
        return {name: tuple(iris) for name, iris in self._meta("names").items() if isinstance(iris, list)}

    @cached_property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """Names by IRI, the label first."""
        return {iri: tuple(names) for iri, names in self._meta("labels").items() if isinstance(names, list)}

    @cached_property
    def exact_names(self) -> frozenset[str]:
        """Every name, word by word, plurals as they stand."""
        return frozenset(" ".join(words_of(name)) for names in self.labels.values() for name in names)

    @cached_property
    def near(self) -> Mapping[str, Mapping[str, float]]:
        """By thing: what it has to do with, and how closely."""
        return {iri: dict(near) for iri, near in self._meta("near").items() if isinstance(near, dict)}

    @cached_property
    def about(self) -> Mapping[str, Mapping[int, float]]:
        """By thing: the claims about it, and how far."""
        return {
            iri: {int(number): far for number, far in claims.items()}
            for iri, claims in self._meta("about").items()
            if isinstance(claims, dict)
        }

    @cached_property
    def words(self) -> Mapping[str, int]:
        """Every word of claims and names, and how often it stands there."""
        return {word: n for word, n in self._meta("words").items() if isinstance(n, int)}

    def matching(self, expression: str) -> dict[int, float]:
        """Claims by full-text search, each with its rank (higher is better)."""
        query = "SELECT rowid, -bm25(said, 3.0, 1.0, 0.5) FROM said WHERE said MATCH ?"
        return dict(self.database.execute(query, (expression,)).fetchall())


def open_search(base: StoreBase, version: str = "", folder: Path | None = None) -> SearchIndex:
    """The index of a base: from a folder where one of that version lies, else built, and kept there.

    Args:
        base: what is indexed.
        version: of the base's files; "" keeps the index in memory.
        folder: where indexes are kept; None keeps it in memory.
    """
    if not version or folder is None:
        return _opened(_built(base, ":memory:"))
    file = folder / f"{FORMAT}-{version}.sqlite"
    with contextlib.suppress(OSError, sqlite3.Error):
        if not file.is_file():
            _keep(base, file)
        return _opened(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, check_same_thread=False))
    with contextlib.suppress(OSError):  # damaged: what is derived can be made again
        file.unlink(missing_ok=True)
    return _opened(_built(base, ":memory:"))


def _opened(database: sqlite3.Connection) -> SearchIndex:
    rows = database.execute("SELECT id, iri, tier, is_figure, things FROM claim")
    claims = {
        number: Indexed(iri, tier, bool(is_figure), frozenset(json.loads(things)))
        for number, iri, tier, is_figure, things in rows
    }
    return SearchIndex(database, claims)


def _keep(base: StoreBase, file: Path) -> None:
    """Build an index beside its place and move it there whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".building-", dir=file.parent)
    os.close(handle)
    staging = Path(name)
    try:
        _built(base, name).close()
        staging.replace(file)
    finally:
        staging.unlink(missing_ok=True)
    older = sorted(file.parent.glob("*.sqlite"), key=lambda p: p.stat().st_mtime, reverse=True)
    for other in older[KEPT:]:
        other.unlink(missing_ok=True)


def tier_of(claim: Claim) -> int:
    """How far up a claim's standing is: 0 for law, 1 for official statements and findings, and so on."""
    return _TIERS.get(claim.standing, 3) if claim.standing is not None else 3


# building ---------------------------------------------------------------------------------------------


def _built(base: StoreBase, path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, check_same_thread=False)
    database.executescript(_SCHEMA)
    builder = _Builder(base)
    for number, claim in enumerate(base.claims(), 1):
        database.execute(
            "INSERT INTO said(rowid, statement, quoted, labels) VALUES (?, ?, ?, ?)",
            (number, *builder.read(number, claim)),
        )
        figure = any(t.object == OV + "Observation" for t in claim.assertions)
        row = (number, claim.iri, tier_of(claim), int(figure), json.dumps(builder.things(number)))
        database.execute("INSERT INTO claim VALUES (?, ?, ?, ?, ?)", row)
    for key, value in builder.meta().items():
        database.execute("INSERT INTO meta VALUES (?, ?)", (key, json.dumps(value, sort_keys=True)))
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
        self.names: dict[str, tuple[str, ...]] = {}
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

    def read(self, number: int, claim: Claim) -> tuple[str, str, str]:
        """A claim's statement, its quotations, and the names of what it asserts."""
        quoted = " \n ".join(c.quoted for c in claim.supporting)
        for text, far in ((claim.statement, _STATED), (quoted, _QUOTED)):
            self._mentioned(number, text, far)
        things = dict.fromkeys([*claim.topics, *self._asserted(claim)])
        for iri in things:
            self._note(number, iri, _ASSERTED)
        literals = [t.object.value for t in claim.assertions if isinstance(t.object, Literal)]
        known = [name for iri in things for name in self.labels.get(iri, ())]
        for text in (claim.statement, quoted, *literals):
            self._count(text)
        return claim.statement, quoted, " \n ".join([*known, *literals])

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
        return {**kept, "words": self.words}


def mentions(words: list[str], names: Names) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names in some words, the longest at each place, each with what it is a name of."""
    at = 0
    while at < len(words):
        found = longest(words, at, names)
        if found:
            phrase = phrase_of(words[at : at + found])
            yield phrase, names[phrase]
        at += max(found, 1)


def longest(words: list[str], at: int, names: Names) -> int:
    """How many words from a place make up the longest name there; 0 for none."""
    for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
        if phrase_of(words[at : at + size]) in names:
            return size
    return 0


def nested(words: list[str], names: Names) -> Iterator[str]:
    """What the shorter names within a name are names of, concepts left out."""
    for size in range(1, len(words)):
        for at in range(len(words) - size + 1):
            for iri in names.get(" ".join(words[at : at + size]), ()):
                if not iri.startswith(CONCEPT):
                    yield iri
