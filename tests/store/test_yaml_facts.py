"""Claims in YAML: what they say, what is refused and where, and that the documentation's examples hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import UnreadableFile
from onrecord.model import Literal, Term
from onrecord.store import claim_form as form
from onrecord.store.naming import citation_iri
from onrecord.store.reading import FactFile, Quad, parse
from onrecord.store.yaml_facts import yaml_to_jsonld
from onrecord.store.yaml_nodes import MAX_CHARACTERS, MAX_DEPTH
from onrecord.vocab import DCTERMS, KB, OA, ONR, OV, RDF_TYPE, XSD, expand

DOCS = (Path(__file__).parents[2] / "docs" / "writing-claims.md").read_text("utf-8")
SHORT = """\
claim: holding-facility-to-jic
statement: A DHS holding facility must promptly report every allegation of sexual abuse to the JIC.
topic: [referral, intake]
as_of: 2015
citation:
  source: cfr-6-115-dhs-prea
  quote: each allegation is promptly reported to the Joint Intake Center
  standing: law
asserts:
  - referral: {from: dhs-holding-facility, to: office:jic, matter: sexual-abuse, obligation: must}
"""
CLAIM = expand("holding-facility-to-jic")


def read(text: str, base_iri: str = KB) -> FactFile:
    return parse(text.encode(), "new.yaml", base_iri)


def blocks(language: str) -> list[str]:
    """The documentation's examples in one language."""
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)


def objects(file: FactFile, subject: str, predicate: str) -> set[Term]:
    return {q.object for q in file.quads if (q.subject, q.predicate) == (subject, predicate)}


def without_literals(quads: Iterable[Quad]) -> set[tuple[str, str, str, str]]:
    return {(q.subject, q.predicate, q.object, q.graph) for q in quads if isinstance(q.object, str)}


def refusal(text: str) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read(text)
    assert caught.value.next_step, f"no next step: {caught.value}"
    assert caught.value.place is not None
    assert caught.value.place.file == "new.yaml"
    return caught.value


def with_line(line: str, before: str = "topic:") -> str:
    return SHORT.replace(before, f"{line}\n{before}", 1)


# what a claim says ------------------------------------------------------------------------------------


def test_a_short_claim_says_what_its_trig_says() -> None:
    written = read(blocks("yaml")[0])
    spelled_out = parse(blocks("trig")[0].encode(), "new.trig", KB)
    assert set(written.quads) == set(spelled_out.quads)


def test_assertions_stand_in_the_graph_of_the_claim_and_the_record_outside() -> None:
    file = read(SHORT)
    own = CLAIM + ".referral"
    assert {q.subject for q in file.quads if q.graph == CLAIM} == {own}
    assert Quad(own, OV + "from", expand("office:dhs-holding-facility"), CLAIM) in file.quads
    assert {q.graph for q in file.quads} == {CLAIM, ""}


def test_bare_names_are_read_as_what_the_key_takes() -> None:
    file = read(SHORT)
    assert objects(file, CLAIM, ONR + "topic") == {expand("topic:referral"), expand("topic:intake")}
    assert objects(file, CLAIM + ".referral", OV + "matter") == {expand("matter:sexual-abuse")}
    assert objects(file, CLAIM + ".referral", OV + "obligation") == {OV + "must"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("jic", expand("office:jic")),
        ("office:jic", expand("office:jic")),
        ("group:critics", expand("group:critics")),
        ("person:a.b-c_1", expand("person:a.b-c_1")),
        (expand("office:jic"), expand("office:jic")),
        (f"<{expand('office:jic')}>", expand("office:jic")),
        ("urn:example:x", "urn:example:x"),
    ],
)
def test_an_iri_may_be_a_slug_a_prefixed_name_or_written_in_full(written: str, meant: str) -> None:
    file = read(SHORT.replace("office:jic", f'"{written}"'))
    assert objects(file, CLAIM + ".referral", OV + "to") == {meant}


def test_the_names_of_another_base_begin_with_its_own_iri() -> None:
    base = "https://example.org/kb/"
    subjects = {q.subject for q in read(SHORT, base).quads}
    assert base + "claim/holding-facility-to-jic" in subjects
    assert not any(s.startswith(KB) for s in subjects)


def test_a_citation_supports_unless_it_says_otherwise() -> None:
    quotation = "each allegation is promptly reported to the Joint Intake Center"
    iri = citation_iri(CLAIM, expand("source:cfr-6-115-dhs-prea"), quotation)
    assert objects(read(SHORT), iri, ONR + "stance") == {ONR + "supports"}
    disputing = SHORT.replace("standing: law", "standing: law\n  stance: disputes")
    assert objects(read(disputing), iri, ONR + "stance") == {ONR + "disputes"}


