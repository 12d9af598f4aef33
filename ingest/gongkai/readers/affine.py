"""Affine maps, by which what is drawn on a page comes to its place on the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""The left, top, right and bottom of a rectangle."""


class Map(NamedTuple):
    """An affine map, x' = a x + c y + e and y' = b x + d y + f (ISO 32000-1, 8.3.3)."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: Map) -> Map:
        """This map of what another has mapped."""
        e, f = self.point(first.e, first.f)
        return Map(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            e,
            f,
        )

    def boxes(self, corners: Iterable[Box]) -> list[Box]:
        """Rectangles given by two corners each, on the sheet."""
        a, b, c, d, e, f = self
        if (a, b, c, d) == (1, 0, 0, -1):  # a page that is held upright, as nearly all are
            return [(left + e, f - top, right + e, f - bottom) for left, bottom, right, top in corners]
        return [self.box(*both) for both in corners]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The rectangle between two corners, on the sheet."""
        a, b, c, d, e, f = self
        ax, bx = a * x0 + c * y0 + e, a * x1 + c * y1 + e
        ay, by = b * x0 + d * y0 + f, b * x1 + d * y1 + f
        return (
            (ax if ax < bx else bx),
            (ay if ay < by else by),
            (bx if ax < bx else ax),
            (by if ay < by else ay),
        )


TURNS = (Map(d=-1), Map(a=0, b=1, c=1, d=0), Map(a=-1), Map(a=0, b=-1, c=-1, d=0))
"""From page to sheet, where the text runs to the right, up, to the left, or down the page."""
