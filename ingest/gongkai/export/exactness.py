"""Which numbers the columns of Parquet hold to the last digit: counts are whole numbers of 64 bits, all others decimals."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation

DIGITS, PLACES = 38, 9
"""Of a decimal: its digits, and how many of them stand behind the point."""
_STEP, _EXACT = Decimal(1).scaleb(-PLACES), Context(prec=DIGITS, traps=[Inexact, InvalidOperation])
_MOST = 2**63


def whole(number: Decimal) -> int | None:
    """The number as an integer of 64 bits; None where it is none: nobody receives half a request, but it may be printed.

    >>> whole(Decimal("11")), whole(Decimal("1.5")), whole(Decimal(10) ** 19)
    (11, None, None)
    """
    return int(number) if -_MOST <= number < _MOST and number == number.to_integral_value() else None


def fitting(number: Decimal) -> Decimal | None:
    """The number as a decimal; None where that cannot hold all of its digits.

    >>> fitting(Decimal("0.5")), fitting(Decimal("1e-10")), fitting(Decimal(10) ** 29)
    (Decimal('0.500000000'), None, None)
    """
    try:
        return number.quantize(_STEP, context=_EXACT)
    except (Inexact, InvalidOperation):
        return None


def held(number: Decimal, *, amount: bool) -> bool:
    """Whether a column of amounts, or one of counts, holds the number."""
    return (fitting(number) if amount else whole(number)) is not None
