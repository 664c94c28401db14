"""Shapes of claims, citations and gaps: what is sound passes, mistakes are found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Check = Callable[[str], set[str]]
CITED = """
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
    onr:citation claim:one.c-00000001 , claim:one.c-00000002 .
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
"""

ONE = '"A facility must report every allegation to the centre."@en'
EXACT = '"each allegation is reported"'
GAP = "claim:three a onr:Claim , onr:Gap ;"
TWO = "claim:two a onr:Claim ;"
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
        ("claim:one a onr:Claim ;", "claim:one", "claim-type"),
    ],
    "citation": [
        ("onr:source source:law ; oa:prefix", "oa:prefix", "citation-source"),
        ("onr:source source:law ; oa:prefix", "onr:source source:lore ; oa:prefix", "citation-source"),
        (f"oa:exact {EXACT} ;", "", "citation-exact"),
        (EXACT, EXACT + "@en", "citation-exact"),
        (EXACT, EXACT + ' , "reported to the centre"', "citation-exact"),
        (EXACT, '"""each allegation\nis reported"""', "citation-exact-one-line"),
        (EXACT, '" each allegation is reported"', "citation-exact-one-line"),
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
        (
            "onr:stance onr:supports ; onr:standing onr:law",
            "onr:standing onr:law",
            "citation-stance claim-support",
        ),
        ("onr:stance onr:disputes", "onr:stance onr:refutes", "citation-stance"),
        (
            "onr:standing onr:reporting",
            "onr:standing onr:rumour",
            "citation-standing citation-said-by citation-law",
        ),
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
    "what belongs into a graph": [
        (TWO, "claim:two.referral a ov:Referral ; ov:from office:jic .\n" + TWO, "outside-graph"),
        (TWO, TWO + " ov:matter matter:fraud ;", "claim outside-graph"),
        (TWO, "office:ice ov:headedBy office:jic .\n" + TWO, "outside-graph"),
    ],
}
CASES = [
    pytest.param(*case, id=f"{family} {n}")
    for family, cases in CHANGES.items()
    for n, case in enumerate(cases)
]


def test_a_sound_record_breaks_no_shape(record: Check) -> None:
    assert record(CITED) == set()


@pytest.mark.parametrize(("sound", "broken", "rules"), CASES)
def test_a_mistake_breaks_the_shapes_made_for_it(record: Check, sound: str, broken: str, rules: str) -> None:
    assert sound in CITED
    assert record(CITED.replace(sound, broken, 1)) == set(rules.split())


@pytest.mark.parametrize("name", ["Two", "two--and", "two_three", "../../etc/passwd", "a" * 200])
def test_a_name_that_is_no_slug_is_refused(record: Check, name: str) -> None:
    iri = f"<https://w3id.org/onrecord/kb/claim/{name}> "
    assert "claim-iri" in record(CITED.replace("claim:two ", iri))
