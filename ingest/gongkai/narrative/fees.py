"""What the report says of the fee for processing information (条例42): whether one was charged, and how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from gongkai.narrative.model import FeeStatement
from gongkai.narrative.prose import Prose
from gongkai.narrative.tries import trie
from gongkai.narrative.wording import Wording, wording
from gongkai.numbers import parse_cell

_SECTION = 6
_BRIEF = 16
_LONGEST_HEADING = 40
_NEAR = 20
"""Characters before a word for the fee in which a denial of it stands."""
_STOPS = "。！\n；;"
_STOP = re.compile(f"[{_STOPS}]")
_AMOUNT = r"(?<![\d.])(?P<amount>(?:[1-9]\d*(?:[.,，]\d+)*|0\.\d*[1-9]\d*)\s?万?元)"
_NOTHING = re.compile(r"(?<![\d.,，])(?P<amount>0(?:\.0+)?\s?万?元)")
_NO_DENIAL = "(?!断|锡|来|得|仅|同|论|予公开)"
"""What makes a word of denial another word: 不断, 未来."""
_ZERO = r"(?<![\d.])0(?:\.0+)?\s?(?:万?元|笔)|(?:为|[：:])\s?(?:0(?![\d.])|零|无)|(?:情况|事项|费用?)\s?[：:，,]?\s?无$"


class _Fees:
    """The patterns of statements on the fee."""

    def __init__(self, words: Wording) -> None:
        noun, word, verb = (words.any_of(key) for key in ("feeNoun", "feeWord", "feeVerb"))
        self.matter = re.compile(
            rf"{words.any_of('feeNoun', 'feeMatter')}|{words.any_of('feeTaking')}[^，。；]{{0,8}}费"
        )
        self.denial = re.compile(rf"{words.any_of('feeNegation')}[^，。；]*$")
        self.mention = re.compile(trie((*words.words["feeNoun"], *words.words["feeWord"])))
        self.named = re.compile(noun)
        self.context = re.compile(words.any_of("feeContext"))
        self.word = re.compile(word)
        self.other = re.compile(words.any_of("feeOther"))
        self.charged = re.compile(
            rf"(?:{noun}|{word})[^。；]{{0,40}}?{_AMOUNT}|收取[^，。；]{{0,20}}?(?<![\d.])[1-9]\d*\s?[件笔]"
            rf"|(?:已|共|均)收取了?[^，。；]{{0,8}}{noun}|收取了[^，。；]{{0,8}}{noun}"
        )
        denial = words.any_of("feeNegation") + _NO_DENIAL
        self.denied = re.compile(
            rf"{denial}[^，,。；]{{0,24}}?(?:{verb}[^，,。；]{{0,24}}(?:{noun}|{word})|收费|{noun})"
            rf"|{denial}(?:收取|收费)|(?:{noun}|{word}).*(?:{_ZERO})|{words.any_of('feeFree')}"
        )


@cache
def _fees() -> _Fees:
    return _Fees(wording())


def fee(prose: Prose) -> FeeStatement | None:
    """The statement on the fee, or None where nothing is said; the last sections are asked first."""
    sentences = sorted(_spoken(prose), key=lambda s: (-prose.section(s[0]), s[0]))
    for _, group in groupby(sentences, key=lambda s: prose.section(s[0])):
        spoken = list(group)
        for charged, pattern in ((True, _fees().charged), (False, _fees().denied)):
            for start, end in spoken:
                said = pattern.search(prose.text[start:end])
                if said:
                    told = said if charged else _NOTHING.search(said.string)
                    amount = told["amount"] if told else None
                    return FeeStatement(
                        charged, prose.quote(start, end), parse_cell(amount, "元") if amount else None
                    )
    return None


class Matter(NamedTuple):
    """Where a text speaks of the fee, and whether only to deny one."""

    start: int
    denied: bool


def matters(text: str) -> Iterator[Matter]:
    """Where a text speaks of the fee: amounts and cases told there are no facts of another kind."""
    words = _fees()
    for found in words.matter.finditer(text):
        denial = words.denial.search(text, max(0, found.start() - _NEAR), found.start())
        yield Matter(denial.start() if denial else found.start(), denial is not None)


def _is_expected(prose: Prose, offset: int) -> bool:
    """Whether a statement on the fee is due: in section six, and where requests are spoken of."""
    paragraph = prose.text.rfind("\n", 0, offset) + 1
    return prose.section(offset) == _SECTION or "申请" in prose.text[paragraph:offset]


def _is_headed(text: str, offset: int) -> bool:
    """Whether the line above the paragraph is a heading that names the fee (四、政府信息公开的收费及减免情况)."""
    end = text.rfind("\n", 0, offset) + 1
    while end > 0 and text[end - 1].isspace():
        end -= 1
    heading = text[text.rfind("\n", 0, end) + 1 : end]
    named = _fees().context.search(heading) and _fees().word.search(heading)
    return named is not None and len(heading) <= _LONGEST_HEADING and not heading.endswith(tuple(_STOPS))


def _spoken(prose: Prose) -> Iterator[tuple[int, int]]:
    """The sentences that speak of the fee, up to where they speak of another charge.

    The form asks for the fee in section six, where 无收费情况 says enough.
    """
    words = _fees()
    for start, stop in _mentions(prose.text):
        other = words.other.search(prose.text, start, stop)
        end = stop if other is None else max(start, prose.text.rfind("，", start, other.start()))
        sentence = prose.text[start:end]
        brief = len(sentence) <= _BRIEF and _is_expected(prose, start)
        meant = (
            words.context.search(sentence)
            or (brief and not words.charged.search(sentence))
            or _is_headed(prose.text, start)
        )
        if words.named.search(sentence) or (meant and words.word.search(sentence)):
            yield start, end


def _mentions(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that hold a word for fees."""
    end = 0
    for mention in _fees().mention.finditer(text):
        if mention.start() >= end:
            start = max(text.rfind(stop, end, mention.start()) for stop in _STOPS) + 1
            stop = _STOP.search(text, mention.end())
            end = stop.start() if stop else len(text)
            yield start, end
