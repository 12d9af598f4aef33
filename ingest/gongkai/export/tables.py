"""The tables of a dump: CSV on the Web (W3C, 17 December 2015), and Parquet where pyarrow is installed."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Self, TextIO

from gongkai.export.records import FactRecord, NoteRecord, Record, ReportRecord, RowRecord
from gongkai.export.sheets import OF_REPORT, Cell, Sheet, metadata, sheets
from gongkai.rules.wording import named

if TYPE_CHECKING:
    from gongkai.export.parquet import ParquetFile


@dataclass(slots=True)
class TableFiles:
    """The CSV and Parquet files of a dump."""

    _csv: dict[str, tuple[Sheet, TextIO]] = field(default_factory=dict)
    _parquet: dict[str, ParquetFile] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Self]:
        """The files, as long as the context lasts."""
        files = cls()
        with ExitStack() as stack:
            for sheet in sheets():
                text = json.dumps(metadata(sheet), ensure_ascii=False, indent=1) + "\n"
                (folder / f"{sheet.name}.csv-metadata.json").write_text(text, "utf-8")
                path = folder / f"{sheet.name}.csv"
                file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
                csv.writer(file).writerow([column.name for column in sheet.columns])
                files._csv[sheet.name] = (sheet, file)
                if find_spec("pyarrow"):
                    from gongkai.export.parquet import ParquetFile  # noqa: PLC0415  pyarrow need not be there

                    parquet = ParquetFile.open(folder / f"{sheet.name}.parquet", sheet)
                    files._parquet[sheet.name] = stack.enter_context(parquet)
            yield files

    @property
    def parquet(self) -> bool:
        """Whether there are Parquet files."""
        return bool(self._parquet)

    def add(self, record: Record) -> None:
        """Adds a record to the table it belongs to."""
        name, line = _line(record)
        sheet, file = self._csv[name]
        cells = [line.get(column.name) for column in sheet.columns]
        csv.writer(file).writerow(["" if cell is None else _shown(cell) for cell in cells])
        if name in self._parquet:
            self._parquet[name].add(cells)


def _shown(cell: str | int | Decimal) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"  # as XML Schema writes them
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _line(record: Record) -> tuple[str, dict[str, Cell]]:
    """The table of a record, and its cells by column."""
    if isinstance(record, ReportRecord):
        return "reports", {f.name: getattr(record, f.name) for f in fields(record)}
    report = {column.name: getattr(record.report, column.name) for column in OF_REPORT}
    if isinstance(record, FactRecord):
        own = {f.name: getattr(record, f.name) for f in fields(record) if f.name != "report"}
        return "facts", report | own
    if isinstance(record, NoteRecord):
        return "notes", report | _note(record)
    values = {key: value for key, _, value in record.values}
    return record.table, {
        "line": record.iri,
        **report,
        "row": record.row.key,
        "row_label": record.row.label.printed,
        **values,
        "notes": _notes(record),
    }


def _note(note: NoteRecord) -> dict[str, Cell]:
    return {
        "cell": note.iri,
        "line": note.line,
        "table": note.table.key,
        "table_label": note.table.label.official,
        "row": note.row.key,
        "row_label": note.row.label.printed,
        "column": note.column.key,
        "column_label": note.column.label.official,
        "value": note.value,
        "reason": note.reason and note.reason.rpartition("#")[2],
        "reason_label": note.reason and named(note.reason, "zh"),
        "reason_label_en": note.reason and named(note.reason, "en"),
        "printed": note.printed,
    }


def _notes(record: RowRecord) -> str | None:
    """Why numbers of a row are missing, in words: 自然人、商业企业：空白；总计：不是数字（“若干”）."""
    labels = defaultdict[str, list[str]](list)
    for note in record.notes:
        if note.missing:
            labels[_why(note)].append(note.column.label.official)
    told = (
        f"{'各列' if 2 < len(own) == len(record.values) else '、'.join(own)}：{why}"
        for why, own in sorted(labels.items())
    )
    return "；".join(told) or None


def _why(note: NoteRecord) -> str:
    """Why a cell is blank, or why its column does not hold its number in Parquet, with what is printed."""
    value = note.value
    broken = value is not None and not note.column.decimal and value != value.to_integral_value()
    words = named(note.reason, "zh") if note.reason else "不是整数" if broken else "位数过多"
    return f"{words}（“{note.printed}”）" if note.printed else words