@pytest.mark.parametrize(
    "word", ["no", "on", "~", "null", "1.0", "0123", "1_000", "2015-02-03", "1e3", "0x1F"]
)
def test_words_stay_as_written(word: str) -> None:
    file = read(with_line(f"time_wording: {word}"))
    assert objects(file, CLAIM, ONR + "timeWording") == {Literal(word)}


@pytest.mark.parametrize(
    ("date", "datatype"),
    [
        ("2015", "gYear"),
        ("2015-02", "gYearMonth"),
        ("2015-02-03", "date"),
        ("2015-02-31", "date"),
        ("spring 2015", "date"),
        ("15", "date"),
    ],
)
def test_a_date_is_typed_by_its_form_and_a_wrong_one_left_to_the_shapes(date: str, datatype: str) -> None:
    file = read(with_line(f"valid_from: {date}"))
    assert objects(file, CLAIM, ONR + "validFrom") == {Literal(date, XSD + datatype)}


def test_a_day_is_always_a_date() -> None:
    file = read(with_line("created: 2026"))
    assert objects(file, CLAIM, DCTERMS + "created") == {Literal("2026", XSD + "date")}


@pytest.mark.parametrize(
    ("number", "literal"),
    [
        ("570", Literal("570", XSD + "integer")),
        ("-5", Literal("-5", XSD + "integer")),
        ("14.50", Literal("14.50", XSD + "decimal")),
        ("1,000", Literal("1,000")),
        ("many", Literal("many")),
    ],
)
def test_a_figure_keeps_its_form_and_what_is_none_stays_text(number: str, literal: Literal) -> None:
    node = f"observation: {{about: group:critics, measure: cases, value: '{number}'}}"
    file = read(f"{SHORT}  - {node}\n")
    assert objects(file, CLAIM + ".observation", OV + "value") == {literal}


def test_the_value_of_a_channel_is_text() -> None:
    file = read(SHORT + "  - channel: {channel_of: jic, channel_kind: telephone, value: 8005550100}\n")
    assert objects(file, CLAIM + ".channel", OV + "value") == {Literal("8005550100")}
    assert objects(file, CLAIM + ".channel", OV + "channelKind") == {expand("channel:telephone")}


def test_nodes_of_one_kind_are_numbered() -> None:
    file = read(SHORT + "  - referral: {from: jic, to: opr}\n  - function: {by: opr, activity: audit}\n")
    nodes = {q.subject for q in file.quads if q.graph}
    assert nodes == {f"{CLAIM}.referral", f"{CLAIM}.referral-2", f"{CLAIM}.function"}


def test_entities_are_related_directly() -> None:
    relation = SHORT + "  - {subject: office:opr, part_of: [ice, dhs], manages: prea}\n"
    said = without_literals(q for q in read(relation).quads if q.subject == expand("office:opr"))
    assert said == {
        (expand("office:opr"), OV + "partOf", expand("office:ice"), CLAIM),
        (expand("office:opr"), OV + "partOf", expand("office:dhs"), CLAIM),
        (expand("office:opr"), OV + "manages", expand("programme:prea"), CLAIM),
    }


@pytest.mark.parametrize("marker", ["[3]", "'[3]'", "3", "source:cfr-6-115-dhs-prea.ref-3", "['[3]']"])
def test_a_marker_is_a_reference_of_the_source_cited(marker: str) -> None:
    file = read(SHORT.replace("standing: law", f"standing: law\n  reference: {marker}"))
    found = {q.object for q in file.quads if q.predicate == ONR + "reference"}
    assert found == {expand("source:cfr-6-115-dhs-prea.ref-3")}


def test_a_gap_is_a_claim_whose_graph_holds_the_missing_fact() -> None:
    gap = next(example for example in blocks("yaml") if "gap:" in example)
    file = read(gap)
    iri = expand("gap-deadline-for-opr-investigations")
    assert objects(file, iri, RDF_TYPE) == {ONR + "Claim", ONR + "Gap"}
    assert without_literals(q for q in file.quads if q.graph) == {
        (iri + ".gap", RDF_TYPE, ONR + "MissingFact", iri),
        (iri + ".gap", ONR + "missingAbout", expand("office:opr"), iri),
        (iri + ".gap", ONR + "missingProperty", OV + "timeLimit", iri),
        (iri + ".gap", OV + "matter", expand("matter:misconduct"), iri),
    }


def test_what_is_missing_may_be_said_in_words() -> None:
    file = read("claim: g\ngap: {missing_about: opr, missing_property: date of the change}\n")
    said = objects(file, expand("g") + ".gap", ONR + "missingProperty")
    assert said == {Literal("date of the change")}


