"""Denials without a number that restate a cell: which are, which are limited to a part, and which deny something else."""

from __future__ import annotations

import pytest

from gongkai.turtle import FORM
from tests.narrative.texts import narrative


def told(text: str) -> list[tuple[str, bool]]:
    found = narrative(text).restatements
    assert all(
        (r.row, r.column) == (FORM + "received", FORM + "totalRequests") and not r.value for r in found
    )
    return [(r.quote.text, r.comparable) for r in found]


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        ("2024年我局未收到政府信息公开申请。", "未收到政府信息公开申请"),
        ("全年没有收到依申请公开事项，无结转。", "没有收到依申请公开事项"),
        (
            "本机关未收到公民、法人或其他组织提出的政府信息公开申请；",
            "未收到公民、法人或其他组织提出的政府信息公开申请",
        ),
        ("截至2024年12月31日，本单位未接到任何形式的信息公开申请", "未接到任何形式的信息公开申请"),
        ("没有新收政府信息公开申请。", "没有新收政府信息公开申请"),
        ("未收到和处理政府信息公开申请。", "未收到和处理政府信息公开申请"),
    ],
)
def test_a_denial_of_all_requests_restates_the_cell_as_zero(text: str, denial: str) -> None:
    assert told(text) == [(denial, True)]


@pytest.mark.parametrize(
    "text",
    [
        "县水务局未收到政府信息公开申请。",
        "县本级未收到政府信息公开申请。",
        "上半年未收到政府信息公开申请。",
        "第三季度，我局未收到政府信息公开申请。",
        "7月份未收到政府信息公开申请。",
        "去年未收到政府信息公开申请。",
        "除上述申请外，未收到政府信息公开申请。",
        "此外，未收到政府信息公开申请。",
        "通过网上平台未收到政府信息公开申请。",
        "其中，企业方面未收到政府信息公开申请。",
        "如未收到政府信息公开申请，应当说明。",
    ],
)
def test_one_of_a_part_compares_with_nothing(text: str) -> None:
    assert [comparable for _, comparable in told(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "未收到涉及政府信息公开申请的投诉。",
        "未收到行政复议申请。",
        "没有收到因政府信息公开申请引发的行政复议、行政诉讼。",
        "未收到政府信息公开申请投诉。",
        "未收到自然人提出的政府信息公开申请。",
        "未收到其他政府信息公开申请。",
        "未收到网上政府信息公开申请。",
        "未收到政府信息公开申请以外的来信。",
        "未收到行政许可申请。",
        "收到政府信息公开申请。",
        "未收到人大代表建议。",
    ],
)
def test_what_denies_something_else_or_less_is_none(text: str) -> None:
    assert told(text) == []


def test_a_denial_is_no_fact_and_stands_where_it_says() -> None:
    made = narrative("本年度，我局未收到政府信息公开申请。")
    (denial,) = made.restatements
    assert made.facts == ()
    quote, number = denial.quote, denial.number
    assert (quote.text, number) == ("未收到政府信息公开申请", (quote.span.start, quote.span.start + 3))
    assert denial.unit is None
