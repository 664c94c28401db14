"""facts/proofs/*.json: the proofs of citations, one file beside each claim file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import Place, ProofError
from onrecord.model import Proof
from onrecord.text import VERSION

_NEXT = "Write it anew with 'onrecord prove', with the source's text in the archive."


def read_proofs(path: Path, name: str) -> dict[str, Proof]:
    """The proofs of one file, by the citation's IRI.

    Raises:
        ProofError: unreadable, not JSON, of another version, or malformed.
    """
    place = Place(name)
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ProofError(f"Not a proof file: {error}.", place=place, next_step=_NEXT) from error
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise ProofError(f"Not a proof file of version {VERSION}.", place=place, next_step=_NEXT)
    proofs = document.get("proofs")
    if not isinstance(proofs, dict):
        raise ProofError("It holds no proofs.", place=place, next_step=_NEXT)
    try:
        return {citation: _proof(entry) for citation, entry in proofs.items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProofError(f"A proof is malformed: {error!r}.", place=place, next_step=_NEXT) from error


def read_all(paths: Iterable[Path]) -> dict[str, Proof]:
    """The proofs of several files."""
    proofs: dict[str, Proof] = {}
    for path in paths:
        proofs |= read_proofs(path, str(path))
    return proofs


def _proof(entry: Mapping[str, Any]) -> Proof:
    salts = tuple(bytes.fromhex(s) for s in entry["salts"])
    hashes = tuple(bytes.fromhex(h) for h in entry["hashes"])
    if type(entry["position"]) is not int:
        raise ValueError("a position that is no whole number")
    return Proof(str(entry["root"]), entry["position"], salts, hashes)


def render_proofs(proofs: Mapping[str, Proof]) -> str:
    """The text of a proof file: deterministic JSON."""
    entries = {
        citation: {
            "root": proof.root,
            "position": proof.position,
            "salts": [s.hex() for s in proof.salts],
            "hashes": [h.hex() for h in proof.hashes],
        }
        for citation, proof in sorted(proofs.items())
    }
    return json.dumps({"version": VERSION, "proofs": entries}, indent=1) + "\n"
