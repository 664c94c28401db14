"""Sentences of summaries: statements taken apart, joined and told once; abbreviations written out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.answers.summary.abbreviations import abbreviations, expanded, unexpanded
from onrecord.answers.summary.clauses import Lexicon, clause, lexicon
from onrecord.answers.summary.sentences import Manner, fits, sentence_of, sentences
from onrecord.answers.summary.summary import Paragraph, Section
from onrecord.answers.summary.twins import merged, twins
from onrecord.model import Citation, Claim, Literal, Stance, Standing, Triple
from onrecord.vocab import OV, RDF_TYPE
from shipped import shipped_base

WORDS = Lexicon(
    names={"port office": "office:port", "po": "office:port", "the pilots": "group:pilots"},
    small=frozenset(("reports", "pilots", "small", "many")),
    proper=frozenset(("Monday", "Port")),
)


def claim(name: str, statement: str, standing: Standing = Standing.REPORTING, **more: object) -> Claim:
    cited = Citation(f"{name}.c", name, "source:a", "words", standing=standing)
    return Claim(name, statement, citations=(cited,), **more)  # type: ignore[arg-type]


def told(*statements: str, standing: Standing = Standing.REPORTING) -> list[str]:
    claims = [claim(f"c{n}", s, standing) for n, s in enumerate(statements)]
    return [s.text for s in sentences(claims, Manner(WORDS))]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (
            ("The Port Office must keep a register.", "The Port Office must show it to owners."),
            ["The Port Office must keep a register; and must show it to owners."],
        ),
        (
            ("The Port Office keeps a register.", "PO has two boats.", "The Port Office may lend them."),
            ["The Port Office keeps a register; has two boats; and may lend them."],
        ),
        (
            ("The Times says that pilots sleep.", "The Times says that boats leak."),
            ["The Times says that pilots sleep; and that boats leak."],
        ),
        (
            ("Many pilots sleep, The Times reports.", "The Times reports that boats leak."),
            ["The Times reports that many pilots sleep; and that boats leak."],
        ),
        (
            ("Reports, The Times says, are late.", "Small boats leak, says The Times."),
            ["The Times says that reports are late; and that small boats leak."],
        ),
        (
            ("According to The Times, pilots sleep.", "Small boats leak, according to The Times."),
            ["According to The Times, pilots sleep; and small boats leak."],
        ),
        (
            ("In the winter of 2020 to 2021, pilots slept.", "In the winter of 2020 to 2021, boats leaked."),
            ["In the winter of 2020 to 2021, pilots slept; and boats leaked."],
        ),
        (
            ("The Times found that pilots sleep.", "The Times recommended a bell."),
            ["The Times found that pilots sleep; and recommended a bell."],
        ),
        (
            ("The Port Office has three boats: A, B and C.", "The Port Office runs a school."),
            ["The Port Office runs a school; and has three boats: A, B and C."],
        ),
    ],
)
def test_statements_of_one_subject_or_speaker_are_joined(
    statements: tuple[str, ...], expected: list[str]
) -> None:
    assert told(*statements) == expected


@pytest.mark.parametrize(
    "statements",
    [
        ("The Port Office keeps a register.", "The pilots keep a list."),
        ("Who may enter is open.", "Who may leave is open."),
        ("The Port Office keeps a register; it is blue.", "The Port Office runs a school."),
        ("The Port Office keeps a register. It is blue.", "The Port Office runs a school."),
        ("The report that boats leak is late.", "The report that pilots sleep is late."),
        ("Pilots who may enter must sign.", "Pilots who may enter must pay what they may owe."),
        ("Overnight boats leak, The Times reports.", "The Times reports that pilots sleep."),
        ("No pilot may sleep.", "No pilot may drink."),
        ("Neither PO nor the pilots may sleep.", "Neither PO nor the pilots may drink."),
        ("A former Port officer was jailed.", "A former Port officer was freed."),
        ("Small boats leak, but pilots sleep, The Times reports.", "The Times reports that boats rot."),
        ("Boats leak, says a note on it.", "Pilots sleep, says a note on it."),
    ],
)
def test_what_is_not_plainly_of_one_kind_stands_as_it_is(statements: tuple[str, ...]) -> None:
    assert told(*statements) == list(statements)


def test_different_standings_dates_and_lengths() -> None:
    law = claim("a", "The Port Office must keep a register.", Standing.LAW)
    said = claim("b", "The Port Office has a register.")
    assert len(sentences([law, said], Manner(WORDS))) == 2
    dated = [
        claim("c", "The Port Office has two boats.", as_of="2020"),
        claim("d", "The Port Office runs a school.", as_of="2020"),
    ]
    assert sentences(dated, Manner(WORDS))[0].text == (
        "The Port Office has two boats; and runs a school (both as of 2020)."
    )
    assert sentences(dated, Manner(WORDS, said="2020"))[0].text.endswith("runs a school.")
    contested = sentences(dated, Manner(WORDS, contested={"c", "d"}, said="2020"))[0].text
    assert contested.endswith("(sources differ on both).")
    half = sentences(dated, Manner(WORDS, contested={"c"}, said="2020"))[0].text
    assert half == "The Port Office has two boats (sources differ); and runs a school."
    many = [claim(f"e{n}", f"The Port Office has {n} of the boats in the harbour.") for n in range(7)]
    assert [len(s.parts) for s in sentences(many, Manner(WORDS))] == [3, 3, 1]


def test_the_article_of_one_source_is_not_that_of_another() -> None:
    one, other = (
        claim("a", "The Quay Paper's article says that boats leak."),
        claim("b", "The Quay Paper's article says that pilots sleep."),
    )
    elsewhere = replace(other, citations=(replace(other.citations[0], source="source:b"),))
    assert len(sentences([one, other], Manner(WORDS))) == 1
    assert len(sentences([one, elsewhere], Manner(WORDS))) == 2
    named = [
        claim("c", "PO says that boats leak."),
        replace(elsewhere, statement="PO says that pilots sleep."),
    ]
    assert len(sentences(named, Manner(WORDS))) == 1


def test_every_claim_of_the_base_is_told_once_and_nothing_else_is_said() -> None:
    base = shipped_base()
    claims = [c for c in base.claims() if c.retirement is None]
    manner = Manner(lexicon(base))
    found = sentences(claims, manner)
    assert sorted(iri for s in found for iri in s.claims) == sorted(c.iri for c in claims)
    by_iri = {c.iri: c for c in claims}
    for sentence in found:
        members = [by_iri[iri] for iri in sentence.claims]
        assert sentence_of(members, manner) == sentence
        assert len(members) == 1 or fits(members, manner.words)
        assert sentence.text.endswith((".", '"', "?")) and "  " not in sentence.text
    assert sum(len(s.parts) > 1 for s in found) > 40


def test_an_undated_figure_says_so() -> None:
    def figure(**more: str) -> Claim:
        node = "c.observation"
        triples = [Triple(node, RDF_TYPE, OV + "Observation"), Triple(node, OV + "value", Literal("7"))]
        if "period" in more:
            triples.append(Triple(node, OV + "period", Literal(more.pop("period"))))
        return replace(claim("c", "There are 7 boats."), assertions=tuple(triples), **more)  # type: ignore[arg-type]

    def words(one: Claim) -> str:
        return sentence_of([one], Manner()).text

    assert words(figure()) == "There are 7 boats (date not recorded)."
    assert words(figure(period="2013 to 2018")) == "There are 7 boats (for 2013 to 2018)."
    assert words(figure(period="since 2016")) == "There are 7 boats (since 2016)."
    assert words(figure(time_wording="in the year 2020")) == "There are 7 boats (in the year 2020)."
    assert words(figure(as_of="2020-03")) == "There are 7 boats (as of March 2020)."
    assert words(claim("c", "There are no boats.")) == "There are no boats."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The office stores reports for 5 years.", "The office stored the reports for 5 years."),
        ("In 2023 the Port Office closed 41 of 60.", "The Port Office closed 41 of 60 in 2023."),
        ("In practice the office accepts few cases.", "The office accepts few cases in practice."),
    ],
)
def test_nearly_the_same_words_are_told_once(one: str, other: str) -> None:
    first, second = claim("a", one), claim("b", other)
    assert twins(first, second)
    kept, also = merged([first, second], ())
    assert kept == [first] and also == {"a": ("b",)}
    (sentence,) = sentences(kept, Manner(), also)
    assert sentence.claims == ("a", "b") and sentence.text == one
    assert merged([first, second], {"b"}) == ([first, second], {})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The office keeps reports for 5 years.", "The office keeps reports for 6 years."),
        ("The office must keep reports.", "The office may keep reports."),
        ("The office keeps reports.", "The office keeps no reports."),
        ("The office is accurate.", "The office is inaccurate."),
        ("Cases go from JIC to OIG.", "Cases go to JIC from OIG."),
        ("JIC refers cases to OIG.", "OIG refers cases to JIC."),
        ("Detainees report staff.", "Staff report detainees."),
        ("All reports are kept.", "Most reports are kept."),
    ],
)
def test_what_differs_in_anything_that_matters_is_told_twice(one: str, other: str) -> None:
    assert not twins(claim("a", one), claim("b", other))


def test_claims_of_other_days_or_speakers_are_no_twins() -> None:
    one = claim("a", "The office stores reports.")
    assert twins(one, claim("b", "The office stored reports."))
    assert not twins(one, claim("b", "The office stored reports.", as_of="2020"))
    by = Citation("x", "b", "source:a", "w", standing=Standing.ALLEGATION, said_by=("group:x",))
    assert not twins(one, Claim("b", "The office stored reports.", citations=(by,)))
    against = Citation("x", "b", "source:a", "w", stance=Stance.DISPUTES)
    assert twins(one, Claim("b", "The office stored reports.", citations=(*one.citations, against)))


def test_abbreviations_are_written_out_once() -> None:
    claims = [
        claim("a", "The JIC passes matters to ICE OPR and ICE OPR's staff."),
        claim("b", "The JIC and the Integrity Coordination Center (ICC) differ; the ICC is new."),
        claim("c", 'DHS employees wrote "DHS" on it, and DHS denied it.'),
    ]
    told_one_by_one = tuple(sentence_of([c], Manner()) for c in claims)
    (section,) = expanded(shipped_base(), (Section("x", (Paragraph("", told_one_by_one),)),))
    texts = [s.text for s in section.paragraphs[0].sentences]
    assert texts == [
        "The JIC (Joint Intake Center) passes matters to ICE OPR (ICE Office of Professional Responsibility) "
        "and ICE OPR's staff.",
        claims[1].statement,
        'DHS employees wrote "DHS" on it, and DHS (Department of Homeland Security) denied it.',
    ]
    known = abbreviations(shipped_base())
    assert [unexpanded(text, known) for text in texts] == [c.statement for c in claims]


def test_a_statement_is_taken_apart_in_bounded_time() -> None:
    for part in ("a, b says, ", "The ", "A says that ", "x ", "ICE OPR and ", ", the X says"):
        clause(f"{part * 3000}.", Lexicon())
