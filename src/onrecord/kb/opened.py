"""A base and its archive, opened: what it holds by name, and which state of its files that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

from onrecord.errors import UnknownTerm
from onrecord.model import Claim, Source
from onrecord.sources.archive import Archive, default_archive
from onrecord.store.index import Opened, open_version
from onrecord.store.layout import Layout, find_base
from onrecord.store.records import StoreBase
from onrecord.vocab import KB, expand, kind_of


@dataclass
class OpenedBase:
    """A base and the archive that its quotations are checked against."""

    layout: Layout
    archive: Archive = field(default_factory=lambda: Archive(default_archive()))

    @classmethod
    def open(cls, folder: str | None = None, archive: str | Path | None = None) -> Self:
        """Open the base in a folder, or the one found as the command line finds it.

        Raises:
            BaseNotFound: the folder is no base.
        """
        filed = Path(archive).expanduser() if archive else default_archive()
        return cls(find_base(folder), Archive(filed))

    @cached_property
    def _opened(self) -> Opened:
        return open_version(self.layout)

    @property
    def base(self) -> StoreBase:
        """The base as its index has it, read once until `refresh`.

        Raises:
            UnreadableFile: a file of the base does not parse.
        """
        return self._opened.base

    @property
    def version(self) -> str:
        """Which state of the base's files that is.

        Raises:
            UnreadableFile: a file of the base does not parse.
        """
        return self._opened.version

    def refresh(self) -> None:
        """Forget what was read, after the files have changed."""
        self.__dict__.pop("_opened", None)

    def iri(self, name: str, kind: str = "claim") -> str:
        """The IRI, in this base, of a slug, prefixed name or IRI.

        Raises:
            UnknownTerm: it cannot be one.
        """
        iri = expand(name, kind)
        if kind_of(iri) is not None and not name.strip().lstrip("<").startswith(KB):
            iri = self.layout.config.iri + iri.removeprefix(KB)
        if not _is_iri(iri):
            raise UnknownTerm(f"No {kind} {name!r}.", next_step="Use small letters, digits and hyphens.")
        return iri

    def claim(self, name: str) -> Claim:
        """The claim of a slug, prefixed name or IRI.

        Raises:
            UnknownTerm: the base does not hold it.
        """
        iri = self.iri(name)
        found = self.base.claim(iri)
        if found is None:
            raise UnknownTerm(f"No claim {name!r}.{self._nearest(iri)}", next_step="List them: onrecord list")
        return found

    def _nearest(self, iri: str) -> str:
        from difflib import get_close_matches

        from onrecord.vocab import compact

        near = get_close_matches(iri, [c.iri for c in self.base.claims()], n=1, cutoff=0.7)
        return f" Did you mean {compact(near[0])}?" if near else ""

    def source(self, name: str) -> Source:
        """The source of an id, prefixed name or IRI.

        Raises:
            UnknownTerm: the base does not hold it.
        """
        found = self.base.source(self.iri(name, "source"))
        if found is None:
            raise UnknownTerm(f"No source {name!r}.", next_step="List them: onrecord source list")
        return found

    def known(self, name: str, kind: str) -> str:
        """The IRI of a name (slug, prefixed name or IRI) that the base describes.

        Raises:
            UnknownTerm: the base does not hold it.
        """
        iri = self.iri(name, kind)
        if not self.base.knows(iri):
            raise UnknownTerm(f"The base holds no {kind} {name!r}.", next_step=f"Give {kind}:SLUG or an IRI.")
        return iri


def _is_iri(text: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
