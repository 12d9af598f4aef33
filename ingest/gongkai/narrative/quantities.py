"""Numbers with their measure words and bounds: the candidates for facts. What they count is the grammar's to tell."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from string import ascii_letters

from gongkai.narrative.vocabulary import Vocabulary
from gongkai.numbers import PLAIN, number_value

_START = re.compile(r"\d+|[十零〇两一二三四五六七八九百]+")
_NAMED = frozenset("0123456789.．第〔每-–/" + ascii_letters)
"""A number behind one of these is an ordinal, a date, the rest of a name."""
_ARABIC = frozenset("0123456789０１２３４５６７８９")
_TIMES = ("天", "日", "分", "秒", "钟")
_DELIMITER = "，,。；;、）)\n！!？?"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in prose: `start` to `end` with its bound and measure word, `number` the place of the digits alone."""

    start: int
    end: int
    number: tuple[int, int]
    value: Decimal
    unit: str | None
    bound: str | None


def quantities(text: str, words: Vocabulary, boundaries: Container[int]) -> Iterator[Quantity]:
    """The quantities of a text, in order; `boundaries` are the offsets at which a word begins or ends.

    A Chinese numeral is one only where a word begins: 统一组织 holds none.

    Left out: ordinals, dates, numbers of documents, numbers inside words, ranges, and what is measured in
    something that no indicator is counted in.
    """
    pattern = _pattern(words.measures.pattern, words.after.pattern)
    end = 0
    for digits in _START.finditer(text):
        start = digits.start()
        if start < end or text[start - 1 : start] in _NAMED:
            continue
        if text[start] not in _ARABIC and start not in boundaries:
            continue
        match = pattern.match(text, start)
        if match is None:
            continue
        end = match.end()
        unit = "%" if match["percent"] or match["hundredths"] else match["unit"]
        if unit is None:
            if not _stands_alone(match, text):
                continue
        elif unit not in words.counted_measures or not _is_word(match, boundaries):
            continue
        yield _quantity(match, text, unit, words)


@cache
def _pattern(measures: str, after: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:百分之(?P<hundredths>百|{PLAIN})|(?P<plain>{PLAIN}))(?!\d|[.．]\d)"
        rf"(?P<percent>\s?[%％])?(?P<inner>[余多])?(?P<unit>{measures})?(?P<after>{after})?"
    )


def _stands_alone(match: re.Match[str], text: str) -> bool:
    """Whether a number without a measure word is more than a name: 粉丝数54373, 超2300万, 惠及40多万学生."""
    if not text[match.start()].isdecimal():
        return False
    follower = text[match.end() : match.end() + 1]
    return not follower or follower in _DELIMITER or match["plain"][-1] in "万亿"


def _is_word(match: re.Match[str], boundaries: Container[int]) -> bool:
    """Whether a measure word is one and no part of another word: 三处理 holds none."""
    return match["unit"] is None or match.end("unit") in boundaries or match.end() in boundaries


def _quantity(match: re.Match[str], text: str, unit: str | None, words: Vocabulary) -> Quantity:
    body = match["hundredths"] or match["plain"]
    value = Decimal(100) if match["hundredths"] == "百" else number_value(body)
    start, end, after = match.start(), match.end(), match["after"]
    if after == "内" and not (unit or "").endswith(_TIMES):
        end, after = match.start("after"), None
    before = words.before.search(text, max(0, start - 3), start)
    if before:
        start = before.start()
    inner = match["inner"] or next((c for c in body if c in "余多"), None)
    bound = next((words.bounds_after[w] for w in (after, inner) if w), None)
    if bound is None and before:
        bound = words.bounds_before[before[0]]
    return Quantity(
        start, end, (match.start(), match.end("plain") if match["plain"] else match.end()), value, unit, bound
    )
