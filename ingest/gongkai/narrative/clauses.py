"""A text as clauses: what stands between two stops, with the numeral that begins it (一是, （二）, 3. …).

Titles, quotations and brackets are no place to cut. Offsets are those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

NUMERALS = "一二三四五六七八九十"
_NUMERAL = rf"[{NUMERALS}]{{1,3}}|\d{{1,2}}"
_MARKS = (
    ("is", rf"([{NUMERALS}]{{1,2}})(?:、)?[是要](?!否)(?:要)?[：:，,]?"),
    ("nth", rf"第({_NUMERAL})(?:个|点|方面)?(?:[是，,、：:]|(?<=点)|(?<=方面))"),
    ("its", rf"其([{NUMERALS}])[是，,、：:]"),
    ("issue", rf"(?:主要|突出|存在)?问题({_NUMERAL})(?:[是：:、.．\s]|(?=\n))"),
    ("remedy", rf"(?:改进|整改)?(?:措施|举措)({_NUMERAL})(?:[是：:、.．\s]|(?=\n))"),
    ("wide", rf"[（(]([{NUMERALS}]{{1,3}})[）)][、.．]?(?:是(?!否))?"),
    ("bracket", r"(?:[（(](\d{1,2})[）)]|(\d{1,2})[)）])[、.．]?(?:是(?!否))?"),
    ("comma", rf"([{NUMERALS}]{{1,3}})[、，,]"),
    ("digit", r"(\d{1,2})(?:[.．、](?!\d)|是)"),
    ("circle", "([①-⑳])"),
    ("order", "(首先|其次|再次|再者|最后)[，,、是：:]?"),
    ("side", "(一方面|另一方面)[，,、是：:]?"),
)
"""The numerals that count items, by series: those of one series count on from each other."""
_BEGINNING = tuple((series, re.compile(pattern)) for series, pattern in _MARKS)
_ANY = re.compile(rf"[{NUMERALS}\d（(①-⑳第其首再最另]|.{{0,2}}(?:问题|措施|举措)")
"""What a clause begins with, if a numeral begins it."""
_INSIDE = (
    rf"(?<=一)(?<![{NUMERALS}统唯单同专第之每某这那].)是(?!否)"
    rf"|(?<=[（(])(?<!第.)[{NUMERALS}]{{1,3}}[）)](?=[^\s，。；、项款])|(?<=[①-⑳])|(?<=[^\W\d]\d)\d?[.．](?=[^\W\d])"
)
"""Where a numeral begins a clause though no stop stands before it, behind its first character."""
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 4, "一方面": 1, "另一方面": 2}
_STOPS = "，,；;。！!？?：:\n"
_CUT = re.compile(
    rf"[《“{_STOPS}一（(①-⑳\d](?:(?<=《)[^《》\n]{{1,120}}》|(?<=“)[^“”\n]{{1,60}}”|(?P<stop>(?<=[{_STOPS}]))|(?P<mark>{_INSIDE}))"
)
"""One class of characters comes first, which is found quickest."""
_SENTENCE = "。！!？?\n"
_BLANK = re.compile(r"[\s　•·●◆■★▲\-—]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A numeral that begins an item: its series, its place in the count."""

    series: str
    number: int


class Clause(NamedTuple):
    """A clause without numeral and stop; `stop` is the character behind it, "" where another begins at once."""

    start: int
    end: int
    text: str
    stop: str
    mark: Mark | None = None

    @property
    def ends_sentence(self) -> bool:
        """Whether a full stop or the end of a paragraph follows."""
        return self.stop in _SENTENCE and self.stop != ""


def clauses(text: str, start: int = 0, end: int | None = None) -> Iterator[Clause]:
    """The clauses of a stretch of a text, in order; none is empty."""
    end = len(text) if end is None else end
    waiting: Mark | None = None
    for begin, stop_at, stop in _pieces(text, start, end):
        mark, body = _mark(text, begin, stop_at)
        body = _skip(text, body, stop_at)
        close = stop_at
        while close > body and text[close - 1].isspace():
            close -= 1
        if close > body:
            yield Clause(body, close, text[body:close], stop, mark or waiting)
            waiting = None
        else:
            waiting = mark or waiting


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    begin = start
    for cut in _CUT.finditer(text, start, end):
        kind = cut.lastgroup
        if kind == "stop" and not _is_inside_number(text, cut.start()):
            yield begin, cut.start(), cut[0]
            begin = cut.end()
        elif kind == "mark" and cut.start() > begin and text[begin : cut.start()].strip():
            yield begin, cut.start(), ""
            begin = cut.start()
    if begin < end:
        yield begin, end, "\n"


def _is_inside_number(text: str, offset: int) -> bool:
    """Whether a comma or colon stands between digits (1,234 or 8:30) or begins an address (https://)."""
    if text[offset] not in ",:：":
        return False
    before, after = text[max(0, offset - 1) : offset], text[offset + 1 : offset + 2]
    return (before.isdigit() and after.isdigit()) or text.startswith("//", offset + 1)


def _mark(text: str, begin: int, end: int) -> tuple[Mark | None, int]:
    begin = _skip(text, begin, end)
    if _ANY.match(text, begin, end) is None:
        return None, begin
    for series, pattern in _BEGINNING:
        found = pattern.match(text, begin, min(end + 1, len(text)))
        if found:
            printed = next(g for g in found.groups() if g)
            return Mark(series, number(printed)), min(found.end(), end)
    return None, begin


def _skip(text: str, begin: int, end: int) -> int:
    found = _BLANK.match(text, begin, end)
    return found.end() if found else begin


def number(printed: str) -> int:
    """The place in a count that a numeral says.

    >>> number("十二"), number("３"), number("②"), number("其次")
    (12, 3, 2, 2)
    """
    if printed in _ORDER:
        return _ORDER[printed]
    if printed.isdecimal():
        return int(printed)
    if len(printed) == 1 and "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    tens, _, ones = printed.rpartition("十")
    digits = {c: i + 1 for i, c in enumerate(NUMERALS)}
    if "十" not in printed:
        return digits.get(printed, 1)
    return digits.get(tens, 1) * 10 + digits.get(ones, 0)
