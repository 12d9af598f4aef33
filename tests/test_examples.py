"""The bundled examples say what their annotations say, in every cell; and they are nobody's reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai import goldfile
from gongkai.cli.extract import annotated
from gongkai.evaluate import Extraction, evaluate, pairs
from gongkai.resources import folder
from gongkai.scores import Score

EXAMPLES = folder("examples")
REPORTS = sorted((EXAMPLES / "reports").iterdir())
IDENTITY = ("agency", "division", "year", "published", "form")


@cache
def extracted(file: Path) -> Extraction:
    return annotated(file)


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    cases = list(pairs(EXAMPLES / "gold", [EXAMPLES / "reports"]))
    return {path.name: score for (_, path), score in zip(cases, evaluate(cases, extracted), strict=True)}


def test_every_example_has_its_annotation() -> None:
    assert len(REPORTS) == 10
    assert {f"{f.name}.json" for f in REPORTS} == {f.name for f in (EXAMPLES / "gold").iterdir()}


@pytest.mark.parametrize("name", [f.name for f in REPORTS])
def test_every_cell(name: str, scores: dict[str, Score]) -> None:
    score = scores[name]
    cells = score.shares["cells"]
    assert cells.all > 150
    assert (cells.right, score.invented) == (cells.all, 0), score.differences


@pytest.mark.parametrize("name", [f.name for f in REPORTS])
@pytest.mark.parametrize("aspect", IDENTITY)
def test_identity(name: str, aspect: str, scores: dict[str, Score]) -> None:
    assert scores[name].shares[aspect].value == 1, scores[name].differences


@pytest.mark.parametrize("name", [f.name for f in REPORTS])
def test_anomalies(name: str) -> None:
    """Those of tables and structure; the narrative is measured elsewhere."""
    gold = goldfile.read(EXAMPLES / "gold" / f"{name}.json")
    given = extracted(EXAMPLES / "reports" / name).annotation

    def structural(anomalies: tuple[str, ...]) -> set[str]:
        return {a for a in anomalies if not a.startswith("narrative-")}

    assert structural(given.anomalies) == structural(gold.anomalies)


def test_every_quote_stands_in_its_report() -> None:
    for file in REPORTS:
        gold = goldfile.read(EXAMPLES / "gold" / f"{file.name}.json")
        text = extracted(file).text
        assert all(fact.quote in text for fact in gold.facts)
        assert all(phrase in text for phrase in (*gold.problems, *gold.measures, *gold.documents))


def test_the_places_do_not_exist() -> None:
    triples = ox.parse(path=str(folder("ontology") / "divisions.ttl"), format=ox.RdfFormat.TURTLE)
    known = {t.object.value for t in triples if isinstance(t.object, ox.Literal)}
    assert "柳州市" in known
    assert not known & {"云岭省", "澜望市", "霁川市", "柳汀县", "桐浦县", "墨溪县", "青砚区", "鹤渚市"}


def test_the_list_names_every_example() -> None:
    listed = Path(EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert all(f"`{file.name}`" in listed for file in REPORTS)
