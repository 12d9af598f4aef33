"""Where words begin and end, cut only where it is asked: the grammar asks now and then whether a word ends somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate, repeat
from typing import Protocol

_STOPS = "，、。；：\n"
"""Characters that jieba takes for no part of a word, so that what stands between two of them can be cut alone."""
_STOP = re.compile(f"[{_STOPS}]")
_UNKNOWN, _INSIDE, _BOUNDARY = range(3)

Cut = Callable[[str], list[str]]
"""What cuts a text into words."""


@dataclass(frozen=True, slots=True)
class Joints:
    """Where a word may reach into a term of one or two characters: by the two characters it ends or begins with."""

    ends: frozenset[str]
    begins: frozenset[str]


class Boundaries(Protocol):
    """The offsets of a text at which a word begins or ends."""

    def __contains__(self, offset: int, /) -> bool: ...

    def crosses(self, start: int, end: int) -> bool:
        """Whether a term of one or two characters is made of pieces of two words, as 来信 in 未来信息 is."""
        ...


class Tokens:
    """The boundaries of a text that is cut already."""

    __slots__ = ("_offsets",)

    def __init__(self, words: Iterable[str]) -> None:
        self._offsets = frozenset(accumulate(map(len, words), initial=0))

    def __contains__(self, offset: int) -> bool:
        return offset in self._offsets

    def crosses(self, start: int, end: int) -> bool:
        """Whether a term of one or two characters is made of pieces of two words."""
        return start + 1 in self and not (start in self and end in self)


class Words:
    """The boundaries of a text that is not cut yet: a clause is cut when it is first asked about."""

    __slots__ = ("_at", "_cut", "_joints", "_text")

    def __init__(self, text: str, cut: Cut, joints: Joints) -> None:
        self._text = text
        self._cut = cut
        self._joints = joints
        self._at = bytearray(len(text) + 1)

    def __contains__(self, offset: int) -> bool:
        if self._at[offset] == _UNKNOWN:
            self._learn(offset)
        return self._at[offset] == _BOUNDARY

    def crosses(self, start: int, end: int) -> bool:
        """Whether a term of one or two characters is made of pieces of two words; seldom does it take a cut to tell."""
        text, joints, middle = self._text, self._joints, start + 1
        if text[start - 1 : middle] not in joints.ends and text[middle : end + 1] not in joints.begins:
            return False
        return middle in self and not (start in self and end in self)

    def _learn(self, offset: int) -> None:
        text, at = self._text, self._at
        paragraph = text.rfind("\n", 0, offset)
        start = max(paragraph, *map(text.rfind, _STOPS, repeat(max(0, paragraph)), repeat(offset))) + 1
        behind = _STOP.search(text, offset)
        end = behind.start() if behind else len(text)
        at[start:end] = bytes((_INSIDE,)) * (end - start)
        for word_end in accumulate(map(len, self._cut(text[start:end])), initial=start):
            at[word_end] = _BOUNDARY
