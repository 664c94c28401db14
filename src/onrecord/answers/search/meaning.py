"""Closeness in meaning: texts as sums of static word vectors, which come with the package wordllama."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from tokenizers import Tokenizer

Matrix = NDArray[np.float32]
PACKAGE = "wordllama"
_WEIGHTS, _TOKENIZER, _TENSOR = (
    "weights/l2_supercat_256.safetensors",
    "tokenizers/l2_supercat_tokenizer_config.json",
    "embedding.weight",
)
_SAME_START = 4
_COMMONNESS = 10.0
"""How much less a token weighs that stands in every text than one that stands in none."""


@dataclass(frozen=True)
class Model:
    """Tokens and their vectors.

    Attributes:
        tokenizer: splits text into tokens.
        table: one row a token.
    """

    tokenizer: Any
    table: NDArray[Any]

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text."""
        encoded = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [list(one.ids) for one in encoded]

    def sums(self, tokens: Iterable[Sequence[int]], weights: Mapping[int, float]) -> Matrix:
        """The weighted sum of each text's tokens, of length 1 (or 0 for a text without tokens)."""
        width = self.table.shape[1]
        rows = np.zeros((0, width), np.float32)
        sums = [
            (self.table[ids].astype(np.float32) * _column(ids, weights)).sum(axis=0)
            if ids
            else np.zeros(width, np.float32)
            for ids in tokens
        ]
        return _of_length_one(np.vstack([rows, *sums]))


@cache
def model() -> Model:
    """The vectors that the package carries; nothing is fetched.

    Its own loader is not used: it takes 0.3 s to import, and looks for the tokenizer in the wrong folder.
    """
    found = find_spec(PACKAGE)
    folder = Path((found.submodule_search_locations or [""])[0]) if found is not None else Path()
    with safe_open(folder / _WEIGHTS, framework="np") as file:
        table = file.get_tensor(_TENSOR)
    return Model(Tokenizer.from_file(str(folder / _TOKENIZER)), table)


def model_version() -> str:
    """What an index of vectors depends on."""
    return version(PACKAGE)


@dataclass(frozen=True)
class Meanings:
    """Some texts as vectors, and what another text needs for being compared with them.

    Attributes:
        rows: one for each text, of length 1, their common part taken off.
        common: the mean of all texts.
        weights: of tokens: the more texts a token stands in, the less it says.
    """

    rows: Matrix
    common: Matrix
    weights: Mapping[int, float]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Meanings:
        """The meanings of some texts.

        >>> found = Meanings.of(["The cat sat.", "Taxes are due.", "Rain fell."])
        >>> [round(float(n)) for n in found.closeness("When must taxes be paid?").argsort()][-1]
        1
        """
        tokens = model().tokens(texts)
        seen = Counter(token for ids in tokens for token in set(ids))
        weights = {t: 1 / (1 + _COMMONNESS * n / len(texts)) for t, n in seen.items()}
        rows = model().sums(tokens, weights)
        common = rows.mean(axis=0) if len(texts) else np.zeros(rows.shape[1], np.float32)
        return cls(_of_length_one(rows - common), common, weights)

    def to_bytes(self) -> dict[str, bytes]:
        """What `from_bytes` reads."""
        weights = json.dumps(sorted(self.weights.items())).encode()
        return {
            "rows": self.rows.astype(np.float16).tobytes(),
            "common": self.common.tobytes(),
            "weights": weights,
        }

    @classmethod
    def from_bytes(cls, kept: Mapping[str, bytes]) -> Meanings:
        """Meanings that were kept."""
        common = np.frombuffer(kept["common"], np.float32)
        rows = np.frombuffer(kept["rows"], np.float16).reshape(-1, len(common))
        return cls(rows.astype(np.float32), common, dict(json.loads(kept["weights"])))

    def closeness(self, text: str) -> Matrix:
        """The cosine between a text and each of the texts, -1 to 1."""
        row = model().sums(model().tokens([text]), self.weights) - self.common
        return np.asarray(self.rows @ _of_length_one(row)[0], np.float32)


@dataclass(frozen=True)
class Vocabulary:
    """Some words as vectors."""

    words: Sequence[str]
    rows: Matrix
    _near: dict[tuple[str, float], list[tuple[str, float]]] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Sequence[str]) -> Vocabulary:
        """The vectors of some words."""
        return cls(words, model().sums(model().tokens(words), {}))

    def to_bytes(self) -> dict[str, bytes]:
        """What `from_bytes` reads."""
        return {
            "words": json.dumps(list(self.words)).encode(),
            "rows": self.rows.astype(np.float16).tobytes(),
        }

    @classmethod
    def from_bytes(cls, kept: Mapping[str, bytes]) -> Vocabulary:
        """A vocabulary that was kept."""
        words = json.loads(kept["words"])
        rows = np.frombuffer(kept["rows"], np.float16).reshape(len(words), -1)
        return cls(words, rows.astype(np.float32))

    def near(self, word: str, least: float) -> list[tuple[str, float]]:
        """Words that are close to a word in meaning, each with its cosine, the closest first.

        A word that only shares a piece of its spelling is none: pieces of words say little of their meaning.

        >>> Vocabulary.of(["firearms", "phone", "lawmaker"]).near("guns", 0.5)[0][0]
        'firearms'
        """
        if (word, least) not in self._near:
            self._near[word, least] = sorted(self._found(word, least), key=lambda pair: (-pair[1], pair[0]))
        return self._near[word, least]

    def _found(self, word: str, least: float) -> Iterator[tuple[str, float]]:
        (ids,) = model().tokens([word])
        cosines = self.rows @ model().sums([ids], {})[0]
        near = [i for i in np.flatnonzero(cosines >= least).tolist() if self.words[i] != word]
        others = model().tokens([self.words[i] for i in near])
        for i, other in zip(near, others, strict=True):
            if self.words[i][:_SAME_START] == word[:_SAME_START] or not set(ids) & set(other):
                yield self.words[i], round(float(cosines[i]), 3)


def _column(ids: Sequence[int], weights: Mapping[int, float]) -> Matrix:
    return np.array([[weights.get(token, 1.0)] for token in ids], np.float32)


def _of_length_one(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
