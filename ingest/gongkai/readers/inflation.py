"""PDF streams that swell: counted before pdfium opens the file, since it unpacks a gigabyte from a kilobyte."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from gongkai.readers.raw import MIB, Raw

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
_MOST_UNCHECKED = 256 * MIB
"""What all fonts together may come to without being looked into."""
_MOST_STREAMS = 50_000
"""A page has a few streams, and every font and picture one."""
_MOST_DOTS = 120_000_000
_CHUNK = 1 << 16


def refuse_swelling(raw: Raw) -> None:
    """Refuses a PDF with a stream that unpacks to more than any report's.

    Raises:
        UnreadableError: there is such a stream, or one packed twice.
    """
    data = raw.data
    embedded: list[tuple[int, int]] = []
    for begin, start, end in _streams(raw):
        head = data[max(0, begin - 2048) : begin].rpartition(b"obj")[2]
        packings = len(_FLATE.findall(head))
        if packings > 1 or _OTHER.search(head):
            _refuse_packed_otherwise(raw, head, packings, end - start)
        if b"/Image" in head:
            _refuse_picture(raw, head)
        elif packings and _LARGE_KINDS.search(head):
            embedded.append((start, end))
        elif packings:
            _refuse_beyond(raw, start, end, _MOST_DRAWN)
    unpacked = 0
    for start, end in sorted(embedded, key=lambda ends: ends[0] - ends[1]):
        # what cannot come to much even at the best ratio need not be unpacked to know
        length = end - start
        unpacked += length * _RATIO
        if unpacked > _MOST_UNCHECKED:
            unpacked -= length * _RATIO - _refuse_beyond(raw, start, end, _MOST_EMBEDDED)


def _streams(raw: Raw) -> Iterator[tuple[int, int, int]]:
    """Where the word stands that begins a stream, and where the stream begins and ends; the last comes first."""
    data, count, end = raw.data, 0, len(raw.data)
    at = data.rfind(b"stream")  # from the end, which takes a third of the time
    while at >= 0:
        if data[at - 3 : at] == b"end":
            end = at - 3
        elif data[at + 6 : at + 7] in {b"\r", b"\n"}:
            count += 1
            if count > _MOST_STREAMS:
                raise raw.unreadable(f"a PDF of more than {_MOST_STREAMS} streams")
            yield at, at + (8 if data[at + 6 : at + 8] == b"\r\n" else 7), end
        at = data.rfind(b"stream", 0, at)


def _refuse_packed_otherwise(raw: Raw, head: bytes, packings: int, length: int) -> None:
    """Refuses what is packed twice, and large streams of packings that no writer uses any more."""
    if packings > 1:
        raise raw.unreadable("a PDF stream packed twice")
    if length > _MOST_DRAWN // 64 and b"/Image" not in head:
        raise raw.unreadable("a large PDF stream in an outdated packing: print the file to PDF anew")


def _refuse_picture(raw: Raw, head: bytes) -> None:
    dots = 1
    for side in _SIDE.findall(head)[:2]:
        dots *= int(side)
    if dots > _MOST_DOTS:
        raise raw.unreadable(f"a picture of {dots} dots in the PDF is too large")


def _refuse_beyond(raw: Raw, start: int, end: int, most: int) -> int:
    """How many bytes a stream unpacks to, if that is no more than `most`; as many as it is long where it is short."""
    if (end - start) * _RATIO <= most:
        return end - start
    total = sum(_unpacked(raw.data, start, end, most))
    if total > most:
        raise raw.unreadable(f"a PDF stream that swells beyond {most // MIB} MiB")
    return total


def _unpacked(data: bytes, start: int, end: int, most: int) -> Iterator[int]:
    """The sizes of the pieces that a stream unpacks to, up to a little over `most` together."""
    engine = zlib.decompressobj()
    for at in range(start, end, _CHUNK):
        packed = data[at : min(at + _CHUNK, end)]
        while packed and most >= 0 and not engine.eof:
            try:
                size = len(engine.decompress(packed, MIB))
            except zlib.error:
                return  # pdfium reads what comes before the damage, and no more
            yield size
            most -= size
            packed = engine.unconsumed_tail
