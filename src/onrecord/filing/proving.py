"""`prove`: commitments of the texts at hand, and proofs of the citations that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.citations.locating import LocatedText, locate
from onrecord.model import Citation, CitationResult, Outcome, Proof, Snapshot
from onrecord.sources.archive import Archive, Capture
from onrecord.sources.commitment import Commitment
from onrecord.store.index import open_index
from onrecord.store.layout import Layout
from onrecord.store.proof_files import read_proofs, render_proofs
from onrecord.store.reading import read_path
from onrecord.store.records import StoreBase
from onrecord.text import words
from onrecord.validation.structure import claims_of
from onrecord.vocab import ONR, XSD, slug
from onrecord.writing import write_whole


@dataclass(frozen=True)
class Proved:
    """What `prove` did: commitments and proofs by count, and the citations that no text shows."""

    commitments: tuple[Snapshot, ...]
    proofs: int
    kept: int
    dropped: int
    failed: tuple[CitationResult, ...]
    changed_files: tuple[str, ...]


@dataclass
class CommittedTexts:
    """The latest text at hand of each source, with its tree; each is prepared once."""

    archive: Archive

    def __post_init__(self) -> None:
        self._trees: dict[str, tuple[LocatedText, Commitment, Snapshot] | None] = {}

    def of(self, source: str) -> tuple[LocatedText, Commitment, Snapshot] | None:
        """Text, tree and commitment of a source; None when no text is at hand."""
        if source not in self._trees:
            self._trees[source] = self._prepare(source)
        return self._trees[source]

    def _prepare(self, source: str) -> tuple[LocatedText, Commitment, Snapshot] | None:
        at_hand = self.archive.texts(source)
        if not at_hand:
            return None
        latest = at_hand[-1]
        located = LocatedText.of(latest.text)
        tree = Commitment(located.text.words)
        capture = next(c for c in self.archive.captures(slug(source)) if c.text_digest == latest.text_digest)
        return located, tree, snapshot_of(source, capture, tree)

    def prove(self, citation: Citation) -> tuple[CitationResult, Proof | None]:
        """The outcome of locating a citation in its text, and the proof where it was found."""
        prepared = self.of(citation.source)
        if prepared is None:
            return CitationResult(
                citation, Outcome.UNCHECKED, reason="no text of the source is at hand"
            ), None
        located, tree, _ = prepared
        result = locate(citation, located)
        if result.outcome is not Outcome.FOUND or result.position is None:
            return result, None
        size = len(located.text.words[result.position :]) and _quoted_size(citation, located, result.position)
        start = result.position - len(words(citation.prefix))
        end = result.position + size + len(words(citation.suffix))
        return result, tree.prove(start, end)


def _quoted_size(citation: Citation, located: LocatedText, position: int) -> int:
    from onrecord.text import readings

    for reading in readings(citation.exact):
        if located.text.words[position : position + len(reading)] == reading:
            return len(reading)
    return len(words(citation.exact))


def snapshot_of(source: str, capture: Capture, tree: Commitment) -> Snapshot:
    """The snapshot record of a captured text."""
    iri = f"{source}.snapshot-{capture.text_digest.removeprefix('sha256:')[:8]}"
    return Snapshot(
        iri, source, capture.text_digest, tree.word_count, tree.root, capture.byte_digest, capture.extractor
    )


def prove_base(layout: Layout, archive: Archive, only: Sequence[str] = ()) -> Proved:
    """Write commitments and proofs for the sources with a text at hand (`only` some, by IRI).

    Proofs of other sources are kept as they are; proofs without a citation are dropped. The caller holds the
    base's lock. Each file is written whole; the proofs stand before the commitments that they need.
    """
    base = open_index(layout)
    texts = CommittedTexts(archive)
    wanted = [s.iri for s in base.sources() if not only or s.iri in only]
    committed = {iri: found[2] for iri in wanted if (found := texts.of(iri)) is not None}
    failed: list[CitationResult] = []
    counts = {"proved": 0, "kept": 0, "dropped": 0}
    changed: list[str] = []
    for path in layout.fact_files():
        if not path.is_relative_to(layout.claims):
            continue
        old_path = proof_path(layout, path)
        old = read_proofs(old_path, layout.name_of(old_path)) if old_path.exists() else {}
        new = _proofs_of_file(
            _citations(path, layout, base), old, texts, frozenset(committed), failed, counts
        )
        counts["dropped"] += len(set(old) - set(new))
        if _write_if_changed(old_path, render_proofs(new) if new else ""):
            changed.append(layout.name_of(old_path))
    changed += _write_snapshots(layout, base, committed)
    return Proved(
        tuple(committed.values()),
        counts["proved"],
        counts["kept"],
        counts["dropped"],
        tuple(failed),
        tuple(changed),
    )


def proof_path(layout: Layout, claim_file: Path) -> Path:
    """The proof file beside a claim file."""
    return layout.proofs / f"{claim_file.stem}.json"


def _citations(path: Path, layout: Layout, base: StoreBase) -> list[Citation]:
    file = read_path(path, layout.name_of(path), layout.config.max_file_bytes, layout.config.iri)
    claims = (base.claim(iri) for iri in sorted(claims_of(file)))
    return [citation for claim in claims if claim is not None for citation in claim.citations]


def _proofs_of_file(
    citations: Iterable[Citation],
    old: Mapping[str, Proof],
    texts: CommittedTexts,
    proving: frozenset[str],
    failed: list[CitationResult],
    counts: dict[str, int],
) -> dict[str, Proof]:
    new: dict[str, Proof] = {}
    for citation in citations:
        if citation.source not in proving:
            if citation.iri in old:
                new[citation.iri] = old[citation.iri]
                counts["kept"] += 1
            continue
        result, proof = texts.prove(citation)
        if proof is None:
            failed.append(result)
        else:
            new[citation.iri] = proof
            counts["proved"] += 1
    return new


def _write_if_changed(path: Path, text: str) -> bool:
    if not text:
        existed = path.exists()
        path.unlink(missing_ok=True)
        return existed
    if path.exists() and path.read_bytes() == text.encode():
        return False
    write_whole(path, text.encode())
    return True


def _write_snapshots(layout: Layout, base: StoreBase, committed: Mapping[str, Snapshot]) -> list[str]:
    kept = {s.iri: list(base.snapshots(s.iri)) for s in base.sources()}
    for source, snapshot in committed.items():
        kept[source] = [snapshot]
    text = render_snapshots(s for snapshots in kept.values() for s in snapshots)
    return [layout.name_of(layout.snapshots)] if _write_if_changed(layout.snapshots, text) else []


def render_snapshots(snapshots: Iterable[Snapshot]) -> str:
    """facts/snapshots.ttl: every commitment, by IRI."""
    lines = [
        "# Commitments to the texts of sources; written by 'onrecord prove', not by hand.",
        f"@prefix onr: <{ONR}> .",
        f"@prefix xsd: <{XSD}> .",
    ]
    for s in sorted(snapshots, key=lambda s: s.iri):
        lines += [
            "",
            f"<{s.iri}> a onr:Snapshot ;",
            f"  onr:snapshotOf <{s.source}> ;",
            f'  onr:byteDigest "{s.byte_digest}" ;',
            f'  onr:textDigest "{s.text_digest}" ;',
            f'  onr:wordCount "{s.word_count}"^^xsd:nonNegativeInteger ;',
            f'  onr:root "{s.root}" ;',
            f'  onr:extractor "{s.extractor}" .',
        ]
    return "\n".join(lines) + "\n"
