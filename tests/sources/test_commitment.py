"""Commitments and proofs: the tree of RFC 9162, its vectors, and what makes a proof fail."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ProofError
from onrecord.model import Proof
from onrecord.sources.commitment import (
    Commitment,
    holds,
    key_of,
    leaf_hash,
    node_hash,
    salt_of,
    split_point,
)
from onrecord.text import words
from shipped import ROOT

VECTORS = ROOT / "docs" / "commitment-vectors.json"
TEXTS = (
    "The tip line is not the main way in.",
    "Call 833\u20114ICE\u2011OPR [2] within 30\u201360 days, says the \u201coffice\u201d (\u00a7 3).",
    "One",
)
WORDS = st.lists(st.text("abc0123456789", min_size=1, max_size=4), min_size=1, max_size=40).map(tuple)


def rfc9162_root(leaves: list[bytes]) -> bytes:
    """The definition of section 2.1.1, written out."""
    if len(leaves) == 1:
        return leaves[0]
    k = split_point(len(leaves))
    return node_hash(rfc9162_root(leaves[:k]), rfc9162_root(leaves[k:]))


def vector(text: str) -> dict[str, object]:
    tokens = words(text)
    tree = Commitment(tokens)
    key = key_of(tokens)
    start, end = len(tokens) // 3, max(len(tokens) // 3 + 1, 2 * len(tokens) // 3)
    proof = tree.prove(start, end)
    return {
        "text": text,
        "words": list(tokens),
        "key": key.hex(),
        "leaves": [leaf_hash(salt_of(key, i), w).hex() for i, w in enumerate(tokens)],
        "wordCount": tree.word_count,
        "root": tree.root,
        "proof": {
            "words": list(tokens[start:end]),
            "position": proof.position,
            "salts": [s.hex() for s in proof.salts],
            "hashes": [h.hex() for h in proof.hashes],
        },
        "fails_for": [[*tokens[start : end - 1], "other"]],
    }


def test_the_vectors_in_the_documentation_are_what_is_computed() -> None:
    computed = json.dumps([vector(t) for t in TEXTS], indent=1, ensure_ascii=True) + "\n"
    if os.environ.get("ONRECORD_UPDATE"):
        VECTORS.write_text(computed, "utf-8")
    assert VECTORS.read_text("utf-8") == computed


def test_the_vectors_verify_from_what_they_hold_alone() -> None:
    for entry in json.loads(VECTORS.read_text("utf-8")):
        given_proof = entry["proof"]
        proof = Proof(
            entry["root"],
            given_proof["position"],
            tuple(bytes.fromhex(s) for s in given_proof["salts"]),
            tuple(bytes.fromhex(h) for h in given_proof["hashes"]),
        )
        assert holds(proof, entry["wordCount"], given_proof["words"])
        assert not any(holds(proof, entry["wordCount"], other) for other in entry["fails_for"])


def test_the_key_is_the_digest_that_the_documentation_describes() -> None:
    assert key_of(("a", "b")) == hashlib.sha256(b"onrecord/1 a b").digest()


@given(WORDS)
def test_the_root_is_that_of_rfc_9162(tokens: tuple[str, ...]) -> None:
    key = key_of(tokens)
    leaves = [leaf_hash(salt_of(key, i), w) for i, w in enumerate(tokens)]
    assert Commitment(tokens).root == rfc9162_root(leaves).hex()


@given(WORDS, st.data())
def test_every_range_is_proved_and_no_other_words_are(tokens: tuple[str, ...], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(tokens) - 1))
    end = data.draw(st.integers(start + 1, len(tokens)))
    proof = Commitment(tokens).prove(start, end)
    quoted = tokens[start:end]
    assert holds(proof, len(tokens), quoted)
    assert not holds(proof, len(tokens), (*quoted[:-1], quoted[-1] + "x"))
    assert not holds(proof, len(tokens), (*quoted, "x"))
    assert not holds(proof, len(tokens), quoted[:-1])
    assert not holds(replace(proof, position=start + 1), len(tokens), quoted)
    assert not holds(replace(proof, hashes=(*proof.hashes, b"\x00" * 32)), len(tokens), quoted)
    assert not holds(replace(proof, root="0" * 64), len(tokens), quoted)
    if proof.hashes:
        assert not holds(replace(proof, hashes=proof.hashes[:-1]), len(tokens), quoted)


@given(WORDS, st.data())
def test_a_text_with_one_word_changed_has_another_root(tokens: tuple[str, ...], data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(tokens) - 1))
    changed = (*tokens[:i], tokens[i] + "x", *tokens[i + 1 :])
    assert Commitment(changed).root != Commitment(tokens).root


def test_a_text_without_words_cannot_be_committed_to() -> None:
    with pytest.raises(ProofError, match="without words"):
        Commitment(())


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 0), (2, 1), (0, 4)])
def test_words_that_are_not_there_cannot_be_proved(start: int, end: int) -> None:
    with pytest.raises(ProofError):
        Commitment(("a", "b", "c")).prove(start, end)
