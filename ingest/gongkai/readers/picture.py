"""A page as a picture: its ruled lines, and the ink between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from gongkai.readers.sheet import Rule, merged

_POINTS = 72.0
_SHORTEST = 0.3
"""The shortest ruled line, in inches: longer than the strokes of any character of a report."""
_THICKEST = 0.04
"""How thick a ruled line may be, in inches."""

Ink = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as ink or none; `dots` are to an inch."""

    ink: Ink
    dots: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return float(self.ink.shape[1] / self.dots * _POINTS)

    @property
    def height(self) -> float:
        """Its height in points."""
        return float(self.ink.shape[0] / self.dots * _POINTS)


def picture(image: Image.Image, dots: float) -> Picture:
    """An image as ink, set straight."""
    grey = np.asarray(image.convert("L"))
    grey = np.asarray(_straight(Image.fromarray(grey)))
    return Picture(grey < _threshold(grey), dots)


def _threshold(grey: Any) -> int:
    """The grey that best parts ink and paper (Otsu's method)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(float)
    weight = np.cumsum(counts)
    mass = np.cumsum(counts * np.arange(256))
    rest = weight[-1] - weight
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = weight * rest * (mass / weight - (mass[-1] - mass) / rest) ** 2
    return int(np.nanargmax(spread)) + 1 if np.isfinite(spread).any() else 128


def _straight(image: Image.Image) -> Image.Image:
    """The image turned by the angle, up to two degrees, at which its lines of text are level."""
    small = image.resize((max(image.width // 4, 1), max(image.height // 4, 1)))

    def levelness(angle: float) -> float:
        rows = 255.0 - np.asarray(small.rotate(angle, fillcolor=255)).mean(axis=1)
        return float(np.square(np.diff(rows)).sum())

    angle = max((a / 4 for a in range(-8, 9)), key=levelness)
    if not angle or levelness(angle) < 1.05 * levelness(0):
        return image
    return image.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)


def rules(page: Picture) -> tuple[list[Rule], list[Rule]]:
    """The ruled lines across and down, in points, each in order of place."""
    scale = _POINTS / page.dots
    across = _bars(page.ink, page.dots)
    down = _bars(page.ink.T, page.dots)
    return (
        merged([Rule(at * scale, start * scale, end * scale) for at, start, end in across]),
        merged([Rule(at * scale, start * scale, end * scale) for at, start, end in down]),
    )


def without_bars(page: Picture) -> Ink:
    """The ink without ruled lines."""
    length = int(_SHORTEST * page.dots)
    bars = _long(page.ink, length) | _long(page.ink.T, length).T
    return page.ink & ~_spread(bars, round(0.008 * page.dots))


def _spread(ink: Ink, dots: int) -> Ink:
    """The ink made thicker, as its edges are grey."""
    spread = ink.copy()
    for by in range(1, dots + 1):
        spread[by:] |= ink[:-by]
        spread[:-by] |= ink[by:]
        spread[:, by:] |= ink[:, :-by]
        spread[:, :-by] |= ink[:, by:]
    return spread


def _bars(ink: Ink, dots: float) -> list[tuple[float, int, int]]:
    """Long thin runs of ink along the rows: where across the rows, and from where to where along them."""
    long = _long(ink, int(_SHORTEST * dots))
    found: list[tuple[float, int, int]] = []
    going: list[list[int]] = []  # first row, last row, start, end
    for row in np.flatnonzero(long.any(axis=1)):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], long[row].view(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            for bar in going:
                if row - bar[1] <= 2 and start <= bar[3] and bar[2] <= end:
                    bar[1], bar[2], bar[3] = int(row), min(bar[2], int(start)), max(bar[3], int(end))
                    break
            else:
                going.append([int(row), int(row), int(start), int(end)])
        going, done = [b for b in going if row - b[1] <= 2], [b for b in going if row - b[1] > 2]
        found.extend(_thin(done, dots))
    found.extend(_thin(going, dots))
    return found


def _thin(bars: Sequence[Sequence[int]], dots: float) -> list[tuple[float, int, int]]:
    """The bars that are no thicker than a ruled line, counting what a slope of half a degree adds."""
    return [
        ((first + last) / 2, start, end)
        for first, last, start, end in bars
        if last - first < _THICKEST * dots + 0.01 * (end - start)
    ]


def _long(ink: Ink, length: int) -> Ink:
    """The ink that belongs to runs along the rows of at least a length."""
    total = np.cumsum(np.pad(ink, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    if ink.shape[1] < length:
        return np.zeros_like(ink)
    full = (total[:, length:] - total[:, :-length]) == length
    spread = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    spread[:, : full.shape[1]] += full
    spread[:, length : length + full.shape[1]] -= full
    return np.asarray(np.cumsum(spread, axis=1)[:, :-1] > 0)
