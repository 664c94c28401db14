"""What there is to read off a solution of a witness query, item by item."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.sparql.patterns import Group, Query, Repeat


@dataclass(frozen=True, slots=True)
class FactItem:
    """A triple pattern: its terms and its graph, variables of the witness query or constants."""

    subject: str
    predicate: str
    object: str
    graph: str


@dataclass(frozen=True, slots=True)
class ClosureItem:
    """A repeated path between two terms."""

    subject: str
    path: Repeat
    object: str
    graph: str


@dataclass(frozen=True, slots=True)
class BranchItem:
    """What a branch of a UNION, or an OPTIONAL, adds where its marker is bound.

    Attributes:
        absent: the pattern of an OPTIONAL, which has no match where the marker is unbound; None for UNION.
    """

    marker: str
    items: tuple[Item, ...]
    absent: AbsentItem | None = None


@dataclass(frozen=True, slots=True)
class AbsentItem:
    """A pattern that has no match for a solution: of an OPTIONAL, a MINUS or a NOT EXISTS.

    Attributes:
        shared: the variables whose values the pattern is looked for with.
    """

    group: Group
    graph: str
    shared: tuple[str, ...]
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ExistsItem:
    """A pattern that may have matches for a solution, each of which is enough; `holds` says that it has."""

    group: Group
    graph: str
    shared: tuple[str, ...]
    names: tuple[tuple[str, str], ...] = ()
    holds: bool = False


@dataclass(frozen=True, slots=True)
class RowItem:
    """A subselect that groups or cuts: explained by its own row."""

    query: Query
    graph: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExternalItem:
    """A SERVICE."""

    head: str


Item = FactItem | ClosureItem | BranchItem | AbsentItem | ExistsItem | RowItem | ExternalItem
