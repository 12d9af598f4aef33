"""The tables with a label a row: which cells the numbers of each row fill."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gongkai.form import Row
from gongkai.report import Aspect, Doubt
from gongkai.tables.alignment import align
from gongkai.tables.breaking import begun, lacks_cells, lacks_rows
from gongkai.tables.columns import Columns
from gongkai.tables.ledger import Chosen, Ledger, Place
from gongkai.tables.parted import in_cells
from gongkai.tables.pieces import NUMBER, TEXT, Piece
from gongkai.tables.placement import Sum, holds
from gongkai.tables.runs import Run
from gongkai.tables.values import value_of

Damaged = list[tuple[Run, Row]]
"""The rows whose numbers are not settled, each with them."""


def fill_rows(ledger: Ledger) -> None:
    """Puts the numbers of each row into its cells: where they are settled at once, and then where the sums settle them."""
    if _numbers_first(ledger) or _is_turned(ledger):
        ledger.unplaced |= set(ledger.rows)
        ledger.doubts.append(Doubt(Aspect.MISALIGNED, ledger.table.key, ledger.scan.region))
        return
    _place_by_sums(ledger, _settle(ledger))


def _settle(ledger: Ledger) -> Damaged:
    """Fills the rows whose cells are settled without the rest of the table; gives those that are left."""
    damaged: Damaged = []
    columns = Columns(ledger.document, ledger.scan, ledger.rows)
    text = ledger.document.text
    before: list[Run] = []
    for aligned in align(ledger.scan.runs, ledger.rows):
        run, row = aligned.run, aligned.row
        if row is not None and row != ledger.rows[-1] and lacks_cells(text, run, len(row.columns)):
            cells = begun(text, run, before, len(row.columns))
            ledger.put(_places(row), cells)
            (ledger.absent if any(cells) else ledger.unplaced).add(row)
            continue
        before.append(run)
        if row is None or lacks_rows(ledger, run):
            _stray(ledger, run)
            continue
        chosen = _chosen(ledger, columns, run, row)
        if chosen is None:
            damaged.append((run, row))
        else:
            ledger.put(_places(row), chosen)
    return damaged


def _place_by_sums(ledger: Ledger, damaged: Damaged) -> None:
    """Fills of the other rows what the sums settle."""
    rows = {row for _, row in damaged}
    for run, row in damaged:
        expected = [ledger.expected(row, column, rows) for column in row.columns]
        parted = _parted(ledger, run, row)
        if parted is not None:
            _by_cells(ledger, parted, _places(row), ledger.sums(row), expected)
        else:
            settled = _is_named(run, row) and _may_be_summed(ledger, run, row)
            ledger.by_sums(run.cells, _places(row), ledger.sums(row), expected, row.key, settled=settled)


def _places(row: Row) -> list[Place]:
    return [(row, column) for column in row.columns]


def _chosen(ledger: Ledger, columns: Columns, run: Run, row: Row) -> Chosen | None:
    """The cells of a row, where they are settled without the rest of the table."""
    width = len(row.columns)
    heads = ledger.heads(run.cells[0])
    if heads is not None and not heads.settle(row.columns):
        apart = run.cells[0].column is not None and not ledger.in_one_grid(run.cells[0], heads.heads[0].piece)
        return None if apart else heads.cells(run, row)
    if _parted(ledger, run, row) is not None:
        return None
    chosen = columns.of(run, row) or ledger.by_order(run.cells, width) or columns.by_gaps(run, width)
    chosen = chosen or ledger.run_together(run.values, _places(row), ledger.sums(row))
    if chosen is None or (run.parts > 1 and not _is_named(run, row)):
        return None
    if heads is not None and heads.leave_the_total_open(row.columns) and not _is_proved(ledger, chosen, row):
        return None
    return chosen if run.parts == 1 or _agrees(ledger, chosen, row) else None


def _may_be_summed(ledger: Ledger, run: Run, row: Row) -> bool:
    """Whether sums can tell the cells of a row: not below other heads, where any number may be none of it."""
    heads = ledger.heads(run.cells[0])
    return heads is None or heads.settle(row.columns)


def _is_named(run: Run, row: Row) -> bool:
    """Whether the label of a row comes before its numbers."""
    return any(hint.row == row for hint in run.hints)


def _numbers_first(ledger: Ledger) -> bool:
    """Whether a whole row stands before the first label and none behind the last, while they alternate.

    Then numbers may belong to the label behind them as well as to the one before.
    """
    runs = ledger.scan.runs
    labels = [piece for piece, m in ledger.scan.labels if isinstance(m.entry.part, Row)]
    if not runs or not labels:
        return False
    first, last = runs[0], runs[-1]
    numbers = [value.text for value in first.values]
    counted = numbers == [str(i + 1) for i in range(len(numbers))]  # the columns are numbered
    whole = len(numbers) == len(ledger.rows[0].columns) > 1 and not counted
    alternate = 2 * sum(any(h.near for h in run.hints) for run in runs) > len(runs)
    return (
        whole
        and alternate
        and first.values[0].start < labels[0].start
        and labels[-1].start > last.cells[-1].start
    )


def _is_turned(ledger: Ledger) -> bool:
    """Whether rows and columns are exchanged: most numbers stand behind the head of a column and no label of a row."""
    runs = [run for run in ledger.scan.runs if run.values]
    turned = sum(run.head is not None and not run.hints and len(run.values) > 1 for run in runs)
    return turned > 1 and 2 * turned > len(runs)


def _is_proved(ledger: Ledger, cells: Sequence[Piece | None], row: Row) -> bool:
    """Whether every cell of a row has its number, and its sums hold."""
    given = all(cell is not None and value_of(cell, row.columns[0]) is not None for cell in cells)
    return given and _agrees(ledger, cells, row)


def _agrees(ledger: Ledger, cells: Sequence[Piece | None], row: Row) -> bool:
    """Whether the sums within a row hold: one that was put together may have its parts in another order."""
    values = [value_of(c, column) if c else None for c, column in zip(cells, row.columns, strict=True)]
    return holds(values, ledger.sums(row), [None] * len(values))


def _parted(ledger: Ledger, run: Run, row: Row) -> list[Piece] | None:
    """The cells of a row of a grid, one of which holds a number in parts; None where none does."""
    cells = in_cells(ledger.document.text, run.cells)
    # where all are in one, it is the row that is in a cell
    in_several = len({c.column for c in run.values}) != 1 or len(row.columns) == 1
    return cells if len(cells) == len(row.columns) < len(run.cells) and in_several else None


def _by_cells(
    ledger: Ledger,
    cells: Sequence[Piece],
    places: Sequence[Place],
    sums: Sequence[Sum],
    expected: Sequence[Decimal | None],
) -> None:
    """By the cells of a grid; what stands parted in one is a number, unless the sums tell otherwise."""
    values = [value_of(c, column) for c, (_, column) in zip(cells, places, strict=True)]
    agree = holds(values, sums, expected)
    for at, cell in zip(places, cells, strict=True):
        parted = cell.kind == NUMBER and any(c.isspace() for c in cell.text)
        ledger.put([at], [cell if agree or not parted else cell._replace(kind=TEXT)])
        if parted:
            ledger.doubt(Aspect.SPLIT_DIGITS, at[0].key, [cell])


def _stray(ledger: Ledger, run: Run) -> None:
    """A run that no row can be told for; a lone number between rows may be the number of a page."""
    if len(run.values) > 1:
        ledger.doubt(Aspect.MISALIGNED, "", run.values)
