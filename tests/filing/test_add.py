"""`add`: what is filed, what is refused, and that a refusal leaves every byte as it was."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from command_line import RunCli
from onrecord.filing.adding import Added, Submission
from onrecord.model import Outcome
from small_base import HEADER, PAPER_TEXT, RULES_TEXT, SmallBase, as_file, inspector_claim, make

SLUG = "inspector-keeps-reports"
NEW = as_file(inspector_claim(SLUG))
YAML = """\
claim: owners-call-on-weekdays
statement: Owners have the harbour line at 555-0143, open to them on weekdays.
topic: contact
citation:
  source: quay-paper
  standing: reporting
  prefix: call the
  quote: harbour line” at 555-0143 on weekdays
asserts:
  channel: {channel_of: harbour-board, channel_kind: hotline, value: 555-0143}
"""
NEW_CONFLICT = f"""
conflict:five-or-ten a onr:Conflict ; onr:between claim:{SLUG} , claim:damage-goes-to-the-board ;
  onr:separatedBy onr:byScope ; onr:explanation "One is about registers, the other about reports."@en .
"""
NEW_SOURCE = """
source:tide-table a onr:Source ; dcterms:title "Tide table" ; dcterms:publisher "Harbour Board" ;
  dcterms:type "agency-page" ; onr:tier onr:primary ; dcterms:rights "written for these tests" .
