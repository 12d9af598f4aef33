"""Tables from ruled lines: lines close a rectangle to a cell; where one is missing, two are merged."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, pairwise
from typing import NamedTuple

from gongkai.readers.sheet import Rule, Run, Sheet, TextLine, joined, lines

_NEAR = 3.0
"""Lines no further apart are one: double borders, and the two sides of a gap between cells."""
_COVERED = 0.6
"""The share of a cell's side that must be ruled to close it."""
_VALUE = re.compile(r"[-+±减增]?[\d０-９.,，．]+\s*[%％]?\w{0,2}|[/／—–\-－无]+")
_NARROWEST = 25.0
"""The strokes of a large character touch each other, too."""
_MOST_RULES = 4_000
_SPACIOUS_CELL = 3.0


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a grid: `rowspan` rows from `row` on, and the columns between two distances from the left."""

    row: int
    rowspan: int
    left: float
    right: float
    text: str = ""
    full: bool = False
    """Whether its last line fills its width, so that it may go on elsewhere."""

    @property
    def is_value(self) -> bool:
        """Whether it holds a number, or a sign that stands for none."""
        return bool(_VALUE.fullmatch(self.text))


@dataclass(frozen=True, slots=True)
class Region:
    """A table on a page: its rectangle and its fields in reading order."""

    left: float
    top: float
    right: float
    bottom: float
    height: int
    fields: tuple[Field, ...]
    beside: tuple[TextLine, ...] = ()
    """Lines to its left: where a page break cut the table, a label may stand without its frame."""

    def with_spilled(self, free: Sequence[Run]) -> tuple[Region, list[Run]]:
        """The table with the text that a page break let run out of its last row, and the runs that are left.

        A label whose last line is full goes on right below the line that closes its cell.
        """
        fields, rest, bottom = list(self.fields), list(free), self.bottom
        while below := [r for r in rest if bottom - _NEAR < r.middle < bottom + 1.3 * r.height]:
            into = [self._spilling(fields, run) for run in below]
            if None in into:
                break
            for run, i in zip(below, into, strict=True):
                if i is not None:
                    fields[i] = replace(fields[i], text=joined(fields[i].text, run.text, full=True))
            rest = [r for r in rest if r not in below]
            bottom = max(r.bottom for r in below)
        return replace(self, fields=tuple(fields)), rest

    def _spilling(self, fields: Sequence[Field], run: Run) -> int | None:
        """The index of the field that a run spilled from."""
        for i, f in enumerate(fields):
            last = f.row + f.rowspan == self.height
            if last and f.full and not f.is_value and f.left - 1 < run.left and run.right < f.right + 1:
                return i
        return None

    def holds(self, run: Run) -> bool:
        """Whether a run stands in it."""
        _, left, top, right, bottom = run
        return self.left <= (left + right) / 2 < self.right and self.top <= (top + bottom) / 2 < self.bottom


class _Box(NamedTuple):
    """A cell by its outermost rectangles, all four inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def around(self, other: _Box) -> _Box:
        return _Box(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )

    def rows(self) -> range:
        return range(self.top, self.bottom + 1)

    def columns(self) -> range:
        return range(self.left, self.right + 1)


def regions(sheet: Sheet) -> list[Region]:
    """The tables of a page from the top down: two columns at least, and text in a cell."""
    if len(sheet.across) + len(sheet.down) > _MOST_RULES:
        return []
    found = []
    for across, down in _connected(_merged(sheet.across), _merged(sheet.down)):
        region = _Frame(across, down).region(sheet.runs)
        if region is not None:
            found.append(region)
    return sorted(_outermost(found), key=lambda r: r.top)


