"""docs/rules.md is what the rules and shapes say, with one anchor for every rule a finding may carry."""

from __future__ import annotations

import os
import re

from onrecord.exports.rules_page import RuleEntry, rules_page, shape_entries
from onrecord.store.reading import read_path
from onrecord.validation.rules import all_rules
from shipped import LAYOUT, ROOT

PAGE = ROOT / "docs" / "rules.md"


def _page() -> str:
    rules = [RuleEntry(r.id, r.severity.value, r.title, r.explanation) for r in all_rules().values()]
    files = [read_path(p, p.name, 10**7, LAYOUT.config.iri) for p in LAYOUT.shape_files()]
    return rules_page(rules, shape_entries(q for f in files for q in f.quads))


def test_the_page_is_generated_from_the_rules_and_shapes() -> None:
    if os.environ.get("ONRECORD_UPDATE"):
        PAGE.write_text(_page(), "utf-8")
    assert PAGE.read_text("utf-8") == _page(), "run 'make golden'"


def test_every_rule_has_one_anchor_and_an_explanation() -> None:
    anchors = re.findall(r"^### (\S+)$", _page(), re.MULTILINE)
    assert len(anchors) == len(set(anchors))
    assert set(all_rules()) <= set(anchors)
    assert all(rule.explanation.endswith((".", ")")) for rule in all_rules().values())
