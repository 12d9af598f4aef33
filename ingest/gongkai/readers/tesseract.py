"""Tesseract, which recognises the words of a picture; Debian's packages tesseract-ocr and tesseract-ocr-chi-sim."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from gongkai.readers.picture import Ink
from gongkai.readers.programs import program, run
from gongkai.readers.raw import Raw

DOTS = 300.0
"""The resolution that Tesseract is trained for, in dots to an inch."""
_NEED = (
    "a scanned page, read through Tesseract with its Chinese data, which is not installed: install it"
    " (Debian: apt-get install tesseract-ocr tesseract-ocr-chi-sim), or find the report as text"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as recognised, in dots; `top` and `bottom` are those of its line."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


class Tesseract:
    """The program, as a source needs it.

    Raises:
        UnreadableError: it is not installed, or without Chinese and English.
    """

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._path = program(raw, ("tesseract",), _NEED)
        languages = run(raw, (self._path, "--list-langs"), "Tesseract").decode().split()
        if not {"chi_sim", "eng"} <= set(languages):
            raise raw.unreadable(_NEED)

    def words(self, ink: Ink, language: str = "chi_sim", *options: str) -> list[Word]:
        """The words of a picture that is one column of lines."""
        if not ink.any():
            return []
        image = io.BytesIO()
        Image.fromarray(np.where(ink, 0, 255).astype(np.uint8)).save(image, "PNG", compress_level=1)
        command = (
            self._path,
            "-",
            "-",
            "--psm",
            "6",
            "--dpi",
            str(int(DOTS)),
            "-l",
            language,
            *options,
            "tsv",
        )
        return list(
            _parsed(run(self._raw, command, "Tesseract", data=image.getvalue()).decode("utf-8", "replace"))
        )


def _parsed(table: str) -> Iterator[Word]:
    """The words of Tesseract's table (levels: 4 a line, 5 a word)."""
    line = (0, 0)
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        left, top, width, height = (int(row[k]) for k in ("left", "top", "width", "height"))
        if row["level"] == "4":
            line = top, top + height
        elif row["level"] == "5" and (text := (row["text"] or "").strip()):
            yield Word(text, left, line[0], left + width, line[1])
