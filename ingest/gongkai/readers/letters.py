"""The characters of a PDF page, as words with their places."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import pi
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.readers.affine import Box, Map
from gongkai.readers.native import letter_angles, letter_boxes
from gongkai.readers.sheet import Rule, Run

_WORD = re.compile(r"[^\s\x00-\x1f\ufffe\uffff]+")
_RADICALS = {i: unicodedata.normalize("NFKC", chr(i)) for i in range(0x2F00, 0x2FD6)}
"""Kangxi radicals: some printers map the glyph of an ideograph to the radical that looks the same."""
_RADICAL = re.compile("[\u2f00-\u2fd5]")
_ASKED = 8
"""Of so many words the direction of a page is told."""

_GAP = 0.4
"""In sizes of the type, no gap between the words of a line of prose is wider."""
_FOOT = 0.9
"""Where on a page its foot begins, which may be drawn before all else."""


class Letters:
    """The characters of a page with their boxes."""

    def __init__(self, page: Any) -> None:
        self._page = page
        text = self._text()
        self.text = text.translate(_RADICALS) if _RADICAL.search(text) else text
        self._words = [m.span() for m in _WORD.finditer(self.text)]

    def _text(self) -> str:
        count = pdfium.FPDFText_CountChars(self._page)
        buffer = ctypes.create_string_buffer(2 * (count + 1))
        written = pdfium.FPDFText_GetText(
            self._page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        )
        text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        # characters beyond the basic plane, or some that pdfium leaves out: one by one, so that places agree
        codes = (pdfium.FPDFText_GetUnicode(self._page, i) for i in range(count))
        return "".join(chr(c) if c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in codes)

    def direction(self) -> int:
        """How most of the text runs: 0 to the right, and so on in quarter turns against the clock."""
        some = self._words[:: max(len(self._words) // _ASKED, 1)][:_ASKED]
        angles = letter_angles(self._page, [start for start, _ in some])
        turns = [round(-angle / (pi / 2)) % 4 for angle in angles]
        return max(range(4), key=turns.count)

    def words(self, upright: Map) -> list[Run]:
        """The words as they are drawn, without width where one does not stand on one line."""
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
        for (start, end), run in zip(self._words, words, strict=True):
            whole = run[3] > run[1]
            if whole and (not at or end - start == 1 or not _cut(run, down, at)):
                yield run
            elif end - start > 1:
                boxes = self._boxes(range(start, end), upright)
                yield from map(Run, self.text[start:end], *zip(*boxes, strict=True))

    def _boxes(self, indices: Sequence[int], upright: Map) -> list[Box]:
        """The places of some characters on the sheet."""
        return upright.boxes(letter_boxes(self._page, indices))


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
