"""What a source says, as one canonical text and its blocks. Values only.

`Document.text` is fixed once by the reader; every offset afterwards counts code points of it. A reader writes its blocks
through `Writer`, so that text and spans can never disagree.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate, count
from operator import add
from typing import NamedTuple, Self

_LONG = 100
_WORD = re.compile(r"\S+")
_ROW_ENDS = re.compile(r"(?:\s[\d.,，/／—-]+){3}\s+[^\s\d/／—-]")
"""Three numbers or more in a line, and a word after them."""


class _Range(NamedTuple):
    start: int
    end: int


class Span(_Range):
    """A half-open range of code points, `text[start:end]`."""

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        """A range that is one.

        Raises:
            ValueError: it begins before the text, or ends before it begins.
        """
        if not 0 <= start <= end:
            msg = f"not a span: {start}–{end}"
            raise ValueError(msg)
        return tuple.__new__(cls, (start, end))

    def covers(self, other: Span) -> bool:
        """Whether all of another lies in it."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes that were read, by name and hash; the name is the file's own, without its folder."""

    name: str
    media_type: str
    sha256: str
    size: int
    address: str | None = None
    """Where it was published, when the reader or the collector knows."""
    link: str | None = None
    """The words of the link that led there, when the collector knows."""
    part: int | None = None
    """Which of several reports in the source, from 1; None where it holds one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` is 1 for a title."""

    span: Span
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a line of a source that has lines only."""

    span: Span


class Cell(NamedTuple):
    """A cell of a table; a merged cell is one value that stands at every place it covers."""

    span: Span
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a rectangle: `rows[r][c]` is the cell that covers the place, merges expanded; None where nothing is."""

    span: Span
    rows: tuple[tuple[Cell | None, ...], ...]

    def cells(self) -> Iterator[Cell]:
        """Each cell once, row by row."""
        for r, row in enumerate(self.rows):
            for c, cell in enumerate(row):
                if cell is not None and (cell.row, cell.column) == (r, c):
                    yield cell

    def lines(self) -> Iterator[Span]:
        """The rows that are a single cell: running text, where a page sets all of a report as one table."""
        for r in range(len(self.rows)):
            line = self.line(r)
            if line is not None:
                yield line

    def line(self, row: int) -> Span | None:
        """The text of a row that is a single cell; None where it has several, or a part of one."""
        cells = {cell for cell in self.rows[row] if cell is not None}
        alone = cells.pop() if len(cells) == 1 else None
        return alone.span if alone is not None and (alone.row, alone.rowspan) == (row, 1) else None


Block = Heading | Paragraph | Table


class Note(StrEnum):
    """What a reader has to say of its own work."""

    ENCODING_GUESSED = "encoding-guessed"
    TRANSLITERATED = "transliterated"  # from traditional characters, or freed of readings behind them
    RECOGNISED = "recognised"  # by optical character recognition
    GRID_RECOVERED = "grid-recovered"  # a table rebuilt from positions on a page


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a person looks it up: page (from 1, or None where there are no pages), and line (from 1) in it."""

    page: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """One source as read.

    `pages` holds the offset at which each page begins, empty where the format has no pages. `metadata` is what the
    source says outside its text (an HTML meta element, a PDF's or a Word file's properties), as written.
    """

    source: Source
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[int, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    notes: frozenset[Note] = frozenset()
    _lines: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        *lengths, _ = map(len, self.text.split("\n"))
        object.__setattr__(self, "_lines", tuple(map(add, accumulate(lengths, initial=0), count())))

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def ends_at(self, offset: int) -> bool:
        """Whether nothing but white space follows an offset: what a document breaks off in may have gone on there."""
        return _WORD.search(self.text, offset) is None

    def lines(self) -> Iterator[Span]:
        """Running text in reading order: the blocks outside tables, and the rows of tables that are a single cell."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.lines()
            else:
                yield block.span

    def part(self, number: int, span: Span) -> Document:
        """A part of the document as a document of its own: offsets count from its beginning, pages stay."""
        return replace(
            self,
            source=replace(self.source, part=number),
            text=self[span],
            blocks=tuple(_moved(block, span.start) for block in self.blocks if span.covers(block.span)),
            pages=tuple(max(0, page - span.start) for page in self.pages if page < span.end),
        )

    def place(self, offset: int) -> Place:
        """Page and line of an offset."""
        line = bisect_right(self._lines, offset)
        page = bisect_right(self.pages, offset) or None
        if page is None:
            return Place(None, line)
        return Place(page, line - bisect_right(self._lines, self.pages[page - 1]) + 1)


