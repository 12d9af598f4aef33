"""The characters of a PDF page, as words with their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import pi
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.readers.affine import Box, Map
from gongkai.readers.native import letter_angles, letter_boxes, letters
from gongkai.readers.script import without_radicals
from gongkai.readers.sheet import Rule, Run

_WORD = re.compile(r"[^\s\x00-\x1f\ufffe\uffff]+")
_ASKED = 8
"""Of so many words the direction of a page is told."""

_GAP = 0.4
"""In sizes of the type, no gap between the words of a line of prose is wider."""
_FOOT = 0.9
"""Where on a page its foot begins, which may be drawn before all else."""

_FLAT = 0.4
"""A character that is less high than so much of its width is a stroke, whose line is higher."""
_STRAIGHT = 0.05
"""By how much of a quarter turn a text may be turned on a scanner; watermarks are by more."""


class Letters:
    """The characters of a page with their boxes."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.text = without_radicals(self._text())
        self._words = [m.span() for m in _WORD.finditer(self.text)]

    def _text(self) -> str:
        count = pdfium.FPDFText_CountChars(self._page)
        text = letters(self._page, count)
        if len(text) == count:
            return text
        # characters beyond the basic plane, or some that pdfium leaves out: one by one, so that places agree
        codes = (pdfium.FPDFText_GetUnicode(self._page, i) for i in range(count))
        return "".join(chr(c) if c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in codes)

    def direction(self) -> int:
        """How most of the text runs: 0 to the right, and so on in quarter turns against the clock."""
        turns = [round(angle) % 4 for angle in self._turns(self._words[:: len(self._words) // _ASKED or 1])]
        return max(range(4), key=turns.count)

    def words(self, upright: Map) -> list[Run]:
        """The words as they are drawn, without width where one does not stand on one line; watermarks left out."""
        words = self._placed(upright)
        apart = [place for place, word in zip(self._words, words, strict=True) if word[3] <= word[1]]
        if any(map(_is_slanted, self._turns(apart))):
            turns = self._turns(self._words)
            self._words = [w for w, turn in zip(self._words, turns, strict=True) if not _is_slanted(turn)]
            return self._placed(upright)
        return words

    def _placed(self, upright: Map) -> list[Run]:
        text, words = self.text, []
        firsts = self._boxes([start for start, _ in self._words], upright)
        lasts = iter(self._boxes([end - 1 for start, end in self._words if end - start > 1], upright))
        for (start, end), first in zip(self._words, firsts, strict=True):
            left, top, right, bottom = first
            if end - start > 1:
                _, upper, right, lower = next(lasts)
                if abs(top + bottom - upper - lower) >= bottom - top:
                    right = left
                bottom = max(bottom, lower)
            words.append(Run(text[start:end], left, top, right, bottom))
        return words

    def cut(self, words: Sequence[Run], upright: Map, down: Sequence[Rule]) -> Iterator[Run]:
        """The words; what a ruled line cuts, and what does not stand on one line, letter by letter."""
        at = [rule.at for rule in down]
        for place, run in zip(self._words, words, strict=True):
            start, end = place
            level = run[3] > run[1]
            if level and (not at or end - start == 1 or not _cut(run, down, at)):
                yield run
            elif end - start > 1:
                text, sides = self.text[start:end], zip(*self._boxes(range(start, end), upright), strict=True)
                if level or not self._is_aside(place):
                    yield from map(Run, text, *sides)
                else:
                    left, top, right, bottom = sides
                    yield Run(text, min(left), min(top), max(right), max(bottom))

    def _is_aside(self, word: tuple[int, int]) -> bool:
        """Whether a word is a quarter turned, as the head of a narrow column."""
        return bool((round(self._turns([word])[0]) - self.direction()) % 2)

    def _turns(self, words: Sequence[tuple[int, int]]) -> list[float]:
        """How far each of some words is turned against the clock, in quarters."""
        return [-angle / (pi / 2) for angle in letter_angles(self._page, [start for start, _ in words])]

    def _boxes(self, indices: Sequence[int], upright: Map) -> list[Box]:
        """The places of some characters on the sheet."""
        boxes = upright.boxes(letter_boxes(self._page, indices))
        return [box if box[3] - box[1] > _FLAT * (box[2] - box[0]) else _squared(box) for box in boxes]


def _squared(box: Box) -> Box:
    """A box as high as it is wide: of some fonts pdfium knows only where the ink of a stroke (一, —) is."""
    left, top, right, bottom = box
    grown = (right - left - bottom + top) / 2
    return left, top - grown, right, bottom + grown


def _is_slanted(turn: float) -> bool:
    """Whether a word so many quarters turned is a watermark."""
    return abs(turn - round(turn)) > _STRAIGHT


def side_by_side(words: Sequence[Run], height: float) -> bool:
    """Whether words of a page so high stand beside each other with a gap, or above those that are drawn before them."""
    foot = _FOOT * height
    return any(
        (left - before > _GAP * (lower - upper) and top < lower and upper < bottom) or bottom < upper < foot
        for (_, _, upper, before, lower), (_, left, top, _, bottom) in pairwise(words)
    )


def _cut(run: Run, down: Sequence[Rule], at: Sequence[float]) -> bool:
    """Whether a line down the page goes through a run."""
    _, left, top, right, bottom = run
    first, end = bisect_right(at, left + 1), bisect_right(at, right - 1)
    return first < end and any(2 * line.start < top + bottom < 2 * line.end for line in down[first:end])
