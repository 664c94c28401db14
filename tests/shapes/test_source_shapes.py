"""Shapes of sources, references, snapshots and entities: what is sound passes, mistakes are found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Check = Callable[[str], set[str]]

DIGEST = "0123456789abcdef" * 4
SOURCES = f"""
office:jic a ov:Office ;
    skos:prefLabel "Joint Intake Center"@en ; skos:altLabel "JIC"@en , "J.I.C." ;
    dcterms:identifier "JIC" ; owl:sameAs <https://example.org/jic> ;
        schema:sameAs <https://example.org/page> .

source:law a onr:Source ;
    dcterms:title "A law" ; dcterms:publisher "Congress" ; dcterms:type "statute-regulation" ;
    onr:tier onr:primary ; dcterms:issued "2014"^^xsd:gYear ; onr:dateWording "some day of 2014" ;
    dcterms:identifier "L-1" ; schema:url "https://example.org/law?a=b"^^xsd:anyURI ;
    dcterms:rights "public domain" ; onr:note "Text of 2015." .
source:article a onr:Source ;
    dcterms:title "An article" ; dcterms:publisher "A paper" , "An agency" ; dcterms:type "fact-check" ;
    onr:tier onr:secondary ; onr:hasReference source:article.ref-3 , source:article.ref-14 .
source:article.ref-3 a onr:Reference ; onr:marker "[3]" ;
    onr:candidate [ a onr:Candidate ; onr:source source:law ; onr:confidence onr:low ;
        onr:reason "Same subject." ] .
source:article.ref-14 a onr:Reference ; onr:marker "[14]" ; onr:unresolved "Nothing at hand fits." .

[] a onr:Snapshot ; onr:snapshotOf source:law ; onr:byteDigest "sha256:{DIGEST}" ;
    onr:textDigest "sha256:{DIGEST}" ; onr:wordCount "1234"^^xsd:nonNegativeInteger ;
    onr:root "{DIGEST}" ; onr:extractor "plain-text/1" .
