"""Checking a file in the context of the base finds what checking the whole base finds of it, and no more."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from onrecord.kb import KnowledgeBase
from onrecord.model import Finding
from onrecord.sources.archive import Archive
from onrecord.store.layout import Layout
from shipped import ROOT

CLAIM_FILES = ("law-cbp-opr.trig", "law-ombudsman.trig", "gaps.trig", "conflicts.trig")
BREAKAGES = [
    (r"onr:stance onr:supports ;", "onr:stance onr:backs ;"),
    (r"@en ;\n", " ;\n"),
    (r"onr:topic topic:[a-z-]+", 'onr:topic "a topic"'),
    (r"ov:by office:[a-z-]+", "ov:by source:usc-5-417-dhs-oig"),
    (r'onr:asOf "2023-04-20"\^\^xsd:date', 'onr:asOf "spring"'),
    (r"a ov:Function ;", "a ov:Functoin ;"),
    (r"onr:between claim:", "onr:between office:"),
    (r"onr:standing onr:law", "onr:standing onr:high"),
]


@pytest.fixture
def broken_base(tmp_path: Path) -> Layout:
    """A part of the shipped base with a dozen breakages at seeded places."""
    for folder in ("ontology", "shapes"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name in ("entities.ttl", "sources.ttl", "snapshots.ttl", *(f"claims/{n}" for n in CLAIM_FILES)):
        (tmp_path / "facts" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "facts" / name, tmp_path / "facts" / name)
    rng = random.Random(7)
    for name in CLAIM_FILES:
        path = tmp_path / "facts" / "claims" / name
        text = path.read_text("utf-8")
        for pattern, replacement in BREAKAGES:
            places = list(re.finditer(pattern, text))
            if places:
                place = rng.choice(places)
                text = text[: place.start()] + replacement + text[place.end() :]
        path.write_text(text, "utf-8")
    return Layout(tmp_path)


def _of_file(findings: tuple[Finding, ...], name: str) -> set[tuple[str, str, str]]:
    return {
        (f.rule, f.focus, f.message)
        for f in findings
        if f.place and f.place.file == name and f.rule != "structure-dangling"
    }


def test_a_file_alone_has_the_findings_that_it_has_in_the_whole(broken_base: Layout, tmp_path: Path) -> None:
    kb = KnowledgeBase(broken_base, Archive(tmp_path / "archive"))
    whole = kb.check().findings
    compared = 0
    for name in CLAIM_FILES:
        path = broken_base.claims / name
        inside = f"facts/claims/{name}"
        alone = kb.check([str(path)]).findings
        assert _of_file(alone, inside) == _of_file(whole, inside)
        compared += len(_of_file(whole, inside))
    assert compared >= 12


def test_a_sound_file_has_no_violation_in_the_context_of_the_base() -> None:
    kb = KnowledgeBase(Layout(ROOT))
    for name in CLAIM_FILES:
        report = kb.check([str(ROOT / "facts" / "claims" / name)])
        assert not report.fails(), [f.message for f in report.findings]
        assert report.unreadable == 0
