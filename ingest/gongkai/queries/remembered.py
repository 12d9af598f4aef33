"""What is told of a query once need not be found again, as long as it does not take much to remember."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_TEXTS = 512
_LONGEST = (
    4000  # characters of a text: a service is sent texts of a megabyte, and must not keep hundreds of them
)

Found = TypeVar("Found")


def remembered(find: Callable[[str], Found]) -> Callable[[str], Found]:
    """Remembers what a function finds in short texts, for the latest of them."""
    known = lru_cache(maxsize=_TEXTS)(find)

    @wraps(find)
    def found(text: str) -> Found:
        return known(text) if len(text) <= _LONGEST else find(text)

    return found
