"""From a query's text to its patterns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from onrecord.errors import QueryError
from onrecord.sparql.expressions import ExpressionReader
from onrecord.sparql.grammar import Node, tree
from onrecord.sparql.patterns import (
    Alternative,
    Bind,
    Element,
    Expression,
    Filter,
    GraphPattern,
    Group,
    InOrder,
    Inverse,
    Link,
    Minus,
    Negated,
    Optional,
    Path,
    PathTriple,
    Projection,
    Query,
    Repeat,
    Service,
    SubSelect,
    Triple,
    Union,
    Values,
)
from onrecord.sparql.tokens import Kind, Token, tokens
from onrecord.vocab import RDF

BLANK = "?_b"
"""What the variables that stand for blank nodes begin with."""


@lru_cache(maxsize=64)
def parse_query(text: str) -> Query:
    """The patterns of a query.

    Raises:
        QueryError: it is no SPARQL 1.1 query, or nests too deeply to be read.
    """
    try:
        found = tree(list(tokens(text)))
        if found is not None:
            return _Reader(text).query(found)
    except RecursionError as error:
        raise QueryError("The query nests too deeply to be explained.") from error
    raise QueryError("The query is no SPARQL 1.1 query.", next_step="Run it to see where it goes wrong.")


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.expressions = ExpressionReader(text, self.group)
        self.blanks: dict[str, str] = {}
        self.count = 0

    # queries ------------------------------------------------------------------------------------------

    def query(self, node: Node) -> Query:
        form = next(n for n in node.nodes("Select", "Construct", "Describe", "Ask"))
        trailing = node.node("Values")
        query = self.select(form, form.rule.upper(), trailing)
        prologue = node.node("Prologue")
        head = self.text_of(prologue) if prologue is not None and prologue.parts else ""
        return replace(query, prologue=head)

    def select(self, node: Node, form: str, trailing: Node | None) -> Query:
        clause = node.node("SelectClause") or node
        modifiers = node.node("Modifiers") or Node("Modifiers")
        where, template = self.where(node, trailing)
        dataset = [self.text_of(d) for d in node.nodes("Dataset")]
        graphs = [d for d in node.nodes("Dataset") if "NAMED" not in d.words()]
        limit, offset = _slice(modifiers)
        words = clause.words()
        return Query(
            form,
            where,
            None if "*" in words else tuple(self.projections(clause)),
            next((w for w in words if w in ("DISTINCT", "REDUCED")), ""),
            template,
            " ".join(dataset),
            tuple(self.text_of(d.parts[-1]) for d in graphs),
            self.conditions(modifiers),
            tuple(
                self.expressions.constraint(c)
                for h in modifiers.nodes("Having")
                for c in h.nodes("Constraint")
            ),
            tuple(self.order(modifiers)),
            limit,
            offset,
        )

    def where(self, node: Node, trailing: Node | None) -> tuple[Group, tuple[Triple, ...]]:
        clause, template = node.node("Where"), node.node("Template")
        made: list[Element] = []
        short = node.node("Triples")
        if short is not None:
            self.triples(short, made)
        triples = tuple(e for e in made if isinstance(e, Triple))
        if template is not None:
            shapes: list[Element] = []
            for inner in template.nodes("Triples"):
                self.triples(inner, shapes)
            triples = tuple(e for e in shapes if isinstance(e, Triple))
        if clause is not None:
            made += self.group(next(clause.nodes("Group"))).elements
        for block in trailing.nodes("DataBlock") if trailing is not None else ():
            made = [Group(tuple(made)), self.data(block)]
        return Group(tuple(made)), triples

    def projections(self, clause: Node) -> Iterator[Projection]:
        pending: Expression | None = None
        for part in clause.parts:
            if not isinstance(part, Node):
                continue
            if part.rule == "Expression":
                pending = self.expressions.read(part)
            elif part.rule in ("Var", "Iri"):
                yield Projection(self.term(part), pending)
                pending = None

    def conditions(self, modifiers: Node) -> tuple[Projection, ...] | None:
        clause = modifiers.node("GroupBy")
        if clause is None:
            return None
        found: list[Projection] = []
        parts = [p for p in clause.parts if isinstance(p, Node) or p.word == "AS"]
        for i, part in enumerate(parts):
            if not isinstance(part, Node) or (i and not isinstance(parts[i - 1], Node)):
                continue
            if part.rule == "Var":
                found.append(Projection(self.term(part)))
                continue
            named = i + 2 < len(parts) and not isinstance(parts[i + 1], Node)
            name = self.term(parts[i + 2]) if named else self.fresh("g")
            found.append(Projection(name, self.expressions.read(part)))
        return tuple(found)

    def order(self, modifiers: Node) -> Iterator[tuple[str, Expression]]:
        clause = modifiers.node("OrderBy")
        direction = ""
        for part in clause.parts if clause is not None else ():
            if isinstance(part, Token):
                direction = part.word if part.word in ("ASC", "DESC") else direction
                continue
            expression = self.expressions.constraint(part) if part.rule == "Constraint" else None
            yield direction, expression or self.expressions.read(part)
            direction = ""

    # groups -------------------------------------------------------------------------------------------

    def group(self, node: Node) -> Group:
        inner = node.node("SubSelect", "Patterns")
        if inner is None:
            return Group(())
        if inner.rule == "SubSelect":
            return Group((SubSelect(self.select(inner, "SELECT", inner.node("Values"))),))
        elements: list[Element] = []
        for part in inner.nodes("PathTriples", "NotTriples"):
            if part.rule == "PathTriples":
                self.triples(part, elements)
            elif (constraint := part.node("Constraint")) is not None:
                elements += [Filter(e) for e in self.expressions.conjuncts(constraint)]
            else:
                elements.append(self.not_triples(part))
        return Group(tuple(elements))

    def not_triples(self, node: Node) -> Element:
        words = node.words()
        groups = [self.group(g) for g in node.nodes("Group")]
        if not words or words[0] == "UNION":
            return groups[0] if len(groups) == 1 else Union(tuple(groups))
        if words[0] in ("OPTIONAL", "MINUS"):
            return Optional(groups[0]) if words[0] == "OPTIONAL" else Minus(groups[0])
        if words[0] == "GRAPH":
            return GraphPattern(self.term(next(node.nodes("Var", "Iri"))), groups[0])
        if words[0] == "SERVICE":
            named = self.term(next(node.nodes("Var", "Iri")))
            return Service(f"SERVICE {'SILENT ' if 'SILENT' in words else ''}{named}", groups[0])
        if words[0] == "BIND":
            read = self.expressions.read(next(node.nodes("Expression")))
            return Bind(read, self.term(next(node.nodes("Var"))))
        return self.data(next(node.nodes("DataBlock")))

    def data(self, node: Node) -> Values:
        variables = tuple(self.term(v) for v in node.nodes("Var"))
        one = isinstance(node.parts[0], Node)
        rows: list[tuple[str, ...]] = []
        row: list[str] = []
        opened = False
        for part in node.parts:
            if isinstance(part, Node):
                if part.rule == "DataValue" and one:
                    rows.append((self.text_of(part),))
                elif part.rule == "DataValue":
                    row.append(self.text_of(part))
            elif part.text == "{":
                opened = True
            elif opened and part.text == ")":
                rows.append(tuple(row))
                row = []
            elif opened and part.kind is Kind.NIL:
                rows.append(())
        return Values(variables, tuple(rows))

    # triples ------------------------------------------------------------------------------------------

    def triples(self, node: Node, into: list[Element]) -> None:
        todo: Node | None = node
        while todo is not None:
            for same in todo.nodes("SameSubject", "SameSubjectPath"):
                subject = self.node(same, into)
                for properties in same.nodes("Properties", "PathProperties"):
                    self.properties(subject, properties, into)
            todo = todo.node("Triples", "PathTriples")

    def properties(self, subject: str, node: Node, into: list[Element]) -> None:
        verb: str | Path = ""
        for part in node.parts:
            if isinstance(part, Token):
                if part.text == "a":
                    verb = f"<{RDF}type>"
            elif part.rule in ("Objects", "PathObjects"):
                for item in part.nodes("Object", "PathObject"):
                    target = self.node(item, into)
                    into.append(_triple(subject, verb, target))
            else:
                verb = self.path(part) if part.rule == "Path" else self.term(part)

    def node(self, node: Node, into: list[Element]) -> str:
        """The term of a subject or object; the triples of a blank node or collection go into the list."""
        for part in node.nodes("Term", "Node", "PathNode"):
            if part.rule == "Term":
                return self.term(part)
            if part.words()[0] == "[":
                made = self.fresh("n")
                for properties in part.nodes("Properties", "PathProperties"):
                    self.properties(made, properties, into)
                return made
            return self.collection(part, into)
        raise QueryError("The query is no SPARQL 1.1 query.")

    def collection(self, node: Node, into: list[Element]) -> str:
        members = list(node.nodes("Object", "PathObject"))
        cells = [self.fresh("l") for _ in members]
        for i, (cell, member) in enumerate(zip(cells, members, strict=True)):
            into.append(Triple(cell, f"<{RDF}first>", self.node(member, into)))
            after = cells[i + 1] if i + 1 < len(cells) else f"<{RDF}nil>"
            into.append(Triple(cell, f"<{RDF}rest>", after))
        return cells[0]

    def term(self, node: Node | Token) -> str:
        while isinstance(node, Node) and len(node.parts) == 1:
            node = node.parts[0]
        if isinstance(node, Node):
            return self.text_of(node)
        if node.kind is Kind.VARIABLE:
            return f"?{node.text[1:]}"
        if node.kind is Kind.BLANK:
            if node.text not in self.blanks:
                self.blanks[node.text] = self.fresh("b")
            return self.blanks[node.text]
        if node.kind is Kind.ANON:
            return self.fresh("n")
        return f"<{RDF}nil>" if node.kind is Kind.NIL else node.text

    def fresh(self, sort: str) -> str:
        """A variable of our own; nobody's query has one like it."""
        while True:
            self.count += 1
            name = f"{BLANK}{sort}{self.count}"
            if name[1:] not in self.text:
                return name

    def text_of(self, node: Node | Token) -> str:
        first, last = _ends(node)
        return self.text[first.offset : last.offset + len(last.text)] if first and last else ""

    # paths --------------------------------------------------------------------------------------------

    def path(self, node: Node) -> Path:
        parts = [self.in_order(s) for s in node.nodes("Sequence")]
        return parts[0] if len(parts) == 1 else Alternative(tuple(parts))

    def in_order(self, node: Node) -> Path:
        parts = [self.step(s) for s in node.nodes("Step")]
        return parts[0] if len(parts) == 1 else InOrder(tuple(parts))

    def step(self, node: Node) -> Path:
        words = node.words()
        inner: Path
        if (nested := node.node("Path")) is not None:
            inner = self.path(nested)
        elif (negated := node.node("Negated")) is not None:
            inner = self.negated(negated)
        else:
            iri = node.node("Iri")
            inner = Link(self.term(iri) if iri is not None else f"<{RDF}type>")
        sign = words[-1] if words and words[-1] in ("?", "*", "+") else ""
        repeated = Repeat(inner, sign) if sign else inner
        return Inverse(repeated) if words and words[0] == "^" else repeated

    def negated(self, node: Node) -> Negated:
        forward: list[str] = []
        backward: list[str] = []
        for one in node.nodes("OneIn"):
            iri = one.node("Iri")
            name = self.term(iri) if iri is not None else f"<{RDF}type>"
            (backward if "^" in one.words() else forward).append(name)
        return Negated(tuple(forward), tuple(backward))


def _triple(subject: str, verb: str | Path, target: str) -> Element:
    if isinstance(verb, Link):
        return Triple(subject, verb.iri, target)
    return Triple(subject, verb, target) if isinstance(verb, str) else PathTriple(subject, verb, target)


def _slice(modifiers: Node) -> tuple[int | None, int]:
    """LIMIT and OFFSET."""
    found: dict[str, int] = {}
    word = ""
    for part in modifiers.parts:
        if isinstance(part, Token):
            if part.kind is Kind.INTEGER:
                found[word] = int(part.text)
            word = part.word
    return found.get("LIMIT"), found.get("OFFSET", 0)


def _ends(node: Node | Token) -> tuple[Token | None, Token | None]:
    """The first and the last token of a node; (None, None) for an empty one."""
    if isinstance(node, Token):
        return node, node
    first = next((f for f in (_ends(p)[0] for p in node.parts) if f is not None), None)
    last = next((e for e in (_ends(p)[1] for p in reversed(node.parts)) if e is not None), None)
    return first, last
