"""`prove`: commitments to the texts at hand, and proofs of the citations that stand in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.citations.locating import LocatedText, locate
from onrecord.errors import ArchiveError, ProofError, UnknownTerm
from onrecord.model import Citation, CitationResult, Outcome, Proof, Snapshot, SourceText
from onrecord.sources.archive import Archive
from onrecord.sources.commitment import Commitment
from onrecord.store.index import open_index
from onrecord.store.layout import Layout
from onrecord.store.proof_files import read_proofs, render_proofs
from onrecord.store.records import StoreBase
from onrecord.vocab import ONR, XSD, compact, slug
from onrecord.writing import write_whole


@dataclass(frozen=True)
class Proved:
    """What `prove` does, or would do.

    Attributes:
        commitments: of the sources that were proved.
        proofs: how many citations were proved.
        kept: how many proofs of other sources stay as they are.
        dropped: how many proofs belong to no citation, or to one that no longer stands in its text.
        failed: the citations that do not stand in the text at hand.
        held: sources that keep their commitment, because citations do not stand in the newer text.
        newer: sources whose text at hand is not the one committed to; left alone unless asked for by name.
        damaged: proof files that could not be read, and are written anew.
        changed_files: names of the files written or removed.
    """

    commitments: tuple[Snapshot, ...]
    proofs: int
    kept: int
    dropped: int
    failed: tuple[CitationResult, ...]
    held: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    changed_files: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommittedText:
    """A text at hand with the commitment to it, ready to prove from."""

    located: LocatedText
    tree: Commitment
    snapshot: Snapshot

    def prove(self, citation: Citation, old: Proof | None = None) -> tuple[CitationResult, Proof | None]:
        """The outcome of locating a citation in the text, and the proof where it was found.

        An old proof of the same text singles out one of several places.
        """
        same_text = old is not None and old.root == self.tree.root
        result = locate(citation, self.located, old if same_text else None)
        if result.outcome is not Outcome.FOUND or result.position is None:
            return result, None
        text, at = self.located.text, result.position
        start = at - text.length_before(citation.prefix, at)
        end = at + text.length_at(citation.exact, at)
        return result, self.tree.prove(start, end + text.length_at(citation.suffix, end))


def commit_to(text: SourceText, archive: Archive, known: Sequence[Snapshot] = ()) -> CommittedText:
    """A text with its tree and snapshot record; a known record that fits is kept as it is.

    Raises:
        ArchiveError: the archive no longer lists the text.
    """
    located = LocatedText.of(text.text)
    tree = Commitment(located.text.words)
    fitting = (s for s in known if (s.text_digest, s.root) == (text.text_digest, tree.root))
    snapshot = next(fitting, None) or _snapshot(text, tree, archive)
    return CommittedText(located, tree, snapshot)


def _snapshot(text: SourceText, tree: Commitment, archive: Archive) -> Snapshot:
    captures = (c for c in archive.captures(slug(text.source)) if c.text_digest == text.text_digest)
    capture = next(captures, None)
    if capture is None:
        raise ArchiveError(f"The archive no longer lists the text of {compact(text.source)}.")
    iri = f"{text.source}.snapshot-{text.text_digest.removeprefix('sha256:')[:8]}"
    return Snapshot(
        iri,
        text.source,
        text.text_digest,
        tree.word_count,
        tree.root,
        capture.byte_digest,
        capture.extractor,
    )


def prove_base(layout: Layout, archive: Archive, only: Sequence[str] = (), *, write: bool = True) -> Proved:
    """Commit to the texts at hand and prove the citations that stand in them.

    A source without a commitment is committed to its latest text. One with a commitment is proved from the
    text committed to; only when named in `only` (IRIs) does it move to its latest text, and then only if
    every citation of it stands there. Proofs of other sources stay; proofs without a citation are dropped.
    The caller holds the base's lock. A run that is cut short leaves a base whose proofs hold.

    Raises:
        UnknownTerm: `only` names a source that the base does not hold.
        ArchiveError: `only` names a source without a text at hand.
        UnreadableFile: a file of the base does not parse.
        FilingError: a file could not be written.
    """
    run = _Run(layout, archive, open_index(layout))
    run.choose(only)
    run.prove()
    changes = run.changes()
    if write:
        for path, data in changes:
            _put(path, data)
    names = dict.fromkeys(layout.name_of(path) for path, _ in changes)
    return run.proved(tuple(names))


@dataclass
class _Run:
    layout: Layout
    archive: Archive
    base: StoreBase
    texts: dict[str, CommittedText] = field(default_factory=dict)
    old: dict[str, dict[str, Proof]] = field(default_factory=dict)
    new: dict[str, dict[str, Proof]] = field(default_factory=dict)
    failed: list[CitationResult] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"proved": 0, "kept": 0})

    # which text of each source --------------------------------------------------------------------------

    def choose(self, only: Sequence[str]) -> None:
        """Prepare the text to prove from, for each source that has one."""
        for iri in only:
            if self.base.source(iri) is None:
                raise UnknownTerm(f"No source {compact(iri)}.", next_step="List them: onrecord source list")
            if not self.archive.texts(iri):
                raise ArchiveError(
                    f"No text of {compact(iri)} is at hand.",
                    next_step=f"File it: onrecord source add FILE --id {slug(iri)}",
                )
        for source in self.base.sources():
            if only and source.iri not in only:
                continue
            text = self._text_of(source.iri, named=bool(only))
            if text is not None:
                self.texts[source.iri] = commit_to(text, self.archive, self.base.snapshots(source.iri))

    def _text_of(self, source: str, *, named: bool) -> SourceText | None:
        at_hand = self.archive.texts(source)
        committed = {s.text_digest for s in self.base.snapshots(source)}
        if not at_hand or named or not committed:
            return at_hand[-1] if at_hand else None
        cited = [t for t in at_hand if t.text_digest in committed]
        if not cited:
            self.newer.append(source)
        return cited[-1] if cited else None

    def _moves(self, source: str) -> bool:
        known = {s.text_digest for s in self.base.snapshots(source)}
        return bool(known) and self.texts[source].snapshot.text_digest not in known

    # proofs ---------------------------------------------------------------------------------------------

    def prove(self) -> None:
        """Work out the new proofs of every file; a source that would lose citations keeps its commitment."""
        self._read_old()
        by_file = self._citations()
        results = {
            citation.iri: self.texts[citation.source].prove(
                citation, self.old.get(stem, {}).get(citation.iri)
            )
            for stem, citations in by_file.items()
            for citation in citations
            if citation.source in self.texts
        }
        self.failed = [result for result, proof in results.values() if proof is None]
        self.held = sorted({r.citation.source for r in self.failed if self._moves(r.citation.source)})
        for source in self.held:
            del self.texts[source]
        for stem, citations in by_file.items():
            self.new[stem] = dict(self._kept_or_new(stem, citations, results))

    def _read_old(self) -> None:
        for path in self.layout.proof_files():
            name = self.layout.name_of(path)
            try:
                self.old[path.stem] = read_proofs(path, name)
            except ProofError:
                self.old[path.stem] = {}
                self.damaged.append(name)

    def _citations(self) -> dict[str, list[Citation]]:
        found: dict[str, list[Citation]] = defaultdict(list)
        for claim in self.base.claims():
            if claim.place is not None:
                found[Path(claim.place.file).stem] += claim.citations
        return found

    def _kept_or_new(
        self,
        stem: str,
        citations: Iterable[Citation],
        results: Mapping[str, tuple[CitationResult, Proof | None]],
    ) -> Iterable[tuple[str, Proof]]:
        old = self.old.get(stem, {})
        for citation in citations:
            proof = results[citation.iri][1] if citation.source in self.texts else old.get(citation.iri)
            if proof is not None:
                self.counts["proved" if citation.source in self.texts else "kept"] += 1
                yield citation.iri, proof

    # files ----------------------------------------------------------------------------------------------

    def changes(self) -> list[tuple[Path, bytes | None]]:
        """What to write (None to remove), in an order in which the base's proofs hold at every step.

        Proofs stand before the first commitment to a text; while a source moves to another text, the base
        holds both commitments.
        """
        proofs = [
            (
                proof_path(self.layout, stem),
                render_proofs(new).encode() if (new := self.new.get(stem)) else None,
            )
            for stem in sorted(self.new.keys() | self.old.keys())
        ]
        current = {s.iri: list(self.base.snapshots(s.iri)) for s in self.base.sources()}
        both = [s for snapshots in current.values() for s in snapshots]
        both += [self.texts[source].snapshot for source in self.texts if self._moves(source)]
        final = current | {source: [text.snapshot] for source, text in self.texts.items()}
        listed = [snapshot for snapshots in final.values() for snapshot in snapshots]
        last = render_snapshots(listed) if listed else None
        steps = [(path, data) for path, data in proofs if _read(path) != data]
        if any(self._moves(source) for source in self.texts):
            return [(self.layout.snapshots, render_snapshots(both)), *steps, (self.layout.snapshots, last)]
        return [*steps, (self.layout.snapshots, last)] if _read(self.layout.snapshots) != last else steps

    def proved(self, changed: tuple[str, ...]) -> Proved:
        """The outcome of the run."""
        before = {iri for proofs in self.old.values() for iri in proofs}
        after = {iri for proofs in self.new.values() for iri in proofs}
        return Proved(
            tuple(text.snapshot for text in self.texts.values()),
            self.counts["proved"],
            self.counts["kept"],
            len(before - after),
            tuple(self.failed),
            tuple(self.held),
            tuple(self.newer),
            tuple(self.damaged),
            changed,
        )


def proof_path(layout: Layout, stem: str) -> Path:
    """The proof file of the claim file of that stem."""
    return layout.proofs / f"{stem}.json"


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    elif _read(path) != data:
        write_whole(path, data)


def render_snapshots(snapshots: Iterable[Snapshot]) -> bytes:
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
    return ("\n".join(lines) + "\n").encode()
