"""`init`: an empty base in a folder of its own: vocabulary and shapes of the shipped one, and no facts."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

from onrecord.errors import FilingError, Place
from onrecord.filing.lock import LOCK_NAME
from onrecord.store.config import FILE_NAME
from onrecord.store.layout import Layout, bundled
from onrecord.vocab import CONCEPT, KB, ONR, OV, SCHEMA, SKOS, XSD
from onrecord.writing import STAGING_PREFIX

_IRI = re.compile(r"https?://[^\s<>\"{}|^`\\]+/")
_ENTITIES = """\
# The offices, groups, programmes, people, documents and systems that claims speak of: identity only.
# What they do, and how they relate, stands in claims. For instance (without the leading marks):
#
# office:harbour-board a ov:Office ;
#     skos:prefLabel "Harbour Board"@en ;
#     skos:altLabel "HB"@en .

@prefix office: <{iri}office/> .
@prefix group: <{iri}group/> .
@prefix ov: <{ov}> .
@prefix skos: <{skos}> .
"""
_SOURCES = """\
# The documents that claims cite. For instance (without the leading marks):
#
# source:harbour-rules a onr:Source ;
#     dcterms:title "Harbour rules" ;
#     dcterms:publisher "Harbour Board" ;
#     dcterms:type "statute-regulation" ;
#     onr:tier onr:primary ;
#     dcterms:issued "2020"^^xsd:gYear ;
#     schema:url "https://harbour.example/rules"^^xsd:anyURI ;
#     dcterms:rights "not established; quoted in fragments only" .
#
# Then file its text, draft a claim from a quotation of it, fill that in, and add it:
#
#     onrecord source add rules.txt --id harbour-rules
#     onrecord new --source harbour-rules --quote "four to twelve words of it" > claim.trig
#     onrecord add claim.trig

@prefix source: <{iri}source/> .
@prefix onr: <{onr}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <{schema}> .
@prefix xsd: <{xsd}> .
"""
_CLAIMS = """\
# The form of a claim: the graph that it asserts, then the record about it. 'onrecord new' drafts one,
# 'onrecord add' files each in a file of its own beside this one. For instance (without the leading marks):
#
# GRAPH claim:damage-goes-to-the-board {{
#   claim:damage-goes-to-the-board.referral a ov:Referral ;
#     ov:from office:harbour-master ; ov:to office:harbour-board ; ov:obligation ov:must .
# }}
# claim:damage-goes-to-the-board a onr:Claim ;
#   onr:statement "The harbour master must report every allegation of damage to the Harbour Board."@en ;
#   onr:topic topic:referral ;
#   onr:citation [
#     onr:source source:harbour-rules ; onr:locator "9 CFR 12.1(a)" ;
#     onr:stance onr:supports ; onr:standing onr:law ;
#     oa:exact "shall report each allegation of damage to the Harbour Board" ] .

@prefix claim: <{iri}claim/> .
@prefix source: <{iri}source/> .
@prefix office: <{iri}office/> .
@prefix topic: <{concept}topic/> .
@prefix onr: <{onr}> .
@prefix ov: <{ov}> .
@prefix oa: <http://www.w3.org/ns/oa#> .
"""
_CONFIG = """\
[base]
name = {name}
iri = {iri}
"""
_IGNORED = f"{LOCK_NAME}\n{STAGING_PREFIX}*\n"


def start(folder: Path, name: str = "", iri: str = KB) -> Layout:
    """Make an empty base in a folder that is empty or does not exist; facts/ appears last, and whole.

    Raises:
        FilingError: the folder is not empty or cannot be written, or name or IRI cannot be used.
    """
    folder = folder.expanduser().resolve()
    name = name or folder.name
    if not _IRI.fullmatch(iri):
        raise FilingError(
            f"{iri!r} is no IRI that names can be put behind.",
            next_step="Give one that begins with https:// and ends with a slash.",
        )
    if not name.isprintable():
        raise FilingError("The name holds characters that cannot be printed.", next_step="Give another.")
    _refuse_used(folder)
    try:
        _make(folder, name, iri)
    except OSError as error:
        raise FilingError(
            f"The base cannot be made: {error.strerror or error}.",
            place=Place(str(folder)),
            next_step="Nothing was changed; free space or mend the permissions, then try again.",
        ) from error
    return Layout(folder)


def _refuse_used(folder: Path) -> None:
    if folder.is_dir() and any(not p.name.startswith(STAGING_PREFIX) for p in folder.iterdir()):
        raise FilingError(
            "The folder is not empty.",
            place=Place(str(folder)),
            next_step="Name an empty one, or one that does not exist yet.",
        )
    if folder.exists() and not folder.is_dir():
        raise FilingError("That is a file, not a folder.", place=Place(str(folder)))


def _make(folder: Path, name: str, iri: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=folder))
    try:
        shipped = bundled().root
        for part in ("ontology", "shapes"):
            shutil.copytree(shipped / part, staging / part, copy_function=shutil.copyfile)
        for file, text in _files(name, iri).items():
            path = staging / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        for path in sorted(staging.iterdir(), key=lambda p: p.name == "facts"):
            path.rename(folder / path.name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _files(name: str, iri: str) -> dict[str, str]:
    terms = {"iri": iri, "onr": ONR, "ov": OV, "skos": SKOS, "schema": SCHEMA, "xsd": XSD, "concept": CONCEPT}
    return {
        "facts/entities.ttl": _ENTITIES.format(**terms),
        "facts/sources.ttl": _SOURCES.format(**terms),
        "facts/claims/example.trig": _CLAIMS.format(**terms),
        FILE_NAME: _CONFIG.format(name=_toml(name), iri=_toml(iri)),
        ".gitignore": _IGNORED,
    }


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
