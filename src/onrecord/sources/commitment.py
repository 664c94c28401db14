"""Commitments to a text and proofs that words stand at a place in it ("onrecord/1", docs/commitment.md).

The root is the Merkle Tree Hash of RFC 9162, section 2.1.1, over one salted leaf a normalised word. A proof
holds the salts of the quoted words and the hashes of the subtrees beside them; nothing else of the text can
be read from it, and whoever has the text can compute all of it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.errors import ProofError
from onrecord.model import Proof
from onrecord.text import VERSION

SALT_BYTES = 16


def key_of(words: Sequence[str]) -> bytes:
    """The secret of a text: SHA-256 of "onrecord/1" and its words, joined by single spaces."""
    return hashlib.sha256(" ".join((VERSION, *words)).encode()).digest()


def salt_of(key: bytes, position: int) -> bytes:
    """The salt of the word at a position: 16 bytes of HMAC-SHA256(key, position as 8 bytes, big-endian)."""
    return hmac.digest(key, position.to_bytes(8, "big"), "sha256")[:SALT_BYTES]


def leaf_hash(salt: bytes, word: str) -> bytes:
    """SHA-256(0x00 salt word)."""
    return hashlib.sha256(b"\x00" + salt + word.encode()).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 left right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split_point(count: int) -> int:
    """The largest power of two smaller than `count` (count >= 2), where RFC 9162 splits a tree.

    >>> [split_point(n) for n in (2, 3, 4, 5, 9)]
    [1, 2, 2, 4, 8]
    """
    return 1 << ((count - 1).bit_length() - 1)


@dataclass(frozen=True)
class Commitment:
    """The tree over the words of one text.

    >>> c = Commitment(("not", "the", "primary", "channel"))
    >>> proof = c.prove(1, 3)
    >>> holds(proof, c.word_count, ("the", "primary"))
    True
    >>> holds(proof, c.word_count, ("the", "secondary"))
    False
    """

    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.words:
            raise ProofError("A text without words cannot be committed to.")

    @property
    def word_count(self) -> int:
        """n, the number of leaves."""
        return len(self.words)

    @cached_property
    def _key(self) -> bytes:
        return key_of(self.words)

    @cached_property
    def _levels(self) -> list[list[bytes]]:
        """Hashes level by level; an odd last node is carried up unchanged, which gives RFC 9162's tree."""
        level = [leaf_hash(salt_of(self._key, i), w) for i, w in enumerate(self.words)]
        levels = [level]
        while len(level) > 1:
            paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
            level = paired + ([level[-1]] if len(level) % 2 else [])
            levels.append(level)
        return levels

    @property
    def root(self) -> str:
        """The Merkle tree hash, 64 hex digits."""
        return self._levels[-1][0].hex()

    def _subtree(self, start: int, end: int) -> bytes:
        height = (end - start - 1).bit_length()
        return self._levels[height][start >> height]

    def _beside(self, start: int, end: int, low: int, high: int) -> Iterator[bytes]:
        if high <= start or end <= low:
            yield self._subtree(low, high)
        elif not (start <= low and high <= end):
            middle = low + split_point(high - low)
            yield from self._beside(start, end, low, middle)
            yield from self._beside(start, end, middle, high)

    def prove(self, start: int, end: int) -> Proof:
        """The proof for the words from `start` up to and without `end`.

        Raises:
            ProofError: when there are no such words.
        """
        if not 0 <= start < end <= len(self.words):
            raise ProofError(f"No words {start} to {end} in a text of {len(self.words)}.")
        salts = tuple(salt_of(self._key, i) for i in range(start, end))
        hashes = tuple(self._beside(start, end, 0, len(self.words)))
        return Proof(self.root, start, salts, hashes)


def holds(proof: Proof, word_count: int, words: Sequence[str]) -> bool:
    """Whether a proof shows that the words stand at its position in the text behind its root.

    False, never an error, for a proof of another length, an impossible position, or hashes left over.
    """
    start, end = proof.position, proof.position + len(words)
    if not words or len(proof.salts) != len(words) or not 0 <= start < end <= word_count:
        return False
    leaves = [leaf_hash(salt, word) for salt, word in zip(proof.salts, words, strict=True)]
    beside = iter(proof.hashes)

    def rebuild(low: int, high: int) -> bytes:
        if high <= start or end <= low:
            return next(beside)
        if high - low == 1:
            return leaves[low - start]
        middle = low + split_point(high - low)
        return node_hash(rebuild(low, middle), rebuild(middle, high))

    try:
        root = rebuild(0, word_count)
    except StopIteration:
        return False
    return next(beside, None) is None and hmac.compare_digest(root.hex(), proof.root)
