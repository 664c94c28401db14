"""The small base with all that may be said about a claim: retired, contradicted, in conflict, a gap."""

from __future__ import annotations

from pathlib import Path

import small_base
from small_base import SmallBase, as_file

MORE_SOURCES = """\
source:harbour-report a onr:Source ; dcterms:title "Annual report, with a \\u001B[31mred\\u001B[0m title" ;
  dcterms:publisher "Inspector of Quays" , "Harbour Board" ; dcterms:type "agency-page" ;
  onr:tier onr:primary ;
  onr:dateWording "spring 2024" ; schema:url "https://harbour.example/report?y=2024"^^xsd:anyURI ;
  dcterms:rights "written for these tests" ; onr:note "Only a summary was read." .
source:quay-paper onr:hasReference source:quay-paper.ref-2 .
source:quay-paper.ref-2 a onr:Reference ; onr:marker "[2]" ; onr:unresolved "no list of sources was kept" .
"""
MORE_CLAIMS = """\
GRAPH claim:line-open-on-weekends {
  claim:line-open-on-weekends.channel a ov:Channel ; ov:channelOf office:harbour-board ;
    ov:channelKind channel:telephone ; ov:value "555-0143" .
}
claim:line-open-on-weekends a onr:Claim ;
  onr:statement "Owners can call the harbour line at 555-0143 on weekends."@en ;
  onr:topic topic:contact ; onr:validFrom "2020"^^xsd:gYear ; onr:validThrough "2024-05"^^xsd:gYearMonth ;
  dcterms:created "2026-10-01"^^xsd:date ;
  onr:citation [ onr:source source:quay-paper ; onr:stance onr:supports ; onr:standing onr:reporting ;
    onr:saidBy group:owners ; onr:reference source:quay-paper.ref-1 , source:quay-paper.ref-2 ;
    oa:exact "Owners can call the board on weekends" ] ;
  onr:retirement [ onr:retirementKind onr:superseded ; onr:replacedBy claim:line-open-on-weekdays ;
    onr:reason "The paper says weekdays." ; onr:retiredOn "2026-11-02"^^xsd:date ] .

GRAPH claim:line-open-on-weekdays {
  claim:line-open-on-weekdays.channel a ov:Channel ; ov:channelOf office:harbour-board ;
    ov:channelKind channel:telephone ; ov:value "555-0143" .
}
claim:line-open-on-weekdays a onr:Claim ;
  onr:statement "Owners can call the harbour line at 555-0143 on weekdays."@en ;
  onr:topic topic:contact ; onr:timeWording "on weekdays" ; dcterms:created "2026-11-02"^^xsd:date ;
  onr:citation [ onr:source source:quay-paper ; onr:stance onr:supports ; onr:standing onr:reporting ;
    oa:exact "at 555-0143 on weekdays" ] ;
  onr:waiver [ onr:rule "across-secondary" ; onr:reason "The board prints no number." ;
    onr:author "OnRecord editors" ; onr:waivedOn "2026-11-03"^^xsd:date ] .

GRAPH claim:board-keeps-reports-two-years {
  claim:board-keeps-reports-two-years.function a ov:Function ; ov:by office:harbour-board ;
    ov:activity activity:keep-records ; ov:timeLimit "two years"@en .
}
claim:board-keeps-reports-two-years a onr:Claim ;
  onr:statement "Critics say that the Harbour Board keeps reports for two years."@en ;
  onr:topic topic:standards ; dcterms:created "2026-11-02"^^xsd:date ;
  onr:citation [ onr:source source:harbour-report ; onr:stance onr:supports ; onr:standing onr:allegation ;
    onr:saidBy group:owners ; onr:locator "p. 7" ; oa:prefix "critics say" ;
    oa:exact "self-kept reports, for two years" ; oa:suffix "and no longer" ] ;
  onr:assessment [ onr:verdict onr:contradicted ; onr:basis claim:board-keeps-reports-five-years ;
    onr:reason "The rules say five years." ; onr:assessedOn "2026-11-04"^^xsd:date ] .

GRAPH claim:board-keeps-reports-five-years {
  claim:board-keeps-reports-five-years.function a ov:Function ; ov:by office:harbour-board ;
    ov:activity activity:keep-records ; ov:obligation ov:must ; ov:timeLimit "five years"@en .
  office:harbour-master ov:reportsTo office:harbour-board .
}
claim:board-keeps-reports-five-years a onr:Claim ;
  onr:statement "The Harbour Board must keep every report of damage in its register for five years."@en ;
  onr:topic topic:standards ; onr:asOf "2020"^^xsd:gYear ; dcterms:created "2026-11-02"^^xsd:date ;
  onr:citation [ onr:source source:harbour-rules ; onr:locator "9 CFR 12.2(a)" ; onr:stance onr:supports ;
    onr:standing onr:law ; oa:exact "keep every report of damage in its register for five years" ] ;
  onr:citation [ onr:source source:harbour-report ; onr:stance onr:qualifies ;
    onr:standing onr:officialStatement ; onr:saidBy office:harbour-board ;
    oa:exact "reports are kept as long as needed" ] .

GRAPH claim:number-of-reports-kept {
  claim:number-of-reports-kept.gap a onr:MissingFact ; onr:lackedBy office:inspector-of-quays ;
    onr:missingAbout office:harbour-board ; onr:missingProperty "number of reports kept" .
}
claim:number-of-reports-kept a onr:Claim , onr:Gap ;
  onr:statement "How many reports the Harbour Board keeps is not on record."@en ;
  onr:topic topic:standards ; dcterms:created "2026-11-02"^^xsd:date ;
  onr:citation [ onr:source source:harbour-report ; onr:stance onr:supports ;
    onr:standing onr:oversightFinding ; oa:exact "no count of the reports kept" ] .

conflict:how-long-reports-are-kept a onr:Conflict ;
  onr:between claim:board-keeps-reports-two-years , claim:board-keeps-reports-five-years ;
  onr:separatedBy onr:byStanding , onr:byDate ; onr:explanation "The law stands above what critics say."@en .
"""
QUESTIONS = {
    "who-keeps": """\
#+ title: Who keeps records
#+ description: Offices that keep records, by office if one is given.
#+ param office: an office (optional)
SELECT ?office ?claim WHERE {
  ?node ov:by ?office ; ov:activity activity:keep-records .
  GRAPH ?claim { ?node a ov:Function }
} ORDER BY ?claim
""",
    "added-since": """\
#+ title: What was added since a date
#+ param since: a date
#+ param at_most: a number (default 10)
#+ param word: a text (default Board)
SELECT ?since ?at_most ?word ?claim WHERE {
  ?claim dcterms:created ?on ; onr:statement ?statement .
  FILTER(?on >= ?since && STRLEN(STR(?on)) <= ?at_most && CONTAINS(?statement, ?word))
} ORDER BY ?claim
""",
}


def make(folder: Path) -> SmallBase:
    """Make the base in a folder, with the two texts of the small base and proofs for what they hold."""
    small = small_base.make(folder, proved=False)
    (small.layout.facts / "sources-more.ttl").write_bytes(as_file(MORE_SOURCES))
    (small.layout.claims / "more.trig").write_bytes(as_file(MORE_CLAIMS))
    small.layout.questions.mkdir()
    for name, text in QUESTIONS.items():
        (small.layout.questions / f"{name}.rq").write_text(text, "utf-8")
    small.kb().prove()
    return small
