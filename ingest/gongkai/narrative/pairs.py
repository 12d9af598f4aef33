"""Which shortcoming a measure answers, where the text pairs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.narrative.announcements import Role
from gongkai.narrative.phrases import Phrases

_ALIKE = 0.5
"""Share of the pairs of characters in which a measure names a shortcoming that the shortcoming has too."""


@dataclass(frozen=True, slots=True)
class Item:
    """A shortcoming or measure: the place of its leading phrase in the prose, all that is said of it, its theme."""

    start: int
    end: int
    text: str
    theme: str | None


@dataclass(frozen=True, slots=True)
class Stated:
    """Items of one role that stand together."""

    role: Role
    items: tuple[Item, ...]


def paired(stated: Sequence[Stated], words: Phrases) -> Iterator[tuple[Item, int | None]]:
    """Each measure with the index of the shortcoming it answers, or None.

    A text pairs them where measures follow a single shortcoming, where a measure names what it answers (针对…的问题),
    where two lists are as long and the items of one place have one theme, and where all of a shorter list have it.
    """
    seen: list[Item] = []
    before: tuple[Item, ...] = ()
    for group in stated:
        if group.role is Role.SHORTCOMING:
            seen.extend(group.items)
            before = group.items
            continue
        first = len(seen) - len(before)
        for place, item in enumerate(group.items):
            answer = 0 if len(before) == 1 else _beside(item, place, group.items, before)
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


def _beside(item: Item, place: int, beside: Sequence[Item], before: Sequence[Item]) -> int | None:
    """The shortcoming at the same place of a list as long, if it is about the same; of a longer one, if all of them are."""
    if item.theme is None or len(beside) > len(before) or before[place].theme != item.theme:
        return None
    alike = all(a.theme == b.theme for a, b in zip(beside, before, strict=False))
    return place if len(beside) == len(before) or (len(beside) > 1 and alike) else None


def _alike(named: str, stated: str) -> float:
    """The share of the pairs of characters of the first that the second has."""
    pairs = {named[i : i + 2] for i in range(len(named) - 1)}
    return sum(pair in stated for pair in pairs) / len(pairs) if pairs else 0.0
