"""The prose of a report: its text without tables, section headings, page numbers and line ends, every offset kept.

What was one word in print is one word here, wherever the source broke the line. Paragraphs end with a line feed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain

from gongkai.document import Document, Span, Table
from gongkai.narrative.model import Quote, made
from gongkai.report import Report

_NUMERALS = "一二三四五六七八九十"
ENUMERATOR = re.compile(
    rf"[{_NUMERALS}]{{1,3}}、|[（(][{_NUMERALS}\d]{{1,3}}[）)]|\d{{1,2}}(?:[.．、](?!\d)|[)）])|[①-⑩]"
    rf"|[{_NUMERALS}]是|第[{_NUMERALS}][,，、]"
)
_LINE = re.compile(r"[^\n]+")
_RUN = re.compile(r"\S+")
_PAGE_NUMBER = re.compile(r"[\s\-—–·•]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*/\s*\d{1,3})?[\s\-—–·•]*")
_OF_NUMBERS = f"0123456789０１２３４５６７８９.．,，〇零两百千万亿{_NUMERALS}"
_GOES_ON = tuple("，,、")
_ENDED = tuple("。！？!?；;：:")
_WIDE = dict(zip(",;:!?", "，；：！？", strict=True))
_WIDENED = frozenset("，；：！？（）“”")
_MARK = re.compile(r"[,;:!?](?:(?<=[^\x00-\x7f].)|(?=[^\x00-\x7f]))")
_BRACKETED = re.compile(r"\(([^()\n]*[^\x00-\x7f()\n][^()\n]*)\)")
_QUOTED = re.compile(r'"([^"\n]*[^\x00-\x7f"\n][^"\n]*)"')
_SHORT = 30  # narrower lines tell nothing of the width of the page
_WRAPPED = 0.8


@dataclass(frozen=True, slots=True)
class Prose:
    """The prose as one text. `runs` are the places, in it and in the document, where both go on side by side."""

    source: str
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    sections: tuple[tuple[int, int], ...]
    """(offset in `text`, number of the section that begins there); 0 stands before the first heading."""

    @classmethod
    def of(cls, text: str) -> Prose:
        """A text that is prose already."""
        return cls(text, text, (0,), (0,), ((0, 0),))

    def origin(self, offset: int) -> int:
        """The offset in the document of a character of the prose."""
        i = bisect_right(self.starts, offset) - 1
        return self.origins[i] + offset - self.starts[i]

    def span(self, start: int, end: int) -> Span:
        """The place in the document of a stretch of the prose that is not empty."""
        i = bisect_right(self.starts, start)
        shift = self.origins[i - 1] - self.starts[i - 1]
        if i == len(self.starts) or end <= self.starts[i]:
            return made(Span, (start + shift, end + shift))
        return made(Span, (start + shift, self.origin(end - 1) + 1))

    def quote(self, start: int, end: int) -> Quote:
        """The words of the document at a stretch of the prose."""
        span = self.span(start, end)
        return made(Quote, (self.source[span.start : span.end], span))

    def within(self, quote: Quote, start: int, end: int, part: tuple[int, int]) -> Span:
        """The place in the document of a part of a stretch that is quoted."""
        shift = quote.span.start - start
        if quote.span.end - end == shift:  # they go on side by side, as they mostly do
            return made(Span, (part[0] + shift, part[1] + shift))
        return self.span(*part)

    def printed(self, start: int, end: int) -> str:
        """A stretch of the prose with its marks as wide as the document has them."""
        words = self.text[start:end]
        if _WIDENED.isdisjoint(words):
            return words
        return "".join(
            self.source[self.origin(start + i)] if mark in _WIDENED else mark for i, mark in enumerate(words)
        )

    def section(self, offset: int) -> int:
        """The number of the section that an offset of the prose lies in."""
        return self.sections[bisect_right(self.sections, (offset, 9)) - 1][1]

    def passages(self) -> Iterator[tuple[int, int, int]]:
        """(section, start, end) of each section's prose."""
        ends = [*(start for start, _ in self.sections[1:]), len(self.text)]
        for (start, number), end in zip(self.sections, ends, strict=True):
            yield number, start, end


def prose(report: Report) -> Prose:
    """The prose of a report."""
    builder = _Builder(report.document.text)
    regions = [
        (number, [m.span() for m in _LINE.finditer(builder.source, region.start, region.end)])
        for number, region in _regions(report)
    ]
    widths = [[_width(builder.source[a:b]) for a, b in lines] for _, lines in regions]
    page = _full_width(chain(*widths))
    for (number, lines), own in zip(regions, widths, strict=True):
        builder.section(number)
        full = _WRAPPED * (_full_width(own) or page)
        for start, end in lines:
            builder.line(start, end, full)
    return builder.prose()


