"""The page about Python cannot drift: its examples are run, and the functions that it names exist."""

from __future__ import annotations

import doctest
import re
from importlib import import_module

import pytest

from onrecord.kb import KnowledgeBase
from shipped import ROOT

PAGE = ROOT / "docs" / "python.md"
TEXT = PAGE.read_text("utf-8")


def test_the_examples_give_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = re.sub(r"^```.*$", "", TEXT, flags=re.MULTILINE)
    test = doctest.DocTestParser().get_doctest(shown, {}, "python.md", str(PAGE), 0)
    assert len(test.examples) > 15
    said: list[str] = []
    failed = doctest.DocTestRunner(verbose=False).run(test, out=said.append).failed
    assert not failed, "".join(said)


def test_the_methods_that_it_names_exist() -> None:
    named = set(re.findall(r"\bkb\.([a-z_]+)", TEXT)) - {"layout"}
    assert len(named) > 12
    assert all(hasattr(KnowledgeBase, name) for name in named)


def test_the_functions_that_it_names_stand_where_it_says() -> None:
    table = TEXT.partition("## Answers")[2].partition("The functions")[0]
    named = {
        name for row in table.splitlines() for name in re.findall(r"`([a-z_]+)`", row.rpartition("|")[0])
    }
    named -= {"ask", "summary", "audit", "flow"}
    assert len(named) > 15
    for name in named:
        start, _, kind = name.partition("_")
        package = {"routes": "flow", "audited": "summary"}.get(start, start)
        module = "checking" if start == "audited" else f"as_{kind.replace('data', 'json')}"
        assert hasattr(import_module(f"onrecord.answers.{package}.{module}"), name), name
