"""The paragraph styles of a Word file: which are headings, and which are numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gongkai.readers.archive import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE, _NUMBERED, _OUTLINE = W + "pStyle", W + "numPr", W + "outlineLvl"
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Numbered:
    """That a paragraph belongs to a list, and on which level."""

    list_id: str
    level: int


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs; None where it leaves that to the style it is based on."""

    based_on: str | None
    heading: int | None
    numbered: Numbered | None


class Styles:
    """The styles of a file by their identifiers."""

    def __init__(self, styles: dict[str, Style]) -> None:
        self._styles = styles

    @classmethod
    def of(cls, archive: Archive, folder: str) -> Styles:
        """The styles of a file, none if it has no such part."""
        name = f"{folder}/styles.xml"
        if name not in archive:
            return cls({})
        return cls({e.get(W + "styleId", ""): _style(e) for e in archive.xml(name).iterfind(W + "style")})

    def of_paragraph(self, properties: Any) -> tuple[int, Numbered | None]:
        """The level of a paragraph as a heading, 0 where it is none, and the list that it belongs to."""
        heading: int | None = None
        numbered: Numbered | None = None
        style: str | None = None
        for element in properties.iterchildren(_STYLE, _NUMBERED, _OUTLINE):
            if element.tag == _STYLE:
                style = element.get(W + "val")
            elif element.tag == _NUMBERED:
                numbered = _list_of(element)
            else:
                heading = _level(element)
        if style is not None and (heading is None or numbered is None):
            inherited = self._inherited(style)
            heading = inherited[0] if heading is None else heading
            numbered = inherited[1] if numbered is None else numbered
        return heading or 0, None if numbered is None or numbered.list_id == "0" else numbered

    def _inherited(self, name: str | None) -> tuple[int | None, Numbered | None]:
        """What a style says, or else those that it is based on."""
        heading: int | None = None
        numbered: Numbered | None = None
        for _ in range(_DEEPEST):
            if name not in self._styles:
                break
            style = self._styles[name]
            heading = style.heading if heading is None else heading
            numbered = style.numbered if numbered is None else numbered
            name = style.based_on
        return heading, numbered


def _style(element: Any) -> Style:
    heading: int | None = None
    numbered: Numbered | None = None
    for found in element.iterfind(f"{W}pPr/*"):
        if found.tag == _OUTLINE:
            heading = _level(found)
        elif found.tag == _NUMBERED:
            numbered = _list_of(found)
    if heading is None:
        name = (_value(element, "name") or "").lower()
        match = re.fullmatch(r"heading ([1-9])", name)
        heading = int(match[1]) if match else 1 if name == "title" else None
    return Style(_value(element, "basedOn"), heading, numbered)


def _level(element: Any) -> int | None:
    """An outline level, 1 to 9, or 0 for body text."""
    value = element.get(W + "val", "")
    return (int(value) + 1) % 10 if value.isdecimal() else None


def _list_of(element: Any) -> Numbered:
    level = _value(element, "ilvl") or "0"
    return Numbered(_value(element, "numId") or "0", int(level) if level.isdecimal() else 0)


def _value(parent: Any, name: str) -> str | None:
    element = next(parent.iterchildren(W + name), None)
    return None if element is None else element.get(W + "val")
