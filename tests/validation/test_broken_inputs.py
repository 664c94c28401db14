"""Broken inputs: one table; each gets one clear message with its place, the designed exit code, no network."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.cli.main import run
from onrecord.vocab import PREFIXES
from shipped import ROOT, shipped_base

HEAD = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
FIRST_LINE = HEAD.count("\n") + 1
GRAPH = "GRAPH claim:new-one { claim:new-one.f a ov:Function ; ov:by office:ice ; ov:activity activity:discipline }\n"
CITATION = (
    "onr:citation [ onr:source source:oig-20-54 ; onr:stance onr:supports ; onr:standing onr:oversightFinding ; "
    'oa:exact "does not follow its written policy when conducting disciplinary reviews" ]'
)
STATEMENT = (
    'onr:statement "In disciplinary reviews ICE does not follow the policy that it has written down."@en'
)
TOPIC = "onr:topic topic:discipline"


def claim(
    *,
    graph: str = GRAPH,
    statement: str = STATEMENT,
    topic: str = TOPIC,
    citation: str = CITATION,
    more: str = "",
) -> bytes:
    parts = [part for part in (statement, topic, citation, more) if part]
    return (HEAD + graph + "claim:new-one a onr:Claim ;\n  " + " ;\n  ".join(parts) + " .\n").encode()


def quoted(exact: str, extra: str = "") -> str:
    return CITATION.replace(
        "does not follow its written policy when conducting disciplinary reviews", exact
    ).replace("oa:exact", f"{extra} oa:exact")


def gap(graph: str) -> bytes:
    return claim(graph=graph).replace(b"a onr:Claim ;", b"a onr:Claim, onr:Gap ;")


@dataclass(frozen=True)
class Broken:
    """One broken input: what is checked, the exit code, and what the output must say."""

    name: str
    data: bytes
    code: int
    says: tuple[str, ...]
    file: str = "new.trig"


YAML = "claim: new-one\nstatement: In disciplinary reviews ICE does not follow the policy that it has written down.\n"
TABLE = [
    Broken("sound", claim(), 0, ("Nothing found against it", "1 unchecked because")),
    # could not run: exit code 2
    Broken("syntax error", claim() + b"claim:x a onr:Claim", 2, ("file-unreadable", "new.trig:")),
    Broken("unknown prefix", b"# a\n# b\nclam:x a clam:y .", 2, ("clam:", "new.trig:3")),
    Broken("latin-1", HEAD.encode() + "# caf\xe9".encode("latin-1"), 2, ("Not UTF-8", f"new.trig:{FIRST_LINE}")),
    Broken("utf-16", claim().decode().encode("utf-16"), 2, ("Not UTF-8", "new.trig:1")),
    Broken("unknown kind of file", b"x", 2, ("Unknown kind of file .docx", "Known:"), "new.docx"),
    Broken("entity expansion", b'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<r>&b;</r>', 2, ("document type declaration", "new.rdf:2"), "new.rdf"),
    Broken("external entity", b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>', 2, ("document type", "new.rdf:1"), "new.rdf"),
    Broken("remote context", b'{"@context": "https://example.org/context.jsonld", "statement": "x"}', 2, ("contexts are never fetched",), "new.jsonld"),
    Broken("broken json", b'{"@id": \n "x", ]', 2, ("Does not parse", "new.jsonld:2"), "new.jsonld"),
    Broken("yaml syntax", (YAML + "topic: [a\n").encode(), 2, ("file-unreadable", "new.yaml:"), "new.yaml"),
    Broken("yaml bomb", b"a: &a [x, x]\nb: &b [*a, *a]\nclaim: [*b, *b]\n", 2, ("new.yaml:1", "expand without bound"), "new.yaml"),
    Broken("yaml key unknown", (YAML + "statment: x\n").encode(), 2, ("statment", "statement", "new.yaml:3"), "new.yaml"),
    Broken("yaml key twice", (YAML + "claim: other\n").encode(), 2, ("new.yaml:3", "claim"), "new.yaml"),
    Broken("yaml tag", b"claim: !!python/object/apply:os.system ['true']\n", 2, ("new.yaml:1",), "new.yaml"),
    Broken("deep json", b'{"a":' * 100_000, 2, ("file-unreadable",), "new.json"),
    Broken("deep yaml", b"claim: " + b"[" * 50_000, 2, ("file-unreadable", "new.yaml:1"), "new.yaml"),
    Broken("triple term", (HEAD + "claim:x onr:statement <<( claim:a claim:b claim:c )>> .").encode(), 2, ("file-unreadable",)),
    Broken("zero bytes", b"\x00\x01\x02\x03", 2, ("Does not parse", "new.trig:1")),
    # findings: exit code 1
    Broken("empty file", b"", 1, ("base-empty", "nothing was checked")),
    Broken("import", claim() + b"claim:new-one owl:imports <https://example.org/o> .", 1, ("structure-import", "never followed")),
    Broken("no citation", claim(citation=""), 1, ("claim-citation",)),
    Broken("no statement", claim(statement=""), 1, ("claim-statement",)),
    Broken("two statements", claim(more='onr:statement "ICE has another statement besides the first."@en'), 1, ("claim-statement",)),
    Broken("statement without language", claim(statement=STATEMENT.replace("@en", "")), 1, ("claim-statement",)),
    Broken("no topic", claim(topic=""), 1, ("claim-topic",)),
    Broken("wrong datatype", claim(more="onr:asOf 2020"), 1, ("claim-as-of",)),
    Broken("no such date", claim(more='onr:asOf "2020-13-45"^^xsd:date'), 1, ("claim-as-of",)),
    Broken("unknown source", claim(citation=CITATION.replace("oig-20-54", "oig-20-45")), 1, ("structure-dangling", "Did you mean source:oig-20-54")),
    Broken("unknown office", claim(graph=GRAPH.replace("office:ice", "office:icee")), 1, ("structure-dangling", "office:icee")),
    Broken("unknown own term", claim(more='onr:statemant "x"@en'), 1, ("terms-unknown", "onr:statement")),
    Broken("unknown concept", claim(topic="onr:topic topic:disciplin"), 1, ("terms-unknown", "topic:discipline")),
    Broken("paragraph quoted", claim(citation=quoted("word " * 90)), 1, ("quotation-length", "90 words")),
    Broken("three words quoted", claim(citation=quoted("does not follow")), 1, ("quotation-length", "3 words")),
    Broken("ellipsis", claim(citation=quoted("does not follow \u2026 disciplinary reviews")), 1, ("citation-exact-ellipsis",)),
    Broken("brackets", claim(citation=quoted("does not follow [its] written policy")), 1, ("citation-exact-brackets",)),
    Broken("long prefix", claim(citation=quoted("does not follow its written policy", 'oa:prefix "one two three four five" ;')), 1, ("quotation-affix",)),
    Broken("no stance", claim(citation=CITATION.replace("onr:stance onr:supports ;", "")), 1, ("citation-stance",)),
    Broken("unknown standing", claim(citation=CITATION.replace("oversightFinding", "gossip")), 1, ("citation-standing", "terms-unknown")),
    Broken("allegation by nobody", claim(citation=CITATION.replace("oversightFinding", "allegation")), 1, ("wording-attribution",)),
    Broken("same citation twice", claim(citation=CITATION + ', [ onr:locator "p. 2" ; ' + CITATION.removeprefix("onr:citation [")), 1, ("citation-twice",)),
    Broken("not proved", claim(citation=quoted("the office may keep every report forever").replace("oig-20-54", "usc-6-211j-cbp-opr")), 1, ("citation-absent", "source add")),
    Broken("dangling conflict", claim() + b'conflict:x a onr:Conflict ; onr:between claim:new-one , claim:none ; onr:separatedBy onr:byDate ; onr:explanation "They differ in date."@en .', 1, ("structure-dangling", "claim:none")),
    Broken("circle of successors", claim(more='onr:retirement [ onr:retirementKind onr:superseded ; onr:replacedBy claim:new-two ; onr:reason "x" ; onr:retiredOn "2026-11-21"^^xsd:date ]') + claim(more='onr:retirement [ onr:retirementKind onr:superseded ; onr:replacedBy claim:new-one ; onr:reason "y" ; onr:retiredOn "2026-11-21"^^xsd:date ]').replace(b"new-one", b"new-two").replace(b"replacedBy claim:new-two", b"replacedBy claim:new-one"), 1, ("structure-cycle", "claim:new-one -> claim:new-two")),
    Broken("assessed by itself", claim(more='onr:assessment [ onr:verdict onr:contradicted ; onr:basis claim:new-one ; onr:reason "x" ; onr:assessedOn "2026-11-21"^^xsd:date ]'), 1, ("structure-replaced",)),
    Broken("fact outside a claim", claim() + b"office:ice ov:partOf office:dhs .", 1, ("structure-fact-outside", f"new.trig:{FIRST_LINE + 5}")),
    Broken("identity changed in a claim file", claim() + b"office:ice onr:statement \"ICE is an office of the department.\"@en .", 1, ("entity",)),
    Broken("empty gap", gap("GRAPH claim:new-one { }\n"), 1, ("structure-graph-empty",)),
    Broken("gap with a fact in it", gap(GRAPH), 1, ("structure-gap",)),
    Broken("claim without graph", claim(graph=""), 1, ("structure-graph-empty",)),
    Broken("graph without claim", claim() + GRAPH.replace("new-one", "new-two").encode(), 1, ("structure-graph-unknown", "claim:new-two")),
    Broken("node of another claim", claim(graph=GRAPH.replace("claim:new-one.f", "claim:holding-facility-to-jic.f")), 1, ("structure-graph-foreign",)),
    Broken("record inside the graph", claim(graph=GRAPH.replace(" }", ' . claim:new-one.f onr:statement "ICE says so in its graph."@en }')), 1, ("structure-graph-foreign",)),
    Broken("path traversal in a name", claim().replace(b"claim:new-one.f", b"<https://w3id.org/onrecord/kb/claim/..%2F..%2Fetc.f>").replace(b"claim:new-one", b"<https://w3id.org/onrecord/kb/claim/..%2F..%2Fetc>"), 1, ("structure-slug",)),
    Broken("capitals in a name", claim().replace(b"new-one", b"New_One"), 1, ("structure-slug",)),
    Broken("valid until before it begins", claim(more='onr:validFrom "2024"^^xsd:gYear ; onr:validThrough "2023-05"^^xsd:gYearMonth'), 1, ("structure-validity",)),
    Broken("reference of another source", claim(citation=CITATION.replace("onr:stance", "onr:reference source:factually-opr-vs-oig.ref-3 ; onr:stance")), 1, ("citation-foreign-reference",)),
    Broken("waiver of no rule", claim(more='onr:waiver [ onr:rule "wording-everything" ; onr:reason "it is in the way of the author" ; onr:author "A" ; onr:waivedOn "2026-11-21"^^xsd:date ]'), 1, ("waiver-unknown",)),
    Broken("waiver of a citation rule", claim(more='onr:waiver [ onr:rule "citation-absent" ; onr:reason "it is in the way of the author" ; onr:author "A" ; onr:waivedOn "2026-11-21"^^xsd:date ]'), 1, ("waiver-unknown",)),
    Broken("terminal escapes", claim(statement='onr:statement "\\u001B[2J\\u001B[31mICE \\u0007does not follow the policy that it has."@en', citation=""), 1, ("claim-citation",)),
]  # fmt: skip

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def onrecord(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], cache: Path, tmp_path: Path
) -> Run:
    """The command line, in this process, with every connection refused."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("ONRECORD_CACHE", str(cache))
    monkeypatch.setenv("ONRECORD_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, kb: Path = ROOT) -> tuple[int, str]:
        with pytest.raises(SystemExit) as stop:
            run(["--kb", str(kb), *arguments])
        captured = capfd.readouterr()
        return int(stop.value.code or 0), captured.out + captured.err

    return call


@pytest.mark.parametrize("broken", TABLE, ids=lambda b: b.name.replace(" ", "-"))
def test_a_broken_file_gets_a_clear_message_and_its_exit_code(broken: Broken, onrecord: Run) -> None:
    Path(broken.file).write_bytes(broken.data)
    code, output = onrecord("check", broken.file)
    assert code == broken.code, output
    for said in broken.says:
        assert said in output
    assert "Traceback" not in output
    assert "\x1b" not in output
    if code:
        assert f"{broken.file}" in output


def test_a_missing_file_and_a_folder_and_a_missing_base_could_not_be_run(onrecord: Run) -> None:
    for given, said in (("none.trig", "No such file"), (".", "Is a folder")):
        code, output = onrecord("check", given)
        assert (code, said in output) == (2, True)
    code, output = onrecord("check", kb=Path("nowhere"))
    assert (code, "which is no base" in output) == (2, True)


def test_a_file_of_200_megabytes_is_refused_at_once(onrecord: Run) -> None:
    with Path("huge.trig").open("wb") as stream:
        stream.truncate(200_000_000)
    code, output = onrecord("check", "huge.trig")
    assert (code, "Larger than" in output) == (2, True)


def test_the_other_files_are_still_reported_beside_one_that_does_not_parse(onrecord: Run) -> None:
    Path("a.trig").write_bytes(b"nonsense")
    Path("b.trig").write_bytes(claim(citation=""))
    code, output = onrecord("check", "a.trig", "b.trig")
    assert code == 2
    assert "a.trig:1" in output
    assert "claim-citation" in output


def test_the_same_claim_in_two_files_is_a_violation(onrecord: Run) -> None:
    Path("a.trig").write_bytes(claim())
    Path("b.trig").write_bytes(claim())
    code, output = onrecord("check", "a.trig", "b.trig")
    assert (code, "structure-claim-twice" in output) == (1, True)


def test_a_new_claim_that_says_what_an_old_one_says_is_told_so_wherever_its_name_sorts(onrecord: Run) -> None:
    said = shipped_base().claim("https://w3id.org/onrecord/kb/claim/holding-facility-to-jic")
    assert said is not None
    recipients = "office:jic , office:law-enforcement"
    graph = GRAPH.replace("ov:Function ; ov:by office:ice ; ov:activity activity:discipline",
                          f"ov:Referral ; ov:from office:dhs-holding-facility ; ov:to {recipients}")  # fmt: skip
    twin = claim(graph=graph, statement=f'onr:statement "{said.statement}"@en').replace(b"new-one", b"a-twin")
    Path("twin.trig").write_bytes(twin)
    output = onrecord("check", "twin.trig")[1]
    assert "across-duplicate" in output
    assert "claim:holding-facility-to-jic" in output


@pytest.mark.parametrize("given", ["../../etc/passwd", "a/b", "..", "A", ""])
def test_an_id_that_is_a_path_is_refused(given: str, onrecord: Run) -> None:
    Path("text.txt").write_text("Some words of a text.")
    code, output = onrecord("source", "add", "text.txt", "--id", given)
    assert code == 2, output
    assert "Traceback" not in output
    assert not Path("archive").exists()


@pytest.fixture
def own_base(tmp_path: Path) -> Path:
    """A base with the shipped ontology, shapes and identities, and one claim."""
    base = tmp_path / "base"
    for folder in ("ontology", "shapes"):
        shutil.copytree(ROOT / folder, base / folder)
    (base / "facts" / "claims").mkdir(parents=True)
    for name in ("entities.ttl", "sources.ttl"):
        shutil.copy(ROOT / "facts" / name, base / "facts" / name)
    (base / "facts" / "claims" / "new.trig").write_bytes(claim())
    return base


def _put(path: str, text: str) -> Callable[[Path], None]:
    def write(base: Path) -> None:
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_text(text)

    return write


def _misspell_a_constraint(base: Path) -> None:
    shape = base / "shapes" / "record" / "claim.ttl"
    shape.write_text(shape.read_text().replace("sh:minCount", "sh:minCounts", 1))


BASES: list[tuple[str, Callable[[Path], None], int, str]] = [
    ("sound", lambda base: None, 0, "Nothing found against it"),
    ("damaged-proofs", _put("facts/proofs/new.json", "{"), 2, "Not a proof file"),
    ("other-proofs", _put("facts/proofs/new.json", '{"version": "2"}'), 2, "Not a proof file of version"),
    ("malformed-proof", _put("facts/proofs/new.json", '{"version": "onrecord/1", "proofs": {"a": {}}}'), 2, "malformed"),
    ("broken-settings", _put("onrecord.toml", "[base\n"), 2, "Not TOML"),
    ("unknown-setting", _put("onrecord.toml", "[limits]\nquotation_wards = [4, 12]\n"), 2, "quotation_wards"),
    ("unknown-level", _put("onrecord.toml", '[rules]\nwording-close = "loud"\n'), 2, "loud"),
    ("unknown-rule", _put("onrecord.toml", '[rules]\nwording-clothes = "off"\n'), 2, "which is no rule"),
    ("trust-lowered", _put("onrecord.toml", '[rules]\ncitation-absent = "off"\n'), 2, "trust rests on"),
    ("misspelt-constraint", _misspell_a_constraint, 1, "sh:minCounts"),
    ("no-claims", lambda base: (base / "facts" / "claims" / "new.trig").unlink(), 1, "nothing was checked"),
    ("broken-shapes", _put("shapes/record/more.ttl", "nonsense"), 2, "shapes/record/more.ttl:1"),
    ("broken-ontology", _put("ontology/more.ttl", "nonsense"), 2, "ontology/more.ttl:1"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "damage", "code", "said"), BASES, ids=[b[0] for b in BASES])
def test_a_damaged_base_gets_a_clear_message_and_its_exit_code(
    name: str, damage: Callable[[Path], None], code: int, said: str, own_base: Path, onrecord: Run
) -> None:
    damage(own_base)
    found, output = onrecord("check", kb=own_base)
    assert found == code, output
    assert said in output
    assert "Traceback" not in output


@pytest.fixture
def tree(own_base: Path) -> Iterator[dict[str, bytes]]:
    before = _bytes_of(own_base)
    yield before
    assert _bytes_of(own_base) == before


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_checking_writes_nothing_into_the_base(own_base: Path, tree: dict[str, bytes], onrecord: Run) -> None:
    assert onrecord("check", kb=own_base)[0] == 0
    assert onrecord("check", str(own_base / "facts" / "claims" / "new.trig"), kb=own_base)[0] == 0
    assert tree


def test_a_result_that_cannot_be_written_leaves_no_half_file(onrecord: Run) -> None:
    Path("new.trig").write_bytes(claim())
    code, output = onrecord("check", "new.trig", "-o", "missing\0name")
    assert code == 2
    assert "Traceback" not in output
    if os.geteuid() != 0:
        Path("locked").mkdir(mode=0o500)
        assert onrecord("check", "new.trig", "-o", "locked/report.txt")[0] == 2
