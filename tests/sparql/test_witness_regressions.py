"""Small cases on which the property test of witnesses once failed; each is checked as that test checks."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from sparql.brute_force import Subsets
from sparql.query_tree import Node, Query
from sparql.random_bases import EX, Base
from sparql.witness_checks import Check
from sparql.witness_run import ClassRun

CASES = {
    "a condition beside an EXISTS within an EXISTS": (
        "monotone",
        ':c4 { :b :r "red" . :b :q :f } :c6 { :d :r 1 } :c7 { :d :r 5 }',
        'SELECT ?x { ?x :r "red" FILTER EXISTS { ?v :r ?w FILTER(EXISTS { ?x :q ?b } && ?v != :b) } }',
    ),
    "a variable from outside in the inner of two EXISTS": (
        "closures",
        ':c4 { :d :r "blue" } :c6 { :b :q :f } :c8 { :b :r 1 }',
        "SELECT DISTINCT ?z { ?x :r ?y FILTER EXISTS { :d :r ?v FILTER EXISTS { ?z :r ?w } } "
        "?z ((:q)?/:p*)* ?u }",
    ),
    "BOUND of a variable from outside": (
        "double negation",
        ":c8 { :e :s 3 }",
        "SELECT ?y { ?y :s ?z { ?v ?w ?z } "
        "FILTER(!EXISTS { ?b :p ?u FILTER(BOUND(?w)) FILTER NOT EXISTS { ?c :q ?d } }) }",
    ),
    "BOUND of a blank node from outside": (
        "double negation",
        ':c5 { _:n2 :r 4 . _:n2 :s "red"@en } :c7 { :c :p :a }',
        "SELECT ?u { ?u :s ?z "
        "FILTER NOT EXISTS { ?x :r ?v FILTER(BOUND(?u)) FILTER NOT EXISTS { ?w :p :a } } }",
    ),
    "NOT EXISTS as a value": (
        "negation",
        ":c4 { :a :r 1 } :c5 { :f :r 5 }",
        "SELECT ?u { :a :r 1 BIND(NOT EXISTS { :f :r ?x } AS ?u) }",
    ),
    "NOT EXISTS as a value, with a blank node": (
        "negation",
        ":c5 { :f :s :a } :c6 { :f :p _:n2 }",
        "SELECT DISTINCT * { ?x :s :a BIND(NOT EXISTS { ?x :p ?y } AS ?z) }",
    ),
    "NOT EXISTS as a value, beside a closure": (
        "negation",
        ':c2 { :c :p :f } :c6 { :c :s "red" }',
        'SELECT DISTINCT ?y { ?x ((:s|:p))+ :f BIND(NOT EXISTS { ?x :s "red" } AS ?y) }',
    ),
    "EXISTS as a value in an OPTIONAL, of a variable that only the left side has": (
        "negation",
        ":c5 { :b :p :f } :c6 { :b :p :b } :c7 { :f :r 1 }",
        "SELECT DISTINCT * { ?x :p ?y OPTIONAL { :f :r ?u BIND(EXISTS { ?y :p :b } AS ?w) } }",
    ),
    "NOT EXISTS in an OPTIONAL, of a variable that only the left side has": (
        "negation",
        ':c4 { :c :s "blue" . :b :q :c } :c5 { :c :q :b } :c7 { :f :p :b }',
        'SELECT DISTINCT ?v { ?y :s "blue" OPTIONAL { ?x :p :b FILTER NOT EXISTS { ?y :q ?a } ?x :p ?v } }',
    ),
    "OPTIONAL kept from matching by a NOT EXISTS": (
        "double negation",
        ':c6 { :e :q :d } :c7 { :e :s "blue" . :d :q :a }',
        "SELECT DISTINCT ?y { ?z :s ?y OPTIONAL { [ :s ?u ] . FILTER NOT EXISTS { ?z :q ?v } } "
        "FILTER(!BOUND(?u)) }",
    ),
    "OPTIONAL with an EXISTS of a variable that only the left side has": (
        "double negation",
        ':c5 { :a :q :c } :c7 { :e :s "blue" . :a :r 3 }',
        "SELECT DISTINCT ?w { ?y :r ?z OPTIONAL { [ :s ?w ] . FILTER EXISTS { ?a !(:r|^:s)/(:s|:q) ?y } } }",
    ),
    "COUNT(DISTINCT *) over a path with a hidden node": (
        "aggregates",
        ':c2 { :d :s "red" } :c7 { :d :s "red"@en }',
        "SELECT (COUNT(DISTINCT *) AS ?y) { ?x :s/^:s ?x }",
    ),
    "COUNT(DISTINCT *) in a subselect with LIMIT": (
        "limited",
        ':c4 { :d :r 2 } :c6 { :d :r "blue" . :e :s 5 } :c8 { :a :r 2 . :f :s :e }',
        "SELECT ?u { SELECT (COUNT(DISTINCT *) AS ?u) { ?x (!(^:q)/!:p|:s) ?y } GROUP BY ?y "
        "ORDER BY ASC(?u) ?z ?y LIMIT 2 }",
    ),
    "a blank node as the name of a graph": (
        "negation",
        ":c5 { _:n1 :r 3 }",
        "SELECT ?c { ?a (:p|:r) ?b OPTIONAL { GRAPH ?a { ?w (:r/^:r|:q) ?x } } }",
    ),
    "a blank node as the name of a graph in a MINUS": (
        "negation",
        ":c1 { _:n2 :p _:n2 }",
        "SELECT * { ?x :p ?x MINUS { GRAPH ?x { ?b ?b ?c } OPTIONAL { :a :s ?g } } }",
    ),
    "the graph's variable in a filter of an EXISTS": (
        "negation",
        ":c6 { :c :r 1 }",
        "SELECT ?u { GRAPH ?y { :c (:p|:r) ?u FILTER EXISTS { ?v :r ?u FILTER(?u != ?y) } } }",
    ),
    "a blank node in what all must have": (
        "double negation",
        ':c3 { :a :q _:n2 } :c4 { _:n2 :q :b . :d :s "red"@en } :c5 { _:n2 :s "blue" }',
        'SELECT ?x { :d ?x "red"@en FILTER NOT EXISTS { ?y :q ?z '
        "FILTER((?y IN (:a, :a, 3) || sameTerm(?y, :a))) MINUS { ?z ?x ?v } } }",
    ),
    "MINUS within EXISTS, of a variable from outside": (
        "double negation",
        ":c2 { :d :q :f } :c5 { :d :q :a } :c7 { :b :q :f . :b :s :d }",
        "SELECT * { ?w :q ?y FILTER(!EXISTS { ?w :s ?v MINUS { ?v :q ?y } }) }",
    ),
    "MINUS within EXISTS, without a variable in common": (
        "double negation",
        ':c4 { :e :p :d } :c8 { :d :s :b . :d :r "blue" }',
        "ASK { ?x :s :b FILTER(!EXISTS { ?z :p ?x }) "
        "FILTER NOT EXISTS { [ :r ?y ] . MINUS { [ :s ?v ] . } } }",
    ),
    "MINUS within MINUS, of a variable that one branch alone binds": (
        "double negation",
        ':c5 { :a :p :e } :c6 { :a :r "blue" } :c7 { :b :s :a }',
        "SELECT ?y { ?x :r ?y MINUS { ?x :r ?v MINUS { { ?w :s ?x } UNION { ?x :p ?v } } } }",
    ),
    "MINUS within EXISTS, of a variable from outside that one branch alone binds": (
        "double negation",
        ":c3 { :a :s :b } :c6 { :e :p :a } :c7 { :c :r 3 }",
        "SELECT DISTINCT ?y { ?x :r ?y "
        "FILTER(!EXISTS { ?z :s :b MINUS { { ?u :p ?z } UNION { ?z :s ?x } } }) }",
    ),
    "BOUND of a variable from outside, in a MINUS within EXISTS": (
        "negation",
        ':c6 { :c :s 4 } :c7 { :e :p :c6 } :c8 { :e :s "blue" }',
        'SELECT ?y { ?x :s ?y BIND(CONCAT(STR(?x), "!") AS ?z) FILTER NOT EXISTS { ?x :s ?y '
        "FILTER NOT EXISTS { ?b :s 4 } MINUS { ?x :p ?a FILTER(!BOUND(?z)) } } }",
    ),
    "a filter in a group of its own within an EXISTS": (
        "closures",
        ":c3 { :b :s :c } :c7 { :b :p _:n2 }",
        "SELECT * { ?x ?y ?z . ?u :p ?w FILTER EXISTS { { ?u :s :c FILTER(?w != ?x) } } }",
    ),
    "a BIND of a variable from outside within an EXISTS": (
        "monotone",
        ":c4 { :c :p :a } :c6 { _:n1 :q :a }",
        'SELECT ?y { ?x :q ?y FILTER EXISTS { ?z :p ?y BIND(CONCAT(STR(?x), "!") AS ?u) } }',
    ),
    "an EXISTS before the BIND of its variable": (
        "monotone",
        ":c4 { :e :q :d } :c5 { :b :q :a }",
        "SELECT DISTINCT ?y { :d !(:s|^:r)/!(:r|^:q)/^:q :e FILTER EXISTS { ?x (:p|:q)/^(:q|:p) ?x } "
        "BIND(:b AS ?x) GRAPH ?y { ?x ?z :a } }",
    ),
    "a page of rows with a column that one branch leaves unbound": (
        "monotone",
        ":c5 { :b :q :b } :c6 { :a :p :f }",
        "SELECT ?z { { ?y :q ?z } UNION { [ :p :f ] . } }",
    ),
    "a page of rows with a column of an OPTIONAL": (
        "negation",
        ":c5 { :f :q :f } :c6 { :f :q _:n2 }",
        "SELECT ?u { ?y :q ?z OPTIONAL { ?z :q ?u } }",
    ),
    "a page of rows, a filter in one branch": (
        "negation",
        ":c4 { :b :p :e } :c5 { :d :r 2 }",
        "SELECT DISTINCT ?x { ?x :r/!(^:p) ?x { ?y :p ?z } UNION "
        '{ ?x :r ?a FILTER((?a != 7 && STRENDS(STR(?x), "b"))) } }',
    ),
    "the same facts with a mark and without": (
        "negation",
        ":c7 { :c :r 5 }",
        "SELECT DISTINCT ?w { { ?y :r ?z FILTER NOT EXISTS { ?u :s ?z . ?y ((:r|:s)/!(^:s))/:r ?z } } "
        "UNION { ?y ?w ?z } UNION { ?y :r ?z . ?y :r ?z } }",
    ),
    "equal rows of a subselect, of which OFFSET skips one": (
        "limited",
        ":c2 { :d :p :c } :c7 { :e :p :c }",
        "SELECT DISTINCT * { SELECT (COUNT(?y) AS ?u) { SELECT ?y { [ :p ?x ] . ?y :p ?z } "
        "ORDER BY ?y OFFSET 1 } GROUP BY ?y }",
    ),
    "a blank node from outside in the inner of two EXISTS": (
        "monotone",
        ":c2 { _:n1 :p :e } :c4 { :e :p :d } :c7 { _:n2 :p _:n1 }",
        "SELECT ?y { ?x :p ?y FILTER EXISTS { ?y :p :d FILTER EXISTS { ?w :p ?x } } }",
    ),
    "no, of two causes of which a MINUS within the MINUS undoes one": (
        "negation",
        ":c6 { :a :s :a } :c7 { :a :s :d }",
        "ASK { GRAPH :c6 { ?x :s ?y } FILTER NOT EXISTS { ?x :s :d } MINUS { ?y :s ?z MINUS { ?y :s ?u } } }",
    ),
    "no, of two causes of which a MINUS within the NOT EXISTS undoes one": (
        "double negation",
        ':c3 { :d :r 2 . :a :r 2 . :a :p :d } :c5 { :a :s "blue" } :c6 { :d :s "blue" }',
        "ASK { ?x :s ?y FILTER NOT EXISTS { :d :s ?y } ?x ((:p|:s)/:r)/^:r ?x "
        "FILTER NOT EXISTS { ?x :s ?y MINUS { ?u :s ?y } } }",
    ),
    "all must have something that MINUS shares only in part": (
        "double negation",
        ":c2 { :c :s :a } :c3 { :e :q :d } :c4 { :c :p :f } :c6 { :b :q :e . :c :s :d } "
        ":c7 { :e :q :a } :c8 { :a :q :b . :b :r 4 }",
        "SELECT DISTINCT ?x { ?x ?y ?u MINUS { ?x :p :f FILTER NOT EXISTS { ?x ?y ?z . ?w :q ?u } } }",
    ),
}
PARAMETERS: dict[str, tuple[str, str, dict[str, ox.NamedNode | ox.Literal]]] = {
    "a parameter on a column that is left unbound": (
        ":c4 { :e :p :b }",
        "SELECT ?v { SELECT DISTINCT (?z + 1 AS ?v) { ?z :p :b } }",
        {"v": ox.NamedNode(f"{EX}a")},
    ),
    "a parameter on a column of a subselect that is left unbound": (
        ":c5 { :d :r 3 } :c7 { :a :p :c }",
        "SELECT ?x { ?x :r 3 { SELECT (SUM(?a) AS ?x) { ?v ?w ?a } GROUP BY ?v } }",
        {"x": ox.NamedNode(f"{EX}d")},
    ),
}


def base_of(trig: str) -> Base:
    """The base that TriG without prefixes describes."""
    claims: dict[ox.NamedNode, list[ox.Triple]] = {}
    text = f"PREFIX : <{EX}>\n{trig}"
    for quad in ox.parse(text, format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        claims.setdefault(quad.graph_name, []).append(quad.triple)
    return Base(tuple((claim, tuple(triples)) for claim, triples in claims.items()))


def failures(kind: str, trig: str, query: Query) -> list[str]:
    """What of a query on a base does not hold."""
    run = ClassRun(kind)
    run.failures = [(0, failure) for failure in Check(Subsets(base_of(trig)), query, kind).run().failures]
    return [str(failure) for _, failure in run.required]


def fail_with(found: list[str]) -> None:
    if found:
        pytest.fail("\n\n".join(found), pytrace=False)


@pytest.mark.parametrize("name", CASES)
def test_mended(name: str) -> None:
    kind, trig, text = CASES[name]
    fail_with(failures(kind, trig, Query(Node("query", (text,)))))


@pytest.mark.parametrize("name", PARAMETERS)
def test_mended_with_parameters(name: str) -> None:
    trig, text, bindings = PARAMETERS[name]
    fail_with(failures("parameters", trig, Query(Node("query", (text,)), tuple(bindings.items()))))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?y { GRAPH ?x { VALUES (?y) { (UNDEF) } } }",
        "SELECT ?f { GRAPH ?x { SELECT (COUNT(?u) AS ?b) { ?x ?u ?z } } ?g :p ?f }",
        "SELECT ?x { GRAPH ?x { SELECT ?z { ?y :s ?x } } }",
        "SELECT ?x { GRAPH ?x { ?y :s ?z { SELECT DISTINCT ?u { ?u :p :f } ORDER BY ?u LIMIT 2 } } }",
        "SELECT ?a { GRAPH ?y { SELECT (MIN(?z) AS ?y) { ?z :p ?x } } }",
    ],
)
def test_what_the_engine_gets_wrong_raises_nothing(text: str) -> None:
    trig = ":c7 { :c :p :f . :d :s 4 }"
    found = failures("limited", trig, Query(Node("query", (text,))))
    fail_with([failure for failure in found if failure.startswith(("raised", "refused", "answers"))])
