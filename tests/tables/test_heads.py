"""Columns under heads that the form does not have, or in another order: read by their heads, or left out and told."""

from __future__ import annotations

import pytest

from gongkai.parse import parse
from gongkai.readers import read_bytes
from gongkai.report import Aspect, Report
from tests.papers import cells

ROW = ("行政处罚", "decisions")
APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def _text(*lines: str) -> Report:
    title = "青岩市商务局2024年政府信息公开工作年度报告"
    return parse(read_bytes("\n".join((title, *lines)).encode(), "report.txt"))


def _decisions(sep: str, heads: list[str], numbers: list[str]) -> Report:
    return _text(
        "二、主动公开政府信息情况",
        "第二十条第（六）项",
        sep.join(["信息内容", *heads]),
        sep.join(["行政处罚", *numbers]),
        sep.join(["行政强制", *("7" for _ in heads)]),
        "三、收到和处理政府信息公开申请情况",
    )


@pytest.mark.parametrize("sep", ["\t", " | ", "\n"])
@pytest.mark.parametrize(
    "heads",
    [["上年", "本年"], ["本级", "全市"], ["2023年", "2024年"], ["数量", "金额"], ["同比", "年度", "件数"]],
)
def test_a_number_below_unknown_heads_fills_no_cell(sep: str, heads: list[str]) -> None:
    for at in range(len(heads)):
        numbers = ["20" if i == at else "" for i in range(len(heads))]
        report = _decisions(sep, heads, numbers if sep != "\n" else ["20"])
        assert cells(report).get(ROW) is None
        assert Aspect.MISALIGNED in {d.aspect for d in report.doubts}


@pytest.mark.parametrize("sep", ["\t", " | "])
def test_heads_on_a_line_tell_the_columns_of_numbers_on_a_line(sep: str) -> None:
    heads = ["上年数", "本年处理决定数量", "增减"]
    assert cells(_decisions(sep, heads, ["20", "23", "3"]))[ROW] == 23
    assert cells(_decisions(sep, heads, ["20", "", "3"])).get(ROW) is None


@pytest.mark.parametrize("sep", ["\t", " | ", "\n"])
def test_one_head_by_another_name_is_the_forms(sep: str) -> None:
    report = _decisions(sep, ["办件数"], ["23"])
    assert cells(report)[ROW] == 23


def test_columns_in_another_order_are_read_by_their_heads() -> None:
    report = _text(
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "信息内容\t现行有效件数\t本年废止件数\t本年制发件数",
        "规章\t9\t2\t4",
        "行政规范性文件\t8\t\t3",
    )
    found = cells(report)
    assert [found["规章", key] for key in ("made", "repealed", "inForce")] == [4, 2, 9]
    assert not any(value for (row, _), value in found.items() if row == "行政规范性文件")


@pytest.mark.parametrize("corner", ["", "信息内容"])
def test_a_total_that_is_named_first_needs_sums_that_hold(corner: str) -> None:
    heads = "\t".join([corner, "总计", *APPLICANTS[:-1]])
    row = "一、本年新收政府信息公开申请数量\t9\t5\t4\t0\t0\t0\t0"
    report = _text("三、收到和处理政府信息公开申请情况", heads, row)
    assert {value for (key, _), value in cells(report).items() if key == "新收"} <= {None}
    assert ("applications/新收", Aspect.MISALIGNED) in {(d.where, d.aspect) for d in report.doubts}


@pytest.mark.parametrize("sep", ["\t", "\n"])
def test_a_column_that_counts_the_rows_is_none_of_the_form(sep: str) -> None:
    report = _text(
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        sep.join(["序号", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]),
        sep.join(["1", "规章", "4", "2", "9"]),
        sep.join(["2", "行政规范性文件", "3", "", "8"] if sep == "\t" else ["2", "行政规范性文件", "3", "8"]),
        "第二十条第（五）项",
        sep.join(["序号", "信息内容", "本年处理决定数量"]),
        sep.join(["3", "行政许可", "6"]),
        "三、收到和处理政府信息公开申请情况",
    )
    found = cells(report)
    assert [found["规章", key] for key in ("made", "repealed", "inForce")] == [4, 2, 9]
    assert found["行政许可", "decisions"] == 6
    assert found.get(("行政规范性文件", "repealed")) is None
    assert found.get(("行政规范性文件", "inForce")) in (None, 8)
