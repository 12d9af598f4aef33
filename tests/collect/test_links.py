"""What pages lead to."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from gongkai.collect.links import Link, leads

HERE = "http://xxgk.qinghe.example.cn/gknb/index.shtml"
TITLE = "2023年政府信息公开工作年度报告"


def addresses(links: Iterable[Link]) -> list[str]:
    return [link.address for link in links]


def reports(page: str) -> list[str]:
    return [
        a.removeprefix("http://xxgk.qinghe.example.cn/gknb/") for a in addresses(leads(page, HERE).reports)
    ]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        pytest.param(f"<a href=1.shtml>青禾县财政局{TITLE}</a>", ["1.shtml"], id="title"),
        pytest.param(
            "<a href='1.shtml' title='青禾县2023年政府信息公开年报'>青禾县…</a>", ["1.shtml"], id="cut"
        ),
        pytest.param(
            "<a href=1.shtml><i>2023年政府信息</i><b>公开工作年度报告</b></a>", ["1.shtml"], id="parted"
        ),
        pytest.param("<a href=1.shtml>通知公告</a>", [], id="something else"),
        pytest.param(f"<a href='javascript:void(0)'>{TITLE}</a>", [], id="script"),
        pytest.param(f"<a href=http://other.example.org/1>{TITLE}</a>", [], id="another site"),
        pytest.param(
            f"<a href=http://www.qinghe.example.cn/1>{TITLE}</a>",
            ["http://www.qinghe.example.cn/1"],
            id="a host beside it",
        ),
        pytest.param("<a href=a.pdf>附件：年度报告</a><a href=b.pdf>办事地图</a>", ["a.pdf"], id="files"),
        pytest.param(f"<a href=1.shtml#top>{TITLE}</a><a href=1.shtml>{TITLE}</a>", ["1.shtml"], id="twice"),
        pytest.param(f"<a href=index.shtml>{TITLE}</a>", [], id="itself"),
    ],
)
def test_a_list_leads_to_reports(link: str, expected: list[str]) -> None:
    assert reports(f"<html><body>{link}</body></html>") == expected


def test_a_base_counts() -> None:
    page = f"<head><base href='/other/'></head><a href=1.htm>{TITLE}</a>"
    assert addresses(leads(page, HERE).reports) == ["http://xxgk.qinghe.example.cn/other/1.htm"]


def test_a_report_leads_to_its_files_only() -> None:
    page = f"<p>一、总体情况</p><a href=2022.shtml>{TITLE}</a><a href=a.docx>附件</a>"
    found = leads(page, HERE)
    assert found.is_report
    assert [a.rpartition("/")[2] for a in addresses(found.reports)] == ["a.docx"]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("<a href=index_2.shtml>下一页</a>", ["index_2.shtml"]),
        ("<script>createPageHTML(3, 0, 'index', 'shtml');</script>", ["index_1.shtml", "index_2.shtml"]),
    ],
)
def test_a_list_has_further_pages(mark: str, expected: list[str]) -> None:
    page = f"<a href=1.shtml>{TITLE}</a>{mark}"
    assert [a.rpartition("/")[2] for a in addresses(leads(page, HERE).further)] == expected
    assert leads(mark, HERE).further == ()


LIST = "<html><head><title>政府信息公开年报_青禾县财政局</title></head><body>{}</body></html>"


@pytest.mark.parametrize("words", ["2023", "2023年", " 2023年度 ", "2023年年报", "2023年度报告"])
def test_a_list_of_reports_may_name_them_by_their_years_alone(words: str) -> None:
    link = f"<a href=1.shtml>{words}</a><a href=2.shtml>2023年工作要点</a>"
    (found,) = leads(LIST.format(link), HERE).further
    assert (found.address.rpartition("/")[2], found.words) == ("1.shtml", "政府信息公开年报_青禾县财政局")
    assert leads(f"<title>政府公报</title>{link}", HERE).further == ()


def test_where_a_page_stands_tells_that_it_is_about_reports() -> None:
    page = "<div>当前位置：<a href=/>首页</a> > <a href=/x>政府信息公开年报</a></div><a href=1.shtml>2023</a>"
    assert [link.address.rpartition("/")[2] for link in leads(page, HERE).further] == ["1.shtml"]


@pytest.mark.parametrize(
    ("link", "follows"),
    [
        ("<a href=a.pdf>点击查看</a>", True),
        ("<a href='download.jsp?id=7'>附件：报告.pdf</a>", True),
        ("<a href='/uploadfile/7'>下载</a>", True),
        ("<a href='/7'>下载客户端</a>", False),
        ("<a href='download.jsp?id=7'>办事指南</a>", False),
    ],
)
def test_a_page_may_only_carry_its_report(link: str, follows: bool) -> None:
    page = f"<html><body><h1>青禾县财政局{TITLE}</h1>{link}</body></html>"
    found = leads(page, HERE)
    assert [x.words for x in found.reports] == [f"青禾县财政局{TITLE}"] * follows
    assert leads(f"<h1>通知公告</h1>{link}", HERE).reports == ()
