"""A text without its white space, which breaks names over lines, and the way back to its offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain

from gongkai.document import Span

_WORD = re.compile(r"\S+")
# One code point for one, so that offsets stay those of the text.
WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0xA0: 0x20, ord("○"): ord("〇")}


@dataclass(frozen=True, slots=True)
class Folded:
    """The text that is left, with the offset of each of its characters, and where its lines begin and end."""

    text: str
    offsets: tuple[int, ...]
    begins: frozenset[int]
    ends: frozenset[int]

    def span(self, start: int, end: int) -> Span:
        """The place in the document of a part that is not empty."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def spaced(self, at: int) -> bool:
        """Whether white space stands before a character inside its line."""
        gap = self.offsets[at] - self.offsets[at - 1] if 0 < at < len(self.offsets) else 1
        return gap > 1 and at not in self.begins


def fold(text: str) -> Folded:
    """Folds a text, width for width."""
    flat = text.translate(WIDTH)
    offsets = tuple(chain.from_iterable(range(*word.span()) for word in _WORD.finditer(flat)))
    breaks = {bisect_left(offsets, m.start()) for m in re.finditer("\n", flat)}
    return Folded("".join(flat.split()), offsets, frozenset(breaks | {0}), frozenset(breaks | {len(offsets)}))
