"""The three tables of the form, laid out as the form prints them: merged headings, and places for the figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from gongkai.form import Column, Form, Heading, Label, Row, Table

_DEPTH = 3  # columns of labels in the table of requests


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the layout: a label, or the place of a figure (IRIs of its row and column)."""

    label: Label | None
    figure: tuple[str, str] | None = None
    rowspan: int = 1
    colspan: int = 1
    scope: Literal["col", "row"] = "col"
    """Whether a label heads columns or rows; one that spans several heads each of them."""
    unit: str = ""
    """The unit that the form prints beside a label; it does so for amounts of money."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of the form: its rows from top to bottom, boxes from left to right; none where the document lacks it."""

    table: Table
    rows: tuple[tuple[Box, ...], ...]


def layouts(form: Form, present: Collection[str]) -> tuple[Layout, ...]:
    """The tables of a form; `present` are the IRIs of the rows that a document has, which tell how it collapses."""
    return tuple(Layout(table, tuple(map(tuple, _lines(table, present)))) for table in form.tables)


def _lines(table: Table, present: Collection[str]) -> Iterable[list[Box]]:
    if not any(row.iri in present for row in (*table.rows, *table.collapsed)):
        return ()
    lay = {"disclosure": _disclosure, "applications": _applications, "review": _review}
    return lay[table.key](table, present)


def _disclosure(table: Table, _: Collection[str]) -> Iterator[list[Box]]:
    """A block a heading: its title, what the columns count, its rows. The last box of a row takes the room that is left."""
    width = 1 + max(len(row.columns) for row in table.rows)
    for heading, members in groupby(table.rows, key=lambda row: row.group):
        rows = list(members)
        columns = rows[0].columns
        yield [Box(_label(table, heading), colspan=width)]
        titles = [(_named(table, "contents"), ""), *((c.label, c.unit if c.decimal else "") for c in columns)]
        yield [
            Box(label, colspan=_room(i, len(titles), width), unit=unit)
            for i, (label, unit) in enumerate(titles)
        ]
        for row in rows:
            figures = [
                Box(None, (row.iri, column.iri), colspan=_room(i + 1, len(titles), width))
                for i, column in enumerate(columns)
            ]
            yield [Box(row.label, scope="row"), *figures]


def _applications(table: Table, present: Collection[str]) -> Iterator[list[Box]]:
    yield from _applicants(table)
    rows = list(table.printed(present))
    begun: set[str] = set()
    for row in rows:
        line: list[Box] = []
        above = table.above(row)
        for part in above:
            if part.iri not in begun:
                begun.add(part.iri)
                height = sum(part in table.above(other) for other in rows)
                line.append(Box(part.label, rowspan=height, scope="row"))
        line.append(Box(row.label, colspan=_DEPTH - len(above), scope="row"))
        yield [*line, *(Box(None, (row.iri, column.iri)) for column in table.columns)]


def _applicants(table: Table) -> Iterator[list[Box]]:
    """The head of the table of requests: organisations stand under a heading of their own."""
    grouped = [column for column in table.columns if column.group]
    yield [
        Box(_named(table, "reconciliation"), rowspan=3, colspan=_DEPTH),
        Box(_named(table, "applicants"), colspan=len(table.columns)),
    ]
    second: list[Box] = []
    for column in table.columns:
        if column.group is None:
            second.append(Box(column.label, rowspan=2))
        elif column is grouped[0]:
            second.append(Box(_label(table, column.group), colspan=len(grouped)))
    yield second
    yield [Box(column.label) for column in grouped]


def _review(table: Table, _: Collection[str]) -> Iterator[list[Box]]:
    """Reviews, and both kinds of lawsuits, side by side."""
    columns = table.columns
    blocks = [(heading, list(members)) for heading, members in groupby(table.rows, key=lambda row: row.group)]
    yield [Box(_label(table, heading), colspan=len(rows) * len(columns)) for heading, rows in blocks]
    second: list[Box] = []
    third: list[Column] = []
    for _, rows in blocks:
        if len(rows) == 1:
            second += [Box(column.label, rowspan=2) for column in columns]
        else:
            second += [Box(row.label, colspan=len(columns)) for row in rows]
            third += columns * len(rows)
    yield second
    yield [Box(column.label) for column in third]
    yield [Box(None, (row.iri, column.iri)) for row in table.rows for column in columns]


def _label(table: Table, iri: str | None) -> Label:
    parts: tuple[Heading | Row, ...] = (*table.headings, *table.collapsed)
    return next(part.label for part in parts if part.iri == iri)


def _named(table: Table, key: str) -> Label:
    return next(heading.label for heading in table.headings if heading.key == key)


def _room(index: int, count: int, width: int) -> int:
    """The columns that a box takes up: one, the last all that are left."""
    return width - index if index == count - 1 else 1
