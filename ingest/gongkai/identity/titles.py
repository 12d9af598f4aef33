"""The title of a report: what reads like one before the report begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gongkai.document import Span
from gongkai.identity.dates import NO_MONTH, YEAR, lines
from gongkai.report import Statement

TITLE = re.compile(
    r"[^。;!?]{0,70}?(?:政府信息|政务|信息)\s*公\s*开[^。;!?,]{0,16}?(?:报\s*告|年\s*报)"
    r"(?:\s*\([^)]{1,14}\))?(?=$|\s+\S{0,8}(?:来源|时间|日期|字体|字号|浏览|作者|打印|分享|二维码)|\s*[\[【]|\s*[-_|—]+\s*[一-鿿]{4,30}\s*$)"
)
# The beginning of a text, other papers, and the way to a page: 首页 > 信息公开 > 年度报告.
NO_TITLE = re.compile(
    r"^(?:根据|按照|依据|关于印发|关于做好|现将|本报告|一、|附件)|通知|格式|本报告|如下|[>»›]"
)
_OTHER_KIND = re.compile(
    r"^(?!.*(?:年\s*报|年\s*度\s*报)).*(?:(?:自查|自检|自评|整改|测评|评估|评查)(?!中心|协会|[院所处局科室办站])|季度|半年|月份)[^。;!?,]{0,16}报\s*告"
)
"""Of a check, or of a part of a year: no annual report. 评估中心 is an agency."""
SEPARATORS = re.compile(r"\s+[-_>|»›]\s*|[>»›_|]|\s{2,}|(?<=\D)-(?=\D)")
BEGIN = re.compile(r"(?:[一1１]\s*[、.．]\s*)?总\s*体\s*情\s*况|第\s*二\s*十\s*条\s*第")
LABEL = re.compile(r"[一-鿿]{0,2}(?:标\s*题|名\s*称)\s*[:|]?\s*")
_LONGEST = 60


def head(text: str) -> str:
    """What stands before the first section."""
    begin = BEGIN.search(text)
    return text[: begin.start()] if begin else text[:3000]


def is_title(words: str) -> bool:
    """Whether a line, width for width, is or begins with a title."""
    return _title(words, Span(0, len(words))) is not None


def titles(text: str) -> list[Statement[str]]:
    """What reads like a title, the best first: with a year, then the shortest; two lines may make one."""
    found = [*lines(head(text))]
    spans = [part for line in found for part in _parts(text, line)]
    spans += [Span(a.start, b.end) for a, b in pairwise(found) if b.start - a.end < 3]
    spans = [span for s in spans if (span := _title(text, s)) is not None]
    spans.sort(
        key=lambda s: (not re.search(YEAR + NO_MONTH, text[s.start : s.end]), s.end - s.start, s.start)
    )
    return [Statement(_plain(text[s.start : s.end]), s) for s in spans]


def of_another_kind(text: str) -> bool:
    """Whether a line before the first section is the title of a report on disclosure that is no annual one."""
    return any(
        m is not None and not NO_TITLE.search(m[0]) and _OTHER_KIND.match(m[0]) is not None
        for m in (TITLE.match(text[s.start : s.end]) for s in lines(head(text)))
    )


def beside(text: str, title: Span) -> str:
    """What stands after a title in its line, such as the name of its agency: …年度报告-清水县公安局."""
    end = text.find("\n", title.end)
    rest = text[title.end : end if end >= 0 else len(text)]
    m = re.fullmatch(r"\s*[-_|—]+\s*([一-鿿]{4,30})\s*", rest)
    return m[1] if m else ""


def _parts(text: str, line: Span) -> Iterator[Span]:
    """The parts of a line of navigation, and the whole line, without a label."""
    label = LABEL.match(text, line.start, line.end)
    start = label.end() if label else line.start
    line = Span(start, line.end)
    for m in SEPARATORS.finditer(text, line.start, line.end):
        yield Span(start, m.start())
        start = m.end()
    yield Span(start, line.end)
    if start > line.start:
        yield line


def _title(text: str, span: Span) -> Span | None:
    """The title that a line is or begins with."""
    m = TITLE.match(text[span.start : span.end])
    if (
        m is None
        or NO_TITLE.search(m.group())
        or _OTHER_KIND.match(m.group())
        or len(_plain(m.group())) > _LONGEST
    ):
        return None
    return Span(span.start, span.start + m.end())


def _plain(words: str) -> str:
    """Without the white space that is not between Latin words."""
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", words)
