"""Reports as agencies might send them, set from values: what the tests of the core read. The agency does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from gongkai.document import Document
from gongkai.form import Along, Form, Row, form
from gongkai.parse import parse
from gongkai.readers import read_bytes
from gongkai.report import Report
from tests.render import ARRANGEMENTS, CHANGES, LAYOUTS, PRINTERS, Sheet, Values, report, sheets
from tests.render.grid import Box
from tests.render.report import Arrangement

ENDINGS = {"text": "txt", "markdown": "md", "html": "html"}
Cells = Mapping[tuple[str, str], Decimal | None]
"""Values by the keys of row and column."""


def sound(a_form: Form, *, collapse: bool = False) -> Values:
    """Values that keep every identity, no two rows of requests alike."""
    disclosure = {
        row.key: tuple(Decimal(5 * r + c) for c, _ in enumerate(row.columns, start=1))
        for r, row in enumerate(a_form.table("disclosure").rows)
    }
    review = {
        row.key: tuple(map(Decimal, (r, 2, r + 1, 0, 2 * r + 3)))
        for r, row in enumerate(a_form.table("review").rows)
    }
    return {**disclosure, **_requests(a_form, collapse=collapse), **review}


def _requests(a_form: Form, *, collapse: bool) -> dict[str, tuple[Decimal, ...]]:
    table = a_form.table("applications")
    width = len(table.columns) - 1
    shown = table.collapsed if collapse else ()
    merged = {row.iri for row in shown}
    rows = {r.iri: r.key for r in (*table.rows, *shown) if r.group not in merged}
    outcomes = next(i for i in a_form.identities if i.table == table.key and i.along is Along.ROWS).left
    grid = {
        rows[iri]: [(r * r + 3 * c) % 11 for c in range(width)]
        for r, iri in enumerate(outcomes)
        if iri in rows
    }
    grid["总计"] = [sum(row[c] for row in grid.values()) for c in range(width)]
    grid["结转下年度"] = [c % 3 for c in range(width)]
    grid["上年结转"] = [c % 2 for c in range(width)]
    grid["新收"] = [
        a + b - c for a, b, c in zip(grid["总计"], grid["结转下年度"], grid["上年结转"], strict=True)
    ]
    return {key: tuple(map(Decimal, (*row, sum(row)))) for key, row in grid.items()}


@dataclass(frozen=True, slots=True)
class Paper:
    """A report to set; by default a sound one, a cell a line."""

    layout: str = "cell-a-line"
    version: int = 2021
    year: int = 2023
    values: Values = field(default_factory=dict)
    """Other values than the sound ones, by row."""
    printer: str = "plain"
    change: Callable[[Sheet], Sheet] = CHANGES["unchanged"]
    arrangement: Arrangement = ARRANGEMENTS["in-order"]
    collapse: bool = False

    @property
    def form(self) -> Form:
        """The form it is on."""
        return form(self.version)

    @property
    def rows(self) -> Values:
        """All values, by row."""
        return {**sound(self.form, collapse=self.collapse), **self.values}

    def cells(self) -> Cells:
        """All values, by row and column."""
        return {
            (row.key, column.key): value
            for row in _all_rows(self.form)
            if row.key in self.rows
            for column, value in zip(row.columns, self.rows[row.key], strict=True)
        }

    def sheets(self) -> tuple[Sheet, ...]:
        """Its tables, printed."""
        printed = sheets(self.form, self.rows, PRINTERS[self.printer], self.collapse)
        return tuple(map(self.change, printed))

    def text(self) -> str:
        """The whole report, in the kind of text that its layout belongs to."""
        layout = LAYOUTS[self.layout]
        return report(self.form, self.sheets(), layout, self.year, self.arrangement).decode()

    def document(self) -> Document:
        """The report as read."""
        return document(self.text(), f"report.{ENDINGS[LAYOUTS[self.layout].kind]}")

    def parsed(self) -> Report:
        """The report as parsed."""
        return parse(self.document())


def document(text: str, name: str = "report.txt") -> Document:
    """A text as read."""
    return read_bytes(text.encode(), name)


def cells(a_report: Report) -> Cells:
    """The values of a report by row and column."""
    return {(f.row.key, f.column.key): f.value for t in a_report.tables for f in t.figures}


def doubts(a_report: Report) -> list[tuple[str, str]]:
    """Aspect and place of each doubt but those on agency and year, which have tests of their own."""
    return [(str(d.aspect), d.where) for d in a_report.doubts if not d.aspect.endswith("-unknown")]


def headed(*headings: str) -> Arrangement:
    """The form's order under other headings; an empty one leaves its section out."""

    def arrangement(a_form: Form, tables: dict[str, str]) -> Iterator[tuple[int, str]]:
        blocks = list(ARRANGEMENTS["in-order"](a_form, tables))
        for heading, (_, content) in zip(headings, zip(blocks[::2], blocks[1::2], strict=True), strict=True):
            if heading:
                yield 2, heading
                yield content

    return arrangement


def relabelled(table: str, key: str, label: str) -> Callable[[Sheet], Sheet]:
    """Sets another text in place of the label of a row or column, every time that it is printed."""

    def change(sheet: Sheet) -> Sheet:
        def box(b: Box) -> Box:
            return replace(b, text=label) if b.of is None and b.text == key else b

        return replace(sheet, boxes=tuple(map(box, sheet.boxes))) if sheet.key == table else sheet

    return change


def _all_rows(a_form: Form) -> tuple[Row, ...]:
    return tuple(row for table in a_form.tables for row in (*table.rows, *table.collapsed))
