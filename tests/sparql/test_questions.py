"""Named questions: their files and their parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import UnknownTerm, UnreadableFile
from onrecord.model import Literal
from onrecord.store.layout import Layout
from onrecord.store.questions import question, read_question
from onrecord.vocab import XSD
from small_base import SmallBase


def test_a_question_has_a_title_a_description_and_parameters(disputed: SmallBase) -> None:
    found = question(disputed.layout, "added-since")
    assert found.title == "What was added since a date"
    assert [p.shown for p in found.parameters] == [
        "since (date)",
        "at_most (number, default 10)",
        "word (text, default Board)",
    ]
    assert question(disputed.layout, "who-keeps").parameters[0].shown == "office (office, optional)"


def test_parameters_are_bound_as_terms_and_their_columns_left_out(disputed: SmallBase) -> None:
    kb = disputed.kb()
    answer = kb.run(kb.question("added-since", {"since": "2026-11-02", "word": "quoted"}))
    assert answer.variables == ("claim",) and not answer.rows
    assert len(kb.run(kb.question("added-since", {"since": "2026-11-02"})).rows) == 5


def test_an_optional_parameter_may_be_left_out(disputed: SmallBase) -> None:
    kb = disputed.kb()
    assert kb.run(kb.question("who-keeps")).variables == ("office", "claim")
    assert kb.run(kb.question("who-keeps", {"office": "office:harbour-board"})).variables == ("claim",)
    assert not kb.run(kb.question("who-keeps", {"office": "harbour-master"})).rows


@pytest.mark.parametrize(
    "hostile",
    [
        'x" . } INSERT DATA { <a:a> <a:b> <a:c> } #',
        "') } SERVICE <http://127.0.0.1/> { ",
        "\\u0022 } #",
        "\n",
    ],
)
def test_a_value_is_never_read_as_sparql(disputed: SmallBase, hostile: str) -> None:
    kb = disputed.kb()
    request = kb.question("added-since", {"since": "2026-11-02", "word": hostile})
    assert request.bindings["word"] == Literal(hostile.strip())
    assert "SERVICE" not in request.text
    if hostile.strip():
        assert not kb.run(request).rows


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("who-keep", {}, "Did you mean 'who-keeps'?"),
        ("added-since", {}, "needs the parameter 'since' (date)"),
        ("added-since", {"since": "yesterday"}, "must be a date such as"),
        ("added-since", {"since": "2026-13-01"}, "must be a date such as"),
        ("added-since", {"since": "2026-11-02", "at_most": "ten"}, "must be a number"),
        ("added-since", {"until": "2026-11-02"}, "has no parameter 'until'"),
        ("who-keeps", {"office": "nobody"}, "holds no office:nobody"),
        ("who-keeps", {"office": "topic:referral"}, "must be of kind office"),
        ("who-keeps", {"office": "a> <b"}, "No office"),
    ],
)
def test_a_parameter_that_does_not_fit_is_an_error(
    disputed: SmallBase, name: str, given: dict[str, str], said: str
) -> None:
    with pytest.raises(UnknownTerm) as refused:
        disputed.kb().question(name, given)
    assert said in refused.value.message


def test_a_number_is_bound_with_its_type(disputed: SmallBase) -> None:
    found = question(disputed.layout, "added-since")
    bound = found.bind({"since": "2026-11-02", "at_most": "1.5"}, lambda _: True)
    assert bound["at_most"] == Literal("1.5", XSD + "decimal")
    assert bound["since"] == Literal("2026-11-02", XSD + "date")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("untitled.rq", "SELECT * { }", "no title"),
        ("Bad_Name.rq", "#+ title: x\nASK {}", "small letters"),
        ("kind.rq", "#+ title: x\n#+ param y: a planet\nASK {}", "Not a line of a question's header"),
        ("form.rq", "#+ title: x\n#+ param y\nASK {}", "Not a line of a question's header"),
        ("key.rq", "#+ title: x\n#+ author: me\nASK {}", "Not a line of a question's header"),
    ],
)
def test_a_malformed_question_is_named_with_its_line(tmp_path: Path, file: str, text: str, said: str) -> None:
    path = tmp_path / "facts" / "questions" / file
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableFile, match=said) as refused:
        read_question(path, Layout(tmp_path))
    assert refused.value.place is not None and refused.value.place.file == f"facts/questions/{file}"


def test_a_dispute_shows_only_where_it_is_asked_for(disputed: SmallBase) -> None:
    kb = disputed.kb()
    rows = kb.run(kb.question("who-keeps")).rows
    assert [str(row[1]).rsplit("/", 1)[1] for row in rows] == ["board-keeps-reports-five-years"]
