"""Shapes of what claims assert: sound nodes pass, and each mistake breaks the shapes made for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Check = Callable[[str], set[str]]

TYPES = """
office:jic a ov:Office . office:oig a ov:Office . office:head a ov:Position . group:staff a ov:Group .
programme:line a ov:Programme . system:files a ov:System . source:law a onr:Source . claim:one a onr:Claim .
"""
RELATIONS = """
office:jic ov:partOf office:oig ; ov:reportsTo office:head ; ov:headedBy office:head ;
        ov:manages programme:line ;
    ov:operates system:files ; ov:successorOf office:oig ; ov:worksWith office:oig .
"""
REFERRAL = """
claim:one.referral a ov:Referral ; ov:from office:jic , group:staff ; ov:to office:head ;
    ov:toOneOf office:oig , office:jic ; ov:matter matter:fraud , matter:waste ; ov:obligation ov:must ;
    ov:condition "where it may be a crime"@en ; ov:timeLimit "within five days"@en ;
        ov:legalBasis source:law .
"""
JURISDICTION = """
claim:one.cases a ov:Jurisdiction ; ov:by office:oig ;
    ov:over group:staff ; ov:matter matter:corruption ; ov:condition "if it chooses to"@en ;
    ov:obligation ov:may ; ov:legalBasis source:law .
"""
FUNCTION = """
claim:one.duty a ov:Function ; ov:by office:head ; ov:activity activity:report ; ov:to office:oig ;
    ov:about group:staff ; ov:timeLimit "every year"@en ; ov:obligation ov:inPractice .
"""
CHANNEL = """
claim:one.phone a ov:Channel ; ov:channelOf office:jic ; ov:channelKind channel:telephone ;
    ov:value "833-4LINE-UP" ; ov:matter matter:misconduct .
claim:one.mail a ov:Channel ; ov:channelOf programme:line ; ov:channelKind channel:e-mail ;
    ov:value "line@example.org" .
claim:one.form a ov:Channel ; ov:channelOf office:oig ; ov:channelKind channel:web-form .
"""
INVESTIGATION = """
claim:one.inquiry a ov:Investigation ; ov:by office:oig ; ov:about group:staff ;
        ov:opened "2019-03"^^xsd:gYearMonth ;
    ov:closed "2020"^^xsd:gYear ; ov:outcome outcome:closed ; ov:outcomeNote "No charges were brought."@en .
"""
OBSERVATION = """
claim:one.count a ov:Observation ; ov:about group:staff ; ov:measure "complaints investigated"@en ;
    ov:value 570 ; ov:unit "complaints" ; ov:period "2010 to 2016" ; ov:population "all complaints" ;
    ov:denominator 33126.0 ; ov:matter matter:sexual-abuse .
"""
RECOMMENDATION = """
claim:one.advice a ov:Recommendation ; ov:by office:oig ; ov:to office:jic ; ov:activity activity:train ;
    ov:status status:closed ; ov:matter matter:misconduct .
"""
APPRAISAL = """
claim:one.view a ov:Appraisal ; ov:of office:oig , programme:line ; ov:aspect aspect:independence ;
    ov:madeBy group:staff .
"""
MISSING = """
claim:one.gap a onr:MissingFact ; onr:lackedBy office:jic ; onr:missingAbout office:oig , source:law ;
    onr:missingProperty "date of the change" ; ov:matter matter:fraud .