office:tide-office a ov:Office ; skos:prefLabel "Tide Office"@en .
"""


def add(small: SmallBase, data: bytes, name: str = "new.trig", *, dry_run: bool = False) -> Added:
    return small.kb().add(Submission(data, name, on=date(2026, 11, 21)), dry_run=dry_run)


def rules_of(added: Added) -> set[str]:
    return {f.rule for f in added.report.findings if f.severity == "violation"}


def test_a_claim_is_filed_byte_for_byte_and_proved(harbour: SmallBase) -> None:
    added = add(harbour, NEW)
    path = harbour.root / added.file
    assert path == harbour.layout.claims / f"{SLUG}.trig"
    assert path.read_bytes().startswith(NEW)
    assert added.proved == 1
    claim = harbour.kb().claim(SLUG)
    assert claim.created == "2026-11-21"
    assert harbour.kb().base.proof(claim.citations[0].iri) is not None
    assert not harbour.kb().check(strict=True).fails()


def test_its_quotation_is_found_by_proof_where_the_text_is_not_at_hand(harbour: SmallBase) -> None:
    add(harbour, NEW)
    no_texts = SmallBase(harbour.root, harbour.archive / "elsewhere")
    report = no_texts.kb().check(strict=True)
    assert not report.fails()
    assert [(r.outcome, r.means) for r in report.citations] == [(Outcome.FOUND, "proof")] * 3


def test_a_day_of_adding_that_stands_there_is_kept(harbour: SmallBase) -> None:
    dated = NEW.replace(
        b"onr:topic topic:standards ;",
        b'dcterms:created "2020-01-01"^^xsd:date ; onr:topic topic:standards ;',
    )
    added = add(harbour, dated)
    assert (harbour.root / added.file).read_bytes() == dated


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n# a last remark"])
def test_the_day_of_adding_can_follow_any_ending(harbour: SmallBase, end: bytes) -> None:
    added = add(harbour, NEW.rstrip(b"\n") + end)
    assert added.file
    assert harbour.kb().claim(SLUG).created == "2026-11-21"


def test_yaml_is_filed_as_trig(harbour: SmallBase) -> None:
    added = add(harbour, YAML.encode(), "new.yaml")
    assert added.file == "facts/claims/owners-call-on-weekdays.trig"
    claim = harbour.kb().claim("owners-call-on-weekdays")
    assert claim.statement.startswith("Owners have the harbour line")
    assert (claim.created, len(claim.assertions)) == ("2026-11-21", 4)
    assert not harbour.kb().check(strict=True).fails()


def test_standard_input_is_read_once(
    harbour: SmallBase, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(YAML.encode())))
    ran = run_cli("add", "-", *harbour.options())
    assert (ran.code, "Filed 1 claim" in ran.out) == (0, True)


def test_the_file_name_is_never_one_that_is_taken(harbour: SmallBase) -> None:
    taken = harbour.layout.claims / "deeper" / f"{SLUG}.trig"
    taken.parent.mkdir()
    taken.write_text("# nothing here\n", "utf-8")
    assert add(harbour, NEW).file == f"facts/claims/{SLUG}-2.trig"
    assert (harbour.layout.proofs / f"{SLUG}-2.json").is_file()


def test_conflicts_sources_and_entities_may_come_with_a_claim(harbour: SmallBase) -> None:
    added = add(harbour, NEW + (NEW_CONFLICT + NEW_SOURCE).encode())
    assert added.file
    base = harbour.kb().base
    assert [c.iri.rsplit("/", 1)[-1] for c in base.conflicts()] == ["five-or-ten"]
    assert {s.slug for s in base.sources()} == {"harbour-rules", "quay-paper", "tide-table"}


def test_sources_without_a_commitment_are_committed_to(tmp_path: Path) -> None:
    small = make(tmp_path, proved=False)
    added = add(small, NEW)
    assert added.proved == 1
    report = SmallBase(small.root, tmp_path / "none").kb().check()
    outcomes = {r.citation.source.rsplit("/", 1)[-1]: r.means for r in report.citations}
    assert outcomes == {"harbour-rules": "proof", "quay-paper": ""}
    assert not report.fails()


def test_without_a_text_or_commitment_a_claim_is_filed_unchecked(tmp_path: Path) -> None:
    small = make(tmp_path, texts=False, proved=False)
    added = add(small, NEW)
    assert (added.file != "", added.proved) == (True, 0)
    refused = small.kb().add(Submission(as_file(inspector_claim("again")), "x.trig"), strict=True)
    assert (refused.file, rules_of(refused)) == ("", {"citation-unchecked"})


def test_a_dry_run_writes_nothing(harbour: SmallBase) -> None:
    before = harbour.digests()
    added = add(harbour, NEW, dry_run=True)
    assert (added.file, added.proved) == (f"facts/claims/{SLUG}.trig", 1)
    assert harbour.digests() == before


REFUSED = {
    "a changed quotation": (as_file(inspector_claim(SLUG, "nine")), "citation-changed"),
    "a claim that is there": (as_file(inspector_claim("damage-goes-to-the-board")), "structure-claim-exists"),
    "no claim": (as_file(NEW_SOURCE), "base-empty"),
    "nothing": (b"", "base-empty"),
    "a conflict alone": (as_file(NEW_CONFLICT.replace(SLUG, "board-closed-41-of-60")), "base-empty"),
    "more about a source": (NEW + b'source:quay-paper onr:note "More." .', "filing-known"),
    "a source written again": (NEW + b'source:quay-paper a onr:Source ; dcterms:title "T" .', "filing-known"),
    "more about an old claim": (
        NEW + b'claim:board-closed-41-of-60 onr:timeWording "in 2023" .',
        "filing-known",
    ),
    "a commitment": (
        NEW + b"source:quay-paper.snapshot-1 a onr:Snapshot ; onr:snapshotOf source:quay-paper .",
        "filing-kind",
    ),
    "a term": (NEW + b"onr:better a rdf:Property .", "filing-kind"),
    "an unknown office": (NEW.replace(b"office:inspector-of-quays", b"office:nobody"), "structure-dangling"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_leaves_every_byte_as_it_was(harbour: SmallBase, case: str) -> None:
    data, rule = REFUSED[case]
    before = harbour.digests()
    added = add(harbour, data)
    assert added.file == ""
    assert rule in rules_of(added)
    assert harbour.digests() == before


def test_a_text_that_is_not_the_one_committed_to_is_refused_with_the_next_step(
    harbour: SmallBase, run_cli: RunCli, tmp_path: Path
) -> None:
    newer = SmallBase(harbour.root, tmp_path / "newer")
    newer.file_text("harbour-rules", RULES_TEXT + "## 9 CFR 12.3 Fees\n(a) There are none.\n")
    given = tmp_path / "new.trig"
    given.write_bytes(NEW)
    before = harbour.digests()
    ran = run_cli("add", str(given), *newer.options())
    assert (ran.code, harbour.digests()) == (1, before)
    assert "violation citation-stale" in ran.out
    assert "onrecord prove --source harbour-rules" in ran.out
    assert run_cli("prove", "--source", "harbour-rules", *newer.options()).code == 0
    assert run_cli("add", str(given), *newer.options()).code == 0


def test_the_report_of_a_refusal_can_be_read_by_machines(
    harbour: SmallBase, run_cli: RunCli, tmp_path: Path
) -> None:
    given = tmp_path / "new.trig"
    given.write_bytes(as_file(inspector_claim(SLUG, "nine")))
    ran = run_cli("add", str(given), "-f", "json", *harbour.options())
    assert ran.code == 1
    assert "citation-changed" in {f["rule"] for f in json.loads(ran.out)["findings"]}
    assert "Refused" in ran.err


def test_what_cannot_be_read_is_exit_code_2(harbour: SmallBase, run_cli: RunCli, tmp_path: Path) -> None:
    given = tmp_path / "new.trig"
    given.write_bytes(b"claim:x a onr:Claim .")
    before = harbour.digests()
    ran = run_cli("add", str(given), *harbour.options())
    assert (ran.code, harbour.digests()) == (2, before)
    assert "new.trig:1" in ran.err


def test_nothing_is_added_to_a_base_with_a_file_that_does_not_parse(
    harbour: SmallBase, run_cli: RunCli, tmp_path: Path
) -> None:
    (harbour.layout.claims / "broken.trig").write_text("claim:x a", "utf-8")
    given = tmp_path / "new.trig"
    given.write_bytes(NEW)
    ran = run_cli("add", str(given), *harbour.options())
    assert ran.code == 2
    assert "facts/claims/broken.trig" in ran.err


def test_prefixes_of_any_name_survive(harbour: SmallBase) -> None:
    renamed = NEW.replace(b"claim:", b"c:")
    assert renamed != NEW
    assert add(harbour, renamed).file


def test_a_draft_filled_in_is_added_and_shown(harbour: SmallBase, run_cli: RunCli, tmp_path: Path) -> None:
    quoted = ("--source", "quay-paper", "--quote", "primary office for reporting damage")
    drafted = run_cli("new", *quoted, "--slug", "desk-not-primary", *harbour.options())
    assert drafted.code == 0
    given = tmp_path / "claim.trig"
    given.write_text(drafted.out, "utf-8")
    assert run_cli("add", str(given), *harbour.options()).code == 1
    given.write_text(filled_in(drafted.out), "utf-8")
    ran = run_cli("add", str(given), *harbour.options())
    assert ran.code == 0, ran.out
    claim = harbour.kb().claim("desk-not-primary")
    assert claim.citations[0].prefix == "not the"
    assert [r.rsplit("/", 1)[-1] for r in claim.citations[0].references] == ["quay-paper.ref-1"]
    assert PAPER_TEXT.count(claim.citations[0].exact) == 1


def filled_in(draft: str) -> str:
    """The draft of the test above, with what a person would write."""
    asserted = (
        "claim:desk-not-primary.appraisal a ov:Appraisal ;\n"
        "  ov:of office:harbour-board ; <https://w3id.org/onrecord/oversight#aspect>\n"
        "  <https://w3id.org/onrecord/concept/aspect/effectiveness> .\n"
    )
    lines = [line for line in draft.splitlines() if not line.startswith("  #")]
    text = "\n".join(lines).replace("topic:FILL-IN", "topic:intake").replace("{\n}", "{\n" + asserted + "}")
    statement = "The complaints desk is not the main office of the Harbour Board for reports of damage."
    start = text.index('"FILL IN')
    return text[:start] + f'"{statement}"' + text[text.index('"@en', start) + 1 :]


def test_claims_of_several_slugs_are_filed_in_one_file(harbour: SmallBase) -> None:
    both = HEADER + inspector_claim("second-to-none") + inspector_claim("another-one")
    added = add(harbour, both.encode())
    assert added.file == "facts/claims/second-to-none.trig"
    assert [c.rsplit("/", 1)[-1] for c in added.claims] == ["second-to-none", "another-one"]
