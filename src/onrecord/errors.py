"""The error tree: one base class; every error names the place and the next step."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file (as the user named it), a line and a column, both from 1.

    >>> str(Place("facts/claims/a.trig", 12, 3))
    'facts/claims/a.trig:12:3'
    >>> str(Place("-"))
    'standard input'
    """

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        name = "standard input" if self.file == "-" else self.file
        parts = [name, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts)


class OnRecordError(Exception):
    """Base of every error that OnRecord raises on purpose.

    Attributes:
        message: what is wrong, one sentence.
        place: where, if it is in a file.
        next_step: what the reader can do about it.
    """

    def __init__(self, message: str, *, place: Place | None = None, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.next_step = next_step

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        after = f" {self.next_step}" if self.next_step else ""
        return f"{where}{self.message}{after}"


class BaseNotFound(OnRecordError):
    """No base where one was looked for."""


class ConfigError(OnRecordError):
    """`onrecord.toml` cannot be read or holds an unknown key or value."""


class UnreadableFile(OnRecordError):
    """A file that is missing, too large, not UTF-8, of an unknown format, or does not parse."""


class UnknownTerm(OnRecordError):
    """A name given by the user (claim, source, question, topic ...) that the base does not hold."""


class ArchiveError(OnRecordError):
    """The archive of snapshots cannot be read or written."""


class ProofError(OnRecordError):
    """A proof or commitment that is malformed; a well-formed proof that fails is an outcome, not an error."""


class FilingError(OnRecordError):
    """A change to the base could not be written; the base is as it was."""


class QueryError(OnRecordError):
    """A SPARQL query that is refused, does not parse, or was cut off."""
