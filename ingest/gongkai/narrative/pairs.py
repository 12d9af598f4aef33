"""Which shortcoming a measure answers, where the text pairs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.narrative.announcements import Role
from gongkai.narrative.phrases import Phrases
from gongkai.narrative.themes import topics

_ALIKE = 0.5
"""Share of the pairs of characters in which a measure names a shortcoming that the shortcoming has too."""


@dataclass(frozen=True, slots=True)
class Item:
    """A shortcoming or measure: the place of its leading phrase in the prose, all that is said of it, its theme."""

    start: int
    end: int
    lead: str
    text: str
    theme: str | None
    counted: bool
    """Whether a numeral begins it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Items of one role that stand together."""

    role: Role
    items: tuple[Item, ...]


def paired(stated: Sequence[Stated], words: Phrases) -> Iterator[tuple[Item, int | None]]:
    """Each measure with the index of the shortcoming it answers, or None.

    A text pairs them where measures follow a single shortcoming, where a measure names what it answers (针对…的问题),
    and where the items at one place of two lists are about the same.
    """
    seen: list[Item] = []
    before: tuple[Item, ...] = ()
    for group in stated:
        if group.role is Role.SHORTCOMING:
            seen.extend(group.items)
            before = group.items
            continue
        first = len(seen) - len(before)
        for item, beside in zip(group.items, _beside(group.items, before), strict=True):
            answer = 0 if len(before) == 1 else beside
            named = _numbered(item, before, words)
            named = _named(item, seen, words) if named is None else first + named
            yield item, named if named is not None else None if answer is None else first + answer


def _numbered(item: Item, before: Sequence[Item], words: Phrases) -> int | None:
    """The place of the shortcoming that a measure names by its number."""
    number = words.numbered_target(item.text)
    return number - 1 if number is not None and number <= len(before) else None


def _named(item: Item, seen: Sequence[Item], words: Phrases) -> int | None:
    """The shortcoming that a measure names."""
    span = words.target(item.text)
    if span is None or not seen:
        return None
    alike = [_alike(item.text[slice(*span)], other.text) for other in seen]
    return alike.index(max(alike)) if max(alike) >= _ALIKE else None


def _beside(measures: Sequence[Item], before: Sequence[Item]) -> Iterator[int | None]:
    """For each measure the shortcoming at its place of the list before it, if the two are about the same.

    Of lists not as long all are; of counted ones as long it is enough that half of the places name the same things.
    """
    pairs = list(zip(measures, before, strict=False))
    whole = len(measures) == len(before)
    several = len(pairs) > 1
    alike = whole or (several and all(a.theme == b.theme for a, b in pairs))
    named = [
        a.counted and (whole or b.counted) and (_same_theme(a, b) or _same_words(a, b)) for a, b in pairs
    ]
    enough = 2 * sum(named) >= len(named) if whole else several and all(named)
    for place, (pair, names) in enumerate(zip(pairs, named, strict=True)):
        yield place if (alike and _same_theme(*pair)) or (enough and names) else None
    yield from [None] * (len(measures) - len(pairs))


def _same_theme(measure: Item, stated: Item) -> bool:
    return measure.theme is not None and measure.theme == stated.theme


def _same_words(measure: Item, stated: Item) -> bool:
    """Whether a measure and a shortcoming name the same thing."""
    return bool(topics(measure.text) & topics(stated.text)) or _alike(measure.lead, stated.lead) >= _ALIKE


def _alike(named: str, stated: str) -> float:
    """The share of the pairs of characters of the first that the second has."""
    pairs = {named[i : i + 2] for i in range(len(named) - 1)}
    return sum(pair in stated for pair in pairs) / len(pairs) if pairs else 0.0
