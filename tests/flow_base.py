"""The small base with referrals of every kind: law, practice, alleged, disputed, retired, failing, past."""

from __future__ import annotations

from pathlib import Path

import small_base
from small_base import SmallBase, as_file

LETTERS_TEXT = """\
# Letters to the harbour
The Inspector of Quays returns minor reports to the Board.
Owners say that the Board hands every report back to the harbour master.
Owners may write to the Board or to the Inspector of Quays about theft.
Clerks recall that the harbour master sent reports straight to the Inspector of Quays.
The harbour master tells the Inspector of Quays of each storm.
"""
SOURCES = """\
source:letters a onr:Source ; dcterms:title "Letters to the harbour" ; dcterms:publisher "The Quay Paper" ;
  dcterms:type "news" ; onr:tier onr:secondary ; dcterms:issued "2024-06-01"^^xsd:date ;
  schema:url "https://harbour.example/letters"^^xsd:anyURI ; dcterms:rights "written for these tests" .
"""
CLAIMS = """\
GRAPH claim:board-may-refer-reports {
  claim:board-may-refer-reports.referral a ov:Referral ; ov:from office:harbour-board ;
    ov:to office:inspector-of-quays ; ov:obligation ov:may ; ov:matter matter:fraud ;
    ov:condition "unless the owner objects in writing"@en ; ov:legalBasis source:harbour-rules .
}
claim:board-may-refer-reports a onr:Claim ;
  onr:statement "The Harbour Board may refer a report to the Inspector, unless the owner objects."@en ;
  onr:citation [ onr:source source:harbour-rules ; onr:locator "9 CFR 12.1(b)" ; onr:stance onr:supports ;
    onr:standing onr:law ; oa:exact "may refer a report to the Inspector of Quays" ;
    oa:suffix "unless the owner objects" ] .

GRAPH claim:inspector-returns-minor-reports {
  claim:inspector-returns-minor-reports.referral a ov:Referral ; ov:from office:inspector-of-quays ;
    ov:to office:harbour-board ; ov:obligation ov:inPractice ; ov:matter matter:misconduct ;
    ov:condition "minor reports"@en .
}
claim:inspector-returns-minor-reports a onr:Claim ;
  onr:statement "In practice the Inspector of Quays returns minor reports to the Harbour Board."@en ;
  onr:citation [ onr:source source:letters ; onr:stance onr:supports ; onr:standing onr:reporting ;
    oa:exact "The Inspector of Quays returns minor reports to the Board" ] ;
  onr:assessment [ onr:verdict onr:unproven ; onr:basis claim:damage-goes-to-the-board ;
    onr:reason "Only the paper says so." ; onr:assessedOn "2026-11-04"^^xsd:date ] .

GRAPH claim:board-hands-reports-back {
  claim:board-hands-reports-back.referral a ov:Referral ; ov:from office:harbour-board ;
    ov:to office:harbour-master .
}
claim:board-hands-reports-back a onr:Claim ;
  onr:statement "Owners say that the Harbour Board hands every report back to the harbour master."@en ;
  onr:citation [ onr:source source:letters ; onr:stance onr:supports ; onr:standing onr:allegation ;
    onr:saidBy group:owners ; oa:prefix "Owners say that" ;
    oa:exact "the Board hands every report back to the harbour master" ] .

GRAPH claim:owners-may-write-to-either {
  claim:owners-may-write-to-either.referral a ov:Referral ; ov:from group:owners ;
    ov:toOneOf office:harbour-board , office:inspector-of-quays ; ov:obligation ov:may ;
    ov:matter matter:fraud .
}
claim:owners-may-write-to-either a onr:Claim ;
  onr:statement "Owners may write to the Harbour Board or to the Inspector of Quays about theft."@en ;
  onr:citation [ onr:source source:letters ; onr:stance onr:supports ; onr:standing onr:reporting ;
    oa:exact "may write to the Board or to the Inspector of Quays" ] .

GRAPH claim:master-sent-reports-straight {
  claim:master-sent-reports-straight.referral a ov:Referral ; ov:from office:harbour-master ;
    ov:to office:inspector-of-quays ; ov:obligation ov:inPractice .
}
claim:master-sent-reports-straight a onr:Claim ; onr:validThrough "2022"^^xsd:gYear ;
  onr:statement "Until 2022 the harbour master sent reports straight to the Inspector of Quays."@en ;
  onr:citation [ onr:source source:letters ; onr:stance onr:supports ; onr:standing onr:reporting ;
    oa:exact "the harbour master sent reports straight to the Inspector of Quays" ] .

GRAPH claim:inspector-tells-owners {
  claim:inspector-tells-owners.referral a ov:Referral ; ov:from office:inspector-of-quays ;
    ov:to group:owners .
}
claim:inspector-tells-owners a onr:Claim ;
  onr:statement "The Inspector of Quays tells owners."@en ;
  onr:citation [ onr:source source:letters ; onr:stance onr:supports ; onr:standing onr:reporting ;
    oa:exact "no letter ever held these words at all" ] .

GRAPH claim:master-tells-owners {
  claim:master-tells-owners.referral a ov:Referral ; ov:from office:harbour-master ; ov:to group:owners .
}
claim:master-tells-owners a onr:Claim ;
  onr:statement "The harbour master tells owners."@en ;
  onr:citation [ onr:source source:letters ; onr:stance onr:supports ; onr:standing onr:reporting ;
    oa:exact "the harbour master sent reports straight" ] ;
  onr:retirement [ onr:retirementKind onr:retracted ; onr:reason "Misread." ;
    onr:retiredOn "2026-11-02"^^xsd:date ] .

GRAPH claim:master-reports-storms {
  claim:master-reports-storms.function a ov:Function ; ov:by office:harbour-master ;
    ov:to office:inspector-of-quays ; ov:activity activity:report .
}
claim:master-reports-storms a onr:Claim ;
  onr:statement "The harbour master reports each storm to the Inspector of Quays."@en ;
  onr:citation [ onr:source source:letters ; onr:stance onr:supports ; onr:standing onr:officialStatement ;
    oa:exact "The harbour master tells the Inspector of Quays of each storm" ] .

conflict:where-reports-go a onr:Conflict ;
  onr:between claim:board-hands-reports-back , claim:damage-goes-to-the-board ;
  onr:separatedBy onr:byStanding ; onr:explanation "The rules send reports the other way."@en .
"""


def make(folder: Path) -> SmallBase:
    """Make the base in a folder, with the texts of its sources and proofs for what they hold."""
    small = small_base.make(folder, proved=False)
    (small.layout.facts / "sources-letters.ttl").write_bytes(as_file(SOURCES))
    (small.layout.claims / "letters.trig").write_bytes(as_file(CLAIMS))
    small.file_text("letters", LETTERS_TEXT)
    small.kb().prove()
    return small
