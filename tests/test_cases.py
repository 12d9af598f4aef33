"""Documents as they are met, each a folder of `cases/` with its source and what is expected of it; one test item a field.

`expected.json` is in the format of the annotations; what it does not name is not looked at. A file that carries several
reports has a list of them. The sources are of the project's own making: their agencies do not exist.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gongkai.cli import main

CASES = sorted(p.parent for p in (Path(__file__).parent / "cases").glob("*/expected.json"))
LAYOUTS_OF_ISSUE = 22


def expected(case: Path) -> list[dict[str, Any]]:
    found = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return found if isinstance(found, list) else [found]


@cache
def extracted(case: Path) -> list[dict[str, Any]]:
    source = next(f for f in case.iterdir() if f.stem == "source")
    result = CliRunner().invoke(main, ["extract", str(source)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    return found if isinstance(found, list) else [found]


FIELDS = [
    pytest.param(case, i, field, id=f"{case.name}-{field}" + (f"-{i + 1}" if i else ""))
    for case in CASES
    for i, report in enumerate(expected(case))
    for field in report
]


@pytest.mark.parametrize(("case", "index", "field"), FIELDS)
def test_field(case: Path, index: int, field: str) -> None:
    found = extracted(case)
    assert len(found) == len(expected(case))
    wanted, given = expected(case)[index][field], found[index].get(field)
    if field == "anomalies":
        wanted, given = sorted(wanted), sorted(given or ())
    if isinstance(wanted, dict):
        assert isinstance(given, dict)
        wanted, given = given_rows(wanted), given_rows(given)
    assert given == wanted


def given_rows(table: dict[str, Any]) -> dict[str, Any]:
    """The rows that have a value in any cell."""
    return {
        row: cells
        for row, cells in table.items()
        if any(c is not None for c in (cells if isinstance(cells, list) else [cells]))
    }


def test_there_is_a_case_for_each_layout() -> None:
    assert len({c.name for c in CASES if c.name.startswith("layout-")}) == LAYOUTS_OF_ISSUE
    assert len(CASES) > 60
