"""The share of a source that quotations add up to: counted once a word, said when it is more than half."""

from __future__ import annotations

from onrecord.validation.quotations import CitationChecker
from onrecord.validation.share import MOST, quoted_shares
from shipped import NoTexts, provable_citations, shipped_base


def test_every_word_counts_once() -> None:
    checker = CitationChecker(shipped_base(), NoTexts())
    results = [checker.check(c) for c in provable_citations()]
    once = quoted_shares(results, shipped_base())
    assert quoted_shares([*results, *results], shipped_base()) == once
    assert all(0 < share < 1 for share in once.values())
    assert max(once.values()) > MOST


def test_law_texts_may_be_quoted_at_length() -> None:
    from onrecord.validation.share import share_findings

    checker = CitationChecker(shipped_base(), NoTexts())
    found = share_findings([checker.check(c) for c in provable_citations()], shipped_base())
    assert all("/source/factually-" in f.focus for f in found)
