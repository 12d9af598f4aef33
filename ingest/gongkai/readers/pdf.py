"""PDF with text: what pdfium draws, as sheets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.document import Document, Note
from gongkai.readers import paper
from gongkai.readers.affine import TURNS, Map
from gongkai.readers.inflation import refuse_swelling
from gongkai.readers.letters import Letters, side_by_side
from gongkai.readers.raw import Raw
from gongkai.readers.recognition import MOST_PICTURES, Recogniser
from gongkai.readers.sheet import Sheet
from gongkai.readers.strokes import rules
from gongkai.readers.tesseract import DOTS

_FEW = 20
"""So many characters on a scanned page are a page number or a stamp."""
_MOST_PAGES = 600
_MOST_DRAWN = 200_000
"""The most objects of all pages; a page of text has some hundred to some thousand."""
_MOST_NESTED = 4
_AT_ONCE = 8
"""Pages that pdfium reads before they are looked at: taking turns with each page is slower, for both need the caches."""


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
        raise raw.unreadable(f"a PDF too damaged to open ({error}); get it again") from error


def _sheets(raw: Raw, pdf: Any) -> Iterator[Sheet]:
    drawn = 0
    before: list[Any] = []
    for first in range(0, len(pdf), _AT_ONCE):
        opened = []
        for number in range(first, min(first + _AT_ONCE, len(pdf))):
            page = _page(raw, pdf, number)
            drawn += (objects := pdfium.FPDFPage_CountObjects(page.raw))
            if drawn > _MOST_DRAWN:
                raise raw.unreadable(
                    f"more than {_MOST_DRAWN} drawn objects up to page {number + 1}: split the file"
                )
            opened.append((page, page.get_textpage(), objects))
        for page in before:  # not earlier: pdfium forgets the fonts that no open page uses
            page.close()
        for page, text, objects in opened:
            with closing(text):
                yield _sheet(page, text.raw, objects)
        before = [page for page, _, _ in opened]


def _page(raw: Raw, pdf: Any, number: int) -> Any:
    try:
        return pdf[number]
    except pypdfium2.PdfiumError as error:
        raise raw.unreadable(f"page {number + 1} of the PDF is damaged ({error})") from error


def _sheet(page: Any, text: Any, objects: int) -> Sheet:
    """A page with its text, that so many objects are drawn on."""
    letters = Letters(text)
    turn = TURNS[letters.direction()]
    left, top, right, bottom = turn.box(*page.get_bbox())
    upright = Map(e=-left, f=-top).after(turn)
    words, height = letters.words(upright), bottom - top
    # to ask for each object takes long, and a page of prose has no table
    across, down = rules(page.raw, objects, upright) if side_by_side(words, height) else ([], [])
    runs = tuple(letters.cut(words, upright, down))
    return Sheet(right - left, height, runs, tuple(across), tuple(down))
