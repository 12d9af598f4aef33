"""Numbers with their measure words and bounds: the candidates for facts. What they count is the grammar's to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from gongkai.narrative.boundaries import Boundaries
from gongkai.narrative.model import Bound, made
from gongkai.narrative.vocabulary import Vocabulary
from gongkai.numbers import PLAIN, number_value

_NUMERALS = "十零〇两一二三四五六七八九百千万"
_NAMED = r"0-9.．第届〔每\-–/a-zA-Z"
"""A number behind one of these is an ordinal, a date, the rest of a name."""
_GOES_ON = r"\d.．,，余多十拾百佰千仟万萬亿億分\s%％"
"""What goes on with a number."""
_ARABIC = frozenset("0123456789０１２３４５６７８９")
_TERM = (2, 3, 4)
_TIMES = ("天", "日", "分", "秒", "钟")
_KINDS = "类"
_BRACKET = re.compile(r"[（(].*")
_ARTICLE = "条"
_LISTING = "、和及与至"
_ARTICLES = re.compile(rf"第[\d{_NUMERALS}]+条(?:[{_LISTING}][\d{_NUMERALS}]+条)*[{_LISTING}]$")
_LONGEST_CITED = 40
_ENDED = "；。\n"
_DELIMITER = "，,。；;、）)\n！!？?"


class Quantity(NamedTuple):
    """A number in prose: `start` to `end` with its bound and measure word, `number` the place of the digits alone."""

    start: int
    end: int
    number: tuple[int, int]
    value: Decimal
    unit: str | None
    """The measure word as written."""
    measure: str | None
    """The measure word alone, without another one in brackets."""
    bound: Bound | None


def measure_word(unit: str | None) -> str | None:
    """The measure word without another one in brackets.

    >>> measure_word("篇（次）"), measure_word("篇")
    ('篇', '篇')
    """
    return unit if unit is None or unit[-1] not in "）)" else _BRACKET.sub("", unit)


def quantities(text: str, words: Vocabulary, boundaries: Boundaries) -> Iterator[Quantity]:
    """The quantities of a text, in order; `boundaries` are the offsets at which a word begins or ends.

    A Chinese numeral is one only where a word begins: 统一组织 holds none.

    Left out: ordinals, dates, numbers of documents, numbers inside words, ranges, and what is measured in
    something that no indicator is counted in.
    """
    begins, pattern = _patterns(words)
    end = 0
    for digits in begins.finditer(text):
        start = digits.start()
        if start < end:
            continue
        match = pattern.match(text, start)
        if match is None:
            continue
        hundredths, plain, percent, _, unit, _ = match.groups()
        if percent or hundredths:
            unit = "%"
        measure = measure_word(unit)
        counted = measure in words.counted_measures
        if text[start] not in _ARABIC:
            whole = match.end("plain") <= digits.end()
            if (whole and not counted) or start not in boundaries:
                continue
        if unit == _ARTICLE and _is_cited(text, start):
            continue
        end = match.end()
        if unit == _KINDS and text[end : end + 1].isdecimal():
            continue  # 4类46条: of how many kinds the items are
        if unit is None:
            if plain in words.senses or not _stands_alone(plain, text, start, end):
                continue
        elif not counted or not _is_word(match, text, words, boundaries):
            continue
        yield _quantity(match, unit, measure, words)


@cache
def _patterns(words: Vocabulary) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a quantity begins with: digits or Chinese numerals with something behind them that may count; and all of it.

    One class of characters comes first, which is found quickest.
    """
    measures, after = words.measures.pattern, words.after.pattern
    firsts = "".join({word[0] for word in (*words.counted_measures, *words.bounds_after) if word})
    begins = re.compile(
        rf"[0-9０-９{_NUMERALS}](?<![{_NAMED}].)(?:(?<=\d)\d*+|(?<=\D)(?<![{_NUMERALS}].)[{_NUMERALS}]*+)"
        rf"(?=[{_GOES_ON}{re.escape(_DELIMITER + firsts)}]|\Z)"
    )
    return begins, re.compile(
        rf"(?:百分之(?P<hundredths>百|{PLAIN})|(?P<plain>{PLAIN}))(?!\d|[.．]\d)"
        rf"(?P<percent>\s?[%％])?(?P<inner>[余多])?(?P<unit>(?:{measures})(?:[（(](?:{measures})[）)])?)?(?P<after>{after})?"
    )


def _is_cited(text: str, start: int) -> bool:
    """Whether the number of an article begins here: 《条例》二十条, 第19条、20条."""
    before = text[start - 1 : start]
    if before == "》":
        return text[start] not in _ARABIC
    return before in _LISTING and _ARTICLES.search(text, max(0, start - _LONGEST_CITED), start) is not None


def _stands_alone(plain: str, text: str, start: int, end: int) -> bool:
    """Whether a number without a measure word is more than a name: 粉丝数54373, 超2300万, 惠及40多万学生."""
    if not plain[0].isdecimal():
        return False
    follower = text[end : end + 1]
    if follower == "、" and text[start - 1 : start] in _ENDED:
        return False  # numbers a line or half sentence: 4.公示5条；5、预决算2条
    return not follower or follower in _DELIMITER or plain[-1] in "万亿"


def _is_word(match: re.Match[str], text: str, words: Vocabulary, boundaries: Boundaries) -> bool:
    """Whether a measure word is one and no part of another word: 三处理 holds none.

    Where a term begins behind it, it is one though the dictionary has a word that reaches into it: 份文件 for 10份文件.
    """
    end = match.end("unit")
    if end < 0 or text[end : end + 1] in _DELIMITER:
        return True
    if any(text[end : end + length] in words.senses for length in _TERM):
        return True
    return end in boundaries or match.end() in boundaries


def _quantity(match: re.Match[str], unit: str | None, measure: str | None, words: Vocabulary) -> Quantity:
    hundredths, plain, _, inner, _, after = match.groups()
    start, end = match.span()
    number = start, match.end("plain") if plain else end
    if after == "内" and not (unit or "").endswith(_TIMES):
        end, after = match.start("after"), None
    if plain is not None and plain.isdecimal():
        value = Decimal(plain)
    else:
        inner = inner or next((c for c in plain or hundredths if c in "余多"), None)
        value = Decimal(100) if hundredths == "百" else number_value(plain or hundredths)
    bound = words.bounds_after[after or inner] if after or inner else None
    before = words.before.at(match.string, start)
    if before is not None:
        start -= len(before)
        bound = bound or words.bounds_before[before]
    return made(Quantity, (start, end, number, value, unit, measure, bound))
