"""Sheets in order as one document: page numbers left out, and what a page break cut made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from gongkai.document import Document, Note, Writer
from gongkai.readers import unruled
from gongkai.readers.fields import Region
from gongkai.readers.grid import regions
from gongkai.readers.raw import Raw
from gongkai.readers.sheaf import Table
from gongkai.readers.sheet import Run, Sheet, TextLine, joined, lines

_MARGIN = 0.1
"""The share of a page's height at its head and its foot where running lines stand."""
_SPACIOUS = 1.2
_SPACE = 0.6
"""The widest space within a page number, in heights of its type."""
_DASH = r"[-–—―－─·•~]"
_DASHED_NUMBER = re.compile(rf"{_DASH}+\s*\d{{1,4}}\s*{_DASH}+")
"""Between dashes that stand close to it a number is that of the page even in a row of a table."""
_PAGE_NUMBER = re.compile(
    _DASHED_NUMBER.pattern + r"|第\s*\d{1,4}\s*页(?:[/／,，\s]*共\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"
)
_PLAIN_NUMBER = re.compile(rf"{_DASH}*\s*\d{{1,4}}\s*{_DASH}*")
_NUMBERS = re.compile(r"\s*\d[\d\s.,]*\s[\d\s.,]*")
"""A row of a table, which others may be like."""
_ORDINAL = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[、．]|第[一二三四五六七八九十]+[条章节]"
)

Item = TextLine | Region


@dataclass(frozen=True, slots=True)
class _Measure:
    """How the text is set: its margins, the size of its type, and the distance of its lines."""

    left: float
    right: float
    size: float
    pitch: float


def document(
    raw: Raw,
    media_type: str,
    sheets: Sequence[Sheet],
    metadata: Sequence[tuple[str, str]] = (),
    notes: Sequence[Note] = (),
) -> Document:
    """The lines as paragraphs and the ruled tables as tables, across pages.

    Raises:
        UnreadableError: there is no text at all.
    """
    pages = _without_running([_items(sheet) for sheet in sheets], sheets)
    if not any(pages):
        raise raw.unreadable("no page has text that can be read; scan it more clearly, or give the text")
    binder = _Binder(_measure(pages), exact=Note.RECOGNISED not in notes)
    for page in pages:
        binder.add_page(page)
    writer = Writer()
    tables = binder.write(writer)
    found = {Note.GRID_RECOVERED} if tables else set()
    return writer.document(raw.source(media_type), metadata=metadata, notes=frozenset(found.union(notes)))


def _items(sheet: Sheet) -> list[Item]:
    """The lines and tables of a page from the top down."""
    runs = _without_page_number(sheet)
    tables = regions(Sheet(sheet.width, sheet.height, tuple(runs), sheet.across, sheet.down))
    body = (_MARGIN * sheet.height, (1 - _MARGIN) * sheet.height)
    if not tables:
        return [*unruled.lines(runs, _SPACIOUS, body)]
    free = runs
    for table in tables:
        free = table.outside(free)
    tables[-1], free = tables[-1].with_spilled(free)
    items: list[Item] = []
    for table in tables:
        beside = [r for r in free if table.top < r.middle < table.bottom and r.right < table.left + 3]
        free = [r for r in free if r not in beside]
        items.append(replace(table, beside=tuple(lines(beside, _SPACIOUS))))
    items += unruled.lines(free, _SPACIOUS, body)
    return sorted(items, key=lambda i: i.top)


def _without_page_number(sheet: Sheet) -> list[Run]:
    """The runs without a page number at the head or the foot, even where it is set into a table."""
    begins, ends = 2 * _MARGIN * sheet.height, 2 * (1 - _MARGIN) * sheet.height
    edge = [r for r in sheet.runs if not begins < r[2] + r[4] < ends]
    dropped: set[Run] = set()
    for line in lines(edge, 99):
        if _PAGE_NUMBER.fullmatch(line.text):
            dropped.update(r for r in edge if line.top <= r.middle <= line.top + 2 * line.size)
    for phrase in _phrases(edge):
        if _DASHED_NUMBER.fullmatch("".join(r.text for r in phrase)):
            dropped.update(phrase)
    return [r for r in sheet.runs if r not in dropped] if dropped else list(sheet.runs)


