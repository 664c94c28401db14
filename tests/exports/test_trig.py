"""Claims as TriG: readable, deterministic, and the same quads when read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.exports.trig import render_claims
from onrecord.model import Literal, Term
from onrecord.store.naming import CLASS_BY_PROPERTY, name_blank_nodes
from onrecord.store.reading import Quad, parse
from onrecord.vocab import KB, OA, ONR, OV, RDF_TYPE, XSD, expand

ROOT = Path(__file__).parents[2]
FACTS = sorted([*(ROOT / "facts").rglob("*.trig"), *(ROOT / "facts").rglob("*.ttl")])
CLAIM = expand("holding-facility-to-jic")
YAML = """\
claim: holding-facility-to-jic
statement: A DHS holding facility must promptly report every allegation to the JIC.
topic: [referral, intake]
as_of: 2015
citation:
  - source: cfr-6-115-dhs-prea
    quote: each allegation is promptly reported to the Joint Intake Center
    prefix: shall ensure that
    locator: 6 CFR 115.122(c)
    standing: law
  - {source: another, quote: some four words here, standing: reporting, stance: disputes}
assessment: {verdict: upheld, basis: b, reason: Why., assessed_on: 2026-11-21}
asserts:
  - {subject: office:opr, part_of: office:ice}
  - referral: {from: dhs-holding-facility, to: [jic, opr], obligation: must, time_limit: promptly}
  - observation: {about: group:detainees, measure: allegations, value: 570, denominator: 1000.5}
"""
TRIG = """\
@prefix onr: <https://w3id.org/onrecord/ns#> .
@prefix ov: <https://w3id.org/onrecord/oversight#> .
@prefix claim: <https://w3id.org/onrecord/kb/claim/> .
@prefix source: <https://w3id.org/onrecord/kb/source/> .
@prefix office: <https://w3id.org/onrecord/kb/office/> .
@prefix group: <https://w3id.org/onrecord/kb/group/> .
@prefix topic: <https://w3id.org/onrecord/concept/topic/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

GRAPH claim:holding-facility-to-jic {
  claim:holding-facility-to-jic.observation a ov:Observation ;
    ov:about group:detainees ;
    ov:measure "allegations"@en ;
    ov:value 570 ;
    ov:denominator 1000.5 .
  claim:holding-facility-to-jic.referral a ov:Referral ;
    ov:from office:dhs-holding-facility ;
    ov:to office:jic , office:opr ;
    ov:obligation ov:must ;
    ov:timeLimit "promptly"@en .
  office:opr ov:partOf office:ice .
}

claim:holding-facility-to-jic a onr:Claim ;
  onr:statement "A DHS holding facility must promptly report every allegation to the JIC."@en ;
  onr:topic topic:intake , topic:referral ;
  onr:asOf "2015"^^xsd:gYear ;
  onr:citation [
    onr:source source:cfr-6-115-dhs-prea ;
    onr:locator "6 CFR 115.122(c)" ;
    onr:stance onr:supports ;
    onr:standing onr:law ;
    oa:prefix "shall ensure that" ;
    oa:exact "each allegation is promptly reported to the Joint Intake Center" ] , [
    onr:source source:another ;
    onr:stance onr:disputes ;
    onr:standing onr:reporting ;
    oa:exact "some four words here" ] ;
  onr:assessment [
    onr:verdict onr:upheld ;
    onr:basis claim:b ;
    onr:reason "Why." ;
    onr:assessedOn "2026-11-21"^^xsd:date ] .