"""
FAMILIES = {
    "relations": RELATIONS,
    "referral": REFERRAL,
    "jurisdiction": JURISDICTION,
    "function": FUNCTION,
    "channel": CHANNEL,
    "investigation": INVESTIGATION,
    "observation": OBSERVATION,
    "recommendation": RECOMMENDATION,
    "appraisal": APPRAISAL,
    "missing fact": MISSING,
}
CHANGES: dict[str, list[tuple[str, str, str]]] = {
    "relations": [
        ("ov:partOf office:oig", "ov:partOf office:unknown", "relation-part-of"),
        ("ov:partOf office:oig", 'ov:partOf "the department"', "relation-part-of"),
        ("ov:reportsTo office:head", "ov:reportsTo source:law", "relation-reports-to"),
        ("ov:headedBy office:head", "ov:headedBy claim:one", "relation-headed-by"),
        ("ov:manages programme:line", "ov:manages office:oig", "relation-manages"),
        ("ov:operates system:files", "ov:operates programme:line", "relation-operates"),
        ("ov:successorOf office:oig", "ov:successorOf office:former", "relation-successor-of"),
        ("ov:worksWith office:oig", "ov:worksWith matter:fraud", "relation-works-with"),
        ("office:jic ov:partOf", "office:new ov:partOf", "relation-subject"),
        ("ov:partOf office:oig", 'skos:altLabel "Intake"@en', "relation"),
        ("ov:partOf office:oig", "ov:matter matter:fraud", "relation asserted-type"),
        ("office:jic ov:partOf", 'source:law dcterms:title "Law" . office:jic ov:partOf', "asserted-record"),
        (
            "office:jic ov:partOf",
            "claim:one onr:topic topic:referral . office:jic ov:partOf",
            "asserted-record",
        ),
        ("office:jic ov:partOf", 'matter:fraud skos:prefLabel "f" . office:jic ov:partOf', "asserted-record"),
    ],
    "referral": [
        ("ov:from office:jic , group:staff ;", "", "referral-from"),
        ("ov:from office:jic", "ov:from office:jick", "referral-from"),
        ("ov:to office:head", "ov:to programme:none", "referral-to"),
        ("ov:toOneOf office:oig , office:jic", "ov:toOneOf office:oig , source:law", "referral-to-one-of"),
        ("ov:toOneOf office:oig , office:jic", "ov:toOneOf office:oig", "referral-choice-size"),
        ("ov:toOneOf office:oig , office:jic", "ov:toOneOf office:oig , office:head", "referral-choice"),
        ("ov:to office:head ;\n    ov:toOneOf office:oig , office:jic ;", "", "referral-recipient"),
        ("matter:fraud", "topic:referral", "asserted-matter"),
        ("matter:fraud", "matter:fraude", "asserted-matter"),
        ("ov:obligation ov:must", "ov:obligation ov:must , ov:may", "asserted-obligation"),
        ("ov:obligation ov:must", 'ov:obligation "must"', "asserted-obligation"),
        ('"where it may be a crime"@en', '"where it may be a crime"', "asserted-condition"),
        ('"within five days"@en', '"P5D"^^xsd:duration', "asserted-time-limit"),
        ('"within five days"@en', '"within five days"@en , "soon"@en', "asserted-time-limit"),
        ("ov:legalBasis source:law", "ov:legalBasis source:lore", "asserted-legal-basis"),
        ("ov:legalBasis source:law", 'rdfs:label "from here to there"', "referral"),
        ("ov:legalBasis source:law", "ov:by office:jic", "referral"),
        ("a ov:Referral ;", "", "asserted-type"),
        ("a ov:Referral ;", "a ov:Handover ;", "asserted-type"),
        ("a ov:Referral ;", "a ov:Referral , ov:Channel ;", "asserted-type channel channel-of channel-kind"),
        ("claim:one.referral", "claim:one-referral", "asserted-iri"),
        ("claim:one.referral", "[]", "asserted-iri"),
    ],
    "jurisdiction": [
        ("ov:by office:oig ;", "", "jurisdiction-by"),
        ("ov:over group:staff", 'ov:over "employees"', "jurisdiction-over"),
        (
            'ov:over group:staff ; ov:matter matter:corruption ; ov:condition "if it chooses to"@en ;',
            "",
            "jurisdiction-scope",
        ),
        ("ov:legalBasis source:law", 'ov:timeLimit "soon"@en', "jurisdiction"),
    ],
    "function": [
        ("ov:by office:head ;", "", "function-by"),
        ("ov:activity activity:report ;", "", "function-activity"),
        ("activity:report", "activity:reports", "function-activity"),
        ("activity:report", "outcome:closed", "function-activity"),
        ("ov:to office:oig", 'ov:to "Congress"', "function-to"),
        ("ov:about group:staff", "ov:about matter:fraud", "function-about"),
        ("ov:about group:staff", "ov:over group:staff", "function"),
    ],
    "channel": [
        ("ov:channelOf office:jic ;", "", "channel-of"),
        ("ov:channelOf office:jic", "ov:channelOf office:jic , office:oig", "channel-of"),
        ("ov:channelOf office:jic", "ov:channelOf group:staff", "channel-of"),
        ("ov:channelKind channel:telephone ;", "", "channel-kind"),
        ("ov:channelKind channel:telephone", "ov:channelKind activity:report", "channel-kind"),
        ('"833-4LINE-UP"', "8334", "channel-value channel-telephone"),
        ('"833-4LINE-UP"', '"call us"', "channel-telephone"),
        ('"line@example.org"', '"line at example.org"', "channel-e-mail"),
        ('ov:value "line@example.org"', 'ov:value "line@example.org" ; ov:unit "address"', "channel"),
    ],
    "investigation": [
        (INVESTIGATION, "claim:one.inquiry a ov:Investigation ; ov:by office:oig .", "investigation-content"),
        ("ov:by office:oig ;", "", "investigation-by"),
        ("ov:about group:staff", 'ov:about "agents"', "investigation-about"),
        ('"2019-03"^^xsd:gYearMonth', '"2019-3"^^xsd:gYearMonth', "investigation-opened"),
        ('"2020"^^xsd:gYear', '"2020"', "investigation-closed"),
        ("outcome:closed", "status:closed", "investigation-outcome"),
        ('"No charges were brought."@en', '"No charges were brought."', "investigation-outcome-note"),
        ("ov:about group:staff", "ov:over group:staff", "investigation"),
    ],
    "observation": [
        ("ov:about group:staff ;", "", "observation-about"),
        ('ov:measure "complaints investigated"@en ;', "", "observation-measure"),
        ('"complaints investigated"@en', '"complaints"@en , "investigated"@en', "observation-measure"),
        ("ov:value 570", 'ov:value "570"', "observation-value"),
        ("ov:value 570", "ov:value 570 , 247", "observation-value"),
        ("ov:value 570", "ov:value 5.7e2", "observation-value"),
        ("ov:value 570 ;", "", "observation-part"),
        ('ov:unit "complaints"', "ov:unit matter:fraud", "observation-unit"),
        ('ov:period "2010 to 2016"', 'ov:period "2010"^^xsd:gYear', "observation-period"),
        ('ov:population "all complaints"', "ov:population group:staff", "observation-population"),
        ("ov:denominator 33126.0", "ov:denominator 0", "observation-denominator"),
        ("ov:denominator 33126.0", 'ov:share "half"', "observation"),
    ],
    "recommendation": [
        ("ov:by office:oig ;", "", "recommendation-by"),
        ("ov:to office:jic ;", "", "recommendation-to"),
        ("activity:train", '"train staff"@en', "recommendation-activity"),
        ("status:closed", "status:closed , status:open", "recommendation-status"),
        ("status:closed", "outcome:closed", "recommendation-status"),
        ("ov:status status:closed", "ov:aspect aspect:capacity", "recommendation"),
    ],
    "appraisal": [
        ("ov:of office:oig , programme:line ;", "", "appraisal-of"),
        ("ov:aspect aspect:independence ;", "", "appraisal-aspect"),
        ("aspect:independence", "topic:independence", "appraisal-aspect"),
        ("ov:madeBy group:staff", 'ov:madeBy "critics"', "appraisal-made-by"),
        ("ov:madeBy group:staff", "ov:by group:staff", "appraisal"),
    ],
    "missing fact": [
        ("onr:missingAbout office:oig , source:law ;", "", "missing-fact-about"),
        ("onr:missingAbout office:oig", "onr:missingAbout office:nobody", "missing-fact-about"),
        ('onr:missingProperty "date of the change" ;', "", "missing-fact-property"),
        ('"date of the change"', '""', "missing-fact-property"),
        ("onr:lackedBy office:jic", 'onr:lackedBy "ICE"', "missing-fact-lacked-by"),
        ("ov:matter matter:fraud", "ov:successorOf office:jic", "missing-fact relation-subject"),
    ],
}
CASES = [
    pytest.param(FAMILIES[family], *case, id=f"{family} {n}")
    for family, cases in CHANGES.items()
    for n, case in enumerate(cases)
]


@pytest.mark.parametrize("family", FAMILIES)
def test_sound_nodes_break_no_shape(assertion: Check, family: str) -> None:
    assert assertion(TYPES + FAMILIES[family]) == set()


@pytest.mark.parametrize(("nodes", "sound", "broken", "rules"), CASES)
def test_a_mistake_breaks_the_shapes_made_for_it(
    assertion: Check, nodes: str, sound: str, broken: str, rules: str
) -> None:
    assert sound in nodes
    assert assertion(TYPES + nodes.replace(sound, broken, 1)) == set(rules.split())


def test_a_missing_property_may_be_named_by_its_iri(assertion: Check) -> None:
    assert assertion(TYPES + MISSING.replace('"date of the change"', "ov:successorOf")) == set()


def test_one_possible_recipient_needs_no_certain_one(assertion: Check) -> None:
    assert assertion(TYPES + REFERRAL.replace("ov:to office:head ;", "")) == set()
