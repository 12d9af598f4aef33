"""Annotations: written, read, and taken from a report."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.document import Document, Source, Span
from gongkai.errors import UnreadableError
from gongkai.form import form
from gongkai.goldfile import Annotation, FactEntry, annotate, dumps, loads, read
from gongkai.narrative.model import (
    Bound,
    Citation,
    Fact,
    FeeStatement,
    Measure,
    Narrative,
    Quote,
    Shortcoming,
)
from gongkai.report import Agency, Blank, Figure, Kind, Level, Report, Statement, TableReading
from tests.shared import SHARED, needs_shared

numbers = st.integers(-9_999_999, 999_999_999).map(Decimal) | st.decimals(0, 99_999_999, places=2)
cells = st.lists(st.none() | numbers, min_size=1, max_size=7).map(tuple)
tables = st.none() | st.dictionaries(st.text(min_size=1), cells)
five = st.lists(st.none() | numbers, min_size=5, max_size=5).map(tuple)
reviews = st.none() | st.fixed_dictionaries({"行政复议": five, "未经复议直接起诉": five, "复议后起诉": five})
texts = st.lists(st.text()).map(tuple)
facts = st.builds(
    FactEntry,
    st.text(min_size=1),
    numbers,
    st.none() | st.text(),
    st.text(),
    st.sampled_from([None, "over", "about"]),
    st.booleans(),
    st.none() | st.text(min_size=1),
    st.none() | st.text(min_size=1),
    st.none() | numbers,
)
any_annotation = st.builds(
    Annotation,
    source=st.text(min_size=1),
    agency=st.none() | st.text(min_size=1),
    agency_stated=st.booleans(),
    division=st.none() | st.text("0123456789", min_size=6, max_size=6),
    year=st.none() | st.integers(2008, 2030),
    published=st.none() | st.dates(),
    excerpt=st.booleans(),
    form=st.sampled_from([2019, 2021]),
    disclosure=tables,
    applications=tables,
    review=reviews,
    facts=st.lists(facts, max_size=3).map(tuple),
    problems=texts,
    measures=texts,
    documents=texts,
    fee_charged=st.none() | st.booleans(),
    anomalies=texts,
)


@given(any_annotation)
def test_what_is_written_is_read_again(annotation: Annotation) -> None:
    assert loads(dumps(annotation)) == annotation


@needs_shared
def test_every_gold_file_survives_writing() -> None:
    files = list((SHARED / "gold").rglob("*.json"))
    assert files
    for file in files:
        annotation = read(file)
        assert loads(dumps(annotation)) == annotation


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"source": "a", "facts": [{}]}',
        '{"source": "a", "published": "2024"}',
        '{"source": "a", "litigation": [[0]]}',
    ],
)
def test_another_format_is_refused_by_name(text: str, tmp_path: Path) -> None:
    file = tmp_path / "strange.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"strange\.json"):
        read(file)


def _document(text: str) -> Document:
    return Document(Source("云湾区_2023.txt", "text/plain", "0" * 64, len(text)), text, ())


def _reading(key: str, values: dict[tuple[str, str], str | None]) -> TableReading:
    table = form(2021).table(key)
    figures = [
        Figure(
            row,
            column,
            values.get((row.key, column.key)) or "",
            Decimal(values[row.key, column.key] or 0) if values.get((row.key, column.key)) else None,
            None,
            None if values.get((row.key, column.key)) else Blank.EMPTY,
        )
        for row in (*table.rows, *table.collapsed)
        for column in row.columns
        if (row.key, column.key) in values
    ]
    return TableReading(key, Span(0, 0), tuple(figures))


def _report(text: str, *tables: TableReading) -> Report:
    name = Agency("云湾区财政局", "990101", Level.COUNTY, Kind.DEPARTMENT)
    return Report(
        _document(text),
        form(2021),
        None,
        Statement(name, None, inferred=True),
        Statement(2023, None),
        Statement(date(2024, 1, 31), None),
        None,
        (),
        tables,
        (),
    )


def test_a_report_becomes_an_annotation_in_the_order_of_the_form() -> None:
    report = _report(
        "",
        _reading(
            "disclosure",
            {("规章", "made"): "1", ("规章", "inForce"): None, ("行政事业性收费", "feesCollected"): "0.37"},
        ),
        _reading("review", {("行政复议", "totalCases"): "2"}),
    )
    entry = json.loads(dumps(annotate(report, Narrative(), ["review-sum", "review-sum"])))
    assert entry["disclosure"] == {
        "规章": [1, None, None],
        "行政规范性文件": [None, None, None],
        "行政许可": None,
        "行政处罚": None,
        "行政强制": None,
        "行政事业性收费": 0.37,
    }
    assert entry["applications"] is None
    assert entry["review"] == [None, None, None, None, 2]
    assert entry["litigation"] == [[None] * 5, [None] * 5]
    assert entry["anomalies"] == ["review-sum"]
    assert (entry["agency"], entry["agency_stated"], entry["division"]) == ("云湾区财政局", False, "990101")
    assert (entry["year"], entry["published"], entry["form"]) == (2023, "2024-01-31", 2021)


def test_a_collapsed_row_stands_under_its_own_key_only_where_it_is_printed() -> None:
    collapsed = _reading("applications", {("其他处理", "totalRequests"): "3"})
    printed = annotate(_report("", collapsed), Narrative(), ()).applications
    assert printed is not None
    assert printed["其他处理"] == (*[None] * 6, Decimal(3))
    assert printed["逾期不补正"] == (None,) * 7
    plain = annotate(_report("", _reading("applications", {})), Narrative(), ()).applications
    assert plain is not None
    assert "其他处理" not in plain


def test_the_narrative_is_quoted_and_keys_that_do_not_apply_are_left_out() -> None:
    text = "全年收到来信超120封。编写不够及时。加强培训。依据《云湾区信息办法》，未收取信息处理费。"

    def quote(words: str) -> Quote:
        start = text.index(words)
        return Quote(words, Span(start, start + len(words)))

    words = quote("收到来信超120封")
    fact = Fact("mailbox-letters", Decimal(120), "封", words, words.span, 1, "test", 1.0, bound=Bound.OVER)
    narrative = Narrative(
        (fact,),
        (Shortcoming(quote("编写不够及时"), None),),
        (Measure(quote("加强培训"), None),),
        (Citation("云湾区信息办法", quote("《云湾区信息办法》")),) * 2,
        FeeStatement(False, quote("未收取信息处理费")),
    )
    entry = json.loads(dumps(annotate(_report(text), narrative, ())))
    assert entry["facts"] == [
        {
            "indicator": "mailbox-letters",
            "value": 120,
            "unit": "封",
            "quote": "收到来信超120封",
            "bound": "over",
        }
    ]
    assert (entry["problems"], entry["measures"]) == (["编写不够及时"], ["加强培训"])
    assert entry["documents"] == ["云湾区信息办法"]
    assert entry["processing_fee_charged"] is False
