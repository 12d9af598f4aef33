"""Where words begin and end, cut only where it is asked: the grammar asks now and then whether a word ends somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from typing import Protocol

_STOPS = "。\n"
"""Characters that jieba takes for no part of a word, so that what stands between two of them can be cut alone."""
_STOP = re.compile(f"[{_STOPS}]")
_UNKNOWN, _INSIDE, _BOUNDARY = range(3)

Cut = Callable[[str], list[str]]
"""What cuts a text into words."""


class Boundaries(Protocol):
    """The offsets of a text at which a word begins or ends."""

    def __contains__(self, offset: int, /) -> bool: ...


class Words:
    """The offsets of a text at which a word begins or ends; a stretch is cut when it is first asked about."""

    __slots__ = ("_at", "_cut", "_text")

    def __init__(self, text: str, cut: Cut) -> None:
        self._text = text
        self._cut = cut
        self._at = bytearray(len(text) + 1)

    def __contains__(self, offset: int) -> bool:
        if self._at[offset] == _UNKNOWN:
            self._learn(offset)
        return self._at[offset] == _BOUNDARY

    def _learn(self, offset: int) -> None:
        text, at = self._text, self._at
        start = max(text.rfind(stop, 0, offset) for stop in _STOPS) + 1
        stop = _STOP.search(text, offset)
        end = stop.start() if stop else len(text)
        at[start:end] = bytes((_INSIDE,)) * (end - start)
        for word_end in accumulate(map(len, self._cut(text[start:end])), initial=start):
            at[word_end] = _BOUNDARY
