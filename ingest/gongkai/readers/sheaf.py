"""A table that goes on over pages: repeated heads left out, rows and cells cut by a page break made whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import takewhile

from gongkai.document import CellText
from gongkai.readers.fields import Field, Region, without_rows
from gongkai.readers.sheet import joined
from gongkai.readers.stops import middles, stops

_NEAR = 6.0
"""How far the sides of one column may lie apart on two pages."""
_SHIFTED = 24.0
"""How far one page may lie beside the other on the scanner."""
_MOST_HEADS = 6
_BEGINS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．]|第[一二三四五六七八九十]+"
)


class Table:
    """A table that is being put together from the pages it stands on."""

    def __init__(self, region: Region, *, begins_page: bool) -> None:
        self.left, self.right = region.left, region.right
        self.height = region.height
        self.fields = list(region.fields)
        self._page_rows = [0] if begins_page else []

    def goes_on_in(self, region: Region) -> bool:
        """Whether a table at the head of the next page is as wide, and not set elsewhere; labels may lack."""
        wider = (region.right - region.left) - (self.right - self.left)
        if abs(wider) < _NEAR + 0.005 * self.right and abs(self.left - region.left) < _SHIFTED:
            return True
        return abs(self.right - region.right) < _NEAR and bool(self._unframed(region))

    def _unframed(self, region: Region) -> list[Field]:
        """The labels of the last row that are missing to the left of a table on the next page."""
        labels = [f for f in self._last_row() if f.right < region.left + _NEAR and not f.is_value]
        return labels if labels and abs(max(f.right for f in labels) - region.left) < _NEAR else []

    def add(self, region: Region) -> None:
        """Adds what stands on the next page."""
        head = self._repeated(region)
        unframed = self._unframed(region)
        shift = 0 if unframed else self.left - region.left
        below = without_rows(region.fields, 0, head)
        if abs(shift) > 1:
            below = [Field(*f[:2], f.left + shift, f.right + shift, *f[4:]) for f in below]
        height = region.height - head
        blank = _blank_rows(below, range(height - 1))
        below = _opened(without_rows(below, 0, blank - 1), 0) if blank else below
        text = reduce(lambda text, line: joined(text, line.text, full=True), region.beside, "")
        below = [Field(0, height, f.left, f.right, text) for f in unframed] + below
        foot = _blank_rows(self.fields, range(self.height - 1, 0, -1))
        if foot:
            rest = self.height - foot + 1
            self.fields = _opened(without_rows(self.fields, rest, self.height), rest - 1)
            self.height = rest
        cut = self._cuts_row(below)
        self._append(below, height - max(blank - 1, 0), shared=bool(cut or blank or foot), cut=cut)

    def _append(self, below: list[Field], height: int, *, shared: bool, cut: bool) -> None:
        """Adds rows; a page break within a row makes the first of them and the last one the same."""
        start = self.height - shared
        heads = not any(f.is_value for f in self._last_row()) and not any(
            g.is_value for g in below if not g.row
        )
        lower = {
            id(f): g
            for f, g in self._halves(below)
            if _is_one(f, g, heads=heads) or (cut and f.rowspan == g.rowspan == 1)
        }
        taken = {id(g) for g in lower.values()}
        rest = [g for g in below if id(g) not in taken]
        begins = [g for g in rest if g.row == 0] if shared else []
        self.fields = [
            _whole(f, lower[id(f)], start) if id(f) in lower else _ended(f, start, begins)
            for f in self.fields
        ]
        self.fields += [Field(g[0] + start, *g[1:]) for g in rest]
        self.fields.sort(key=lambda f: (f.row, f.left))
        self.height = start + height
        self._page_rows.append(start + shared)

    def _repeated(self, region: Region) -> int:
        """How many rows at the head of the page repeat the head of the table."""
        for count in range(min(_MOST_HEADS, region.height - 1, self.height - 1), 0, -1):
            mine, other = (
                [(f.row, f.text) for f in fields if f.row < count] for fields in (self.fields, region.fields)
            )
            values = any(f.is_value for f in region.fields if f.row < count)
            if mine == other and not values and any(text for _, text in mine):
                return count
        return 0

    def _halves(self, below: list[Field]) -> Iterator[tuple[Field, Field]]:
        """The fields on both sides of the page break that stand in one column."""
        first = [g for g in below if g.row == 0]
        for f in self._last_row():
            for g in first:
                if abs(f.left - g.left) < _NEAR and abs(f.right - g.right) < _NEAR:
                    yield f, g

    def _last_row(self) -> list[Field]:
        return [f for f in self.fields if f.row + f.rowspan == self.height]

    def _cuts_row(self, below: list[Field]) -> bool:
        """Whether the last row of the one page and the first of the next are one row.

        They are where a label goes on and no column has a value on both sides, or where all labels stand on
        one side and all values on the other.
        """
        pairs = [(f, g) for f, g in self._halves(below) if f.rowspan == 1 and g.rowspan == 1]
        if not pairs or not all(not f.text or not g.text or _goes_on(f, g) for f, g in pairs):
            return False
        if any(f.text and g.text for f, g in pairs):
            return True
        above, below_it = [f.text for f, _ in pairs], [g.text for _, g in pairs]
        return bool(above[0]) and not any(above[1:]) and any(below_it)

    def cells(self) -> list[CellText]:
        """The cells with their columns."""
        sides = {side for f in self.fields for side in (f.left, f.right)}
        between = middles(stops(sides, _NEAR))
        columns = {side: bisect_right(between, side) for side in sides}
        return [
            CellText(text, row, columns[left], rowspan, columns[right] - columns[left] or 1)
            for row, rowspan, left, right, text, _ in self.fields
        ]

    @property
    def breaks(self) -> list[int]:
        """The offsets in its text where pages begin."""
        return [sum(len(f.text) + 1 for f in self.fields if f.row < row) for row in self._page_rows]


def _blank_rows(fields: Iterable[Field], rows: range) -> int:
    """How many rows from a page break on hold no text of their own: browsers leave such where they cut."""
    return sum(1 for _ in takewhile(lambda r: not any(f.text for f in fields if f.row == r), rows))


def _opened(fields: list[Field], row: int) -> list[Field]:
    """The fields without those of one row alone, which are blank."""
    return [f for f in fields if f.rowspan > 1 or f.row != row]


def _ended(field: Field, start: int, begins: list[Field]) -> Field:
    """A field cut short where another one begins in the row that both pages share."""
    if not field.row < start < field.row + field.rowspan:
        return field
    over = any(g.left < field.right - _NEAR and field.left < g.right - _NEAR for g in begins)
    return field._replace(rowspan=start - field.row) if over else field


def _is_one(above: Field, below: Field, *, heads: bool) -> bool:
    """Whether two halves are one merged cell that spans the rows around the page break.

    Among the heads of columns (`heads`) a blank below a label is the rest of its cell.
    """
    spans = above.rowspan > 1 or below.rowspan > 1 or (heads and not below.text)
    return spans and (not above.text or not below.text or _goes_on(above, below))


def _goes_on(above: Field, below: Field) -> bool:
    """Whether the text of one field goes on in another: the line is full, and no new item begins."""
    values = above.is_value or below.is_value
    return above.full and not values and not _BEGINS.match(below.text)


def _whole(above: Field, below: Field, start: int) -> Field:
    """Two halves as one field; `start` is the row where the lower half begins."""
    text = joined(above.text, below.text, full=above.full)
    return above._replace(rowspan=start + below.rowspan - above.row, text=text, full=below.full)
