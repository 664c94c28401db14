"""The grammar of SPARQL 1.1 queries: a query's tree, or where it stops making sense and what could stand.

The engine decides whether a query is valid; its messages name neither the right place nor the right words.
The grammar (SPARQL 1.1, section 19.8) is LL(1): one token is enough to choose, so the first token that fits
nowhere is the place, and what was allowed there is known exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.sparql.tokens import Kind, Token

_GRAMMAR = """
Query = Prologue ( Select | Construct | Describe | Ask ) Values END
Prologue = ( BASE @IRI | PREFIX @NAMESPACE @IRI )*
Select = SelectClause Dataset* Where Modifiers
SubSelect = SelectClause Where Modifiers Values
SelectClause = SELECT ( DISTINCT | REDUCED )? ( '*' | ( Var | '(' Expression AS Var ')' )+ )
Construct = CONSTRUCT ( Template Dataset* Where Modifiers | Dataset* WHERE '{' Triples? '}' Modifiers )
Describe = DESCRIBE ( '*' | ( Var | Iri )+ ) Dataset* Where? Modifiers
Ask = ASK Dataset* Where Modifiers
Dataset = FROM NAMED? Iri
Where = WHERE? Group
Modifiers = GroupBy? Having? OrderBy? ( LIMIT @INTEGER ( OFFSET @INTEGER )? | OFFSET @INTEGER ( LIMIT @INTEGER )? )?
GroupBy = GROUP BY ( BuiltIn | Call | '(' Expression ( AS Var )? ')' | Var )+
Having = HAVING Constraint+
OrderBy = ORDER BY ( ( ASC | DESC ) '(' Expression ')' | Constraint | Var )+
Values = ( VALUES DataBlock )?
Template = '{' Triples? '}'
Triples = SameSubject ( '.' Triples? )?
Group = '{' ( SubSelect | Patterns ) '}'
Patterns = PathTriples? ( NotTriples '.'? PathTriples? )*
PathTriples = SameSubjectPath ( '.' PathTriples? )?
NotTriples = Group ( UNION Group )* | OPTIONAL Group | MINUS Group | GRAPH ( Var | Iri ) Group | SERVICE SILENT? ( Var | Iri ) Group | FILTER Constraint | BIND '(' Expression AS Var ')' | VALUES DataBlock
DataBlock = Var '{' DataValue* '}' | ( @NIL | '(' Var* ')' ) '{' ( '(' DataValue* ')' | @NIL )* '}'
DataValue = Iri | Literal | UNDEF
Constraint = '(' Expression ')' | BuiltIn | Call
Call = Iri Arguments
Arguments = @NIL | '(' DISTINCT? Expression ( ',' Expression )* ')'
List = @NIL | '(' Expression ( ',' Expression )* ')'
SameSubject = Term Properties | Node Properties?
Properties = ( Var | Iri | a ) Objects ( ';' ( ( Var | Iri | a ) Objects )? )*
Objects = Object ( ',' Object )*
Object = Term | Node
Node = '(' Object+ ')' | '[' Properties ']'
SameSubjectPath = Term PathProperties | PathNode PathProperties?
PathProperties = ( Var | Path ) PathObjects ( ';' ( ( Var | Path ) PathObjects )? )*
PathObjects = PathObject ( ',' PathObject )*
PathObject = Term | PathNode
PathNode = '(' PathObject+ ')' | '[' PathProperties ']'
Path = Sequence ( '|' Sequence )*
Sequence = Step ( '/' Step )*
Step = '^'? ( Iri | a | '!' Negated | '(' Path ')' ) ( '?' | '*' | '+' )?
Negated = OneIn | @NIL | '(' OneIn ( '|' OneIn )* ')'
OneIn = '^'? ( Iri | a )
Term = Var | Iri | Literal | @BLANK | @ANON | @NIL
Var = @VARIABLE
Iri = @IRI | @NAME | @NAMESPACE
Literal = String ( @LANGUAGE | '^^' Iri )? | Numeric | TRUE | FALSE
String = @STRING
Numeric = @INTEGER | @NUMBER | @SIGNED
Expression = And ( '||' And )*
And = Relation ( '&&' Relation )*
Relation = Sum ( ( '=' | '!=' | '<' | '>' | '<=' | '>=' ) Sum | IN List | NOT IN List )?
Sum = Product ( ( '+' | '-' ) Product | @SIGNED ( ( '*' | '/' ) Unary )* )*
Product = Unary ( ( '*' | '/' ) Unary )*
Unary = ( '!' | '+' | '-' )? Primary
Primary = '(' Expression ')' | BuiltIn | Iri Arguments? | Literal | Var
BuiltIn = FUNCTION List | BOUND '(' Var ')' | EXISTS Group | NOT EXISTS Group | COUNT '(' DISTINCT? ( '*' | Expression ) ')' | AGGREGATE '(' DISTINCT? Expression ')' | GROUP_CONCAT '(' DISTINCT? Expression ( ';' SEPARATOR '=' String )? ')'
"""  # noqa: E501 - one production a line

_FUNCTIONS = frozenset(
    """
    STR LANG LANGMATCHES DATATYPE IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
    ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE
    TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK
    ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE
    """.split()  # noqa: SIM905
)
_AGGREGATES = frozenset({"SUM", "MIN", "MAX", "AVG", "SAMPLE"})
_CLASSES = {**dict.fromkeys(_FUNCTIONS, "FUNCTION"), **dict.fromkeys(_AGGREGATES, "AGGREGATE")}
_SAID = {
    "FUNCTION": "a function", "AGGREGATE": "an aggregate", "END": "the end of the query", "a": "'a'",
    **{f"@{kind.name}": kind.value for kind in Kind},
}  # fmt: skip
_IN_GRAMMAR = re.compile(r"'[^']+'|@?[A-Za-z_]+|[()|?*+]")


@dataclass(frozen=True, eq=False)
class _Part:
    """A piece of a production: a terminal, a rule, a sequence, a choice, or a repetition."""

    sort: str
    name: str = ""
    parts: tuple[_Part, ...] = ()


@dataclass(slots=True)
class Node:
    """What one rule of the grammar matched: its name, and the nodes and tokens below it in order."""

    rule: str
    parts: list[Node | Token] = field(default_factory=list)

    def nodes(self, *rules: str) -> Iterator[Node]:
        """The nodes directly below that are of one of some rules."""
        return (part for part in self.parts if isinstance(part, Node) and part.rule in rules)

    def node(self, *rules: str) -> Node | None:
        """The first of `nodes`, or None."""
        return next(self.nodes(*rules), None)

    def words(self) -> list[str]:
        """The keywords and signs directly below, keywords in capitals."""
        return [p.word or p.text for p in self.parts if isinstance(p, Token)]


@dataclass(frozen=True, slots=True)
class Mistake:
    """The first token that fits nowhere, and what could stand in its place."""

    token: Token
    expected: tuple[str, ...]


def first_mistake(found: Sequence[Token]) -> Mistake | None:
    """Where the tokens of a query (the last one END) leave the grammar; None where they do not."""
    run = _Run(found)
    try:
        run.parse(_rules()["Query"])
    except _Stop:
        return Mistake(found[run.at], tuple(sorted(_said(run.expected))))
    except RecursionError:
        return None
    return None


def tree(found: Sequence[Token]) -> Node | None:
    """The tree of a query from its tokens (the last one END); None where they leave the grammar.

    Raises:
        RecursionError: the query nests more deeply than this process can follow.
    """
    run = _Run(found)
    try:
        run.parse(_rules()["Query"])
    except _Stop:
        return None
    return run.open[0]


def _said(symbols: set[str]) -> Iterator[str]:
    operators = {
        "'||'",
        "'&&'",
        "'='",
        "'!='",
        "'<'",
        "'>'",
        "'<='",
        "'>='",
        "'+'",
        "'-'",
        "'*'",
        "'/'",
        "IN",
    }
    if len(symbols & operators) > 6:
        symbols = (symbols - operators - {"NOT", "@SIGNED"}) | {"an operator"}
    if {"@IRI", "@NAME"} <= symbols:
        symbols = (symbols - {"@IRI", "@NAME", "@NAMESPACE"}) | {"an IRI or prefixed name"}
    if {"@STRING", "@INTEGER", "TRUE"} <= symbols:
        values = {"@STRING", "@INTEGER", "@NUMBER", "@SIGNED", "TRUE", "FALSE", "@BLANK", "@ANON", "@NIL"}
        symbols = (symbols - values) | {"a value"}
    for symbol in symbols - {"SERVICE"}:
        yield _SAID.get(symbol, symbol)


def _symbol(token: Token) -> str:
    """The terminal of the grammar that a token is."""
    if token.kind is Kind.WORD:
        return token.text if token.text == "a" else _CLASSES.get(token.word, token.word)
    if token.kind is Kind.SIGN:
        return f"'{token.text}'"
    return "END" if token.kind is Kind.END else f"@{token.kind.name}"


class _Stop(Exception):
    """The token at hand fits nowhere."""


class _Run:
    def __init__(self, found: Sequence[Token]) -> None:
        self.tokens = found
        self.symbols = [_symbol(t) for t in found]
        self.at = 0
        self.expected: set[str] = set()
        self.open = [Node("Query")]

    def parse(self, part: _Part) -> None:
        if part.sort == "terminal":
            if self.symbols[self.at] != part.name:
                self.expected.add(part.name)
                raise _Stop
            self.open[-1].parts.append(self.tokens[self.at])
            self.at += 1
            if self.expected:
                self.expected = set()
        elif part.sort == "rule":
            self._descend(part.name)
        elif part.sort == "sequence":
            for inner in part.parts:
                self.parse(inner)
        elif part.sort == "choice":
            self._choose(part)
        else:
            self._repeat(part)

    def _descend(self, rule: str) -> None:
        node = Node(rule)
        self.open[-1].parts.append(node)
        self.open.append(node)
        self.parse(_rules()[rule])
        self.open.pop()

    def _choose(self, part: _Part) -> None:
        inner = _chosen(part).get(self.symbols[self.at])
        if inner is not None:
            return self.parse(inner)
        for inner in part.parts:
            self.expected |= _first(inner)
        if not any(_nullable(inner) for inner in part.parts):
            raise _Stop
        return None

    def _repeat(self, part: _Part) -> None:
        inner = part.parts[0]
        if part.sort == "+":
            self.parse(inner)
        while self.symbols[self.at] in _first(inner):
            self.parse(inner)
            if part.sort == "?":
                return
        self.expected |= _first(inner)


@cache
def _rules() -> dict[str, _Part]:
    rules = {}
    for line in _GRAMMAR.strip().splitlines():
        name, _, body = line.partition(" = ")
        rules[name] = _read_choice(_IN_GRAMMAR.findall(body), [0])
    return rules


def _read_choice(symbols: list[str], at: list[int]) -> _Part:
    choices = [_read_sequence(symbols, at)]
    while at[0] < len(symbols) and symbols[at[0]] == "|":
        at[0] += 1
        choices.append(_read_sequence(symbols, at))
    return choices[0] if len(choices) == 1 else _Part("choice", parts=tuple(choices))


def _read_sequence(symbols: list[str], at: list[int]) -> _Part:
    parts: list[_Part] = []
    while at[0] < len(symbols) and symbols[at[0]] not in ("|", ")"):
        symbol = symbols[at[0]]
        at[0] += 1
        if symbol == "(":
            part = _read_choice(symbols, at)
            at[0] += 1
        else:
            is_rule = symbol[0].isupper() and not symbol.isupper()
            part = _Part("rule" if is_rule else "terminal", symbol)
        if at[0] < len(symbols) and symbols[at[0]] in ("?", "*", "+"):
            part = _Part(symbols[at[0]], parts=(part,))
            at[0] += 1
        parts.append(part)
    return parts[0] if len(parts) == 1 else _Part("sequence", parts=tuple(parts))


@cache
def _chosen(part: _Part) -> dict[str, _Part]:
    """Which of its alternatives a choice takes, by the terminal at hand."""
    table: dict[str, _Part] = {}
    for inner in part.parts:
        for symbol in _first(inner):
            table.setdefault(symbol, inner)
    return table


@cache
def _nullable(part: _Part) -> bool:
    if part.sort == "terminal":
        return False
    if part.sort == "rule":
        return _nullable(_rules()[part.name])
    if part.sort in "?*":
        return True
    inner = (_nullable(p) for p in part.parts)
    return any(inner) if part.sort == "choice" else all(inner)


@cache
def _first(part: _Part) -> frozenset[str]:
    """The terminals that a part can begin with."""
    if part.sort == "terminal":
        return frozenset({part.name})
    if part.sort == "rule":
        return _first(_rules()[part.name])
    found: set[str] = set()
    for inner in part.parts:
        found |= _first(inner)
        if part.sort == "sequence" and not _nullable(inner):
            break
    return frozenset(found)
