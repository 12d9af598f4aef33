"""`gongkai extract`: one report as JSON that can be scored; several as a list; what is no report as one clear line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai import goldfile
from gongkai.cli import main
from gongkai.resources import folder
from tests.papers import Paper

EXAMPLES = folder("examples")
REPORT = EXAMPLES / "reports" / "lanwang-renshe-2022.txt"


def extract(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["extract", *map(str, arguments)])


def test_the_json_is_an_annotation_in_the_format_of_the_guide() -> None:
    result = extract(REPORT)
    assert result.exit_code == 0
    given = goldfile.loads(result.stdout)
    gold = goldfile.read(EXAMPLES / "gold" / f"{REPORT.name}.json")
    assert given.tables == gold.tables
    assert (given.agency, given.year, given.published) == (gold.agency, gold.year, gold.published)
    assert given.source == REPORT.name


def test_several_reports_in_a_file_are_a_list(tmp_path: Path) -> None:
    both = tmp_path / "both.txt"
    both.write_text(Paper().text() + Paper(year=2022).text(), "utf-8")
    result = extract(both)
    assert result.exit_code == 0
    assert [entry["year"] for entry in json.loads(result.stdout)] == [2023, 2022]


def test_coverage_tells_what_did_not_reach_the_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(Paper(layout="tabs").text(), "utf-8")
    result = extract(path, "--coverage")
    assert result.exit_code == 0
    assert "200/200 cells" in result.stdout


def test_a_folder_is_a_wrong_usage(tmp_path: Path) -> None:
    result = extract(tmp_path)
    assert result.exit_code == 2
    assert "is a folder" in result.stderr


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 99, "采购公告\n三张办公桌。\n".encode()])
def test_what_is_no_report_is_one_line_that_names_the_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    result = extract(path)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: bad.txt")
    assert result.stderr.count("\n") == 1
