"""What the tables of a dump are made of: the reports, rows of the form and facts that a graph describes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from gongkai.export.exactness import held
from gongkai.form import Column, Line, Row, Table, forms, lines
from gongkai.rules.wording import named
from gongkai.turtle import DCTERMS, GK, SKOS, Graph


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report with its current edition."""

    report: str
    edition: str
    agency: str | None
    agency_name: str | None
    division: str | None
    level: str | None
    level_label: str | None
    kind: str | None
    kind_label: str | None
    year: str | None
    title: str | None
    published: str | None
    form: str | None
    source: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class RowRecord:
    """A row of a table: `values` by the key of the column, None for a cell without a value."""

    iri: str
    report: ReportRecord
    table: str
    row: Row
    values: tuple[tuple[str, str, Decimal | None], ...]
    """Key and IRI of the column, and the value, for each column of the row."""
    notes: tuple[NoteRecord, ...]


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A cell that has no value, or prints more than it, or that a column of its kind cannot hold in Parquet."""

    iri: str
    line: str
    report: ReportRecord
    table: Table
    row: Row
    column: Column
    value: Decimal | None
    reason: str | None
    """The IRI of why it has no value."""
    printed: str | None

    @property
    def missing(self) -> bool:
        """Whether the table of its row lacks its number, at least in Parquet."""
        return self.value is None or not held(self.value, amount=self.column.decimal)


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A fact of the narrative; what `docs/model.md` says to mind before adding facts up comes with it."""

    fact: str
    report: ReportRecord
    indicator: str | None
    indicator_label: str | None
    value: Decimal | None
    unit: str | None
    channel: str | None
    bound: str | None
    part: bool
    of_year: str | None
    form: str | None
    quote: str | None
    start: int | None
    end: int | None


Record = ReportRecord | RowRecord | NoteRecord | FactRecord


def records(triples: Sequence[ox.Triple]) -> Iterator[Record]:
    """The records of a graph that is a current edition, in order; none of any other graph."""
    graph = Graph(triples)
    for report in graph.subjects(GK + "Report"):
        edition = graph.optional(report, GK + "currentEdition")
        if edition is None:
            continue
        found = _report(graph, report, edition)
        yield found
        for row in sorted(_rows(graph, found), key=lambda record: record.iri):
            yield row
            yield from row.notes
        facts = (_fact(graph, found, iri) for iri in graph.subjects(GK + "Fact"))
        yield from sorted(facts, key=lambda record: (record.start or 0, record.fact))


def _report(graph: Graph, report: str, edition: str) -> ReportRecord:
    agency = graph.optional(report, GK + "reportingAgency")
    form = graph.optional(edition, GK + "formVersion")
    level, kind = (graph.optional(agency, GK + name) if agency else None for name in ("level", "kind"))
    return ReportRecord(
        report,
        edition,
        agency,
        next(iter(graph.values(agency, SKOS + "prefLabel", "zh")), None) if agency else None,
        next(iter(graph.values(agency, GK + "divisionCode")), None) if agency else None,
        *_named(level),
        *_named(kind),
        graph.optional(report, GK + "year"),
        next(iter(graph.values(edition, DCTERMS + "title")), None),
        next(iter(graph.values(edition, DCTERMS + "issued")), None),
        next((str(f.version) for f in forms() if f.iri == form), None),
        next(iter(graph.values(edition, GK + "sourceName")), None),
        next(iter(graph.values(edition, GK + "sha256")), None),
    )


def _named(term: str | None) -> tuple[str | None, str | None]:
    """A term by its key and its Chinese label: county, 县级."""
    return (term.rpartition("#")[2], named(term, "zh")) if term else (None, None)


def _rows(graph: Graph, report: ReportRecord) -> Iterator[RowRecord]:
    known = lines(graph.optional(report.edition, GK + "formVersion") or "")
    for iri in graph.subjects(GK + "TableRow"):
        line = known.get(graph.optional(iri, GK + "row") or "")
        if line is not None:
            cells = [(column, _decimal(graph.values(iri, column.iri))) for column in line.row.columns]
            values = tuple((column.key, column.iri, value) for column, value in cells)
            notes = tuple(_notes(graph, report, iri, line, cells))
            yield RowRecord(iri, report, line.table.key, line.row, values, notes)


def _notes(
    graph: Graph, report: ReportRecord, row: str, line: Line, cells: Sequence[tuple[Column, Decimal | None]]
) -> Iterator[NoteRecord]:
    """Of the cells of a row those that the graph notes, and those whose number Parquet cannot hold."""
    noted = frozenset(graph.values(row, GK + "notedCell"))
    for column, value in cells:
        cell = f"{row}.{column.key}"
        if cell in noted or (value is not None and not held(value, amount=column.decimal)):
            yield NoteRecord(
                cell,
                row,
                report,
                line.table,
                line.row,
                column,
                value,
                graph.optional(cell, GK + "blankReason"),
                graph.optional(cell, GK + "printed") or (None if value is None else f"{value:f}"),
            )


def _fact(graph: Graph, report: ReportRecord, iri: str) -> FactRecord:
    def first(name: str) -> str | None:
        return next(iter(graph.values(iri, GK + name)), None)

    start, end = first("start"), first("end")
    return FactRecord(
        iri,
        report,
        *_named(first("indicator")),
        _decimal(graph.values(iri, GK + "value")),
        first("measureWord"),
        first("channel"),
        _named(first("bound"))[0],
        first("part") == "true",
        first("ofYear"),
        first("interpretationForm"),
        first("quote"),
        int(start) if start is not None else None,
        int(end) if end is not None else None,
    )


def _decimal(values: tuple[str, ...]) -> Decimal | None:
    return Decimal(values[0]) if values else None


__all__ = ["FactRecord", "NoteRecord", "Record", "ReportRecord", "RowRecord", "records"]
