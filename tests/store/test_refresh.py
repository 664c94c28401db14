"""An index brought up to date holds exactly what one built anew holds, whatever was edited in between."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from onrecord.store.index import memory_base, open_index, parse_base
from onrecord.store.layout import Layout
from onrecord.store.scope import Scope
from onrecord.vocab import PREFIXES

HEAD = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
FILES, ROUNDS = 8, 25


def _claim(rng: random.Random, slug: str) -> str:
    standing = rng.choice(["law", "reporting", "allegation"])
    return (
        f"GRAPH claim:{slug} {{ office:a ov:reportsTo office:{rng.choice('bcd')} . "
        f"claim:{slug}.n a ov:Function ; ov:by office:{rng.choice('ab')} }}\n"
        f"claim:{slug} a onr:Claim ; onr:citation [ onr:source source:s ; onr:stance onr:supports ; "
        f'onr:standing onr:{standing} ; oa:exact "{rng.choice(["one", "two"])} words of {slug}" ] .\n'
    )


def _about_another(rng: random.Random, slug: str) -> str:
    if rng.random() < 0.5:
        return f'claim:{slug} onr:assessment [ onr:verdict onr:contradicted ; onr:reason "x" ] .\n'
    return f'claim:{slug} onr:retirement [ onr:retirementKind onr:retracted ; onr:reason "x" ] .\n'


def _edit(rng: random.Random, folder: Path) -> None:
    number = rng.randrange(FILES)
    path = folder / f"f{number}.trig"
    if path.exists() and rng.random() < 0.2:
        path.unlink()
        return
    body = "".join(_claim(rng, f"c{number}-{i}") for i in range(rng.randint(1, 3)))
    if rng.random() < 0.5:
        body += _about_another(rng, f"c{rng.randrange(FILES)}-0")
    path.write_text(HEAD + body + "office:a a ov:Office .\n")


@pytest.mark.parametrize("seed", range(3))
def test_an_updated_index_equals_one_built_anew(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "cache"))
    layout = Layout(tmp_path / "base")
    layout.claims.mkdir(parents=True)
    rng = random.Random(seed)
    for number in range(FILES):
        (layout.claims / f"f{number}.trig").write_text(HEAD + _claim(rng, f"c{number}-0"))
    for _ in range(ROUNDS):
        _edit(rng, layout.claims)
        anew = memory_base(parse_base(layout).files, layout, Scope())
        assert _quads(open_index(layout).store) == _quads(anew.store)


def _quads(store: ox.Store) -> set[ox.Quad]:
    return set(store.quads_for_pattern(None, None, None, None))
