"""Digits that blanks part are one number where the cells of the row say so and the sums agree; a doubt tells of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.parse import parse
from gongkai.readers import read_bytes
from gongkai.report import Aspect, Blank, Report
from gongkai.tables.parted import apart, ways
from gongkai.tables.pieces import NUMBER, Piece

_HEAD = (
    "桐浦县民政局2023年政府信息公开工作年度报告",
    "三、收到和处理政府信息公开申请情况",
)


def in_a_grid(*cells: str) -> Report:
    """A table of one row, as a page sets it."""
    row = "".join(f"<td>{c}</td>" for c in ("一、本年新收政府信息公开申请数量", *cells))
    page = (
        "".join(f"<p>{line}</p>" for line in _HEAD)
        + f"<table><tr>{row}</tr></table><p>五、存在的主要问题及改进情况</p>"
    )
    return parse(read_bytes(page.encode(), "a.html"))


def on_a_line(cells: str) -> Report:
    """The same on a line of text."""
    lines = (*_HEAD, f"一、本年新收政府信息公开申请数量 {cells}", "五、存在的主要问题及改进情况")
    return parse(read_bytes("\n".join(lines).encode(), "a.txt"))


def received(report: Report) -> list[int | None]:
    """The values of the row."""
    table = report.table("applications")
    assert table is not None
    row = next(figures for row, figures in table.rows() if row.key == "新收")
    return [None if f.value is None else int(f.value) for f in row]


def parted(report: Report) -> list[str]:
    """What is printed in parts, as the doubts tell."""
    return [d.printed for d in report.doubts if d.aspect is Aspect.SPLIT_DIGITS]


def test_a_cell_of_a_grid_is_one_number() -> None:
    report = in_a_grid("1 2", "3", "0", "0", "0", "0", "1 5")
    assert received(report) == [12, 3, 0, 0, 0, 0, 15]
    assert parted(report) == ["1 2", "1 5"]


def test_what_is_printed_stays_as_it_is() -> None:
    table = in_a_grid("1 2", "3", "0", "0", "0", "0", "1 5").table("applications")
    assert table is not None
    figure = table.figure("新收", "naturalPerson")
    assert figure is not None
    assert figure.printed == "1 2"


def test_a_number_that_the_sums_contradict_is_not_read() -> None:
    report = in_a_grid("1 2", "3", "0", "0", "0", "0", "4")
    assert received(report) == [None, 3, 0, 0, 0, 0, 4]
    assert parted(report) == ["1 2"]
    table = report.table("applications")
    assert table is not None
    figure = table.figure("新收", "naturalPerson")
    assert figure is not None
    assert figure.blank is Blank.UNREADABLE


def test_an_empty_cell_does_not_shift_what_is_parted() -> None:
    assert received(in_a_grid("1 2", "", "0", "0", "0", "0", "12")) == [12, None, 0, 0, 0, 0, 12]


def test_a_cell_that_holds_a_whole_row_is_not_one_number() -> None:
    assert received(in_a_grid("5 1 0 0 0 0 6", *[""] * 6)) == [5, 1, 0, 0, 0, 0, 6]


@pytest.mark.parametrize("cells", ["1 2 3 0 0 0 0 15", "12 3 0 0 0 0 1 5"])
def test_on_a_line_the_sum_of_the_row_tells(cells: str) -> None:
    report = on_a_line(cells)
    assert received(report) == [12, 3, 0, 0, 0, 0, 15]
    assert len(parted(report)) == 1


def test_on_a_line_without_a_sum_that_tells_nothing_is_joined() -> None:
    report = on_a_line("1 2 3 0 0 0 0 9")
    assert received(report) == [None] * 7
    assert not parted(report)


def test_a_number_does_not_begin_with_zero() -> None:
    text = "0 5 1"
    pieces = [Piece(NUMBER, text[i], i, i + 1, 1, None) for i in (0, 2, 4)]
    assert [[p.text for p in way] for way in ways(text, pieces, 2)] == [["0", "5 1"]]


def run_together(cells: str) -> Report:
    """The row with nothing between its label and its cells."""
    lines = (*_HEAD, f"一、本年新收政府信息公开申请数量{cells}", "五、存在的主要问题及改进情况")
    return parse(read_bytes("\n".join(lines).encode(), "a.txt"))


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("0000000", [0] * 7),
        ("2000002", [2, 0, 0, 0, 0, 0, 2]),
        ("123000015", [12, 3, 0, 0, 0, 0, 15]),
        ("1000000", [None] * 7),  # no way adds up
        ("11100012", [None] * 7),
        ("15", [None] * 7),
    ],
)
def test_digits_that_nothing_parts_are_cells_where_the_sums_allow_one_way(
    printed: str, values: list[int | None]
) -> None:
    report = run_together(printed)
    assert received(report) == values
    told = {d.aspect for d in report.doubts if d.where.endswith("新收") and d.printed == printed}
    assert told == (
        {Aspect.MISALIGNED} if None in values else {Aspect.PLACED_BY_SUMS} if any(values) else set()
    )


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=5))
def test_the_ways_to_part_digits_hold_the_one_they_were_put_together_from(numbers: list[int]) -> None:
    printed = "".join(map(str, numbers))
    found = [
        [int(p.text) for p in way]
        for way in apart(Piece(NUMBER, printed, 0, len(printed), 1, None), len(numbers))
    ]
    assert numbers in found
