"""PDF with text."""

from __future__ import annotations

import json
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.document import Document, Heading, Note, Place
from gongkai.errors import UnreadableError
from gongkai.readers import read, read_bytes
from tests.readers.pdfs import Page, written
from tests.readers.shapes import grids, lines
from tests.shared import SHARED, needs_shared

X = [90.0, 190.0, 290.0, 390.0]
FULL = "根据条例要求编制本年度报告全文包括总体情况主动公开情况收"  # 28 ideographs fill a line


def document(*pages: Page, rotate: int = 0) -> Document:
    return read_bytes(written(pages, rotate=rotate), "报告.pdf")


def body(page: Page, y: float = 100) -> float:
    """Enough full lines for a measure."""
    return page.paragraph([FULL[:-2], FULL, FULL, "共12件。"], y)


def test_lines_become_paragraphs_and_large_type_a_heading() -> None:
    page = Page()
    page.text(150, 80, "青禾县2024年政府信息公开工作年度报告", 22)
    page.paragraph([FULL[:-2], FULL, "共12件。"], body(page, 150))
    found = document(page)
    assert lines(found) == [
        "青禾县2024年政府信息公开工作年度报告",
        FULL[:-2] + FULL * 2 + "共12件。",
        FULL[:-2] + FULL + "共12件。",
    ]
    assert isinstance(found.blocks[0], Heading)


@pytest.mark.parametrize("number", ["- 2 -", "—2—", "第2页", "第 2 页 共 3 页", "2/3", "2"])
def test_a_paragraph_goes_on_over_pages_without_the_page_number(number: str) -> None:
    first, second = Page(), Page()
    first.paragraph([FULL[:-2], FULL], body(first))
    first.text(290, 800, number)
    second.paragraph([], 100)
    second.text(90, 100, "完成全部工作。", 15)
    body(second, 160)
    found = document(first, second)
    assert lines(found)[1] == FULL[:-2] + FULL + "完成全部工作。"
    assert found.place(found.text.index("完成")) == Place(2, 1)
    assert found.place(0) == Place(1, 1)


def test_a_page_number_within_a_table_is_left_out_and_marks_in_its_cells_are_not() -> None:
    page = Page()
    x = [90, 190, 206, 222, 238]
    page.grid(x, [740, 770, 800], [["内容", "甲", "乙", "丙"], ["规章", "-", "3", "-"]])
    page.text(130, 790, "- 3 -")
    assert grids(document(page)) == [[["内容", "甲", "乙", "丙"], ["规章", "-", "3", "-"]]]


def test_what_every_page_repeats_at_its_edge_is_left_out() -> None:
    pages = [Page() for _ in range(3)]
    for i, page in enumerate(pages, 1):
        page.text(90, 40, f"青禾县人民政府网 打印第{i}次")
        body(page)
        page.text(90, 820, f"https://example.org/{i}")
    assert len(lines(document(*pages))) == 3


def test_rows_of_numbers_at_the_edges_of_pages_are_no_running_lines() -> None:
    pages = [Page() for _ in range(3)]
    for i, page in enumerate(pages):
        body(page)
        for column, x in enumerate(X):
            page.text(x, 800, str(i + column))
    found = [line for line in lines(document(*pages)) if line[0].isdigit()]
    assert [line.split() for line in found] == [[str(i + c) for c in range(len(X))] for i in range(3)]


@pytest.mark.parametrize(("rotate", "turned"), [(0, False), (90, False), (0, True), (90, True)])
def test_a_table_is_found_from_its_lines_however_the_page_is_turned(rotate: int, turned: bool) -> None:
    page = Page(turned=turned)
    page.grid(X, [300, 330, 360, 390], [["甲", None, "乙"], ["规章", "1", "2"], ["文件", "", "-3"]])
    found = document(page, rotate=rotate)
    assert grids(found) == [[["甲", "甲", "乙"], ["规章", "1", "2"], ["文件", "", "-3"]]]
    assert Note.GRID_RECOVERED in found.notes


