"""Too many or too few numbers are placed as far as the sums allow one way only, and never further."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.tables.pieces import NUMBER, Piece
from gongkai.tables.placement import Placement, Sum, holds, place

Values = tuple[Decimal | None, ...]
WIDTH = 5
SUM = Sum((0, 1, 2, 3), 4)
NOTHING: Values = (None,) * WIDTH


def pieces(values: Sequence[Decimal | int]) -> list[Piece]:
    return [Piece(NUMBER, str(v), i, i + 1, 0, None) for i, v in enumerate(values)]


def value(piece: Piece) -> Decimal:
    return Decimal(piece.text)


def placed(
    values: Sequence[Decimal | int],
    sums: Sequence[Sum] = (SUM,),
    expected: Sequence[Decimal | None] = NOTHING,
) -> tuple[Values, bool]:
    found: Placement = place(pieces(values), WIDTH, value, sums, expected)
    return tuple(value(p) if p else None for p in found.cells), found.certain


def row_of(*numbers: int | None) -> Values:
    return tuple(None if n is None else Decimal(n) for n in numbers)


def consistent(row: Values) -> bool:
    """The law by itself: what is given of the parts never exceeds the sum, and equals it where all are given."""
    parts, total = row[:-1], row[-1]
    given_parts = sum((p for p in parts if p is not None), Decimal(0))
    if total is None:
        return True
    return given_parts <= total if None in parts else given_parts == total


def ways(values: Sequence[Decimal]) -> list[Values]:
    """Every consistent way to set too few numbers into the cells in order."""
    found = []
    for chosen in combinations(range(WIDTH), len(values)):
        row: list[Decimal | None] = [None] * WIDTH
        for i, v in zip(chosen, values, strict=True):
            row[i] = v
        if consistent(tuple(row)):
            found.append(tuple(row))
    return found


def proved(row: Values) -> bool:
    """Whether the sum is given and its parts make it up."""
    return row[-1] is not None and sum((p for p in row[:-1] if p is not None), Decimal(0)) == row[-1]


NUMBERS = st.integers(0, 6).map(Decimal)


@given(st.lists(NUMBERS, max_size=WIDTH - 1))
@settings(max_examples=200)
def test_too_few_numbers_are_set_as_every_consistent_way_has_them(values: list[Decimal]) -> None:
    row, certain = placed(values)
    possible = ways(values)
    for i, cell in enumerate(row):
        at_place = {way[i] for way in possible}
        if cell is not None:
            assert at_place == {cell}
        elif len(at_place) == 1 and any(proved(way) for way in possible):
            assert at_place == {None}
    assert not certain or sum(c is not None for c in row) == len(values)


@given(
    st.lists(NUMBERS, min_size=WIDTH - 1, max_size=WIDTH - 1), st.sets(st.integers(0, WIDTH - 1), max_size=3)
)
@settings(max_examples=200)
def test_a_sound_row_with_lost_cells_is_never_contradicted(parts: list[Decimal], lost: set[int]) -> None:
    true = (*parts, sum(parts, Decimal(0)))
    row, _ = placed([v for i, v in enumerate(true) if i not in lost])
    assert all(cell in (None, true[i]) for i, cell in enumerate(row))


@given(st.lists(NUMBERS, min_size=WIDTH - 1, max_size=WIDTH - 1), st.integers(0, WIDTH), st.integers(7, 99))
@settings(max_examples=200)
def test_a_row_with_a_number_too_many_is_never_given_a_wrong_one(
    parts: list[Decimal], at: int, extra: int
) -> None:
    true = [*parts, sum(parts, Decimal(0))]
    row, certain = placed([*true[:at], Decimal(extra), *true[at:]])
    subsets = [s for s in combinations([*true[:at], Decimal(extra), *true[at:]], WIDTH) if consistent(s)]
    for i, cell in enumerate(row):
        assert cell is None or {s[i] for s in subsets} == {cell}
    assert not certain


def test_what_the_rest_of_the_table_demands_settles_a_row() -> None:
    demanded = tuple(map(Decimal, (0, 2, 0, 0, 2)))
    assert placed([2, 2], expected=NOTHING) == (NOTHING, False)
    assert placed([2, 2], expected=demanded) == (row_of(None, 2, None, None, 2), True)
    assert placed([2, 3], expected=demanded) == (NOTHING, False)


def test_numbers_that_no_way_fits_are_not_set() -> None:
    assert placed([9, 9, 9, 9, 9, 1]) == (NOTHING, False)
    assert placed([9, 1, 1, 1, 1], sums=(SUM, Sum((4,), 0)), expected=(Decimal(1),) * WIDTH) == (
        NOTHING,
        False,
    )


def test_what_no_sum_speaks_for_is_not_set_because_all_else_is_excluded() -> None:
    assert placed([9, 5, 1, 2]) == (NOTHING, False)  # the sum would have to be the blank one


def test_without_sums_nothing_is_certain() -> None:
    assert placed([1, 2], sums=()) == (NOTHING, False)


@given(st.lists(NUMBERS, min_size=WIDTH, max_size=WIDTH), st.sets(st.integers(0, WIDTH - 1)))
def test_holds_is_the_law_of_the_sum(values: list[Decimal], lost: set[int]) -> None:
    row = tuple(None if i in lost else v for i, v in enumerate(values))
    assert holds(row, (SUM,), NOTHING) == consistent(row)
    assert not holds(row, (), tuple(None if v is None else v + 1 for v in row)) or set(row) == {None}


def test_equal_numbers_are_as_good_as_one() -> None:
    row, _ = placed([0, 0, 0, 4, 4])
    assert row == row_of(0, 0, 0, 4, 4)
    row, _ = placed([0, 0, 0, 0, 0, 0])
    assert row == row_of(0, 0, 0, 0, 0)
