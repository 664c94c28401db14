"""The index: an Oxigraph store built from the files of a base; derived, and safe to delete at any time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from platformdirs import user_cache_path

from onrecord import __version__
from onrecord.errors import OnRecordError, Place, UnreadableFile
from onrecord.model import Proof, Term
from onrecord.store.layout import Layout
from onrecord.store.lines import TurtleLines
from onrecord.store.proof_files import read_all
from onrecord.store.reading import FactFile, Quad, read_path
from onrecord.store.records import StoreBase
from onrecord.store.scope import Scope
from onrecord.vocab import RECORD_GRAPH

INDEX_FORMAT = "1"
CACHE_ENVIRONMENT = "ONRECORD_CACHE"
KEPT_GENERATIONS = 2


@dataclass
class Parsed:
    """The files of a base: those that parse, and an error for each that does not."""

    ontology: list[FactFile] = field(default_factory=list)
    facts: list[FactFile] = field(default_factory=list)
    errors: list[OnRecordError] = field(default_factory=list)

    @property
    def files(self) -> list[FactFile]:
        """Ontology and facts."""
        return [*self.ontology, *self.facts]


def parse_base(layout: Layout) -> Parsed:
    """Parse every file of a base, gathering errors so that the other files are still reported."""
    parsed = Parsed()
    limit, iri = layout.config.max_file_bytes, layout.config.iri
    for paths, into in ((layout.ontology_files(), parsed.ontology), (layout.fact_files(), parsed.facts)):
        for path in paths:
            try:
                into.append(read_path(path, layout.name_of(path), limit, iri))
            except OnRecordError as error:
                parsed.errors.append(error)
    return parsed


def _node(term: Term) -> ox.NamedNode | ox.Literal:
    if isinstance(term, str):
        return ox.NamedNode(term)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))


def _ox_quad(quad: Quad, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    obj = _node(quad.object)
    return ox.Quad(ox.NamedNode(quad.subject), ox.NamedNode(quad.predicate), obj, graph)


def store_quads(files: Iterable[FactFile]) -> Iterator[ox.Quad]:
    """Quads as the index holds them: each file's record in a graph of its own and in the default graph."""
    default = ox.DefaultGraph()
    for file in files:
        record = ox.NamedNode(RECORD_GRAPH + file.name)
        for quad in file.quads:
            if quad.graph:
                yield _ox_quad(quad, ox.NamedNode(quad.graph))
            else:
                yield _ox_quad(quad, record)
                yield _ox_quad(quad, default)


def admit(store: ox.Store, scope: Scope, base: StoreBase) -> None:
    """Add to the default graph what the claims in scope assert."""
    default = ox.DefaultGraph()
    for claim in list(base.claims()):
        if scope.admits(claim):
            graph = ox.NamedNode(claim.iri)
            quads = store.quads_for_pattern(None, None, None, graph)
            store.extend([ox.Quad(q.subject, q.predicate, q.object, default) for q in quads])


def memory_base(
    files: Sequence[FactFile],
    layout: Layout,
    scope: Scope | None = None,
    over: StoreBase | None = None,
) -> StoreBase:
    """A base in memory over parsed files; with a scope, its default graph holds what claims assert.

    `over` another base, the files are new facts in front of it, without proofs of their own.
    """
    store = ox.Store()
    store.bulk_extend(store_quads(files))
    proofs = _ReadProofs(layout) if over is None else dict
    base = StoreBase(store, _places(layout, {f.name: f for f in files}), proofs, over)
    if scope is not None:
        admit(store, scope, base)
    return base


@dataclass(frozen=True)
class _ReadProofs:
    layout: Layout

    def __call__(self) -> Mapping[str, Proof]:
        return read_all(self.layout.proof_files())


def _places(layout: Layout, files: Mapping[str, FactFile]) -> _PlaceFinder:
    return _PlaceFinder(layout, dict(files), {})


