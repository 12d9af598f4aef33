"""HTML as published."""

from __future__ import annotations

import base64
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gongkai.document import Document, Heading
from gongkai.errors import UnreadableError
from gongkai.form import forms
from gongkai.readers import read_bytes
from tests.readers.shapes import grids, lines
from tests.render import LAYOUTS, report, sheets
from tests.shared import SHARED

SCRAPS = [
    *(
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "<td colspan=2 rowspan=3>",
        "</td>",
        "<th>",
        "<caption>",
    ),
    *("<p>", "</p>", "<p hidden>", "<div>", "</div>", "<h1>", "</h1>", "<br>", "<span>", "</span>", "<li>"),
    *(
        "<div style='display:none'>",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<meta name=a content=b>",
    ),
    *(
        "<input value=7>",
        "<a title='1>2'>",
        "<button>",
        "</button>",
        "<!--",
        "-->",
        "<",
        ">",
        "&lt;",
        "&nbsp;",
    ),
    *("<publishtime>", '<td title="', "<option>", "</select>", "甲", "12", " ", "\n"),
]


def page(body: str, head: str = "") -> Document:
    return read_bytes(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "页.html"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>政府<span>信</span><b>息</b>公开</p>", ["政府信息公开"], id="spans split a word"),
        pytest.param("<p>政府信\n     息公开</p>", ["政府信息公开"], id="source line break in a word"),
        pytest.param("<p>共 12\n 件</p>", ["共 12 件"], id="source line break at a number"),
        pytest.param("<p>一<br>二<br/>三</p>", ["一", "二", "三"], id="br"),
        pytest.param("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"], id="nested blocks"),
        pytest.param("<ul><li>首页<li>动态</ul>", ["首页", "动态"], id="unclosed items"),
        pytest.param("<p>正<script>var a='<p>x</p>'</script>文</p>", ["正文"], id="script"),
        pytest.param("<p>见<span style='display: none'>隐</span>文</p>", ["见文"], id="hidden"),
        pytest.param("<p>文</p><button>打印</button><input type=button value=关闭>", ["文"], id="buttons"),
        pytest.param("<p>&nbsp;　文&amp;件&#19968;</p>", ["文&件一"], id="entities"),
        pytest.param("<p>a<o:p>&nbsp;</o:p></p><p><o:p></o:p></p>", ["a"], id="Word's own elements"),
    ],
)
def test_lines(body: str, expected: list[str]) -> None:
    assert lines(page(body)) == expected


def test_merged_cells_stand_at_every_place() -> None:
    body = "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2<tr><td colspan=3>丙</table>"
    assert grids(page(body)) == [[["甲", "乙", "乙"], ["甲", "1", "2"], ["丙", "丙", "丙"]]]


def test_a_rowspan_ends_with_its_table() -> None:
    assert grids(page("<table><tr><td rowspan=65>甲<td>1<tr><td>2</table>")) == [[["甲", "1"], ["甲", "2"]]]


def test_a_layout_table_is_its_content() -> None:
    inner = "<table><tr><td>新收<td>3</table>"
    document = page(f"<table><tr><td>导航<td><h1>年度报告</h1><p>{'正文' * 20}</p>{inner * 8}</table>")
    assert lines(document)[:3] == ["导航", "年度报告", "正文" * 20]
    assert isinstance(document.blocks[1], Heading)
    assert grids(document) == [[["新收", "3"]]] * 8


def test_metadata_is_beside_the_text() -> None:
    head = "<title>年报 - 青禾县</title><meta name=PubDate content='2025-01-20'>"
    document = page("<p>发布：<publishtime>2025-01-20</publishtime></p>", head)
    assert document.metadata == (
        ("title", "年报 - 青禾县"),
        ("PubDate", "2025-01-20"),
        ("publishtime", "2025-01-20"),
    )
    assert lines(document) == ["发布：2025-01-20"]


