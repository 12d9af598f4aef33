"""Year, period and date of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.identity import identify
from tests.identity.pages import BODY, page

TITLE = "云湾区财政局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2024-01-31 13:24    浏览次数：次",
        "• 发布日期：2024年1月31日",
        "来源：本网   时间：2024-01-31 09:00:29   浏览：-",
        "日期：2024/01/31 字体大小：[ ]",
        "公开日期\t2024-01-31",
        "| 发布日期 | 2024.1.31 | 文号 | |",
        "发布时间：２０２４－０１－３１",
        "二〇二四年一月三十一日",
        "（2024年1月31日）",
        "2024-01-31 10:08 来源：本网 【字体：大 中 小】",
        "信息来源：云湾区财政局 2024-01-31",
        "发布时间：【2024-01-31】",
        "[ 成文日期 ] | 2024-01-15 | [ 发布日期 ] | 2024-01-31 |",
        "113000000000/2024-00007\n2024-01-31\n云湾区财政局",
        "云湾区政府门户网站 www.example.gov.cn 2024-01-31 ",
        "云湾区人民政府网站  2024-01-31",
        "2024-01-31 10:06",
        "- 时间：\n- 2024-01-31",
        "• 听全文\n• 2024-01-31\n• 来源：云湾区财政局",
        "2024年1月31日 （点击： ）",
        "2024-01-31 17:21 云湾区财政局",
        "• 2024-01-31导出word",
        "2024年01月31日17:01 | 云湾新闻网 www.example.org",
        "2024-01-31 发布：云湾区财政局办公室 点击数：",
        "云湾区政府网　　www.example.org　　2024-01-31 15:32　　来源：区财政局",
    ],
)
def test_a_date_of_publication_beside_the_title(line: str) -> None:
    found = identify(page(TITLE, line, *BODY)).published
    assert found is not None
    assert found.value == date(2024, 1, 31)


def test_a_date_of_publication_under_a_title_with_a_remark() -> None:
    found = identify(page(TITLE + "（文字版）", "2024年1月31日", *BODY, *("无。",) * 4)).published
    assert found is not None
    assert found.value == date(2024, 1, 31)


@pytest.mark.parametrize(
    "above",
    [
        ("2024年1月31日",),
        ("2024-01-31", "来源：云湾区财政局"),
        ("云湾区财政局", "日期", "2024-01-31"),
        ("云湾区财政局", "日 期：", "二〇二四年一月三十一日"),
        ("索引号", "1130/2024-7", "时间", "2024年1月31日", "文号"),
    ],
)
def test_a_date_on_the_first_line_or_under_a_bare_label(above: tuple[str, ...]) -> None:
    document = page(*above, TITLE, *BODY, *("无。",) * 4)
    found = identify(document).published
    assert found is not None
    assert found.value == date(2024, 1, 31)
    assert found.span is not None
    assert "一日" in document[found.span] or "31" in document[found.span]


@pytest.mark.parametrize(
    "above",
    [
        ("2024年1月31日", "星期三"),  # the day on which the page was looked at
        ("2023年1月31日",),  # before the year reported on has ended
        ("成文日期", "2024年1月31日"),
        ("更新时间", "2024年1月31日"),
    ],
)
def test_another_date_above_the_title_is_none_of_publication(above: tuple[str, ...]) -> None:
    assert identify(page(*above, TITLE, *BODY, *("无。",) * 4)).published is None


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("2024年2月29日", "发布日期：2024年1月31日"), ()),
        (("2024年2月29日",), ("云湾区财政局", "2024年1月31日")),
    ],
)
def test_a_label_or_a_signature_tells_before_the_first_line(
    above: tuple[str, ...], below: tuple[str, ...]
) -> None:
    found = identify(page(*above, TITLE, *BODY, *("无。",) * 4, *below)).published
    assert found is not None
    assert found.value == date(2024, 1, 31)


def test_a_date_of_publication_behind_a_title() -> None:
    found = identify(page(TITLE + " 2024-01-31", *BODY)).published
    assert found is not None
    assert found.value == date(2024, 1, 31)


@pytest.mark.parametrize(
    "lines",
    [
        ("云湾区财政局", "2024年1月31日"),
        ("云湾区财政局", "二○二四年一月三十一日"),
        ("云湾区财政局 2024 年 1 月 31 日",),
        ("云湾区财政局", "2024年1月31日", "打印", "关闭", "上一篇：无", "下一篇：无", "主办：云湾区"),
    ],
)
def test_a_date_under_the_signature(lines: tuple[str, ...]) -> None:
    found = identify(page(TITLE, *BODY, *lines)).published
    assert found is not None
    assert found.value == date(2024, 1, 31)


@pytest.mark.parametrize(
    "lines",
    [
        ("成文日期：2024-01-31",),
        ("发文日期：2024-01-31",),
        ("采集时间：2024-01-31",),
        ("发布时间：",),
        ("更新时间：2024-01-31",),
        ("撰写时间", "2024年01月31日 10:54:35", "来源"),
        ("截至2023年12月31日，共公开222条。",),
        ("发布日期：2024-13-41",),
        ("云湾区财政局", "二〇二四年一月二十十日"),
        ("发布日期：2022-01-31",),  # before the year reported on
        ("2024年1月31日", "星期三"),
    ],
)
def test_another_date_is_none_of_publication(lines: tuple[str, ...]) -> None:
    assert identify(page("云湾区", *lines, TITLE, *BODY, "六、其他", "无。", "完")).published is None


def test_a_time_in_the_narrative_is_no_date_of_publication() -> None:
    assert (
        identify(page(TITLE, *BODY, "活动（时间：2024年5月1日）举办。", "六、其他", "无。", "完")).published
        is None
    )


def test_the_page_may_say_it_outside_its_text() -> None:
    found = identify(page(TITLE, *BODY, metadata=[("PubDate", "2024-01-31 09:30")])).published
    assert found is not None
    assert (found.value, found.span) == (date(2024, 1, 31), None)
    assert identify(page(TITLE, *BODY, metadata=[("CreationDate", "2024-01-31")])).published is None


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.sampled_from(["{:%Y-%m-%d}", "{:%Y年%m月%d日}"]))
def test_any_day_is_read_as_printed(day: date, form: str) -> None:
    document = page(TITLE, "发布日期：" + form.format(day), *BODY)
    found = identify(document).published
    assert found is not None
    assert found.value == day
    assert found.span is not None
    assert form.format(day) in document[found.span]


@pytest.mark.parametrize(
    ("lines", "year", "inferred"),
    [
        ((TITLE,), 2023, False),
        (("云湾区财政局二〇二三年度政府信息公开工作年度报告",), 2023, False),
        (("云湾区财政局", "2023年政府信息公开工作年度报告", "2024年1月31日"), 2023, False),
        (("2024年政府信息公开工作年报（2023年度）",), 2023, False),
        (("数字取自2023年1月1日起至2023年12月31日。",), 2023, False),
        (("截止2023年12月31日，发布12条。", "2024年1月5日发文。"), 2023, True),
        (("数字取自202311日起，至20231231日。",), 2023, False),
        (
            (
                "一、总体情况",
                "2023年，我局发布信息。文号〔2021〕30号。2024年将改进。2023年开会。",
            ),
            2023,
            True,
        ),
    ],
)
def test_the_year_reported_on(lines: tuple[str, ...], year: int, inferred: bool) -> None:
    found = identify(page(*lines)).year
    assert found is not None
    assert (found.value, found.inferred) == (year, inferred)


def test_without_a_year_there_is_none() -> None:
    assert identify(page("一、总体情况", "我局发布信息，文号〔2021〕30号，2022年5月1日施行。")).year is None


@pytest.mark.parametrize(
    "words",
    [
        "自2023年1月1日起至2023年12月31日止",
        "从2023年1月1日到12月31日",
        "2023年1月1日—2023年12月31日",
        "为 2023 年 1 月 1 日至 12 月 31 日",
    ],
)
def test_the_period(words: str) -> None:
    document = page(TITLE, f"统计期限{words}。", *BODY)
    found = identify(document).period
    assert found is not None
    assert found.value == (date(2023, 1, 1), date(2023, 12, 31))
    assert found.span is not None
    assert "31" in document[found.span]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("所列数据的统计期限自2023年1月1日起至2023年11月30日止。", (date(2023, 1, 1), date(2023, 11, 30))),
        ("统计期限为2022年11月1日至2023年10月31日。", (date(2022, 11, 1), date(2023, 10, 31))),
        ("各项数据自2023年4月1日起，至12月31日止。", (date(2023, 4, 1), date(2023, 12, 31))),
        ("数据显示，2023年3月1日至5月31日办理业务较多。", None),
        ("2023年3月1日至2023年5月31日开展宣传。", None),
        ("统计期限为2023年2月30日至12月30日。", None),
    ],
)
def test_another_period_is_one_where_it_is_said_to_be_of_the_figures(
    words: str, period: tuple[date, date] | None
) -> None:
    found = identify(page(TITLE, words, *BODY)).period
    assert (found.value if found else None) == period


def test_a_period_over_two_years_is_none_of_a_report() -> None:
    assert identify(page("自2022年1月1日起至2023年12月31日止", *BODY)).period is None


def test_the_year_of_a_report_is_the_one_it_is_announced_with() -> None:
    text = "现发布《云湾区财政局2023年政府信息公开工作年度报告》。"
    found = identify(page(text, "一、总体情况", "2024年以来发布12条，2024年共解读2条。")).year
    assert found is not None
    assert found.value == 2023


def test_the_month_in_which_a_report_was_written_does_not_tell_its_year() -> None:
    lines = ("云湾区人民政府2023年度", "信息公开年度报告", "（2024年1月）", "一、总体情况", "发布信息12条。")
    found = identify(page(*lines)).year
    assert found is not None
    assert found.value == 2023
