"""Whatever a cell prints, the graph says what: rendered reports come back from a store by SPARQL alone."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from gongkai.errors import NotAReportError, UnreadableError
from gongkai.iris import Iris
from gongkai.pipeline import Ingested, Outcome, extraction, extractions, ingest, prepare
from gongkai.report import Figure, Report
from gongkai.store import Generation, Writer
from tests.papers import Paper
from tests.render import LAYOUTS, PRINTERS

IRIS = Iris("https://example.org/")
CELLS = """
PREFIX gk: <https://w3id.org/gongkai/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?row ?column ?value ?why ?printed ?places ?text WHERE {
  ?edition gk:sourceName "%s" ; gk:formVersion ?version ; gk:text ?text .
  ?here a gk:TableRow ; gk:ofEdition ?edition ; gk:row ?line ; gk:cellPlaces ?places .
  ?line gk:inTable ?table ; gk:key ?row .
  { ?line gk:column ?measure } UNION { ?table gk:column ?measure }
  ?measure skos:inScheme ?version ; gk:position ?position ; gk:key ?column .
  OPTIONAL { ?here ?measure ?value }
  OPTIONAL { ?here gk:notedCell ?cell . ?cell gk:column ?measure .
             OPTIONAL { ?cell gk:blankReason ?why } OPTIONAL { ?cell gk:printed ?printed } }
} ORDER BY ?table ?line ?position
"""
Cell = tuple[Decimal | None, str | None, str]
"""Value, reason for a blank, and the text that stands at its place."""


def stored(location: Path, paths: Iterable[Path], *, form: bool = False) -> tuple[list[Ingested], Generation]:
    """What became of files, and the generation that holds them, with the terms of the form where they are wanted."""
    with Writer.open(location) as writer:
        if form:
            prepare(writer, IRIS)
        done = list(ingest(paths, writer, IRIS))
        return done, writer.publish()


def solutions(generation: Generation, query: str) -> ox.QuerySolutions:
    found = generation.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return found


def rebuilt(generation: Generation, name: str) -> dict[tuple[str, str], Cell]:
    """The cells of a source's tables, by SPARQL alone; a cell's place must show what the graph says is printed."""
    found: dict[tuple[str, str], Cell] = {}
    seen: dict[str, int] = {}
    for solution in solutions(generation, CELLS % name):
        row, column, value, why, printed, places, text = (term and term.value for term in solution)
        index = seen[row] = seen.get(row, -1) + 1
        place = places.split(" ")[index]
        start, _, end = place.partition("-")
        words = "" if place == "-" else text[int(start) : int(end)]
        assert words == (printed or value or "")
        number = None if value is None else Decimal(value)
        found[row, column] = number, why and why.rpartition("#")[2], words
    return found


def said(report: Report) -> dict[tuple[str, str], Cell]:
    """The same from the report."""

    def cell(figure: Figure) -> Cell:
        return figure.value, str(figure.blank) if figure.blank else None, figure.printed

    return {(f.row.key, f.column.key): cell(f) for t in report.tables for f in t.figures}


def papers() -> Iterator[Paper]:
    yield Paper(layout="markdown", version=2019, year=2020)
    yield Paper(layout="html", version=2019, year=2020, printer="signed")
    amounts = {"行政事业性收费": (Decimal("0.370"),), "行政许可": (None,), "重复申请": (None,) * 7}
    for printer in PRINTERS:
        yield Paper(
            layout="tabs" if printer in {"plain", "none"} else "html", values=amounts, printer=printer
        )
    yield Paper(layout="cell-a-line", collapse=True)


def test_rendered_tables_come_back_by_sparql_alone(tmp_path: Path) -> None:
    kinds = {"text": "txt", "markdown": "md", "html": "html"}
    paths = []
    for i, paper in enumerate(papers()):
        path = tmp_path / f"{i:02}.{kinds[LAYOUTS[paper.layout].kind]}"
        # Each of an agency of its own: two documents of one report would be editions of it.
        path.write_text(
            paper.text().replace("澜望市", f"{'甲乙丙丁戊己庚辛'[i % 8]}{'湖江'[i // 8]}市"), "utf-8"
        )
        paths.append(path)
    done, generation = stored(tmp_path / "store", paths, form=True)
    assert [d.outcome for d in done] == [Outcome.STORED] * len(paths)
    reasons = set()
    for path, paper in zip(paths, papers(), strict=True):
        cells = rebuilt(generation, path.name)
        assert cells == said(extraction(path).report)
        assert {k: v for k, (v, _, _) in cells.items()} == paper.cells()
        reasons |= {why for _, why, _ in cells.values()}
    assert reasons == {None, "empty", "marked"}


@pytest.mark.parametrize(
    "text", ["", " \n\n", "今日多云，气温十二度。\n", "政府信息公开指南\n\n第一条 本指南说明如何申请。\n"]
)
def test_what_is_no_report_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "天气.txt"
    path.write_text(text, "utf-8")
    with pytest.raises((NotAReportError, UnreadableError), match=r"天气\.txt"):
        extractions(path)


def test_our_own_faults_are_not_taken_for_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(Paper().text(), "utf-8")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "of the test")

    monkeypatch.setattr("gongkai.pipeline.parse", fail)
    with Writer.open(tmp_path / "store") as writer, pytest.raises(OSError, match="of the test"):
        list(ingest([path], writer, IRIS))
