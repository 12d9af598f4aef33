"""What stands between markup and the canonical text: lines, headings and tables in reading order.

HTML and Word both nest blocks in cells, and cells in tables that are there for the looks only; here a table
of data is told from a table of layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.document import CellText, Writer
from gongkai.readers.raw import MAX_PLACES, MAX_SPAN, Raw

_LONG = 1_500
"""A cell of more characters than this holds an article, not a value."""
_WIDE = r"\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_BLANK = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; a heading where `level` is not 0."""

    text: str
    level: int = 0


@dataclass(slots=True)
class Box:
    """A cell of a table, before it has a column."""

    flow: Flow
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of data."""

    cells: tuple[CellText, ...]


@dataclass(slots=True)
class Flow:
    """Blocks in reading order, and the line that is being written."""

    items: list[Line | Grid] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    folds: bool = True
    """Whether white space is a browser's to fold, or stands as written."""

    def end_line(self, level: int = 0) -> None:
        """Ends the line; blanks alone make none."""
        if self.parts:
            text = "".join(self.parts)
            text = fold(text) if self.folds else _INVISIBLE.sub("", text).strip()
            self.parts.clear()
            if text:
                self.items.append(Line(text, level))

    def add_table(self, raw: Raw, rows: list[list[Box]]) -> None:
        """Adds a table: as one where it holds data, as its content where it is there for the looks."""
        _refuse_size(raw, rows)
        if _is_layout(rows):
            for row in rows:
                for box in row:
                    self.items.extend(box.flow.items)
        elif rows:
            self.items.append(Grid(tuple(_placed(rows))))

    def plain(self) -> str:
        """Its text, a line each."""
        return "\n".join(_plain(item) for item in self.items)

    def write(self, writer: Writer) -> None:
        """Hands its blocks on."""
        for item in self.items:
            if isinstance(item, Grid):
                writer.table(item.cells)
            elif item.level:
                writer.heading(item.text, item.level)
            else:
                writer.paragraph(item.text)


def fold(text: str) -> str:
    """White space as a browser shows it: runs are one space, and a line break between ideographs is nothing.

    The latter is the rule of https://www.w3.org/TR/css-text-3/#line-break-transform.
    """
    text = _INVISIBLE.sub("", text)
    if "\n" in text or "\r" in text:
        text = _BREAK.sub("", text)
    return _BLANK.sub(" ", text).strip()


def _plain(item: Line | Grid) -> str:
    return item.text if isinstance(item, Line) else " ".join(c.text for c in item.cells)


def _is_layout(rows: list[list[Box]]) -> bool:
    """Whether a table is for the looks: one column, an article or heading in a cell, mostly tables."""
    if max(map(len, rows), default=0) <= 1:
        return True
    own = nested = 0
    for row in rows:
        for box in row:
            lines = tables = 0
            for item in box.flow.items:
                if isinstance(item, Grid):
                    tables += len(_plain(item))
                else:
                    lines += len(item.text)
                if lines + tables > _LONG or (isinstance(item, Line) and item.level):
                    return True
            own += lines
            nested += tables
    return nested > own


def _refuse_size(raw: Raw, rows: list[list[Box]]) -> None:
    """Refuses what no report prints, before anything is laid out for it.

    Raises:
        UnreadableError: the table is larger than any report's.
    """
    height = len(rows)
    wide = max((box.colspan for row in rows for box in row), default=0)
    places = sum(box.colspan * min(box.rowspan, height) for row in rows for box in row)
    broad = max((sum(box.colspan for box in row) for row in rows), default=0)
    if wide > MAX_SPAN or max(places, broad * height) > MAX_PLACES:
        raise raw.unreadable(f"a table of more than {MAX_SPAN} columns or {MAX_PLACES} places")


def _placed(rows: list[list[Box]]) -> Iterator[CellText]:
    """The cells with their places: each goes to the first column that is free in its row, as in HTML."""
    taken: dict[int, int] = {}  # column -> first row that is free
    for r, row in enumerate(rows):
        column = 0
        for box in row:
            while taken.get(column, 0) > r:
                column += 1
            width, height = box.colspan, min(box.rowspan, len(rows) - r)
            for c in range(column, column + width):
                taken[c] = r + height
            yield CellText(box.flow.plain(), r, column, height, width)
            column += width
