"""Many words as one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable


def trie(words: Iterable[str]) -> str:
    """A pattern of the words, the longest first, that looks at each character once.

    >>> trie(["公开", "公开栏", "公报"])
    '公(?:开(?:栏)?|报)'
    """
    branches: dict[str, list[str]] = {}
    end = False
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            end = True
    if not branches:
        return ""
    alternatives = [re.escape(first) + trie(rests) for first, rests in branches.items()]
    pattern = alternatives[0] if len(alternatives) == 1 and not end else f"(?:{'|'.join(alternatives)})"
    return pattern + "?" if end else pattern
