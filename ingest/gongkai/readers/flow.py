"""What stands between markup and the canonical text: lines, headings and tables in reading order.

HTML and Word both nest blocks in cells, and cells in tables that are there for the looks only; here a table
of data is told from a table of layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.document import CellText, Writer
from gongkai.readers.raw import MAX_PLACES, MAX_SPAN, Raw

_LONG = 1_500
"""A cell of more characters than this holds an article, not a value."""
_WIDE = r"\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


class Title(NamedTuple):
    """A heading."""

    text: str
    level: int


class Grid(NamedTuple):
    """A table of data."""

    cells: Sequence[CellText]


Item = str | Title | Grid
"""A line of text, a heading, or a table."""


@dataclass(slots=True)
class Box:
    """A cell of a table, before it has a column."""

    items: list[Item]
    rowspan: int = 1
    colspan: int = 1


def fold(text: str) -> str:
    """White space as a browser shows it: runs are one space, and a line break between ideographs is nothing.

    The latter is the rule of https://www.w3.org/TR/css-text-3/#line-break-transform.
    """
    words = text.split()
    if len(words) > 1:
        if "\n" in text:
            words = _BREAK.sub("", text).split()
        return " ".join(words)
    return words[0] if words else ""


def visible(text: str) -> str:
    """The text without characters that have no width."""
    for character in _INVISIBLE:
        if character in text:
            text = text.replace(character, "")
    return text


def table(raw: Raw, rows: list[list[Box]]) -> list[Item]:
    """A table: as one where it holds data, as its content where it is there for the looks.

    Raises:
        UnreadableError: the table is larger than any report's.
    """
    _refuse_size(raw, rows)
    if _is_layout(rows):
        return [item for row in rows for box in row for item in box.items]
    return [Grid(list(_placed(rows)))] if rows else []


def write(items: Sequence[Item], writer: Writer) -> None:
    """Hands blocks on."""
    for item in items:
        if isinstance(item, str):
            writer.paragraph(item)
        elif isinstance(item, Grid):
            writer.table(item.cells)
        else:
            writer.heading(item.text, item.level)


def _plain(item: Item) -> str:
    if isinstance(item, str):
        return item
    return " ".join(c.text for c in item.cells) if isinstance(item, Grid) else item.text


def _is_layout(rows: list[list[Box]]) -> bool:
    """Whether a table is for the looks: one column, an article or heading in a cell, mostly tables."""
    if max(map(len, rows), default=0) <= 1:
        return True
    own = nested = 0
    for row in rows:
        for box in row:
            tables = lines = 0
            for item in box.items:
                if isinstance(item, str):
                    lines += len(item)
                elif isinstance(item, Title):
                    return True
                else:
                    tables += len(_plain(item))
                if lines + tables > _LONG:
                    return True
            own += lines
            nested += tables
    return nested > own


def _refuse_size(raw: Raw, rows: list[list[Box]]) -> None:
    """Refuses what no report prints, before anything is laid out for it.

    Raises:
        UnreadableError: the table is larger than any report's.
    """
    broad = max((sum(box.colspan for box in row) for row in rows), default=0)
    tall = sum(b.colspan * min(b.rowspan, len(rows)) for row in rows for b in row if b.rowspan > 1)
    if broad > MAX_SPAN or max(tall, broad * len(rows)) > MAX_PLACES:
        raise raw.unreadable(f"a table of more than {MAX_SPAN} columns or {MAX_PLACES} places")


def _placed(rows: list[list[Box]]) -> Iterator[CellText]:
    """The cells with their places: each goes to the first column that is free in its row, as in HTML."""
    taken: dict[int, int] = {}  # column -> first row that is free
    for r, row in enumerate(rows):
        column = 0
        for box in row:
            while taken.get(column, 0) > r:
                column += 1
            items, width, height = box.items, box.colspan, box.rowspan
            text = items[0] if len(items) == 1 else "\n".join(map(_plain, items))
            if height > 1:
                height = min(height, len(rows) - r)
                taken.update(dict.fromkeys(range(column, column + width), r + height))
            yield CellText(text if isinstance(text, str) else _plain(text), r, column, height, width)
            column += width
