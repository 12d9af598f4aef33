"""What pages lead to."""

from __future__ import annotations

import pytest

from gongkai.collect.links import leads

HERE = "http://xxgk.qinghe.example.cn/gknb/index.shtml"
TITLE = "2023年政府信息公开工作年度报告"


def reports(page: str) -> list[str]:
    return [a.removeprefix("http://xxgk.qinghe.example.cn/gknb/") for a in leads(page, HERE).reports]


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
    assert leads(page, HERE).reports == ("http://xxgk.qinghe.example.cn/other/1.htm",)


def test_a_report_leads_to_its_files_only() -> None:
    page = f"<p>一、总体情况</p><a href=2022.shtml>{TITLE}</a><a href=a.docx>附件</a>"
    found = leads(page, HERE)
    assert found.is_report
    assert [a.rpartition("/")[2] for a in found.reports] == ["a.docx"]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("<a href=index_2.shtml>下一页</a>", ["index_2.shtml"]),
        ("<script>createPageHTML(3, 0, 'index', 'shtml');</script>", ["index_1.shtml", "index_2.shtml"]),
    ],
)
def test_a_list_has_further_pages(mark: str, expected: list[str]) -> None:
    page = f"<a href=1.shtml>{TITLE}</a>{mark}"
    assert [a.rpartition("/")[2] for a in leads(page, HERE).further] == expected
    assert leads(mark, HERE).further == ()
