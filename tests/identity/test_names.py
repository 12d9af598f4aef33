"""The grammar of names, from `agencies.ttl`."""

from __future__ import annotations

import pytest

from gongkai.identity.folded import fold
from gongkai.identity.names import names


@pytest.mark.parametrize(
    ("written", "meanings"),
    [
        ("人社局", ("人力资源和社会保障局",)),
        ("科委", ("科学技术委员会",)),
        ("政府办", ("人民政府办公室",)),
        ("街道办", ("街道办事处",)),
        ("国家医保局", ("国家医疗保障局",)),
        ("信访局", ("信访局",)),
        ("教体局", ("教育体育局", "教育和体育局")),
        ("教育体育局", ("教育体育局",)),
        ("高新区管委会", ("高新技术产业开发区管理委员会",)),
    ],
)
def test_what_an_abbreviation_stands_for(written: str, meanings: tuple[str, ...]) -> None:
    assert names().official(written) == meanings


def test_an_official_name_stands_for_itself() -> None:
    grammar = names()
    for wordings in grammar.portfolios.values():
        for official in wordings:
            assert grammar.official(official + "局") == (official + "局",)


def test_what_an_organ_calls_itself() -> None:
    assert names().selves("人社局") == {"局"}
    assert "镇" in names().selves("人民政府")
    assert names().selves("林场") == frozenset()


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("人社局网站", "人社局"),
        ("人民政府办公室政务公开科", "人民政府办公室"),
        ("市场监督管理局开展", "市场监督管理局"),
        ("信访局坚持", "信访局"),
    ],
)
def test_an_organ_is_found_at_its_beginning(text: str, organ: str) -> None:
    found = names().organ.match(text)
    assert found is not None
    assert found.group() == organ


def test_a_head_of_a_bureau_is_no_bureau() -> None:
    assert names().organ.match("教育局长") is None


def test_folding_keeps_the_way_back() -> None:
    text = "云湾\n 区财　政局２０"
    folded = fold(text)
    assert folded.text == "云湾区财政局20"
    assert [text[folded.span(i, i + 1).start] for i in range(6)] == list("云湾区财政局")
    assert folded.begins == {0, 2}
    assert folded.ends == {2, 8}
