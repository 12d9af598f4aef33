"""Section five in every combination of announcement, way of counting and lead-in: what was put in is what is found."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.evaluate import matching
from gongkai.narrative.items import items
from tests.narrative.reports import in_section
from tests.narrative.test_items import same

SHORTCOMINGS = (
    "公开内容还不够丰富",
    "政策解读的形式较为单一",
    "信息更新不够及时",
    "依申请公开答复的规范性有待提高",
    "工作人员业务能力参差不齐",
    "基层公开专区利用率不高",
    "政务新媒体影响力偏弱",
    "部分单位对公开工作重视不够",
    "专职人员配备不足",
    "公开的主动性需进一步提升",
    "意见征集反馈存在短板",
    "平台之间缺乏联动",
)
MEASURES = (
    "进一步丰富公开内容",
    "创新政策解读形式",
    "健全信息更新机制",
    "规范依申请公开办理流程",
    "加强业务培训",
    "充实专职人员力量",
    "用通俗语言编写解读材料",
    "将公开工作纳入绩效考核",
    "以群众需求为导向优化栏目设置",
    "邀请群众代表列席会议",
    "每季度通报公开情况",
    "做好意见征集反馈",
)
BEFORE_SHORTCOMINGS = (
    "存在的主要问题：",
    "（一）存在的主要问题\n",
    "2031年，我局公开工作取得了一定成效，但仍存在一些不足：",
    "一年来，我镇公开工作稳步推进，但对照上级要求，还存在一定差距，主要表现在：",
    "虽然我县公开工作有了新进展，但也存在一些薄弱环节，主要是：",
    "工作中还存在以下几个方面的问题。",
    "本年度工作总体平稳，但也存在着一些问题，主要体现在以下几个方面：",
    "总的来看，我市工作与先进地区相比还有不小差距。",
    "还存在三方面不足：",
)
BEFORE_MEASURES = (
    "改进措施：",
    "（二）改进情况\n",
    "针对上述问题，我局将重点做好以下工作：",
    "今后，我们将从以下几个方面加以改进：",
    "为此，我街道将：",
    "针对以上不足，我局采取了以下改进措施。",
    "下一阶段，我市将认真贯彻落实上级部署，重点做好以下几方面工作。",
    "2032年，我县将继续深化政务公开工作：",
    "对照问题，我们进行了整改：",
)
ENDS = ("", "，与群众期待还有差距", "。部分乡镇全年更新不足十条")
OUTCOMES = ("", "，确保信息准确、及时", "，不断提高工作水平。组织开展专项检查")
COUNTS = {
    "is": ("一是", "二是", "三是", "四是"),
    "nth": ("第一，", "第二，", "第三，", "第四，"),
    "circle": ("①", "②", "③", "④"),
    "bracket": ("（1）", "（2）", "（3）", "（4）"),
    "digit": ("1、", "2、", "3、", "4、"),
}


def counted(phrases: list[str], ends: list[str], count: str, stop: str) -> str:
    return "".join(
        f"{mark}{phrase}{end}{stop}" for mark, phrase, end in zip(COUNTS[count], phrases, ends, strict=False)
    )


def all_found(expected: list[str], found: list[str]) -> bool:
    return len(expected) == len(found) == len(matching(expected, found, same))


@st.composite
def lists(draw: st.DrawFn, phrases: tuple[str, ...], ends: tuple[str, ...]) -> tuple[str, list[str]]:
    """A counted list, and what it counts."""
    chosen = draw(st.lists(st.sampled_from(phrases), min_size=1, max_size=4, unique=True))
    behind = draw(st.lists(st.sampled_from(ends), min_size=4, max_size=4))
    count, stop = draw(st.sampled_from(sorted(COUNTS))), draw(st.sampled_from(("。", "；", "。\n")))
    return counted(chosen, behind, count, stop), chosen


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(BEFORE_SHORTCOMINGS),
    lists(SHORTCOMINGS, ENDS),
    st.sampled_from(BEFORE_MEASURES),
    lists(MEASURES, OUTCOMES),
)
def test_what_is_counted_is_found(
    opening: str, first: tuple[str, list[str]], turning: str, second: tuple[str, list[str]]
) -> None:
    text = in_section(5, f"{opening}{first[0]}\n{turning}{second[0]}")
    shortcomings, measures = items(text)
    assert all_found(first[1], [s.quote.text for s in shortcomings])
    assert all_found(second[1], [m.quote.text for m in measures])


@st.composite
def divided(draw: st.DrawFn, phrases: tuple[str, ...], stops: str) -> tuple[str, list[str]]:
    """Phrases that a stop divides, uncounted, and which they are."""
    chosen = draw(st.lists(st.sampled_from(phrases), min_size=2, max_size=4, unique=True))
    return draw(st.sampled_from(stops)).join(chosen) + "。", chosen


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(BEFORE_SHORTCOMINGS),
    divided(SHORTCOMINGS, "；，。"),
    st.sampled_from(BEFORE_MEASURES),
    divided(MEASURES, "；。"),
)
def test_what_stops_divide_is_found(
    opening: str, first: tuple[str, list[str]], turning: str, second: tuple[str, list[str]]
) -> None:
    text = in_section(5, f"{opening}{first[0]}\n{turning}{second[0]}")
    shortcomings, measures = items(text)
    assert all_found(first[1], [s.quote.text for s in shortcomings])
    assert all_found(second[1], [m.quote.text for m in measures])
