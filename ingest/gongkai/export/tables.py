"""The tables of a dump: CSV on the Web (W3C, 17 December 2015), and Parquet where pyarrow is installed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Self, TextIO, TypeAlias

from gongkai.export.records import FactRecord, Record, ReportRecord, RowRecord
from gongkai.form import forms
from gongkai.turtle import DCTERMS, GK, SKOS

if TYPE_CHECKING:
    from gongkai.export.parquet import ParquetFile

Cell: TypeAlias = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, titles in Chinese and English, its datatype (CSVW), and the property it stands for."""

    name: str
    titles: tuple[str, str]
    datatype: str = "string"
    property: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the dump."""

    name: str
    titles: tuple[str, str]
    columns: tuple[Column, ...]
    key: str
    """The name of the column that identifies a line."""


_OF_REPORT = (
    Column("report", ("报告", "report"), "anyURI", GK + "report"),
    Column("agency", ("机关", "agency"), "anyURI", GK + "agency"),
    Column("agency_name", ("机关名称", "name of the agency"), "string", SKOS + "prefLabel"),
    Column("division", ("行政区划代码", "division code"), "string", GK + "divisionCode"),
    Column("level", ("层级的代码", "key of the level"), "string", GK + "level"),
    Column("level_label", ("层级", "level")),
    Column("kind", ("类别的代码", "key of the kind"), "string", GK + "kind"),
    Column("kind_label", ("类别", "kind")),
    Column("year", ("年度", "year"), "gYear", GK + "year"),
)
_REPORTS = Sheet(
    "reports",
    ("年度报告", "annual reports"),
    (
        _OF_REPORT[0],
        Column("edition", ("现行版本", "current edition"), "anyURI", GK + "currentEdition"),
        *_OF_REPORT[1:],
        Column("title", ("标题", "title"), "string", DCTERMS + "title"),
        Column("published", ("发布日期", "date of publication"), "date", DCTERMS + "issued"),
        Column("form", ("表格版本", "version of the form"), "string", GK + "formVersion"),
        Column("source", ("来源文件", "source file"), "string", GK + "sourceName"),
        Column("sha256", ("SHA-256", "SHA-256"), "string", GK + "sha256"),
    ),
    "report",
)
_FACTS = Sheet(
    "facts",
    ("文字事实", "facts of the text"),
    (
        Column("fact", ("事实", "fact"), "anyURI"),
        *_OF_REPORT,
        Column("indicator", ("指标的代码", "key of the indicator"), "string", GK + "indicator"),
        Column("indicator_label", ("指标", "indicator")),
        Column("value", ("数值", "value"), "decimal", GK + "value"),
        Column("unit", ("单位", "unit"), "string", GK + "measureWord"),
        Column("channel", ("渠道", "channel"), "string", GK + "channel"),
        Column("bound", ("限定", "bound"), "string", GK + "bound"),
        Column("part", ("总数的一部分", "part of a total before it"), "boolean", GK + "part"),
        Column(
            "of_year",
            ("数字所属的其他年度", "other year the number is of"),
            "gYear",
            GK + "ofYear",
        ),
        Column("form", ("解读形式", "form of interpretation"), "string", GK + "interpretationForm"),
        Column("quote", ("引文", "quote"), "string", GK + "quote"),
        Column("start", ("起", "start"), "nonNegativeInteger", GK + "start"),
        Column("end", ("止", "end"), "nonNegativeInteger", GK + "end"),
    ),
    "fact",
)


def sheets() -> tuple[Sheet, ...]:
    """All tables of a dump: reports, facts, and the three tables of the form with the columns of all its versions."""
    return (_REPORTS, *_form_sheets(), _FACTS)


def _form_sheets() -> Iterator[Sheet]:
    for key in ("disclosure", "applications", "review"):
        tables = [form.table(key) for form in forms()]
        columns = {column.key: column for table in tables for column in table.columns}
        yield Sheet(
            key,
            (tables[0].label.official, tables[0].label.english),
            (
                Column("line", ("行", "line"), "anyURI"),
                *_OF_REPORT,
                Column("row", ("行的代码", "key of the row"), "string", GK + "row"),
                Column("row_label", ("行", "row"), "string", SKOS + "prefLabel"),
                *(
                    # Of counts, too: some reports print fractions of them, and what is printed is kept.
                    Column(c.key, (f"{c.label.official}（{c.unit}）", c.label.english), "decimal", c.iri)
                    for c in columns.values()
                ),
            ),
            "line",
        )


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
                metadata = json.dumps(_metadata(sheet), ensure_ascii=False, indent=1) + "\n"
                (folder / f"{sheet.name}.csv-metadata.json").write_text(metadata, "utf-8")
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
    report = {column.name: getattr(record.report, column.name) for column in _OF_REPORT}
    if isinstance(record, FactRecord):
        own = {f.name: getattr(record, f.name) for f in fields(record) if f.name != "report"}
        return "facts", report | own
    assert isinstance(record, RowRecord)
    values = {key: value for key, _, value in record.values}
    return record.table, {
        "line": record.iri,
        **report,
        "row": record.row.key,
        "row_label": record.row.label.printed,
        **values,
    }


def _metadata(sheet: Sheet) -> dict[str, object]:
    """The metadata of a table (Metadata Vocabulary for Tabular Data, 5.3)."""
    columns = [
        {
            "name": column.name,
            "titles": column.name,  # as the head of the file has it: validators compare them
            "dc:title": _in_both(column.titles),
            "datatype": column.datatype,
            **({"propertyUrl": column.property} if column.property else {}),
            **({"required": True} if column.name == sheet.key else {}),
        }
        for column in sheet.columns
    ]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": f"{sheet.name}.csv",
        "dc:title": _in_both(sheet.titles),
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {"columns": columns, "primaryKey": sheet.key, "aboutUrl": f"{{+{sheet.key}}}"},
    }


def _in_both(titles: tuple[str, str]) -> list[dict[str, str]]:
    return [{"@value": title, "@language": tag} for title, tag in zip(titles, ("zh", "en"), strict=True)]
