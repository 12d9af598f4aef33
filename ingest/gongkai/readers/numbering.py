"""The numbers that Word counts for itself, written out as they are printed: 一、 （三） 2."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.readers.archive import Archive
from gongkai.readers.styles import Numbered, W

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `text` holds %1 to %9 for the numbers of the levels."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    """Whether the numbers of all levels are decimal here."""


class Numbering:
    """The lists of a file, and how far each has counted."""

    def __init__(self, lists: dict[str, tuple[str, dict[int, Level]]], restarts: set[str]) -> None:
        self._lists = lists
        self._restarts = restarts
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    @classmethod
    def of(cls, archive: Archive, folder: str) -> Numbering:
        """The lists of a file, none if it has no such part."""
        name = f"{folder}/numbering.xml"
        if name not in archive:
            return cls({}, set())
        root = archive.xml(name)
        abstract = {e.get(W + "abstractNumId", ""): _levels(e, {}) for e in root.iterfind(W + "abstractNum")}
        lists, restarts = {}, set()
        for e in root.iterfind(W + "num"):
            own, base = e.get(W + "numId", ""), _value(e, "abstractNumId")
            lists[own] = base, _levels(e, abstract.get(base, {}))
            if e.find(W + "lvlOverride") is not None:
                restarts.add(own)
        return cls(lists, restarts)

    def next(self, place: Numbered) -> str:
        """The number of the next paragraph of a list, empty for a bullet."""
        if place.list_id not in self._lists:
            return ""
        base, levels = self._lists[place.list_id]
        counts = self._counts[base]
        if place.list_id in self._restarts:
            self._restarts.discard(place.list_id)
            counts.clear()
        level = levels.get(place.level, Level())
        counts[place.level] = counts.get(place.level, level.start - 1) + 1
        for deeper in [i for i in counts if i > place.level]:
            del counts[deeper]

        def number(match: re.Match[str]) -> str:
            i = int(match[1]) - 1
            own = levels.get(i, Level())
            return printed(counts.get(i, own.start), "decimal" if level.legal else own.format)

        return "" if level.format == "bullet" else re.sub(r"%([1-9])", number, level.text)


def printed(number: int, style: str) -> str:
    """A number in one of Word's formats (ISO/IEC 29500-1, 17.18.59); those that no report uses come out decimal.

    >>> [printed(12, s) for s in ("chineseCounting", "decimalEnclosedCircle", "upperRoman", "decimalZero")]
    ['十二', '⑫', 'XII', '12']
    """
    return _FORMATS.get(style, str)(number)


def _chinese(number: int) -> str:
    """Up to 99 in words, as lists count.

    >>> [_chinese(n) for n in (1, 10, 15, 20, 21)]
    ['一', '十', '十五', '二十', '二十一']
    """
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        found += letters * count
    return found


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "ideographDigital": lambda n: "".join(_DIGITS[int(c)] for c in str(n)),
    "chineseLegalSimplified": lambda n: "".join(_FORMAL[int(c)] for c in str(n)),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _chinese
    ),
}


def _levels(parent: Any, inherited: dict[int, Level]) -> dict[int, Level]:
    """The levels of a list, with what it overrides."""
    found = dict(inherited)
    for e in parent.iter(W + "lvl"):
        found[_number(e.get(W + "ilvl"), 0)] = Level(
            _value(e, "numFmt") or "decimal",
            _value(e, "lvlText"),
            _number(_value(e, "start"), 1),
            e.find(W + "isLgl") is not None,
        )
    for e in parent.iterfind(f"{W}lvlOverride"):
        i, start = _number(e.get(W + "ilvl"), 0), _value(e, "startOverride")
        if start and e.find(W + "lvl") is None:
            own = found.get(i, Level())
            found[i] = Level(own.format, own.text, _number(start, 1), own.legal)
    return found


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else default


def _value(parent: Any, name: str) -> str:
    element = parent.find(W + name)
    return "" if element is None else element.get(W + "val", "")
