"""What a table lacks where the document breaks off in it: cells of a row, or whole rows.

The first cells of such a row are settled where it is set like the rows before it. What else may go on where a document
breaks off has laws of its own: digits of the last number of a table, which sums may prove (`Ledger`) and of prose, which
nothing does (`narrative.prose`); labels (`wording.deviations`); the rest of the report, which is then no fault (`parse`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.tables.ledger import Chosen, Ledger
from gongkai.tables.pieces import BLANK, SEPARATOR, Piece, nothing_follows
from gongkai.tables.runs import Run

_FEWEST = 2
"""Rows before it that must be whole: then no cell was left out that was blank."""
_BETWEEN = re.compile(rf"{SEPARATOR.pattern}|\n")


def lacks_cells(text: str, run: Run, width: int) -> bool:
    """Whether the text ends with a run of too few numbers; those of a grid are all there."""
    last, values = run.cells[-1], run.values
    if last.column is not None or not 0 < len(values) < width or not nothing_follows(text, last.end):
        return False
    return len(values) > 1 or values[0].text != width * "0"  # a zero for each cell, with nothing between them


def lacks_rows(ledger: Ledger, run: Run) -> bool:
    """Whether the text ends with a run before which several rows were named: the runs of the others are lost."""
    several = len({h.row for h in run.hints}) > 1 and not any(h.same for h in run.hints)
    ends = nothing_follows(ledger.document.text, run.cells[-1].end)
    return several and ends and run.hints[-1].row != ledger.rows[-1]


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
