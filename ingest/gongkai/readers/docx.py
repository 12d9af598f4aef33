"""Word files (.docx, ISO/IEC 29500-1): their XML read directly, as a reader of the printed page would see it.

Insertions stand, deletions do not; text boxes and notes come after the paragraph that they hang on; numbers that Word
counts for itself are written out.
"""

from __future__ import annotations

import posixpath
from typing import Any

from gongkai.document import Document, Source, Writer
from gongkai.readers.archive import Archive
from gongkai.readers.flow import Box, Item, Title, fold, table, visible, write
from gongkai.readers.numbering import Numbering
from gongkai.readers.raw import MAX_SPAN, Raw
from gongkai.readers.styles import Styles, W

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
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
            if tag == W + "p":
                self._paragraph(child)
            elif tag == W + "tbl":
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
        properties = paragraph.find(W + "pPr")
        level, goes_on = 0, False
        if properties is not None:
            level = self.styles.heading(properties)
            numbered = self.styles.numbered(properties)
            if numbered is not None:
                self.parts.append(self.numbering.next(numbered))
            # a deleted mark at its end makes one paragraph of two
            goes_on = properties.find(f"{W}rPr/{W}del") is not None
        self._inline(paragraph)
        if not goes_on:
            self.end_line(level)
            drawn, self.drawn = self.drawn, []
            for box in drawn:
                self.blocks(box)

    def _inline(self, parent: Any) -> None:
        """The characters below an element."""
        for child in parent:
            tag = child.tag
            if tag == W + "t":
                self.parts.append(child.text or "")
            elif tag == W + "r":
                if child.find(f"{W}rPr/{W}vanish") is None:
                    self._inline(child)
            elif tag in _GONE or _is_placeholder(child):
                continue
            elif tag in _CHARACTERS:
                self.parts.append(_CHARACTERS[tag])
            elif tag in {W + "br", W + "cr"}:
                self.end_line()
            elif tag in _DRAWN:
                self._find_boxes(child)
            else:
                self._inline(_chosen(child))

    def _find_boxes(self, drawn: Any) -> None:
        """The text boxes of a drawing, to be read after its paragraph."""
        for child in drawn:
            if child.tag == W + "txbxContent":
                self.drawn.append(child)
            else:
                self._find_boxes(_chosen(child))

    def _rows(self, table: Any) -> list[list[Box]]:
        rows: list[list[Box]] = []
        merging: dict[int, Box] = {}
        for row in _members(table, W + "tr"):
            if row.find(f"{W}trPr/{W}del") is None and row.find(f"{W}trPr/{W}hidden") is None:
                boxes, merging = self._boxes(row, merging)
                rows.append(boxes)
        return rows

    def _boxes(self, row: Any, merging: dict[int, Box]) -> tuple[list[Box], dict[int, Box]]:
        """The cells of a row, and those of them that may go on in the next row, by column."""
        column = _count(row, "trPr", "gridBefore", 0)
        boxes = [Box([], colspan=column)] if column else []
        going_on: dict[int, Box] = {}
        for cell in _members(row, W + "tc"):
            span = _count(cell, "tcPr", "gridSpan", 1)
            down = _merge(cell, "vMerge")
            if _merge(cell, "hMerge") == "continue" and boxes:
                boxes[-1].colspan += span
            elif down == "continue" and column in merging:
                going_on[column] = merging[column]
                merging[column].rowspan += 1
            else:
                box = Box(self._cell(cell), colspan=span)
                boxes.append(box)
                if down is not None:
                    going_on[column] = box
            column += span
        return boxes, going_on

    def _cell(self, cell: Any) -> list[Item]:
        outer, self.items = (self.items, self.drawn), []
        self.drawn = []
        self.blocks(cell)
        self.end_line()
        inner = self.items
        self.items, self.drawn = outer
        return inner


def _chosen(element: Any) -> Any:
    """The first of alternative contents that are all the same to a reader; any other element as it is."""
    if element.tag != _ALTERNATE:
        return element
    return next(iter(element), ())


def _is_placeholder(element: Any) -> bool:
    """Whether a field still shows its prompt."""
    return element.tag == W + "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _members(parent: Any, tag: str) -> list[Any]:
    """The rows of a table or the cells of a row, in whatever wrapper, but not those of tables within."""
    found: list[Any] = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag not in _GONE and child.tag not in {W + "tbl", W + "tr", W + "tc", W + "p"}:
            found.extend(_members(child, tag))
    return found


def _count(parent: Any, properties: str, name: str, default: int) -> int:
    element = parent.find(f"{W}{properties}/{W}{name}")
    text = "" if element is None else element.get(W + "val", "")
    return min(int(text), MAX_SPAN + 1) if text.isdecimal() and len(text) < 10 else default


def _merge(cell: Any, name: str) -> str | None:
    """`restart`, `continue`, or None where the cell is not merged in this direction."""
    element = cell.find(f"{W}tcPr/{W}{name}")
    return None if element is None else str(element.get(W + "val", "continue"))
