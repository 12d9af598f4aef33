"""A small writer of PDF for tests: text and lines at given places, as a printer driver sets them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, radians, sin

WIDTH, HEIGHT = 595.0, 842.0


@dataclass(slots=True)
class Page:
    """A page under way; lengths in points from the upper left corner."""

    operators: list[str] = field(default_factory=list)

    turned: bool = False
    """Whether everything is set a quarter turn against the clock, as for a wide table on a high page."""

    def text(self, x: float, y: float, text: str, size: float = 10.0, *, degrees: float = 0) -> None:
        """Sets a line of text with its left end at x and its base line at y, turned against the clock."""
        code = text.encode("utf-16-be").hex()
        a, b = round(cos(radians(degrees)), 6), round(sin(radians(degrees)), 6)
        place = f"0 1 -1 0 {y} {x}" if self.turned else f"{a} {b} {-b} {a} {x} {HEIGHT - y}"
        self.operators.append(f"BT /F1 {size} Tf {place} Tm <{code}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draws a line."""
        ends = f"{y0} {x0} m {y1} {x1} l" if self.turned else f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l"
        self.operators.append(f"0.5 w {ends} S")

    def box(self, x0: float, y0: float, x1: float, y1: float, *, filled: bool = False) -> None:
        """Draws a rectangle, its outline or filled."""
        operator = "f" if filled else "S"
        self.operators.append(f"0.5 w {x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re {operator}")

    def paragraph(self, lines: Sequence[str], y: float, *, left: float = 90, size: float = 15) -> float:
        """Sets lines under each other, the first one indented; the y after them."""
        for i, line in enumerate(lines):
            self.text(left + (2 * size if i == 0 else 0), y, line, size)
            y += 1.9 * size
        return y

    def grid(self, x: Sequence[float], y: Sequence[float], rows: Sequence[Sequence[str | None]]) -> None:
        """Draws a table; None is a place that the cell to its left covers, too."""
        for at in y:
            self.line(x[0], at, x[-1], at)
        for (top, bottom), row in zip(pairwise(y), rows, strict=True):
            for at, text in zip(x, row, strict=False):
                if text is not None:
                    self.line(at, top, at, bottom)
                    self.text(at + 3, (top + bottom) / 2 + 4, text)
            self.line(x[-1], top, x[-1], bottom)


def written(pages: Sequence[Page], *, rotate: int = 0, title: str = "") -> bytes:
    """The PDF of some pages."""
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(len(pages)))
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        3: "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        4: "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]/FontDescriptor 5 0 R"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        5: "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
        6: f"<</Title<feff{title.encode('utf-16-be').hex()}>>>",
    }
    streams: dict[int, bytes] = {}
    for i, page in enumerate(pages):
        number = 10 + 2 * i
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {rotate}"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {number + 1} 0 R>>"
        )
        streams[number + 1] = zlib.compress("\n".join(page.operators).encode())
        objects[number + 1] = f"<</Length {len(streams[number + 1])}/Filter/FlateDecode>>"
    return assembled(objects, streams)


def assembled(objects: dict[int, str], streams: dict[int, bytes]) -> bytes:
    """A file of objects, with its table of offsets."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += f"{number} 0 obj\n{body}\n".encode()
        if number in streams:
            out += b"stream\n" + streams[number] + b"\nendstream\n"
        out += b"endobj\n"
    start, last = len(out), max(objects)
    out += f"xref\n0 {last + 1}\n".encode()
    for number in range(last + 1):
        out += f"{offsets.get(number, 0):010d} {0 if number in offsets else 65535:05d} ".encode()
        out += b"n \n" if number in offsets else b"f \n"
    out += f"trailer\n<</Size {last + 1}/Root 1 0 R/Info 6 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
