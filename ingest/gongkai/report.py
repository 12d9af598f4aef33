"""What a document states, typed: nothing inferred, nothing mended. Doubt is a value on the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from gongkai.document import Document, Span
from gongkai.form import Column, Form, Row, Section

T_co = TypeVar("T_co", covariant=True)


class Blank(StrEnum):
    """Why a cell of the form has no value. A blank is not zero (rule T3-5)."""

    EMPTY = "empty"  # the cell is there and nothing is printed in it
    MARKED = "marked"  # "/", "—", "无" or the like is printed in it
    ABSENT = "absent"  # the document does not hold the cell
    UNPLACED = "unplaced"  # numbers are printed, but which belongs here cannot be told
    UNREADABLE = "unreadable"  # something is printed that is no number


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of the form: what is printed, its value or why it has none, and where it stands.

    `value` is in the unit of the column (件, 万元 …). `printed` is "" and `span` None where the document holds no cell.
    """

    row: Row
    column: Column
    printed: str
    value: Decimal | None
    span: Span | None
    blank: Blank | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.blank is None):
            msg = f"{self.row.key}/{self.column.key}: a figure has a value or says why it has none"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table of the form as the document gives it: `region` is where it stands, `figures` by row, then column."""

    key: str
    region: Span
    figures: tuple[Figure, ...]

    def figure(self, row: str, column: str) -> Figure | None:
        """The figure of a row's and a column's key."""
        for figure in self.figures:
            if (figure.row.key, figure.column.key) == (row, column):
                return figure
        return None

    def rows(self) -> Iterator[tuple[Row, tuple[Figure, ...]]]:
        """The rows in the form's order, each with its figures."""
        grouped: dict[Row, list[Figure]] = {}
        for figure in self.figures:
            grouped.setdefault(figure.row, []).append(figure)
        for row, figures in grouped.items():
            yield row, tuple(figures)


@dataclass(frozen=True, slots=True)
class Statement(Generic[T_co]):
    """A value that the document states, with the words that state it; `inferred` where they only imply it.

    `hearsay` are the words around the document that say it, where its text does not: its link, the name of its file.
    """

    value: T_co
    span: Span | None
    inferred: bool = False
    hearsay: str = ""


class Level(StrEnum):
    """The level of an agency in the state."""

    NATIONAL = "national"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


class Kind(StrEnum):
    """The kind of an agency: the deadline of 条例49 differs."""

    GOVERNMENT = "government"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Agency:
    """An administrative organ: full official name, six-digit code of its place (GB/T 2260), level and kind.

    None stands for what the document does not settle.
    """

    name: str
    division: str | None
    level: Level | None
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section of the report: its heading, and the span of its content (without the heading).

    `heading` is None where the heading is lost but the content stands.
    """

    section: Section
    heading: Span | None
    content: Span


class Aspect(StrEnum):
    """What a doubt is about. The values are the keys of the guide where it has one."""

    TITLE_MISSING = "title-missing"
    SECTION_MISSING = "section-missing"  # where: the number of the section
    TABLE_MISSING = "table-missing"  # where: the key of the table
    TABLE_LABEL = "table-label"  # where: the key of the row or column
    MISALIGNED = "misaligned"  # where: table, or table/row: a value too many or too few
    PLACED_BY_SUMS = "placed-by-sums"  # where: table/row: placed because the sums allow one way only
    COLLAPSED = "collapsed"  # where: the key of the row that stands for several
    CUT_OFF = "cut-off"  # where: the key of the table in which the document ends
    SPLIT_DIGITS = "split-digits"  # where: table/row
    SECTION_ORDER = "section-order"  # where: the number of the section
    AGENCY_UNKNOWN = "agency-unknown"
    YEAR_UNKNOWN = "year-unknown"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the document does not settle, or sets otherwise than the form; `span` is the place, if there is one."""

    aspect: Aspect
    where: str = ""
    span: Span | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """An annual report as one document gives it. Source of its parts: 条例50 and the form."""

    document: Document
    form: Form
    title: Statement[str] | None
    agency: Statement[Agency] | None
    year: Statement[int] | None
    published: Statement[date] | None
    period: Statement[tuple[date, date]] | None
    sections: tuple[SectionText, ...]
    tables: tuple[TableReading, ...]
    doubts: tuple[Doubt, ...]
    excerpt: bool = False
    """Whether only a part of the report is at hand (the document ends in the middle, or begins there)."""

    def table(self, key: str) -> TableReading | None:
        """The reading of a table, or None where the document does not hold it."""
        return next((t for t in self.tables if t.key == key), None)

    def section(self, number: int) -> SectionText | None:
        """A section by its number, 1 to 6."""
        return next((s for s in self.sections if s.section.number == number), None)