class _Builder:
    """Writes prose, a line of the source after another."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._runs: list[tuple[str, int]] = []
        """Words, and where in the document they begin."""
        self._sections: list[tuple[int, int]] = []
        """Runs before a section, and its number."""
        self._end = 0
        self._before = ""

    def section(self, number: int) -> None:
        """Begins a stretch of a section: a paragraph of its own."""
        self._break()
        if not self._sections or self._sections[-1][1] != number:
            self._sections.append((len(self._runs), number))

    def line(self, start: int, end: int, full: float) -> None:
        """Adds a line; it goes on with the one before, if that was `full` wide, or begins a paragraph."""
        line = self.source[start:end].strip()
        if not line or _PAGE_NUMBER.fullmatch(line):
            return
        if self._before and _breaks(self._before, line, full):
            self._break()
        for run in _RUN.finditer(self.source, start, end):
            self._run(run[0], run.start())
        self._before = line

    def prose(self) -> Prose:
        """The prose written so far."""
        words, origins = zip(*self._runs or [("", 0)], strict=True)
        *starts, length = accumulate(map(len, words), initial=0)
        sections = tuple((starts[i] if i < len(starts) else length, number) for i, number in self._sections)
        return Prose(self.source, _folded("".join(words)), tuple(starts), origins, sections or ((0, 0),))

    def _break(self) -> None:
        if self._before:
            self._runs.append(("\n", self._end))
        self._before = ""

    def _run(self, words: str, start: int) -> None:
        """Adds what stands without a blank; numbers and Latin words that a blank parts stay apart."""
        if words[0].isascii() and words[0].isalnum() and self._runs:
            last = self._runs[-1][0][-1]
            if last.isascii() and last.isalnum():
                self._runs.append((" ", self._end))
        self._runs.append((words, start))
        self._end = start + len(words)


def _folded(text: str) -> str:
    """A text with the marks of Chinese print where half as wide ones stand beside Chinese characters.

    >>> _folded("公开12条,其中(含转载)3条;1,200次")
    '公开12条，其中（含转载）3条；1,200次'
    >>> _folded('解读"惠民30条"')
    '解读“惠民30条”'
    """
    text = _BRACKETED.sub(lambda bracket: f"（{bracket[1]}）", text)
    if '"' in text:
        text = _QUOTED.sub(lambda quote: f"“{quote[1]}”", text)
    return _MARK.sub(lambda mark: _WIDE[mark[0]], text)


def _breaks(before: str, line: str, full: float) -> bool:
    """Whether a line begins a paragraph and does not only go on with the line before it."""
    if before.endswith(_ENDED) or ENUMERATOR.match(line):
        return True
    return not before.endswith(_GOES_ON) and _width(before) < full


def _width(line: str) -> float:
    """How wide a line is set: a Chinese character counts 2, a Latin one 1 (they take 3 and 1 bytes of UTF-8)."""
    return (len(line) + len(line.encode())) / 2


def _full_width(widths: Iterable[float]) -> float:
    """The width of a full line: nine of ten lines of any length are not wider."""
    long = sorted(w for w in widths if w > _SHORT)
    return long[len(long) * 9 // 10] if long else 0.0


def _regions(report: Report) -> Iterator[tuple[int, Span]]:
    """The stretches of the document that may hold prose, each with the number of its section."""
    end = _end(report)
    sections = sorted(report.sections, key=lambda s: s.content.start)
    tables = [*_tables(report), *_rows(report.document)]
    first = min((s.heading.start if s.heading else s.content.start for s in sections), default=end)
    spans = [(0, Span(0, first)), *((s.section.number, s.content) for s in sections)]
    beyond = Span(end, len(report.document.text))
    done = 0
    for number, span in spans:
        if span.end > done:  # two sections whose headings are lost may be found in the same words
            for rest in _without(Span(max(span.start, done), span.end), [*tables, beyond]):
                yield number, rest
            done = span.end


def _end(report: Report) -> int:
    """Where what can be read ends: of a number at which a document breaks off, nobody knows the digits that are lost."""
    text = report.document.text
    written = text.rstrip()
    end = len(written.rstrip(_OF_NUMBERS))
    return end if report.excerpt and end < len(written) else len(text)


def _tables(report: Report) -> Iterator[Span]:
    """The regions of the tables; one that seems to begin before its section, by a label in a menu, begins there."""
    contents = {s.section.table: s.content for s in report.sections if s.section.table is not None}
    for table in report.tables:
        home = contents.get(table.key, table.region)
        start = max(table.region.start, home.start)
        yield Span(min(start, table.region.end), table.region.end)


def _rows(document: Document) -> Iterator[Span]:
    """The rows of all tables but those that are a single cell, which holds prose as well as a paragraph does."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _without(block.span, block.lines())


def _without(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span outside of the holes."""
    start = span.start
    for hole in sorted(h for h in holes if h.overlaps(span)):
        if hole.start > start:
            yield Span(start, hole.start)
        start = max(start, hole.end)
    if start < span.end:
        yield Span(start, span.end)
