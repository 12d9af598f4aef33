"""Pictures of pages: recognised by Tesseract where it is installed, cell by cell where lines are ruled.

A number that two recognitions read differently is not given: a sign that stands for what could not be read takes the
place of the digits in question, since an invented value is worse than none.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageSequence

from gongkai.document import Document, Note
from gongkai.readers import paper
from gongkai.readers.grid import rectangles
from gongkai.readers.picture import Ink, Picture, picture, rules, without_bars
from gongkai.readers.raw import Raw
from gongkai.readers.sheet import Run, Sheet
from gongkai.readers.tesseract import DOTS, Tesseract, Word

UNREAD = "\ufffd"
_PAPER = (8.27, 11.69)
"""A4 in inches: pictures seldom say how large they are meant to be."""
_MOST_DOTS = 60_000_000
MOST_PICTURES = 60
"""The most pages to recognise; each takes seconds."""
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")
_MARGIN, _GAP, _TALLEST = 50, 40, 12_000
_SPECK = 6
_EDGE = 0.06
"""The share of a page at its head and its foot where page numbers stand, and the shadows of a scanner."""
_BRACKETS = str.maketrans("()〈〉", "（）（）")
_TITLES = str.maketrans("《【", "（（")
"""Without its other half, the bracket of a title is one of a number: （六）."""
_DIGITS = "0123456789.,-"
_NUMBER = re.compile(r"[-\d.,，．|IlTOoSZB!]+")
"""What looks like a number, with the letters that digits are taken for."""
_MIDDLE = 128


@dataclass(frozen=True, slots=True)
class _Patch:
    """The ink of a cell, and where on the page its upper left corner is."""

    ink: Ink
    left: int
    top: int


class Recogniser:
    """Reads pictures of pages.

    Raises:
        UnreadableError: Tesseract is not installed, or without Chinese and English.
    """

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.tesseract = Tesseract(raw)

    def sheet(self, image: Image.Image) -> Sheet:
        """A page; its cells are recognised each for itself, what is left line by line."""
        page = picture(*_at_scale(self.raw, image))
        across, down = rules(page)
        ruled = Sheet(page.width, page.height, (), tuple(across), tuple(down))
        ink = without_bars(page)
        patches = list(_patches(page, ink, rectangles(ruled)))
        edge = round(_EDGE * len(ink))
        ink[:edge] = ink[-edge:] = False
        found = [*self._cells(patches), *self.tesseract.words(ink)]
        scale = page.width / page.ink.shape[1]
        runs = [Run(w.text, w.left * scale, w.top * scale, w.right * scale, w.bottom * scale) for w in found]
        return Sheet(page.width, page.height, tuple(runs), tuple(across), tuple(down))

    def _cells(self, patches: Sequence[_Patch]) -> Iterator[Word]:
        """The words of cells; what looks like a number is read again, by another model, and larger."""
        found = [words or [_unread(p)] for p, words in self._pairs(patches, "chi_sim")]
        numbers = [i for i, words in enumerate(found) if _NUMBER.fullmatch(_text(words))]
        ours = {i: {_text(found[i])} for i in numbers}
        theirs: dict[int, list[str]] = {i: [] for i in numbers}
        for i, text in self._digits(patches, numbers, "chi_sim"):
            ours[i].add(text)
        for i, text in self._digits(patches, numbers, "eng"):
            theirs[i].append(text)
        open_ones = [i for i in numbers if not ours[i] & {*theirs[i]}]
        for i, text in self._digits(list(map(_larger, patches)), open_ones, "eng"):
            theirs[i].append(text)
        for i in numbers:
            found[i] = [_one(found[i], _sure(_text(found[i]), ours[i], theirs[i]))]
        for words in found:
            yield from _bracketed(words)

    def _digits(
        self, patches: Sequence[_Patch], which: Sequence[int], language: str
    ) -> Iterator[tuple[int, str]]:
        """What some of the patches say if they say nothing but numbers."""
        chosen = self._pairs(
            [patches[i] for i in which], language, "-c", f"tessedit_char_whitelist={_DIGITS}"
        )
        for i, (_, words) in zip(which, chosen, strict=True):
            yield i, _text(words)

    def _pairs(
        self, patches: Sequence[_Patch], language: str, *options: str
    ) -> Iterator[tuple[_Patch, list[Word]]]:
        return zip(patches, self._recognised(patches, language, *options), strict=True)

    def _recognised(self, patches: Sequence[_Patch], language: str, *options: str) -> Iterator[list[Word]]:
        """The words of each patch: all are set below each other as lines of one page, which is read at once."""
        for batch in _batches(patches):
            tops = np.cumsum([_GAP, *(p.ink.shape[0] + _GAP for p in batch)])
            width = 2 * _MARGIN + max(p.ink.shape[1] for p in batch)
            column = np.zeros((int(tops[-1]), width), dtype=np.bool_)
            for patch, top in zip(batch, tops, strict=False):
                height, wide = patch.ink.shape
                column[top : top + height, _MARGIN : _MARGIN + wide] = patch.ink
            found: list[list[Word]] = [[] for _ in batch]
            for word in self.tesseract.words(column, language, *options):
                middle = (word.top + word.bottom) // 2 + _GAP // 2
                i = min(max(int(np.searchsorted(tops, middle)) - 1, 0), len(batch) - 1)
                right, below = batch[i].left - _MARGIN, batch[i].top - int(tops[i])
                found[i].append(
                    Word(
                        word.text,
                        word.left + right,
                        word.top + below,
                        word.right + right,
                        word.bottom + below,
                    )
                )
            yield from found


def read(raw: Raw) -> Document:
    """A picture, or a file of several, as pages.

    Raises:
        UnreadableError: no picture, too large, without text, or Tesseract is not installed.
    """
    images = _images(raw)
    recogniser = Recogniser(raw)
    sheets = [recogniser.sheet(image) for image in images]
    return paper.document(raw, f"image/{images[0].format or 'png'}".lower(), sheets, notes=[Note.RECOGNISED])


def _images(raw: Raw) -> list[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the limits below are stricter
        try:
            image = Image.open(io.BytesIO(raw.data), formats=_FORMATS)
            if image.width * image.height > _MOST_DOTS:
                raise raw.unreadable(f"a picture of {image.width} by {image.height} dots is too large")
            frames = getattr(image, "n_frames", 1)
            if frames > MOST_PICTURES:
                raise raw.unreadable(f"{frames} pictures in one file, more than {MOST_PICTURES}: split it")
            return [image] if frames == 1 else [f.convert("L") for f in ImageSequence.Iterator(image)]
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise raw.unreadable(f"a picture too damaged to open ({error}); get it again") from error


def _at_scale(raw: Raw, image: Image.Image) -> tuple[Image.Image, float]:
    """A page at the resolution for recognition, taken to be A4 whichever way it lies."""
    try:
        grey = image.convert("L")
    except (OSError, SyntaxError, ValueError) as error:
        raise raw.unreadable(f"a picture too damaged to read ({error})") from error
    short, long = sorted(grey.size)
    factor = DOTS / max(short / _PAPER[0], long / _PAPER[1])
    size = (max(round(grey.width * factor), 1), max(round(grey.height * factor), 1))
    return (grey.resize(size, Image.Resampling.BICUBIC) if abs(factor - 1) > 0.02 else grey), DOTS


def _patches(page: Picture, ink: Ink, cells: Sequence[tuple[float, float, float, float]]) -> Iterator[_Patch]:
    """The ink of each cell; it is taken off the page."""
    scale = page.ink.shape[1] / page.width
    inset = round(0.015 * page.dots)
    for cell in cells:
        left, top, right, bottom = (round(side * scale) for side in cell)
        inside = ink[top + inset : bottom - inset, left + inset : right - inset]
        rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
        if len(rows) >= _SPECK and len(columns) > 1:
            above, before = int(rows[0]), int(columns[0])
            cut = inside[above : rows[-1] + 1, before : columns[-1] + 1].copy()
            yield _Patch(cut, left + inset + before, top + inset + above)
        ink[top:bottom, left:right] = False


def _batches(patches: Sequence[_Patch]) -> Iterator[list[_Patch]]:
    """The patches in groups that make no picture too tall."""
    batch: list[_Patch] = []
    height = 0
    for patch in patches:
        if batch and height + patch.ink.shape[0] > _TALLEST:
            yield batch
            batch, height = [], 0
        batch.append(patch)
        height += patch.ink.shape[0] + _GAP
    if batch:
        yield batch


def _text(words: Sequence[Word]) -> str:
    return "".join(w.text for w in words)


def _bracketed(words: list[Word]) -> list[Word]:
    """The words of a cell with the brackets of Chinese print, which are taken for narrow or angled ones."""
    text = _text(words)
    titled = "》" in text
    meant = _BRACKETS if titled else {**_BRACKETS, **_TITLES}
    return [replace(w, text=w.text.translate(meant)) for w in words]


def _unread(patch: _Patch) -> Word:
    """A word that stands for ink in which nothing was recognised: such a cell is not blank."""
    height, width = patch.ink.shape
    return Word(UNREAD, patch.left, patch.top, patch.left + width, patch.top + height)


def _larger(patch: _Patch) -> _Patch:
    """A patch half as large again: a model that reads it otherwise was not sure."""
    image = Image.fromarray(np.where(patch.ink, 0, 255).astype(np.uint8))
    size = (round(image.width * 1.5), round(image.height * 1.5))
    return replace(patch, ink=np.asarray(image.resize(size, Image.Resampling.BICUBIC)) < _MIDDLE)


def _one(words: list[Word], text: str) -> Word:
    """One word in the place of some."""
    return replace(words[0], text=text, right=words[-1].right, bottom=words[-1].bottom)


def _sure(text: str, ours: set[str], theirs: Sequence[str]) -> str:
    """What is sure of a number: what one model and another read alike; else the digits in which they agree.

    The readings of one model (`ours`) share its errors, so that they do not confirm each other.

    >>> _sure("3983738", {"3983738", "3985758"}, ["3985758"]), _sure("20", {"20"}, ["26", "26"])
    ('3985758', '2\ufffd')
    """
    confirmed = ours & {*theirs} - {""}
    if len(confirmed) == 1:
        return confirmed.pop()
    other = next((t for t in theirs if len(t) == len(text)), "")
    return "".join(a if a == b else UNREAD for a, b in zip(text, other, strict=True)) if other else UNREAD
