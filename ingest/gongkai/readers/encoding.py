"""From bytes to text: UTF-8, UTF-16 and GB18030, declared or not, with a byte order mark or without."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from gongkai.document import Note
from gongkai.readers.raw import MAX_MARKUP, MIB, Raw
from gongkai.readers.script import simplified, without_radicals

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([-\w:.]{2,40})""", re.IGNORECASE)
_DECLARABLE = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "euc-cn", "cp936", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
    "hz-gb-2312": "hz",
}
"""What is taken at its word; a declaration of anything else is wrong in practice."""
_USUAL = re.compile(r"[\t\n\r\x20-\x7e·—‘’“”…\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32), 127))
_TOLERATED = 200
"""One damaged character in so many is read over; more is no text."""
_PRIVATE = re.compile("[\ufffd\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what was done to get it."""

    text: str
    notes: frozenset[Note]


def decode(raw: Raw) -> Decoded:
    """The text of a source, without its byte order mark, in the script of the form.

    Raises:
        UnreadableError: too large, or no text in any of these encodings.
    """
    text, guessed = _decoded(raw)
    text = without_radicals(text)
    plain = simplified(text)
    done = {Note.ENCODING_GUESSED: guessed, Note.TRANSLITERATED: plain is not text}
    return Decoded(plain, frozenset(note for note, holds in done.items() if holds))


def _decoded(raw: Raw) -> tuple[str, bool]:
    """The text as it was written, and whether its encoding had to be guessed.

    A byte order mark wins, then bytes that are UTF-8, then what the source declares in its head; what is left
    is GB18030, which holds GBK and GB2312.
    """
    data = raw.data
    if len(data) > MAX_MARKUP:
        raise raw.unreadable(f"{len(data) // MIB} MiB of text, more than {MAX_MARKUP // MIB}: split the file")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _lenient(raw, data[len(mark) :], name), False
    if wide := _wide(data):
        return _lenient(raw, data, wide), True
    text = _strict(data, "utf-8")
    if text is not None:
        return _sound(raw, text, data), False
    declared = _declared(data)
    return _lenient(raw, data, declared or _nearest(data)), declared is None


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: zero bytes that sit on one side only, and a text that looks like one."""
    head = data[:4096]
    if b"\0" not in head:
        return None
    sample = head[: len(head) & ~1]
    best = max(("utf-16-le", "utf-16-be"), key=lambda n: _likeness(sample.decode(n, "replace")))
    return best if _likeness(sample.decode(best, "replace")) > 0.8 else None


def _likeness(text: str) -> float:
    return len(_USUAL.findall(text)) / max(len(text), 1)


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data, 0, 4096)
    return _DECLARABLE.get(match[1].decode("ascii").lower()) if match else None


def _nearest(data: bytes) -> str:
    """UTF-8 that is damaged, or GB18030: whichever loses less."""
    sample = data[:65536]
    return min(("gb18030", "utf-8"), key=lambda n: len(_PRIVATE.findall(sample.decode(n, "replace"))))


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _lenient(raw: Raw, data: bytes, name: str) -> str:
    text = _strict(data, name)
    text = data.decode(name, "replace") if text is None else text
    return _sound(raw, text, text.encode("utf-8", "surrogatepass"))


def _sound(raw: Raw, text: str, units: bytes) -> str:
    """The text, unless it is binary data that happens to decode; `units` is the same in UTF-8."""
    junk = len(units) - len(units.translate(None, _CONTROLS)) + sum(map(text.count, "\ufffd\ufffe\uffff"))
    if junk * _TOLERATED > len(text):
        raise raw.unreadable(
            "neither a format that gongkai reads nor text in UTF-8, UTF-16 or GB18030"
            f" ({junk} of {len(text)} characters are damaged)"
        )
    return text