def _phrases(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs that follow each other on one line with no more than a space between them."""
    phrase: list[Run] = []
    for run in runs:
        if phrase:
            before = phrase[-1]
            beside = abs(run.middle - before.middle) < before.height / 2
            if not (beside and -1 < run.left - before.right < _SPACE * before.height):
                yield phrase
                phrase = []
        phrase.append(run)
    yield phrase


def _without_running(pages: list[list[Item]], sheets: Sequence[Sheet]) -> list[list[Item]]:
    """The pages without plain page numbers, and without the lines that each repeats at its head or foot."""
    edges = [page[i] for page in pages for i in {0, 1, len(page) - 2, len(page) - 1} if 0 <= i < len(page)]
    texts = (item.text for item in edges if isinstance(item, TextLine))
    repeated = Counter(_mask(text) for text in texts if not _NUMBERS.fullmatch(text))
    often = {text for text, times in repeated.items() if times > max(1, 0.6 * len(pages))}

    def keeps(item: Item, sheet: Sheet, outermost: bool) -> bool:
        if not isinstance(item, TextLine) or _MARGIN < item.top / sheet.height < 1 - 2 * _MARGIN:
            return True
        return _mask(item.text) not in often and not (outermost and _PLAIN_NUMBER.fullmatch(item.text))

    return [
        [item for i, item in enumerate(page) if keeps(item, sheet, i in {0, len(page) - 1})]
        for page, sheet in zip(pages, sheets, strict=True)
    ]


def _mask(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _measure(pages: list[list[Item]]) -> _Measure:
    """The measure that most lines keep."""
    found = [i for page in pages for i in page if isinstance(i, TextLine)]
    if not found:
        return _Measure(0, 0, 0, 0)
    size = median(line.size for line in found)
    body = [line for line in found if abs(line.size - size) < 0.2 * size] or found
    left = median(_near_least([line.left for line in body], 1.5 * size))
    right = -median(_near_least([-line.right for line in body], 4 * size))
    steps = [
        b.top - a.top
        for page in pages
        for a, b in pairwise(page)
        if isinstance(a, TextLine) and isinstance(b, TextLine) and a.right > right - 2 * size
    ]
    return _Measure(left, right, size, median(steps) if steps else 1.6 * size)


def _near_least(values: list[float], reach: float) -> list[float]:
    """The values within reach of the third least: one or two that stand out are no margin."""
    least = sorted(values)[:3][-1]
    return [v for v in values if v <= least + reach]


@dataclass(slots=True)
class _Text:
    """A paragraph that is being put together; `breaks` are the offsets in it where pages begin."""

    text: str
    last: TextLine
    level: int
    breaks: list[int]


class _Binder:
    """Puts pages together."""

    def __init__(self, measure: _Measure, *, exact: bool) -> None:
        self.measure = measure
        self.exact = exact
        self.blocks: list[_Text | Table] = []
        self.empty: list[int] = []  # for pages without anything: the blocks before them
        self.new_page = True

    def add_page(self, page: Sequence[Item]) -> None:
        """Adds what stands on the next page."""
        self.new_page = True
        for item in page:
            if isinstance(item, Region):
                self._add_table(item)
            else:
                self._add_line(item)
            self.new_page = False
        if self.new_page:
            self.empty.append(len(self.blocks))

    def _add_table(self, region: Region) -> None:
        last = self.blocks[-1] if self.blocks else None
        if self.new_page and isinstance(last, Table) and last.goes_on_in(region):
            last.add(region)
        else:
            self.blocks.append(Table(region, begins_page=self.new_page))
            for line in region.beside:
                self._add_line(line)

    def _add_line(self, line: TextLine) -> None:
        last = self.blocks[-1] if self.blocks else None
        level = self._level(line)
        if isinstance(last, _Text) and last.level == level and self._goes_on(last, line):
            if self.new_page:
                last.breaks.append(len(last.text))
            last.text = joined(last.text, line.text, full=True)
            last.last = line
        else:
            self.blocks.append(_Text(line.text, line, level, [0] if self.new_page else []))

    def _level(self, line: TextLine) -> int:
        """A line in markedly larger type is the title; where sizes are not exact, none that fills the measure."""
        m = self.measure
        fills = not self.exact and line.left < m.left + line.size and line.right > m.right - 3 * line.size
        return 1 if line.size > 1.25 * m.size and not fills and len(line.text) < 60 else 0

    def _goes_on(self, last: _Text, line: TextLine) -> bool:
        """Whether a line belongs to the paragraph before it."""
        before, m = last.last, self.measure
        if "\t" in before.text or "\t" in line.text:
            return False  # rows of a table without lines
        step = line.top - before.top
        if not self.new_page and not 0 < step < 1.3 * max(m.pitch, line.size * 1.3):
            return False
        if not 0.8 < line.size / before.size < 1.25:
            return False
        if last.level:
            return not self.new_page
        indented = line.left > m.left + 1.2 * line.size
        full = before.right > m.right - 2.4 * before.size
        return full and not indented and not _ORDINAL.match(line.text)

    def write(self, writer: Writer) -> int:
        """Hands the blocks on; the number of tables among them."""
        for i, block in enumerate(self.blocks):
            for _ in range(self.empty.count(i)):
                writer.page()
            for offset in block.breaks:
                writer.page(ahead=offset)
            if isinstance(block, Table):
                writer.table(block.cells())
            elif block.level:
                writer.heading(block.text, block.level)
            else:
                writer.paragraph(block.text)
        for _ in range(self.empty.count(len(self.blocks))):
            writer.page()
        return sum(isinstance(b, Table) for b in self.blocks)
