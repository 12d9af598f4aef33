"""Each shape has a graph that passes and one that fails, and what it says of the latter is approved, by both engines.

To approve what is said now: GONGKAI_APPROVE=1 python -m pytest tests/shapes
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.resources import folder
from gongkai.rules import core, engine, reference
from gongkai.rules.catalogue import Severity
from gongkai.rules.checking import memory
from gongkai.rules.result import Result
from gongkai.rules.shapes import RDF, SH, Shapes
from gongkai.rules.wording import message, plain
from gongkai.turtle import RDFS

HERE = Path(__file__).parent
SHAPES = "https://w3id.org/gongkai/shapes#"


def named() -> list[str]:
    shapes = core().shapes
    return sorted(
        s.value.removeprefix(SHAPES)
        for s in shapes.subjects()
        if any(t.value == SH + "NodeShape" for t in shapes.objects(s, RDF + "type"))
    )


def graph(name: str, outcome: str) -> ox.Store:
    path = HERE / name / f"{outcome}.ttl"
    return memory(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def part(name: str) -> Shapes:
    return core().shapes.part(ox.NamedNode(SHAPES + name))


def compiled(name: str, outcome: str) -> frozenset[Result]:
    data, shapes = graph(name, outcome), part(name)
    return engine.validate(data, engine.compile_for(shapes, data))


def lines(results: frozenset[Result]) -> Iterator[str]:
    for result in results:
        words = message(result, core().shapes)
        cells = " ".join(sorted(set((result.binding("cells") or "").split())))
        operands = [f"{n}={plain(v)}" for n in ("left", "right", "difference") if (v := result.binding(n))]
        parts = (f"{result.focus.value} {' '.join(operands)}".rstrip(), words.zh, words.en, cells)
        yield "\n".join(part for part in parts if part)


def essence(results: frozenset[Result]) -> set[tuple[str, str, frozenset[str]]]:
    return {(r.focus.value, r.shape, frozenset((r.binding("cells") or "").split())) for r in results}


@pytest.mark.parametrize("name", named())
def test_what_is_sound_passes(name: str) -> None:
    assert compiled(name, "pass") == frozenset()


@pytest.mark.parametrize("name", named())
def test_what_fails_is_told_in_the_approved_words(name: str) -> None:
    told = "\n\n".join(sorted(lines(compiled(name, "fail")))) + "\n"
    approved = HERE / name / "fail.txt"
    if os.environ.get("GONGKAI_APPROVE"):
        approved.write_text(told, encoding="utf-8")
    assert told.strip()
    assert "{?" not in told
    assert told == approved.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", named())
def test_the_reference_engine_agrees(name: str) -> None:
    for outcome in ("pass", "fail"):
        for decide in (reference.validate, reference.decide):
            found = decide(graph(name, outcome), part(name))
            assert essence(found) == essence(compiled(name, outcome))
            assert set(lines(found)) == set(lines(compiled(name, outcome)))


def test_no_fixture_is_without_its_shape() -> None:
    assert sorted(p.name for p in HERE.iterdir() if (p / "fail.ttl").exists()) == named()


@pytest.mark.parametrize("name", named())
def test_a_shape_says_what_it_is(name: str) -> None:
    shapes, shape = core().shapes, ox.NamedNode(SHAPES + name)
    for predicate in (RDFS + "label", SH + "message"):
        holders = (shape, *shapes.objects(shape, "sparql"))
        languages = [
            o.language for h in holders for o in shapes.objects(h, predicate) if isinstance(o, ox.Literal)
        ]
        assert sorted(map(str, languages)) == ["en", "zh"]
    (severity,) = shapes.objects(shape, "severity")
    assert Severity(severity.value)


def test_every_shape_settles_something() -> None:
    used = {s for rule in core().rules for _, settled in rule.settled_by for s in settled}
    assert {SHAPES + name for name in named()} == used


@pytest.mark.parametrize("file", sorted(folder("shapes").glob("*.ttl")), ids=lambda f: f.name)
def test_a_file_of_shapes_is_turtle(file: Path) -> None:
    assert list(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))


def test_the_compiled_queries_are_sparql() -> None:
    for query in engine.compile_for(core().shapes, memory(())):
        ox.Store().query(query.text())
