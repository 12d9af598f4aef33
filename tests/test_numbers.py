"""The doctest tables of `gongkai.numbers` are its specification: run, counted, and its laws held."""

from __future__ import annotations

import doctest
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import numbers
from gongkai.numbers import find_numbers, parse_cell

DIGITS = "零一二三四五六七八九"


def chinese(n: int) -> str:
    """A whole number below 10^8 in Chinese numerals, written out in full."""
    if n >= 10_000:
        high, low = divmod(n, 10_000)
        joint = "零" if 0 < low < 1000 else ""
        return chinese(high) + "万" + joint + (chinese(low) if low else "")
    if n < 10:
        return DIGITS[n]
    for power, word in ((1000, "千"), (100, "百"), (10, "十")):
        if n >= power:
            high, low = divmod(n, power)
            joint = "零" if 0 < low < power // 10 else ""
            return DIGITS[high] + word + joint + (chinese(low) if low else "")
    raise AssertionError(n)


def test_written_forms() -> None:
    finder = doctest.DocTestFinder(recurse=False)
    tables = [
        t for f in (find_numbers, parse_cell) for t in finder.find(f, f.__name__, globs=vars(numbers).copy())
    ]
    assert (
        sum(e.source.count('"') // 2 for t in tables for e in t.examples if e.source.startswith("show"))
        >= 110
    )
    for table in tables:
        assert doctest.DocTestRunner(verbose=False).run(table).failed == 0


@given(st.integers(0, 99_999_999))
def test_arabic_and_chinese_agree(n: int) -> None:
    for written in (str(n), f"{n:,}", chinese(n), str(n).translate({48 + i: 0xFF10 + i for i in range(10)})):
        (number,) = find_numbers(f"共{written}件")
        assert (number.value, number.printed) == (Decimal(n), written)


@given(st.text(alphabet="0123456789.,，％%一二十百千万亿余多至-件共（）第 ", max_size=30))
def test_spans_are_places_and_never_overlap(text: str) -> None:
    found = find_numbers(text)
    assert all(text[n.span.start : n.span.end] == n.printed for n in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(st.decimals(0, 10**9, places=2))
def test_money_is_worth_the_same_in_any_unit(yuan: Decimal) -> None:
    assert parse_cell(f"{yuan}元", "元") == yuan
    assert parse_cell(f"{yuan}元", "万元") == yuan / 10_000
    assert parse_cell(f"{yuan}万元", "元") == yuan * 10_000


@given(st.integers(0, 10**7), st.sampled_from(["减", "减少", "-", "－", "−"]))
def test_signs_turn_numbers(n: int, sign: str) -> None:
    assert parse_cell(f"{sign}{n}", "项") == -n


@pytest.mark.parametrize("junk", ["", " ", "件", "共计", "2023年", "12件3件", "见附件", "0、0", "１ ２"])
def test_what_is_not_one_number_is_none(junk: str) -> None:
    assert parse_cell(junk, "件") is None
