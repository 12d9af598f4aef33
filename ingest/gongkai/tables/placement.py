"""Which column each number of a row is, where the row is damaged: as far as the sums allow, and never further.

Every way to set the numbers into the cells, in their order, is tried against the identities of the form. What all ways that
hold have in common is placed; the rest stays empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import comb

from gongkai.tables.pieces import Piece

_MOST_WAYS = 5000

Setting = tuple[Piece | None, ...]
"""For each cell the piece set into it."""
Values = Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class Placement:
    """The cells as far as they are certain; `certain` where every piece has its place."""

    cells: Setting
    certain: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """The cells `left` add up to the cell `right` (indices); all of one row."""

    left: tuple[int, ...]
    right: int


def holds(values: Values, sums: Sequence[Sum], expected: Values) -> bool:
    """Whether no identity speaks against the values: a cell without a value may stand for anything not negative."""
    for value, wanted in zip(values, expected, strict=True):
        if value is not None and wanted is not None and value != wanted:
            return False
    for identity in sums:
        right = values[identity.right]
        parts = [values[i] for i in identity.left]
        given = sum((p for p in parts if p is not None), Decimal(0))
        if right is None:
            continue
        if given > right or (None not in parts and given != right):
            return False
    return True


def place(
    pieces: Sequence[Piece],
    width: int,
    value: Callable[[Piece], Decimal | None],
    sums: Sequence[Sum],
    expected: Values,
    *,
    joined: Sequence[Setting] = (),
) -> Placement:
    """Places pieces, too many or too few for `width` cells, as far as the sums settle it.

    `expected` is what the rest of the table demands of each cell, None where it demands nothing; `joined` are ways to take
    neighbours for one number.
    """
    worth = {id(p): value(p) for s in (pieces, *joined) for p in s if p}
    valued = ((s, [worth[id(p)] if p else None for p in s]) for s in (*_settings(pieces, width), *joined))
    held = [
        (s, values)
        for s, values in valued
        if holds(values, sums, expected) and (len(pieces) <= width or _proved(values, sums, expected))
    ]
    if not any(_agrees(values, sums, expected) for _, values in held):
        return Placement((None,) * width, certain=False)
    settings = [s for s, _ in held]
    common = tuple(_common([s[i] for s in settings], worth) for i in range(width))
    placed = sum(c is not None for c in common)
    nothing_left_out = len(pieces) <= width or all(s in joined for s in settings)
    return Placement(common, certain=placed == min(len(pieces), width) and nothing_left_out)


def _settings(pieces: Sequence[Piece], width: int) -> Iterator[Setting]:
    """Every way to set pieces into cells in order: blanks between them, or some of them left out."""
    n = len(pieces)
    if comb(max(n, width), min(n, width)) > _MOST_WAYS:
        return
    if n <= width:
        for chosen in combinations(range(width), n):
            cells: list[Piece | None] = [None] * width
            for i, piece in zip(chosen, pieces, strict=True):
                cells[i] = piece
            yield tuple(cells)
    else:
        yield from combinations(pieces, width)


def _proved(values: Values, sums: Sequence[Sum], expected: Values) -> bool:
    """Whether every cell of a row with too many numbers stands in a sum that holds, or is what the table demands."""
    in_sums = {i for s in sums for i in (*s.left, s.right)}
    return all(i in in_sums or expected[i] is not None for i in range(len(values)))


def _agrees(values: Values, sums: Sequence[Sum], expected: Values) -> bool:
    """Whether something speaks for the values: a sum that they make up, or all that the table demands."""
    for identity in sums:
        right = values[identity.right]
        if right is not None and sum(v for i in identity.left if (v := values[i]) is not None) == right:
            return True
    return all(wanted is not None for wanted in expected)


def _common(pieces: Sequence[Piece | None], worth: dict[int, Decimal | None]) -> Piece | None:
    """The piece that a cell has in every way that holds; pieces of one value are as good as one."""
    first = pieces[0]
    if first is None or any(p is None or worth[id(p)] != worth[id(first)] for p in pieces):
        return None
    return first
