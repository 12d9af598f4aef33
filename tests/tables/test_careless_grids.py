"""Grids that are set carelessly, with blank cells: a column too many or too few in places, and rows that are numbered."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.form import form
from gongkai.parse import parse
from gongkai.readers import read_bytes
from tests.papers import cells
from tests.render import LAYOUTS, Values, report, sheets
from tests.render.strategies import balanced, with_blanks


def numbered(page: str) -> str:
    """Each row with its number in a column of its own."""
    first, *others = page.split("<table>")
    return "<table>".join([first, *map(_with_numbers, others)])


def _with_numbers(table: str) -> str:
    first, *rows = table.split("<tr>")
    return first + "".join(f"<tr><td>{i}</td>{row}" for i, row in enumerate(rows, start=1))


def blank_behind(page: str) -> str:
    return page.replace("</tr>", "<td></td></tr>")


def blank_before(page: str) -> str:
    return page.replace("<tr>", "<tr><td>&nbsp;</td>")


def too_wide(page: str) -> str:
    return re.sub(r'colspan="(\d+)"', lambda m: f'colspan="{int(m[1]) + 1}"', page)


def too_high(page: str) -> str:
    return re.sub(r'rowspan="(\d+)"', lambda m: f'rowspan="{int(m[1]) + 1}"', page)


def in_two(page: str) -> str:
    """The table of requests cut in two, its head repeated, what spans the cut lost."""
    first, second = page.index("勾稽关系"), page.index("四、政府信息公开行政复议")
    start, end = page.rindex("<table>", 0, first), page.rindex("</table>", 0, second)
    rows = re.findall(r"<tr>.*?</tr>", page[start:end])
    head = "".join(rows[:3])
    return (
        f"{page[:end]}</table><table>{head}{''.join(rows[15:])}".replace("".join(rows[15:]), "", 1)
        + page[end:]
    )


CARELESS: list[Callable[[str], str]] = [numbered, blank_behind, blank_before, too_wide, too_high, in_two]


@pytest.mark.parametrize("version", [2021, 2019])
@pytest.mark.parametrize("careless", CARELESS)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_no_number_moves(careless: Callable[[str], str], version: int, data: st.DataObject) -> None:
    a_form = form(version)
    values: Values = data.draw(balanced(a_form).flatmap(with_blanks))
    page = report(a_form, sheets(a_form, values), LAYOUTS["html"], 2023).decode()
    changed = careless(page)
    assert changed != page
    found = cells(parse(read_bytes(changed.encode(), "report.html")))
    true = {
        (row.key, column.key): value
        for table in a_form.tables
        for row in table.rows
        if row.key in values
        for column, value in zip(row.columns, values[row.key], strict=True)
    }
    assert not {k: (v, true.get(k)) for k, v in found.items() if v is not None and v != true.get(k)}
