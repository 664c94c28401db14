"""The index: built from the files, refreshed by itself, safe to delete; what its default graph holds."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.errors import UnreadableFile
from onrecord.store.index import cache_folder, open_index
from onrecord.store.layout import Layout
from onrecord.store.scope import Scope
from onrecord.vocab import KB, ONR, OV, PREFIXES

HEAD = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())


def claim(slug: str, standing: str = "reporting", more: str = "", to: str = "b") -> str:
    return (
        f"GRAPH claim:{slug} {{ office:a ov:reportsTo office:{to} }}\n"
        f'claim:{slug} a onr:Claim ; onr:statement "A reports to {to} ({slug})."@en{more} ;\n'
        f"  onr:citation [ onr:source source:s ; onr:stance onr:supports ; onr:standing onr:{standing} ; "
        f'oa:exact "words of {slug} here" ] .\n'
    )


RETIRED = (
    ' ; onr:retirement [ onr:retirementKind onr:superseded ; onr:replacedBy claim:one ; onr:reason "x" ]'
)
CONTRADICTED = ' ; onr:assessment [ onr:verdict onr:contradicted ; onr:basis claim:one ; onr:reason "x" ]'


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "cache"))
    base = tmp_path / "base"
    (base / "facts" / "claims").mkdir(parents=True)
    (base / "shapes").mkdir()
    (base / "facts" / "claims" / "one.trig").write_text(HEAD + claim("one") + claim("two"))
    (base / "facts" / "claims" / "more.trig").write_text(
        HEAD
        + claim("old", more=RETIRED, to="old")
        + claim("wrong", more=CONTRADICTED, to="wrong")
        + claim("alleged", "allegation", to="alleged")
        + claim("argued", "argument", to="argued")
    )
    return Layout(base)


def superiors(layout: Layout, **scope: object) -> list[str]:
    base = open_index(layout, Scope(frozenset(scope.get("include", ())), str(scope.get("as_of", ""))))  # type: ignore[call-overload]
    found = base.match(f"{KB}office/a", OV + "reportsTo", None, ox.DefaultGraph())
    return sorted(q.object.value.rsplit("/", 1)[1] for q in found if isinstance(q.object, ox.NamedNode))


def test_the_default_graph_holds_what_stands_and_each_triple_once(layout: Layout) -> None:
    assert superiors(layout) == ["b"]
    counted = open_index(layout).store.query(f"SELECT (COUNT(*) AS ?n) {{ ?s <{OV}reportsTo> ?o }}")
    assert isinstance(counted, ox.QuerySolutions)
    assert next(counted)["n"].value == "1"


@pytest.mark.parametrize(
    ("include", "more"),
    [("superseded", "old"), ("contradicted", "wrong"), ("alleged", "alleged"), ("argued", "argued")],
)
def test_including_widens_the_default_graph(layout: Layout, include: str, more: str) -> None:
    assert superiors(layout, include=[include]) == sorted(["b", more])


def test_the_record_of_a_claim_that_does_not_stand_can_still_be_read(layout: Layout) -> None:
    base = open_index(layout)
    assert base.claim(f"{KB}claim/old") is not None
    assert base.describe(f"{KB}claim/wrong").text(ONR + "statement")


def test_a_changed_file_is_seen_and_a_deleted_cache_is_made_anew(layout: Layout) -> None:
    assert superiors(layout) == ["b"]
    (layout.claims / "one.trig").write_text(HEAD + claim("one", to="c"))
    assert superiors(layout) == ["c"]
    shutil.rmtree(cache_folder())
    assert superiors(layout) == ["c"]


def test_a_damaged_cache_is_made_anew(layout: Layout) -> None:
    assert superiors(layout) == ["b"]
    for path in cache_folder().rglob("store/*"):
        path.write_bytes(b"damage")
    assert superiors(layout) == ["b"]


def test_without_a_writable_cache_the_base_is_still_read(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", "/dev/null/nowhere")
    assert superiors(layout) == ["b"]


def test_many_readers_may_build_at_once(layout: Layout) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: superiors(layout), range(8))) == [["b"]] * 8


def test_old_generations_are_forgotten(layout: Layout) -> None:
    for name in "cdefg":
        (layout.claims / "one.trig").write_text(HEAD + claim("one", to=name))
        superiors(layout)
    kept = list((cache_folder() / "index").glob("*/[0-9a-f]*"))
    assert len(kept) <= 2


def test_a_file_that_does_not_parse_is_an_error_unless_it_may_be_left_out(layout: Layout) -> None:
    (layout.claims / "broken.trig").write_text("nonsense")
    with pytest.raises(UnreadableFile, match=r"broken\.trig:1"):
        open_index(layout)
    assert open_index(layout, tolerant=True).claim(f"{KB}claim/one") is not None


def test_a_claim_is_in_scope_on_the_dates_of_its_validity(layout: Layout) -> None:
    valid = ' ; onr:validFrom "2014-05"^^xsd:gYearMonth ; onr:validThrough "2025-03-21"^^xsd:date'
    (layout.claims / "one.trig").write_text(HEAD + claim("one", more=valid))
    assert superiors(layout, as_of="2013-01-01") == []
    assert superiors(layout, as_of="2014-05-20") == ["b"]
    assert superiors(layout, as_of="2025-03-22") == []
