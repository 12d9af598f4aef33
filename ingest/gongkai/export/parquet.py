"""Parquet files; only imported where pyarrow is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.export.exactness import DIGITS, PLACES, fitting, whole

if TYPE_CHECKING:
    from gongkai.export.sheets import Cell, Column, Sheet

_GROUP = 10_000  # lines of a row group: they are held until it is full
# One type of a column in all dumps, so that they are read together.
_TYPES = {
    "nonNegativeInteger": pa.int64(),
    "decimal": pa.decimal128(DIGITS, PLACES),
    "gYear": pa.int32(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


@dataclass(slots=True)
class ParquetFile:
    """A table of the dump as Parquet."""

    _writer: pq.ParquetWriter
    _schema: pa.Schema
    _lines: list[list[Cell | date]] = field(default_factory=list)

    @classmethod
    @contextmanager
    def open(cls, path: Path, sheet: Sheet) -> Iterator[Self]:
        """The file, as long as the context lasts."""
        schema = pa.schema([(column.name, _type(column)) for column in sheet.columns])
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            file = cls(writer, schema)
            yield file
            file._flush()

    def add(self, cells: Sequence[Cell]) -> None:
        """Adds a line."""
        self._lines.append([
            _value(cell, kind.type) for cell, kind in zip(cells, self._schema, strict=True)
        ])  # fmt: skip
        if len(self._lines) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        columns = [
            pa.array([line[index] for line in self._lines], kind.type)
            for index, kind in enumerate(self._schema)
        ]
        self._writer.write_batch(pa.record_batch(columns, schema=self._schema))
        self._lines.clear()


def _type(column: Column) -> pa.DataType:
    return pa.int64() if column.counts else _TYPES.get(column.datatype, pa.string())


def _value(cell: Cell, kind: pa.DataType) -> Cell | date:
    """A cell as its column has it: a year as a number, a day as a date."""
    if cell is None or kind == pa.string():
        return cell
    if kind == pa.date32():
        return date.fromisoformat(str(cell))
    if isinstance(cell, Decimal):
        return whole(cell) if pa.types.is_integer(kind) else fitting(cell)
    return int(cell) if pa.types.is_integer(kind) else cell
