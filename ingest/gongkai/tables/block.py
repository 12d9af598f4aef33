"""The table that the form sets side by side: one row of several blocks, so that none has a label of its own."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.form import Column, Heading, Row
from gongkai.tables.breaking import lacks_cells
from gongkai.tables.ledger import Chosen, Ledger, Place
from gongkai.tables.pieces import BLANK, Piece
from gongkai.tables.placement import Sum
from gongkai.tables.runs import Run


def fill_block(ledger: Ledger) -> None:
    """Puts the numbers below the heads into the cells of all blocks."""
    rows = _beside(ledger)
    cells = _cells(ledger, rows)
    places = [(row, column) for row in rows for column in row.columns]
    if cells and lacks_cells(ledger.document.text, Run(cells, ()), len(places)):
        cells = cells[:-1]  # digits of the last number may be lost
    width = len(rows[0].columns)
    rights = [i * width + width - 1 for i in range(len(rows))]
    sums = [Sum(tuple(range(r - width + 1, r)), r) for r in rights]
    chosen = _by_heads(ledger, cells, places)
    settled = not cells or (heads := ledger.heads(cells[-1])) is None or heads.settle_blocks(rows)
    if settled and chosen is None:
        chosen = ledger.by_order(cells, len(places))
        chosen = chosen or ledger.run_together([c for c in cells if c.kind != BLANK], places, sums)
    if chosen is None:
        ledger.by_sums(cells, places, sums, [None] * len(places), "", settled=settled)
    else:
        ledger.put(places, chosen)


def _beside(ledger: Ledger) -> tuple[Row, ...]:
    """The rows that stand side by side: all, unless nothing but some of them is named, and there are so many cells."""
    scan = ledger.scan
    named = tuple(r for r in ledger.rows if any(m.entry.part == r for _, m in scan.labels))
    groups = any(isinstance(m.entry.part, Heading) for _, m in scan.labels)
    cells = sum(len(r.cells) for r in scan.runs)
    alone = bool(named) and not groups and cells == sum(len(r.columns) for r in named)
    return named if alone else ledger.rows


def _cells(ledger: Ledger, rows: Sequence[Row]) -> list[Piece]:
    """The cells below the heads, or those of blocks that each have heads of their own."""
    runs = ledger.scan.runs
    heads = max((p.start for p, m in ledger.scan.labels if isinstance(m.entry.part, Column)), default=0)
    below = [r for r in runs if r.cells[0].start > heads]
    in_blocks = sum(len(r.values) for r in runs) == sum(len(row.columns) for row in rows)
    chosen = below if any(r.values for r in below) and not in_blocks else runs
    return [c for run in chosen for c in run.cells]


def _by_heads(ledger: Ledger, cells: Sequence[Piece], places: Sequence[Place]) -> Chosen | None:
    """By the columns of a grid in which the heads of all cells stand in the form's order."""
    heads = [(p.column, m.entry.part) for p, m in ledger.scan.labels if isinstance(m.entry.part, Column)]
    columns = [column for column, _ in heads if column is not None]
    if [part for _, part in heads] != [column for _, column in places] or columns != sorted(set(columns)):
        return None
    values = [c for c in cells if c.kind != BLANK]
    found = {c.column: c for c in values}
    if len(columns) < len(places) or len(found) < len(values) or not found.keys() <= set(columns):
        return None
    blank = {c.column: c for c in cells if c.kind == BLANK}
    return [found.get(column, blank.get(column)) for column in columns]
