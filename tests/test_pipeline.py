"""From a file to the graph nothing is lost: the tables come back from a store by SPARQL alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.iris import Iris
from gongkai.pipeline import extraction, extractions, files, ingest, prepare
from gongkai.report import Figure
from gongkai.resources import folder
from gongkai.store import Generation, Writer
from tests.shared import SHARED

EXAMPLES = sorted((folder("examples") / "reports").iterdir())
SEEDS = sorted((SHARED / "seeds").glob("*.txt")) if SHARED.is_dir() else []

TABLES = """
PREFIX gk:   <https://w3id.org/gongkai/def#>
PREFIX form: <https://w3id.org/gongkai/form#>
SELECT ?row ?column ?value ?reason ?printed ?places ?text WHERE {
  VALUES ?edition { <EDITION> }
  ?edition gk:text ?text ; gk:formVersion ?version .
  ?line gk:ofEdition ?edition ; gk:row/gk:key ?row ; gk:row ?r ; gk:cellPlaces ?places .
  { ?line ?c ?value . ?c a gk:FormColumn ; gk:key ?column }
  UNION
  { ?line gk:notedCell ?cell . ?cell gk:column/gk:key ?column
    OPTIONAL { ?cell gk:blankReason ?reason } OPTIONAL { ?cell gk:printed ?printed } }
}
"""


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """All examples and, where they are at hand, the seeds in one store."""
    with Writer.open(tmp_path_factory.mktemp("store")) as writer:
        prepare(writer, Iris())
        outcomes = list(ingest([*EXAMPLES, *SEEDS], writer, Iris()))
        assert all(done.error is None for done in outcomes)
        return writer.publish()


def cells(generation: Generation, edition: str) -> dict[tuple[str, str], dict[str, str]]:
    """What the graph says of each cell: value, reason for a blank, what is printed, and the words at its place."""
    solutions = generation.query(TABLES.replace("EDITION", edition))
    assert isinstance(solutions, ox.QuerySolutions)
    found: dict[tuple[str, str], dict[str, str]] = {}
    for solution in solutions:
        said = {n: solution[n].value for n in ("value", "reason", "printed") if solution[n] is not None}
        found.setdefault((solution["row"].value, solution["column"].value), {}).update(said)
    return found


def places(generation: Generation, edition: str) -> Iterator[tuple[str, list[str]]]:
    """For each row the words that stand at the places of its cells."""
    solutions = generation.query(TABLES.replace("EDITION", edition))
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        text = solution["text"].value
        spans = [p.split("-") if p != "-" else None for p in solution["places"].value.split()]
        yield solution["row"].value, ["" if s is None else text[int(s[0]) : int(s[1])] for s in spans]


def _says(figure: Figure) -> dict[str, str]:
    said = {}
    if figure.value is not None:
        said["value"] = format(figure.value, "f")
    if figure.blank is not None:
        said["reason"] = f"https://w3id.org/gongkai/def#{figure.blank.value}"
    if figure.printed and (figure.value is None or figure.printed != format(figure.value.normalize(), "f")):
        said["printed"] = figure.printed
    return said


@pytest.mark.parametrize("file", [*EXAMPLES, *SEEDS], ids=lambda f: f.name)
def test_the_tables_come_back_from_the_store(generation: Generation, file: Path) -> None:
    report = extraction(file).report
    graph = cells(generation, Iris().edition(report))
    figures = {(f.row.key, f.column.key): _says(f) for t in report.tables for f in t.figures}
    assert {k: _number(v) for k, v in graph.items()} == {k: _number(v) for k, v in figures.items()}


def _number(said: dict[str, str]) -> dict[str, str | Decimal]:
    return {k: Decimal(v) if k == "value" else v for k, v in said.items()}


@pytest.mark.parametrize("file", [*EXAMPLES, *SEEDS], ids=lambda f: f.name)
def test_every_cell_shows_its_place(generation: Generation, file: Path) -> None:
    report = extraction(file).report
    printed: dict[str, list[str]] = {}
    for table in report.tables:
        for row, figures in table.rows():
            printed[row.key] = [f.printed for f in figures]
    for key, words in places(generation, Iris().edition(report)):
        assert words == printed[key]


def test_a_file_with_several_reports_gives_an_edition_each(tmp_path: Path) -> None:
    texts = [f for f in EXAMPLES if f.suffix == ".txt"][:2]
    both = tmp_path / "both.txt"
    both.write_text("\n\n".join(extraction(f).report.document.text for f in texts), encoding="utf-8")
    assert len(extractions(both)) == 2
    with Writer.open(tmp_path / "store") as writer:
        (done,) = ingest([both], writer, Iris())
    assert done.reports == tuple(Iris().report(extraction(f).report) for f in texts)


def test_several_processes_store_what_one_does(tmp_path: Path) -> None:
    stores = []
    for jobs in (1, 2):
        with Writer.open(tmp_path / str(jobs)) as writer:
            list(ingest(EXAMPLES[:4], writer, Iris(), jobs))
            stores.append({g: writer.triples(g) for g in writer.graphs()})
    assert stores[0] == stores[1]


def test_hidden_files_of_a_folder_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").touch()
    (tmp_path / ".b.txt").touch()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.txt").touch()
    assert list(files([tmp_path])) == [tmp_path / "sub" / "c.txt"]