def test_numbers_that_touch_across_a_line_stay_apart() -> None:
    page = Page()
    page.grid([90, 105, 120], [300, 330, 360], [["总", "计"], ["", ""]])
    page.text(94.9, 350, "1234", 10)
    assert grids(document(page)) == [[["总", "计"], ["12", "34"]]]


def test_a_watermark_is_left_out() -> None:
    page = Page()
    body(page)
    page.text(100, 420, "青禾县人民政府网2024", 40, degrees=35)
    page.text(110, 345, "3", 20, degrees=35)
    page.grid(X, [300, 330, 360], [["规章", "1", "2"], ["文件", "", "3"]])
    found = document(page)
    assert grids(found) == [[["规章", "1", "2"], ["文件", "", "3"]]]
    assert "人民政府网" not in found.text


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_head_that_is_set_a_quarter_turned_is_read_along(degrees: int) -> None:
    page = Page()
    page.grid(X, [300, 400, 430], [["", "", ""], ["规章", "1", "2"]])
    for x, head in zip(X, ("信息内容", "本年制发", "现行有效"), strict=False):
        page.text(x + 20, 390 if degrees == 90 else 310, head, 10, degrees=degrees)
    assert grids(document(page)) == [[["信息内容", "本年制发", "现行有效"], ["规章", "1", "2"]]]


def test_rules_between_lines_make_no_cells() -> None:
    page = Page()
    for y, row in ((300, ("信息内容", "本年制发")), (330, ("规章", "12")), (360, ("规范性文件", "7"))):
        page.line(90, y, 400, y)
        page.text(95, y + 20, row[0])
        page.text(300, y + 20, row[1])
    page.line(90, 390, 400, 390)
    found = document(page)
    assert grids(found) == []
    assert lines(found) == ["信息内容\t本年制发", "规章\t12", "规范性文件\t7"]


def test_lines_of_a_cell_are_one_text_and_a_number_cut_by_its_width_is_whole() -> None:
    page = Page()
    page.grid([90, 125, 160], [300, 340, 380], [["", ""], ["", ""]])
    for y, text in ((312, "三、"), (324, "本年"), (336, "度")):
        page.text(93, y, text)
    page.text(130, 312, "96171")
    page.text(130, 330, ".6")
    page.text(93, 355, "12")
    page.text(93, 371, "34")
    assert grids(document(page)) == [[["三、本年度", "96171.6"], ["12 34", ""]]]


def test_a_table_goes_on_over_a_page_break() -> None:
    first, second = Page(), Page()
    head: list[str | None] = ["信息内容", "制发", "废止"]
    first.grid(X, [700, 730, 760], [head, ["规章", "1", "2"]])
    first.text(290, 800, "- 1 -")
    second.grid(X, [80, 110, 140], [head, ["规范性文件", "3", "4"]])
    found = document(first, second)
    assert grids(found) == [[[*head], ["规章", "1", "2"], ["规范性文件", "3", "4"]]]
    assert found.place(found.text.index("规范性")) == Place(2, 1)


def test_a_row_cut_by_a_page_break_is_whole() -> None:
    first, second = Page(), Page()
    first.grid(X, [700, 730, 760], [["结果", "自然人", "总计"], ["一、申请人无正当理", "", ""]])
    second.grid(X, [80, 110, 140], [["期不补正", "67", "71"], ["二、其他", "1", "2"]])
    assert grids(document(first, second)) == [
        [["结果", "自然人", "总计"], ["一、申请人无正当理期不补正", "67", "71"], ["二、其他", "1", "2"]]
    ]


