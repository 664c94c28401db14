"""Shapes of conflicts, assessments, waivers, reviews, retirements: sound ones pass, mistakes are found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Check = Callable[[str], set[str]]

DIGEST = "0123456789abcdef" * 4
DECIDED = f"""
source:law a onr:Source ; dcterms:title "A law" ; dcterms:publisher "Congress" ;
    dcterms:type "statute-regulation" ; onr:tier onr:primary .
claim:one a onr:Claim ; onr:statement "A facility must report to the centre."@en ; onr:topic topic:referral ;
    onr:citation claim:one.c-00000001 ;
    onr:assessment [ a onr:Assessment ; onr:verdict onr:upheld ; onr:basis claim:two ;
        onr:reason "The other law says so." ; onr:assessedOn "2026-11-20"^^xsd:date ] ;
    onr:waiver [ a onr:Waiver ; onr:rule "wording-figure" ; onr:reason "The figure stands in the title." ;
        onr:author "OnRecord editors" ; onr:waivedOn "2026-11-19"^^xsd:date ] ;
    onr:retirement [ a onr:Retirement ; onr:retirementKind onr:superseded ; onr:replacedBy claim:two ;
        onr:reason "A newer law." ; onr:retiredOn "2026-11-18"^^xsd:date ] .
claim:one.c-00000001 a onr:Citation ; onr:source source:law ; oa:exact "shall report to the centre" ;
    onr:stance onr:supports ; onr:standing onr:law .
claim:two a onr:Claim ; onr:statement "A facility may report to the office."@en ; onr:topic topic:referral ;
    onr:citation claim:two.c-00000001 .
claim:two.c-00000001 a onr:Citation ; onr:source source:law ; oa:exact "may report to the office" ;
    onr:stance onr:supports ; onr:standing onr:law .

conflict:one-or-two a onr:Conflict ; onr:between claim:one , claim:two ; onr:separatedBy onr:byDate ;
    onr:explanation "The first is of 2015, the second of 2020."@en .
[] a onr:Review ; onr:ofCitation claim:one.c-00000001 ; onr:verdict onr:confirmed ;
    onr:method "Read in full by a second editor." ; onr:reviewedOn "2026-11-17"^^xsd:date ;
    onr:digest "sha256:{DIGEST}" .
"""

CHANGES: dict[str, list[tuple[str, str, str]]] = {
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
        ("onr:assessment [", "onr:assessment 'upheld' ; onr:assessment [", "claim-assessment"),
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
        (
            "onr:waiver [ a onr:Waiver",
            "onr:waiver [ a onr:Assessment",
            "claim-waiver assessment assessment-of-claim assessment-verdict assessment-basis assessment-day",
        ),
        ("onr:waiver [ a onr:Waiver", "onr:basis [ a onr:Waiver", "waiver-of-claim claim"),
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
        ("onr:verdict onr:confirmed", "onr:verdict onr:partly ; onr:reason 'one' , 'two'", "review-reason"),
        ("[] a onr:Review ; onr:ofCitation", "[] onr:ofCitation", "review-type"),
    ],
    "retirement": [
        ("onr:retirement [", "onr:retirement claim:two ; onr:retirement [", "claim-retirement"),
        ("onr:retirement [", "onr:basis [", "claim retirement-of-claim"),
        ("onr:retirementKind onr:superseded ;", "", "retirement-kind"),
        ("onr:retirementKind onr:superseded", "onr:retirementKind onr:deleted", "retirement-kind"),
        ("onr:replacedBy claim:two ;", "", "retirement-successor"),
        ("onr:replacedBy claim:two", "onr:replacedBy claim:none", "retirement-replaced-by"),
        ("onr:replacedBy claim:two", "onr:replacedBy claim:one", "retirement-cycle"),
        ('onr:reason "A newer law." ;', "", "retirement-reason"),
        ('"2026-11-18"^^xsd:date', '"2026"^^xsd:gYear', "retirement-day"),
        ('onr:reason "A newer law." ;', 'onr:reason "A newer law." ; onr:basis claim:two ;', "retirement"),
    ],
}
CASES = [
    pytest.param(*case, id=f"{family} {n}")
    for family, cases in CHANGES.items()
    for n, case in enumerate(cases)
]


def test_a_sound_record_breaks_no_shape(record: Check) -> None:
    assert record(DECIDED) == set()


@pytest.mark.parametrize(("sound", "broken", "rules"), CASES)
def test_a_mistake_breaks_the_shapes_made_for_it(record: Check, sound: str, broken: str, rules: str) -> None:
    assert sound in DECIDED
    assert record(DECIDED.replace(sound, broken, 1)) == set(rules.split())


def test_a_cycle_of_successors_is_found_however_long_it_is(record: Check) -> None:
    template = """
    claim:{0} a onr:Claim ; onr:statement "This claim was replaced by another."@en ;
        onr:topic topic:referral ;
        onr:citation claim:{0}.c-00000001 ; onr:retirement [ a onr:Retirement ;
            onr:retirementKind onr:superseded ; onr:replacedBy claim:{1} ; onr:reason "A newer one." ;
            onr:retiredOn "2026-11-18"^^xsd:date ] .
    claim:{0}.c-00000001 a onr:Citation ; onr:source source:law ; oa:exact "it was replaced by another" ;
        onr:stance onr:supports ; onr:standing onr:reporting .
    """
    chain = [("a", "b"), ("b", "c"), ("c", "two")]
    assert record(DECIDED + "".join(template.format(*link) for link in chain)) == set()
    cycle = [*chain[:2], ("c", "a")]
    assert record(DECIDED + "".join(template.format(*link) for link in cycle)) == {"retirement-cycle"}
