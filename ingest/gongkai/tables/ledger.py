"""What is put into the cells of a table, and what cannot be: all that fills one writes here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from gongkai.document import Document
from gongkai.document import Table as Block
from gongkai.form import Along, Column, Form, Row, Table
from gongkai.report import Aspect, Blank, Doubt, Figure
from gongkai.tables.heads import Heads, heads_of
from gongkai.tables.parted import ZEROS, apart, ways
from gongkai.tables.pieces import BLANK, MARK, Piece
from gongkai.tables.placement import Sum, holds, place
from gongkai.tables.runs import Scan
from gongkai.tables.values import units_of, value_of

Place = tuple[Row, Column]
Chosen = list[Piece | None]
"""A piece for each cell, None where it is empty."""


class Ledger:
    """The cells of a table of the form as a document has it, those filled so far and the doubts."""

    def __init__(self, document: Document, scan: Scan, form: Form) -> None:
        self.document = document
        self.scan = scan
        self.table: Table = form.table(scan.table)
        self.rows = self._present()
        self.doubts: list[Doubt] = []
        self.unplaced: set[Row] = set()
        self.absent: set[Row] = set()
        """Rows of which the document holds no more than what is placed."""
        self._identities = [i for i in form.identities if i.table == scan.table]
        self._cells: dict[Place, Piece] = {}
        self._units = units_of(scan)
        self._heads = heads_of(scan)

    def _present(self) -> tuple[Row, ...]:
        """The rows of the form, or the one that stands for several where the document prints only that."""
        named = {m.entry.part for _, m in self.scan.labels}
        for collapsed in self.table.collapsed:
            below = {r for r in self.table.rows if r.group == collapsed.iri}
            if collapsed in named and not below & named:
                rows = [r for r in self.table.rows if r not in below]
                at = next(i for i, r in enumerate(self.table.rows) if r in below)
                return (*rows[:at], collapsed, *rows[at:])
        return self.table.rows

    def heads(self, cell: Piece) -> Heads | None:
        """The heads of columns that stand nearest above a cell."""
        return next((heads for heads in reversed(self._heads) if heads.start < cell.start), None)

    def in_one_grid(self, *pieces: Piece) -> bool:
        """Whether pieces stand in the same table of the document."""
        tables = (b.span for b in self.document.blocks if isinstance(b, Block))
        return any(all(span.covers(p.span) for p in pieces) for span in tables)

    def put(self, places: Sequence[Place], cells: Sequence[Piece | None]) -> None:
        """Puts pieces into cells."""
        for at, piece in zip(places, cells, strict=True):
            if piece is not None:
                self._cells[at] = piece

    def holds(self, piece: Piece) -> bool:
        """Whether a piece was put into a cell."""
        return piece in self._cells.values()

    def doubt(self, aspect: Aspect, where: str, pieces: Sequence[Piece]) -> None:
        """Notes that pieces are not settled, or how they were; `where` is "" for the whole table."""
        place = f"{self.table.key}/{where}" if where else self.table.key
        span = pieces[0].span if pieces else None
        self.doubts.append(Doubt(aspect, place, span, " ".join(p.text for p in pieces)))

    def by_order(self, cells: Sequence[Piece], width: int) -> Chosen | None:
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
        sound = [r for r in self.scan.runs if r.values and len(r.values) == len(self.table.rows[0].columns)]
        spare = Counter(len(r.cells) - len(r.values) for r in sound if r.cells[0].kind != BLANK)
        return spare.most_common(1)[0][0] if spare else 0

    def run_together(
        self, values: Sequence[Piece], places: Sequence[Place], sums: Sequence[Sum]
    ) -> Chosen | None:
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
            self.doubt(Aspect.PLACED_BY_SUMS, places[0][0].key, values)
        return list(found[0])

    def by_sums(
        self,
        cells: Sequence[Piece],
        places: Sequence[Place],
        sums: Sequence[Sum],
        expected: Sequence[Decimal | None],
        where: str,
        *,
        settled: bool = True,
    ) -> None:
        """Places as many of the numbers as the sums settle; the rest stays empty, with a doubt.

        None is placed where it is not `settled` that they are of this row: some sums hold by chance.
        """
        values = [c for c in cells if c.kind != BLANK]
        if not settled:
            self.unplaced |= {row for row, _ in places}
            self.doubt(Aspect.MISALIGNED, where, values)
            return
        column = places[0][1]
        joined = tuple(ways(self.document.text, values, len(places)))
        placement = place(values, len(places), lambda p: value_of(p, column), sums, expected, joined=joined)
        self.put(places, placement.cells)
        self.unplaced |= {row for row, _ in places}
        whole = Aspect.SPLIT_DIGITS if len(values) > len(places) else Aspect.PLACED_BY_SUMS
        self.doubt(whole if placement.certain else Aspect.MISALIGNED, where, values)

    def sums(self, row: Row) -> list[Sum]:
        """The identities within a row, as indices of its columns."""
        at = {c.iri: i for i, c in enumerate(row.columns)}
        return [
            Sum(tuple(at[i] for i in identity.left), at[identity.right[0]])
            for identity in self._identities
            if identity.along is Along.COLUMNS
        ]

    def expected(self, row: Row, column: Column, damaged: set[Row]) -> Decimal | None:
        """What the identities between rows demand of a cell, where all their other cells are given and sound."""
        by_iri = {r.iri: r for r in self.rows}
        for identity in self._identities:
            if identity.along is not Along.ROWS:
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

    def figure(self, row: Row, column: Column) -> Figure:
        """A cell with its number, or with why it has none."""
        piece = self._cells.get((row, column))
        if piece is None:
            return Figure(row, column, "", None, None, self._why_blank(row))
        if piece.kind == BLANK:
            return Figure(row, column, "", None, piece.span, Blank.EMPTY)
        if piece.kind == MARK:
            return Figure(row, column, piece.text, None, piece.span, Blank.MARKED)
        value = (
            None
            if self._lacks_digits(piece, row, column)
            else value_of(piece, column, self._units.get(column, ""))
        )
        return Figure(
            row, column, piece.text, value, piece.span, None if value is not None else Blank.UNREADABLE
        )

    def _lacks_digits(self, piece: Piece, row: Row, column: Column) -> bool:
        """Whether the document ends right at a number, so that digits of it may be lost, and no sum tells that none is."""
        if not self.document.ends_at(piece.end) or piece.column is not None or row == self.rows[-1]:
            return False
        if not piece.text.strip(ZEROS):
            return False
        at = row.columns.index(column)
        values = [self._value(row, c) for c in row.columns]
        proving = [s for s in self.sums(row) if at in (*s.left, s.right) and None not in values]
        return not proving or not holds(values, proving, [None] * len(values))

    def _why_blank(self, row: Row) -> Blank:
        if row in self.unplaced:
            return Blank.UNPLACED
        if row in self.absent:
            return Blank.ABSENT
        named = self.table.side_by_side or any(m.entry.part == row for _, m in self.scan.labels)
        return Blank.EMPTY if named else Blank.ABSENT
