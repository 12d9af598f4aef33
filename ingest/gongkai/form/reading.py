"""The versions of the form, read from `ontology/form.ttl`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.errors import OntologyError
from gongkai.form.model import (
    Along,
    Column,
    Form,
    Heading,
    Identity,
    Label,
    Row,
    Section,
    Table,
)
from gongkai.turtle import GK, RDFS, SKOS, XSD, Graph, ontology


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


@cache
def measure_words() -> frozenset[str]:
    """The measure words that a cell of the tables may print behind its number, in any version of the form."""
    return frozenset(word for version in forms() for word in version.measure_words)


@cache
def article_words() -> frozenset[str]:
    """The measure words that number an article behind Chinese numerals: 十条 is a piece of 第二十条."""
    return frozenset(word for version in forms() for word in version.article_words)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form, with its table and the places of both: of the table in the form, of the row in the table."""

    table: Table
    row: Row
    order: tuple[int, int]


@cache
def lines(form_iri: str) -> Mapping[str, Line]:
    """The rows of a version of the form by their IRIs, collapsed ones too; none of a form that is not known."""
    return {
        row.iri: Line(table, row, (i, j))
        for known in forms()
        if known.iri == form_iri
        for i, table in enumerate(known.tables)
        for j, row in enumerate((*table.rows, *table.collapsed))
    }


def _form(graph: Graph, iri: str) -> Form:
    return Form(
        iri,
        int(graph.value(iri, GK + "key")),
        int(graph.value(iri, GK + "firstYear")),
        int(last) if (last := graph.optional(iri, GK + "lastYear")) else None,
        tuple(_section(graph, s) for s in _members(graph, "FormSection", iri)),
        tuple(_table(graph, t, iri) for t in _members(graph, "FormTable", iri)),
        tuple(_identity(graph, i, iri) for i in graph.subjects(GK + "Identity")),
        graph.values(iri, GK + "measureWord", "zh"),
        graph.values(iri, GK + "articleWord", "zh"),
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
        graph.optional(iri, GK + "opensTable") == "true",
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
        graph.values(iri, GK + "cueBarrier"),
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
