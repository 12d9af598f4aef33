"""What the form consists of: sections, tables, rows, columns and identities."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from gongkai.turtle import GK


@dataclass(frozen=True, slots=True)
class Label:
    """What a part of the form is called.

    `usual` are wordings that are no fault, `deviating` ones that are met and recognised but are not the form's. `telling`
    is a short one that nothing but a table of the form prints on a line of its own.
    """

    official: str
    english: str
    ordinal: str = ""
    usual: tuple[str, ...] = ()
    deviating: tuple[str, ...] = ()
    telling: bool = False

    @property
    def printed(self) -> str:
        """As the form prints it."""
        return self.ordinal + self.official


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A named part of the form. Parts are equal by their IRI: both versions have the same row, with other columns."""

    iri: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Part) and self.iri == other.iri

    def __hash__(self) -> int:
        return hash(self.iri)


@dataclass(frozen=True, slots=True, eq=False)
class Column(Part):
    """A column of a table, which is also the measure of the cube: its IRI is the property of the value."""

    key: str
    label: Label
    decimal: bool
    signed: bool
    unit: str
    group: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Row(Part):
    """A row of a table; `collapsed` marks the one that stands for several (（六）其他处理 set as one row)."""

    key: str
    label: Label
    columns: tuple[Column, ...]
    group: str | None
    articles: tuple[str, ...]
    collapsed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Heading(Part):
    """A label of a table that carries no number: a group of rows or columns, or a caption."""

    key: str
    label: Label
    group: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Table(Part):
    """A table of the form: its rows in the form's order."""

    key: str
    label: Label
    rows: tuple[Row, ...]
    headings: tuple[Heading, ...]
    collapsed: tuple[Row, ...] = ()
    """Rows that may stand in place of those of their group."""
    side_by_side: bool = False
    """Whether the form sets all rows as one line of numbers, so that none has a label on its own line."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column of its rows, once, in order of first use."""
        return tuple(dict.fromkeys(c for row in self.rows for c in row.columns))

    def printed(self, present: Collection[str]) -> Iterator[Row]:
        """The rows as a document prints them that has those `present` (IRIs), one set for several in their place."""
        instead = {row.iri: row for row in self.collapsed if row.iri in present}
        done = set[str]()
        for row in self.rows:
            if row.group in instead and row.group not in done:
                done.add(row.group)
                yield instead[row.group]
            if row.group not in instead or row.iri in present:
                yield row

    def above(self, row: Row) -> tuple[Heading | Row, ...]:
        """What a row stands under, the outermost first; a row that may stand for several heads them where it does not."""
        parts: tuple[Heading | Row, ...] = (*self.headings, *self.collapsed)
        parents = {part.iri: part for part in parts}
        found: list[Heading | Row] = []
        parent = parents.get(row.group or "")
        while parent is not None:
            found.insert(0, parent)
            parent = parents.get(parent.group or "")
        return tuple(found)

    def row(self, key: str) -> Row:
        """The row of a key, collapsed ones too.

        Raises:
            KeyError: there is no such row in this version of the form.
        """
        for row in (*self.rows, *self.collapsed):
            if row.key == key:
                return row
        raise KeyError(key)


class Along(Enum):
    """The direction of an identity."""

    COLUMNS = GK + "acrossColumns"
    ROWS = GK + "acrossRows"


@dataclass(frozen=True, slots=True, eq=False)
class Identity(Part):
    """What must balance: the sum over `left` equals the sum over `right` (IRIs of columns, or of rows).

    `rows` limits an identity across columns to some rows; empty means every row of the table.
    """

    key: str
    label: Label
    table: str
    along: Along
    left: tuple[str, ...]
    right: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Section(Part):
    """One of the six sections; `table` is the key of the table it holds.

    `aspects` are what the form wants it to cover, `cues` the words by which its content is known without a heading,
    `barriers` those that make a cue right behind them none.
    """

    number: int
    label: Label
    table: str | None
    aspects: tuple[Label, ...] = ()
    cues: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One version of the form, for reports on the years from `first_year` to `last_year` (None: still in force)."""

    iri: str
    version: int
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    identities: tuple[Identity, ...]
    measure_words: tuple[str, ...] = ()
    """Measure words that a cell of the tables may print behind its number."""
    article_words: tuple[str, ...] = ()
    """Those of them that number an article behind Chinese numerals."""

    def table(self, key: str) -> Table:
        """The table `disclosure`, `applications` or `review`.

        Raises:
            KeyError: there is no such table.
        """
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)
