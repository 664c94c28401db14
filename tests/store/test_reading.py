"""Reading fact files: formats, errors with their place, names for blank nodes, lines to point at."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UnreadableFile
from onrecord.store.lines import TurtleLines
from onrecord.store.reading import FactFile, guess_suffix, load_bytes, parse
from onrecord.vocab import KB, OA, ONR, PREFIXES, RDF_TYPE

HEAD = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
CLAIM = f"{KB}claim/x"


def trig(body: str) -> FactFile:
    return parse((HEAD + body).encode(), "x.trig", KB)


def cited(*bodies: str) -> FactFile:
    return trig("claim:x a onr:Claim ; onr:citation " + ", ".join(f"[ {b} ]" for b in bodies) + " .")


def citations(file: FactFile) -> list[str]:
    return sorted(str(q.object) for q in file.quads if q.predicate == ONR + "citation")


ONE = 'onr:source source:a ; oa:exact "one two three four"'
TWO = 'onr:source source:a ; oa:exact "five six seven eight"'


def test_a_citation_is_named_after_source_and_quotation_whatever_the_order() -> None:
    assert citations(cited(ONE, TWO)) == citations(cited(TWO, ONE))
    assert all(iri.startswith(CLAIM + ".c-") for iri in citations(cited(ONE, TWO)))


def test_a_citation_wrapped_anew_keeps_its_name() -> None:
    wrapped = 'onr:source source:a ; oa:exact """one\n two three four"""'
    assert citations(cited(wrapped)) == citations(cited(ONE))


def test_the_same_citation_twice_is_noticed() -> None:
    assert cited(ONE, ONE + ' ; onr:locator "elsewhere"').duplicates == tuple(citations(cited(ONE)))


def test_nested_nodes_get_their_class_from_the_property_they_hang_on() -> None:
    file = trig('claim:x onr:waiver [ onr:rule "r" ] .')
    assert any(q.predicate == RDF_TYPE and q.object == ONR + "Waiver" for q in file.quads)


def test_blank_nodes_in_a_circle_are_named_too() -> None:
    file = trig("_:a onr:topic _:b . _:b onr:topic _:a .")
    assert all(not q.subject.startswith("_:") for q in file.quads)


@pytest.mark.parametrize(
    ("data", "name", "message", "line"),
    [
        (b"@prefix a: <b", "x.trig", "Does not parse", 1),
        (b"# ok\nfoo:a foo:b foo:c .", "x.trig", "foo:", 2),
        (b"# ok\n\xe9t\xe9", "x.trig", "Not UTF-8: byte 0xe9", 2),
        (b"x", "x.docx", "Unknown kind of file .docx", None),
        (b'<!DOCTYPE r [<!ENTITY a "b">]>\n<r/>', "x.rdf", "document type", 1),
        (b'{"@context": "https://example.org/c", "a": 1}', "x.jsonld", "Does not parse", None),
        (b'{"a": ', "x.json", "Does not parse", 1),
    ],
)
def test_what_cannot_be_read_says_where_and_what_next(
    data: bytes, name: str, message: str, line: int | None
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        parse(data, name, KB)
    assert message in caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.line == line
    assert caught.value.next_step


def test_a_file_over_the_limit_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "big.trig"
    path.write_bytes(b"#" * 2000)
    with pytest.raises(UnreadableFile, match="Larger than 1,000 bytes"):
        load_bytes(path, "big.trig", 1000)


@pytest.mark.parametrize("name", ["missing.trig", "."])
def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile):
        load_bytes(tmp_path / name, name, 1000)


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("claim: a-b\nstatement: c", ".yaml"),
        ("- claim: a", ".yaml"),
        ('{"@id": "x"}', ".jsonld"),
        ("<?xml version='1.0'?>", ".rdf"),
        ("@prefix a: <b> .", ".trig"),
        ("PREFIX a: <b>", ".trig"),
        ("claim:x a onr:Claim .", ".trig"),
        ("{ claim:x a onr:Claim }", ".trig"),
        ("", ".trig"),
    ],
)
def test_standard_input_is_recognised(text: str, suffix: str) -> None:
    assert guess_suffix(text) == suffix


def test_lines_lead_to_the_subject_the_property_and_the_quotation() -> None:
    text = (
        "@prefix c: <https://x/c/> .\n@prefix oa: <http://www.w3.org/ns/oa#> .\n# c:not\n"
        'GRAPH c:a {\n  c:a.n c:p c:q\n}\nc:a c:state "one # two" ;\n  c:cite [\n'
        '    oa:exact "fo\\u0075r" ] .\n'
    )
    lines = TurtleLines.of(text)
    assert lines.graphs["https://x/c/a"] == 4
    assert lines.line_of("https://x/c/a") == 7
    assert lines.line_of("https://x/c/a", "https://x/c/cite") == 8
    assert lines.line_of("https://x/c/a", OA + "exact", "four") == 9


@given(st.text(max_size=200))
def test_reading_lines_never_fails(text: str) -> None:
    TurtleLines.of(text)


@given(st.binary(max_size=200))
def test_parsing_arbitrary_bytes_raises_nothing_but_the_designed_error(data: bytes) -> None:
    for name in ("x.trig", "x.jsonld", "x.rdf", "x.nq"):
        try:
            parse(data, name, KB)
        except UnreadableFile as error:
            assert error.place is not None
