"""Where a base is and which files it is made of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from onrecord.errors import BaseNotFound
from onrecord.store.config import FILE_NAME, Config, read_config

ENVIRONMENT = "ONRECORD_KB"
_BUNDLED = Path(__file__).resolve().parent.parent / "base"
_CHECKOUT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Layout:
    """The folders and files of one base."""

    root: Path

    @property
    def facts(self) -> Path:
        """Folder of facts, edited and reviewed like code."""
        return self.root / "facts"

    @property
    def claims(self) -> Path:
        """Folder of claim files."""
        return self.facts / "claims"

    @property
    def proofs(self) -> Path:
        """Folder of proof files, one for each claim file."""
        return self.facts / "proofs"

    @property
    def questions(self) -> Path:
        """Folder of named questions."""
        return self.facts / "questions"

    @property
    def snapshots(self) -> Path:
        """The file of commitments, written by `prove`."""
        return self.facts / "snapshots.ttl"

    @cached_property
    def config(self) -> Config:
        """The base's settings."""
        return read_config(self.root)

    @property
    def is_bundled(self) -> bool:
        """Whether this is the base shipped inside the package (not to be written to)."""
        return self.root == _BUNDLED

    def ontology_files(self) -> list[Path]:
        """ontology/*.ttl in order; the shipped ones where the base has none of its own."""
        own = _visible(self.root / "ontology", "*.ttl")
        return own or _visible(bundled().root / "ontology", "*.ttl")

    def shape_files(self) -> list[Path]:
        """shapes/**/*.ttl in order; the shipped ones where the base has none of its own."""
        own = _visible(self.root / "shapes", "**/*.ttl")
        return own or _visible(bundled().root / "shapes", "**/*.ttl")

    def fact_files(self) -> list[Path]:
        """Every file of facts that holds RDF, in order."""
        top = [p for pattern in ("*.ttl", "*.trig") for p in _visible(self.facts, pattern)]
        return sorted(top) + [
            p for pattern in ("*.trig", "*.ttl") for p in _visible(self.claims, f"**/{pattern}")
        ]

    def proof_files(self) -> list[Path]:
        """facts/proofs/*.json in order."""
        return _visible(self.proofs, "*.json")

    def question_files(self) -> list[Path]:
        """facts/questions/*.rq in order."""
        return _visible(self.questions, "*.rq")

    def name_of(self, path: Path) -> str:
        """A file's path inside the base, with forward slashes; as given when it is outside."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return str(path)


def _visible(folder: Path, pattern: str) -> list[Path]:
    return sorted(p for p in folder.glob(pattern) if not p.name.startswith(".") and p.is_file())


def is_base(folder: Path) -> bool:
    """Whether a folder looks like a base: it has facts/ and shapes/, or facts/ and onrecord.toml."""
    return (folder / "facts").is_dir() and ((folder / FILE_NAME).is_file() or (folder / "shapes").is_dir())


def bundled() -> Layout:
    """The base shipped with the package (in a source checkout: the checkout's own)."""
    return Layout(_BUNDLED if _BUNDLED.is_dir() else _CHECKOUT)


def find_base(given: str | None = None, start: Path | None = None) -> Layout:
    """The base to work on: the one given, ONRECORD_KB, the nearest folder above, else the bundled one.

    Raises:
        BaseNotFound: when the given folder, or ONRECORD_KB, is no base.
    """
    for value, origin in ((given, "--kb"), (os.environ.get(ENVIRONMENT), ENVIRONMENT)):
        if value:
            folder = Path(value).expanduser().resolve()
            if not is_base(folder):
                raise BaseNotFound(
                    f"{origin} names {value}, which is no base: it lacks facts/, or shapes/ beside it.",
                    next_step="Name the folder that holds facts/, or make a base with 'onrecord init DIR'.",
                )
            return Layout(folder)
    return next((Layout(folder) for folder in _above(start or Path.cwd()) if is_base(folder)), bundled())


def _above(folder: Path) -> Iterator[Path]:
    folder = folder.resolve()
    yield folder
    yield from folder.parents
