"""Claims written in YAML, through the project's JSON-LD context."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import pyoxigraph as ox

from onrecord.errors import Place, UnreadableFile
from onrecord.store import claim_form as form
from onrecord.store.claim_form import Field, Fields, Value
from onrecord.store.naming import citation_iri
from onrecord.store.yaml_nodes import Entries, Items, Node, Scalar, read_documents
from onrecord.vocab import KINDS, ONR, OV, PREFIXES, XSD

_SLUG = re.compile(r"\w(?:[\w.-]*[\w-])?")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*://.+|urn:.+")
_DOTS = re.compile(r"/\.{1,2}(?:/|$)")
_MARKER = re.compile(r"\[?([0-9]{1,3})\]?")
_OWN_TERM = re.compile(r"(?:onr|ov):[A-Za-z]+")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+")
_DATES = ((re.compile(r"[0-9]{4}"), "gYear"), (re.compile(r"[0-9]{4}-[0-9]{2}"), "gYearMonth"))
_Json = dict[str, Any]


def yaml_to_jsonld(text: str, name: str, base_iri: str) -> tuple[_Json, dict[str, int]]:
    """One JSON-LD document of the claims in a YAML file, and the lines (from 1) on which they stand.

    The file holds one claim, a list of claims, or several documents of either. The lines are given by
    the IRIs of claims, of their citations (the line of the quotation) and of the nodes that they assert.

    Raises:
        UnreadableFile: no YAML, refused YAML (see yaml_nodes.py), or not the form of a claim.
    """
    return _Writer(base_iri).document(read_documents(text, name))


@cache
def _context_text() -> str:
    return resources.files("onrecord").joinpath("schemas/claim.context.jsonld").read_text("utf-8")


def packaged_context() -> _Json:
    """The JSON-LD context of claims, as shipped."""
    context: _Json = json.loads(_context_text())["@context"]
    return context


class _Writer:
    """Turns claims into JSON-LD whose IRIs are written in full, so that no context can bend them."""

    def __init__(self, base_iri: str) -> None:
        self.prefixes = {**PREFIXES, **{kind: f"{base_iri}{kind}/" for kind in KINDS}}
        self.marks: dict[str, int] = {}

    def document(self, documents: Iterable[Node]) -> tuple[_Json, dict[str, int]]:
        claims = [self.claim(node) for document in documents for node in _several(document)]
        return {"@context": packaged_context(), "@graph": claims}, self.marks

    # a claim ------------------------------------------------------------------------------------------

    def claim(self, node: Node) -> _Json:
        entries = _entries(node, "claim", "claim: SLUG, statement: ..., citation: ...")
        named = entries.get(form.CLAIM)
        if named is None:
            _check_keys(entries, "claim")
            raise _error("A claim without the key 'claim'.", entries, "Name it: claim: SLUG.")
        iri = self.iri(_scalar(named, form.CLAIM), "claim")
        if iri in self.marks:
            raise _error(
                f"The claim stands twice, first on line {self.marks[iri]}.", named, "Give it another slug."
            )
        self._mark(iri, entries)
        written: _Json = {"@id": iri, "type": ["Claim", "Gap"] if entries.get(form.GAP) else "Claim"}
        written |= self.fields(entries, form.RECORD, "claim", beside=form.SECTIONS["claim"])
        for part in form.PARTS:
            given = entries.get(part)
            if given is not None:
                written[part] = [self.part(p, part, iri) for p in _several(given, part)]
        asserted = self.asserted(entries, iri)
        return written | ({"asserts": asserted} if asserted else {})

    def part(self, node: Node, part: str, claim: str) -> _Json:
        entries = _entries(node, part, ": ..., ".join([*form.PARTS[part]][:2]) + ": ...")
        written = self.fields(entries, form.PARTS[part], part)
        if part == "citation":
            written.setdefault("stance", "supports")
            quote = entries.get("quote")
            if quote is not None and "source" in written:
                self._mark(citation_iri(claim, written["source"], written["quote"]), quote)
        return written

    # what it asserts ----------------------------------------------------------------------------------

    def asserted(self, entries: Entries, claim: str) -> list[_Json]:
        nodes: list[_Json] = []
        gap, asserts = entries.get(form.GAP), entries.get(form.ASSERTS)
        if gap is not None:
            nodes.append(self.own_node(gap, form.GAP, form.MISSING_FACT, f"{claim}.gap", "MissingFact"))
        counts: dict[str, int] = {}
        for entry in _several(asserts, form.ASSERTS) if asserts is not None else ():
            example = "referral: {from: ..., to: ...}"
            nodes.append(self.assertion(_entries(entry, "entry of asserts", example), claim, counts))
        return nodes

    def assertion(self, entry: Entries, claim: str, counts: dict[str, int]) -> _Json:
        _check_keys(entry, "entry of asserts")
        kinds = [key.value for key, _ in entry.entries if key.value in form.NODES]
        if not kinds:
            return self.relation(entry)
        if len(entry.entries) > 1:
            raise _error(
                "One entry of asserts says one thing.", entry, "Begin each with its own '- ' on a new line."
            )
        kind, node = kinds[0], entry.entries[0][1]
        counts[kind] = counts.get(kind, 0) + 1
        iri = f"{claim}.{kind}" + (f"-{counts[kind]}" if counts[kind] > 1 else "")
        return self.own_node(node, kind, form.NODES[kind], iri, kind.capitalize())

    def own_node(self, node: Node, section: str, fields: Fields, iri: str, class_name: str) -> _Json:
        entries = _entries(node, section, ": ..., ".join([*fields][:2]) + ": ...")
        self._mark(iri, entries)
        return {"@id": iri, "type": class_name} | self.fields(entries, fields, section)

    def relation(self, entry: Entries) -> _Json:
        subject = entry.get(form.SUBJECT)
        if subject is None or len(entry.entries) < 2:
            raise _error(
                "A relation between entities needs a subject and what it is related to.",
                entry,
                "Write for instance {subject: office:opr, part_of: office:ice}.",
            )
        iri = self.iri(_scalar(subject, form.SUBJECT), "office")
        return {"@id": iri} | self.fields(entry, form.RELATIONS, "relation", beside=(form.SUBJECT,))

    # values -------------------------------------------------------------------------------------------

    def fields(self, entries: Entries, fields: Fields, section: str, beside: Iterable[str] = ()) -> _Json:
        _check_keys(entries, section, {*fields, *beside})
        written: _Json = {}
        for key, node in entries.entries:
            field = fields.get(key.value)
            if field is None:
                continue
            if isinstance(node, Items) and not field.many:
                raise _error(f"{key.value!r} takes one value.", node, "Take the list away.")
            values = [self.value(_scalar(v, key.value), field, entries) for v in _several(node, key.value)]
            written[key.value] = values if isinstance(node, Items) else values[0]
        return written

    def value(self, scalar: Scalar, field: Field, owner: Entries) -> Any:
        if field.value is Value.REFERENCE:
            return self.reference(scalar, owner)
        if field.value is Value.IRI:
            return self.iri(scalar, field.kind)
        if field.value is Value.CHOICE:
            return self.choice(scalar, field.choices)
        if field.value is Value.TEXT_OR_TERM:
            own = _OWN_TERM.fullmatch(scalar.value) or scalar.value.startswith((ONR, OV))
            return {"@id": self.iri(scalar, "office")} if own else scalar.value
        return _LITERALS[field.value](scalar.value)

    def iri(self, scalar: Scalar, kind: str) -> str:
        """The full IRI of a slug of that kind, of a prefixed name, or of a full IRI."""
        name = scalar.value.removeprefix("<").removesuffix(">")
        if _ABSOLUTE.fullmatch(name):
            return _valid(name, scalar)
        prefix, colon, local = name.partition(":")
        if colon and prefix not in self.prefixes and _SLUG.fullmatch(local):
            raise _error(f"Unknown prefix {prefix!r}.", scalar, _nearest(prefix, self.prefixes))
        slug = local if colon else name
        if not _SLUG.fullmatch(slug):
            raise _error(
                f"{scalar.value!r} is neither a slug, a prefixed name nor a full IRI.",
                scalar,
                f"Write for instance some-{kind} or {kind}:some-{kind}.",
            )
        return self.prefixes[prefix if colon else kind] + slug

    def choice(self, scalar: Scalar, choices: tuple[str, ...]) -> str:
        word = scalar.value.removeprefix("<").removesuffix(">")
        for namespace in (ONR, OV, "onr:", "ov:"):
            word = word.removeprefix(namespace)
        if word not in choices:
            raise _error(f"Unknown word {scalar.value!r}.", scalar, _nearest(word, choices))
        return word

    def reference(self, scalar: Scalar, citation: Entries) -> str:
        """A reference by its marker in the source that the citation names, or by its IRI."""
        marker = _MARKER.fullmatch(scalar.value)
        if marker is None:
            return self.iri(scalar, "source")
        source = citation.get("source")
        if source is None:
            raise _error("A marker without a source.", scalar, "Give the citation its source.")
        return f"{self.iri(_scalar(source, 'source'), 'source')}.ref-{marker[1]}"

    def _mark(self, iri: str, node: Node) -> None:
        self.marks.setdefault(iri, node.place.line or 1)


def _valid(iri: str, scalar: Scalar) -> str:
    try:
        ox.NamedNode(iri)
    except ValueError as error:
        raise _error(f"No valid IRI: {error}.", scalar, "Mend the IRI.") from error
    if _DOTS.search(iri):
        raise _error("An IRI with '/./' or '/../' names something else.", scalar, "Write it without them.")
    return iri


def _typed(value: str, datatype: str) -> _Json:
    return {"@value": value, "@type": XSD + datatype}


def _date(value: str) -> _Json:
    """A date typed by its form; what is none becomes an xsd:date, for the shapes to report."""
    return _typed(value, next((kind for pattern, kind in _DATES if pattern.fullmatch(value)), "date"))


def _number(value: str) -> str | _Json:
    """A number by its form; anything else stays text, for the shapes to report."""
    if _INTEGER.fullmatch(value):
        return _typed(value, "integer")
    return _typed(value, "decimal") if _DECIMAL.fullmatch(value) else value


_LITERALS: Mapping[Value, Callable[[str], str | _Json]] = {
    Value.TEXT: str,
    Value.ENGLISH: lambda value: {"@value": value, "@language": "en"},
    Value.DATE: _date,
    Value.DAY: lambda value: _typed(value, "date"),
    Value.NUMBER: _number,
}


# the form of nodes ------------------------------------------------------------------------------------


def _several(node: Node, key: str = "") -> tuple[Node, ...]:
    """The nodes of a list, or the one node."""
    if key and isinstance(node, Items):
        if not node.items:
            raise _error(f"{key!r} has no value.", node, "Give it one, or remove the key.")
        if key in form.SINGLE_PARTS:
            raise _error(f"{key!r} takes one value.", node, "Take the list away.")
    return node.items if isinstance(node, Items) else (node,)


def _scalar(node: Node, key: str) -> Scalar:
    if not isinstance(node, Scalar):
        found = "a list" if isinstance(node, Items) else "a mapping"
        raise _error(f"{key!r} takes words, not {found}.", node, "Put text that holds ': ' in quotes.")
    if not node.value.strip():
        raise _error(f"{key!r} has no value.", node, "Give it one, or remove the key.")
    return node


def _entries(node: Node, section: str, example: str) -> Entries:
    article = "An" if section[0] in "aeiou" else "A"
    if not isinstance(node, Entries):
        raise _error(f"{article} {section} is a mapping.", node, f"Write its keys: {example}.")
    if not node.entries:
        raise _error(f"{article} {section} without keys.", node, f"Write its keys: {example}.")
    return node


def _check_keys(entries: Entries, section: str, known: Iterable[str] = ()) -> None:
    known = sorted(known or form.SECTIONS[section])
    for key, _ in entries.entries:
        if key.value not in known:
            raise _error(f"Unknown key {key.value!r} in {section!r}.", key, _advice(key.value, known))


def _advice(key: str, known: list[str]) -> str:
    if difflib.get_close_matches(_snake(key), known, 1):
        return _nearest(_snake(key), known)
    homes = [section for section, keys in form.SECTIONS.items() if key in keys]
    return f"It belongs in {' or '.join(homes)}." if homes else _nearest(key, known)


def _nearest(word: str, known: Iterable[str]) -> str:
    choices = list(known)
    near = difflib.get_close_matches(word, choices, 1)
    return f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(choices)}."


def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key.rpartition(":")[2]).lower().replace("-", "_")


def _error(message: str, node: Node, next_step: str) -> UnreadableFile:
    place: Place = node.place
    return UnreadableFile(message, place=place, next_step=next_step)