"""


def read(text: str, name: str = "claims.trig") -> tuple[Quad, ...]:
    return parse(text.encode(), name, KB).quads


def one(term: Term) -> str:
    """The last line of a record that says one thing."""
    quad = Quad(expand("a"), ONR + "locator", term)
    text = render_claims([quad], KB)
    assert read(text) == (quad,)
    return text.splitlines()[-1].removeprefix("claim:a onr:locator ").removesuffix(" .")


# what it looks like -----------------------------------------------------------------------------------


def test_a_claim_is_its_graph_and_then_its_record() -> None:
    assert render_claims(read(YAML, "new.yaml"), KB) == TRIG


def test_rendering_what_was_rendered_changes_nothing() -> None:
    assert render_claims(read(TRIG), KB) == TRIG


def test_the_order_of_other_quads_makes_no_difference() -> None:
    quads = [q for q in read(TRIG) if q.predicate != ONR + "citation" and ".c-" not in q.subject]
    expected = render_claims(quads, KB)
    assert render_claims(reversed(quads), KB) == expected
    assert render_claims(sorted(quads, key=repr), KB) == expected


def test_claims_and_their_citations_keep_their_order() -> None:
    sources = ["z", "a", "m"]
    citations = "".join(f"  - {{source: {s}, quote: some four words here}}\n" for s in sources)
    text = render_claims(read(f"claim: b\ncitation:\n{citations}---\nclaim: a\n", "new.yaml"), KB)
    places = [text.index(words) for words in ("claim:b", *(f"source:{s} " for s in sources), "claim:a ")]
    assert places == sorted(places)


def test_nothing_is_written_of_nothing() -> None:
    assert render_claims([], KB) == ""


def test_only_the_prefixes_in_use_are_declared() -> None:
    quad = Quad("https://example.org/s", "https://example.org/p", "https://example.org/o")
    assert render_claims([quad], KB).strip() == (
        "<https://example.org/s> <https://example.org/p> <https://example.org/o> ."
    )


def test_the_prefixes_of_another_base_are_its_own() -> None:
    base = "https://example.org/kb/"
    quads = parse(YAML.encode(), "new.yaml", base).quads
    text = render_claims(quads, base)
    assert "@prefix claim: <https://example.org/kb/claim/> ." in text
    assert set(parse(text.encode(), "claims.trig", base).quads) == set(quads)


@pytest.mark.parametrize(
    ("literal", "written"),
    [
        (Literal('say "no"'), r'"say \"no\""'),
        (Literal("a\\b"), r'"a\\b"'),
        (Literal("a\nb\r\tc"), r'"a\nb\r\tc"'),
        (Literal("\x00\x7f\u200b\u2028\ufeff"), r'"\u0000\u007F\u200B\u2028\uFEFF"'),
        (Literal("\U000e0001"), r'"\U000E0001"'),
        (Literal("é “x” 中 😀 \u00a0"), '"é “x” 中 😀 \u00a0"'),
        (Literal(""), '""'),
        (Literal("] . } #"), '"] . } #"'),
        (Literal("0123", XSD + "integer"), "0123"),
        (Literal("+.5", XSD + "decimal"), "+.5"),
        (Literal("5.", XSD + "decimal"), '"5."^^xsd:decimal'),
        (Literal("many", XSD + "integer"), '"many"^^xsd:integer'),
        (Literal("2015-02", XSD + "gYearMonth"), '"2015-02"^^xsd:gYearMonth'),
        (Literal("x", "https://example.org/type"), '"x"^^<https://example.org/type>'),
    ],
)
def test_literals_are_escaped_and_typed(literal: Literal, written: str) -> None:
    assert one(literal) == written


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        (expand("office:jic"), "office:jic"),
        (expand("a.c-0a1b"), "claim:a.c-0a1b"),
        (KB + "claim/a.", f"<{KB}claim/a.>"),
        (KB + "claim/-a", f"<{KB}claim/-a>"),
        (KB + "claim/a/b", f"<{KB}claim/a/b>"),
        (KB + "claim/é", f"<{KB}claim/é>"),
        (KB + "claim/a%20b", f"<{KB}claim/a%20b>"),
        (KB + "claim/", f"<{KB}claim/>"),
        ("urn:x:y", "<urn:x:y>"),
    ],
)
def test_names_are_prefixed_where_that_is_valid(iri: str, written: str) -> None:
    assert one(iri) == written


# brackets ---------------------------------------------------------------------------------------------


def test_a_type_that_the_property_implies_is_left_out() -> None:
    text = 'claim:a onr:waiver [ a onr:Waiver ; onr:rule "wording-figure" ] .'
    prefixes = "@prefix onr: <https://w3id.org/onrecord/ns#> .\n@prefix claim: <" + KB + "claim/> .\n"
    quads = read(prefixes + text)
    rendered = render_claims(quads, KB)
    assert "a onr:Waiver" not in rendered
    assert set(read(rendered)) == set(quads)


def test_a_node_that_chose_its_own_name_keeps_it() -> None:
    node = expand("a.mine")
    quads = [
        Quad(expand("a"), ONR + "citation", node),
        Quad(node, RDF_TYPE, ONR + "Citation"),
        Quad(node, OA + "exact", Literal("some four words here")),
    ]
    rendered = render_claims(quads, KB)
    assert "[" not in rendered
    assert set(read(rendered)) == set(quads)


def test_a_node_that_is_spoken_of_elsewhere_keeps_its_name() -> None:
    quads = list(read(YAML, "new.yaml"))
    citation = next(q.object for q in quads if q.predicate == ONR + "citation")
    quads.append(Quad(expand("review"), ONR + "ofCitation", citation))
    rendered = render_claims(quads, KB)
    assert f"claim:{str(citation).rsplit('/', 1)[-1]} a onr:Citation" in rendered
    assert set(read(rendered)) == set(quads)


def test_a_node_that_a_graph_types_keeps_its_name() -> None:
    quads = list(read("claim: a\ncitation: {source: s, quote: some four words here}\n", "new.yaml"))
    citation = next(q.object for q in quads if q.predicate == ONR + "citation")
    quads.append(Quad(str(citation), RDF_TYPE, ONR + "Citation", expand("b")))
    assert set(read(render_claims(quads, KB))) == set(quads)


def test_brackets_may_stand_in_brackets() -> None:
    inner = "onr:assessment [ onr:reason 'x' ; onr:waiver [ onr:rule 'y' ] ]"
    cited = f"onr:citation [ onr:source claim:s ; oa:exact 'some four words here' ; {inner} ]"
    quads = read(f"{TRIG.partition('GRAPH')[0]} claim:a {cited} ; {inner} .")
    rendered = render_claims(quads, KB)
    assert set(read(rendered)) == set(quads)
    assert render_claims(read(rendered), KB) == rendered


# reading it back --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FACTS, ids=lambda p: p.name)
def test_every_shipped_file_comes_back_the_same(path: Path) -> None:
    quads = parse(path.read_bytes(), path.name, KB).quads
    assert set(read(render_claims(quads, KB))) == set(quads)


NODES = ["_:a", "_:b", "_:c"]
NAMED = [expand(n) for n in ("a", "b", "office:jic", "source:s")] + [CLAIM + ".x", "urn:x", KB + "claim/-é."]
PREDICATES = [
    *CLASS_BY_PROPERTY,
    RDF_TYPE,
    ONR + "source",
    OA + "exact",
    OV + "to",
    "https://example.org/p?q=1",
]
CLASSES = [*CLASS_BY_PROPERTY.values(), ONR + "Claim", ONR + "Gap"]
_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
_LITERALS = (
    st.builds(Literal, _TEXT)
    | st.builds(
        Literal,
        _TEXT,
        st.just("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
        st.sampled_from(["en", "de-ch"]),
    )
    | st.builds(
        Literal,
        _TEXT | st.from_regex(r"[+-]?[0-9]*\.?[0-9]*", fullmatch=True),
        st.sampled_from([XSD + "integer", XSD + "decimal", XSD + "date", "https://example.org/type"]),
    )
)
_QUADS = st.builds(
    Quad,
    st.sampled_from(NAMED + NODES),
    st.sampled_from(PREDICATES),
    st.sampled_from(NAMED + NODES + CLASSES) | _LITERALS,
    st.sampled_from(["", "", "", expand("a"), expand("b"), "urn:x"]),
)


@settings(deadline=None)
@given(st.lists(_QUADS, max_size=14))
def test_any_quads_come_back_the_same(raw: list[Quad]) -> None:
    quads, _ = name_blank_nodes([replace(q, graph="") if q.subject.startswith("_:") else q for q in raw])
    rendered = render_claims(quads, KB)
    assert set(read(rendered)) == set(quads)
    assert render_claims(read(rendered), KB) == rendered