@dataclass(frozen=True)
class _PlaceFinder:
    layout: Layout
    files: dict[str, FactFile]
    lines: dict[str, TurtleLines]

    def __call__(self, name: str, subject: str, predicate: str, value: str) -> Place:
        file = self.files.get(name)
        if file is not None:
            return file.place(subject, predicate, value)
        if name not in self.lines:
            try:
                text = (self.layout.root / name).read_text("utf-8")
            except (OSError, UnicodeDecodeError):
                text = ""
            self.lines[name] = TurtleLines.of(text)
        return Place(name, self.lines[name].line_of(subject, predicate, value))


def cache_folder() -> Path:
    """Where indexes are kept: ONRECORD_CACHE or the platform's cache folder."""
    given = os.environ.get(CACHE_ENVIRONMENT)
    return Path(given).expanduser() if given else user_cache_path("onrecord")


def digest_of(layout: Layout) -> str:
    """One digest over the names and bytes of every file that the index is built from."""
    total = hashlib.sha256(f"{INDEX_FORMAT} {__version__} {ox.__version__}".encode())
    for path in (*layout.ontology_files(), *layout.fact_files()):
        total.update(f"\n{layout.name_of(path)} ".encode())
        with path.open("rb") as stream:
            total.update(hashlib.file_digest(stream, "sha256").digest())
    return total.hexdigest()[:32]


def open_index(layout: Layout, scope: Scope | None = None, *, tolerant: bool = False) -> StoreBase:
    """The base's index, built or refreshed where it is missing or older than the files.

    A scope other than the default one is kept in memory. `tolerant` leaves out files that do not parse.

    Raises:
        UnreadableFile: a file of the base does not parse (unless `tolerant`).
    """
    scope = scope or Scope()
    if scope == Scope():
        store = _on_disk(layout)
        if store is not None:
            return StoreBase(store, _places(layout, {}), _ReadProofs(layout))
    parsed = parse_base(layout)
    if parsed.errors and not tolerant:
        raise parsed.errors[0]
    return memory_base(parsed.files, layout, scope)


def _on_disk(layout: Layout) -> ox.Store | None:
    """The on-disk store, or None where it cannot be had: no writable cache, or a file that does not parse."""
    home = cache_folder() / "index" / hashlib.sha256(str(layout.root).encode()).hexdigest()[:16]
    target = home / digest_of(layout)
    try:
        if not (target / "complete.json").is_file():
            _build(layout, home, target)
        try:
            return ox.Store.read_only(str(target / "store"))
        except (OSError, RuntimeError):  # damaged: what is derived can be made again
            shutil.rmtree(target, ignore_errors=True)
            _build(layout, home, target)
            return ox.Store.read_only(str(target / "store"))
    except (OSError, OnRecordError):
        return None


def _build(layout: Layout, home: Path, target: Path) -> None:
    parsed = parse_base(layout)
    if parsed.errors:
        raise parsed.errors[0]
    home.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".building-", dir=home))
    try:
        store = ox.Store(str(staging / "store"))
        store.bulk_extend(store_quads(parsed.files))
        admit(store, Scope(), StoreBase(store, _places(layout, {}), _ReadProofs(layout)))
        store.flush()
        del store
        if digest_of(layout) != target.name:
            raise UnreadableFile("The base's files changed while they were read.", next_step="Try again.")
        listing = {f.name: f.digest for f in parsed.files}
        (staging / "complete.json").write_text(json.dumps(listing, indent=1), "utf-8")
        with contextlib.suppress(OSError):  # another process was first: its index is the same
            staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _forget_old(home, target)


def _forget_old(home: Path, keep: Path) -> None:
    def age(folder: Path) -> float:
        try:
            return folder.stat().st_mtime
        except OSError:
            return 0.0

    others = [p for p in home.iterdir() if p != keep and p.is_dir() and not p.name.startswith(".")]
    for folder in sorted(others, key=age, reverse=True)[KEPT_GENERATIONS - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