def test_formatting_that_never_ends_is_read() -> None:
    document = page("".join(f"<font face={i}>" for i in range(3000)) + "<p>x" * 3000)
    assert document.text == "x\n" * 3000


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<button>打印<p>正文</p>", id="button that never ends"),
        pytest.param("<div style='display:none'><p>正文</p>", id="hidden and never ends"),
        pytest.param("<p><a title='1>0' href=x>正文</a></p>", id="bracket in an attribute"),
        pytest.param("<table><tr><td>正文", id="open table"),
        pytest.param("</td></tr></table><p>正文</div>", id="ends of nothing"),
        pytest.param("<p hidden>藏<p>正文</p>", id="hidden paragraph without its end"),
        pytest.param("<!-- <p>藏 --><p>正文<!-- 注", id="comments"),
    ],
)
def test_the_report_survives_careless_markup(body: str) -> None:
    assert "正文" in lines(page(body))


@pytest.mark.parametrize("element", ["div", "span", "table><tr><td"])
def test_deep_pages_are_read(element: str) -> None:
    document = page(f"<{element}>" * 500 + "正文")
    assert document.text == "正文\n"


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030"])
def test_a_declared_encoding_is_no_guess(encoding: str) -> None:
    html = f"<html><head><meta charset={encoding}></head><body><p>政府信息公开</p></body></html>"
    document = read_bytes(html.encode(encoding), "x")
    assert (lines(document), document.notes) == (["政府信息公开"], frozenset())


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 100_000 + "x", id="deep"),
        pytest.param("<table><tr>" * 20_000, id="nested tables"),
        pytest.param("<table><tr><td colspan=1000000>x</table>", id="wide cell"),
        pytest.param("<table>" + "<tr><td colspan=900 rowspan=900>x" * 900 + "</table>", id="overlaps"),
        pytest.param("<script>x</script>", id="nothing to read"),
    ],
)
def test_what_no_browser_would_show_is_refused_at_once(body: str) -> None:
    began = time.perf_counter()
    with pytest.raises(UnreadableError, match=r"^页\.html: "):
        page(body)
    assert time.perf_counter() - began < 2


def rendered() -> list[bytes]:
    """Pages of the official form in each way that the renderer has of them."""
    form = forms()[0]
    values = {row.key: tuple(map(Decimal, range(len(row.columns)))) for t in form.tables for row in t.rows}
    printed = sheets(form, values)
    return [report(form, printed, layout, 2024) for layout in LAYOUTS.values() if layout.kind == "html"]


def real() -> list[bytes]:
    return [path.read_bytes() for path in sorted((SHARED / "reports").glob("*.html"))]


@pytest.mark.parametrize("data", [*rendered(), *real()], ids=lambda data: f"{len(data)} bytes")
def test_a_page_reads_the_same_as_a_browser_puts_it_in_order(data: bytes) -> None:
    ordered = LexborHTMLParser(data).html
    assert ordered is not None
    assert read_bytes(ordered.encode(), "页.html").text == read_bytes(data, "页.html").text


@given(st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join))
def test_any_scraps_of_markup_are_read_or_refused(scraps: str) -> None:
    try:
        document = read_bytes(f"<html>{scraps}".encode(), "页.html")
    except UnreadableError:
        return
    assert all(document[b.span] for b in document.blocks)


@pytest.mark.parametrize(
    "head", ["", "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?a?=\r\n =?utf-8?Q?b?=\r\n"]
)
def test_a_page_saved_as_one_file_is_its_page(head: str) -> None:
    saved = (
        f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode("<html><p>政府信息公开</p></html>".encode()).decode()
        + "\r\n--x--\r\n"
    ).encode()
    found = read_bytes(saved, "年报.doc")
    assert lines(found) == ["政府信息公开"]
    assert (found.source.media_type, found.source.size) == ("multipart/related", len(saved))


def test_a_saved_page_without_a_page_is_refused() -> None:
    with pytest.raises(UnreadableError, match="without a page"):
        read_bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n", "x")
