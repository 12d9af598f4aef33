"""The tables of a dump: which there are, their columns, and how the metadata of CSV on the Web describe them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from gongkai.form import forms
from gongkai.rules.wording import terms
from gongkai.turtle import DCTERMS, GK, SKOS

Cell: TypeAlias = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, titles in Chinese and English, its datatype (CSVW), and the property it stands for."""

    name: str
    titles: tuple[str, str]
    datatype: str = "string"
    property: str | None = None
    description: tuple[str, str] | None = None
    counts: bool = False
    """Whether it counts: whole numbers in Parquet. What is printed is kept in CSV, some reports print fractions."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the dump."""

    name: str
    titles: tuple[str, str]
    columns: tuple[Column, ...]
    key: str
    """The name of the column that identifies a line."""


OF_REPORT = (
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
        OF_REPORT[0],
        Column("edition", ("现行版本", "current edition"), "anyURI", GK + "currentEdition"),
        *OF_REPORT[1:],
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
        *OF_REPORT,
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


_WHY_BLANK = Column(
    "notes",
    ("缺数说明", "why numbers are missing"),
    description=(
        "没有数值的各列及原因；空格不是零。印出而不是整数或位数过多的，Parquet 的该列不收，此处列出所印文字。",
        "The columns without a number, and why; a blank is not zero. What is printed and is no whole number, or too"
        " long, stands here: the column does not hold it in Parquet.",
    ),
)


def sheets() -> tuple[Sheet, ...]:
    """All tables of a dump: reports, facts, the three of the form with the columns of all its versions, and notes."""
    return (_REPORTS, *_form_sheets(), _notes(), _FACTS)


def _notes() -> Sheet:
    reasons = (_reasons("zh"), _reasons("en"))
    return Sheet(
        "notes",
        ("单元格说明", "notes on cells"),
        (
            Column("cell", ("单元格", "cell"), "anyURI"),
            Column("line", ("所在的行", "its line"), "anyURI"),
            *OF_REPORT,
            Column("table", ("表格的代码", "key of the table")),
            Column("table_label", ("表格", "table")),
            Column("row", ("行的代码", "key of the row"), "string", GK + "row"),
            Column("row_label", ("行", "row")),
            Column("column", ("列的代码", "key of the column"), "string", GK + "column"),
            Column("column_label", ("列", "column")),
            Column("value", ("数值", "value"), "decimal", GK + "figure"),
            Column(
                "reason", ("空缺原因的代码", "key of why it is blank"), "string", GK + "blankReason", reasons
            ),
            Column("reason_label", ("空缺原因", "why it is blank, in Chinese")),
            Column("reason_label_en", ("空缺原因（英文）", "why it is blank")),
            Column("printed", ("所印文字", "what is printed"), "string", GK + "printed"),
        ),
        "cell",
    )


def _reasons(language: str) -> str:
    """Every reason why a cell is blank: its key, its label, and what it means."""
    known = terms()
    told = (
        f"{iri.rpartition('#')[2]}: {known.value(iri, SKOS + 'prefLabel', language)}"
        f" – {known.value(iri, SKOS + 'definition', language)}"
        for iri in known.subjects(GK + "BlankReason")
    )
    return " ".join(told)


def _form_sheets() -> Iterator[Sheet]:
    for key in ("disclosure", "applications", "review"):
        tables = [form.table(key) for form in forms()]
        columns = {column.key: column for table in tables for column in table.columns}
        yield Sheet(
            key,
            (tables[0].label.official, tables[0].label.english),
            (
                Column("line", ("行", "line"), "anyURI"),
                *OF_REPORT,
                Column("row", ("行的代码", "key of the row"), "string", GK + "row"),
                Column("row_label", ("行", "row"), "string", SKOS + "prefLabel"),
                *(
                    Column(
                        c.key,
                        (f"{c.label.official}（{c.unit}）", c.label.english),
                        "decimal",
                        c.iri,
                        counts=not c.decimal,
                    )
                    for c in columns.values()
                ),
                _WHY_BLANK,
            ),
            "line",
        )


def metadata(sheet: Sheet) -> dict[str, object]:
    """The metadata of a table (Metadata Vocabulary for Tabular Data, 5.3)."""
    columns = [
        {
            "name": column.name,
            "titles": column.name,  # as the head of the file has it: validators compare them
            "dc:title": _in_both(column.titles),
            **({"dc:description": _in_both(column.description)} if column.description else {}),
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
