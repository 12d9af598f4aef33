"""The numbers that Word counts."""

from __future__ import annotations

import pytest

from gongkai.readers.numbering import printed


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("decimal", "1 4 10 21"),
        ("decimalZero", "01 04 10 21"),
        ("decimalFullWidth", "１ ４ １０ ２１"),
        ("decimalEnclosedCircle", "① ④ ⑩ 21"),
        ("chineseCounting", "一 四 十 二十一"),
        ("chineseCountingThousand", "一 四 十 二十一"),
        ("ideographDigital", "一 四 一〇 二一"),
        ("chineseLegalSimplified", "壹 肆 壹零 贰壹"),
        ("upperLetter", "A D J U"),
        ("lowerRoman", "i iv x xxi"),
        ("upperRoman", "I IV X XXI"),
        ("none", "   "),
        ("thaiNumbers", "1 4 10 21"),
    ],
)
def test_formats(style: str, expected: str) -> None:
    assert " ".join(printed(n, style) for n in (1, 4, 10, 21)) == expected


def test_letters_go_on_after_z() -> None:
    assert [printed(n, "lowerLetter") for n in (26, 27, 53)] == ["z", "aa", "aaa"]
