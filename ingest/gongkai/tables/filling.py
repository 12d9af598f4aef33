"""Fills a table of the form from the runs found: each cell with its number, or with why it has none."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.document import Document
from gongkai.form import Form
from gongkai.report import Doubt, TableReading
from gongkai.tables.block import fill_block
from gongkai.tables.ledger import Ledger
from gongkai.tables.rows import fill_rows
from gongkai.tables.runs import Scan
from gongkai.tables.upright import fill_upright, is_upright


@dataclass(frozen=True, slots=True)
class Filled:
    """A table as read, and what could not be settled in it."""

    reading: TableReading
    doubts: tuple[Doubt, ...]


def fill(document: Document, scan: Scan, form: Form) -> Filled:
    """The figures of every row that the table should have."""
    ledger = Ledger(document, scan, form)
    if ledger.table.side_by_side:
        fill_block(ledger)
    elif is_upright(scan):
        fill_upright(ledger)
    else:
        fill_rows(ledger)
    figures = tuple(ledger.figure(row, column) for row in ledger.rows for column in row.columns)
    return Filled(TableReading(ledger.table.key, scan.region, figures), tuple(ledger.doubts))
