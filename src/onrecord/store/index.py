"""The index: an Oxigraph store built from the files of a base; derived, and safe to delete at any time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
from platformdirs import user_cache_path

from onrecord import __version__
from onrecord.errors import OnRecordError, Place, UnreadableFile
from onrecord.model import Proof
from onrecord.store.layout import Layout
from onrecord.store.lines import TurtleLines
from onrecord.store.proof_files import read_all
from onrecord.store.quads import graphs_of, store_quads
from onrecord.store.reading import FactFile, read_path
from onrecord.store.records import StoreBase
from onrecord.store.refresh import admit, replace_files
from onrecord.store.scope import Scope

INDEX_FORMAT = "2"
STAGING = ".building-"
GIVEN_UP_SECONDS = 3600.0
"""Age from which an unfinished index is taken to be a killed process's, and removed."""
LISTING = "complete.json"
"""What a finished index was built from; written last."""
MOST_REPLACED = 0.3
"""The share of files up to which an older index is brought up to date instead of a new one built."""
Listing = dict[str, dict[str, Any]]
"""By file: its digest and the named graphs that it writes."""
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


def file_digests(layout: Layout) -> dict[str, str]:
    """SHA-256 of every file that the index is built from, by name."""
    digests = {}
    for path in (*layout.ontology_files(), *layout.fact_files()):
        with path.open("rb") as stream:
            digests[layout.name_of(path)] = hashlib.file_digest(stream, "sha256").hexdigest()
    return digests


def _generation(digests: Mapping[str, str]) -> str:
    total = hashlib.sha256()
    for name, digest in digests.items():
        total.update(f"\n{name} {digest}".encode())
    return total.hexdigest()[:32]


class Opened(NamedTuple):
    """A base as its index has it, and which state of the base's files that is."""

    base: StoreBase
    version: str


def open_index(layout: Layout, scope: Scope | None = None, *, tolerant: bool = False) -> StoreBase:
    """The base's index, built or refreshed where it is missing or older than the files.

    A scope other than the default one is kept in memory. `tolerant` leaves out files that do not parse.

    Raises:
        UnreadableFile: a file of the base does not parse (unless `tolerant`).
    """
    return open_version(layout, scope, tolerant=tolerant).base


def open_version(layout: Layout, scope: Scope | None = None, *, tolerant: bool = False) -> Opened:
    """As `open_index`, with the version: the same for the same files, whatever the scope."""
    scope = scope or Scope()
    if scope == Scope():
        opened = _on_disk(layout)
        if opened is not None:
            return opened
    parsed = parse_base(layout)
    if parsed.errors and not tolerant:
        raise parsed.errors[0]
    version = _generation({f.name: f.digest for f in parsed.files})
    return Opened(memory_base(parsed.files, layout, scope), version)


def _on_disk(layout: Layout) -> Opened | None:
    """The on-disk index, or None where it cannot be had: no writable cache, or a file that does not parse."""
    identity = f"{layout.root} {INDEX_FORMAT} {__version__} {ox.__version__}"
    home = cache_folder() / "index" / hashlib.sha256(identity.encode()).hexdigest()[:16]
    try:
        digests = file_digests(layout)
        target = home / _generation(digests)
        if not (target / LISTING).is_file():
            _build(layout, digests, home, target)
        try:
            store = ox.Store.read_only(str(target / "store"))
        except (OSError, RuntimeError):  # damaged: what is derived can be made again
            shutil.rmtree(home, ignore_errors=True)
            _build(layout, digests, home, target)
            store = ox.Store.read_only(str(target / "store"))
    except (OSError, OnRecordError):
        return None
    return Opened(StoreBase(store, _places(layout, {}), _ReadProofs(layout)), target.name)


def _build(layout: Layout, digests: Mapping[str, str], home: Path, target: Path) -> None:
    """Build the index beside its place and move it there whole: from an older one, or from all files."""
    home.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=home))
    try:
        listing = _from_older(layout, digests, home, staging) or _from_files(layout, staging)
        if {name: entry["digest"] for name, entry in listing.items()} != digests:
            raise UnreadableFile("The base's files changed while they were read.", next_step="Try again.")
        (staging / LISTING).write_text(json.dumps(listing), "utf-8")
        with contextlib.suppress(OSError):  # another process was first: its index is the same
            staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _forget_old(home, target)


def _from_files(layout: Layout, staging: Path) -> Listing:
    parsed = parse_base(layout)
    if parsed.errors:
        raise parsed.errors[0]
    store = ox.Store(str(staging / "store"))
    store.bulk_extend(store_quads(parsed.files))
    admit(store, Scope(), StoreBase(store, _places(layout, {})))
    store.flush()
    return {f.name: _entry(f) for f in parsed.files}


def _from_older(layout: Layout, digests: Mapping[str, str], home: Path, staging: Path) -> Listing | None:
    """The newest older index with its changed files replaced; None when too much changed or none is sound."""
    older = next(iter(_generations(home)), None)
    try:
        listing: Listing = json.loads((older / LISTING).read_bytes()) if older is not None else {}
        gone = [name for name, entry in listing.items() if digests.get(name) != entry["digest"]]
        changed = [name for name, digest in digests.items() if name not in listing or name in gone]
        if older is None or len(gone) + len(changed) > MOST_REPLACED * len(digests):
            return None
        shutil.copytree(older / "store", staging / "store", copy_function=_link_tables)
        store = ox.Store(str(staging / "store"))
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        shutil.rmtree(staging / "store", ignore_errors=True)
        return None
    config = layout.config
    new = [read_path(layout.root / name, name, config.max_file_bytes, config.iri) for name in changed]
    held = [(name, listing[name]["graphs"]) for name in gone]
    replace_files(store, StoreBase(store, _places(layout, {})), Scope(), held, new)
    store.flush()
    kept = {name: entry for name, entry in listing.items() if name not in gone}
    return {**kept, **{f.name: _entry(f) for f in new}}


def _entry(file: FactFile) -> dict[str, Any]:
    return {"digest": file.digest, "graphs": sorted(graphs_of(file))}


def _link_tables(source: str, target: str) -> None:
    """Share the store's tables, which are never written again; copy everything else."""
    if source.endswith(".sst"):
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    shutil.copy2(source, target)


def _generations(home: Path) -> list[Path]:
    """The finished indexes, the newest first."""

    def age(folder: Path) -> float:
        try:
            return folder.stat().st_mtime
        except OSError:
            return 0.0

    found = [p for p in home.iterdir() if not p.name.startswith(".") and (p / LISTING).is_file()]
    return sorted(found, key=age, reverse=True)


def _forget_old(home: Path, keep: Path) -> None:
    others = [p for p in _generations(home) if p != keep]
    given_up = [p for p in home.glob(f"{STAGING}*") if _age_seconds(p) > GIVEN_UP_SECONDS]
    for folder in (*others[KEPT_GENERATIONS - 1 :], *given_up):
        shutil.rmtree(folder, ignore_errors=True)


def _age_seconds(folder: Path) -> float:
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return 0.0
