"""Shapes of the record: a sound small base passes, and each mistake breaks the shapes made for it."""

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
CLAIMS = f"""
office:jic a ov:Office ; skos:prefLabel "Joint Intake Center"@en .
source:law a onr:Source ; dcterms:title "A law" ; dcterms:publisher "Congress" ;
    dcterms:type "statute-regulation" ; onr:tier onr:primary .
source:article a onr:Source ; dcterms:title "An article" ; dcterms:publisher "A paper" ;
    dcterms:type "fact-check" ; onr:tier onr:secondary ; onr:hasReference source:article.ref-3 .
source:article.ref-3 a onr:Reference ; onr:marker "[3]" ; onr:unresolved "Nothing at hand fits." .

claim:one a onr:Claim ;
    onr:statement "A facility must report every allegation to the centre."@en ;
    onr:topic topic:referral ; onr:asOf "2015"^^xsd:gYear ; onr:validFrom "2014-05-06"^^xsd:date ;
    onr:validThrough "2016-02"^^xsd:gYearMonth ; onr:timeWording "as of that year" ;
    dcterms:created "2026-11-21"^^xsd:date ;
    onr:citation claim:one.c-00000001 , claim:one.c-00000002 ;
    onr:assessment [ a onr:Assessment ; onr:verdict onr:upheld ; onr:basis claim:two ;
        onr:reason "The other law says so." ; onr:assessedOn "2026-11-20"^^xsd:date ] ;
    onr:waiver [ a onr:Waiver ; onr:rule "wording-figure" ; onr:reason "The figure stands in the title." ;
        onr:author "OnRecord editors" ; onr:waivedOn "2026-11-19"^^xsd:date ] ;
    onr:retirement [ a onr:Retirement ; onr:retirementKind onr:superseded ; onr:replacedBy claim:two ;
        onr:reason "A newer law." ; onr:retiredOn "2026-11-18"^^xsd:date ] .
claim:one.c-00000001 a onr:Citation ;
    onr:source source:law ; oa:prefix "shall ensure that" ; oa:exact "each allegation is reported" ;
    oa:suffix "to the centre" ; onr:locator "section 1(a)" ; onr:stance onr:supports ; onr:standing onr:law .
claim:one.c-00000002 a onr:Citation ;
    onr:source source:article ; oa:exact "critics say otherwise every day" ; onr:stance onr:disputes ;
    onr:standing onr:argument ; onr:saidBy office:jic ; onr:reference source:article.ref-3 .
claim:two a onr:Claim ; onr:statement "A facility may report to the office."@en ; onr:topic topic:referral ;
    onr:citation claim:two.c-00000001 .
claim:two.c-00000001 a onr:Citation ; onr:source source:article ; oa:exact "may report to the office" ;
    onr:stance onr:supports ; onr:standing onr:reporting .
claim:three a onr:Claim , onr:Gap ; onr:statement "No source says when it was renamed."@en ;
    onr:topic topic:structure ; onr:citation claim:three.c-00000001 .
claim:three.c-00000001 a onr:Citation ; onr:source source:article ; oa:exact "the centre was later renamed" ;
    onr:stance onr:qualifies ; onr:standing onr:reporting .

conflict:one-or-two a onr:Conflict ; onr:between claim:one , claim:two ; onr:separatedBy onr:byDate ;
    onr:explanation "The first is of 2015, the second of 2020."@en .
[] a onr:Review ; onr:ofCitation claim:one.c-00000001 ; onr:verdict onr:confirmed ;
    onr:method "Read in full by a second editor." ; onr:reviewedOn "2026-11-17"^^xsd:date ;
    onr:digest "sha256:{DIGEST}" .
"""

