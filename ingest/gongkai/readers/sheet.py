"""A page as marks on paper: runs of text and ruled lines, wherever they come from.

A text PDF gives them as drawn, optical character recognition as seen; grid and lines are found the same way
in both. Lengths are points, from the upper left corner of the page as a reader holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


class Run(NamedTuple):
    """Characters set side by side on one line."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Its height, about the size of its type."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height on the page of its middle."""
        return (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A ruled line, across the page or down: `at` is its height or its distance from the left."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    width: float
    height: float
    runs: tuple[Run, ...]
    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text with its place."""

    text: str
    left: float
    top: float
    right: float
    size: float
    """The size of its type, by the width of its characters: their height is another in every font."""


def lines(runs: Sequence[Run], spacious: float) -> list[TextLine]:
    """The lines that runs stand on, from the top down.

    Between ideographs a gap of `spacious` times the size of the type is a space; justified text has less. Twice
    that gap is a tab: columns of a table without lines.
    """
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (r.top + r.bottom, r.left)):
        row = rows[-1] if rows else None
        if row and abs(run.middle - row[0].middle) < min(run.height, row[0].height) / 2:
            row.append(run)
        else:
            rows.append([run])
    return [_line(sorted(row, key=lambda r: r.left), spacious) for row in rows]


def _line(row: list[Run], spacious: float) -> TextLine:
    parts = [row[0].text]
    for before, after in pairwise(row):
        size = min(before.height, after.height)
        latin = before.text[-1:].isascii() and after.text[:1].isascii()
        gap = (after.left - before.right) / size
        if gap > 2 * spacious:
            parts.append("\t")
        elif gap > (0.2 if latin else spacious):
            parts.append(" ")
        parts.append(after.text)
    return TextLine(
        "".join(parts).strip(),
        row[0].left,
        min(r.top for r in row),
        max(r.right for r in row),
        sum(r.right - r.left for r in row) / sum(_ems(r.text) for r in row),
    )


def _ems(text: str) -> float:
    """About how wide a text is, in sizes of its type: an ideograph is as wide as high."""
    return sum(0.5 if c < "\u2000" else 1 for c in text)


def joined(before: str, after: str, *, full: bool) -> str:
    """Two lines of one paragraph as one; `full`: the first fills its width, so that a word may be cut."""
    if not before or not after:
        return before + after
    latin = before[-1].isascii() and after[0].isascii()
    cut = full and before[-1].isdigit() and (after[0].isdigit() or after[0] in ".,%")
    return before + (" " if latin and not cut else "") + after
