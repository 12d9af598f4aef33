"""Fills a table of the form from the runs found: each cell with its number, or with why it has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.document import Document
from gongkai.folding import visible
from gongkai.form import Along, Column, Form, Heading, Row, Table, measure_words
from gongkai.numbers import parse_cell
from gongkai.report import Aspect, Blank, Doubt, Figure, TableReading
from gongkai.tables.alignment import align
from gongkai.tables.columns import Columns
from gongkai.tables.parted import ZEROS, apart, in_cells, ways
from gongkai.tables.pieces import BLANK, MARK, NUMBER, TEXT, Piece
from gongkai.tables.placement import Sum, holds, place
from gongkai.tables.scan import Run, Scan

Place = tuple[Row, Column]
_YUAN = "元"
_MONEY = re.compile(r"[百千万亿]?元")


@dataclass(frozen=True, slots=True)
class Filled:
    """A table as read, and what could not be settled in it."""

    reading: TableReading
    doubts: tuple[Doubt, ...]


def fill(document: Document, scan: Scan, form: Form) -> Filled:
    """The figures of every row that the table should have."""
    return _Filling(document, scan, form).filled()


def value_of(piece: Piece, column: Column, unit: str = "") -> Decimal | None:
    """What a piece is worth in the unit of its column; None where it is no number.

    `unit` is what the head of the column prints where that is not the form's (元 for 万元); a cell may say its own.
    """
    if piece.kind != NUMBER:
        return None
    text = visible(piece.text)
    plain = "".join(text.split())
    if unit and (value := parse_cell(plain + unit, column.unit, measure_words())) is not None:
        return value
    if plain.isdecimal():
        return Decimal(plain)
    return parse_cell(text.lstrip(",，"), column.unit, measure_words())


def units_of(scan: Scan) -> dict[Column, str]:
    """The units of money that heads of columns print and the form does not."""
    found: dict[Column, str] = {}
    for piece, match in scan.labels:
        column = match.entry.part
        if isinstance(column, Column) and column.unit.endswith(_YUAN) and (unit := _MONEY.search(piece.text)):
            found[column] = unit.group() if unit.group() != column.unit else ""
    return found


class _Filling:
    def __init__(self, document: Document, scan: Scan, form: Form) -> None:
        self._document = document
        self._scan = scan
        self._form = form
        self._table: Table = form.table(scan.table)
        self._rows = self._present()
        self._columns = Columns(document, scan, self._rows)
        self._cells: dict[Place, Piece] = {}
        self._doubts: list[Doubt] = []
        self._unplaced: set[Row] = set()
        self._units = units_of(scan)

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
        whole = sum(len(row.columns) for row in self._beside())
        in_blocks = sum(len(r.values) for r in self._scan.runs) == whole  # each with its own heads
        runs = below if any(r.values for r in below) and not in_blocks else self._scan.runs
        return [c for run in runs for c in run.cells]

    def _beside(self) -> tuple[Row, ...]:
        """The rows of the table that stand side by side: all, unless nothing but some of them is named, and so many
        numbers are there."""
        named = tuple(r for r in self._rows if any(m.entry.part == r for _, m in self._scan.labels))
        groups = any(isinstance(m.entry.part, Heading) for _, m in self._scan.labels)
        numbers = sum(len(r.values) for r in self._scan.runs)
        alone = bool(named) and not groups and numbers == sum(len(r.columns) for r in named)
        return named if alone else self._rows

    def _fill_block(self, cells: list[Piece]) -> None:
        rows = self._beside()
        places = [(row, column) for row in rows for column in row.columns]
        width = len(rows[0].columns)
        rights = [i * width + width - 1 for i in range(len(rows))]
        sums = [Sum(tuple(range(r - width + 1, r)), r) for r in rights]
        chosen = self._by_order(cells, len(places))
        chosen = chosen or self._run_together([c for c in cells if c.kind != BLANK], places, sums)
        if chosen is None:
            self._by_sums(cells, places, sums, [None] * len(places), self._table.key)
        else:
            self._set(places, chosen)

    # --- tables with a label a row -----------------------------------------------------------------------------------

    def _fill_rows(self) -> None:
        if self._numbers_first():
            self._unplaced |= set(self._rows)
            self._doubts.append(Doubt(Aspect.MISALIGNED, self._table.key, self._scan.region))
            return
        damaged: list[tuple[Run, Row]] = []
        for aligned in align(self._scan.runs, self._rows):
            if aligned.row is None or self._breaks_off(aligned.run):
                self._stray(aligned.run)
                continue
            places = [(aligned.row, c) for c in aligned.row.columns]
            if self._parted(aligned.run, aligned.row) is not None:
                damaged.append((aligned.run, aligned.row))
                continue
            chosen = self._columns.of(aligned.run, aligned.row)
            chosen = chosen or self._by_order(aligned.run.cells, len(places))
            chosen = chosen or self._columns.by_gaps(aligned.run, len(places))
            chosen = chosen or self._run_together(aligned.run.values, places, self._sums(aligned.row))
            if chosen is None or (aligned.run.parts > 1 and not self._agrees(chosen, aligned.row)):
                damaged.append((aligned.run, aligned.row))
            else:
                self._set(places, chosen)
        for run, row in damaged:
            places = [(row, c) for c in row.columns]
            expected = [self._expected(row, c, {r for _, r in damaged}) for c in row.columns]
            parted = self._parted(run, row)
            if parted is not None:
                self._by_cells(parted, places, self._sums(row), expected)
            else:
                self._by_sums(run.cells, places, self._sums(row), expected, f"{self._table.key}/{row.key}")

    def _numbers_first(self) -> bool:
        """Whether a whole row stands before the first label and none behind the last, while they alternate.

        Then numbers may belong to the label behind them as well as to the one before.
        """
        runs = self._scan.runs
        labels = [piece for piece, m in self._scan.labels if isinstance(m.entry.part, Row)]
        if not runs or not labels:
            return False
        first, last = runs[0], runs[-1]
        numbers = [value.text for value in first.values]
        counted = numbers == [str(i + 1) for i in range(len(numbers))]  # the columns are numbered
        whole = len(numbers) == len(self._rows[0].columns) > 1 and not counted
        alternate = 2 * sum(any(h.near for h in run.hints) for run in runs) > len(runs)
        return (
            whole
            and alternate
            and first.values[0].start < labels[0].start
            and labels[-1].start > last.cells[-1].start
        )

    def _agrees(self, cells: Sequence[Piece | None], row: Row) -> bool:
        """Whether the sums within a row hold: one that was put together may have its parts in another order."""
        values = [value_of(c, column) if c else None for c, column in zip(cells, row.columns, strict=True)]
        return holds(values, self._sums(row), [None] * len(values))

    def _parted(self, run: Run, row: Row) -> list[Piece] | None:
        """The cells of a row of a grid, one of which holds a number in parts; None where none does."""
        cells = in_cells(self._document.text, run.cells)
        in_one = (
            len({c.column for c in run.values}) == 1 < len(row.columns)
        )  # then it is the row that is in a cell
        return cells if len(cells) == len(row.columns) < len(run.cells) and not in_one else None

    def _by_cells(
        self,
        cells: Sequence[Piece],
        places: Sequence[Place],
        sums: Sequence[Sum],
        expected: Sequence[Decimal | None],
    ) -> None:
        """By the cells of a grid; what stands parted in one is a number, unless the sums tell otherwise."""
        values = [value_of(c, column) for c, (_, column) in zip(cells, places, strict=True)]
        agree = holds(values, sums, expected)
        for (row, column), cell in zip(places, cells, strict=True):
            parted = cell.kind == NUMBER and any(c.isspace() for c in cell.text)
            self._cells[row, column] = cell if agree or not parted else cell._replace(kind=TEXT)
            if parted:
                self._doubts.append(
                    Doubt(Aspect.SPLIT_DIGITS, f"{self._table.key}/{row.key}", cell.span, cell.text)
                )

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

    def _run_together(
        self, values: Sequence[Piece], places: Sequence[Place], sums: Sequence[Sum]
    ) -> list[Piece | None] | None:
        """Digits that nothing parts: zeros are a cell each; others are what the sums of the row allow, if it is one way."""
        if len(values) != 1:
            return None
        zeros = not values[0].text.strip(ZEROS)
        unknown = [None] * len(places)
        found = [
            way
            for way in apart(values[0], len(places))
            if zeros or (sums and holds([Decimal(piece.text) for piece in way], sums, unknown))
        ]
        if len(found) != 1:
            return None
        if not zeros:
            where = f"{self._table.key}/{places[0][0].key}"
            self._doubts.append(Doubt(Aspect.PLACED_BY_SUMS, where, values[0].span, values[0].text))
        return list(found[0])

    def _spare(self) -> int:
        """How many empty cells stand behind the numbers in the sound rows of this table."""
        sound = [r for r in self._scan.runs if r.values and len(r.values) == len(self._table.rows[0].columns)]
        spare = Counter(len(r.cells) - len(r.values) for r in sound if r.cells[0].kind != BLANK)
        return spare.most_common(1)[0][0] if spare else 0

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
        joined = tuple(ways(self._document.text, values, len(places)))
        placement = place(values, len(places), lambda p: value_of(p, column), sums, expected, joined=joined)
        self._set(places, placement.cells)
        self._unplaced |= {row for row, _ in places}
        whole = Aspect.SPLIT_DIGITS if len(values) > len(places) else Aspect.PLACED_BY_SUMS
        aspect = whole if placement.certain else Aspect.MISALIGNED
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
        value = value_of(piece, column, self._units.get(column, ""))
        return Figure(
            row, column, piece.text, value, piece.span, None if value is not None else Blank.UNREADABLE
        )

    def _why_blank(self, row: Row) -> Blank:
        if row in self._unplaced:
            return Blank.UNPLACED
        named = self._table.side_by_side or any(m.entry.part == row for _, m in self._scan.labels)
        return Blank.EMPTY if named else Blank.ABSENT
