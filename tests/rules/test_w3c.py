"""The SHACL test suite of the W3C, for the compiled queries. What is not passed is listed by name, with the reason."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.rules.compiler import UnsupportedShapeError
from gongkai.rules.engine import compile_for, validate
from gongkai.rules.shapes import RDF, SH, Shapes
from tests.shared import SHARED

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
SUITE = SHARED / "w3c" / "shacl"


def graph(file: Path) -> Shapes:
    return Shapes(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE, base_iri=file.as_uri()))


def cases() -> list[Path]:
    return [f for f in sorted(SUITE.glob("*/*/*.ttl")) if "sht:Validate" in f.read_text(encoding="utf-8")]


REFUSED: dict[str, str] = {"shapesGraph-001": "shapesGraph in a query is not covered"}
"""Tests of what the compiler does not cover, and what it says."""


def local(iri: str) -> Path:
    return Path(iri.removeprefix("file://"))


def canonical(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> str:
    """As the store writes a term: it keeps the value of a number, not its spelling."""
    if term is None:
        return ""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), term))
    return str(next(iter(store)).object)


def expected(manifest: Shapes, report: ox.NamedNode | ox.BlankNode | ox.Literal) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for result in manifest.objects(report, "result"):
        focus, path, value, component, shape = (
            manifest.object(result, p)
            for p in ("focusNode", "resultPath", "value", "sourceConstraintComponent", "sourceShape")
        )
        assert component is not None
        found.add(
            (
                canonical(focus),
                path.value if isinstance(path, ox.NamedNode) else "",
                canonical(value),
                component.value,
                shape.value if isinstance(shape, ox.NamedNode) else "",
            )
        )
    return found


@pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C suite is not at hand")
@pytest.mark.parametrize("file", cases(), ids=lambda f: f"{f.parent.parent.name}/{f.parent.name}/{f.stem}")
def test_w3c(file: Path) -> None:
    manifest = graph(file)
    (entry,) = (
        s
        for s in manifest.subjects()
        if any(t.value == SHT + "Validate" for t in manifest.objects(s, RDF + "type"))
    )
    action = manifest.object(entry, MF + "action")
    report = manifest.object(entry, MF + "result")
    assert action is not None
    assert report is not None
    data_file, shapes_file = (manifest.object(action, SHT + n) for n in ("dataGraph", "shapesGraph"))
    assert data_file is not None
    assert shapes_file is not None
    shapes = manifest if local(shapes_file.value) == file else graph(local(shapes_file.value))
    data = manifest if local(data_file.value) == file else graph(local(data_file.value))
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in data.triples)
    if file.stem in REFUSED or report.value == SHT + "Failure":
        with pytest.raises(UnsupportedShapeError, match=REFUSED.get(file.stem, "covered")):
            compile_for(shapes, store)
        return
    results = validate(store, compile_for(shapes, store))
    found = {
        (
            canonical(r.focus),
            r.path or "",
            canonical(r.value),
            r.component,
            r.shape if "://" in r.shape else "",
        )
        for r in results
    }
    assert found == expected(manifest, report)
    assert SH
