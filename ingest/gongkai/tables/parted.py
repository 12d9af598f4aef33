"""Numbers whose digits are parted by blanks, and numbers that nothing parts.

1 2 in a cell is 12, where the row has as many cells and its sums agree; 000 are three cells where the row has three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby, pairwise
from math import comb

from gongkai.tables.pieces import Piece

_MOST_WAYS = 1000
ZEROS = "0０"


def in_cells(text: str, cells: Sequence[Piece]) -> list[Piece]:
    """The cells of a row of a grid, what stands parted in one of them as one number."""
    found: list[Piece] = []
    for column, group in groupby(cells, key=lambda c: c.column):
        pieces = list(group)
        parted = column is not None and all(_parted(text, a, b) for a, b in pairwise(pieces))
        found += [_joined(text, pieces)] if parted and _is_number(pieces) else pieces
    return found


def ways(text: str, values: Sequence[Piece], width: int) -> Iterator[tuple[Piece, ...]]:
    """Every way to join neighbours that only blanks part, so that as many numbers are left as there are cells."""
    gaps = [i for i, (a, b) in enumerate(pairwise(values), start=1) if _parted(text, a, b)]
    surplus = len(values) - width
    if not 0 < surplus <= len(gaps) or comb(len(gaps), surplus) > _MOST_WAYS:
        return
    for closed in combinations(gaps, surplus):
        bounds = [i for i in range(len(values) + 1) if i not in closed]
        groups = [values[a:b] for a, b in pairwise(bounds)]
        if all(len(g) == 1 or _is_number(g) for g in groups):
            yield tuple(_joined(text, g) if len(g) > 1 else g[0] for g in groups)


def apart(value: Piece, width: int) -> Iterator[tuple[Piece, ...]]:
    """Every way to part digits that run together into as many numbers as there are cells; none begins with a 0."""
    text = value.text
    if value.column is not None or not text.isdecimal() or not 1 < width <= len(text):
        return
    if comb(len(text) - 1, width - 1) > _MOST_WAYS:
        return
    for cuts in combinations(range(1, len(text)), width - 1):
        bounds = list(pairwise((0, *cuts, len(text))))
        if all(b - a == 1 or text[a] not in ZEROS for a, b in bounds):
            yield tuple(
                value._replace(text=text[a:b], start=value.start + a, end=value.start + b) for a, b in bounds
            )


def _is_number(pieces: Sequence[Piece]) -> bool:
    """Whether several pieces can be the digits of one number, which does not begin with 0."""
    return len(pieces) > 1 and pieces[0].text[0] not in ZEROS


def _parted(text: str, a: Piece, b: Piece) -> bool:
    """Whether two numbers are digits with nothing but blanks between them, not even the edge of a cell."""
    between = text[a.end : b.start]
    digits = a.text.isdecimal() and b.text.isdecimal()
    return digits and bool(between) and between.isspace() and not {"\t", "\n"} & set(between)


def _joined(text: str, pieces: Sequence[Piece]) -> Piece:
    first, last = pieces[0], pieces[-1]
    return first._replace(text=text[first.start : last.end], end=last.end)
