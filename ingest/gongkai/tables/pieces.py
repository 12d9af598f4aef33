"""A document as pieces in reading order: cells of its tables, and what tabs, bars and spaces divide its lines into.

Whatever the separator is, afterwards there are only texts, numbers, marks and blanks; a piece knows the line it stands on,
and its column where the document has a grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cache
from itertools import groupby
from typing import NamedTuple

from gongkai.document import Document, Span, Table
from gongkai.folding import visible, without_remark
from gongkai.form import article_words, measure_words


class Piece(NamedTuple):
    """A cell, or part of a line, from `start` to `end`; `text` is stripped and may be empty."""

    kind: int
    text: str
    start: int
    end: int
    line: int
    column: int | None

    @property
    def span(self) -> Span:
        """Where it stands in the document's text."""
        return Span(self.start, self.end)


class PieceKind(IntEnum):
    """What a piece is."""

    TEXT = 0
    NUMBER = 1
    MARK = 2  # "/", "—", "无": printed, and no number
    BLANK = 3  # an empty cell
    WORDS = 4  # printed where a number belongs, and none: no single text shows it, but the grid (see grids)


TEXT, NUMBER, MARK, BLANK, WORDS = PieceKind

_DIGIT = "0-9０-９"
_ARABIC = rf"[,，]?(?:减少|增加|减|增)?\s?[-+－＋−]?[{_DIGIT}]+(?:[,，][{_DIGIT}]{{3}})*(?:[.．][{_DIGIT}]+)?"
_UNITS = ("万元", "亿元", "元", "万", "％", "%")
_REMARK = "(?:[（(][^（()）]{0,30}[)）])?"
_HAN = "零〇○一二三四五六七八九十百千万两"
_HAN_ALONE = rf"[零〇○]|[{_HAN}]{{2,}}"
"""Chinese numerals; a single one without a unit is a dash, or the number of a label, as often as a value."""
_HAN_UNITS = ("万元", "元")
_LOST = (
    rf"[{_DIGIT}]*\N{{REPLACEMENT CHARACTER}}+[{_DIGIT}\N{{REPLACEMENT CHARACTER}}]*"
    rf"|[{_DIGIT}]+[A-Za-z][{_DIGIT}]*|[A-Za-z][{_DIGIT}]+"
)
"""A cell of which a character was lost on the way, or taken for a letter: a number, though nobody can tell which."""
_MARK = re.compile(r"[/／\\—–－―─-]{1,4}|无|空")
_HAN_MARKS = frozenset("无空")
_FOLIO = re.compile(
    rf"\s*(?:[-—–－·•]+\s*[{_DIGIT}]{{1,4}}\s*[-—–－·•]+|第\s*[{_DIGIT}]{{1,4}}\s*页.{{0,12}}|(?:Page|P)[.\s]*[{_DIGIT}]{{1,4}})\s*",
    re.IGNORECASE,
)
"""The number of a page, alone on its line and set off."""
_BARS = "|｜│┃║"
_LONE_BARS = frozenset(_BARS)
"""A bar alone on its line closes the cell before it, or an empty one where that is closed already."""
SEPARATOR = re.compile(rf"[\t{_BARS}]")
FILLER = re.compile(rf"(?<=\s)[{_BARS}]{{2,}}\s*$")
"""Bars that nothing parts, behind one that is set off: a converter fills up with them a row whose empty cells it left out,
and which they were is lost."""
_NOTHING = re.compile(rf"[\s{_BARS}]*\Z")
_RULE = re.compile(rf"[\s{_BARS}:：+—_=\-─-╿]+")
"""A line that is drawn, between rows or around a table."""
_FIELDS = re.compile(r"(?P<mark>[,;]) *(?:[\d./／—-]*|无) *(?P=mark) *(?:[\d./／—-]*|无) *$")
"""The end of a line of comma-separated values: two fields that are numbers, marks or empty."""
_GROUP = 3
_QUOTED = re.compile(r'"[^"]*"')
_SPACE = re.compile(r"\s")
_EMPHASIS = "*`"
"""What Markdown sets around a word."""
_BREAK = re.compile(r"<br\s*/?>|&nbsp;", re.IGNORECASE)
"""What Markdown sets for a line end or a blank within a cell."""
_WORD = re.compile(r"\S+")
_FEWEST_COUNTED = 4
"""Fewer lines whose first number goes up by one may do so by chance."""
_ROW = 3
"""Numbers at the end of a line that make it a row of a table, however long it is."""
_LONGEST_LABEL = 60
"""A longer line is prose, if it has the punctuation of a sentence: the longest label of the form has 36 characters."""


