"""What of a source did not reach the report is told, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.coverage import coverage
from gongkai.pipeline import extraction
from gongkai.readers import read
from gongkai.resources import folder
from tests.papers import ENDINGS, Paper
from tests.render import LAYOUTS

REPORTS = folder("examples") / "reports"


@pytest.mark.parametrize("file", sorted(REPORTS.iterdir()), ids=lambda f: f.name)
def test_every_number_in_the_tables_of_an_example_is_accounted_for(file: Path) -> None:
    found = extraction(file)
    covered = coverage(found.report, found.narrative)
    figures = [f for t in found.report.tables for f in t.figures if f.span is not None and f.printed]
    assert covered.cells.reached == len(figures)
    assert all(found.report.document[span].strip() for span in covered.cells.missed)
    if not any(d.aspect in ("misaligned", "placed-by-sums") for d in found.report.doubts):
        assert covered.cells.missed == ()


def test_a_number_too_many_is_told_with_its_place(tmp_path: Path) -> None:
    text = read(REPORTS / "lanwang-renshe-2022.txt").text
    row = text.index("结转下年度继续办理")
    number = text.index("\n", text.index("\n", row) + 1) + 1
    damaged = tmp_path / "damaged.txt"
    damaged.write_text(text[:number] + "77\n78\n" + text[number:], encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", "--coverage", str(damaged)])
    assert result.exit_code == 0, result.output
    line = text.count("\n", 0, number) + 1
    assert f"cell line {line}: 77" in result.output


@pytest.mark.parametrize("layout", ["tabs", "markdown", "html", "cell-a-line", "spaces"])
@pytest.mark.parametrize("printed", ["656S", "6\N{REPLACEMENT CHARACTER}6"])
def test_a_cell_that_is_printed_and_not_read_is_told(tmp_path: Path, layout: str, printed: str) -> None:
    path = tmp_path / f"a.{ENDINGS[LAYOUTS[layout].kind]}"
    path.write_text(Paper(layout=layout).text().replace("656", printed), "utf-8")
    found = extraction(path)
    cells = coverage(found.report, found.narrative).cells
    assert cells.all == 200
    assert cells.reached < 200
    assert printed in [found.report.document[span] for span in cells.missed]


def test_numbers_that_facts_rest_on_are_reached() -> None:
    found = extraction(REPORTS / "lanwang-renshe-2022.txt")
    assert coverage(found.report, found.narrative).numbers.reached == len(
        {f.number for f in found.narrative.facts}
    )


def test_a_folder_is_summed_and_a_stranger_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((REPORTS / "lanwang-renshe-2022.txt").read_bytes())
    (tmp_path / "b.txt").write_text("采购公告：办公桌三张。\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", "--coverage", str(tmp_path)])
    assert result.exit_code == 0
    assert "b.txt: not read: " in result.output
    assert result.output.splitlines()[-1].startswith("total: ")


def test_a_folder_wants_coverage(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["extract", str(tmp_path)])
    assert result.exit_code == 2
    assert "--coverage" in result.output
