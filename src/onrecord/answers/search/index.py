"""The search index: claims, their quotations, names and concepts in SQLite's full-text search."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from onrecord.answers.search.building import PLAIN, SPELLED_OUT, WORDS, build
from onrecord.answers.search.meaning import Meanings, Vocabulary, model_version
from onrecord.answers.search.names import Names, spellings, words_of
from onrecord.store.records import StoreBase

FORMAT = "4"
KEPT = 4
"""Files of older bases that stay in the folder."""
_NEXT = 0.4
"""How much the second closest of a claim's wordings counts."""
_STATEMENT_ALONE = 0.2
"""How much farther from a question its answer is, than another question with the same answer."""


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
        return Names(
            {name: tuple(iris) for name, iris in self._meta("names").items() if isinstance(iris, list)}
        )

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

    def _vectors(self, part: str) -> dict[str, bytes]:
        return dict(
            self.database.execute("SELECT key, value FROM vectors WHERE part = ?", (part,)).fetchall()
        )

    @cached_property
    def _meanings(self) -> tuple[Meanings, ...]:
        """What is said, as it stands and with the names of entities spelled out."""
        return tuple(Meanings.from_bytes(self._vectors(part)) for part in (PLAIN, SPELLED_OUT))

    @cached_property
    def _spoken_by(self) -> list[list[int]]:
        """Whose statement, or way of asking, each row of the meanings is: claims by number."""
        found = self._meta("spoken")["by"]
        return list(found) if isinstance(found, list) else []

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the base, to find those close to another word."""
        return Vocabulary.from_bytes(self._vectors(WORDS))

    def closeness(self, text: str) -> dict[int, float]:
        """How close each claim is to a text in meaning, by claim number: up to 1.

        The closest of its statement and of the questions that it is known to answer counts, and the next.
        """
        texts = spellings(text, self.names, self.labels)
        both = [m.closeness(spelt) for m, spelt in zip(self._meanings, texts, strict=True)]
        found: dict[int, list[float]] = defaultdict(list)
        for numbers, cosine in zip(self._spoken_by, ((both[0] + both[1]) / 2).tolist(), strict=True):
            for number in numbers:
                found[number].append(cosine)
        return {number: _closest(cosines) for number, cosines in found.items()}

    def matching(self, expression: str) -> dict[int, float]:
        """Claims by full-text search, each with its rank (higher is better)."""
        query = "SELECT rowid, -bm25(said, 3.0, 1.0, 0.5, 2.0) FROM said WHERE said MATCH ?"
        return dict(self.database.execute(query, (expression,)).fetchall())


def _closest(cosines: list[float]) -> float:
    """How close a claim is, by its statement and the questions that it is known to answer, if any."""
    first, *rest = sorted(cosines, reverse=True)
    return (1 - _NEXT) * first + _NEXT * rest[0] if rest else min(1.0, first + _STATEMENT_ALONE)


def open_search(base: StoreBase, version: str = "", folder: Path | None = None) -> SearchIndex:
    """The index of a base: from a folder where one of that version lies, else built, and kept there.

    Args:
        base: what is indexed.
        version: of the base's files; "" keeps the index in memory.
        folder: where indexes are kept; None keeps it in memory.
    """
    if not version or folder is None:
        return _opened(build(base, ":memory:"))
    file = folder / f"{FORMAT}-{model_version()}-{version}.sqlite"
    with contextlib.suppress(OSError, sqlite3.Error):
        if not file.is_file():
            _keep(base, file)
        return _opened(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, check_same_thread=False))
    with contextlib.suppress(OSError):  # damaged: what is derived can be made again
        file.unlink(missing_ok=True)
    return _opened(build(base, ":memory:"))


def _opened(database: sqlite3.Connection) -> SearchIndex:
    rows = database.execute("SELECT id, iri, tier, is_figure, things FROM claim")
    claims = {
        number: Indexed(iri, tier, bool(is_figure), frozenset(json.loads(things)))
        for number, iri, tier, is_figure, things in rows
    }
    database.execute("SELECT part FROM vectors LIMIT 1").fetchone()
    return SearchIndex(database, claims)


def _keep(base: StoreBase, file: Path) -> None:
    """Build an index beside its place and move it there whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".building-", dir=file.parent)
    os.close(handle)
    staging = Path(name)
    try:
        build(base, name).close()
        staging.replace(file)
    finally:
        staging.unlink(missing_ok=True)
    older = sorted(file.parent.glob("*.sqlite"), key=lambda p: p.stat().st_mtime, reverse=True)
    for other in older[KEPT:]:
        other.unlink(missing_ok=True)
