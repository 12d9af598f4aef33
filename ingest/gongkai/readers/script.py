"""Copies of pages in traditional characters, or with readings behind characters, in the script of the form."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_MARKED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_READING = re.compile(rf"(?<=[一-鿿])[(（][a-zü]{{0,5}}[{_MARKED}][a-z]{{0,4}}[)）]")
_OFTEN = "àìù"
"""One of these is in any text with readings: the fourth tone is the most common."""
_FEWEST = 3
"""A reading or two may stand for themselves, in a text on the language."""

_SUPPLEMENT = (
    "⺟母⺠民⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
_RADICALS = {chr(i): unicodedata.normalize("NFKC", chr(i)) for i in range(0x2F00, 0x2FD6)}
_RADICALS |= dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True))
_IDEOGRAPHS = str.maketrans(_RADICALS)
_RADICAL = re.compile("[\u2e80-\u2fd5]")


def without_radicals(text: str) -> str:
    """The text with ideographs for radicals: some printers map a glyph to the radical that looks the same (⼯作)."""
    return text.translate(_IDEOGRAPHS) if _RADICAL.search(text) else text


def simplified(text: str) -> str:
    """The text without readings (发(fā)布) and in simplified characters; itself where it is so.

    It is in traditional ones where 報 and 開, which every report has, outnumber 报 and 开.
    """
    traditional = text.count("報") + text.count("開") > text.count("报") + text.count("开")
    if traditional:
        text = _converter().convert(text)
    if traditional or (any(v in text for v in _OFTEN) and len(_READING.findall(text)) >= _FEWEST):
        text = _READING.sub("", text)
    return text


@cache
def _converter() -> OpenCC:
    """The converter, whose dictionary takes a moment to load."""
    return OpenCC("t2s")
