"""The row in which a document breaks off: its first cells are settled where it is set like the rows before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.tables.ledger import Chosen
from gongkai.tables.pieces import BLANK, SEPARATOR, Piece
from gongkai.tables.runs import Run

_FEWEST = 2
"""Rows before it that must be whole: then no cell was left out that was blank."""
_BETWEEN = re.compile(rf"{SEPARATOR.pattern}|\n")
_NOTHING = re.compile(rf"(?:{SEPARATOR.pattern}|\s)*\Z")


def is_cut(text: str, run: Run, width: int) -> bool:
    """Whether the text ends with a run of too few numbers; bars may close it, and those of a grid are all there."""
    last, values = run.cells[-1], run.values
    if last.column is not None or not 0 < len(values) < width or not _NOTHING.match(text, last.end):
        return False
    return len(values) > 1 or values[0].text != width * "0"  # a zero for each cell, with nothing between them


def begun(text: str, run: Run, before: Sequence[Run], width: int) -> Chosen:
    """The cells of a row in which the text ends, None where they are lost, or where nothing settles which these are.

    `before` are the rows before it, of which all must be whole.
    """
    lost: Chosen = [None] * width
    whole = [r for r in before if len(r.values) == width and r.cells[:width] == r.values]
    if not run.hints or not run.hints[-1].near or len(whole) < max(_FEWEST, len(before)):
        return lost
    cells = run.cells if _is_closed(text, run.cells[-1]) else run.cells[:-1]
    pattern = _gaps(text, run)[: len(cells)]
    alike = all(_gaps(text, r)[: len(cells)] == pattern for r in whole[-_FEWEST:])
    blank = any(c.kind == BLANK for c in cells)
    return lost if blank or not alike else [*cells, *lost[len(cells) :]]


def _is_closed(text: str, piece: Piece) -> bool:
    """Whether a bar behind a number tells that no digit of it is lost."""
    return SEPARATOR.search(text, piece.end) is not None


def _gaps(text: str, run: Run) -> list[str]:
    """What stands between a row's label and its first cell, and between each cell and the next."""
    starts = [run.hints[-1].piece.end if run.hints else run.cells[0].start, *(c.end for c in run.cells[:-1])]
    between = (text[a : c.start] for a, c in zip(starts, run.cells, strict=True))
    return ["".join(_BETWEEN.findall(gap)) or " " for gap in between]
