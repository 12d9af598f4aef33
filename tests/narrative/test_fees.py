"""Whether a fee for processing information was charged: said, denied, or not spoken of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.narrative.fees import fee
from tests.narrative.reports import in_section


def charged(text: str, section: int = 6) -> bool | None:
    prose = in_section(section, text)
    found = fee(prose)
    if found is None:
        return None
    span = found.quote.span
    assert prose.source[span.start : span.end] == found.quote.text
    return found.charged


@pytest.mark.parametrize(
    "text",
    [
        "本年度未收取信息处理费。",
        "2031年，我局没有收取政府信息公开信息处理费用。",
        "本机关未产生信息处理费。",
        "收取信息处理费情况：无。",
        "依申请公开收费情况：无",
        "依申请公开收费情况无。",
        "当年未发生公开收费及减免事项。",
        "当年没有出现政府信息公开方面的收费及减免。",
        "2031年度，本机关依申请提供政府信息收取信息处理费0元。",
        "本年度收取信息处理费金额为0万元。",
        "本年度发出收费通知0件，总金额0元。",
        "我委共发出收费通知的件数为0件，收取信息处理费总金额为零。",
        "收到政府信息公开申请3件，均已答复。未收取任何费用。",
        "全年既无发出收费通知，也无收取处理费用。",
        "我镇全部免费提供政府信息，未收任何费用。",
        "本街道对依申请公开政府信息不收取任何费用。",
        "对公开申请暂未实施收费，日后将依《政府信息公开信息处理费管理办法》执行。",
        "我局严格执行信息处理费管理办法，本年度无信息处理费收取情况。",
        "未收取公开申请相关费用，也不存在减免费用。",
        "按照要求，2031年信息处理费收取情况为零。",
        "我县2031年度没有产生政府信息公开处理费。",
        "政府信息公开处理费收取情况：本年度未向申请人收取信息处理费。",
        "收取信息处理费的件数和金额均为0。",
        "依申请公开不收取任何费用，没有收费项目，不存在其他违规收费情况。",
        "无收费情况。",
        "本年度没有收费。",
    ],
)
def test_none_was_charged(text: str) -> None:
    assert charged(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "全年收取政府信息公开信息处理费1860元。",
        "2031年共对7件申请收取信息处理费共计2,340元。",
        "本年度发出收费通知3件，收取信息处理费0.12万元。",
        "有2件申请收取信息处理费，金额440元，其余申请未收取费用。",
        "本机关依法收取信息处理费2笔，合计300.5元。",
        "信息处理费收费金额为960元，已全部上缴国库。",
        "对4件申请依法收取了信息处理费。",
        "共收取信息处理费5件，已缴入国库。",
        "全市各级行政机关共发出收费通知12件，实际收取信息处理费9件、4100元。",
    ],
)
def test_some_was_charged(text: str) -> None:
    assert charged(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "无其他需要报告的事项。",
        "坚持执行《政府信息公开信息处理费管理办法》。",
        "公开行政事业性收费项目6项，本年收费金额59万元。",
        "及时公布教育收费标准，未发现乱收费问题。",
        "全年供热收费1200万元。",
        "本报告由总体情况、收费及减免情况等部分组成。",
        "不断规范收取信息处理费的程序。",
        "未来将依规定收取信息处理费。",
        "不存在违规收费。",
        "申请人逾期未按收费通知要求缴纳费用的0件。",
        "",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert charged(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("全年收取政府信息公开信息处理费1860元。", "1860"),
        ("2031年共对7件申请收取信息处理费共计2,340元。", "2340"),
        ("本年度发出收费通知3件，收取信息处理费0.12万元。", "1200"),
        ("本机关依法收取信息处理费2笔，合计300.5元。", "300.5"),
        ("对4件申请依法收取了信息处理费。", None),
        ("本年度发出收费通知0件，总金额0元。", "0"),
        ("本年度收取信息处理费金额为0万元。", "0"),
        ("本年度未收取信息处理费。", None),
    ],
)
def test_the_amount_is_told_in_yuan_where_it_is_stated(text: str, amount: str | None) -> None:
    found = fee(in_section(6, text))
    assert found is not None
    assert found.amount == (Decimal(amount) if amount else None)


def test_what_is_brief_says_enough_in_the_last_section_only() -> None:
    assert charged("无收费情况。", section=6) is False
    assert charged("无收费情况。", section=1) is None


def test_a_heading_says_what_is_spoken_of() -> None:
    words = "我站未向任何渔民和组织收取任何费用。"
    assert charged(f"三、政府信息公开的收费及减免情况\n{words}", section=4) is False
    assert charged(f"三、渔港停泊情况\n{words}", section=4) is None


def test_the_statement_of_the_last_section_counts_most() -> None:
    assert charged("未收取信息处理费。", section=1) is False
