"""Expressions of a query as pieces that can be written again with other variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.sparql.grammar import Node
from onrecord.sparql.patterns import Aggregate, Exists, Expression, Group
from onrecord.sparql.tokens import Kind, Token

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
Piece = str | Exists | Aggregate


class ExpressionReader:
    """Reads expressions of one query's text; `group` reads the groups of EXISTS."""

    def __init__(self, text: str, group: Callable[[Node], Group]) -> None:
        self.text = text
        self.group = group

    def read(self, node: Node) -> Expression:
        """The expression of a node."""
        return Expression(tuple(self._pieces(node, _End())))

    def constraint(self, node: Node) -> Expression:
        """The expression of a constraint, without the brackets that only hold it."""
        inner = node.node("Expression")
        return self.read(inner if inner is not None else node)

    def conjuncts(self, node: Node) -> Iterator[Expression]:
        """The expressions that a constraint joins by `&&`: a filter of all is a filter of each."""
        parts = _joined(node)
        if len(parts) > 1:
            for part in parts:
                yield from self.conjuncts(part)
        else:
            yield self.constraint(parts[0])

    def _pieces(self, node: Node, end: _End) -> Iterator[Piece]:
        for part in node.parts:
            if isinstance(part, Token):
                yield from self._token(part, end)
            elif part.rule == "BuiltIn" and part.words()[0] in _AGGREGATES:
                yield from self._space(part, end)
                yield self._aggregate(part)
                end.offset = _last(part)
            elif part.rule == "BuiltIn" and (group := part.node("Group")) is not None:
                yield from self._space(part, end)
                yield Exists(self.group(group), part.words()[0] == "NOT")
                end.offset = _last(part)
            else:
                yield from self._pieces(part, end)

    def _token(self, token: Token, end: _End) -> Iterator[str]:
        if end.offset is not None and token.offset > end.offset:
            yield " "
        end.offset = token.offset + len(token.text)
        yield f"?{token.text[1:]}" if token.kind is Kind.VARIABLE else token.text

    def _space(self, node: Node, end: _End) -> Iterator[str]:
        if end.offset is not None and _first(node) > end.offset:
            yield " "

    def _aggregate(self, node: Node) -> Aggregate:
        words = node.words()
        inner = node.node("Expression")
        separator = node.node("String")
        tail = f"; SEPARATOR = {_text(self.text, separator)}" if separator is not None else ""
        argument = self.read(inner) if inner is not None else None
        return Aggregate(words[0], "DISTINCT" in words, argument, tail)


def _joined(node: Node) -> list[Node]:
    """The operands of the outermost `&&` of a node; the node alone where there is none."""
    inner = node
    while True:
        if inner.rule == "And" and len(list(inner.nodes("Relation"))) > 1:
            return list(inner.nodes("Relation"))
        below = [part for part in inner.parts if isinstance(part, Node)]
        brackets = inner.rule in ("Constraint", "Primary") and inner.words() == ["(", ")"]
        single = inner.rule in (
            "Constraint",
            "Expression",
            "And",
            "Relation",
            "Sum",
            "Product",
            "Unary",
            "Primary",
        )
        if len(below) != 1 or not single or (inner.words() and not brackets):
            return [node]
        inner = below[0]


class _End:
    """Where the last piece ended; None before the first."""

    def __init__(self) -> None:
        self.offset: int | None = None


def _first(node: Node) -> int:
    part = node.parts[0]
    return part.offset if isinstance(part, Token) else _first(part)


def _last(node: Node) -> int:
    part = next(p for p in reversed(node.parts) if isinstance(p, Token) or p.parts)
    return part.offset + len(part.text) if isinstance(part, Token) else _last(part)


def _text(text: str, node: Node) -> str:
    return text[_first(node) : _last(node)]
