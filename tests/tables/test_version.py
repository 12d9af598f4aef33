"""The version of the form is told by the labels that only one has, and by the year where there are none."""

from __future__ import annotations

import pytest

from gongkai.form import form
from gongkai.tables.labels import labels
from gongkai.tables.pieces import pieces
from gongkai.tables.runs import Scan
from gongkai.tables.scan import Scanner
from gongkai.tables.version import version_of
from tests.papers import Paper
from tests.render import LAYOUTS


def scans(version: int, layout: str = "tabs", *tables: str) -> list[Scan]:
    found = Scanner(labels()).scan(pieces(Paper(layout=layout, version=version).document()))
    return [s for key, s in found.items() if not tables or key in tables]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("version", [2021, 2019])
@pytest.mark.parametrize("year", [2019, 2020, 2021, 2024, None])
def test_labels_speak_before_the_year(version: int, layout: str, year: int | None) -> None:
    assert version_of(scans(version, layout), year) == form(version)


@pytest.mark.parametrize(
    ("year", "version"), [(2019, 2019), (2020, 2019), (2021, 2021), (2024, 2021), (None, 2021)]
)
def test_without_labels_the_year_speaks(year: int | None, version: int) -> None:
    assert version_of([], year) == form(version)
    assert version_of(scans(2019, "tabs", "review"), year) == form(version)
