"""Small answers that were given before. What a generation answers never changes, so they need not be found again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TypeAlias

from gongkai_api.messages import Answer

Key: TypeAlias = tuple[str | bytes, ...]
"""All that an answer depends on."""
_ROOM = 16 * 1024**2
_SMALL = 16 * 1024
_BESIDE = 1024  # bytes that an answer takes beside its body and its key, at most


class Kept:
    """Answers by what they depend on, as many as there is room for: the oldest goes for a new one."""

    def __init__(self, room: int = _ROOM) -> None:
        self._free = room
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Answer | None:
        """The answer that was given before."""
        return self._answers.get(key)

    def add(self, key: Key, answer: Answer) -> None:
        """Keeps an answer, if it is small; from any thread."""
        size = _size(key, answer)
        if size > _SMALL:
            return
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = answer
            self._free -= size
            while self._free < 0:
                self._free += _size(*self._answers.popitem(last=False))


def _size(key: Key, answer: Answer) -> int:
    return len(answer.body) + sum(map(len, key)) + _BESIDE
