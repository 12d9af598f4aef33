"""What a grid settles before its numbers are read: which of its columns are the form's, and which cells hold words.

A column under a head that the form does not have (年度, 上年…) fills no cell, where all columns of the row have heads of
their own. Words in a cell that is a number's by its column are a cell that cannot be read, and move no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from gongkai.folding import fold
from gongkai.form import Column, Row
from gongkai.tables.labels import Labels
from gongkai.tables.pieces import BLANK, NUMBER, TEXT, WORDS, Piece

_END = Piece(BLANK, "", -1, -1, -1, None)
Places = tuple[int | None, ...]
_SERIAL = "序号"
_FEWEST = 3
"""Fewer columns of numbers than a row of the form that has several are no measure for another row."""


def settled(pieces: Sequence[Piece], labels: Labels) -> list[Piece]:
    """The pieces in their order, without those of columns that are not the form's; words in cells are `WORDS`."""
    pieces = _without_serials(pieces)
    lines = [list(group) for _, group in groupby(pieces, key=lambda p: p.line)]
    if not any(p.column is not None for line in lines for p in line):
        return list(pieces)
    sound = {places for line in lines if (places := _numbers(line))}
    grid = _Grid(labels, sound)
    return [piece for line in lines for piece in grid.line(line)]


def _without_serials(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Without the numbers of rows below a head that says so: in its column, or one after the other, each before a text."""
    dropped: set[int] = set()
    head: Piece | None = None
    count = 0
    for piece, after in pairwise((*pieces, _END)):
        if head is not None and (head.column is None) != (piece.column is None):
            head = None
        if fold(piece.text) == _SERIAL:
            head = piece
        elif head is None or not piece.text.isdecimal():
            continue
        elif piece.column is not None:
            dropped |= {head.start, piece.start} if piece.column == head.column else set()
        elif after.kind == TEXT and int(piece.text) in (1, count + 1):
            dropped |= {head.start, piece.start}
            count = int(piece.text)
    return [p for p in pieces if p.start not in dropped]


def _numbers(line: Sequence[Piece]) -> Places:
    """The columns of a row that ends with a number in each, behind its label; none where it does not."""
    last = max((i for i, p in enumerate(line) if p.kind == TEXT), default=None)
    if last is None:
        return ()
    behind = line[last + 1 :]
    places = tuple(p.column for p in behind)
    whole = None not in places and len(set(places)) == len(places) >= _FEWEST
    return places if whole and all(p.kind == NUMBER for p in behind) else ()


class _Grid:
    """Walks over the lines; knows the heads of the columns met last."""

    def __init__(self, labels: Labels, sound: set[Places]) -> None:
        self._labels = labels
        self._sound = sound
        self._heads: dict[int, Piece] = {}
        self._among_heads = False

    def line(self, line: list[Piece]) -> list[Piece]:
        """The pieces of a line as its grid settles them."""
        if any(p.column is None for p in line):
            self._heads, self._among_heads = {}, False
            return line
        if self._is_head(line):
            above = self._heads if self._among_heads else {}
            self._heads = above | {p.column: p for p in line if p.column is not None and p.text}
            self._among_heads = True
            return line
        below, self._among_heads = self._among_heads, False
        rows = self._rows(line)
        own = self._without_strange_columns(line, rows) if rows else line
        return self._with_words(own, rows, below_heads=below)

    def _is_head(self, line: Sequence[Piece]) -> bool:
        """Whether a line holds heads of columns, and nothing but words."""
        words = all(p.kind == TEXT for p in line if p.text)
        return words and any(self._columns(p) for p in line) and not self._is_row(line[0])

    def _is_row(self, piece: Piece) -> bool:
        return bool(_rows_of(self._labels, piece)) and not self._columns(piece)

    def _columns(self, piece: Piece) -> set[Column]:
        return {m.entry.part for m in self._labels.find(piece.text) if isinstance(m.entry.part, Column)}

    def _rows(self, line: Sequence[Piece]) -> tuple[Row, ...]:
        """The rows that the last label of a line may be."""
        named = (_rows_of(self._labels, p) for p in reversed(line) if p.kind == TEXT)
        return next((rows for rows in named if rows), ())

    def _told(self, row: Row) -> set[int]:
        """Where the columns of a row have their heads; nowhere, where one has none or more than one."""
        heads = {column: self._columns(head) for column, head in self._heads.items()}
        at = [[c for c, parts in heads.items() if column in parts] for column in row.columns]
        return {places[0] for places in at} if all(len(places) == 1 for places in at) else set()

    def _without_strange_columns(self, line: list[Piece], rows: tuple[Row, ...]) -> list[Piece]:
        present = {p.column for p in line}
        told = next((t for row in rows if (t := self._told(row)) and t <= present), set())
        table = next((m.entry.table for m in self._labels.find(self._text(line)) if m.entry.part in rows), "")
        if not told or not table:
            return line
        known = {c for column in told for c in self._columns(self._heads[column])}
        strange = {
            c for c, head in self._heads.items() if c not in told and self._is_strange(head, table, known)
        }
        return [p for p in line if p.kind == TEXT or p.column not in strange]

    def _text(self, line: Sequence[Piece]) -> str:
        return next(p.text for p in reversed(line) if p.kind == TEXT and _rows_of(self._labels, p))

    def _is_strange(self, head: Piece, table: str, known: set[Column]) -> bool:
        """Whether a head is none of the form's, nor a damaged one of a column that has no other head."""
        if self._labels.find(head.text):
            return False
        similar = self._labels.similar(head.text, table)
        return similar is None or similar.entry.part in known

    def _with_words(self, line: list[Piece], rows: tuple[Row, ...], *, below_heads: bool) -> list[Piece]:
        """With the words in cells of numbers as such, where it is certain that they are no labels."""
        for places in self._candidates(line, rows, below_heads=below_heads):
            cells = [p for p in line if p.column in places]
            words = [p for p in cells if p.kind == TEXT]
            whole = {p.column for p in cells} == set(places)
            if words and whole and not any(self._is_label(p) for p in words):
                return _joined(line, {p.column for p in words})
        return line

    def _candidates(self, line: Sequence[Piece], rows: tuple[Row, ...], *, below_heads: bool) -> list[Places]:
        """Which columns may be the cells of a line: those of the sound rows, or those that heads tell."""
        last = max((p.column or 0 for p in line if p.text), default=0)
        if not rows:
            heads = tuple(c for c, head in self._heads.items() if self._columns(head))
            numbers = sum(p.kind == NUMBER for p in line)
            return [heads] if below_heads and 2 * numbers > len(line) == len(heads) else []
        label = next(p.column for p in reversed(line) if p.kind == TEXT and _rows_of(self._labels, p))
        told = [tuple(sorted(t)) for row in rows if (t := self._told(row))]
        found = [p for p in self._sound if len(p) in {len(row.columns) for row in rows}]
        return [
            places for places in (*told, *found) if places[-1] == last and (label or 0) < (places[0] or 0)
        ]

    def _is_label(self, piece: Piece) -> bool:
        """Whether words are a label of the form, or a damaged one."""
        text, tables = piece.text, self._labels.of_table
        return bool(self._labels.find(text)) or any(
            self._labels.similar(text, table) or self._labels.partial(text, table) for table in tables
        )


def _rows_of(labels: Labels, piece: Piece) -> tuple[Row, ...]:
    return tuple(m.entry.part for m in labels.find(piece.text) if isinstance(m.entry.part, Row))


def _joined(line: Sequence[Piece], columns: set[int | None]) -> list[Piece]:
    """A cell of each of the columns, whatever blanks part in it."""
    found: list[Piece] = []
    for column, group in groupby(line, key=lambda p: p.column):
        parts = list(group)
        if column in columns:
            text = " ".join(p.text for p in parts)
            found.append(parts[0]._replace(kind=WORDS, text=text, end=parts[-1].end))
        else:
            found += parts
    return found
