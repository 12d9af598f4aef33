"""A page as marks on paper: runs of text and ruled lines, wherever they come from.

A text PDF gives them as drawn, optical character recognition as seen; grid and lines are found the same way
in both. Lengths are points, from the upper left corner of the page as a reader holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from gongkai.readers.stops import NEAR

_LATIN, _MIXED = 0.2, 0.6
"""Gaps that are spaces between letters or digits, and between these and ideographs, in sizes of the type."""
_LEAST = 0.1
"""No type is smaller; damaged files have some that is."""


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
    """One page; its ruled lines in order of place, pieces of one line as one (`merged`)."""

    width: float
    height: float
    runs: tuple[Run, ...]
    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()


class TextLine(NamedTuple):
    """A line of text with its place."""

    text: str
    left: float
    top: float
    right: float
    size: float
    """The size of its type, by the width of its characters: their height is another in every font."""


def merged(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line as one."""
    merged: list[Rule] = []
    for rule in sorted(rules):
        at, start, end = rule
        for i in range(len(merged) - 1, -1, -1):
            other = merged[i]
            if at - other.at > 1:
                merged.append(rule)
                break
            if start <= other.end + NEAR and other.start <= end + NEAR:
                merged[i] = Rule(other.at, min(start, other.start), max(end, other.end))
                break
        else:
            merged.append(rule)
    return merged


def lines(runs: Sequence[Run], spacious: float) -> list[TextLine]:
    """The lines that runs stand on, from the top down.

    Between ideographs a gap of `spacious` times the size of the type is a space; justified text has less. Twice
    that gap is a tab: columns of a table without lines.
    """
    return [line(runs, spacious)] if len(runs) == 1 else [line(row, spacious) for row in rows(runs)]


def rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs by the lines that they stand on, from the top down, and on each from the left."""
    found: list[list[Run]] = []
    twice = size = 0.0  # twice the height of the middle of a row, and the size of its first run
    for run in sorted(runs, key=lambda r: (r[2] + r[4], r[1])):
        top, bottom = run[2], run[4]
        if found and top + bottom - twice < min(bottom - top, size):
            found[-1].append(run)
        else:
            found.append([run])
            twice, size = top + bottom, bottom - top
    return [sorted(row, key=itemgetter(1)) if len(row) > 1 else row for row in found]


def line(row: Sequence[Run], spacious: float) -> TextLine:
    """Runs on one line as one text."""
    text, left, top, right, bottom = row[0]
    width, before = right - left, bottom - top
    for word, start, upper, end, lower in row[1:]:
        size = lower - upper
        gap = (start - right) / max(min(size, before), _LEAST)
        if gap > 2 * spacious:
            text += "\t"
        elif gap > (spacious, _MIXED, _LATIN)[text[-1:].isascii() + word[:1].isascii()]:
            text += " "
        text += word
        width += end - start
        top = min(top, upper)
        right = max(right, end)
        before = size
    return TextLine(text.strip(), left, top, right, type_size(text, width))


def type_size(text: str, width: float) -> float:
    """The size of the type of a text so wide: an ideograph, three bytes in UTF-8, is as wide as high, a digit half."""
    ems = (len(text.encode("utf-8", "replace")) + len(text)) / 4 or 1.0
    return max(width / ems, _LEAST)


def joined(before: str, after: str, *, full: bool) -> str:
    """Two lines of one paragraph as one; `full`: the first fills its width, so that a word may be cut."""
    if not before or not after:
        return before + after
    latin = before[-1].isascii() and after[0].isascii()
    cut = full and before[-1].isdigit() and (after[0].isdigit() or after[0] in ".,%")
    return before + (" " if latin and not cut else "") + after
