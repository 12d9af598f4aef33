"""The table of reviews: its blocks stand side by side, and a blank cell moves no other."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.parse import parse
from tests.papers import Paper, cells, document, doubts

COLUMNS = Paper().form.table("review").columns
ROWS = [row.key for row in Paper().form.table("review").rows]
CELLS = [(row, column) for row in ROWS for column in range(len(COLUMNS))]


def with_blanks(blank: set[tuple[str, int]]) -> dict[str, tuple[Decimal | None, ...]]:
    sound = Paper().rows
    return {r: tuple(None if (r, c) in blank else v for c, v in enumerate(sound[r])) for r in ROWS}


@given(blank=st.sets(st.sampled_from(CELLS), min_size=1, max_size=14))
@settings(max_examples=25, deadline=None)
def test_blank_cells_of_a_grid(blank: set[tuple[str, int]]) -> None:
    paper = Paper(layout="html", values=with_blanks(blank))
    report = paper.parsed()
    assert cells(report) == paper.cells()
    assert doubts(report) == []


def test_a_blank_cell_that_is_merged_with_its_head_is_known_by_the_other_heads() -> None:
    paper = Paper(layout="html", values=with_blanks({("行政复议", 0)}))
    text = paper.text().replace('rowspan="2">结果维持', 'rowspan="3">结果维持', 1)
    assert "<tr><td></td>" in text
    report = parse(document(text.replace("<tr><td></td>", "<tr>"), "report.html"))
    assert cells(report) == paper.cells()
    assert doubts(report) == []
