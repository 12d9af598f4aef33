"""What a shortcoming or a measure is about: a concept of the scheme of themes."""

from __future__ import annotations

from gongkai.narrative.wording import wording

_WEIGHT = 4
"""A word of the leading phrase counts as much as so many of what follows it."""


def theme(lead: str, everything: str) -> str | None:
    """The key of the theme whose words tell most of a text, or None where no word of any theme stands in it.

    Words of the leading phrase tell more than others, longer words more than short ones; of two themes that are told as
    much, the one named first.
    """
    best, most = None, 0
    for candidate in wording().themes:
        told = sum(_told(word, lead) * _WEIGHT + _told(word, everything) for word in candidate.words)
        if told > most:
            best, most = candidate.key, told
    return best


def _told(word: str, text: str) -> int:
    return len(word) * min(text.count(word), 1)
