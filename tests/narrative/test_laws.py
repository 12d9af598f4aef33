"""Laws of the extraction: they hold for every text, whatever is found in it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.narrative.extraction import extract
from gongkai.narrative.quantities import measure_word
from gongkai.narrative.vocabulary import vocabulary
from gongkai.numbers import find_numbers
from tests.narrative.texts import report

PIECES = (
    *("局门户网站", "微信公众号", "12345热线", "《柳汀日报》", "县政务服务平台", "公开栏", "局长信箱"),
    *(
        "发布",
        "收到",
        "办结",
        "受理",
        "解读",
        "公开征求意见",
        "召开",
        "开展",
        "结转",
        "予以公开",
        "从",
        "提高到",
    ),
    *(
        "信息",
        "政策解读",
        "政府信息公开申请",
        "依申请公开",
        "培训",
        "参训",
        "会议",
        "自查",
        "来电",
        "留言",
        "粉丝",
    ),
    *("其中", "另有", "共", "累计", "分别", "近", "超", "约", "较2022年", "满意率", "接通率", "新闻发布会"),
    *("12", "3.5万", "两", "十余", "一百零五", "0", "98.5%", "2,048", "百分之九十", "9万5千"),
    *("条", "件", "次", "人次", "篇", "个", "场", "期", "通", "封", "个工作日", "余条", "条以上"),
    *("，", "。", "；", "、", "：", "（", "）", "“", "”", "\n", " ", "《", "》"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_quote_is_the_text_at_its_place(text: str) -> None:
    made = report(text)
    narrative = extract(made)
    quotes = [
        *(f.quote for f in narrative.facts),
        *(s.quote for s in narrative.shortcomings),
        *(m.quote for m in narrative.measures),
        *(c.quote for c in narrative.citations),
        *(c.quote for c in narrative.contacts),
    ]
    assert all(made.document[q.span] == q.text and q.text.strip() for q in quotes)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_the_value_of_a_fact_is_read_from_its_quote_alone(text: str) -> None:
    for fact in extract(report(text)).facts:
        place = fact.number.start - fact.quote.span.start
        assert fact.quote.span.covers(fact.number)
        printed = [n for n in find_numbers(fact.quote.text) if n.span.start <= place < n.span.end]
        assert any(fact.value in (n.value, n.upper) for n in printed), fact


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_two_facts_of_an_indicator_share_a_number(text: str) -> None:
    facts = extract(report(text)).facts
    assert not [k for k, n in Counter((f.indicator, f.number) for f in facts).items() if n > 1]


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_what_is_found_is_of_the_vocabulary(text: str) -> None:
    known = vocabulary().indicators
    for fact in extract(report(text)).facts:
        assert (measure_word(fact.unit) or "") in known[fact.indicator].measures
        assert 0 < fact.confidence <= 1
        assert fact.rule


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_same_report_says_the_same(text: str) -> None:
    assert extract(report(text)) == extract(report(text))
