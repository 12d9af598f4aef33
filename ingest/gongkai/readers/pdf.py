"""PDF with text: what pdfium draws, as sheets."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from math import pi
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.document import Document, Note
from gongkai.readers import paper
from gongkai.readers.inflation import refuse_swelling
from gongkai.readers.raw import Raw
from gongkai.readers.recognition import DOTS, MOST_PICTURES, Recogniser
from gongkai.readers.sheet import Rule, Run, Sheet

_THIN = 4.0
"""A filled shape no thicker than this is a line."""
_SHORT = 4.0
"""What is no longer than this is no line of a table."""
_FEW = 20
"""So many characters on a scanned page are a page number or a stamp."""
_MOST_PAGES = 600
_MOST_DRAWN = 200_000
"""The most objects of all pages; a page of text has some hundred to some thousand."""
_MOST_ON_PAGE = 20_000
"""A page of more objects is a map or a chart, and its lines no table."""
_MOST_SEGMENTS = 4_000
_MOST_NESTED = 4
_WORD = re.compile(r"[^\s\x00-\x1f\ufffe\uffff]+")
_RADICALS = {i: unicodedata.normalize("NFKC", chr(i)) for i in range(0x2F00, 0x2FD6)}
"""Kangxi radicals: some printers map the glyph of an ideograph to the radical that looks the same."""


def _address(pointer: Any) -> int | None:
    return ctypes.cast(pointer, ctypes.c_void_p).value


def _light(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of pdfium with plain addresses for pointers: called thousands of times, that halves its cost."""
    return ctypes.CFUNCTYPE(result, *arguments)(_address(function) or 0)


