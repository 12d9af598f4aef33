"""The functions of pdfium that are called for each thing drawn: for many things at once, with plain addresses for pointers.

Called thousands of times, that makes them several times as fast. They keep the interpreter's lock: pdfium is not made for
threads, and taking the lock anew costs more than what they do.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

Corners = tuple[float, float, float, float]
"""The left, bottom, right and top of a rectangle on a PDF page, whose heights count from below."""
_PATH, _FORM = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM
_ADDRESS = ctypes.c_void_p
_FLOAT = ctypes.sizeof(ctypes.c_float)


def _light(function: Any, result: Any) -> Any:
    """A function that takes what it is given: to declare its arguments would cost more than to call it."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, _ADDRESS).value or 0)


_object_at = _light(pdfium.FPDFPage_GetObject, pdfium.FPDF_PAGEOBJECT)
_kind_of = _light(pdfium.FPDFPageObj_GetType, ctypes.c_int)
_bounds_of = _light(pdfium.FPDFPageObj_GetBounds, ctypes.c_int)
_letters = _light(pdfium.FPDFText_GetText, ctypes.c_int)
_letter_box = _light(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_letter_angle = _light(pdfium.FPDFText_GetCharAngle, ctypes.c_float)


def objects(page: Any, count: int) -> Iterator[Any]:
    """So many objects of a page."""
    return map(_object_at, repeat(page), range(count))


def paths_and_forms(shapes: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """The paths among some objects, and the forms, which are made of objects themselves."""
    paths, forms = [], []
    for shape in shapes:
        kind = _kind_of(shape)
        if kind == _PATH:
            paths.append(shape)
        elif kind == _FORM:
            forms.append(shape)
    return paths, forms


def bounds(shapes: Sequence[Any]) -> Iterator[Corners]:
    """The rectangle around each object, in itself nothing where pdfium knows none."""
    sides, places = _room(len(shapes))
    each = (range(places.start + i * _FLOAT, places.stop + i * _FLOAT, places.step) for i in range(4))
    list(map(_bounds_of, shapes, *(map(_ADDRESS, side) for side in each)))
    return zip(sides[0::4], sides[1::4], sides[2::4], sides[3::4], strict=True)


def letters(page: Any, count: int) -> str:
    """So many characters of a page of text, as pdfium writes them: it may leave some out, and two make one."""
    units = array("H", bytes(2 * (count + 1)))
    written = _letters(page, 0, count, _ADDRESS(units.buffer_info()[0]))
    return units[: max(written - 1, 0)].tobytes().decode("utf-16-le", "replace")


def letter_boxes(page: Any, indices: Sequence[int]) -> Iterator[Corners]:
    """The rectangle that each of some characters of a page of text takes in its line."""
    sides, places = _room(len(indices))
    list(map(_letter_box, repeat(page), indices, map(_ADDRESS, places)))
    # FS_RECTF has the top before the bottom
    return zip(sides[0::4], sides[3::4], sides[2::4], sides[1::4], strict=True)


def letter_angles(page: Any, indices: Sequence[int]) -> list[float]:
    """How far each of some characters of a page of text is turned with the clock, in radians; -1 where unknown."""
    return list(map(_letter_angle, repeat(page), indices))


def _room(count: int) -> tuple[array[float], range]:
    """Room for the four sides of so many rectangles, and the addresses of each."""
    size = 4 * _FLOAT
    sides = array("f", bytes(count * size))
    start, _ = sides.buffer_info()
    return sides, range(start, start + count * size, size)
