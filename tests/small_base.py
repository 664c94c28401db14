"""A small base of its own, made in a temporary folder: a harbour, its rules, and a newspaper."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onrecord.kb import KnowledgeBase
from onrecord.sources.archive import Archive
from onrecord.store.layout import Layout
from onrecord.vocab import PREFIXES

ROOT = Path(__file__).resolve().parents[1]
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + "\n"
DAY = date(2026, 11, 21)

RULES_TEXT = """\
## 9 CFR 12.1 Reports of damage
(a) The harbour master shall report each allegation of damage to the Harbour Board within 7 days.
(b) The Board may refer a report to the Inspector of Quays, unless the owner objects in writing.
## 9 CFR 12.2 Records of damage
(a) The Board shall keep every report of damage in its register for five years.
(b) The Inspector of Quays shall keep every report of damage in its register for ten years.
"""
PAPER_TEXT = """\
Who looks after the quays?
The complaints desk is not the primary office for reporting damage to a quay [1]. The Harbour Board \
closed 41 of 60 reports in 2023 and left the others open [1] [2].
Owners can call the “harbour line” at 555-0143 on weekdays [2]. Owners can call the board on weekends.
"""
ENTITIES = """\
office:harbour-board a ov:Office ; skos:prefLabel "Harbour Board"@en ; skos:altLabel "the Board"@en .
office:harbour-master a ov:Office ; skos:prefLabel "harbour master"@en .
office:inspector-of-quays a ov:Office ; skos:prefLabel "Inspector of Quays"@en .
group:owners a ov:Group ; skos:prefLabel "owners"@en .
"""
SOURCES = """\
source:harbour-rules a onr:Source ; dcterms:title "9 CFR part 12: Harbour rules" ;
  dcterms:publisher "Harbour Board" ; dcterms:type "statute-regulation" ; onr:tier onr:primary ;
  dcterms:issued "2020"^^xsd:gYear ; dcterms:identifier "9 CFR 12" ;
  dcterms:rights "written for these tests" .
source:quay-paper a onr:Source ; dcterms:title "Who looks after the quays?" ;
  dcterms:publisher "The Quay Paper" ; dcterms:type "news" ; onr:tier onr:secondary ;
  dcterms:issued "2024-05-02"^^xsd:date ; dcterms:rights "written for these tests" ;
  onr:hasReference source:quay-paper.ref-1 .
source:quay-paper.ref-1 a onr:Reference ; onr:marker "[1]" ;
  onr:candidate [ onr:source source:harbour-rules ; onr:confidence onr:high ; onr:reason "names the rules" ] .
"""
CLAIMS = """\
GRAPH claim:damage-goes-to-the-board {
  claim:damage-goes-to-the-board.referral a ov:Referral ; ov:from office:harbour-master ;
    ov:to office:harbour-board ; ov:obligation ov:must ; ov:timeLimit "within 7 days"@en .
}
claim:damage-goes-to-the-board a onr:Claim ;
  onr:statement "The harbour master must tell the Harbour Board of each alleged damage within 7 days."@en ;
  onr:topic topic:referral ; dcterms:created "2026-11-20"^^xsd:date ;
  onr:citation [ onr:source source:harbour-rules ; onr:locator "9 CFR 12.1(a)" ;
    onr:stance onr:supports ; onr:standing onr:law ;
    oa:exact "each allegation of damage to the Harbour Board within 7 days" ;
    oa:prefix "harbour master shall report" ] .

GRAPH claim:board-closed-41-of-60 {
  claim:board-closed-41-of-60.observation a ov:Observation ; ov:about office:harbour-board ;
    ov:measure "reports closed"@en ; ov:value 41 ; ov:denominator 60 ; ov:period "2023" .
}
claim:board-closed-41-of-60 a onr:Claim ;
  onr:statement "In 2023 the Harbour Board closed 41 reports out of 60."@en ;
  onr:topic topic:outcome ; dcterms:created "2026-11-20"^^xsd:date ;
  onr:citation [ onr:source source:quay-paper ; onr:stance onr:supports ; onr:standing onr:reporting ;
    onr:reference source:quay-paper.ref-1 ; oa:prefix "The Harbour Board" ;
    oa:exact "closed 41 of 60 reports in 2023" ] .
"""


def inspector_claim(slug: str, years: str = "ten") -> str:
    """A claim about records, true to the rules unless other years are given; without its day of adding."""
    return f"""\
GRAPH claim:{slug} {{
  claim:{slug}.function a ov:Function ; ov:by office:inspector-of-quays ; ov:activity activity:keep-records ;
    ov:obligation ov:must .
}}
claim:{slug} a onr:Claim ;
  onr:statement "Reports of damage must all stay in the Inspector of Quays' register for {years} years."@en ;
  onr:topic topic:standards ;
  onr:citation [ onr:source source:harbour-rules ; onr:locator "9 CFR 12.2(b)" ;
    onr:stance onr:supports ; onr:standing onr:law ; oa:prefix "Inspector of Quays shall" ;
    oa:exact "keep every report of damage in its register for {years} years" ] .
"""


def as_file(body: str) -> bytes:
    """TriG with every prefix declared."""
    return (HEADER + body).encode()


@dataclass(frozen=True)
class SmallBase:
    """Where the base and its archive are."""

    root: Path
    archive: Path

    @property
    def layout(self) -> Layout:
        """Its folders."""
        return Layout(self.root)

    def copy(self, folder: Path) -> SmallBase:
        """The same base and archive in another folder."""
        copied = SmallBase(folder / "base", folder / "archive")
        shutil.copytree(self.root, copied.root)
        shutil.copytree(self.archive, copied.archive)
        return copied

    def kb(self) -> KnowledgeBase:
        """The base, opened afresh."""
        return KnowledgeBase.open(str(self.root), self.archive)

    def options(self) -> list[str]:
        """The options that name base and archive on the command line."""
        return ["--kb", str(self.root), "--archive", str(self.archive)]

    def digests(self) -> dict[str, str]:
        """The digest of every file of the base, the lock apart."""
        return {
            path.relative_to(self.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and path.name != ".onrecord.lock"
        }

    def file_text(self, source_id: str, text: str) -> None:
        """File a text of a source in the archive."""
        Archive(self.archive).add(source_id, text.encode(), f"{source_id}.txt", DAY)


def make(folder: Path, *, texts: bool = True, proved: bool = True) -> SmallBase:
    """Make the base in a folder; with its texts in the archive, and with commitments and proofs."""
    small = SmallBase(folder / "base", folder / "archive")
    for part in ("ontology", "shapes"):
        shutil.copytree(ROOT / part, small.root / part)
    small.layout.claims.mkdir(parents=True)
    (small.layout.facts / "entities.ttl").write_bytes(as_file(ENTITIES))
    (small.layout.facts / "sources.ttl").write_bytes(as_file(SOURCES))
    (small.layout.claims / "harbour.trig").write_bytes(as_file(CLAIMS))
    (small.root / "onrecord.toml").write_text('[base]\nname = "The harbour"\n', "utf-8")
    if texts:
        small.file_text("harbour-rules", RULES_TEXT)
        small.file_text("quay-paper", PAPER_TEXT)
    if proved:
        small.kb().prove()
    return small
