"""What a grid settles: columns that are not the form's fill no cell, and words in a cell leave the others in place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parse import parse
from gongkai.readers import read_bytes
from gongkai.report import Blank, Figure, Report

ZEROS = ["0"] * 7


def _page(*tables: str) -> Report:
    title = "青岩市商务局2024年政府信息公开工作年度报告"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{''.join(tables)}</body></html>"
    return parse(read_bytes(page.encode(), "report.html"))


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _disclosure(heads: list[str], *rows: list[str]) -> Report:
    """Decisions below heads of columns, behind the rest of the table."""
    return _page(
        "<p>二、主动公开政府信息情况</p><table>",
        _row("第二十条第（一）项", "", "", ""),
        _row("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        _row("规章", "1", "0", "1"),
        _row("行政规范性文件", "2", "5", "3"),
        "<tr><td colspan=4>第二十条第（六）项</td></tr>",
        _row("信息内容", *heads),
        *(_row(*row) for row in rows),
        "</table>",
    )


def _requests(cells: list[str]) -> Report:
    """A table of requests with the cells of one row, between sound ones."""
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    return _page(
        "<p>三、收到和处理政府信息公开申请情况</p><table>",
        _row("", *heads),
        _row("一、本年新收政府信息公开申请数量", *ZEROS),
        _row("二、上年结转政府信息公开申请数量", *cells),
        _row("四、结转下年度继续办理", *ZEROS),
        "</table>",
    )


def _figure(report: Report, table: str, row: str, column: str) -> Figure:
    reading = report.table(table)
    assert reading is not None
    figure = reading.figure(row, column)
    assert figure is not None
    return figure


@pytest.mark.parametrize(
    ("heads", "cells", "value"),
    [
        (["年度", "本年处理决定数量"], ["2024", ""], None),
        (["年度", "本年处理决定数量"], ["2024", "23"], 23),
        (["上年处理决定数量", "本年处理决定数量"], ["20", "23"], 23),
        (["上年处理决定数量", "本年处理决定数量"], ["20", ""], None),
        (["本年处理决定数量", "上年处理决定数量"], ["", "20"], None),
        (["年度", "单位", "本年处理决定数量"], ["2024", "", "23"], 23),
    ],
)
def test_only_the_column_of_the_form_fills_a_cell(
    heads: list[str], cells: list[str], value: int | None
) -> None:
    figure = _figure(_disclosure(heads, ["行政处罚", *cells]), "disclosure", "行政处罚", "decisions")
    assert figure.value == (None if value is None else Decimal(value))
    assert value is not None or figure.blank is Blank.EMPTY


def test_a_damaged_head_of_the_form_is_no_strange_column() -> None:
    report = _page(
        "<p>二、主动公开政府信息情况</p><table>",
        _row("信息内容", "本年制发件敷", "本年废止件数", "现行有效件数"),
        _row("规章", "1", "0", "4"),
        "</table>",
    )
    reading = report.table("disclosure")
    assert reading is not None
    assert [f.value for f in reading.figures if f.row.key == "规章"] == [1, 0, 4]


WORDS = ["第3项", "3②", "O", "5-7", "约5", "≥3", "2/3", "12件5份", "见附件2", "(3)", "o", "若干", "12.3.4"]


@pytest.mark.parametrize("words", [*WORDS, "约 5", "见附件 2"])
@pytest.mark.parametrize("at", [0, 1, 6])
def test_words_in_a_cell_move_no_other(words: str, at: int) -> None:
    cells = ["1", "2", "3", "4", "5", "6", "7"]
    report = _requests([*cells[:at], words, *cells[at + 1 :]])
    reading = report.table("applications")
    assert reading is not None
    figures = [f for f in reading.figures if f.row.key == "上年结转"]
    assert [f.value for f in figures] == [None if i == at else int(c) for i, c in enumerate(cells)]
    figure = figures[at]
    assert (figure.blank, figure.printed) == (Blank.UNREADABLE, words)
    assert figure.span is not None
    assert report.document[figure.span] == words
    assert not [d for d in report.doubts if d.where.startswith("applications/上年结转")]


@pytest.mark.parametrize("words", WORDS)
def test_words_in_the_only_cell_of_a_row_are_printed(words: str) -> None:
    report = _disclosure(["本年处理决定数量"], ["行政处罚", words], ["行政强制", "4"])
    figure = _figure(report, "disclosure", "行政处罚", "decisions")
    assert (figure.value, figure.blank, figure.printed) == (None, Blank.UNREADABLE, words)
    assert _figure(report, "disclosure", "行政强制", "decisions").value == 4


def test_words_in_the_table_of_reviews_move_no_other() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    cells = [str(i) for i in range(15)]
    report = _page(
        "<p>四、政府信息公开行政复议、行政诉讼情况</p><table>",
        "<tr><td colspan=5 rowspan=2>行政复议</td><td colspan=10>行政诉讼</td></tr>",
        "<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>",
        _row(*heads),
        _row(*cells[:7], "若干", *cells[8:]),
        "</table>",
    )
    reading = report.table("review")
    assert reading is not None
    assert [f.value for f in reading.figures] == [None if i == 7 else i for i in range(15)]
    assert reading.figures[7].printed == "若干"
