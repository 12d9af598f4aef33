"""The official tables of a checked edition, as the form prints them, for pages and work papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from gongkai.form import Row, Table, forms
from gongkai.rules.catalogue import Severity
from gongkai.rules.data import CellRef, Source, rows, select
from gongkai.rules.finding import Finding
from gongkai.rules.wording import named, plain


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as it is shown, with the findings on it."""

    column: str
    text: str
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity | None:
        """The gravest of its findings."""
        return min((f.severity for f in self.findings), key=list(Severity).index, default=None)


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as it is shown: the headings above it, its label, its cells."""

    group: str
    label: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """Rows that have the same columns, under the title of their table."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]

    def groups(self) -> Iterator[tuple[str, tuple[RowView, ...]]]:
        """The rows that stand under the same headings."""
        for group, found in groupby(self.rows, key=lambda row: row.group):
            yield group, tuple(found)


def views(
    source: Source, edition: str, findings: Iterable[Finding], language: str = "zh"
) -> tuple[TableView, ...]:
    """The tables of an edition, labelled in "zh" or "en"; a run of rows with the same columns is one view."""
    query = f"""SELECT ?row ?line ?form WHERE {{
        ?row gk:ofEdition <{edition}> ; gk:row ?line . <{edition}> gk:formVersion ?form }}"""
    found = list(select(source, query))
    cells = rows(source, (s["row"] for s in found))
    on = _findings(findings)
    lines = {s["line"]: s["row"] for s in found}
    versions = {s["form"] for s in found}
    shown: list[TableView] = []
    for form in (f for f in forms() if f.iri in versions):
        for table in form.tables:
            for row in table.printed(lines):
                if row.iri not in lines:
                    continue
                view = _row(table, row, lines[row.iri], cells, on, language=language)
                columns = tuple(named(c.iri, language) for c in row.columns)
                title = named(table.iri, language)
                if shown and (shown[-1].title, shown[-1].columns) == (title, columns):
                    last = shown.pop()
                    shown.append(TableView(last.title, columns, (*last.rows, view)))
                else:
                    shown.append(TableView(title, columns, (view,)))
    return tuple(shown)


def _findings(findings: Iterable[Finding]) -> dict[tuple[str, str], list[Finding]]:
    on: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        for cell in finding.cells:
            on.setdefault((cell.subject, cell.column), []).append(finding)
    return on


def _row(
    table: Table,
    row: Row,
    subject: str,
    cells: dict[tuple[str, str], CellRef],
    on: dict[tuple[str, str], list[Finding]],
    *,
    language: str,
) -> RowView:
    shown = []
    for column in row.columns:
        cell = cells.get((subject, column.iri))
        text = "" if cell is None or cell.value is None else plain(cell.value)
        shown.append(CellView(named(column.iri, language), text, tuple(on.get((subject, column.key), ()))))
    group = " ".join(named(part.iri, language) for part in table.above(row))
    return RowView(group, named(row.iri, language), tuple(shown))
