"""Text against tables: when a number contradicts them, and when it must not be said to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.form import form
from gongkai.narrative.extraction import extract
from gongkai.narrative.tables import comparisons, contradictions
from gongkai.report import Agency, Blank, Figure, Kind, Level, Report, Statement, TableReading
from tests.narrative.texts import report

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


def requests(report_: Report, **rows: int | tuple[int | None, ...]) -> Report:
    """The report with a table of requests: a number is the 总计 of a row, a tuple all its seven cells; other rows are 0."""
    table = form(2021).table("applications")
    figures: list[Figure] = []
    for row in table.rows:
        given = rows.get(row.key, 0)
        cells = given if isinstance(given, tuple) else (None,) * 6 + (given,)
        for column, value in zip(row.columns, cells, strict=True):
            blank = Blank.EMPTY if value is None else None
            figures.append(Figure(row, column, "", None if value is None else Decimal(value), None, blank))
    reading = TableReading("applications", report_.sections[2].content, tuple(figures))
    return replace(report_, tables=(reading,))


def found(text: str, **rows: int | tuple[int | None, ...]) -> list[tuple[str, int, int]]:
    told = requests(report(text), **rows)
    return [
        (c.fact.indicator, int(c.fact.value), int(c.sum.total)) for c in contradictions(told, extract(told))
    ]


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        ("收到政府信息公开申请12件。", {"新收": 12}, []),
        ("收到政府信息公开申请12件。", {"新收": 13}, [("applications-received", 12, 13)]),
        ("收到政府信息公开申请0件。", {"新收": 3}, [("applications-received", 0, 3)]),
        ("全年收到十二次政府信息公开申请。", {"新收": 13}, [("applications-received", 12, 13)]),
        # 受理 and 收办 may count what was carried in
        ("受理政府信息公开申请12件。", {"新收": 11, "上年结转": 1}, []),
        ("收办政府信息公开申请12件。", {"新收": 11, "上年结转": 1, "总计": 10, "结转下年度": 2}, []),
        ("办结政府信息公开申请9件。", {"总计": 8}, [("applications-handled", 9, 8)]),
        # granted alone, or with granted in part
        ("收到依申请公开9件，其中予以公开5件。", {"新收": 9, "予以公开": 5, "部分公开": 2}, []),
        ("收到依申请公开9件，其中予以公开7件。", {"新收": 9, "予以公开": 5, "部分公开": 2}, []),
        (
            "收到依申请公开9件，其中予以公开8件。",
            {"新收": 9, "予以公开": 5, "部分公开": 2},
            [("applications-granted", 8, 7)],
        ),
        ("收到依申请公开9件，不予公开3件。", {"新收": 9, "国家秘密": 1, "内部事务信息": 2}, []),
        ("依申请公开上年结转2件，结转下年度1件。", {"上年结转": 2, "结转下年度": 1}, []),
        # a number of a part, an approximate one, one of another year
        ("县本级收到政府信息公开申请4件。", {"新收": 12}, []),
        ("收到政府信息公开申请12件，其中传真申请4件。", {"新收": 12}, []),
        ("收到政府信息公开申请近20件。", {"新收": 18}, []),
        ("全县收到政府信息公开申请12件，县本级收到政府信息公开申请4件。", {"新收": 12}, []),
    ],
)
def test_a_number_against_the_table(
    text: str, rows: dict[str, int], expected: list[tuple[str, int, int]]
) -> None:
    assert found(text, **rows) == expected


def test_a_blank_is_not_zero() -> None:
    """Where cells are blank the others are a lower bound: less contradicts it, more does not."""
    row = (5, None, None, 2, None, None, None)
    assert found("收到政府信息公开申请6件。", 新收=row) == [("applications-received", 6, 7)]
    assert found("收到政府信息公开申请9件。", 新收=row) == []
    assert found("收到政府信息公开申请9件。", 新收=(None,) * 7, 上年结转=(None,) * 7) == []


def test_no_table_no_contradiction() -> None:
    told = report("收到政府信息公开申请6件。")
    assert contradictions(replace(told, tables=()), extract(told)) == ()


def test_the_reporting_organ_is_no_part_of_itself() -> None:
    office = Agency("柳汀县人民政府办公室", None, Level.COUNTY, Kind.DEPARTMENT)
    told = requests(report("县政府办公室收到政府信息公开申请4件。"), 新收=12)
    assert contradictions(told, extract(told)) == ()
    own = replace(told, agency=Statement(office, None))
    assert [c.difference for c in contradictions(own, extract(own))] == [Decimal(-8)]


def test_comparisons_name_rows_of_the_form() -> None:
    known = {row.iri for table in form(2021).tables for row in (*table.rows, *table.collapsed)}
    assert len(comparisons()) >= 13
    assert all(c.rows <= known for c in comparisons())