def _moved(block: Block, back: int) -> Block:
    def span(of: Span) -> Span:
        return Span(of.start - back, of.end - back)

    if isinstance(block, Table):
        moved = {cell: cell._replace(span=span(cell.span)) for row in block.rows for cell in row if cell}
        rows = tuple(tuple(moved[cell] if cell else None for cell in row) for row in block.rows)
        return Table(span(block.span), rows)
    return replace(block, span=span(block.span))


class CellText(NamedTuple):
    """A cell as a reader found it, before it has a place in the canonical text."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


class Writer:
    """Builds the canonical text and the blocks beside it.

    A block is followed by a line feed; the cells of a table row by tabs. White space inside a cell is the reader's to
    keep or fold; tabs and line feeds become spaces, since they are the separators.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[int] = []

    def page(self, ahead: int = 0) -> None:
        """Begins a page, here or so many code points further on, inside the block that is written next."""
        self._pages.append(self._length + ahead)

    def heading(self, text: str, level: int = 2) -> None:
        """Adds a heading."""
        self._blocks.append(Heading(self._line(text), level))

    def paragraph(self, text: str) -> None:
        """Adds a paragraph; an empty one is a blank line and no block.

        A long one that holds several rows of numbers has lost its line ends: each of its words is a block.
        """
        span = self._line(text)
        if len(text) > _LONG and len(_ROW_ENDS.findall(text)) > 1:
            words = (Span(span.start + w.start(), span.start + w.end()) for w in _WORD.finditer(text))
            self._blocks += map(Paragraph, words)
        elif text and not text.isspace():
            self._blocks.append(Paragraph(span))

    def table(self, cells: Sequence[CellText]) -> None:
        """Adds a table from its cells in reading order; a place that two cells claim stays with the first."""
        _, rows, columns, rowspans, colspans = zip(*cells, strict=True) if cells else ((),) * 5
        height = max(map(add, rows, rowspans), default=0)
        width = max(map(add, columns, colspans), default=0)
        grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        begin, before, parts = self._length, -1, self._parts
        at = begin
        for text, row, column, rowspan, colspan in cells:
            if before >= 0:
                parts.append("\t" if row == before else "\n")
                at += 1
            before = row
            line = text.replace("\t", " ").replace("\n", " ") if "\n" in text or "\t" in text else text
            parts.append(line)
            end = at + len(line)
            cell = Cell(Span._make((at, end)), row, column, rowspan, colspan)
            at = end
            if rowspan == colspan == 1:
                grid[row][column] = grid[row][column] or cell
                continue
            for places in grid[row : row + rowspan]:
                for c in range(column, column + colspan):
                    if places[c] is None:
                        places[c] = cell
        self._length = at
        self._blocks.append(Table(Span(begin, at), tuple(map(tuple, grid))))
        self._write("\n")

    def document(
        self,
        source: Source,
        *,
        metadata: Sequence[tuple[str, str]] = (),
        notes: frozenset[Note] = frozenset(),
    ) -> Document:
        """The document written so far."""
        return Document(
            source, "".join(self._parts), tuple(self._blocks), tuple(self._pages), tuple(metadata), notes
        )

    def _line(self, text: str) -> Span:
        start = self._length
        self._write(text)
        self._write("\n")
        return Span._make((start, start + len(text)))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
