"""Cells from ruled lines that touch each other: where a line is missing, two are merged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import accumulate, chain
from typing import NamedTuple

from gongkai.readers.affine import Box
from gongkai.readers.fields import Field, Region, without_rows
from gongkai.readers.sheet import Rule, Run, joined, lines, type_size
from gongkai.readers.stops import NEAR, nearest, stops

_NARROWEST = 25.0
"""The strokes of a large character touch each other, too."""
MOST_RULES = 4_000
_SPACIOUS_CELL = 3.0


class _Merge(NamedTuple):
    """A cell by its outermost rectangles, all four inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def around(self, other: _Merge) -> _Merge:
        return _Merge(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )

    def rows(self) -> range:
        return range(self.top, self.bottom + 1)

    def columns(self) -> range:
        return range(self.left, self.right + 1)


class Frame:
    """The lines of one table, and the rectangles between them."""

    def __init__(self, across: Sequence[Rule], down: Sequence[Rule]) -> None:
        # a table may lack the lines of its outer sides: then its other lines end there
        self.x = stops([v.at for v in down] + [e for h in across for e in (h.start, h.end)])
        self.y = stops([h.at for h in across] + [e for v in down for e in (v.start, v.end)])
        self.across = _at_stops(self.y, across)
        self.down = _at_stops(self.x, down)

    def is_table(self) -> bool:
        """Whether the lines make more than one cell, and none that a character could hold."""
        x, y = self.x, self.y
        if min(len(x), len(y)) < 2 or len(x) + len(y) < 5 or len(x) * len(y) > MOST_RULES:
            return False
        return x[-1] - x[0] > _NARROWEST

    def rectangles(self) -> list[Box]:
        """Each cell."""
        return [
            (self.x[m.left], self.y[m.top], self.x[m.right + 1], self.y[m.bottom + 1])
            for m in sorted(set(chain.from_iterable(self._merges())))
        ]

    def region(self, runs: Sequence[Run]) -> Region | None:
        """The table, unless the lines make none or nothing stands in it."""
        if not self.is_table():
            return None
        x, y, merges = self.x, self.y, self._merges()
        inside: dict[_Merge, list[Run]] = {}
        left, top, right, bottom = x[0], y[0], x[-1], y[-1]
        for run in runs:
            _, start, upper, end, lower = run
            across, down = (start + end) / 2, (upper + lower) / 2
            if left <= across < right and top <= down < bottom:
                merge = merges[bisect_right(y, down) - 1][bisect_right(x, across) - 1]
                inside.setdefault(merge, []).append(run)
        if not inside or all(row[0] == row[-1] for row in merges):
            return None  # nothing, a frame, or rules between lines
        return Region(left, top, right, bottom, *self._fields(merges, inside))

    def _fields(
        self, merges: list[list[_Merge]], inside: dict[_Merge, list[Run]]
    ) -> tuple[int, tuple[Field, ...]]:
        x, y = self.x, self.y
        used = {m.top for m in inside if m.top == m.bottom}
        kept = [r in used or y[r + 1] - y[r] > 2 * NEAR for r in range(len(merges))]
        row_at = list(accumulate(kept, initial=0))
        fields = []
        for merge in sorted(set(chain.from_iterable(merges))):
            top, left, bottom, right = merge
            first, end = row_at[top], row_at[bottom + 1]
            if first < end:
                place = (first, end - first, x[left], x[right + 1])
                runs = inside.get(merge)
                fields.append(_filled(*place, runs) if runs else Field(*place))
        return _without_gaps(row_at[-1], fields)

    def _merges(self) -> list[list[_Merge]]:
        """For each rectangle between lines the cell that it is part of."""
        merges = []
        for r, groups in enumerate(_parted(self.down, self.y)):
            row: list[_Merge] = []
            for first, last in groups:
                row += [_Merge(r, first, r, last)] * (last + 1 - first)
            merges.append(row)
        for c, groups in enumerate(_parted(self.across, self.x)):
            for first, last in groups:
                if first < last:
                    _merge(merges, {merges[r][c] for r in range(first, last + 1)})
        return merges


def _parted(lines_at: Sequence[Sequence[Rule]], stops: Sequence[float]) -> Iterator[list[tuple[int, int]]]:
    """For each step between stops the first and the last of neighbouring places that no line parts there."""
    steps: list[list[int]] = [[] for _ in stops[1:]]
    for i in range(1, len(lines_at) - 1):
        for _, start, end in lines_at[i]:
            for step in steps[nearest(stops, start) : nearest(stops, end)]:
                if not step or step[-1] != i:
                    step.append(i)
    for parting in steps:
        yield list(zip([0, *parting], [*(i - 1 for i in parting), len(lines_at) - 2], strict=True))


def _at_stops(at: list[float], rules: Sequence[Rule]) -> list[list[Rule]]:
    """The lines at each stop."""
    found: list[list[Rule]] = [[] for _ in at]
    for rule in rules:
        found[nearest(at, rule.at)].append(rule)
    return found


def _merge(merges: list[list[_Merge]], parts: set[_Merge]) -> None:
    """Makes one cell of some, and of all that lies in the rectangle around them."""
    if len(parts) == 1:
        return
    whole = reduce(_Merge.around, parts)
    while True:
        parts = {merges[r][c] for r in whole.rows() for c in whole.columns()}
        grown = reduce(_Merge.around, parts, whole)
        if grown == whole:
            break
        whole = grown
    for r in whole.rows():
        merges[r][whole.left : whole.right + 1] = [whole] * (whole.right + 1 - whole.left)


def _filled(row: int, rowspan: int, left: float, right: float, runs: Sequence[Run]) -> Field:
    """A field with the text that stands in it."""
    if len(runs) == 1:
        text, begins, _, ends, _ = runs[0]
        full = not text.isdecimal() and ends > right - 1.5 * type_size(text, ends - begins)
        return Field(row, rowspan, left, right, text, full)
    text, full = "", False
    for line in lines(runs, _SPACIOUS_CELL):
        text = joined(text, line.text, full=full) if text else line.text
        full = line.right > right - 1.5 * line.size
    return Field(row, rowspan, left, right, text, full)


def _without_gaps(height: int, fields: list[Field]) -> tuple[int, tuple[Field, ...]]:
    """Without rows where nothing begins while a text runs through: browsers leave such where they cut."""
    begins = {f.row for f in fields if f.text}
    through = {r for f in fields if f.text for r in range(f.row + 1, f.row + f.rowspan)}
    for row in range(height - 1, -1, -1):
        if row in through - begins:
            fields = without_rows(fields, row, row + 1)
            height -= 1
    return height, tuple(fields)
