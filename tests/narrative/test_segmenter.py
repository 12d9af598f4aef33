"""The pipeline by rjieba and by jieba alone; its components in a pipeline of somebody else's."""

from __future__ import annotations

import warnings

import pytest
import spacy

from gongkai.narrative import components
from gongkai.narrative.extraction import language
from gongkai.narrative.model import Fact
from gongkai.narrative.segmenter import cutter
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
    doc = language()(TEXT)
    assert all(doc.has_extension(f"gongkai_{name}") for name in components.FACTORIES)
