"""Shares above a whole: which are pointed out, and what else may be above a hundred."""

from __future__ import annotations

import re

import pytest

from gongkai.iris import Iris
from gongkai.narrative.extraction import extract
from gongkai.pipeline import Extraction
from gongkai.rules import check
from tests.narrative.texts import report


def above_a_whole(text: str) -> list[tuple[str, ...]]:
    """The words at the places of what is found in a text; of what has no place, those that the message quotes."""
    told = report(text)
    triples = Extraction(told, extract(told)).triples(Iris())
    found = [f for f in check(triples) if f.rule.key == "X9"]
    return [tuple(p.text for p in f.passages) or tuple(re.findall("称“(.+?)”", f.message.zh)) for f in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("群众满意率103%。", "群众满意率103%"),
        ("热线接通率达到了100.5％。", "热线接通率达到了100.5％"),
        ("申请均已办理，办结率120%。", "办结率120%"),
        ("留言及时办结率达101.5%，均已公开。", "留言及时办结率达101.5%"),
        ("工单按时办结率由98%提高到101%。", "工单按时办结率由98%提高到101%"),
        ("按时办结率、满意率分别为100%和103%。", "按时办结率、满意率分别为100%和103%"),
    ],
)
def test_a_share_above_a_whole_is_pointed_out_at_its_words(text: str, words: str) -> None:
    assert above_a_whole(text) == [(words,)]


@pytest.mark.parametrize(
    "text",
    [
        "群众满意率100%，按时办结率99.8%。",
        "群众满意率同比增长120%。",
        "热线接通率提升120%。",
        "办结率同比提高120%，答复率100%。",
        "办结率是上年的120%。",
        "满意率为98%，办件量同比上升110%。",
        "年度任务完成率为120%，满意率98%。",
        "满意率达到目标的105%。",
        "按时办结率100%，较上年增加2倍。",
        "群众满意度评分103分。",
        "接听来电120件，举办培训105次。",
    ],
)
def test_growth_targets_and_counts_may_be_above_a_hundred(text: str) -> None:
    assert above_a_whole(text) == []
