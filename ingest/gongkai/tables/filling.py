"""Fills a table of the form from the runs found: each cell with its number, or with why it has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from gongkai.document import Document, Span
from gongkai.document import Table as Block
from gongkai.form import Along, Column, Form, Row, Table
from gongkai.numbers import parse_cell
from gongkai.report import Aspect, Blank, Doubt, Figure, TableReading
from gongkai.tables.alignment import align
from gongkai.tables.pieces import BLANK, MARK, NUMBER, Piece
from gongkai.tables.placement import Sum, place
from gongkai.tables.scan import Run, Scan
from gongkai.tables.separators import by_separators

Place = tuple[Row, Column]


@dataclass(frozen=True, slots=True)
class Filled:
    """A table as read, and what could not be settled in it."""

    reading: TableReading
    doubts: tuple[Doubt, ...]


def fill(document: Document, scan: Scan, form: Form) -> Filled:
    """The figures of every row that the table should have."""
    return _Filling(document, scan, form).filled()


def value_of(piece: Piece, column: Column) -> Decimal | None:
    """What a piece is worth in the unit of its column; None where it is no number."""
    if piece.kind != NUMBER:
        return None
    if piece.text.isascii() and piece.text.isdigit():
        return Decimal(piece.text)
    return parse_cell(piece.text.lstrip(",，"), column.unit)


class _Filling:
    def __init__(self, document: Document, scan: Scan, form: Form) -> None:
        self._document = document
        self._scan = scan
        self._form = form
        self._table: Table = form.table(scan.table)
        self._rows = self._present()
        self._cells: dict[Place, Piece] = {}
        self._doubts: list[Doubt] = []
        self._unplaced: set[Row] = set()

    def filled(self) -> Filled:
        block = self._block()
        if block is not None:
            self._fill_block(block)
        else:
            self._fill_rows()
        figures = tuple(self._figure(row, column) for row in self._rows for column in row.columns)
        return Filled(TableReading(self._table.key, self._scan.region, figures), tuple(self._doubts))

    def _present(self) -> tuple[Row, ...]:
        """The rows of the form, or the one that stands for several where the document prints only that."""
        named = {m.entry.part for _, m in self._scan.labels}
        for collapsed in self._table.collapsed:
            below = {r for r in self._table.rows if r.group == collapsed.iri}
            if collapsed in named and not below & named:
                rows = [r for r in self._table.rows if r not in below]
                at = next(i for i, r in enumerate(self._table.rows) if r in below)
                return (*rows[:at], collapsed, *rows[at:])
        return self._table.rows

    # --- the table that the form sets side by side, as one row of three blocks ---------------------------------------

    def _block(self) -> list[Piece] | None:
        """All cells of a table whose rows the form sets side by side, so that no row has a label of its own."""
        if not self._table.side_by_side:
            return None
        heads = max((p.start for p, m in self._scan.labels if isinstance(m.entry.part, Column)), default=0)
        below = [r for r in self._scan.runs if r.cells[0].start > heads]
        runs = below if any(r.values for r in below) else self._scan.runs
        return [c for run in runs for c in run.cells]

    def _fill_block(self, cells: list[Piece]) -> None:
        places = [(row, column) for row in self._rows for column in row.columns]
        width = len(self._rows[0].columns)
        rights = [i * width + width - 1 for i in range(len(self._rows))]
        sums = [Sum(tuple(range(r - width + 1, r)), r) for r in rights]
        chosen = self._by_order(cells, len(places))
        if chosen is None:
            self._by_sums(cells, places, sums, [None] * len(places), self._table.key)
        else:
            self._set(places, chosen)

    # --- tables with a label a row -----------------------------------------------------------------------------------

    def _fill_rows(self) -> None:
        damaged: list[tuple[Run, Row]] = []
        for aligned in align(self._scan.runs, self._rows):
            if aligned.row is None or self._breaks_off(aligned.run):
                self._stray(aligned.run)
                continue
            places = [(aligned.row, c) for c in aligned.row.columns]
            chosen = self._by_grid(aligned.run, aligned.row) or self._by_separators(aligned.run, aligned.row)
            chosen = chosen or self._by_order(aligned.run.cells, len(places))
            chosen = chosen or self._by_gaps(aligned.run, len(places))
            if chosen is None:
                damaged.append((aligned.run, aligned.row))
            else:
                self._set(places, chosen)
        for run, row in damaged:
            places = [(row, c) for c in row.columns]
            expected = [self._expected(row, c, {r for _, r in damaged}) for c in row.columns]
            self._by_sums(run.cells, places, self._sums(row), expected, f"{self._table.key}/{row.key}")

    def _breaks_off(self, run: Run) -> bool:
        """Whether the document ends with a run before which several rows were named: more runs for them may be lost."""
        ends = run.cells[-1].end >= len(self._document.text.rstrip())
        several = len({h.row for h in run.hints}) > 1 and not any(h.same for h in run.hints)
        return ends and several and run.hints[-1].row != self._rows[-1]

    def _stray(self, run: Run) -> None:
        """A run that no row can be told for; a lone number between rows may be the number of a page."""
        if len(run.values) > 1:
            self._doubts.append(
                Doubt(
                    Aspect.MISALIGNED,
                    self._table.key,
                    run.values[0].span,
                    " ".join(v.text for v in run.values),
                )
            )

    def _by_order(self, cells: Sequence[Piece], width: int) -> list[Piece | None] | None:
        """As many numbers as cells, or numbers and blanks that together fill the row exactly."""
        values = [c for c in cells if c.kind != BLANK]
        if len(values) == width:
            return list(values)
        if width == 1 and len({v.text for v in values}) == 1:
            return [values[0]]  # a merged cell that a converter has printed at each place it covers
        if not values:
            return [None] * width if not cells else [*cells[:width], *[None] * (width - len(cells))]
        spare = len(cells) - width
        if spare == 0 or (spare == self._spare() and all(c.kind == BLANK for c in cells[width:])):
            return list(cells[:width])
        return None

    def _spare(self) -> int:
        """How many empty cells stand behind the numbers in the sound rows of this table."""
        sound = [r for r in self._scan.runs if r.values and len(r.values) == len(self._table.rows[0].columns)]
        spare = Counter(len(r.cells) - len(r.values) for r in sound if r.cells[0].kind != BLANK)
        return spare.most_common(1)[0][0] if spare else 0

    def _by_grid(self, run: Run, row: Row) -> list[Piece | None] | None:
        """By the document's own grid: the columns of the sound rows in it, or else of the heads in it."""
        grid = self._grid(run)
        if grid is None or len(run.values) == len(row.columns):
            return None
        at = self._columns_of(grid, row)
        if at is None or any(c.column not in at for c in run.values):
            return None
        cells = {at[c.column]: c for c in run.cells if c.column is not None and c.column in at}
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
        return by_separators(self._document.text, run, self._alike(row), width)

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

    def _by_gaps(self, run: Run, width: int) -> list[Piece | None] | None:
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

    def _by_sums(
        self,
        cells: Sequence[Piece],
        places: Sequence[Place],
        sums: Sequence[Sum],
        expected: Sequence[Decimal | None],
        where: str,
    ) -> None:
        values = [c for c in cells if c.kind != BLANK]
        column = places[0][1]
        placement = place(values, len(places), lambda p: value_of(p, column), sums, expected)
        self._set(places, placement.cells)
        self._unplaced |= {row for row, _ in places}
        aspect = Aspect.PLACED_BY_SUMS if placement.certain else Aspect.MISALIGNED
        span = values[0].span if values else None
        self._doubts.append(Doubt(aspect, where, span, " ".join(v.text for v in values)))

    def _sums(self, row: Row) -> list[Sum]:
        """The identities within a row, as indices of its columns."""
        at = {c.iri: i for i, c in enumerate(row.columns)}
        return [
            Sum(tuple(at[i] for i in identity.left), at[identity.right[0]])
            for identity in self._form.identities
            if identity.table == self._table.key and identity.along is Along.COLUMNS
        ]

    def _expected(self, row: Row, column: Column, damaged: set[Row]) -> Decimal | None:
        """What the identities between rows demand of a cell, where all their other cells are given and sound."""
        by_iri = {r.iri: r for r in self._rows}
        for identity in self._form.identities:
            if identity.table != self._table.key or identity.along is not Along.ROWS:
                continue
            signed = [(by_iri[i], 1) for i in identity.left if i in by_iri]
            signed += [(by_iri[i], -1) for i in identity.right if i in by_iri]
            own = next((s for r, s in signed if r is row), 0)
            others = [(r, s) for r, s in signed if r is not row]
            if not own or any(r in damaged for r, _ in others):
                continue
            given = [self._value(r, column) for r, _ in others]
            if None not in given:
                rest = sum(
                    (v * s for v, (_, s) in zip(given, others, strict=True) if v is not None), Decimal(0)
                )
                return -rest * own
        return None

    def _value(self, row: Row, column: Column) -> Decimal | None:
        piece = self._cells.get((row, column))
        return value_of(piece, column) if piece else None

    def _set(self, places: Sequence[Place], cells: Sequence[Piece | None]) -> None:
        for at, piece in zip(places, cells, strict=True):
            if piece is not None:
                self._cells[at] = piece

    def _figure(self, row: Row, column: Column) -> Figure:
        piece = self._cells.get((row, column))
        if piece is None:
            return Figure(row, column, "", None, None, self._why_blank(row))
        if piece.kind == BLANK:
            return Figure(row, column, "", None, piece.span, Blank.EMPTY)
        if piece.kind == MARK:
            return Figure(row, column, piece.text, None, piece.span, Blank.MARKED)
        value = value_of(piece, column)
        return Figure(
            row, column, piece.text, value, piece.span, None if value is not None else Blank.UNREADABLE
        )

    def _why_blank(self, row: Row) -> Blank:
        if row in self._unplaced:
            return Blank.UNPLACED
        named = self._table.side_by_side or any(m.entry.part == row for _, m in self._scan.labels)
        return Blank.EMPTY if named else Blank.ABSENT
