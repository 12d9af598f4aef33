"""Text that gives a table column by column: what is below a head is its column's, if there is one number for each row."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.form import form
from gongkai.parse import parse
from tests.papers import Paper, cells, document, doubts

Number = tuple[str, str]


def upright(version: int, lost: frozenset[Number] = frozenset(), heads_together: bool = False) -> str:
    """The first table with the labels of all rows first, then the columns of each group, each below its head."""
    values = Paper(version=version).rows
    table = form(version).table("disclosure")
    labels = [row.label.printed for row in table.rows]
    columns: list[str] = []
    for _, members in groupby(table.rows, key=lambda row: row.group):
        rows = tuple(members)
        heads = [column.label.official for column in rows[0].columns]
        below = [
            [str(values[r.key][i]) for r in rows if (r.key, c.key) not in lost]
            for i, c in enumerate(rows[0].columns)
        ]
        if heads_together:
            columns += [*heads, *(number for column in below for number in column)]
        else:
            columns += [line for head, column in zip(heads, below, strict=True) for line in (head, *column)]
    lines = ["二、主动公开政府信息情况", *labels, "", *columns, "", "三、收到和处理政府信息公开申请情况"]
    return "\n".join(["溪口县桑田镇人民政府2023年政府信息公开工作年度报告", *lines])


def given_cells(version: int) -> dict[Number, Decimal | None]:
    first = {row.key for row in form(version).table("disclosure").rows}
    return {k: v for k, v in Paper(version=version).cells().items() if k[0] in first}


@pytest.mark.parametrize("version", [2021, 2019])
def test_each_head_with_a_number_for_each_row(version: int) -> None:
    report = parse(document(upright(version)))
    assert cells(report) == given_cells(version)


@pytest.mark.parametrize("version", [2021, 2019])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_number_that_is_lost_moves_no_other(version: int, data: st.DataObject) -> None:
    true = given_cells(version)
    lost = data.draw(st.frozensets(st.sampled_from(sorted(true)), min_size=1, max_size=6))
    found = cells(parse(document(upright(version, lost))))
    assert not {k: v for k, v in found.items() if v is not None and (k in lost or v != true[k])}


def test_numbers_below_several_heads_may_be_rows_or_columns() -> None:
    report = parse(document(upright(2021, heads_together=True)))
    found = cells(report)
    assert {found[row, c] for row in ("规章", "行政规范性文件") for c in ("made", "repealed", "inForce")} == {
        None
    }
    assert ("misaligned", "disclosure") in doubts(report)
    assert found["行政许可", "decisions"] == given_cells(2021)["行政许可", "decisions"]