def rectangles(sheet: Sheet) -> list[tuple[float, float, float, float]]:
    """The left, top, right and bottom of each cell of a page, with text or without."""
    found = []
    for across, down in _connected(_merged(sheet.across), _merged(sheet.down)):
        frame = _Frame(across, down)
        if frame.is_table():
            found += frame.rectangles()
    return found


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line as one."""
    merged: list[Rule] = []
    for rule in sorted(rules):
        for i in range(len(merged) - 1, -1, -1):
            other = merged[i]
            if rule.at - other.at > 1:
                merged.append(rule)
                break
            if rule.start <= other.end + _NEAR and other.start <= rule.end + _NEAR:
                merged[i] = Rule(other.at, min(rule.start, other.start), max(rule.end, other.end))
                break
        else:
            merged.append(rule)
    return merged


def _connected(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that touch each other."""
    group = list(range(len(across) + len(down)))

    def find(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if _within(v.at, h) and _within(h.at, v):
                group[find(i)] = find(j)
    for root in sorted({find(i) for i in range(len(group))}):
        yield (
            [h for i, h in enumerate(across) if find(i) == root],
            [v for j, v in enumerate(down, len(across)) if find(j) == root],
        )


def _within(at: float, rule: Rule) -> bool:
    return rule.start - _NEAR <= at <= rule.end + _NEAR


def _outermost(found: list[Region]) -> list[Region]:
    """Without those that lie inside another, such as the box of a field in a cell."""
    return [
        r
        for r in found
        if not any(
            o is not r
            and o.left <= r.left
            and o.top <= r.top
            and o.right >= r.right
            and o.bottom >= r.bottom
            and o.fields != r.fields
            for o in found
        )
    ]


def stops(values: Iterable[float], near: float = _NEAR) -> list[float]:
    """Distances that differ by no more than a border, as one each."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(g) / len(g) for g in groups]


class _Frame:
    """The lines of one table, and the rectangles between them."""

    def __init__(self, across: list[Rule], down: list[Rule]) -> None:
        # a table may lack the lines of its outer sides: then its other lines end there
        self.x = stops([v.at for v in down] + [e for h in across for e in (h.start, h.end)])
        self.y = stops([h.at for h in across] + [e for v in down for e in (v.start, v.end)])
        self.across = _at_stops(self.y, across)
        self.down = _at_stops(self.x, down)

    def is_table(self) -> bool:
        """Whether the lines make more than one cell, and none that a character could hold."""
        x, y = self.x, self.y
        if min(len(x), len(y)) < 2 or len(x) + len(y) < 5 or len(x) * len(y) > _MOST_RULES:
            return False
        return x[-1] - x[0] > _NARROWEST

    def rectangles(self) -> list[tuple[float, float, float, float]]:
        """The left, top, right and bottom of each cell."""
        return [
            (self.x[b.left], self.y[b.top], self.x[b.right + 1], self.y[b.bottom + 1])
            for b in sorted(set(chain.from_iterable(self._boxes())))
        ]

    def region(self, runs: Sequence[Run]) -> Region | None:
        """The table, unless the lines make none or nothing stands in it."""
        x, y = self.x, self.y
        if not self.is_table():
            return None
        boxes = self._boxes()
        inside: dict[_Box, list[Run]] = {}
        left, top, right, bottom = x[0], y[0], x[-1], y[-1]
        for run in runs:
            _, start, upper, end, lower = run
            across, down = (start + end) / 2, (upper + lower) / 2
            if left <= across < right and top <= down < bottom:
                box = boxes[bisect_right(y, down) - 1][bisect_right(x, across) - 1]
                inside.setdefault(box, []).append(run)
        if not inside or all(row[0] == row[-1] for row in boxes):
            return None  # nothing, a frame, or rules between lines
        return Region(left, top, right, bottom, *self._fields(boxes, inside))

    def _fields(
        self, boxes: list[list[_Box]], inside: dict[_Box, list[Run]]
    ) -> tuple[int, tuple[Field, ...]]:
        used = {box.top for box in inside if box.top == box.bottom}
        kept = [r for r in range(len(boxes)) if r in used or self.y[r + 1] - self.y[r] > 2 * _NEAR]
        fields = []
        for box in sorted(set(chain.from_iterable(boxes))):
            first, end = bisect_left(kept, box.top), bisect_right(kept, box.bottom)
            if first < end:
                left, right = self.x[box.left], self.x[box.right + 1]
                fields.append(_filled(first, end - first, left, right, inside.get(box, ())))
        return _without_gaps(len(kept), fields)

    def _boxes(self) -> list[list[_Box]]:
        """For each rectangle between lines the cell that it is part of."""
        boxes = []
        for r, (top, bottom) in enumerate(pairwise(self.y)):
            row: list[_Box] = []
            for first, last in _groups(self.down, top, bottom):
                row += [_Box(r, first, r, last)] * (last + 1 - first)
            boxes.append(row)
        for c, (left, right) in enumerate(pairwise(self.x)):
            for first, last in _groups(self.across, left, right):
                if first < last:
                    _merge(boxes, {boxes[r][c] for r in range(first, last + 1)})
        return boxes


def _groups(lines_at: Sequence[Sequence[Rule]], start: float, end: float) -> Iterator[tuple[int, int]]:
    """The first and the last of neighbouring places that no line parts, on the way between two distances."""
    first = 0
    for i in range(1, len(lines_at)):
        if i == len(lines_at) - 1 or _ruled(lines_at[i], start, end):
            yield first, i - 1
            first = i


def _without_gaps(height: int, fields: list[Field]) -> tuple[int, tuple[Field, ...]]:
    """Without rows where nothing begins while a text runs through: browsers leave such where they cut."""
    begins = {f.row for f in fields if f.text}
    through = {r for f in fields if f.text for r in range(f.row + 1, f.row + f.rowspan)}
    for row in range(height - 1, -1, -1):
        if row in through - begins:
            fields = without_rows(fields, row, row + 1)
            height -= 1
    return height, tuple(fields)


def without_rows(fields: Iterable[Field], first: int, end: int) -> list[Field]:
    """The fields without the rows from `first` to `end`; what reaches beyond them keeps its rest."""
    if first >= end:
        return list(fields)
    kept = []
    for f in fields:
        gone = max(min(f.row + f.rowspan, end) - max(f.row, first), 0)
        if f.rowspan > gone:
            row = f.row if f.row < first else max(f.row, end) - (end - first)
            same = row == f.row and not gone
            kept.append(f if same else replace(f, row=row, rowspan=f.rowspan - gone))
    return kept


def _at_stops(at: list[float], rules: Sequence[Rule]) -> list[list[Rule]]:
    """The lines at each stop."""
    found: list[list[Rule]] = [[] for _ in at]
    for rule in rules:
        found[nearest(at, rule.at)].append(rule)
    return found


def nearest(stops: Sequence[float], at: float) -> int:
    """The index of the stop that a distance stands for."""
    i = bisect_left(stops, at)
    return i - 1 if i == len(stops) or (i and at - stops[i - 1] < stops[i] - at) else i


def _ruled(rules: Sequence[Rule], start: float, end: float) -> bool:
    """Whether lines close a side."""
    covered = 0.0
    for _, begins, ends in rules:
        if begins <= start and end <= ends:
            return True
        covered += max(0.0, min(end, ends) - max(start, begins))
    return covered >= _COVERED * (end - start)


def _merge(boxes: list[list[_Box]], parts: set[_Box]) -> None:
    """Makes one cell of some, and of all that lies in the rectangle around them."""
    if len(parts) == 1:
        return
    box = reduce(_Box.around, parts)
    while True:
        parts = {boxes[r][c] for r in box.rows() for c in box.columns()}
        grown = reduce(_Box.around, parts, box)
        if grown == box:
            break
        box = grown
    for r in box.rows():
        boxes[r][box.left : box.right + 1] = [box] * (box.right + 1 - box.left)


def _filled(row: int, rowspan: int, left: float, right: float, runs: Sequence[Run]) -> Field:
    """A field with the text that stands in it."""
    text, full = "", False
    for line in lines(runs, _SPACIOUS_CELL):
        text = joined(text, line.text, full=full) if text else line.text
        full = line.right > right - 1.5 * line.size
    return Field(row, rowspan, left, right, text, full)
