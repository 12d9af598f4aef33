"""What folding keeps and what it drops."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import folding
from gongkai.folding import fold, without_ordinal

TEXTS = st.text("一二公开总计（）()、.：Ａa１1 　\t“”—", max_size=12)


def test_the_examples_of_the_docstrings_hold() -> None:
    failed, attempted = doctest.testmod(folding)
    assert failed == 0
    assert attempted >= 5


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS, TEXTS)
def test_parts_fold_by_themselves(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@pytest.mark.parametrize("mark", list("　 \t\n\u200b，。：；！？（）〔〕【】《》“”‘’—－·…()[]-.,:;\"'/|"))
def test_width_space_and_punctuation_do_not_count(mark: str) -> None:
    assert fold(f"总{mark}计") == "总计"


def test_wide_letters_and_digits_are_plain_ones() -> None:
    assert fold("Ａｂ１２") == "Ab12"


@given(TEXTS)
def test_what_remains_without_an_ordinal_is_the_end_of_the_text(text: str) -> None:
    rest = without_ordinal(text)
    assert text.endswith(rest)
    assert bool(rest) == bool(text)


@pytest.mark.parametrize(
    "ordinal",
    [
        "一、",
        "（一）",
        "(一)",
        "1.",
        "1、",
        "１．",
        "12）",
        "一．",
        "①、",
        "一、二、",
        "第一部分 ",
        "第二部分：",
        "第三章 ",
    ],
)
def test_numbers_before_a_label_go(ordinal: str) -> None:
    assert without_ordinal(ordinal + "总体情况") == "总体情况"


@pytest.mark.parametrize("label", ["总体情况", "第二十条第（一）项", "三安全一稳定", "一", "1.", "行政复议"])
def test_what_is_no_number_of_a_label_stays(label: str) -> None:
    assert without_ordinal(label) == label