def nothing_follows(text: str, end: int) -> bool:
    """Whether a text ends with the piece that ends there; bars may close it."""
    return _NOTHING.match(text, end) is not None


def pieces(document: Document, within: Span | None = None) -> list[Piece]:
    """The pieces of a document, or of a part of it, in reading order."""
    found: list[Piece] = []
    line = 0
    closed = False
    for block in document.blocks:
        if within is not None and not within.overlaps(block.span):
            continue
        line += 1
        if isinstance(block, Table):
            line = _grid(document.text, block, line, found)
            continue
        text, start = document.text[block.span.start : block.span.end], block.span.start
        if closed and text.strip() in _LONE_BARS:
            found.append(Piece(BLANK, "", start, start, line, None))
        else:
            _line(text, start, line, found)
        closed = text[-1:] in _LONE_BARS or (text[-1:].isspace() and text.rstrip()[-1:] in _LONE_BARS)
    _stand_vertically(found)
    return _without_counts(found)


def _without_counts(found: list[Piece]) -> list[Piece]:
    """Without the numbers that count the lines of a table, which some converters set before each (0, 1, 2 …)."""
    lines = [list(group) for _, group in groupby(found, key=lambda p: p.line)]
    dropped: set[int] = set()
    run: list[list[Piece]] = []
    for line in (*lines, []):
        counts = len(line) > 1 and line[0].kind is NUMBER and not line[0].column and line[0].text.isdecimal()
        if counts and run and int(line[0].text) == int(run[-1][0].text) + 1:
            run.append(line)
            continue
        texts = sum(each[1].kind is TEXT for each in run)
        if len(run) >= _FEWEST_COUNTED and 2 * texts > len(run):
            dropped |= {each[0].start for each in run}
        run = [line] if counts else []
    return [p for p in found if p.start not in dropped] if dropped else found


def _stand_vertically(found: list[Piece]) -> None:
    """Makes 无 a text where it is no mark but the middle of a label that is set a character a line (无法提供)."""
    for i, (before, piece, after) in enumerate(zip(found, found[1:], found[2:], strict=False), start=1):
        if (
            piece.kind is MARK
            and piece.text in _HAN_MARKS
            and _one_character(before)
            and _one_character(after)
        ):
            found[i] = piece._replace(kind=TEXT)


def _one_character(piece: Piece) -> bool:
    return piece.kind is TEXT and len(piece.text) == 1 and piece.column is None


def is_prose(text: str) -> bool:
    """Whether a text is too long to be a label, or several labels on a line; a remark behind a label does not count."""
    long = len(text) > _LONGEST_LABEL and len(text) - text.count(" ") > _LONGEST_LABEL
    return long and any(c in text for c in "，。；,;") and not without_remark(text)


@cache
def _number() -> re.Pattern[str]:
    """What a cell that is a number looks like, with the measure words of the form."""
    behind = "|".join((*_UNITS, *sorted(measure_words())))
    behind_han = "|".join((*_HAN_UNITS, *sorted(measure_words() - article_words())))
    return re.compile(
        rf"{_ARABIC}\s?(?:{behind})?{_REMARK}|{_HAN_ALONE}|[{_HAN}]+\s?(?:{behind_han})|{_LOST}"
    )


def kind_of(text: str) -> PieceKind:
    """What a whole cell holds."""
    if not text:
        return BLANK
    if text.isdecimal() or _number().fullmatch(text):
        return NUMBER
    if _MARK.fullmatch(text):
        return MARK
    seen = visible(text)
    return TEXT if seen is text else kind_of(seen)


def _grid(text: str, table: Table, line: int, found: list[Piece]) -> int:
    """The pieces of a table; a merged cell stands at its first place only. Returns the last line used."""
    for r, row in enumerate(table.rows):
        line += 1
        alone = table.line(r)
        if alone is not None:
            _line(text[alone.start : alone.end], alone.start, line, found)
            continue
        for c, cell in enumerate(row):
            if cell is None or (cell.row, cell.column) != (r, c):
                continue
            _cell(text[cell.span.start : cell.span.end], cell.span.start, line, c, found)
    return line


