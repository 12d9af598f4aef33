"""Shortcomings and measures are found in every shape of section five, paired, typed, and quoted as written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.evaluate import fold
from gongkai.narrative.clauses import clauses
from gongkai.narrative.items import items
from gongkai.narrative.model import Quote
from gongkai.narrative.prose import Prose
from gongkai.narrative.themes import theme
from gongkai.narrative.wording import wording
from tests.narrative.reports import in_section, section_five
from tests.narrative.sections import CASES, Case

each_case = pytest.mark.parametrize("case", CASES, ids=lambda c: c.slug)


def same(expected: str, found: str) -> bool:
    """Whether two phrases match as the guide to the annotations says."""
    left, right = fold(expected), fold(found)
    return left in right or right in left


def agree(expected: tuple[str, ...], found: tuple[str, ...]) -> bool:
    return len(expected) == len(found) and all(map(same, expected, found))


def quotes(text: Prose) -> list[Quote]:
    shortcomings, measures = items(text)
    return [*(s.quote for s in shortcomings), *(m.quote for m in measures)]


@each_case
def test_shortcomings_are_found(case: Case) -> None:
    found = tuple(s.quote.text for s in items(section_five(case.text))[0])
    assert agree(case.shortcomings, found), found


@each_case
def test_measures_are_found(case: Case) -> None:
    found = tuple(m.quote.text for m in items(section_five(case.text))[1])
    assert agree(tuple(text for text, _ in case.measures), found), found


@each_case
def test_measures_answer_what_the_text_pairs_them_with(case: Case) -> None:
    found = [m.answers for m in items(section_five(case.text))[1]]
    assert found == [answers for _, answers in case.measures]


@each_case
def test_quotes_are_slices_of_the_document(case: Case) -> None:
    text = section_five(case.text)
    for quote in quotes(text):
        assert text.source[quote.span.start : quote.span.end] == quote.text


@pytest.mark.parametrize(
    ("text", "shortcomings", "measures"),
    [
        (
            "网站公开信息20条。虽有起色，但还存在渔港栏目更新不够及时、讲解偏少等问题。下一步，将及时更新渔港栏目，拍摄讲解短片。\n"
            "（二）未收到申请。",
            ("渔港栏目更新不够及时", "讲解偏少"),
            ("及时更新渔港栏目", "拍摄讲解短片"),
        ),
        (
            "网站公开信息20条。\n存在问题主要有渔汛信息更新不及时，图示不多。\n下一步要改版渔汛专栏。\n收到申请3件。",
            ("渔汛信息更新不及时", "图示不多"),
            ("改版渔汛专栏",),
        ),
        (
            "三、收到申请3件。四、没有复议。五、存在的主要问题及改进措施2031年总体平稳，但渔汛信息更新偏慢。下一步我局将逐日更新渔汛信息。"
            "六、其他需要报告的事项将另行公开收费标准。",
            ("渔汛信息更新偏慢",),
            ("逐日更新渔汛信息",),
        ),
        (
            "没有复议。\n五、下一步工作计划\n（一）改版渔汛专栏。逐日更新。\n（二）增设渔港指引牌。",
            (),
            ("改版渔汛专栏", "增设渔港指引牌"),
        ),
        (
            "从测评结果看，我局存在渔汛信息偏少、渔港栏目两月未更新情况。",
            ("渔汛信息偏少", "渔港栏目两月未更新"),
            (),
        ),
    ],
)
def test_items_are_found_where_section_five_has_no_heading(
    text: str, shortcomings: tuple[str, ...], measures: tuple[str, ...]
) -> None:
    found = items(in_section(1, text))
    assert agree(shortcomings, tuple(s.quote.text for s in found[0])), found
    assert agree(measures, tuple(m.quote.text for m in found[1])), found


@pytest.mark.parametrize(
    "text",
    [
        "对仍存在更新不及时问题的两个股室下发督促函。",
        "抽查发现两个股室还存在答复不规范的问题。",
        "全文列有一、总体情况，五、存在的主要问题及改进情况，六、其他需要报告的事项。",
        "还存有渔港老照片三百张，均已公开。",
    ],
)
def test_what_is_found_wanting_with_others_is_no_shortcoming(text: str) -> None:
    assert items(in_section(1, f"网站公开信息20条。\n{text}")) == ((), ())


@pytest.mark.parametrize("heading", ["总体情况", "政务公开情况", "政府信息公开工作情况", "有关工作情况"])
def test_no_heading_of_another_section_opens_section_five(heading: str) -> None:
    assert items(in_section(1, f"一、{heading}\n网站公开信息20条。\n（一）主动公开渡船时刻。")) == ((), ())


def test_a_plan_is_found_without_a_heading_or_a_shortcoming() -> None:
    words = "网站公开信息20条。\n{}我站将继续完善制度。现阶段重点做好以下工作：\n一要公布渡船时刻。二要培训售票员。"
    _, measures = items(in_section(1, words.format("今后，")))
    assert [m.quote.text for m in measures] == ["公布渡船时刻", "培训售票员"]
    assert items(in_section(1, words.format("年初，"))) == ((), ())


def test_a_list_of_the_sections_announces_no_shortcomings() -> None:
    preface = (
        "全文先讲概况，再列三张表，随后是存在的主要问题及改进情况、其他需要报告的事项，"
        "分述如下：\n（一）主动公开情况。网站公开信息20条。\n（二）未收到申请。"
    )
    assert items(in_section(1, preface)) == ((), ())


PARTS = st.sampled_from(
    [c for case in CASES for c in case.text]
    + ["一是", "二是", "（一）", "1.", "问题", "不足：", "下一步，", "将加强", "不够", "《", "》", "“", "\n"]
)


@given(st.lists(PARTS, max_size=80).map("".join))
def test_any_text_can_be_read(words: str) -> None:
    text = in_section(5, words)
    shortcomings, measures = items(text)
    for quote in quotes(text):
        assert text.source[quote.span.start : quote.span.end] == quote.text
        assert quote.text.strip()
    assert all(m.answers is None or m.answers < len(shortcomings) for m in measures)


@given(st.lists(PARTS, max_size=80).map("".join))
def test_clauses_stand_in_order_and_do_not_overlap(words: str) -> None:
    found = list(clauses(words))
    assert all(words[c.start : c.end] == c.text and c.text for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("公开内容还不够全面", "openness"),
        ("政策解读形式单一", "interpretation"),
        ("升级网站检索功能", "platform"),
        ("组织业务培训", "staff"),
        ("依申请公开答复时间偏长", "requests"),
        ("办好微信公众号和短视频号", "new-media"),
        ("纳入年度考核并定期检查", "supervision"),
        ("公开意识淡薄", "awareness"),
        ("扩大公众参与", "participation"),
        ("建立健全长效机制", "institutions"),
        ("严格保密审查", "information-management"),
        ("一切照旧", None),
    ],
)
def test_a_phrase_has_its_theme(phrase: str, key: str | None) -> None:
    assert theme(phrase, phrase) == key


def test_every_theme_has_words_of_its_own() -> None:
    words = [word for t in wording().themes for word in t.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "unit", ["工作中", "的", "我局", "存在问题", "以上问题", "主要", "进一步加强", "一是", "（一）", "不够、"]
)
def test_no_repetition_takes_long(unit: str) -> None:
    """Words in a row must not be divided in every way that there is: this would take years."""
    text = in_section(5, unit * 60 + "猫")
    assert all(q.text in text.source for q in quotes(text))
