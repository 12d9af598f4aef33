"""Many words looked for at once: as one pattern, or by the character they end with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Endings:
    """Words by their last character, the longest first: whether one ends somewhere is told without a search."""

    words: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, words: Iterable[str]) -> Endings:
        """The endings made of some words."""
        ordered = sorted(words, key=len, reverse=True)
        return cls({last: tuple(w for w in ordered if w[-1] == last) for last in {w[-1] for w in ordered}})

    def at(self, text: str, end: int) -> str | None:
        """The longest of the words that ends at an offset.

        >>> Endings.of(["过", "超过"]).at("已超过12万", 3)
        '超过'
        """
        words = self.words.get(text[end - 1 : end])
        return next((word for word in words if text.endswith(word, 0, end)), None) if words else None
