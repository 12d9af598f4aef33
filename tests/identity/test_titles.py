"""The title of a report."""

from __future__ import annotations

import pytest

from gongkai.identity import identify, is_title
from tests.identity.pages import BODY, page


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("云湾区财政局2023年政府信息公开工作年度报告",), "云湾区财政局2023年政府信息公开工作年度报告"),
        (("# 云湾区财政局 2023 年政府信息公开工作年度报告",), "云湾区财政局2023年政府信息公开工作年度报告"),
        (("2023 年云湾区财政局政府信息公开工作", "年度报告"), "2023年云湾区财政局政府信息公开工作年度报告"),
        (
            ("Page 8 - 云湾区财政局2023年政府信息公开工作年度报告",),
            "云湾区财政局2023年政府信息公开工作年度报告",
        ),
        (("云湾区财政局2023年政务公开年报  来源：本网",), "云湾区财政局2023年政务公开年报"),
        (
            ("首页 > 年报 > 云湾区财政局2023年信息公开年报", "云湾区财政局2023年信息公开年报"),
            "云湾区财政局2023年信息公开年报",
        ),
        (("云湾区教育评估中心2023年政务公开工作报告",), "云湾区教育评估中心2023年政务公开工作报告"),
    ],
)
def test_a_title_is_found(lines: tuple[str, ...], title: str) -> None:
    found = identify(page(*lines, *BODY)).title
    assert found is not None
    assert found.value == title


@pytest.mark.parametrize(
    "line",
    [
        "根据《条例》要求，现发布云湾区财政局2023年政府信息公开工作年度报告。",
        "按照关于做好2023年度政府信息公开工作年度报告编制公布工作的通知",
        "本报告是2023年度政府信息公开工作年度报告",
        "政府信息公开",
        "您所在的位置：首页 > 政府信息公开 > 年度报告",
        "国办关于印发政府信息公开工作年度报告格式的通知",
    ],
)
def test_a_sentence_is_no_title(line: str) -> None:
    assert identify(page(line, *BODY)).title is None


def test_a_title_after_the_report_began_is_none() -> None:
    assert identify(page(*BODY, "云湾区财政局2022年政府信息公开工作年度报告")).title is None


def test_a_line_may_be_asked_alone() -> None:
    assert is_title("云湾区财政局2023年政府信息公开工作年度报告")
    assert not is_title("云湾区财政局2023年工作要点")
