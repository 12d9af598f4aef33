"""PDF streams that swell: counted before pdfium opens the file, since it unpacks a gigabyte from a kilobyte."""

from __future__ import annotations

import re
import zlib

from gongkai.readers.raw import MIB, Raw

_STREAM = re.compile(rb"\bstream\r?\n")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_OTHER = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL)\b")
_LARGE_KINDS = re.compile(rb"/Length1\b|/Subtype\b")
_SIDE = re.compile(rb"/(?:Width|Height|W|H)\s+(\d{1,9})")
_RATIO = 1032
"""The most that deflate packs into a byte (https://www.zlib.net/zlib_tech.html)."""
_MOST_DRAWN = 4 * MIB
"""The most bytes of drawing operators of a page, or of objects in a stream."""
_MOST_EMBEDDED = 48 * MIB
"""The most bytes of a font; whole Chinese fonts have twenty million."""
_MOST_DOTS = 120_000_000
_CHUNK = 1 << 16


def refuse_swelling(raw: Raw) -> None:
    """Refuses a PDF with a stream that unpacks to more than any report's.

    Raises:
        UnreadableError: there is such a stream, or one packed twice.
    """
    data = raw.data
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - 2048) : match.start()].rpartition(b"obj")[2]
        packings = len(_FLATE.findall(head))
        if packings > 1 or _OTHER.search(head):
            _refuse_packed_otherwise(raw, head, packings, match.end())
        if b"/Image" in head:
            _refuse_picture(raw, head)
        elif packings:
            most = _MOST_EMBEDDED if _LARGE_KINDS.search(head) else _MOST_DRAWN
            if _unpacked(data, match.end(), most) > most:
                raise raw.unreadable(f"a PDF stream that swells beyond {most // MIB} MiB")


def _refuse_packed_otherwise(raw: Raw, head: bytes, packings: int, start: int) -> None:
    """Refuses what is packed twice, and large streams of packings that no writer uses any more."""
    if packings > 1:
        raise raw.unreadable("a PDF stream packed twice")
    if raw.data.find(b"endstream", start) - start > _MOST_DRAWN // 64 and b"/Image" not in head:
        raise raw.unreadable("a large PDF stream in an outdated packing: print the file to PDF anew")


def _refuse_picture(raw: Raw, head: bytes) -> None:
    dots = 1
    for side in _SIDE.findall(head)[:2]:
        dots *= int(side)
    if dots > _MOST_DOTS:
        raise raw.unreadable(f"a picture of {dots} dots in the PDF is too large")


def _unpacked(data: bytes, start: int, most: int) -> int:
    """How many bytes a stream unpacks to, counted up to a little over `most`."""
    end = data.find(b"endstream", start)
    end = len(data) if end < 0 else end
    if (end - start) * _RATIO <= most:
        return 0
    engine = zlib.decompressobj()
    total = 0
    for at in range(start, end, _CHUNK):
        packed = data[at : min(at + _CHUNK, end)]
        while packed and total <= most:
            try:
                total += len(engine.decompress(packed, MIB))
            except zlib.error:
                return total  # pdfium reads what comes before the damage, and no more
            packed = engine.unconsumed_tail
        if total > most or engine.eof:
            break
    return total
