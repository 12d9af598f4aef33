"""The renderer is the yardstick of the readers, so it is measured itself: every value once, no hole, no overlap."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

import pytest

from gongkai.form import Form, form, forms
from tests.render import CHANGES, LAYOUTS, PRINTERS, Sheet, Values, report, sheets

FORMS = pytest.mark.parametrize("version", [f.version for f in forms()])


def numbered(a_form: Form) -> Values:
    """A number of its own in every cell."""
    numbers = count(10_000)
    return {
        row.key: tuple(Decimal(next(numbers)) for _ in row.columns) for t in a_form.tables for row in t.rows
    }


@FORMS
def test_every_value_of_the_form_is_printed_once(version: int) -> None:
    a_form = form(version)
    values = numbered(a_form)
    printed = [box for sheet in sheets(a_form, values) for box in sheet.boxes if box.of]
    assert {box.of: box.text for box in printed} == {
        (row.key, column.key): str(value)
        for table in a_form.tables
        for row in table.rows
        for column, value in zip(row.columns, values[row.key], strict=True)
    }
    assert len(printed) == sum(map(len, values.values()))


@FORMS
def test_boxes_fill_their_rectangle(version: int) -> None:
    for sheet in sheets(form(version), numbered(form(version))):
        assert sorted(_covered(sheet)) == [
            (r, c) for r in range(max(b.row + b.rowspan for b in sheet.boxes)) for c in range(sheet.width)
        ]


def _covered(sheet: Sheet) -> list[tuple[int, int]]:
    return [
        (r, c)
        for b in sheet.boxes
        for r in range(b.row, b.row + b.rowspan)
        for c in range(b.column, b.column + b.colspan)
    ]


@FORMS
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_keeps_every_value(version: int, name: str) -> None:
    values = numbered(form(version))
    text = report(form(version), sheets(form(version), values), LAYOUTS[name], 2023).decode()
    joined = text.replace("</span><span>", "")
    for value in (str(v) for row in values.values() for v in row):
        assert joined.count(value) == 1, value


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_labels_changes_labels_only(name: str) -> None:
    a_form = form(2021)
    before = sheets(a_form, numbered(a_form))
    after = tuple(map(CHANGES[name], before))
    assert [b for s in before for b in s.boxes if b.of] == [b for s in after for b in s.boxes if b.of]
    assert (before == after) is (name == "unchanged")


def test_the_collapsed_row_stands_for_its_group() -> None:
    a_form = form(2021)
    values = {**numbered(a_form), "其他处理": tuple(Decimal(i) for i in range(7))}
    _, applications, _ = sheets(a_form, values, collapse=True)
    rows = {b.of[0] for b in applications.boxes if b.of}
    assert "其他处理" in rows
    assert rows.isdisjoint({"逾期不补正", "逾期未缴费", "其他"})


@pytest.mark.parametrize(
    ("name", "row", "column", "value", "printed"),
    [
        ("plain", "行政许可", 0, "12", "12"),
        ("full-width", "行政许可", 0, "12", "１２"),
        ("grouped", "行政许可", 0, "1234567", "1,234,567"),
        ("with-unit", "行政许可", 0, "12", "12件"),
        ("with-remark", "行政许可", 0, "12", "12（含下属单位）"),
        ("in-yuan", "行政事业性收费", 0, "25.1", "251000元"),
        ("slash", "行政许可", 0, None, "/"),
        ("dash", "行政许可", 0, None, "—"),
        ("none", "行政许可", 0, None, "无"),
    ],
)
def test_printers(name: str, row: str, column: int, value: str | None, printed: str) -> None:
    place = form(2021).table("disclosure").row(row).columns[column]
    assert PRINTERS[name](None if value is None else Decimal(value), place) == printed


def test_a_change_is_printed_in_words() -> None:
    change = form(2019).table("disclosure").row("行政许可").columns[1]
    assert [PRINTERS["signed"](Decimal(n), change) for n in (-3, 0, 5)] == ["减3", "0", "增5"]