def test_assessments_waivers_and_a_retirement_hang_on_the_claim() -> None:
    parts = """\
assessment: {verdict: contradicted, basis: [claim:a, b], reason: Why., assessed_on: 2026-11-21}
waiver:
  - {rule: wording-figure, reason: Why., author: Editors, waived_on: 2026-11-21}
  - {rule: wording-negation, reason: Why., author: Editors, waived_on: 2026-11-21}
retirement: {retirement_kind: superseded, replaced_by: b, reason: Why., retired_on: 2026-11-21}
"""
    file = read(SHORT + parts)
    (verdict,) = objects(file, CLAIM, ONR + "assessment")
    assert isinstance(verdict, str)
    assert objects(file, verdict, ONR + "basis") == {expand("a"), expand("b")}
    assert objects(file, verdict, RDF_TYPE) == {ONR + "Assessment"}
    assert len(objects(file, CLAIM, ONR + "waiver")) == 2
    assert len(objects(file, CLAIM, ONR + "retirement")) == 1


def test_a_file_may_hold_lists_and_several_documents() -> None:
    text = "---\nclaim: a\n---\n- claim: b\n- claim: c\n---\n---\nclaim: d\n...\n"
    file = read(text)
    claims = {q.subject for q in file.quads if q.object == ONR + "Claim"}
    assert claims == {expand(slug) for slug in "abcd"}
    assert [file.place(expand(slug)).line for slug in "abcd"] == [2, 4, 5, 8]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n---\n"])
def test_a_file_without_claims_says_nothing(text: str) -> None:
    assert read(text).quads == ()


def test_folded_text_ends_without_a_line_break() -> None:
    file = read(SHORT.replace("statement: A", "statement: >\n  A"))
    (statement,) = objects(file, CLAIM, ONR + "statement")
    assert isinstance(statement, Literal)
    assert statement.value.endswith("JIC.")
    assert statement.language == "en"


def test_places_are_those_of_claims_quotations_and_nodes() -> None:
    file = read("# a comment\n" + SHORT)
    citation = next(q.object for q in file.quads if q.predicate == ONR + "citation")
    assert isinstance(citation, str)
    assert file.place(CLAIM, ONR + "statement").line == 2
    assert file.place(citation, OA + "exact").line == 8
    assert file.place(CLAIM + ".referral").line == 11


def test_what_comes_out_is_json_ld_with_its_context_inside() -> None:
    document, marks = yaml_to_jsonld(SHORT, "new.yaml", KB)
    assert isinstance(document["@context"], dict)
    assert marks[CLAIM] == 1


