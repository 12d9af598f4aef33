"""Distances at which things begin and end, where those that differ by no more than a border are one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

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


def nearest(stops: Sequence[float], at: float) -> int:
    """The index of the stop that a distance stands for."""
    i = bisect_left(stops, at)
    return i - 1 if i == len(stops) or (i and at - stops[i - 1] < stops[i] - at) else i
