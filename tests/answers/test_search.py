"""Search over claims: names, spelling, synonyms, the index kept and rebuilt, hostile questions."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import pytest

from onrecord.answers.search.index import SearchIndex, open_search
from onrecord.answers.search.names import spellings
from onrecord.answers.search.question import pieces_of
from onrecord.answers.search.search import search
from onrecord.vocab import slug
from shipped import shipped_base
from small_base import SmallBase, as_file


@cache
def _index() -> SearchIndex:
    return open_search(shipped_base())


def _first(question: str) -> str:
    return slug(search(_index(), question).hits[0].iri)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("ombudsman annual report to Congress", "ombudsman-annual-report"),
        ("ombusdman anual report to congres", "ombudsman-annual-report"),
        ("Office of Detention Oversight inspections too infrequent", "odo-inspections-too-infrequent"),
        ("ODO inspections too infrequent", "odo-inspections-too-infrequent"),
    ],
)
def test_acronyms_long_forms_and_misspellings_find_the_same(question: str, first: str) -> None:
    assert _first(question) == first


def test_an_entity_is_known_by_each_of_its_names() -> None:
    asked = {
        name: pieces_of(name, _index())
        for name in ("OPR", "ICE's OPR", "Office of Professional Responsibility")
    }
    assert all(len(pieces) == 1 and pieces[0].is_entity for pieces in asked.values())
    named = [{iri for iri, how in pieces[0].things.items() if how == 1.0} for pieces in asked.values()]
    assert {slug(iri) for things in named for iri in things} == {"opr"}


def test_the_offices_of_a_like_name_are_told_apart() -> None:
    (piece,) = pieces_of("CBP OPR", _index())
    assert {slug(iri) for iri, how in piece.things.items() if how == 1.0} == {"cbp-opr"}


def test_what_was_misspelled_is_told() -> None:
    found = search(_index(), "Integrty Cordination Center")
    assert found.read_as == (("integrty cordination center", "integrity coordination center"),)


def test_what_no_claim_speaks_of_is_told() -> None:
    found = search(_index(), "Which vaccines does the DHS OIG offer?")
    assert found.unknown == ("vaccines",) and 0 < found.unknown_share < 1


@pytest.mark.parametrize(
    "question",
    [
        "",
        "???",
        '"',
        "'; DROP TABLE said; --",
        "NEAR(opr oig) AND statement:*",
        "a\x00b\u202e",
        "日本語",
        "opr " * 400,
    ],
)
def test_any_text_may_be_asked(question: str) -> None:
    began = time.perf_counter()
    search(_index(), question)
    assert time.perf_counter() - began < 5
    assert _index().matching('"opr"')


def test_the_index_is_kept_by_version_and_made_again_where_it_is_damaged(
    disputed: SmallBase, tmp_path: Path
) -> None:
    base = disputed.kb().base
    kept = open_search(base, "one", tmp_path)
    (file,) = tmp_path.iterdir()
    written = file.stat().st_mtime_ns
    again = open_search(base, "one", tmp_path)
    assert dict(again.claims) == dict(kept.claims) and file.stat().st_mtime_ns == written
    assert search(again, "harbour line").hits == search(open_search(base), "harbour line").hits
    hits = search(kept, "harbour line").hits
    for damage in (b"no database", b""):
        file.write_bytes(damage)
        assert search(open_search(base, "one", tmp_path), "harbour line").hits == hits


def test_a_claim_is_found_by_a_question_that_it_is_known_to_answer(
    disputed_copy: SmallBase,
) -> None:
    question = "Who gets told when somebody rams a pier?"
    before = search(open_search(disputed_copy.kb().base), question).hits
    asked = 'claim:damage-goes-to-the-board skos:hiddenLabel "Who hears of it if a boat hits a pier?"@en .'
    (disputed_copy.layout.facts / "asked.ttl").write_bytes(as_file(asked))
    after = search(open_search(disputed_copy.kb().base), question).hits
    assert slug(after[0].iri) == "damage-goes-to-the-board" and after[0].score > before[0].score


def test_words_of_like_meaning_find_each_other() -> None:
    near = dict(_index().vocabulary.near("guns", 0.5))
    assert "firearms" in near and "ammunition" not in near


def test_names_of_entities_are_spelled_out_for_comparing_meaning() -> None:
    short, full = (
        spellings(f"Who leads {name}?", _index().names, _index().labels)
        for name in ("OPR", "the Office of Professional Responsibility")
    )
    assert short[0] == "who leads opr" and short[1] == full[1].replace("the ", "", 1)
