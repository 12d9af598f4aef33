"""Text against tables: when a number contradicts them, and when it must not be said to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.form import form
from gongkai.iris import Iris
from gongkai.narrative.extraction import extract
from gongkai.narrative.tables import comparisons
from gongkai.pipeline import Extraction
from gongkai.report import Agency, Blank, Figure, Kind, Level, Report, Statement, TableReading
from gongkai.rules import Finding, check
from gongkai.turtle import GK, ontology
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


def contradictions(told: Report) -> list[Finding]:
    triples = Extraction(told, extract(told)).triples(Iris())
    return [f for f in check(triples) if f.rule.key in ("X1", "X2", "X7")]


def found(text: str, **rows: int | tuple[int | None, ...]) -> list[tuple[str, int, int]]:
    told = requests(report(text), **rows)
    return [
        ((f.anomaly or "").removeprefix("narrative-"), int(f.left or 0), int(f.right or 0))
        for f in contradictions(told)
    ]


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        ("收到政府信息公开申请12件。", {"新收": 12}, []),
        ("收到政府信息公开申请12件。", {"新收": 13}, [("applications-received", 12, 13)]),
        ("收到政府信息公开申请0件。", {"新收": 3}, [("applications-received", 0, 3)]),
        ("全年收到十二次政府信息公开申请。", {"新收": 13}, [("applications-received", 12, 13)]),
        # 受理 and 收办 may count what was carried in, 收到 does not, unless it is said
        ("收到政府信息公开申请13件。", {"新收": 12, "上年结转": 1}, [("applications-received", 13, 12)]),
        ("收到政府信息公开申请13件，其中上年结转1件。", {"新收": 12, "上年结转": 1}, []),
        (
            "收到政府信息公开申请12件，已全部办结，办结13件。",
            {"新收": 12, "上年结转": 1, "总计": 12, "结转下年度": 1},
            [("applications-handled", 13, 12)],
        ),
        ("受理政府信息公开申请12件。", {"新收": 11, "上年结转": 1}, []),
        ("收办政府信息公开申请12件。", {"新收": 11, "上年结转": 1, "总计": 10, "结转下年度": 2}, []),
        ("办结政府信息公开申请9件。", {"总计": 8}, [("applications-handled", 9, 8)]),
        # granted alone, or with granted in part
        ("收到依申请公开9件，其中予以公开5件。", {"新收": 9, "予以公开": 5, "部分公开": 2}, []),
        ("收到依申请公开9件，其中予以公开7件。", {"新收": 9, "予以公开": 5, "部分公开": 2}, []),
        (
            "收到依申请公开9件，其中予以公开8件。",
            {"新收": 9, "予以公开": 5, "部分公开": 2},
            [("applications-granted", 8, 5)],
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


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        ("我局未收到政府信息公开申请。", {"新收": 3}, [("applications-received", 0, 3)]),
        ("我局未收到政府信息公开申请。", {"新收": 0, "上年结转": 2}, []),
        ("我局未收到政府信息公开申请。", {"新收": (None,) * 7}, []),
        ("县水务局未收到政府信息公开申请。", {"新收": 3}, []),
        ("未收到行政复议申请。", {"新收": 3}, []),
        # a number that the text gives as well is what is compared
        ("全年收到政府信息公开申请3件。四季度后未收到政府信息公开申请。", {"新收": 3}, []),
        (
            "我局未收到政府信息公开申请，收到政府信息公开申请0件。",
            {"新收": 3},
            [("applications-received", 0, 3)],
        ),
    ],
)
def test_a_denial_against_the_table(
    text: str, rows: dict[str, int | tuple[int | None, ...]], expected: list[tuple[str, int, int]]
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
    assert contradictions(replace(told, tables=())) == []


def test_the_reporting_organ_is_no_part_of_itself() -> None:
    office = Agency("柳汀县人民政府办公室", None, Level.COUNTY, Kind.DEPARTMENT)
    told = requests(report("县政府办公室收到政府信息公开申请4件。"), 新收=12)
    assert contradictions(told) == []
    own = replace(told, agency=Statement(office, None))
    assert [c.difference for c in contradictions(own)] == [Decimal(-8)]


def test_each_number_is_named_with_what_it_is() -> None:
    told = requests(report("受理政府信息公开申请15件。"), 新收=12, 上年结转=1)
    (finding,) = contradictions(told)
    assert "为15，而表格中“新收”为12、“新收加上年结转”为13。" in finding.message.zh
    assert "new requests (12), new requests and those carried in (13)." in finding.message.en
    assert [(c.row, c.value) for c in finding.cells if c.column == "totalRequests"] == [
        ("新收", Decimal(12)),
        ("上年结转", Decimal(1)),
    ]
    assert [p.text for p in finding.passages] == ["受理政府信息公开申请15件"]


def test_comparisons_name_rows_of_the_form_and_two_are_the_most_of_an_indicator() -> None:
    known = {row.iri for table in form(2021).tables for row in (*table.rows, *table.collapsed)}
    graph = ontology("narrative")
    compared = [c.iri for found in comparisons().values() for c in found]
    assert len(compared) >= 13
    assert {row for iri in compared for row in graph.values(iri, GK + "row")} <= known
    assert max(map(len, comparisons().values())) == 2
