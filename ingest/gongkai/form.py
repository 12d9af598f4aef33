"""The national form of the report: sections, tables, rows, columns and identities, read from `ontology/form.ttl`.

Source: 国办公开办函〔2021〕30号 (the form in force) and 国办公开办函〔2019〕60号 (the one before it).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from gongkai.errors import OntologyError
from gongkai.turtle import GK, RDFS, SKOS, XSD, Graph, ontology


@dataclass(frozen=True, slots=True)
class Label:
    """What a part of the form is called.

    `usual` are wordings that are no fault, `deviating` ones that are met and recognised but are not the form's.
    """

    official: str
    english: str
    ordinal: str = ""
    usual: tuple[str, ...] = ()
    deviating: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """As the form prints it."""
        return self.ordinal + self.official


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A named part of the form. Parts are equal by their IRI: both versions have the same row, with other columns."""

    iri: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Part) and self.iri == other.iri

    def __hash__(self) -> int:
        return hash(self.iri)


@dataclass(frozen=True, slots=True, eq=False)
class Column(Part):
    """A column of a table, which is also the measure of the cube: its IRI is the property of the value."""

    key: str
    label: Label
    decimal: bool
    signed: bool
    unit: str
    group: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Row(Part):
    """A row of a table; `collapsed` marks the one that stands for several (（六）其他处理 set as one row)."""

    key: str
    label: Label
    columns: tuple[Column, ...]
    group: str | None
    articles: tuple[str, ...]
    collapsed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Heading(Part):
    """A label of a table that carries no number: a group of rows or columns, or a caption."""

    key: str
    label: Label
    group: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Table(Part):
    """A table of the form: its rows in the form's order."""

    key: str
    label: Label
    rows: tuple[Row, ...]
    headings: tuple[Heading, ...]
    collapsed: tuple[Row, ...] = ()
    """Rows that may stand in place of those of their group."""
    side_by_side: bool = False
    """Whether the form sets all rows as one line of numbers, so that none has a label on its own line."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column of its rows, once, in order of first use."""
        return tuple(dict.fromkeys(c for row in self.rows for c in row.columns))

    def row(self, key: str) -> Row:
        """The row of a key, collapsed ones too.

        Raises:
            KeyError: there is no such row in this version of the form.
        """
        for row in (*self.rows, *self.collapsed):
            if row.key == key:
                return row
        raise KeyError(key)


class Along(Enum):
    """The direction of an identity."""

    COLUMNS = GK + "acrossColumns"
    ROWS = GK + "acrossRows"


