"""Imports go one way, and what only one module may do, only that module does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {"gongkai": ROOT / "ingest" / "gongkai", "gongkai_api": ROOT / "api" / "gongkai_api"}

STAGES: tuple[tuple[str, ...], ...] = (
    (
        "errors",
        "resources",
        "turtle",
        "document",
        "numbers",
        "sparql",
        "folding",
        "provenance",
        "sayings",
    ),  # what every stage may use
    ("readers",),
    ("form",),
    ("report",),
    ("tables", "divisions", "identity", "agencies", "titles", "sections", "parse"),
    ("collect",),
    ("narrative",),
    ("goldfile", "scores", "evaluate"),
    ("describe", "describe_narrative", "iris", "triples", "editions", "succession"),
    ("rules",),
    ("store",),
    ("queries", "jsonld"),
    ("export",),
    ("pipeline",),
    ("cli", "__init__", "__main__"),
)
"""The stages of the flow: a module imports those of its own stage and of earlier ones."""


def modules() -> list[tuple[str, Path]]:
    """Dotted names and files of all modules."""
    return sorted(
        (".".join((package, *file.relative_to(folder).with_suffix("").parts)), file)
        for package, folder in PACKAGES.items()
        for file in folder.rglob("*.py")
    )


NAMES = {name for name, _ in modules()}
MODULES = pytest.mark.parametrize(("name", "file"), modules(), ids=[name for name, _ in modules()])


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import hides the direction"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def stage(module: str) -> int:
    """The place of `gongkai.….…` in the flow; a part that is not listed stands as late as what it imports."""
    part = module.split(".")[1] if "." in module else "__init__"
    for rank, names in enumerate(STAGES):
        if part in names:
            return rank
    own = [file for name, file in modules() if name.split(".")[:2] == ["gongkai", part]]
    used = {m for file in own for m in imported(parsed(file)) if m.startswith("gongkai.")}
    return max((stage(m) for m in used if m.split(".")[1] != part and names_module(m)), default=0)


def names_module(name: str) -> bool:
    """Whether an imported name is a module, and not something in one."""
    return name in NAMES or f"{name}.__init__" in NAMES


READING = {stage(f"gongkai.{part}") for part in ("readers", "parse", "narrative")}
"""The service knows graph, ontology and queries; what reads a document it reaches by the pipeline only."""


@MODULES
def test_imports_go_one_way(name: str, file: Path) -> None:
    own = {m for m in imported(parsed(file)) if m.split(".")[0] in PACKAGES}
    known = {m for m in own if names_module(m)} - {"gongkai"}
    if name.startswith("gongkai_api"):
        assert not {m for m in known if m.startswith("gongkai.") and stage(m) in READING}
        return
    service = {m for m in known if m.startswith("gongkai_api")}
    assert not service or name.startswith("gongkai.cli")
    assert not {m for m in known - service if stage(m) > stage(name)}


@MODULES
def test_only_the_store_opens_a_store(name: str, file: Path) -> None:
    if name.startswith("gongkai.store"):
        return
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")
            assert not (called[-1] == "Store" and (node.args or node.keywords)), f"line {node.lineno}"
            assert called[-2:] not in (["Store", "read_only"], ["Store", "secondary"]), f"line {node.lineno}"


@MODULES
def test_the_library_is_silent(name: str, file: Path) -> None:
    if name.startswith("gongkai.cli"):
        return
    tree = parsed(file)
    printing = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and ast.unparse(n.func) in {"print", "click.echo"}
    ]
    assert not printing
    if name.startswith("gongkai."):
        assert not {"logging", "click"} & set(imported(tree))


@MODULES
def test_no_broad_except(name: str, file: Path) -> None:
    """Save where it cleans up and raises what it caught."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.ExceptHandler) and ast.unparse(node.body[-1]) != "raise":
            caught = ast.unparse(node.type) if node.type else "everything"
            assert not {"everything", "Exception", "BaseException"} & set(caught.strip("()").split(", ")), (
                f"{name}, line {node.lineno}: catches {caught}"
            )


def test_the_rdf_folders_hold_rdf_and_sparql_only() -> None:
    for folder, endings in (("ontology", {".ttl"}), ("shapes", {".ttl"}), ("queries", {".rq"})):
        files = [f for f in (ROOT / folder).rglob("*") if f.is_file()]
        assert files, folder
        assert {f.suffix for f in files} <= endings, folder


def test_functions_and_modules_are_short() -> None:
    """The yardstick of the house: median function 5 to 16 lines, median module 60 to 180."""
    lengths = [
        len(f.read_text(encoding="utf-8").splitlines()) for _, f in modules() if f.stat().st_size > 200
    ]
    functions = [
        node.end_lineno - node.lineno + 1
        for _, f in modules()
        for node in ast.walk(parsed(f))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
    ]
    assert sorted(lengths)[len(lengths) // 2] <= 180
    assert sorted(functions)[len(functions) // 2] <= 16