# what is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "next_step"),
    [
        ("claim: a\nstatment: x", 2, 1, "Unknown key 'statment' in 'claim'", "'statement'"),
        ("claim: a\nasOf: 2015", 2, 1, "Unknown key 'asOf'", "'as_of'"),
        ("claim: a\nonr:statement: x", 2, 1, "Unknown key", "'statement'"),
        ("claim: a\nstanding: law", 2, 1, "Unknown key", "belongs in citation"),
        ("claim: a\nzzz: law", 2, 1, "Unknown key", "Known: as_of"),
        ("claim: a\ncitation: {quot: x}", 2, 12, "Unknown key 'quot' in 'citation'", "'quote'"),
        ("claim: a\nasserts: [{referal: {}}]", 2, 12, "Unknown key 'referal'", "'referral'"),
        ("claim: a\nasserts: [{referral: {too: x}}]", 2, 23, "in 'referral'", "'to'"),
        ("claim: a\ngap: {missing: x}", 2, 7, "in 'gap'", "missing_"),
        ("claim: a\n<<: {topic: b}", 2, 1, "Unknown key '<<'", "Known"),
        ("statement: x", 1, 1, "without the key 'claim'", "claim: SLUG"),
        ("just words", 1, 1, "A claim is a mapping", "claim: SLUG"),
        ("- claim: a\n- words", 2, 3, "A claim is a mapping", "claim: SLUG"),
        ("- [[claim, a]]", 1, 3, "A claim is a mapping", "claim: SLUG"),
        ("{}", 1, 1, "A claim without keys", "claim: SLUG"),
        ("claim: a\n---\nclaim: a", 3, 8, "stands twice, first on line 1", "another slug"),
        ("claim: a\ntopic: b\ntopic: c", 3, 1, "'topic' stands twice, first on line 2", "a list"),
        ("claim: a\ntopic:", 2, 7, "'topic' has no value", "remove the key"),
        ("claim: a\ntopic: []", 2, 8, "'topic' has no value", "remove the key"),
        ("claim: a\nasserts:", 2, 9, "An entry of asserts is a mapping", "referral"),
        ("claim: a\nstatement: [x, y]", 2, 12, "'statement' takes one value", "list"),
        ("claim: a\nretirement: [{reason: x}]", 2, 13, "takes one value", "list"),
        ("claim: a\nstatement: {x: y}", 2, 12, "takes words, not a mapping", "quotes"),
        ("claim: a\ntopic: [[b]]", 2, 9, "takes words, not a list", "quotes"),
        ("claim: a b", 1, 8, "neither a slug", "some-claim"),
        ("claim: ../../etc/passwd", 1, 8, "neither a slug", "some-claim"),
        ("claim: claim:../x", 1, 8, "neither a slug", "some-claim"),
        ("claim: https://example.org/claim/../x", 1, 8, "'/../'", "without them"),
        ("claim: https://exa mple.org/", 1, 8, "No valid IRI", "Mend the IRI"),
        ("claim: a\ntopic: topik:b", 2, 8, "Unknown prefix 'topik'", "'topic'"),
        ("claim: a\ncitation: {standing: official statement}", 2, 22, "Unknown word", "'officialStatement'"),
        ("claim: a\ncitation: {stance: maybe}", 2, 20, "Unknown word 'maybe'", "Known: supports"),
        ("claim: a\ncitation: {reference: 3}", 2, 23, "marker without a source", "source"),
        ("claim: a\nasserts: [{subject: opr}]", 2, 11, "needs a subject", "part_of"),
        ("claim: a\nasserts: [{part_of: ice}]", 2, 11, "needs a subject", "part_of"),
        ("claim: a\nasserts: {referral: {from: a}, channel: {value: b}}", 2, 10, "says one thing", "- "),
        ("claim: &x a", 1, 8, "Anchors and aliases", "Write the value out"),
        ("claim: *x", 1, 8, "Anchors and aliases", "Write the value out"),
        ("claim: !!python/object:os.system a", 1, 8, "Tags are refused", "Remove the tag"),
        ("claim: !!str a", 1, 8, "Tags are refused", "Remove the tag"),
        ("? [a]\n: b", 1, 3, "stands as a key", "a word"),
        ("claim: a\nstatement: one: two", 2, 15, "mapping values are not allowed", "quotation marks"),
        ("claim: [a", 1, 10, "Not YAML", "Mend"),
        ("claim: a\n\tstatement: x", 2, 1, "Not YAML", "Mend"),
        ("%YAML 9.0\n---\nclaim: a", 1, 1, "Not YAML", "Mend"),
        ('claim: "\\ud800"', 1, 8, "surrogate", "character itself"),
    ],
)
def test_a_refusal_names_the_place_and_the_next_step(
    text: str, line: int, column: int, message: str, next_step: str
) -> None:
    error = refusal(text)
    assert error.place is not None
    assert (error.place.line, error.place.column) == (line, column)
    assert message in error.message
    assert next_step in error.next_step


def test_a_control_character_is_refused_with_its_line() -> None:
    error = refusal("claim: a\nstatement: x\x07y")
    assert "U+0007" in error.message
    assert error.place is not None
    assert error.place.line == 2


def test_an_impossible_escape_is_refused() -> None:
    assert "Not YAML" in refusal('claim: "\\UFFFFFFFF"').message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_before_it_can_exhaust_anything(opening: str) -> None:
    assert f"more than {MAX_DEPTH} deep" in refusal(opening * 50_000).message


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcd", "bcde", strict=True)
    )
    error = refusal(bomb)
    assert "Anchors" in error.message
    assert error.place is not None
    assert error.place.line == 1


def test_more_yaml_than_can_be_read_in_seconds_is_refused() -> None:
    assert "TriG" in refusal("# " + "x" * MAX_CHARACTERS).next_step


_PIECES = st.sampled_from(
    ["claim", ": ", "a", "\n", "- ", "  ", "citation:", "{", "}", "[", "]", ",", "quote", "gap", "asserts",
     "referral", "'", '"', "\\", "&x", "*x", "!t", "---\n", "...\n", "|", ">", "#", "%", "?", "\t", "\x00",
     "é", "source", "reference", "3", "https://", "office:", "\ud7ff", "\u2028", "\U0001f600", "\\U", "\\x"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        document, _ = yaml_to_jsonld(text, "new.yaml", KB)
    except UnreadableFile as error:
        assert error.next_step
    else:
        assert "@graph" in document


# the documentation ------------------------------------------------------------------------------------


def test_every_yaml_example_of_the_documentation_is_read() -> None:
    claims = [b for b in blocks("yaml") if b.startswith("claim:")]
    relations = [b for b in blocks("yaml") if b.startswith("- ")]
    assert len(claims) == 2
    for example in claims:
        assert read(example).quads
    for example in relations:
        indented = "".join(f"  {line}\n" for line in example.splitlines())
        assert read(f"claim: a\nasserts:\n{indented}").quads
    assert len(claims) + len(relations) + 1 == len(blocks("yaml")), "an example that no test reads"


def test_the_documentation_tells_of_every_key() -> None:
    keys = set().union(*form.SECTIONS.values())
    assert {key for key in keys if f"`{key}`" not in DOCS} == set()
