"""The reader's own archive of snapshots: bytes and texts of sources, addressed by their content."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from platformdirs import user_data_path

from onrecord.errors import ArchiveError, FilingError, Place
from onrecord.model import SourceText
from onrecord.sources.extraction import extract
from onrecord.vocab import slug
from onrecord.writing import write_whole

ENVIRONMENT = "ONRECORD_ARCHIVE"
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]|\.(?!\.))*")


@dataclass(frozen=True, slots=True)
class Capture:
    """One filing of a source: digests of its bytes and text, what extracted it, and when it was filed."""

    byte_digest: str
    text_digest: str
    extractor: str
    captured: str
    file_name: str
    words: int


def default_archive() -> Path:
    """ONRECORD_ARCHIVE, or the platform's data folder."""
    given = os.environ.get(ENVIRONMENT)
    return Path(given).expanduser() if given else user_data_path("onrecord") / "archive"


def sha256(data: bytes) -> str:
    """A digest as the base writes it.

    >>> sha256(b"")[:15]
    'sha256:e3b0c442'
    """
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


@dataclass(frozen=True)
class Archive:
    """A folder of snapshots; it need not exist until something is filed."""

    folder: Path

    def add(self, source_id: str, data: bytes, file_name: str, on: date | None = None) -> Capture:
        """File the bytes of a source and the text extracted from them.

        Filing the same bytes again changes nothing. `on` defaults to today.

        Raises:
            ArchiveError: an id that is no slug, a file that cannot be extracted, or no place to write.
        """
        from onrecord.text import words

        record = self._record(source_id)
        found = extract(data, file_name)
        text = found.text.encode()
        capture = Capture(
            sha256(data),
            sha256(text),
            found.extractor,
            (on or date.today()).isoformat(),
            Path(file_name).name,
            len(words(found.text)),
        )
        known = self.captures(source_id)
        same = (
            c for c in known if (c.byte_digest, c.text_digest) == (capture.byte_digest, capture.text_digest)
        )
        already = next(same, None)
        if already is not None and self._text_path(already.text_digest).is_file():
            return already
        try:
            write_whole(self._byte_path(capture.byte_digest), data)
            write_whole(self._text_path(capture.text_digest), text)
            listed = [asdict(c) for c in (*(c for c in known if c is not already), capture)]
            write_whole(record, (json.dumps(listed, indent=1) + "\n").encode())
        except FilingError as error:
            raise ArchiveError(error.message, place=error.place, next_step=error.next_step) from error
        return capture

    def captures(self, source_id: str) -> list[Capture]:
        """What has been filed for a source, the latest last.

        Raises:
            ArchiveError: the archive's own record is damaged.
        """
        path = self._record(source_id)
        try:
            return [Capture(**entry) for entry in json.loads(path.read_bytes())]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError) as error:
            raise ArchiveError(
                f"The archive's record is damaged: {error}.",
                place=Place(str(path)),
                next_step="Delete that file and file the source again.",
            ) from error

    def source_ids(self) -> list[str]:
        """The ids of all sources with a capture."""
        return sorted(p.stem for p in (self.folder / "sources").glob("*.json") if _ID.fullmatch(p.stem))

    def texts(self, source: str) -> Sequence[SourceText]:
        """The texts at hand for a source (IRI or id), the latest capture last.

        A text whose bytes no longer match its digest is not at hand.
        """
        source_id = slug(source)
        if not _ID.fullmatch(source_id):
            return []
        return [
            SourceText(source, text, c.text_digest, c.captured)
            for c in self.captures(source_id)
            if (text := self._text(c.text_digest)) is not None
        ]

    def _text(self, digest: str) -> str | None:
        try:
            data = self._text_path(digest).read_bytes()
        except OSError:
            return None
        return data.decode() if sha256(data) == digest else None

    def _record(self, source_id: str) -> Path:
        if not _ID.fullmatch(source_id):
            raise ArchiveError(
                f"{source_id!r} is no id of a source.",
                next_step="An id is made of small letters, digits, hyphens and single dots.",
            )
        return self.folder / "sources" / f"{source_id}.json"

    def _byte_path(self, digest: str) -> Path:
        return self.folder / "bytes" / _hex(digest)

    def _text_path(self, digest: str) -> Path:
        return self.folder / "texts" / f"{_hex(digest)}.txt"


def _hex(digest: str) -> str:
    value = digest.removeprefix("sha256:")
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        raise ArchiveError(f"{digest!r} is no digest.")
    return value