ABOUT_SOURCES = ("source", "reference", "snapshot", "entity")
ONE = '"A facility must report every allegation to the centre."@en'
GAP = "claim:three a onr:Claim , onr:Gap ;"
TWO = "claim:two a onr:Claim ;"
TEXT_DIGEST = f'onr:textDigest "sha256:{DIGEST}"'
URL = '"https://example.org/law?a=b"^^xsd:anyURI'
EXACT = '"each allegation is reported"'
CHANGES: dict[str, list[tuple[str, str, str]]] = {
    "claim": [
        (f"onr:statement {ONE} ;", "", "claim-statement"),
        (ONE, '"A facility must report every allegation."', "claim-statement"),
        (ONE, '"Eine Stelle muss jeden Vorwurf melden."@de', "claim-statement"),
        (ONE, ONE + ' , "A second statement stands beside it."@en', "claim-statement"),
        (ONE, '"""A facility must report\nevery allegation to the centre."""@en', "claim-statement"),
        (ONE, '"A facility must report every allegation"@en', "claim-statement-form"),
        (ONE, '"' + "A long one " * 60 + 'ends."@en', "claim-statement-form"),
        ("onr:topic topic:referral ; onr:asOf", "onr:asOf", "claim-topic"),
        ("topic:referral ; onr:asOf", "topic:referal ; onr:asOf", "claim-topic"),
        ("topic:referral ; onr:asOf", "matter:fraud ; onr:asOf", "claim-topic-scheme"),
        ('"2015"^^xsd:gYear', '"2015"', "claim-as-of"),
        ('"2015"^^xsd:gYear', '"about 2015"^^xsd:gYear', "claim-as-of"),
        ('"2015"^^xsd:gYear', '"2015-01-01T00:00:00"^^xsd:dateTime', "claim-as-of"),
        ('"2014-05-06"^^xsd:date', '"2014-02-30"^^xsd:date', "claim-valid-from"),
        ('"2014-05-06"^^xsd:date', '"2014"^^xsd:gYear , "2015"^^xsd:gYear', "claim-valid-from"),
        ('"2016-02"^^xsd:gYearMonth', '"2016-13"^^xsd:gYearMonth', "claim-valid-through"),
        ('"as of that year"', '"as of that year"@en', "claim-time-wording"),
        ('dcterms:created "2026-11-21"^^xsd:date', 'dcterms:created "2026"^^xsd:gYear', "claim-created"),
        (
            "onr:citation claim:three.c-00000001 .",
            "onr:asOf '2015'^^xsd:gYear .",
            "claim-citation citation-of-claim",
        ),
        (
            "onr:citation claim:two.c-00000001",
            "onr:citation 'a quotation'",
            "claim-citation citation-of-claim",
        ),
        (
            "onr:stance onr:supports ; onr:standing onr:reporting",
            "onr:stance onr:disputes ; onr:standing onr:reporting",
            "claim-support",
        ),
        (TWO, TWO + " dcterms:title 'Two' ;", "claim"),
        (TWO, TWO + " onr:standing onr:law ;", "claim"),
        ("claim:one a onr:Claim ;", "claim:one", "claim-type conflict-between"),
        (
            "onr:waiver [ a onr:Waiver",
            "onr:waiver [ a onr:Assessment",
            "claim-waiver assessment assessment-of-claim assessment-verdict assessment-basis assessment-day",
        ),
    ],
    "citation": [
        ("onr:source source:law ; oa:prefix", "oa:prefix", "citation-source"),
        ("onr:source source:law ; oa:prefix", "onr:source source:lore ; oa:prefix", "citation-source"),
        (f"oa:exact {EXACT} ;", "", "citation-exact"),
        (EXACT, EXACT + "@en", "citation-exact"),
        (EXACT, EXACT + ' , "reported to the centre"', "citation-exact"),
        (EXACT, '"""each allegation\nis reported"""', "citation-exact"),
        (EXACT, '"each allegation is reported\\n"', "citation-exact"),
        (EXACT, '" each allegation is reported"', "citation-exact"),
        (EXACT, '"each allegation [5] is reported"', "citation-exact-brackets"),
        (EXACT, '"each allegation ... is reported"', "citation-exact-ellipsis"),
        (EXACT, '"each allegation … is reported"', "citation-exact-ellipsis"),
        (EXACT, '"each allegation . . . is reported"', "citation-exact-ellipsis"),
        (EXACT, '"' + "every word of a whole paragraph " * 8 + 'end"', "citation-exact-length"),
        ('"shall ensure that"', '"shall ensure that"@en', "citation-prefix"),
        ('"shall ensure that"', '"that" , "ensure that"', "citation-prefix"),
        ('"shall ensure that"', '"shall [2] ensure"', "citation-affix-brackets"),
        ('"to the centre" ; onr:l', '"... to the centre" ; onr:l', "citation-affix-ellipsis"),
        ('"to the centre" ; onr:l', f'"{"to the " * 20}centre" ; onr:l', "citation-suffix"),
        ('"section 1(a)"', "1", "citation-locator"),
        ("onr:stance onr:supports ; onr:standing onr:law", "onr:standing onr:law", "citation-stance"),
        ("onr:stance onr:disputes", "onr:stance onr:refutes", "citation-stance"),
        ("onr:standing onr:reporting", "onr:standing onr:rumour", "citation-standing"),
        ("onr:standing onr:argument ;", "", "citation-standing"),
        (
            "onr:standing onr:argument ;",
            "onr:standing onr:argument , onr:law ;",
            "citation-standing citation-law",
        ),
        ("onr:saidBy office:jic ;", "", "citation-said-by"),
        (
            "onr:standing onr:argument ; onr:saidBy office:jic ;",
            "onr:standing onr:allegation ;",
            "citation-said-by",
        ),
        ("onr:saidBy office:jic ;", "onr:saidBy office:unknown ;", "citation-speaker"),
        ("onr:saidBy office:jic ;", 'onr:saidBy "critics" ;', "citation-speaker"),
        ("onr:reference source:article.ref-3 .", "onr:reference source:article .", "citation-reference"),
        ("onr:reference source:article.ref-3 .", 'dcterms:date "2015" .', "citation"),
        (
            "onr:citation claim:two.c-00000001 .",
            "onr:citation claim:two.c-00000001 , claim:one.c-00000001 .",
            "citation-of-claim",
        ),
        ("onr:standing onr:reporting", "onr:standing onr:law", "citation-law"),
    ],
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
    "gap": [
        (GAP, "claim:three a onr:Gap ;", "gap-claim"),
        (
            GAP,
            "claim:three.gap a onr:MissingFact ; onr:missingAbout office:jic .\n" + GAP,
            "gap-missing-fact",
        ),
        (GAP, GAP + " onr:lackedBy office:jic ;", "gap-missing-fact claim"),
        ('onr:statement "No source says when it was renamed."@en ;', "", "claim-statement"),
        (GAP, "claim:three a onr:Claim ;", "claim-support"),
    ],
    "conflict": [
        ("onr:between claim:one , claim:two", "onr:between claim:one", "conflict-between"),
        ("onr:between claim:one , claim:two", "onr:between claim:one , claim:none", "conflict-between"),
        ("onr:between claim:one , claim:two", "onr:between claim:one , source:law", "conflict-between"),
        ("onr:separatedBy onr:byDate ;", "", "conflict-separated-by"),
        ("onr:separatedBy onr:byDate", "onr:separatedBy onr:byTaste", "conflict-separated-by"),
        ('"The first is of 2015, the second of 2020."@en', '"Of 2015 and of 2020."', "conflict-explanation"),
        ("conflict:one-or-two a onr:Conflict ;", "conflict:one-or-two", "conflict-type"),
        (
            "conflict:one-or-two a onr:Conflict ;",
            "conflict:one-or-two a onr:Conflict ; rdfs:label 'x' ;",
            "conflict",
        ),
        ("conflict:one-or-two", "conflict:One_or_two", "conflict-iri"),
    ],
    "assessment": [
        ("onr:verdict onr:upheld ;", "", "assessment-verdict"),
        ("onr:verdict onr:upheld", "onr:verdict onr:confirmed", "assessment-verdict"),
        ("onr:basis claim:two ;", "", "assessment-basis"),
        ("onr:basis claim:two", "onr:basis claim:none", "assessment-basis"),
        ("onr:basis claim:two", "onr:basis claim:one", "assessment-not-own-basis"),
        ('onr:reason "The other law says so." ;', "", "assessment-reason"),
        ('"2026-11-20"^^xsd:date', '"2026-11"^^xsd:gYearMonth', "assessment-day"),
        ("onr:verdict onr:upheld ;", "onr:verdict onr:upheld ; onr:author 'us' ;", "assessment"),
    ],
    "waiver": [
        ('onr:rule "wording-figure" ;', "", "waiver-rule"),
        ('"wording-figure"', '"all rules"', "waiver-rule"),
        ('"The figure stands in the title."', '"Because."', "waiver-reason"),
        ('onr:author "OnRecord editors" ;', "", "waiver-author"),
        ('onr:waivedOn "2026-11-19"^^xsd:date', 'onr:waivedOn "2026-11-19"', "waiver-day"),
        (
            'onr:author "OnRecord editors" ;',
            'onr:author "OnRecord editors" ; onr:verdict onr:upheld ;',
            "waiver",
        ),
    ],
    "review": [
        ("onr:ofCitation claim:one.c-00000001", "onr:ofCitation claim:one", "review-citation"),
        ("onr:ofCitation claim:one.c-00000001 ;", "", "review-citation"),
        ("onr:verdict onr:confirmed", "onr:verdict onr:upheld", "review-verdict"),
        ('onr:method "Read in full by a second editor." ;', "", "review-method"),
        ('"2026-11-17"^^xsd:date', '"17 November"', "review-day"),
        (f'onr:digest "sha256:{DIGEST}"', 'onr:digest "sha256:0"', "review-digest"),
        ("onr:verdict onr:confirmed", "onr:verdict onr:confirmed ; rdfs:comment 'fine'", "review"),
        ("[] a onr:Review ; onr:ofCitation", "[] onr:ofCitation", "review-type"),
    ],
    "retirement": [
        ("onr:retirementKind onr:superseded ;", "", "retirement-kind"),
        ("onr:retirementKind onr:superseded", "onr:retirementKind onr:deleted", "retirement-kind"),
        ("onr:replacedBy claim:two ;", "", "retirement-successor"),
        ("onr:replacedBy claim:two", "onr:replacedBy claim:none", "retirement-replaced-by"),
        ("onr:replacedBy claim:two", "onr:replacedBy claim:one", "retirement-cycle"),
        ('onr:reason "A newer law." ;', "", "retirement-reason"),
        ('"2026-11-18"^^xsd:date', '"2026"^^xsd:gYear', "retirement-day"),
        ('onr:reason "A newer law." ;', 'onr:reason "A newer law." ; onr:basis claim:two ;', "retirement"),
    ],
    "entity": [
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
    "what belongs into a graph": [
        (TWO, "claim:two.referral a ov:Referral ; ov:from office:jic .\n" + TWO, "outside-graph"),
        (TWO, TWO + " ov:matter matter:fraud ;", "claim outside-graph"),
        (TWO, "office:ice ov:headedBy office:jic .\n" + TWO, "outside-graph"),
    ],
}
CASES = [
    pytest.param(SOURCES if family in ABOUT_SOURCES else CLAIMS, *case, id=f"{family} {n}")
    for family, cases in CHANGES.items()
    for n, case in enumerate(cases)
]


@pytest.mark.parametrize("part", [SOURCES, CLAIMS])
def test_a_sound_record_breaks_no_shape(record: Check, part: str) -> None:
    assert record(part) == set()


@pytest.mark.parametrize(("part", "sound", "broken", "rules"), CASES)
def test_a_mistake_breaks_the_shapes_made_for_it(
    record: Check, part: str, sound: str, broken: str, rules: str
) -> None:
    assert sound in part
    assert record(part.replace(sound, broken, 1)) == set(rules.split())


@pytest.mark.parametrize(
    ("kind", "name", "rule"),
    [
        ("claim", "Two", "claim-iri"),
        ("claim", "two--and", "claim-iri"),
        ("claim", "two_three", "claim-iri"),
        ("claim", "../../etc/passwd", "claim-iri"),
        ("claim", "a" * 200, "claim-iri"),
        ("source", "Law", "source-iri"),
        ("source", "..%2f..%2flaw", "source-iri"),
        ("source", "law.txt", "source-iri"),
    ],
)
def test_a_name_that_is_no_slug_is_refused(record: Check, kind: str, name: str, rule: str) -> None:
    old = {"claim": "claim:two ", "source": "source:law "}[kind]
    assert old in CLAIMS
    iri = f"<https://w3id.org/onrecord/kb/{kind}/{name}> "
    assert rule in record(CLAIMS.replace(old, iri))


def test_a_reference_is_named_after_its_source(record: Check) -> None:
    assert record(CLAIMS.replace("article.ref-3", "article.three")) == {"reference-iri"}


def test_a_cycle_of_successors_is_found_however_long_it_is(record: Check) -> None:
    template = """
    claim:{0} a onr:Claim ; onr:statement "This claim was replaced by another."@en ;
        onr:topic topic:referral ;
        onr:citation claim:{0}.c-00000001 ; onr:retirement [ a onr:Retirement ;
            onr:retirementKind onr:superseded ; onr:replacedBy claim:{1} ; onr:reason "A newer one." ;
            onr:retiredOn "2026-11-18"^^xsd:date ] .
    claim:{0}.c-00000001 a onr:Citation ; onr:source source:article ; oa:exact "it was replaced by another" ;
        onr:stance onr:supports ; onr:standing onr:reporting .
    """
    chain = [("a", "b"), ("b", "c"), ("c", "two")]
    assert record(CLAIMS + "".join(template.format(*link) for link in chain)) == set()
    cycle = [*chain[:2], ("c", "a")]
    assert record(CLAIMS + "".join(template.format(*link) for link in cycle)) == {"retirement-cycle"}
