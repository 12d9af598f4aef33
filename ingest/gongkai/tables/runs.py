"""What a table of the form looks like in a document: runs of numbers, and the labels met before them."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.document import Span
from gongkai.form import Row
from gongkai.tables.labels import Fit, Match
from gongkai.tables.pieces import BLANK, Piece


@dataclass(frozen=True, slots=True)
class Hint:
    """A row's label met before a run; `near` where nothing stands between, `same` where it is on the same line."""

    row: Row
    fit: Fit
    piece: Piece
    near: bool
    same: bool


@dataclass(slots=True)
class Run:
    """Numbers, marks and blanks with no text between them, and the labels of rows that came before."""

    cells: list[Piece]
    hints: tuple[Hint, ...]
    parts: int = 1
    """Of how many runs it was put together, since something stands between them."""
    other: bool = False
    """Whether a label that the form does not have stands directly before it, and none of the form's."""
    head: Piece | None = None
    """The head of a column that stands directly before it, with no label of a row between."""

    @property
    def values(self) -> list[Piece]:
        """The cells that hold something."""
        return [c for c in self.cells if c.kind != BLANK]


@dataclass(slots=True)
class Scan:
    """A table of the form as found: the labels met, and the runs."""

    table: str
    runs: list[Run] = field(default_factory=list)
    labels: list[tuple[Piece, Match]] = field(default_factory=list)
    unknown: list[Piece] = field(default_factory=list)
    """Texts inside the table that no label explains."""
    pieces: list[Piece] = field(default_factory=list)

    @property
    def region(self) -> Span:
        """From the first label to the last number."""
        return Span(min(p.start for p in self.pieces), max(p.end for p in self.pieces))
