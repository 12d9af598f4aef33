"""What agencies do to the labels of the form: each a function from a printed table to one with other labels."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.render.grid import Box, Sheet

Change = Callable[[Sheet], Sheet]


def relabelled(sheet: Sheet, label: Callable[[Box], str]) -> Sheet:
    """The table with other texts in its labels; values stay."""
    return replace(sheet, boxes=tuple(b if b.of else replace(b, text=label(b)) for b in sheet.boxes))


def unchanged(sheet: Sheet) -> Sheet:
    """The form's own labels."""
    return sheet


def reduced_captions(sheet: Sheet) -> Sheet:
    """Captions reduced to 第二十条第, the item lost."""
    return relabelled(sheet, lambda b: re.sub(r"^第二十条第（.）项$", "第二十条第", b.text))


def comma_ordinals(sheet: Sheet) -> Sheet:
    """Rows numbered 1、 instead of 1."""
    return relabelled(sheet, lambda b: re.sub(r"^(\d)\.", r"\1、", b.text))


def half_width(sheet: Sheet) -> Sheet:
    """Half-width punctuation."""
    return relabelled(sheet, lambda b: b.text.translate(str.maketrans("（），：“”", '(),:""')))


def spread(sheet: Sheet) -> Sheet:
    """Spaces inside short labels: 总 计, 自 然 人."""
    return relabelled(sheet, lambda b: " ".join(b.text) if len(b.text) <= 3 else b.text)


def without_ordinals(sheet: Sheet) -> Sheet:
    """The numbers before the rows lost."""
    return relabelled(sheet, lambda b: re.sub(r"^(\d\.|（.）|[一二三四]、)", "", b.text))


CHANGES: dict[str, Change] = {
    "unchanged": unchanged,
    "reduced-captions": reduced_captions,
    "comma-ordinals": comma_ordinals,
    "half-width": half_width,
    "spread": spread,
    "without-ordinals": without_ordinals,
}