@dataclass(frozen=True, slots=True, eq=False)
class Identity(Part):
    """What must balance: the sum over `left` equals the sum over `right` (IRIs of columns, or of rows).

    `rows` limits an identity across columns to some rows; empty means every row of the table.
    """

    key: str
    label: Label
    table: str
    along: Along
    left: tuple[str, ...]
    right: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Section(Part):
    """One of the six sections; `table` is the key of the table it holds.

    `aspects` are what the form wants it to cover, `cues` the words by which its content is known without a heading.
    """

    number: int
    label: Label
    table: str | None
    aspects: tuple[Label, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One version of the form, for reports on the years from `first_year` to `last_year` (None: still in force)."""

    iri: str
    version: int
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    identities: tuple[Identity, ...]

    def table(self, key: str) -> Table:
        """The table `disclosure`, `applications` or `review`.

        Raises:
            KeyError: there is no such table.
        """
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)


@cache
def forms() -> tuple[Form, ...]:
    """Every version of the form, the one in force first.

    Raises:
        OntologyError: `form.ttl` is incomplete.
    """
    graph = ontology("form")
    found = [_form(graph, iri) for iri in graph.subjects(GK + "Form")]
    if not found:
        msg = "form.ttl describes no gk:Form"
        raise OntologyError(msg)
    return tuple(sorted(found, key=lambda f: -f.version))


def form(version: int) -> Form:
    """The form of a version, 2021 or 2019.

    Raises:
        KeyError: there is no such version.
    """
    for candidate in forms():
        if candidate.version == version:
            return candidate
    raise KeyError(version)


def _form(graph: Graph, iri: str) -> Form:
    return Form(
        iri,
        int(graph.value(iri, GK + "key")),
        int(graph.value(iri, GK + "firstYear")),
        int(last) if (last := graph.optional(iri, GK + "lastYear")) else None,
        tuple(_section(graph, s) for s in _members(graph, "FormSection", iri)),
        tuple(_table(graph, t, iri) for t in _members(graph, "FormTable", iri)),
        tuple(_identity(graph, i, iri) for i in graph.subjects(GK + "Identity")),
    )


def _members(graph: Graph, kind: str, version: str) -> list[str]:
    """The members of a class that belong to a version, in the form's order."""
    found = [s for s in graph.subjects(GK + kind) if version in graph.values(s, SKOS + "inScheme")]
    return sorted(found, key=lambda s: int(graph.optional(s, GK + "position") or 0))


def _label(graph: Graph, iri: str) -> Label:
    return Label(
        graph.value(iri, SKOS + "prefLabel", "zh"),
        graph.value(iri, SKOS + "prefLabel", "en"),
        graph.optional(iri, GK + "ordinal") or "",
        graph.values(iri, SKOS + "altLabel", "zh"),
        graph.values(iri, SKOS + "hiddenLabel", "zh"),
    )


def _section(graph: Graph, iri: str) -> Section:
    table = graph.optional(iri, GK + "table")
    return Section(
        iri,
        int(graph.value(iri, GK + "key")),
        _label(graph, iri),
        graph.value(table, GK + "key") if table else None,
        tuple(
            _label(graph, a)
            for a in graph.subjects(GK + "FormAspect")
            if iri in graph.values(a, SKOS + "broader")
        ),
        graph.values(iri, GK + "cue"),
    )


def _table(graph: Graph, iri: str, version: str) -> Table:
    columns = {c: _column(graph, c) for c in _members(graph, "FormColumn", version)}
    own = graph.values(iri, GK + "column")

    def row(subject: str, *, collapsed: bool = False) -> Row:
        wanted = {*own, *graph.values(subject, GK + "column")}
        return Row(
            subject,
            graph.value(subject, GK + "key"),
            _label(graph, subject),
            tuple(c for i, c in columns.items() if i in wanted),
            graph.optional(subject, SKOS + "broader"),
            graph.values(subject, GK + "article"),
            collapsed,
        )

    def here(subjects: list[str]) -> list[str]:
        return [s for s in subjects if iri in graph.values(s, GK + "inTable")]

    collapsed = [s for s in graph.subjects(GK + "FormRow") if version in graph.values(s, GK + "collapses")]
    return Table(
        iri,
        graph.value(iri, GK + "key"),
        _label(graph, iri),
        tuple(row(s) for s in here(_members(graph, "FormRow", version))),
        tuple(
            Heading(s, graph.value(s, GK + "key"), _label(graph, s), graph.optional(s, SKOS + "broader"))
            for s in here(_members(graph, "FormHeading", version))
        ),
        tuple(row(s, collapsed=True) for s in here(collapsed)),
        graph.optional(iri, GK + "sideBySide") == "true",
    )


def _column(graph: Graph, iri: str) -> Column:
    return Column(
        iri,
        graph.value(iri, GK + "key"),
        _label(graph, iri),
        graph.value(iri, RDFS + "range") == XSD + "decimal",
        graph.optional(iri, GK + "signed") == "true",
        graph.value(iri, GK + "unit", "zh"),
        graph.optional(iri, GK + "columnGroup"),
    )


def _identity(graph: Graph, iri: str, version: str) -> Identity:
    def of_version(subjects: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            s
            for s in subjects
            if version in graph.values(s, SKOS + "inScheme") or version in graph.values(s, GK + "collapses")
        )

    return Identity(
        iri,
        graph.value(iri, GK + "key"),
        _label(graph, iri),
        graph.value(graph.value(iri, GK + "inTable"), GK + "key"),
        Along(graph.value(iri, GK + "along")),
        of_version(graph.values(iri, GK + "left")),
        of_version(graph.values(iri, GK + "right")),
        graph.values(iri, GK + "row"),
    )


__all__ = [
    "Along",
    "Column",
    "Form",
    "Heading",
    "Identity",
    "Label",
    "Row",
    "Section",
    "Table",
    "form",
    "forms",
]
