"""Writes the results of a query in a format: the engine's own, CSV as Excel reads it, or a workbook."""

from __future__ import annotations

import io
from typing import IO, Protocol, TypeAlias, cast

import openpyxl
import pyoxigraph as ox
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from gongkai.store import Results
from gongkai.turtle import XSD
from gongkai_api.formats import BOOLEANS, GRAPHS, RESULTS, Format, Offer, Special
from gongkai_api.problems import Problem

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_SHEET = 1_048_576  # rows of a worksheet
_NUMERIC = frozenset(
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


def write(results: Results, form: Format, sink: Sink) -> None:
    """Writes results; `form` comes from their own offer."""
    stream = cast("IO[bytes]", sink)  # the engine calls nothing but write and flush
    writer = form.writer
    if isinstance(results, ox.QueryTriples):
        assert isinstance(writer, ox.RdfFormat)
        results.serialize(stream, writer)
    elif isinstance(writer, ox.QueryResultsFormat):
        results.serialize(stream, writer)
    elif writer is Special.CSV_EXCEL:
        sink.write("\ufeff".encode())  # Excel takes CSV for the local code page without it
        results.serialize(stream, ox.QueryResultsFormat.CSV)
    else:
        assert isinstance(results, ox.QuerySolutions)
        sink.write(workbook(results))


def workbook(solutions: ox.QuerySolutions) -> bytes:
    """Solutions as a workbook: numbers as numbers, all else as text.

    Raises:
        Problem: 400, there are more rows than a worksheet holds.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("results")
    sheet.append([variable.value for variable in solutions.variables])
    for number, solution in enumerate(solutions, 2):
        if number > _SHEET:
            raise Problem(
                400, f"more than {_SHEET - 1} rows do not fit a worksheet; use LIMIT, or format=csv"
            )
        sheet.append([_cell(sheet, term) for term in solution])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _cell(sheet: WriteOnlyWorksheet, term: Term | None) -> Cell | float | int | None:
    if term is None:
        return None
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMERIC:
        try:
            number = float(term.value)
        except ValueError:
            return _text(sheet, term.value)
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    return _text(sheet, str(term) if isinstance(term, ox.Triple) else term.value)


def _text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A cell of text, also where the text begins with = as a formula would; a workbook takes no control characters."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
    cell.data_type = "s"
    return cell


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
