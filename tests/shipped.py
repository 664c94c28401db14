"""The shipped base for tests, and the eleven real texts where the machine has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from onrecord.model import Citation, SourceText
from onrecord.sources.archive import Archive
from onrecord.store.index import memory_base, parse_base
from onrecord.store.layout import Layout
from onrecord.store.records import StoreBase
from onrecord.vocab import slug

ROOT = Path(__file__).resolve().parent.parent
SHARED_TEXTS = ROOT.parent / "shared" / "sources" / "text"
LAYOUT = Layout(ROOT)

needs_texts = pytest.mark.skipif(
    not SHARED_TEXTS.is_dir(), reason="the eleven source texts are not on this machine"
)


@cache
def shipped_base() -> StoreBase:
    """The shipped base, in memory."""
    return memory_base(parse_base(LAYOUT).files, LAYOUT)


@cache
def shipped_citations() -> tuple[Citation, ...]:
    """Every citation of the shipped base."""
    return tuple(c for claim in shipped_base().claims() for c in claim.citations)


@cache
def provable_citations() -> tuple[Citation, ...]:
    """The citations of sources that the base holds a commitment to."""
    return tuple(c for c in shipped_citations() if shipped_base().snapshots(c.source))


def file_texts(archive: Archive) -> list[str]:
    """File the eleven texts into an archive; the ids filed."""
    paths = sorted(SHARED_TEXTS.glob("*.txt"))
    for path in paths:
        archive.add(path.stem, path.read_bytes(), path.name)
    return [path.stem for path in paths]


@dataclass(frozen=True)
class NoTexts:
    """An archive without any text."""

    def texts(self, source: str) -> Sequence[SourceText]:
        """Nothing."""
        return ()


@dataclass
class SharedTexts:
    """The eleven texts as an archive would give them."""

    _read: dict[str, list[SourceText]] = field(default_factory=dict)

    def texts(self, source: str) -> Sequence[SourceText]:
        """The text of a source, as the base committed to it."""
        if source not in self._read:
            path = SHARED_TEXTS / f"{slug(source)}.txt"
            snapshots = shipped_base().snapshots(source)
            found = [
                SourceText(source, path.read_text("utf-8"), s.text_digest) for s in snapshots if path.exists()
            ]
            self._read[source] = found
        return self._read[source]
