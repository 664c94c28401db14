"""Sourced answers for readers, as text, Turtle, Markdown and HTML; no text slips out of its place."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pyoxigraph as ox
import rdflib

from answers.sourced_case import ANSWER, EXPLANATIONS, GRAPH, HELD, KEEPS, case, explained, graph_case
from golden_files import assert_golden
from onrecord.answers.flags import Flag
from onrecord.answers.notes import Note
from onrecord.answers.phrasing import one_line
from onrecord.answers.sheet import Cited
from onrecord.answers.sourced.as_html import sourced_html
from onrecord.answers.sourced.as_markdown import sourced_markdown
from onrecord.answers.sourced.as_text import sourced_text
from onrecord.answers.sourced.sourced import Sourced, SourcedRow, sourced
from onrecord.model import Citation, Claim, Literal, Source
from onrecord.sparql.explanation import All, Mark, Marked
from onrecord.sparql.results import display_width, render
from onrecord.sparql.running import Answer
from small_base import SmallBase

EVIL = (
    "<script>alert('1')</script> | **b** [x](javascript:alert(1)) `c` \u202e\u001b[31m ![i](http://e/i) $x$"
)
"""Text that would run, format, steer or load something where it is not escaped."""


def _evil() -> Sourced:
    """An answer in which every text is hostile."""
    source = Source(
        "https://example.org/s", EVIL, (EVIL,), date_wording=EVIL, urls=('https://e.org/"><b>|\\)',)
    )
    citation = Citation("c", "x", source.iri, EVIL, EVIL, EVIL, EVIL, said_by=("y",))
    claim = Claim('https://example.org/"><i>', EVIL, citations=(citation,))
    cited = Cited(citation, source, (), 'https://e.org/"><b>|\\)#:~:text=x')
    flag = Flag("CONFLICT", "warning", f"CONFLICT with {EVIL}")
    note = Note(1, claim.iri, claim, (cited,), (flag,), {"y": one_line(EVIL)})
    given = explained(
        All((KEEPS,)), holders=HELD, marks=(Marked(Mark.ABSENCE, EVIL),), drill_down=EVIL, more=3
    )
    rows = (SourcedRow(given, (1,)), SourcedRow(explained(reason=EVIL)))
    terms = ((Literal(EVIL), 'https://example.org/"><u>'), (Literal("# x\n| y"), None))
    return Sourced(Answer(("a", "b"), terms), rows, (note,), EVIL)


# text -------------------------------------------------------------------------------------------------


def test_the_answer_as_text(disputed: SmallBase) -> None:
    assert_golden("sourced.txt", sourced_text(case(disputed, check=True)))


def test_the_table_is_the_plain_one_with_a_number_before_and_the_notes_after(disputed: SmallBase) -> None:
    whole = sourced_text(case(disputed)).splitlines()
    plain = render(ANSWER, "table").splitlines()
    for mine, other in zip(whole, plain[:-2], strict=False):
        assert other in mine
    assert whole[len(plain) - 1] == plain[-1] == "13 rows"


def test_it_fits_the_terminal_where_texts_can_be_shortened(disputed: SmallBase) -> None:
    rows = tuple((Literal(f"{'word ' * 40}{n}"), Literal("short")) for n in range(11))
    found = sourced(disputed.kb().base, Answer(("long", "b"), rows), EXPLANATIONS)
    for page in (80, 100, 132):
        lines = [x for x in sourced_text(found, page=page, width=72).splitlines() if "https://" not in x]
        assert max(display_width(line) for line in lines) <= page


def test_only_what_stands_out_is_painted(disputed: SmallBase) -> None:
    painted = sourced_text(case(disputed), lambda text, kind: f"<{kind}:{text}>")
    for part in (
        "<warning:unexplained>",
        "<faint:beyond the page>",
        "<head:Notes>",
        "<violation:CONTRADICTED>",
        "<place:claim:line-open-on-weekends>",
    ):
        assert part in painted
    assert re.sub(r"<[a-z]+:([^<>]*)>", r"\1", painted) == sourced_text(case(disputed))


def test_nothing_steers_the_terminal() -> None:
    text = sourced_text(_evil())
    assert all(char.isprintable() or char == "\n" for char in text)


def test_a_yes_or_no_stands_before_its_notes(disputed: SmallBase) -> None:
    base = disputed.kb().base
    lines = sourced_text(sourced(base, Answer(boolean=True), {0: EXPLANATIONS[0]})).splitlines()
    assert lines[0] == "yes  [1][2]" and "Notes" in lines
    absent = explained(marks=(Marked(Mark.ABSENCE, "?x a <https://w3id.org/onrecord/ns#Gap>"),))
    lines = sourced_text(sourced(base, Answer(boolean=False), {0: absent})).splitlines()
    assert lines[0] == "no  absence" and lines[-1].strip() == "the answer: ?x a onr:Gap"


def test_an_answer_without_rows_says_no_more_than_that(disputed: SmallBase) -> None:
    found = sourced(disputed.kb().base, Answer(("x",)), {})
    assert sourced_text(found).splitlines()[-1] == "0 rows"


def test_triples_with_notes_are_still_turtle(disputed: SmallBase) -> None:
    text = sourced_text(graph_case(disputed))
    assert_golden("sourced-triples.txt", text)
    plain = render(GRAPH, "table")
    assert text.startswith(plain)
    assert set(ox.parse(text, format=ox.RdfFormat.TURTLE)) == set(ox.parse(plain, format=ox.RdfFormat.TURTLE))
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == 3


# Markdown ---------------------------------------------------------------------------------------------


def test_the_answer_as_markdown(disputed: SmallBase) -> None:
    assert_golden("sourced.md", sourced_markdown(case(disputed, check=True)))


def test_every_footnote_is_defined_once_and_used(disputed: SmallBase) -> None:
    text = sourced_markdown(case(disputed))
    defined = re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)
    assert defined == ["1", "2", "3", "4", "5"]
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(defined)


def test_markdown_lets_no_markup_through() -> None:
    text = sourced_markdown(_evil())
    assert [char for char in text if not char.isprintable() and char != "\n"] == []
    without_code = "\n".join(line for line in text.splitlines() if not line.startswith("    onrecord"))
    for part in ("<script", "**b", "[x]", "![i", "`c", "$x"):
        assert not re.search(rf"(?<!\\){re.escape(part)}", without_code), part
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {5}


# HTML -------------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """The tags of a page with their attributes, and whether they are closed in order."""

    EMPTY = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _page(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    page.close()
    assert page.open == []
    return page


def test_the_answer_as_html(disputed: SmallBase) -> None:
    text = sourced_html(case(disputed, check=True), "Who keeps reports?", "SELECT * { ?a ?b ?c }")
    assert_golden("sourced.html", text)
    page = _page(text)
    assert page.ids == [f"note-{n}" for n in range(1, 6)]
    assert {link[1:] for link in page.links if link.startswith("#")} == set(page.ids)


def test_html_lets_no_markup_through_and_loads_nothing() -> None:
    text = sourced_html(_evil(), EVIL, EVIL)
    page = _page(text)
    assert not {"script", "img", "b", "i", "u", "iframe", "link"} & set(page.tags)
    assert not [name for name in page.attributes if name.startswith("on")]
    assert all(link.startswith(("https://", "http://", "#")) for link in page.links)
    assert "default-src 'none'" in text and "javascript:" not in " ".join(page.links)


def test_every_kind_of_answer_is_a_page(disputed: SmallBase) -> None:
    base = disputed.kb().base
    found = sourced(base, Answer(boolean=True), {0: EXPLANATIONS[0]})
    assert "<strong>yes</strong> [<a" in sourced_html(found)
    assert sourced_markdown(found).startswith("**yes** [^1][^2]\n")
    triples = graph_case(disputed)
    assert _page(sourced_html(triples)).tags.count("tr") == 4
    assert "3 triples" in sourced_markdown(triples)
