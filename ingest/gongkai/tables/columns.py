"""Which column each number of a row is, by what the document sets around it: its grid, tabs and bars, or empty lines.

The sound rows of the table, which hold a number for each cell, are the measure for those that do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from gongkai.document import Document, Span
from gongkai.document import Table as Block
from gongkai.form import Row
from gongkai.tables.pieces import Piece
from gongkai.tables.runs import Run, Scan
from gongkai.tables.separators import by_separators as separated


class Columns:
    """The columns of a table as a document sets them; `rows` are those that it should have."""

    def __init__(self, document: Document, scan: Scan, rows: Sequence[Row]) -> None:
        self._document = document
        self._scan = scan
        self._rows = rows

    def of(self, run: Run, row: Row) -> list[Piece | None] | None:
        """The cells of a row, None where they are empty; None where nothing around them settles it."""
        return self._by_grid(run, row) or self._by_separators(run, row)

    def _by_grid(self, run: Run, row: Row) -> list[Piece | None] | None:
        """By the document's own grid: the columns of the sound rows in it, or else of the heads in it."""
        grid = self._grid(run)
        if grid is None or len(run.values) == len(row.columns) or _is_whole(run, row):
            return None
        at = self._columns_of(grid, row)
        if at is None or any(c.column not in at for c in run.values):
            return None
        if len({c.column for c in run.values}) < len(run.values):
            return None
        cells = {at[c.column]: c for c in run.cells if c.column in at}
        return [cells.get(i) for i in range(len(row.columns))]

    def _grid(self, run: Run) -> Span | None:
        """The table of the document that a run stands in; None where its lines are no grid."""
        if any(c.column is None for c in run.cells):
            return None
        within = (b.span for b in self._document.blocks if isinstance(b, Block))
        return next((span for span in within if span.covers(run.cells[0].span)), None)

    def _columns_of(self, grid: Span, row: Row) -> dict[int | None, int] | None:
        """Which cell of the row each column of a grid is; None where its rows do not agree."""
        sound = [r for r in self._sound(row) if grid.covers(r.cells[0].span)]
        found = {tuple(v.column for v in r.values) for r in sound}
        if not sound:
            heads = {m.entry.part: p.column for p, m in self._scan.labels if grid.covers(p.span)}
            found = {tuple(heads.get(c) for c in row.columns)}
        columns = found.pop()
        if found or None in columns or len(set(columns)) < len(columns):
            return None
        return {column: i for i, column in enumerate(columns)}

    def _by_separators(self, run: Run, row: Row) -> list[Piece | None] | None:
        """By the tabs and bars of lines."""
        width = len(row.columns)
        if not 0 < len(run.values) < width or any(c.column is not None for c in run.cells):
            return None
        return separated(self._document.text, run, self._alike(row), width)

    def by_gaps(self, run: Run, width: int) -> list[Piece | None] | None:
        """By empty lines: where a cell stands on a line of its own, a wider gap is a cell with nothing in it."""
        values = run.values
        if not run.hints or len(values) >= width or any(v.column is not None for v in values):
            return None
        ends = [run.hints[-1].piece.span.end, *(v.span.end for v in values[:-1])]
        between = [self._document.text[end : v.start] for end, v in zip(ends, values, strict=True)]
        usual = self._usual_gap()
        if not usual or any(t.strip() for t in between):
            return None
        gaps = [t.count("\n") for t in between]
        ways = [
            w
            for w in ([g - usual for g in gaps], [g // usual - 1 for g in gaps])
            if min(w) >= 0 and sum(w) == width - len(values)
        ]
        if not ways or any(w != ways[0] for w in ways):
            return None
        return [cell for blanks, v in zip(ways[0], values, strict=True) for cell in (*[None] * blanks, v)]

    def _usual_gap(self) -> int:
        """How many line feeds stand between two labels of the table that follow each other."""
        labels = [p for p, _ in self._scan.labels]
        counts = Counter(
            self._document.text.count("\n", a.span.end, b.start)
            for a, b in pairwise(labels)
            if not self._document.text[a.span.end : b.start].strip()
        )
        return counts.most_common(1)[0][0] if counts else 0

    def _sound(self, row: Row) -> list[Run]:
        """The runs that hold a number for each cell of a row such as this."""
        width = len(row.columns)
        runs = [r for r in self._scan.runs if len(r.values) == width > 1]
        return [r for r in runs if self._width(r) in (None, width)]

    def _alike(self, row: Row) -> list[Run]:
        """The sound runs of this width, or those of any where there are too few to compare."""
        sound = self._sound(row)
        return sound if len(sound) > 1 else self._whole()

    def _whole(self) -> list[Run]:
        """The runs that hold a number for each cell of the row that they are named for."""
        return [r for r in self._scan.runs if len(r.values) == self._width(r)]

    def _width(self, run: Run) -> int | None:
        """How many cells the row has, in this version of the form, that a run is named for."""
        named = run.hints[-1].row if run.hints else None
        return next((len(row.columns) for row in self._rows if row == named), None)


def _is_whole(run: Run, row: Row) -> bool:
    """Whether a row of a grid has its cells side by side: then it may be set beside its column, by a label too wide."""
    columns = [c.column for c in run.cells if c.column is not None]
    return len(columns) == len(row.columns) and columns == [columns[0] + i for i in range(len(columns))]
