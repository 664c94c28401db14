"""An answer with explanations made by hand, one row for every way in which a row can rest on something."""

from __future__ import annotations

from onrecord.answers.sourced.sourced import Sourced, sourced
from onrecord.model import Literal
from onrecord.sparql.certifying import Certificate
from onrecord.sparql.explanation import All, AnyOf, Explanation, Fact, Holders, Mark, Marked, Part
from onrecord.sparql.running import Answer
from onrecord.vocab import ONR, PREFIXES, RDFS, XSD
from small_base import SmallBase

CLAIM = PREFIXES["claim"]
FIVE, TWO = CLAIM + "board-keeps-reports-five-years", CLAIM + "board-keeps-reports-two-years"
DAMAGE, WEEKDAYS = CLAIM + "damage-goes-to-the-board", CLAIM + "line-open-on-weekdays"
GAP, RETIRED = CLAIM + "number-of-reports-kept", CLAIM + "line-open-on-weekends"
BOARD = PREFIXES["office"] + "harbour-board"
VERSION = "0123456789abcdef"


def fact(name: str, graph: str = "") -> Fact:
    """A fact that only its name tells apart."""
    return Fact(f"<{BOARD}>", f"<{ONR}{name}>", f'"{name}"', graph)


def explained(
    *parts: Part,
    holders: dict[Fact, Holders] | None = None,
    marks: tuple[Marked, ...] = (),
    about: tuple[str, ...] = (),
    reason: str = "",
    drill_down: str = "",
    more: int = 0,
) -> Explanation:
    """An explanation with some derivations."""
    return Explanation(AnyOf(parts, more), marks, holders or {}, reason, drill_down, VERSION, about)


KEEPS, HAS, NAMED = fact("keeps"), fact("has"), fact("named")
SAYS = Fact(f"<{GAP}>", f"<{ONR}says>", f"<{RETIRED}.c-1>")
HELD = {
    KEEPS: Holders((FIVE,)),
    HAS: Holders((DAMAGE,)),
    NAMED: Holders((), True),
    SAYS: Holders((), True),
}
ABSENT = Marked(Mark.ABSENCE, f"<{BOARD}> <{ONR}closes> ?x")
CLOSED = Marked(Mark.CLOSED_WORLD, "3 members, no others")
EXPLANATIONS = {
    0: explained(All((KEEPS, HAS, NAMED)), holders=HELD),
    1: explained(All((KEEPS,)), holders={KEEPS: Holders((FIVE, TWO))}),
    2: explained(All((KEEPS,)), holders=HELD, marks=(ABSENT, CLOSED)),
    3: explained(All((NAMED, SAYS)), holders=HELD, about=(GAP,)),
    4: explained(All((KEEPS, SAYS)), holders=HELD, about=(RETIRED, FIVE)),
    5: explained(All((NAMED,)), holders=HELD, marks=(ABSENT,)),
    6: explained(All(())),
    7: explained(reason="a triple term cannot be looked up"),
    8: explained(
        All((KEEPS,)), All((HAS,)), holders=HELD, more=40, drill_down="SELECT ?c\nWHERE { ?c a onr:Claim }"
    ),
    9: explained(All((KEEPS, HAS)), holders={KEEPS: Holders((FIVE,)), HAS: Holders((DAMAGE, FIVE))}),
    10: explained(All((NAMED,)), holders=HELD),
}
ROWS = tuple(
    (BOARD, Literal(f"row {n}", language="en"), Literal(str(n), XSD + "integer") if n else None)
    for n in range(len(EXPLANATIONS) + 2)
)
ANSWER = Answer(("office", "label", "n"), ROWS)
CERTIFICATES = {0: Certificate(1, 1), 1: Certificate(2, 1), 2: Certificate(0, 0, "no witness is known")}
TRIPLES = (
    (GAP, RDFS + "label", Literal("two\nlines # of text", language="en")),
    (BOARD, RDFS + "label", Literal("Board \u001b[31m")),
    (GAP, RDFS + "label", Literal("two\nlines # of text", language="en")),
    (BOARD, RDFS + "seeAlso", "https://example.org/a"),
)
GRAPH = Answer(triples=TRIPLES)


def case(base: SmallBase, most: int = 0, *, check: bool = False) -> Sourced:
    """The answer with its notes; its last two rows were not asked for."""
    kb = base.kb()
    return sourced(kb.base, ANSWER, EXPLANATIONS, most=most, check=kb.outcomes if check else None)


def graph_case(base: SmallBase) -> Sourced:
    """Triples with their notes."""
    return sourced(base.kb().base, GRAPH, {0: EXPLANATIONS[3], 1: EXPLANATIONS[2]})
