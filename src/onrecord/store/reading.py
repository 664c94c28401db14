"""Reading fact files: bytes to quads without blank nodes, with the lines to point at."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from onrecord.errors import Place, UnreadableFile
from onrecord.model import Literal, Term, Triple
from onrecord.store.lines import TurtleLines
from onrecord.store.naming import name_blank_nodes

FORMATS: Mapping[str, ox.RdfFormat] = {
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
CONTEXT_IRI = "https://w3id.org/onrecord/context/claim.jsonld"
"""Names the packaged context in JSON-LD files."""
YAML_SUFFIXES = (".yaml", ".yml")
_POSITION = re.compile(r"(?:at )?line (\d+)(?: (?:between columns?|column|at column) (\d+))?")
_TURTLE = (ox.RdfFormat.TRIG, ox.RdfFormat.TURTLE, ox.RdfFormat.N_QUADS, ox.RdfFormat.N_TRIPLES)


@dataclass(frozen=True, slots=True)
class Quad:
    """A triple and the graph that holds it ("" for the file's default graph)."""

    subject: str
    predicate: str
    object: Term
    graph: str = ""

    @property
    def triple(self) -> Triple:
        """The triple without its graph."""
        return Triple(self.subject, self.predicate, self.object)


@dataclass(frozen=True)
class FactFile:
    """One file of facts, parsed.

    Attributes:
        name: as reports show it: inside a base its path there.
        text: what it holds, decoded.
        digest: SHA-256 of its bytes.
        quads: its triples, blank nodes named after what they hang on.
        blank_nodes: how each named blank node was called, by IRI.
    """

    name: str
    text: str
    digest: str
    quads: tuple[Quad, ...]
    turtle: bool = True
    duplicates: tuple[str, ...] = ()
    marks: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def lines(self) -> TurtleLines:
        """Lines by what stands on them."""
        return TurtleLines.of(self.text) if self.turtle else TurtleLines(subjects=dict(self.marks))

    def place(self, subject: str, predicate: str = "", value: str = "") -> Place:
        """The place of a subject, of one of its properties, or of a literal."""
        line = self.lines.line_of(subject, predicate, value)
        if line is None and "." in subject.rsplit("/", 1)[-1]:
            return self.place(subject.rsplit(".", 1)[0], predicate, value)
        if line is None and not self.turtle and self.text:
            line = self._line_containing(value) or self._line_containing(subject.rsplit("/", 1)[-1])
        return Place(self.name, line)

    def _line_containing(self, wanted: str) -> int | None:
        at = self.text.find(wanted) if wanted else -1
        return self.text.count("\n", 0, at) + 1 if at >= 0 else None


def read_path(path: Path, name: str, limit: int, base_iri: str, input_format: str = "") -> FactFile:
    """Read and parse one file; `-` as path reads standard input.

    Raises:
        UnreadableFile: missing, larger than `limit` bytes, not UTF-8, of an unknown format, or not parsable.
    """
    return parse(load_bytes(path, name, limit), name, base_iri, input_format)


def load_bytes(path: Path, name: str, limit: int) -> bytes:
    """The bytes of a file or of standard input (`-`).

    Raises:
        UnreadableFile: missing, not a file, or larger than `limit`.
    """
    place = Place(name)
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            if path.is_dir():
                raise UnreadableFile("Is a folder, not a file.", place=place, next_step="Name its files.")
            with path.open("rb") as stream:
                data = stream.read(limit + 1)
    except FileNotFoundError:
        raise UnreadableFile("No such file.", place=place, next_step="Check the path.") from None
    except OSError as error:
        raise UnreadableFile(f"Cannot be read: {error.strerror or error}.", place=place) from error
    if len(data) > limit:
        raise UnreadableFile(
            f"Larger than {limit:,} bytes.",
            place=place,
            next_step="Split it, or raise max_file_bytes in onrecord.toml.",
        )
    return data


def decode(data: bytes, name: str) -> str:
    """UTF-8 text of a file, without a byte order mark.

    Raises:
        UnreadableFile: with the line of the first byte that is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"Not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}.",
            place=Place(name, line),
            next_step="Save the file as UTF-8.",
        ) from error


def parse(data: bytes, name: str, base_iri: str, input_format: str = "") -> FactFile:
    """Parse the bytes of a fact file by its suffix (or `input_format`; standard input is guessed).

    Raises:
        UnreadableFile: see `read_path`.
    """
    text = decode(data, name)
    suffix = input_format or (guess_suffix(text) if name == "-" else Path(name).suffix.lower())
    digest = hashlib.sha256(data).hexdigest()
    if suffix in YAML_SUFFIXES:
        from onrecord.store.yaml_facts import yaml_to_jsonld

        document, marks = yaml_to_jsonld(text, name, base_iri)
        quads = _quads(json.dumps(document), ox.RdfFormat.JSON_LD, name)
        named, doubled = name_blank_nodes(quads)
        return FactFile(name, text, digest, named, False, doubled, marks)
    if suffix not in FORMATS:
        known = ", ".join([*FORMATS, *YAML_SUFFIXES])
        raise UnreadableFile(
            f"Unknown kind of file {suffix or '(no suffix)'}.",
            place=Place(name),
            next_step=f"Known: {known}.",
        )
    rdf_format = FORMATS[suffix]
    if rdf_format == ox.RdfFormat.RDF_XML and "<!DOCTYPE" in text:
        line = text.count("\n", 0, text.index("<!DOCTYPE")) + 1
        raise UnreadableFile(
            "RDF/XML with a document type declaration is refused: it may expand without bound.",
            place=Place(name, line),
            next_step="Remove the DOCTYPE, or write TriG.",
        )
    source = _with_own_context(text) if rdf_format == ox.RdfFormat.JSON_LD else text
    named, doubled = name_blank_nodes(_quads(source, rdf_format, name))
    return FactFile(name, text, digest, named, rdf_format in _TURTLE, doubled)


def _with_own_context(text: str) -> str:
    """A JSON-LD document with the project's context in place of that context's IRI; nothing is fetched."""
    if CONTEXT_IRI not in text:
        return text
    from onrecord.store.yaml_facts import packaged_context

    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return text
    for node in document if isinstance(document, list) else [document]:
        if isinstance(node, dict) and node.get("@context") == CONTEXT_IRI:
            node["@context"] = packaged_context()
    return json.dumps(document)


def raw_quads(turtle: str, name: str) -> list[Quad]:
    """The quads of a Turtle document, blank nodes left blank (`_:` and a label).

    Raises:
        UnreadableFile: it does not parse.
    """
    return _quads(turtle, ox.RdfFormat.TURTLE, name)


def guess_suffix(text: str) -> str:
    """The kind of a document on standard input: JSON-LD, RDF/XML, YAML or else TriG.

    >>> guess_suffix("claim: holding-facility-to-jic")
    '.yaml'
    """
    head = text.lstrip()
    if head.startswith("<?xml") or head.startswith("<rdf:RDF") or head.startswith("<!DOCTYPE"):
        return ".rdf"
    if re.match(r"(\{|\[)\s*(\"|\{|\[|\}|\])", head):
        return ".jsonld"
    first = next((line for line in head.splitlines() if line.strip() and not line.startswith("#")), "")
    return ".yaml" if re.match(r"^(---|- |[A-Za-z_]+:(\s|$)|\{\s*[A-Za-z_]+:\s)", first) else ".trig"


def _quads(text: str, rdf_format: ox.RdfFormat, name: str) -> list[Quad]:
    try:
        found = ox.parse(text, format=rdf_format, base_iri="https://w3id.org/onrecord/file/")
        return [_quad(q) for q in _no_duplicates(found)]
    except (SyntaxError, ValueError) as error:
        raise _syntax_error(error, name) from error


def _no_duplicates(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    return iter(dict.fromkeys(quads))


def _quad(quad: ox.Quad) -> Quad:
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else _term(quad.graph_name)
    subject, obj = _term(quad.subject), _term(quad.object)
    if not isinstance(subject, str) or not isinstance(graph, str):
        raise ValueError("A literal stands as a subject or graph name.")
    return Quad(subject, quad.predicate.value, obj, graph)


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    if isinstance(term, ox.Literal):
        if getattr(term, "direction", None):
            raise ValueError("Literals with a base direction (RDF 1.2) are not supported.")
        return Literal(term.value, term.datatype.value, term.language or "")
    raise ValueError("Triple terms (RDF 1.2) are not supported.")


def _syntax_error(error: Exception, name: str) -> UnreadableFile:
    message = str(error)
    line = getattr(error, "lineno", None)
    column = getattr(error, "offset", None)
    found = _POSITION.search(message)
    if line is None and found:
        line, column = int(found[1]), int(found[2]) if found[2] else None
    message = re.sub(r"^Parser error at line [^:]*: ?|^Parser error[: ]*", "", message).rstrip(".")
    message = re.sub(r"\s*\([^()]*, line \d+\)$", "", message)
    advice = "Mend the syntax at that place."
    if "context" in message.lower():
        advice = "Write the context into the file: contexts are never fetched."
    return UnreadableFile(f"Does not parse: {message}.", place=Place(name, line, column), next_step=advice)
