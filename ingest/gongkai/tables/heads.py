"""Which columns the heads of a table tell: where some are not the form's or in another order, counting tells nothing.

A document that sets last year's numbers beside this year's, or the total first, is read by its heads or not at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from gongkai.folding import without_ordinal
from gongkai.form import Column, Heading, Part, Row
from gongkai.tables.labels import Fit, labels
from gongkai.tables.pieces import TEXT, Piece
from gongkai.tables.runs import Run, Scan

_YEAR = re.compile(r"20\d\d")
_CONTENTS = "contents"
_ROW = 3
"""Texts that a line has beside each other, which make it a row of heads."""
_LONGEST = 8
"""Characters of a head that the form does not have; a longer text is something else."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the place of the head of a column: the form's, if any, else `strange` or a piece of one."""

    piece: Piece
    column: Column | None
    damaged: bool = False
    strange: bool = False


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads that stand together above rows, in reading order."""

    heads: tuple[Head, ...]
    several: bool = False
    """Whether other texts stand before the first that is the form's, and are no pieces of one head."""

    @property
    def start(self) -> int:
        """Where they begin."""
        return self.heads[0].piece.start

    def settle(self, columns: Sequence[Column]) -> bool:
        """Whether these are the heads of the columns, as far as they can be told, in the form's order and no others."""
        if self.several and len(columns) == 1:
            return False
        known = [h.column for h in self.heads if h.column in columns]
        others = [h for h in self.heads if h.column is None or (h.damaged and h.column not in columns)]
        if len(set(known)) < len(known):
            return False
        if any(h.strange for h in others) and len(self.heads) > len(columns):
            return False
        if others and (len(set(known)) == len(columns) or self._are_too_many(columns)):
            return False
        return self._in_order(columns)

    def settle_blocks(self, rows: Sequence[Row]) -> bool:
        """Whether these are the heads of rows side by side, as far as they can be told, and no others."""
        due = [column for row in rows for column in row.columns]
        known = [h.column for h in self.heads if h.column in due]
        strange = any(h.strange for h in self.heads) and len(self.heads) > len(due)
        return not strange and (len(known) != len(due) or known == due)

    def _are_too_many(self, columns: Sequence[Column]) -> bool:
        in_grid = len({h.piece.column for h in self.heads} - {None}) == len(self.heads)
        whole = in_grid or len({h.piece.line for h in self.heads}) == 1
        return whole and len(self.heads) > len(columns)

    def _in_order(self, columns: Sequence[Column]) -> bool:
        """Whether columns stand in the form's order; without a grid, those of a group, which share a line."""
        known = [h for h in self.heads if h.column in columns]
        in_grid = all(h.piece.column is not None for h in known)
        if in_grid and len({h.piece.column for h in known}) == len(known):
            known.sort(key=lambda h: h.piece.column or 0)
        else:
            several = any(h.column.group for h in known if h.column)
            known = [h for h in known if h.column and bool(h.column.group) is several]
        at = [columns.index(h.column) for h in known if h.column]
        return at == sorted(at)

    def leave_the_total_open(self, columns: Sequence[Column]) -> bool:
        """Whether the last column may not be the last: its head is named before others that are of no group."""
        at = [h.column for h in self.heads if h.column in columns and h.column and not h.column.group]
        return columns[-1] in at[:-1]

    def cells(self, run: Run, row: Row) -> list[Piece | None] | None:
        """The cells of a row by the heads above them: in a grid, or on lines with as many numbers as heads."""
        found = [[h.piece for h in self.heads if h.column == column] for column in row.columns]
        if any(len(own) != 1 for own in found):
            return None
        at = [own[0] for own in found]
        if all(p.column is not None for p in (*at, *run.cells)):
            below = {c.column: c for c in run.cells}
            return [below.get(p.column) for p in at] if len(below) == len(run.cells) else None
        on_lines = len({h.piece.line for h in self.heads}) == 1 == len({c.line for c in run.cells})
        if not on_lines or len(run.values) != len(self.heads):
            return None
        below = {h.piece.start: v for h, v in zip(self.heads, run.values, strict=True)}
        return [below[p.start] for p in at]


