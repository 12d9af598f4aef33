"""Word files (.docx, ISO/IEC 29500-1): their XML read directly, as a reader of the printed page would see it.

Insertions stand, deletions do not; text boxes and notes come after the paragraph that they hang on; numbers that Word
counts for itself are written out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, NamedTuple

from gongkai.document import Document, Source, Writer
from gongkai.readers.archive import Archive
from gongkai.readers.flow import Box, Item, Title, fold, table, visible, write
from gongkai.readers.numbering import Numbering
from gongkai.readers.raw import MAX_SPAN, Raw
from gongkai.readers.styles import Styles, W

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_P, _R, _T, _TABLE, _ROW, _CELL = (W + name for name in ("p", "r", "t", "tbl", "tr", "tc"))
_PROPERTIES, _ROW_PROPERTIES, _CELL_PROPERTIES, _RUN_PROPERTIES = (
    W + name for name in ("pPr", "trPr", "tcPr", "rPr")
)
_DELETED, _HIDDEN, _VANISHED, _PLACEHOLDER = (W + n for n in ("del", "hidden", "vanish", "showingPlcHdr"))
_SPAN, _DOWN, _ACROSS, _BEFORE = (W + name for name in ("gridSpan", "vMerge", "hMerge", "gridBefore"))
_VALUE, _FIELD, _BOX = W + "val", W + "sdt", W + "txbxContent"
_GONE = frozenset(
    W + name
    for name in (
        *("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr"),
        *(
            "tcPr",
            "sdtPr",
            "sdtEndPr",
            "rt",
            "fldChar",
            "footnoteReference",
            "endnoteReference",
            "annotationRef",
        ),
    )
)
_DRAWN = frozenset((W + "drawing", W + "pict", W + "object"))
_BREAKS = frozenset((W + "br", W + "cr"))
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))


def read(source: Source, archive: Archive) -> Document:
    """The body with its tables, text boxes and notes in reading order.

    Raises:
        UnreadableError: a part is missing, damaged or too large, or there is no text.
    """
    main = _main_part(archive)
    folder = posixpath.dirname(main)
    raw = archive.raw
    walk = _Walk(raw, Styles.of(archive, folder), Numbering.of(archive, folder))
    walk.blocks(archive.xml(main))
    for part, note in _NOTES:
        name = f"{folder}/{part}.xml"
        if name in archive:
            for element in archive.xml(name).iter(W + note):
                walk.blocks(element)
    walk.end_line()
    if not walk.items:
        raise raw.unreadable("a Word file without any text")
    writer = Writer()
    write(walk.items, writer)
    return writer.document(source, metadata=_properties(archive))


def _main_part(archive: Archive) -> str:
    """The name of the part that holds the body."""
    if "_rels/.rels" in archive:
        for relation in archive.xml("_rels/.rels").iter(_RELATION):
            if relation.get("Type", "").endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _properties(archive: Archive) -> list[tuple[str, str]]:
    """What the file says of itself: title, creator, dates."""
    if "docProps/core.xml" not in archive:
        return []
    found = ((e.tag.rpartition("}")[2], fold(e.text or "")) for e in archive.xml("docProps/core.xml"))
    return [(name, value) for name, value in found if value]


class _Walk:
    """Goes through the body; depth is bounded by the XML parser's own limit of 256."""

    def __init__(self, raw: Raw, styles: Styles, numbering: Numbering) -> None:
        self.raw = raw
        self.styles = styles
        self.numbering = numbering
        self.items: list[Item] = []
        self.parts: list[str] = []
        self.drawn: list[Any] = []

    def blocks(self, parent: Any) -> None:
        """The paragraphs and tables below an element."""
        for child in parent:
            tag = child.tag
            if tag == _P:
                self._paragraph(child)
            elif tag == _TABLE:
                self.end_line()
                self.items += table(self.raw, self._rows(child))
            elif tag not in _GONE and not _is_placeholder(child):
                self.blocks(_chosen(child))

    def end_line(self, level: int = 0) -> None:
        """Ends the line; blanks alone make none."""
        if self.parts:
            line = visible("".join(self.parts)).strip()
            self.parts.clear()
            if line:
                self.items.append(Title(line, level) if level else line)

    def _paragraph(self, paragraph: Any) -> None:
        level, goes_on = 0, False
        for child in paragraph:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag == _PROPERTIES:
                level, numbered = self.styles.of_paragraph(child)
                if numbered is not None:
                    self.parts.append(self.numbering.next(numbered))
                # a deleted mark at its end makes one paragraph of two
                mark = _child(child, _RUN_PROPERTIES)
                goes_on = mark is not None and _child(mark, _DELETED) is not None
            else:
                self._inline(child)
        if not goes_on:
            self.end_line(level)
            drawn, self.drawn = self.drawn, []
            for box in drawn:
                self.blocks(box)

    def _run(self, run: Any) -> None:
        """The characters of a run, unless it is hidden."""
        for child in run:
            tag = child.tag
            if tag == _T:
                self.parts.append(child.text or "")
            elif tag == _RUN_PROPERTIES:
                if _child(child, _VANISHED) is not None:
                    return
            else:
                self._inline(child)

    def _inline(self, element: Any) -> None:
        """The characters of an element within a paragraph."""
        tag = element.tag
        if tag == _R:
            self._run(element)
        elif tag == _T:
            self.parts.append(element.text or "")
        elif tag in _CHARACTERS:
            self.parts.append(_CHARACTERS[tag])
        elif tag in _BREAKS:
            self.end_line()
        elif tag in _DRAWN:
            self._find_boxes(element)
        elif tag not in _GONE and not _is_placeholder(element):
            for child in _chosen(element):
                self._inline(child)

    def _find_boxes(self, drawn: Any) -> None:
        """The text boxes of a drawing, to be read after its paragraph."""
        for child in drawn:
            if child.tag == _BOX:
                self.drawn.append(child)
            else:
                self._find_boxes(_chosen(child))

    def _rows(self, table: Any) -> list[list[Box]]:
        rows: list[list[Box]] = []
        merging: dict[int, Box] = {}
        for row in _members(table, _ROW):
            properties = _child(row, _ROW_PROPERTIES)
            begins = 0
            if properties is not None:
                if next(properties.iterchildren(_DELETED, _HIDDEN), None) is not None:
                    continue
                begins = _count(_child(properties, _BEFORE), 0)
            boxes, merging = self._boxes(row, merging, begins)
            rows.append(boxes)
        return rows

    def _boxes(self, row: Any, merging: dict[int, Box], column: int) -> tuple[list[Box], dict[int, Box]]:
        """The cells of a row, and those of them that may go on in the next row, by column."""
        boxes = [Box([], colspan=column)] if column else []
        going_on: dict[int, Box] = {}
        for cell in _members(row, _CELL):
            place = _placing(cell)
            if place.across == "continue" and boxes:
                boxes[-1].colspan += place.width
            elif place.down == "continue" and column in merging:
                going_on[column] = merging[column]
                merging[column].rowspan += 1
            else:
                box = Box(self._cell(cell), colspan=place.width)
                boxes.append(box)
                if place.down is not None:
                    going_on[column] = box
            column += place.width
        return boxes, going_on

    def _cell(self, cell: Any) -> list[Item]:
        outer = self.items, self.drawn
        inner: list[Item] = []
        self.items, self.drawn = inner, []
        self.blocks(cell)
        self.end_line()
        self.items, self.drawn = outer
        return inner


