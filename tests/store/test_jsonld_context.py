"""The JSON-LD context: it gives every key its IRI, serves files written by hand, and needs no network."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from onrecord.errors import UnreadableFile
from onrecord.store import claim_form as form
from onrecord.store.claim_form import Field, Value
from onrecord.store.reading import FactFile, parse
from onrecord.store.yaml_facts import packaged_context
from onrecord.vocab import KB, ONR, OV, PREFIXES, RDF_TYPE, XSD, expand

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "writing-claims.md").read_text("utf-8")
CONTEXT = packaged_context()
OTHER_NAMES = {
    "quote": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "created": "dcterms:created",
    "asked": "skos:hiddenLabel",
}
DOMAIN = {key for fields in (*form.NODES.values(), form.RELATIONS) for key in fields}
ALL_FIELDS: Mapping[str, Field] = {
    key: field
    for fields in (form.RECORD, *form.PARTS.values(), *form.NODES.values(), form.MISSING_FACT, form.RELATIONS)
    for key, field in fields.items()
}


def camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(word.capitalize() for word in rest)


def term(key: str) -> Mapping[str, Any]:
    """A key's definition, whichever way it is written."""
    definition = CONTEXT[key]
    return {"@id": definition} if isinstance(definition, str) else definition


def read(document: Mapping[str, Any]) -> FactFile:
    return parse(json.dumps({"@context": CONTEXT, **document}).encode(), "new.jsonld", KB)


@pytest.fixture(scope="module")
def by_hand() -> dict[str, Any]:
    """The documentation's JSON-LD example, its context put in."""
    found = re.search(r"```json\n(.*?)```", DOCS, re.DOTALL)
    assert found
    document: dict[str, Any] = json.loads(found[1])
    return document | {"@context": CONTEXT}


# agreement --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", sorted({*ALL_FIELDS, *form.PARTS}))
def test_a_key_is_the_own_term_in_snake_case(key: str) -> None:
    own = f"{'ov' if key in DOMAIN else 'onr'}:{camel(key)}"
    assert term(key)["@id"] == OTHER_NAMES.get(key, own)


@pytest.mark.parametrize("key", sorted(ALL_FIELDS))
def test_a_bare_name_means_the_same_in_yaml_and_json_ld(key: str) -> None:
    field = ALL_FIELDS[key]
    if field.value in (Value.IRI, Value.REFERENCE):
        assert term(key)["@type"] == "@id"
        scope = term(key).get("@context", {"@base": CONTEXT["@base"]})
        assert scope["@base"] == PREFIXES[field.kind]
    expected = {Value.ENGLISH: ("@language", "en"), Value.DAY: ("@type", "xsd:date")}
    if field.value in expected:
        name, value = expected[field.value]
        assert term(key)[name] == value


def test_every_term_is_one_of_the_ontology() -> None:
    described = {
        q.subject.value
        for path in sorted((ROOT / "ontology").glob("*.ttl"))
        for q in ox.parse(path=str(path))
        if isinstance(q.subject, ox.NamedNode)
    }
    named = {term(key)["@id"] for key in CONTEXT if not key.startswith("@")}
    own = {iri.replace("onr:", ONR).replace("ov:", OV) for iri in named if re.match(r"onr:\w|ov:\w", iri)}
    assert len(own) > 60
    assert own - described == set()


def test_the_context_names_no_key_that_the_form_does_not_know() -> None:
    classes = {kind.capitalize() for kind in form.NODES}
    words = {key for key in CONTEXT if not key.startswith("@")} - set(PREFIXES) - {"type", "asserts"}
    known = {*ALL_FIELDS, *form.PARTS, *classes}
    assert words - known == set()
    assert known - set(CONTEXT) == set()


def test_prefixes_are_those_of_the_base() -> None:
    defined = {k: v for k, v in CONTEXT.items() if isinstance(v, str) and v.startswith("http")}
    assert {k: PREFIXES.get(k) for k in defined if not k.startswith("@")} == {
        k: v for k, v in defined.items() if not k.startswith("@")
    }


# files written by hand --------------------------------------------------------------------------------


def test_a_claim_in_json_ld_says_what_its_trig_says(by_hand: dict[str, Any]) -> None:
    found = re.search(r"```trig\n(.*?)```", DOCS, re.DOTALL)
    assert found
    written = parse(json.dumps(by_hand).encode(), "new.jsonld", KB)
    assert set(written.quads) == set(parse(found[1].encode(), "new.trig", KB).quads)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_two_json_ld_processors_agree_on_it(by_hand: dict[str, Any]) -> None:
    ours = parse(json.dumps(by_hand).encode(), "new.jsonld", KB)
    dataset = rdflib.Dataset()
    dataset.parse(data=json.dumps(by_hand), format="json-ld")
    theirs = parse(dataset.serialize(format="nquads").encode(), "new.nq", KB)
    assert set(theirs.quads) == set(ours.quads)


@pytest.mark.parametrize(
    "key", sorted(k for k, f in ALL_FIELDS.items() if f.value in (Value.IRI, Value.REFERENCE))
)
def test_slugs_prefixed_names_and_full_iris_mean_the_same(key: str) -> None:
    kind = ALL_FIELDS[key].kind
    full = PREFIXES[kind] + "some-name"
    for name in ("some-name", f"{kind}:some-name", full):
        assert [q.object for q in read({"@id": "a", key: name}).quads] == [full], name


@pytest.mark.parametrize("key", sorted(k for k, f in ALL_FIELDS.items() if f.value is Value.CHOICE))
def test_words_to_choose_from_are_own_terms(key: str) -> None:
    namespace = OV if key == "obligation" else ONR
    for word in ALL_FIELDS[key].choices:
        assert [q.object for q in read({"@id": "a", key: word}).quads] == [namespace + word]


def test_a_misspelt_key_becomes_an_unknown_own_term_and_is_not_dropped() -> None:
    predicates = {q.predicate for q in read({"@id": "a", "statment": "x"}).quads}
    assert predicates == {ONR + "statment"}


def test_several_claims_stand_in_one_graph() -> None:
    claims = [
        {"@id": "a", "type": "Claim", "asserts": [{"@id": "office:opr", "part_of": "ice"}]},
        {"@id": "claim:b", "type": ["Claim", "Gap"], "as_of": {"@value": "2015", "@type": "xsd:gYear"}},
    ]
    file = read({"@graph": claims})
    assert {q.subject for q in file.quads if q.object == ONR + "Claim"} == {expand("a"), expand("b")}
    assert {(q.subject, q.graph) for q in file.quads if q.graph} == {(expand("office:opr"), expand("a"))}


def test_numbers_keep_their_datatype() -> None:
    node = {"@id": "a.o", "type": "Observation", "value": 570, "denominator": {"@value": "14.50"}}
    values = {q.predicate: q.object for q in read(node).quads if q.predicate != RDF_TYPE}
    assert values[OV + "value"] != values[OV + "denominator"]
    assert getattr(values[OV + "value"], "datatype", "") == XSD + "integer"


def test_a_context_elsewhere_is_never_fetched() -> None:
    remote = {"@context": "https://w3id.org/onrecord/context.jsonld", "@id": "a", "statement": "x"}
    with pytest.raises(UnreadableFile) as caught:
        parse(json.dumps(remote).encode(), "new.jsonld", KB)
    assert "never fetched" in caught.value.next_step
