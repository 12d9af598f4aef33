"""Names of which a piece, or more than the name, stands where one is looked for: no name is made up."""

from __future__ import annotations

import pytest

from gongkai.identity import identify
from tests.identity.pages import BODY, page

STATED = [
    (("特向社会公布云阳县海洋局2023年政府信息公开工作年度报告",), "云阳县海洋局", "500235"),
    (("一图读懂云阳县海洋局2023年政府信息公开工作年度报告",), "云阳县海洋局", "500235"),
    (
        ("2023年，我街道公开信息。", "现发布《云阳县望江阁北街街道办事处2023年政府信息公开工作年度报告》。"),
        "云阳县望江阁北街街道办事处",
        "500235",
    ),
    (
        ("重庆市云阳县人民政府望江阁北街街道", "办事处2023年政府信息公开工作年度报告"),
        "重庆市云阳县人民政府望江阁北街街道办事处",
        "500235",
    ),
    (("现公布云阳县市场监管局2023年政府信息公开工作年度报告",), "云阳县市场监督管理局", "500235"),
    (
        ("为做好此项工作，现将云阳县市场监管局2023年政府信息公开工作年度报告",),
        "云阳县市场监督管理局",
        "500235",
    ),
    (
        ("云阳县海洋部门2023年政府信息公开工作年度报告", "云阳县海洋局印发了两个文件。"),
        "云阳县海洋局",
        "500235",
    ),
    (("云阳县海洋系统2023年政府信息公开工作年度报告", "县海洋局印发了两个文件。"), "云阳县海洋局", "500235"),
    (("锡盟海洋局2023年政府信息公开工作年度报告",), "锡盟海洋局", "152500"),
    (("云阳科技产业园管理委员会2023年政府信息公开工作年度报告",), "云阳科技产业园管理委员会", "500235"),
]


@pytest.mark.parametrize(("lines", "name", "division"), STATED)
def test_a_name_is_whole_and_nothing_else(lines: tuple[str, ...], name: str, division: str) -> None:
    found = identify(page(*lines, *BODY)).agency
    assert found is not None
    assert (found.value.name, found.value.division) == (name, division)


@pytest.mark.parametrize(
    "lines",
    [
        ("现发布省市场监管局2023年政府信息公开工作年度报告",),
        ("办事处2023年政府信息公开工作年度报告",),
        ("云阳县教育系统2023年政府信息公开工作年度报告", "云阳县教育局和云阳县教育委员会各发一文。"),
        ("云阳县教育系统2023年政府信息公开工作年度报告", "云阳县海洋局发了一文。"),
    ],
)
def test_what_is_no_whole_name_names_nobody(lines: tuple[str, ...]) -> None:
    assert identify(page(*lines, *BODY)).agency is None


@pytest.mark.parametrize(
    ("words", "division"),
    [("省委、省政府", "610102"), ("自治区党委、自治区人民政府", "150102"), ("省委和自治区党委", None)],
)
def test_a_name_of_two_districts_is_told_apart_by_province_or_region(
    words: str, division: str | None
) -> None:
    found = identify(
        page("新城区海洋局2023年政府信息公开工作年度报告", f"2023年，按照{words}的部署办理。", *BODY)
    ).agency
    assert found is not None
    assert found.value.division == division


def test_a_website_tells_its_province_where_the_text_speaks_of_our_province() -> None:
    lines = ("2023年政府信息公开工作年度报告", "我局通过青海海洋局门户网站公开信息。")
    ours = identify(page(*lines, *BODY, "我省又添两处湿地。")).agency
    assert ours is not None
    assert (ours.value.name, ours.value.division) == ("青海省海洋局", "630000")
    assert identify(page(*lines, *BODY)).agency is None


def test_a_place_that_drew_a_report_up_is_its_government() -> None:
    found = identify(page("依据《条例》，云阳县形成了《2023年政府信息公开年度报告》。", *BODY)).agency
    assert found is not None
    assert found.value.name == "云阳县人民政府"
