"""Word files."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from gongkai.document import Document, Heading
from gongkai.errors import UnreadableError
from gongkai.readers import read, read_bytes
from tests.readers.shapes import grids, lines
from tests.readers.words import NAMESPACES, W, cell, packed, paragraph, part, table, word
from tests.shared import SHARED, needs_shared


def document(body: str, **parts: str) -> Document:
    return read_bytes(word(body, **parts), "报告.docx")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "<w:p><w:r><w:t>政府</w:t></w:r><w:r><w:t>信息</w:t></w:r></w:p>", ["政府信息"], id="runs"
        ),
        pytest.param(
            "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r>"
            "</w:del></w:p>",
            ["新"],
            id="tracked changes",
        ),
        pytest.param(
            "<w:p><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom></w:p>"
            "<w:p><w:moveTo><w:r><w:t>甲</w:t></w:r></w:moveTo></w:p>",
            ["甲"],
            id="moved",
        ),
        pytest.param(
            paragraph("一段", "<w:rPr><w:del/></w:rPr>") + paragraph("两段"), ["一段两段"], id="deleted mark"
        ),
        pytest.param(
            "<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r></w:p>", ["上", "下"], id="line break"
        ),
        pytest.param("<w:p><w:r><w:t>规章</w:t><w:tab/><w:t>12</w:t></w:r></w:p>", ["规章\t12"], id="tab"),
        pytest.param(
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>",
            ["显"],
            id="hidden",
        ),
        pytest.param("<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>", ["链接"], id="link"),
        pytest.param(
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText>"
            "<w:fldChar w:fldCharType='separate'/><w:t>3</w:t></w:r></w:p>",
            ["3"],
            id="field",
        ),
        pytest.param(
            "<w:sdt><w:sdtPr/><w:sdtContent>" + paragraph("控件") + "</w:sdtContent></w:sdt>",
            ["控件"],
            id="content control",
        ),
        pytest.param(
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + paragraph("单击输入")
            + "</w:sdtContent></w:sdt>"
            + paragraph("文"),
            ["文"],
            id="prompt",
        ),
        pytest.param(
            "<w:p><w:r><w:t>甲</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
            "<w:txbxContent>" + paragraph("框") + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
            "<mc:Fallback><w:pict><v:textbox><w:txbxContent>"
            + paragraph("框")
            + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            "<w:r><w:t>乙</w:t></w:r></w:p>",
            ["甲乙", "框"],
            id="text box, once",
        ),
    ],
)
def test_lines(body: str, expected: list[str]) -> None:
    assert lines(document(body)) == expected


def test_merged_cells_stand_at_every_place() -> None:
    body = table(
        cell("甲", "<w:vMerge w:val='restart'/>") + cell("乙", "<w:gridSpan w:val='2'/>"),
        cell("", "<w:vMerge/>") + cell("1") + cell("2"),
        cell("丙", "<w:gridSpan w:val='3'/>"),
    )
    assert grids(document(body)) == [[["甲", "乙", "乙"], ["甲", "1", "2"], ["丙", "丙", "丙"]]]


def test_two_merges_below_each_other_stay_two() -> None:
    restart, go_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    body = table(
        *(
            cell(a, m) + cell(b)
            for a, m, b in [
                ("（三）", restart, "1"),
                ("", go_on, "2"),
                ("（四）", restart, "3"),
                ("", go_on, "4"),
            ]
        )
    )
    assert [row[0] for row in grids(document(body))[0]] == ["（三）", "（三）", "（四）", "（四）"]


def test_a_row_that_begins_further_right_keeps_its_columns() -> None:
    late = "<w:trPr><w:gridBefore w:val='1'/></w:trPr>"
    assert grids(document(table(cell("甲") + cell("乙"), late + cell("丙")))) == [[["甲", "乙"], ["", "丙"]]]


def test_a_deleted_row_is_gone() -> None:
    gone = "<w:trPr><w:del/></w:trPr>"
    assert grids(document(table(cell("甲") + cell("1"), gone + cell("乙") + cell("2")))) == [[["甲", "1"]]]


def test_a_table_in_a_cell_of_a_layout_table_is_a_table() -> None:
    inner = table(cell("规章") + cell("3"), cell("文件") + cell("4"))
    body = table(f"<w:tc><w:tcPr/>{paragraph('表')}{inner}</w:tc>" + cell(""))
    assert grids(document(body)) == [[["规章", "3"], ["文件", "4"]]]


NUMBERING = (
    "<w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2.'/></w:lvl>"
    "</w:abstractNum><w:num w:numId='7'><w:abstractNumId w:val='0'/></w:num>"
    "<w:num w:numId='8'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/>"
    "</w:lvlOverride></w:num>"
)


def numbered(text: str, level: int = 0, list_id: int = 7) -> str:
    return paragraph(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_id}'/></w:numPr>")


def test_numbers_that_word_counts_are_written_out() -> None:
    body = (
        numbered("总体情况")
        + numbered("主动公开", 1)
        + numbered("依申请公开", 1)
        + numbered("主动公开情况")
        + numbered("又一", 1)
        + numbered("第五", 0, 8)
        + numbered("无", 0, 0)
    )
    assert lines(document(body, numbering=NUMBERING)) == [
        "一、总体情况",
        "一.1.主动公开",
        "一.2.依申请公开",
        "二、主动公开情况",
        "二.1.又一",
        "五、第五",
        "无",
    ]


def test_styles_make_headings_and_numbers() -> None:
    styles = (
        "<w:style w:styleId='a'><w:name w:val='heading 2'/><w:pPr><w:numPr><w:numId w:val='7'/></w:numPr></w:pPr>"
        "</w:style><w:style w:styleId='b'><w:basedOn w:val='a'/></w:style>"
        "<w:style w:styleId='c'><w:name w:val='Title'/></w:style>"
    )
    body = "".join(
        paragraph(t, f"<w:pStyle w:val='{s}'/>") for t, s in [("年度报告", "c"), ("总体情况", "b")]
    )
    found = document(body, styles=styles, numbering=NUMBERING)
    assert lines(found) == ["年度报告", "一、总体情况"]
    assert [b.level for b in found.blocks if isinstance(b, Heading)] == [1, 2]


def test_notes_come_after_the_body() -> None:
    note = "<w:footnote w:id='1'>" + paragraph("注：不含下属单位。") + "</w:footnote>"
    assert lines(document(paragraph("正文"), footnotes=note)) == ["正文", "注：不含下属单位。"]


def test_the_strict_variant_is_the_same() -> None:
    strict = part("document", f"<w:body>{paragraph('文')}</w:body>").replace(
        W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert lines(read_bytes(packed({"document": strict}), "x")) == ["文"]


def deep(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + paragraph("x") + "</w:tc></w:tr></w:tbl>" * depth


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(word(""), id="no text"),
        pytest.param(word(deep(200)), id="deep"),
        pytest.param(word(table(cell("x", "<w:gridSpan w:val='1000000'/>") + cell("y"))), id="wide cell"),
        pytest.param(word(paragraph("　" * (20 << 20))), id="swelling part"),
        pytest.param(word("<w:p><w:r/></w:p>" * 900_000), id="swelling part of elements"),
        pytest.param(word(paragraph("文"))[:-30], id="cut short"),
        pytest.param(packed({"document": "<w:document"}), id="no XML"),
        pytest.param(
            packed(
                {
                    "document": f"<!DOCTYPE w:a [<!ENTITY a '{'x' * 999}'>"
                    + "".join(f"<!ENTITY a{i} '{f'&a{i - 1 if i else str()};' * 99}'>" for i in range(9))
                    + f"]><w:document {NAMESPACES}>&a8;</w:document>"
                }
            ),
            id="entities",
        ),
        pytest.param(packed({"settings": "<a/>"}), id="no body"),
    ],
)
def test_what_is_damaged_or_swells_is_refused_at_once(data: bytes) -> None:
    began = time.perf_counter()
    with pytest.raises(UnreadableError, match=r"^报告\.docx: "):
        read_bytes(data, "报告.docx")
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("name", ["xl/workbook.xml", "OFD.xml", "年报/附件.pdf"])
def test_other_archives_are_refused_with_what_to_do(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(UnreadableError, match=r"save|export|unpack"):
        read_bytes(out.getvalue(), "x")


@needs_shared
def test_the_official_blank_form_has_its_grids() -> None:
    found = grids(read(SHARED / "reports" / "blank-form.docx"))
    assert [(len(grid), len(grid[0])) for grid in found] == [(14, 4), (28, 10), (4, 15)]
