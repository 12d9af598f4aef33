"""Tables as a page shows them: fields in rows, and text beside or below that is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gongkai.readers.sheet import Run, TextLine, joined
from gongkai.readers.stops import NEAR

_VALUE = re.compile(r"[-+±减增]?\d+(?:[.,，．]\d+)*\s*[%％]?\w{0,2}|[/／—–\-－无]+")


def is_value(text: str) -> bool:
    """Whether a text is a number, or a sign that stands for none."""
    return bool(_VALUE.fullmatch(text))


class Field(NamedTuple):
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
        return is_value(self.text)


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
        while below := [r for r in rest if bottom - NEAR < r.middle < bottom + 1.3 * r.height]:
            into = [self._spilling(fields, run) for run in below]
            if None in into:
                break
            for run, i in zip(below, into, strict=True):
                if i is not None:
                    fields[i] = fields[i]._replace(text=joined(fields[i].text, run.text, full=True))
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

    def outside(self, runs: Iterable[Run]) -> list[Run]:
        """The runs that do not stand in it."""
        across, down = (2 * self.left, 2 * self.right), (2 * self.top, 2 * self.bottom)
        return [
            run
            for run in runs
            if not (across[0] <= run[1] + run[3] < across[1] and down[0] <= run[2] + run[4] < down[1])
        ]


def without_rows(fields: Iterable[Field], first: int, end: int) -> list[Field]:
    """The fields without the rows from `first` to `end`; what reaches beyond them keeps its rest."""
    if first >= end:
        return list(fields)
    kept = []
    for f in fields:
        gone = max(min(f.row + f.rowspan, end) - max(f.row, first), 0)
        if f.rowspan > gone:
            row = f.row if f.row < first else max(f.row, end) - (end - first)
            kept.append(f._replace(row=row, rowspan=f.rowspan - gone))
    return kept
