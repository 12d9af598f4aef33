"""The compiled queries find what pySHACL finds: on drafts, on generated reports with known faults, on real reports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.iris import Iris
from gongkai.pipeline import extraction
from gongkai.rules import assess_store, core, engine, reference
from gongkai.rules.checking import memory
from gongkai.rules.result import Result
from gongkai.rules.shapes import Shapes
from tests.shared import SHARED, needs_shared

from .faults import drafts
from .graphs import Draft, triples

DRAFTS = (
    Draft(version=2019, year=2019, changes={("applications", "其他处理", "company"): 3}),
    Draft(changes={("applications", "予以公开", "company"): None, ("review", "行政复议", "pending"): 3}),
    Draft(doubts=[("section-missing", "3"), ("table-label", "总计"), ("misaligned", "review/行政复议")]),
    Draft(
        doubts=[("section-missing", "3"), ("title-missing", "")], excerpt=True, without=frozenset({"review"})
    ),
)


def essence(results: Iterable[Result], shapes: Shapes) -> set[tuple[str, str, frozenset[str]]]:
    """Focus, rule and cells: what must agree."""
    return {
        (r.focus.value, shapes.named(r.shape), frozenset((r.binding("cells") or "").split())) for r in results
    }


def agree(data: Iterable[ox.Triple]) -> None:
    store, shapes = memory(data), core().shapes
    found = essence(engine.validate(store, engine.compile_for(shapes, store)), shapes)
    assert found == essence(reference.validate(store, shapes), shapes)


def real() -> list[Path]:
    folders = (SHARED / "seeds", SHARED / "reports", SHARED / "reports" / "openings")
    return [
        p
        for f in folders
        if f.is_dir()
        for p in sorted(f.iterdir())
        if p.is_file() and p.name != "blank-form.docx"
    ]


@pytest.mark.parametrize("draft", DRAFTS, ids=range(len(DRAFTS)))
def test_both_engines_agree_on_drafts(draft: Draft) -> None:
    agree(triples(draft))


def test_generated_faults_are_found_and_no_others() -> None:
    generated = list(drafts(300))
    found = assess_store(memory(t for draft, _ in generated for t in triples(draft))).findings
    told: dict[str, set[str]] = {}
    for finding in found:
        if finding.anomaly is not None:
            told.setdefault(finding.focus, set()).add(finding.anomaly)
    expected = {
        f"https://example.org/edition/{draft.name}": anomalies for draft, anomalies in generated if anomalies
    }
    assert len(expected) > 150
    assert told == expected


def test_what_is_checked_alone_is_checked_as_among_many() -> None:
    generated = [t for draft, _ in drafts(30) for t in triples(draft)]
    store = memory(generated)
    queries = engine.compile_for(core().shapes, store)
    whole = engine.validate(store, queries)
    for i in (0, 7, 29):
        only = f"https://example.org/edition/e{i}"
        assert engine.validate(store, queries, [only]) == {r for r in whole if r.focus.value == only}


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 300, 20))
def test_both_engines_agree_on_generated_faults(first: int) -> None:
    for draft, _ in list(drafts(300))[first : first + 20]:
        agree(triples(draft))


@pytest.mark.slow
def test_both_engines_agree_across_years() -> None:
    agree(t for draft, _ in drafts(6) for t in triples(draft))


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("path", real(), ids=lambda p: p.name[:20])
def test_both_engines_agree_on_real_reports(path: Path) -> None:
    agree(extraction(path).triples(Iris()))
