"""Cells from ruled lines that touch each other: where a line is missing, two are merged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from gongkai.readers.affine import Box
from gongkai.readers.fields import Field, Region, without_rows
from gongkai.readers.sheet import Rule, Run, joined, lines, type_size
from gongkai.readers.stops import NEAR, middles, stops

_NARROWEST = 25.0
"""The strokes of a large character touch each other, too."""
MOST_RULES = 4_000
_SPACIOUS_CELL = 3.0


_Merge = tuple[int, int, int, int]
"""A cell by its outermost rectangles: top, left, bottom and right, all inclusive."""


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
            (self.x[left], self.y[top], self.x[right + 1], self.y[bottom + 1])
            for top, left, bottom, right in _each(self._merges())
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
        used = {top for top, _, bottom, _ in inside if top == bottom}
        kept = [r in used or y[r + 1] - y[r] > 2 * NEAR for r in range(len(merges))]
        row_at = list(accumulate(kept, initial=0))
        fields = []
        for merge in _each(merges):
            top, left, bottom, right = merge
            first, end = row_at[top], row_at[bottom + 1]
            if first < end:
                fields.append(_filled(first, end - first, x[left], x[right + 1], inside.get(merge, ())))
        return _without_gaps(row_at[-1], fields)

    def _merges(self) -> list[list[_Merge]]:
        """For each rectangle between lines the cell that it is part of."""
        columns = range(len(self.x) - 1)
        merges = [[(r, c, r, c) for c in columns] for r in range(len(self.y) - 1)]
        for r, first, last in _open(self.down, self.y):
            _merge(merges, (r, first, r, last))
        for c, first, last in _open(self.across, self.x):
            _merge(merges, (first, c, last, c))
        return merges


def _each(merges: Sequence[Sequence[_Merge]]) -> list[_Merge]:
    """Each cell once, in reading order."""
    return [
        merge
        for r, row in enumerate(merges)
        for c, merge in enumerate(row)
        if merge[0] == r and merge[1] == c
    ]


def _open(lines_at: Sequence[Sequence[Rule]], stops: Sequence[float]) -> Iterator[tuple[int, int, int]]:
    """Each step between stops where no line parts some neighbouring places, with the first and the last of them."""
    between, width = middles(stops), len(lines_at) - 1
    # place after place, step after step: whether a line is before it
    parted = bytearray(width * len(between) + 1)
    parted[::width] = b"\1" * len(stops)
    for i in range(1, width):
        for _, start, end in lines_at[i]:
            first, last = bisect_right(between, start), bisect_right(between, end)
            parted[first * width + i : last * width : width] = b"\1" * (last - first)
    at = parted.find(0)
    while at >= 0:
        next_at = parted.find(1, at)
        step, first = divmod(at - 1, width)
        yield step, first, first + next_at - at
        at = parted.find(0, next_at)


def _at_stops(at: list[float], rules: Sequence[Rule]) -> list[list[Rule]]:
    """The lines at each stop."""
    found: list[list[Rule]] = [[] for _ in at]
    between = middles(at)
    for rule in rules:
        found[bisect_right(between, rule[0])].append(rule)
    return found


def _merge(merges: list[list[_Merge]], grown: _Merge) -> None:
    """Makes one cell of some rectangles, and of all cells that they are part of."""
    whole = None
    while whole != grown:
        top, left, bottom, right = whole = grown
        parts = {merge for row in merges[top : bottom + 1] for merge in row[left : right + 1]}
        tops, lefts, bottoms, rights = zip(*parts, strict=True)
        grown = (min(tops), min(lefts), max(bottoms), max(rights))
    for row in merges[top : bottom + 1]:
        row[left : right + 1] = [grown] * (right + 1 - left)


def _filled(row: int, rowspan: int, left: float, right: float, runs: Sequence[Run]) -> Field:
    """A field with the text that stands in it."""
    if len(runs) == 1:
        text, begins, _, ends, _ = runs[0]
        full = not text.isdecimal() and ends > right - 1.5 * type_size(text, ends - begins)
        return Field(row, rowspan, left, right, text, full)
    text, full = "", False
    for line in lines(runs, _SPACIOUS_CELL) if runs else ():
        text = joined(text, line.text, full=full) if text else line.text
        full = line.right > right - 1.5 * line.size
    return Field(row, rowspan, left, right, text, full)


def _without_gaps(height: int, fields: list[Field]) -> tuple[int, tuple[Field, ...]]:
    """Without rows where nothing begins while a text runs through: browsers leave such where they cut."""
    begins = {f.row for f in fields if f.text}
    through = {r for f in fields if f.rowspan > 1 and f.text for r in range(f.row + 1, f.row + f.rowspan)}
    for row in sorted(through - begins, reverse=True):
        fields = without_rows(fields, row, row + 1)
        height -= 1
    return height, tuple(fields)
