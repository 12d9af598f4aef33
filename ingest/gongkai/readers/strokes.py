"""The ruled lines of a PDF page, among all that is drawn on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.readers.affine import Box, Map
from gongkai.readers.native import bounds, objects, paths_and_forms
from gongkai.readers.sheet import Rule, merged

_THIN = 4.0
"""A filled shape no thicker than this is a line."""
_SHORT = 4.0
"""What is no longer than this is no line of a table."""
_MOST_ON_PAGE = 20_000
"""A page of more objects is a map or a chart, and its lines no table."""
_MOST_SEGMENTS = 4_000
_MOST_NESTED = 4
_TWO_PARTS = 6
"""The fewest segments of a filled shape in two parts: two triangles."""


def rules(page: Any, count: int, upright: Map) -> tuple[list[Rule], list[Rule]]:
    """The lines across and down a page of so many objects, each in order of place."""
    strokes = _Strokes()
    if count < _MOST_ON_PAGE:
        strokes.add(objects(page, count), upright)
    return merged(strokes.across), merged(strokes.down)


class _Strokes:
    """Collects the lines among drawn objects."""

    def __init__(self) -> None:
        self.across: list[Rule] = []
        self.down: list[Rule] = []

    def add(self, shapes: Iterable[Any], upright: Map, depth: int = 0) -> None:
        """Adds the lines of objects."""
        paths, forms = paths_and_forms(shapes)
        for path, box in zip(paths, upright.boxes(bounds(paths)), strict=True):
            if not self._add_thin(box) and box[2] - box[0] > _SHORT and box[3] - box[1] > _SHORT:
                self._add_outlines(path, upright)
        if depth < _MOST_NESTED:
            for form in forms:
                self.add(_parts(form), upright.after(_matrix(form)), depth + 1)

    def _add_thin(self, box: Box) -> bool:
        """Adds a shape that is a line."""
        left, top, right, bottom = box
        if bottom - top <= _THIN and right - left > _SHORT:
            self.across.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= _THIN and bottom - top > _SHORT:
            self.down.append(Rule((left + right) / 2, top, bottom))
        else:
            return False
        return True

    def _add_outlines(self, path: Any, upright: Map) -> None:
        """The straight sides of a shape that is stroked; of one that is only filled, its thin parts."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        if not stroke.value and pdfium.FPDFPath_CountSegments(path) < _TWO_PARTS:
            return  # of one part only, and that is not thin
        placed = upright.after(_matrix(path))
        for points in _outlines(path, placed):
            if stroke.value:
                for (ax, ay), (bx, by) in pairwise(points):
                    self._add_thin((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
            else:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                self._add_thin((min(xs), min(ys), max(xs), max(ys)))


def _parts(form: Any) -> list[Any]:
    """The objects that one is made of."""
    count = min(pdfium.FPDFFormObj_CountObjects(form), _MOST_ON_PAGE)
    return [pdfium.FPDFFormObj_GetObject(form, i) for i in range(count)]


def _outlines(path: Any, placed: Map) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for i in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append(placed.point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _matrix(shape: Any) -> Map:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(shape, ctypes.byref(matrix))
    return Map(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
