"""The quality of the extraction is a gate: floors that only rise.

`tests/heldout`, `tests/unseen`, `tests/blind` and `tests/later` are of agencies that do not exist and always there; the
real reports lie in the folder shared/.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.evaluate import Extraction, pairs, score, total
from gongkai.goldfile import annotate
from gongkai.iris import Iris
from gongkai.narrative.extraction import extract
from gongkai.parse import parse
from gongkai.readers import read
from gongkai.rules import check
from gongkai.scores import Score, Share, Tally
from tests.shared import SHARED, needs_shared

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "tests" / "floors.json"
CORPORA = {
    **{
        name: (ROOT / "tests" / name / "gold", (ROOT / "tests" / name / "reports",))
        for name in ("heldout", "unseen", "blind", "later")
    },
    "shared": (SHARED / "gold", (SHARED / "seeds", SHARED / "reports")),
}
PREFIX = "narrative-"


def floors() -> dict[str, dict[str, float]]:
    loaded: dict[str, dict[str, float]] = json.loads(FILE.read_text())
    return loaded


def scores(corpus: str) -> Iterator[Score]:
    gold, sources = CORPORA[corpus]
    for annotation, file in pairs(gold, sources):
        report = parse(read(file))
        narrative = extract(report)
        findings = check(pipeline.Extraction(report, narrative).triples(Iris()))
        found = {a for f in findings if (a := f.anomaly) and a.startswith(PREFIX)}
        expected = tuple(a for a in annotation.anomalies if a.startswith(PREFIX))
        given = Extraction(report.document.text, annotate(report, narrative, sorted(found)))
        yield score(replace(annotation, anomalies=expected), given)


@cache
def measured(corpus: str) -> Score:
    return total(scores(corpus))


def value(figures: Score, name: str) -> float:
    key, _, figure = {"contradictions f1": "anomalies f1"}.get(name, name).partition(" ")
    found: Share | Tally = figures.tallies[key] if figure else figures.shares[key]
    result = getattr(found, figure or "value")
    assert result is not None, f"{name}: nothing to measure"
    return float(result)


@pytest.mark.parametrize(("corpus", "name"), [(c, n) for c in CORPORA if c != "shared" for n in floors()[c]])
def test_made_reports_stay_above_the_floor(corpus: str, name: str) -> None:
    assert value(measured(corpus), name) >= floors()[corpus][name]


@needs_shared
@pytest.mark.parametrize("name", floors()["shared"])
def test_real_reports_stay_above_the_floor(name: str) -> None:
    assert value(measured("shared"), name) >= floors()["shared"][name]


def test_floors_only_rise() -> None:
    command = ["git", "show", "HEAD:tests/floors.json"]
    before = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if before.returncode:
        pytest.skip("no earlier floors in a git history")
    now = floors()
    for corpus, figures in json.loads(before.stdout).items():
        for name, floor in figures.items():
            assert now[corpus][name] >= floor, f"{corpus} {name} was {floor}"
