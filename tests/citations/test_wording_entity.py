"""What the triples name and the statement does not, and the other way round."""

from __future__ import annotations

import pytest

from citations.wording_case import Quote, findings, iri, rules
from onrecord.model import Source

QUOTE = "promptly reported to the Joint Intake Center"
OIG_PAGE = Source(iri("source:article"), "Hotline", publishers=("DHS Office of Inspector General",))
TRUE: dict[str, tuple[str, tuple[str, ...]]] = {
    "asserted, never named": ("Incidents are reported promptly.", ("office:jic",)),
    "another office of the same name": ("CBP's OPR investigates.", ("office:cbp-opr", "office:opr")),
    "named only by a pronoun": ("It goes to Congress.", ("office:congress", "office:dhs-oig")),
    "named by its acronym, not asserted": ("The JIC takes reports for OPR.", ("office:opr",)),
    "named by its label, not asserted": (
        "The Joint Intake Center takes reports of detainees.",
        ("group:detainees",),
    ),
    "one of two asserted": ("Reports go to the JIC.", ("office:jic", "office:field-director")),
}
FALSE: dict[str, tuple[str, tuple[str, ...]]] = {
    "by its label": ("Incidents go to the Joint Intake Center.", ("office:jic",)),
    "by its acronym": ("Incidents go to the JIC.", ("office:jic",)),
    "in the possessive": ("The JIC's work is intake.", ("office:jic",)),
    "in the plural": ("ICE Field Office Directors must be told.", ("office:field-director",)),
    "in the singular": ("A complainant may ask.", ("group:complainants",)),
    "in other order": ("The office of ICE for Professional Responsibility acts.", ("office:opr",)),
    "part of a longer name": ("ICE OPR investigates.", ("office:opr",)),
    "a name within an asserted one": (
        "The Field Office Director of ICE is told.",
        ("office:field-director",),
    ),
    "ice that is no acronym": ("Reports on ice go to Congress.", ("office:congress",)),
    "nothing asserted of entities": ("The JIC takes reports.", ()),
}


@pytest.mark.parametrize(("statement", "about"), TRUE.values(), ids=TRUE)
def test_finds(statement: str, about: tuple[str, ...]) -> None:
    assert "wording-entity" in rules(statement, QUOTE, about=about)


@pytest.mark.parametrize(("statement", "about"), FALSE.values(), ids=FALSE)
def test_leaves_alone(statement: str, about: tuple[str, ...]) -> None:
    assert "wording-entity" not in rules(statement, QUOTE, about=about)


def test_speakers_and_publishers_may_be_named() -> None:
    statement, about = "DHS OIG told critics of the JIC.", ("office:jic", "group:critics")
    assert "wording-entity" in rules(statement, QUOTE, about=about)
    assert "wording-entity" not in rules(statement, Quote(QUOTE, said_by="office:dhs-oig"), about=about)
    assert "wording-entity" not in rules(
        "The DHS Office of Inspector General told critics of the JIC.",
        QUOTE,
        about=about,
        sources=(OIG_PAGE,),
    )


def test_is_a_warning_that_names_the_entity() -> None:
    (found,) = findings("Incidents are reported promptly.", QUOTE, about=("office:jic",))
    assert found.severity.value == "warning"
    assert "Joint Intake Center" in found.message
