"""Which numbers stand under which labels; prose, headings and navigation open no table."""

from __future__ import annotations

import pytest

from gongkai.form import Row, form
from gongkai.tables.labels import labels
from gongkai.tables.pieces import NUMBER, pieces
from gongkai.tables.runs import Scan
from gongkai.tables.scan import Scanner
from tests.papers import Paper, document
from tests.render import CHANGES, LAYOUTS

TABLES = ("disclosure", "applications", "review")


def scan(text: str, name: str = "a.txt") -> dict[str, Scan]:
    return Scanner(labels()).scan(pieces(document(text, name)))


def of(paper: Paper) -> dict[str, Scan]:
    return Scanner(labels()).scan(pieces(paper.document()))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("version", [2021, 2019])
def test_every_number_of_a_table_stands_in_its_runs(layout: str, version: int) -> None:
    paper = Paper(layout=layout, version=version, year=2023 if version == 2021 else 2020)
    found = of(paper)
    assert tuple(found) == TABLES
    for sheet in paper.sheets():
        printed = [b.text for b in sheet.boxes if b.of]
        assert [v.text for run in found[sheet.key].runs for v in run.values] == printed


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("change", [c for c in CHANGES if c != "without-ordinals"])
def test_every_row_is_named(layout: str, change: str) -> None:
    for key, found in of(Paper(layout=layout, change=CHANGES[change])).items():
        named = {m.entry.part for _, m in found.labels}
        table = form(2021).table(key)
        parts = table.columns if table.side_by_side else table.rows
        assert set(parts) <= named


@pytest.mark.parametrize("layout", ["tabs", "spaces", "cell-a-line", "html", "markdown"])
def test_a_run_is_hinted_at_by_the_label_before_it(layout: str) -> None:
    for run in of(Paper(layout=layout))["applications"].runs:
        assert run.hints
        hint = run.hints[-1]
        assert hint.near
        assert hint.piece.end <= run.cells[0].start
        assert hint.same == (layout not in {"cell-a-line"})


@pytest.mark.parametrize("layout", LAYOUTS)
def test_regions_follow_each_other_in_the_text(layout: str) -> None:
    regions = [found.region for found in of(Paper(layout=layout)).values()]
    assert all(not a.overlaps(b) for i, a in enumerate(regions) for b in regions[i + 1 :])
    assert regions == sorted(regions)


@pytest.mark.parametrize(
    "text",
    [
        "本年新收政府信息公开申请12件，结转下年度继续办理3件，总计15件，均按期办结，没有因此被申请行政复议或者提起行政诉讼的情况。",
        "自然人 3\n其他 4\n总计 7",
        "规章\n行政规范性文件\n财政信息",
        "一、总体情况\n共12件。\n二、主动公开政府信息情况\n见附件。\n三、收到和处理政府信息公开申请情况\n没有。",
    ],
)
def test_words_of_the_form_elsewhere_are_no_table(text: str) -> None:
    assert scan(text) == {}


def test_a_heading_of_a_section_ends_a_table() -> None:
    found = scan(
        "第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n3\n五、存在的主要问题及改进情况\n12\n"
    )
    assert [v.text for run in found["disclosure"].runs for v in run.values] == ["3"]


def test_prose_ends_a_table() -> None:
    prose = "以上数字由各科室逐项报送并经复核，如有出入以本机关存档为准，" * 3
    found = scan(f"第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n3\n{prose}。\n12\n")
    assert [v.text for run in found["disclosure"].runs for v in run.values] == ["3"]


def test_what_no_label_explains_is_kept_apart() -> None:
    text = Paper(layout="tabs").text().replace("行政许可\t", "行政许可\t\n备忘栏\t", 1)
    found = scan(text)["disclosure"]
    assert [p.text for p in found.unknown] == ["备忘栏"]


def test_a_label_torn_over_lines_is_one_label() -> None:
    text = Paper(layout="cell-a-line").text().replace("6.属于四类过程性信息", "6.属于\n四类过程\n性信息")
    found = scan(text)["applications"]
    (piece,) = (p for p, m in found.labels if m.entry.key == "过程性信息")
    assert piece.text == "6.属于四类过程性信息"
    assert document(text)[piece.span] == "6.属于\n四类过程\n性信息"


def test_a_damaged_first_label_opens_the_table_of_its_section() -> None:
    text = "四、政府信息公开行政复议、行政诉讼情况\n行改复议\n未经复议直接起诉\n复议后起诉\n结果维持\n0\n"
    found = scan(text)["review"]
    assert found.labels[0][0].text == "行改复议"
    assert isinstance(found.labels[0][1].entry.part, Row)


def test_a_number_before_any_table_is_in_none() -> None:
    paper = Paper(layout="tabs")
    text = paper.text().replace("办事指南", "12 13 14\n办事指南", 1)
    found = scan(text)
    assert all(c.start > text.index("二、") for s in found.values() for r in s.runs for c in r.cells)
    assert any(p.kind is NUMBER and p.text == "13" for p in pieces(document(text)))


@pytest.mark.parametrize("layout", ["cell-a-line", "spaces"])
def test_heads_that_a_page_repeats_are_no_rows(layout: str) -> None:
    text = Paper(layout=layout).text()
    start, end = text.index("申请人情况"), text.index("一、本年新收")
    again = text.index("4.保护第三方")
    found = scan(text[:again] + text[start:end] + text[again:])["applications"]
    rows = [m.entry.key for _, m in found.labels if isinstance(m.entry.part, Row)]
    assert rows.count("其他") == rows.count("总计") == 1
