"""How a number is printed in a cell: value and column in, printed text out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from gongkai.form import Column

Printer = Callable[[Decimal | None, Column], str]

FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


def plain(value: Decimal | None, _column: Column) -> str:
    """Digits only; a blank is an empty cell."""
    return "" if value is None else f"{value:f}"


def full_width(value: Decimal | None, column: Column) -> str:
    """Full-width digits."""
    return plain(value, column).translate(FULL_WIDTH)


def grouped(value: Decimal | None, _column: Column) -> str:
    """Thousands separators."""
    return "" if value is None else f"{value:,f}"


def with_unit(value: Decimal | None, column: Column) -> str:
    """The number with the unit of its column."""
    return "" if value is None else f"{value:f}{column.unit}"


def with_remark(value: Decimal | None, column: Column) -> str:
    """The number with a remark in brackets after it."""
    return "" if value is None else f"{value:f}（含下属单位）"


def in_yuan(value: Decimal | None, column: Column) -> str:
    """Amounts in 元 where the form wants 万元, with the unit written."""
    if value is None or column.unit != "万元":
        return plain(value, column)
    return f"{(value * 10000).normalize():f}元"


def signed(value: Decimal | None, column: Column) -> str:
    """A change in words: 增5, 减3."""
    if value is None or not column.signed or value == 0:
        return plain(value, column)
    return f"{'增' if value > 0 else '减'}{abs(value):f}"


def marked(sign: str) -> Printer:
    """A printer that sets a sign where there is no value."""

    def printer(value: Decimal | None, column: Column) -> str:
        return sign if value is None else plain(value, column)

    return printer


PRINTERS: dict[str, Printer] = {
    "plain": plain,
    "full-width": full_width,
    "grouped": grouped,
    "with-unit": with_unit,
    "with-remark": with_remark,
    "in-yuan": in_yuan,
    "signed": signed,
    "slash": marked("/"),
    "dash": marked("—"),
    "none": marked("无"),
}
