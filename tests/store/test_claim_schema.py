"""The JSON Schema for editors: the form that reader and shapes know; good claims pass, bad ones do not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from rdflib import RDF, SH, Graph, URIRef

from onrecord.store import claim_form as form
from onrecord.store.claim_form import Fields
from onrecord.store.yaml_facts import packaged_context
from onrecord.vocab import ONR, OV, PREFIXES

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "writing-claims.md").read_text("utf-8")
SCHEMA: dict[str, Any] = json.loads((ROOT / "src/onrecord/schemas/claim.schema.json").read_text("utf-8"))
DEFS: dict[str, dict[str, Any]] = SCHEMA["$defs"]
CONTEXT = packaged_context()
SECTIONS: Mapping[str, tuple[Fields, str]] = {
    **{name: (fields, "onr") for name, fields in form.PARTS.items()},
    **{name: (fields, "ov") for name, fields in form.NODES.items()},
    "gap": (form.MISSING_FACT, "onr"),
}
TAKEN_IF_LEFT_OUT = {"stance"}
GOOD = """\
claim: holding-facility-to-jic
statement: A DHS holding facility must promptly report every allegation to the JIC.
topic: [referral, intake]
as_of: 2015
citation:
  source: cfr-6-115-dhs-prea
  quote: each allegation is promptly reported to the Joint Intake Center
  standing: law
asserts:
  - referral: {from: dhs-holding-facility, to: office:jic, obligation: must}
  - {subject: office:opr, part_of: [ice]}
"""


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: numbers are numbers, everything else is text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":int", ":float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors(text: str) -> list[str]:
    value = yaml.load(text, Loader=EditorLoader)  # noqa: S506
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(value)]


def takes_several(property_schema: Mapping[str, Any]) -> bool:
    return any(option.get("type") == "array" for option in property_schema.get("anyOf", ()))


# agreement --------------------------------------------------------------------------------------------


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("section", sorted(form.SECTIONS))
def test_schema_and_reader_know_the_same_keys(section: str) -> None:
    definition = DEFS["assertion" if section == "entry of asserts" else section]
    assert set(definition["properties"]) == form.SECTIONS[section]
    assert definition["additionalProperties"] is False


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_schema_and_reader_take_lists_and_words_at_the_same_keys(section: str) -> None:
    fields, _ = SECTIONS[section]
    for key, field in fields.items():
        described = DEFS[section]["properties"][key]
        assert takes_several(described) == field.many, key
        assert described.get("enum", []) == list(field.choices), key


def test_every_key_is_described_in_words() -> None:
    silent = [
        f"{name}.{key}"
        for name, definition in DEFS.items()
        for key, described in definition.get("properties", {}).items()
        if not described.get("description")
    ]
    assert silent == []


def full(iri: str) -> URIRef:
    prefix, _, local = iri.partition(":")
    return URIRef(PREFIXES[prefix] + local)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "shapes").rglob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.mark.parametrize("section", ["claim", *sorted(SECTIONS)])
def test_form_and_shapes_know_the_same_properties_and_how_many(section: str, shapes: Graph) -> None:
    fields, own = ({**form.RECORD}, "onr") if section == "claim" else SECTIONS[section]
    class_iri = URIRef(
        {"onr": ONR, "ov": OV}[own] + (section.capitalize() if section != "gap" else "MissingFact")
    )
    closed = [
        shape
        for shape in shapes.subjects(SH.targetClass, class_iri)
        if (shape, SH.closed, None) in shapes and (shape, RDF.type, SH.NodeShape) in shapes
        if any(shapes.objects(shape, SH.property))
    ]
    assert len(closed) == 1
    least: dict[URIRef, int] = {}
    most: dict[URIRef, int] = {}
    for shape in shapes.objects(closed[0], SH.property):
        path = shapes.value(shape, SH.path)
        if not isinstance(path, URIRef):
            continue
        low, high = shapes.value(shape, SH.minCount), shapes.value(shape, SH.maxCount)
        least[path] = max(least.get(path, 0), int(str(low or 0)))
        most[path] = min(most.get(path, 99), int(str(high or 99)))
    keys = {*fields, *(form.PARTS if section == "claim" else ())}
    paths = {full(CONTEXT[k] if isinstance(CONTEXT[k], str) else CONTEXT[k]["@id"]): k for k in keys}
    assert set(paths) == set(least)
    required = {k for path, k in paths.items() if least[path]} - TAKEN_IF_LEFT_OUT
    assert required == set(DEFS[section]["required"]) - {form.CLAIM}
    single = {k for path, k in paths.items() if most[path] == 1}
    assert single == {k for k in keys if not takes_several(DEFS[section]["properties"][k])}


# claims -----------------------------------------------------------------------------------------------


def test_a_good_claim_passes_alone_and_in_a_list() -> None:
    assert errors(GOOD) == []
    assert errors("- " + GOOD.replace("\n", "\n  ").rstrip(" ")) == []


def test_the_examples_of_the_documentation_pass() -> None:
    examples = re.findall(r"```yaml\n(claim:.*?)```", DOCS, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        assert errors(example) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("statement:", "statment:"),
        ("topic: [referral, intake]\n", ""),
        ("standing: law", "standing: laws"),
        ("standing: law", "standing: allegation"),
        ("standing: law", "standing: law\n  stance: maybe"),
        ("standing: law", "standing: law\n  prefix: one two three four five"),
        ("standing: law", "standing: law\n  reference: [[3]]"),
        ("obligation: must", "obligation: shall"),
        ("obligation: must", "obligation: [must]"),
        ("to: office:jic, ", ""),
        ("from: dhs-holding-facility", "from: the holding facility"),
        ("to the JIC.", "to the JIC"),
        ("as_of: 2015", "as_of: spring 2015"),
        ("as_of: 2015", "as_of: 15"),
        ("as_of: 2015", "created: 2015"),
        ("  - {subject: office:opr, part_of: [ice]}", "  - {subject: office:opr}"),
        ("  - {subject: office:opr, part_of: [ice]}", "  - {part_of: ice}"),
        ("  - {subject: office:opr, part_of: [ice]}", "  - {subject: opr, channel: {}}"),
        ("asserts:", "waiver: {rule: wording-figure}\nasserts:"),
        (
            "asserts:",
            "retirement: {retirement_kind: superseded, reason: x, retired_on: 2026-11-21}\nasserts:",
        ),
    ],
)
def test_a_broken_claim_does_not_pass(good: str, bad: str) -> None:
    assert good in GOOD
    assert errors(GOOD.replace(good, bad, 1)) != []


def test_a_retracted_claim_needs_no_successor() -> None:
    retired = "retirement: {retirement_kind: retracted, reason: x, retired_on: 2026-11-21}\n"
    assert errors(retired + GOOD) == []
