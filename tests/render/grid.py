"""The tables of the form as grids of boxes: merged cells, headings, values. Labels come from `form.ttl`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from gongkai.form import Column, Form, Heading, Label, Row, Table
from tests.render.printing import Printer, plain

Values = Mapping[str, tuple[Decimal | None, ...]]
"""Key of a row to its values, a column each; a row that is not there is not printed."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as printed; `of` names the row and column whose value it holds, None for a label."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    of: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the form, printed: boxes in reading order."""

    key: str
    width: int
    boxes: tuple[Box, ...]

    def rows(self) -> Iterator[tuple[Box, ...]]:
        """Boxes by the row in which they begin."""
        for _, boxes in groupby(self.boxes, key=lambda b: b.row):
            yield tuple(boxes)


def sheets(form: Form, values: Values, printer: Printer = plain, collapse: bool = False) -> tuple[Sheet, ...]:
    """The three tables of a form with their values.

    `collapse` sets （六）其他处理 as one row, in a form where that deviates.
    """
    return (
        _disclosure(form.table("disclosure"), values, printer),
        _applications(form.table("applications"), values, printer, collapse=collapse),
        _review(form.table("review"), values, printer),
    )


def column_label(column: Column) -> str:
    """The label as the form prints it: amounts with their unit."""
    return next((u for u in column.label.usual if "单位" in u), column.label.official)


def _values(
    row: Row, columns: Collection[Column], values: Values, printer: Printer
) -> list[tuple[str, tuple[str, str]]]:
    given = dict(zip((c.key for c in row.columns), values[row.key], strict=True))
    return [(printer(given[c.key], c), (row.key, c.key)) for c in columns]


def _heading(table: Table, iri: str | None) -> Heading:
    return next(h for h in table.headings if h.iri == iri)


def _named(table: Table, key: str) -> str:
    return next(h for h in table.headings if h.key == key).label.official


def _spread(width: int, count: int) -> list[tuple[int, int]]:
    """Column and colspan of boxes that fill a width, the last one taking what is left."""
    return [(i, 1 if i < count - 1 else width - i) for i in range(count)]


def _disclosure(table: Table, values: Values, printer: Printer) -> Sheet:
    width = 1 + max(len(row.columns) for row in table.rows)
    boxes: list[Box] = []
    at = 0
    for group, members in groupby(table.rows, key=lambda r: r.group):
        rows = [row for row in members if row.key in values]
        if not rows:
            continue
        boxes.append(Box(_heading(table, group).label.printed, at, 0, 1, width))
        columns = rows[0].columns
        places = _spread(width, 1 + len(columns))
        titles = [_named(table, "contents"), *(column_label(c) for c in columns)]
        boxes += [Box(t, at + 1, c, 1, span) for t, (c, span) in zip(titles, places, strict=True)]
        at += 2
        for row in rows:
            boxes.append(Box(row.label.printed, at, 0))
            cells = zip(_values(row, columns, values, printer), places[1:], strict=True)
            boxes += [Box(text, at, c, 1, span, of) for (text, of), (c, span) in cells]
            at += 1
    return Sheet(table.key, width, tuple(boxes))


def _applications(table: Table, values: Values, printer: Printer, *, collapse: bool) -> Sheet:
    boxes = _applicant_head(table)
    rows = [row for row in _printed_rows(table, collapse=collapse) if row.key in values]
    paths = [_path(table, row) for row in rows]
    begun: set[str] = set()
    for at, (row, path) in enumerate(zip(rows, paths, strict=True), start=3):
        for depth, (iri, label) in enumerate(path):
            if iri not in begun:
                begun.add(iri)
                height = sum(iri in (i for i, _ in p) for p in paths)
                boxes.append(Box(label.printed, at, depth, height))
        boxes.append(Box(row.label.printed, at, len(path), 1, 3 - len(path)))
        cells = _values(row, table.columns, values, printer)
        boxes += [Box(text, at, 3 + i, of=of) for i, (text, of) in enumerate(cells)]
    return Sheet(table.key, 3 + len(table.columns), tuple(boxes))


def _path(table: Table, row: Row) -> tuple[tuple[str, Label], ...]:
    """IRIs and labels of the groups a row stands in, the outermost first."""
    parents = {h.iri: (h.group, h.label) for h in table.headings}
    parents |= {r.iri: (r.group, r.label) for r in table.collapsed}
    found: list[tuple[str, Label]] = []
    group = row.group
    while group is not None:
        above, label = parents[group]
        found.insert(0, (group, label))
        group = above
    return tuple(found)


def _printed_rows(table: Table, *, collapse: bool) -> Iterator[Row]:
    """The rows in order; with `collapse`, the one that stands for a group in place of its members."""
    instead = {row.iri: row for row in table.collapsed} if collapse else {}
    done: set[str] = set()
    for row in table.rows:
        if row.group not in instead:
            yield row
        elif row.group not in done:
            done.add(row.group)
            yield instead[row.group]


def _applicant_head(table: Table) -> list[Box]:
    columns = table.columns
    grouped = [c for c in columns if c.group]
    boxes = [
        Box(_named(table, "reconciliation"), 0, 0, 3, 3),
        Box(_named(table, "applicants"), 0, 3, 1, len(columns)),
    ]
    for i, column in enumerate(columns):
        if column.group is None:
            boxes.append(Box(column_label(column), 1, 3 + i, 2, 1))
        elif column is grouped[0]:
            boxes.append(Box(_heading(table, column.group).label.official, 1, 3 + i, 1, len(grouped)))
    boxes += [Box(column_label(c), 2, 3 + columns.index(c)) for c in grouped]
    return boxes


def _review(table: Table, values: Values, printer: Printer) -> Sheet:
    """The three blocks stand side by side: one block a row of our form."""
    columns = table.columns
    step = len(columns)
    boxes: list[Box] = []
    for i, (group, members) in enumerate(groupby(table.rows, key=lambda r: r.group)):
        boxes.append(Box(_heading(table, group).label.official, 0, i * step, 1, step * len(list(members))))
    first, *others = table.rows
    boxes += [Box(column_label(c), 1, i, 2) for i, c in enumerate(columns)]
    boxes += [Box(row.label.official, 1, step * (i + 1), 1, step) for i, row in enumerate(others)]
    for i in range(len(others)):
        boxes += [Box(column_label(c), 2, step * (i + 1) + j) for j, c in enumerate(columns)]
    for i, row in enumerate((first, *others)):
        if row.key in values:
            cells = _values(row, columns, values, printer)
            boxes += [Box(text, 3, i * step + j, of=of) for j, (text, of) in enumerate(cells)]
    return Sheet(table.key, step * len(table.rows), tuple(boxes))