"""

TEXT_DIGEST = f'onr:textDigest "sha256:{DIGEST}"'
URL = '"https://example.org/law?a=b"^^xsd:anyURI'
CHANGES: dict[str, list[tuple[str, str, str]]] = {
    "source": [
        ('dcterms:title "A law" ;', "", "source-title"),
        ('dcterms:title "A law"', 'dcterms:title "A law"@en', "source-title"),
        ('dcterms:publisher "Congress" ;', "", "source-publisher"),
        ('dcterms:publisher "Congress"', "dcterms:publisher office:congress", "source-publisher"),
        ('"fact-check"', '"factcheck"', "source-kind"),
        ("onr:tier onr:primary ;", "", "source-tier"),
        ("onr:tier onr:primary", "onr:tier onr:tertiary", "source-tier"),
        ('"2014"^^xsd:gYear', '"not dated"', "source-issued"),
        ('"2014"^^xsd:gYear', '"2014"^^xsd:gYear , "2015"^^xsd:gYear', "source-issued"),
        ('onr:dateWording "some day of 2014"', 'onr:dateWording "then" , "later"', "source-date-wording"),
        ('dcterms:identifier "L-1"', "dcterms:identifier 1", "source-identifier"),
        (URL, '"https://example.org/law"', "source-url"),
        (URL, '"file:///etc/passwd"^^xsd:anyURI', "source-url"),
        (URL, '"https://example.org/a law"^^xsd:anyURI', "source-url"),
        (URL, '"javascript:alert(1)"^^xsd:anyURI', "source-url"),
        ('"Text of 2015."', "2015", "source-note"),
        ('dcterms:rights "public domain"', 'dcterms:rights ""', "source-rights"),
        ("dcterms:rights ", "dcterms:licence ", "source"),
        ("source:article.ref-14 .\n", "source:article.ref-14 , source:law .\n", "source-reference"),
        ("onr:tier onr:secondary", "onr:tier onr:primary", "source-secondary"),
        ("source:law a onr:Source ;", "source:law", "source-type candidate-source snapshot-of"),
    ],
    "reference": [
        ("source:article.ref-3 a onr:Reference", "source:article.ref-3", "reference-type source-reference"),
        (
            "onr:candidate [ a onr:Candidate",
            "onr:candidate source:law , [ a onr:Candidate",
            "reference-candidate",
        ),
        ('onr:marker "[3]"', 'onr:marker "3"', "reference-marker"),
        ('onr:marker "[3]"', 'onr:marker "[3]" , "[4]"', "reference-marker"),
        ('onr:marker "[3]" ;', "", "reference-marker"),
        ('onr:unresolved "Nothing at hand fits."', "onr:marker '[14]'", "reference-resolution"),
        ('onr:marker "[3]" ;', 'onr:marker "[3]" ; onr:unresolved "Nothing fits." ;', "reference-resolution"),
        ('"Nothing at hand fits."', '""', "reference-unresolved"),
        ('onr:marker "[3]" ;', 'onr:marker "[3]" ; onr:note "Mangled." ;', "reference source-type"),
        (" , source:article.ref-14", "", "reference-of-source"),
        (
            "onr:source source:law ; onr:confidence",
            "onr:source source:lore ; onr:confidence",
            "candidate-source",
        ),
        (
            "onr:source source:law ; onr:confidence",
            "onr:source source:article ; onr:confidence",
            "candidate-not-itself",
        ),
        ("onr:confidence onr:low", "onr:confidence 0.2", "candidate-confidence"),
        ('onr:reason "Same subject."', "onr:confidence onr:low", "candidate-reason"),
        ('onr:reason "Same subject."', 'onr:reason "Same subject." ; onr:rank 1', "candidate"),
    ],
    "snapshot": [
        ("[] a onr:Snapshot ; onr:snapshotOf", "[] onr:snapshotOf", "snapshot-type"),
        ("onr:snapshotOf source:law ;", "", "snapshot-of"),
        ("onr:snapshotOf source:law", "onr:snapshotOf office:jic", "snapshot-of"),
        (f'onr:byteDigest "sha256:{DIGEST}" ;', "", "snapshot-byte-digest"),
        (TEXT_DIGEST, f'onr:textDigest "{DIGEST}"', "snapshot-text-digest"),
        (TEXT_DIGEST, f'onr:textDigest "sha256:{DIGEST.upper()}"', "snapshot-text-digest"),
        ('"1234"^^xsd:nonNegativeInteger', '"0"^^xsd:nonNegativeInteger', "snapshot-word-count"),
        ('"1234"^^xsd:nonNegativeInteger', '"many"', "snapshot-word-count"),
        (f'onr:root "{DIGEST}"', f'onr:root "{DIGEST[1:]}"', "snapshot-root"),
        (f'onr:root "{DIGEST}"', f'onr:root "{DIGEST}\\n"', "snapshot-root"),
        ('"plain-text/1"', '"plain text"', "snapshot-extractor"),
        ('"plain-text/1"', '"plain-text/1" ; onr:note "the text"', "snapshot source-type"),
    ],
    "entity": [
        ("office:jic a", "office:JIC a", "entity-iri"),
        ('skos:prefLabel "Joint Intake Center"@en ;', "", "entity-pref-label"),
        ('"Joint Intake Center"@en', '"Joint Intake Center"', "entity-pref-label"),
        ('"Joint Intake Center"@en', '"Joint Intake Center"@en , "Intake Center"@en', "entity-pref-label"),
        ('"JIC"@en', '"Joint Intake Center"@en', "entity-alt-label"),
        ('dcterms:identifier "JIC"', 'dcterms:identifier "JIC" ; ov:partOf office:ice', "entity"),
        ('dcterms:identifier "JIC"', 'dcterms:identifier "JIC" ; ov:matter matter:fraud', "entity"),
        ('dcterms:identifier "JIC"', 'dcterms:identifier "JIC" ; schema:telephone "1-800"', "entity"),
        ("owl:sameAs <https://example.org/jic>", 'owl:sameAs "JIC"', "entity-same-as"),
        ("schema:sameAs <https://example.org/page>", 'schema:sameAs "a page"', "entity-schema-same-as"),
        ("office:jic a ov:Office ;", "office:jic a ov:Office , ov:Group ;", "entity-type"),
        ("office:jic a ov:Office ;", "office:jic a onr:Entity ;", "entity-type"),
        ("office:jic a ov:Office ;", "office:jic", "entity-known"),
        ('dcterms:identifier "JIC"', "dcterms:identifier office:jic", "entity-identifier"),
    ],
}
CASES = [
    pytest.param(*case, id=f"{family} {n}")
    for family, cases in CHANGES.items()
    for n, case in enumerate(cases)
]


def test_a_sound_record_breaks_no_shape(record: Check) -> None:
    assert record(SOURCES) == set()


@pytest.mark.parametrize(("sound", "broken", "rules"), CASES)
def test_a_mistake_breaks_the_shapes_made_for_it(record: Check, sound: str, broken: str, rules: str) -> None:
    assert sound in SOURCES
    assert record(SOURCES.replace(sound, broken, 1)) == set(rules.split())


@pytest.mark.parametrize("name", ["Law", "..%2f..%2flaw", "law.txt", "a--b", "law_one", "a" * 200])
def test_a_name_that_is_no_slug_is_refused(record: Check, name: str) -> None:
    iri = f"<https://w3id.org/onrecord/kb/source/{name}> "
    assert "source-iri" in record(SOURCES.replace("source:law ", iri))


def test_a_reference_is_named_after_its_source(record: Check) -> None:
    assert record(SOURCES.replace("article.ref-3", "article.three")) == {"reference-iri"}
