"""Whether a query is safe to run: it only reads, and only from the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.errors import Place, QueryError
from onrecord.sparql.tokens import Kind, Token, decoded, place_of, shown, tokens
from onrecord.vocab import KB, KINDS, PREFIXES

LARGEST_QUERY = 1_000_000
"""Bytes of a query beyond which it is refused."""
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})
_READS_ONLY = "Queries only read: use SELECT, ASK, CONSTRUCT or DESCRIBE. Facts are edited in facts/."
_NO_SERVICE = "Take SERVICE out: a query reads this base and nothing else."


@dataclass(frozen=True, slots=True)
class Guarded:
    """A query that passed the guard.

    Attributes:
        text: as given.
        form: SELECT, ASK, CONSTRUCT or DESCRIBE; "" where the text holds none of them.
        graphs: the IRIs that FROM and FROM NAMED name, with where they stand.
    """

    text: str
    form: str
    graphs: tuple[tuple[str, Place], ...] = ()


def prefixes_for(base_iri: str) -> dict[str, str]:
    """The prefixes that queries on a base may use undeclared: its own data under its own IRI."""
    return {**PREFIXES, **{kind: f"{base_iri}{kind}/" for kind in KINDS}}


def undeclared_prefixes(text: str, base_iri: str) -> str:
    """Declarations, on one line, of the known prefixes that a query uses and does not declare itself.

    >>> undeclared_prefixes("ASK { ?s a onr:Claim }", "https://w3id.org/onrecord/kb/")
    'PREFIX onr: <https://w3id.org/onrecord/ns#> '
    """
    found = list(tokens(text))
    names = {t.text.partition(":")[0] for t in found if t.kind in (Kind.NAME, Kind.NAMESPACE)}
    declared = {after.text[:-1] for t, after in pairwise(found) if t.word == "PREFIX"}
    known = prefixes_for(base_iri)
    return "".join(f"PREFIX {name}: <{known[name]}> " for name in sorted((names & set(known)) - declared))


def guard(query: str, name: str = "query", base_iri: str = KB) -> Guarded:
    """Refuse a query that is too large, calls SERVICE or would change something.

    A query is read twice where it holds codepoint escapes, as written and with them resolved, since engines
    differ in which reading they take.

    Raises:
        QueryError: it is refused, with line, column and next step.
    """
    if len(query) > LARGEST_QUERY or len(query.encode("utf-8", "surrogatepass")) > LARGEST_QUERY:
        raise QueryError(
            f"The query is larger than {LARGEST_QUERY:,} bytes.",
            place=Place(name),
            next_step="Shorten it; long lists of values belong into the base.",
        )
    _check_characters(query, name)
    found = list(tokens(query, name))
    _refuse(query, found, name)
    resolved = decoded(query)
    if resolved != query:
        _refuse(resolved, list(tokens(resolved, name)), name)
    prefixes = declared_prefixes(found, base_iri)
    return Guarded(query, _form(found), tuple(_graphs(query, found, prefixes, name)))


def check_prefixes(query: str, name: str = "query") -> None:
    """Refuse a prefixed name whose prefix neither the query nor the project declares.

    Raises:
        QueryError: naming the prefix and the known ones.
    """
    found = list(tokens(query, name))
    known = declared_prefixes(found, KB)
    for before, token in zip([None, *found], found, strict=False):
        declares = before is not None and before.word == "PREFIX"
        if token.kind not in (Kind.NAME, Kind.NAMESPACE) or declares:
            continue
        prefix = token.text.partition(":")[0]
        if prefix not in known:
            raise QueryError(
                f"Unknown prefix '{prefix}:'.",
                place=place_of(query, token.offset, name),
                next_step=f"Declare it with PREFIX, or use one of: {', '.join(sorted(PREFIXES))}."
                f"\n{shown(query, token.offset)}",
            )


def declared_prefixes(found: Sequence[Token], base_iri: str) -> dict[str, str]:
    """The project's prefixes and those that a query declares."""
    known = prefixes_for(base_iri)
    for word, namespace, iri in zip(found, found[1:], found[2:], strict=False):
        if word.word == "PREFIX" and namespace.kind is Kind.NAMESPACE and iri.kind is Kind.IRI:
            known[namespace.text[:-1]] = iri.text[1:-1]
    return known


def _check_characters(query: str, name: str) -> None:
    for offset, char in enumerate(query):
        if "\ud800" <= char <= "\udfff" or char == "\0":
            raise QueryError(
                f"The query holds U+{ord(char):04X}, which is no character of a text.",
                place=place_of(query, offset, name),
                next_step="Save the query as UTF-8 text.",
            )


def _refuse(query: str, found: Sequence[Token], name: str) -> None:
    for before, token, after in zip([None, *found], found, [*found[1:], None], strict=False):
        if token.word in UPDATES:
            message, advice = f"{token.text} would change the base.", _READS_ONLY
        elif _calls_service(before, token, after):
            message, advice = "SERVICE would send the query to another server.", _NO_SERVICE
        else:
            continue
        raise QueryError(
            message,
            place=place_of(query, token.offset, name),
            next_step=f"{advice}\n{shown(query, token.offset)}",
        )


def _calls_service(before: Token | None, token: Token, after: Token | None) -> bool:
    """Whether a token may be read as SERVICE, also by a parser that needs no space after a keyword."""
    if token.kind is Kind.WORD:
        return "SERVICE" in token.word
    if token.kind not in (Kind.NAME, Kind.NAMESPACE) or "SERVICE" not in token.text.upper():
        return False
    opens_group = after is not None and after.text == "{"
    return opens_group and (before is None or before.word not in ("GRAPH", "FROM", "NAMED"))


def _form(found: Sequence[Token]) -> str:
    return next((t.word for t in found if t.word in FORMS), "")


def _graphs(
    query: str, found: Sequence[Token], prefixes: dict[str, str], name: str
) -> list[tuple[str, Place]]:
    named = []
    for i, token in enumerate(found):
        if token.word != "FROM":
            continue
        graph = found[i + 2 if found[i + 1].word == "NAMED" else i + 1]
        if graph.kind is Kind.IRI:
            named.append((graph.text[1:-1], place_of(query, graph.offset, name)))
        elif graph.kind in (Kind.NAME, Kind.NAMESPACE):
            prefix, _, local = graph.text.partition(":")
            named.append((prefixes.get(prefix, "") + local, place_of(query, graph.offset, name)))
    return named
