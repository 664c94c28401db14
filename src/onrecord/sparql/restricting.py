"""Restricting a witness query to the rows asked for, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.sparql.analysis import leading
from onrecord.sparql.asking import values
from onrecord.sparql.patterns import Group
from onrecord.sparql.query_text import Renaming

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restriction:
    """What keeps a witness query to some rows.

    Attributes:
        before: a VALUES block that stands first in the pattern.
        after: what stands behind the pattern, which is then a group of its own.
        decided: variables that are bound to values of the rows before anything else; what a filter or MINUS
            says of these alone holds already, as the rows are answers.
        is_exact: whether no other rows come.
    """

    before: str = ""
    after: str = ""
    decided: frozenset[str] = frozenset()
    is_exact: bool = False

    def around(self, text: str) -> str:
        """A pattern, restricted."""
        inner = f"{self.before} {text}" if self.before else text
        return f"{{ {inner} }} {self.after}" if self.after else inner


MOST_COMPARED = 50
"""Values up to which terms are compared one by one."""
UNRESTRICTED = Restriction()


def restriction(
    group: Group, shown: Sequence[str], keys: Sequence[Row], names: Renaming | None = None
) -> Restriction:
    """The restriction of a group to rows, given by the values of some of its variables.

    Variables that the group surely binds before any OPTIONAL, MINUS or BIND are restricted first, where an
    index helps; the others behind the group, since a value given beforehand would change what those do.
    """
    safe = leading(group) - set(names or {})
    early = [i for i, v in enumerate(shown) if v in safe]
    late = [i for i, v in enumerate(shown) if v not in safe]
    before = _values(shown, early, keys)
    decided = frozenset(shown[i] for i in early if all(_is_sayable(key[i]) for key in keys))
    filters = (_filter(shown[i], list(dict.fromkeys(key[i] for key in keys))) for i in late)
    after = " ".join(f for f in filters if f)
    exact = len(keys) == 1 and not any(token[:1] == "_" for token in keys[0])
    return Restriction(before, after, decided, exact)


def _filter(variable: str, tokens: Sequence[str]) -> str:
    """A filter for a variable that has one of some values; "" where blank nodes are among them."""
    if any(token[:1] == "_" for token in tokens):
        return ""
    tests = [f"sameTerm({variable}, {t})" if t else f"!BOUND({variable})" for t in tokens]
    said = [t for t in tokens if t]
    if len(said) > MOST_COMPARED:
        tests = [
            f"{variable} IN ({', '.join(said)})",
            *(["!BOUND(" + variable + ")"] if "" in tokens else []),
        ]
    return f"FILTER({' || '.join(tests)})"


def _values(shown: Sequence[str], at: Sequence[int], keys: Sequence[Row]) -> str:
    used = [i for i in at if any(_is_sayable(key[i]) for key in keys)]
    rows = list(dict.fromkeys(tuple(key[i] for i in used) for key in keys))
    return values([shown[i] for i in used], rows) if used else ""


def _is_sayable(token: str) -> bool:
    """Whether a term can be written into a query: a blank node cannot."""
    return token != "" and token[0] != "_"
