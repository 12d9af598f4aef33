"""What a shortcoming or a measure is about: a concept of the scheme of themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from gongkai.narrative.wording import wording

_WEIGHT = 4
"""A word of the leading phrase counts as much as so many of what follows it."""


def theme(lead: str, everything: str) -> str | None:
    """The key of the theme whose words tell most of a text, or None where no word of any theme stands in it.

    Words of the leading phrase tell more than others, longer words more than short ones; of two themes that are told as
    much, the one named first.
    """
    told: Counter[str] = Counter()
    for text, weight in ((lead, _WEIGHT), (everything, 1)):
        for word, themes in _found(text):
            for key in themes:
                told[key] += len(word) * weight
    return max((t.key for t in wording().themes if told[t.key]), key=told.__getitem__, default=None)


def topics(text: str) -> frozenset[str]:
    """The words of themes that stand in a text."""
    return frozenset(word for word, _ in _found(text))


def _found(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each word of a theme that stands in a text, once, with the themes that it tells."""
    index, words = _index()
    for number in {n for n, _, _ in index.find_matches_as_indexes(text, overlapping=True)}:
        yield words[number]


@cache
def _index() -> tuple[AhoCorasick, tuple[tuple[str, tuple[str, ...]], ...]]:
    themes: dict[str, list[str]] = {}
    for theme in wording().themes:
        for word in theme.words:
            themes.setdefault(word, []).append(theme.key)
    return AhoCorasick(list(themes)), tuple((word, tuple(keys)) for word, keys in themes.items())
