"""The paragraph styles of a Word file: which are headings, and which are numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gongkai.readers.archive import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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

    def heading(self, properties: Any) -> int:
        """The level of a paragraph as a heading, 0 where it is none."""
        own = _outline(properties)
        if own is not None:
            return own
        return next((s.heading for s in self._chain(properties) if s.heading is not None), 0)

    def numbered(self, properties: Any) -> Numbered | None:
        """The list that a paragraph belongs to."""
        own = _numbered(properties)
        if own is None:
            own = next((s.numbered for s in self._chain(properties) if s.numbered is not None), None)
        return None if own is None or own.list_id == "0" else own

    def _chain(self, properties: Any) -> list[Style]:
        """The style of a paragraph, and those that it is based on."""
        found: list[Style] = []
        name = _value(properties, "pStyle")
        while name in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[name])
            name = found[-1].based_on
        return found


def _style(element: Any) -> Style:
    properties = element.find(W + "pPr")
    heading = None if properties is None else _outline(properties)
    if heading is None:
        name = (_value(element, "name") or "").lower()
        match = re.fullmatch(r"heading ([1-9])", name)
        heading = int(match[1]) if match else 1 if name == "title" else None
    return Style(_value(element, "basedOn"), heading, None if properties is None else _numbered(properties))


def _outline(properties: Any) -> int | None:
    """The outline level, 1 to 9, or 0 for body text."""
    value = _value(properties, "outlineLvl")
    if value is None or not value.isdecimal():
        return None
    return (int(value) + 1) % 10


def _numbered(properties: Any) -> Numbered | None:
    numbering = properties.find(W + "numPr")
    if numbering is None:
        return None
    level = _value(numbering, "ilvl") or "0"
    return Numbered(_value(numbering, "numId") or "0", int(level) if level.isdecimal() else 0)


def _value(parent: Any, name: str) -> str | None:
    element = parent.find(W + name)
    return None if element is None else element.get(W + "val")
