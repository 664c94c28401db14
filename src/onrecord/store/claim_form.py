"""The form of a claim in YAML: which keys may stand where, and what kind of value each takes.

The JSON-LD context (schemas/claim.context.jsonld) gives the same keys their IRIs, the JSON Schema
(schemas/claim.schema.json) describes them to editors; a test keeps the three and the shapes together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from onrecord.model import AssessmentVerdict, RetirementKind, Stance, Standing


class Value(StrEnum):
    """What a key's value is."""

    TEXT = "text"
    ENGLISH = "english"
    DATE = "date"
    DAY = "day"
    NUMBER = "number"
    IRI = "iri"
    CHOICE = "choice"
    REFERENCE = "reference"
    TEXT_OR_TERM = "text or term"


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand under one key.

    Attributes:
        value: the kind of value.
        many: whether a list of values may stand there too.
        kind: for an IRI, the kind of thing that a bare slug names.
        choices: for a choice, the words to choose from.
    """

    value: Value
    many: bool = False
    kind: str = ""
    choices: tuple[str, ...] = ()


Fields = Mapping[str, Field]


def _iri(kind: str, *, many: bool = True) -> Field:
    return Field(Value.IRI, many, kind)


def _choice(*words: str) -> Field:
    return Field(Value.CHOICE, choices=words)


_TEXT, _DATE, _DAY = Field(Value.TEXT), Field(Value.DATE), Field(Value.DAY)
_ENGLISH, _CONDITION, _NUMBER = Field(Value.ENGLISH), Field(Value.ENGLISH, many=True), Field(Value.NUMBER)
_ENTITY, _MATTER, _SOURCES = _iri("office"), _iri("matter"), _iri("source")
_OBLIGATION = _choice("must", "should", "may", "inPractice")
_FORCE = {"obligation": _OBLIGATION, "condition": _CONDITION}
_LIMIT = {"time_limit": _ENGLISH, "legal_basis": _SOURCES}

RECORD: Fields = MappingProxyType(
    {
        "statement": _ENGLISH,
        "topic": _iri("topic"),
        "as_of": _DATE,
        "valid_from": _DATE,
        "valid_through": _DATE,
        "time_wording": _TEXT,
        "created": _DAY,
        "asked": Field(Value.ENGLISH, many=True),
    }
)
"""Keys of a claim with plain values; CLAIM, ASSERTS, GAP and those of PARTS stand beside them."""

CLAIM, ASSERTS, GAP, SUBJECT = "claim", "asserts", "gap", "subject"

PARTS: Mapping[str, Fields] = MappingProxyType(
    {
        "citation": {
            "source": _iri("source", many=False),
            "quote": _TEXT,
            "prefix": _TEXT,
            "suffix": _TEXT,
            "locator": _TEXT,
            "stance": _choice(*Stance),
            "standing": _choice(*Standing),
            "said_by": _ENTITY,
            "reference": Field(Value.REFERENCE, many=True, kind="source"),
        },
        "assessment": {
            "verdict": _choice(*AssessmentVerdict),
            "basis": _iri("claim"),
            "reason": _TEXT,
            "assessed_on": _DAY,
        },
        "waiver": {"rule": _TEXT, "reason": _TEXT, "author": _TEXT, "waived_on": _DAY},
        "retirement": {
            "retirement_kind": _choice(*RetirementKind),
            "replaced_by": _iri("claim", many=False),
            "reason": _TEXT,
            "retired_on": _DAY,
        },
    }
)
"""Parts of the record about a claim: mappings, or lists of them."""

SINGLE_PARTS = frozenset({"retirement"})
"""Parts of which a claim has at most one."""

NODES: Mapping[str, Fields] = MappingProxyType(
    {
        "referral": {
            "from": _ENTITY,
            "to": _ENTITY,
            "to_one_of": _ENTITY,
            "matter": _MATTER,
            **_FORCE,
            **_LIMIT,
        },
        "jurisdiction": {
            "by": _ENTITY,
            "over": _ENTITY,
            "matter": _MATTER,
            **_FORCE,
            "legal_basis": _SOURCES,
        },
        "function": {
            "by": _ENTITY,
            "activity": _iri("activity"),
            "to": _ENTITY,
            "about": _ENTITY,
            "matter": _MATTER,
            **_FORCE,
            **_LIMIT,
        },
        "channel": {
            "channel_of": _iri("office", many=False),
            "channel_kind": _iri("channel", many=False),
            "value": _TEXT,
            "matter": _MATTER,
        },
        "investigation": {
            "by": _ENTITY,
            "about": _ENTITY,
            "matter": _MATTER,
            "opened": _DATE,
            "closed": _DATE,
            "outcome": _iri("outcome"),
            "outcome_note": _ENGLISH,
        },
        "observation": {
            "about": _ENTITY,
            "measure": _ENGLISH,
            "value": _NUMBER,
            "unit": _TEXT,
            "period": _TEXT,
            "population": _TEXT,
            "denominator": _NUMBER,
            "matter": _MATTER,
        },
        "recommendation": {
            "by": _ENTITY,
            "to": _ENTITY,
            "activity": _iri("activity"),
            "matter": _MATTER,
            "status": _iri("status", many=False),
        },
        "appraisal": {
            "of": _ENTITY,
            "aspect": _iri("aspect"),
            "made_by": _ENTITY,
            "matter": _MATTER,
        },
    }
)
"""What a claim may assert on a node of its own; the class is the key with a capital."""

MISSING_FACT: Fields = MappingProxyType(
    {
        "lacked_by": _ENTITY,
        "missing_about": _ENTITY,
        "missing_property": Field(Value.TEXT_OR_TERM),
        "matter": _MATTER,
    }
)
"""The one node that a gap asserts."""

RELATIONS: Fields = MappingProxyType(
    {
        "part_of": _ENTITY,
        "reports_to": _ENTITY,
        "headed_by": _ENTITY,
        "manages": _iri("programme"),
        "operates": _iri("system"),
        "successor_of": _ENTITY,
        "works_with": _ENTITY,
    }
)
"""Direct relations between entities, beside SUBJECT."""

SECTIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "claim": frozenset({*RECORD, *PARTS, CLAIM, ASSERTS, GAP}),
        **{name: frozenset(fields) for name, fields in {**PARTS, **NODES}.items()},
        "gap": frozenset(MISSING_FACT),
        "entry of asserts": frozenset({*NODES, *RELATIONS, SUBJECT}),
    }
)
"""Every section of the form, with the keys that it knows."""
