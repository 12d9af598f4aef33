"""Small answers that were given before. What a generation answers never changes, so they need not be found again.

To keep what nobody asks for again would cost a fifth of what it takes to find it: what is asked twice is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TypeAlias

from gongkai_api.messages import Answer

Key: TypeAlias = tuple[str | bytes, ...]
"""All that an answer depends on."""
_ROOM = 16 * 1024**2  # bytes
_SMALL = 16 * 1024
_REMEMBERED = 10_000  # questions that were asked once
_BESIDE = 1024  # bytes that an answer takes beside its body and its key, at most


class Kept:
    """Answers by what they depend on, as many as there is room for: the oldest goes for a new one."""

    def __init__(self, room: int = _ROOM) -> None:
        self._free = room
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._asked: set[int] = set()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Answer | None:
        """The answer that was given before."""
        return self._answers.get(key)

    def add(self, key: Key, answer: Answer) -> None:
        """Keeps an answer, if it is small and was given before; from any thread."""
        with self._lock:
            if not self._asked_before(key) or key in self._answers:
                return
            size = _size(key, answer)
            if size > _SMALL:
                return
            self._answers[key] = answer
            self._free -= size
            while self._free < 0:
                self._free += _size(*self._answers.popitem(last=False))

    def _asked_before(self, key: Key) -> bool:
        """Whether somebody asked the same lately."""
        number = hash(key)
        if number in self._asked:
            return True
        if len(self._asked) >= _REMEMBERED:
            self._asked.clear()
        self._asked.add(number)
        return False


def _size(key: Key, answer: Answer) -> int:
    return len(answer.body) + sum(map(len, key)) + _BESIDE
