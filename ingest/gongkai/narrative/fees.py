"""What the report says of the fee for processing information (条例42): whether one was charged."""

from __future__ import annotations

import re

from gongkai.narrative.model import FeeStatement
from gongkai.narrative.prose import Prose

_SENTENCE = re.compile(r"[^。！\n；;]+")
_TOPIC = re.compile(
    r"信息处理费|信息公开[^，。；]{0,12}(?:收费|收取|费用)|收费通知|依申请公开[^，。；]{0,8}(?:收费|收取)"
    r"|(?:收费|收取)[^，。；]{0,6}(?:情况|事项)|(?:检索|复制|邮寄)[^，。；]{0,8}费"
)
_NOT = re.compile(
    r"(?:未|没有|没|无|尚未|不|从未)[^，。；,]{0,24}(?:收取|收费|产生|发生|费用)|(?:收取|收费|费用?|金额)[^，。；]{0,16}(?:为|：|:)?(?<!\d)(?:0|零)(?:\.0+)?\s?(?:万?元|件|笔|次)"
    r"|(?:收费|收取)[^。；\n]{0,12}(?:情况|事项)?[：:，,]?无$|免费|免收|(?<![\d.])0(?:\.0+)?\s?万?元"
)
_CHARGED = re.compile(
    r"(?:收取|收费|征收|处理费)[^。；]{0,40}?(?<![\d.])(?:[1-9]\d*(?:[.,]\d+)*|0\.\d*[1-9]\d*)\s?万?元"
)


def fee(prose: Prose) -> FeeStatement | None:
    """The statement on the fee, or None where nothing is said; the last sections are asked first."""
    sentences = [m.span() for m in _SENTENCE.finditer(prose.text) if _TOPIC.search(m[0])]
    for start, end in sorted(sentences, key=lambda s: prose.section(s[0]), reverse=True):
        words = prose.text[start:end]
        if _CHARGED.search(words):
            return FeeStatement(True, prose.quote(start, end))
        if _NOT.search(words):
            return FeeStatement(False, prose.quote(start, end))
    return None
