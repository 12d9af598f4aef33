"""Folding: how two wordings of one label are seen to be the same. Width, white space and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = "　 \t\n\r\v\f\xa0\u200b\u200c\u200d\ufeff\u2002\u2003\u2009\u3000" + (
    "、，。．：；！？（）〔〕【】《》〈〉「」『』“”‘’〝〞＂＇—－–‐‑−～·•．…"
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~｜＊＃＆"
)
_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\xad]")
_TABLE: dict[int, str | None] = {ord(c): None for c in _PUNCTUATION}
_TABLE |= {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in range(0xFF01, 0xFF5F)
    if unicodedata.normalize("NFKC", chr(code)).isalnum()
}

_NUMERAL = r"(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}|[①-⑳])"
_ORDINAL = re.compile(
    rf"[\s#＃*_]*(?:[（(]?\s*{_NUMERAL}\s*[）)、.．,，:：]\s*|{_NUMERAL}\s+"
    rf"|第\s*{_NUMERAL}\s*(?:部分|章)(?:\s*[、.．,，:：]\s*|\s+))"
)
"""White space and the marks of a Markdown heading may stand before it."""
_REMARK = re.compile(r"(?P<before>[^（(]{2,40})[（(][^。]*[）)]\s*")


def fold(text: str) -> str:
    """The text without white space and punctuation, full-width letters and digits made plain.

    >>> fold("（七）总 计")
    '七总计'
    >>> fold("危及“三安全一稳定”")
    '危及三安全一稳定'
    """
    return text.translate(_TABLE)


def visible(text: str) -> str:
    """The text without the characters that nobody sees, which editors of pages leave in cells.

    >>> visible("1\u200b2")
    '12'
    """
    return _UNSEEN.sub("", text) if _UNSEEN.search(text) else text


def without_ordinal(text: str) -> str:
    """The text without the number it begins with, if it has one.

    >>> without_ordinal("（二）部分公开")
    '部分公开'
    >>> without_ordinal("1 属于国家秘密")
    '属于国家秘密'
    >>> without_ordinal("三、四、结转下年度继续办理")
    '结转下年度继续办理'
    >>> without_ordinal("## 一、一、总体情况")
    '总体情况'
    >>> without_ordinal("第一部分 总体情况")
    '总体情况'
    """
    while (found := _ORDINAL.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return text


def without_remark(text: str) -> str:
    """What stands before a remark in brackets that ends the text; "" where nothing does, or no remark is there.

    >>> without_remark("规章（由设区的市填写）")
    '规章'
    >>> without_remark("规章")
    ''
    """
    found = _REMARK.fullmatch(text)
    return found["before"].rstrip() if found else ""
