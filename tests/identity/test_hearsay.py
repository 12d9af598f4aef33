"""The name of a file, its metadata and the link that led to it tell the agency only where nothing in the text does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.identity import identify
from gongkai.report import Agency, Kind, Level, Statement
from tests.identity.pages import BODY, page

OURS = (*BODY, "我局发布信息。")
BUREAU = Agency("沛县海洋发展局", None, Level.COUNTY, Kind.DEPARTMENT)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("沛县海洋发展局_2022.txt", "沛县海洋发展局"),
        ("18_沛县海洋发展局_2022.docx", "沛县海洋发展局"),
        ("沛县海洋发展局2022年政府信息公开工作年度报告.pdf", "沛县海洋发展局"),
        ("附件1：沛县海洋发展局2022年度政府信息公开年报 (1).doc", "沛县海洋发展局"),
        ("2022年度报告（沛县海洋发展局）.pdf", "沛县海洋发展局"),
        ("贾汪区人社局2022.html", "徐州市贾汪区人力资源和社会保障局"),
        ("汀泽县公安局_2022.txt", "汀泽县公安局"),
    ],
)
def test_a_file_that_is_named_after_its_agency(file: str, name: str) -> None:
    found = identify(page(*OURS, name=file)).agency
    assert found is not None
    assert (found.value.name, found.value.division) == (name, None)
    assert (found.inferred, found.span, found.hearsay) == (True, None, file)


@pytest.mark.parametrize(
    "file",
    [
        *(
            "report1.pdf",
            "2023年报.html",
            "002_dd84b1810a265b1d.txt",
            "page.txt",
            "P020230118.docx",
            "年度报告.pdf",
        ),
        *(
            "财政局_2022.txt",
            "县财政局_2022.txt",
            "沛县_2022.txt",
            "江苏省徐州市沛县.txt",
            "沛县某局_2022.txt",
        ),
        *(
            "沛县人民政府_2022.txt",
            "沛县龙固镇_2022.txt",
            "沛县报告.txt",
            "教育部通知.pdf",
            "全国各县财政局.html",
        ),
    ],
)
def test_a_file_that_is_not(file: str) -> None:
    assert identify(page(*OURS, name=file)).agency is None


@pytest.mark.parametrize(
    "lines",
    [
        (*BODY, "我镇发布信息。"),
        (*OURS, "局里在睢宁县设点。"),
        ("本报告由财政局编制。", *OURS),
        ("现将财政局2023年度政府信息公开工作报告如下。", *OURS),
        ("财政局2023年政府信息公开工作年度报告", *OURS),
    ],
)
def test_nothing_is_taken_from_it_against_the_text(lines: tuple[str, ...]) -> None:
    assert identify(page(*lines, name="沛县海洋发展局_2022.txt")).agency is None


def test_what_the_text_says_of_its_agency_stands() -> None:
    lines = ("睢宁县财政局2023年政府信息公开工作年度报告", *OURS)
    assert identify(page(*lines, name="沛县海洋发展局_2022.txt")) == identify(page(*lines))


def test_an_organ_of_the_state_needs_no_place() -> None:
    found = identify(page(*BODY, "我委在徐州市设点。", name="52_国家卫生健康委_2022.txt")).agency
    assert found is not None
    assert found.value == Agency("国家卫生健康委员会", None, Level.NATIONAL, Kind.DEPARTMENT)


def test_the_code_is_given_where_the_text_names_the_place() -> None:
    lines = (*OURS, "我局在沛县和徐州市设点。")
    found = identify(page(*lines, name="沛县海洋发展局_2022.txt")).agency
    assert found is not None
    assert found.value == replace(BUREAU, division="320322")


def test_a_place_alone_is_its_government_where_the_text_speaks_so() -> None:
    found = identify(page(*BODY, "我县发布信息。", name="沛县_2022.txt")).agency
    assert found is not None
    assert found.value.name == "沛县人民政府"


def test_the_title_of_the_page_is_heard_before_its_link_and_its_file() -> None:
    title = "睢宁县海洋发展局2022年政府信息公开工作年度报告"
    linked = page(*OURS, name="沛县海洋发展局_2022.txt")
    linked = replace(
        linked, source=replace(linked.source, link="邳州市海洋发展局2022年政府信息公开工作年度报告")
    )
    assert _name(identify(linked).agency) == "邳州市海洋发展局"
    assert _name(
        identify(replace(linked, metadata=(("title", "沛县人民政府"), ("ArticleTitle", title)))).agency
    ) == ("睢宁县海洋发展局")


def _name(found: Statement[Agency] | None) -> str | None:
    return found.value.name if found else None
