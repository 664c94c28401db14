"""`retire`: what is appended, what is refused, and what becomes of the claim."""

from __future__ import annotations

from datetime import date

import pytest

from command_line import RunCli
from onrecord.errors import FilingError, OnRecordError
from onrecord.filing.adding import Submission
from onrecord.filing.retiring import Retired, Retiring
from onrecord.model import RetirementKind
from small_base import SmallBase, as_file, inspector_claim

OLD, OTHER = "board-closed-41-of-60", "damage-goes-to-the-board"


def retire(
    small: SmallBase, claim: str, by: str = "", reason: str = "It was counted anew.", kind: str = ""
) -> Retired:
    kb = small.kb()
    how = RetirementKind(kind) if kind else None
    day = date(2026, 11, 22)
    return kb.retire(Retiring(kb.iri(claim), reason, kb.iri(by) if by else "", how, day))


def test_a_claim_is_retired_in_its_own_file(harbour: SmallBase) -> None:
    path = harbour.layout.claims / "harbour.trig"
    before = path.read_bytes()
    retired = retire(harbour, OLD, OTHER, 'They said "anew"\n  and \\ again.', "corrected")
    assert retired.file == "facts/claims/harbour.trig"
    assert path.read_bytes().startswith(before)
    found = harbour.kb().claim(OLD).retirement
    assert found is not None
    assert (found.kind, found.retired_on) == (RetirementKind.CORRECTED, "2026-11-22")
    assert found.replaced_by == harbour.kb().iri(OTHER)
    assert found.reason == 'They said "anew" and \\ again.'
    assert not harbour.kb().check(strict=True).fails()


def test_the_kind_follows_from_what_stands_instead(harbour: SmallBase) -> None:
    retire(harbour, OLD, OTHER)
    retire(harbour, OTHER)
    kinds = [r.kind for slug in (OLD, OTHER) if (r := harbour.kb().claim(slug).retirement)]
    assert kinds == [RetirementKind.SUPERSEDED, RetirementKind.RETRACTED]


def test_only_the_files_of_the_claim_change(harbour: SmallBase) -> None:
    before = harbour.digests()
    retire(harbour, OLD, OTHER)
    after = harbour.digests()
    assert {name for name in after if after[name] != before.get(name)} == {"facts/claims/harbour.trig"}


@pytest.mark.parametrize(
    ("claim", "by", "reason", "kind", "message"),
    [
        (OLD, OLD, "x", "", "instead of itself"),
        (OLD, "nobody", "x", "", "No claim claim:nobody"),
        ("nobody", OLD, "x", "", "No claim claim:nobody"),
        (OLD, "", "x", "corrected", "--by"),
        (OLD, "", "x", "superseded", "--by"),
        (OLD, OTHER, " \n", "", "reason"),
    ],
)
def test_what_makes_no_sense_is_refused(
    harbour: SmallBase, claim: str, by: str, reason: str, kind: str, message: str
) -> None:
    before = harbour.digests()
    with pytest.raises(OnRecordError, match=message):
        retire(harbour, claim, by, reason, kind)
    assert harbour.digests() == before


def test_a_retirement_stands(harbour: SmallBase) -> None:
    retire(harbour, OLD, OTHER)
    before = harbour.digests()
    with pytest.raises(
        FilingError, match="superseded by claim:damage-goes-to-the-board on 2026-11-22 already"
    ):
        retire(harbour, OLD, OTHER)
    assert harbour.digests() == before


def test_claims_never_replace_each_other_in_a_circle(harbour: SmallBase) -> None:
    harbour.kb().add(Submission(as_file(inspector_claim("third")), "x.trig"))
    retire(harbour, OLD, OTHER)
    retire(harbour, OTHER, "third")
    before = harbour.digests()
    with pytest.raises(FilingError, match="in a circle: claim:third -> claim:board-closed"):
        retire(harbour, "third", OLD)
    assert harbour.digests() == before


def test_a_retired_claim_stands_for_nothing(harbour: SmallBase) -> None:
    harbour.kb().add(Submission(as_file(inspector_claim("third")), "x.trig"))
    retire(harbour, OLD, OTHER)
    with pytest.raises(FilingError, match=f"--by claim:{OTHER}"):
        retire(harbour, "third", OLD)


def test_the_base_never_gets_worse(harbour: SmallBase, run_cli: RunCli) -> None:
    shape = harbour.root / "shapes" / "record" / "retirement.ttl"
    strict = "shape:retirement-reason a sh:PropertyShape ;\n    sh:minLength 500 ;"
    text = shape.read_text("utf-8").replace("shape:retirement-reason a sh:PropertyShape ;", strict)
    shape.write_text(text, "utf-8")
    before = harbour.digests()
    ran = run_cli("retire", OLD, "--by", OTHER, "--reason", "too short", *harbour.options())
    assert (ran.code, harbour.digests()) == (1, before)
    assert "retirement-reason" in ran.out


def test_what_was_wrong_before_does_not_keep_a_claim_from_being_retired(harbour: SmallBase) -> None:
    path = harbour.layout.claims / "harbour.trig"
    path.write_bytes(path.read_bytes().replace(b"41 of 60 reports in", b"40 of 60 reports in"))
    assert harbour.kb().check().fails()
    assert retire(harbour, OLD, kind="retracted").file


def test_the_command_says_what_became_of_the_claim(harbour: SmallBase, run_cli: RunCli) -> None:
    ran = run_cli("retire", OLD, "--by", OTHER, "--reason", "Counted anew.", *harbour.options())
    assert ran.code == 0
    assert ran.out == f"claim:{OLD} is superseded by claim:{OTHER}, in facts/claims/harbour.trig.\n"
    assert run_cli("retire", "no such claim", "--reason", "x", *harbour.options()).code == 2
