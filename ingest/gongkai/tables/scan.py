"""Which numbers stand under which labels: the runs of each table of the form, in the order of the document."""

from __future__ import annotations

import re

from gongkai.folding import fold, without_remark
from gongkai.form import Column, Heading, Row, Section
from gongkai.tables.grids import settled
from gongkai.tables.labels import Fit, Labels, Match
from gongkai.tables.pieces import BLANK, NUMBER, TEXT, Piece, is_prose, kind_of
from gongkai.tables.runs import Hint, Run, Scan

_WORD = re.compile(r"[^\s,;]+")
_MOST_PARTS = 12
_LONGEST_PART = 20
_MOST_SPREAD = 4
_LONGEST_LABEL = 40
_LONGEST_RUN = 120
_NUMBER_BEHIND = re.compile(r"[0-9０-９][0-9０-９.．,，]*[^0-9０-９]{0,2}$")


class Scanner:
    """Walks over the pieces once; knows which table it is in, and what was named last."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._scans: dict[str, Scan] = {}
        self._table: str | None = None
        self._expected: str | None = None
        self._hints: list[tuple[Row, Fit, Piece]] = []
        self._cells: list[Piece] = []
        self._text_before: Piece | None = None
        self._stranger: Piece | None = None
        self._head: Piece | None = None
        self._torn: list[Piece] = []

    def scan(self, pieces: list[Piece]) -> dict[str, Scan]:
        """The tables found, by key."""
        for piece in settled(pieces, self._labels):
            if piece.kind == TEXT:
                self._end_run(keep=False)
                self._text(piece)
            elif self._table is not None:
                self._number(piece)
        self._end_run(keep=False)
        return {k: s for k, s in self._scans.items() if s.runs or len(s.labels) > 3}

    def _number(self, piece: Piece) -> None:
        if self._cells and piece.line != self._cells[-1].line and self._whole_line():
            self._end_run(keep=True)
        self._cells.append(piece)

    def _whole_line(self) -> bool:
        """Whether the run so far is a row of its own, since its last line holds several cells."""
        line = self._cells[-1].line
        return self._cells[-1].column is not None or sum(c.line == line for c in self._cells) > 1

    def _end_run(self, *, keep: bool) -> None:
        if not self._cells or self._table is None:
            self._cells = []
            return
        scan = self._scans[self._table]
        if any(c.kind != BLANK for c in self._cells) or self._hints:
            other = not self._hints and self._stranger is not None and self._stranger is self._text_before
            head = self._head if self._head is self._text_before else None
            scan.runs.append(Run(self._cells, self._taken(), other=other, head=head))
            scan.pieces += self._cells
            if any(c.kind != BLANK for c in self._cells) or not keep:
                self._hints = []
        self._cells = []

    def _taken(self) -> tuple[Hint, ...]:
        first = self._cells[0]
        last = self._hints[-1][2] if self._hints else None
        return tuple(
            Hint(row, fit, piece, piece is last is self._text_before, piece.line == first.line)
            for row, fit, piece in self._hints
        )

    def _text(self, piece: Piece) -> None:
        self._text_before = piece
        if is_prose(piece.text) and not self._words(piece):
            self._table, self._hints, self._torn = None, [], []
        elif not (self._named(piece, self._labels.find(piece.text)) or self._names_several(piece)):
            self._torn = [*self._torn[-_MOST_PARTS:], piece] if len(piece.text) <= _LONGEST_PART else []
            if not self._names_together():
                self._strange(piece)
            return
        self._torn = []

    def _named(self, piece: Piece, matches: tuple[Match, ...]) -> bool:
        """Takes a text that is a label, or a heading of a section."""
        if not matches:
            return False
        if self._section(piece, matches):
            return True
        match = self._choose(piece, matches)
        if match is not None:
            self._label(piece, match)
        return match is not None

    def _names_several(self, piece: Piece) -> bool:
        """Takes a line that is nothing but labels side by side."""
        words = self._words(piece) or self._run_together(piece)
        for word in words:
            if word.kind == TEXT:
                self._text(word)
            elif self._table is not None:
                self._number(word)
        return bool(words)

    def _names_together(self) -> bool:
        """Takes texts that follow each other and together are a label, which the layout has torn."""
        if not self._within():
            return False
        for first in range(len(self._torn) - 1):
            parts = self._torn[first:]
            whole = "".join(p.text for p in parts)
            matches = self._labels.find(whole)
            if matches:
                self._forget(parts)
                joined = parts[0]._replace(text=whole, end=parts[-1].end, line=parts[-1].line)
                self._text_before = joined
                if self._named(joined, matches):
                    self._around(parts)
                    self._torn = []
                    return True
        return False

    def _around(self, parts: list[Piece]) -> None:
        """Gives a label to the run that stands between its parts: a value in the middle of its label's lines."""
        if self._table is None or not self._hints or self._hints[-1][2].start != parts[0].start:
            return
        runs = self._scans[self._table].runs[-2:]
        between = [r for r in runs if parts[0].start < r.cells[0].start < parts[-1].start]
        if len(between) == 1:
            row, fit, piece = self._hints.pop()
            between[0].hints = (*between[0].hints, Hint(row, fit, piece, near=True, same=True))

    def _forget(self, parts: list[Piece]) -> None:
        """Takes back what the parts of a label were taken for, each alone."""
        starts = {p.start for p in parts}
        self._hints = [h for h in self._hints if h[2].start not in starts]
        for scan in self._scans.values():
            scan.labels = [label for label in scan.labels if label[0].start not in starts]
            scan.unknown = [p for p in scan.unknown if p.start not in starts]

    def _words(self, piece: Piece) -> list[Piece]:
        """The labels of a line that is nothing but labels side by side; a short one may be spread (总 计)."""
        bounds = [(m.start(), m.end()) for m in _WORD.finditer(piece.text)]
        found: list[Piece] = []
        at = 0
        while at < len(bounds):
            ends = (end for _, end in bounds[at : at + _MOST_SPREAD])
            texts = [piece.text[bounds[at][0] : end] for end in ends]
            count = next((i for i, text in enumerate(texts, start=1) if self._labels.find(text)), None)
            if count is None:
                return []
            text, start = texts[count - 1], piece.start + bounds[at][0]
            found.append(piece._replace(text=text, start=start, end=start + len(text)))
            at += count
        return found if len(found) > 1 else []

    def _run_together(self, piece: Piece) -> list[Piece]:
        """The labels of a text that is nothing but labels with nothing between them, and a number behind the last."""
        if not self._within() or len(piece.text) > _LONGEST_RUN:
            return []
        number = _NUMBER_BEHIND.search(piece.text)
        end = number.start() if number and kind_of(number.group()) is NUMBER else len(piece.text)
        found: list[Piece] = []
        at = 0
        while at < end:
            ends = range(min(end, at + _LONGEST_LABEL), at + 1, -1)
            stop = next((e for e in ends if self._labels.find(piece.text[at:e])), None)
            if stop is None:
                return []
            found.append(
                piece._replace(text=piece.text[at:stop], start=piece.start + at, end=piece.start + stop)
            )
            at = stop
        if number and end < len(piece.text):
            found.append(piece._replace(kind=NUMBER, text=number.group(), start=piece.start + end))
        return found if len(found) > 1 else []

    def _within(self) -> bool:
        """Whether a table has begun, or its section."""
        return self._table is not None or self._expected is not None

    def _section(self, piece: Piece, matches: tuple[Match, ...]) -> bool:
        """A heading of a section ends a table, and says which is next."""
        section = next((m.entry.part for m in matches if isinstance(m.entry.part, Section)), None)
        if section is None or piece.column is not None:
            return False
        self._table, self._expected, self._hints = None, section.table, []
        return True

    def _choose(self, piece: Piece, matches: tuple[Match, ...]) -> Match | None:
        own = [m for m in matches if m.entry.table == self._table] if self._table else []
        if own:
            return self._prefer(own)
        opening = [m for m in matches if m.entry.table and self._opens(piece, m)]
        if not opening:
            return None
        table = next((m for m in opening if m.entry.table == self._expected), opening[0]).entry.table
        self._open(table)
        first = [m for m in opening if m.entry.table == table]
        return next((m for m in first if isinstance(m.entry.part, Column)), first[0])  # 总计 above any row

    def _opens(self, piece: Piece, match: Match) -> bool:
        """Whether a label begins a table: one that only a table prints, or any in the section that holds the table."""
        return match.entry.table == self._expected or fold(piece.text) in self._labels.openings

    def _open(self, table: str) -> None:
        self._table = table
        self._hints = []
        self._scans.setdefault(table, Scan(table))

    def _prefer(self, matches: list[Match]) -> Match:
        """A label that names a column and a row (其他, 总计) is a column until the first row was named.

        It is one again among the heads that a page repeats.
        """
        assert self._table is not None
        scan = self._scans[self._table]
        begun = any(isinstance(m.entry.part, Row) for _, m in scan.labels) and not self._among_heads(scan)
        rows = [m for m in matches if isinstance(m.entry.part, Row)]
        columns = [m for m in matches if not isinstance(m.entry.part, Row)]
        return (rows or columns)[0] if begun or not columns else columns[0]

    def _among_heads(self, scan: Scan) -> bool:
        """Whether the head of a column was met since the last number and the last label of a row."""
        numbers = max((run.cells[-1].end for run in scan.runs[-1:]), default=0)
        for piece, match in reversed(scan.labels):
            if piece.start < numbers or isinstance(match.entry.part, Row):
                return False
            if isinstance(match.entry.part, Column):
                return True
        return False

    def _label(self, piece: Piece, match: Match) -> None:
        assert self._table is not None
        scan = self._scans[self._table]
        scan.labels.append((piece, match))
        scan.pieces.append(piece)
        if isinstance(match.entry.part, Row):
            self._hints.append((match.entry.part, match.fit, piece))
            return
        if isinstance(match.entry.part, Heading) or self._table not in self._labels.side_by_side:
            self._hints = []  # what stands below a head of its own is no row's that was named above it
        if isinstance(match.entry.part, Column):
            self._head = piece

    def _strange(self, piece: Piece) -> None:
        """A text that no label is: a damaged one, part of one, or something else; a damaged one may open its table."""
        within = self._table or self._expected
        if within is None:
            return
        text = without_remark(piece.text) or piece.text
        similar = self._labels.similar(text, within)
        if self._table is None and similar is not None:
            self._open(within)
        if self._table is None:
            return
        match = similar or self._labels.partial(text, within)
        if match is not None:
            self._label(piece, match)
        else:
            self._scans[within].unknown.append(piece)
            self._stranger = None if self._labels.has_part(text, within) else piece
