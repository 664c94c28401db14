"""Arrows run downwards only: what each room of the package may import, read from its files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "onrecord"
PURE = ("vocab", "text", "model", "errors", "writing")
LEVELS = (
    ("cli",),
    ("kb",),
    ("filing",),
    ("answers", "exports", "validation"),
    ("sparql", "citations"),
    ("store", "sources"),
    PURE,
)
"""Rooms from the top down; those on one level do not import each other, the pure ones apart."""
NO_IO = ("vocab", "text", "model", "errors")
IO_MODULES = {
    "os",
    "pathlib",
    "subprocess",
    "socket",
    "urllib",
    "http",
    "tempfile",
    "shutil",
    "io",
    "sqlite3",
}


def _level(room: str) -> int:
    return next(i for i, rooms in enumerate(LEVELS) if room in rooms)


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in the file, with the line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            if node.module == "onrecord":
                yield from ((f"onrecord.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_file_imports_only_from_rooms_below(path: Path) -> None:
    own = _room(path)
    for module, line in _imports(path):
        parts = module.split(".")
        if parts[0] != "onrecord" or parts[1:] in ([], ["__version__"]) or parts[1] == own:
            continue
        place = f"{path.relative_to(PACKAGE)}:{line}"
        below = _level(parts[1]) > _level(own)
        among_pure = own in PURE and parts[1] in PURE
        assert below or among_pure, f"{place}: {own} imports {module}"


@pytest.mark.parametrize("name", NO_IO)
def test_the_pure_files_do_no_input_or_output(name: str) -> None:
    imported = {module.partition(".")[0] for module, _ in _imports(PACKAGE / f"{name}.py")}
    assert not imported & IO_MODULES


def test_only_the_command_line_prints_or_exits() -> None:
    for path in FILES:
        if _room(path) == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "exit", "quit"), f"{path}:{node.lineno}"
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) != ("sys", "exit"), f"{path}:{node.lineno}"
