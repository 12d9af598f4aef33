"""Distances at which things begin and end, where those that differ by no more than a border are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

NEAR = 3.0
"""Lines no further apart are one: double borders, and the two sides of a gap between cells."""


def stops(values: Iterable[float], near: float = NEAR) -> list[float]:
    """The distances in order, neighbours that lie near each other as one, their mean.

    >>> stops([80, 10, 12, 14, 82])
    [12.0, 81.0]
    """
    means: list[float] = []
    count, before = 0, float("-inf")
    for value in sorted(values):
        if value - before <= near:
            count += 1
            means[-1] += (value - means[-1]) / count
        else:
            means.append(float(value))
            count = 1
        before = value
    return means


def middles(stops: Sequence[float]) -> list[float]:
    """What lies between stops: `bisect_right(middles(stops), at)` is the index of the stop that a distance stands for.

    >>> middles([12.0, 81.0, 83.0])
    [46.5, 82.0]
    """
    return [(before + after) / 2 for before, after in pairwise(stops)]
