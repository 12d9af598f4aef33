"""Writes the results of a query in a format: the engine's own, CSV as Excel reads it, or a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from itertools import chain, islice
from math import isfinite
from typing import IO, Protocol, TypeAlias, cast
from unicodedata import east_asian_width

import openpyxl
import pyoxigraph as ox
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.jsonld import PREFIXES
from gongkai.store import Results
from gongkai.turtle import XSD
from gongkai_api.formats import BOOLEANS, GRAPHS, RESULTS, Format, Offer, Special
from gongkai_api.problems import Problem

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value: TypeAlias = str | int | float | bool | date | None
_TABULAR = (ox.QuerySolutions, ox.QueryBoolean)
_SHEET = 1_048_576  # rows of a worksheet
_MEASURED = 200  # rows that the width of columns is taken from
_WIDEST = 60  # characters of a column
_HEAD = "DBE9F4"
_PREFIXED = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)
NUMERIC = frozenset(
    XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)


class Sink(Protocol):
    """Something that takes bytes; it raises to end what writes."""

    def write(self, data: bytes, /) -> int:
        """Takes bytes."""

    def flush(self) -> None:
        """Hands on what it holds back."""


def offer(results: Results) -> Offer:
    """The formats that results are to be had in."""
    if isinstance(results, ox.QuerySolutions):
        return RESULTS
    return BOOLEANS if isinstance(results, ox.QueryBoolean) else GRAPHS


def write(
    results: Results, form: Format, sink: Sink, warned: Iterable[str] = (), heads: Sequence[str] = ()
) -> None:
    """Writes results; `form` comes from their own offer. A workbook has the warnings on a sheet of their own.

    Where people read it, in a workbook and in CSV for Excel, columns have these heads in place of the variables' names.
    """
    stream = cast("IO[bytes]", sink)  # the engine calls nothing but write and flush
    writer = form.writer
    if not isinstance(results, _TABULAR):
        assert isinstance(writer, ox.RdfFormat)
        ox.serialize(results, stream, format=writer, prefixes=PREFIXES if writer in _PREFIXED else None)
    elif isinstance(writer, ox.QueryResultsFormat):
        results.serialize(stream, writer)
    elif writer is Special.CSV_EXCEL:
        sink.write("\ufeff".encode())  # Excel takes CSV for the local code page without it
        results.serialize(_headed(sink, heads) if heads else stream, ox.QueryResultsFormat.CSV)
    else:
        assert isinstance(results, ox.QuerySolutions)
        sink.write(workbook(results, warned, heads))


def _headed(sink: Sink, heads: Sequence[str]) -> IO[bytes]:
    """A sink for CSV whose first line gives way to other heads."""
    line = io.StringIO()
    csv.writer(line).writerow(heads)
    return cast("IO[bytes]", _Headed(sink, line.getvalue().encode()))


def workbook(solutions: ox.QuerySolutions, warned: Iterable[str] = (), heads: Sequence[str] = ()) -> bytes:
    """Solutions as a workbook: numbers, years, dates and truth values as such, all else as text.

    Warnings have a sheet of their own.

    Raises:
        Problem: 400, there are more rows than a worksheet holds.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("results")
    head = heads or [variable.value for variable in solutions.variables]
    rows = ([_value(term) for term in solution] for solution in solutions)
    first = list(islice(rows, _MEASURED))
    _lay_out(sheet, head, first)
    for number, row in enumerate(chain(first, rows), 2):
        if number > _SHEET:
            raise Problem(
                400, f"more than {_SHEET - 1} rows do not fit a worksheet; use LIMIT, or format=csv"
            )
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(head)))}{number if first else 1}"
    for told in warned:
        if "warnings" not in book.sheetnames:
            _widen(book.create_sheet("warnings"), "A", _WIDEST)
        notes = book["warnings"]
        notes.append([_text(notes, told)])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _lay_out(sheet: WriteOnlyWorksheet, head: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """The heading, which stays in sight, and columns as wide as what stands in them."""
    for index, name in enumerate(head):
        widest = max([_width(name) + 3, *(_width(str(row[index])) for row in rows if row[index] is not None)])
        _widen(sheet, get_column_letter(index + 1), min(widest + 2, _WIDEST))
    sheet.freeze_panes = "A2"
    cells = [_text(sheet, name) for name in head]
    for cell in cells:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD)
    sheet.append(cells)


def _widen(sheet: WriteOnlyWorksheet, column: str, width: int) -> None:
    cast("Worksheet", sheet).column_dimensions[column].width = width  # the stubs lack what it hands on to


def _value(term: Term | None) -> Value:
    """A term as Python has it; what is not of the datatype it claims stays text."""
    if not isinstance(term, ox.Literal):
        return None if term is None else str(term) if isinstance(term, ox.Triple) else term.value
    convert = _CONVERT.get(term.datatype.value, str)
    try:
        return convert(term.value)
    except (ValueError, ArithmeticError, LookupError):
        return term.value


def _number(text: str) -> int | float:
    """A number as a workbook holds it; a whole one that is too large for it to be exact raises ValueError."""
    number = float(text)
    if not isfinite(number) or abs(number) >= 2**53:
        raise ValueError(text)
    return int(number) if number.is_integer() else number


def _day(text: str) -> date:
    """A date; workbooks count days from 1900 on."""
    day = date.fromisoformat(text)
    if day.year < 1901:
        raise ValueError(text)
    return day


_CONVERT: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys(NUMERIC, _number),
    XSD + "gYear": int,
    XSD + "date": _day,
    XSD + "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}[text],
}


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell | Value:
    if isinstance(value, str):
        return _text(sheet, value)
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
        cell.number_format = "yyyy-mm-dd"
        return cell
    return value


def _text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A cell of text, also where the text begins with = as a formula would; a workbook takes no control characters."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
    cell.data_type = "s"
    return cell


def _width(text: str) -> int:
    """The width of a text in columns of a terminal; a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


class _Headed:
    """Passes on what follows the first line, behind another one."""

    def __init__(self, sink: Sink, line: bytes) -> None:
        self._sink = sink
        self._line = line

    def write(self, data: bytes, /) -> int:
        """Passes bytes on, once the line that goes has ended."""
        if not self._line:
            return self._sink.write(data)
        _, ended, rest = data.partition(b"\n")
        if ended:
            self._sink.write(self._line + rest)
            self._line = b""
        return len(data)

    def flush(self) -> None:
        """Passes on."""
        self._sink.flush()


class Counter:
    """Counts the rows that pass to a sink, and ends the query at the limit.

    Each format has a mark of a row that cannot stand inside a value; a mark that two chunks share is found by keeping
    the end of the one before.
    """

    def __init__(self, sink: Sink, form: Format, limit: int) -> None:
        self._sink = sink
        self._mark = _MARKS.get(form.name, b"\n")
        self._limit = limit
        self._tail = b""
        self.rows = 0

    def write(self, data: bytes, /) -> int:
        """Passes bytes on."""
        self.rows += (self._tail + data).count(self._mark)
        if self.rows > self._limit:
            raise Problem(
                400,
                f"the answer has more than {self._limit} rows, the limit; use LIMIT and OFFSET, or the dump",
            )
        self._tail = data[-(len(self._mark) - 1) :] if len(self._mark) > 1 else b""
        return self._sink.write(data)

    def flush(self) -> None:
        """Passes on."""
        self._sink.flush()


_MARKS = {"json": b"}},{", "xml": b"<result>", "csv": b"\r\n", "csv-excel": b"\r\n"}
