"""The pipeline by rjieba and by jieba alone; its components in a pipeline of somebody else's."""

from __future__ import annotations

import warnings
from itertools import accumulate

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from gongkai.narrative import components
from gongkai.narrative.boundaries import Cut, Joints, Tokens, Words
from gongkai.narrative.extraction import language
from gongkai.narrative.model import Fact
from gongkai.narrative.segmenter import cutter, joints
from gongkai.narrative.vocabulary import vocabulary

TEXT = "局门户网站发布信息1280条，收到政府信息公开申请6件，其中5件为线上申请；微信公众号粉丝2.3万人。"
EXPECTED = [
    ("website-items", 1280),
    ("applications-received", 6),
    ("applications-received", 5),
    ("followers", 23000),
]


@pytest.mark.parametrize("pure", [False, True], ids=["rjieba", "jieba"])
def test_either_segmenter_serves(pure: bool) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own, at its import
        doc = language(pure=pure)(TEXT)
    facts: tuple[Fact, ...] = doc._.gongkai_facts
    assert [(f.indicator, int(f.value)) for f in facts] == EXPECTED
    assert doc.text == TEXT


@pytest.mark.parametrize("pure", [False, True], ids=["rjieba", "jieba"])
def test_words_of_the_vocabulary_are_words(pure: bool) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cut = cutter(vocabulary().words(), pure=pure)
    assert {"依申请公开", "微信公众号"} <= set(cut("依申请公开经微信公众号答复"))
    assert "".join(cut(TEXT)) == TEXT


def test_components_serve_in_another_pipeline() -> None:
    nlp = spacy.blank("zh")  # by character, as spaCy does by itself
    for name in ("terms", "quantities", "facts"):
        nlp.add_pipe(f"gongkai_{name}")
    facts: tuple[Fact, ...] = nlp(TEXT)._.gongkai_facts
    assert ("website-items", 1280) in [(f.indicator, int(f.value)) for f in facts]
    assert all(TEXT[f.quote.span.start : f.quote.span.end] == f.quote.text for f in facts)


def test_each_factory_leaves_something() -> None:
    nlp = language()
    names = [f"gongkai_{name}" for name in ("scene", *components.FACTORIES[1:])]
    before = [getattr(nlp.make_doc(TEXT)._, name) for name in names]
    after = {name: getattr(nlp(TEXT)._, name) for name in names}
    assert not any(before)
    assert {name for name, found in after.items() if found is None} == {"gongkai_fee"}


@pytest.fixture(scope="module")
def cut() -> Cut:
    return cutter(vocabulary().words())


@pytest.fixture(scope="module")
def reach() -> Joints:
    return joints(tuple(vocabulary().words()))


@given(st.text(alphabet="收到申请12件，。（）\n A信息公开未来一是", max_size=60))
def test_words_asked_for_one_by_one_are_those_of_the_whole_text(cut: Cut, reach: Joints, text: str) -> None:
    ends = {0, *accumulate(map(len, cut(text)))}
    words = Words(text, cut, reach)
    assert [i for i in range(len(text), -1, -1) if i in words] == sorted(ends, reverse=True)


PIECES = (
    "来信",
    "未来",
    "信息",
    "信箱",
    "事",
    "件",
    "附件",
    "接受",
    "直接",
    "受益",
    "在办",
    "办结",
    "公开",
    "12",
    "，",
    "一",
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_terms_that_cross_words_are_those_of_the_whole_text(cut: Cut, reach: Joints, text: str) -> None:
    words, tokens = Words(text, cut, reach), Tokens(cut(text))
    short = [
        (i, i + n)
        for n in (1, 2)
        for i in range(len(text) - n + 1)
        if text[i : i + n] in ("件", "来信", "接受", "在办")
    ]
    assert [words.crosses(*place) for place in short] == [tokens.crosses(*place) for place in short]


def test_pieces_of_two_words_are_no_term(cut: Cut, reach: Joints) -> None:
    text = "公开未来信息，收到来信"
    words = Words(text, cut, reach)
    assert words.crosses(3, 5)
    assert not words.crosses(9, 11)
