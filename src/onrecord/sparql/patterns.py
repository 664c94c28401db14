"""A parsed query: its form, its patterns and its expressions, as SPARQL 1.1 names them (section 18).

Variables are written `?x` (also where the query has `$x`), constants as in the query. Blank nodes and
collections of patterns have become variables, which is what they mean there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A path of one predicate."""

    iri: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked backwards (`^`)."""

    path: Path


@dataclass(frozen=True, slots=True)
class InOrder:
    """Paths one after the other (`/`)."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several paths (`|`)."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """Any predicate but some, forwards or backwards (`!`)."""

    forward: tuple[str, ...]
    backward: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path repeated: `?`, `*` or `+`."""

    path: Path
    sign: str


Path = Link | Inverse | InOrder | Alternative | Negated | Repeat


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern with a variable or an IRI as its predicate."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class PathTriple:
    """A property path between two terms."""

    subject: str
    path: Path
    object: str


@dataclass(frozen=True, slots=True)
class Exists:
    """EXISTS or NOT EXISTS."""

    group: Group
    negated: bool


@dataclass(frozen=True, slots=True)
class Aggregate:
    """COUNT, SUM and the like; `argument` is None for `COUNT(*)`."""

    name: str
    distinct: bool
    argument: Expression | None
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as its pieces in order: white space, tokens, variables, EXISTS and aggregates."""

    pieces: tuple[str | Exists | Aggregate, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces, in order."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Union:
    """Branches of which each gives solutions."""

    branches: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Optional:
    """OPTIONAL."""

    group: Group


@dataclass(frozen=True, slots=True)
class Minus:
    """MINUS."""

    group: Group


@dataclass(frozen=True, slots=True)
class GraphPattern:
    """GRAPH with a variable or an IRI."""

    name: str
    group: Group


@dataclass(frozen=True, slots=True)
class Service:
    """SERVICE."""

    head: str
    group: Group


@dataclass(frozen=True, slots=True)
class Filter:
    """FILTER."""

    expression: Expression


@dataclass(frozen=True, slots=True)
class Bind:
    """BIND(expression AS variable)."""

    expression: Expression
    variable: str


@dataclass(frozen=True, slots=True)
class Values:
    """VALUES; "UNDEF" where a row leaves a variable free."""

    variables: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Projection:
    """One column of a SELECT, or one condition of a GROUP BY."""

    variable: str
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A query or a subselect.

    Attributes:
        distinct: DISTINCT, REDUCED or "".
        projections: the columns of a SELECT, what a DESCRIBE describes; None for `*`.
        template: the triples of a CONSTRUCT.
        dataset: the FROM clauses as text; `sources` are the graphs of FROM, as written.
        conditions: of GROUP BY; None without it.
        order: the conditions of ORDER BY, each with ASC, DESC or "" before it.
    """

    form: str
    where: Group
    projections: tuple[Projection, ...] | None = None
    distinct: str = ""
    template: tuple[Triple, ...] = ()
    dataset: str = ""
    sources: tuple[str, ...] = ()
    conditions: tuple[Projection, ...] | None = None
    having: tuple[Expression, ...] = ()
    order: tuple[tuple[str, Expression], ...] = ()
    limit: int | None = None
    offset: int = 0
    prologue: str = ""

    @property
    def is_grouped(self) -> bool:
        """Whether it counts, or groups: its rows are made of several solutions."""
        columns = (p.expression for p in self.projections or () if p.expression is not None)
        ordering = (expression for _, expression in self.order)
        expressions = (*columns, *self.having, *ordering)
        return self.conditions is not None or any(aggregates(e) for e in expressions)

    @property
    def is_cut(self) -> bool:
        """Whether LIMIT or OFFSET choose among its rows."""
        return self.limit is not None or self.offset > 0


@dataclass(frozen=True, slots=True)
class SubSelect:
    """A SELECT within a group."""

    query: Query


Element = (
    Triple
    | PathTriple
    | Group
    | Union
    | Optional
    | Minus
    | GraphPattern
    | Service
    | Filter
    | Bind
    | Values
    | SubSelect
)


def aggregates(expression: Expression) -> list[Aggregate]:
    """The aggregates of an expression."""
    return [piece for piece in expression.pieces if isinstance(piece, Aggregate)]


def is_variable(term: str) -> bool:
    """Whether a term of a pattern is a variable."""
    return term[:1] == "?"
