"""A table that a document gives column by column: first the labels of all rows, then each head with the numbers below it.

Programs that take the text out of a PDF do so where the columns stand wide apart.
"""

from __future__ import annotations

from itertools import groupby

from gongkai.form import Column, Row
from gongkai.report import Aspect
from gongkai.tables.ledger import Ledger
from gongkai.tables.pieces import BLANK
from gongkai.tables.runs import Run, Scan


def is_upright(scan: Scan) -> bool:
    """Whether the rows are named first, and whatever numbers there are stand below heads of columns."""
    rows = [piece.start for piece, m in scan.labels if isinstance(m.entry.part, Row)]
    heads = [run.head for run in scan.runs if run.values]
    return bool(heads and rows) and all(head is not None and head.start > max(rows) for head in heads)


def fill_upright(ledger: Ledger) -> None:
    """Puts numbers into the columns of a group of rows where below each of its heads there is one for each row."""
    heads = [(p, m.entry.part) for p, m in ledger.scan.labels if isinstance(m.entry.part, Column)]
    named = {m.entry.part for _, m in ledger.scan.labels}
    due = [(row.group, column) for row in ledger.rows for column in row.columns]
    columns = list(dict.fromkeys(due))  # each once for every group of rows that has it
    below = {run.head.start: run for run in ledger.scan.runs if run.head is not None}
    in_order = [part for _, part in heads] == [column for _, column in columns]
    for group, members in groupby(enumerate(columns), key=lambda member: member[1][0]):
        rows = [row for row in ledger.rows if row.group == group]
        at = [(i, column) for i, (_, column) in members]
        runs = [below.get(heads[i][0].start) for i, _ in at] if in_order else []
        if set(rows) <= named and runs and all(run and _is_whole(run, rows) for run in runs):
            for (_, column), run in zip(at, runs, strict=True):
                ledger.put([(row, column) for row in rows], run.cells if run else [])
        else:
            ledger.unplaced |= set(rows)
    left = [run for run in ledger.scan.runs if not ledger.holds(run.cells[0])]
    if left:
        ledger.doubt(Aspect.MISALIGNED, "", [c for run in left for c in run.values])


def _is_whole(run: Run, rows: list[Row]) -> bool:
    """Whether a run has a number, or a mark, for each row."""
    return len(run.cells) == len(rows) and all(c.kind != BLANK for c in run.cells)
