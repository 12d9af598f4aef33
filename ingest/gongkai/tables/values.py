"""What the pieces in the cells of a table are worth, in the units of its columns."""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.folding import visible
from gongkai.form import Column, measure_words
from gongkai.numbers import parse_cell
from gongkai.tables.pieces import NUMBER, Piece
from gongkai.tables.runs import Scan

_YUAN = "元"
_MONEY = re.compile(r"[百千万亿]?元")


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