_object_at = _light(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_kind_of = _light(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
_letter_box = _light(
    pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)


class _Map(NamedTuple):
    """An affine map, x' = a x + c y + e and y' = b x + d y + f (ISO 32000-1, 8.3.3)."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: _Map) -> _Map:
        """This map of what another has mapped."""
        e, f = self.point(first.e, first.f)
        return _Map(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            e,
            f,
        )

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of a rectangle on the sheet."""
        a, b, c, d, e, f = self
        ax, bx = a * x0 + c * y0 + e, a * x1 + c * y1 + e
        ay, by = b * x0 + d * y0 + f, b * x1 + d * y1 + f
        return (
            (ax if ax < bx else bx),
            (ay if ay < by else by),
            (bx if ax < bx else ax),
            (by if ay < by else ay),
        )


_TURNS = (_Map(d=-1), _Map(a=0, b=1, c=1, d=0), _Map(a=-1), _Map(a=0, b=-1, c=-1, d=0))
"""From page to sheet, where the text runs to the right, up, to the left, or down the page."""


def read(raw: Raw) -> Document:
    """The pages' lines and tables.

    Raises:
        UnreadableError: damaged, encrypted, too long, or without text.
    """
    refuse_swelling(raw)
    with closing(_opened(raw)) as pdf:
        if len(pdf) > _MOST_PAGES:
            raise raw.unreadable(f"{len(pdf)} pages, more than {_MOST_PAGES}: split the file")
        sheets = list(_sheets(raw, pdf))
        notes = _recognise(raw, pdf, sheets)
        metadata = list(pdf.get_metadata_dict(skip_empty=True).items())
    return paper.document(raw, "application/pdf", sheets, metadata, notes)


def _recognise(raw: Raw, pdf: Any, sheets: list[Sheet]) -> list[Note]:
    """Puts what is recognised in the place of sheets that are pictures; the notes to make of it."""
    bare = (i for i, sheet in enumerate(sheets) if sum(len(run.text) for run in sheet.runs) <= _FEW)
    scanned = [i for i in bare if _is_picture(pdf[i], sheets[i])]
    if not scanned:
        return []
    if len(scanned) > MOST_PICTURES:
        raise raw.unreadable(f"{len(scanned)} scanned pages, more than {MOST_PICTURES}: split the file")
    recogniser = Recogniser(raw)
    for i in scanned:
        bitmap = pdf[i].render(scale=DOTS / 72, grayscale=True)
        sheets[i] = recogniser.sheet(bitmap.to_pil())
    return [Note.RECOGNISED]


def _is_picture(page: Any, sheet: Sheet) -> bool:
    """Whether a page has pictures over most of it."""
    covered = 0.0
    for image in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=_MOST_NESTED):
        left, bottom, right, top = image.get_bounds()
        covered += (right - left) * (top - bottom)
    return covered > 0.4 * sheet.width * sheet.height


def _opened(raw: Raw) -> Any:
    try:
        return pypdfium2.PdfDocument(raw.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise raw.unreadable("a PDF that is locked with a password: save it without one") from error
        raise raw.unreadable(f"a PDF too damaged to open ({error})") from error


def _sheets(raw: Raw, pdf: Any) -> Iterator[Sheet]:
    drawn = 0
    for i in range(len(pdf)):
        sheet, objects = _sheet(raw, pdf, i)
        drawn += objects
        if drawn > _MOST_DRAWN:
            raise raw.unreadable(f"more than {_MOST_DRAWN} drawn objects up to page {i + 1}: split the file")
        yield sheet


def _sheet(raw: Raw, pdf: Any, number: int) -> tuple[Sheet, int]:
    """A page, and of how many drawn objects it is made."""
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError as error:
        raise raw.unreadable(f"page {number + 1} of the PDF is damaged ({error})") from error
    with closing(page), closing(page.get_textpage()) as text:
        letters = _Letters(text.raw)
        turn = _TURNS[letters.direction()]
        left, top, right, bottom = turn.box(*page.get_bbox())
        upright = _Map(e=-left, f=-top).after(turn)
        count = pdfium.FPDFPage_CountObjects(page.raw)
        across, down = _rules(page.raw, count, upright) if count < _MOST_ON_PAGE else ([], [])
        runs = tuple(letters.runs(upright, down))
        return Sheet(right - left, bottom - top, runs, tuple(across), tuple(down)), count


class _Letters:
    """The characters of a page with their boxes."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.text = self._text().translate(_RADICALS)
        self._at = _address(page)
        self._box = pdfium.FS_RECTF()
        self._box_at = ctypes.addressof(self._box)

    def _text(self) -> str:
        count = pdfium.FPDFText_CountChars(self.page)
        buffer = ctypes.create_string_buffer(2 * (count + 1))
        written = pdfium.FPDFText_GetText(
            self.page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        )
        text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        # characters beyond the basic plane, or some that pdfium leaves out: one by one, so that places agree
        codes = (pdfium.FPDFText_GetUnicode(self.page, i) for i in range(count))
        return "".join(chr(c) if c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in codes)

    def direction(self) -> int:
        """How most of the text runs: 0 to the right, and so on in quarter turns against the clock."""
        words = [m.start() for m in re.finditer(r"\S+", self.text)]
        step = max(len(words) // 8, 1)
        turns = Counter(
            round(-pdfium.FPDFText_GetCharAngle(self.page, i) / (pi / 2)) % 4 for i in words[::step][:8]
        )
        return turns.most_common(1)[0][0] if turns else 0

    def runs(self, upright: _Map, down: Sequence[Rule]) -> Iterator[Run]:
        """The words; what a ruled line cuts, and what does not stand on one line, letter by letter."""
        at = [rule.at for rule in down]
        for match in _WORD.finditer(self.text):
            start, end = match.span()
            left, top, right, bottom = first = self._letter(start, upright)
            if end - start > 1:
                last = self._letter(end - 1, upright)
                level = abs(top + bottom - last[1] - last[3]) < bottom - top and last[2] > left
                run = Run(match[0], left, top, last[2], max(bottom, last[3]))
                if not level or _cut(run, down, at):
                    yield from (Run(self.text[i], *self._letter(i, upright)) for i in range(start, end))
                else:
                    yield run
            elif right > left:
                yield Run(match[0], *first)

    def _letter(self, index: int, upright: _Map) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of a character."""
        _letter_box(self._at, index, self._box_at)
        box = self._box
        return upright.box(box.left, box.bottom, box.right, box.top)


def _cut(run: Run, down: Sequence[Rule], at: Sequence[float]) -> bool:
    """Whether a line down the page goes through a run."""
    for i in range(bisect_right(at, run.left + 1), len(at)):
        if at[i] > run.right - 1:
            return False
        if down[i].start < run.middle < down[i].end:
            return True
    return False


def _rules(page: Any, count: int, upright: _Map) -> tuple[list[Rule], list[Rule]]:
    """The lines across and down the page, each in order of place."""
    shapes = _Shapes()
    at, text = _address(page), pdfium.FPDF_PAGEOBJ_TEXT
    for i in range(count):
        shape = _object_at(at, i)
        if _kind_of(shape) != text:
            shapes.add(ctypes.cast(shape, pdfium.FPDF_PAGEOBJECT), upright)
    return sorted(shapes.across), sorted(shapes.down)


class _Shapes:
    """Collects the lines among drawn objects."""

    def __init__(self) -> None:
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self._sides = [ctypes.c_float() for _ in range(4)]
        self._sides_at = [ctypes.byref(s) for s in self._sides]

    def add(self, shape: Any, upright: _Map, depth: int = 0) -> None:
        kind = pdfium.FPDFPageObj_GetType(shape)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._add_path(shape, upright)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_NESTED:
            inner = upright.after(_matrix(shape))
            for i in range(min(pdfium.FPDFFormObj_CountObjects(shape), _MOST_ON_PAGE)):
                self.add(pdfium.FPDFFormObj_GetObject(shape, i), inner, depth + 1)

    def _add_path(self, path: Any, upright: _Map) -> None:
        if not pdfium.FPDFPageObj_GetBounds(path, *self._sides_at):
            return
        box = upright.box(*(s.value for s in self._sides))
        if not self._add_thin(box) and box[2] - box[0] > _SHORT and box[3] - box[1] > _SHORT:
            self._add_outlines(path, upright)

    def _add_thin(self, box: tuple[float, float, float, float]) -> bool:
        """Adds a shape that is a line."""
        left, top, right, bottom = box
        if bottom - top <= _THIN and right - left > _SHORT:
            self.across.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= _THIN and bottom - top > _SHORT:
            self.down.append(Rule((left + right) / 2, top, bottom))
        else:
            return False
        return True

    def _add_outlines(self, path: Any, upright: _Map) -> None:
        """The straight sides of a shape that is stroked; of one that is only filled, its thin parts."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        placed = upright.after(_matrix(path))
        for points in _outlines(path, placed):
            if stroke.value:
                for (ax, ay), (bx, by) in pairwise(points):
                    self._add_thin((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
            else:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                self._add_thin((min(xs), min(ys), max(xs), max(ys)))


def _outlines(path: Any, placed: _Map) -> Iterator[list[tuple[float, float]]]:
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


def _matrix(shape: Any) -> _Map:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(shape, ctypes.byref(matrix))
    return _Map(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