def test_blank_values_before_a_page_break_take_none_from_the_next_row() -> None:
    first, second = Page(), Page()
    first.grid(X, [700, 730, 760], [["内容", "制发", "废止"], ["规章", "", ""]])
    second.grid(X, [80, 110], [["规范性文件", "3", "4"]])
    assert grids(document(first, second)) == [
        [["内容", "制发", "废止"], ["规章", "", ""], ["规范性文件", "3", "4"]]
    ]


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        pytest.param("", ["（四）无", "（四）无"], id="blank below"),
        pytest.param("法提供", ["（四）无法提供", "（四）无法提供"], id="word cut in two"),
        pytest.param("（五）不予处理", ["（四）无", "（五）不予处理"], id="next group"),
    ],
)
def test_a_merged_label_cut_by_a_page_break(below: str, expected: list[str]) -> None:
    first, second = Page(), Page()
    first.grid([90, 135, 290, 390], [730, 760], [["（四）无", "1.不掌握", "7"]])
    second.grid([135, 290, 390], [80, 110, 140], [["2.另行制作", "0"], ["3.不明确", "1"]])
    for line in ((90, 80, 135, 80), (90, 140, 135, 140), (90, 80, 90, 140)):
        second.line(*line)
    second.text(93, 106, below[:4])
    second.text(93, 122, below[4:])
    (grid,) = grids(document(first, second))
    assert [row[0] for row in grid] == [expected[0], expected[1], expected[1]]
    assert [row[1:] for row in grid] == [["1.不掌握", "7"], ["2.另行制作", "0"], ["3.不明确", "1"]]


NUMBERS = st.integers(0, 99_999).map(str)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_ruled_table_comes_back_cell_for_cell(data: st.DataObject) -> None:
    width, height = data.draw(st.integers(2, 7)), data.draw(st.integers(2, 12))
    cell = st.one_of(NUMBERS, st.just(""), st.none())
    rows = [
        [data.draw(NUMBERS), *data.draw(st.lists(cell, min_size=width - 1, max_size=width - 1))]
        for _ in range(height)
    ]
    x = [
        60.0,
        *accumulate(data.draw(st.lists(st.integers(40, 70), min_size=width, max_size=width)), initial=0),
    ]
    x = [60.0 + a for a in x[1:]]
    y = [
        100.0 + a
        for a in accumulate(
            data.draw(st.lists(st.integers(16, 40), min_size=height, max_size=height)), initial=0
        )
    ]
    page = Page()
    page.grid(x, y, rows)
    for at in x:  # so that every column shows its sides somewhere
        page.line(at, y[0] - 20, at, y[0])
    page.line(x[0], y[0] - 20, x[-1], y[0] - 20)
    page.text(x[0] + 3, y[0] - 6, "头")
    expected = []
    for row in rows:
        whole: list[str | None] = []
        for text in row:
            whole.append(whole[-1] if text is None else text)
        expected.append(whole)
    (grid,) = grids(document(page))
    assert grid[1:] == expected


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"%PDF-1.4\n", id="head only"),
        pytest.param(written([Page()])[:300], id="cut short"),
        pytest.param(b"%PDF-1.7\n" + b"\xde\xad\xbe\xef" * 500, id="junk"),
        pytest.param(written([]), id="no page"),
    ],
)
def test_what_is_damaged_or_bare_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^报告\.pdf: "):
        read_bytes(data, "报告.pdf")


@needs_shared
def test_a_real_report_has_the_grids_of_the_form() -> None:
    found = read(SHARED / "reports" / "淮安市人民政府_2024.pdf")
    gold = json.loads((SHARED / "gold" / "淮安市人民政府_2024.pdf.json").read_text("utf-8"))
    disclosure, applications, review = grids(found)
    assert [row[3:] for row in applications[3:]] == [
        [str(v) for v in row] for row in gold["applications"].values()
    ]
    assert review[3] == [str(v) for v in [*gold["review"], *gold["litigation"][0], *gold["litigation"][1]]]
    assert [row[1:] for row in disclosure[2:4]] == [
        [str(v) for v in gold["disclosure"][key]] for key in ("规章", "行政规范性文件")
    ]
    assert len(found.pages) == 6
    text = found.text.replace("\n", "")
    assert [f["quote"] for f in gold["facts"] if f["quote"] not in text] == []