class _Place(NamedTuple):
    """The columns of a cell, and whether it is the first of merged ones (`restart`) or another (`continue`)."""

    width: int = 1
    down: str | None = None
    across: str | None = None


_ALONE = _Place()


def _placing(cell: Any) -> _Place:
    properties = _leading(cell, _CELL_PROPERTIES)
    if properties is None:
        return _ALONE
    width, merges = 1, {_DOWN: None, _ACROSS: None}
    for element in properties.iterchildren(_SPAN, _DOWN, _ACROSS):
        if element.tag == _SPAN:
            width = max(_count(element, 1), 1)
        else:
            merges[element.tag] = element.get(_VALUE, "continue")
    return _Place(width, merges[_DOWN], merges[_ACROSS])


def _child(parent: Any, tag: str) -> Any:
    """The first child of a tag; several times as fast as `find`."""
    return next(parent.iterchildren(tag), None)


def _leading(parent: Any, tag: str) -> Any:
    """The child of a tag that stands first, as the schema has it; where another does, the first of the tag."""
    first = parent[0] if len(parent) else None
    return first if first is None or first.tag == tag else _child(parent, tag)


def _chosen(element: Any) -> Any:
    """The first of alternative contents that are all the same to a reader; any other element as it is."""
    return next(iter(element), ()) if element.tag == _ALTERNATE else element


def _is_placeholder(element: Any) -> bool:
    """Whether a field still shows its prompt."""
    if element.tag != _FIELD:
        return False
    properties = _child(element, W + "sdtPr")
    return properties is not None and _child(properties, _PLACEHOLDER) is not None


def _members(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, in whatever wrapper, but not those of tables within."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE and child.tag not in {_TABLE, _ROW, _CELL, _P}:
            yield from _members(child, tag)


def _count(element: Any, default: int) -> int:
    text = "" if element is None else element.get(_VALUE, "")
    return min(int(text), MAX_SPAN + 1) if text.isdecimal() and len(text) < 10 else default
