"""Numbers that stand under each other are of one column; where no number stands its cell is blank."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.readers.sheet import Run
from gongkai.readers.unruled import lines

SPACIOUS = 1.2
BODY = (50.0, 750.0)
LABEL, FIRST, STEP, SIZE, PITCH = 60.0, 300.0, 40.0, 10.0, 20.0
HEADS = ("自然人", "商企业", "科机构", "其他人", "总计数")

Row = list[str]


def placed(text: str, column: int, y: float, align: float = 0.5) -> Run:
    """A number in its column, at the left, in the middle or at the right of it."""
    width = 5.0 * len(text) if text.isascii() else SIZE * len(text)
    left = FIRST + STEP * column + align * (STEP - 10 - width)
    return Run(text, left, y, left + width, y + SIZE)


def label(text: str, y: float) -> Run:
    return Run(text, LABEL, y, LABEL + SIZE * len(text), y + SIZE)


def table(values: list[Row], *, heads: bool, align: float = 0.5, first: float = 100.0) -> list[Run]:
    runs = [placed(head, i, first - PITCH) for i, head in enumerate(HEADS)] if heads else []
    for r, row in enumerate(values):
        y = first + PITCH * r
        runs += [label(f"第{'一二三四五六七八九'[r]}行事项名称", y)]
        runs += [placed(text, c, y, align) for c, text in enumerate(row) if text]
    return runs


def texts(runs: list[Run]) -> list[Row]:
    return [line.text.split("\t")[1:] for line in lines(runs, SPACIOUS, BODY) if "行事项名称" in line.text]


blank_or_number = st.one_of(st.just(""), st.integers(0, 2000).map(str))
tables = st.lists(st.lists(blank_or_number, min_size=5, max_size=5), min_size=2, max_size=9)


@pytest.mark.parametrize("align", [0.0, 0.5, 1.0])
@settings(max_examples=60, deadline=None)
@given(values=tables)
def test_below_heads_each_blank_is_known(align: float, values: list[Row]) -> None:
    assume(all(any(row) for row in values))
    for row, found in zip(values, texts(table(values, heads=True, align=align)), strict=True):
        assert found == row or all(row)


@pytest.mark.parametrize("align", [0.0, 0.5, 1.0])
@settings(max_examples=60, deadline=None)
@given(values=tables)
def test_without_heads_a_row_of_all_columns_is_as_printed(align: float, values: list[Row]) -> None:
    assume(all(any(row) for row in values))
    for row, found in zip(values, texts(table(values, heads=False, align=align)), strict=True):
        assert len(found) < len(HEADS) or found == row or all(row)


def test_a_label_goes_on_above_and_below_its_numbers() -> None:
    above, below = label("第一行事项名称很长", 100), label("，分成两行", 112)
    number = placed("7", 4, 106)
    other = table([["1", "2", "3", "4", "5"]], heads=False, first=140)
    found = lines([above, number, below, *other], SPACIOUS, BODY)
    assert [line.text for line in found][:3] == ["第一行事项名称很长", "\t\t\t\t7", "，分成两行"]


def test_numbers_in_one_column_twice_are_left_as_they_are() -> None:
    runs = table([["1", "", "3", "", "5"], ["1", "2", "3", "4", "5"]], heads=False)
    twice = [*runs, Run("9", FIRST + 8, 100, FIRST + 13, 110)]
    assert any("\t\t" in line.text for line in lines(runs, SPACIOUS, BODY))
    assert not any("\t\t" in line.text for line in lines(twice, SPACIOUS, BODY))


def test_the_number_of_a_page_is_no_row() -> None:
    runs = [*table([["1", "", "3"], ["1", "2", "3"]], heads=False), placed("2", 1, 770)]
    assert [line.text for line in lines(runs, SPACIOUS, BODY)][-1] == "2"


def test_one_number_a_row_is_read_as_before() -> None:
    runs = table([["12"], ["3"]], heads=False)
    assert texts(runs) == [["12"], ["3"]]