@dataclass(frozen=True, slots=True)
class _Part:
    """A label of the form, or another text or number among them."""

    piece: Piece
    part: Part | None = None
    damaged: bool = False


def heads_of(scan: Scan) -> tuple[Heads, ...]:
    """The heads of a table, wherever they stand together."""
    each = ((list(_heads(scan, block)), _are_several(scan, block)) for block in _blocks(scan))
    repeated = scan.table in labels().side_by_side
    return tuple(Heads(tuple(h if repeated else _once(h)), several) for h, several in each if h)


def _blocks(scan: Scan) -> Iterator[list[_Part]]:
    """What stands between the rows of a table, with the numbers among it that are years."""
    parts = [_Part(p, m.entry.part, m.fit < Fit.DEVIATING) for p, m in scan.labels]
    parts += [_Part(p) for p in scan.unknown]
    parts += [_Part(c) for run in scan.runs for c in run.values]
    beside = scan.table in labels().side_by_side
    block: list[_Part] = []
    for part in sorted(parts, key=lambda p: p.piece.start):
        value = part.piece.kind != TEXT and not _is_year(part, block)
        if value or (isinstance(part.part, Row) and not beside):
            yield block
            block = []
        else:
            block.append(part)
    yield block


def _is_year(part: _Part, block: Sequence[_Part]) -> bool:
    """Whether a number is a year set over a column: it stands on the line of other heads."""
    beside = any(p.part and p.piece.line == part.piece.line for p in block)
    return beside and bool(_YEAR.fullmatch(part.piece.text))


def _heads(scan: Scan, block: Sequence[_Part]) -> Iterator[Head]:
    """The heads of a block: behind 信息内容, or from the first that is the form's on."""
    first = next(
        (i for i, p in enumerate(block) if _is_contents(p) or isinstance(p.part, Column)), len(block)
    )
    behind, begin = block[first:], _first_column(scan)
    known = {p.part for p in block if isinstance(p.part, Column)}
    wanting = len(known) < max((len(run.values) for run in scan.runs), default=0)
    count = Counter(p.piece.line for p in behind)
    lines = {p.piece.line for p in behind if p.part or count[p.piece.line] >= _ROW}
    for part in behind:
        piece = part.piece
        if piece.column is not None and piece.column < begin:
            continue  # what stands before the labels of rows counts them
        if isinstance(part.part, Column):
            yield Head(piece, part.part, part.damaged)
        elif part.part is None and piece.text and len(piece.text) <= _LONGEST:
            strange = all(labels().is_strange(word, scan.table) for word in piece.text.split())
            unnamed = not known or (wanting and piece.column is not None)
            if strange or unnamed or piece.line in lines:
                yield Head(piece, None, strange=strange)


def _first_column(scan: Scan) -> int:
    """The column of a grid in which the labels of rows begin; 0 where there are none, or where rows stand side by side."""
    if scan.table in labels().side_by_side:
        return 0
    rows = (p.column for p, m in scan.labels if isinstance(m.entry.part, Row))
    return min((column for column in rows if column is not None), default=0)


def _are_several(scan: Scan, block: Sequence[_Part]) -> bool:
    """Whether texts behind 信息内容 and before the first head of the form are more than one, and no pieces of one."""
    first = next((i for i, p in enumerate(block, start=1) if _is_contents(p)), len(block))
    loose = list(takewhile(lambda p: not isinstance(p.part, Column), block[first:]))
    whole = "".join(p.piece.text for p in block[first : first + len(loose) + 1] if p.piece.text)
    short = all(len(p.piece.text) <= _LONGEST for p in loose)
    return len(block[first:]) > 1 and bool(loose) and short and labels().is_strange(whole, scan.table)


def _is_contents(part: _Part) -> bool:
    return isinstance(part.part, Heading) and part.part.key == _CONTENTS


def _once(heads: Iterable[Head]) -> list[Head]:
    """Each head of the form where it is printed last; of two of a column, the one spelt right is it."""
    last = {without_ordinal(h.piece.text) if h.column else h.piece.start: h for h in heads}
    found = sorted(last.values(), key=lambda h: h.piece.start)
    right = {h.column for h in found if not h.damaged}
    return [replace(h, column=None, strange=True) if h.damaged and h.column in right else h for h in found]