def _line(text: str, start: int, line: int, found: list[Piece]) -> None:
    if text.isdecimal():
        found.append(Piece(NUMBER, text, start, start + len(text), line, None))
        return
    fields = _FIELDS.search(text)
    if fields is not None and not SEPARATOR.search(text) and not _is_grouped(text):
        for at, field in _fields(text, fields["mark"]):
            _cell(field, start + at, line, None, found)
        return
    if is_prose(text) and not SEPARATOR.search(text) and len(_trailing_numbers(text)[1]) < _ROW:
        found.append(Piece(TEXT, text, start, start + len(text), line, None))
        return
    if (_RULE.fullmatch(text) and len(text) > 4) or _FOLIO.fullmatch(text):
        return  # the rule below the head of a Markdown table, or the foot of a page
    for at, cell in _cells(text, start):
        _cell(cell, at, line, None, found)


def _is_grouped(text: str) -> bool:
    """Whether the commas of a line part the thousands of one number."""
    first, *others = text.split(",")
    return bool(others) and first[-1:].isdecimal() and all(len(o.rstrip()) == _GROUP for o in others)


def _fields(text: str, mark: str) -> Iterator[tuple[int, str]]:
    """The fields of a line of comma-separated values; a quoted one may hold commas."""
    bare = _QUOTED.sub(lambda m: m.group().replace(mark, " "), text)
    at = 0
    for field in bare.split(mark):
        yield at, text[at : at + len(field)].replace('"', " ")
        at += len(field) + 1


def _cells(text: str, start: int) -> Sequence[tuple[int, str]]:
    """The cells of a line with their offsets; a bar at either end closes the row and opens no cell."""
    if not SEPARATOR.search(text):
        return ((start, text),)
    filler = FILLER.search(text)
    if filler is not None:
        text = text[: filler.start()]
    cells = []
    for cell in SEPARATOR.split(text):
        cells.append((start, cell))
        start += len(cell) + 1
    if not cells[0][1].strip() and text[0] in _BARS:
        cells = cells[1:]
    if cells and not cells[-1][1].strip() and text.rstrip()[-1:] in _BARS:
        cells = cells[:-1]
    return cells if any(cell.strip() for _, cell in cells) else ()


def _cell(text: str, start: int, line: int, column: int | None, found: list[Piece]) -> None:
    stripped = text.strip()
    start += len(text) - len(text.lstrip())
    plain = stripped.strip(_EMPHASIS)
    if plain and plain != stripped:
        start += stripped.index(plain)
        stripped = plain.strip()
    if ("<" in stripped or "&" in stripped) and _BREAK.search(stripped):
        end = start + len(stripped)
        parts = _BREAK.sub(" ", stripped).split()
        if len(parts) > 1 and all(kind_of(p) is NUMBER for p in parts):
            # What a break parts is no number, whatever it would be without the break: 1<br>2 is not 12.
            found.append(Piece(NUMBER, stripped, start, end, line, column))
        else:
            plain = "".join(parts)
            found.append(Piece(kind_of(plain), plain, start, end, line, column))
        return
    kind = kind_of(stripped)
    if kind is not TEXT or not _SPACE.search(stripped):
        found.append(Piece(kind, stripped, start, start + len(stripped), line, column))
        return
    head, numbers = _trailing_numbers(stripped)
    if head:
        label = stripped[:head].rstrip()
        found.append(Piece(TEXT, label, start, start + len(label), line, column))
    for begin, word in numbers:
        at = start + begin
        found.append(Piece(kind_of(word), word, at, at + len(word), line, column))


def _trailing_numbers(text: str) -> tuple[int, list[tuple[int, str]]]:
    """Splits `一、本年新收… 3402 99 0` into the length of its head and the numbers behind it."""
    words = [(m.start(), m.group()) for m in _WORD.finditer(text)]
    first = len(words)
    while first and kind_of(words[first - 1][1]) in (NUMBER, MARK):
        first -= 1
    if first == len(words):
        return len(text), []
    return (words[first][0] if first else 0), words[first:]
